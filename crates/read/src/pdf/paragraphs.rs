//! Lines become paragraphs: joined over line and page ends, parted by indents, short lines, gaps.

use jianbao_model::document::{Alignment, Paragraph, Run};
use jianbao_model::{Block, BlockKind};
use jianbao_pdf_text::{Line, Rect};

use super::origin;

/// Left and right edge and size of the body text, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Measure {
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) size: f32,
    /// A blank drawn at a line end belongs to the text: few lines have one.
    blanks: bool,
}

/// A line with its page.
#[derive(Clone, Copy)]
pub(super) struct Placed<'a> {
    pub(super) page: usize,
    pub(super) line: &'a Line,
}

/// A paragraph in the making.
pub(super) struct Open<'a> {
    pub(super) paragraph: Paragraph,
    pub(super) first: Placed<'a>,
    pub(super) last: Placed<'a>,
    /// Notes and pictures that follow the paragraph.
    pub(super) behind: Vec<Block>,
}

impl<'a> Open<'a> {
    /// Begins a paragraph with a line.
    pub(super) fn new(placed: Placed<'a>, runs: Vec<Run>, measure: Measure) -> Self {
        let alignment = alignment(placed.line, measure);
        let paragraph = Paragraph { runs, alignment, ..Paragraph::default() };
        Self { paragraph, first: placed, last: placed, behind: Vec::new() }
    }

    /// Adds a line to it.
    pub(super) fn push(&mut self, placed: Placed<'a>, runs: Vec<Run>, measure: Measure) {
        join(&mut self.paragraph, measure.blanks && self.last.line.blank_after, runs);
        self.last = placed;
    }

    /// The paragraph and what follows it.
    pub(super) fn close(self) -> impl Iterator<Item = Block> {
        let origin = origin(self.first.page, &self.first.line.bounds);
        let block = Block { kind: BlockKind::Paragraph(self.paragraph), origin };
        std::iter::once(block).chain(self.behind)
    }
}

/// The place of a line as if it were written from left to right: a column of vertical writing is turned,
/// so that the next one, on its left, comes below.
fn bounds(line: &Line) -> Rect {
    let Rect { x0, y0, x1, y1 } = line.bounds;
    if line.vertical { Rect { x0: y0, y0: -x1, x1: y1, y1: -x0 } } else { line.bounds }
}

/// Size of a line's characters, in points; never zero.
pub(super) fn em(line: &Line) -> f32 {
    line.spans.iter().map(|span| span.size).fold(1.0, f32::max)
}

/// Whether a line goes on with the paragraph. The reasons to part are, in this order: another size,
/// another alignment, an indent, a gap, and a line before that ended early.
pub(super) fn goes_on(open: &Open<'_>, next: Placed<'_>, measure: Measure) -> bool {
    let (last, line) = (open.last.line, next.line);
    let em = em(line);
    let (above, here) = (bounds(last), bounds(line));
    if (self::em(last) - em).abs() > 1.0 || last.vertical != line.vertical {
        return false;
    }
    // A title that fills its line goes on in the next one, which is centred alone.
    let large = em > measure.size + 1.5 && measure.right - above.x1 < 3.0 * em;
    if large && here.y0 - above.y1 < 1.6 * em && open.last.page == next.page {
        return true;
    }
    let own = alignment(line, measure);
    if own != Alignment::Body || open.paragraph.alignment != Alignment::Body {
        return false;
    }
    let indent = here.x0 - measure.left;
    // A hanging or set-in paragraph keeps its indent from line to line.
    let set_in = (here.x0 - above.x0).abs() < 0.5 * em && above.x0 - measure.left > em;
    let full = measure.right - above.x1 < 1.5 * em;
    if indent > 1.2 * em && !(set_in && full && !ends_sentence(&last.text())) {
        return false;
    }
    if open.last.page == next.page && here.y0 - above.y1 > 1.6 * em {
        return false;
    }
    if is_heading_mark(&line.text()) || is_heading_mark(&last.text()) {
        return false;
    }
    // A list that fills its lines is parted by its numbers.
    if is_numbered(&line.text()) && is_numbered(&open.paragraph.text()) {
        return false;
    }
    // Unjustified lines end up to three characters early before a mark that may not begin a line, and
    // earlier still before a word or a number for which there was no room.
    let left_free = measure.right - above.x1;
    left_free <= 3.0 * em || (!ends_sentence(&last.text()) && left_free <= undivided(line) * em)
}

/// How wide the beginning of a line is that no line end may divide, in characters: a word or a number
/// with the marks around it. One more is added, since nothing here is exact.
fn undivided(line: &Line) -> f32 {
    /// No number is longer, and a line of Latin text is no word.
    const LONGEST: f32 = 14.0;
    let text = line.text();
    // Vertical writing gives a character of any kind its whole place.
    let narrow = if line.vertical { 1.0 } else { 0.6 };
    let opening = |c: char| "（【《〈“‘".contains(c);
    let closing = |c: char| "，。、；：！？）】》〉”’…—%‰℃".contains(c);
    // Some programs part nothing at a quotation mark (UAX #14, class QU).
    let quotes = |c: char| "“”‘’".contains(c);
    let (mut width, mut begun, mut bound) = (0.0, false, false);
    for c in text.trim_start().chars() {
        let latin = c.is_ascii_graphic();
        let goes_on = latin || closing(c) || quotes(c) || bound;
        if begun && !goes_on || width > LONGEST {
            break;
        }
        width += if latin { narrow } else { 1.0 };
        begun |= !opening(c);
        bound = opening(c) || quotes(c);
    }
    if width > LONGEST { 0.0 } else { width + 1.0 }
}

/// Whether a line is a head in lenticular brackets and nothing else: 【动态】.
fn is_heading_mark(text: &str) -> bool {
    let text = text.trim();
    text.starts_with('【') && text.find('】').is_some_and(|end| end + '】'.len_utf8() == text.len())
}

/// Whether a line begins with a list number: `3. `, `12．`; `1.5万` does not.
fn is_numbered(text: &str) -> bool {
    let rest = text.trim_start().trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = text.trim_start().len() - rest.len();
    let mut rest = rest.chars();
    (1..=2).contains(&digits)
        && rest.next().is_some_and(|c| ".．、".contains(c))
        && !rest.next().is_some_and(|c| c.is_ascii_digit())
}

/// Whether a line ends where a sentence does; a closing quotation mark looks at what it closes.
fn ends_sentence(text: &str) -> bool {
    let core = text.trim_end().trim_end_matches(['”', '’', '）', '】', '》']);
    core.ends_with(['。', '！', '？', '；', '：', '…']) || text.trim_end().ends_with('）')
}

/// How a line stands between the edges.
fn alignment(line: &Line, measure: Measure) -> Alignment {
    let (em, bounds) = (em(line), bounds(line));
    let (left, right) = (bounds.x0 - measure.left, measure.right - bounds.x1);
    if left > 2.5 * em && right > 2.5 * em && (left - right).abs() < 1.5 * em {
        return Alignment::Center;
    }
    // A title that nearly fills its line is centred too when it is larger than the text; the first line
    // of a paragraph only looks so.
    if em > measure.size + 1.5 && left > 0.5 * em && right > 0.5 * em && (left - right).abs() < 0.6 * em {
        return Alignment::Center;
    }
    let width = measure.right - measure.left;
    if left > 0.35 * width && right < 4.5 * em { Alignment::Right } else { Alignment::Body }
}

/// Adds a line's runs. Between Han characters the line end was a blank where a `blank` is drawn.
pub(super) fn join(paragraph: &mut Paragraph, blank: bool, mut runs: Vec<Run>) {
    let before = paragraph.runs.last().map_or("", |run| run.text.as_str());
    if let Some(first) = runs.first_mut() {
        let glue = if blank { " " } else { glue(before, &first.text) };
        first.text.insert_str(0, glue);
    }
    paragraph.runs.extend(runs);
}

/// What a line end stands for. Between Latin words it was a blank; between Han characters nothing.
pub(super) fn glue(before: &str, after: &str) -> &'static str {
    let (before, after) = (before.trim_end().chars().next_back(), after.trim_start().chars().next());
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    // A number that breaks at a line end is one number.
    let number = digit(before) && digit(after);
    if latin(before) && latin(after) && !number { " " } else { "" }
}

/// The edges that most lines of the commonest size share.
pub(super) fn measure(lines: &[&Line]) -> Measure {
    let size = mode(lines.iter().map(|line| (em(line), line.text().chars().count())));
    let body: Vec<&&Line> = lines.iter().filter(|line| (em(line) - size).abs() < 1.0).collect();
    let min = body.iter().map(|line| bounds(line).x0).fold(f32::MAX, f32::min);
    let max = body.iter().map(|line| bounds(line).x1).fold(0.0, f32::max);
    // The left edge is the leftmost place where at least two lines begin: quotation marks hang out.
    let mut lefts: Vec<f32> = body.iter().map(|line| bounds(line).x0).collect();
    lefts.sort_by(f32::total_cmp);
    let left = lefts.windows(2).find(|pair| pair[1] - pair[0] < 2.0).map_or(min, |pair| pair[0]);
    let right = mode(body.iter().map(|line| (bounds(line).x1, 1)));
    // A few lines have no common right edge: then the widest one counts.
    let agreed = body.iter().filter(|line| (bounds(line).x1 - right).abs() < 2.0).count();
    // Some programs, and all that recognise characters, end every line with a blank.
    let blanks = 4 * body.iter().filter(|line| line.blank_after).count() <= body.len();
    Measure { left, right: if agreed > 1 { right } else { max }, size, blanks }
}

/// The commonest value, rounded to half points; the larger one where two are as common.
pub(super) fn mode(values: impl Iterator<Item = (f32, usize)>) -> f32 {
    let mut counts = std::collections::BTreeMap::new();
    for (value, weight) in values {
        *counts.entry((value * 2.0).round() as i64).or_insert(0) += weight;
    }
    let best = counts.into_iter().max_by_key(|&(value, count)| (count, value));
    best.map_or(0.0, |(value, _)| value as f32 / 2.0)
}

#[cfg(test)]
mod tests {
    use super::super::furniture::Body;
    use super::*;
    use jianbao_pdf_text::{Rect, Span};

    /// A line as text from `x0` to `x1` at `y`, 16 pt.
    fn line(x0: f32, x1: f32, y: f32, text: &str) -> Line {
        let bounds = Rect { x0, y0: y, x1, y1: y + 16.0 };
        let span = Span { text: text.to_owned(), size: 16.0, bounds, ..Span::default() };
        Line { spans: vec![span], bounds, ..Line::default() }
    }

    fn check(pages: &[&[Line]], expected: &[&str]) {
        let bodies: Vec<Body<'_>> = (1..)
            .zip(pages)
            .map(|(number, lines)| Body { number, lines: lines.iter().collect(), ..Body::default() })
            .collect();
        let texts: Vec<String> = super::super::flow::read(&bodies)
            .blocks
            .into_iter()
            .map(|block| match block.kind {
                BlockKind::Paragraph(paragraph) => paragraph.text(),
                other => format!("{other:?}"),
            })
            .collect();
        assert_eq!(texts, expected);
    }

    #[test]
    fn an_indent_begins_a_paragraph() {
        let page = [
            line(112.0, 500.0, 100.0, "甲甲"),
            line(80.0, 500.0, 129.0, "乙乙"),
            line(112.0, 500.0, 158.0, "丙丙"),
            line(80.0, 300.0, 187.0, "丁丁。"),
        ];
        check(&[&page], &["甲甲乙乙", "丙丙丁丁。"]);
    }

    #[test]
    fn a_sentence_goes_on_over_the_page_end() {
        let first = [line(112.0, 500.0, 100.0, "甲"), line(80.0, 500.0, 129.0, "乙")];
        let second = [line(80.0, 500.0, 100.0, "丙"), line(80.0, 200.0, 129.0, "丁。")];
        check(&[&first, &second], &["甲乙丙丁。"]);
    }

    #[test]
    fn a_title_over_two_lines_is_one() {
        let mut page = [
            line(80.0, 500.0, 60.0, "题"),
            line(250.0, 330.0, 89.0, "目"),
            line(112.0, 500.0, 118.0, "甲甲甲甲甲"),
            line(80.0, 200.0, 147.0, "乙。"),
        ];
        for title in &mut page[..2] {
            title.spans[0].size = 22.0;
        }
        check(&[&page], &["题目", "甲甲甲甲甲乙。"]);
    }

    #[test]
    fn a_line_that_ends_early_ends_the_paragraph() {
        let page = [
            line(80.0, 500.0, 100.0, "甲"),
            line(80.0, 200.0, 129.0, "乙。"),
            line(80.0, 500.0, 158.0, "丙"),
        ];
        check(&[&page], &["甲乙。", "丙"]);
    }

    #[test]
    fn a_word_that_had_no_room_does_not_part() {
        let page = [
            line(112.0, 500.0, 100.0, "甲甲甲甲甲甲甲甲甲甲甲甲"),
            line(80.0, 430.0, 129.0, "乙、"),
            line(80.0, 500.0, 158.0, "FIDDY898等"),
            line(80.0, 430.0, 187.0, "丙。"),
            line(80.0, 500.0, 216.0, "DeepSeek"),
        ];
        check(&[&page], &["甲甲甲甲甲甲甲甲甲甲甲甲乙、FIDDY898等丙。", "DeepSeek"]);
    }

    #[test]
    fn a_blank_drawn_at_a_line_end_stays() {
        let mut page: Vec<Line> =
            (0..5u8).map(|row| line(80.0, 500.0, 100.0 + 29.0 * f32::from(row), "甲")).collect();
        page[1].blank_after = true;
        check(&[&page], &["甲甲 甲甲甲"]);
        // Where most lines have one it says nothing.
        for line in &mut page {
            line.blank_after = true;
        }
        check(&[&page], &["甲甲甲甲甲"]);
    }

    #[test]
    fn columns_of_vertical_writing_make_paragraphs() {
        // The first column is indented, the second goes on to its left, the third is a new paragraph.
        let column = |x: f32, y0: f32, y1: f32, text: &str| {
            let bounds = Rect { x0: x, y0, x1: x + 16.0, y1 };
            let span = Span { text: text.to_owned(), size: 16.0, bounds, ..Span::default() };
            Line { spans: vec![span], bounds, vertical: true, ..Line::default() }
        };
        let page = [
            column(500.0, 112.0, 700.0, "甲"),
            column(471.0, 80.0, 700.0, "乙"),
            column(442.0, 80.0, 300.0, "丙。"),
            column(413.0, 112.0, 700.0, "丁"),
        ];
        check(&[&page], &["甲乙丙。", "丁"]);
    }

    #[test]
    fn latin_words_keep_their_blank_and_numbers_do_not_get_one() {
        let page = [
            line(80.0, 500.0, 100.0, "Deep"),
            line(80.0, 500.0, 129.0, "Seek 15"),
            line(80.0, 500.0, 158.0, "00人"),
        ];
        check(&[&page], &["Deep Seek 1500人"]);
    }
}
