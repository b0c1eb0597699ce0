//! The parts of footnotes and endnotes.

use std::collections::HashSet;

use jianbao_model::{Diagnostic, DropReason, Dropped};

use super::parsed::Parsed;
use super::xml::{Token, Xml};
use super::{Reading, Shared, images, properties};
use crate::ReadError;
use crate::word::content::NoteKind;
use crate::word::notes::{NoteMarks, Notes, StatedMarks};

/// The notes of a package.
#[derive(Default)]
pub(super) struct Found {
    pub(super) blocks: Notes,
    pub(super) marks: NoteMarks,
    pub(super) diagnostics: Vec<Diagnostic>,
    dropped: Vec<((NoteKind, String), Vec<Dropped>)>,
    /// The whole text of each note, for those that nothing refers to.
    texts: Vec<((NoteKind, String), Option<Dropped>)>,
}

/// Reads the notes, also those that nothing refers to: a revision may have taken the reference away.
pub(super) fn read(reading: &mut Reading, body: &Parsed, shared: Shared) -> Result<Found, ReadError> {
    let mut found = Found::default();
    if body.has_notes {
        let settings = reading.optional("settings", |text, part| document_marks(&text, part))?;
        found.marks.change(&settings.unwrap_or_default());
        // A section's word is the nearer one.
        found.marks.change(&body.note_marks);
    }
    for kind in [NoteKind::Footnote, NoteKind::Endnote] {
        let Some((part, stories)) = reading.stories(relation(kind))? else { continue };
        let relations = reading.package.relations(&part)?;
        let images = images(&relations);
        for story in stories.iter().filter(|story| !story.is_separator) {
            let key = (kind, story.id.clone());
            let mut shown = shared.convert(std::slice::from_ref(story), &part, &images);
            found.texts.push((key.clone(), story.dropped(Some(&part), DropReason::Deleted)));
            found.dropped.push((key.clone(), std::mem::take(&mut shown.dropped)));
            found.diagnostics.append(&mut shown.diagnostics);
            found.blocks.insert(key, shown.blocks);
        }
    }
    Ok(found)
}

impl Found {
    /// What is not shown of the notes: pieces of those that are used, the others whole.
    pub(super) fn dropped(&self, used: &[(NoteKind, String)]) -> Vec<Dropped> {
        let used: HashSet<_> = used.iter().collect();
        let pieces = self.dropped.iter().filter(|(key, _)| used.contains(key));
        let pieces = pieces.flat_map(|(_, pieces)| pieces.iter().cloned());
        let unused = self.texts.iter().filter(|(key, _)| !used.contains(key));
        pieces.chain(unused.filter_map(|(_, text)| text.clone())).collect()
    }
}

/// What the settings say about the marks of notes.
fn document_marks(text: &str, part: &str) -> Result<Vec<(NoteKind, StatedMarks)>, ReadError> {
    /// Settings are shallow.
    const DEPTH: usize = 64;
    let mut found = Vec::new();
    let mut xml = Xml::new(text, part, DEPTH);
    while let Some(token) = xml.next()? {
        let Token::Start(element) = token else { continue };
        let kind = match element.local() {
            "footnotePr" => NoteKind::Footnote,
            "endnotePr" => NoteKind::Endnote,
            _ => continue,
        };
        found.push((kind, properties::note_marks(&mut xml)?));
    }
    Ok(found)
}

/// The type of the relationship to the notes' part.
fn relation(kind: NoteKind) -> &'static str {
    match kind {
        NoteKind::Footnote => "footnotes",
        NoteKind::Endnote => "endnotes",
    }
}
