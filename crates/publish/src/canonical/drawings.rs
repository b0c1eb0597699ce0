//! Pictures: numbers and names that are each there once.

use super::tree::Element;

/// Numbers the pictures of a part of a document in their order; `number` is that of the last one before.
pub(super) fn amend(root: &mut Element, number: &mut usize) {
    root.walk(&mut |element| {
        if element.name == "wp:docPr" {
            *number += 1;
            element.set("id", &number.to_string());
            element.set("name", &format!("图片 {number}"));
        }
    });
}
