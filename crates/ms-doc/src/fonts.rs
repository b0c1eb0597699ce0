//! The font table (MS-DOC 2.9.286 `SttbfFfn`).

use crate::bytes::{slice, u8_at, u16_at};
use std::sync::Arc;

/// A font.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Font {
    pub(crate) name: Arc<str>,
    /// Windows character set, such as 134 for GBK.
    pub(crate) charset: u8,
}

/// All fonts, by `ftc`.
#[derive(Debug, Default)]
pub(crate) struct Fonts {
    fonts: Vec<Font>,
}

impl Fonts {
    /// The table of Word 97 and later: names in UTF-16.
    pub(crate) fn parse(table: &[u8]) -> Self {
        let count = u16_at(table, 0).map_or(0, usize::from);
        Self { fonts: entries(table, 4, count, 40, utf16_name) }
    }

    /// The table of Word 6 and 95: the length first, names in 8-bit characters.
    pub(crate) fn parse_old(table: &[u8]) -> Self {
        Self { fonts: entries(table, 2, usize::from(u16::MAX), 6, byte_name) }
    }

    pub(crate) fn get(&self, index: u16) -> Option<&Font> {
        self.fonts.get(usize::from(index))
    }

    pub(crate) fn charsets(&self) -> impl Iterator<Item = u8> {
        self.fonts.iter().map(|font| font.charset)
    }
}

/// `FFN` (MS-DOC 2.9.84): length, family, weight, character set, then the name at `name_at`.
fn entries(
    table: &[u8],
    mut at: usize,
    count: usize,
    name_at: usize,
    name: fn(&[u8]) -> String,
) -> Vec<Font> {
    let mut fonts = Vec::new();
    while fonts.len() < count {
        let Some(len) = u8_at(table, at).map(|len| usize::from(len) + 1) else {
            break;
        };
        let entry = slice(table, at, len).unwrap_or_default();
        fonts.push(Font {
            name: Arc::from(name(entry.get(name_at..).unwrap_or_default())),
            charset: u8_at(entry, 4).unwrap_or(0),
        });
        at += len;
    }
    fonts
}

fn utf16_name(bytes: &[u8]) -> String {
    let units = bytes.chunks_exact(2).filter_map(|pair| u16_at(pair, 0));
    char::decode_utf16(units.take_while(|&unit| unit != 0))
        .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}

fn byte_name(bytes: &[u8]) -> String {
    let end = bytes.iter().position(|&byte| byte == 0).unwrap_or(bytes.len());
    encoding_rs::GBK.decode(bytes.get(..end).unwrap_or(bytes)).0.into_owned()
}
