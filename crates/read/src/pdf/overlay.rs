//! Watermarks and stamps: large text that is turned, faint or repeated, over or behind the text.
//!
//! Not covered: seals whose text runs round, pictures of stamps (they are pictures), watermarks
//! drawn as outlines (they are no text).

use std::collections::BTreeMap;

use jianbao_pdf_text::{Artifact, Document, Line, Page};

use super::paragraphs::em;

/// How much larger than the text a watermark is.
const LARGE: f32 = 1.4;

/// Copies on one page from which on small turned text is a pattern.
const PATTERN: usize = 3;

/// Characters of a watermark; longer text is a paragraph.
const SHORT: usize = 40;

/// Lines of a page that are compared with each other.
const MAX_LINES: usize = 3_000;

/// What is known of a document before its lines are looked at.
pub(super) struct Overlay {
    /// Size of the text, in points.
    body: f32,
    /// Copies of each turned, faint or large line, and pages that have one.
    copies: BTreeMap<String, (usize, usize)>,
}

impl Overlay {
    pub(super) fn of(document: &Document, body: f32) -> Self {
        let mut copies: BTreeMap<String, (usize, usize)> = BTreeMap::new();
        for page in &document.pages {
            let mut here: BTreeMap<String, usize> = BTreeMap::new();
            for line in page.lines.iter().filter(|line| is_turned(line) || em(line) >= LARGE * body) {
                *here.entry(line.text()).or_default() += 1;
            }
            for (text, count) in here {
                let known = copies.entry(text).or_default();
                *known = (known.0.max(count), known.1 + 1);
            }
        }
        Self { body, copies }
    }

    /// Whether a line is no part of the text.
    pub(super) fn holds(&self, page: &Page, line: &Line) -> bool {
        if matches!(line.artifact, Some(Artifact::Watermark | Artifact::Stamp)) {
            return true;
        }
        let text = line.text();
        let (copies, pages) = self.copies.get(&text).copied().unwrap_or_default();
        let (large, again) = (em(line) >= LARGE * self.body, copies >= PATTERN || pages > 1);
        if text.chars().count() > SHORT || !(large || again) || !is_word(&text) {
            return false;
        }
        if is_turned(line) {
            return !is_mostly_turned(page);
        }
        large && (line.faint || again) && covers(page, line)
    }
}

/// Numbers and single letters are labels of a drawing.
fn is_word(text: &str) -> bool {
    let weight = |c: char| if c.is_ascii() { 1 } else { 2 };
    text.chars().filter(|c| c.is_alphabetic()).map(weight).sum::<usize>() >= 4
}

/// Neither upright nor at a right angle. Scans are a little skew.
fn is_turned(line: &Line) -> bool {
    (10..=80).contains(&(line.angle % 90))
}

/// A page that lies askew as a whole has text there and no watermark.
fn is_mostly_turned(page: &Page) -> bool {
    let lines = &page.lines[..page.lines.len().min(MAX_LINES)];
    let turned = lines.iter().filter(|line| is_turned(line)).count();
    turned > 1 && turned * 2 > lines.len()
}

/// Whether a line lies over or under another one.
fn covers(page: &Page, line: &Line) -> bool {
    let meets = |other: &&Line| {
        let (a, b) = (&line.bounds, &other.bounds);
        let (wide, high) = (a.x1.min(b.x1) - a.x0.max(b.x0), a.y1.min(b.y1) - a.y0.max(b.y0));
        wide > 0.0 && high > 0.3 * b.height()
    };
    let others = page.lines.iter().take(MAX_LINES).filter(|other| !std::ptr::eq(*other, line));
    others.filter(|other| !other.invisible).any(|other| meets(&other))
}
