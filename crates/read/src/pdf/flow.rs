//! The pages one after the other: lines become paragraphs, tables stand where their first line does,
//! pictures and notes follow the paragraph that they belong to.

use jianbao_model::{Block, BlockKind, DropReason, Dropped};
use jianbao_pdf_text::Line;

use super::furniture::Body;
use super::notes::{self, Note};
use super::paragraphs::{Measure, Open, Placed, goes_on, measure};
use super::tables::{self, Table, Tables};
use super::tagged::Tagged;
use super::{origin, runs};

/// The text of a document, and what was left out of it.
#[derive(Default)]
pub(super) struct Text {
    pub(super) blocks: Vec<Block>,
    pub(super) dropped: Vec<Dropped>,
}

/// The table that ended the page before, as long as nothing has followed it.
struct Tail {
    page: usize,
    columns: Vec<f32>,
    head: Vec<String>,
}

struct Flow<'a> {
    measure: Measure,
    tagged: Tagged,
    text: Text,
    open: Option<Open<'a>>,
    tail: Option<Tail>,
}

/// The blocks of all pages in reading order; a paragraph that goes on on the next page is one.
pub(super) fn read(pages: &[Body<'_>]) -> Text {
    let tables: Vec<Tables> = pages.iter().map(tables::all).collect();
    // The cells of tables have edges of their own.
    let running = pages.iter().zip(&tables).flat_map(|(page, tables)| {
        page.lines.iter().zip(&tables.owner).filter(|(_, owner)| owner.is_none()).map(|(line, _)| *line)
    });
    let measure = measure(&running.collect::<Vec<&Line>>());
    let tagged = Tagged::of(pages, measure);
    let mut flow = Flow { measure, tagged, text: Text::default(), open: None, tail: None };
    for (page, tables) in pages.iter().zip(&tables) {
        flow.page(page, tables);
    }
    flow.close();
    flow.text
}

impl<'a> Flow<'a> {
    fn page(&mut self, page: &Body<'a>, tables: &Tables) {
        let mut pictures = page.pictures.iter().peekable();
        let mut notes: Vec<Option<&Note>> = page.notes.iter().map(Some).collect();
        for (at, line) in page.lines.iter().enumerate() {
            while let Some(picture) = pictures.next_if(|picture| picture.before <= at) {
                self.behind(picture.block.clone());
            }
            match tables.owner[at].map(|number| &tables.list[number]) {
                // The table stands where its first line does.
                Some(table) if table.first == at => self.table(table, page.number),
                Some(_) => {}
                None => self.line(Placed { page: page.number, line }, &mut notes),
            }
        }
        pictures.for_each(|picture| self.behind(picture.block.clone()));
        // A note without a mark in a paragraph stands at the end of its page.
        notes.into_iter().flatten().for_each(|note| self.behind(note.block.clone()));
    }

    fn line(&mut self, placed: Placed<'a>, notes: &mut [Option<&Note>]) {
        self.tail = None;
        let (runs, carried) = notes::mark(runs(placed.line), placed.line, notes);
        match &mut self.open {
            Some(open) if self.tagged.goes_on(open, placed, self.measure) => {
                open.push(placed, runs, self.measure);
            }
            _ => {
                self.close();
                self.open = Some(Open::new(placed, runs, self.measure));
            }
        }
        for block in carried {
            self.behind(block);
        }
    }

    /// Puts a block behind the paragraph that is open: a picture or note does not part it.
    fn behind(&mut self, block: Block) {
        match &mut self.open {
            Some(open) => open.behind.push(block),
            None => self.text.blocks.push(block),
        }
    }

    fn close(&mut self) {
        if let Some(mut open) = self.open.take() {
            open.paragraph.heading = self.tagged.heading(&open);
            self.text.blocks.extend(open.close());
        }
    }

    fn table(&mut self, table: &Table, page: usize) {
        self.close();
        if !self.goes_on(table, page) {
            self.text.blocks.push(table.block(page));
        }
        let head = match &self.tail {
            Some(tail) if tail.page + 1 == page => tail.head.clone(),
            _ => table.rows.first().cloned().unwrap_or_default(),
        };
        self.tail = Some(Tail { page, columns: table.columns.clone(), head });
    }

    /// Adds a table that stands first on its page to the one that ended the page before; a head that
    /// is printed again is left once.
    fn goes_on(&mut self, table: &Table, page: usize) -> bool {
        let tail = self.tail.take_if(|tail| tail.page + 1 != page || !table.goes_on(&tail.columns));
        let (None, Some(tail)) = (tail, &self.tail) else { return false };
        let Some(Block { kind: BlockKind::Table(whole), .. }) = self.text.blocks.last_mut() else {
            return false;
        };
        let again = table.rows.first() == Some(&tail.head) && table.rows.len() > 1;
        if again {
            let text = tail.head.join("\t");
            let origin = origin(page, &table.bounds);
            self.text.dropped.push(Dropped { reason: DropReason::Header, text, origin });
        }
        whole.rows.extend(table.rows.iter().skip(usize::from(again)).cloned());
        true
    }
}

/// How a line would go on with the line before it, both taken alone.
pub(super) fn follows(before: &Line, line: &Line, page: usize, measure: Measure) -> bool {
    let open = Open::new(Placed { page, line: before }, runs(before), measure);
    goes_on(&open, Placed { page, line }, measure)
}
