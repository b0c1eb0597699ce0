//! Ruled tables: rows between horizontal rules, cells between vertical ones.

use jianbao_model::document::Table as Cells;
use jianbao_model::{Block, BlockKind};
use jianbao_pdf_text::{Line, Rect};

use super::furniture::Body;
use super::origin;

/// A ruled table of a page and the lines in it.
pub(super) struct Table<'a> {
    bounds: Rect,
    rows: Vec<f32>,
    columns: Vec<f32>,
    lines: Vec<&'a Line>,
}

/// Distance within which two rules are one, in points.
const SAME: f32 = 3.0;

/// Finds the tables of a page: at least two vertical rules between at least two horizontal ones.
pub(super) fn find<'a>(page: &Body<'a>) -> Vec<Table<'a>> {
    let horizontal: Vec<&Rect> =
        page.rules.iter().filter(|r| r.width() > 20.0 && r.height() < SAME).collect();
    let vertical: Vec<&Rect> = page.rules.iter().filter(|r| r.height() > 5.0 && r.width() < SAME).collect();
    let rows = distinct(horizontal.iter().map(|rule| rule.y0));
    let mut tables: Vec<Table<'a>> = Vec::new();
    for pair in rows.windows(2) {
        let middle = f32::midpoint(pair[0], pair[1]);
        let crossing = vertical.iter().filter(|rule| rule.y0 - SAME < middle && middle < rule.y1 + SAME);
        let columns = distinct(crossing.map(|rule| rule.x0));
        let (Some(&x0), Some(&x1)) = (columns.first(), columns.last()) else { continue };
        if columns.len() < 2 {
            continue;
        }
        match tables.last_mut() {
            Some(table) if (table.bounds.y1 - pair[0]).abs() < SAME => {
                table.bounds = table.bounds.union(&Rect { x0, y0: pair[0], x1, y1: pair[1] });
                table.rows.push(pair[1]);
                table.columns = distinct(table.columns.iter().copied().chain(columns));
            }
            _ => tables.push(Table {
                bounds: Rect { x0, y0: pair[0], x1, y1: pair[1] },
                rows: vec![pair[0], pair[1]],
                columns,
                lines: Vec::new(),
            }),
        }
    }
    for table in &mut tables {
        table.lines = page.lines.iter().copied().filter(|line| inside(&table.bounds, line)).collect();
    }
    // A frame round running text is no table.
    tables.retain(|table| table.rows.len() > 2 && table.columns.len() > 2 && !table.lines.is_empty());
    tables
}

fn distinct(values: impl Iterator<Item = f32>) -> Vec<f32> {
    let mut values: Vec<f32> = values.filter(|value| value.is_finite()).collect();
    values.sort_by(f32::total_cmp);
    values.dedup_by(|a, b| (*a - *b).abs() < SAME);
    values
}

fn inside(bounds: &Rect, line: &Line) -> bool {
    let (x, y) =
        (f32::midpoint(line.bounds.x0, line.bounds.x1), f32::midpoint(line.bounds.y0, line.bounds.y1));
    bounds.x0 - SAME < x && x < bounds.x1 + SAME && bounds.y0 - SAME < y && y < bounds.y1 + SAME
}

impl Table<'_> {
    pub(super) fn holds(&self, line: &Line) -> bool {
        inside(&self.bounds, line)
    }

    pub(super) fn is_first(&self, line: &Line) -> bool {
        self.lines.first().is_some_and(|own| std::ptr::eq(*own, line))
    }

    pub(super) fn block(&self, page: usize) -> Block {
        let mut rows = vec![vec![String::new(); self.columns.len() - 1]; self.rows.len() - 1];
        for line in &self.lines {
            let row = slot(&self.rows, f32::midpoint(line.bounds.y0, line.bounds.y1));
            // A line may run through several cells: each span goes to its own.
            for span in &line.spans {
                let column = slot(&self.columns, f32::midpoint(span.bounds.x0, span.bounds.x1));
                rows[row][column].push_str(&span.text);
            }
        }
        Block { kind: BlockKind::Table(Cells { rows }), origin: origin(page, &self.bounds) }
    }
}

/// Between which two edges a place lies.
fn slot(edges: &[f32], at: f32) -> usize {
    edges[1..edges.len() - 1].iter().filter(|edge| at > **edge).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jianbao_pdf_text::Span;

    #[test]
    fn cells_lie_between_rules() {
        let rule = |x0: f32, y0: f32, x1: f32, y1: f32| Rect { x0, y0, x1, y1 };
        let rules: Vec<Rect> = [100.0, 120.0, 140.0]
            .map(|y| rule(80.0, y, 280.0, y))
            .into_iter()
            .chain([80.0, 180.0, 280.0].map(|x| rule(x, 100.0, x, 140.0)))
            .collect();
        let line = |x: f32, y: f32, text: &str| {
            let bounds = rule(x, y, x + 40.0, y + 12.0);
            Line {
                spans: vec![Span { text: text.to_owned(), bounds, ..Span::default() }],
                bounds,
                ..Line::default()
            }
        };
        let lines = [
            line(90.0, 104.0, "姓名"),
            line(190.0, 104.0, "电话"),
            line(90.0, 124.0, "张三"),
            line(80.0, 160.0, "外"),
        ];
        let page = Body { number: 1, lines: lines.iter().collect(), rules: &rules };
        let tables = find(&page);
        assert_eq!(tables.len(), 1);
        assert!(!tables[0].holds(&lines[3]));
        let BlockKind::Table(table) = tables[0].block(1).kind else { panic!("a table") };
        assert_eq!(table.rows, [["姓名", "电话"], ["张三", ""]]);
    }
}
