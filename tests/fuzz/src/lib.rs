//! Fuzz targets: a file of any bytes ends in text or in a coded error, the same one each time.

use std::io::{Cursor, Write};

use jianbao_read::{Limits, read};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Between the parts of a package in the form that [`docx`] takes.
pub const PART: &str = "\n==== ";

/// The parts that a package without names of its own has, in their order.
const PARTS: [&str; 9] = [
    "word/document.xml",
    "word/styles.xml",
    "word/numbering.xml",
    "word/footnotes.xml",
    "word/endnotes.xml",
    "word/comments.xml",
    "word/header1.xml",
    "word/settings.xml",
    "word/theme/theme1.xml",
];

/// Reads a package. Bytes that are none become one: mutations reach the XML only outside of a
/// compressed and checked entry. Its parts are parted by [`PART`] in the order of the usual parts.
pub fn docx(bytes: &[u8]) {
    if bytes.starts_with(b"PK") {
        settled(bytes, "x.docx");
    } else if let Some(package) = package(&String::from_utf8_lossy(bytes)) {
        settled(&package, "x.docx");
    }
}

/// Reads a Word binary.
pub fn doc(bytes: &[u8]) {
    settled(bytes, "x.doc");
}

/// Reads RTF; the signature is put in front, so that no mutation is wasted on it.
pub fn rtf(bytes: &[u8]) {
    let mut file = b"{\\rtf1".to_vec();
    file.extend_from_slice(bytes.strip_prefix(b"{\\rtf1").unwrap_or(bytes));
    settled(&file, "x.rtf");
}

/// Reads a PDF.
pub fn pdf(bytes: &[u8]) {
    settled(bytes, "x.pdf");
}

/// The same bytes read twice give the same document or the same error, within bounds that no
/// input of a fuzzer's size has a right to.
fn settled(bytes: &[u8], name: &str) {
    let limits = Limits::default();
    let first = read(bytes, name, &limits);
    if bytes.len().is_multiple_of(16) {
        let second = read(bytes, name, &limits);
        assert_eq!(format!("{first:?}"), format!("{second:?}"), "reading depends on something else");
    }
    if let Ok(document) = first {
        let text: usize = document.value.dropped.iter().map(|piece| piece.text.len()).sum();
        // A sign of the file becomes at most a few bytes of text; quadratic growth shows here. Streams of
        // a PDF are packed, and their growth has bounds of its own.
        assert!(
            name == "x.pdf" || text <= 64 * bytes.len() + 4096,
            "{text} bytes dropped of {}",
            bytes.len()
        );
    }
}

fn package(text: &str) -> Option<Vec<u8>> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut relations = String::new();
    for (index, (name, part)) in PARTS.iter().zip(text.split(PART)).enumerate() {
        writer.start_file(*name, options).ok()?;
        writer.write_all(part.as_bytes()).ok()?;
        let kind = name.rsplit('/').next()?.trim_end_matches(".xml").trim_end_matches('1');
        let target = name.strip_prefix("word/")?;
        relations += &format!("<Relationship Id=\"rId{index}\" Type=\"t/{kind}\" Target=\"{target}\"/>");
    }
    writer.start_file("word/_rels/document.xml.rels", options).ok()?;
    writer.write_all(format!("<Relationships>{relations}</Relationships>").as_bytes()).ok()?;
    Some(writer.finish().ok()?.into_inner())
}
