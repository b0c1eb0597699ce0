//! Tables: data stays a table, a table that only lays out text becomes paragraphs.

use jianbao_model::DropReason;
use jianbao_model::document::{Block, BlockKind, Table};

use super::blocks::Converter;
use super::content::{self, Cell, Inline, Node, Row};
use super::properties::COLUMNS;
use crate::margins::RUNNING_TEXT;

/// Adds a table to what is shown.
pub(super) fn convert<'a>(converter: &mut Converter<'a>, table: &'a content::Table) {
    let (gone, rows): (Vec<&Row>, Vec<&Row>) =
        table.rows.iter().partition(|row| row.is_deleted || row.is_hidden);
    for row in gone {
        let reason = if row.is_deleted { DropReason::Deleted } else { DropReason::Hidden };
        row.cells.iter().for_each(|cell| drop_cell(converter, cell, reason));
    }
    if lays_out(&rows) {
        for cell in rows.iter().flat_map(|row| &row.cells) {
            converter.nodes(&cell.nodes);
        }
        return;
    }
    let origin = converter.origin(table.number);
    let mut beside = Vec::new();
    let mut shown = Table::default();
    for row in rows {
        let mut cells = vec![String::new(); row.before];
        for cell in &row.cells {
            if cell.properties.is_deleted {
                drop_cell(converter, cell, DropReason::Deleted);
                continue;
            }
            cells.push(cell_text(converter, cell, &mut beside));
            let empty = cell.properties.span.saturating_sub(1).min(COLUMNS);
            cells.extend(std::iter::repeat_n(String::new(), empty));
        }
        shown.rows.push(cells);
    }
    if shown.rows.iter().flatten().any(|cell| !cell.trim().is_empty()) {
        converter.push(BlockKind::Table(shown), &origin);
    }
    converter.shown.blocks.append(&mut beside);
}

/// One cell, or one column of running text.
fn lays_out(rows: &[&Row]) -> bool {
    let is_column = rows.iter().all(|row| row.cells.len() <= 1);
    let cells = || rows.iter().flat_map(|row| &row.cells);
    is_column && (cells().count() == 1 || cells().any(is_running_text))
}

fn is_running_text(cell: &Cell) -> bool {
    let length = |node: &Node| match node {
        Node::Paragraph(paragraph) => {
            let texts = paragraph.inlines.iter().filter_map(|inline| match inline {
                Inline::Text(text) => Some(text.text.chars().count()),
                _ => None,
            });
            texts.sum()
        }
        Node::Table(_) => 0,
    };
    cell.nodes.iter().map(length).max().unwrap_or(0) > RUNNING_TEXT
}

/// The text of a cell, tables inside as lines; pictures go beside the table.
fn cell_text<'a>(converter: &mut Converter<'a>, cell: &'a Cell, beside: &mut Vec<Block>) -> String {
    let outer = std::mem::take(&mut converter.shown.blocks);
    converter.nodes(&cell.nodes);
    let inner = std::mem::replace(&mut converter.shown.blocks, outer);
    let mut lines = Vec::new();
    for block in inner {
        match block.kind {
            BlockKind::Paragraph(paragraph) => lines.push(paragraph.shown()),
            BlockKind::Table(table) => lines.push(table.text()),
            BlockKind::Image(_) => beside.push(block),
            BlockKind::PageBreak => {}
        }
    }
    lines.join("\n")
}

fn drop_cell(converter: &mut Converter, cell: &Cell, reason: DropReason) {
    for node in &cell.nodes {
        let (text, number) = match node {
            Node::Paragraph(paragraph) => (content::paragraph_text(paragraph), paragraph.number),
            Node::Table(table) => (content::table_text(table), table.number),
        };
        if !text.trim().is_empty() {
            converter.drop_text(reason, &text, number);
        }
    }
}
