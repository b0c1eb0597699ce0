//! What parsing a part gives: its stories, and what else stands between them.

use std::collections::BTreeSet;
use std::ops::Range;

use jianbao_model::{Code, Diagnostic, Origin};

use super::properties::MarginReference;
use crate::word::content::{NoteKind, Story};
use crate::word::notes::StatedMarks;

/// A part that was parsed.
#[derive(Debug, Default)]
pub(crate) struct Parsed {
    /// The body, or each note or comment.
    pub(crate) stories: Vec<Story>,
    /// Headers and footers in the order of the sections.
    pub(crate) margins: Vec<MarginReference>,
    /// How notes are marked, as far as the sections say.
    pub(crate) note_marks: Vec<(NoteKind, StatedMarks)>,
    /// Whether notes are referred to.
    pub(crate) has_notes: bool,
    /// Notes and comments that stand in the text itself (Word 2003).
    pub(crate) notes: Vec<(NoteKind, Story)>,
    pub(crate) comments: Vec<Story>,
    /// Headers (`true`) and footers that stand in the sections (Word 2003), by their place in the part.
    pub(crate) own_margins: Vec<(bool, Range<usize>)>,
    /// Elements of word processing that are not known here; their text was kept.
    pub(crate) unknown: BTreeSet<String>,
}

impl Parsed {
    /// A diagnostic for each unknown element.
    pub(crate) fn unknown_elements(&self, part: &str) -> Vec<Diagnostic> {
        let warning = |name: &String| {
            let warning = Diagnostic::new(Code::UnknownElement, Origin::File);
            warning.with("name", name).with("part", part)
        };
        self.unknown.iter().map(warning).collect()
    }
}
