//! A story's content as it is written: nothing resolved, nothing left out.

use std::rc::Rc;

use jianbao_model::{DropReason, Dropped, Origin};

use super::properties::{CellProperties, ParagraphProperties, RunProperties};

/// A text of its own: the body, a note, a comment.
#[derive(Debug, Default)]
pub(crate) struct Story {
    /// Of a note or comment.
    pub(crate) id: String,
    /// The line between text and notes, which is no note.
    pub(crate) is_separator: bool,
    pub(crate) nodes: Vec<Node>,
}

/// A piece of a story.
#[derive(Debug)]
pub(crate) enum Node {
    Paragraph(Paragraph),
    Table(Table),
}

/// A paragraph (ECMA-376 §17.3.1).
#[derive(Debug, Default)]
pub(crate) struct Paragraph {
    /// Counted from 1 within the file or part; text boxes have the number of their host.
    pub(crate) number: u32,
    pub(crate) properties: ParagraphProperties,
    pub(crate) inlines: Vec<Inline>,
}

/// A piece of a paragraph.
#[derive(Debug)]
pub(crate) enum Inline {
    Text(Text),
    PageBreak,
    /// A picture by its id: that of its relationship in a package.
    Image(String),
    TextBox(Vec<Node>),
    Note(NoteReference),
    /// Something without a text form, by name.
    NotText(&'static str),
}

/// Characters with one format and one fate.
#[derive(Debug)]
pub(crate) struct Text {
    pub(crate) text: String,
    pub(crate) format: Rc<RunProperties>,
    pub(crate) fate: Fate,
}

/// Whether and why text is shown, as far as the content says (styles may hide it too).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    Shown,
    Deleted,
    Moved,
    FieldCode,
    /// In a branch of alternate content that is not taken.
    Fallback,
    /// The guide above characters, shown in brackets behind them.
    Ruby,
}

/// The place of a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NoteReference {
    pub(crate) kind: NoteKind,
    pub(crate) id: String,
    /// The mark is text that the author wrote behind the reference.
    pub(crate) has_own_mark: bool,
}

/// Which notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum NoteKind {
    Footnote,
    Endnote,
}

/// A table (ECMA-376 §17.4).
#[derive(Debug, Default)]
pub(crate) struct Table {
    /// Number of its first paragraph.
    pub(crate) number: u32,
    pub(crate) rows: Vec<Row>,
}

/// A row of cells.
#[derive(Debug, Default)]
pub(crate) struct Row {
    pub(crate) cells: Vec<Cell>,
    /// Deleted under revision.
    pub(crate) is_deleted: bool,
    /// Hidden as a row.
    pub(crate) is_hidden: bool,
    /// Columns of the grid that are left free before the first cell.
    pub(crate) before: usize,
}

/// A cell.
#[derive(Debug, Default)]
pub(crate) struct Cell {
    pub(crate) properties: CellProperties,
    pub(crate) nodes: Vec<Node>,
}

impl Story {
    /// Number of the first paragraph.
    pub(crate) fn first_paragraph(&self) -> u32 {
        match self.nodes.first() {
            Some(Node::Paragraph(paragraph)) => paragraph.number,
            Some(Node::Table(table)) => table.number,
            None => 1,
        }
    }

    /// All text without regard to its fate, one paragraph a line.
    pub(crate) fn plain_text(&self) -> String {
        text_of(&self.nodes)
    }

    /// The story as one piece that is not printed; `None` without any text.
    pub(crate) fn dropped(&self, part: Option<&str>, reason: DropReason) -> Option<Dropped> {
        let text = self.plain_text();
        let origin = place(part, self.first_paragraph());
        (!text.trim().is_empty()).then_some(Dropped { reason, text, origin })
    }
}

/// The place of a paragraph in a part of a package, or in a file that is all one.
pub(crate) fn place(part: Option<&str>, paragraph: u32) -> Origin {
    match part {
        Some(part) => Origin::Docx { part: part.to_owned(), paragraph },
        None => Origin::Paragraph { paragraph },
    }
}

/// All text of a paragraph without regard to its fate.
pub(crate) fn paragraph_text(paragraph: &Paragraph) -> String {
    let mut text = String::new();
    for inline in &paragraph.inlines {
        match inline {
            Inline::Text(piece) => text.push_str(&piece.text),
            Inline::TextBox(nodes) => text.push_str(&text_of(nodes)),
            _ => {}
        }
    }
    text
}

/// All text of a table without regard to its fate, one paragraph a line.
pub(crate) fn table_text(table: &Table) -> String {
    let cells = table.rows.iter().flat_map(|row| &row.cells);
    let texts: Vec<String> = cells.map(|cell| text_of(&cell.nodes)).collect();
    texts.join("\n")
}

fn text_of(nodes: &[Node]) -> String {
    let text = |node: &Node| match node {
        Node::Paragraph(paragraph) => paragraph_text(paragraph),
        Node::Table(table) => table_text(table),
    };
    let texts: Vec<String> = nodes.iter().map(text).collect();
    texts.join("\n")
}
