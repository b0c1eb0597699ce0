//! Reading order: rows from top to bottom, and columns one after the other where there are columns.

use crate::Rect;
use crate::page::Line;

/// Rows that two columns must have beside each other.
const MIN_ROWS: usize = 3;

/// Share of its column that a line of running text fills; cells of a table are mostly shorter.
const FILLED: f32 = 0.5;

/// Pieces of one row.
const MAX_PIECES: usize = 500;

/// Columns inside columns.
const MAX_DEPTH: usize = 4;

type Placed = (Rect, Line);

/// Orders lines by their boxes in the frame.
pub(crate) fn reading_order(lines: Vec<Placed>, rules: &[Rect]) -> Vec<Line> {
    arrange(lines, rules, MAX_DEPTH).into_iter().map(|(_, line)| line).collect()
}

fn arrange(lines: Vec<Placed>, rules: &[Rect], depth: usize) -> Vec<Placed> {
    let mut out = Vec::with_capacity(lines.len());
    let mut block: Vec<Vec<Placed>> = Vec::new();
    let mut gutter = None;
    for row in rows(lines) {
        let next = narrowed(gutter, &row);
        if next.is_none() && !block.is_empty() {
            flush(std::mem::take(&mut block), gutter, rules, depth, &mut out);
            gutter = narrowed(None, &row);
        } else {
            gutter = next;
        }
        if gutter.is_some() {
            block.push(row);
        } else {
            out.extend(row);
        }
    }
    flush(block, gutter, rules, depth, &mut out);
    out
}

/// Lines that overlap for more than half of the lower one, from left to right.
fn rows(mut lines: Vec<Placed>) -> Vec<Vec<Placed>> {
    lines.sort_by(|(a, _), (b, _)| {
        let (x, y) = (a.y0 + a.y1, b.y0 + b.y1);
        x.total_cmp(&y).then(a.x0.total_cmp(&b.x0))
    });
    let mut out: Vec<Vec<Placed>> = Vec::new();
    for line in lines {
        let joins = out.last().filter(|row| row.len() < MAX_PIECES).is_some_and(|row| {
            let (first, new) = (&row[0].0, &line.0);
            let shared = first.y1.min(new.y1) - first.y0.max(new.y0);
            let free = row.iter().all(|(r, _)| r.x1 <= new.x0 + 1.0 || new.x1 <= r.x0 + 1.0);
            free && shared > 0.5 * first.height().min(new.height())
        });
        match out.last_mut() {
            Some(row) if joins => row.push(line),
            _ => out.push(vec![line]),
        }
    }
    for row in &mut out {
        row.sort_by(|(a, _), (b, _)| a.x0.total_cmp(&b.x0));
    }
    out
}

/// The part of the gutter that this row leaves free; a row with two or more pieces opens one.
fn narrowed(gutter: Option<(f32, f32)>, row: &[Placed]) -> Option<(f32, f32)> {
    let gaps = row.windows(2).map(|pair| (pair[0].0.x1, pair[1].0.x0));
    let Some((left, right)) = gutter else {
        return gaps.max_by(|a, b| (a.1 - a.0).total_cmp(&(b.1 - b.0)));
    };
    let before = f32::MIN;
    let after = f32::MAX;
    let first = row.first().map(|(r, _)| (before, r.x0));
    let last = row.last().map(|(r, _)| (r.x1, after));
    gaps.chain(first)
        .chain(last)
        .map(|(l, r)| (l.max(left), r.min(right)))
        .filter(|(l, r)| r - l > 4.0)
        .max_by(|a, b| (a.1 - a.0).total_cmp(&(b.1 - b.0)))
}

fn flush(
    block: Vec<Vec<Placed>>,
    gutter: Option<(f32, f32)>,
    rules: &[Rect],
    depth: usize,
    out: &mut Vec<Placed>,
) {
    let Some((left, right)) = gutter else {
        out.extend(block.into_iter().flatten());
        return;
    };
    let middle = (left + right) / 2.0;
    if depth == 0 || !is_columns(&block, middle, rules) {
        out.extend(block.into_iter().flatten());
        return;
    }
    let all = block.into_iter().flatten();
    let (first, second): (Vec<_>, Vec<_>) = all.partition(|(r, _)| (r.x0 + r.x1) / 2.0 < middle);
    out.extend(arrange(first, rules, depth - 1));
    out.extend(arrange(second, rules, depth - 1));
}

/// Running text in columns, not a table: long lines on both sides and no rules between the rows.
fn is_columns(block: &[Vec<Placed>], middle: f32, rules: &[Rect]) -> bool {
    let both = block.iter().filter(|row| row.len() > 1).count();
    if both < MIN_ROWS || is_ruled(block, rules) {
        return false;
    }
    let (left, right): (Vec<&Rect>, Vec<&Rect>) =
        block.iter().flatten().map(|(r, _)| r).partition(|r| (r.x0 + r.x1) / 2.0 < middle);
    filled(&left) && filled(&right)
}

fn is_ruled(block: &[Vec<Placed>], rules: &[Rect]) -> bool {
    let boxes = || block.iter().flatten().map(|(r, _)| r);
    let top = boxes().map(|r| r.y0).fold(f32::MAX, f32::min);
    let bottom = boxes().map(|r| r.y1).fold(f32::MIN, f32::max);
    let level = rules.iter().filter(|r| r.width() > 20.0 && r.y0 > top && r.y1 < bottom);
    level.count() >= 2
}

fn filled(side: &[&Rect]) -> bool {
    let left = side.iter().map(|r| r.x0).fold(f32::MAX, f32::min);
    let right = side.iter().map(|r| r.x1).fold(f32::MIN, f32::max);
    let long = side.iter().filter(|r| r.width() >= FILLED * (right - left)).count();
    let height = side.first().map_or(1.0, |r| r.height());
    side.len() >= MIN_ROWS && right - left > 8.0 * height && long * 2 >= side.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Span;

    fn at(text: &str, x0: f32, y0: f32, x1: f32) -> Placed {
        let bounds = Rect { x0, y0, x1, y1: y0 + 10.0 };
        let span = Span { text: text.into(), bounds, ..Span::default() };
        (bounds, Line { spans: vec![span], bounds, ..Line::default() })
    }

    fn read(lines: Vec<Placed>) -> String {
        let ordered = reading_order(lines, &[]);
        ordered.iter().map(Line::text).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn two_columns_below_a_title() {
        let mut lines = vec![at("T", 50.0, 0.0, 550.0)];
        for row in 0..4u8 {
            let y = 20.0 + f32::from(row) * 15.0;
            lines.push(at(&format!("r{row}"), 310.0, y + 3.0, 550.0));
            lines.push(at(&format!("l{row}"), 50.0, y, 290.0));
        }
        assert_eq!(read(lines), "T l0 l1 l2 l3 r0 r1 r2 r3");
    }

    #[test]
    fn short_cells_stay_in_rows() {
        let mut lines = Vec::new();
        for row in 0..4u8 {
            let y = f32::from(row) * 15.0;
            lines.push(at(&format!("a{row}"), 50.0, y, 80.0));
            lines.push(at(&format!("b{row}"), 200.0, y, 230.0));
        }
        assert_eq!(read(lines), "a0 b0 a1 b1 a2 b2 a3 b3");
    }
}
