//! The font table: names, and the encodings of what is written in each font.

use std::collections::HashMap;

use encoding_rs::Encoding;

use super::charset::{self, Charset};

/// The fonts of a document.
pub(super) struct Fonts {
    fonts: HashMap<i32, Font>,
    /// The font whose entry is open.
    open: Option<i32>,
    /// The code page of the document.
    pub(super) document: &'static Encoding,
}

#[derive(Default)]
struct Font {
    name: String,
    charset: Option<i32>,
    /// `\cpg`: a code page of its own.
    code_page: Option<&'static Encoding>,
}

impl Default for Fonts {
    fn default() -> Self {
        Self { fonts: HashMap::new(), open: None, document: encoding_rs::WINDOWS_1252 }
    }
}

impl Fonts {
    /// Begins a font's entry.
    pub(super) fn begin(&mut self, number: i32) {
        self.open = Some(number);
        self.fonts.insert(number, Font::default());
    }

    fn open(&mut self) -> Option<&mut Font> {
        self.fonts.get_mut(&self.open?)
    }

    pub(super) fn set_charset(&mut self, number: i32) {
        if let Some(font) = self.open() {
            font.charset = Some(number);
        }
    }

    pub(super) fn set_code_page(&mut self, number: i32) {
        if let Some(font) = self.open() {
            font.code_page = charset::of_code_page(number);
        }
    }

    /// Adds to the name of the font whose entry is open; a semicolon ends it.
    pub(super) fn add_name(&mut self, text: &str) {
        let Some(font) = self.open() else { return };
        let (name, ends) = text.split_once(';').map_or((text, false), |(name, _)| (name, true));
        font.name.push_str(name.trim_start_matches('@'));
        if ends {
            self.open = None;
        }
    }

    /// The charset of the font whose entry is open, for its name: even symbol fonts have letters there.
    pub(super) fn open_charset(&self) -> Charset {
        match self.charset(self.open) {
            Charset::Symbol => Charset::Named(self.document),
            charset => charset,
        }
    }

    /// How bytes in a font are meant.
    pub(super) fn charset(&self, font: Option<i32>) -> Charset {
        let Some(font) = font.and_then(|font| self.fonts.get(&font)) else {
            return Charset::Named(self.document);
        };
        match (font.code_page, font.charset) {
            (Some(encoding), _) => Charset::Named(encoding),
            (None, Some(number)) => charset::of_font(number, self.document),
            (None, None) => Charset::Named(self.document),
        }
    }

    /// A font's name.
    pub(super) fn name(&self, font: Option<i32>) -> Option<&str> {
        font.and_then(|font| self.fonts.get(&font))
            .map(|font| font.name.trim())
            .filter(|name| !name.is_empty())
    }
}
