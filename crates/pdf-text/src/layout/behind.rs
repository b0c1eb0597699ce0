//! Large faint text that other text is printed over: left in its rows it would break their lines.

use std::collections::BTreeMap;

use super::frame::angle;
use crate::Rect;
use crate::content::Glyph;

/// Smaller text is never taken for a watermark, in points.
const LARGE: f32 = 20.0;

/// Pairs that are compared; a page with more is no page of text.
const MAX_PAIRS: usize = 5_000_000;

/// Whether each glyph lies behind others. Faint glyphs of one size and direction go together, since
/// the text above does not cover all of them.
pub(crate) fn find(glyphs: &[Glyph]) -> Vec<bool> {
    let mut behind = vec![false; glyphs.len()];
    let mut groups: BTreeMap<(i32, i32), Vec<usize>> = BTreeMap::new();
    let mut plain = Vec::new();
    for (at, glyph) in glyphs.iter().enumerate().filter(|(_, glyph)| !glyph.invisible) {
        if glyph.faint && glyph.size >= LARGE {
            groups.entry((angle(glyph), glyph.size.round() as i32)).or_default().push(at);
        } else {
            plain.push((glyph, outline(glyph)));
        }
    }
    let faint: usize = groups.values().map(Vec::len).sum();
    if faint.saturating_mul(plain.len()) > MAX_PAIRS {
        return behind;
    }
    for group in groups.into_values() {
        let members: Vec<&Glyph> = group.iter().map(|at| &glyphs[*at]).collect();
        if is_behind(&members, &plain) {
            for at in group {
                behind[at] = true;
            }
        }
    }
    behind
}

/// A shadow is no watermark: it lies behind the same character.
fn is_behind(faint: &[&Glyph], plain: &[(&Glyph, Rect)]) -> bool {
    let mut crossed = false;
    for glyph in faint {
        let own = outline(glyph);
        for (other, _) in plain.iter().filter(|(_, bounds)| crosses(&own, bounds)) {
            if other.text == glyph.text && (other.size - glyph.size).abs() < 0.1 * glyph.size {
                return false;
            }
            crossed = true;
        }
    }
    crossed
}

/// The glyph's box, near enough for any direction.
fn outline(glyph: &Glyph) -> Rect {
    let all = Rect::from_corners(glyph.start, glyph.end);
    let rise = 0.7 * glyph.size;
    if all.width() >= all.height() {
        Rect { y0: all.y0 - rise, ..all }
    } else {
        Rect { x1: all.x1 + rise, ..all }
    }
}

fn crosses(a: &Rect, b: &Rect) -> bool {
    a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1
}
