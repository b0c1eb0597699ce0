//! What Word and LibreOffice say of the parts of a text: what is not printed in it, and why.

use jianbao_model::DropReason;

use super::look::Own;
use super::tree::Element;

/// Why nothing inside of an element is text that is shown; `None` where it is.
pub(super) fn reason(element: &Element, own: &Own) -> Option<DropReason> {
    let tag = element.tag();
    if tag == "del" || element.has_class("msoDel") {
        return Some(DropReason::Deleted);
    }
    let is_comment = matches!(own.word("element"), Some("comment-list" | "comment"))
        || own.word("special-character") == Some("comment")
        || COMMENT_CLASSES.iter().any(|class| element.has_class(class));
    if is_comment {
        return Some(DropReason::Comment);
    }
    // Markdown's label stands on a line of its own in front of the note.
    if element.has_class("footnote-definition-label") {
        return Some(DropReason::ItemMarker);
    }
    let is_hidden = element.attribute("hidden").is_some()
        || own.display.as_deref() == Some("none")
        || tag == "noscript"
        || tag == "dialog" && element.attribute("open").is_none();
    is_hidden.then_some(DropReason::Hidden)
}

/// Word's classes for the text of comments and for their marks in the text.
const COMMENT_CLASSES: [&str; 6] =
    ["MsoCommentText", "MsoCommentReference", "MsoCommentSubject", "msocomanchor", "msocomtxt", "msocomoff"];

/// Whether an element is the mark of a note, in the text or in front of the note.
pub(super) fn is_note_mark(element: &Element, own: &Own) -> bool {
    matches!(own.word("special-character"), Some("footnote" | "endnote"))
        || NOTE_MARKS.iter().any(|class| element.has_class(class))
}

/// Classes of the marks of notes: Word's, LibreOffice's, Markdown's.
const NOTE_MARKS: [&str; 7] = [
    "MsoFootnoteReference",
    "MsoEndnoteReference",
    "sdfootnoteanc",
    "sdfootnotesym",
    "sdendnoteanc",
    "sdendnotesym",
    "footnote-reference",
];

/// Whether an element is a page header (`true`) or footer.
pub(super) fn margin(element: &Element, own: &Own) -> Option<bool> {
    // `first-header` and `even-header` are headers as well.
    let kind = own.word("element").map(|kind| kind.rsplit('-').next().unwrap_or(kind));
    let title = element.attribute("title").filter(|_| element.tag() == "div");
    match kind.or(title) {
        Some("header") => Some(true),
        Some("footer") => Some(false),
        _ => None,
    }
}

/// A mark of a field: its beginning, the place where its result begins, its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FieldMark {
    Begin,
    Separator,
    End,
}

/// The mark that an element is.
pub(super) fn field_mark(own: &Own) -> Option<FieldMark> {
    match own.word("element")? {
        "field-begin" => Some(FieldMark::Begin),
        "field-separator" => Some(FieldMark::Separator),
        "field-end" => Some(FieldMark::End),
        _ => None,
    }
}

/// What Word wrote as blanks that a browser shows alike: tabs, and runs of blanks.
pub(super) fn blanks(own: &Own, text: &str) -> Option<String> {
    if let Some(tabs) = own.word("tab-count").and_then(|count| count.parse::<usize>().ok()) {
        let is_blank = text.chars().all(char::is_whitespace);
        return is_blank.then(|| "\t".repeat(tabs.min(64)));
    }
    (own.word("spacerun") == Some("yes")).then(|| text.replace(['\u{a0}', '\n'], " "))
}
