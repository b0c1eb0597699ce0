//! Items as plain text and Markdown, for `convert --to`.

use std::fmt::Write as _;

use jianbao_model::{BlockKind, Item, SourceDocument};

/// A document as Word would show it: one paragraph a line, tables as tab-separated lines.
pub fn shown(document: &SourceDocument) -> String {
    let mut text = String::new();
    for block in &document.blocks {
        match &block.kind {
            BlockKind::Paragraph(paragraph) => text.push_str(&paragraph.shown()),
            BlockKind::Table(table) => text.push_str(&table.text()),
            BlockKind::Image(_) | BlockKind::PageBreak => continue,
        }
        text.push('\n');
    }
    text
}

/// An item as it is printed: title, body, attribution.
pub fn item(item: &Item) -> String {
    let mut text = String::new();
    if let Some(title) = &item.title {
        let _ = writeln!(text, "{title}");
    }
    for part in item.lead.iter().chain(item.paragraphs.iter().map(|paragraph| &paragraph.text)) {
        let _ = writeln!(text, "{part}");
    }
    if let Some(attribution) = &item.attribution {
        let _ = writeln!(text, "（{}）", attribution.printed);
    }
    text
}

/// An item as Markdown.
pub fn markdown(item: &Item) -> String {
    let mut text = String::new();
    if let Some(title) = &item.title {
        let _ = writeln!(text, "## {title}\n");
    }
    if let Some(lead) = &item.lead {
        let _ = writeln!(text, "> {lead}\n");
    }
    for paragraph in &item.paragraphs {
        let _ = writeln!(text, "{}\n", paragraph.text);
    }
    for table in &item.tables {
        for (at, row) in table.rows.iter().enumerate() {
            let cells: Vec<String> =
                row.iter().map(|cell| cell.replace('|', "\\|").replace('\n', " ")).collect();
            let _ = writeln!(text, "| {} |", cells.join(" | "));
            if at == 0 {
                let _ = writeln!(text, "|{}", " --- |".repeat(row.len()));
            }
        }
        text.push('\n');
    }
    if let Some(attribution) = &item.attribution {
        let _ = writeln!(text, "（{}）\n", attribution.printed);
    }
    text
}
