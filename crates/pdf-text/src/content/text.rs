//! Text state and text-showing operators (ISO 32000-1 §9.3, §9.4): where each glyph stands.

use std::rc::Rc;

use lopdf::Dictionary;

use super::interpreter::{Interpreter, with};
use super::state::Glyph;
use crate::font::Font;
use crate::geometry::Matrix;
use crate::lexer::Operand;
use crate::page::WarningKind;
use crate::unicode;

impl<'a> Interpreter<'_, 'a> {
    pub(super) fn set_font(&mut self, operands: &[Operand], resources: &'a Dictionary) {
        let [Operand::Name(name), Operand::Number(size), ..] = operands else {
            return;
        };
        self.state.size = *size;
        let file = self.shared.file;
        let object = file.dict(resources, b"Font").and_then(|fonts| fonts.get(name).ok());
        let font = object.and_then(|object| self.shared.font(object));
        self.state.font = Some(font.unwrap_or_else(|| self.shared.missing_font()));
    }

    pub(super) fn text_operator(&mut self, operator: &[u8], operands: &[Operand]) {
        let first = operands.first().and_then(Operand::number);
        match (operator, first) {
            (b"BT", _) => self.set_text_matrix(Matrix::IDENTITY),
            (b"Tc", Some(n)) => self.state.char_space = n,
            (b"Tw", Some(n)) => self.state.word_space = n,
            (b"Tz", Some(n)) => self.state.scale = n / 100.0,
            (b"TL", Some(n)) => self.state.leading = n,
            (b"Ts", Some(n)) => self.state.rise = n,
            (b"Tr", Some(n)) => self.state.mode = n as i32,
            (b"Td", _) => with(operands, |[x, y]| self.next_line(x, y)),
            (b"TD", _) => with(operands, |[x, y]| {
                self.state.leading = -y;
                self.next_line(x, y);
            }),
            (b"Tm", _) => with(operands, |m| self.set_text_matrix(Matrix::new(m))),
            (b"T*", _) => self.next_line(0.0, -self.state.leading),
            (b"Tj", _) => self.show_operand(operands.first()),
            (b"TJ", _) => self.show_array(operands.first()),
            (b"'", _) => {
                self.next_line(0.0, -self.state.leading);
                self.show_operand(operands.first());
            }
            (b"\"", _) => {
                with(operands.get(..2).unwrap_or_default(), |[word, char]| {
                    self.state.word_space = word;
                    self.state.char_space = char;
                });
                self.next_line(0.0, -self.state.leading);
                self.show_operand(operands.get(2));
            }
            _ => {}
        }
    }

    fn set_text_matrix(&mut self, matrix: Matrix) {
        self.text_matrix = matrix;
        self.line_matrix = matrix;
    }

    fn next_line(&mut self, x: f32, y: f32) {
        self.set_text_matrix(self.line_matrix.translated(x, y));
    }

    fn show_operand(&mut self, operand: Option<&Operand>) {
        if let (Some(Operand::String(bytes)), Some(font)) = (operand, self.state.font.clone()) {
            self.shows += 1;
            self.show(bytes, &font);
        }
    }

    fn show_array(&mut self, operand: Option<&Operand>) {
        let (Some(Operand::Array(parts)), Some(font)) = (operand, self.state.font.clone()) else {
            return;
        };
        self.shows += 1;
        for part in parts {
            match part {
                Operand::String(bytes) => self.show(bytes, &font),
                Operand::Number(n) => self.advance(-n / 1000.0 * self.state.size, font.vertical),
                _ => {}
            }
        }
    }

    /// Moves by an unscaled distance along the writing direction (§9.4.4).
    fn advance(&mut self, distance: f32, vertical: bool) {
        let (x, y) = if vertical { (0.0, -distance) } else { (distance * self.state.scale, 0.0) };
        self.text_matrix = self.text_matrix.translated(x, y);
    }

    fn show(&mut self, bytes: &[u8], font: &Font<'a>) {
        font.decode(bytes, |code, len, decoded| {
            let glyph_advance = decoded.advance * self.state.size;
            self.place(font, decoded.text.as_ref(), glyph_advance);
            let word = if code == 32 && len == 1 { self.state.word_space } else { 0.0 };
            self.advance(glyph_advance + self.state.char_space + word, font.vertical);
        });
    }

    fn place(&mut self, font: &Font<'a>, text: Option<&Rc<str>>, advance: f32) {
        let trm = self.text_matrix.then(&self.state.ctm);
        let scale = if font.vertical { 1.0 } else { self.state.scale };
        let start = trm.apply(0.0, self.state.rise);
        let end = if font.vertical {
            trm.apply(0.0, self.state.rise - advance)
        } else {
            trm.apply(advance * scale, self.state.rise)
        };
        let size = trm.c.hypot(trm.d) * self.state.size.abs() * font.em;
        let blank = text.is_some_and(|t| t.chars().all(unicode::is_blank));
        if !self.countable(start, end, size, blank) {
            return;
        }
        self.drawn.glyphs.push(Glyph {
            text: text.cloned(),
            start,
            end,
            size,
            font: font.name.clone(),
            bold: font.bold || self.state.stroked(),
            vertical: font.vertical,
            invisible: self.state.invisible(),
            faint: self.state.faint(),
            artifact: self.artifact(),
            mcid: self.mcid(),
            show: self.shows,
        });
    }

    /// Whether a glyph belongs into the lines; if not, it is counted here.
    fn countable(&mut self, start: (f32, f32), end: (f32, f32), size: f32, blank: bool) -> bool {
        const SANE: std::ops::Range<f32> = 0.05..20_000.0; // points
        let finite = [start.0, start.1, end.0, end.1].iter().all(|v| v.is_finite() && v.abs() < 1e6);
        if self.drawn.glyphs.len() >= self.room {
            self.warn(WarningKind::PageLimit);
            return false;
        }
        let seen = usize::from(!blank);
        if !finite || !SANE.contains(&size) {
            self.drawn.stats.invisible += seen;
            return false;
        }
        let (x, y, page) = ((start.0 + end.0) / 2.0, (start.1 + end.1) / 2.0, &self.page);
        let outside = x < page.x0 - size || x > page.x1 + size || y < page.y0 - size || y > page.y1 + size;
        if outside || self.hidden() {
            self.drawn.stats.hidden += seen;
            return false;
        }
        true
    }
}
