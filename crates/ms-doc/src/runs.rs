//! Collects characters into runs of one kind and one format.

use crate::document::{Run, RunKind};
use crate::fonts::Fonts;
use crate::properties::Character;

const MAX_UNITS: usize = 1 << 16;

/// The run that is being filled, and those before it.
#[derive(Debug, Default)]
pub(crate) struct RunBuilder {
    done: Vec<Run>,
    units: Vec<u16>,
    start: u32,
    kind: RunKind,
    format: Character,
}

impl RunBuilder {
    /// Adds a UTF-16 unit; a change of kind or format begins a new run.
    pub(crate) fn push(&mut self, unit: u16, kind: RunKind, format: &Character, at: u32, fonts: &Fonts) {
        // A run of this length is none that anyone wrote; the bound saves memory.
        let is_full = self.units.len() >= MAX_UNITS && !(0xDC00..0xE000).contains(&unit);
        let is_same = kind == self.kind && same_format(format, &self.format);
        if self.units.is_empty() || is_full || !is_same {
            self.flush(fonts);
            self.start = at;
            self.kind = kind;
            self.format = *format;
        }
        self.units.push(unit);
    }

    /// Adds a run of its own.
    pub(crate) fn push_whole(
        &mut self,
        text: String,
        kind: RunKind,
        format: &Character,
        at: u32,
        fonts: &Fonts,
    ) {
        self.flush(fonts);
        self.done.push(run(text, kind, format, at, fonts));
    }

    /// All runs.
    pub(crate) fn finish(mut self, fonts: &Fonts) -> Vec<Run> {
        self.flush(fonts);
        self.done
    }

    fn flush(&mut self, fonts: &Fonts) {
        if self.units.is_empty() {
            return;
        }
        let text = char::decode_utf16(self.units.drain(..))
            .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect();
        self.done.push(run(text, self.kind, &self.format, self.start, fonts));
    }
}

fn run(text: String, kind: RunKind, format: &Character, start: u32, fonts: &Fonts) -> Run {
    // Word takes the East Asian font from CJK punctuation on.
    let is_east_asian = text.chars().any(|c| u32::from(c) >= 0x2E80);
    let [ascii, east_asian, _] = format.fonts;
    let font = fonts.get(if is_east_asian { east_asian } else { ascii });
    Run {
        text,
        kind,
        start,
        inserted: format.inserted,
        bold: format.bold,
        italic: format.italic,
        strike: format.strike,
        size: format.size,
        font: font.map(|font| font.name.clone()),
    }
}

fn same_format(one: &Character, other: &Character) -> bool {
    (one.bold, one.italic, one.strike, one.inserted, one.size, one.fonts)
        == (other.bold, other.italic, other.strike, other.inserted, other.size, other.fonts)
}
