//! The content of a file to a source document.

use jianbao_model::{Code, Diagnosed, Diagnostic, Format, Origin, SourceDocument};

use super::parse::Content;
use crate::reader::Source;
use crate::word::blocks::Context;
use crate::word::styles::Styles;

/// Fills the document.
pub(super) fn convert(content: &Content, source: Source) -> Diagnosed<SourceDocument> {
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
    let document = SourceDocument::new(source.id, source.name, Format::Rtf);
    let mut read = content.stories.fill(document, context);
    read.diagnostics.extend(diagnostics(content));
    read
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
