//! A turned coordinate system in which text of one direction runs along x and lines follow along y.

use crate::Rect;
use crate::content::Glyph;
use crate::unicode;

/// Directions closer than this are one: scans are a little skew.
const STEP: i32 = 5; // degrees

/// A glyph in its frame.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    pub(crate) x0: f32,
    pub(crate) x1: f32,
    /// The baseline, or the centre of a vertical column.
    pub(crate) y: f32,
    pub(crate) size: f32,
    pub(crate) vertical: bool,
    pub(crate) blank: bool,
    pub(crate) glyph: usize,
    /// Drawn more than once on the same place.
    pub(crate) doubled: bool,
}

impl Item {
    /// Top and bottom of its em box.
    pub(crate) fn band(&self) -> (f32, f32) {
        let (above, below) = if self.vertical { (0.5, 0.5) } else { (0.88, 0.12) };
        (self.y - above * self.size, self.y + below * self.size)
    }

    pub(crate) fn rect(&self) -> Rect {
        let (top, bottom) = self.band();
        Rect::from_corners((self.x0, top), (self.x1, bottom))
    }
}

pub(crate) struct Frame {
    cos: f32,
    sin: f32,
}

/// The direction of a glyph, clockwise, in whole steps.
pub(crate) fn angle(glyph: &Glyph) -> i32 {
    let (dx, dy) = (glyph.end.0 - glyph.start.0, glyph.end.1 - glyph.start.1);
    if dx.hypot(dy) < 1e-3 {
        return if glyph.vertical { 90 } else { 0 };
    }
    let steps = (dy.atan2(dx).to_degrees() / STEP as f32).round() as i32;
    (steps * STEP).rem_euclid(360)
}

impl Frame {
    pub(crate) fn new(angle: i32) -> Self {
        // Right angles exactly, so that upright text keeps its coordinates.
        let (cos, sin) = match angle {
            0 => (1.0, 0.0),
            90 => (0.0, 1.0),
            180 => (-1.0, 0.0),
            270 => (0.0, -1.0),
            _ => {
                let radians = (angle as f32).to_radians();
                (radians.cos(), radians.sin())
            }
        };
        Self { cos, sin }
    }

    fn enter(&self, (x, y): (f32, f32)) -> (f32, f32) {
        (x * self.cos + y * self.sin, y * self.cos - x * self.sin)
    }

    fn leave(&self, x: f32, y: f32) -> (f32, f32) {
        (x * self.cos - y * self.sin, x * self.sin + y * self.cos)
    }

    pub(crate) fn item(&self, index: usize, glyph: &Glyph) -> Item {
        let (start, end) = (self.enter(glyph.start), self.enter(glyph.end));
        let text = glyph.text.as_deref().unwrap_or("\u{FFFD}");
        Item {
            x0: start.0.min(end.0),
            x1: start.0.max(end.0),
            y: start.1,
            size: glyph.size,
            vertical: glyph.vertical,
            blank: text.chars().all(unicode::is_blank),
            glyph: index,
            doubled: false,
        }
    }

    /// A box of this frame on the page.
    pub(crate) fn to_page(&self, r: &Rect) -> Rect {
        let one = Rect::from_corners(self.leave(r.x0, r.y0), self.leave(r.x1, r.y1));
        one.union(&Rect::from_corners(self.leave(r.x0, r.y1), self.leave(r.x1, r.y0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vertical_columns_progress_leftwards() {
        let frame = Frame::new(90);
        let right = frame.enter((500.0, 100.0));
        let left = frame.enter((400.0, 100.0));
        assert!(right.1 < left.1, "the right column is read first");
        let page = frame.to_page(&Rect { x0: 100.0, y0: -510.0, x1: 112.0, y1: -490.0 });
        assert_eq!((page.x0, page.y0, page.x1, page.y1), (490.0, 100.0, 510.0, 112.0));
    }
}
