//! List definitions (MS-DOC 2.9.131 `LSTF`, 2.9.150 `LVL`, 2.9.132 `LFO`), as stored.

use crate::bytes::{i32_at, slice, u8_at, u16_at, u32_at};
use crate::fib::{Fib, Part};
use crate::properties::{Character, Paragraph};
use std::collections::HashMap;

/// Levels of a list.
pub(crate) const LEVELS: usize = 9;
const LSTF_LEN: usize = 28; // bytes
const LVLF_LEN: usize = 28; // bytes
const LFO_LEN: usize = 16; // bytes
/// Word itself stops at 2,047 references; a bound for what a hostile table can allocate.
const MAX_LISTS: usize = 8192;

/// All lists and the references to them.
#[derive(Debug, Default)]
pub(crate) struct Lists {
    lists: HashMap<i32, Vec<Level>>,
    references: Vec<Reference>,
}

/// What a paragraph's `ilfo` names: a list, perhaps with levels of its own.
#[derive(Debug, Default)]
pub(crate) struct Reference {
    pub(crate) list: i32,
    /// A new start for a level.
    pub(crate) starts: [Option<i32>; LEVELS],
    levels: [Option<Box<Level>>; LEVELS],
}

/// One level of a list.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Level {
    pub(crate) start: i32,
    pub(crate) format: u8,
    /// `fLegal`: all numbers in Arabic digits.
    pub(crate) is_legal: bool,
    /// The level above which (exclusive) this one restarts; `None` for any.
    pub(crate) restarts_after: Option<u8>,
    pub(crate) text: Vec<Piece>,
    /// The font of the number, for bullets.
    pub(crate) font: u16,
    pub(crate) is_hidden: bool,
    pub(crate) paragraph_list: Vec<u8>,
}

/// A piece of a number's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Piece {
    /// The number of a level.
    Number(u8),
    /// A UTF-16 unit.
    Unit(u16),
}

impl Lists {
    pub(crate) fn parse(fib: &Fib<'_>, table: &[u8]) -> Self {
        let (at, len) = fib.part(Part::PlfLst);
        let mut lists = Self::default();
        if len > 0 {
            // The levels follow the array and are not counted in its length (MS-DOC 2.9.191).
            lists.parse_lists(table.get(at..).unwrap_or_default());
        }
        lists.parse_references(fib.slice(table, Part::PlfLfo));
        lists
    }

    /// The reference that a paragraph names, from 1.
    pub(crate) fn reference(&self, index: usize) -> Option<&Reference> {
        self.references.get(index.checked_sub(1)?)
    }

    /// A level of a reference: its own, else the list's.
    pub(crate) fn level<'l>(&'l self, reference: &'l Reference, level: usize) -> Option<&'l Level> {
        let own = reference.levels.get(level)?.as_deref();
        own.or_else(|| self.lists.get(&reference.list)?.get(level))
    }

    /// The level that a paragraph is at.
    pub(crate) fn level_of(&self, paragraph: &Paragraph) -> Option<&Level> {
        let (index, _) = paragraph.list()?;
        self.level(self.reference(index)?, usize::from(paragraph.level))
    }

    fn parse_lists(&mut self, data: &[u8]) -> Option<()> {
        let count = usize::from(u16_at(data, 0)?).min(MAX_LISTS);
        let mut at = 2 + count * LSTF_LEN;
        for index in 0..count {
            let entry = slice(data, 2 + index * LSTF_LEN, LSTF_LEN)?;
            let is_simple = u8_at(entry, 26)? & 1 != 0;
            let mut levels = Vec::new();
            for _ in 0..if is_simple { 1 } else { LEVELS } {
                let (level, len) = Level::parse(data.get(at..)?)?;
                levels.push(level);
                at += len;
            }
            self.lists.insert(i32_at(entry, 0)?, levels);
        }
        Some(())
    }

    fn parse_references(&mut self, data: &[u8]) -> Option<()> {
        let count = (u32_at(data, 0)? as usize).min(MAX_LISTS).min(data.len() / LFO_LEN);
        let mut at = 4 + count * LFO_LEN;
        for index in 0..count {
            let entry = slice(data, 4 + index * LFO_LEN, LFO_LEN)?;
            self.references.push(Reference { list: i32_at(entry, 0)?, ..Reference::default() });
        }
        for index in 0..count {
            let overrides = u8_at(data, 4 + index * LFO_LEN + 12)?;
            at += 4; // LFOData.cp, unused
            for _ in 0..overrides {
                at += self.references.get_mut(index)?.parse_override(data.get(at..)?)?;
            }
        }
        Some(())
    }
}

impl Reference {
    /// `LFOLVL` (MS-DOC 2.9.133); gives its length.
    fn parse_override(&mut self, data: &[u8]) -> Option<usize> {
        let start = i32_at(data, 0)?;
        let flags = u32_at(data, 4)?;
        let level = (flags & 0xF) as usize;
        if flags & 0x10 != 0 {
            *self.starts.get_mut(level)? = Some(start);
        }
        if flags & 0x20 == 0 {
            return Some(8);
        }
        let (own, len) = Level::parse(data.get(8..)?)?;
        if flags & 0x10 != 0 {
            *self.starts.get_mut(level)? = Some(own.start);
        }
        *self.levels.get_mut(level)? = Some(Box::new(own));
        Some(8 + len)
    }
}

impl Level {
    /// Gives the level and its length.
    fn parse(data: &[u8]) -> Option<(Self, usize)> {
        let flags = u8_at(data, 5)?;
        let places = slice(data, 6, LEVELS)?;
        let chpx_len = usize::from(u8_at(data, 24)?);
        let papx_len = usize::from(u8_at(data, 25)?);
        let paragraph_list = slice(data, LVLF_LEN, papx_len)?.to_vec();
        let character_list = slice(data, LVLF_LEN + papx_len, chpx_len)?;
        let text_at = LVLF_LEN + papx_len + chpx_len;
        let text_len = usize::from(u16_at(data, text_at)?);
        let text = slice(data, text_at + 2, 2 * text_len)?;
        let mut character = Character::default();
        character.apply(character_list, &Character::default());
        let level = Self {
            start: i32_at(data, 0)?,
            format: u8_at(data, 4)?,
            is_legal: flags & 0x04 != 0,
            restarts_after: (flags & 0x08 != 0).then(|| u8_at(data, 26)).flatten(),
            text: number_text(text, places),
            font: character.fonts[0],
            is_hidden: character.hidden,
            paragraph_list,
        };
        Some((level, text_at + 2 + 2 * text_len))
    }
}

/// The text of a number; `places` are the positions, from 1, that stand for a level's number.
fn number_text(text: &[u8], places: &[u8]) -> Vec<Piece> {
    let units = text.chunks_exact(2).filter_map(|pair| u16_at(pair, 0));
    let piece = |(index, unit): (usize, u16)| {
        let is_place = places.iter().any(|&place| usize::from(place) == index + 1);
        if is_place && usize::from(unit) < LEVELS { Piece::Number(unit as u8) } else { Piece::Unit(unit) }
    };
    units.enumerate().map(piece).collect()
}
