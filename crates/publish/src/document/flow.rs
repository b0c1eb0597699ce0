//! On which page things stand, estimated: for page numbers in the contents, which Word computes again,
//! and for a colophon on an even page.
//!
//! Lines of text are exact, so the estimate only errs where a paragraph breaks into another number of
//! lines than here (squeezed punctuation, other faces) or a row of a table is higher.

use docx_rs as docx;

use super::Block;
use super::line::{Fall, fall};
use super::named::{Indent, Line, Named};
use super::table::SINGLE;
use crate::style::Style;
use crate::text::FULL;

/// EMU in a twip.
const TWIP: u32 = 635;

/// Where blocks stand, and where they end.
pub(super) struct Flow {
    /// Page on which each block begins, from 1.
    pub(super) pages: Vec<u32>,
    /// Where the last block ends.
    pub(super) end: Position,
}

/// A place on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Position {
    /// Page, from 1.
    pub(super) page: u32,
    /// Twips below the type area's upper edge.
    pub(super) y: u32,
}

/// Sets blocks on pages.
pub(super) fn flow(blocks: &[Block], sheet: &[Named], style: &Style) -> Flow {
    let measured: Vec<Measured> = blocks.iter().map(|block| measure(block, sheet, style)).collect();
    let height = style.page.text_height();
    let mut at = Position { page: 1, y: 0 };
    let mut pages = Vec::with_capacity(blocks.len());
    for (number, block) in measured.iter().enumerate() {
        if block.new_page && at.y > 0 {
            at = Position { page: at.page + 1, y: 0 };
        }
        let kept = measured[number..].iter().take_while(|block| block.keep_next).count();
        let group = &measured[number..measured.len().min(number + kept + 1)];
        let whole: u32 = group.iter().take(kept).map(Measured::height).sum();
        let needed = whole + group.get(kept).and_then(|last| last.pieces.first()).copied().unwrap_or(0);
        let start = at.y + block.before;
        if at.y > 0 && start + needed > height && needed <= height {
            at = Position { page: at.page + 1, y: 0 };
        }
        at.y += block.before;
        let mut begins = None;
        for piece in &block.pieces {
            if at.y > 0 && at.y + piece > height {
                at = Position { page: at.page + 1, y: 0 };
            }
            begins.get_or_insert(at.page);
            at.y += piece;
        }
        pages.push(begins.unwrap_or(at.page));
        at.y += block.after;
    }
    Flow { pages, end: at }
}

/// Height of blocks that stay together, in twips.
pub(super) fn height(blocks: &[Block], sheet: &[Named], style: &Style) -> u32 {
    blocks.iter().map(|block| measure(block, sheet, style).height()).sum()
}

/// What a block takes, in twips.
struct Measured {
    /// Its lines or rows: between them a page may end.
    pieces: Vec<u32>,
    before: u32,
    after: u32,
    keep_next: bool,
    new_page: bool,
}

impl Measured {
    fn height(&self) -> u32 {
        self.before + self.pieces.iter().sum::<u32>() + self.after
    }
}

fn measure(block: &Block, sheet: &[Named], style: &Style) -> Measured {
    match block {
        Block::Table(_, rows) => {
            Measured { pieces: rows.clone(), before: 0, after: 0, keep_next: false, new_page: false }
        }
        Block::Paragraph(paragraph) => {
            let id = paragraph.property.style.as_ref().map_or("Normal", |style| style.val.as_str());
            let chain = chain(id, sheet);
            let says = |what: &dyn Fn(&Named) -> Option<u32>| chain.iter().find_map(|named| what(named));
            let size = says(&|named| named.size).unwrap_or(style.sizes.body);
            let line = match chain.iter().find_map(|named| named.line) {
                Some(Line::Exact(line)) => line,
                _ => size * 10 * SINGLE as u32 / 100,
            };
            let content = content(paragraph);
            let indent = chain.iter().find_map(|named| named.indent).unwrap_or_default();
            let pieces = content.picture.map_or_else(
                || vec![line; lines(&content.text, size, indent, style).lines],
                |height| vec![height],
            );
            Measured {
                pieces,
                before: says(&|named| named.before).unwrap_or(0),
                after: says(&|named| named.after).unwrap_or(0)
                    + chain
                        .iter()
                        .find_map(|named| named.rule.as_ref())
                        .map_or(0, super::named::Rule::height),
                keep_next: chain.iter().any(|named| named.keep_next),
                new_page: chain.iter().any(|named| named.new_page),
            }
        }
    }
}

/// A style and those below it.
fn chain<'a>(id: &str, sheet: &'a [Named]) -> Vec<&'a Named> {
    let find = |id: &str| sheet.iter().find(|named| named.id == id);
    let mut all: Vec<&Named> = Vec::new();
    let mut next = find(id);
    // The sheet has no circles: a test of it says so.
    while let Some(named) = next {
        all.push(named);
        next = named.based_on.and_then(find);
    }
    all
}

struct Content {
    text: String,
    /// Height of a picture, in twips.
    picture: Option<u32>,
}

fn content(paragraph: &docx::Paragraph) -> Content {
    let mut content = Content { text: String::new(), picture: None };
    for child in &paragraph.children {
        let docx::ParagraphChild::Run(run) = child else { continue };
        for child in &run.children {
            match child {
                docx::RunChild::Text(text) => content.text.push_str(&text.text),
                docx::RunChild::Drawing(drawing) => {
                    if let Some(docx::DrawingData::Pic(picture)) = &drawing.data {
                        content.picture = Some(picture.size.1 / TWIP);
                    }
                }
                _ => {}
            }
        }
    }
    content
}

fn lines(text: &str, size: u32, indent: Indent, style: &Style) -> Fall {
    // In quarters of the paragraph's characters.
    let advance = style.characters(100, size).max(1).unsigned_abs() as usize;
    let width = style.page.text_width() as usize * FULL / advance;
    let quarters = |hundredths: i32| usize::try_from(hundredths).unwrap_or(0) * FULL / 100;
    let first = quarters(indent.left + indent.first);
    fall(text, first, quarters(indent.left), width.saturating_sub(quarters(indent.right)))
}

#[cfg(test)]
mod tests {
    use super::super::sheet::{self, id};
    use super::super::text_paragraph;
    use super::*;

    fn check(blocks: &[(&str, usize)], expected: &[u32], end: (u32, u32)) {
        let style = Style::default();
        let sheet = sheet::styles(&style, &sheet::Measures::default());
        let blocks: Vec<Block> =
            blocks.iter().map(|(id, length)| text_paragraph(id, &"字".repeat(*length)).into()).collect();
        let flow = flow(&blocks, &sheet, &style);
        assert_eq!((flow.pages.as_slice(), (flow.end.page, flow.end.y / 579)), (expected, end));
    }

    #[test]
    fn a_page_holds_22_lines_of_28_characters() {
        check(&[(id::ITEM, 26 + 21 * 28)], &[1], (1, 22));
        check(&[(id::ITEM, 26 + 21 * 28 + 1), (id::ITEM, 1)], &[1, 2], (2, 2));
    }

    #[test]
    fn a_head_goes_with_its_text() {
        let full = (id::ITEM, 26 + 20 * 28);
        check(&[full, (id::SECTION, 4), (id::ITEM, 40)], &[1, 2, 2], (2, 3));
        check(&[full, (id::ITEM, 40)], &[1, 1], (2, 1));
    }

    #[test]
    fn an_empty_line_at_the_end_of_a_page_is_none() {
        let full = (id::ITEM, 26 + 20 * 28);
        check(&[full, (id::CONTENTS_LAST, 1), (id::ITEM, 1)], &[1, 1, 2], (2, 1));
    }
}
