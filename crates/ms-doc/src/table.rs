//! Tables: from marks in the text to rows and cells (MS-DOC 2.4.3), nested ones included.

use crate::bytes::{i16_at, u8_at, u16_at};
use crate::document::{Block, Cell, Row, Table};
use crate::sprm::Sprms;

const TC_LEN: usize = 20; // bytes, MS-DOC 2.9.317 `TC80`
/// Edges that are this near are one edge of the grid: 7 twips are 0.1 mm.
const SAME_EDGE: i32 = 7;

/// Collects blocks into tables. Depth is a stack, never recursion.
#[derive(Debug, Default)]
pub(crate) struct TableBuilder {
    body: Vec<Block>,
    open: Vec<OpenTable>,
}

#[derive(Debug, Default)]
struct OpenTable {
    rows: Vec<OpenRow>,
    cells: Vec<Vec<Block>>,
    blocks: Vec<Block>,
}

#[derive(Debug)]
struct OpenRow {
    cells: Vec<Vec<Block>>,
    layout: RowLayout,
    deleted: bool,
}

/// What a row's properties say about its cells.
#[derive(Debug, Default, Clone, PartialEq)]
pub(crate) struct RowLayout {
    cells: Vec<CellLayout>,
    is_header: bool,
}

#[derive(Debug, Default, Clone, Copy, PartialEq)]
struct CellLayout {
    left: i32,
    right: i32,
    /// Merged into the cell to the left.
    joins_left: bool,
    /// Part of a vertical merge, and its first cell.
    merges: bool,
    starts_merge: bool,
}

impl TableBuilder {
    /// Adds a block at a depth (0 is outside of tables).
    pub(crate) fn push(&mut self, depth: usize, block: Block) {
        self.set_depth(depth);
        self.current().push(block);
    }

    /// Ends the current cell of the table at `depth`.
    pub(crate) fn end_cell(&mut self, depth: usize) {
        self.set_depth(depth);
        if let Some(table) = self.open.last_mut() {
            let blocks = std::mem::take(&mut table.blocks);
            table.cells.push(blocks);
        }
    }

    /// Ends the current row of the table at `depth`.
    pub(crate) fn end_row(&mut self, depth: usize, layout: RowLayout, deleted: bool) {
        self.set_depth(depth);
        let Some(table) = self.open.last_mut() else {
            return;
        };
        // Blocks without a cell mark: the last cell of a damaged row.
        if !table.blocks.is_empty() {
            let blocks = std::mem::take(&mut table.blocks);
            table.cells.push(blocks);
        }
        let cells = std::mem::take(&mut table.cells);
        table.rows.push(OpenRow { cells, layout, deleted });
    }

    /// All blocks; what is still open is closed.
    pub(crate) fn finish(mut self) -> Vec<Block> {
        self.set_depth(0);
        self.body
    }

    fn current(&mut self) -> &mut Vec<Block> {
        self.open.last_mut().map_or(&mut self.body, |table| &mut table.blocks)
    }

    fn set_depth(&mut self, depth: usize) {
        while self.open.len() > depth {
            let Some(mut table) = self.open.pop() else {
                break;
            };
            if !table.blocks.is_empty() || !table.cells.is_empty() {
                // A row without an end mark.
                self.open.push(table);
                let depth = self.open.len();
                self.end_row(depth, RowLayout::default(), false);
                let Some(closed) = self.open.pop() else { break };
                table = closed;
            }
            let table = finish_table(table.rows);
            self.current().push(Block::Table(table));
        }
        while self.open.len() < depth {
            self.open.push(OpenTable::default());
        }
    }
}

impl RowLayout {
    /// Reads the properties of a row's end mark; `lists` in the order in which they apply.
    pub(crate) fn parse(lists: [&[u8]; 2]) -> Self {
        let mut layout = Self::default();
        for sprm in lists.into_iter().flat_map(Sprms::new) {
            match sprm.code {
                0xD608 => layout.define(sprm.operand).unwrap_or_default(), // sprmTDefTable
                0x3404 => layout.is_header = sprm.is_on(),                 // sprmTTableHeader
                0x5624 => layout.merge(sprm.operand).unwrap_or_default(),  // sprmTMerge
                0xD62B => layout.merge_vertically(sprm.operand).unwrap_or_default(),
                _ => {}
            }
        }
        layout
    }

    /// `TDefTableOperand` (MS-DOC 2.9.322): count, edges, cells.
    fn define(&mut self, operand: &[u8]) -> Option<()> {
        let count = usize::from(u8_at(operand, 0)?);
        self.cells.clear();
        for index in 0..count {
            let left = i16_at(operand, 1 + 2 * index)?;
            let right = i16_at(operand, 3 + 2 * index)?;
            // Cells may be cut off at the end; they then have no flags.
            let flags = u16_at(operand, 3 + 2 * count + TC_LEN * index).unwrap_or(0);
            self.cells.push(CellLayout {
                left: left.into(),
                right: right.into(),
                joins_left: flags & 0x02 != 0,
                merges: flags & 0x20 != 0,
                starts_merge: flags & 0x40 != 0,
            });
        }
        Some(())
    }

    /// First cell and the one after the last.
    fn merge(&mut self, operand: &[u8]) -> Option<()> {
        let (first, limit) = (u8_at(operand, 0)?, u8_at(operand, 1)?);
        let cells = self.cells.iter_mut().enumerate();
        for (_, cell) in cells.filter(|(at, _)| (first.into()..limit.into()).contains(at)).skip(1) {
            cell.joins_left = true;
        }
        Some(())
    }

    fn merge_vertically(&mut self, operand: &[u8]) -> Option<()> {
        let cell = self.cells.get_mut(usize::from(u8_at(operand, 0)?))?;
        let flags = u8_at(operand, 1)?;
        cell.merges = flags & 1 != 0;
        cell.starts_merge = flags & 2 != 0;
        Some(())
    }
}

/// Puts the rows on one grid and counts spans.
fn finish_table(rows: Vec<OpenRow>) -> Table {
    let mut edges: Vec<i32> =
        rows.iter().flat_map(|row| &row.layout.cells).flat_map(|c| [c.left, c.right]).collect();
    edges.sort_unstable();
    edges.dedup_by(|next, first| *next - *first <= SAME_EDGE);
    let mut table = Table::default();
    let mut merges = Vec::new();
    for row in rows {
        let (cells, states) = join_cells(row.cells, &row.layout, &edges);
        merges.push(states);
        let is_header = row.layout.is_header;
        table.rows.push(Row { cells, deleted: row.deleted, is_header });
    }
    count_rows(&mut table, &merges);
    table
}

/// A row's cells with their width; cells that join their left neighbour become one with it.
fn join_cells(contents: Vec<Vec<Block>>, layout: &RowLayout, edges: &[i32]) -> (Vec<Cell>, Vec<CellLayout>) {
    let mut cells: Vec<Cell> = Vec::new();
    let mut states: Vec<CellLayout> = Vec::new();
    for (index, blocks) in contents.into_iter().enumerate() {
        let state = layout.cells.get(index).copied().unwrap_or_default();
        if let Some(previous) = cells.last_mut().filter(|_| state.joins_left) {
            previous.right = state.right;
            // The merged cell's own text is not shown by Word and nearly always empty.
            let has_text = blocks.iter().any(|block| match block {
                Block::Paragraph(paragraph) => !paragraph.runs.is_empty(),
                _ => true,
            });
            if has_text {
                previous.blocks.extend(blocks);
            }
            continue;
        }
        cells.push(Cell { blocks, left: state.left, right: state.right, columns: 1, rows: 1 });
        states.push(state);
    }
    for cell in &mut cells {
        let column = |edge: i32| edges.partition_point(|&known| known + SAME_EDGE < edge);
        cell.columns = column(cell.right).saturating_sub(column(cell.left)).max(1);
    }
    (cells, states)
}

/// Sets [`Cell::rows`]: a covered cell gets 0 and lengthens the cell that starts the merge.
fn count_rows(table: &mut Table, merges: &[Vec<CellLayout>]) {
    // The row and index of the open merge for each left edge.
    let mut open: Vec<(i32, usize, usize)> = Vec::new();
    for (row, states) in merges.iter().enumerate() {
        let mut still_open = Vec::new();
        for (index, state) in states.iter().enumerate() {
            let near = |&&(left, ..): &&(i32, usize, usize)| (left - state.left).abs() <= SAME_EDGE;
            let above = open.iter().find(near).copied();
            match above.filter(|_| state.merges && !state.starts_merge) {
                Some((_, top, at)) => {
                    if let Some(cell) = cell_mut(table, row, index) {
                        cell.rows = 0;
                    }
                    if let Some(cell) = cell_mut(table, top, at) {
                        cell.rows = row - top + 1;
                    }
                    still_open.push((state.left, top, at));
                }
                None if state.merges => still_open.push((state.left, row, index)),
                None => {}
            }
        }
        open = still_open;
    }
}

fn cell_mut(table: &mut Table, row: usize, index: usize) -> Option<&mut Cell> {
    table.rows.get_mut(row)?.cells.get_mut(index)
}

#[cfg(test)]
#[allow(clippy::indexing_slicing, reason = "a panic is how a test fails")]
mod tests {
    use super::*;

    fn layout(cells: &[(i32, i32, u16)]) -> RowLayout {
        let cell = |&(left, right, flags): &(i32, i32, u16)| CellLayout {
            left,
            right,
            joins_left: flags & 2 != 0,
            merges: flags & 0x20 != 0,
            starts_merge: flags & 0x40 != 0,
        };
        RowLayout { cells: cells.iter().map(cell).collect(), is_header: false }
    }

    fn table(rows: &[RowLayout]) -> Table {
        let mut builder = TableBuilder::default();
        for row in rows {
            for _ in &row.cells {
                builder.end_cell(1);
            }
            builder.end_row(1, row.clone(), false);
        }
        let Some(Block::Table(table)) = builder.finish().pop() else { panic!("no table") };
        table
    }

    fn spans(table: &Table) -> Vec<Vec<(usize, usize)>> {
        let row = |row: &Row| row.cells.iter().map(|cell| (cell.columns, cell.rows)).collect();
        table.rows.iter().map(row).collect()
    }

    #[test]
    fn a_wide_cell_spans_columns() {
        let table = table(&[layout(&[(0, 200, 0)]), layout(&[(0, 99, 0), (101, 200, 0)])]);
        assert_eq!(spans(&table), [vec![(2, 1)], vec![(1, 1), (1, 1)]]);
    }

    #[test]
    fn joined_cells_are_one() {
        let table = table(&[layout(&[(0, 100, 1), (100, 200, 2)]), layout(&[(0, 100, 0), (100, 200, 0)])]);
        assert_eq!(spans(&table), [vec![(2, 1)], vec![(1, 1), (1, 1)]]);
    }

    #[test]
    fn a_vertical_merge_counts_its_rows() {
        let top = layout(&[(0, 100, 0x60), (100, 200, 0)]);
        let below = layout(&[(0, 100, 0x20), (100, 200, 0)]);
        let table = table(&[top, below.clone(), below]);
        assert_eq!(spans(&table), [[(1, 3), (1, 1)], [(1, 0), (1, 1)], [(1, 0), (1, 1)]]);
    }

    #[test]
    fn tables_nest() {
        let mut builder = TableBuilder::default();
        builder.end_cell(2);
        builder.end_row(2, RowLayout::default(), false);
        builder.end_cell(1);
        builder.end_row(1, RowLayout::default(), false);
        let blocks = builder.finish();
        let Some(Block::Table(outer)) = blocks.first() else { panic!("no table") };
        assert!(matches!(outer.rows[0].cells[0].blocks[..], [Block::Table(_)]));
    }
}
