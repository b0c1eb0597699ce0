//! A flow of blocks: the body, a cell, a page header.

use jianbao_model::Origin;
use jianbao_model::document::{Alignment, Block, BlockKind, Paragraph};

use super::paragraph::Writer;

/// Blocks and the paragraph that is being written after them.
#[derive(Debug, Default)]
pub(super) struct Flow {
    pub(super) blocks: Vec<Block>,
    pub(super) open: Option<Open>,
    /// The marker of a list item whose text has not begun.
    pub(super) marker: Option<Marker>,
}

/// A marker and the line of its item.
#[derive(Debug)]
pub(super) struct Marker {
    pub(super) text: String,
    pub(super) line: u32,
}

/// A paragraph that is being written.
#[derive(Debug, Default)]
pub(super) struct Open {
    pub(super) writer: Writer,
    pub(super) alignment: Alignment,
    pub(super) heading: Option<u8>,
    pub(super) line: u32,
    pub(super) marker: Option<String>,
    /// The number that Word wrote before the text.
    pub(super) number: String,
    /// What stands in the paragraph and comes after it.
    pub(super) after: Vec<BlockKind>,
}

/// The place of a line.
pub(super) fn origin(line: u32) -> Origin {
    Origin::Text { line }
}

impl Flow {
    /// Ends the paragraph; says how many blocks came of it.
    pub(super) fn close(&mut self) -> usize {
        let before = self.blocks.len();
        if let Some(open) = self.open.take() {
            self.write(open);
        }
        self.blocks.len() - before
    }

    fn write(&mut self, open: Open) {
        let number = open.number.trim_matches(|c: char| c.is_whitespace()).to_owned();
        let marker = Some(number).filter(|number| !number.is_empty()).or(open.marker);
        let runs = open.writer.finish();
        let is_shown = runs.iter().any(|run| !run.text.trim().is_empty());
        if is_shown || marker.is_some() {
            let (alignment, heading) = (open.alignment, open.heading);
            let paragraph = Paragraph { runs, alignment, marker, heading };
            self.push(BlockKind::Paragraph(paragraph), open.line);
        }
        for kind in open.after {
            self.push(kind, open.line);
        }
    }

    /// Shows a marker whose item has no text of its own.
    pub(super) fn show_marker(&mut self) {
        if let Some(marker) = self.marker.take() {
            let open = Open { marker: Some(marker.text), line: marker.line, ..Open::default() };
            self.write(open);
        }
    }

    /// Adds a block.
    pub(super) fn push(&mut self, kind: BlockKind, line: u32) {
        self.blocks.push(Block { kind, origin: origin(line) });
    }
}
