//! Tokens of content streams and of `CMap` files, which share one syntax (ISO 32000-1 §7.2, §7.8.2).

/// One token; junk bytes are skipped, so a damaged stream still gives what is readable.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Token<'a> {
    Number(f32),
    Name(Vec<u8>),
    String(Vec<u8>),
    ArrayOpen,
    ArrayClose,
    DictOpen,
    DictClose,
    Keyword(&'a [u8]),
}

/// An operand of a content stream operator.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Operand {
    Number(f32),
    Name(Vec<u8>),
    String(Vec<u8>),
    Array(Vec<Operand>),
    Dict(Vec<(Vec<u8>, Operand)>),
    Other,
}

impl Operand {
    pub(crate) fn number(&self) -> Option<f32> {
        match self {
            Self::Number(n) => Some(*n),
            _ => None,
        }
    }

    pub(crate) fn name(&self) -> Option<&[u8]> {
        match self {
            Self::Name(n) => Some(n),
            _ => None,
        }
    }
}

/// Values kept of one operand: a page shows its text in shorter arrays.
const MAX_VALUES: usize = 100_000;

pub(crate) struct Lexer<'a> {
    data: &'a [u8],
    pos: usize,
    /// Values that the operand which is read may still have.
    left: usize,
}

impl<'a> Lexer<'a> {
    pub(crate) fn new(data: &'a [u8]) -> Self {
        Self { data, pos: 0, left: MAX_VALUES }
    }

    fn peek(&self) -> Option<u8> {
        self.data.get(self.pos).copied()
    }

    fn bump(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.pos += 1;
        Some(byte)
    }

    fn skip_blank(&mut self) {
        while let Some(byte) = self.peek() {
            match byte {
                b'%' => self.skip_comment(),
                _ if is_white(byte) => self.pos += 1,
                _ => break,
            }
        }
    }

    fn skip_comment(&mut self) {
        while self.peek().is_some_and(|b| b != b'\n' && b != b'\r') {
            self.pos += 1;
        }
    }

    pub(crate) fn token(&mut self) -> Option<Token<'a>> {
        loop {
            self.skip_blank();
            let byte = self.peek()?;
            match byte {
                b'/' => return Some(Token::Name(self.name())),
                b'(' => return Some(Token::String(self.literal())),
                b'[' => return Some(self.single(Token::ArrayOpen)),
                b']' => return Some(self.single(Token::ArrayClose)),
                b'<' => return Some(self.angle()),
                b'>' if self.data.get(self.pos + 1) == Some(&b'>') => {
                    self.pos += 2;
                    return Some(Token::DictClose);
                }
                b'0'..=b'9' | b'+' | b'-' | b'.' => {
                    if let Some(number) = self.number() {
                        return Some(Token::Number(number));
                    }
                }
                _ if is_regular(byte) => return Some(Token::Keyword(self.regular())),
                _ => self.pos += 1, // a stray delimiter
            }
        }
    }

    fn single(&mut self, token: Token<'a>) -> Token<'a> {
        self.pos += 1;
        token
    }

    fn regular(&mut self) -> &'a [u8] {
        let start = self.pos;
        while self.peek().is_some_and(is_regular) {
            self.pos += 1;
        }
        &self.data[start..self.pos]
    }

    /// Numbers as writers really emit them: `--5`, `1.2.3` and `12-3` count up to the oddity.
    fn number(&mut self) -> Option<f32> {
        let text = self.regular();
        let mut value = 0f64;
        let mut scale = None;
        let mut digits = false;
        let negative = text.first() == Some(&b'-');
        for &byte in text.iter().skip_while(|b| matches!(b, b'-' | b'+')) {
            match byte {
                b'0'..=b'9' => {
                    digits = true;
                    let digit = f64::from(byte - b'0');
                    match scale.as_mut() {
                        None => value = value * 10.0 + digit,
                        Some(unit) => {
                            *unit /= 10.0;
                            value += digit * *unit;
                        }
                    }
                }
                b'.' if scale.is_none() => scale = Some(1.0),
                _ => break,
            }
        }
        let value = if negative { -value } else { value } as f32;
        (value.is_finite() && (digits || scale.is_some() || negative)).then_some(value)
    }

    fn name(&mut self) -> Vec<u8> {
        self.pos += 1;
        let raw = self.regular();
        let mut out = Vec::with_capacity(raw.len());
        let mut at = 0;
        while let Some(&byte) = raw.get(at) {
            let pair = (raw.get(at + 1).copied().and_then(hex), raw.get(at + 2).copied().and_then(hex));
            if let (b'#', (Some(high), Some(low))) = (byte, pair) {
                out.push(high << 4 | low);
                at += 3;
            } else {
                out.push(byte);
                at += 1;
            }
        }
        out
    }

    fn angle(&mut self) -> Token<'a> {
        self.pos += 1;
        if self.peek() == Some(b'<') {
            self.pos += 1;
            return Token::DictOpen;
        }
        let mut out = Vec::new();
        let mut half = None;
        while let Some(byte) = self.bump() {
            if byte == b'>' {
                break;
            }
            let Some(digit) = hex(byte) else { continue };
            match half.take() {
                None => half = Some(digit),
                Some(high) => out.push(high << 4 | digit),
            }
        }
        out.extend(half.map(|high| high << 4));
        Token::String(out)
    }

    /// A literal string with its escapes (ISO 32000-1 §7.3.4.2).
    fn literal(&mut self) -> Vec<u8> {
        self.pos += 1;
        let mut out = Vec::new();
        let mut depth = 1usize;
        while let Some(byte) = self.bump() {
            match byte {
                b'\\' => self.escape(&mut out),
                b'(' => {
                    depth += 1;
                    out.push(byte);
                }
                b')' => {
                    depth -= 1;
                    if depth == 0 {
                        break;
                    }
                    out.push(byte);
                }
                _ => out.push(byte),
            }
        }
        out
    }

    fn escape(&mut self, out: &mut Vec<u8>) {
        let Some(byte) = self.bump() else { return };
        match byte {
            b'n' => out.push(b'\n'),
            b'r' => out.push(b'\r'),
            b't' => out.push(b'\t'),
            b'b' => out.push(8),
            b'f' => out.push(12),
            b'\n' => {}
            b'\r' => {
                if self.peek() == Some(b'\n') {
                    self.pos += 1;
                }
            }
            b'0'..=b'7' => out.push(self.octal(byte)),
            _ => out.push(byte),
        }
    }

    fn octal(&mut self, first: u8) -> u8 {
        let mut value = u32::from(first - b'0');
        for _ in 0..2 {
            match self.peek() {
                Some(digit @ b'0'..=b'7') => {
                    value = value * 8 + u32::from(digit - b'0');
                    self.pos += 1;
                }
                _ => break,
            }
        }
        value as u8
    }

    /// The operand that starts with `token`; none when it is a stray end.
    pub(crate) fn operand(&mut self, token: Token<'a>, depth: usize) -> Option<Operand> {
        self.left = MAX_VALUES;
        self.value(token, depth)
    }

    fn value(&mut self, token: Token<'a>, depth: usize) -> Option<Operand> {
        self.left = self.left.checked_sub(1)?;
        Some(match token {
            Token::Number(n) => Operand::Number(n),
            Token::Name(n) => Operand::Name(n),
            Token::String(s) => Operand::String(s),
            Token::ArrayOpen if depth > 0 => Operand::Array(self.array(depth - 1)),
            Token::DictOpen if depth > 0 => Operand::Dict(self.dict(depth - 1)),
            Token::Keyword(_) => Operand::Other,
            _ => return None,
        })
    }

    fn array(&mut self, depth: usize) -> Vec<Operand> {
        let mut out = Vec::new();
        while let Some(token) = self.token() {
            match token {
                Token::ArrayClose => break,
                token => out.extend(self.value(token, depth)),
            }
        }
        out
    }

    fn dict(&mut self, depth: usize) -> Vec<(Vec<u8>, Operand)> {
        let mut out = Vec::new();
        while let Some(token) = self.token() {
            let Token::Name(key) = token else {
                if token == Token::DictClose {
                    break;
                }
                continue;
            };
            let Some(value) = self.token() else { break };
            if value == Token::DictClose {
                break;
            }
            let value = self.value(value, depth).unwrap_or(Operand::Other);
            if self.left > 0 {
                out.push((key, value));
            }
        }
        out
    }

    /// Reads an inline image's dictionary and skips its data (ISO 32000-1 §8.9.7).
    pub(crate) fn inline_image(&mut self) -> (Vec<(Vec<u8>, Operand)>, &'a [u8]) {
        let mut out = Vec::new();
        while let Some(token) = self.token() {
            match token {
                Token::Keyword(b"ID") => break,
                Token::Name(key) => {
                    let Some(value) = self.token() else { break };
                    out.push((key, self.operand(value, 4).unwrap_or(Operand::Other)));
                }
                _ => {}
            }
        }
        (out, self.image_data())
    }

    /// `EI` ends the data only between blanks and before something that looks like content.
    fn image_data(&mut self) -> &'a [u8] {
        self.pos = (self.pos + 1).min(self.data.len());
        let all = &self.data[self.pos..];
        let mut from = 0;
        while let Some(at) = all[from..].windows(2).position(|pair| pair == b"EI") {
            let at = from + at;
            let before = at == from || is_white(all[at - 1]);
            let after = all.get(at + 2..).unwrap_or_default();
            let text = after.iter().take(16).all(|b| is_white(*b) && *b != 0 || (32..127).contains(b));
            from = at + 2;
            if before && after.first().is_none_or(|b| is_white(*b)) && text {
                self.pos += from;
                return &all[..at.saturating_sub(1)];
            }
        }
        self.pos = self.data.len();
        all
    }
}

fn is_white(byte: u8) -> bool {
    matches!(byte, 0 | 9 | 10 | 12 | 13 | 32)
}

fn is_regular(byte: u8) -> bool {
    !is_white(byte) && !matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

fn hex(byte: u8) -> Option<u8> {
    (byte as char).to_digit(16).map(|d| d as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &[u8]) -> Vec<Token<'_>> {
        let mut lexer = Lexer::new(text);
        std::iter::from_fn(|| lexer.token()).collect()
    }

    #[test]
    fn reads_numbers_names_and_strings() {
        assert_eq!(
            tokens(b"-1.5 .25 /A#42 (a\\(b\\051\\n) <4e0> Tj"),
            [
                Token::Number(-1.5),
                Token::Number(0.25),
                Token::Name(b"AB".to_vec()),
                Token::String(b"a(b)\n".to_vec()),
                Token::String(vec![0x4e, 0]),
                Token::Keyword(b"Tj"),
            ]
        );
    }

    #[test]
    fn deep_arrays_do_not_recurse() {
        let data = vec![b'['; 100_000];
        let mut lexer = Lexer::new(&data);
        let first = lexer.token().expect("an array opens");
        assert!(lexer.operand(first, 8).is_some());
    }

    #[test]
    fn inline_image_data_is_skipped() {
        let mut lexer = Lexer::new(b" /W 2 /H 3 ID \x00EI\xff\x01 EI Q");
        let (dict, data) = lexer.inline_image();
        assert_eq!(dict[1], (b"H".to_vec(), Operand::Number(3.0)));
        assert_eq!(data, b"\x00EI\xff\x01");
        assert_eq!(lexer.token(), Some(Token::Keyword(b"Q")));
    }
}
