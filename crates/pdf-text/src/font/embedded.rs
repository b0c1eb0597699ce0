//! The embedded font program as the last source of Unicode: its cmap, charset or glyph names.

use std::cell::OnceCell;
use std::collections::HashMap;

use lopdf::{Dictionary, Object};
use ttf_parser::{Face, GlyphId, cff};

use super::glyph_names;
use crate::objects::File;

/// Glyphs of a font, numbered by two bytes.
const GLYPHS: usize = 1 << 16;

/// Tables of one font that are asked: more than real fonts have.
const SUBTABLES: usize = 4;

/// Characters that fonts are asked for: the planes with letters and the first private use area.
const LETTERS: std::ops::RangeInclusive<char> = '\0'..='\u{323AF}';

/// A font program that is decoded when the other sources have failed: most never are.
pub(crate) struct Program<'a> {
    file: &'a File,
    font: &'a Dictionary,
    read: OnceCell<Option<Embedded>>,
}

impl<'a> Program<'a> {
    /// Of a CID font or simple font dictionary.
    pub(crate) fn new(file: &'a File, font: &'a Dictionary) -> Self {
        Self { file, font, read: OnceCell::new() }
    }

    pub(crate) fn get(&self) -> Option<&Embedded> {
        self.read.get_or_init(|| Embedded::read(self.file, self.font)).as_ref()
    }
}

/// Glyph to text, and for simple fonts code to glyph.
pub(crate) struct Embedded {
    by_glyph: HashMap<u16, String>,
    by_code: HashMap<u8, String>,
    cid_to_gid: Option<Vec<u8>>,
}

impl Embedded {
    fn read(file: &File, font: &Dictionary) -> Option<Self> {
        let descriptor = file.dict(font, b"FontDescriptor")?;
        let mut out = Self { by_glyph: HashMap::new(), by_code: HashMap::new(), cid_to_gid: None };
        if let Some(Object::Stream(map)) = file.get(font, b"CIDToGIDMap") {
            out.cid_to_gid = file.decode(map).map(|mut map| {
                map.truncate(GLYPHS * 2);
                map
            });
        }
        if let Some(program) = file.stream(descriptor, b"FontFile2") {
            out.add_truetype(&file.decode(program)?);
        } else if let Some(program) = file.stream(descriptor, b"FontFile3") {
            let data = file.decode(program)?;
            out.add_cff(&data);
            out.add_truetype(&data);
        } else if let Some(program) = file.stream(descriptor, b"FontFile") {
            out.add_type1(&file.decode(program)?);
        }
        Some(out)
    }

    fn add_truetype(&mut self, data: &[u8]) {
        let Ok(face) = Face::parse(data, 0) else {
            return;
        };
        let tables = face.tables().cmap.into_iter().flat_map(|cmap| cmap.subtables);
        for table in tables.filter(ttf_parser::cmap::Subtable::is_unicode).take(SUBTABLES) {
            // The ranges that a table lists may overlap or span 2^32 codes; asking is bounded.
            for c in LETTERS.filter(|c| !c.is_control()) {
                if let Some(glyph) = table.glyph_index(u32::from(c)) {
                    self.by_glyph.entry(glyph.0).or_insert_with(|| c.to_string());
                }
            }
        }
        self.add_symbol_codes(&face);
    }

    /// A symbolic TrueType font maps 0xF000 + code, or the bare code (ISO 32000-1 §9.6.6.4).
    fn add_symbol_codes(&mut self, face: &Face) {
        for table in face.tables().cmap.into_iter().flat_map(|cmap| cmap.subtables).take(SUBTABLES) {
            for code in 0..=255u8 {
                let high = table.glyph_index(0xF000 + u32::from(code));
                let Some(glyph) = high.or_else(|| table.glyph_index(u32::from(code))) else {
                    continue;
                };
                let text = self.by_glyph.get(&glyph.0).cloned();
                let text = text.or_else(|| glyph_names::text(face.glyph_name(glyph)?.as_bytes()));
                if let Some(text) = text {
                    self.by_code.entry(code).or_insert(text);
                }
            }
        }
    }

    fn add_cff(&mut self, data: &[u8]) {
        let Some(table) = cff::Table::parse(data) else {
            return;
        };
        for glyph in (0..table.number_of_glyphs()).map(GlyphId) {
            let name = table.glyph_name(glyph).map(str::as_bytes);
            if let Some(text) = name.and_then(glyph_names::text) {
                self.by_glyph.insert(glyph.0, text);
            }
        }
        for code in 0..=255u8 {
            let glyph = table.glyph_index(code);
            if let Some(text) = glyph.and_then(|g| self.by_glyph.get(&g.0)) {
                self.by_code.insert(code, text.clone());
            }
        }
    }

    /// The clear part of a Type 1 program lists its encoding as `dup 65 /A put`.
    fn add_type1(&mut self, data: &[u8]) {
        let end = data.windows(5).position(|w| w == b"eexec").unwrap_or(data.len());
        let words: Vec<&[u8]> =
            data[..end].split(u8::is_ascii_whitespace).filter(|w| !w.is_empty()).collect();
        for window in words.windows(3) {
            let (b"dup", [b'/', name @ ..]) = (window[0], window[2]) else {
                continue;
            };
            let code = std::str::from_utf8(window[1]).ok().and_then(|w| w.parse().ok());
            if let (Some(code), Some(text)) = (code, glyph_names::text(name)) {
                self.by_code.insert(code, text);
            }
        }
    }

    pub(crate) fn cid_text(&self, cid: u32) -> Option<String> {
        let cid = usize::try_from(cid).ok()?;
        let glyph = match &self.cid_to_gid {
            Some(map) => u16::from_be_bytes([*map.get(cid * 2)?, *map.get(cid * 2 + 1)?]),
            None => u16::try_from(cid).ok()?,
        };
        self.by_glyph.get(&glyph).cloned()
    }

    pub(crate) fn code_text(&self, code: u8) -> Option<String> {
        self.by_code.get(&code).cloned()
    }
}
