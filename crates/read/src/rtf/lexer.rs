//! RTF's tokens (RTF 1.9.1, "RTF Syntax"): groups, control words and symbols, text, binary data.
//!
//! Total: every byte sequence has tokens, and the lexer never looks further back than one token.

/// A token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// `{`
    Open,
    /// `}`
    Close,
    /// `\word` with its parameter.
    Word(&'a str, Option<i32>),
    /// A backslash and a sign that is no letter.
    Symbol(u8),
    /// `\'hh`
    Hex(u8),
    /// Text without line ends.
    Text(&'a [u8]),
    /// The bytes after `\bin`.
    Binary(&'a [u8]),
}

/// A file as tokens.
pub(super) struct Lexer<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    fn take(&mut self, count: usize) -> &'a [u8] {
        let rest = self.rest();
        let taken = rest.get(..count).unwrap_or(rest);
        self.at += taken.len();
        taken
    }

    /// What follows a backslash.
    fn control(&mut self) -> Option<Token<'a>> {
        let letters = self.rest().iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        if letters == 0 {
            return self.symbol();
        }
        let name = std::str::from_utf8(self.take(letters)).unwrap_or_default();
        let parameter = self.parameter();
        // One blank belongs to the word.
        if self.rest().first() == Some(&b' ') {
            self.at += 1;
        }
        if name == "bin" {
            let count = parameter.and_then(|count| usize::try_from(count).ok()).unwrap_or(0);
            return Some(Token::Binary(self.take(count)));
        }
        Some(Token::Word(name, parameter))
    }

    fn symbol(&mut self) -> Option<Token<'a>> {
        let &sign = self.take(1).first()?;
        if sign != b'\'' {
            return Some(Token::Symbol(sign));
        }
        let digit = |at: usize| char::from(*self.rest().get(at)?).to_digit(16);
        let (Some(high), Some(low)) = (digit(0), digit(1)) else {
            // Two signs that are no digits are no character; the text goes on behind the apostrophe.
            return Some(Token::Text(&[]));
        };
        self.at += 2;
        Some(Token::Hex((high * 16 + low) as u8))
    }

    /// The number behind a word; one that does not fit counts as the nearest that does.
    fn parameter(&mut self) -> Option<i32> {
        let rest = self.rest();
        let sign = usize::from(rest.first() == Some(&b'-'));
        let digits = rest.get(sign..)?.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if digits == 0 {
            return None;
        }
        let text = std::str::from_utf8(self.take(sign + digits)).ok()?;
        let nearest = if sign == 1 { i32::MIN } else { i32::MAX };
        Some(text.parse().unwrap_or(nearest))
    }
}

impl<'a> Iterator for Lexer<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let &byte = self.rest().first()?;
            match byte {
                b'{' | b'}' | b'\\' => self.at += 1,
                // Line ends in the file are no text (RTF 1.9.1, "Conventions of an RTF Reader").
                b'\r' | b'\n' | 0 => {
                    self.at += 1;
                    continue;
                }
                _ => {
                    let is_text = |byte: &&u8| !matches!(byte, b'{' | b'}' | b'\\' | b'\r' | b'\n' | 0);
                    let length = self.rest().iter().take_while(is_text).count();
                    return Some(Token::Text(self.take(length)));
                }
            }
            return match byte {
                b'{' => Some(Token::Open),
                b'}' => Some(Token::Close),
                _ => self.control(),
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Lexer, Token};

    #[test]
    fn words_symbols_and_text() {
        let tokens: Vec<Token> = Lexer::new(b"{\\b0 a\r\nb\\'d6\\~\\u-3844?}").collect();
        let expected = [
            Token::Open,
            Token::Word("b", Some(0)),
            Token::Text(b"a"),
            Token::Text(b"b"),
            Token::Hex(0xD6),
            Token::Symbol(b'~'),
            Token::Word("u", Some(-3844)),
            Token::Text(b"?"),
            Token::Close,
        ];
        assert_eq!(tokens, expected);
    }

    #[test]
    fn what_is_cut_or_lies_has_tokens_too() {
        let all = |bytes: &'static [u8]| Lexer::new(bytes).collect::<Vec<_>>();
        assert_eq!(all(b"\\bin5 ab"), [Token::Binary(b"ab")]);
        assert_eq!(all(b"\\bin-5 a"), [Token::Binary(b""), Token::Text(b"a")]);
        assert_eq!(all(b"\\fs99999999999"), [Token::Word("fs", Some(i32::MAX))]);
        assert_eq!(all(b"\\'zz"), [Token::Text(b""), Token::Text(b"zz")]);
        assert_eq!(all(b"\\"), []);
    }
}
