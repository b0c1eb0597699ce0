//! Word 97–2003 binaries and Kingsoft .wps, through `jianbao-ms-doc`.
//!
//! Covered: all that the crate reads: revisions, hidden text, numbers, fields, tables, text
//! boxes, notes, headers and footers, comments, pictures, WordArt.

mod convert;

use jianbao_model::{Code, Diagnosed, Diagnostic, Format, Origin, SourceDocument};
use jianbao_ms_doc::{Encryption, Error, OtherKind, Warning};

use crate::reader::{Source, has_text, without_text};
use crate::{Limits, ReadError};

/// Reads a compound file.
pub(crate) fn read(source: Source, limits: &Limits) -> Result<Diagnosed<SourceDocument>, ReadError> {
    let read = jianbao_ms_doc::read(source.bytes, &limits.doc).map_err(|error| refused(&error))?;
    let document = SourceDocument::new(source.id, source.name, Format::Doc);
    let mut converted = convert::convert(&read, document);
    if read.is_old {
        converted.diagnostics.push(Diagnostic::new(Code::OldWord, Origin::File));
    }
    converted.diagnostics.extend(read.warnings.iter().map(warning));
    if !has_text(&converted.value) {
        return Err(without_text(&converted.diagnostics));
    }
    Ok(converted)
}

/// Hands over the pictures of a compound file; metafiles have no bytes of their own there.
pub(crate) fn pictures(
    source: Source,
    limits: &Limits,
    each: &mut dyn FnMut(Vec<u8>),
) -> Result<(), ReadError> {
    let read = jianbao_ms_doc::read(source.bytes, &limits.doc).map_err(|error| refused(&error))?;
    read.pictures.into_iter().filter_map(|picture| picture.bytes).for_each(each);
    Ok(())
}

fn refused(error: &Error) -> ReadError {
    match *error {
        Error::Encrypted(Encryption::Irm) => ReadError::Encrypted { how: "irm" },
        Error::Encrypted(_) => ReadError::Encrypted { how: "password" },
        Error::TooOld { .. } => ReadError::Unsupported { format: "word-2" },
        Error::Works => ReadError::Unsupported { format: "works" },
        Error::NotWord { kind, .. } => match kind {
            OtherKind::Excel => ReadError::Foreign { what: "xls" },
            OtherKind::PowerPoint => ReadError::Foreign { what: "ppt" },
            OtherKind::Visio => ReadError::Foreign { what: "visio" },
            OtherKind::Outlook => ReadError::Foreign { what: "outlook" },
            OtherKind::Publisher => ReadError::Foreign { what: "publisher" },
            _ => ReadError::Unknown,
        },
        Error::Damaged { what, .. } => ReadError::Damaged { what: what.to_owned() },
        Error::LimitExceeded { what, limit } => ReadError::LimitExceeded { what, limit: limit as u64 },
        _ => ReadError::Damaged { what: "compound-file".to_owned() },
    }
}

fn warning(warning: &Warning) -> Diagnostic {
    let about = |code| Diagnostic::new(code, Origin::File);
    match warning {
        Warning::StreamCut { stream, .. } => about(Code::PartMissing).with("part", stream),
        Warning::TextCut { .. } => about(Code::PartMissing).with("part", "body-text"),
        Warning::PartUnreadable { what } => about(Code::PartMissing).with("part", what),
        Warning::UnknownSymbol { font, code } => {
            about(Code::UnknownSymbol).with("code", format!("U+{code:04X}")).with("font", font)
        }
        Warning::FieldWithoutResult { .. } => about(Code::NotText).with("what", "field"),
        Warning::Macros => about(Code::Macros),
        Warning::BadBytes { encoding } => {
            about(Code::BadEncoding).with("encoding", encoding).with("count", 1)
        }
        _ => about(Code::PartMissing).with("part", "compound-file"),
    }
}
