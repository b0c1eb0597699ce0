//! Tables: data stays a table, a table that only lays out text becomes paragraphs.

use jianbao_model::document::{Block, BlockKind, Table};

use super::flow;
use crate::margins::RUNNING_TEXT;

/// Columns that a Word table can have at most; wider spans are those of no document.
const COLUMNS: usize = 63;
/// Paragraphs of running text that make the cell around them a part of the page.
const PAGE: usize = 2;

/// A table that is being read.
#[derive(Debug)]
pub(super) struct Reading {
    pub(super) rows: Vec<Row>,
    pub(super) line: u32,
    /// Lines are drawn in it.
    pub(super) is_ruled: bool,
}

/// A row; its section puts a foot at the end wherever it is written.
#[derive(Debug, Default)]
pub(super) struct Row {
    pub(super) cells: Vec<Cell>,
    pub(super) section: Section,
}

/// The section of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Section {
    Head,
    #[default]
    Body,
    Foot,
}

impl Section {
    /// The section that a tag makes.
    pub(super) fn of(tag: &str) -> Self {
        match tag {
            "thead" => Self::Head,
            "tfoot" => Self::Foot,
            _ => Self::Body,
        }
    }
}

/// A cell and how far it reaches.
#[derive(Debug)]
pub(super) struct Cell {
    pub(super) blocks: Vec<Block>,
    pub(super) columns: usize,
    /// Rows, 0 for all that follow.
    pub(super) rows: usize,
}

impl Cell {
    /// Its number of columns and rows from the attributes.
    pub(super) fn spans(columns: Option<&str>, rows: Option<&str>) -> (usize, usize) {
        let number = |text: Option<&str>| text.and_then(|text| text.trim().parse::<usize>().ok());
        (number(columns).unwrap_or(1).clamp(1, COLUMNS), number(rows).unwrap_or(1))
    }

    fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    fn running(&self) -> usize {
        let is_running = |block: &&Block| {
            matches!(block.kind, BlockKind::Paragraph(_)) && block.shown().chars().count() > RUNNING_TEXT
        };
        self.blocks.iter().filter(is_running).count()
    }
}

impl Reading {
    /// The blocks that the table is, or `None` when the grid has more than `limit` cells.
    pub(super) fn finish(mut self, limit: usize) -> Option<Vec<Block>> {
        self.rows.sort_by_key(|row| row.section);
        if self.lays_out() {
            let cells = self.rows.into_iter().flat_map(|row| row.cells);
            return Some(cells.flat_map(|cell| cell.blocks).collect());
        }
        let line = self.line;
        let mut grid = Grid { taken: Vec::new(), count: 0, limit, beside: Vec::new() };
        let rows = self.rows.into_iter().map(|row| grid.row(row)).collect::<Option<_>>()?;
        let table = Table { rows };
        let mut blocks = Vec::new();
        if table.rows.iter().flatten().any(|cell| !cell.trim().is_empty()) {
            blocks.push(Block { kind: BlockKind::Table(table), origin: flow::origin(line) });
        }
        blocks.append(&mut grid.beside);
        Some(blocks)
    }

    /// One cell, one column of running text, or a page without lines around its text.
    fn lays_out(&self) -> bool {
        let cells = || self.rows.iter().flat_map(|row| &row.cells).filter(|cell| !cell.is_empty());
        let is_column = |row: &Row| row.cells.iter().filter(|cell| !cell.is_empty()).count() <= 1;
        let is_one = self.rows.iter().map(|row| row.cells.len()).sum::<usize>() == 1;
        let is_text = cells().any(|cell| cell.running() > 0);
        let is_page = cells().any(|cell| cell.running() >= PAGE) && !self.is_ruled;
        is_one || is_page || is_text && self.rows.iter().all(is_column)
    }
}

/// The grid that cells are laid into.
struct Grid {
    /// For each column, how many rows from here on are taken by a cell above.
    taken: Vec<usize>,
    /// Cells so far.
    count: usize,
    limit: usize,
    /// Pictures, which go beside the table.
    beside: Vec<Block>,
}

impl Grid {
    /// A row of texts, with empty ones where a cell reaches; `None` beyond the limit.
    fn row(&mut self, row: Row) -> Option<Vec<String>> {
        let mut texts = Vec::new();
        let mut cells = row.cells.into_iter().peekable();
        // Cells from above may stand further right than the row's own.
        while cells.peek().is_some() || self.taken.iter().skip(texts.len()).any(|below| *below > 0) {
            if self.count + texts.len() > self.limit {
                return None;
            }
            match self.taken.get_mut(texts.len()).filter(|below| **below > 0) {
                Some(below) => {
                    *below -= 1;
                    texts.push(String::new());
                }
                None => match cells.next() {
                    Some(cell) => self.cell(cell, &mut texts),
                    None => texts.push(String::new()),
                },
            }
        }
        self.count += texts.len();
        Some(texts)
    }

    fn cell(&mut self, cell: Cell, texts: &mut Vec<String>) {
        let columns = texts.len()..texts.len() + cell.columns;
        let below = if cell.rows == 0 { usize::MAX } else { cell.rows - 1 };
        self.taken.resize(self.taken.len().max(columns.end), 0);
        self.taken[columns.clone()].fill(below);
        texts.push(cell_text(cell.blocks, &mut self.beside));
        texts.resize(columns.end, String::new());
    }
}

fn cell_text(blocks: Vec<Block>, beside: &mut Vec<Block>) -> String {
    let mut lines = Vec::new();
    for block in blocks {
        match block.kind {
            BlockKind::Image(_) => beside.push(block),
            BlockKind::PageBreak => {}
            BlockKind::Paragraph(_) | BlockKind::Table(_) => lines.push(block.shown()),
        }
    }
    lines.join("\n")
}
