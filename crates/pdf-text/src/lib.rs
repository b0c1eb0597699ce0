//! A PDF's bytes to positioned lines of text, by geometry and not by stream order.
//!
//! Covered: Type0 fonts with every predefined `CMap`, embedded `CMaps` and `ToUnicode`; simple and
//! Type3 fonts; `ActualText`; forms; vertical writing and page rotation; invisible text (flagged);
//! glyphs drawn twice for bold; two columns; form fields and other annotations with an appearance;
//! thin rules and pictures for later stages; faint text, artifacts and the element of the structure
//! tree that a line belongs to.
//!
//! Not covered: paragraphs, headers and tables (the caller's stage), the order that the structure
//! tree gives, OCR, drawing of any kind.
//!
//! The crate reads no file and no clock. Each bound is a field of [`Limits`].

mod content;
mod error;
mod font;
mod geometry;
mod guard;
mod layout;
mod lexer;
mod limits;
mod load;
mod mend;
mod objects;
mod page;
mod unicode;

pub use error::{Error, Limit};
pub use geometry::Rect;
pub use limits::Limits;
pub use page::{Artifact, CharStats, Document, ImageBox, Line, Page, Role, Span, Tag, Warning, WarningKind};

/// Reads a PDF that has no password, or whose user password is empty.
///
/// # Errors
/// When there is no value to give: not a PDF, no page, encrypted, or a limit of the whole file
/// was passed. What is doubtful on single pages comes as [`Document::warnings`].
pub fn extract(bytes: &[u8], limits: &Limits) -> Result<Document, Error> {
    extract_with_password(bytes, "", limits)
}

/// Reads a PDF with the given user or owner password.
///
/// # Errors
/// As [`extract`]; a wrong password is [`Error::Password`].
pub fn extract_with_password(bytes: &[u8], password: &str, limits: &Limits) -> Result<Document, Error> {
    let file = load::load(bytes, password, limits)?;
    content::read_pages(&file, limits)
}
