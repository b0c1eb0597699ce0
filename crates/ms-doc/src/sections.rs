//! Sections (MS-DOC 2.8.26 `PlcfSed`, 2.9.242 `Sepx`), and how the notes in them are counted.

use crate::anchors::positions;
use crate::bytes::{slice, u16_at, u32_at};
use crate::fib::{Fib, Part};
use crate::numbers::NumberFormat;
use crate::sprm::Sprms;

const SED_LEN: usize = 12; // bytes
/// All section properties together; honest ones are a few hundred bytes each.
const MAX_PROPERTIES: usize = 1 << 20; // bytes

/// The sections of a file.
#[derive(Debug)]
pub(crate) struct Sections {
    /// Character positions after each section's last character.
    ends: Vec<u32>,
    /// Whether each begins on the page of the one before.
    continuous: Vec<bool>,
    pub(crate) footnotes: Counting,
    pub(crate) endnotes: Counting,
}

/// How the notes of one kind are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Counting {
    pub(crate) format: NumberFormat,
    pub(crate) start: i32,
}

impl Sections {
    pub(crate) fn parse(fib: &Fib<'_>, stream: &[u8], table: &[u8]) -> Self {
        let (footnotes, endnotes) = of_document(fib.slice(table, Part::Dop));
        let plc = fib.slice(table, Part::PlcfSed);
        let places = positions(plc, SED_LEN);
        let mut sections = Self {
            ends: places.iter().copied().skip(1).collect(),
            continuous: Vec::new(),
            footnotes,
            endnotes,
        };
        let mut left = MAX_PROPERTIES;
        for index in 0..sections.ends.len() {
            let place = u32_at(plc, 4 * places.len() + SED_LEN * index + 2).unwrap_or(u32::MAX) as usize;
            let len = u16_at(stream, place).map_or(0, usize::from);
            let list = slice(stream, place.saturating_add(2), len.min(left)).unwrap_or_default();
            left -= list.len();
            sections.add(list);
        }
        sections
    }

    /// Whether a section ends before a position.
    pub(crate) fn end_at(&self, position: u32) -> bool {
        self.ends.binary_search(&position).is_ok()
    }

    /// Whether the section that begins at a position begins on a new page.
    pub(crate) fn page_begins_at(&self, position: u32) -> bool {
        let ended = self.ends.binary_search(&position).ok();
        ended.is_some_and(|index| self.continuous.get(index + 1) == Some(&false))
    }

    fn add(&mut self, list: &[u8]) {
        let mut is_continuous = false;
        for sprm in Sprms::new(list) {
            match sprm.code {
                0x3009 => is_continuous = sprm.byte() == 0,            // sprmSBkc
                0x503F => self.footnotes.start = sprm.word().into(),   // sprmSNFtn
                0x5040 => self.footnotes.format = format(sprm.word()), // sprmSNfcFtnRef
                0x5041 => self.endnotes.start = sprm.word().into(),    // sprmSNEdn
                0x5042 => self.endnotes.format = format(sprm.word()),  // sprmSNfcEdnRef
                _ => {}
            }
        }
        self.continuous.push(is_continuous);
    }
}

/// What the document says (MS-DOC 2.7.2 `DopBase`, 2.7.4 `Dop97`), and Word's own habit without it.
fn of_document(dop: &[u8]) -> (Counting, Counting) {
    let start = |at| u16_at(dop, at).map_or(1, |value| i32::from(value >> 2).max(1));
    let stated = |at, usual| u16_at(dop, at).map_or(usual, format);
    let footnotes = Counting { format: stated(492, NumberFormat::Decimal), start: start(2) };
    let endnotes = Counting { format: stated(494, NumberFormat::LowerRoman), start: start(52) };
    (footnotes, endnotes)
}

fn format(code: u16) -> NumberFormat {
    u8::try_from(code).map_or(NumberFormat::Decimal, NumberFormat::from_nfc)
}
