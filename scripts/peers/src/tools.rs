//! The readers, each from a file's bytes to its text and back to nothing.

use std::io::{Cursor, Read};

use jianbao_model::SourceDocument;
use jianbao_normalize::{Config, Contributor, normalize};
use jianbao_read::{Limits, read};
use office_oxide::doc::DocDocument;
use office_oxide::docx::DocxDocument;
use quick_xml::events::Event;

/// Reads a file and says whether any text was in it.
pub(crate) type Tool = fn(&[u8]) -> Result<bool, String>;

/// What [`tool`] knows.
pub(crate) const NAMES: [&str; 5] = ["jianbao-read", "jianbao-items", "undoc", "office_oxide", "floor"];

/// The tool of a name.
pub(crate) fn tool(name: &str) -> Option<Tool> {
    Some(match name {
        "jianbao-read" => jianbao_read,
        "jianbao-items" => jianbao_items,
        "undoc" => undoc,
        "office_oxide" => office_oxide,
        "floor" => floor,
        _ => return None,
    })
}

/// Jianbao up to what Word shows.
fn jianbao_read(bytes: &[u8]) -> Result<bool, String> {
    std::hint::black_box(document(bytes)?);
    Ok(true)
}

/// Jianbao up to the items of a bulletin.
fn jianbao_items(bytes: &[u8]) -> Result<bool, String> {
    // The units of a small office, so that the search for who a submission is from is as long as there.
    const UNITS: [&str; 10] = [
        "金阊街道",
        "双塔街道",
        "虎丘街道",
        "区数据局",
        "区残联",
        "区统计局",
        "区住建委",
        "区城管委",
        "区民卫局",
        "区委宣传部",
    ];
    let unit = |name: &&str| Contributor { name: (*name).to_owned(), aliases: Vec::new() };
    let contributors = UNITS.iter().map(unit).collect();
    let config = Config { contributors, title_length: 40, ..Config::default() };
    let document = document(bytes)?;
    let normalized = normalize(&document, None, &config);
    std::hint::black_box(&normalized);
    Ok(true)
}

/// A document; without text it is an error.
fn document(bytes: &[u8]) -> Result<SourceDocument, String> {
    let read = read(bytes, "submission", &Limits::default());
    read.map(|read| read.value).map_err(|error| error.to_string())
}

/// undoc's document and its plain text.
fn undoc(bytes: &[u8]) -> Result<bool, String> {
    let document = undoc::parse_bytes(bytes).map_err(|error| error.to_string())?;
    Ok(has_text(&document.plain_text()))
}

/// office_oxide's document and its plain text, by the readers of the formats: `Document` would start a
/// thread for each file.
fn office_oxide(bytes: &[u8]) -> Result<bool, String> {
    let text = if is_zip(bytes) {
        DocxDocument::from_reader(Cursor::new(bytes)).map(|document| document.plain_text()).map_err(told)
    } else {
        DocDocument::from_reader(Cursor::new(bytes)).map(|document| document.plain_text()).map_err(told)
    };
    Ok(has_text(&text?))
}

/// What no reader can do without: the main part inflated, each of its events looked at, and the
/// characters gathered. No style, no number, no relationship, no limit.
fn floor(bytes: &[u8]) -> Result<bool, String> {
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
