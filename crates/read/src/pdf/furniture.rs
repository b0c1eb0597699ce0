//! Running headers, footers and page numbers. A line in a margin is one when its place and its form
//! speak for it; a doubtful line stays in the text, where the editor sees it.
//!
//! Covered: artifacts, page numbers, lines that recur (odd and even pages too), lines on the same place
//! of all pages whose text changes, lines that a rule or small type sets off. Not covered: margins
//! inside the type area, Roman page numbers from 40 on.

use std::collections::BTreeMap;

use jianbao_model::DropReason;
use jianbao_pdf_text::{Artifact, Document, Line, Page, Rect};

use super::edges::Edges;
use super::notes::{self, Note};
use super::overlay::Overlay;
use super::paragraphs::{em, mode};
use super::pictures::Picture;
use super::ruled;

/// A line that is taken off its page.
pub(super) struct Taken<'a> {
    pub(super) page: usize,
    pub(super) line: &'a Line,
    pub(super) reason: DropReason,
}

/// A page without its furniture.
#[derive(Default)]
pub(super) struct Body<'a> {
    pub(super) number: usize,
    pub(super) lines: Vec<&'a Line>,
    pub(super) rules: &'a [Rect],
    pub(super) notes: Vec<Note>,
    pub(super) pictures: Vec<Picture>,
}

/// Pages and what was taken off them.
pub(super) struct Split<'a> {
    pub(super) pages: Vec<Body<'a>>,
    pub(super) taken: Vec<Taken<'a>>,
}

/// Lines at each edge of a page that can be furniture.
const EDGE_LINES: usize = 3;

/// Part of the page's height at either edge in which furniture stands; the type area of an official
/// page begins 37 mm (12.5 %) below the edge and ends 35 mm above (GB/T 9704 5.2.1).
const BAND: f32 = 0.125;

/// The same for what the file itself marks as furniture.
const MARKED_BAND: f32 = 0.2;

/// Type of a footer is smaller than this share of the text where nothing else sets it off.
const SMALL: f32 = 0.85;

/// The same for a header in the paper's margin, of which one step of the Chinese sizes is enough (小四 to 五号
/// is 0.875).
const SMALL_HEADER: f32 = 0.9;

/// No text begins nearer to the upper edge, in points: 20 mm.
const NARROWEST_MARGIN: f32 = 56.7;

/// Pages on which furniture with a changing text stands on one place.
const SLOT_PAGES: usize = 3;

/// Takes watermarks, page numbers, headers, footers and notes off the pages.
pub(super) fn take(document: &Document) -> Split<'_> {
    let visible = || document.pages.iter().flat_map(|page| &page.lines).filter(|line| !line.invisible);
    let body = mode(visible().map(|line| (em(line), line.text().chars().count())));
    let overlay = Overlay::of(document, body);
    let running = Running::of(document, body);
    let mut split = Split { pages: Vec::new(), taken: Vec::new() };
    let mut before = None;
    for page in &document.pages {
        let mut lines = Vec::new();
        let visible = page.lines.iter().filter(|line| !line.invisible);
        let (over, text): (Vec<&Line>, Vec<&Line>) = visible.partition(|line| overlay.holds(page, line));
        let mut take = |line, reason| split.taken.push(Taken { page: page.number, line, reason });
        for line in over {
            take(line, DropReason::Watermark);
        }
        let (edges, tables) = (Edges::of(&text), text_tables(page, before.as_ref()));
        before = tables.last().copied();
        let sheet = Sheet { page, edges, tables };
        for line in text {
            match running.reason(&sheet, line) {
                Some(reason) => take(line, reason),
                None => lines.push(line),
            }
        }
        let notes = notes::take(page.number, &mut lines, &page.rules, body);
        let pictures = Vec::new();
        split.pages.push(Body { number: page.number, lines, rules: &page.rules, notes, pictures });
    }
    split
}

/// A page whose lines are looked at.
struct Sheet<'a> {
    page: &'a Page,
    edges: Edges,
    /// Those of the text.
    tables: Vec<Rect>,
}

/// The boxes of tables that reach into the text, and of the row that is left of the last table of the
/// page before.
fn text_tables(page: &Page, before: Option<&Rect>) -> Vec<Rect> {
    let mut tables = ruled::boxes(&page.rules);
    let rest = |table: &Rect| before.is_some_and(|before| ruled::is_as_wide(table, before));
    tables.retain(|table| bands(page, table, BAND) == (false, false) || rest(table));
    tables
}

impl Sheet<'_> {
    fn in_table(&self, line: &Line) -> bool {
        self.tables.iter().any(|table| ruled::inside(table, line))
    }

    /// Whether a rule across the page stands between a line and the text; a table's is none.
    fn is_ruled_off(&self, line: &Line, top: bool) -> bool {
        let (near, far) = (if top { line.bounds.y1 } else { line.bounds.y0 }, self.edges.gap(line, top));
        let in_table = |rule: &Rect| {
            self.tables.iter().any(|table| table.y0 - 2.0 < rule.y0 && rule.y0 < table.y1 + 2.0)
        };
        self.page.rules.iter().any(|rule| {
            let away = if top { rule.y0 - near } else { near - rule.y1 };
            rule.width() > 0.3 * self.page.width
                && rule.height() < 4.0
                && (-2.0..far + 2.0).contains(&away)
                && !in_table(rule)
        })
    }
}

/// What recurs in the margins of a document.
struct Running {
    /// Size of the text, in points.
    body: f32,
    /// Pages that have a line with this text, numbers masked.
    texts: BTreeMap<String, usize>,
    /// Pages that have a line at this edge and height.
    slots: BTreeMap<(bool, i32), usize>,
    pages: usize,
}

impl Running {
    fn of(document: &Document, body: f32) -> Self {
        let mut running =
            Self { body, texts: BTreeMap::new(), slots: BTreeMap::new(), pages: document.pages.len() };
        for page in &document.pages {
            let in_band = |line: &&Line| matches!(bands(page, &line.bounds, BAND), (true, _) | (_, true));
            let lines: Vec<&Line> = page.lines.iter().filter(in_band).collect();
            count(&mut running.texts, lines.iter().map(|line| key(&line.text())));
            count(&mut running.slots, lines.iter().map(|line| slot(page, line)));
        }
        running
    }

    fn reason(&self, sheet: &Sheet<'_>, line: &Line) -> Option<DropReason> {
        if let Some(reason) = marked(sheet.page, line) {
            return Some(reason);
        }
        let (top, bottom) = bands(sheet.page, &line.bounds, BAND);
        let outside = if top { sheet.edges.above(line) } else { sheet.edges.below(line) };
        if !(top || bottom) || outside >= EDGE_LINES || sheet.in_table(line) {
            return None;
        }
        let text = line.text();
        // Text goes on from line to line without a gap; furniture keeps its distance.
        let gap = sheet.edges.gap(line, top);
        if is_page_number(&text) && (gap > 0.3 * line.bounds.height() || !is_bare(&text)) {
            return Some(DropReason::PageNumber);
        }
        if bottom && outside == 0 && is_roman(&text) && gap > line.bounds.height() {
            return Some(DropReason::PageNumber);
        }
        let again = self.texts.get(&key(&text)).copied().unwrap_or(0) > 1;
        let apart = gap > line.bounds.height() * 1.2 && sheet.edges.count() > 1;
        let speaks = again || apart && self.form_speaks(sheet, line, top, outside);
        speaks.then_some(if top { DropReason::Header } else { DropReason::Footer })
    }

    /// Whether the form of a line in the margin says what its place does.
    fn form_speaks(&self, sheet: &Sheet<'_>, line: &Line, top: bool, outside: usize) -> bool {
        let size = em(line);
        let ruled = || size <= self.body + 0.5 && sheet.is_ruled_off(line, top);
        // The same place on nearly all pages, with the name of the section in it.
        let slot = || {
            let pages = self.slots.get(&slot(sheet.page, line)).copied().unwrap_or(0);
            outside == 0 && size < self.body && pages >= SLOT_PAGES && pages + 1 >= self.pages
        };
        let small = if line.bounds.y1 < NARROWEST_MARGIN { SMALL_HEADER } else { SMALL };
        size <= small * self.body || ruled() || slot()
    }
}

/// What the file marks as furniture, where it stands at an edge.
fn marked(page: &Page, line: &Line) -> Option<DropReason> {
    let (top, bottom) = bands(page, &line.bounds, MARKED_BAND);
    let kind = line.artifact.filter(|_| top || bottom)?;
    match kind {
        Artifact::Header | Artifact::Footer | Artifact::Pagination if is_page_number(&line.text()) => {
            Some(DropReason::PageNumber)
        }
        Artifact::Header => Some(DropReason::Header),
        Artifact::Footer => Some(DropReason::Footer),
        Artifact::Pagination => Some(if top { DropReason::Header } else { DropReason::Footer }),
        _ => None,
    }
}

/// Whether a box stands in the upper or the lower margin.
fn bands(page: &Page, bounds: &Rect, share: f32) -> (bool, bool) {
    let band = page.height * share;
    (bounds.y1 < band, bounds.y0 > page.height - band)
}

/// Counts each value once a page.
fn count<T: Ord>(counts: &mut BTreeMap<T, usize>, values: impl Iterator<Item = T>) {
    for value in values.collect::<std::collections::BTreeSet<T>>() {
        *counts.entry(value).or_insert(0) += 1;
    }
}

/// Edge and height of a line, in steps of two points.
fn slot(page: &Page, line: &Line) -> (bool, i32) {
    (line.bounds.y1 < page.height / 2.0, (line.bounds.y1 / 2.0).round() as i32)
}

fn key(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).map(|c| if c.is_ascii_digit() { '#' } else { c }).collect()
}

/// Whether nothing but the digits says that a text is a page number.
fn is_bare(text: &str) -> bool {
    text.trim().chars().all(|c| c.is_ascii_digit())
}

/// `iv`: the pages before the first chapter. Single letters of higher value are labels.
fn is_roman(text: &str) -> bool {
    let text = text.trim();
    (1..=6).contains(&text.len()) && text.chars().all(|c| "ivx".contains(c))
}

/// `— 3 —`, `-3-`, `3`, `3/5`, `第3页 共5页`, `Page 3 of 5`.
pub(super) fn is_page_number(text: &str) -> bool {
    let squeezed: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let digits = squeezed.chars().filter(char::is_ascii_digit).count();
    let others: String = squeezed.chars().filter(|c| !c.is_ascii_digit()).collect();
    let known = ["", "第页", "第页共页", "第页，共页", "第页/共页", "Page", "Pageof", "/", "共页第页"];
    let bare = others.trim_matches(|c| "-－—–―·".contains(c));
    digits > 0 && digits <= 8 && known.contains(&bare)
}

#[cfg(test)]
mod tests {
    use super::is_page_number;

    #[test]
    fn page_numbers_in_all_dresses() {
        for text in ["— 1 —", "- 12 -", "3", "第3页 共5页", "第 3 页", "3/5", "—12—"] {
            assert!(is_page_number(text), "{text}");
        }
        for text in ["2025年3月27日", "第15期", "共3人", "—", "姑苏城管信息 第15期", "3月"]
        {
            assert!(!is_page_number(text), "{text}");
        }
    }
}
