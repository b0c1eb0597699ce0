//! What the store refuses, as a diagnostic.

use std::path::Path;

use jianbao_model::{Code, Diagnostic, Origin};
use jianbao_store::StoreError;

/// The diagnostic of a refusal; none of a fault of the program. `path` is that of the store or its copy.
pub fn refusal(path: &Path, error: &StoreError) -> Option<Diagnostic> {
    let code = |code| Diagnostic::new(code, Origin::File).with("path", path.display());
    Some(match error {
        StoreError::Busy => code(Code::StoreBusy),
        StoreError::Full => code(Code::StoreFull),
        StoreError::Io(what) => code(Code::StoreFailed).with("what", what),
        StoreError::Unwritable(what) => code(Code::StoreUnwritable).with("what", what),
        StoreError::Missing => code(Code::FolderMissing),
        StoreError::Exists => code(Code::OutputExists),
        StoreError::Foreign => code(Code::StoreForeign),
        StoreError::Newer { found, known } => {
            code(Code::StoreNewer).with("found", found).with("known", known)
        }
        StoreError::Damaged(what) => code(Code::StoreDamaged).with("what", what),
        StoreError::Network(kind) => code(Code::StoreOnNetwork).with("kind", kind),
        StoreError::Number { wanted, next } => {
            code(Code::NumberNotNext).with("wanted", wanted).with("next", next)
        }
        StoreError::Refused { .. } | StoreError::Sqlite(_) => return None,
    })
}
