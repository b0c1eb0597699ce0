//! The piece table (MS-DOC 2.4.1, 2.9.38 `Clx`): from character positions to text and to offsets.

use crate::bytes::{slice, u16_at, u32_at};
use crate::error::{Error, Warning};
use crate::fib::{Fib, Part};
use crate::limits::{Budget, Limits};
use std::ops::Range;

/// 0x80–0x9F of compressed text (MS-DOC 2.9.73 `FcCompressed`), completed from cp1252 where the
/// specification leaves a control character.
const COMPRESSED_HIGH: [u16; 32] = [
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152,
    0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122,
    0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178,
];

/// A stretch of text that is stored in one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Piece {
    /// First character position.
    pub(crate) start: u32,
    /// Character position after the last.
    pub(crate) end: u32,
    /// Offset in the `WordDocument` stream.
    pub(crate) offset: u32,
    /// One byte a character instead of two.
    pub(crate) compressed: bool,
    /// Properties of all its characters (MS-DOC 2.9.209 `Prm`).
    pub(crate) prm: u16,
}

impl Piece {
    fn width(self) -> u32 {
        if self.compressed { 1 } else { 2 }
    }

    /// Where the character `at` is in the stream.
    pub(crate) fn offset_of(self, at: u32) -> u32 {
        self.offset.saturating_add((at - self.start).saturating_mul(self.width()))
    }

    /// The first character position at or after the stream offset `fc`, not beyond the piece.
    pub(crate) fn position_of(self, fc: u32) -> u32 {
        let characters = fc.saturating_sub(self.offset).div_ceil(self.width());
        self.start.saturating_add(characters).min(self.end)
    }
}

/// All pieces and the text that they make.
#[derive(Debug, Default)]
pub(crate) struct Pieces {
    list: Vec<Piece>,
    /// UTF-16 units; the index is the character position.
    pub(crate) units: Vec<u16>,
    /// `Prc` property lists in the table stream, for complex `Prm`s.
    property_lists: Vec<Range<usize>>,
}

impl Pieces {
    /// Reads the `Clx` and the text of all its pieces.
    pub(crate) fn read(
        fib: &Fib<'_>,
        stream: &[u8],
        table: &[u8],
        limits: &Limits,
        budget: &mut Budget,
        warnings: &mut Vec<Warning>,
    ) -> Result<Self, Error> {
        let (at, len) = fib.part(Part::Clx);
        let mut text = Self::default();
        if len == 0 {
            // No Word writes this: the code page of the text is a guess.
            warnings.push(Warning::PartUnreadable { what: "Clx" });
            text.list.push(whole_text(fib));
        } else {
            let clx = slice(table, at, len).ok_or(Error::Damaged { what: "Clx", at: at as u64 })?;
            text.parse_clx(clx, at)?;
        }
        text.load(stream, limits, budget)?;
        text.check_length(fib, warnings)?;
        Ok(text)
    }

    /// The piece that holds a character position.
    pub(crate) fn piece_at(&self, position: u32) -> Option<Piece> {
        let index = self.list.partition_point(|piece| piece.end <= position);
        self.list.get(index).copied().filter(|piece| piece.start <= position)
    }

    /// The property list that a complex `Prm` names.
    pub(crate) fn property_list<'t>(&self, index: usize, table: &'t [u8]) -> Option<&'t [u8]> {
        table.get(self.property_lists.get(index)?.clone())
    }

    fn parse_clx(&mut self, clx: &[u8], base: usize) -> Result<(), Error> {
        let damaged = |at: usize| Error::Damaged { what: "Clx", at: (base + at) as u64 };
        let mut at = 0;
        loop {
            match clx.get(at).ok_or(damaged(at))? {
                1 => {
                    let len = usize::from(u16_at(clx, at + 1).ok_or(damaged(at))?);
                    slice(clx, at + 3, len).ok_or(damaged(at))?;
                    self.property_lists.push(base + at + 3..base + at + 3 + len);
                    at += 3 + len;
                }
                2 => {
                    let len = u32_at(clx, at + 1).ok_or(damaged(at))? as usize;
                    let plc = slice(clx, at + 5, len).ok_or(damaged(at))?;
                    return self.parse_pieces(plc).ok_or(damaged(at));
                }
                _ => return Err(damaged(at)),
            }
        }
    }

    /// `PlcPcd` (MS-DOC 2.8.35): n + 1 positions, then n descriptors of 8 bytes.
    fn parse_pieces(&mut self, plc: &[u8]) -> Option<()> {
        let count = plc.len().checked_sub(4)? / 12;
        if u32_at(plc, 0)? != 0 {
            return None;
        }
        for index in 0..count {
            let (start, end) = (u32_at(plc, 4 * index)?, u32_at(plc, 4 * index + 4)?);
            let descriptor = 4 * (count + 1) + 8 * index;
            let fc = u32_at(plc, descriptor + 2)?;
            if end < start {
                return None;
            }
            let compressed = fc & 0x4000_0000 != 0;
            let offset = fc & 0x3FFF_FFFF;
            let prm = u16_at(plc, descriptor + 6)?;
            let offset = if compressed { offset / 2 } else { offset };
            // An empty piece would end the search for a position too early.
            if end > start {
                self.list.push(Piece { start, end, offset, compressed, prm });
            }
        }
        Some(())
    }

    /// Fills `units`; stops where a piece is outside the stream.
    fn load(&mut self, stream: &[u8], limits: &Limits, budget: &mut Budget) -> Result<(), Error> {
        let limit = stream.len().saturating_mul(limits.piece_factor);
        let mut bytes_used = 0_usize;
        for index in 0..self.list.len() {
            let Some(&piece) = self.list.get(index) else {
                break;
            };
            let wanted = (piece.end - piece.start) as usize * piece.width() as usize;
            let rest = stream.get(piece.offset as usize..).unwrap_or_default();
            let bytes = rest.get(..wanted).unwrap_or(rest);
            bytes_used = bytes_used.saturating_add(bytes.len());
            if bytes_used > limit {
                return Err(Error::LimitExceeded { what: "bytes of text pieces", limit });
            }
            let before = self.units.len();
            if piece.compressed {
                budget.spend(2 * bytes.len())?;
                self.units.extend(bytes.iter().map(|&byte| decompress(byte)));
            } else {
                budget.spend(bytes.len())?;
                self.units.extend(bytes.chunks_exact(2).filter_map(|pair| u16_at(pair, 0)));
            }
            if bytes.len() < wanted {
                self.cut(index, (self.units.len() - before) as u32);
                break;
            }
        }
        Ok(())
    }

    /// Shortens the piece `index` to `length` characters and forgets the pieces after it.
    fn cut(&mut self, index: usize, length: u32) {
        self.list.truncate(index + 1);
        if let Some(piece) = self.list.get_mut(index) {
            piece.end = piece.start + length;
        }
    }

    fn check_length(&self, fib: &Fib<'_>, warnings: &mut Vec<Warning>) -> Result<(), Error> {
        let (declared, found) = (fib.text_length(), self.units.len() as u64);
        if declared > 0 && found == 0 {
            return Err(Error::Damaged { what: "body-text", at: u64::from(fib.text_start) });
        }
        if found < declared {
            warnings.push(Warning::TextCut { declared, found });
        }
        Ok(())
    }
}

/// Without a `Clx` the text is in one place (as some writers of Word 97 files leave it).
fn whole_text(fib: &Fib<'_>) -> Piece {
    let end = u32::try_from(fib.text_length()).unwrap_or(u32::MAX);
    let bytes = u64::from(fib.text_end.saturating_sub(fib.text_start));
    let compressed = bytes < 2 * u64::from(end);
    Piece { start: 0, end, offset: fib.text_start, compressed, prm: 0 }
}

fn decompress(byte: u8) -> u16 {
    let high = byte.checked_sub(0x80).and_then(|index| COMPRESSED_HIGH.get(usize::from(index)));
    high.copied().unwrap_or(u16::from(byte))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a panic is how a test fails")]
mod tests {
    use super::*;

    #[test]
    fn compressed_bytes_follow_words_table() {
        let text: Vec<u16> = [0x41, 0x85, 0x93, 0xB7, 0xE9].map(decompress).to_vec();
        assert_eq!(String::from_utf16(&text).unwrap(), "A…“·é");
    }

    #[test]
    fn positions_and_offsets_are_inverse() {
        let piece = Piece { start: 10, end: 20, offset: 1000, compressed: false, prm: 0 };
        assert_eq!(piece.offset_of(12), 1004);
        assert_eq!(piece.position_of(1004), 12);
        assert_eq!(piece.position_of(1005), 13);
        assert_eq!(piece.position_of(9999), 20);
    }
}
