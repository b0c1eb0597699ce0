//! Word processing content as every Word format holds it, and what Word shows of it.
//!
//! The readers of .docx and .rtf give their files' content as it is written ([`content`], with
//! [`styles`] and [`numbering`] beside it); [`blocks`] makes of it what stands on the page, so that
//! a document means the same in both.

pub(crate) mod blocks;
pub(crate) mod content;
pub(crate) mod equations;
pub(crate) mod notes;
pub(crate) mod numbering;
pub(crate) mod properties;
pub(crate) mod styles;
pub(crate) mod symbols;
mod tables;
pub(crate) mod unread;
pub(crate) mod whole;
