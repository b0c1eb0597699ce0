//! Running headers, footers and page numbers, by repetition and position.

use std::collections::BTreeMap;

use jianbao_model::DropReason;
use jianbao_pdf_text::{Document, Line, Page, Rect};

/// A line that is taken off its page.
pub(super) struct Taken<'a> {
    pub(super) page: usize,
    pub(super) line: &'a Line,
    pub(super) reason: DropReason,
}

/// A page without its furniture.
pub(super) struct Body<'a> {
    pub(super) number: usize,
    pub(super) lines: Vec<&'a Line>,
    pub(super) rules: &'a [Rect],
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

/// Takes page numbers and whatever stands alike at the edge of at least two pages, and on a single
/// page what stands in the margin, clearly apart from the text.
pub(super) fn take(document: &Document) -> Split<'_> {
    let repeated = repeated(document);
    let mut split = Split { pages: Vec::new(), taken: Vec::new() };
    for page in &document.pages {
        let mut lines = Vec::new();
        let visible: Vec<&Line> = page.lines.iter().filter(|line| !line.invisible).collect();
        let edges = Edges::of(&visible);
        for line in &visible {
            match reason(page, line, &edges, &repeated) {
                Some(reason) => split.taken.push(Taken { page: page.number, line, reason }),
                None => lines.push(*line),
            }
        }
        split.pages.push(Body { number: page.number, lines, rules: &page.rules });
    }
    split
}

/// Upper and lower edges of a page's lines, each in order: a hostile page has very many lines.
struct Edges {
    tops: Vec<f32>,
    bottoms: Vec<f32>,
    /// Height of the middle one of the lines.
    height: f32,
}

impl Edges {
    fn of(lines: &[&Line]) -> Self {
        let sorted = |edge: fn(&Rect) -> f32| {
            let mut edges: Vec<f32> = lines.iter().map(|line| edge(&line.bounds)).collect();
            edges.sort_by(f32::total_cmp);
            edges
        };
        let heights = sorted(Rect::height);
        let height = heights.get(heights.len() / 2).copied().unwrap_or(0.0);
        Self { tops: sorted(|bounds| bounds.y0), bottoms: sorted(|bounds| bounds.y1), height }
    }

    /// Lines wholly above a line.
    fn above(&self, line: &Line) -> usize {
        self.bottoms.partition_point(|&bottom| bottom <= line.bounds.y0 + 1.0)
    }

    /// Lines wholly below a line.
    fn below(&self, line: &Line) -> usize {
        self.tops.len() - self.tops.partition_point(|&top| top < line.bounds.y1 - 1.0)
    }

    /// Distance from a line in a margin to the nearest line towards the text.
    fn gap(&self, line: &Line, top: bool) -> f32 {
        let nearest = if top {
            let next = self.tops.partition_point(|&top| top - line.bounds.y1 <= -1.0);
            self.tops.get(next).map(|top| top - line.bounds.y1)
        } else {
            let next = self.bottoms.partition_point(|&bottom| line.bounds.y0 - bottom > -1.0);
            next.checked_sub(1).and_then(|at| self.bottoms.get(at)).map(|bottom| line.bounds.y0 - bottom)
        };
        nearest.unwrap_or(f32::MAX)
    }
}

fn reason(page: &Page, line: &Line, edges: &Edges, repeated: &BTreeMap<String, usize>) -> Option<DropReason> {
    let (top, bottom) = bands(page, line);
    if !top && !bottom {
        return None;
    }
    let outside = if top { edges.above(line) } else { edges.below(line) };
    if outside >= EDGE_LINES {
        return None;
    }
    let text = line.text();
    if is_page_number(&text) {
        return Some(DropReason::PageNumber);
    }
    let again = repeated.get(&key(&text)).copied().unwrap_or(0) > 1;
    // A body of text goes on from page to page without a gap; furniture keeps its distance.
    let apart = edges.gap(line, top) > line.bounds.height() * 1.2;
    // A title that stands high on the page is larger than the text; furniture is not.
    let larger = line.bounds.height() > 1.2 * edges.height;
    let alone = apart && !larger && edges.tops.len() > 1;
    (again || alone).then_some(if top { DropReason::Header } else { DropReason::Footer })
}

/// Whether the line stands in the upper or the lower margin.
fn bands(page: &Page, line: &Line) -> (bool, bool) {
    let band = page.height * BAND;
    (line.bounds.y1 < band, line.bounds.y0 > page.height - band)
}

/// How many pages have a line with this text, numbers masked, at an edge.
fn repeated(document: &Document) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for page in &document.pages {
        let mut keys: Vec<String> = page
            .lines
            .iter()
            .filter(|line| matches!(bands(page, line), (true, _) | (_, true)))
            .map(|line| key(&line.text()))
            .collect();
        keys.sort();
        keys.dedup();
        for key in keys {
            *counts.entry(key).or_insert(0) += 1;
        }
    }
    counts
}

fn key(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).map(|c| if c.is_ascii_digit() { '#' } else { c }).collect()
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
