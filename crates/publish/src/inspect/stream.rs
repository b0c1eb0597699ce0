//! A part of a Word file, element by element: what nobody asks for is passed over and never held.

use std::io::{BufRead, BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;

use super::InspectError;
use crate::RenderError;
use crate::canonical::tree::{Element, Growing, element};

/// Largest part that is read, in bytes.
const PART_BYTES: u64 = 64 << 20;

/// Largest element that is held as a tree, in bytes of its XML. Word writes some kilobytes for a paragraph,
/// and a megabyte for a part of thousands of styles.
const TREE_BYTES: u64 = 8 << 20;

/// Most elements and attributes of a tree; each takes about 150 bytes.
const TREE_PIECES: usize = 500_000;

/// The next thing in a part.
pub(super) enum Step {
    /// An element begins; it has its attributes, and its content comes next.
    Open(Element),
    /// An element ends.
    Close,
    /// The part ends.
    End,
}

/// A part that is being read.
pub(super) struct Stream<R> {
    part: String,
    reader: Reader<R>,
    buffer: Vec<u8>,
    depth: usize,
}

/// Opens a part of a container; none if it has no such part.
pub(super) fn open<'a>(
    container: &'a mut ZipArchive<Cursor<&[u8]>>,
    name: &str,
) -> Result<Option<Stream<impl BufRead + 'a>>, InspectError> {
    let Ok(file) = container.by_name(name) else { return Ok(None) };
    if file.size() > PART_BYTES {
        return Err(InspectError::Part(name.to_owned()));
    }
    // The size may be a lie.
    Ok(Some(Stream::new(name, BufReader::new(file.take(PART_BYTES)))))
}

/// A part that is small enough to be held, as a tree; none if the container has no such part.
pub(super) fn whole(
    container: &mut ZipArchive<Cursor<&[u8]>>,
    name: &str,
) -> Result<Option<Element>, InspectError> {
    let Some(mut stream) = open(container, name)? else { return Ok(None) };
    let Step::Open(root) = stream.step()? else { return Err(stream.damaged()) };
    let root = stream.tree(root, &[])?;
    Ok(Some(root))
}

impl<R: BufRead> Stream<R> {
    fn new(part: &str, source: R) -> Self {
        let mut reader = Reader::from_reader(source);
        reader.config_mut().expand_empty_elements = true;
        Self { part: part.to_owned(), reader, buffer: Vec::new(), depth: 0 }
    }

    /// How many elements are open.
    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    /// Goes on to the next beginning or end of an element.
    pub(super) fn step(&mut self) -> Result<Step, InspectError> {
        loop {
            let step = match next(&self.part, &mut self.reader, &mut self.buffer)? {
                Event::Start(start) => element(&start).map(Step::Open),
                Event::End(_) => Ok(Step::Close),
                Event::Eof if self.depth == 0 => return Ok(Step::End),
                Event::Eof => return Err(self.damaged()),
                _ => continue,
            };
            let step = step.map_err(|source| failed(&self.part, source))?;
            match step {
                Step::Open(_) => self.depth += 1,
                _ => self.depth -= 1,
            }
            return Ok(step);
        }
    }

    /// Passes over the rest of the element that has begun last.
    pub(super) fn skip(&mut self) -> Result<(), InspectError> {
        let outside = self.depth - 1;
        while self.depth > outside {
            match next(&self.part, &mut self.reader, &mut self.buffer)? {
                Event::Start(_) => self.depth += 1,
                Event::End(_) => self.depth -= 1,
                Event::Eof => return Err(self.damaged()),
                _ => {}
            }
        }
        Ok(())
    }

    /// The element that has begun last with all its content, but for the elements of these names.
    pub(super) fn tree(&mut self, root: Element, unread: &[&str]) -> Result<Element, InspectError> {
        let begin = self.reader.buffer_position();
        let mut pieces = 0;
        let mut growing = Growing::of(root);
        loop {
            let event = next(&self.part, &mut self.reader, &mut self.buffer)?;
            if self.reader.buffer_position() - begin > TREE_BYTES || pieces > TREE_PIECES {
                return Err(self.damaged());
            }
            match &event {
                Event::Eof => return Err(self.damaged()),
                Event::Start(start) => {
                    self.depth += 1;
                    if unread.contains(&start.name().as_ref()) {
                        self.skip()?;
                        continue;
                    }
                    pieces += 1 + start.attributes().count();
                }
                Event::End(_) => self.depth -= 1,
                _ => {}
            }
            if let Some(root) = growing.add(&self.part, &event)? {
                return Ok(root);
            }
        }
    }

    fn damaged(&self) -> InspectError {
        InspectError::Part(self.part.clone())
    }
}

fn next<'a, R: BufRead>(
    part: &str,
    reader: &mut Reader<R>,
    buffer: &'a mut Vec<u8>,
) -> Result<Event<'a>, InspectError> {
    buffer.clear();
    reader.read_event_into(buffer).map_err(|source| failed(part, source))
}

fn failed(part: &str, source: quick_xml::Error) -> InspectError {
    RenderError::Xml { part: part.to_owned(), source }.into()
}
