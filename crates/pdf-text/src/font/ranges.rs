//! Ranges of codes of which a later one covers what it shares with earlier ones.

use std::collections::BTreeMap;

/// Looked up in logarithmic time: a map may have many ranges and a page many codes.
#[derive(Debug, Clone)]
pub(crate) struct Ranges<T> {
    /// By the first code: the last code and the value.
    parts: BTreeMap<u64, (u64, T)>,
}

impl<T> Default for Ranges<T> {
    fn default() -> Self {
        Self { parts: BTreeMap::new() }
    }
}

impl<T: Clone> Ranges<T> {
    pub(crate) fn len(&self) -> usize {
        self.parts.len()
    }

    /// Gives all codes from `low` to `high` this value.
    pub(crate) fn insert(&mut self, low: u64, high: u64, value: T) {
        if low > high {
            return;
        }
        self.cut(low);
        if let Some(next) = high.checked_add(1) {
            self.cut(next);
        }
        let covered: Vec<u64> = self.parts.range(low..=high).map(|(first, _)| *first).collect();
        for first in covered {
            self.parts.remove(&first);
        }
        self.parts.insert(low, (high, value));
    }

    /// Splits the part in which `at` lies, so that one starts there.
    fn cut(&mut self, at: u64) {
        let Some((_, part)) = self.parts.range_mut(..at).next_back() else {
            return;
        };
        if part.0 >= at {
            let tail = part.clone();
            part.0 = at - 1;
            self.parts.insert(at, tail);
        }
    }

    pub(crate) fn get(&self, code: u64) -> Option<&T> {
        let (_, (high, value)) = self.parts.range(..=code).next_back()?;
        (code <= *high).then_some(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_later_range_covers_earlier_ones() {
        let mut ranges = Ranges::default();
        ranges.insert(0, 100, 'a');
        ranges.insert(20, 30, 'b');
        ranges.insert(25, 60, 'c');
        ranges.insert(9, 5, 'd');
        let found: Vec<_> =
            [0, 19, 20, 24, 25, 60, 61, 100, 101].map(|code| ranges.get(code).copied()).to_vec();
        let expected =
            [Some('a'), Some('a'), Some('b'), Some('b'), Some('c'), Some('c'), Some('a'), Some('a'), None];
        assert_eq!(found, expected);
        ranges.insert(0, u64::MAX, 'z');
        assert_eq!((ranges.len(), ranges.get(50)), (1, Some(&'z')));
    }
}
