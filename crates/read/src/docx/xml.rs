//! A part's XML as tokens: local names only (so Strict and transitional files are one), entities
//! resolved, depth counted, document types refused.

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr2, memmem};
use quick_xml::events::attributes::{Attribute, Attributes};
use quick_xml::events::{BytesRef, Event};
use quick_xml::{Reader, XmlVersion};

use crate::ReadError;

/// An element's beginning, as it is written between `<` and `>`.
#[derive(Clone, Copy)]
pub(crate) struct Element<'a> {
    content: &'a str,
    /// Where the name ends, and where it begins without its prefix.
    name: usize,
    local: usize,
}

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
    reader: Reader<&'a [u8]>,
    text: &'a str,
    /// Where in the text the reader began.
    base: usize,
    part: &'a str,
    /// Names of the open elements.
    open: Vec<&'a str>,
    deepest: usize,
    /// Where the last element began.
    begun: usize,
    /// The last element was empty: its end comes next.
    is_empty: bool,
}

impl<'a> Xml<'a> {
    /// Reads the text of a part; elements may be `deepest` inside each other.
    pub(crate) fn new(text: &'a str, part: &'a str, deepest: usize) -> Self {
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let reader = reader(text);
        Self { reader, text, base: 0, part, open: Vec::new(), deepest, begun: 0, is_empty: false }
    }

    /// The next token; `None` after the last.
    pub(crate) fn next(&mut self) -> Result<Option<Token<'a>>, ReadError> {
        if std::mem::take(&mut self.is_empty) {
            self.open.pop();
            return Ok(Some(Token::End));
        }
        loop {
            let before = self.at();
            let event = self.reader.read_event().map_err(|_| self.damaged())?;
            let token = match event {
                Event::Start(start) => {
                    Token::Start(self.start(before, start.name().into_inner().len(), ">")?)
                }
                Event::Empty(start) => {
                    self.is_empty = true;
                    Token::Start(self.start(before, start.name().into_inner().len(), "/>")?)
                }
                Event::End(end) if self.open.pop() == Some(end.name().into_inner()) => Token::End,
                Event::End(_) => return Err(self.damaged()),
                Event::Text(text) => Token::Text(text.xml10_content()),
                Event::CData(text) => Token::Text(text.xml10_content()),
                Event::GeneralRef(reference) => Token::Text(self.resolve(&reference)?),
                Event::DocType(_) => return Err(self.refused("dtd")),
                Event::Eof if !self.open.is_empty() => return Err(self.damaged()),
                Event::Eof => return Ok(None),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => continue,
            };
            return Ok(Some(token));
        }
    }

    /// The element that was read last, in the part's own text: nothing of it is copied.
    fn start(&mut self, begun: usize, name: usize, end: &str) -> Result<Element<'a>, ReadError> {
        self.begun = begun;
        let content = self.text.get(begun + 1..self.at() - end.len()).unwrap_or_default();
        let local = content.bytes().take(name).position(|byte| byte == b':').map_or(0, |colon| colon + 1);
        self.open.push(&content[..name]);
        if self.open.len() > self.deepest {
            return Err(ReadError::LimitExceeded { what: "depth", limit: self.deepest as u64 });
        }
        Ok(Element { content, name, local })
    }

    fn at(&self) -> usize {
        self.base + self.reader.buffer_position() as usize
    }

    /// How many elements are open.
    fn depth(&self) -> usize {
        self.open.len()
    }

    /// Passes over the rest of the innermost open element, without a look at its inside where that can be.
    pub(crate) fn skip(&mut self) -> Result<(), ReadError> {
        if let Some(unread) = self.unread() {
            self.pass_unread(unread);
            return Ok(());
        }
        let outside = self.depth().saturating_sub(1);
        while self.depth() > outside && self.next()?.is_some() {}
        Ok(())
    }

    /// Passes over the innermost open element and gives the place of the whole in the text.
    pub(crate) fn pass(&mut self) -> Result<Range<usize>, ReadError> {
        let start = self.begun;
        self.skip()?;
        Ok(start..self.at())
    }

    /// The innermost open element from here to behind its end, found without a look at its inside: nothing
    /// may stand there that could hide another end, declare a document type or name an entity.
    pub(crate) fn unread(&self) -> Option<&'a str> {
        let name = self.open.last().filter(|name| !self.is_empty && !name.is_empty())?;
        let rest = self.text.get(self.at()..)?;
        let places = memmem::find_iter(rest.as_bytes(), name);
        let mut tags = places.filter(|&at| rest[..at].ends_with('<') || rest[..at].ends_with("</"));
        let end = tags.next()?;
        let inside = &rest[..end];
        let is_end = inside.ends_with("</") && rest[end + name.len()..].starts_with('>');
        let is_plain = memchr2(b'!', b'&', inside.as_bytes()).is_none();
        let (whole, behind) = rest.split_at_checked(end + name.len() + ">".len())?;
        // A reader that began with a byte order mark would take it away and miscount its places.
        (is_end && is_plain && !behind.starts_with('\u{FEFF}')).then_some(whole)
    }

    /// Passes over what [`unread`](Self::unread) gave.
    pub(crate) fn pass_unread(&mut self, unread: &str) {
        self.base = self.at() + unread.len();
        self.reader = reader(&self.text[self.base..]);
        self.open.pop();
    }

    /// Calls `on_start` for each element inside the innermost open one, with its ancestors up to
    /// there; where it answers `false`, the element's inside is passed over.
    pub(crate) fn children(
        &mut self,
        mut on_start: impl FnMut(&mut Self, &Element<'a>) -> Result<bool, ReadError>,
    ) -> Result<(), ReadError> {
        let outside = self.depth().saturating_sub(1);
        while self.depth() > outside {
            let Some(token) = self.next()? else { break };
            if let Token::Start(element) = token {
                let depth = self.depth();
                // A callback may have read the element to its end already.
                if !on_start(self, &element)? && self.depth() == depth {
                    self.skip()?;
                }
            }
        }
        Ok(())
    }

    fn resolve(&self, reference: &BytesRef<'a>) -> Result<Cow<'a, str>, ReadError> {
        if reference.is_char_ref() {
            // A number that is no character stands for nothing that Word would show.
            let character = reference.resolve_char_ref().ok().flatten();
            return Ok(Cow::Owned(character.unwrap_or(char::REPLACEMENT_CHARACTER).to_string()));
        }
        let text = quick_xml::escape::resolve_predefined_entity(&reference.xml10_content());
        text.map(Cow::Borrowed).ok_or_else(|| self.refused("entity"))
    }

    fn damaged(&self) -> ReadError {
        ReadError::Damaged { what: self.part.to_owned() }
    }

    fn refused(&self, why: &str) -> ReadError {
        ReadError::Damaged { what: format!("{}: {why}", self.part) }
    }
}

/// A reader that leaves the names of ends to us, since it may begin behind a start.
fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    reader
}

impl<'a> Element<'a> {
    /// The name without prefix.
    pub(crate) fn local(&self) -> &'a str {
        &self.content[self.local..self.name]
    }

    /// The prefix, empty when there is none.
    pub(crate) fn prefix(&self) -> &'a str {
        self.content[..self.local].trim_end_matches(':')
    }

    /// An attribute's value by its local name; the first, where prefixes differ.
    pub(crate) fn attribute(&self, local: &str) -> Option<Cow<'a, str>> {
        self.attributes().find(|(name, _)| *name == local).map(|(_, value)| value)
    }

    /// All attributes by their local names, in their order; what is no attribute is passed over.
    pub(crate) fn attributes(&self) -> impl Iterator<Item = (&'a str, Cow<'a, str>)> + use<'a> {
        let mut attributes = Attributes::new(self.content, self.name);
        attributes.with_checks(false);
        attributes.flatten().map(|attribute| {
            let key = attribute.key.into_inner();
            (key.rsplit(':').next().unwrap_or(key), normalized(attribute))
        })
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

/// A value with its references resolved and blanks made spaces (XML 1.0 §3.3.3); one with a reference
/// that means nothing stays as it is written.
fn normalized(attribute: Attribute<'_>) -> Cow<'_, str> {
    if !attribute.value.bytes().any(|byte| matches!(byte, b'&' | b'\t' | b'\r' | b'\n')) {
        return attribute.value;
    }
    let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok().map(Cow::into_owned);
    value.map_or(attribute.value, Cow::Owned)
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
