//! Formatted disk pages (MS-DOC 2.9.55, 2.9.33, 2.9.174): the properties stored for an offset.
//!
//! Nothing is unpacked beforehand: a lookup is two binary searches, so a page table that names
//! the same page a million times costs nothing.

use crate::bytes::{slice, u8_at, u16_at, u32_at};

const PAGE_LEN: usize = 512; // bytes

/// Which of the two tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PageKind {
    /// Character properties: 1 byte an entry.
    Characters,
    /// Paragraph properties: 13 bytes an entry.
    Paragraphs,
}

/// A `PlcBteChpx` or `PlcBtePapx` with the stream that holds its pages.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pages<'a> {
    pub(crate) stream: &'a [u8],
    pub(crate) bins: &'a [u8],
    pub(crate) kind: PageKind,
}

/// Properties of a range of offsets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Entry<'a> {
    /// The first offset that they no longer apply to; always behind the one asked for.
    pub(crate) end: u32,
    /// The style (paragraphs only).
    pub(crate) style: u16,
    /// The modifiers.
    pub(crate) list: &'a [u8],
}

impl<'a> Pages<'a> {
    /// The properties at `offset`; default ones when the file has none there.
    pub(crate) fn at(&self, offset: u32) -> Entry<'a> {
        let count = self.bins.len().saturating_sub(4) / 8;
        let bin = last_at_most(self.bins, count + 1, offset);
        let Some(bin) = bin.filter(|&bin| bin < count) else {
            let end = bin.map_or_else(|| u32_at(self.bins, 0), |_| None);
            let end = end.unwrap_or(u32::MAX).max(offset.saturating_add(1));
            return Entry { end, ..Entry::default() };
        };
        let bin_end = u32_at(self.bins, 4 * (bin + 1)).unwrap_or(u32::MAX);
        let page = u32_at(self.bins, 4 * (count + 1) + 4 * bin).unwrap_or(0) & 0x003F_FFFF;
        let page = slice(self.stream, page as usize * PAGE_LEN, PAGE_LEN);
        let found = page.and_then(|page| self.in_page(page, offset));
        found.unwrap_or(Entry { end: bin_end.max(offset.saturating_add(1)), ..Entry::default() })
    }

    fn in_page(&self, page: &'a [u8], offset: u32) -> Option<Entry<'a>> {
        let count = usize::from(u8_at(page, PAGE_LEN - 1)?);
        let index = last_at_most(page, count + 1, offset).filter(|&index| index < count)?;
        let end = u32_at(page, 4 * (index + 1))?.max(offset.saturating_add(1));
        let entries = 4 * (count + 1);
        let found = match self.kind {
            PageKind::Characters => character_entry(page, u8_at(page, entries + index)?),
            PageKind::Paragraphs => paragraph_entry(page, u8_at(page, entries + 13 * index)?),
        };
        Some(Entry { end, ..found.unwrap_or_default() })
    }
}

fn character_entry(page: &[u8], word: u8) -> Option<Entry<'_>> {
    let at = 2 * usize::from(word);
    if at == 0 {
        return None;
    }
    let len = usize::from(u8_at(page, at)?);
    Some(Entry { list: slice(page, at + 1, len)?, ..Entry::default() })
}

fn paragraph_entry(page: &[u8], word: u8) -> Option<Entry<'_>> {
    let at = 2 * usize::from(word);
    if at == 0 {
        return None;
    }
    let (at, len) = match usize::from(u8_at(page, at)?) {
        0 => (at + 2, 2 * usize::from(u8_at(page, at + 1)?)),
        words => (at + 1, 2 * words - 1),
    };
    let body = slice(page, at, len)?;
    Some(Entry { style: u16_at(body, 0)?, list: body.get(2..)?, end: 0 })
}

/// The index of the last of `count` sorted 32-bit numbers that is not greater than `value`.
fn last_at_most(numbers: &[u8], count: usize, value: u32) -> Option<usize> {
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = usize::midpoint(low, high);
        if u32_at(numbers, 4 * middle).is_some_and(|number| number <= value) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low.checked_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_last_not_greater() {
        let numbers: Vec<u8> = [10_u32, 20, 30].iter().flat_map(|n| n.to_le_bytes()).collect();
        assert_eq!(last_at_most(&numbers, 3, 9), None);
        assert_eq!(last_at_most(&numbers, 3, 10), Some(0));
        assert_eq!(last_at_most(&numbers, 3, 29), Some(1));
        assert_eq!(last_at_most(&numbers, 3, 99), Some(2));
    }

    #[test]
    fn an_entry_never_ends_at_the_offset_asked_for() {
        let pages = Pages { stream: &[], bins: &[], kind: PageKind::Characters };
        assert!(pages.at(7).end > 7);
    }
}
