//! Control words: formatting, special characters, the ends of paragraphs, cells and rows.

use super::builder::RowLayout;
use super::parse::Parser;
use super::state::{Character, Class, Destination, Justification, Paragraph};
use super::{charset, destinations, note_marks};
use crate::ReadError;
use crate::word::content::{Fate, Inline};

impl Parser<'_> {
    /// A control word outside of what `\u` passes over.
    pub(super) fn word(
        &mut self,
        word: &str,
        parameter: Option<i32>,
        is_first: bool,
    ) -> Result<(), ReadError> {
        self.flush(false);
        let is_starred = std::mem::take(&mut self.is_starred);
        // Some writers put formatting in front of these.
        let may_follow = matches!(word, "pict" | "footnote" | "field" | "object" | "listtext" | "rtf");
        let role = if is_first || is_starred || may_follow { destinations::role(word) } else { None };
        if let Some(role) = role {
            self.begin_destination(role);
            return Ok(());
        }
        if is_starred {
            // A reader that does not know a starred destination is to pass over it.
            if self.state.destination != Destination::Skip {
                self.content.unknown.insert(word.to_owned());
            }
            self.state.destination = Destination::Skip;
            return Ok(());
        }
        match self.state.destination {
            Destination::Skip => Ok(()),
            Destination::Picture => {
                self.picture.iter_mut().for_each(|picture| picture.word(word));
                Ok(())
            }
            Destination::Fonts => {
                self.font_word(word, parameter);
                Ok(())
            }
            Destination::Lists | Destination::LevelText => {
                self.list_word(word, parameter);
                Ok(())
            }
            _ => self.text_word(word, parameter),
        }
    }

    fn font_word(&mut self, word: &str, parameter: Option<i32>) {
        let number = parameter.unwrap_or(0);
        match word {
            "f" => self.fonts.begin(number),
            "fcharset" => self.fonts.set_charset(number),
            "cpg" => self.fonts.set_code_page(number),
            "u" => self.unicode(number),
            _ => {}
        }
    }

    fn list_word(&mut self, word: &str, parameter: Option<i32>) {
        match (word, parameter) {
            ("u", Some(number)) => self.unicode(number),
            ("uc", Some(number)) => self.state.unicode_skip = usize::try_from(number).unwrap_or(1),
            ("f", _) => {
                if let Some(name) = self.fonts.name(parameter) {
                    self.lists.set_font(name);
                }
            }
            _ => self.lists.word(word, parameter),
        }
    }

    fn text_word(&mut self, word: &str, parameter: Option<i32>) -> Result<(), ReadError> {
        match word {
            "par" => self.end_paragraph(),
            "sect" => self.end_section(),
            "cell" => self.end_cell(1),
            "nestcell" => self.end_cell(2),
            "row" => {
                self.end_row(1);
                Ok(())
            }
            "nestrow" => {
                self.end_row(2);
                Ok(())
            }
            "page" | "pagebb" | "column" => {
                self.break_word(word, parameter);
                Ok(())
            }
            _ => {
                self.inline_word(word, parameter);
                Ok(())
            }
        }
    }

    fn inline_word(&mut self, word: &str, parameter: Option<i32>) {
        match word {
            "u" => self.unicode(parameter.unwrap_or(0)),
            "chftn" => self.has_note_mark = true,
            // The date of the reader's day is never what the author saw.
            "chdate" | "chtime" | "chdpl" | "chdpa" => self.push(Inline::NotText("field")),
            _ => match sign(word) {
                Some(sign) => self.put(sign),
                None => self.format_word(word, parameter),
            },
        }
    }

    fn format_word(&mut self, word: &str, parameter: Option<i32>) {
        let is_on = parameter != Some(0);
        let character = &mut self.state.character;
        match word {
            "plain" => *character = Character::plain(self.default_font),
            "b" if character.class != Class::Complex => character.bold = is_on,
            "v" | "spv" => character.hidden = is_on,
            "deleted" => character.deleted = is_on,
            "mvf" => character.moved = is_on,
            "fs" if character.class != Class::Complex => {
                let size = parameter.and_then(|size| u16::try_from(size).ok()).filter(|&size| size > 0);
                character.size = size.unwrap_or(Character::plain(None).size);
            }
            "f" | "af" if character.class == Class::EastAsian => character.east_asian_font = parameter,
            // The associated font of a complex script is none of the text that is read here.
            "af" if character.class != Class::Western => {}
            "f" | "af" => character.font = parameter,
            "loch" | "hich" => character.class = Class::Western,
            "dbch" => character.class = Class::EastAsian,
            "rtlch" => character.class = Class::Complex,
            "ltrch" => character.class = Class::Any,
            "uc" => self.state.unicode_skip = parameter.and_then(|n| usize::try_from(n).ok()).unwrap_or(1),
            _ => self.paragraph_word(word, parameter),
        }
    }

    fn paragraph_word(&mut self, word: &str, parameter: Option<i32>) {
        let paragraph = &mut self.state.paragraph;
        match word {
            "pard" => *paragraph = Paragraph::default(),
            "ql" | "qj" | "qd" => paragraph.justification = Justification::Body,
            "qc" => paragraph.justification = Justification::Center,
            "qr" => paragraph.justification = Justification::Right,
            "ls" => paragraph.list = parameter.filter(|&list| list != 0),
            "ilvl" => paragraph.level = parameter.unwrap_or(0),
            "outlinelevel" => paragraph.outline = parameter,
            "intbl" => paragraph.in_table = true,
            "itap" => paragraph.depth = parameter.and_then(|depth| usize::try_from(depth).ok()).unwrap_or(0),
            _ => self.other_word(word, parameter),
        }
    }

    fn other_word(&mut self, word: &str, parameter: Option<i32>) {
        let number = parameter.unwrap_or(0);
        match word {
            "trowd" => self.row = RowLayout::default(),
            "trleft" => self.row.left = number,
            "cldel" => self.cell_is_deleted = true,
            "cellx" => {
                let is_deleted = std::mem::take(&mut self.cell_is_deleted);
                self.row.cells.push((number, is_deleted));
            }
            "sbknone" => self.section_ended = false,
            "deff" => {
                self.default_font = parameter;
                self.state.character.font = parameter;
            }
            "ansicpg" => self.fonts.document = charset::of_code_page(number).unwrap_or(self.fonts.document),
            "mac" => self.fonts.document = charset::of_code_page(10000).unwrap_or(self.fonts.document),
            // A note of the other kind than its destination says.
            "ftnalt" => self.note_is_endnote(),
            _ => {
                let stated = note_marks::stated(word, parameter);
                self.content.note_marks.change(stated.as_slice());
            }
        }
    }

    fn break_word(&mut self, word: &str, parameter: Option<i32>) {
        match word {
            "page" => self.push(Inline::PageBreak),
            "pagebb" => self.state.paragraph.breaks_before = parameter != Some(0),
            // The text goes on in the next column.
            _ => self.put("\n"),
        }
    }

    /// Whether the story takes ends of paragraphs; what is not shown has them as line ends.
    fn takes_marks(&mut self) -> bool {
        match self.state.destination {
            Destination::Text => true,
            Destination::FieldCode | Destination::Fallback => {
                self.put("\n");
                false
            }
            _ => false,
        }
    }

    fn count_paragraph(&mut self) -> Result<(), ReadError> {
        self.paragraphs += 1;
        if self.paragraphs > self.limits.paragraphs {
            let limit = self.limits.paragraphs as u64;
            return Err(ReadError::LimitExceeded { what: "paragraphs", limit });
        }
        Ok(())
    }

    /// The tables around a paragraph, within the bound on what may stand inside each other.
    fn table_depth(&self, least: usize) -> Result<usize, ReadError> {
        let depth = self.state.paragraph.table_depth().max(least);
        if self.builder.depth() + depth > self.limits.depth {
            return Err(ReadError::LimitExceeded { what: "depth", limit: self.limits.depth as u64 });
        }
        Ok(depth)
    }

    pub(super) fn end_paragraph(&mut self) -> Result<(), ReadError> {
        self.flush(true);
        if self.takes_marks() {
            self.count_paragraph()?;
            let depth = self.table_depth(0)?;
            let properties = self.properties();
            self.builder.end_paragraph(properties, depth);
        }
        Ok(())
    }

    fn end_section(&mut self) -> Result<(), ReadError> {
        let has_text = !self.builder.inlines().is_empty();
        if has_text {
            self.end_paragraph()?;
        }
        self.section_ended = self.builder.is_body();
        Ok(())
    }

    fn end_cell(&mut self, least: usize) -> Result<(), ReadError> {
        self.flush(true);
        if self.takes_marks() {
            self.count_paragraph()?;
            let depth = if least == 1 { 1 } else { self.table_depth(least)? };
            let mut properties = self.properties();
            // A cell's end is no mark that text could flow over.
            properties.mark = crate::word::properties::Mark::Shown;
            properties.mark_format = crate::word::properties::RunProperties::default();
            self.builder.end_cell(properties, depth);
        }
        Ok(())
    }

    fn end_row(&mut self, least: usize) {
        if self.state.destination != Destination::Text {
            return;
        }
        let depth = if least == 1 { 1 } else { self.state.paragraph.table_depth().max(least) };
        let is_deleted = self.state.character.deleted;
        self.builder.end_row(self.row.clone(), is_deleted, depth);
    }

    /// The fate of text here.
    pub(super) fn is_shown(&self) -> bool {
        self.state.destination == Destination::Text && self.fate() == Fate::Shown
    }
}

/// The character that a word stands for (RTF 1.9.1, "Special Characters").
pub(super) fn sign(word: &str) -> Option<&'static str> {
    Some(match word {
        "tab" => "\t",
        "line" | "lbr" | "softline" => "\n",
        "lquote" => "‘",
        "rquote" => "’",
        "ldblquote" => "“",
        "rdblquote" => "”",
        "bullet" => "•",
        "endash" => "–",
        "emdash" => "—",
        "enspace" => "\u{2002}",
        "emspace" => "\u{2003}",
        "qmspace" => "\u{2005}",
        "zwj" => "\u{200D}",
        "zwnj" => "\u{200C}",
        _ => return None,
    })
}
