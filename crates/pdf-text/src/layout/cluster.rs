//! Glyphs on one baseline, cut at gutters and rules, with raised and lowered pieces put back.

use super::frame::Item;
use crate::Rect;
use crate::content::Glyph;
use crate::unicode;

/// Baselines closer than this share of the em are one.
const SAME_BASELINE: f32 = 0.15;

/// A gap of that many em always cuts a line.
const WIDE_GAP: f32 = 2.5;

/// A gap of that many em cuts when it lies in a gutter.
const GUTTER_GAP: f32 = 1.2;

/// Lines on which a gap must recur to be a gutter.
const GUTTER_LINES: usize = 4;

/// More pieces than this are not compared pairwise: no page of text has so many.
const MAX_PAIRWISE: usize = 3_000;

/// Comparisons of glyphs and rules that joining may take on one page.
const MAX_COMPARED: usize = 20_000_000;

/// Neighbours in which a shadow is looked for.
const MAX_SHADOWS: usize = 64;

/// Gutters of one page; more columns than this are a table or a trap.
const MAX_GUTTERS: usize = 64;

/// A shadow lies within this share of the em.
const SHADOW: f32 = 0.12;

#[derive(Debug, Clone)]
pub(crate) struct Segment {
    /// From left to right.
    pub(crate) items: Vec<Item>,
}

impl Segment {
    fn x0(&self) -> f32 {
        self.items.first().map_or(0.0, |item| item.x0)
    }

    fn x1(&self) -> f32 {
        self.items.iter().map(|item| item.x1).fold(f32::MIN, f32::max)
    }

    /// The item that gives the line its height.
    fn tallest(&self) -> &Item {
        let first = &self.items[0];
        self.items.iter().fold(first, |best, item| if item.size > best.size { item } else { best })
    }
}

/// Cuts a group of items into lines.
pub(crate) fn segments(items: Vec<Item>, glyphs: &[Glyph], rules: &[Rect]) -> Vec<Segment> {
    let mut rows = baselines(items);
    for row in &mut rows {
        sort(row);
        drop_shadows(row, glyphs);
    }
    let gutters = gutters(&rows);
    let uprights: Vec<&Rect> = rules.iter().filter(|r| r.height() > r.width()).collect();
    let with_rules = uprights.len().saturating_mul(rows.len()) < 5_000_000;
    let mut out = Vec::new();
    for row in rows {
        let near = if with_rules { crossing(&uprights, &row) } else { Vec::new() };
        cut(row, glyphs, &gutters, &near, &mut out);
    }
    out.retain(|segment| !segment.items.is_empty());
    if out.len() <= MAX_PAIRWISE {
        out = join_raised(out, &uprights);
    }
    out
}

fn sort(items: &mut [Item]) {
    items.sort_by(|a, b| a.x0.total_cmp(&b.x0).then(a.glyph.cmp(&b.glyph)));
}

fn baselines(mut items: Vec<Item>) -> Vec<Vec<Item>> {
    items.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.glyph.cmp(&b.glyph)));
    let mut rows: Vec<Vec<Item>> = Vec::new();
    for item in items {
        match rows.last_mut() {
            Some(row) if item.y - row[0].y <= SAME_BASELINE * item.size.min(row[0].size) => {
                row.push(item);
            }
            _ => rows.push(vec![item]),
        }
    }
    rows
}

/// Programs without a bold face draw each glyph twice or more, a little shifted.
fn drop_shadows(row: &mut Vec<Item>, glyphs: &[Glyph]) {
    let mut kept: Vec<Item> = Vec::with_capacity(row.len());
    for item in row.drain(..) {
        let glyph = &glyphs[item.glyph];
        let near = |k: &&mut Item| item.x0 - k.x0 <= SHADOW * item.size;
        let twin = kept.iter_mut().rev().take(MAX_SHADOWS).take_while(near).find(|k| {
            let other = &glyphs[k.glyph];
            other.text == glyph.text
                && other.show != glyph.show
                && (k.size - item.size).abs() < 0.1 * item.size
        });
        match twin {
            Some(twin) => twin.doubled |= (twin.x0 - item.x0).hypot(twin.y - item.y) > 0.0,
            None => kept.push(item),
        }
    }
    *row = kept;
}

/// Gaps between neighbours of a row that are at least `GUTTER_GAP` wide.
fn gaps(row: &[Item]) -> Vec<(f32, f32)> {
    let mut out = Vec::new();
    let mut reach = f32::MIN;
    for item in row {
        if reach > f32::MIN && item.x0 - reach >= GUTTER_GAP * item.size {
            out.push((reach, item.x0));
        }
        reach = reach.max(item.x1);
    }
    out
}

/// Places where the same gap recurs on several lines and few lines run across.
fn gutters(rows: &[Vec<Item>]) -> Vec<f32> {
    let all: Vec<(f32, f32)> = rows.iter().flat_map(|row| gaps(row)).collect();
    if all.len() < GUTTER_LINES || all.len() > MAX_PAIRWISE {
        return Vec::new();
    }
    let mut out: Vec<f32> = Vec::new();
    for (left, right) in &all {
        if out.len() == MAX_GUTTERS {
            break;
        }
        let centre = (left + right) / 2.0;
        if out.iter().any(|known| (known - centre).abs() < 2.0) {
            continue;
        }
        let same = all.iter().filter(|(l, r)| *l < centre && centre < *r).count();
        let across =
            rows.iter().filter(|row| row.iter().any(|item| item.x0 < centre && centre < item.x1)).count();
        if same >= GUTTER_LINES && across * 2 <= same {
            out.push(centre);
        }
    }
    out
}

fn crossing<'a>(uprights: &[&'a Rect], row: &[Item]) -> Vec<&'a Rect> {
    let Some(first) = row.first() else {
        return Vec::new();
    };
    let middle = first.y - 0.38 * first.size;
    uprights.iter().copied().filter(|r| r.y0 <= middle && middle <= r.y1).collect()
}

fn cut(row: Vec<Item>, glyphs: &[Glyph], gutters: &[f32], rules: &[&Rect], out: &mut Vec<Segment>) {
    let mut current: Vec<Item> = Vec::new();
    let mut reach = f32::MIN;
    // As far as there is ink: the blank half of a closing mark may lie over the rule of its cell.
    let mut ink = f32::MIN;
    for item in row {
        if !current.is_empty() && is_cut(reach, ink, &item, gutters, rules) {
            out.push(Segment { items: std::mem::take(&mut current) });
        }
        let inked = item.x1 - if closes(&glyphs[item.glyph]) { 0.5 * item.size } else { 0.0 };
        (reach, ink) =
            if current.is_empty() { (item.x1, inked) } else { (reach.max(item.x1), ink.max(inked)) };
        current.push(item);
    }
    out.push(Segment { items: current });
}

fn closes(glyph: &Glyph) -> bool {
    glyph.text.as_deref().and_then(|text| text.chars().next_back()).is_some_and(unicode::closes)
}

fn is_cut(reach: f32, ink: f32, item: &Item, gutters: &[f32], rules: &[&Rect]) -> bool {
    let gap = item.x0 - reach;
    let slack = 0.1 * item.size;
    let ruled = rules.iter().any(|r| {
        let x = (r.x0 + r.x1) / 2.0;
        ink - slack <= x && x <= item.x0 + slack
    });
    let gutter = || gutters.iter().any(|x| reach < *x && *x < item.x0);
    ruled || gap > WIDE_GAP * item.size || (gap > GUTTER_GAP * item.size && gutter())
}

/// Superscripts, and fonts with another baseline, back into the line that they touch.
fn join_raised(mut segments: Vec<Segment>, uprights: &[&Rect]) -> Vec<Segment> {
    // Small and short pieces look for a host first.
    segments.sort_by(|a, b| {
        let (x, y) = (a.tallest(), b.tallest());
        x.size.total_cmp(&y.size).then(a.items.len().cmp(&b.items.len())).then(x.glyph.cmp(&y.glyph))
    });
    let mut at = 0;
    let mut left = MAX_COMPARED;
    while at < segments.len() && left > 0 {
        let host = (at + 1..segments.len()).find(|host| {
            let (piece, host) = (&segments[at], &segments[*host]);
            shares_height(piece, host)
                && affords(&mut left, piece, host, uprights)
                && fits(piece, host, uprights)
        });
        if let Some(host) = host {
            let piece = std::mem::take(&mut segments[at].items);
            let items = &mut segments[host].items;
            items.extend(piece);
            sort(items);
            segments.remove(at);
        } else {
            at += 1;
        }
    }
    segments.sort_by(|a, b| a.tallest().y.total_cmp(&b.tallest().y).then(a.x0().total_cmp(&b.x0())));
    segments
}

/// Whether the two stand beside each other.
fn shares_height(piece: &Segment, host: &Segment) -> bool {
    let (a, b) = (piece.tallest().band(), host.tallest().band());
    let shared = a.1.min(b.1) - a.0.max(b.0);
    shared >= 0.5 * (a.1 - a.0).min(b.1 - b.0)
}

/// Takes what a closer look at the two costs from what is left.
fn affords(left: &mut usize, piece: &Segment, host: &Segment, uprights: &[&Rect]) -> bool {
    let cost = piece.items.len().saturating_mul(host.items.len()).saturating_add(uprights.len());
    let affordable = cost <= *left;
    *left = left.saturating_sub(cost);
    affordable
}

fn fits(piece: &Segment, host: &Segment, uprights: &[&Rect]) -> bool {
    const TOUCH: f32 = 0.6; // em
    let (small, big) = (piece.tallest(), host.tallest());
    let (x0, x1) = (piece.x0(), piece.x1());
    let slack = 0.3 * small.size;
    let near = x0 - host.x1() <= TOUCH * big.size && host.x0() - x1 <= TOUCH * big.size;
    let meets = |a: &Item, b: &Item| a.x0 + slack < b.x1 && b.x0 + slack < a.x1;
    let collides = piece.items.iter().any(|a| host.items.iter().any(|b| meets(a, b)));
    let ruled = || {
        let between = (x0.max(host.x0()) - big.size, x1.min(host.x1()) + big.size);
        uprights.iter().any(|r| {
            let x = (r.x0 + r.x1) / 2.0;
            let outside = x <= host.x0() + slack || x >= host.x1() - slack;
            outside && between.0 < x && x < between.1 && r.y0 <= big.y && big.y - big.size * 0.5 <= r.y1
        })
    };
    near && !collides && !ruled()
}
