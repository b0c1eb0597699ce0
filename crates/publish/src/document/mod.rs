//! The document of an issue, built with docx-rs: every paragraph and table has a named style and
//! nothing else; the order of the text is masthead, contents, sections, colophon.

mod attribution;
mod colophon;
mod contents;
mod footer;
mod item;
mod line;
mod masthead;
pub(crate) mod named;
mod picture;
pub(crate) mod sheet;
mod table;

pub(crate) use item::{BOOKMARK_PREFIX, item_of_bookmark};
pub(crate) use masthead::number;
pub(crate) use table::is_printable;

use docx_rs as docx;
use jianbao_model::Issue;

use crate::style::Style;
use crate::{Pictures, text};
use named::Named;

/// The named styles of an issue.
pub(crate) fn sheet(issue: &Issue, style: &Style) -> Vec<Named> {
    sheet::styles(style, style.name_size(line::characters(&issue.masthead.name)))
}

/// A part of an issue's text that stands for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// The lines of the contents.
    Contents,
    /// Sections and items.
    Sections,
}

/// The parts of an issue as docx-rs writes them.
pub(crate) fn build(issue: &Issue, style: &Style, sheet: &[Named], pictures: &Pictures) -> docx::XMLDocx {
    let paragraphs = |all: Vec<docx::Paragraph>| all.into_iter().map(Block::from);
    let blocks = paragraphs(masthead::paragraphs(&issue.masthead, style))
        .chain(paragraphs(contents::paragraphs(issue)))
        .chain(item::blocks(issue, style, pictures))
        .chain(paragraphs(colophon::paragraphs(&issue.colophon, style)));
    built(blocks, style, sheet)
}

/// The same with one part of the text only.
pub(crate) fn build_part(
    issue: &Issue,
    style: &Style,
    sheet: &[Named],
    pictures: &Pictures,
    part: Part,
) -> docx::XMLDocx {
    match part {
        Part::Contents => built(contents::paragraphs(issue).into_iter().map(Block::from), style, sheet),
        Part::Sections => built(item::blocks(issue, style, pictures), style, sheet),
    }
}

fn built(blocks: impl IntoIterator<Item = Block>, style: &Style, sheet: &[Named]) -> docx::XMLDocx {
    let mut document = empty(style, sheet);
    for block in blocks {
        document = match block {
            Block::Paragraph(paragraph) => document.add_paragraph(*paragraph),
            Block::Table(table) => document.add_table(*table),
        };
    }
    document.build()
}

/// A piece of the document's text.
enum Block {
    Paragraph(Box<docx::Paragraph>),
    Table(Box<docx::Table>),
}

impl From<docx::Paragraph> for Block {
    fn from(paragraph: docx::Paragraph) -> Self {
        Self::Paragraph(Box::new(paragraph))
    }
}

impl From<docx::Table> for Block {
    fn from(table: docx::Table) -> Self {
        Self::Table(Box::new(table))
    }
}

/// Page, styles and footers.
fn empty(style: &Style, sheet: &[Named]) -> docx::Docx {
    let page = &style.page;
    let margin = docx::PageMargin {
        top: page.top.cast_signed(),
        left: page.left.cast_signed(),
        bottom: page.bottom.cast_signed(),
        right: page.right.cast_signed(),
        header: page.footer.cast_signed(),
        footer: page.footer.cast_signed(),
        gutter: 0,
    };
    let mut document = docx::Docx::new()
        .page_size(page.width, page.height)
        .page_margin(margin)
        .default_fonts(named::fonts(&style.faces.body, &style.faces.latin))
        .default_size(style.sizes.body as usize)
        .footer(footer::odd())
        .even_footer(footer::even());
    let grid = docx::DocGrid::with_empty().grid_type(docx::DocGridType::Lines);
    document.document = document.document.doc_grid(grid.line_pitch(page.line as usize));
    document.settings =
        document.settings.character_spacing_control(docx::CharacterSpacingValues::CompressPunctuation);
    sheet.iter().fold(document, |document, named| document.add_style(named.build(style)))
}

/// An empty paragraph of a named style.
fn paragraph(style: &str) -> docx::Paragraph {
    docx::Paragraph::new().style(style)
}

/// A paragraph of a named style with a text.
fn text_paragraph(style: &str, text: &str) -> docx::Paragraph {
    paragraph(style).add_run(run(text))
}

/// A run with legal text.
fn run(text: &str) -> docx::Run {
    docx::Run::new().add_text(text::clean(text))
}
