//! A document that is all in one file, as RTF: its stories to a source document.

use jianbao_model::{Diagnosed, DropReason, SourceDocument};

use super::blocks::{Context, Shown, convert};
use super::content::{NoteKind, Story};
use super::notes::Notes;
use crate::margins::{Beside, Margins};

/// The stories of a file.
#[derive(Default)]
pub(crate) struct Whole {
    pub(crate) body: Vec<Story>,
    /// Notes by the ids under which the body has them.
    pub(crate) notes: Vec<(NoteKind, Story)>,
    /// Headers (`true`) and footers.
    pub(crate) margins: Vec<(bool, Story)>,
    pub(crate) comments: Vec<Story>,
}

impl Whole {
    /// Fills the document.
    pub(crate) fn fill(&self, mut document: SourceDocument, context: Context) -> Diagnosed<SourceDocument> {
        let (notes, beside) = self.notes(context);
        let mut shown = convert(Context { notes: Some(&notes), ..context }, &self.body);
        document.blocks = std::mem::take(&mut shown.blocks);
        shown.append(beside);
        let mut margins = Margins::default();
        for (is_header, margin) in &self.margins {
            let mut found = convert(context, std::slice::from_ref(margin));
            for block in std::mem::take(&mut found.blocks) {
                margins.add(block, *is_header, &mut Beside::of(&mut document));
            }
            shown.append(found);
        }
        document.dropped.append(&mut shown.dropped);
        let comments = self.comments.iter();
        document.dropped.extend(comments.filter_map(|story| story.dropped(None, DropReason::Comment)));
        Diagnosed { value: document, diagnostics: shown.diagnostics }
    }

    /// The notes, and what of them is not shown.
    fn notes(&self, context: Context) -> (Notes, Shown) {
        let mut notes = Notes::new();
        let mut beside = Shown::default();
        for (kind, note) in &self.notes {
            let mut shown = convert(context, std::slice::from_ref(note));
            notes.insert((*kind, note.id.clone()), std::mem::take(&mut shown.blocks));
            beside.append(shown);
        }
        (notes, beside)
    }
}
