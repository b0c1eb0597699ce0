//! Fonts: string bytes to codes, codes to Unicode and to widths.

mod cmap;
mod composite;
mod embedded;
mod glyph_names;
mod predefined;
mod ranges;
mod simple;

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use lopdf::Dictionary;

use crate::objects::File;
use crate::unicode;
use cmap::CMap;
use composite::Composite;
use simple::Simple;

/// Decoded text of one code: `None` when there is no Unicode value for it.
pub(crate) type Text = Option<Rc<str>>;

/// What drawing one code means.
#[derive(Debug, Clone)]
pub(crate) struct Decoded {
    pub(crate) text: Text,
    /// Advance in em, along the writing direction.
    pub(crate) advance: f32,
}

pub(crate) struct Font<'a> {
    pub(crate) name: Rc<str>,
    pub(crate) bold: bool,
    pub(crate) vertical: bool,
    /// Points of one em at size 1: not 1 for some Type3 fonts.
    pub(crate) em: f32,
    is_missing: bool,
    kind: Kind<'a>,
    to_unicode: Option<CMap>,
    seen: RefCell<HashMap<(u32, u8), Decoded>>,
}

enum Kind<'a> {
    Composite(Box<Composite<'a>>),
    Simple(Box<Simple<'a>>),
}

impl<'a> Font<'a> {
    pub(crate) fn read(file: &'a File, dict: &'a Dictionary) -> Self {
        let composite = file.name(dict, b"Subtype") == Some(b"Type0");
        let descendant = composite.then(|| composite::descendant(file, dict)).flatten();
        let descriptor = file.dict(descendant.unwrap_or(dict), b"FontDescriptor");
        let raw_name = file.name(dict, b"BaseFont").or_else(|| file.name(dict, b"Name"));
        let name = display_name(raw_name.unwrap_or_default());
        let kind = if composite {
            Kind::Composite(Box::new(Composite::read(file, dict, descendant)))
        } else {
            Kind::Simple(Box::new(Simple::read(file, dict, descriptor)))
        };
        let (vertical, em) = match &kind {
            Kind::Composite(font) => (font.vertical(), 1.0),
            Kind::Simple(font) => (false, font.em),
        };
        Self {
            bold: is_bold(file, &name, descriptor),
            name: name.into(),
            vertical,
            em,
            is_missing: false,
            kind,
            to_unicode: read_to_unicode(file, dict),
            seen: RefCell::default(),
        }
    }

    /// A font that knows no character.
    pub(crate) fn missing(file: &'a File) -> Self {
        Self { is_missing: true, ..Self::read(file, &file.nothing) }
    }

    /// Calls `each` with (code, byte length, meaning) for every code of a shown string.
    pub(crate) fn decode(&self, bytes: &[u8], mut each: impl FnMut(u32, u8, &Decoded)) {
        let mut rest = bytes;
        while !rest.is_empty() {
            let len = match &self.kind {
                Kind::Composite(font) => font.code_len(rest),
                Kind::Simple(_) => 1,
            };
            let (head, tail) = rest.split_at(len.clamp(1, rest.len()));
            rest = tail;
            let code = head.iter().fold(0u32, |acc, b| acc << 8 | u32::from(*b));
            let mut seen = self.seen.borrow_mut();
            let decoded =
                seen.entry((code, head.len() as u8)).or_insert_with(|| self.look_up(code, head.len() as u8));
            each(code, head.len() as u8, decoded);
        }
    }

    fn look_up(&self, code: u32, len: u8) -> Decoded {
        Decoded {
            text: self.text(code, len).map(Rc::from),
            advance: match &self.kind {
                Kind::Composite(font) => font.advance(code, len),
                Kind::Simple(font) => font.advance(code),
            },
        }
    }

    /// The order of sources is that of trust: what the producer wrote for readers first. A private
    /// or control character from `ToUnicode` counts only when no other source knows better.
    fn text(&self, code: u32, len: u8) -> Option<String> {
        if self.is_missing {
            return None;
        }
        let told = self.to_unicode.as_ref().and_then(|map| map.unicode(code));
        if let Some(text) = told.as_deref().filter(|t| is_plain(t)) {
            return Some(clean(text));
        }
        let found = match &self.kind {
            Kind::Composite(font) => font.text(code, len),
            Kind::Simple(font) => font.text(code as u8),
        };
        found
            .filter(|text| is_plain(text))
            .or_else(|| told.filter(|t| t.chars().any(unicode::is_private)))
            .map(|text| clean(&text))
    }
}

fn read_to_unicode(file: &File, dict: &Dictionary) -> Option<CMap> {
    let stream = file.stream(dict, b"ToUnicode")?;
    Some(CMap::parse(&file.decode(stream)?))
}

fn is_plain(text: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|c| (c.is_whitespace() || !c.is_control()) && c != '\u{FFFD}' && !unicode::is_private(c))
}

fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match unicode::ligature(c) {
            Some(letters) => out.push_str(letters),
            None => out.push(unicode::fold(c)),
        }
    }
    out
}

/// Strips the subset tag (§9.6.4); names of Chinese fonts are often raw GBK.
fn display_name(raw: &[u8]) -> String {
    let tagged = raw.len() > 7 && raw[6] == b'+' && raw[..6].iter().all(u8::is_ascii_uppercase);
    let raw = if tagged { &raw[7..] } else { raw };
    match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => encoding_rs::GBK.decode(raw).0.into_owned(),
    }
}

fn is_bold(file: &File, name: &str, descriptor: Option<&Dictionary>) -> bool {
    const FORCE_BOLD: i64 = 1 << 18; // ISO 32000-1 table 123
    let lower = name.to_ascii_lowercase();
    let by_name = ["bold", "black", "heavy"].iter().any(|w| lower.contains(w));
    by_name
        || descriptor.is_some_and(|d| {
            let flags = file.number(d, b"Flags").unwrap_or(0.0) as i64;
            flags & FORCE_BOLD != 0 || file.number(d, b"FontWeight").is_some_and(|w| w >= 600.0)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_the_tag_and_read_as_gbk() {
        assert_eq!(display_name(b"ABCDEF+SimSun"), "SimSun");
        assert_eq!(display_name(b"\xcb\xce\xcc\xe5"), "宋体");
        assert_eq!(display_name(b"Short+"), "Short+");
    }

    #[test]
    fn text_is_folded_and_expanded() {
        assert_eq!(clean("⼈ﬁ"), "人fi");
    }
}
