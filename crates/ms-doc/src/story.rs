//! Walks a story: paragraphs by their marks, their runs, tables, and what is anchored in them.

use crate::anchors::Anchored;
use crate::art::Drawn;
use crate::characters::kind_of;
use crate::document::{Block, Mark, Paragraph, TextBox};
use crate::error::{Error, Warning};
use crate::fields::Fields;
use crate::limits::Limits;
use crate::numbering::Numbering;
use crate::pictures::Pictures;
use crate::properties::{self, Character};
use crate::runs::RunBuilder;
use crate::source::Source;
use crate::table::{RowLayout, TableBuilder};
use std::collections::HashMap;
use std::ops::Range;

const CELL_MARK: u16 = 0x07;
pub(crate) const PAGE_BREAK: u16 = 0x0C;
const PARAGRAPH_MARK: u16 = 0x0D;

/// What stands at a character position of the main text or the headers.
#[derive(Debug, Clone)]
pub(crate) enum Anchor {
    Footnote(usize, String),
    Endnote(usize, String),
    Comment(usize),
}

/// Reads the stories of one file, one after the other; counters go on from story to story.
#[derive(Debug)]
pub(crate) struct Reader<'s, 'a> {
    pub(crate) source: &'s Source<'a>,
    pub(crate) limits: &'s Limits,
    pub(crate) numbering: Numbering,
    pub(crate) pictures: Pictures,
    pub(crate) warnings: Vec<Warning>,
    pub(crate) anchors: HashMap<u32, Anchor>,
    /// Pictures and WordArt beside the text that have not been met yet, by their anchor.
    pub(crate) drawn: HashMap<u32, Vec<Drawn>>,
    /// Text boxes that have not been read yet, by their anchor.
    pub(crate) boxes: HashMap<u32, Vec<Anchored>>,
    paragraphs: usize,
    runs: usize,
    characters: usize,
    pub(crate) nested: usize,
}

/// A paragraph without a shown mark, which waits for the next one.
#[derive(Debug)]
pub(crate) struct Waiting {
    pub(crate) runs: RunBuilder,
    start: u32,
    depth: usize,
    /// Why the mark is not shown.
    mark: Mark,
    /// Text boxes that are anchored in it, which follow it.
    pub(crate) boxes: Vec<TextBox>,
}

/// The story that is being read.
#[derive(Debug)]
pub(crate) struct Walk {
    pub(crate) fields: Fields,
    tables: TableBuilder,
    waiting: Option<Waiting>,
}

/// A paragraph as found by its mark.
#[derive(Debug)]
struct Found {
    range: Range<u32>,
    mark: u16,
    properties: properties::Paragraph,
    row: Option<RowLayout>,
    depth: usize,
}

impl<'s, 'a> Reader<'s, 'a> {
    pub(crate) fn new(source: &'s Source<'a>, limits: &'s Limits) -> Self {
        Self {
            source,
            limits,
            numbering: Numbering::default(),
            pictures: Pictures::default(),
            warnings: Vec::new(),
            anchors: HashMap::new(),
            drawn: HashMap::new(),
            boxes: HashMap::new(),
            paragraphs: 0,
            runs: 0,
            characters: 0,
            nested: 0,
        }
    }

    /// The blocks of a range of character positions.
    pub(crate) fn story(&mut self, range: Range<u32>) -> Result<Vec<Block>, Error> {
        /// Stories may overlap in a damaged file; honest ones together are the text once.
        const MAX_TIMES: usize = 4;
        self.characters = self.characters.saturating_add(range.len());
        if self.characters > MAX_TIMES * self.source.text.units.len() + 1024 {
            let limit = MAX_TIMES * self.source.text.units.len();
            return Err(Error::LimitExceeded { what: "characters of all stories", limit });
        }
        let mut walk = Walk {
            fields: Fields::new(&self.source.text.units, &range),
            tables: TableBuilder::default(),
            waiting: None,
        };
        let mut at = range.start;
        while at < range.end {
            let found = self.find_paragraph(at, range.end);
            at = found.range.end;
            self.paragraph(&mut walk, found, at >= range.end)?;
        }
        if let Some(alone) = walk.waiting.take() {
            self.emit_alone(&mut walk, alone);
        }
        Ok(walk.tables.finish())
    }

    /// The paragraph from `start`, which ends with a mark or with its story.
    fn find_paragraph(&self, start: u32, limit: u32) -> Found {
        let mut at = start;
        let mark = loop {
            let Some(unit) = self.source.unit(at).filter(|_| at < limit) else {
                break 0;
            };
            at += 1;
            match unit {
                PARAGRAPH_MARK | CELL_MARK => break unit,
                PAGE_BREAK if self.source.sections.end_at(at) => break unit,
                _ => {}
            }
        };
        let end = at.max(start + 1);
        let (properties, row) = self.source.paragraph(end - 1);
        let depth = (properties.table_depth() as usize).min(self.limits.table_depth);
        Found { range: start..end, mark, properties, row, depth }
    }

    fn paragraph(&mut self, walk: &mut Walk, found: Found, is_last: bool) -> Result<(), Error> {
        self.paragraphs += 1;
        if self.paragraphs > self.limits.paragraphs {
            let limit = self.limits.paragraphs;
            return Err(Error::LimitExceeded { what: "paragraphs", limit });
        }
        let Found { range, mark, properties, row, depth } = found;
        let (mark_format, _) = self.source.character(range.end - 1, properties.style);
        if let (Some(row), true) = (row, depth > 0) {
            if let Some(alone) = walk.waiting.take() {
                self.emit_alone(walk, alone);
            }
            walk.tables.end_row(depth, row, mark_format.deleted);
            return Ok(());
        }
        let mut waiting = match walk.waiting.take() {
            Some(waiting) if waiting.depth == depth => waiting,
            other => {
                if let Some(alone) = other {
                    self.emit_alone(walk, alone);
                }
                Waiting {
                    runs: RunBuilder::default(),
                    start: range.start,
                    depth,
                    mark: Mark::Shown,
                    boxes: Vec::new(),
                }
            }
        };
        let text_end = range.end - u32::from(mark != 0);
        self.runs(walk, &mut waiting, range.start..text_end, properties.style)?;
        let shown = shown_mark(&mark_format);
        let ends_cell = mark == CELL_MARK || properties.ends_inner_cell;
        if shown != Mark::Shown && mark == PARAGRAPH_MARK && !ends_cell && !is_last {
            // The mark is a run of its own, which keeps dropped paragraphs apart.
            let kind = kind_of(&mark_format, &walk.fields);
            let fonts = &self.source.fonts;
            waiting.runs.push_whole("\n".to_owned(), kind, &mark_format, range.end - 1, fonts);
            waiting.mark = shown;
            walk.waiting = Some(waiting);
            return Ok(());
        }
        let number = self.numbering.next(&properties, &self.source.lists, &self.source.fonts);
        let paragraph = self.finish(waiting.runs, &properties, number, waiting.start..range.end);
        let ends_section = mark == PAGE_BREAK;
        let ends_page = ends_section && self.source.sections.page_begins_at(paragraph.end);
        let paragraph = Paragraph { mark: shown, ends_section, ends_page, ..paragraph };
        push_all(&mut walk.tables, depth, paragraph, waiting.boxes);
        if ends_cell && depth > 0 {
            walk.tables.end_cell(depth);
        }
        Ok(())
    }

    /// A paragraph whose mark is not shown, but that has no neighbour to flow into.
    fn emit_alone(&mut self, walk: &mut Walk, alone: Waiting) {
        let properties = properties::Paragraph::default();
        let range = alone.start..alone.start;
        let paragraph = self.finish(alone.runs, &properties, None, range);
        let paragraph = Paragraph { mark: alone.mark, ..paragraph };
        push_all(&mut walk.tables, alone.depth, paragraph, alone.boxes);
    }

    fn finish(
        &mut self,
        runs: RunBuilder,
        properties: &properties::Paragraph,
        number: Option<String>,
        range: Range<u32>,
    ) -> Paragraph {
        let runs = runs.finish(&self.source.fonts);
        self.runs += runs.len();
        Paragraph {
            start: range.start,
            end: range.end,
            runs,
            number,
            list_level: properties.list().map(|_| properties.level),
            alignment: properties.alignment,
            indents: properties.indents,
            style: self.source.styles.get(properties.style).name.clone(),
            breaks_before: properties.breaks_before,
            outline_level: (properties.outline < 9).then_some(properties.outline),
            ..Paragraph::default()
        }
    }

    fn runs(
        &mut self,
        walk: &mut Walk,
        into: &mut Waiting,
        range: Range<u32>,
        style: u16,
    ) -> Result<(), Error> {
        if self.runs > self.limits.runs {
            return Err(Error::LimitExceeded { what: "runs", limit: self.limits.runs });
        }
        let mut at = range.start;
        while at < range.end {
            let (format, end) = self.source.character(at, style);
            let end = end.min(range.end);
            for position in at..end {
                let Some(unit) = self.source.unit(position) else {
                    break;
                };
                self.character(walk, into, unit, position, &format)?;
            }
            at = end;
        }
        Ok(())
    }
}

/// Blocks without the empty paragraphs at both ends, which writers add to stories of their own.
pub(crate) fn trimmed(mut blocks: Vec<Block>) -> Vec<Block> {
    while blocks.last().is_some_and(Block::is_empty) {
        blocks.pop();
    }
    let first = blocks.iter().position(|block| !block.is_empty());
    blocks.drain(..first.unwrap_or(0));
    blocks
}

fn shown_mark(format: &Character) -> Mark {
    if format.deleted {
        Mark::Deleted
    } else if format.hidden || format.always_hidden {
        Mark::Hidden
    } else {
        Mark::Shown
    }
}

fn push_all(tables: &mut TableBuilder, depth: usize, paragraph: Paragraph, boxes: Vec<TextBox>) {
    tables.push(depth, Block::Paragraph(paragraph));
    for text_box in boxes {
        tables.push(depth, Block::TextBox(text_box));
    }
}
