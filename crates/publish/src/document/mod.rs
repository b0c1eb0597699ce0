//! The document of an issue, built with docx-rs: every paragraph and table has a named style and
//! nothing else; the order of the text is masthead, contents, sections, signature, colophon.

mod attribution;
mod colophon;
mod contents;
mod flow;
mod footer;
mod item;
mod line;
mod masthead;
pub(crate) mod named;
mod picture;
pub(crate) mod plain;
pub(crate) mod sheet;
mod signature;
mod table;

pub(crate) use item::{BOOKMARK_PREFIX, item_of_bookmark};
pub(crate) use masthead::number;
pub(crate) use table::is_printable;

use docx_rs as docx;
use jianbao_model::Issue;

use crate::style::{ColophonPlace, Contents, Head, Style};
use crate::{Pictures, text};
use item::Placed;
use named::Named;
use plain::Plain;
use sheet::id;

/// The named styles of an issue.
pub(crate) fn sheet(issue: &Issue, style: &Style) -> Vec<Named> {
    sheet::styles(style, &measures(issue, style))
}

/// What the styles must know of an issue.
pub(crate) fn measures(issue: &Issue, style: &Style) -> sheet::Measures {
    let masthead = &issue.masthead;
    sheet::Measures {
        name: style.name_size(line::characters(&masthead.name)),
        office: masthead.offices.iter().map(|office| line::quarters(office)).max().unwrap_or_default(),
        date: line::quarters(&masthead.date.chinese()),
    }
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
    built(blocks(issue, style, sheet, pictures), style, sheet)
}

/// The same without the styles that its text names, and with its plain paragraphs apart, written.
pub(crate) fn build_text(
    issue: &Issue,
    style: &Style,
    sheet: &[Named],
    pictures: &Pictures,
) -> std::io::Result<(Plain, docx::XMLDocx)> {
    let (plain, left) = Plain::of(blocks(issue, style, sheet, pictures))?;
    Ok((plain, built_of(left, style, &[])))
}

/// The same with the styles and without a text.
pub(crate) fn build_empty(style: &Style, sheet: &[Named]) -> docx::XMLDocx {
    built([], style, sheet)
}

/// The same with one part of the text only.
pub(crate) fn build_part(
    issue: &Issue,
    style: &Style,
    sheet: &[Named],
    pictures: &Pictures,
    part: Part,
) -> docx::XMLDocx {
    let body = item::blocks(issue, style, pictures);
    match part {
        Part::Contents => built(listing(issue, &[], &body, sheet, style), style, sheet),
        Part::Sections => built(body.into_iter().map(|placed| placed.block), style, sheet),
    }
}

fn built(blocks: impl IntoIterator<Item = Block>, style: &Style, sheet: &[Named]) -> docx::XMLDocx {
    built_of(blocks.into_iter().map(docx::DocumentChild::from).collect(), style, sheet)
}

fn built_of(children: Vec<docx::DocumentChild>, style: &Style, sheet: &[Named]) -> docx::XMLDocx {
    let mut document = empty(style, sheet);
    // Not by `add_paragraph`, which moves the whole document each time; what it adds is for lists.
    document.document.children = children;
    document.build()
}

/// Everything between the edges of the pages, in its order.
fn blocks(issue: &Issue, style: &Style, sheet: &[Named], pictures: &Pictures) -> Vec<Block> {
    let parts = &style.parts;
    let mut head: Vec<Block> = Vec::new();
    if parts.head == Head::Masthead {
        head.extend(masthead::paragraphs(&issue.masthead, style).into_iter().map(Block::from));
    }
    let mut body = item::blocks(issue, style, pictures);
    if parts.signature {
        let signature = signature::paragraphs(&issue.masthead).into_iter();
        body.extend(signature.map(|paragraph| Placed { block: paragraph.into(), begins: None }));
    }
    let listing = listing(issue, &head, &body, sheet, style);
    head.extend(listing);
    let mut all: Vec<Block> = head.into_iter().chain(body.into_iter().map(|placed| placed.block)).collect();
    let colophon: Vec<Block> = match parts.colophon {
        ColophonPlace::None => Vec::new(),
        ColophonPlace::LastPage | ColophonPlace::EvenPage => {
            colophon::paragraphs(&issue.colophon, style).into_iter().map(Block::from).collect()
        }
    };
    if parts.colophon == ColophonPlace::EvenPage && !colophon.is_empty() {
        let end = flow::flow(&all, sheet, style).end;
        let fits = end.y + flow::height(&colophon, sheet, style) <= style.page.text_height();
        let page = end.page + u32::from(!fits);
        // On an odd page the next one is begun; where that is not the text's last, it stays empty.
        let breaks = if page.is_multiple_of(2) { 0 } else { page - end.page + 1 };
        all.extend((0..breaks).map(|_| Block::from(paragraph(id::NEW_PAGE))));
    }
    all.extend(colophon);
    all
}

/// The contents that stand between a head and a body.
fn listing(issue: &Issue, head: &[Block], body: &[Placed], sheet: &[Named], style: &Style) -> Vec<Block> {
    let places = match style.parts.contents {
        Contents::None => return Vec::new(),
        Contents::Titles => Vec::new(),
        Contents::Pages => places(issue, head, body, sheet, style),
    };
    contents::paragraphs(issue, &places).into_iter().map(Block::from).collect()
}

/// The places of the listed titles. The contents move the text, so they are set first without numbers.
fn places(
    issue: &Issue,
    head: &[Block],
    body: &[Placed],
    sheet: &[Named],
    style: &Style,
) -> Vec<contents::Place> {
    let listing = contents::paragraphs(issue, &[]).into_iter().map(Block::from);
    let all: Vec<Block> =
        head.iter().cloned().chain(listing).chain(body.iter().map(|placed| placed.block.clone())).collect();
    let pages = flow::flow(&all, sheet, style).pages;
    let first = all.len() - body.len();
    let bookmarks = item::bookmarks(issue);
    let page = |item: usize| {
        let at = body.iter().position(|placed| placed.begins == Some(item));
        at.and_then(|at| pages.get(first + at)).copied().unwrap_or(1)
    };
    let entries =
        issue.sections.iter().flat_map(|section| section.entries.iter().map(move |entry| (section, entry)));
    let listed = entries.enumerate().filter(|(_, (section, entry))| {
        section.in_contents && entry.number.is_some() && entry.item.title.is_some()
    });
    let place = |(item, _): (usize, _)| {
        Some(contents::Place { bookmark: bookmarks.get(item)?.clone(), page: page(item) })
    };
    listed.filter_map(place).collect()
}

/// A piece of the document's text.
#[derive(Clone)]
enum Block {
    Paragraph(Box<docx::Paragraph>),
    /// A table and the estimated heights of its rows, in twips.
    Table(Box<docx::Table>, Vec<u32>),
}

impl From<docx::Paragraph> for Block {
    fn from(paragraph: docx::Paragraph) -> Self {
        Self::Paragraph(Box::new(paragraph))
    }
}

impl From<Block> for docx::DocumentChild {
    fn from(block: Block) -> Self {
        match block {
            Block::Paragraph(paragraph) => Self::Paragraph(paragraph),
            Block::Table(table, _) => Self::Table(table),
        }
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
    // Lists are text; what docx-rs has ready for others would be written and left out.
    document.numberings = docx::Numberings::new();
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
    let mut run = docx::Run::new();
    // Not by `add_text`, which looks for line ends once more.
    run.children.push(docx::RunChild::Text(docx::Text::new(text::clean(text))));
    run
}
