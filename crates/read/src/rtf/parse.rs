//! Tokens to content, with a stack of open groups instead of recursion.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use jianbao_model::document::Image;

use super::builder::{Builder, RowLayout};
use super::charset::{Bytes, Charset};
use super::closings::Closing;
use super::fonts::Fonts;
use super::lexer::{Lexer, Token};
use super::lists::Lists;
use super::pictures::Picture;
use super::state::{Character, Destination, Justification, Paragraph, State};
use super::words;
use crate::word::content::{Fate, Inline, Story, Text};
use crate::word::notes::NoteMarks;
use crate::word::numbering::Definitions;
use crate::word::properties::{Mark, ParagraphProperties, RunProperties};
use crate::word::whole::Whole;
use crate::{Limits, ReadError};

/// A file's content as it is written.
#[derive(Default)]
pub(super) struct Content {
    /// Notes have ids that count from 1.
    pub(super) stories: Whole,
    pub(super) note_marks: NoteMarks,
    pub(super) definitions: Definitions,
    pub(super) images: HashMap<String, Image>,
    /// The files of the pictures, where somebody asks for them.
    pub(super) picture_files: Option<Vec<Vec<u8>>>,
    /// Starred destinations that are not known here.
    pub(super) unknown: BTreeSet<String>,
    pub(super) templates: Vec<String>,
    /// Sequences that were no characters.
    pub(super) replaced: usize,
    /// The name of the document's encoding.
    pub(super) encoding: &'static str,
    /// The file ends inside a group.
    pub(super) is_cut: bool,
}

pub(super) struct Parser<'a> {
    pub(super) limits: &'a Limits,
    pub(super) state: State,
    /// The states to go back to.
    pub(super) groups: Vec<State>,
    /// What the end of a group means, with the number of groups around it.
    pub(super) closings: Vec<(usize, Closing)>,
    pub(super) is_starred: bool,
    /// Nothing of the innermost group has been read but its brace.
    pub(super) is_first: bool,
    pub(super) default_font: Option<i32>,
    /// Characters that are still to be passed over behind `\u`.
    skip: usize,
    high_surrogate: Option<u16>,
    bytes: Bytes,
    format: Option<(Character, Rc<RunProperties>)>,
    pub(super) builder: Builder,
    pub(super) paragraphs: usize,
    pub(super) fonts: Fonts,
    pub(super) lists: Lists,
    /// The number that the file keeps of the paragraph that is open.
    pub(super) list_text: Option<String>,
    /// The same of the paragraphs around the story that is open.
    pub(super) outer_list_texts: Vec<Option<String>>,
    pub(super) row: RowLayout,
    pub(super) cell_is_deleted: bool,
    pub(super) fields: Vec<Field>,
    pub(super) picture: Option<Picture>,
    pub(super) property: (String, String),
    pub(super) has_note_mark: bool,
    /// A section has ended; its successor says whether on a new page.
    pub(super) section_ended: bool,
    pub(super) content: Content,
}

/// A field that has begun.
#[derive(Default)]
pub(super) struct Field {
    pub(super) code: String,
    pub(super) has_result: bool,
}

/// Parses a file.
pub(super) fn parse(bytes: &[u8], limits: &Limits) -> Result<Content, ReadError> {
    parse_into(Content::default(), bytes, limits)
}

/// Parses a file and keeps the files of its pictures.
pub(super) fn parse_pictures(bytes: &[u8], limits: &Limits) -> Result<Vec<Vec<u8>>, ReadError> {
    let content = Content { picture_files: Some(Vec::new()), ..Content::default() };
    Ok(parse_into(content, bytes, limits)?.picture_files.unwrap_or_default())
}

fn parse_into(content: Content, bytes: &[u8], limits: &Limits) -> Result<Content, ReadError> {
    let character = Character::plain(None);
    let state =
        State { destination: Destination::Text, character, paragraph: Paragraph::default(), unicode_skip: 1 };
    let mut parser = Parser {
        limits,
        state,
        groups: Vec::new(),
        closings: Vec::new(),
        is_starred: false,
        is_first: false,
        default_font: None,
        skip: 0,
        high_surrogate: None,
        bytes: Bytes::default(),
        format: None,
        builder: Builder::new(),
        paragraphs: 0,
        fonts: Fonts::default(),
        lists: Lists::default(),
        list_text: None,
        outer_list_texts: Vec::new(),
        row: RowLayout::default(),
        cell_is_deleted: false,
        fields: Vec::new(),
        picture: None,
        property: Default::default(),
        has_note_mark: false,
        section_ended: false,
        content,
    };
    let lexer = Lexer::new(bytes);
    for token in lexer {
        parser.token(token)?;
        if parser.groups.is_empty() && token == Token::Close {
            // Word reads nothing behind the document's own brace.
            break;
        }
    }
    Ok(parser.finish())
}

impl Parser<'_> {
    fn token(&mut self, token: Token) -> Result<(), ReadError> {
        let is_first = std::mem::take(&mut self.is_first);
        let is_skipped = self.skip > 0;
        match token {
            Token::Open => self.open()?,
            Token::Close => self.close(),
            Token::Hex(byte) if !is_skipped => self.byte(byte),
            Token::Text(text) => {
                let skipped = self.skip.min(text.len());
                self.skip -= skipped;
                self.plain(text.get(skipped..).unwrap_or_default());
            }
            Token::Symbol(_) | Token::Hex(_) | Token::Binary(_) if is_skipped => self.skip -= 1,
            // A word that stands for a character is one of those to pass over (RTF 1.9.1, "Unicode RTF").
            // What ends a paragraph or a cell is none, though the text would have it so: some writers
            // leave the character out.
            Token::Word(word, _) if is_skipped && words::sign(word).is_some() => self.skip -= 1,
            Token::Word(word, parameter) => {
                self.skip = 0;
                self.word(word, parameter, is_first)?;
            }
            Token::Symbol(sign) => self.symbol(sign)?,
            Token::Binary(bytes) => self.binary(bytes),
            Token::Hex(_) => {}
        }
        Ok(())
    }

    fn open(&mut self) -> Result<(), ReadError> {
        self.flush(false);
        self.skip = 0;
        self.groups.push(self.state);
        self.is_first = true;
        if self.groups.len() > self.limits.depth {
            return Err(ReadError::LimitExceeded { what: "depth", limit: self.limits.depth as u64 });
        }
        Ok(())
    }

    fn close(&mut self) {
        self.flush(false);
        self.skip = 0;
        self.is_starred = false;
        let depth = self.groups.len();
        while let Some((_, closing)) = self.closings.pop_if(|(at, _)| *at >= depth) {
            self.close_destination(closing);
        }
        self.state = self.groups.pop().unwrap_or(self.state);
    }

    fn finish(mut self) -> Content {
        self.content.is_cut = !self.groups.is_empty();
        while !self.groups.is_empty() {
            self.close();
        }
        self.flush(true);
        let properties = self.properties();
        self.content.stories.body = vec![Story { nodes: self.builder.close(properties), ..Story::default() }];
        self.content.definitions = self.lists.definitions;
        self.content.replaced += self.bytes.replaced;
        self.content.encoding = self.fonts.document.name();
        self.content
    }

    fn symbol(&mut self, sign: u8) -> Result<(), ReadError> {
        match sign {
            b'*' => self.is_starred = true,
            b'\\' | b'{' | b'}' => self.plain(&[sign]),
            b'~' => self.put("\u{A0}"),
            b'_' => self.put("\u{2011}"),
            // A backslash at a line's end is `\par`.
            b'\r' | b'\n' => self.end_paragraph()?,
            b'\t' => self.put("\t"),
            // An optional hyphen, and marks for indexes and formulas of old versions.
            _ => {}
        }
        Ok(())
    }

    fn binary(&mut self, bytes: &[u8]) {
        if let (Destination::Picture, Some(picture)) = (self.state.destination, &mut self.picture) {
            picture.add_bytes(bytes);
        }
    }

    fn charset(&self) -> Charset {
        match self.state.destination {
            Destination::Fonts => self.fonts.open_charset(),
            Destination::LevelText => super::charset::of_font(0, self.fonts.document),
            _ => self.fonts.charset(self.state.character.current_font()),
        }
    }

    fn byte(&mut self, byte: u8) {
        self.plain(&[byte]);
    }

    /// Text in the file's own bytes.
    fn plain(&mut self, text: &[u8]) {
        match self.state.destination {
            Destination::Picture => {
                if let Some(picture) = &mut self.picture {
                    picture.add_digits(text);
                }
            }
            // What only stood in for `\u` leaves nothing, and may stand inside a surrogate pair.
            destination if destination.takes_text() && !text.is_empty() => {
                self.end_surrogate();
                let charset = self.charset();
                if !self.bytes.fits(charset) {
                    self.flush(false);
                }
                self.bytes.extend(text, charset);
            }
            _ => {}
        }
    }

    /// `\u`: a UTF-16 unit as a signed number.
    pub(super) fn unicode(&mut self, number: i32) {
        self.skip = self.state.unicode_skip;
        if !self.state.destination.takes_text() {
            return;
        }
        self.flush(true);
        let unit = number as u16;
        match (self.high_surrogate.take(), unit) {
            (None, 0xD800..=0xDBFF) => self.high_surrogate = Some(unit),
            (Some(high), _) => {
                let text = String::from_utf16_lossy(&[high, unit]);
                self.content.replaced += usize::from(text.contains('\u{FFFD}'));
                self.output(&text);
            }
            (None, _) => {
                let text = String::from_utf16_lossy(&[unit]);
                self.content.replaced += usize::from(unit & 0xF800 == 0xD800);
                self.output(&text);
            }
        }
    }

    /// Half a pair that nothing followed.
    fn end_surrogate(&mut self) {
        if self.high_surrogate.take().is_some() {
            self.content.replaced += 1;
            self.output("\u{FFFD}");
        }
    }

    /// Adds text that is not in the file's bytes.
    pub(super) fn put(&mut self, text: &str) {
        self.flush(true);
        if self.state.destination.takes_text() {
            self.end_surrogate();
            self.output(text);
        }
    }

    /// Turns the bytes that wait into text; half a character waits on unless the text `ends`.
    pub(super) fn flush(&mut self, ends: bool) {
        let text = self.bytes.take(ends);
        if !text.is_empty() {
            self.output(&text);
        }
    }

    fn output(&mut self, text: &str) {
        match self.state.destination {
            Destination::Text => self.push_text(text, self.fate()),
            Destination::FieldCode => {
                if let Some(field) = self.fields.last_mut() {
                    field.code.push_str(text);
                }
                // A field that is gone is gone with its code.
                let fate = self.fate();
                self.push_text(text, if fate == Fate::Shown { Fate::FieldCode } else { fate });
            }
            Destination::Fallback => self.push_text(text, Fate::Fallback),
            Destination::Fonts => self.fonts.add_name(text),
            Destination::LevelText => self.lists.text.push_str(text),
            Destination::ListText => {
                let font = self.fonts.name(self.state.character.current_font()).unwrap_or_default();
                let text = crate::word::symbols::bullet(font, text);
                self.list_text.get_or_insert_default().push_str(&text);
            }
            Destination::PropertyName => self.property.0.push_str(text),
            Destination::PropertyValue => self.property.1.push_str(text),
            Destination::Skip | Destination::Lists | Destination::Picture => {}
        }
    }

    /// What became of text under revision.
    pub(super) fn fate(&self) -> Fate {
        match self.state.character {
            Character { deleted: true, .. } => Fate::Deleted,
            Character { moved: true, .. } => Fate::Moved,
            _ => Fate::Shown,
        }
    }

    pub(super) fn push_text(&mut self, text: &str, fate: Fate) {
        if fate == Fate::Shown {
            self.begin_section();
            if let Some(field) = self.fields.last_mut() {
                field.has_result = true;
            }
        }
        let format = self.format();
        match self.builder.inlines().last_mut() {
            Some(Inline::Text(last)) if last.fate == fate && Rc::ptr_eq(&last.format, &format) => {
                last.text.push_str(text);
            }
            _ => {
                let text = Text { text: text.to_owned(), format, fate };
                self.builder.inlines().push(Inline::Text(text));
            }
        }
    }

    /// Adds something that is no text, if the place is shown.
    pub(super) fn push(&mut self, inline: Inline) {
        if self.state.destination == Destination::Text && self.fate() == Fate::Shown {
            self.begin_section();
            if let Some(field) = self.fields.last_mut() {
                field.has_result = true;
            }
            self.builder.inlines().push(inline);
        }
    }

    fn begin_section(&mut self) {
        if self.builder.is_body() && std::mem::take(&mut self.section_ended) {
            self.builder.inlines().push(Inline::PageBreak);
        }
    }

    pub(super) fn format(&mut self) -> Rc<RunProperties> {
        let character = self.state.character;
        if let Some((_, format)) = self.format.as_ref().filter(|(known, _)| *known == character) {
            return Rc::clone(format);
        }
        let name = |font| self.fonts.name(font).map(str::to_owned);
        let format = Rc::new(RunProperties {
            style: None,
            bold: Some(character.bold),
            vanish: Some(character.hidden),
            size: Some(character.size),
            font: name(character.east_asian_font.or(character.font)),
            latin: name(character.current_font()),
        });
        self.format = Some((character, Rc::clone(&format)));
        format
    }

    /// The properties of the paragraph that ends here.
    pub(super) fn properties(&mut self) -> ParagraphProperties {
        let paragraph = self.state.paragraph;
        let is_gone = self.fate() != Fate::Shown;
        ParagraphProperties {
            style: None,
            justification: match paragraph.justification {
                Justification::Body => None,
                Justification::Center => Some("center".to_owned()),
                Justification::Right => Some("right".to_owned()),
            },
            outline: paragraph.outline,
            list: paragraph.list,
            level: Some(paragraph.level),
            list_text: self.list_text.take(),
            breaks_before: Some(paragraph.breaks_before),
            mark: if is_gone { Mark::Deleted } else { Mark::Shown },
            mark_format: RunProperties { vanish: Some(self.state.character.hidden), ..Default::default() },
            ends_page: false,
        }
    }
}
