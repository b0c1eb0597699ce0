//! Readers of Word files by others.

use std::io::{Cursor, Read};

use office_oxide::doc::DocDocument;
use office_oxide::docx::DocxDocument;
use quick_xml::events::Event;

/// undoc's document and its plain text.
pub(super) fn undoc(bytes: &[u8]) -> Result<bool, String> {
    let document = undoc::parse_bytes(bytes).map_err(|error| error.to_string())?;
    Ok(has_text(&document.plain_text()))
}

/// office_oxide's document and its plain text, by the readers of the formats: `Document` would start a
/// thread for each file.
pub(super) fn office_oxide(bytes: &[u8]) -> Result<bool, String> {
    let text = if is_zip(bytes) {
        DocxDocument::from_reader(Cursor::new(bytes)).map(|document| document.plain_text()).map_err(told)
    } else {
        DocDocument::from_reader(Cursor::new(bytes)).map(|document| document.plain_text()).map_err(told)
    };
    Ok(has_text(&text?))
}

/// What no reader can do without: the main part inflated, each of its events looked at, and the
/// characters gathered. No style, no number, no relationship, no limit.
pub(super) fn floor(bytes: &[u8]) -> Result<bool, String> {
    if !is_zip(bytes) {
        return Err("no zip".to_owned());
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(told)?;
    let mut xml = Vec::new();
    archive.by_name("word/document.xml").map_err(told)?.read_to_end(&mut xml).map_err(told)?;
    let xml = std::str::from_utf8(&xml).map_err(told)?;
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut text = String::new();
    loop {
        match reader.read_event().map_err(told)? {
            Event::Text(piece) => text.push_str(&piece.xml10_content()),
            Event::Eof => break,
            _ => {}
        }
    }
    Ok(has_text(&text))
}

fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK")
}

fn has_text(text: &str) -> bool {
    std::hint::black_box(!text.trim().is_empty())
}

fn told(error: impl std::fmt::Display) -> String {
    error.to_string()
}
