//! Counting: which number the next paragraph of a list has (MS-DOC 2.4.6.3, 2.4.6.4).

use crate::fonts::Fonts;
use crate::lists::{LEVELS, Level, Lists, Piece};
use crate::numbers::{self, NumberFormat};
use crate::properties::Paragraph;
use crate::symbols;
use std::collections::{HashMap, HashSet};

/// The counters of all lists, at the place in the document that the reader has reached.
#[derive(Debug, Default)]
pub(crate) struct Numbering {
    counters: HashMap<i32, [Option<i32>; LEVELS]>,
    /// References and levels whose new start has been used.
    started: HashSet<(usize, usize)>,
}

impl Numbering {
    /// Counts a paragraph and gives its number; `None` when it shows none.
    pub(crate) fn next(&mut self, paragraph: &Paragraph, lists: &Lists, fonts: &Fonts) -> Option<String> {
        let (index, is_shown) = paragraph.list()?;
        let reference = lists.reference(index)?;
        let at = usize::from(paragraph.level);
        let level = lists.level(reference, at)?;
        let own_start = reference.starts.get(at).copied().flatten();
        let restart = own_start.filter(|_| self.started.insert((index, at)));
        let counters = self.counters.entry(reference.list).or_default();
        // A level that is used before the levels above it counts them as begun: after `1.1` alone,
        // the next paragraph of the first level is `2.`.
        for (above, counter) in counters.iter_mut().enumerate().take(at) {
            let start = reference.starts.get(above).copied().flatten();
            let level = lists.level(reference, above).map(|level| level.start);
            *counter = counter.or(start).or(level);
        }
        let counter = counters.get_mut(at)?;
        *counter = Some(match (restart, *counter) {
            (Some(start), _) => start,
            (None, Some(last)) => last.saturating_add(1),
            (None, None) => own_start.unwrap_or(level.start),
        });
        for (deeper, counter) in counters.iter_mut().enumerate().skip(at + 1) {
            let limit = lists.level(reference, deeper).and_then(|level| level.restarts_after);
            if limit.is_none_or(|limit| at < usize::from(limit)) {
                *counter = None;
            }
        }
        let numbers = *counters;
        let value = |at: usize, level: &Level| {
            let start = reference.starts.get(at).copied().flatten().unwrap_or(level.start);
            numbers.get(at).copied().flatten().unwrap_or(start)
        };
        if !is_shown || level.is_hidden {
            return None;
        }
        let text = if level.format == numbers::BULLET {
            bullet(level, fonts)
        } else {
            render(level, |at| {
                let source = lists.level(reference, at)?;
                Some((value(at, source), source.format))
            })
        };
        Some(text).filter(|text| !text.trim().is_empty())
    }
}

/// The number's text with each level's number in place.
fn render(level: &Level, number: impl Fn(usize) -> Option<(i32, u8)>) -> String {
    let mut text = String::new();
    let mut units = Vec::new();
    for &piece in &level.text {
        match piece {
            Piece::Unit(unit) => units.push(unit),
            Piece::Number(at) => {
                text.push_str(&String::from_utf16_lossy(&std::mem::take(&mut units)));
                let Some((value, format)) = number(usize::from(at)) else {
                    continue;
                };
                let mut format = NumberFormat::from_nfc(format);
                // MS-DOC 2.9.151 `fLegal`.
                if level.is_legal && format != NumberFormat::DecimalZero {
                    format = NumberFormat::Decimal;
                }
                text.push_str(&numbers::format(value, format));
            }
        }
    }
    text.push_str(&String::from_utf16_lossy(&units));
    text
}

fn bullet(level: &Level, fonts: &Fonts) -> String {
    let font = fonts.get(level.font).map_or("", |font| &font.name);
    let units = level.text.iter().map(|piece| match *piece {
        Piece::Unit(unit) => symbols::to_unicode(font, unit).unwrap_or(unit),
        Piece::Number(at) => u16::from(at),
    });
    char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(text: &[Piece]) -> Level {
        Level { start: 1, format: 0x27, text: text.to_vec(), ..Level::default() }
    }

    #[test]
    fn literal_text_surrounds_numbers() {
        let chapter = level(&[Piece::Unit(0xFF08), Piece::Number(0), Piece::Unit(0xFF09)]);
        assert_eq!(render(&chapter, |_| Some((12, 0x27))), "（十二）");
    }

    #[test]
    fn legal_levels_are_arabic() {
        let mut section = level(&[Piece::Number(0), Piece::Unit(0x2E), Piece::Number(1)]);
        section.is_legal = true;
        assert_eq!(render(&section, |at| Some((at as i32 + 2, 0x27))), "2.3");
    }
}
