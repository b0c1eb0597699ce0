//! Fill colour and opacity, only as far as they tell faint text (ISO 32000-1 §8.6, §11.6.4.4), and
//! the rest of what a graphics state dictionary sets (§8.4.5).

use lopdf::{Dictionary, Object};

use super::interpreter::Interpreter;
use crate::lexer::Operand;

impl<'a> Interpreter<'_, 'a> {
    /// `gs`: font and opacity.
    pub(super) fn external_state(&mut self, operands: &[Operand], resources: &'a Dictionary) {
        let file = self.shared.file;
        let name = operands.first().and_then(Operand::name);
        let Some(entries) = name.and_then(|name| file.dict(file.dict(resources, b"ExtGState")?, name)) else {
            return;
        };
        if let Some([font, size]) = file.array(entries, b"Font") {
            self.state.size = file.as_number(size).unwrap_or(self.state.size);
            self.state.font = self.shared.font(font);
        }
        if let Some(alpha) = file.number(entries, b"ca") {
            self.state.alpha = alpha;
        }
    }

    /// `g`, `rg`, `k` name their space; `sc` and `scn` stand in the one that `cs` has set.
    pub(super) fn fill_colour(&mut self, operator: &[u8], operands: &[Operand], resources: &'a Dictionary) {
        match operator {
            b"cs" => {
                self.state.plain_colours =
                    operands.first().is_some_and(|space| self.is_plain(space, resources));
                self.state.light = 0.0;
                return;
            }
            b"g" | b"rg" | b"k" => self.state.plain_colours = true,
            _ => {}
        }
        let numbers: Vec<f32> = operands.iter().filter_map(Operand::number).collect();
        // The numbers of other spaces are amounts of an ink or places in a table: taken for dark.
        self.state.light = if self.state.plain_colours { brightness(&numbers) } else { 0.0 };
    }

    fn is_plain(&self, space: &Operand, resources: &'a Dictionary) -> bool {
        let file = self.shared.file;
        let Some(name) = space.name() else { return false };
        let device = |name: &[u8]| matches!(name, b"DeviceGray" | b"DeviceRGB" | b"DeviceCMYK");
        let listed = || {
            let family = file.array(file.dict(resources, b"ColorSpace")?, name)?.first()?;
            file.resolve(family).and_then(|family: &Object| family.as_name().ok())
        };
        device(name) || listed().is_some_and(|family| matches!(family, b"ICCBased" | b"CalGray" | b"CalRGB"))
    }
}

/// Grey, red-green-blue or the four inks by their number, weighed as the eye does (§10.3.2).
fn brightness(numbers: &[f32]) -> f32 {
    let weigh = |r: f32, g: f32, b: f32| 0.3 * r + 0.59 * g + 0.11 * b;
    match *numbers {
        [gray] => gray,
        [r, g, b] => weigh(r, g, b),
        [c, m, y, k] => (1.0 - weigh(c, m, y) - k).max(0.0),
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::brightness;

    #[test]
    fn white_is_one_in_every_space() {
        for white in [&[1.0][..], &[1.0, 1.0, 1.0], &[0.0, 0.0, 0.0, 0.0]] {
            assert!((brightness(white) - 1.0).abs() < 1e-6, "{white:?}");
        }
        assert!(brightness(&[0.0, 0.0, 0.0, 1.0]) < 1e-6);
    }
}
