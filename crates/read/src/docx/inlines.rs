//! What stands in runs and paragraphs besides plain text: breaks, symbols, fields, pictures, notes.

use std::borrow::Cow;
use std::rc::Rc;

use super::parse::{Closing, Container, Parser};
use super::xml::{Element, is_on};
use crate::ReadError;
use crate::word::content::{Fate, Inline, Node, NoteKind, NoteReference, Paragraph, Story, Text};
use crate::word::{equations, symbols};

/// A complex field that has begun (ECMA-376 §17.16.18).
#[derive(Default)]
pub(super) struct Field {
    pub(super) in_result: bool,
    pub(super) code: String,
}

/// Elements of word processing without text of their own, or whose children say it all.
const HARMLESS: [&str; 57] = [
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
    "hlink",
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
    "bgPict",
    "binData",
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
    /// Content of runs and paragraphs that is not plain text.
    pub(super) fn start_inline(&mut self, element: &Element) -> Result<Option<Closing>, ReadError> {
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
            "imagedata" => self.push_image(element.attribute("id").or_else(|| element.attribute("src"))),
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

    pub(super) fn push_image(&mut self, relation: Option<Cow<str>>) {
        if let Some(relation) = relation.filter(|_| self.current_fate() == Fate::Shown) {
            self.push(Inline::Image(relation.into_owned()));
        }
    }

    /// The text of a VML WordArt is an attribute.
    pub(super) fn push_word_art(&mut self, text: Option<Cow<str>>) {
        let Some(text) = text.filter(|text| !text.is_empty()) else { return };
        let text = Text { text: text.into_owned(), format: Rc::default(), fate: self.current_fate() };
        let paragraph = Paragraph {
            number: self.count.max(1),
            inlines: vec![Inline::Text(text)],
            ..Paragraph::default()
        };
        self.push(Inline::TextBox(vec![Node::Paragraph(paragraph)]));
    }

    pub(super) fn push_note(&mut self, kind: NoteKind, element: &Element) {
        if let Some(id) = element.attribute("id").filter(|_| self.current_fate() == Fate::Shown) {
            self.parsed.has_notes = true;
            let has_own_mark = element.attribute("customMarkFollows").is_some_and(|value| is_on(&value));
            self.push(Inline::Note(NoteReference { kind, id: id.into_owned(), has_own_mark }));
        }
    }

    pub(super) fn push_not_text(&mut self, what: &'static str) {
        if self.current_fate() == Fate::Shown {
            self.push(Inline::NotText(what));
        }
    }

    pub(super) fn field_mark(&mut self, element: &Element) {
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

    /// A note in the text itself (Word 2003).
    pub(super) fn open_note(&mut self, element: &Element) -> Closing {
        let kind = if element.local() == "footnote" { NoteKind::Footnote } else { NoteKind::Endnote };
        let has_own_mark = element.attribute("suppressRef").is_some_and(|value| is_on(&value));
        self.containers.push(Container::default());
        Closing::Note(kind, has_own_mark)
    }

    pub(super) fn close_note(&mut self, kind: NoteKind, has_own_mark: bool) {
        let id = (self.parsed.notes.len() + 1).to_string();
        let story = Story { id: id.clone(), nodes: self.close_container(), ..Story::default() };
        if self.current_fate() == Fate::Shown {
            self.push(Inline::Note(NoteReference { kind, id, has_own_mark }));
            self.parsed.notes.push((kind, story));
        } else {
            self.push_text(story.plain_text().into());
        }
    }

    /// An annotation of Word 2003: a revision, a comment, a bookmark.
    pub(super) fn annotation(&mut self, element: &Element) -> Result<Option<Closing>, ReadError> {
        let kind = element.attribute("type").unwrap_or_default();
        Ok(Some(match kind.rsplit('.').next() {
            Some("Deletion") => self.change_fate(Fate::Deleted),
            Some("Comment") => {
                self.containers.push(Container::default());
                Closing::Comment
            }
            Some("Formatting" | "Numbering") => return self.skip(),
            _ => Closing::Nothing,
        }))
    }
}
