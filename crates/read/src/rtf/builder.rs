//! Paragraphs, cells and rows to stories; depth is a stack, never recursion.

use crate::word::content::{Cell, Inline, Node, Paragraph, Row, Table};
use crate::word::properties::{COLUMNS, CellProperties, ParagraphProperties};

/// Edges that are this near are one edge of the grid: 7 twips are 0.1 mm.
const SAME_EDGE: i32 = 7;

/// The stories that are open: the body, and inside it notes, text boxes, headers.
#[derive(Default)]
pub(super) struct Builder {
    frames: Vec<Frame>,
    /// Paragraphs of the body that have ended.
    count: u32,
    /// Tables that are open in all stories.
    depth: usize,
}

#[derive(Default)]
struct Frame {
    nodes: Vec<Node>,
    tables: Vec<OpenTable>,
    inlines: Vec<Inline>,
}

#[derive(Default)]
struct OpenTable {
    number: u32,
    rows: Vec<OpenRow>,
    cells: Vec<Vec<Node>>,
    nodes: Vec<Node>,
}

struct OpenRow {
    cells: Vec<Vec<Node>>,
    layout: RowLayout,
    is_deleted: bool,
}

/// What `\trowd` and what follows it say about a row.
#[derive(Clone, Debug, Default)]
pub(super) struct RowLayout {
    /// Left edge in twips.
    pub(super) left: i32,
    /// Right edge of each cell in twips, and whether the cell is deleted under revision.
    pub(super) cells: Vec<(i32, bool)>,
}

impl Builder {
    /// A builder with the body open.
    pub(super) fn new() -> Self {
        Self { frames: vec![Frame::default()], ..Self::default() }
    }

    /// Begins a story inside the open one.
    pub(super) fn open(&mut self) {
        self.frames.push(Frame::default());
    }

    /// Ends the innermost story; a paragraph without a mark ends with it.
    pub(super) fn close(&mut self, properties: ParagraphProperties) -> Vec<Node> {
        if !self.frame().inlines.is_empty() {
            let depth = self.frame().tables.len();
            self.end_paragraph(properties, depth);
        }
        self.set_table_depth(0);
        self.frames.pop().unwrap_or_default().nodes
    }

    /// Whether the innermost story is the body.
    pub(super) fn is_body(&self) -> bool {
        self.frames.len() <= 1
    }

    /// The number of the paragraph of the body that is open.
    pub(super) fn number(&self) -> u32 {
        self.count + 1
    }

    /// Tables that are open in all stories.
    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    /// What the open paragraph holds.
    pub(super) fn inlines(&mut self) -> &mut Vec<Inline> {
        &mut self.frame().inlines
    }

    /// Ends a paragraph inside `depth` tables.
    pub(super) fn end_paragraph(&mut self, properties: ParagraphProperties, depth: usize) {
        self.set_table_depth(depth);
        let number = self.number();
        if self.is_body() {
            self.count += 1;
        }
        let inlines = std::mem::take(self.inlines());
        self.current().push(Node::Paragraph(Paragraph { number, properties, inlines }));
    }

    /// Ends a cell, whose end is a paragraph mark too.
    pub(super) fn end_cell(&mut self, properties: ParagraphProperties, depth: usize) {
        self.end_paragraph(properties, depth);
        if let Some(table) = self.frame().tables.last_mut() {
            let nodes = std::mem::take(&mut table.nodes);
            table.cells.push(nodes);
        }
    }

    /// Ends a row.
    pub(super) fn end_row(&mut self, layout: RowLayout, is_deleted: bool, depth: usize) {
        self.set_table_depth(depth);
        if let Some(table) = self.frame().tables.last_mut() {
            table.end_row(layout, is_deleted);
        }
    }

    fn frame(&mut self) -> &mut Frame {
        if self.frames.is_empty() {
            self.frames.push(Frame::default());
        }
        self.frames.last_mut().expect("one was pushed if there was none")
    }

    fn current(&mut self) -> &mut Vec<Node> {
        let frame = self.frame();
        frame.tables.last_mut().map_or(&mut frame.nodes, |table| &mut table.nodes)
    }

    fn set_table_depth(&mut self, depth: usize) {
        let number = self.number();
        while self.frame().tables.len() > depth {
            let Some(mut table) = self.frame().tables.pop() else { break };
            self.depth = self.depth.saturating_sub(1);
            if !table.nodes.is_empty() || !table.cells.is_empty() {
                // A row without an end mark.
                table.end_row(RowLayout::default(), false);
            }
            let table = table.finish();
            self.current().push(Node::Table(table));
        }
        while self.frame().tables.len() < depth {
            self.depth += 1;
            self.frame().tables.push(OpenTable { number, ..OpenTable::default() });
        }
    }
}

impl OpenTable {
    fn end_row(&mut self, layout: RowLayout, is_deleted: bool) {
        // Text without a cell mark: the last cell of a damaged row.
        if !self.nodes.is_empty() {
            self.cells.push(std::mem::take(&mut self.nodes));
        }
        let cells = std::mem::take(&mut self.cells);
        self.rows.push(OpenRow { cells, layout, is_deleted });
    }

    /// Puts the rows on one grid.
    fn finish(self) -> Table {
        let edges = |row: &OpenRow| {
            let rights: Vec<i32> = row.layout.cells.iter().map(|(right, _)| *right).collect();
            let left = (!rights.is_empty()).then_some(row.layout.left);
            left.into_iter().chain(rights).collect::<Vec<i32>>()
        };
        let mut grid: Vec<i32> = self.rows.iter().flat_map(edges).collect();
        grid.sort_unstable();
        grid.dedup_by(|next, first| *next - *first <= SAME_EDGE);
        let rows = self.rows.into_iter().map(|row| row.on_grid(&grid)).collect();
        Table { number: self.number, rows }
    }
}

impl OpenRow {
    fn on_grid(self, grid: &[i32]) -> Row {
        let column = |edge: i32| grid.partition_point(|&known| known.saturating_add(SAME_EDGE) < edge);
        let before = if self.layout.cells.is_empty() { 0 } else { column(self.layout.left).min(COLUMNS) };
        let mut left = column(self.layout.left);
        let mut cells = Vec::new();
        for (index, nodes) in self.cells.into_iter().enumerate() {
            let (right, is_deleted) = match self.layout.cells.get(index) {
                Some(&(right, is_deleted)) => (column(right), is_deleted),
                None => (left + 1, false),
            };
            let span = right.saturating_sub(left).clamp(1, COLUMNS);
            left = right;
            cells.push(Cell { properties: CellProperties { span, is_deleted, ..Default::default() }, nodes });
        }
        let is_deleted =
            self.is_deleted || !cells.is_empty() && cells.iter().all(|c| c.properties.is_deleted);
        Row { cells, is_deleted, is_hidden: false, before }
    }
}

#[cfg(test)]
#[allow(clippy::indexing_slicing, reason = "a panic is how a test fails")]
mod tests {
    use super::*;

    fn layout(left: i32, rights: &[i32]) -> RowLayout {
        RowLayout { left, cells: rights.iter().map(|&right| (right, false)).collect() }
    }

    #[test]
    fn spans_follow_from_the_edges_of_all_rows() {
        let mut builder = Builder::new();
        let rows = [layout(0, &[1000, 2000, 3000]), layout(0, &[2004, 3000]), layout(1000, &[3000])];
        for row in rows {
            for _ in 0..row.cells.len() {
                builder.end_cell(ParagraphProperties::default(), 1);
            }
            builder.end_row(row, false, 1);
        }
        let nodes = builder.close(ParagraphProperties::default());
        let Some(Node::Table(table)) = nodes.first() else { panic!("no table") };
        let spans = |row: usize| table.rows[row].cells.iter().map(|c| c.properties.span).collect::<Vec<_>>();
        assert_eq!([spans(0), spans(1), spans(2)], [vec![1, 1, 1], vec![2, 1], vec![2]]);
        assert_eq!(table.rows[2].before, 1);
    }

    #[test]
    fn a_table_that_never_ends_is_kept() {
        let mut builder = Builder::new();
        builder.end_cell(ParagraphProperties::default(), 2);
        let nodes = builder.close(ParagraphProperties::default());
        let Some(Node::Table(outer)) = nodes.first() else { panic!("no table") };
        assert!(matches!(outer.rows[0].cells[0].nodes[0], Node::Table(_)));
    }
}
