//! Type0 fonts (ISO 32000-1 §9.7): codes through a `CMap` to CIDs, CIDs to Unicode and widths.

use std::collections::HashMap;
use std::sync::Arc;

use lopdf::{Dictionary, Object};

use super::cmap::CMap;
use super::embedded::Program;
use super::predefined::{self, Predefined};
use crate::objects::File;

/// Widths read of one font: CIDs are 16-bit.
const MAX_WIDTHS: usize = 70_000;

pub(crate) struct Composite<'a> {
    predefined: Option<Arc<Predefined>>,
    own: Option<CMap>,
    /// Under `Uni*` maps the code is the text: the tables miss characters such as U+00B7.
    code_is_utf16: bool,
    /// National encodings, for codes that the tables miss as well.
    charset: Option<&'static encoding_rs::Encoding>,
    vertical: bool,
    collection: Option<Arc<Predefined>>,
    program: Program<'a>,
    widths: HashMap<u32, f32>,
    default_width: f32,
    heights: HashMap<u32, f32>,
    default_height: f32,
}

/// The one CID font below a Type0 font.
pub(crate) fn descendant<'a>(file: &'a File, dict: &'a Dictionary) -> Option<&'a Dictionary> {
    let first = file.array(dict, b"DescendantFonts")?.first()?;
    file.resolve(first)?.as_dict().ok()
}

impl<'a> Composite<'a> {
    pub(crate) fn read(file: &'a File, dict: &'a Dictionary, descendant: Option<&'a Dictionary>) -> Self {
        let (name, own) = encoding(file, dict);
        let base = own.as_ref().and_then(|map| map.base.clone());
        let name = name.or(base);
        let predefined = name.as_deref().and_then(predefined::by_name);
        let by_name = name.as_deref().unwrap_or_default();
        let font = descendant.unwrap_or(&file.nothing);
        let [_, default_height] = file.numbers(font, b"DW2").unwrap_or([880.0, -1000.0]);
        Self {
            code_is_utf16: own.is_none()
                && by_name.starts_with(b"Uni")
                && (contains(by_name, b"UCS2") || contains(by_name, b"UTF16")),
            charset: charset(by_name).filter(|_| own.is_none()),
            vertical: own.as_ref().is_some_and(|m| m.vertical) || by_name.ends_with(b"V"),
            predefined,
            own,
            collection: collection(file, font).or_else(|| collection_of_map(by_name)),
            program: Program::new(file, font),
            widths: read_widths(file, file.array(font, b"W"), 1),
            default_width: file.number(font, b"DW").unwrap_or(1000.0),
            heights: read_widths(file, file.array(font, b"W2"), 3),
            default_height,
        }
    }

    pub(crate) fn vertical(&self) -> bool {
        self.vertical
    }

    pub(crate) fn code_len(&self, bytes: &[u8]) -> usize {
        let own = self.own.as_ref().and_then(|map| map.code_len(bytes));
        own.or_else(|| self.predefined.as_ref().map(|map| map.code_len(bytes))).unwrap_or(2)
    }

    fn cid(&self, code: u32, len: u8) -> Option<u32> {
        let own = self.own.as_ref().and_then(|map| map.cid(code, len));
        own.or_else(|| self.predefined.as_ref()?.cid(code, len))
            .or((self.own.is_none() && self.predefined.is_none()).then_some(code))
    }

    pub(crate) fn text(&self, code: u32, len: u8) -> Option<String> {
        if self.code_is_utf16 {
            let text = utf16_code(code, len);
            if text.is_some() {
                return text;
            }
        }
        let by_cid = self.cid(code, len).and_then(|cid| self.cid_text(cid));
        by_cid.or_else(|| charset_code(self.charset?, code, len))
    }

    fn cid_text(&self, cid: u32) -> Option<String> {
        let table = self.collection.as_ref();
        table.and_then(|table| predefined::cid_text(table, cid)).or_else(|| self.program.get()?.cid_text(cid))
    }

    /// In em; downwards is positive in vertical writing.
    pub(crate) fn advance(&self, code: u32, len: u8) -> f32 {
        let cid = self.cid(code, len).unwrap_or(0);
        let value = if self.vertical {
            -self.heights.get(&cid).copied().unwrap_or(self.default_height)
        } else {
            self.widths.get(&cid).copied().unwrap_or(self.default_width)
        };
        value / 1000.0
    }
}

fn encoding(file: &File, dict: &Dictionary) -> (Option<Vec<u8>>, Option<CMap>) {
    match file.get(dict, b"Encoding") {
        Some(Object::Name(name)) => (Some(name.clone()), None),
        Some(Object::Stream(stream)) => {
            let mut map = file.decode(stream).map(|data| CMap::parse(&data));
            if let Some(map) = map.as_mut() {
                map.vertical |= file.number(&stream.dict, b"WMode") == Some(1.0);
                if let Some(base) = file.name(&stream.dict, b"UseCMap") {
                    map.base = Some(base.to_vec());
                }
            }
            (None, map)
        }
        _ => (None, None),
    }
}

fn collection(file: &File, font: &Dictionary) -> Option<Arc<Predefined>> {
    let info = file.dict(font, b"CIDSystemInfo")?;
    let registry = file.get(info, b"Registry")?.as_str().ok()?;
    let ordering = file.get(info, b"Ordering")?.as_str().ok()?;
    predefined::collection(registry, ordering)
}

/// Some writers give `Identity` as the collection of a font with a national encoding.
fn collection_of_map(name: &[u8]) -> Option<Arc<Predefined>> {
    let ordering: &[u8] = match () {
        () if contains(name, b"GB") => b"GB1",
        () if contains(name, b"B5") || contains(name, b"CNS") => b"CNS1",
        () if contains(name, b"KSC") || contains(name, b"UniKS") => b"Korea1",
        () if contains(name, b"RKSJ") || contains(name, b"JIS") || contains(name, b"EUC") => b"Japan1",
        () => return None,
    };
    predefined::collection(b"Adobe", ordering)
}

fn contains(name: &[u8], part: &[u8]) -> bool {
    name.windows(part.len()).any(|w| w == part)
}

/// The character set behind a predefined map of national codes.
fn charset(name: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    match name {
        b"GBK-EUC-H" | b"GBK-EUC-V" | b"GBKp-EUC-H" | b"GBKp-EUC-V" | b"GBK2K-H" | b"GBK2K-V"
        | b"GB-EUC-H" | b"GB-EUC-V" => Some(encoding_rs::GB18030),
        b"ETen-B5-H" | b"ETen-B5-V" | b"ETenms-B5-H" | b"ETenms-B5-V" | b"HKscs-B5-H" | b"HKscs-B5-V" => {
            Some(encoding_rs::BIG5)
        }
        _ => None,
    }
}

fn charset_code(charset: &'static encoding_rs::Encoding, code: u32, len: u8) -> Option<String> {
    let bytes = code.to_be_bytes();
    let start = bytes.len().checked_sub(usize::from(len))?;
    let text = charset.decode_without_bom_handling_and_without_replacement(&bytes[start..])?;
    Some(text.into_owned())
}

fn utf16_code(code: u32, len: u8) -> Option<String> {
    match len {
        2 => String::from_utf16(&[code as u16]).ok(),
        4 => String::from_utf16(&[(code >> 16) as u16, code as u16]).ok(),
        _ => None,
    }
}

/// `W` and `W2` (§9.7.4.3): `c [w …]` or `first last w`; `W2` has three numbers for each width,
/// of which the first is the advance.
fn read_widths(file: &File, array: Option<&[Object]>, each: usize) -> HashMap<u32, f32> {
    let mut out = HashMap::new();
    let mut rest = array.unwrap_or_default();
    let mut room = MAX_WIDTHS;
    while let [first, second, tail @ ..] = rest {
        let Some(start) = file.as_number(first).map(|n| n as u32) else {
            break;
        };
        if let Some(Object::Array(list)) = file.resolve(second) {
            let granted = file.font_entries(list.len().div_ceil(each).min(room));
            for (at, chunk) in list.chunks(each).take(granted).enumerate() {
                if let Some(w) = chunk.first().and_then(|w| file.as_number(w)) {
                    out.insert(start.saturating_add(at as u32), w);
                }
            }
            room -= granted;
            rest = tail;
        } else {
            let (Some(end), Some(w)) = (file.as_number(second), tail.first().and_then(|o| file.as_number(o)))
            else {
                break;
            };
            let wanted = (end as u32).min(0xFFFF).saturating_add(1).saturating_sub(start) as usize;
            let granted = file.font_entries(wanted.min(room));
            out.extend((start..).take(granted).map(|cid| (cid, w)));
            room -= granted;
            rest = tail.get(each..).unwrap_or_default();
        }
        // A table that goes on costs time for nothing.
        if room == 0 || file.font_entries(1) == 0 {
            break;
        }
    }
    out
}
