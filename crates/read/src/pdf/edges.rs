//! The edges of a page's lines: what stands above or below a line, and how far away.

use jianbao_pdf_text::{Line, Rect};

/// Upper and lower edges of a page's lines, each in order: a hostile page has very many lines.
pub(super) struct Edges {
    tops: Vec<f32>,
    bottoms: Vec<f32>,
}

impl Edges {
    pub(super) fn of(lines: &[&Line]) -> Self {
        let sorted = |edge: fn(&Rect) -> f32| {
            let mut edges: Vec<f32> = lines.iter().map(|line| edge(&line.bounds)).collect();
            edges.sort_by(f32::total_cmp);
            edges
        };
        Self { tops: sorted(|bounds| bounds.y0), bottoms: sorted(|bounds| bounds.y1) }
    }

    /// Lines wholly above a line.
    pub(super) fn above(&self, line: &Line) -> usize {
        self.bottoms.partition_point(|&bottom| bottom <= line.bounds.y0 + 1.0)
    }

    /// Lines wholly below a line.
    pub(super) fn below(&self, line: &Line) -> usize {
        self.tops.len() - self.tops.partition_point(|&top| top < line.bounds.y1 - 1.0)
    }

    /// How many lines there are.
    pub(super) fn count(&self) -> usize {
        self.tops.len()
    }

    /// Distance from a line in a margin to the nearest line towards the text.
    pub(super) fn gap(&self, line: &Line, top: bool) -> f32 {
        let nearest = if top {
            let next = self.tops.partition_point(|&top| top - line.bounds.y1 <= -1.0);
            self.tops.get(next).map(|top| top - line.bounds.y1)
        } else {
            let next = self.bottoms.partition_point(|&bottom| line.bounds.y0 - bottom > -1.0);
            next.checked_sub(1).and_then(|at| self.bottoms.get(at)).map(|bottom| line.bounds.y0 - bottom)
        };
        nearest.unwrap_or(f32::MAX)
    }
}
