//! The graphics state (ISO 32000-1 §8.4, §9.3) and the glyphs that text operators give.

use std::rc::Rc;

use crate::font::Font;
use crate::geometry::Matrix;
use crate::page::Artifact;

#[derive(Clone)]
pub(crate) struct State<'a> {
    pub(crate) ctm: Matrix,
    pub(crate) font: Option<Rc<Font<'a>>>,
    pub(crate) size: f32,
    pub(crate) char_space: f32,
    pub(crate) word_space: f32,
    /// 1 is 100 %.
    pub(crate) scale: f32,
    pub(crate) leading: f32,
    pub(crate) rise: f32,
    pub(crate) mode: i32,
    /// Brightness of the fill colour, 1 for white.
    pub(crate) light: f32,
    /// Whether numbers of the colour space in use are amounts of light or of the four inks.
    pub(crate) plain_colours: bool,
    /// Opacity of fills.
    pub(crate) alpha: f32,
}

impl State<'_> {
    pub(crate) fn new(ctm: Matrix) -> Self {
        Self {
            ctm,
            font: None,
            size: 0.0,
            char_space: 0.0,
            word_space: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
            mode: 0,
            light: 0.0,
            plain_colours: true,
            alpha: 1.0,
        }
    }

    /// Modes 3 and 7 paint nothing (table 106).
    pub(crate) fn invisible(&self) -> bool {
        matches!(self.mode, 3 | 7)
    }

    /// Grey or see-through, as watermarks are; white is none, for it stands on dark ground.
    pub(crate) fn faint(&self) -> bool {
        self.alpha < 0.6 || (0.7..0.985).contains(&self.light)
    }

    /// Fill and stroke is how programs make a bold face out of a regular one.
    pub(crate) fn stroked(&self) -> bool {
        matches!(self.mode, 2 | 6)
    }
}

/// One shown character, in page coordinates.
#[derive(Clone)]
pub(crate) struct Glyph {
    /// None when it has no Unicode value; empty when `ActualText` moved its text elsewhere.
    pub(crate) text: Option<Rc<str>>,
    /// Where it starts on the baseline (vertical writing: at the top of the column's centre).
    pub(crate) start: (f32, f32),
    /// Where its advance ends, spacing left out.
    pub(crate) end: (f32, f32),
    /// Points of its em on the page.
    pub(crate) size: f32,
    pub(crate) font: Rc<str>,
    pub(crate) bold: bool,
    pub(crate) vertical: bool,
    pub(crate) invisible: bool,
    pub(crate) faint: bool,
    pub(crate) artifact: Option<Artifact>,
    /// Number of its piece in the page's structure.
    pub(crate) mcid: Option<u32>,
    /// Number of the show operator: a glyph is never the shadow of one in the same string.
    pub(crate) show: u32,
}
