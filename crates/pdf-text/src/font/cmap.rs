//! `CMap` files inside a PDF, read leniently (ISO 32000-1 §9.7.5, §9.10.3).

use std::collections::HashMap;

use super::ranges::Ranges;
use crate::lexer::{Lexer, Token};

/// Entries kept of one map: two bytes cannot address more.
const MAX_ENTRIES: usize = 70_000;

#[derive(Debug, Default)]
pub(crate) struct CMap {
    codespaces: Vec<Codespace>,
    bf_chars: HashMap<u32, Vec<u16>>,
    bf_ranges: Ranges<BfRange>,
    /// By code, and above it by the length of the code in bytes.
    cid_ranges: Ranges<CidRange>,
    pub(crate) base: Option<Vec<u8>>,
    pub(crate) vertical: bool,
}

#[derive(Debug)]
struct Codespace {
    low: Vec<u8>,
    high: Vec<u8>,
}

#[derive(Debug, Clone)]
struct BfRange {
    low: u32,
    to: Vec<u16>,
}

#[derive(Debug, Clone)]
struct CidRange {
    low: u32,
    cid: u32,
}

impl CMap {
    pub(crate) fn parse(data: &[u8]) -> Self {
        let mut map = Self::default();
        let mut lexer = Lexer::new(data);
        let mut previous = None;
        while let Some(token) = lexer.token() {
            match &token {
                Token::Keyword(b"begincodespacerange") => map.codespaces(&mut lexer),
                Token::Keyword(b"beginbfchar") => map.bf_chars(&mut lexer),
                Token::Keyword(b"beginbfrange") => map.bf_ranges(&mut lexer),
                Token::Keyword(b"begincidchar") => map.cids(&mut lexer, false),
                Token::Keyword(b"begincidrange") => map.cids(&mut lexer, true),
                Token::Keyword(b"usecmap") => {
                    if let Some(Token::Name(name)) = previous.take() {
                        map.base = Some(name);
                    }
                }
                Token::Number(n) if previous == Some(Token::Name(b"WMode".to_vec())) => {
                    map.vertical = *n > 0.5;
                }
                _ => {}
            }
            previous = Some(token);
        }
        map
    }

    fn is_full(&self) -> bool {
        self.bf_chars.len() + self.bf_ranges.len() + self.cid_ranges.len() >= MAX_ENTRIES
    }

    fn codespaces(&mut self, lexer: &mut Lexer) {
        while let Some((low, high)) = pair(lexer) {
            if low.len() == high.len() && (1..=4).contains(&low.len()) && self.codespaces.len() < 256 {
                self.codespaces.push(Codespace { low, high });
            }
        }
    }

    fn bf_chars(&mut self, lexer: &mut Lexer) {
        while let Some(code) = string(lexer) {
            let Some(target) = lexer.token() else { return };
            if let (Token::String(text), false) = (target, self.is_full()) {
                self.bf_chars.insert(number(&code), utf16(&text));
            }
        }
    }

    fn bf_ranges(&mut self, lexer: &mut Lexer) {
        while let Some((low, high)) = pair(lexer) {
            let (low, high) = (number(&low), number(&high));
            match lexer.token() {
                Some(Token::String(text)) if !self.is_full() => {
                    let to = utf16(&text);
                    self.bf_ranges.insert(u64::from(low), u64::from(high), BfRange { low, to });
                }
                Some(Token::ArrayOpen) => self.bf_array(lexer, low),
                Some(_) => {}
                None => return,
            }
        }
    }

    fn bf_array(&mut self, lexer: &mut Lexer, low: u32) {
        let mut code = low;
        while let Some(Token::String(text)) = lexer.token() {
            if !self.is_full() {
                self.bf_chars.insert(code, utf16(&text));
            }
            code = code.saturating_add(1);
        }
    }

    fn cids(&mut self, lexer: &mut Lexer, range: bool) {
        while let Some(first) = string(lexer) {
            let last = if range { string(lexer) } else { Some(first.clone()) };
            let (Some(last), Some(Token::Number(cid))) = (last, lexer.token()) else {
                return;
            };
            if !self.is_full() {
                let (low, high, len) = (number(&first), number(&last), first.len() as u8);
                let range = CidRange { low, cid: cid as u32 };
                self.cid_ranges.insert(cid_key(low, len), cid_key(high, len), range);
            }
        }
    }

    /// The text of a code. Of a range only the last unit counts up (§9.10.3).
    pub(crate) fn unicode(&self, code: u32) -> Option<String> {
        if let Some(units) = self.bf_chars.get(&code) {
            return String::from_utf16(units).ok();
        }
        let range = self.bf_ranges.get(u64::from(code))?;
        let mut units = range.to.clone();
        let last = units.last_mut()?;
        *last = last.checked_add(u16::try_from(code - range.low).ok()?)?;
        String::from_utf16(&units).ok()
    }

    pub(crate) fn cid(&self, code: u32, len: u8) -> Option<u32> {
        let range = self.cid_ranges.get(cid_key(code, len))?;
        Some(range.cid.saturating_add(code - range.low))
    }

    /// How many bytes of `bytes` make the next code; none when no codespace is known.
    pub(crate) fn code_len(&self, bytes: &[u8]) -> Option<usize> {
        let shortest = self.codespaces.iter().map(|c| c.low.len()).min()?;
        let hit = (1..=4).find(|len| {
            bytes
                .get(..*len)
                .is_some_and(|head| self.codespaces.iter().any(|c| c.low.len() == *len && c.contains(head)))
        });
        Some(hit.unwrap_or(shortest))
    }
}

impl Codespace {
    fn contains(&self, bytes: &[u8]) -> bool {
        bytes.iter().zip(self.low.iter().zip(&self.high)).all(|(b, (low, high))| low <= b && b <= high)
    }
}

fn string(lexer: &mut Lexer) -> Option<Vec<u8>> {
    match lexer.token()? {
        Token::String(s) => Some(s),
        _ => None,
    }
}

/// The two ends of a range; the keyword that ends the list takes nothing after it.
fn pair(lexer: &mut Lexer) -> Option<(Vec<u8>, Vec<u8>)> {
    let low = string(lexer)?;
    Some((low, string(lexer)?))
}

fn number(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |acc, b| acc << 8 | u32::from(*b))
}

fn cid_key(code: u32, len: u8) -> u64 {
    u64::from(len) << 32 | u64::from(code)
}

/// Some writers give one byte for ASCII.
fn utf16(bytes: &[u8]) -> Vec<u16> {
    if let [single] = bytes {
        return vec![u16::from(*single)];
    }
    bytes.chunks_exact(2).map(|p| u16::from_be_bytes([p[0], p[1]])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn to_unicode_chars_ranges_arrays_and_surrogates() {
        let map = CMap::parse(
            b"1 begincodespacerange <0000> <ffff> endcodespacerange
              2 beginbfchar <0001> <4e00> <0002> <d840dc0b> endbfchar
              2 beginbfrange <0010> <0012> <4e10> <0020> <0021> [<0066006c> <4e01>] endbfrange",
        );
        assert_eq!(map.unicode(1).as_deref(), Some("一"));
        assert_eq!(map.unicode(2).as_deref(), Some("\u{2000b}"));
        assert_eq!(map.unicode(0x12).as_deref(), Some("\u{4e12}"));
        assert_eq!(map.unicode(0x20).as_deref(), Some("fl"));
        assert_eq!(map.unicode(0x21).as_deref(), Some("丁"));
        assert_eq!(map.unicode(0x22), None);
    }

    #[test]
    fn codespaces_split_mixed_lengths() {
        let map = CMap::parse(
            b"begincodespacerange <00> <80> <8140> <fefe> endcodespacerange
              begincidrange <20> <7e> 814 endcidrange /GBK-EUC-H usecmap /WMode 1 def",
        );
        assert_eq!(map.code_len(b"A\xb0"), Some(1));
        assert_eq!(map.code_len(b"\xb0\xa1"), Some(2));
        assert_eq!(map.cid(0x21, 1), Some(815));
        assert_eq!(map.cid(0x21, 2), None);
        assert_eq!(map.base.as_deref(), Some(b"GBK-EUC-H".as_slice()));
        assert!(map.vertical);
    }
}
