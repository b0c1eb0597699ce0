//! Large faint text that other text is printed over: left in its rows it would break their lines.

use crate::Rect;
use crate::content::Glyph;

/// Smaller text is never taken for a watermark, in points.
const LARGE: f32 = 20.0;

/// Pairs that are compared; a page with more is no page of text.
const MAX_PAIRS: usize = 5_000_000;

/// Whether a glyph looks like one of a watermark.
pub(crate) fn could_be(glyph: &Glyph) -> bool {
    glyph.faint && glyph.size >= LARGE && !glyph.invisible
}

/// Whether the large faint glyphs of a page lie behind others. A shadow is no watermark: it lies
/// behind the same character.
pub(crate) fn find(glyphs: &[Glyph]) -> bool {
    let (faint, plain): (Vec<&Glyph>, Vec<&Glyph>) =
        glyphs.iter().filter(|glyph| !glyph.invisible).partition(|glyph| could_be(glyph));
    if faint.len().saturating_mul(plain.len()) > MAX_PAIRS {
        return false;
    }
    let plain: Vec<(&Glyph, Rect)> = plain.into_iter().map(|glyph| (glyph, outline(glyph))).collect();
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
