//! Glyph names to Unicode (Adobe Glyph List), and the Latin base encodings; lopdf has the tables.

use lopdf::{Dictionary, Document, Encoding, Object};

/// The text of a glyph name, by the rules of the AGL specification §2.
pub(crate) fn text(name: &[u8]) -> Option<String> {
    /// Longer than any name that spells its characters out.
    const LONGEST: usize = 128;
    if name.is_empty() || name.len() > LONGEST || name == b".notdef" {
        return None;
    }
    let stem = name.split(|b| *b == b'.').next().unwrap_or(name);
    let mut out = String::new();
    for part in stem.split(|b| *b == b'_') {
        out.push_str(&component(part)?);
    }
    (!out.is_empty()).then_some(out)
}

fn component(name: &[u8]) -> Option<String> {
    let word = std::str::from_utf8(name).ok()?;
    if let [letter] = name
        && letter.is_ascii_alphabetic()
    {
        return Some(char::from(*letter).to_string());
    }
    listed(name).or_else(|| uni(word)).or_else(|| u(word))
}

/// `uni4E004E01`: groups of four digits.
fn uni(word: &str) -> Option<String> {
    let digits = word.strip_prefix("uni")?;
    if digits.is_empty() || digits.len() % 4 != 0 || !digits.is_ascii() {
        return None;
    }
    let units: Option<Vec<u16>> =
        (0..digits.len()).step_by(4).map(|at| u16::from_str_radix(&digits[at..at + 4], 16).ok()).collect();
    String::from_utf16(&units?).ok()
}

/// `u4E00` or `u2000B`.
fn u(word: &str) -> Option<String> {
    let digits = word.strip_prefix('u')?;
    if !(4..=6).contains(&digits.len()) {
        return None;
    }
    let value = u32::from_str_radix(digits, 16).ok()?;
    char::from_u32(value).map(|c| c.to_string())
}

fn listed(name: &[u8]) -> Option<String> {
    let differences = Object::Array(vec![Object::Integer(1), Object::Name(name.to_vec())]);
    let mut encoding = Dictionary::new();
    encoding.set("Differences", differences);
    let found = decode(Object::Dictionary(encoding), 1)?;
    // lopdf answers an unknown name with the standard encoding, where 1 is empty.
    (!found.is_empty() && !found.contains('\u{FFFD}')).then_some(found)
}

/// The text of a code in `WinAnsiEncoding`, `MacRomanEncoding`, `StandardEncoding` and so on.
pub(crate) fn base_encoding(name: &[u8], code: u8) -> Option<String> {
    let name = if name == b"StandardEncoding" {
        return decode_standard(code);
    } else {
        name
    };
    decode(Object::Name(name.to_vec()), code).filter(|text| !text.is_empty())
}

fn decode_standard(code: u8) -> Option<String> {
    decode(Object::Null, code).filter(|text| !text.is_empty())
}

fn decode(encoding: Object, code: u8) -> Option<String> {
    let mut font = Dictionary::new();
    font.set("Type", Object::Name(b"Font".to_vec()));
    if !matches!(encoding, Object::Null) {
        font.set("Encoding", encoding);
    }
    let document = Document::new();
    let found: Encoding = font.get_font_encoding(&document).ok()?;
    found.bytes_to_string(&[code]).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_list_and_by_rule() {
        assert_eq!(text(b"quotedblleft").as_deref(), Some("“"));
        assert_eq!(text(b"A").as_deref(), Some("A"));
        assert_eq!(text(b"uni4E00").as_deref(), Some("一"));
        assert_eq!(text(b"u2000B").as_deref(), Some("\u{2000B}"));
        assert_eq!(text(b"f_i.alt").as_deref(), Some("fi"));
        assert_eq!(text(b"g123"), None);
        assert_eq!(text(b".notdef"), None);
    }

    #[test]
    fn base_encodings_differ() {
        assert_eq!(base_encoding(b"WinAnsiEncoding", 0x93).as_deref(), Some("“"));
        assert_eq!(base_encoding(b"StandardEncoding", 0xAA).as_deref(), Some("“"));
        assert_eq!(base_encoding(b"MacRomanEncoding", 0xD2).as_deref(), Some("“"));
    }
}
