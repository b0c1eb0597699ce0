//! Destinations: what their beginning opens and what their group's end closes.

use super::destinations::Role;
use super::lists::Part;
use super::parse::{Field, Parser};
use super::pictures::Picture;
use super::state::{Character, Destination, Paragraph};
use crate::word::content::{Fate, Inline, Node, NoteKind, NoteReference, Story, Text};
use crate::word::equations;
use crate::word::properties::ParagraphProperties;

/// What the end of a group means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Closing {
    List(Part),
    Field,
    Note {
        kind: NoteKind,
        has_own_mark: bool,
    },
    Margin {
        is_header: bool,
    },
    Comment,
    TextBox,
    PropertyValue,
    Picture,
    /// The template's address has been gathered as a property's value.
    Template,
}

impl Parser<'_> {
    fn on_close(&mut self, closing: Closing) {
        self.closings.push((self.groups.len(), closing));
    }

    /// Begins a destination, if there is a document around it to which it could belong.
    pub(super) fn begin_destination(&mut self, role: Role) {
        match (self.state.destination, role) {
            (Destination::Skip, Role::Unicode) => self.begin_unicode(),
            (_, Role::Skip) | (Destination::Fallback, Role::Picture) => {
                self.state.destination = Destination::Skip;
            }
            // What is not shown has only text.
            (Destination::Skip | Destination::Fallback, _)
            | (Destination::FieldCode, Role::FieldResult | Role::Note(_) | Role::TextBox | Role::Picture) => {
            }
            (Destination::Lists, Role::ListPart(part)) => {
                self.lists.begin(part);
                self.on_close(Closing::List(part));
                if part == Part::LevelText {
                    self.state.destination = Destination::LevelText;
                }
            }
            (Destination::PropertyValue, Role::Picture) if self.property.0.trim() != "pib" => {
                self.state.destination = Destination::Skip;
            }
            (_, role) => self.begin_shown(role),
        }
    }

    fn begin_shown(&mut self, role: Role) {
        match role {
            Role::Fonts => self.state.destination = Destination::Fonts,
            Role::Lists => self.state.destination = Destination::Lists,
            Role::ListText => self.state.destination = Destination::ListText,
            Role::FieldCode | Role::IndexEntry => self.state.destination = Destination::FieldCode,
            Role::Fallback => self.state.destination = Destination::Fallback,
            Role::FieldResult => self.state.destination = Destination::Text,
            Role::Field => {
                self.fields.push(Field::default());
                self.on_close(Closing::Field);
            }
            Role::Note(kind) => {
                let has_own_mark = !std::mem::take(&mut self.has_note_mark);
                self.open_story(Closing::Note { kind, has_own_mark });
            }
            Role::Header => self.open_story(Closing::Margin { is_header: true }),
            Role::Footer => self.open_story(Closing::Margin { is_header: false }),
            Role::Comment => self.open_story(Closing::Comment),
            Role::TextBox => self.open_story(Closing::TextBox),
            Role::Shape => self.property = Default::default(),
            Role::PropertyName => {
                self.property.0.clear();
                self.state.destination = Destination::PropertyName;
            }
            Role::PropertyValue | Role::Template => {
                self.property.1.clear();
                self.state.destination = Destination::PropertyValue;
                let is_value = role == Role::PropertyValue;
                self.on_close(if is_value { Closing::PropertyValue } else { Closing::Template });
            }
            Role::Picture => {
                self.picture = Some(Picture::default());
                self.state.destination = Destination::Picture;
                self.on_close(Closing::Picture);
            }
            Role::Object => self.push(Inline::NotText("object")),
            Role::Formula => self.push(Inline::NotText("formula")),
            Role::Transparent | Role::Skip | Role::ListPart(_) | Role::Unicode => {}
        }
    }

    /// `\upr` passes over its first form; the Unicode form goes where the whole would have gone.
    fn begin_unicode(&mut self) {
        let outside = self.groups.len().checked_sub(2).and_then(|index| self.groups.get(index));
        self.state.destination = outside.map_or(Destination::Skip, |state| state.destination);
    }

    /// Begins a story of its own.
    fn open_story(&mut self, closing: Closing) {
        self.builder.open();
        self.outer_list_texts.push(self.list_text.take());
        self.on_close(closing);
        self.state.destination = Destination::Text;
        self.state.paragraph = Paragraph::default();
        self.state.character = Character::plain(self.default_font);
    }

    /// `\ftnalt`, within the note's group.
    pub(super) fn note_is_endnote(&mut self) {
        if let Some((_, Closing::Note { kind, .. })) = self.closings.last_mut() {
            *kind = NoteKind::Endnote;
        }
    }

    /// Ends a destination while its state still holds.
    pub(super) fn close_destination(&mut self, closing: Closing) {
        match closing {
            Closing::List(part) => self.lists.end(part),
            Closing::Field => self.end_field(),
            Closing::PropertyValue => self.end_property(),
            Closing::Picture => self.end_picture(),
            Closing::Template => {
                let address = std::mem::take(&mut self.property.1);
                self.content.templates.push(address.trim().to_owned());
            }
            Closing::Note { .. } | Closing::Margin { .. } | Closing::Comment | Closing::TextBox => {
                self.end_story(closing);
            }
        }
    }

    fn end_story(&mut self, closing: Closing) {
        self.flush(true);
        let properties = self.properties();
        let nodes = self.builder.close(properties);
        self.list_text = self.outer_list_texts.pop().flatten();
        // What follows is where the story was opened.
        if let Some(&outside) = self.groups.last() {
            self.state = outside;
        }
        let story = Story { nodes, ..Story::default() };
        match closing {
            Closing::Margin { is_header } => self.content.stories.margins.push((is_header, story)),
            Closing::Comment => self.content.stories.comments.push(story),
            // A note or text box inside deleted text is gone with it.
            _ if !self.is_shown() => self.push_text(&story.plain_text(), self.fate()),
            Closing::Note { kind, has_own_mark } => {
                let id = (self.content.stories.notes.len() + 1).to_string();
                self.push(Inline::Note(NoteReference { kind, id: id.clone(), has_own_mark }));
                self.content.stories.notes.push((kind, Story { id, ..story }));
                self.has_note_mark = false;
            }
            _ => self.push(Inline::TextBox(story.nodes)),
        }
    }

    fn end_field(&mut self) {
        let Some(field) = self.fields.pop() else { return };
        // A field inside a result is part of it.
        if let Some(outer) = self.fields.last_mut() {
            outer.has_result |= field.has_result;
        }
        if field.has_result || !self.is_shown() {
            return;
        }
        match equations::shown(&field.code) {
            Some(shown) => self.put(&shown),
            None if equations::is_computed(&field.code) => self.push(Inline::NotText("field")),
            None => {}
        }
    }

    /// The text of a WordArt is a property of its shape.
    fn end_property(&mut self) {
        let is_text = self.property.0.trim() == "gtextUNICODE";
        let text = std::mem::take(&mut self.property.1);
        if !is_text || text.trim().is_empty() {
            return;
        }
        // Its size is that of the shape; the look of the text around stands for it.
        let text = Text { text, format: self.format(), fate: Fate::Shown };
        let paragraph = crate::word::content::Paragraph {
            number: self.builder.number(),
            properties: ParagraphProperties::default(),
            inlines: vec![Inline::Text(text)],
        };
        self.restore_text();
        self.push(Inline::TextBox(vec![Node::Paragraph(paragraph)]));
    }

    fn end_picture(&mut self) {
        let number = self.content.images.len() + 1;
        let Some((image, bytes)) = self.picture.take().and_then(|picture| picture.finish(number)) else {
            return;
        };
        if let Some(files) = &mut self.content.picture_files {
            files.push(bytes);
        }
        let id = image.name.clone();
        self.content.images.insert(id.clone(), image);
        self.restore_text();
        self.push(Inline::Image(id));
    }

    /// A property or picture belongs to the story around it.
    fn restore_text(&mut self) {
        let outside = self.groups.iter().rev().find(|state| state.destination.is_story());
        self.state.destination = outside.map_or(Destination::Text, |state| state.destination);
    }
}
