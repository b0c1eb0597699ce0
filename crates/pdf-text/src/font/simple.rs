//! Type1, TrueType and Type3 fonts: one byte a code (ISO 32000-1 §9.6).

use std::cell::OnceCell;
use std::collections::HashMap;

use lopdf::{Dictionary, Object};

use super::embedded::Program;
use super::glyph_names;
use crate::objects::File;

/// Advance of a standard font without widths: near the mean of Helvetica and Times.
const GUESSED_WIDTH: f32 = 0.5;

pub(crate) struct Simple<'a> {
    /// Points of one em at size 1.
    pub(crate) em: f32,
    first: u32,
    widths: Vec<f32>,
    missing: f32,
    file: &'a File,
    dict: &'a Dictionary,
    /// Read when `ToUnicode` says nothing of a code: browsers make a hundred fonts of which none needs it.
    encoding: OnceCell<Encoding<'a>>,
    program: Program<'a>,
    symbolic: bool,
}

/// Names of glyphs for codes.
#[derive(Default)]
struct Encoding<'a> {
    base: Option<&'a [u8]>,
    differences: HashMap<u8, &'a [u8]>,
}

impl<'a> Simple<'a> {
    pub(crate) fn read(file: &'a File, dict: &'a Dictionary, descriptor: Option<&Dictionary>) -> Self {
        const SYMBOLIC: i64 = 1 << 2; // ISO 32000-1 table 123
        let type3 = file.name(dict, b"Subtype") == Some(b"Type3");
        let unit = if type3 { type3_unit(file, dict) } else { 0.001 };
        let flags = descriptor.and_then(|d| file.number(d, b"Flags")).unwrap_or(0.0) as i64;
        let missing = descriptor.and_then(|d| file.number(d, b"MissingWidth"));
        Self {
            em: if type3 { type3_em(file, dict) } else { 1.0 },
            first: file.number(dict, b"FirstChar").unwrap_or(0.0) as u32,
            widths: file
                .array(dict, b"Widths")
                .unwrap_or_default()
                .iter()
                .take(256)
                .map(|o| file.as_number(o).unwrap_or(0.0) * unit)
                .collect(),
            missing: missing.map_or(GUESSED_WIDTH, |w| w * unit),
            symbolic: flags & SYMBOLIC != 0,
            program: Program::new(file, dict),
            file,
            dict,
            encoding: OnceCell::new(),
        }
    }

    pub(crate) fn advance(&self, code: u32) -> f32 {
        let index = code.checked_sub(self.first).map(|i| i as usize);
        let width = index.and_then(|i| self.widths.get(i)).copied();
        width.unwrap_or(if self.widths.is_empty() { GUESSED_WIDTH } else { self.missing })
    }

    pub(crate) fn text(&self, code: u8) -> Option<String> {
        let embedded = || self.program.get()?.code_text(code);
        let encoding = self.encoding.get_or_init(|| encoding(self.file, self.dict));
        if let Some(name) = encoding.differences.get(&code) {
            return glyph_names::text(name).or_else(embedded).or_else(|| numbered(name, code));
        }
        if let Some(base) = encoding.base {
            return glyph_names::base_encoding(base, code).or_else(embedded);
        }
        if let Some(text) = embedded() {
            return Some(text);
        }
        if self.symbolic && self.program.get().is_some() && !code.is_ascii_graphic() {
            return None;
        }
        glyph_names::base_encoding(b"StandardEncoding", code)
    }
}

/// TeX's bitmap fonts name the glyph of code 97 `a97`, and their letters stand as in ASCII.
fn numbered(name: &[u8], code: u8) -> Option<String> {
    let [letter, digits @ ..] = name else {
        return None;
    };
    let number: u8 = std::str::from_utf8(digits).ok()?.parse().ok()?;
    let is_usual = letter.is_ascii_alphabetic() && number == code && code.is_ascii_graphic();
    is_usual.then(|| char::from(code).to_string())
}

fn encoding<'a>(file: &'a File, dict: &'a Dictionary) -> Encoding<'a> {
    match file.get(dict, b"Encoding") {
        Some(Object::Name(name)) => Encoding { base: Some(name), ..Encoding::default() },
        Some(Object::Dictionary(encoding)) => {
            Encoding { base: file.name(encoding, b"BaseEncoding"), differences: differences(file, encoding) }
        }
        _ => Encoding::default(),
    }
}

fn differences<'a>(file: &'a File, encoding: &'a Dictionary) -> HashMap<u8, &'a [u8]> {
    let mut out = HashMap::new();
    let mut code = 0i64;
    for object in file.array(encoding, b"Differences").unwrap_or_default() {
        match file.resolve(object) {
            Some(Object::Name(name)) => {
                if let Ok(code) = u8::try_from(code) {
                    out.insert(code, name.as_slice());
                }
                code = code.saturating_add(1);
            }
            Some(Object::Integer(start)) => code = *start,
            _ => {}
        }
    }
    out
}

/// Glyph space to text space (§9.6.5).
fn type3_unit(file: &File, dict: &Dictionary) -> f32 {
    let [a, ..] = file.numbers(dict, b"FontMatrix").unwrap_or([0.001, 0.0, 0.0, 0.001, 0.0, 0.0]);
    a.abs()
}

/// Bitmap fonts set one unit to a pixel; there the em is about the height of the font's box.
fn type3_em(file: &File, dict: &Dictionary) -> f32 {
    let [_, _, _, d, ..] = file.numbers(dict, b"FontMatrix").unwrap_or([0.001, 0.0, 0.0, 0.001, 0.0, 0.0]);
    let thousand = d.abs() * 1000.0;
    if (0.3..3.0).contains(&thousand) {
        return 1.0;
    }
    let height = file.rect(dict, b"FontBBox").map_or(0.0, |b| b.height() * d.abs());
    if height.is_finite() && height > 0.01 && height < 1000.0 { height } else { 1.0 }
}
