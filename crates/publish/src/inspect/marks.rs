//! The items of an issue by the bookmarks that were put around them.

use std::io::Cursor;

use zip::ZipArchive;

use super::stream::{Step, open};
use super::{InspectError, MAIN, text_of};
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
    gather(docx).unwrap_or_default()
}

/// Bookmarks may begin within a paragraph or before it.
fn gather(docx: &[u8]) -> Result<Vec<Mark>, InspectError> {
    let mut container = ZipArchive::new(Cursor::new(docx))?;
    let mut all = Vec::new();
    let Some(mut document) = open(&mut container, MAIN)? else { return Ok(all) };
    let mut waiting = Vec::new();
    loop {
        match document.step()? {
            Step::Open(element) if element.name == "w:p" => {
                let paragraph = document.tree(element, &[])?;
                names(&paragraph, &mut waiting);
                let text = text_of(&paragraph);
                all.extend(waiting.drain(..).map(|item| Mark { item, text: text.clone() }));
            }
            Step::Open(element) => names(&element, &mut waiting),
            Step::Close => {}
            Step::End => return Ok(all),
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
