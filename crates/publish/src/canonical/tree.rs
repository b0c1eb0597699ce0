//! A part as a tree of elements: read with quick-xml, changed, written with quick-xml.

use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use quick_xml::{Reader, Writer, XmlVersion, escape};

use crate::RenderError;

/// An element with its attributes and content.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Element {
    /// Name with its prefix, e.g. `w:pPr`.
    pub(crate) name: String,
    /// Names with prefix, and values without escapes, in written order.
    pub(crate) attributes: Vec<(String, String)>,
    /// Content in written order.
    pub(crate) children: Vec<Node>,
}

/// A piece of an element's content.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Node {
    /// A child element.
    Element(Element),
    /// Characters, without escapes.
    Text(String),
}

impl Element {
    /// An element with attributes.
    pub(crate) fn new(name: &str, attributes: &[(&str, &str)]) -> Self {
        let attributes = attributes.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        Self { name: name.to_owned(), attributes, children: Vec::new() }
    }

    /// An element around a text.
    pub(crate) fn with_text(name: &str, text: &str) -> Self {
        let mut element = Self::new(name, &[]);
        element.children.push(Node::Text(text.to_owned()));
        element
    }

    /// The value of an attribute.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Sets an attribute, in place where it exists.
    pub(crate) fn set(&mut self, name: &str, value: &str) {
        match self.attributes.iter_mut().find(|(key, _)| key == name) {
            Some((_, old)) => value.clone_into(old),
            None => self.attributes.push((name.to_owned(), value.to_owned())),
        }
    }

    /// Child elements.
    pub(crate) fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// Child elements, to change.
    pub(crate) fn elements_mut(&mut self) -> impl Iterator<Item = &mut Self> {
        self.children.iter_mut().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first child of that name.
    pub(crate) fn child(&self, name: &str) -> Option<&Self> {
        self.elements().find(|element| element.name == name)
    }

    /// The first child of that name, made when it is missing; order comes later.
    pub(crate) fn child_or_new(&mut self, name: &str) -> &mut Self {
        if self.child(name).is_none() {
            self.push(Self::new(name, &[]));
        }
        self.elements_mut().find(|element| element.name == name).expect("it was just made")
    }

    /// Adds a child at the end.
    pub(crate) fn push(&mut self, element: Self) {
        self.children.push(Node::Element(element));
    }

    /// Keeps the child elements that `keep` wants, and all text.
    pub(crate) fn retain(&mut self, mut keep: impl FnMut(&Self) -> bool) {
        self.children.retain(|node| match node {
            Node::Element(element) => keep(element),
            Node::Text(_) => true,
        });
    }

    /// Changes this element and all below it.
    pub(crate) fn walk(&mut self, change: &mut impl FnMut(&mut Self)) {
        change(self);
        self.elements_mut().for_each(|child| child.walk(change));
    }
}

/// Elements within each other; Word itself writes some dozens.
const DEEPEST: usize = 1000;

/// Reads a part.
pub(crate) fn read(part: &str, xml: &str) -> Result<Element, RenderError> {
    let mut reader = Reader::from_str(xml);
    let mut growing = Growing::default();
    let mut root = None;
    loop {
        let event = reader.read_event().map_err(|source| failed(part, source))?;
        if matches!(event, Event::Eof) {
            return root.filter(|_| growing.is_closed()).ok_or_else(|| incomplete(part));
        }
        let closed = growing.add(part, &event)?;
        root = root.or(closed);
    }
}

pub(super) fn failed(part: &str, source: quick_xml::Error) -> RenderError {
    RenderError::Xml { part: part.to_owned(), source }
}

pub(super) fn incomplete(part: &str) -> RenderError {
    RenderError::Incomplete { part: part.to_owned() }
}

/// Reads the rest of an element that has begun.
pub(super) fn read_rest(
    part: &str,
    start: &BytesStart,
    reader: &mut Reader<&[u8]>,
) -> Result<Element, RenderError> {
    let mut growing = Growing::default();
    growing.add(part, &Event::Start(start.borrow()))?;
    loop {
        let event = reader.read_event().map_err(|source| failed(part, source))?;
        if matches!(event, Event::Eof) {
            return Err(incomplete(part));
        }
        if let Some(element) = growing.add(part, &event)? {
            return Ok(element);
        }
    }
}

/// A tree that grows with the events of a part.
#[derive(Default)]
pub(crate) struct Growing {
    /// The elements that are not closed yet, from the outermost to the innermost.
    open: Vec<Element>,
}

impl Growing {
    /// Grows below an element that has begun.
    pub(crate) fn of(root: Element) -> Self {
        Self { open: vec![root] }
    }

    /// Whether there is no element that is not closed.
    fn is_closed(&self) -> bool {
        self.open.is_empty()
    }

    /// Takes an event; gives the outermost element when it is closed by it.
    pub(crate) fn add(&mut self, part: &str, event: &Event) -> Result<Option<Element>, RenderError> {
        let failed = |source| failed(part, source);
        match event {
            // A tree is walked and dropped by recursion: a hostile file must not use up the stack.
            Event::Start(_) | Event::Empty(_) if self.open.len() >= DEEPEST => Err(incomplete(part)),
            Event::Start(start) => {
                self.open.push(element(start).map_err(failed)?);
                Ok(None)
            }
            Event::Empty(start) => Ok(self.close(element(start).map_err(failed)?)),
            Event::End(_) => {
                let closed = self.open.pop().ok_or_else(|| incomplete(part))?;
                Ok(self.close(closed))
            }
            Event::Text(text) => {
                add_text(&mut self.open, &text.xml_content(XmlVersion::Explicit1_0));
                Ok(None)
            }
            Event::GeneralRef(reference) => {
                let name = format!("&{};", reference.xml_content(XmlVersion::Explicit1_0));
                let text = escape::unescape(&name).map_err(|error| failed(error.into()))?;
                add_text(&mut self.open, &text);
                Ok(None)
            }
            _ => Ok(None),
        }
    }

    fn close(&mut self, closed: Element) -> Option<Element> {
        match self.open.last_mut() {
            Some(parent) => {
                parent.push(closed);
                None
            }
            None => Some(closed),
        }
    }
}

/// An element without its content.
pub(crate) fn element(start: &BytesStart) -> quick_xml::Result<Element> {
    let mut element = Element::new(start.name().as_ref(), &[]);
    for attribute in start.attributes() {
        let attribute = attribute?;
        let value = attribute.normalized_value(XmlVersion::Explicit1_0)?;
        element.attributes.push((attribute.key.as_ref().to_owned(), value.into_owned()));
    }
    Ok(element)
}

fn add_text(open: &mut [Element], text: &str) {
    let Some(parent) = open.last_mut() else { return };
    match parent.children.last_mut() {
        Some(Node::Text(before)) => before.push_str(text),
        _ => parent.children.push(Node::Text(text.to_owned())),
    }
}

/// Writes a part; `pretty` gives one element a line.
pub(crate) fn write(root: &Element, pretty: bool) -> std::io::Result<String> {
    let mut writer = writer(pretty, 0)?;
    write_element(&mut writer, root)?;
    String::from_utf8(writer.into_inner()).map_err(std::io::Error::other)
}

/// A writer that has begun a part of about so many bytes.
pub(super) fn writer(pretty: bool, bytes: usize) -> std::io::Result<Writer<Vec<u8>>> {
    let target = Vec::with_capacity(bytes);
    let mut writer = if pretty { Writer::new_with_indent(target, b' ', 2) } else { Writer::new(target) };
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), Some("yes"))))?;
    Ok(writer)
}

/// Writes an element and what is in it.
pub(super) fn write_element(writer: &mut Writer<Vec<u8>>, element: &Element) -> std::io::Result<()> {
    let attributes = element.attributes.iter().map(|(key, value)| (key.as_str(), value.as_str()));
    let start = BytesStart::new(element.name.as_str()).with_attributes(attributes);
    if element.children.is_empty() {
        return writer.write_event(Event::Empty(start));
    }
    writer.write_event(Event::Start(start))?;
    for node in &element.children {
        match node {
            Node::Element(child) => write_element(writer, child)?,
            Node::Text(text) => writer.write_event(Event::Text(BytesText::new(text)))?,
        }
    }
    writer.write_event(Event::End(BytesEnd::new(element.name.as_str())))
}

#[cfg(test)]
mod tests {
    use super::{DEEPEST, read, write};

    #[test]
    fn reading_and_writing_keep_text_and_attributes() {
        let xml = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><a b="&lt;1&quot;"><c> &amp;甲 </c><d/></a>"#;
        assert_eq!(write(&read("test", xml).unwrap(), false).unwrap(), xml);
    }

    #[test]
    fn a_part_without_its_end_is_an_error() {
        assert!(read("test", "<a><b></a>").is_err());
        assert!(read("test", "<a><b/>").is_err());
        assert!(read("test", "").is_err());
    }

    #[test]
    fn elements_that_lie_too_deep_are_an_error() {
        let nested = |depth: usize| "<a>".repeat(depth) + &"</a>".repeat(depth);
        assert!(read("test", &nested(DEEPEST)).is_ok());
        assert!(read("test", &nested(200_000)).is_err());
    }
}
