//! HTML as Word, WPS, office systems and browsers save it, in two steps: the tree as browsers
//! build it ([`parse`], by html5ever), then what is shown of it ([`walk`]).
//!
//! Covered: encodings as stated or guessed, blocks and blanks as CSS has them, lists and Word's
//! written numbers, tables with spans, nested and layout tables, pictures in the page, revisions,
//! hidden text also by simple style rules, comments, field codes, page headers and footers, notes,
//! Word's text boxes.
//!
//! Not covered: text that scripts or style sheets would make, rules with relations between
//! selectors or media, positions on the page, files that the page refers to.

mod attributes;
mod css;
mod elements;
mod encoding;
mod flow;
mod fonts;
mod forms;
mod images;
mod lists;
mod look;
mod margins;
mod paragraph;
mod parse;
mod roles;
mod tables;
mod text;
mod text_boxes;
mod tree;
mod walk;
mod word;

use jianbao_model::{Code, Diagnosed, Diagnostic, Format, Origin, SourceDocument};

pub(crate) use images::Parts;
pub(crate) use walk::{SOURCE_LINE, Shown};

use crate::reader::{Source, has_text};
use crate::{Limits, ReadError};
use css::Sheet;
use tree::{Data, Tree};
use walk::Walker;

/// Reads a page.
pub(crate) fn read(source: Source, limits: &Limits) -> Result<Diagnosed<SourceDocument>, ReadError> {
    let shown = page(source.bytes, None, &Parts::new(), limits)?;
    document(source, Format::Html, shown)
}

/// What is shown as a document, unless that is nothing.
pub(crate) fn document(
    source: Source,
    format: Format,
    shown: Shown,
) -> Result<Diagnosed<SourceDocument>, ReadError> {
    let mut document = SourceDocument::new(source.id, source.name, format);
    document.blocks = shown.blocks;
    document.furniture = shown.furniture;
    document.dropped = shown.dropped;
    if !has_text(&document) {
        return Err(ReadError::NoText);
    }
    Ok(Diagnosed { value: document, diagnostics: shown.diagnostics })
}

/// Reads the bytes of a page; `label` is the encoding stated outside of it.
pub(crate) fn page(
    bytes: &[u8],
    label: Option<&str>,
    parts: &Parts,
    limits: &Limits,
) -> Result<Shown, ReadError> {
    let decoded = encoding::decode(bytes, label)?;
    let mut shown = markup(&decoded.text, parts, limits)?;
    if decoded.replaced > 0 {
        let warning = Diagnostic::new(Code::BadEncoding, Origin::File);
        let warning = warning.with("count", decoded.replaced).with("encoding", decoded.encoding);
        shown.diagnostics.push(warning);
    }
    Ok(shown)
}

/// Reads markup.
pub(crate) fn markup(text: &str, parts: &Parts, limits: &Limits) -> Result<Shown, ReadError> {
    let tree = parse::parse(text, limits)?;
    let mut diagnostics = Vec::new();
    let sheet = sheet(&tree, &mut diagnostics);
    let mut shown = Walker::new(&tree, &sheet, parts, limits).walk()?;
    shown.diagnostics.splice(0..0, diagnostics);
    Ok(shown)
}

/// The rules of the page; style sheets elsewhere are told, since they may hide text.
fn sheet(tree: &Tree, diagnostics: &mut Vec<Diagnostic>) -> Sheet {
    let mut sheet = Sheet::default();
    for (id, node) in tree.nodes() {
        let Data::Element(element) = &node.data else { continue };
        let is_linked = element.attribute("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("stylesheet"));
        match (element.tag(), element.attribute("href")) {
            ("style", _) => sheet.add(&tree.own_text(id)),
            ("link", Some(target)) if is_linked => {
                let note = Diagnostic::new(Code::ExternalReference, flow::origin(node.line));
                diagnostics.push(note.with("kind", "stylesheet").with("target", target));
            }
            _ => {}
        }
    }
    sheet
}
