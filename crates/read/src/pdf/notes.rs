//! Footnotes: small lines at the foot of a page that begin with a mark which the text above carries.
//!
//! Covered: raised digits, circled digits, with or without a short rule above. Not covered: the part
//! of a note that goes on on the next page, endnotes after the text, other marks.

use jianbao_model::document::{Paragraph, Run};
use jianbao_model::{Block, BlockKind};
use jianbao_pdf_text::{Line, Rect, Span};

use super::paragraphs::{em, join};
use super::{origin, runs};
use crate::word::notes::raised;

/// How large notes are at the most, as a share of the text.
const SMALL: f32 = 0.92;

/// How wide the rule above notes is at the most, as a share of the text: 版记 has wider ones.
const SHORT_RULE: f32 = 0.6;

/// A note of a page.
pub(super) struct Note {
    mark: String,
    pub(super) block: Block,
}

/// A mark at the beginning of a line.
struct Mark {
    text: String,
    /// Raised or circled: no other number looks so.
    sure: bool,
}

/// Takes the notes off the lines of a page, `body` being the size of the text.
pub(super) fn take(page: usize, lines: &mut Vec<&Line>, rules: &[Rect], body: f32) -> Vec<Note> {
    let Some(start) = start(lines, rules, body) else { return Vec::new() };
    let foot = lines.split_off(start);
    let mut notes: Vec<(Mark, Vec<&Line>)> = Vec::new();
    for line in foot {
        match (begins(line), notes.last_mut()) {
            (Some(mark), last) if last.is_none() || mark.sure || carries(lines, &mark.text) => {
                notes.push((mark, vec![line]));
            }
            (_, Some((_, own))) => own.push(line),
            (_, None) => lines.push(line),
        }
    }
    notes.into_iter().map(|(mark, lines)| note(page, mark.text, &lines)).collect()
}

/// Where the notes begin: below everything else, in smaller type, with a mark.
fn start(lines: &[&Line], rules: &[Rect], body: f32) -> Option<usize> {
    let small = |line: &&&Line| em(line) <= SMALL * body && line.angle == 0;
    let foot = lines.len() - lines.iter().rev().take_while(small).count();
    let text = &lines[..foot];
    let bottom = text.iter().map(|line| line.bounds.y1).reduce(f32::max)?;
    for (at, line) in lines.iter().enumerate().skip(foot) {
        let Some(mark) = begins(line) else { continue };
        let ruled = || below_rule(&lines[..at], line, rules);
        if carries(&lines[..at], &mark.text) || (mark.sure && ruled()) {
            return (line.bounds.y0 > bottom - 1.0).then_some(at);
        }
    }
    None
}

/// Whether a short rule stands between the text and a line.
fn below_rule(text: &[&Line], line: &Line, rules: &[Rect]) -> bool {
    let bottom = text.iter().map(|line| line.bounds.y1).fold(0.0, f32::max);
    let left = text.iter().map(|line| line.bounds.x0).fold(f32::MAX, f32::min);
    let right = text.iter().map(|line| line.bounds.x1).fold(0.0, f32::max);
    rules.iter().any(|rule| {
        let short = rule.width() > 20.0 && rule.width() < SHORT_RULE * (right - left);
        short && rule.y0 > bottom - 2.0 && rule.y1 < line.bounds.y0 + 2.0
    })
}

/// The mark that a line begins with: `¹ 见…`, `①见…`, `1 见…`.
fn begins(line: &Line) -> Option<Mark> {
    let span = line.spans.iter().find(|span| !span.text.trim().is_empty())?;
    let text = span.text.trim_start();
    if let Some(first) = text.chars().next().filter(|first| is_circled(*first)) {
        return Some(Mark { text: first.to_string(), sure: true });
    }
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    let sure = rest.trim().is_empty() && is_raised(span, line);
    let apart = rest.starts_with(|c: char| c.is_whitespace() || ('\u{4E00}'..='\u{9FFF}').contains(&c))
        || (rest.is_empty() && line.spans.len() > 1);
    let is_mark = (1..=2).contains(&digits.len()) && (sure || apart);
    is_mark.then(|| Mark { text: digits.to_owned(), sure })
}

fn is_circled(c: char) -> bool {
    ('①'..='⑳').contains(&c)
}

/// Whether a span is smaller than its line and stands higher.
fn is_raised(span: &Span, line: &Line) -> bool {
    let base = |span: &Span| span.bounds.y1 - 0.12 * span.size;
    let tallest = line.spans.iter().max_by(|a, b| a.size.total_cmp(&b.size));
    tallest.is_some_and(|tall| span.size < 0.8 * tall.size && base(span) < base(tall) - 0.1 * tall.size)
}

fn is_mark(span: &Span, line: &Line, mark: &str) -> bool {
    let circled = mark.starts_with(is_circled);
    if circled { span.text.contains(mark) } else { span.text.trim() == mark && is_raised(span, line) }
}

/// Whether the text carries a mark.
fn carries(lines: &[&Line], mark: &str) -> bool {
    lines.iter().any(|line| line.spans.iter().any(|span| is_mark(span, line, mark)))
}

fn note(page: usize, mark: String, lines: &[&Line]) -> Note {
    let mut paragraph = Paragraph { marker: Some(raised(&mark)), ..Paragraph::default() };
    for line in lines {
        join(&mut paragraph, false, runs(line));
    }
    let mut left = mark.chars().count();
    for run in &mut paragraph.runs {
        let text = run.text.trim_start();
        let rest: String = text.chars().skip(left).collect();
        left -= left.min(text.chars().count());
        run.text = if left == 0 { rest.trim_start().to_owned() } else { rest };
        if !run.text.is_empty() {
            break;
        }
    }
    paragraph.runs.retain(|run| !run.text.is_empty());
    let bounds = lines.iter().map(|line| line.bounds).reduce(|a, b| a.union(&b)).unwrap_or_default();
    Note { mark, block: Block { kind: BlockKind::Paragraph(paragraph), origin: origin(page, &bounds) } }
}

/// Raises the marks that a line carries, and gives the notes that they point to.
pub(super) fn mark(mut runs: Vec<Run>, line: &Line, notes: &mut [Option<&Note>]) -> (Vec<Run>, Vec<Block>) {
    let mut carried = Vec::new();
    if notes.is_empty() {
        return (runs, carried);
    }
    for (run, span) in runs.iter_mut().zip(&line.spans) {
        for slot in notes.iter_mut() {
            if let Some(note) = slot.take_if(|note| is_mark(span, line, &note.mark)) {
                if run.text.trim() == note.mark {
                    run.text = run.text.replace(&note.mark, &raised(&note.mark));
                }
                carried.push(note.block.clone());
            }
        }
    }
    (runs, carried)
}
