//! The XML of a part to its content, with a stack of what is open instead of recursion.

use std::borrow::Cow;
use std::rc::Rc;

use super::parsed::Parsed;
use super::properties::{self, Formats, Section};
use super::xml::{Element, Token, Xml, is_on};
use crate::word::content::{
    Cell, Fate, Inline, Node, NoteKind, NoteReference, Paragraph, Row, Story, Table, Text,
};
use crate::word::properties::RunProperties;
use crate::word::{equations, symbols};
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

struct Parser<'a> {
    xml: Xml<'a>,
    limits: &'a Limits,
    /// Paragraphs so far, also those in text boxes.
    paragraphs: usize,
    parsed: Parsed,
    /// Body, cells and text boxes that are open.
    containers: Vec<Container>,
    tables: Vec<Table>,
    /// What the end of each open element means.
    closings: Vec<Closing>,
    runs: Vec<Rc<RunProperties>>,
    formats: Formats<'a>,
    fields: Vec<Field>,
    /// For each open alternate content, whether a branch was taken.
    choices: Vec<bool>,
    fate: Fate,
    /// The text element that is open.
    text: Option<String>,
    ruby: String,
    count: u32,
    /// For each section of the body, whether it begins on the page of the one before.
    continuous: Vec<bool>,
}

/// Where paragraphs and tables are gathered.
#[derive(Default)]
struct Container {
    nodes: Vec<Node>,
    paragraph: Option<Paragraph>,
}

/// A complex field that has begun (ECMA-376 §17.16.18).
#[derive(Default)]
struct Field {
    in_result: bool,
    code: String,
}

enum Closing {
    Nothing,
    Paragraph,
    Table,
    Row,
    Cell,
    /// A text box; how many fields were open outside of it.
    TextBox(usize),
    Story(String, bool),
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

/// Elements of word processing without text of their own, or whose children say it all.
const HARMLESS: [&str; 54] = [
    "document",
    "body",
    "hdr",
    "ftr",
    "footnotes",
    "endnotes",
    "comments",
    "ins",
    "moveTo",
    "hyperlink",
    "smartTag",
    "customXml",
    "sdt",
    "sdtContent",
    "dir",
    "bdo",
    "rubyBase",
    "bookmarkStart",
    "bookmarkEnd",
    "proofErr",
    "permStart",
    "permEnd",
    "commentRangeStart",
    "commentRangeEnd",
    "commentReference",
    "annotationRef",
    "footnoteRef",
    "endnoteRef",
    "separator",
    "continuationSeparator",
    "lastRenderedPageBreak",
    "softHyphen",
    "moveFromRangeStart",
    "moveFromRangeEnd",
    "moveToRangeStart",
    "moveToRangeEnd",
    "customXmlInsRangeStart",
    "customXmlInsRangeEnd",
    "customXmlDelRangeStart",
    "customXmlDelRangeEnd",
    "customXmlMoveFromRangeStart",
    "customXmlMoveFromRangeEnd",
    "customXmlMoveToRangeStart",
    "customXmlMoveToRangeEnd",
    "background",
    "drawing",
    "pict",
    "object",
    "movie",
    "pPr",
    "rPr",
    "objectEmbed",
    "objectLink",
    "applyBreakingRules",
];

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

    /// Content of runs and paragraphs that is not plain text.
    fn start_inline(&mut self, element: &Element) -> Result<Option<Closing>, ReadError> {
        match element.local() {
            "tab" | "ptab" => self.push_text("\t".into()),
            "cr" => self.push_text("\n".into()),
            "noBreakHyphen" => self.push_text("\u{2011}".into()),
            "br" => match element.attribute("type").as_deref() {
                Some("page") if self.current_fate() == Fate::Shown => self.push(Inline::PageBreak),
                _ => self.push_text("\n".into()),
            },
            "sym" => {
                let code = element.attribute("char").and_then(|code| u32::from_str_radix(&code, 16).ok());
                let font = element.attribute("font").unwrap_or_default();
                self.push_text(code.map(|code| symbols::shown(&font, code)).unwrap_or_default().into());
            }
            "fldChar" => {
                self.field_mark(element);
                return self.skip();
            }
            "fldSimple" => {
                let code = element.attribute("instr").unwrap_or_default().into_owned();
                self.push_as(code, Fate::FieldCode);
            }
            "ruby" => return Ok(Some(Closing::Ruby)),
            "rt" => return Ok(Some(self.change_fate(Fate::Ruby))),
            "blip" => self.push_image(element.attribute("embed")),
            "imagedata" => self.push_image(element.attribute("id")),
            "textpath" => self.push_word_art(element.attribute("string")),
            "footnoteReference" => self.push_note(NoteKind::Footnote, element),
            "endnoteReference" => self.push_note(NoteKind::Endnote, element),
            "chart" => self.push_not_text("chart"),
            "relIds" => self.push_not_text("diagram"),
            "OLEObject" => self.push_not_text("object"),
            "control" => self.push_not_text("control"),
            "contentPart" => self.push_not_text("ink"),
            "oMath" => self.push_not_text("formula"),
            "altChunk" => self.push_not_text("alt-chunk"),
            "subDoc" => self.push_not_text("sub-document"),
            other => {
                if element.prefix() == "w" && !HARMLESS.contains(&other) {
                    self.parsed.unknown.insert(other.to_owned());
                }
            }
        }
        Ok(Some(Closing::Nothing))
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

    fn skip(&mut self) -> Result<Option<Closing>, ReadError> {
        self.xml.skip()?;
        Ok(None)
    }

    fn container(&mut self) -> &mut Container {
        if self.containers.is_empty() {
            self.containers.push(Container::default());
        }
        self.containers.last_mut().expect("one was pushed if there was none")
    }

    fn close_container(&mut self) -> Vec<Node> {
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
    fn change_fate(&mut self, fate: Fate) -> Closing {
        let before = self.fate;
        if before == Fate::Shown || fate == Fate::Fallback {
            self.fate = fate;
        }
        Closing::Fate(before)
    }

    fn current_fate(&self) -> Fate {
        match self.fate {
            Fate::Shown if self.fields.iter().any(|field| !field.in_result) => Fate::FieldCode,
            fate => fate,
        }
    }

    fn open_text(&mut self, element: &Element, fate: Option<Fate>) -> Closing {
        self.text = Some(String::new());
        let is_exact = element.attribute("space").is_some_and(|space| space == "preserve");
        Closing::Text(fate, is_exact)
    }

    fn characters(&mut self, characters: &str) {
        if let Some(text) = &mut self.text {
            text.push_str(characters);
        }
    }

    fn close_text(&mut self, fate: Option<Fate>, is_exact: bool) {
        const BLANKS: [char; 4] = [' ', '\t', '\n', '\r'];
        let Some(text) = self.text.take() else { return };
        // Word leaves outer blanks out unless they are to be preserved (ECMA-376 §17.3.3.31).
        let text = if is_exact || fate == Some(Fate::FieldCode) { &text } else { text.trim_matches(BLANKS) };
        let text =
            if text.contains(&BLANKS[1..]) { text.replace(&BLANKS[1..], " ") } else { text.to_owned() };
        match fate {
            Some(fate) if self.fate == Fate::Shown => self.push_as(text, fate),
            Some(Fate::FieldCode) if self.fate == Fate::Ruby => self.push_as(text, Fate::FieldCode),
            _ => self.push_text(text.into()),
        }
    }

    fn push_text(&mut self, text: Cow<str>) {
        let fate = self.current_fate();
        if fate == Fate::Ruby {
            self.ruby.push_str(&text);
        } else {
            self.push_as(text.into_owned(), fate);
        }
    }

    fn push_as(&mut self, text: String, fate: Fate) {
        if text.is_empty() {
            return;
        }
        if fate == Fate::FieldCode
            && let Some(field) = self.fields.last_mut().filter(|field| !field.in_result)
        {
            field.code.push_str(&text);
        }
        let format = self.runs.last().cloned().unwrap_or_default();
        self.push(Inline::Text(Text { text, format, fate }));
    }

    /// Adds to the open paragraph; content without one gets a paragraph that nobody counted.
    fn push(&mut self, inline: Inline) {
        let number = self.count.max(1);
        let container = self.container();
        let paragraph =
            container.paragraph.get_or_insert_with(|| Paragraph { number, ..Paragraph::default() });
        paragraph.inlines.push(inline);
    }

    fn push_image(&mut self, relation: Option<Cow<str>>) {
        if let Some(relation) = relation.filter(|_| self.current_fate() == Fate::Shown) {
            self.push(Inline::Image(relation.into_owned()));
        }
    }

    /// The text of a VML WordArt is an attribute.
    fn push_word_art(&mut self, text: Option<Cow<str>>) {
        let Some(text) = text.filter(|text| !text.is_empty()) else { return };
        let text = Text { text: text.into_owned(), format: Rc::default(), fate: self.current_fate() };
        let paragraph = Paragraph {
            number: self.count.max(1),
            inlines: vec![Inline::Text(text)],
            ..Paragraph::default()
        };
        self.push(Inline::TextBox(vec![Node::Paragraph(paragraph)]));
    }

    fn push_note(&mut self, kind: NoteKind, element: &Element) {
        if let Some(id) = element.attribute("id").filter(|_| self.current_fate() == Fate::Shown) {
            self.parsed.has_notes = true;
            let has_own_mark = element.attribute("customMarkFollows").is_some_and(|value| is_on(&value));
            self.push(Inline::Note(NoteReference { kind, id: id.into_owned(), has_own_mark }));
        }
    }

    fn push_not_text(&mut self, what: &'static str) {
        if self.current_fate() == Fate::Shown {
            self.push(Inline::NotText(what));
        }
    }

    fn field_mark(&mut self, element: &Element) {
        match element.attribute("fldCharType").as_deref() {
            Some("begin") => self.fields.push(Field::default()),
            Some("separate") => {
                if let Some(field) = self.fields.last_mut() {
                    field.in_result = true;
                }
            }
            Some("end") => {
                let Some(field) = self.fields.pop().filter(|field| !field.in_result) else { return };
                match equations::shown(&field.code) {
                    Some(shown) => self.push_text(shown.into()),
                    None if equations::is_computed(&field.code) => self.push_not_text("field"),
                    None => {}
                }
            }
            _ => {}
        }
    }
}
