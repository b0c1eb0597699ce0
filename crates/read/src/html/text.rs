//! Text at its place: shown in the open paragraph, or dropped with its reason.

use std::borrow::Cow;

use jianbao_model::document::Alignment;
use jianbao_model::{Code, Diagnostic, DropReason, Dropped, Location};
use jianbao_ms_doc::symbols;

use super::flow::{self, Open};
use super::look::{Look, Space};
use super::paragraph::is_blank;
use super::walk::Walker;
use super::word::FieldMark;

impl Walker<'_> {
    /// Adds text at its place.
    pub(super) fn text(&mut self, text: &str, line: u32) {
        let top = self.top();
        let is_code = self.fields.contains(&true);
        let hidden = top.look.is_invisible.then_some(DropReason::Hidden);
        let code = is_code.then_some(DropReason::FieldCode);
        if let Some(reason) = top.fate.or(code).or(hidden) {
            self.drop_text(reason, text, line);
            return;
        }
        if self.top().look.space != Space::Source {
            self.write(text, line);
            return;
        }
        for (number, text) in text.split('\n').enumerate() {
            if number > 0 {
                self.close();
            }
            self.write(text, line.saturating_add(number as u32));
        }
    }

    /// Adds text that is shown.
    fn write(&mut self, text: &str, line: u32) {
        if self.flow().open.is_none() {
            if text.chars().all(is_blank) {
                return;
            }
            self.open(line);
        }
        self.is_parted = true;
        let look = self.top().look.clone();
        let is_number = self.top().is_number;
        let text = symbols(&look, text);
        self.tell_unknown(&text, line);
        let Some(open) = self.flows.last_mut().and_then(|flow| flow.open.as_mut()) else { return };
        if is_number {
            open.number.push_str(&text);
        } else {
            open.writer.text(&text, &look);
        }
    }

    /// A sign with a private code shows as nobody knows what.
    fn tell_unknown(&mut self, text: &str, line: u32) {
        let is_private = |character: &char| ('\u{E000}'..='\u{F8FF}').contains(character);
        if let Some(private) = text.chars().find(is_private) {
            let location = Location::with_text(&flow::origin(line), text.trim());
            let warning = Diagnostic::new(Code::UnknownSymbol, location);
            self.shown.diagnostics.push(warning.with("code", format!("U+{:04X}", u32::from(private))));
        }
    }

    /// Begins a paragraph in the nearest block.
    pub(super) fn open(&mut self, line: u32) {
        let Some(block) = self.frames.iter_mut().rev().find(|frame| frame.is_block) else { return };
        // The first paragraph of a block is where the block begins, which the reader looks for.
        let line = if block.is_used || self.stated_line.is_some() { line } else { block.line };
        block.is_used = true;
        let (alignment, heading): (Alignment, _) = (block.look.alignment, block.look.heading);
        let flow = self.flow();
        let marker = flow.marker.take().map(|marker| marker.text);
        flow.open = Some(Open { alignment, heading, line, marker, ..Open::default() });
    }

    /// Ends the paragraph.
    pub(super) fn close(&mut self) {
        self.paragraphs += self.flow().close();
    }

    /// Adds to what is not shown; neighbours of one kind are one piece.
    pub(super) fn drop_text(&mut self, reason: DropReason, text: &str, line: u32) {
        let is_parted = std::mem::take(&mut self.is_parted);
        match self.shown.dropped.last_mut() {
            Some(last) if !is_parted && last.reason == reason => last.text.push_str(text),
            _ => {
                self.shown.dropped.push(Dropped {
                    reason,
                    text: text.to_owned(),
                    origin: flow::origin(line),
                });
            }
        }
    }

    /// Notes a mark of a field.
    pub(super) fn field(&mut self, mark: FieldMark) {
        match mark {
            FieldMark::Begin => self.fields.push(true),
            FieldMark::Separator => self.fields.last_mut().into_iter().for_each(|is_code| *is_code = false),
            FieldMark::End => drop(self.fields.pop()),
        }
    }

    pub(super) fn warn(&mut self, code: Code, line: u32, arguments: &[(&'static str, &str)]) {
        let warning = Diagnostic::new(code, flow::origin(line));
        let warning = arguments.iter().fold(warning, |warning, &(name, value)| warning.with(name, value));
        self.shown.diagnostics.push(warning);
    }
}

/// Text in a symbol font by the signs that the font shows.
fn symbols<'a>(look: &Look, text: &'a str) -> Cow<'a, str> {
    let Some(font) = look.font.as_deref().filter(|font| symbols::is_symbol_font(font)) else {
        return Cow::Borrowed(text);
    };
    let sign = |character: char| {
        let code = u16::try_from(u32::from(character)).ok();
        let sign = code.and_then(|code| symbols::to_unicode(font, code));
        sign.and_then(|sign| char::from_u32(u32::from(sign))).unwrap_or(character)
    };
    Cow::Owned(text.chars().map(sign).collect())
}
