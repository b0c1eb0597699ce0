//! Blocks as lines, in the notation that `scripts/features/rows.py` describes.

use jianbao_model::document::{Alignment, BlockKind, Image, Paragraph};
use jianbao_model::{Block, Diagnosed, SourceDocument, Submission};
use jianbao_normalize::normalize;
use jianbao_pipeline::config::Layers;

use crate::{root, sample};

/// Half-points of the described documents' default style, which lines do not state.
const USUAL_SIZE: u16 = 32;

/// A block as lines: one, or one a row of a table.
pub fn lines(block: &Block) -> Vec<String> {
    match &block.kind {
        BlockKind::Paragraph(paragraph) => vec![paragraph_line(paragraph)],
        BlockKind::Table(table) => {
            let row = |row: &Vec<String>| format!("| {}", visible(&row.join(" | "))).trim_end().to_owned();
            table.rows.iter().map(row).collect()
        }
        BlockKind::Image(Image { bytes, hash, .. }) => {
            let hash = hash.map_or_else(|| "unread".to_owned(), |hash| hash.short(16));
            vec![format!("<picture {bytes} {hash}>")]
        }
        BlockKind::PageBreak => vec!["----".to_owned()],
    }
}

fn paragraph_line(paragraph: &Paragraph) -> String {
    let mut line = String::new();
    if let Some(level) = paragraph.heading {
        line += &format!("#{level} ");
    }
    if paragraph.is_bold() {
        line += "* ";
    }
    line += match paragraph.alignment {
        Alignment::Body => "",
        Alignment::Center => "= ",
        Alignment::Right => "> ",
    };
    if let Some(marker) = &paragraph.marker {
        line += &format!("[{marker}] ");
    }
    line += &visible(&paragraph.text());
    match paragraph.size() {
        Some(size) if size != USUAL_SIZE => line + &format!(" {{{size}}}"),
        _ => line,
    }
}

/// Tabs and line ends as signs.
pub fn visible(text: &str) -> String {
    text.replace('\t', "⇥").replace('\n', "⏎")
}

/// The items that a document gives with the sample configuration, as lines without their places.
pub fn items(document: &SourceDocument) -> Vec<String> {
    let config = std::fs::read_to_string(sample("jianbao.toml")).expect("a sample");
    let config = Layers::new(Some(&config), &root()).config().expect("the sample has no mistakes").normalize;
    let Diagnosed { value: Submission { items, .. }, .. } = normalize(document, None, &config);
    let mut lines = Vec::new();
    for item in &items {
        lines.push(format!("title: {:?} date: {:?}", item.title, item.date));
        lines.push(format!("from: {:?}", item.attribution));
        lines.extend(item.lead.iter().map(|lead| format!("lead: {lead}")));
        lines.extend(item.paragraphs.iter().map(|paragraph| paragraph.text.clone()));
        lines.extend(item.tables.iter().map(|table| format!("table: {}", visible(&table.text()))));
        lines.extend(item.images.iter().map(|image| format!("image: {} {:?}", image.bytes, image.hash)));
    }
    lines
}
