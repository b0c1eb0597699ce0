//! A Word 97–2003 binary (.doc, .dot, Kingsoft .wps) → paragraphs with revisions, numbering and
//! fields. Knows no bulletin, opens no file, prints nothing.
//!
//! Covered: all versions of the format from Word 97 on, with the piece table always (WPS writes
//! it fast-saved); the style sheet; revisions, hidden text (also by style), automatic numbers as
//! Word shows them, fields by their cached result, nested and merged tables, text boxes at their
//! anchor, footnotes, endnotes, comments, headers and footers, symbol fonts, pictures, WordArt. Word 6 and 95: the
//! text and its paragraphs, in the code page of the language.
//!
//! The container is read by an own bounded reader, because it has to go on where others stop.
//!
//! Not covered: embedded objects, the legacy numbers of Word 6
//! (`sprmPAnld80`), fields that Word computes without storing a result (a [`Warning`] each),
//! password-protected files (an [`Error`] that says which kind).
//!
//! ```no_run
//! let bytes = std::fs::read("来稿.doc")?;
//! let document = jianbao_ms_doc::read(&bytes, &jianbao_ms_doc::Limits::default())?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod anchors;
mod art;
mod bytes;
mod characters;
mod container;
mod document;
mod error;
mod fib;
mod fields;
mod fkp;
mod fonts;
mod limits;
mod lists;
mod numbering;
pub mod numbers;
mod old;
mod pictures;
mod pieces;
mod properties;
mod read;
mod runs;
mod sections;
mod source;
mod sprm;
mod story;
mod styles;
pub mod symbols;
mod table;

pub use document::{
    Alignment, Block, Cell, Comment, Document, Indents, Margin, Mark, Note, Pages, Paragraph, Picture, Row,
    Run, RunKind, Table, TextBox,
};
pub use error::{Encryption, Error, OtherKind, Warning};
pub use limits::Limits;
pub use read::read;
