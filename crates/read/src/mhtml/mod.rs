//! A page with its pictures in one MIME file (RFC 2557), as Word's "single file web page" and
//! office systems save it.
//!
//! Covered: the root part by `start`, type or order, transfer encodings, charsets, pictures by
//! place or id, Word's file of page headers and footers. Not covered: other pages in the file
//! and attachments (a diagnostic each).

mod parts;

use jianbao_model::{Code, Diagnosed, Diagnostic, Format, Origin, SourceDocument};
use mailparse::ParsedMail;

use crate::html::{self, Shown};
use crate::reader::Source;
use crate::{Limits, ReadError};
use parts::Kind;

/// Reads a mail file.
pub(crate) fn read(source: Source, limits: &Limits) -> Result<Diagnosed<SourceDocument>, ReadError> {
    let damaged = |_| ReadError::Damaged { what: "mime".to_owned() };
    let start = source.bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(source.bytes).trim_ascii_start();
    let mail = mailparse::parse_mail(start).map_err(damaged)?;
    let leaves = parts::leaves(&mail, limits)?;
    let root = parts::root(&mail, &leaves).ok_or(ReadError::Damaged { what: "mime-root".to_owned() })?;
    let pictures = parts::pictures(&leaves, limits)?;
    let mut shown = page(root, &pictures, limits)?;
    for part in leaves.iter().filter(|part| !std::ptr::eq(part.mail, root)) {
        match part.kind() {
            Kind::Harmless => {}
            Kind::Margins => margins(&mut shown, page(part.mail, &pictures, limits)?),
            Kind::Other => {
                let warning = Diagnostic::new(Code::PartMissing, Origin::File);
                shown.diagnostics.push(warning.with("part", part.name()));
            }
        }
    }
    html::document(source, Format::Mhtml, shown)
}

fn page(part: &ParsedMail, pictures: &html::Parts, limits: &Limits) -> Result<Shown, ReadError> {
    let damaged = |_| ReadError::Damaged { what: "mime".to_owned() };
    let bytes = part.get_body_raw().map_err(damaged)?;
    html::page(&bytes, part.ctype.params.get("charset").map(String::as_str), pictures, limits)
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
