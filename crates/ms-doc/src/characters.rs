//! What each character of a story is: text, a mark of something, or a field's bracket.

use crate::art::Drawn;
use crate::document::{Block, Paragraph, RunKind, TextBox};
use crate::error::{Error, Warning};
use crate::fields::{self, Fields};
use crate::pictures::Place;
use crate::properties::Character;
use crate::runs::RunBuilder;
use crate::story::{Anchor, PAGE_BREAK, Reader, Waiting, Walk, trimmed};
use crate::symbols;
use std::ops::Range;

/// Instructions of a field that are put into a warning.
const MAX_CODE: u32 = 200; // UTF-16 units

impl Reader<'_, '_> {
    /// One character: text, or one of those that stand for something (MS-DOC 2.4.1).
    pub(crate) fn character(
        &mut self,
        walk: &mut Walk,
        into: &mut Waiting,
        unit: u16,
        at: u32,
        format: &Character,
    ) -> Result<(), Error> {
        let kind = kind_of(format, &walk.fields);
        let fonts = &self.source.fonts;
        let anchor = if self.anchors.is_empty() { None } else { self.anchors.get(&at) };
        if let Some(anchor) = anchor {
            let (kind, text) = match anchor {
                _ if kind == RunKind::Deleted => (kind, String::new()),
                Anchor::Footnote(index, mark) => (RunKind::Footnote(*index), mark.clone()),
                Anchor::Endnote(index, mark) => (RunKind::Endnote(*index), mark.clone()),
                Anchor::Comment(index) => (RunKind::Comment(*index), String::new()),
            };
            into.runs.push_whole(text, kind, format, at, fonts);
            // A mark that the author wrote is text.
            if unit < 0x20 {
                return Ok(());
            }
        }
        if let Some((font, code)) = format.symbol {
            let unit = self.symbol(font, code);
            into.runs.push(unit, kind, format, at, fonts);
            return Ok(());
        }
        match unit {
            0x01 if format.special && !format.is_data && kind == RunKind::Shown => {
                let picture = format.picture.and_then(|at| self.pictures.at(self.source, Place::Line(at)));
                into.runs.push_whole(String::new(), RunKind::Picture(picture), format, at, fonts);
            }
            0x08 if format.special => self.drawing(into, kind, format, at)?,
            0x09 | 0x20..=0xEFFF | 0xF100..=0xFFFF => {
                into.runs.push(self.in_font(unit, format), kind, format, at, fonts);
            }
            0xF000..=0xF0FF => {
                let unit = self.symbol(self.symbol_font(format), unit);
                into.runs.push(unit, kind, format, at, fonts);
            }
            0x0B => into.runs.push(0x0A, kind, format, at, fonts),
            PAGE_BREAK => {
                into.runs.push_whole(String::new(), RunKind::PageBreak, format, at, fonts);
            }
            0x1E => into.runs.push(0x2011, kind, format, at, fonts), // non-breaking hyphen
            fields::BEGIN | fields::SEPARATOR | fields::END => {
                if let Some(code) = walk.fields.take(unit, at) {
                    self.field_without_result(into, kind_of(format, &walk.fields), format, code);
                }
            }
            // 0x1F is the optional hyphen; the others are marks without text.
            _ => {}
        }
        Ok(())
    }

    /// A character of an ordinary code in a symbol font.
    fn in_font(&self, unit: u16, format: &Character) -> u16 {
        if !(0x21..=0xFF).contains(&unit) {
            return unit;
        }
        let font = self.source.fonts.get(format.fonts[0]).map_or("", |font| &font.name);
        if symbols::is_symbol_font(font) {
            return symbols::to_unicode(font, unit).unwrap_or(unit);
        }
        unit
    }

    /// The font that a private character belongs to: the first symbol font of the three.
    fn symbol_font(&self, format: &Character) -> u16 {
        let is_symbol = |&&font: &&u16| {
            self.source.fonts.get(font).is_some_and(|font| symbols::is_symbol_font(&font.name))
        };
        format.fonts.iter().find(is_symbol).copied().unwrap_or(format.fonts[0])
    }

    fn symbol(&mut self, font: u16, code: u16) -> u16 {
        /// A document in an unknown symbol font would otherwise fill the list.
        const MAX_WARNINGS: usize = 100;
        let name = self.source.fonts.get(font).map_or("", |font| &font.name);
        let known = symbols::to_unicode(name, code);
        if known.is_none() && (code & 0xFF00 == 0xF000) && self.warnings.len() < MAX_WARNINGS {
            self.warnings.push(Warning::UnknownSymbol { font: name.to_owned(), code });
        }
        known.unwrap_or(code)
    }

    /// A drawn object: text boxes, pictures, WordArt, or something that is only told.
    fn drawing(
        &mut self,
        into: &mut Waiting,
        kind: RunKind,
        format: &Character,
        at: u32,
    ) -> Result<(), Error> {
        /// A text box can't hold another one; only a damaged file gets here again.
        const MAX_NESTED: usize = 4;
        let boxes = (self.nested < MAX_NESTED).then(|| self.boxes.remove(&at)).flatten();
        let drawn = self.drawn.remove(&at);
        if boxes.is_none() && drawn.is_none() {
            let fonts = &self.source.fonts;
            into.runs.push_whole(String::new(), RunKind::Picture(None), format, at, fonts);
        }
        for drawn in drawn.into_iter().flatten().filter(|_| kind == RunKind::Shown) {
            match drawn {
                Drawn::Picture(number) => {
                    let picture = self.pictures.at(self.source, Place::Store(number));
                    let fonts = &self.source.fonts;
                    into.runs.push_whole(String::new(), RunKind::Picture(picture), format, at, fonts);
                }
                Drawn::Text(text) => into.boxes.push(self.word_art(text, Some(at))),
            }
        }
        let boxes = boxes.unwrap_or_default();
        for anchored in boxes {
            self.nested += 1;
            let blocks = trimmed(self.story(anchored.text)?);
            self.nested -= 1;
            if blocks.is_empty() {
                continue;
            }
            let text_box = TextBox { anchor: Some(at), blocks };
            into.boxes.push(text_box);
        }
        Ok(())
    }

    /// A WordArt's text as a text box; its size is that of the shape, so the usual one stands for it.
    pub(crate) fn word_art(&self, text: String, anchor: Option<u32>) -> TextBox {
        let mut runs = RunBuilder::default();
        let format = self.source.styles.get(0).character;
        let at = anchor.unwrap_or_default();
        runs.push_whole(text, RunKind::Shown, &format, at, &self.source.fonts);
        let runs = runs.finish(&self.source.fonts);
        let paragraph = Paragraph { start: at, end: at, runs, ..Paragraph::default() };
        TextBox { anchor, blocks: vec![Block::Paragraph(paragraph)] }
    }

    fn field_without_result(
        &mut self,
        into: &mut Waiting,
        kind: RunKind,
        format: &Character,
        code: Range<u32>,
    ) {
        let end = code.end.min(code.start.saturating_add(MAX_CODE));
        let units = self.source.text.units.get(code.start as usize..end as usize);
        let text = String::from_utf16_lossy(units.unwrap_or_default());
        if kind != RunKind::Shown || fields::is_silent(&text) {
            return;
        }
        match fields::shown_by_code(&text) {
            Some(shown) => {
                into.runs.push_whole(shown, kind, format, code.start, &self.source.fonts);
            }
            None => {
                self.warnings.push(Warning::FieldWithoutResult { code: text, at: code.start });
            }
        }
    }
}

/// The kind of text here: the strongest reason for not showing it comes first.
pub(crate) fn kind_of(format: &Character, fields: &Fields) -> RunKind {
    if format.deleted {
        RunKind::Deleted
    } else if fields.in_code() {
        RunKind::FieldCode
    } else if format.hidden || format.always_hidden {
        RunKind::Hidden
    } else {
        RunKind::Shown
    }
}
