//! How text falls into lines, estimated: full-width characters are alike wide in every face, so
//! the estimate needs no font.

use crate::text::{FULL, is_han, is_latin, width};

/// Marks that do not begin a line (GB/T 15834 5.1).
const CLOSING: &str = "，。、；：？！）》」』】〕〉”’…—,.;:?!)]}%";

/// Closing marks that may hang out of a full line, or be squeezed into it.
const HANGING: &str = "，。、；：";

/// Marks that do not end a line.
const OPENING: &str = "（《「『【〔〈“‘([{";

/// The number of full-width characters that a text is wide, rounded up.
pub(super) fn characters(text: &str) -> u32 {
    quarters(text).div_ceil(FULL) as u32
}

/// The width of a text in one line, in quarters of a character.
pub(super) fn quarters(text: &str) -> usize {
    let gaps = text.chars().zip(text.chars().skip(1)).filter(|(a, b)| is_gap(*a, *b)).count();
    text.chars().map(width).sum::<usize>() + gaps
}

/// How a paragraph falls into lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fall {
    /// Number of lines, from 1.
    pub(super) lines: usize,
    /// How far the last one goes, in quarters of a character.
    pub(super) end: usize,
}

/// Breaks a paragraph, in quarters of a character: its first line begins at `first`, the others at
/// `others`, and all end at `line`.
pub(super) fn fall(text: &str, first: usize, others: usize, line: usize) -> Fall {
    let mut fall = Fall { lines: 1, end: first };
    let mut before = ' ';
    for chunk in chunks(text) {
        let start = chunk.chars().next().unwrap_or(' ');
        let last = chunk.chars().next_back().unwrap_or(' ');
        let end = fall.end + quarters(chunk) + usize::from(is_gap(before, start));
        let hangs = if HANGING.contains(last) { width(last) } else { 0 };
        if end <= line + hangs {
            fall.end = end.min(line);
        } else {
            // What is longer than a line is broken all the same.
            let end = others + quarters(chunk);
            let room = line.saturating_sub(others).max(1);
            let more = (end.saturating_sub(line)).div_ceil(room);
            let moved = usize::from(fall.end > first || fall.lines > 1);
            fall = Fall { lines: fall.lines + moved + more, end: end - more * room };
        }
        before = last;
    }
    fall
}

/// What no line break divides: a unit with the opening marks before and the closing marks after it.
fn chunks(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let mut units = units(rest).peekable();
        let mut length = 0;
        while let Some(unit) = units.next() {
            length += unit.len();
            let opens = unit.chars().all(|c| OPENING.contains(c));
            let closes = |next: &&str| next.chars().all(|c| CLOSING.contains(c));
            if !opens && !units.peek().is_some_and(closes) {
                break;
            }
        }
        let (chunk, after) = rest.split_at(length);
        rest = after;
        (!chunk.is_empty()).then_some(chunk)
    })
}

/// Word sets Chinese and Latin characters apart by a quarter (`autoSpaceDE`, `autoSpaceDN`).
fn is_gap(a: char, b: char) -> bool {
    (is_han(a) && is_latin(b)) || (is_latin(a) && is_han(b))
}

/// What is not broken: a Latin word or number, or one other character.
pub(super) fn units(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let word = rest.find(|c: char| !c.is_ascii_graphic()).unwrap_or(rest.len());
        let (unit, after) = rest.split_at(if first.is_ascii_graphic() { word } else { first.len_utf8() });
        rest = after;
        Some(unit)
    })
}

#[cfg(test)]
mod tests {
    use super::{Fall, fall};

    /// Characters of the last line, with a first-line indent of 2 and lines of 28.
    fn check(text: &str, expected: usize) {
        assert_eq!(fall(text, 8, 0, 112).end, expected * 4, "{text}");
    }

    #[test]
    fn a_short_text_goes_on_behind_its_indent() {
        check("", 2);
        check("一二三", 5);
        check(&"字".repeat(26), 28);
    }

    #[test]
    fn a_long_text_ends_in_another_line() {
        check(&"字".repeat(27), 1);
        check(&"字".repeat(26 + 28 + 5), 5);
    }

    #[test]
    fn further_lines_begin_at_their_own_indent() {
        assert_eq!(fall(&"字".repeat(28 + 26 + 1), 0, 8, 112), Fall { lines: 3, end: 12 });
        assert_eq!(fall(&"x".repeat(150), 0, 0, 112), Fall { lines: 3, end: 300 - 2 * 112 });
    }

    #[test]
    fn a_closing_mark_stays_and_an_opening_one_goes() {
        check(&("字".repeat(26) + "。"), 28);
        check(&("字".repeat(25) + "“甲"), 2);
        check(&("字".repeat(26) + "”"), 2);
        check(&("字".repeat(26) + "”。"), 3);
    }

    #[test]
    fn a_number_is_half_as_wide_and_not_broken() {
        assert_eq!(fall("1234", 8, 0, 112), Fall { lines: 1, end: 8 + 8 });
        assert_eq!(fall(&("字".repeat(25) + "1234"), 8, 0, 112), Fall { lines: 2, end: 8 });
    }
}
