//! A part's XML as tokens: local names only (so Strict and transitional files are one), entities
//! resolved, depth counted, document types refused.

use std::borrow::Cow;
use std::ops::Range;

use quick_xml::XmlVersion;
use quick_xml::events::BytesRef;
use quick_xml::events::attributes::Attribute;
use quick_xml::name::QName;

use super::markup::{Piece, Pieces, Tag};
use crate::ReadError;

/// An element's beginning.
#[derive(Clone, Copy)]
pub(crate) struct Element<'a>(Tag<'a>);

/// What comes next in a part.
pub(crate) enum Token<'a> {
    /// An element begins; an empty one ends at once.
    Start(Element<'a>),
    /// The innermost element ends.
    End,
    /// Character data, in as many pieces as the reader likes.
    Text(Cow<'a, str>),
}

/// A part's XML as tokens.
pub(crate) struct Xml<'a> {
    pieces: Pieces<'a>,
    part: &'a str,
    deepest: usize,
}

impl<'a> Xml<'a> {
    /// Reads the text of a part; elements may be `deepest` inside each other.
    pub(crate) fn new(text: &'a str, part: &'a str, deepest: usize) -> Self {
        Self { pieces: Pieces::new(text), part, deepest }
    }

    /// The next token; `None` after the last.
    pub(crate) fn next(&mut self) -> Result<Option<Token<'a>>, ReadError> {
        let Some(piece) = self.pieces.next().map_err(|_| self.damaged())? else { return Ok(None) };
        Ok(Some(match piece {
            Piece::Start(_) if self.pieces.depth() > self.deepest => {
                return Err(ReadError::LimitExceeded { what: "depth", limit: self.deepest as u64 });
            }
            Piece::Start(tag) => Token::Start(Element(tag)),
            Piece::End => Token::End,
            Piece::Text(text) => Token::Text(with_line_ends(text)),
            Piece::Reference(name) => Token::Text(self.resolve(name)?),
            Piece::DocType => return Err(self.refused("dtd")),
        }))
    }

    /// Passes over the rest of the innermost open element.
    pub(crate) fn skip(&mut self) -> Result<(), ReadError> {
        let outside = self.pieces.depth().saturating_sub(1);
        while self.pieces.depth() > outside {
            // What is one deeper is refused below, if it is too deep.
            if self.pieces.depth() < self.deepest {
                self.pieces.pass_plain();
            }
            if self.next()?.is_none() {
                break;
            }
        }
        Ok(())
    }

    /// Passes over the innermost open element, without a look at its inside where that can be, and gives
    /// the place of the whole element in the text.
    pub(crate) fn pass(&mut self) -> Result<Range<usize>, ReadError> {
        let start = self.pieces.begun();
        match self.unread() {
            Some(unread) => self.pass_unread(unread),
            None => self.skip()?,
        }
        Ok(start..self.pieces.at())
    }

    /// What is left of the innermost open element, where it can be told without a look at its inside.
    pub(crate) fn unread(&self) -> Option<&'a str> {
        self.pieces.unread()
    }

    /// Passes over what [`unread`](Self::unread) gave.
    pub(crate) fn pass_unread(&mut self, unread: &str) {
        self.pieces.pass(unread);
    }

    /// Calls `on_start` for each element inside the innermost open one, with its ancestors up to
    /// there; where it answers `false`, the element's inside is passed over.
    pub(crate) fn children(
        &mut self,
        mut on_start: impl FnMut(&mut Self, &Element<'a>) -> Result<bool, ReadError>,
    ) -> Result<(), ReadError> {
        let outside = self.pieces.depth().saturating_sub(1);
        while self.pieces.depth() > outside {
            let Some(token) = self.next()? else { break };
            if let Token::Start(element) = token {
                let depth = self.pieces.depth();
                // A callback may have read the element to its end already.
                if !on_start(self, &element)? && self.pieces.depth() == depth {
                    self.skip()?;
                }
            }
        }
        Ok(())
    }

    fn resolve(&self, name: &str) -> Result<Cow<'a, str>, ReadError> {
        if name.starts_with('#') {
            // A number that is no character stands for nothing that Word would show.
            let character = BytesRef::new(name).resolve_char_ref().ok().flatten();
            return Ok(Cow::Owned(character.unwrap_or(char::REPLACEMENT_CHARACTER).to_string()));
        }
        let text = quick_xml::escape::resolve_predefined_entity(name);
        text.map(Cow::Borrowed).ok_or_else(|| self.refused("entity"))
    }

    fn damaged(&self) -> ReadError {
        ReadError::Damaged { what: self.part.to_owned() }
    }

    fn refused(&self, why: &str) -> ReadError {
        ReadError::Damaged { what: format!("{}: {why}", self.part) }
    }
}

impl<'a> Element<'a> {
    /// The name without prefix.
    pub(crate) fn local(&self) -> &'a str {
        &self.0.content[self.0.local..self.0.name]
    }

    /// The prefix, empty when there is none.
    pub(crate) fn prefix(&self) -> &'a str {
        self.0.content[..self.0.local].split(':').next().unwrap_or_default()
    }

    /// An attribute's value by its local name; the first, where prefixes differ.
    pub(crate) fn attribute(&self, local: &str) -> Option<Cow<'a, str>> {
        let mut attributes = self.0.attributes();
        let (_, value) = attributes.find(|(key, _)| is_local_name_of(local, key))?;
        Some(normalized(value))
    }

    /// All attributes by their local names, in their order.
    pub(crate) fn attributes(&self) -> impl Iterator<Item = (&'a str, Cow<'a, str>)> {
        let local = |key: &'a str| key.rsplit(':').next().unwrap_or(key);
        self.0.attributes().map(move |(key, value)| (local(key), normalized(value)))
    }

    /// The attribute `val`.
    pub(crate) fn val(&self) -> Option<Cow<'a, str>> {
        self.attribute("val")
    }

    /// The attribute `val` as a number.
    pub(crate) fn number(&self) -> Option<i32> {
        number(&self.val()?)
    }

    /// Whether a property that is on or off is on (ECMA-376 §17.17.4): on without a value.
    pub(crate) fn is_on(&self) -> bool {
        self.val().is_none_or(|value| is_on(&value))
    }
}

fn is_local_name_of(local: &str, key: &str) -> bool {
    // Names of attributes are short: what stands before the name decides with a look at one byte.
    key.strip_suffix(local).is_some_and(|prefix| prefix.is_empty() || prefix.ends_with(':'))
}

/// Line ends as XML wants them (XML 1.0 §2.11).
fn with_line_ends(text: &str) -> Cow<'_, str> {
    if text.contains('\r') {
        return Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"));
    }
    Cow::Borrowed(text)
}

/// A value with its references resolved and blanks made spaces (XML 1.0 §3.3.3); one with a reference
/// that means nothing stays as it is written.
fn normalized(value: &str) -> Cow<'_, str> {
    if !value.bytes().any(|byte| matches!(byte, b'&' | b'\t' | b'\r' | b'\n')) {
        return Cow::Borrowed(value);
    }
    let attribute = Attribute { key: QName(""), value: Cow::Borrowed(value) };
    attribute.normalized_value(XmlVersion::Implicit1_0).unwrap_or(Cow::Borrowed(value))
}

/// Whether the value of a property means on (ECMA-376 §17.17.4).
pub(crate) fn is_on(value: &str) -> bool {
    !matches!(value, "0" | "false" | "off" | "none")
}

/// A whole number; measures with a fraction, as some writers give them, are cut.
pub(crate) fn number(text: &str) -> Option<i32> {
    let text = text.trim();
    text.parse().ok().or_else(|| text.parse::<f64>().ok().map(|value| value as i32))
}
