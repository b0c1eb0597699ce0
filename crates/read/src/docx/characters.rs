//! Text elements: their blanks, and the fate of what they hold.

use std::borrow::Cow;

use super::parse::{Closing, Parser};
use super::xml::Element;
use crate::word::content::{Fate, Inline, Text};

impl Parser<'_> {
    pub(super) fn current_fate(&self) -> Fate {
        match self.fate {
            Fate::Shown if self.fields.iter().any(|field| !field.in_result) => Fate::FieldCode,
            fate => fate,
        }
    }

    pub(super) fn open_text(&mut self, element: &Element, fate: Option<Fate>) -> Closing {
        self.text = Some(String::new());
        let is_exact = element.attribute("space").is_some_and(|space| space == "preserve");
        Closing::Text(fate, is_exact)
    }

    pub(super) fn characters(&mut self, characters: &str) {
        if let Some(text) = &mut self.text {
            text.push_str(characters);
        }
    }

    pub(super) fn close_text(&mut self, fate: Option<Fate>, is_exact: bool) {
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

    pub(super) fn push_text(&mut self, text: Cow<str>) {
        let fate = self.current_fate();
        if fate == Fate::Ruby {
            self.ruby.push_str(&text);
        } else {
            self.push_as(text.into_owned(), fate);
        }
    }

    pub(super) fn push_as(&mut self, text: String, fate: Fate) {
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
}
