//! The XML of a part to its content, with a stack of what is open instead of recursion.

use std::rc::Rc;

use super::inlines::Field;
use super::parsed::Parsed;
use super::properties::{self, Formats, Section};
use super::xml::{Element, Token, Xml};
use crate::word::content::{Cell, Fate, Inline, Node, NoteKind, Paragraph, Row, Story, Table};
use crate::word::properties::RunProperties;
use crate::{Limits, ReadError};

/// Parses a part that holds text.
pub(crate) fn parse<'a>(text: &'a str, part: &'a str, limits: &'a Limits) -> Result<Parsed, ReadError> {
    let mut parser = Parser {
        xml: Xml::new(text, part, limits.depth),
        limits,
        paragraphs: 0,
        parsed: Parsed::default(),
        containers: vec![Container::default()],
        tables: Vec::new(),
        closings: Vec::new(),
        runs: Vec::new(),
        formats: Formats::default(),
        fields: Vec::new(),
        choices: Vec::new(),
        fate: Fate::Shown,
        text: None,
        ruby: String::new(),
        count: 0,
        continuous: Vec::new(),
    };
    while let Some(token) = parser.xml.next()? {
        match token {
            Token::Start(element) => parser.start(&element)?,
            Token::End => parser.end(),
            Token::Text(text) => parser.characters(&text),
        }
    }
    parser.finish_story(String::new(), false);
    Ok(parser.parsed)
}

/// A part while it is parsed.
pub(super) struct Parser<'a> {
    pub(super) xml: Xml<'a>,
    pub(super) limits: &'a Limits,
    /// Paragraphs so far, also those in text boxes.
    pub(super) paragraphs: usize,
    pub(super) parsed: Parsed,
    /// Body, cells and text boxes that are open.
    pub(super) containers: Vec<Container>,
    pub(super) tables: Vec<Table>,
    /// What the end of each open element means.
    pub(super) closings: Vec<Closing>,
    pub(super) runs: Vec<Rc<RunProperties>>,
    pub(super) formats: Formats<'a>,
    pub(super) fields: Vec<Field>,
    /// For each open alternate content, whether a branch was taken.
    pub(super) choices: Vec<bool>,
    pub(super) fate: Fate,
    /// The text element that is open.
    pub(super) text: Option<String>,
    pub(super) ruby: String,
    pub(super) count: u32,
    /// For each section of the body, whether it begins on the page of the one before.
    pub(super) continuous: Vec<bool>,
}

/// Where paragraphs and tables are gathered.
#[derive(Default)]
pub(super) struct Container {
    pub(super) nodes: Vec<Node>,
    pub(super) paragraph: Option<Paragraph>,
}

/// What the end of an element means.
pub(super) enum Closing {
    Nothing,
    Paragraph,
    Table,
    Row,
    Cell,
    /// A text box; how many fields were open outside of it.
    TextBox(usize),
    Story(String, bool),
    /// A note in the text itself, and whether its mark is the author's.
    Note(NoteKind, bool),
    Comment,
    Run,
    /// A text element; its fate and whether its outer blanks count.
    Text(Option<Fate>, bool),
    /// The fate that was before.
    Fate(Fate),
    Alternate,
    Ruby,
    /// A line end of text that is not shown.
    Line,
}

/// Namespaces of branches that are understood, by the prefixes that all writers use for them.
const UNDERSTOOD: [&str; 13] =
    ["wps", "wpg", "wpc", "wp14", "w14", "w15", "w16", "w16se", "w16cid", "w16cex", "w16du", "a14", "v"];

impl Parser<'_> {
    fn start(&mut self, element: &Element) -> Result<(), ReadError> {
        let closing = if self.fate == Fate::Fallback {
            Some(self.start_in_fallback(element))
        } else {
            self.start_shown(element)?
        };
        // Without a closing the element was read to its end already.
        self.closings.extend(closing);
        Ok(())
    }

    /// In a branch that is not taken only characters count.
    fn start_in_fallback(&mut self, element: &Element) -> Closing {
        match element.local() {
            "t" | "delText" if element.prefix() != "m" => self.open_text(element, None),
            "tab" | "br" | "cr" => {
                self.push_text("\n".into());
                Closing::Nothing
            }
            "p" => Closing::Line,
            _ => Closing::Nothing,
        }
    }

    fn start_shown(&mut self, element: &Element) -> Result<Option<Closing>, ReadError> {
        let closing = match element.local() {
            "p" => self.open_paragraph()?,
            "pPr" => {
                let (found, section) = properties::paragraph(&mut self.xml)?;
                if let Some(section) = section {
                    self.end_section(section);
                }
                if let Some(paragraph) = self.container().paragraph.as_mut() {
                    paragraph.properties = found;
                }
                return Ok(None);
            }
            "r" => {
                self.runs.push(Rc::default());
                Closing::Run
            }
            "rPr" => {
                let found = self.formats.read(&mut self.xml)?;
                if let Some(run) = self.runs.last_mut().filter(|_| element.prefix() != "m") {
                    *run = found;
                }
                return Ok(None);
            }
            "t" => self.open_text(element, None),
            "delText" => self.open_text(element, Some(Fate::Deleted)),
            "instrText" | "delInstrText" => self.open_text(element, Some(Fate::FieldCode)),
            "tbl" => {
                self.close_paragraph();
                self.tables.push(Table { number: self.count + 1, ..Table::default() });
                Closing::Table
            }
            "tr" | "tc" | "trPr" | "tcPr" => return self.start_in_table(element),
            "tblPr" | "tblPrEx" | "tblGrid" | "sdtPr" | "sdtEndPr" | "rubyPr" | "customXmlPr"
            | "smartTagPr" | "fldData" => return self.skip(),
            "del" | "moveFrom" => {
                self.change_fate(if element.local() == "del" { Fate::Deleted } else { Fate::Moved })
            }
            "sectPr" => {
                let section = properties::section(&mut self.xml)?;
                self.end_section(section);
                return Ok(None);
            }
            "txbxContent" | "txBody" => {
                self.containers.push(Container::default());
                Closing::TextBox(self.fields.len())
            }
            "footnote" | "endnote" if self.container().paragraph.is_some() => self.open_note(element),
            "annotation" => return self.annotation(element),
            "footnote" | "endnote" | "comment" => {
                let id = element.attribute("id").unwrap_or_default().into_owned();
                let kind = element.attribute("type");
                let is_separator = kind.is_some_and(|kind| kind.to_lowercase().contains("separator"));
                Closing::Story(id, is_separator)
            }
            "AlternateContent" => {
                self.choices.push(false);
                Closing::Alternate
            }
            "Choice" | "Fallback" => self.branch(element),
            _ => return self.start_inline(element),
        };
        Ok(Some(closing))
    }

    fn start_in_table(&mut self, element: &Element) -> Result<Option<Closing>, ReadError> {
        let closing = match (element.local(), self.tables.last_mut()) {
            ("tr", Some(table)) => {
                table.rows.push(Row::default());
                Closing::Row
            }
            ("tc", Some(table)) if !table.rows.is_empty() => {
                if let Some(row) = table.rows.last_mut() {
                    row.cells.push(Cell::default());
                }
                self.containers.push(Container::default());
                Closing::Cell
            }
            ("trPr", Some(table)) if !table.rows.is_empty() => {
                if let Some(found) = table.rows.last_mut() {
                    properties::row(&mut self.xml, found)?;
                }
                return Ok(None);
            }
            ("tcPr", Some(table)) => {
                let found = properties::cell(&mut self.xml)?;
                let cell = table.rows.last_mut().and_then(|row| row.cells.last_mut());
                if let Some(cell) = cell {
                    cell.properties = found;
                }
                return Ok(None);
            }
            _ => Closing::Nothing,
        };
        Ok(Some(closing))
    }

    fn end(&mut self) {
        let Some(closing) = self.closings.pop() else { return };
        match closing {
            Closing::Paragraph => self.close_paragraph(),
            Closing::Table => {
                self.close_paragraph();
                if let Some(table) = self.tables.pop() {
                    self.container().nodes.push(Node::Table(table));
                }
            }
            Closing::Nothing | Closing::Row => {}
            Closing::Cell => {
                let nodes = self.close_container();
                let row = self.tables.last_mut().and_then(|table| table.rows.last_mut());
                if let Some(cell) = row.and_then(|row| row.cells.last_mut()) {
                    cell.nodes = nodes;
                }
            }
            Closing::TextBox(fields) => {
                let nodes = self.close_container();
                self.fields.truncate(fields);
                self.push(Inline::TextBox(nodes));
            }
            Closing::Note(kind, has_own_mark) => self.close_note(kind, has_own_mark),
            Closing::Comment => {
                let nodes = self.close_container();
                self.parsed.comments.push(Story { nodes, ..Story::default() });
            }
            Closing::Story(id, is_separator) => self.finish_story(id, is_separator),
            Closing::Run => drop(self.runs.pop()),
            Closing::Text(fate, is_exact) => self.close_text(fate, is_exact),
            Closing::Fate(before) => self.fate = before,
            Closing::Alternate => drop(self.choices.pop()),
            Closing::Ruby => {
                let guide = std::mem::take(&mut self.ruby);
                if !guide.is_empty() {
                    self.push_text(format!("({guide})").into());
                }
            }
            Closing::Line => self.push_text("\n".into()),
        }
    }

    pub(super) fn skip(&mut self) -> Result<Option<Closing>, ReadError> {
        self.xml.skip()?;
        Ok(None)
    }

    pub(super) fn container(&mut self) -> &mut Container {
        if self.containers.is_empty() {
            self.containers.push(Container::default());
        }
        self.containers.last_mut().expect("one was pushed if there was none")
    }

    pub(super) fn close_container(&mut self) -> Vec<Node> {
        self.close_paragraph();
        self.containers.pop().unwrap_or_default().nodes
    }

    fn open_paragraph(&mut self) -> Result<Closing, ReadError> {
        self.close_paragraph();
        // Text boxes and their paragraphs are counted by their host.
        let is_inside = self.containers.iter().rev().skip(1).any(|outer| outer.paragraph.is_some());
        if !is_inside || self.count == 0 {
            self.count += 1;
        }
        self.paragraphs += 1;
        if self.paragraphs > self.limits.paragraphs {
            let limit = self.limits.paragraphs as u64;
            return Err(ReadError::LimitExceeded { what: "paragraphs", limit });
        }
        let paragraph = Paragraph { number: self.count, ..Paragraph::default() };
        self.container().paragraph = Some(paragraph);
        Ok(Closing::Paragraph)
    }

    fn close_paragraph(&mut self) {
        let container = self.container();
        let paragraph = container.paragraph.take().map(Node::Paragraph);
        container.nodes.extend(paragraph);
    }

    fn finish_story(&mut self, id: String, is_separator: bool) {
        self.close_paragraph();
        self.fields.clear();
        let mut nodes = std::mem::take(&mut self.container().nodes);
        let continuous = std::mem::take(&mut self.continuous);
        let ends = nodes.iter_mut().filter_map(|node| match node {
            Node::Paragraph(paragraph) if paragraph.properties.ends_page => Some(paragraph),
            _ => None,
        });
        for (paragraph, is_continuous) in ends.zip(continuous.into_iter().skip(1)) {
            paragraph.properties.ends_page = !is_continuous;
        }
        if !nodes.is_empty() {
            self.parsed.stories.push(Story { id, is_separator, nodes });
        }
    }

    /// Each section says itself how it begins (ECMA-376 §17.6.22), so its end waits for the next one.
    fn end_section(&mut self, section: Section) {
        if self.containers.len() == 1 {
            self.continuous.push(section.is_continuous);
        }
        self.parsed.margins.extend(section.margins);
        self.parsed.own_margins.extend(section.own_margins);
        self.parsed.note_marks.extend(section.note_marks);
    }

    fn branch(&mut self, element: &Element) -> Closing {
        let is_fallback = element.local() == "Fallback";
        let requires = element.attribute("Requires").unwrap_or_default();
        let is_understood = is_fallback || requires.split_whitespace().all(|one| UNDERSTOOD.contains(&one));
        match self.choices.last_mut() {
            Some(is_taken) if !*is_taken && is_understood => {
                *is_taken = true;
                Closing::Nothing
            }
            Some(_) => self.change_fate(Fate::Fallback),
            None => Closing::Nothing,
        }
    }

    /// A fate holds for all inside, except that what is deleted stays so.
    pub(super) fn change_fate(&mut self, fate: Fate) -> Closing {
        let before = self.fate;
        if before == Fate::Shown || fate == Fate::Fallback {
            self.fate = fate;
        }
        Closing::Fate(before)
    }

    /// Adds to the open paragraph; content without one gets a paragraph that nobody counted.
    pub(super) fn push(&mut self, inline: Inline) {
        let number = self.count.max(1);
        let container = self.container();
        let paragraph =
            container.paragraph.get_or_insert_with(|| Paragraph { number, ..Paragraph::default() });
        paragraph.inlines.push(inline);
    }
}
