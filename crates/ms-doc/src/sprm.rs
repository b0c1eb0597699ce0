//! Property modifiers (MS-DOC 2.6): a list of codes with operands, read one by one.

use crate::bytes::{i16_at, i32_at, u8_at, u16_at};

/// Longest list that is read. Word's own are a few hundred bytes; the bound keeps a hostile file
/// from making every run cost a long list.
const MAX_LIST: usize = 32 << 10; // bytes

/// `sprmPChgTabs`, whose length byte may be 255 for "see inside".
const P_CHG_TABS: u16 = 0xC615;
/// `sprmTDefTable` and its Word 6 form have a length of two bytes.
const T_DEF_TABLE: u16 = 0xD608;
const T_DEF_TABLE_10: u16 = 0xD606;

/// One modifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sprm<'a> {
    pub(crate) code: u16,
    pub(crate) operand: &'a [u8],
}

impl Sprm<'_> {
    pub(crate) fn byte(self) -> u8 {
        u8_at(self.operand, 0).unwrap_or(0)
    }

    pub(crate) fn word(self) -> u16 {
        u16_at(self.operand, 0).unwrap_or(0)
    }

    pub(crate) fn signed(self) -> i16 {
        i16_at(self.operand, 0).unwrap_or(0)
    }

    pub(crate) fn long(self) -> i32 {
        i32_at(self.operand, 0).unwrap_or(0)
    }

    pub(crate) fn is_on(self) -> bool {
        self.byte() != 0
    }
}

/// The modifiers of a `grpprl`; ends at the first one that is cut.
#[derive(Debug, Clone)]
pub(crate) struct Sprms<'a> {
    rest: &'a [u8],
}

impl<'a> Sprms<'a> {
    pub(crate) fn new(list: &'a [u8]) -> Self {
        Self { rest: list.get(..MAX_LIST).unwrap_or(list) }
    }
}

impl<'a> Iterator for Sprms<'a> {
    type Item = Sprm<'a>;

    fn next(&mut self) -> Option<Sprm<'a>> {
        let code = u16_at(self.rest, 0)?;
        let body = self.rest.get(2..)?;
        let (prefix, len) = operand_len(code, body)?;
        let operand = body.get(prefix..prefix.checked_add(len)?)?;
        self.rest = body.get(prefix + len..).unwrap_or_default();
        Some(Sprm { code, operand })
    }
}

/// Bytes before the operand and of the operand (MS-DOC 2.6.1, `spra`).
fn operand_len(code: u16, body: &[u8]) -> Option<(usize, usize)> {
    let fixed = match code >> 13 {
        0 | 1 => 1,
        2 | 4 | 5 => 2,
        7 => 3,
        3 => 4,
        _ => return variable_len(code, body),
    };
    Some((0, fixed))
}

fn variable_len(code: u16, body: &[u8]) -> Option<(usize, usize)> {
    if matches!(code, T_DEF_TABLE | T_DEF_TABLE_10) {
        // The count includes one byte of itself.
        let len = usize::from(u16_at(body, 0)?).checked_sub(1)?;
        return Some((2, len));
    }
    let len = usize::from(u8_at(body, 0)?);
    if code != P_CHG_TABS || len != 255 {
        return Some((1, len));
    }
    let deleted = usize::from(u8_at(body, 1)?);
    let added = usize::from(u8_at(body, 2 + 4 * deleted)?);
    Some((1, 2 + 4 * deleted + 3 * added))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operands_have_their_length() {
        let list = [0x35, 0x08, 1, 0x43, 0x4A, 32, 0, 0x08, 0xD6, 3, 0, 7, 8, 0x61, 0x24, 2];
        let found: Vec<(u16, usize)> =
            Sprms::new(&list).map(|sprm| (sprm.code, sprm.operand.len())).collect();
        assert_eq!(found, [(0x0835, 1), (0x4A43, 2), (0xD608, 2), (0x2461, 1)]);
    }

    #[test]
    fn a_cut_modifier_ends_the_list() {
        assert_eq!(Sprms::new(&[0x35, 0x08]).count(), 0);
        assert_eq!(Sprms::new(&[0x3E, 0xC6, 200, 1]).count(), 0);
    }
}
