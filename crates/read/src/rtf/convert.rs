//! The content of a file to a source document.

use jianbao_model::{Code, Diagnosed, Diagnostic, DropReason, Dropped, Format, Origin, SourceDocument};

use super::parse::Content;
use crate::margins::{Beside, Margins};
use crate::reader::Source;
use crate::word::blocks::{Context, Converter, Shown};
use crate::word::content::Story;
use crate::word::notes::Notes;
use crate::word::styles::Styles;

/// Fills the document.
pub(super) fn convert(content: &Content, source: Source) -> Diagnosed<SourceDocument> {
    let mut document = SourceDocument::new(source.id, source.name, Format::Rtf);
    // RTF repeats in the text what its styles say.
    let styles = Styles::default();
    let context = Context {
        styles: &styles,
        definitions: &content.definitions,
        part: None,
        images: &content.images,
        notes: None,
        note_marks: content.note_marks,
    };
    let (notes, beside) = notes(content, context);
    let mut shown = story(Context { notes: Some(&notes), ..context }, &content.body);
    document.blocks = std::mem::take(&mut shown.blocks);
    shown.append(beside);
    let mut margins = Margins::default();
    for (is_header, margin) in &content.margins {
        let mut found = story(context, margin);
        for block in std::mem::take(&mut found.blocks) {
            margins.add(block, *is_header, &mut Beside::of(&mut document));
        }
        shown.append(found);
    }
    document.dropped.append(&mut shown.dropped);
    document.dropped.extend(content.comments.iter().filter_map(comment));
    shown.diagnostics.extend(diagnostics(content));
    Diagnosed { value: document, diagnostics: shown.diagnostics }
}

fn story(context: Context, story: &Story) -> Shown {
    let mut converter = Converter::new(context);
    converter.story(story);
    converter.finish()
}

/// The notes, and what of them is not shown.
fn notes(content: &Content, context: Context) -> (Notes, Shown) {
    let mut notes = Notes::new();
    let mut beside = Shown::default();
    for (kind, note) in &content.notes {
        let mut shown = story(context, note);
        notes.insert((*kind, note.id.clone()), std::mem::take(&mut shown.blocks));
        beside.append(shown);
    }
    (notes, beside)
}

fn comment(comment: &Story) -> Option<Dropped> {
    let text = comment.plain_text();
    let origin = Origin::Paragraph { paragraph: comment.first_paragraph() };
    (!text.trim().is_empty()).then_some(Dropped { reason: DropReason::Comment, text, origin })
}

fn diagnostics(content: &Content) -> Vec<Diagnostic> {
    let about = |code| Diagnostic::new(code, Origin::File);
    let mut found = Vec::new();
    for address in &content.templates {
        found.push(about(Code::ExternalReference).with("kind", "attachedTemplate").with("target", address));
    }
    for name in &content.unknown {
        found.push(about(Code::PartMissing).with("part", format!("\\*\\{name}")));
    }
    if content.replaced > 0 {
        let told = about(Code::BadEncoding).with("count", content.replaced);
        found.push(told.with("encoding", content.encoding));
    }
    if content.is_cut {
        found.push(about(Code::PartMissing).with("part", "end-of-file"));
    }
    found
}
