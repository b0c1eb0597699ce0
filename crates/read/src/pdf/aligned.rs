//! Tables without rules: short cells that stand in the same columns on at least three rows.
//!
//! Covered: cells of one line, aligned left, right or centred, the same number on each row. Not
//! covered: empty and merged cells, cells of several lines; such rows stay text.

use jianbao_pdf_text::{Line, Rect};

use super::furniture::Body;
use super::paragraphs::em;
use super::tables::{Table, Tables};

/// Rows that make columns.
const MIN_ROWS: usize = 3;

/// Characters of a cell; longer ones are text.
const SHORT: usize = 20;

/// Room between cells, in em.
const GAP: f32 = 1.2;

/// How far an edge or the middle may be off its column, in em.
const OFF: f32 = 0.6;

/// Room between rows, in em.
const LEADING: f32 = 1.6;

/// Lines beside each other: the first and one past the last.
#[derive(Clone, Copy)]
struct Row {
    from: usize,
    to: usize,
}

/// Finds the aligned tables among the lines that are in no other table.
pub(super) fn find(page: &Body<'_>, tables: &mut Tables) {
    let rows = rows(&page.lines, &tables.owner);
    let mut at = 0;
    while at < rows.len() {
        let goes_on = |pair: &&[Row]| {
            is_below(&page.lines[pair[0].from..pair[0].to], &page.lines[pair[1].from..pair[1].to])
        };
        let run = if is_row(&page.lines[rows[at].from..rows[at].to]) {
            1 + rows[at..].windows(2).take_while(goes_on).count()
        } else {
            1
        };
        if run >= MIN_ROWS {
            add(page, &rows[at..at + run], tables);
        }
        at += run;
    }
}

fn rows(lines: &[&Line], owner: &[Option<usize>]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let beside = |row: &Row| {
            let last = &lines[row.to - 1].bounds;
            let shared = last.y1.min(line.bounds.y1) - last.y0.max(line.bounds.y0);
            row.to == at && shared > 0.5 * line.bounds.height() && line.bounds.x0 > last.x1
        };
        match rows.last_mut() {
            _ if owner[at].is_some() || line.vertical || line.angle != 0 => {}
            Some(row) if beside(row) => row.to = at + 1,
            _ => rows.push(Row { from: at, to: at + 1 }),
        }
    }
    rows
}

/// Short cells with clear gaps; names with their values are a form, which reads as text.
fn is_row(cells: &[&Line]) -> bool {
    let short = |cell: &&Line| {
        let text = cell.text();
        text.chars().count() <= SHORT && !text.contains(['。', '；', '，'])
    };
    let gaps = cells.windows(2).all(|pair| pair[1].bounds.x0 - pair[0].bounds.x1 >= GAP * em(pair[0]));
    let named = cells.iter().filter(|cell| cell.text().contains(['：', ':'])).count();
    cells.len() > 1 && gaps && cells.iter().all(short) && named * 2 < cells.len()
}

/// Whether a row follows closely, each of its cells in the column of the one above.
fn is_below(upper: &[&Line], lower: &[&Line]) -> bool {
    let em = em(upper[0]);
    let gap = lower[0].bounds.y0 - upper[0].bounds.y1;
    let same = |(a, b): (&&Line, &&Line)| {
        let (a, b) = (&a.bounds, &b.bounds);
        let offs = [a.x0 - b.x0, a.x1 - b.x1, f32::midpoint(a.x0, a.x1) - f32::midpoint(b.x0, b.x1)];
        offs.iter().any(|off| off.abs() < OFF * em)
    };
    let size = (self::em(lower[0]) - em).abs() <= 1.5;
    size && is_row(lower)
        && upper.len() == lower.len()
        && (-0.2 * em..LEADING * em).contains(&gap)
        && upper.iter().zip(lower).all(same)
}

fn add(page: &Body<'_>, rows: &[Row], tables: &mut Tables) {
    let cells =
        |row: &Row| page.lines[row.from..row.to].iter().map(|line| line.text().trim().to_owned()).collect();
    let lines: Vec<usize> = rows.iter().flat_map(|row| row.from..row.to).collect();
    let boxes = lines.iter().map(|at| page.lines[*at].bounds);
    let bounds = boxes.reduce(|a, b| a.union(&b)).unwrap_or(Rect::default());
    let rows = rows.iter().map(cells).collect();
    tables.add(Table { first: lines[0], bounds, columns: Vec::new(), rows }, &lines);
}
