//! Fields that fetch what lies outside of the file: reported with their address, never followed.

use jianbao_model::{Code, Diagnosed, Diagnostic, DropReason, SourceDocument};

/// Fields whose result comes from another file or program (ECMA-376 §17.16.5).
const FETCHING: [&str; 7] = ["INCLUDETEXT", "INCLUDEPICTURE", "INCLUDE", "IMPORT", "LINK", "DDE", "DDEAUTO"];

/// Adds a note for each field of the document that fetches something.
pub(crate) fn report_fields(read: &mut Diagnosed<SourceDocument>) {
    let codes = read.value.dropped.iter().filter(|piece| piece.reason == DropReason::FieldCode);
    let fetching = codes.filter_map(|piece| {
        let (name, rest) = piece.text.trim_start().split_once(char::is_whitespace)?;
        let name = FETCHING.into_iter().find(|known| name.eq_ignore_ascii_case(known))?;
        let note = Diagnostic::new(Code::ExternalReference, &piece.origin);
        Some(note.with("kind", name).with("target", rest.trim()))
    });
    let notes: Vec<Diagnostic> = fetching.collect();
    read.diagnostics.extend(notes);
}
