//! The file information block (MS-DOC 2.5): version, flags, story lengths, where the parts are.

use crate::bytes::{u16_at, u32_at};
use crate::error::Error;
use std::ops::Range;

/// First `nFib` of the Word 97 format; smaller ones are Word 6 and 95.
const WORD_97: u16 = 0x00C0;
const MAGIC: [u16; 5] = [0xA5EC, 0xA5DC, 0xA697, 0xA698, 0xA699];
/// `FibRgFcLcb97` in Word 97 and later: 32 + 2 + 28 + 2 + 88 + 2 (MS-DOC 2.5.1).
const PARTS_97: usize = 154;
/// The same array in Word 6 and 95.
const PARTS_95: usize = 0x58;

/// A part of the table stream, by its index in `FibRgFcLcb97` (MS-DOC 2.5.6).
#[derive(Debug, Clone, Copy)]
pub(crate) enum Part {
    Stshf = 1,
    PlcffndRef = 2,
    PlcffndTxt = 3,
    PlcfandRef = 4,
    PlcfandTxt = 5,
    PlcfSed = 6,
    PlcfHdd = 11,
    PlcfBteChpx = 12,
    PlcfBtePapx = 13,
    SttbfFfn = 15,
    Dop = 31,
    Clx = 33,
    GrpXstAtnOwners = 36,
    PlcSpaMom = 40,
    PlcSpaHdr = 41,
    PlcfendRef = 46,
    PlcfendTxt = 47,
    DggInfo = 50,
    PlcftxbxTxt = 56,
    PlcfHdrtxbxTxt = 58,
    PlfLst = 73,
    PlfLfo = 74,
}

/// The stories, in the order in which their texts follow each other (MS-DOC 2.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Story {
    Main = 0,
    Footnotes = 1,
    Headers = 2,
    Comments = 4,
    Endnotes = 5,
    TextBoxes = 6,
    HeaderTextBoxes = 7,
}

/// What the rest of the reader needs of a FIB.
#[derive(Debug)]
pub(crate) struct Fib<'a> {
    stream: &'a [u8],
    pub(crate) version: u16,
    pub(crate) language: u16,
    pub(crate) text_start: u32,
    pub(crate) text_end: u32,
    flags: u16,
    lengths: [u32; 8],
}

impl<'a> Fib<'a> {
    pub(crate) fn parse(stream: &'a [u8]) -> Result<Self, Error> {
        let damaged = Error::Damaged { what: "FIB", at: 0 };
        let magic = u16_at(stream, 0).ok_or(damaged.clone())?;
        if !MAGIC.contains(&magic) {
            return Err(damaged);
        }
        let version = u16_at(stream, 2).ok_or(damaged.clone())?;
        let first_length = if version < WORD_97 { 0x34 } else { 76 };
        let mut lengths = [0; 8];
        for (index, length) in lengths.iter_mut().enumerate() {
            *length = u32_at(stream, first_length + 4 * index).ok_or(damaged.clone())?;
        }
        Ok(Self {
            stream,
            version,
            language: u16_at(stream, 6).unwrap_or(0),
            text_start: u32_at(stream, 24).unwrap_or(0),
            text_end: u32_at(stream, 28).unwrap_or(0),
            flags: u16_at(stream, 10).unwrap_or(0),
            lengths,
        })
    }

    pub(crate) fn is_old(&self) -> bool {
        self.version < WORD_97
    }

    /// `fComplex`: in Word 6 and 95 only then there is a piece table.
    pub(crate) fn is_complex(&self) -> bool {
        self.flags & 0x0004 != 0
    }

    pub(crate) fn is_encrypted(&self) -> bool {
        self.flags & 0x0100 != 0
    }

    /// `fWhichTblStm`: the name of the table stream.
    pub(crate) fn table_stream(&self) -> &'static str {
        if self.flags & 0x0200 != 0 { "1Table" } else { "0Table" }
    }

    /// `fExtChar`: in Word 6 and 95, two bytes a character.
    pub(crate) fn has_wide_characters(&self) -> bool {
        self.flags & 0x1000 != 0
    }

    /// `fObfuscated`: the encryption is XOR.
    pub(crate) fn is_obfuscated(&self) -> bool {
        self.flags & 0x8000 != 0
    }

    /// Offset and length of a part.
    pub(crate) fn part(&self, part: Part) -> (usize, usize) {
        let base = if self.is_old() { PARTS_95 } else { PARTS_97 };
        let at = base + 8 * part as usize;
        let number = |at| u32_at(self.stream, at).unwrap_or(0) as usize;
        (number(at), number(at + 4))
    }

    /// The bytes of a part in `table`; empty when absent or outside.
    pub(crate) fn slice<'t>(&self, table: &'t [u8], part: Part) -> &'t [u8] {
        let (at, len) = self.part(part);
        crate::bytes::slice(table, at, len).unwrap_or_default()
    }

    /// Characters of all stories together.
    pub(crate) fn text_length(&self) -> u64 {
        self.lengths.iter().map(|&length| u64::from(length)).sum()
    }

    /// A story's character positions, inside the `available` ones.
    pub(crate) fn story(&self, story: Story, available: u32) -> Range<u32> {
        let before = self.lengths.iter().take(story as usize);
        let start = before.fold(0_u32, |sum, &length| sum.saturating_add(length)).min(available);
        let length = self.lengths.get(story as usize).copied().unwrap_or(0);
        start..start.saturating_add(length).min(available)
    }
}
