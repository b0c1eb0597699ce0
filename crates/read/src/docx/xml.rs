//! A thin pull layer over quick-xml: local names only (so Strict and transitional files are one),
//! entities resolved, depth counted, document types refused.

use std::borrow::Cow;

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

use crate::ReadError;

/// An element's beginning.
pub(crate) struct Element<'a>(BytesStart<'a>);

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
    reader: quick_xml::Reader<&'a [u8]>,
    part: &'a str,
    depth: usize,
    deepest: usize,
}

impl<'a> Xml<'a> {
    /// Reads the text of a part; elements may be `deepest` inside each other.
    pub(crate) fn new(text: &'a str, part: &'a str, deepest: usize) -> Self {
        let mut reader = quick_xml::Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, part, depth: 0, deepest }
    }

    /// The next token; `None` after the last.
    pub(crate) fn next(&mut self) -> Result<Option<Token<'a>>, ReadError> {
        loop {
            let event = self.reader.read_event().map_err(|_| self.damaged())?;
            let token = match event {
                Event::Start(start) | Event::Empty(start) => {
                    self.depth += 1;
                    if self.depth > self.deepest {
                        return Err(ReadError::LimitExceeded { what: "depth", limit: self.deepest as u64 });
                    }
                    Token::Start(Element(start))
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    Token::End
                }
                Event::Text(text) => Token::Text(text.xml10_content()),
                Event::CData(text) => Token::Text(text.xml10_content()),
                Event::GeneralRef(reference) => Token::Text(self.resolve(&reference)?),
                Event::DocType(_) => return Err(self.refused("dtd")),
                Event::Eof if self.depth > 0 => return Err(self.damaged()),
                Event::Eof => return Ok(None),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => continue,
            };
            return Ok(Some(token));
        }
    }

    /// Passes over the rest of the innermost open element.
    pub(crate) fn skip(&mut self) -> Result<(), ReadError> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside && self.next()?.is_some() {}
        Ok(())
    }

    /// Calls `on_start` for each element inside the innermost open one, with its ancestors up to
    /// there; where it answers `false`, the element's inside is passed over.
    pub(crate) fn children(
        &mut self,
        mut on_start: impl FnMut(&mut Self, &Element<'a>) -> Result<bool, ReadError>,
    ) -> Result<(), ReadError> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            let Some(token) = self.next()? else { break };
            if let Token::Start(element) = token {
                let depth = self.depth;
                // A callback may have read the element to its end already.
                if !on_start(self, &element)? && self.depth == depth {
                    self.skip()?;
                }
            }
        }
        Ok(())
    }

    fn resolve(&self, reference: &quick_xml::events::BytesRef<'a>) -> Result<Cow<'a, str>, ReadError> {
        if reference.is_char_ref() {
            // A number that is no character stands for nothing that Word would show.
            let character = reference.resolve_char_ref().ok().flatten();
            return Ok(Cow::Owned(character.unwrap_or(char::REPLACEMENT_CHARACTER).to_string()));
        }
        let name = reference.xml10_content();
        let text = quick_xml::escape::resolve_predefined_entity(&name);
        text.map(Cow::Borrowed).ok_or_else(|| self.refused("entity"))
    }

    fn damaged(&self) -> ReadError {
        ReadError::Damaged { what: self.part.to_owned() }
    }

    fn refused(&self, why: &str) -> ReadError {
        ReadError::Damaged { what: format!("{}: {why}", self.part) }
    }
}

impl Element<'_> {
    /// The name without prefix.
    pub(crate) fn local(&self) -> &str {
        let name = self.0.name().into_inner();
        name.rsplit_once(':').map_or(name, |(_, local)| local)
    }

    /// The prefix, empty when there is none.
    pub(crate) fn prefix(&self) -> &str {
        self.0.name().into_inner().split_once(':').map_or("", |(prefix, _)| prefix)
    }

    /// An attribute's value by its local name; the first, where prefixes differ.
    pub(crate) fn attribute(&self, local: &str) -> Option<Cow<'_, str>> {
        let mut attributes = self.0.attributes();
        attributes.with_checks(false);
        let found = attributes.flatten().find(|attribute| {
            let key = attribute.key.into_inner();
            key.rsplit_once(':').map_or(key, |(_, name)| name) == local
        })?;
        let value = found.normalized_value(XmlVersion::Implicit1_0).ok();
        Some(
            value
                .map_or_else(|| Cow::Owned(found.value.into_owned()), |value| Cow::Owned(value.into_owned())),
        )
    }

    /// The attribute `val`.
    pub(crate) fn val(&self) -> Option<Cow<'_, str>> {
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

/// Whether the value of a property means on (ECMA-376 §17.17.4).
pub(crate) fn is_on(value: &str) -> bool {
    !matches!(value, "0" | "false" | "off" | "none")
}

/// A whole number; measures with a fraction, as some writers give them, are cut.
pub(crate) fn number(text: &str) -> Option<i32> {
    let text = text.trim();
    text.parse().ok().or_else(|| text.parse::<f64>().ok().map(|value| value as i32))
}
