//! Tables: the row that every page repeats.

use super::tree::Element;
use crate::document::sheet::id;

/// Marks the head rows of all tables (ECMA-376 17.4.50).
pub(super) fn amend(root: &mut Element) {
    root.walk(&mut |element| {
        if element.name == "w:tr" && is_head(element) {
            element.child_or_new("w:trPr").push(Element::new("w:tblHeader", &[]));
        }
    });
}

/// Whether the paragraphs of a row have the style of a head.
fn is_head(row: &Element) -> bool {
    let cells = row.elements().filter(|child| child.name == "w:tc");
    let mut paragraphs = cells.flat_map(Element::elements).filter(|child| child.name == "w:p");
    paragraphs.any(|paragraph| {
        let style = paragraph.child("w:pPr").and_then(|properties| properties.child("w:pStyle"));
        let style = style.and_then(|style| style.attribute("w:val"));
        style.is_some_and(|style| [id::CELL_HEAD, id::DENSE_HEAD].contains(&style))
    })
}
