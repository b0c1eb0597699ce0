//! A page with its pictures in one MIME file (RFC 2557), as Word's "single file web page" and
//! office systems save it.
//!
//! Covered: the root part by `start`, type or order, transfer encodings, charsets, pictures by
//! place or id, frames, Word's file of page headers and footers. Not covered: pages that no frame
//! shows and attachments (a diagnostic each).

mod parts;

use jianbao_model::{Code, Diagnosed, Diagnostic, Format, Origin, SourceDocument};
use mailparse::ParsedMail;

use crate::html::{self, Shown};
use crate::reader::Source;
use crate::{Limits, ReadError};
use parts::{Kind, Part};

/// Reads a mail file.
pub(crate) fn read(source: Source, limits: &Limits) -> Result<Diagnosed<SourceDocument>, ReadError> {
    let mail = parse(source)?;
    let leaves = parts::leaves(&mail, limits)?;
    let root = parts::root(&mail, &leaves).ok_or(ReadError::Damaged { what: "mime-root".to_owned() })?;
    let pictures = parts::pictures(&leaves, limits)?;
    let mut shown = page(root, &pictures, limits)?;
    for part in leaves.iter().filter(|part| !std::ptr::eq(part.mail, root)) {
        let take: fn(&mut Shown, Shown) = match part.kind() {
            Kind::Harmless => continue,
            Kind::Margins => margins,
            Kind::Page if takes_frame(&mut shown, part) => frame,
            Kind::Page | Kind::Other => {
                missing(&mut shown, part);
                continue;
            }
        };
        match page(part.mail, &pictures, limits) {
            Ok(other) => take(&mut shown, other),
            Err(error @ ReadError::LimitExceeded { .. }) => return Err(error),
            Err(_) => missing(&mut shown, part),
        }
        if shown.blocks.len() > limits.paragraphs {
            return Err(ReadError::LimitExceeded { what: "paragraphs", limit: limits.paragraphs as u64 });
        }
    }
    html::document(source, Format::Mhtml, shown)
}

/// Hands over the pictures of a mail file.
pub(crate) fn pictures(
    source: Source,
    limits: &Limits,
    each: &mut dyn FnMut(Vec<u8>),
) -> Result<(), ReadError> {
    let mail = parse(source)?;
    parts::picture_bytes(&parts::leaves(&mail, limits)?, limits, |_, bytes| each(bytes))
}

fn parse(source: Source<'_>) -> Result<ParsedMail<'_>, ReadError> {
    let start = source.bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(source.bytes).trim_ascii_start();
    mailparse::parse_mail(start).map_err(|_| ReadError::Damaged { what: "mime".to_owned() })
}

fn page(part: &ParsedMail, pictures: &html::Parts, limits: &Limits) -> Result<Shown, ReadError> {
    let damaged = |_| ReadError::Damaged { what: "mime".to_owned() };
    let bytes = part.get_body_raw().map_err(damaged)?;
    html::page(&bytes, part.ctype.params.get("charset").map(String::as_str), pictures, limits)
}

fn missing(shown: &mut Shown, part: &Part) {
    let warning = Diagnostic::new(Code::PartMissing, Origin::File);
    shown.diagnostics.push(warning.with("part", part.name()));
}

/// Whether a frame shows the part; the note that it was not opened is taken back.
fn takes_frame(shown: &mut Shown, part: &Part) -> bool {
    let is_frame = |note: &Diagnostic| {
        let value = |name| note.arguments.iter().find(|it| it.name == name).map(|it| it.value.as_str());
        note.code == Code::ExternalReference
            && value("kind") == Some("frame")
            && value("target").is_some_and(|target| part.is_called(target))
    };
    let found = shown.diagnostics.iter().position(is_frame);
    found.map(|at| shown.diagnostics.remove(at)).is_some()
}

/// Puts what a frame shows behind the page that holds it.
fn frame(shown: &mut Shown, other: Shown) {
    shown.blocks.extend(other.blocks);
    shown.furniture.extend(other.furniture);
    shown.dropped.extend(other.dropped);
    shown.diagnostics.extend(other.diagnostics);
}

/// Takes the file of headers and footers; what else it shows are the separators of notes.
fn margins(shown: &mut Shown, other: Shown) {
    shown.furniture.extend(other.furniture);
    shown.dropped.extend(other.dropped);
    shown.diagnostics.extend(other.diagnostics);
    for block in other.blocks {
        shown.margin(true, block);
    }
}
