//! The document's settings.

use super::tree::{Element, Node};
use crate::style::Style;

/// Brings `word/settings.xml` into its final form.
pub(super) fn amend(root: &mut Element, style: &Style) {
    out_of_compat(root);
    if style.page.mirrored {
        root.push(Element::new("w:mirrorMargins", &[]));
    }
    root.push(Element::new("w:themeFontLang", &[("w:val", "en-US"), ("w:eastAsia", "zh-CN")]));
}

/// docx-rs writes `characterSpacingControl` inside `compat`, where no program looks for it.
fn out_of_compat(root: &mut Element) {
    let mut moved = Vec::new();
    for compat in root.elements_mut().filter(|child| child.name == "w:compat") {
        compat.children.retain(|node| match node {
            Node::Element(child) if child.name == "w:characterSpacingControl" => {
                moved.push(child.clone());
                false
            }
            _ => true,
        });
    }
    root.children.extend(moved.into_iter().map(Node::Element));
}
