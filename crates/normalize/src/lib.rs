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
    let mut lines = line::lines(document, config);
    let mut diagnostics = std::mem::take(&mut lines.diagnostics);
    let mut dropped = document.dropped.clone();
    let surroundings = Surroundings { document, folder };
    let segments = Segmenter::new(config, &surroundings).run(lines.lines);
    dropped.extend(segments.dropped);
    diagnostics.extend(segments.diagnostics);
    let mut items = Vec::new();
    for draft in segments.drafts {
        let number = items.len() + 1;
        let done = draft.finish(number, &surroundings, config);
        items.push(done.value);
        diagnostics.extend(done.diagnostics);
    }
    if items.len() > 1 {
        diagnostics.push(Diagnostic::new(Code::SeveralItems, Origin::File).with("count", items.len()));
    }
    if items.is_empty() {
        diagnostics.push(Diagnostic::new(Code::NoItem, Origin::File));
    }
    Diagnosed { value: Submission { source: document.source, items, dropped }, diagnostics }
}

/// Takes a published or edited issue back to its items; masthead, contents and colophon are put
/// into `dropped`, and contents that differ from the items' titles are reported.
pub fn normalize_issue(document: &SourceDocument, config: &Config) -> Diagnosed<Submission> {
    issue::normalize_issue(document, config)
}
