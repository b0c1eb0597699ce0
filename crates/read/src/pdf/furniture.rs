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
        for line in &visible {
            match reason(page, line, &visible, &repeated) {
                Some(reason) => split.taken.push(Taken { page: page.number, line, reason }),
                None => lines.push(*line),
            }
        }
        split.pages.push(Body { number: page.number, lines, rules: &page.rules });
    }
    split
}

fn reason(page: &Page, line: &Line, all: &[&Line], repeated: &BTreeMap<String, usize>) -> Option<DropReason> {
    let (top, bottom) = bands(page, line);
    if !top && !bottom {
        return None;
    }
    let above = all.iter().filter(|other| other.bounds.y1 <= line.bounds.y0 + 1.0).count();
    let below = all.iter().filter(|other| other.bounds.y0 >= line.bounds.y1 - 1.0).count();
    let outer = if top { above < EDGE_LINES } else { below < EDGE_LINES };
    if !outer {
        return None;
    }
    let text = line.text();
    if is_page_number(&text) {
        return Some(DropReason::PageNumber);
    }
    let again = repeated.get(&key(&text)).copied().unwrap_or(0) > 1;
    // A body of text goes on from page to page without a gap; furniture keeps its distance.
    let apart = gap(line, all, top) > line.bounds.height() * 1.2;
    let alone = apart && all.len() > 1;
    (again || alone).then_some(if top { DropReason::Header } else { DropReason::Footer })
}

/// Whether the line stands in the upper or the lower margin.
fn bands(page: &Page, line: &Line) -> (bool, bool) {
    let band = page.height * BAND;
    (line.bounds.y1 < band, line.bounds.y0 > page.height - band)
}

/// Distance to the nearest line towards the text.
fn gap(line: &Line, all: &[&Line], top: bool) -> f32 {
    let gaps = all.iter().filter_map(|other| {
        let gap = if top { other.bounds.y0 - line.bounds.y1 } else { line.bounds.y0 - other.bounds.y1 };
        (gap > -1.0).then_some(gap)
    });
    gaps.fold(f32::MAX, f32::min)
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
