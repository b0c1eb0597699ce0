//! The document's properties: title, subject, issuing offices, date of issue.

use jianbao_model::Issue;

use super::tree::Element;
use crate::{document, text};

/// Writes `docProps/core.xml` anew (ECMA-376 part 2, 11).
pub(super) fn core(root: &mut Element, issue: &Issue) {
    let masthead = &issue.masthead;
    let number = document::number(masthead);
    let offices = text::clean(&masthead.offices.join("、"));
    root.children.clear();
    root.push(Element::with_text("dc:title", &text::clean(&format!("{}{number}", masthead.name))));
    root.push(Element::with_text("dc:subject", &text::clean(&masthead.edition.join("·"))));
    root.push(Element::with_text("dc:creator", &offices));
    root.push(Element::with_text("cp:keywords", &number));
    root.push(Element::with_text("cp:lastModifiedBy", &offices));
    root.push(Element::with_text("cp:revision", "1"));
    // The date of issue, not the clock: the same issue gives the same bytes.
    let date = format!("{}T00:00:00Z", masthead.date.iso());
    for name in ["dcterms:created", "dcterms:modified"] {
        let mut element = Element::with_text(name, &date);
        element.set("xsi:type", "dcterms:W3CDTF");
        root.push(element);
    }
    root.push(Element::with_text("dc:language", "zh-CN"));
}

/// Writes `docProps/app.xml` anew.
pub(super) fn app(root: &mut Element, issue: &Issue) {
    root.children.clear();
    root.push(Element::with_text("Application", "Jianbao"));
    root.push(Element::with_text("Company", &text::clean(&issue.masthead.offices.join("、"))));
}
