//! Paths, only as far as tables need them: thin horizontal and vertical strokes and bars.

use crate::geometry::{Matrix, Rect};

/// Thicker bars are areas.
const MAX_THICKNESS: f32 = 3.0; // points

/// A straight piece counts as level when it drifts less than this.
const MAX_DRIFT: f32 = 0.5; // points

#[derive(Default)]
pub(crate) struct Path {
    segments: Vec<((f32, f32), (f32, f32))>,
    boxes: Vec<Rect>,
    start: (f32, f32),
    at: (f32, f32),
    limit: usize,
}

impl Path {
    pub(crate) fn new(limit: usize) -> Self {
        Self { limit, ..Self::default() }
    }

    fn is_full(&self) -> bool {
        self.segments.len() + self.boxes.len() >= self.limit
    }

    pub(crate) fn move_to(&mut self, ctm: &Matrix, x: f32, y: f32) {
        self.at = ctm.apply(x, y);
        self.start = self.at;
    }

    pub(crate) fn line_to(&mut self, ctm: &Matrix, x: f32, y: f32) {
        let to = ctm.apply(x, y);
        self.segment(to);
    }

    fn segment(&mut self, to: (f32, f32)) {
        if !self.is_full() {
            self.segments.push((self.at, to));
        }
        self.at = to;
    }

    /// A curve is no rule: only its end counts.
    pub(crate) fn curve_to(&mut self, ctm: &Matrix, x: f32, y: f32) {
        self.at = ctm.apply(x, y);
    }

    pub(crate) fn close(&mut self) {
        self.segment(self.start);
    }

    pub(crate) fn rectangle(&mut self, ctm: &Matrix, [x, y, w, h]: [f32; 4]) {
        if !self.is_full() {
            let user = Rect::from_corners((x, y), (x + w, y + h));
            self.boxes.push(ctm.apply_rect(&user));
        }
        self.move_to(ctm, x, y);
    }

    /// The rules that painting this path draws; the path is empty afterwards.
    pub(crate) fn paint(&mut self, fill: bool, stroke: bool) -> Vec<Rect> {
        let mut out = Vec::new();
        if stroke {
            out.extend(self.segments.iter().filter_map(|(a, b)| level(*a, *b)));
            out.extend(self.boxes.iter().flat_map(edges));
        } else if fill {
            out.extend(self.boxes.iter().copied().filter(is_bar));
            out.extend(self.outline().into_iter().filter(is_bar));
        }
        self.clear();
        out.retain(Rect::is_finite);
        out
    }

    /// A bar that was drawn as four lines.
    fn outline(&self) -> Option<Rect> {
        let (first, rest) = self.segments.split_first()?;
        if rest.len() > 8 {
            return None;
        }
        let start = Rect::from_corners(first.0, first.1);
        Some(rest.iter().fold(start, |r, (a, b)| r.union(&Rect::from_corners(*a, *b))))
    }

    pub(crate) fn clear(&mut self) {
        self.segments.clear();
        self.boxes.clear();
    }
}

fn level(a: (f32, f32), b: (f32, f32)) -> Option<Rect> {
    let rect = Rect::from_corners(a, b);
    let thin = rect.width().min(rect.height()) <= MAX_DRIFT;
    (thin && rect.width().max(rect.height()) > MAX_THICKNESS).then_some(rect)
}

fn is_bar(rect: &Rect) -> bool {
    rect.width().min(rect.height()) <= MAX_THICKNESS && rect.width().max(rect.height()) > MAX_THICKNESS
}

fn edges(r: &Rect) -> Vec<Rect> {
    if is_bar(r) {
        return vec![*r];
    }
    [
        ((r.x0, r.y0), (r.x1, r.y0)),
        ((r.x0, r.y1), (r.x1, r.y1)),
        ((r.x0, r.y0), (r.x0, r.y1)),
        ((r.x1, r.y0), (r.x1, r.y1)),
    ]
    .into_iter()
    .filter_map(|(a, b)| level(a, b))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strokes_give_rules_and_fills_only_bars() {
        let mut path = Path::new(100);
        path.rectangle(&Matrix::IDENTITY, [0.0, 0.0, 100.0, 50.0]);
        assert_eq!(path.paint(false, true).len(), 4);
        path.rectangle(&Matrix::IDENTITY, [0.0, 0.0, 100.0, 50.0]);
        assert!(path.paint(true, false).is_empty());
        path.rectangle(&Matrix::IDENTITY, [0.0, 0.0, 100.0, 0.5]);
        assert_eq!(path.paint(true, false).len(), 1);
    }
}
