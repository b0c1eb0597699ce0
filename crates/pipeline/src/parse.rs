//! One file's bytes to its items: what runs on a reading thread or in a worker process.

use std::panic::{AssertUnwindSafe, catch_unwind};

use jianbao_model::{Code, Diagnosed, Diagnostic, Format, Origin, SourceId, Submission};
use jianbao_normalize as normalize;
use jianbao_read::ReadOptions;
use serde::{Deserialize, Serialize};

use crate::compare;

/// How documents become submissions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// A unit's submission.
    Submission,
    /// A published or edited issue.
    Issue,
}

/// What is done with every file of a batch.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Task<'a> {
    /// What the files are.
    pub(crate) kind: Kind,
    /// Whether the text as shown is kept beside the items.
    pub(crate) keep_text: bool,
    /// Bounds on the work, and what opens the files.
    pub(crate) reading: &'a ReadOptions,
    /// What the normaliser knows.
    pub(crate) normalize: &'a normalize::Config,
}

/// What a file's bytes gave.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Parsed {
    /// Identity of the bytes; none after a panic.
    pub(crate) source: Option<SourceId>,
    /// Format of the content, where it was read.
    pub(crate) format: Option<Format>,
    /// The items and what was left out; none if the file could not be read.
    pub(crate) submission: Option<Submission>,
    /// Everything that reading and normalising have to tell.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// The text as Word would show it, where it was asked for.
    pub(crate) shown: Option<String>,
}

impl Parsed {
    /// Nothing but a diagnostic of the whole file.
    pub(crate) fn failed(diagnostic: Diagnostic) -> Self {
        Self { diagnostics: vec![diagnostic], ..Self::default() }
    }
}

/// One bad file never stops the others: a panic becomes a diagnostic of that file.
pub(crate) fn guarded(work: impl FnOnce() -> Parsed) -> Parsed {
    catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|_| Parsed::failed(Diagnostic::new(Code::ReaderPanic, Origin::File)))
}

/// Reads and normalises. `name` is the file's name without folders, `folder` that of the folder it lies in.
pub(crate) fn parse(bytes: Vec<u8>, name: &str, folder: Option<&str>, task: Task<'_>) -> Parsed {
    let document = match jianbao_read::read_with(&bytes, name, task.reading) {
        Ok(document) => document,
        Err(error) => {
            let source = Some(task.reading.identity.unwrap_or_else(|| SourceId::of(&bytes)));
            return Parsed { source, ..Parsed::failed(error.diagnostic()) };
        }
    };
    // Ids stand in the bookmarks of an issue; nothing but the .docx file has them.
    let marks = match task.kind {
        Kind::Issue if document.value.format == Format::Docx => jianbao_publish::marks(&bytes),
        _ => Vec::new(),
    };
    drop(bytes);
    let shown = task.keep_text.then(|| crate::text::shown(&document.value));
    let Diagnosed { mut value, diagnostics } = match task.kind {
        Kind::Submission => normalize::normalize(&document.value, folder, task.normalize),
        Kind::Issue => normalize::normalize_issue(&document.value, task.normalize),
    };
    compare::restore_ids(&mut value.items, &marks);
    let mut told = document.diagnostics;
    told.extend(diagnostics);
    Parsed {
        source: Some(document.value.source),
        format: Some(document.value.format),
        submission: Some(value),
        diagnostics: told,
        shown,
    }
}
