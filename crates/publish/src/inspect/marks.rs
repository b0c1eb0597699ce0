//! The items of an issue by the bookmarks that were put around them.

use std::io::Cursor;

use zip::ZipArchive;

use super::{MAIN, part, text_of};
use crate::canonical::tree::Element;
use crate::document::{BOOKMARK_PREFIX, item_of_bookmark};

/// An item of an issue in a Word file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The item's id, as it was when the issue was written.
    pub item: String,
    /// The paragraph at which its bookmark begins.
    pub text: String,
}

/// The items whose bookmarks are in a .docx file, in its order; none in any other file. Word and
/// LibreOffice keep bookmarks when text is changed and moved.
pub fn marks(docx: &[u8]) -> Vec<Mark> {
    let document = ZipArchive::new(Cursor::new(docx))
        .ok()
        .and_then(|mut container| part(&mut container, MAIN).ok().flatten());
    let mut all = Vec::new();
    if let Some(body) = document.as_ref().and_then(|document| document.child("w:body")) {
        gather(body, &mut Vec::new(), &mut all);
    }
    all
}

/// Bookmarks may begin within a paragraph or before it.
fn gather(parent: &Element, waiting: &mut Vec<String>, all: &mut Vec<Mark>) {
    for child in parent.elements() {
        match child.name.as_str() {
            "w:bookmarkStart" => names(child, waiting),
            "w:p" => {
                names(child, waiting);
                let text = text_of(child);
                all.extend(waiting.drain(..).map(|item| Mark { item, text: text.clone() }));
            }
            _ => gather(child, waiting, all),
        }
    }
}

fn names(element: &Element, waiting: &mut Vec<String>) {
    if element.name == "w:bookmarkStart" {
        let name = element.attribute("w:name").filter(|name| name.starts_with(BOOKMARK_PREFIX));
        waiting.extend(name.map(item_of_bookmark));
    }
    element.elements().for_each(|child| names(child, waiting));
}
