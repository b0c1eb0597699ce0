//! The tables of a page: ruled ones, and in what they leave those that only stand aligned.

use jianbao_model::document::Table as Cells;
use jianbao_model::{Block, BlockKind};
use jianbao_pdf_text::Rect;

use super::furniture::Body;
use super::{aligned, origin, ruled};

/// Distance within which two rules or edges are one, in points.
pub(super) const SAME: f32 = 3.0;

/// A table of a page.
pub(super) struct Table {
    /// Place of its first line among those of the page.
    pub(super) first: usize,
    pub(super) bounds: Rect,
    /// Where its ruled columns begin and end; empty without rules.
    pub(super) columns: Vec<f32>,
    pub(super) rows: Vec<Vec<String>>,
}

/// The tables of a page, and to which of them each line belongs.
pub(super) struct Tables {
    pub(super) list: Vec<Table>,
    pub(super) owner: Vec<Option<usize>>,
}

/// Finds the tables of a page.
pub(super) fn all(page: &Body<'_>) -> Tables {
    let mut tables = Tables { list: Vec::new(), owner: vec![None; page.lines.len()] };
    ruled::find(page, &mut tables);
    aligned::find(page, &mut tables);
    tables
}

impl Tables {
    /// Adds a table with the places of its lines.
    pub(super) fn add(&mut self, table: Table, lines: &[usize]) {
        for line in lines {
            self.owner[*line] = Some(self.list.len());
        }
        self.list.push(table);
    }
}

impl Table {
    pub(super) fn block(&self, page: usize) -> Block {
        let kind = BlockKind::Table(Cells { rows: self.rows.clone() });
        Block { kind, origin: origin(page, &self.bounds) }
    }

    /// Whether it has the ruled columns of the table before.
    pub(super) fn goes_on(&self, columns: &[f32]) -> bool {
        let alike = self.columns.iter().zip(columns).all(|(a, b)| (a - b).abs() < SAME);
        !columns.is_empty() && self.columns.len() == columns.len() && alike
    }
}
