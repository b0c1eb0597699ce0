//! Ruled tables: rows between horizontal rules, cells between vertical ones, merged cells at their
//! first place.
//!
//! Not covered: a row that breaks in the middle at a page end; paragraphs within a cell.

use jianbao_pdf_text::{Line, Rect};

use super::furniture::Body;
use super::paragraphs::glue;
use super::tables::{SAME, Table, Tables};

/// Columns of a grid; more are a drawing.
const MAX_COLUMNS: usize = 40;

/// The rules of a table.
struct Grid<'a> {
    bounds: Rect,
    /// Where rows begin, and the end of the last.
    rows: Vec<f32>,
    /// Where columns begin, and the end of the last.
    columns: Vec<f32>,
    /// Where vertical rules stand in each row.
    walls: Vec<Vec<f32>>,
    level: Vec<&'a Rect>,
}

/// Finds the ruled tables of a page: at least three vertical rules between horizontal ones.
pub(super) fn find(page: &Body<'_>, tables: &mut Tables) {
    for grid in grids(page.rules) {
        let own = |at: &usize| tables.owner[*at].is_none() && inside(&grid.bounds, page.lines[*at]);
        let lines: Vec<usize> = (0..page.lines.len()).filter(own).collect();
        let Some(&first) = lines.first() else { continue };
        let rows = grid.cells(lines.iter().map(|at| page.lines[*at]));
        tables.add(Table { first, bounds: grid.bounds, columns: grid.columns, rows }, &lines);
    }
}

/// The boxes of a page's ruled tables.
pub(super) fn boxes(rules: &[Rect]) -> Vec<Rect> {
    grids(rules).into_iter().map(|grid| grid.bounds).collect()
}

/// Whether two boxes begin and end at the same places of their pages' width.
pub(super) fn is_as_wide(a: &Rect, b: &Rect) -> bool {
    (a.x0 - b.x0).abs() < SAME && (a.x1 - b.x1).abs() < SAME
}

fn grids(rules: &[Rect]) -> Vec<Grid<'_>> {
    let level: Vec<&Rect> = rules.iter().filter(|r| r.width() > 20.0 && r.height() < SAME).collect();
    let upright: Vec<&Rect> = rules.iter().filter(|r| r.height() > 5.0 && r.width() < SAME).collect();
    let edges = distinct(level.iter().map(|rule| rule.y0));
    let mut grids: Vec<Grid<'_>> = Vec::new();
    for pair in edges.windows(2) {
        let middle = f32::midpoint(pair[0], pair[1]);
        let crossing = upright.iter().filter(|rule| rule.y0 - SAME < middle && middle < rule.y1 + SAME);
        let walls = distinct(crossing.map(|rule| rule.x0));
        let (Some(&x0), Some(&x1)) = (walls.first(), walls.last()) else { continue };
        if walls.len() < 2 {
            continue;
        }
        let bounds = Rect { x0, y0: pair[0], x1, y1: pair[1] };
        match grids.last_mut() {
            Some(grid) if (grid.bounds.y1 - pair[0]).abs() < SAME => grid.push(bounds, walls),
            _ => {
                let (rows, columns) = (vec![pair[0], pair[1]], walls.clone());
                grids.push(Grid { bounds, rows, columns, walls: vec![walls], level: Vec::new() });
            }
        }
    }
    // A frame round running text is no table; a single row, left alone by a page end, has all its rules.
    grids.retain(|grid| {
        (3..MAX_COLUMNS).contains(&grid.columns.len())
            && (grid.rows.len() > 2 || grid.rows.iter().all(|row| is_ruled(&grid.bounds, *row, &level)))
    });
    for grid in &mut grids {
        let own = |rule: &&&Rect| grid.bounds.y0 - SAME < rule.y0 && rule.y0 < grid.bounds.y1 + SAME;
        grid.level = level.iter().filter(own).copied().collect();
    }
    grids
}

/// Whether rules run along the whole width of a box at that height.
fn is_ruled(bounds: &Rect, y: f32, level: &[&Rect]) -> bool {
    let near = level.iter().filter(|rule| (rule.y0 - y).abs() < SAME);
    let covered: f32 = near.map(|rule| (rule.x1.min(bounds.x1) - rule.x0.max(bounds.x0)).max(0.0)).sum();
    covered > 0.9 * bounds.width()
}

fn distinct(values: impl Iterator<Item = f32>) -> Vec<f32> {
    let mut values: Vec<f32> = values.filter(|value| value.is_finite()).collect();
    values.sort_by(f32::total_cmp);
    values.dedup_by(|a, b| (*a - *b).abs() < SAME);
    values
}

/// Whether the middle of a line lies in a box.
pub(super) fn inside(bounds: &Rect, line: &Line) -> bool {
    let (x, y) =
        (f32::midpoint(line.bounds.x0, line.bounds.x1), f32::midpoint(line.bounds.y0, line.bounds.y1));
    bounds.x0 - SAME < x && x < bounds.x1 + SAME && bounds.y0 - SAME < y && y < bounds.y1 + SAME
}

impl Grid<'_> {
    fn push(&mut self, row: Rect, walls: Vec<f32>) {
        self.bounds = self.bounds.union(&row);
        self.rows.push(row.y1);
        self.columns = distinct(self.columns.iter().copied().chain(walls.iter().copied()));
        self.walls.push(walls);
    }

    fn cells<'a>(&self, lines: impl Iterator<Item = &'a Line>) -> Vec<Vec<String>> {
        let anchors = self.anchors();
        let (height, width) = (self.rows.len() - 1, self.columns.len() - 1);
        let mut cells = vec![vec![(String::new(), None); width]; height];
        for (number, line) in lines.enumerate() {
            let row = slot(&self.rows, f32::midpoint(line.bounds.y0, line.bounds.y1));
            // A line may run through several cells: each span goes to its own.
            for span in &line.spans {
                let column = slot(&self.columns, f32::midpoint(span.bounds.x0, span.bounds.x1));
                let (row, column) = anchors[row][column];
                let (text, last) = &mut cells[row][column];
                if last.is_some_and(|last| last != number) {
                    text.push_str(glue(text, &span.text));
                }
                text.push_str(&span.text);
                *last = Some(number);
            }
        }
        cells
            .into_iter()
            .map(|row| row.into_iter().map(|(text, _)| text.trim().to_owned()).collect())
            .collect()
    }

    /// The first cell of the merged ones that each cell of the grid belongs to: no rule parts them.
    fn anchors(&self) -> Vec<Vec<(usize, usize)>> {
        let mut anchors: Vec<Vec<(usize, usize)>> = Vec::with_capacity(self.rows.len() - 1);
        for row in 0..self.rows.len() - 1 {
            let above = self.level.iter().filter(|rule| (rule.y0 - self.rows[row]).abs() < SAME);
            let above: Vec<&Rect> = above.copied().collect();
            let mut own: Vec<(usize, usize)> = Vec::with_capacity(self.columns.len() - 1);
            for column in 0..self.columns.len() - 1 {
                let middle = f32::midpoint(self.columns[column], self.columns[column + 1]);
                let roofed = above.iter().any(|rule| rule.x0 < middle && middle < rule.x1);
                let walled = self.walls[row].iter().any(|x| (x - self.columns[column]).abs() < 2.0 * SAME);
                own.push(match (anchors.last(), own.last()) {
                    (_, Some(left)) if !walled => *left,
                    (Some(upper), _) if !roofed => upper[column],
                    _ => (row, column),
                });
            }
            anchors.push(own);
        }
        anchors
    }
}

/// Between which two edges a place lies.
fn slot(edges: &[f32], at: f32) -> usize {
    edges[1..edges.len() - 1].iter().filter(|edge| at > **edge).count()
}

#[cfg(test)]
mod tests {
    use super::super::tables;
    use super::*;
    use jianbao_pdf_text::Span;

    fn rule(x0: f32, y0: f32, x1: f32, y1: f32) -> Rect {
        Rect { x0, y0, x1, y1 }
    }

    fn line(x: f32, y: f32, text: &str) -> Line {
        let bounds = rule(x, y, x + 40.0, y + 12.0);
        Line {
            spans: vec![Span { text: text.to_owned(), bounds, ..Span::default() }],
            bounds,
            ..Line::default()
        }
    }

    #[track_caller]
    fn check(rules: &[Rect], lines: &[Line], expected: &[&[&str]]) {
        let page = Body { number: 1, lines: lines.iter().collect(), rules, ..Body::default() };
        let tables = tables::all(&page);
        assert_eq!(tables.list[0].rows, expected);
    }

    #[test]
    fn cells_lie_between_rules() {
        let level = [100.0, 120.0, 140.0].map(|y| rule(80.0, y, 280.0, y));
        let upright = [80.0, 180.0, 280.0].map(|x| rule(x, 100.0, x, 140.0));
        let lines = [
            line(90.0, 104.0, "姓名"),
            line(190.0, 104.0, "电话"),
            line(90.0, 124.0, "张三"),
            line(80.0, 160.0, "外"),
        ];
        check(&[level, upright].concat(), &lines, &[&["姓名", "电话"], &["张三", ""]]);
    }

    #[test]
    fn a_row_that_a_page_end_left_alone_is_a_table_and_a_frame_is_none() {
        let uprights = |edges: &[f32]| edges.iter().map(|x| rule(*x, 100.0, *x, 120.0)).collect::<Vec<_>>();
        let level = [100.0, 120.0].map(|y| rule(80.0, y, 280.0, y));
        let lines = [line(90.0, 104.0, "张三"), line(190.0, 104.0, "1024")];
        let row = [level.to_vec(), uprights(&[80.0, 180.0, 280.0])].concat();
        check(&row, &lines, &[&["张三", "1024"]]);

        for rules in [[level.to_vec(), uprights(&[80.0, 280.0])].concat(), row[1..].to_vec()] {
            let page = Body { number: 1, lines: vec![&lines[0]], rules: &rules, ..Body::default() };
            assert!(tables::all(&page).list.is_empty());
        }
    }

    #[test]
    fn merged_cells_show_at_their_first_place() {
        let rules = [
            rule(80.0, 100.0, 380.0, 100.0),
            rule(180.0, 120.0, 380.0, 120.0),
            rule(80.0, 160.0, 380.0, 160.0),
            rule(80.0, 100.0, 80.0, 160.0),
            rule(180.0, 100.0, 180.0, 160.0),
            rule(280.0, 120.0, 280.0, 160.0),
            rule(380.0, 100.0, 380.0, 160.0),
        ];
        let lines = [
            line(260.0, 104.0, "跨两列"),
            line(100.0, 124.0, "跨两行"),
            line(190.0, 124.0, "Big"),
            line(290.0, 124.0, "右"),
            line(190.0, 140.0, "Data"),
        ];
        check(&rules, &lines, &[&["跨两行", "跨两列", ""], &["", "Big Data", "右"]]);
    }
}
