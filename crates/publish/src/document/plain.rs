//! Plain paragraphs, which are most of an issue: named styles, text, tabs and bookmarks, nothing else. They are
//! written here in the form that the canonical pass would give them; docx-rs writes all other blocks.

use std::io;

use docx_rs as docx;
use quick_xml::Writer;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};

use super::Block;

/// What a paragraph takes when it is written, about, in bytes.
const PARAGRAPH: usize = 768;

/// The plain paragraphs of a text, written.
#[derive(Default)]
pub(crate) struct Plain {
    xml: Vec<u8>,
    /// Where in it each row of paragraphs that follow each other ends.
    ends: Vec<usize>,
}

impl Plain {
    /// Writes the plain ones of blocks. Among those that are left for docx-rs stands a mark for each row: the
    /// end of a bookmark outside of paragraphs, where an issue has none.
    pub(super) fn of(blocks: Vec<Block>) -> io::Result<(Self, Vec<docx::DocumentChild>)> {
        let nothing = Nothing::default();
        let mut writer = Writer::new(Vec::with_capacity(blocks.len() * PARAGRAPH));
        let (mut ends, mut left) = (Vec::new(), Vec::new());
        let mut in_row = false;
        for mut block in blocks {
            if let Block::Paragraph(paragraph) = &mut block
                && nothing.allows(paragraph)
            {
                if !in_row {
                    left.push(docx::DocumentChild::BookmarkEnd(docx::BookmarkEnd::new(0)));
                }
                in_row = true;
                write(paragraph, &mut writer)?;
                continue;
            }
            if in_row {
                ends.push(writer.get_ref().len());
            }
            in_row = false;
            left.push(block.into());
        }
        if in_row {
            ends.push(writer.get_ref().len());
        }
        Ok((Self { xml: writer.into_inner(), ends }, left))
    }

    /// The rows in their order.
    pub(crate) fn rows(&self) -> impl Iterator<Item = &[u8]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).filter_map(|(start, end)| self.xml.get(start..*end))
    }
}

/// Properties that say nothing.
#[derive(Default)]
struct Nothing {
    paragraph: docx::ParagraphProperty,
    run: docx::RunProperty,
}

impl Nothing {
    /// Whether a paragraph's properties are no more than these and styles, and its content is plain.
    fn allows(&self, paragraph: &mut docx::Paragraph) -> bool {
        let style = paragraph.property.style.take();
        let is_plain = paragraph.property == self.paragraph;
        paragraph.property.style = style;
        is_plain
            && paragraph.children.iter_mut().all(|child| match child {
                docx::ParagraphChild::Run(run) => self.allows_run(run),
                docx::ParagraphChild::BookmarkStart(_) | docx::ParagraphChild::BookmarkEnd(_) => true,
                _ => false,
            })
    }

    fn allows_run(&self, run: &mut docx::Run) -> bool {
        let style = run.run_property.style.take();
        let is_plain = run.run_property == self.run;
        run.run_property.style = style;
        is_plain
            && run.children.iter().all(|child| match child {
                docx::RunChild::Text(text) => text.preserve_space,
                docx::RunChild::Tab(tab) => *tab == docx::Tab::default(),
                _ => false,
            })
    }
}

fn write(paragraph: &docx::Paragraph, writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
    let style = paragraph.property.style.as_ref().map(|style| style.val.as_str());
    if style.is_none() && paragraph.children.is_empty() {
        return writer.write_event(Event::Empty(BytesStart::new("w:p")));
    }
    within("w:p", writer, |writer| {
        write_style(["w:pPr", "w:pStyle"], style, writer)?;
        paragraph.children.iter().try_for_each(|child| match child {
            docx::ParagraphChild::Run(run) => write_run(run, writer),
            docx::ParagraphChild::BookmarkStart(start) => {
                let id = start.id.to_string();
                write_empty("w:bookmarkStart", [("w:id", &id), ("w:name", &start.name)], writer)
            }
            docx::ParagraphChild::BookmarkEnd(end) => {
                write_empty("w:bookmarkEnd", [("w:id", &end.id.to_string())], writer)
            }
            _ => Ok(()),
        })
    })
}

fn write_run(run: &docx::Run, writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
    let style = run.run_property.style.as_ref().map(|style| style.val.as_str());
    if style.is_none() && run.children.is_empty() {
        return writer.write_event(Event::Empty(BytesStart::new("w:r")));
    }
    within("w:r", writer, |writer| {
        write_style(["w:rPr", "w:rStyle"], style, writer)?;
        run.children.iter().try_for_each(|child| match child {
            docx::RunChild::Text(text) => write_text(&text.text, writer),
            docx::RunChild::Tab(_) => write_empty("w:tab", [], writer),
            _ => Ok(()),
        })
    })
}

/// `text` has its escapes already.
fn write_text(text: &str, writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
    let start = BytesStart::from_content(r#"w:t xml:space="preserve""#, "w:t".len());
    if text.is_empty() {
        return writer.write_event(Event::Empty(start));
    }
    writer.write_event(Event::Start(start))?;
    writer.write_event(Event::Text(BytesText::from_escaped(text)))?;
    writer.write_event(Event::End(BytesEnd::new("w:t")))
}

fn write_style(
    [properties, name]: [&str; 2],
    style: Option<&str>,
    writer: &mut Writer<Vec<u8>>,
) -> io::Result<()> {
    match style {
        Some(style) => within(properties, writer, |writer| write_empty(name, [("w:val", style)], writer)),
        None => Ok(()),
    }
}

fn write_empty<'a, const N: usize>(
    name: &str,
    attributes: [(&'a str, &'a str); N],
    writer: &mut Writer<Vec<u8>>,
) -> io::Result<()> {
    writer.write_event(Event::Empty(BytesStart::new(name).with_attributes(attributes)))
}

fn within(
    name: &str,
    writer: &mut Writer<Vec<u8>>,
    content: impl FnOnce(&mut Writer<Vec<u8>>) -> io::Result<()>,
) -> io::Result<()> {
    writer.write_event(Event::Start(BytesStart::new(name)))?;
    content(writer)?;
    writer.write_event(Event::End(BytesEnd::new(name)))
}
