//! A source document becomes items: broken paragraphs joined, text cleaned, and title, points,
//! contributor, section and date found.
//!
//! Every guess is a diagnostic that says what was taken and why; every piece of text that is in no
//! item is in `dropped`. There is no file system here and no clock: the folder's name and the
//! configuration come in as values.

mod clean;
mod config;
mod contact;
mod contributor;
mod draft;
mod issue;
mod line;
mod section;
mod segment;
mod title;

use jianbao_model::{Code, Diagnosed, Diagnostic, Origin, SourceDocument, Submission};

pub use config::{Config, Contributor, SectionRule};

use draft::Surroundings;
use segment::Segmenter;

/// Brings a submission to items.
///
/// `folder` is the name of the folder in which the file lay: in a shared inbox, the unit's name.
pub fn normalize(document: &SourceDocument, folder: Option<&str>, config: &Config) -> Diagnosed<Submission> {
    let read = line::lines(document, config);
    let around = Surroundings { document, folder };
    let Diagnosed { value, mut diagnostics } = submission(read.lines, &around, config);
    diagnostics.splice(0..0, read.diagnostics);
    let count = value.items.len();
    if count > 1 {
        diagnostics.push(Diagnostic::new(Code::SeveralItems, Origin::File).with("count", count));
    }
    if count == 0 {
        diagnostics.push(Diagnostic::new(Code::NoItem, Origin::File));
    }
    Diagnosed { value, diagnostics }
}

/// Lines become items: cut into drafts, and each draft finished.
fn submission(lines: Vec<line::Line>, around: &Surroundings<'_>, config: &Config) -> Diagnosed<Submission> {
    let segments = Segmenter::new(config, around).run(lines);
    let mut diagnostics = segments.diagnostics;
    let mut items = Vec::new();
    for draft in segments.drafts {
        let done = draft.finish(items.len() + 1, around, config);
        items.push(done.value);
        diagnostics.extend(done.diagnostics);
    }
    let mut dropped = around.document.dropped.clone();
    dropped.extend(segments.dropped);
    Diagnosed { value: Submission { source: around.document.source, items, dropped }, diagnostics }
}

/// Takes a published or edited issue back to its items; masthead, contents and colophon are put
/// into `dropped`, and contents that differ from the items' titles are reported.
pub fn normalize_issue(document: &SourceDocument, config: &Config) -> Diagnosed<Submission> {
    issue::normalize_issue(document, config)
}
