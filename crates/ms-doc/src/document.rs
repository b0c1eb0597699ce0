//! The document as Word shows it, with everything that it does not show kept beside it.

use crate::error::Warning;
use std::sync::Arc;

/// A Word document. Everything of the file is here once: shown text in [`Document::body`] at the
/// place where the reader of the page meets it, the rest in runs with their [`RunKind`] or in the
/// lists for what is printed elsewhere.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Document {
    /// The main text, tables and text boxes in reading order.
    pub body: Vec<Block>,
    /// Footnotes; a run of kind [`RunKind::Footnote`] holds the index.
    pub footnotes: Vec<Note>,
    /// Endnotes; a run of kind [`RunKind::Endnote`] holds the index.
    pub endnotes: Vec<Note>,
    /// Page headers that differ from the previous section's.
    pub headers: Vec<Margin>,
    /// Page footers that differ from the previous section's.
    pub footers: Vec<Margin>,
    /// Comments; a run of kind [`RunKind::Comment`] holds the index.
    pub comments: Vec<Comment>,
    /// Pictures; a run of kind [`RunKind::Picture`] holds the index.
    pub pictures: Vec<Picture>,
    /// What was doubtful.
    pub warnings: Vec<Warning>,
    /// Word 6 or 95: text and paragraphs only; revisions, hidden text and numbers are not told
    /// apart, and tables are guessed from their marks.
    pub is_old: bool,
    /// `nFib`, the version of the format (MS-DOC 2.5.2).
    pub version: u16,
}

/// A piece of a story.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Block {
    /// A paragraph.
    Paragraph(Paragraph),
    /// A table; tables nest in cells.
    Table(Table),
    /// A text box, after the paragraph in which it is anchored.
    TextBox(TextBox),
}

/// A paragraph (MS-DOC 2.4.2).
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Paragraph {
    /// Character position of the first character (MS-DOC 2.2.1).
    pub start: u32,
    /// Character position after the paragraph mark.
    pub end: u32,
    /// Text and everything else in order.
    pub runs: Vec<Run>,
    /// The automatic number as Word shows it, without what follows it (tab or space): `一、`.
    pub number: Option<String>,
    /// The level in its list, 0–8, also when the level has no visible number.
    pub list_level: Option<u8>,
    /// Alignment on the page.
    pub alignment: Alignment,
    /// Indents.
    pub indents: Indents,
    /// The name of the paragraph style, as stored: `Normal`, `heading 1`, `正文`.
    pub style: Option<Arc<str>>,
    /// 0–8 for headings; `None` for body text.
    pub outline_level: Option<u8>,
    /// Whether the paragraph mark itself is shown. A paragraph without a shown mark flows into
    /// the next one and is joined with it; it is left alone only where there is no next.
    pub mark: Mark,
    /// The last paragraph of a section.
    pub ends_section: bool,
    /// The section after it begins on a new page.
    pub ends_page: bool,
    /// It begins on a new page.
    pub breaks_before: bool,
}

/// What became of a paragraph mark.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Mark {
    /// Shown, as nearly always.
    #[default]
    Shown,
    /// Deleted under revision.
    Deleted,
    /// Hidden.
    Hidden,
}

/// Characters with one kind and one format.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Run {
    /// The text; a line break is `\n`, a tab `\t`.
    pub text: String,
    /// Whether and why it is shown.
    pub kind: RunKind,
    /// Character position of the first character.
    pub start: u32,
    /// Inserted under revision (and therefore shown).
    pub inserted: bool,
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
    /// Struck through, which is not the same as deleted.
    pub strike: bool,
    /// Font size in half-points.
    pub size: u16,
    /// The font of the script that the run is mainly in.
    pub font: Option<Arc<str>>,
}

/// Whether and why a run is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum RunKind {
    /// Shown text.
    #[default]
    Shown,
    /// Deleted under revision.
    Deleted,
    /// Hidden by its format or its style.
    Hidden,
    /// A field's instructions; the cached result is shown text.
    FieldCode,
    /// The mark of a footnote; `text` is the mark, or empty after a mark that the author wrote.
    Footnote(usize),
    /// The mark of an endnote, likewise.
    Endnote(usize),
    /// Where a comment is attached; `text` is empty.
    Comment(usize),
    /// A picture or drawing, with its index if its file was found; `text` is empty.
    Picture(Option<usize>),
    /// A page break; `text` is empty.
    PageBreak,
}

/// How a paragraph's lines are set (MS-DOC 2.6.2, `sprmPJc`).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Alignment {
    /// To the left, or to the start of the line.
    #[default]
    Left,
    /// Centred.
    Center,
    /// To the right, or to the end of the line.
    Right,
    /// Justified.
    Justify,
    /// Distributed over the whole line, also the last.
    Distribute,
}

/// Indents in twips (1/20 point).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Indents {
    /// Of all lines, from the left margin.
    pub left: i32,
    /// From the right margin.
    pub right: i32,
    /// Of the first line, relative to `left`; negative when it hangs.
    pub first_line: i32,
    /// The same in hundredths of a character, where it is stated so; it then wins.
    pub first_line_chars: Option<i16>,
}

/// A table.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Table {
    /// Rows from top to bottom.
    pub rows: Vec<Row>,
}

/// A table row (MS-DOC 2.4.3).
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Row {
    /// Cells from left to right.
    pub cells: Vec<Cell>,
    /// The row's end mark is deleted under revision.
    pub deleted: bool,
    /// Repeated at the top of each page.
    pub is_header: bool,
}

/// A table cell.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Cell {
    /// Paragraphs and nested tables.
    pub blocks: Vec<Block>,
    /// Left edge in twips.
    pub left: i32,
    /// Right edge in twips.
    pub right: i32,
    /// Columns of the table's grid that the cell spans, at least 1.
    pub columns: usize,
    /// Rows that the cell spans; 0 when it is covered by a cell above.
    pub rows: usize,
}

/// A text box with a story of its own.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct TextBox {
    /// Where it is anchored; `None` when the anchor was not found (then it is after all else).
    pub anchor: Option<u32>,
    /// Its text, without empty paragraphs at both ends.
    pub blocks: Vec<Block>,
}

/// A footnote or endnote.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Note {
    /// Where its mark is in the main text.
    pub at: u32,
    /// The mark that is counted; empty where the author wrote one, which is then in the texts.
    pub mark: String,
    /// Its text, without the counted mark.
    pub blocks: Vec<Block>,
}

/// A picture in the line of text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Picture {
    /// The length of its file in bytes.
    pub size: u64,
    /// Its file as it was put in; `None` for metafiles, which the format keeps in a form of its own.
    pub bytes: Option<Vec<u8>>,
}

/// A header or footer.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Margin {
    /// The section, from 0.
    pub section: usize,
    /// The pages that show it.
    pub pages: Pages,
    /// Its text.
    pub blocks: Vec<Block>,
}

/// The pages of a section that a header is for (MS-DOC 2.3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pages {
    /// Even pages, where they differ.
    Even,
    /// All pages, or odd pages where even ones differ.
    Default,
    /// The first page, where it differs.
    First,
}

/// A comment.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Comment {
    /// Where it is attached.
    pub at: u32,
    /// Who wrote it.
    pub author: Option<String>,
    /// Its text.
    pub blocks: Vec<Block>,
}

impl RunKind {
    /// Whether the page shows the run's text in its place.
    #[must_use]
    pub fn is_shown(self) -> bool {
        matches!(self, Self::Shown | Self::Footnote(_) | Self::Endnote(_))
    }
}

impl Block {
    /// Whether there is nothing at all in it, not even something dropped.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Paragraph(paragraph) => paragraph.runs.is_empty() && paragraph.number.is_none(),
            Self::TextBox(text_box) => text_box.blocks.is_empty(),
            Self::Table(table) => table.rows.is_empty(),
        }
    }
}

impl Paragraph {
    /// The shown text, without the automatic number.
    #[must_use]
    pub fn text(&self) -> String {
        let shown = self.runs.iter().filter(|run| run.kind.is_shown());
        shown.map(|run| run.text.as_str()).collect()
    }
}
