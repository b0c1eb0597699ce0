//! What a group inherits and gives back: formatting, and where its text goes.

/// Where text goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Destination {
    /// The open story.
    Text,
    /// Nowhere: settings of the document, data of other programs.
    Skip,
    /// A field's code.
    FieldCode,
    /// What older programs show instead.
    Fallback,
    /// The font table.
    Fonts,
    /// The list tables.
    Lists,
    /// The text of a list's level.
    LevelText,
    /// The number that the writer saw in front of the paragraph.
    ListText,
    /// A picture's bytes.
    Picture,
    /// A shape's property: its name.
    PropertyName,
    /// A shape's property: its value.
    PropertyValue,
}

impl Destination {
    /// Whether characters mean anything here.
    pub(super) fn takes_text(self) -> bool {
        !matches!(self, Self::Skip | Self::Lists | Self::Picture)
    }

    /// Whether text goes into the open story.
    pub(super) fn is_story(self) -> bool {
        matches!(self, Self::Text | Self::FieldCode | Self::Fallback)
    }
}

/// Whose font a font control sets (RTF 1.9.1, "Associated Character Properties").
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Class {
    #[default]
    Any,
    /// `\loch`, `\hich`.
    Western,
    /// `\dbch`.
    EastAsian,
    /// `\rtlch`: the properties that follow are for complex scripts.
    Complex,
}

/// Character formatting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Character {
    pub(super) font: Option<i32>,
    pub(super) east_asian_font: Option<i32>,
    pub(super) class: Class,
    pub(super) bold: bool,
    pub(super) hidden: bool,
    pub(super) deleted: bool,
    pub(super) moved: bool,
    /// Half-points.
    pub(super) size: u16,
}

/// Half-points where `\fs` says nothing (RTF 1.9.1, "Font (Character) Formatting Properties").
const DEFAULT_SIZE: u16 = 24;

impl Character {
    /// `\plain`.
    pub(super) fn plain(default_font: Option<i32>) -> Self {
        Self {
            font: default_font,
            east_asian_font: None,
            class: Class::Any,
            bold: false,
            hidden: false,
            deleted: false,
            moved: false,
            size: DEFAULT_SIZE,
        }
    }

    /// The font that the next bytes are in.
    pub(super) fn current_font(&self) -> Option<i32> {
        match self.class {
            Class::EastAsian => self.east_asian_font.or(self.font),
            _ => self.font,
        }
    }
}

/// How a paragraph's lines stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Justification {
    #[default]
    Body,
    Center,
    Right,
}

/// Paragraph formatting; `\pard` is its default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Paragraph {
    pub(super) justification: Justification,
    /// `\ls`: an override of a list.
    pub(super) list: Option<i32>,
    pub(super) level: i32,
    pub(super) outline: Option<i32>,
    pub(super) breaks_before: bool,
    pub(super) in_table: bool,
    /// `\itap`: tables inside each other.
    pub(super) depth: usize,
}

impl Paragraph {
    /// Tables around the paragraph.
    pub(super) fn table_depth(&self) -> usize {
        self.depth.max(usize::from(self.in_table))
    }
}

/// All that a group gives back at its end.
#[derive(Clone, Copy, Debug)]
pub(super) struct State {
    pub(super) destination: Destination,
    pub(super) character: Character,
    pub(super) paragraph: Paragraph,
    /// `\uc`: characters for old programs behind each `\u`.
    pub(super) unicode_skip: usize,
}
