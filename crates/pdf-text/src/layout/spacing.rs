//! One line's items to spans, with blanks only where the page has one.

use super::cluster::Segment;
use super::frame::{Frame, Item};
use crate::Rect;
use crate::content::Glyph;
use crate::page::{Line, Span, Tag};
use crate::unicode;

/// A gap that makes a word space between letters or digits, in em.
const LATIN_BLANK: f32 = 0.18;

/// Between Han: half an em is a whole blank; justification spreads all gaps of a line alike and
/// is taken off before.
const HAN_BLANK: f32 = 0.42;

/// Between Han and letters or digits: typesetters put a quarter em here, which is no blank.
const MIXED_BLANK: f32 = 0.6;

/// A blank that takes less room than this was drawn over and is none.
const DRAWN_OVER: f32 = 0.08;

/// The gaps that this line has between any two neighbours, in em.
#[derive(Debug, Clone, Copy, Default)]
struct Spread {
    han: f32,
    latin: f32,
}

/// Builds the line; none if it has only blanks. The box is that of the frame.
pub(crate) fn line(
    segment: &Segment,
    glyphs: &[Glyph],
    frame: &Frame,
    tag: &dyn Fn(u32) -> Option<Tag>,
) -> Option<(Rect, Line)> {
    let items = &segment.items;
    let spread = spread(items, glyphs);
    let mut builder = Builder { frame, glyphs, spans: Vec::new(), bounds: None };
    let mut previous: Option<&Item> = None;
    let mut blanks = String::new();
    for item in items {
        if item.blank {
            blanks.extend(text(item, glyphs).chars().filter_map(blank));
            continue;
        }
        if let Some(before) = previous {
            builder.blank(&between(before, item, &blanks, spread, glyphs));
        }
        blanks.clear();
        builder.push(item);
        previous = Some(item);
    }
    let bounds = builder.bounds?;
    let line = Line {
        bounds: frame.to_page(&bounds),
        // Latin letters lie on their side in a column.
        vertical: seen(items, glyphs).any(|glyph| glyph.vertical),
        spans: builder.spans,
        faint: seen(items, glyphs).all(|glyph| glyph.faint),
        artifact: common(seen(items, glyphs).map(|glyph| glyph.artifact)),
        tag: common(seen(items, glyphs).map(|glyph| glyph.mcid.and_then(tag))),
        blank_after: !blanks.is_empty(),
        ..Line::default()
    };
    Some((bounds, line))
}

/// Glyphs that are no blanks.
fn seen<'a>(items: &'a [Item], glyphs: &'a [Glyph]) -> impl Iterator<Item = &'a Glyph> {
    items.iter().filter(|item| !item.blank).map(|item| &glyphs[item.glyph])
}

/// The value that all share.
fn common<T: PartialEq>(mut values: impl Iterator<Item = Option<T>>) -> Option<T> {
    let first = values.next()??;
    values.all(|value| value.as_ref() == Some(&first)).then_some(first)
}

fn text<'a>(item: &Item, glyphs: &'a [Glyph]) -> &'a str {
    glyphs[item.glyph].text.as_deref().unwrap_or("\u{FFFD}")
}

fn blank(c: char) -> Option<char> {
    match c {
        '\u{3000}' => Some(c),
        '\u{200B}' | '\u{FEFF}' | '\u{00AD}' | '\u{2060}' => None,
        _ => Some(' '),
    }
}

/// The blanks between two visible neighbours: those drawn, else one if the gap is that wide.
fn between(a: &Item, b: &Item, drawn: &str, spread: Spread, glyphs: &[Glyph]) -> String {
    let gap = (b.x0 - a.x1) / a.size.max(b.size);
    if !drawn.is_empty() {
        return if gap >= DRAWN_OVER { drawn.to_owned() } else { String::new() };
    }
    let wide = match (ends_cjk(a, glyphs), starts_cjk(b, glyphs)) {
        (true, true) => gap - spread.han - half_mark(a, b, glyphs) > HAN_BLANK,
        (false, false) => gap - spread.latin > LATIN_BLANK,
        _ => gap - spread.han - half_mark(a, b, glyphs) > MIXED_BLANK,
    };
    if wide { " ".to_owned() } else { String::new() }
}

/// Typesetters give full-width marks half an em and leave the other half as a gap.
fn half_mark(a: &Item, b: &Item, glyphs: &[Glyph]) -> f32 {
    let after = text(a, glyphs).chars().next_back().is_some_and(unicode::closes);
    let before = text(b, glyphs).chars().next().is_some_and(unicode::opens);
    0.5 * (f32::from(u8::from(after)) + f32::from(u8::from(before)))
}

fn ends_cjk(item: &Item, glyphs: &[Glyph]) -> bool {
    text(item, glyphs).chars().next_back().is_some_and(unicode::is_cjk)
}

fn starts_cjk(item: &Item, glyphs: &[Glyph]) -> bool {
    text(item, glyphs).chars().next().is_some_and(unicode::is_cjk)
}

/// Letter spacing and justification widen all gaps of a line: the middle Han gap, the lower
/// quarter of the Latin gaps (of which some are word spaces).
fn spread(items: &[Item], glyphs: &[Glyph]) -> Spread {
    let (mut han, mut latin) = (Vec::new(), Vec::new());
    for pair in items.windows(2) {
        let [a, b] = pair else { continue };
        if a.blank || b.blank {
            continue;
        }
        let gap = (b.x0 - a.x1) / a.size.max(b.size);
        match (ends_cjk(a, glyphs), starts_cjk(b, glyphs)) {
            (true, true) => han.push(gap),
            (false, false) => latin.push(gap),
            _ => {}
        }
    }
    Spread {
        han: if han.len() < 3 { quantile(&mut han, 0.0) } else { quantile(&mut han, 0.5) },
        latin: if latin.len() < 4 { 0.0 } else { quantile(&mut latin, 0.25) },
    }
}

fn quantile(values: &mut [f32], share: f32) -> f32 {
    values.sort_by(f32::total_cmp);
    let index = (values.len().saturating_sub(1) as f32 * share) as usize;
    values.get(index).copied().unwrap_or(0.0).max(0.0)
}

struct Builder<'a> {
    frame: &'a Frame,
    glyphs: &'a [Glyph],
    spans: Vec<Span>,
    bounds: Option<Rect>,
}

impl Builder<'_> {
    fn blank(&mut self, blanks: &str) {
        if let Some(span) = self.spans.last_mut() {
            span.text.push_str(blanks);
        }
    }

    fn push(&mut self, item: &Item) {
        let glyph = &self.glyphs[item.glyph];
        let rect = item.rect();
        let bounds = self.frame.to_page(&rect);
        let bold = glyph.bold || item.doubled;
        self.bounds = Some(self.bounds.map_or(rect, |all| all.union(&rect)));
        match self.spans.last_mut() {
            Some(span)
                if *span.font == *glyph.font
                    && span.bold == bold
                    && (span.size - glyph.size).abs() < 0.05 =>
            {
                span.text.push_str(text(item, self.glyphs));
                span.bounds = span.bounds.union(&bounds);
            }
            _ => self.spans.push(Span {
                text: text(item, self.glyphs).to_owned(),
                font: glyph.font.to_string(),
                size: glyph.size,
                bold,
                bounds,
            }),
        }
    }
}
