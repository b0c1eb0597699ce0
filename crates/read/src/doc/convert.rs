//! A Word binary's document to neutral blocks.

use jianbao_model::document::{Alignment, Block, BlockKind, Image, Paragraph, Run, Table};
use jianbao_model::{Code, Diagnosed, Diagnostic, DropReason, Dropped, Origin, SourceDocument, SourceId};
use jianbao_ms_doc as word;
use word::RunKind;

use crate::margins::{Beside, Margins};
use crate::word::notes::{mark_note, raised};

/// Fills the document.
pub(super) fn convert(read: &word::Document, document: SourceDocument) -> Diagnosed<SourceDocument> {
    let footnotes: Vec<_> = read.footnotes.iter().map(Some).collect();
    let endnotes: Vec<_> = read.endnotes.iter().map(Some).collect();
    let mut converter = Converter {
        read: Diagnosed::clean(document),
        paragraph: 0,
        pictures: &read.pictures,
        parted: false,
        footnotes,
        endnotes,
    };
    let blocks = converter.blocks(&read.body);
    converter.read.value.blocks = blocks;
    converter.drop_unused_notes();
    let mut margins = Margins::default();
    let headers = read.headers.iter().map(|margin| (true, margin));
    for (is_header, margin) in headers.chain(read.footers.iter().map(|margin| (false, margin))) {
        for block in converter.blocks(&margin.blocks) {
            margins.add(block, is_header, &mut Beside::of(&mut converter.read.value));
        }
    }
    for comment in &read.comments {
        let blocks = converter.blocks(&comment.blocks);
        let Some(origin) = blocks.first().map(|block| block.origin.clone()) else { continue };
        let lines: Vec<String> = blocks.iter().map(Block::shown).collect();
        let dropped = Dropped { reason: DropReason::Comment, text: lines.join("\n"), origin };
        converter.read.value.dropped.push(dropped);
    }
    converter.read
}

struct Converter<'a> {
    read: Diagnosed<SourceDocument>,
    paragraph: u32,
    pictures: &'a [word::Picture],
    /// Shown text came after what was dropped last, so the next piece is one of its own.
    parted: bool,
    /// Notes whose place has not come yet.
    footnotes: Vec<Option<&'a word::Note>>,
    endnotes: Vec<Option<&'a word::Note>>,
}

impl<'a> Converter<'a> {
    /// Calls itself for tables and text boxes inside each other; the binary reader bounds them.
    fn blocks(&mut self, blocks: &[word::Block]) -> Vec<Block> {
        let mut shown = Vec::new();
        let mut left = blocks;
        while let Some((block, rest)) = left.split_first() {
            left = rest;
            match block {
                word::Block::Paragraph(_) => {
                    let mut group = vec![block];
                    // A paragraph without a shown mark flows into the next one.
                    while !shows_mark(group.last().copied()) {
                        let Some((next @ word::Block::Paragraph(_), rest)) = left.split_first() else {
                            break;
                        };
                        group.push(next);
                        left = rest;
                    }
                    let group: Vec<&word::Paragraph> = group.into_iter().filter_map(as_paragraph).collect();
                    let boxes = boxes_of(&group, &mut left);
                    self.paragraph(&group, &boxes, &mut shown);
                }
                word::Block::Table(table) => self.table(table, &mut shown),
                word::Block::TextBox(text_box) => {
                    let mut inner = self.blocks(&text_box.blocks);
                    shown.append(&mut inner);
                }
                _ => {}
            }
        }
        shown
    }

    fn paragraph(&mut self, group: &[&word::Paragraph], boxes: &[&word::TextBox], shown: &mut Vec<Block>) {
        let (Some(first), Some(last)) = (group.first(), group.last()) else { return };
        let origin = Origin::Doc { start: first.start, end: last.end, paragraph: self.paragraph + 1 };
        self.paragraph += group.len() as u32;
        let mut runs: Vec<Run> = Vec::new();
        let (mut before, mut after, mut notes) = (Vec::new(), Vec::new(), Vec::new());
        for run in group.iter().flat_map(|paragraph| &paragraph.runs) {
            match run.kind {
                RunKind::Shown => {
                    self.parted = true;
                    push_run(&mut runs, run, run.text.clone());
                }
                // A mark that is not shown: it parts what is dropped before and after it.
                RunKind::Deleted | RunKind::Hidden if run.text == "\n" => self.parted = true,
                RunKind::Deleted => self.drop_text(DropReason::Deleted, &run.text, &origin),
                RunKind::Hidden => self.drop_text(DropReason::Hidden, &run.text, &origin),
                RunKind::FieldCode => self.drop_text(DropReason::FieldCode, &run.text, &origin),
                RunKind::Footnote(_) | RunKind::Endnote(_) => {
                    push_run(&mut runs, run, raised(&run.text));
                    notes.extend(self.note(run.kind));
                }
                RunKind::PageBreak if runs.is_empty() => before.push(BlockKind::PageBreak),
                RunKind::PageBreak => after.push(BlockKind::PageBreak),
                RunKind::Picture(Some(index)) => {
                    after.extend(self.pictures.get(index).map(|picture| image(index, picture)));
                }
                RunKind::Picture(None) => {
                    let warning = Diagnostic::new(Code::NotText, &origin).with("what", "picture");
                    self.read.diagnostics.push(warning);
                }
                _ => {}
            }
        }
        let block = |kind| Block { kind, origin: origin.clone() };
        let is_shown =
            |paragraph: &&&word::Paragraph| paragraph.runs.iter().any(|run| run.kind == RunKind::Shown);
        let is_hidden = |paragraph: &&&word::Paragraph| paragraph.mark == word::Mark::Hidden;
        // Hidden marks leave the first visible paragraph its form, deleted ones give the last's.
        let host = group.iter().filter(is_hidden).find(is_shown).unwrap_or(last);
        let is_gone = runs.is_empty() && last.mark != word::Mark::Shown;
        if host.breaks_before && !is_gone {
            before.insert(0, BlockKind::PageBreak);
        }
        shown.extend(before.into_iter().map(block));
        let marker = host.number.clone();
        if marker.is_some() || runs.iter().any(|run| !run.text.trim().is_empty()) {
            let heading = host.outline_level.map(|level| level + 1);
            let paragraph = Paragraph { runs, alignment: alignment(host.alignment), marker, heading };
            shown.push(block(BlockKind::Paragraph(paragraph)));
        }
        shown.extend(after.into_iter().map(block));
        self.beside(&notes, boxes, shown);
        if group.iter().any(|paragraph| paragraph.ends_page) {
            shown.push(block(BlockKind::PageBreak));
        }
    }

    /// Notes and text boxes of a paragraph in the order of their places.
    fn beside(&mut self, notes: &[&word::Note], boxes: &[&word::TextBox], shown: &mut Vec<Block>) {
        let notes = notes.iter().map(|note| (note.at, &note.blocks, note.mark.as_str()));
        let boxes = boxes.iter().map(|text_box| (text_box.anchor.unwrap_or(u32::MAX), &text_box.blocks, ""));
        let mut beside: Vec<(u32, &Vec<word::Block>, &str)> = notes.chain(boxes).collect();
        beside.sort_by_key(|(at, ..)| *at);
        for (_, blocks, mark) in beside {
            let mut blocks = self.blocks(blocks);
            if !mark.is_empty() {
                mark_note(&mut blocks, &raised(mark));
            }
            shown.append(&mut blocks);
        }
    }

    fn note(&mut self, kind: RunKind) -> Option<&'a word::Note> {
        match kind {
            RunKind::Footnote(index) => self.footnotes.get_mut(index)?.take(),
            RunKind::Endnote(index) => self.endnotes.get_mut(index)?.take(),
            _ => None,
        }
    }

    /// Notes whose mark is not shown were deleted with it.
    fn drop_unused_notes(&mut self) {
        let unused = std::mem::take(&mut self.footnotes).into_iter();
        let unused: Vec<_> = unused.chain(std::mem::take(&mut self.endnotes)).flatten().collect();
        for note in unused {
            for block in self.blocks(&note.blocks) {
                self.drop_text(DropReason::Deleted, &block.shown(), &block.origin);
            }
        }
    }

    fn table(&mut self, table: &word::Table, shown: &mut Vec<Block>) {
        let mut first = table.rows.iter().flat_map(|row| &row.cells).flat_map(|cell| &cell.blocks);
        let first = first.find_map(as_paragraph);
        let (start, end) = first.map_or((0, 0), |paragraph| (paragraph.start, paragraph.end));
        let origin = Origin::Doc { start, end, paragraph: self.paragraph + 1 };
        let mut rows = Vec::new();
        for row in &table.rows {
            let mut cells = Vec::new();
            for cell in row.cells.iter().filter(|cell| cell.columns > 0) {
                let blocks = self.blocks(&cell.blocks);
                cells.push((blocks, cell.columns));
            }
            if row.deleted {
                for block in cells.into_iter().flat_map(|(blocks, _)| blocks) {
                    let text = block.shown();
                    self.drop_text(DropReason::Deleted, &text, &block.origin);
                }
            } else {
                rows.push(cells);
            }
        }
        let cells = || rows.iter().flatten();
        let is_long = |block: &Block| block.shown().chars().count() > crate::margins::RUNNING_TEXT;
        let is_column = rows.iter().all(|row| row.len() <= 1);
        if is_column && (cells().count() == 1 || cells().any(|(blocks, _)| blocks.iter().any(is_long))) {
            shown.extend(rows.into_iter().flatten().flat_map(|(blocks, _)| blocks));
            return;
        }
        let mut table = Table::default();
        let mut beside = Vec::new();
        for row in rows {
            let mut texts = Vec::new();
            for (blocks, columns) in row {
                let (images, blocks): (Vec<Block>, Vec<Block>) =
                    blocks.into_iter().partition(|block| matches!(block.kind, BlockKind::Image(_)));
                beside.extend(images);
                let blocks = blocks.iter().filter(|block| block.kind != BlockKind::PageBreak);
                let lines: Vec<String> = blocks.map(Block::shown).collect();
                texts.push(lines.join("\n"));
                texts.extend(std::iter::repeat_n(String::new(), columns.saturating_sub(1).min(62)));
            }
            table.rows.push(texts);
        }
        if table.rows.iter().flatten().any(|cell| !cell.trim().is_empty()) {
            shown.push(Block { kind: BlockKind::Table(table), origin });
        }
        shown.append(&mut beside);
    }

    fn drop_text(&mut self, reason: DropReason, text: &str, origin: &Origin) {
        if text.is_empty() {
            return;
        }
        let is_parted = std::mem::take(&mut self.parted);
        match self.read.value.dropped.last_mut() {
            Some(last) if !is_parted && last.reason == reason && last.origin == *origin => {
                last.text.push_str(text);
            }
            _ => {
                let dropped = Dropped { reason, text: text.to_owned(), origin: origin.clone() };
                self.read.value.dropped.push(dropped);
            }
        }
    }
}

fn image(index: usize, picture: &word::Picture) -> BlockKind {
    let hash = picture.bytes.as_deref().map(SourceId::of);
    BlockKind::Image(Image { name: format!("Data/{}", index + 1), bytes: picture.size, hash })
}

/// Adds text in the format of a run.
fn push_run(runs: &mut Vec<Run>, run: &word::Run, text: String) {
    let font = run.font.as_deref().map(str::to_owned);
    match runs.last_mut() {
        Some(last) if last.bold == run.bold && last.size == Some(run.size) && last.font == font => {
            last.text.push_str(&text);
        }
        _ => runs.push(Run { text, bold: run.bold, font, size: Some(run.size) }),
    }
}

/// The text boxes behind a paragraph that are anchored in it.
fn boxes_of<'a>(group: &[&word::Paragraph], left: &mut &'a [word::Block]) -> Vec<&'a word::TextBox> {
    let end = group.last().map_or(0, |last| last.end);
    let mut boxes = Vec::new();
    while let Some((word::Block::TextBox(text_box), rest)) = left.split_first()
        && text_box.anchor.is_some_and(|anchor| anchor < end)
    {
        boxes.push(text_box);
        *left = rest;
    }
    boxes
}

fn as_paragraph(block: &word::Block) -> Option<&word::Paragraph> {
    match block {
        word::Block::Paragraph(paragraph) => Some(paragraph),
        _ => None,
    }
}

fn shows_mark(block: Option<&word::Block>) -> bool {
    block.and_then(as_paragraph).is_none_or(|paragraph| paragraph.mark == word::Mark::Shown)
}

fn alignment(found: word::Alignment) -> Alignment {
    match found {
        word::Alignment::Center => Alignment::Center,
        word::Alignment::Right => Alignment::Right,
        _ => Alignment::Body,
    }
}
