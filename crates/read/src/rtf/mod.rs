//! Rich Text Format (RTF 1.9.1), in two steps: the file's content as it is written ([`parse`]),
//! then what Word shows of it ([`crate::word::blocks`]).
//!
//! The lexer is our own: of the libraries that were tried, one panics on real files and reads
//! Chinese bytes as Latin-1, the other has tokens only.
//!
//! Covered: code pages by document and font, Unicode with its fall-backs, characters split over
//! runs, list tables and `\listtext`, revisions, moves, hidden text, fields by their cached result,
//! tables with spans and inside each other, text boxes, WordArt, notes, comments, headers and
//! footers, pictures, symbols, fall-backs for old programs.
//!
//! Not covered: formatting that only a style states (RTF repeats it in the text), embedded
//! objects (a diagnostic each), HTML inside RTF beyond its plain text.

mod builder;
mod charset;
mod closings;
mod convert;
mod destinations;
mod fonts;
mod lexer;
mod lists;
mod note_marks;
mod parse;
mod pictures;
mod state;
mod words;

use jianbao_model::{Diagnosed, SourceDocument};

use crate::reader::{Source, has_text};
use crate::{Limits, ReadError};

/// Reads a file.
pub(crate) fn read(source: Source, limits: &Limits) -> Result<Diagnosed<SourceDocument>, ReadError> {
    let content = parse::parse(begun(source), limits)?;
    let document = convert::convert(&content, source);
    if !has_text(&document.value) {
        return Err(ReadError::NoText);
    }
    Ok(document)
}

/// Hands over the pictures of a file.
pub(crate) fn pictures(
    source: Source,
    limits: &Limits,
    each: &mut dyn FnMut(Vec<u8>),
) -> Result<(), ReadError> {
    parse::parse_pictures(begun(source), limits)?.into_iter().for_each(each);
    Ok(())
}

/// The file from its first brace on.
fn begun(source: Source<'_>) -> &[u8] {
    let start = source.bytes.iter().position(|&byte| byte == b'{').unwrap_or(0);
    source.bytes.get(start..).unwrap_or_default()
}
