//! The readers, each from a file's bytes to its text and back to nothing.

#[cfg(feature = "word")]
mod word;

use jianbao_model::SourceDocument;
use jianbao_normalize::{Config, Contributor, normalize};
use jianbao_read::{Limits, read};

/// Reads a file and says whether any text was in it.
pub(crate) type Tool = fn(&[u8]) -> Result<bool, String>;

/// What [`tool`] knows.
pub(crate) const NAMES: [&str; 5] = ["jianbao-read", "jianbao-items", "undoc", "office_oxide", "floor"];

/// The tool of a name.
pub(crate) fn tool(name: &str) -> Option<Tool> {
    Some(match name {
        "jianbao-read" => jianbao_read,
        "jianbao-items" => jianbao_items,
        #[cfg(feature = "word")]
        "undoc" => word::undoc,
        #[cfg(feature = "word")]
        "office_oxide" => word::office_oxide,
        #[cfg(feature = "word")]
        "floor" => word::floor,
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
