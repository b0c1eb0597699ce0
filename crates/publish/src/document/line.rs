//! How text falls into lines, estimated: full-width characters are alike wide in every face, so
//! the estimate needs no font.

use std::mem;

use crate::text::{FULL, is_han, is_latin, width};

/// What a mark means for line breaks (GB/T 15834 5.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Mark {
    /// Does not end a line.
    opens: bool,
    /// Does not begin a line.
    closes: bool,
    /// May hang out of a full line, or be squeezed into it.
    hangs: bool,
}

impl Mark {
    fn of(c: char) -> Self {
        let (opens, closes, hangs) = match c {
            '，' | '。' | '、' | '；' | '：' => (false, true, true),
            '？' | '！' | '）' | '》' | '」' | '』' | '】' | '〕' | '〉' | '”' | '’' | '…' | '—' | ','
            | '.' | ';' | ':' | '?' | '!' | ')' | ']' | '}' | '%' => (false, true, false),
            '（' | '《' | '「' | '『' | '【' | '〔' | '〈' | '“' | '‘' | '(' | '[' | '{' => {
                (true, false, false)
            }
            _ => (false, false, false),
        };
        Self { opens, closes, hangs }
    }
}

/// The number of full-width characters that a text is wide, rounded up.
pub(super) fn characters(text: &str) -> u32 {
    quarters(text).div_ceil(FULL) as u32
}

/// The width of a text in one line, in quarters of a character.
pub(super) fn quarters(text: &str) -> usize {
    let mut before = ' ';
    text.chars().map(|c| width(c) + usize::from(is_gap(mem::replace(&mut before, c), c))).sum()
}

/// How a paragraph falls into lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fall {
    /// Number of lines, from 1.
    pub(super) lines: usize,
    /// How far the last one goes, in quarters of a character.
    pub(super) end: usize,
    /// The width in one line, as [`quarters`] has it.
    pub(super) whole: usize,
}

/// Breaks a paragraph, in quarters of a character: its first line begins at `first`, the others at
/// `others`, and all end at `line`.
pub(super) fn fall(text: &str, first: usize, others: usize, line: usize) -> Fall {
    let mut fall = Fall { lines: 1, end: first, whole: 0 };
    let mut before = ' ';
    let mut add = |piece: &Piece| {
        let mut gap = usize::from(is_gap(before, piece.first));
        before = piece.last;
        fall.whole += gap + piece.width * piece.count;
        let mut left = piece.count;
        while left > 0 {
            let end = fall.end + gap + piece.width;
            gap = 0;
            if end <= line {
                let further = if left == 1 { 0 } else { ((line - end) / FULL).min(left - 1) };
                fall.end = end + further * FULL;
                left -= 1 + further;
                continue;
            }
            left -= 1;
            if end <= line + piece.hanging() {
                fall.end = line;
                continue;
            }
            // What is longer than a line is broken all the same.
            let end = others + piece.width;
            let room = line.saturating_sub(others).max(1);
            let more = if end <= line { 0 } else { (end - line).div_ceil(room) };
            fall.lines += usize::from(fall.end > first || fall.lines > 1) + more;
            fall.end = end - more * room;
        }
    };
    let mut pieces = pieces(text);
    let mut held = pieces.next();
    while let Some(piece) = &mut held {
        let next = pieces.next();
        match &next {
            Some(next) if piece.mark.opens || next.mark.closes => piece.take(next),
            _ => {
                add(piece);
                held = next;
            }
        }
    }
    fall
}

/// What no line break divides: a unit, and with it the opening marks before and the closing marks after it.
struct Piece {
    /// In quarters of a character.
    width: usize,
    /// How many there are of it, in a row; more than one of Han characters only.
    count: usize,
    first: char,
    last: char,
    /// What all of its last unit is.
    mark: Mark,
}

impl Piece {
    fn take(&mut self, next: &Self) {
        self.width += usize::from(is_gap(self.last, next.first)) + next.width;
        self.last = next.last;
        self.mark = next.mark;
    }

    /// How far it may stand out of a line.
    fn hanging(&self) -> usize {
        if Mark::of(self.last).hangs { width(self.last) } else { 0 }
    }
}

/// The units of a text. Han characters are one piece, of which each is a chunk for itself, but for those that a
/// mark before or behind them may hold.
fn pieces(text: &str) -> impl Iterator<Item = Piece> {
    let mut rest = text;
    let mut is_held = false;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let mut piece = Piece { width: width(first), count: 1, first, last: first, mark: Mark::default() };
        let is_ideograph = |c: &char| matches!(c, '\u{3400}'..='\u{9FFF}');
        if is_ideograph(&first) {
            if !mem::take(&mut is_held) {
                piece.count = rest.chars().take_while(is_ideograph).count().saturating_sub(1).max(1);
            }
            rest = &rest[piece.count * first.len_utf8()..];
            return Some(piece);
        }
        piece.mark = Mark::of(first);
        let mut length = first.len_utf8();
        if first.is_ascii_graphic() {
            for next in rest.bytes().skip(1).take_while(u8::is_ascii_graphic).map(char::from) {
                let mark = Mark::of(next);
                piece.mark.opens &= mark.opens;
                piece.mark.closes &= mark.closes;
                piece.width += width(next);
                piece.last = next;
                length += 1;
            }
        }
        rest = &rest[length..];
        is_held = piece.mark.opens;
        Some(piece)
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
    use super::{Fall, fall, is_gap, quarters, units};
    use crate::text::width;

    /// The rule as it reads: every chunk a text, every mark looked up.
    mod plain {
        use super::{Fall, is_gap, units, width};

        const CLOSING: &str = "，。、；：？！）》」』】〕〉”’…—,.;:?!)]}%";
        const HANGING: &str = "，。、；：";
        const OPENING: &str = "（《「『【〔〈“‘([{";

        pub(super) fn quarters(text: &str) -> usize {
            let gaps = text.chars().zip(text.chars().skip(1)).filter(|(a, b)| is_gap(*a, *b)).count();
            text.chars().map(width).sum::<usize>() + gaps
        }

        pub(super) fn fall(text: &str, first: usize, others: usize, line: usize) -> Fall {
            let mut fall = Fall { lines: 1, end: first, whole: quarters(text) };
            let mut before = ' ';
            for chunk in chunks(text) {
                let start = chunk.chars().next().expect("no chunk is empty");
                let last = chunk.chars().next_back().expect("no chunk is empty");
                let end = fall.end + quarters(&chunk) + usize::from(is_gap(before, start));
                let hangs = if HANGING.contains(last) { width(last) } else { 0 };
                if end <= line + hangs {
                    fall.end = end.min(line);
                } else {
                    let end = others + quarters(&chunk);
                    let room = line.saturating_sub(others).max(1);
                    let more = (end.saturating_sub(line)).div_ceil(room);
                    let moved = usize::from(fall.end > first || fall.lines > 1);
                    fall = Fall { lines: fall.lines + moved + more, end: end - more * room, ..fall };
                }
                before = last;
            }
            fall
        }

        fn chunks(text: &str) -> Vec<String> {
            let all = |unit: &str, marks: &str| unit.chars().all(|c| marks.contains(c));
            let mut chunks: Vec<String> = Vec::new();
            let mut open = false;
            for unit in units(text) {
                match chunks.last_mut() {
                    Some(last) if open || all(unit, CLOSING) => last.push_str(unit),
                    _ => chunks.push(unit.to_owned()),
                }
                open = all(unit, OPENING);
            }
            chunks
        }
    }

    #[test]
    fn any_text_falls_as_the_plain_rule_says() {
        const SIGNS: &str =
            "字文天地字文天地ab1.9%()[{!? ，。、；：？！（）《》“”‘’…—·×\u{200B}\u{300}é€㐀豈😀";
        let signs: Vec<char> = SIGNS.chars().collect();
        // xorshift64, with a seed of its own: the same texts each time.
        let mut state = 0x9E37_79B9_7F4A_7C15_u64;
        let mut random = |below: usize| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 33) as usize % below
        };
        for _ in 0..5_000 {
            let text: String = (0..random(80)).map(|_| signs[random(signs.len())]).collect();
            let (first, others, line) = (random(20), random(20), random(120));
            let expected = plain::fall(&text, first, others, line);
            assert_eq!(fall(&text, first, others, line), expected, "{text} {first} {others} {line}");
            assert_eq!(quarters(&text), plain::quarters(&text), "{text}");
        }
    }

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
        let check = |text: &str, others, lines, end| {
            let found = fall(text, 0, others, 112);
            assert_eq!((found.lines, found.end), (lines, end), "{text}");
        };
        check(&"字".repeat(28 + 26 + 1), 8, 3, 12);
        check(&"x".repeat(150), 0, 3, 300 - 2 * 112);
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
        assert_eq!(fall("1234", 8, 0, 112), Fall { lines: 1, end: 8 + 8, whole: 8 });
        let whole = 25 * 4 + 1 + 8;
        assert_eq!(fall(&("字".repeat(25) + "1234"), 8, 0, 112), Fall { lines: 2, end: 8, whole });
    }
}
