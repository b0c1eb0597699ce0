//! Tells a file's format from its content, never from its name.

use std::io::Cursor;

use jianbao_model::Format;
use memchr::memmem::{find, rfind};
use zip::ZipArchive;

use crate::{Limits, ReadError, text};

/// What the content is.
pub(crate) enum Sniffed {
    /// A format with a reader.
    Format(Format),
    /// No document of text.
    Foreign(&'static str),
    /// A text format whose reader comes later.
    Later(&'static str),
}

/// `%PDF-` may stand behind other bytes, but within the first 1024 (ISO 32000-1 Annex H.3.4.1).
const PDF_HEADER_WITHIN: usize = 1024;
/// Bytes from the end within which a zip end record begins: the record and its longest comment.
const ZIP_END_WITHIN: usize = 22 + 0xFFFF;
/// Characters of a text file that are looked at for signs of HTML.
const HTML_WITHIN: usize = 2048;

const PICTURES: [&[u8]; 7] =
    [b"\x89PNG\r\n\x1a\n", b"\xFF\xD8\xFF", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*", b"BM"];
const ARCHIVES: [(&[u8], &str); 3] =
    [(b"Rar!\x1a\x07", "rar"), (b"7z\xBC\xAF\x27\x1C", "sevenzip"), (b"\x1F\x8B\x08", "gzip")];
/// How pages begin that office systems cut out of a larger one.
const FRAGMENTS: [&str; 8] =
    ["<!doctype html", "<head>", "<meta ", "<style", "<title>", "<div", "<table", "<p>"];

/// Word for DOS, Word 1 and 2 for Windows, which wrote no compound file.
const OLD_WORD: [&[u8]; 3] = [b"\xDB\xA5", b"\x9B\xA5", b"1\xBE\0\0"];

/// Tells the format of non-empty bytes.
pub(crate) fn sniff(bytes: &[u8], limits: &Limits) -> Result<Sniffed, ReadError> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return zip(bytes, limits);
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
        // The reader of Word binaries says itself whose compound file it is.
        return Ok(Sniffed::Format(Format::Doc));
    }
    if find(&bytes[..bytes.len().min(PDF_HEADER_WITHIN)], b"%PDF-").is_some() {
        return Ok(Sniffed::Format(Format::Pdf));
    }
    if is_pdf_without_header(bytes) {
        return Ok(Sniffed::Format(Format::Pdf));
    }
    let plain = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    if plain.starts_with(b"{\\rt") {
        return Ok(Sniffed::Format(Format::Rtf));
    }
    if PICTURES.iter().any(|magic| bytes.starts_with(magic)) && !is_text_bitmap(bytes) {
        return Ok(Sniffed::Foreign("picture"));
    }
    if let Some((_, what)) = ARCHIVES.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Ok(Sniffed::Foreign(what));
    }
    if OLD_WORD.iter().any(|magic| bytes.starts_with(magic)) {
        return Ok(Sniffed::Later("word-2"));
    }
    as_text(bytes)
}

/// A PDF that lost its first line begins with an object (ISO 32000-1 §7.3.10).
fn is_pdf_without_header(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(64)];
    let mut words = start.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    let mut is_number = || words.next().is_some_and(|word| word.iter().all(u8::is_ascii_digit));
    is_number()
        && is_number()
        && words.next().is_some_and(|word| word.starts_with(b"obj"))
        && find(bytes, b"endobj").is_some()
}

/// A text may begin with the letters BM, but a bitmap has zeros in its header.
fn is_text_bitmap(bytes: &[u8]) -> bool {
    bytes.starts_with(b"BM") && !bytes[..bytes.len().min(32)].contains(&0)
}

fn as_text(bytes: &[u8]) -> Result<Sniffed, ReadError> {
    let Some(decoded) = text::decode(bytes) else {
        return Err(ReadError::Unknown);
    };
    let start: String = decoded.text.trim_start().chars().take(HTML_WITHIN).collect();
    let start = start.to_ascii_lowercase();
    let is_mhtml = start.contains("mime-version:") && start.contains("content-type:");
    if is_mhtml {
        return Ok(Sniffed::Format(Format::Mhtml));
    }
    let is_html = FRAGMENTS.iter().any(|tag| start.starts_with(tag))
        || start.starts_with('<') && (start.contains("<html") || start.contains("<body"));
    if is_html {
        return Ok(Sniffed::Format(Format::Html));
    }
    if start.starts_with("<?xml") {
        let is_word =
            ["wordml", "word.document", "office/2006/xmlpackage"].iter().any(|name| start.contains(name));
        return Ok(if is_word { Sniffed::Format(Format::WordXml) } else { Sniffed::Foreign("xml") });
    }
    Ok(Sniffed::Format(Format::Text))
}

fn zip(bytes: &[u8], limits: &Limits) -> Result<Sniffed, ReadError> {
    let tail = &bytes[bytes.len().saturating_sub(ZIP_END_WITHIN)..];
    let end = rfind(tail, b"PK\x05\x06").ok_or(ReadError::Truncated)?;
    // Total number of entries (APPNOTE 4.3.16), looked at before anything is allocated for them.
    if let Some(&[low, high]) = tail.get(end + 10..end + 12)
        && usize::from(u16::from_le_bytes([low, high])) > limits.entries
    {
        return Err(ReadError::LimitExceeded { what: "entries", limit: limits.entries as u64 });
    }
    let damaged = |_| ReadError::Damaged { what: "zip".to_owned() };
    let archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut is_package = false;
    let mut kind = None;
    for name in archive.file_names_raw() {
        let name = String::from_utf8_lossy(name).replace('\\', "/").to_lowercase();
        is_package |= name == "[content_types].xml" || name == "_rels/.rels";
        kind = kind.or(match name.split('/').next() {
            Some("word") => Some(Sniffed::Format(Format::Docx)),
            Some("xl") => Some(Sniffed::Foreign("xlsx")),
            Some("ppt") => Some(Sniffed::Foreign("pptx")),
            Some("visio") => Some(Sniffed::Foreign("visio")),
            Some("ofd.xml") => Some(Sniffed::Foreign("ofd")),
            Some("mimetype") => Some(Sniffed::Foreign("odf")),
            _ => None,
        });
    }
    // A package whose main part lies elsewhere is still to be read by its relationships.
    let otherwise = if is_package { Sniffed::Format(Format::Docx) } else { Sniffed::Foreign("zip") };
    Ok(kind.unwrap_or(otherwise))
}
