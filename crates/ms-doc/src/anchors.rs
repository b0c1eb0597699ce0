//! Where notes, comments and text boxes are attached (MS-DOC 2.8: the `Plc` structures).

use crate::art::{self, Drawn, next_drawing};
use crate::bytes::{i32_at, slice, u16_at, u32_at, utf16_at};
use std::collections::HashMap;
use std::ops::Range;

const FTXBXS_LEN: usize = 22; // bytes, MS-DOC 2.8.32
const SPA_LEN: usize = 26; // bytes, MS-DOC 2.8.37
const ATRD_LEN: usize = 30; // bytes, MS-DOC 2.9.5
/// A table of this many entries is damaged; bounds the work on it.
const MAX_ENTRIES: usize = 100_000;
/// Drawing containers deeper than this are not looked into.
const MAX_CONTAINERS: usize = 64;

/// A note or comment: where its mark is, and where in its story its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Attached {
    pub(crate) at: u32,
    pub(crate) text: Range<u32>,
    /// The mark is counted automatically (notes).
    pub(crate) is_automatic: bool,
    /// An index into the authors (comments).
    pub(crate) author: u16,
}

/// Positions of a `Plc`, whose entries have `entry_len` bytes.
pub(crate) fn positions(plc: &[u8], entry_len: usize) -> Vec<u32> {
    let count = (plc.len().saturating_sub(4) / (4 + entry_len)).min(MAX_ENTRIES);
    (0..=count).filter_map(|index| u32_at(plc, 4 * index)).collect()
}

/// Pairs references with texts. `base` is where the texts' story begins.
pub(crate) fn attached(references: &[u8], texts: &[u8], base: u32, is_comment: bool) -> Vec<Attached> {
    let entry_len = if is_comment { ATRD_LEN } else { 2 };
    let places = positions(references, entry_len);
    let bounds = positions(texts, 0);
    let entries = 4 * places.len();
    let mut found = Vec::new();
    for (index, &at) in places.iter().enumerate().take(places.len().saturating_sub(1)) {
        let (Some(&start), Some(&end)) = (bounds.get(index), bounds.get(index + 1)) else {
            break;
        };
        let entry = entries + entry_len * index;
        found.push(Attached {
            at,
            text: base.saturating_add(start)..base.saturating_add(end.max(start)),
            is_automatic: u16_at(references, entry).unwrap_or(1) != 0,
            author: u16_at(references, entry + 20).unwrap_or(u16::MAX),
        });
    }
    found
}

/// The names in `GrpXstAtnOwners` (MS-DOC 2.9.105).
pub(crate) fn authors(data: &[u8]) -> Vec<String> {
    let mut names = Vec::new();
    let mut at = 0;
    while let Some(len) = u16_at(data, at).map(usize::from) {
        let Some(name) = utf16_at(data, at + 2, len) else {
            break;
        };
        names.push(name);
        at += 2 + 2 * len;
    }
    names
}

/// A text box's story with its anchor in the main (or header) text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Anchored {
    pub(crate) at: Option<u32>,
    pub(crate) text: Range<u32>,
}

/// The text boxes of `texts` (`PlcftxbxTxt`), each with the anchor of its shape.
pub(crate) fn text_boxes(texts: &[u8], anchors: &[u8], drawing: &[u8], base: u32) -> Vec<Anchored> {
    let bounds = positions(texts, FTXBXS_LEN);
    let anchor_of = shape_anchors(anchors);
    let group_of = group_roots(drawing);
    let mut boxes = Vec::new();
    // The last entry is not a text box (MS-DOC 2.8.32).
    for (index, pair) in bounds.windows(2).enumerate().take(bounds.len().saturating_sub(2)) {
        let &[start, end] = pair else { continue };
        let entry = slice(texts, 4 * bounds.len() + FTXBXS_LEN * index, FTXBXS_LEN);
        let Some(entry) = entry else { break };
        // A structure that waits to be reused has no text.
        if u16_at(entry, 8) != Some(0) || end <= start {
            continue;
        }
        let shape = i32_at(entry, 14).unwrap_or(0);
        let direct = anchor_of.get(&shape);
        let at = direct.or_else(|| anchor_of.get(group_of.get(&shape)?)).copied();
        boxes.push(Anchored { at, text: base.saturating_add(start)..base.saturating_add(end) });
    }
    boxes
}

/// What the shapes of a story show other than text boxes, by the position of their anchors.
pub(crate) fn drawn(anchors: &[u8], drawing: &[u8]) -> HashMap<u32, Vec<Drawn>> {
    let anchor_of = shape_anchors(anchors);
    let group_of = group_roots(drawing);
    let mut found: HashMap<u32, Vec<Drawn>> = HashMap::new();
    for (shape, drawn) in art::shapes(drawing) {
        let at = anchor_of.get(&shape).or_else(|| anchor_of.get(group_of.get(&shape)?));
        if let Some(&at) = at {
            found.entry(at).or_default().push(drawn);
        }
    }
    found
}

/// Shape identifier → character position, from a `PlcSpa`.
fn shape_anchors(plc: &[u8]) -> HashMap<i32, u32> {
    let places = positions(plc, SPA_LEN);
    let count = places.len().saturating_sub(1);
    let shape = |index: usize| i32_at(plc, 4 * places.len() + SPA_LEN * index);
    (0..count).filter_map(|index| Some((shape(index)?, *places.get(index)?))).collect()
}

/// Member shape → outermost group shape, from the drawings (MS-ODRAW 2.2.16 ff.). Only the group
/// is anchored; the text box may be deep inside.
fn group_roots(drawing: &[u8]) -> HashMap<i32, i32> {
    const SP: u16 = 0xF00A; // OfficeArtFSP: the shape's identifier
    const GROUP: u16 = 0xF003; // OfficeArtSpgrContainer
    const DRAWING: u16 = 0xF002; // OfficeArtDgContainer
    let mut roots = HashMap::new();
    // Ends of the open containers, and the depth and identifier of the group that is open.
    let mut open: Vec<(usize, u16)> = Vec::new();
    let mut root: Option<i32> = None;
    let mut at = 0;
    while let (Some(version), Some(kind), Some(len)) =
        (u16_at(drawing, at), u16_at(drawing, at + 2), u32_at(drawing, at + 4))
    {
        let is_open = |&(end, _): &(usize, u16)| end > at;
        open.truncate(open.iter().take_while(|container| is_open(container)).count());
        let groups = open.iter().filter(|&&(_, kind)| kind == GROUP).count();
        // The first group container of a drawing holds all; a second one is a group of shapes.
        if groups < 2 {
            root = None;
        }
        let shape = i32_at(drawing, at + 8).filter(|_| kind == SP && groups >= 2);
        if let Some(shape) = shape {
            roots.insert(shape, *root.get_or_insert(shape));
        }
        if kind == DRAWING {
            open.clear();
        }
        let end = at.saturating_add(8).saturating_add(len as usize);
        if version & 0xF == 0xF && open.len() < MAX_CONTAINERS {
            if kind == GROUP && groups == 1 {
                root = None;
            }
            open.push((end, kind));
            at += 8;
            // Before each drawing there is one byte that says of which story (MS-DOC 2.9.172).
        } else {
            at = end;
        }
        if open.is_empty() || open.iter().all(|&(end, _)| end <= at) {
            at = next_drawing(drawing, at);
        }
    }
    roots
}
