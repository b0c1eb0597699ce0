//! Character and paragraph properties, and what each modifier does to them (MS-DOC 2.6.1, 2.6.2).

use crate::document::{Alignment, Indents};
use crate::sprm::{Sprm, Sprms};

/// "No list": legacy numbering only (MS-DOC 2.6.2, `sprmPIlfo`).
const LEGACY_LIST: u16 = 0x07FF;
const BODY_TEXT: u8 = 9; // outline level, MS-DOC 2.6.2 `sprmPOutLvl`

/// Character properties.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Character {
    pub(crate) bold: bool,
    pub(crate) italic: bool,
    pub(crate) strike: bool,
    pub(crate) hidden: bool,
    pub(crate) always_hidden: bool,
    pub(crate) deleted: bool,
    pub(crate) inserted: bool,
    /// `fSpec`: the character stands for something.
    pub(crate) special: bool,
    /// The data belongs to a field or an object; its picture is not one of the page.
    pub(crate) is_data: bool,
    pub(crate) size: u16,
    /// Fonts for ASCII, East Asian and other text.
    pub(crate) fonts: [u16; 3],
    /// Font and code of a `sprmCSymbol`.
    pub(crate) symbol: Option<(u16, u16)>,
    /// Offset of a picture in the `Data` stream.
    pub(crate) picture: Option<u32>,
}

impl Default for Character {
    fn default() -> Self {
        Self {
            bold: false,
            italic: false,
            strike: false,
            hidden: false,
            always_hidden: false,
            deleted: false,
            inserted: false,
            special: false,
            is_data: false,
            size: 20, // half-points, MS-DOC 2.6.1 `sprmCHps`
            fonts: [0; 3],
            symbol: None,
            picture: None,
        }
    }
}

impl Character {
    /// Applies a list; `style` is what a toggle of 0x80 or 0x81 refers to.
    pub(crate) fn apply(&mut self, list: &[u8], style: &Self) {
        for sprm in Sprms::new(list) {
            self.apply_one(sprm, style);
        }
    }

    fn apply_one(&mut self, sprm: Sprm<'_>, style: &Self) {
        match sprm.code {
            0x0800 => self.deleted = sprm.is_on(),          // sprmCFRMarkDel
            0x0801 => self.inserted = sprm.is_on(),         // sprmCFRMark
            0x0806 | 0x080A => self.is_data = sprm.is_on(), // sprmCFData, sprmCFOle2
            0x0818 => self.always_hidden = sprm.is_on(),    // sprmCFSpecVanish
            0x0835 => self.bold = toggle(sprm, style.bold),
            0x0836 => self.italic = toggle(sprm, style.italic),
            0x0837 => self.strike = toggle(sprm, style.strike),
            0x083C => self.hidden = toggle(sprm, style.hidden), // sprmCFVanish
            0x0855 => self.special = sprm.is_on(),              // sprmCFSpec
            0x6A03 => {
                // sprmCPicLocation
                self.special = true;
                self.picture = Some(sprm.long() as u32);
            }
            0x4A43 => self.size = sprm.word(), // sprmCHps
            0x4A4F => self.set_font(0, sprm),
            0x4A50 => self.set_font(1, sprm),
            0x4A51 => self.set_font(2, sprm),
            0x6A09 => self.set_symbol(sprm), // sprmCSymbol
            0x2A33 => *self = Self { special: self.special, ..*style }, // sprmCPlain
            _ => {}
        }
    }

    fn set_font(&mut self, script: usize, sprm: Sprm<'_>) {
        if let Some(font) = self.fonts.get_mut(script) {
            *font = sprm.word();
        }
    }

    fn set_symbol(&mut self, sprm: Sprm<'_>) {
        let code = crate::bytes::u16_at(sprm.operand, 2).unwrap_or(0);
        self.symbol = Some((sprm.word(), code));
        self.special = true;
    }
}

/// `ToggleOperand` (MS-DOC 2.9.327).
fn toggle(sprm: Sprm<'_>, style: bool) -> bool {
    match sprm.byte() {
        0x80 => style,
        0x81 => !style,
        value => value != 0,
    }
}

/// The character style that a list asks for (`sprmCIstd`); the last one counts.
pub(crate) fn character_style(list: &[u8]) -> Option<u16> {
    Sprms::new(list).filter(|sprm| sprm.code == 0x4A30).map(Sprm::word).last()
}

/// Paragraph properties.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Paragraph {
    pub(crate) style: u16,
    /// Level in the list, 0–8.
    pub(crate) level: u8,
    /// `ilfo` as stored; see [`Paragraph::list`].
    pub(crate) list: u16,
    pub(crate) alignment: Alignment,
    pub(crate) indents: Indents,
    /// 0–8, or 9 for body text.
    pub(crate) outline: u8,
    /// The depth of the table that the paragraph is in; 0 outside.
    pub(crate) depth: u32,
    pub(crate) is_in_table: bool,
    pub(crate) breaks_before: bool,
    /// The mark ends a row of the outermost table.
    pub(crate) ends_row: bool,
    /// The mark ends a cell of a nested table.
    pub(crate) ends_inner_cell: bool,
    /// The mark ends a row of a nested table.
    pub(crate) ends_inner_row: bool,
    /// Offset of more modifiers in the `Data` stream.
    pub(crate) more: Option<u32>,
}

impl Default for Paragraph {
    fn default() -> Self {
        Self {
            style: 0,
            level: 0,
            list: 0,
            alignment: Alignment::Left,
            indents: Indents::default(),
            outline: BODY_TEXT,
            depth: 0,
            is_in_table: false,
            breaks_before: false,
            ends_row: false,
            ends_inner_cell: false,
            ends_inner_row: false,
            more: None,
        }
    }
}

impl Paragraph {
    pub(crate) fn apply(&mut self, list: &[u8]) {
        for sprm in Sprms::new(list) {
            self.apply_one(sprm);
        }
    }

    /// The list that numbers the paragraph, from 1, and whether its number is shown.
    /// A negative index keeps the place in the list without a number (MS-DOC 2.6.2 `sprmPIlfo`).
    pub(crate) fn list(&self) -> Option<(usize, bool)> {
        match self.list {
            0 | LEGACY_LIST | 0xF801 => None,
            1..LEGACY_LIST => Some((usize::from(self.list), true)),
            negative => Some((usize::from(negative.wrapping_neg()), false)),
        }
    }

    pub(crate) fn table_depth(&self) -> u32 {
        if self.is_in_table { self.depth.max(1) } else { self.depth }
    }

    fn apply_one(&mut self, sprm: Sprm<'_>) {
        match sprm.code {
            0x260A => self.level = sprm.byte().min(8), // sprmPIlvl
            0x460B => self.list = sprm.word(),         // sprmPIlfo
            0x2640 => self.outline = sprm.byte(),      // sprmPOutLvl
            0x2403 | 0x2461 => self.alignment = alignment(sprm.byte()), // sprmPJc80, sprmPJc
            0x840E | 0x845D => self.indents.right = sprm.signed().into(),
            0x840F | 0x845E => self.indents.left = sprm.signed().into(),
            0x8411 | 0x8460 => self.indents.first_line = sprm.signed().into(),
            0x4457 => self.indents.first_line_chars = Some(sprm.signed()), // sprmPDxcLeft1
            0x2416 => self.is_in_table = sprm.is_on(),                     // sprmPFInTable
            0x2407 => self.breaks_before = sprm.is_on(),                   // sprmPFPageBreakBefore
            0x2417 => self.ends_row = sprm.is_on(),                        // sprmPFTtp
            0x244B => self.ends_inner_cell = sprm.is_on(),
            0x244C => self.ends_inner_row = sprm.is_on(),
            0x6649 => self.depth = sprm.long().max(0) as u32, // sprmPItap
            0x664A => self.depth = self.depth.saturating_add_signed(sprm.long()), // sprmPDtap
            0x6645 | 0x6646 | 0x646B => self.more = Some(sprm.long() as u32), // huge lists
            _ => {}
        }
    }
}

/// Whether a list puts its paragraph into a numbering list.
pub(crate) fn sets_list(list: &[u8]) -> bool {
    Sprms::new(list).any(|sprm| matches!(sprm.code, 0x460B | 0x260A))
}

fn alignment(value: u8) -> Alignment {
    match value {
        1 => Alignment::Center,
        2 => Alignment::Right,
        4 => Alignment::Distribute,
        // 5–9 are Kashida and Thai justification.
        3 | 5..=9 => Alignment::Justify,
        _ => Alignment::Left,
    }
}

/// A one-byte `Prm0` (MS-DOC 2.9.210) as an ordinary list; empty for what does not matter here.
pub(crate) fn short_modifier(prm: u16) -> [u8; 3] {
    let code: u16 = match (prm >> 1) & 0x7F {
        0x05 => 0x2403,
        0x0C => 0x260A,
        0x18 => 0x2416,
        0x19 => 0x2417,
        0x41 => 0x0800,
        0x42 => 0x0801,
        0x55 => 0x0835,
        0x56 => 0x0836,
        0x57 => 0x0837,
        0x5C => 0x083C,
        0x75 => 0x0855,
        _ => 0,
    };
    let [low, high] = code.to_le_bytes();
    [low, high, (prm >> 8) as u8]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn toggles_refer_to_the_style() {
        let style = Character { bold: true, ..Character::default() };
        let mut run = style;
        run.apply(&[0x35, 0x08, 0x81], &style);
        assert!(!run.bold);
        run.apply(&[0x35, 0x08, 0x80], &style);
        assert!(run.bold);
    }

    #[test]
    fn negative_lists_hide_their_number() {
        let with = |list| Paragraph { list, ..Paragraph::default() }.list();
        assert_eq!(with(3), Some((3, true)));
        assert_eq!(with(0xFFFD), Some((3, false)));
        assert_eq!(with(0x07FF), None);
    }

    #[test]
    fn a_short_modifier_is_a_list() {
        let mut run = Character::default();
        run.apply(&short_modifier(0x0100 | 0x41 << 1), &Character::default());
        assert!(run.deleted);
    }
}
