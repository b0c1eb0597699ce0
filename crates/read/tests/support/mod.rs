//! Builds small packages and writes what was read in a line notation.
#![allow(dead_code, unreachable_pub, reason = "each test file uses its part")]

use std::io::{Cursor, Write};

use jianbao_model::document::{Block, BlockKind};
use jianbao_read::{Limits, read};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const WORD: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"r\" xmlns:mc=\"mc\" xmlns:wps=\"wps\" xmlns:v=\"v\" xmlns:a=\"a\" xmlns:m=\"m\"";
const TYPES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A package of named parts.
pub fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The main part around a body.
pub fn document(body: &str) -> String {
    format!("<w:document {WORD}><w:body>{body}</w:body></w:document>")
}

/// A package of a body and other parts, each given as relationship type, root name and inside.
pub fn docx(body: &str, parts: &[(&str, &str, &str)]) -> Vec<u8> {
    let mut relations = String::new();
    let mut written = vec![("word/document.xml".to_owned(), document(body))];
    for (kind, root, inside) in parts {
        relations += &format!("<Relationship Id=\"{kind}\" Type=\"{TYPES}/{kind}\" Target=\"{kind}.xml\"/>");
        written.push((format!("word/{kind}.xml"), format!("<w:{root} {WORD}>{inside}</w:{root}>")));
    }
    written
        .push(("word/_rels/document.xml.rels".into(), format!("<Relationships>{relations}</Relationships>")));
    let root = format!(
        "<Relationships><Relationship Id=\"r\" Type=\"{TYPES}/officeDocument\" Target=\"/word/document.xml\"/></Relationships>"
    );
    written.push(("_rels/.rels".into(), root));
    let parts: Vec<(&str, &str)> =
        written.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    package(&parts)
}

/// The bytes as read: a line a block, then `^` furniture, `-` dropped, `!` diagnostics.
pub fn shown(bytes: &[u8], name: &str) -> String {
    let read = match read(bytes, name, &Limits::default()) {
        Err(error) => return format!("error {}: {error}", error.code().slug()),
        Ok(read) => read,
    };
    let mut lines: Vec<String> = read.value.blocks.iter().map(line).collect();
    lines.extend(read.value.furniture.iter().map(|block| format!("^ {}", line(block))));
    let dropped = |piece: &jianbao_model::Dropped| format!("- {}: {}", piece.reason.name(), piece.text);
    lines.extend(read.value.dropped.iter().map(dropped));
    for diagnostic in &read.diagnostics {
        let arguments = diagnostic.arguments.iter().map(|argument| format!(" {}", argument.value));
        lines.push(format!("! {}{}", diagnostic.code.slug(), arguments.collect::<String>()));
    }
    let lines = lines.join("\n");
    lines.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

fn line(block: &Block) -> String {
    match &block.kind {
        BlockKind::Paragraph(paragraph) => {
            let marker = paragraph.marker.as_ref().map(|marker| format!("[{marker}] ")).unwrap_or_default();
            let bold = if paragraph.is_bold() { "*" } else { "" };
            format!("{bold}{marker}{}", paragraph.text().replace('\n', "⏎").replace('\t', "⇥"))
        }
        BlockKind::Table(table) => {
            let rows = table.rows.iter().map(|row| format!("| {}", row.join(" | ").replace('\n', "⏎")));
            rows.collect::<Vec<_>>().join("\n")
        }
        BlockKind::Image(image) => format!("<{} {}>", image.name, image.bytes),
        BlockKind::PageBreak => "----".to_owned(),
    }
}

/// Reads a body with other parts and compares; blank lines and indents of the expectation are
/// only for the eye.
#[track_caller]
pub fn check(body: &str, parts: &[(&str, &str, &str)], expected: &str) {
    let expected: Vec<&str> = expected.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    assert_eq!(shown(&docx(body, parts), "x.docx"), expected.join("\n"));
}
