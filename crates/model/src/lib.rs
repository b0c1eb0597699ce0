//! The vocabulary of Jianbao: what the stages hand to each other.
//!
//! Values only. There is no I/O here, no clock, no configuration and no wording: messages are
//! data ([`Diagnostic`]) and get their words in `jianbao-pipeline`.

mod code;
mod diagnostic;
pub mod document;
pub mod issue;
pub mod item;

pub use code::{Code, Severity, Stage};
pub use diagnostic::{Argument, Diagnosed, Diagnostic, Location};
pub use document::{
    Block, BlockKind, DropReason, Dropped, Format, Origin, SourceDocument, SourceHasher, SourceId,
};
pub use issue::{Entry, Issue};
pub use item::{Attribution, Item, Point, Submission};
