//! The tree to blocks: one walk with a stack of its own, so that depth costs no stack.

use jianbao_model::document::BlockKind;
use jianbao_model::{Block, Diagnostic, DropReason, Dropped};

use super::css::Sheet;
use super::elements::{is_block, is_no_content};
use super::flow::Flow;
use super::images::Parts;
use super::lists::List;
use super::look::{self, Look, Own};
use super::paragraph;
use super::roles::Role;
use super::tables;
use super::tree::{Data, Element, NodeId, ROOT, Tree};
use super::word;
use crate::margins::Margins;
use crate::word::notes::raised;
use crate::{Limits, ReadError};

/// An element that says in `n` which line of the file the markup after it was made from.
pub(crate) const SOURCE_LINE: &str = "source-line";

/// What came of a page.
#[derive(Debug, Default)]
pub(crate) struct Shown {
    pub(crate) blocks: Vec<Block>,
    pub(crate) furniture: Vec<Block>,
    pub(crate) dropped: Vec<Dropped>,
    pub(crate) diagnostics: Vec<Diagnostic>,
    pub(super) margins: Margins,
}

/// Walks over a tree.
pub(super) struct Walker<'a> {
    pub(super) tree: &'a Tree,
    pub(super) sheet: &'a Sheet,
    pub(super) parts: &'a Parts,
    pub(super) limits: &'a Limits,
    pub(super) frames: Vec<Frame>,
    /// The body, and the cells and margins that are open.
    pub(super) flows: Vec<Flow>,
    pub(super) tables: Vec<tables::Reading>,
    /// For each open field, whether its code is being read.
    pub(super) fields: Vec<bool>,
    pub(super) shown: Shown,
    pub(super) images: usize,
    /// The line in the file that the markup was made from.
    pub(super) stated_line: Option<u32>,
    /// The tree is the inside of a text box.
    pub(super) is_text_box: bool,
    pub(super) paragraphs: usize,
    /// Text was shown or a paragraph ended since something was dropped last.
    pub(super) is_parted: bool,
}

/// An open element.
#[derive(Debug, Default)]
pub(super) struct Frame {
    pub(super) look: Look,
    pub(super) own: Own,
    /// Why nothing inside is shown.
    pub(super) fate: Option<DropReason>,
    pub(super) role: Role,
    pub(super) is_block: bool,
    /// A paragraph has begun in it.
    pub(super) is_used: bool,
    pub(super) is_number: bool,
    pub(super) is_note_mark: bool,
    pub(super) line: u32,
    pub(super) list: Option<List>,
}

impl<'a> Walker<'a> {
    pub(super) fn new(tree: &'a Tree, sheet: &'a Sheet, parts: &'a Parts, limits: &'a Limits) -> Self {
        Self {
            tree,
            sheet,
            parts,
            limits,
            frames: vec![Frame { is_block: true, line: 1, ..Frame::default() }],
            flows: vec![Flow::default()],
            tables: Vec::new(),
            fields: Vec::new(),
            shown: Shown::default(),
            images: 0,
            stated_line: None,
            is_text_box: false,
            paragraphs: 0,
            is_parted: true,
        }
    }

    /// Reads the whole tree.
    pub(super) fn walk(mut self) -> Result<Shown, ReadError> {
        let mut next = self.tree.node(ROOT).first;
        while let Some(id) = next {
            let descends = self.enter(id)?;
            next = if descends { self.tree.node(id).first } else { None };
            if next.is_some() {
                continue;
            }
            if descends {
                self.leave()?;
            }
            let mut at = id;
            while self.tree.node(at).next.is_none() {
                match self.tree.node(at).parent {
                    Some(parent) if parent != ROOT => at = parent,
                    _ => return Ok(self.finish()),
                }
                self.leave()?;
            }
            next = self.tree.node(at).next;
        }
        Ok(self.finish())
    }

    fn finish(mut self) -> Shown {
        self.close();
        self.shown.blocks = self.flows.pop().map(|flow| flow.blocks).unwrap_or_default();
        for piece in &mut self.shown.dropped {
            piece.text = paragraph::collapsed(&piece.text).trim().to_owned();
        }
        self.shown.dropped.retain(|piece| !piece.text.is_empty());
        self.shown
    }

    /// Begins a node; says whether what is inside is to be read.
    fn enter(&mut self, id: NodeId) -> Result<bool, ReadError> {
        match &self.tree.node(id).data {
            Data::Text(text) if self.top().is_note_mark => {
                let mark = text.trim().trim_matches(['[', ']']);
                self.text(&raised(mark), self.line(id));
            }
            Data::Text(text) => self.text(text, self.line(id)),
            Data::Element(element) => return self.element(id, element),
            Data::Comment(text) => self.comment(text, self.line(id))?,
            Data::Other => {}
        }
        Ok(false)
    }

    fn element(&mut self, id: NodeId, element: &Element) -> Result<bool, ReadError> {
        if is_no_content(element.tag()) {
            return Ok(false);
        }
        if element.tag() == SOURCE_LINE {
            self.stated_line = element.attribute("n").and_then(|line| line.parse().ok());
            return Ok(false);
        }
        self.within()?;
        let (look, own) = look::of(element, &self.top().look, self.sheet);
        let fate =
            self.top().fate.or_else(|| word::reason(element, &own)).or_else(|| self.option(id, element));
        let line = self.line(id);
        let is_number =
            self.top().is_number || own.word("list").is_some_and(|list| list.eq_ignore_ascii_case("ignore"));
        let is_block = is_block(element.tag(), own.display.as_deref());
        let is_note_mark = self.top().is_note_mark || word::is_note_mark(element, &own);
        let mut frame =
            Frame { look, own, fate, is_block, is_number, is_note_mark, line, ..Frame::default() };
        if is_block {
            self.part();
        }
        if self.is_void(element, &frame) || self.is_written(id, &frame) {
            return Ok(false);
        }
        self.begin(id, element, &mut frame);
        self.frames.push(frame);
        Ok(true)
    }

    fn leave(&mut self) -> Result<(), ReadError> {
        let Some(frame) = self.frames.pop() else { return Ok(()) };
        if frame.is_block {
            self.part();
        }
        self.end(&frame)?;
        if frame.own.breaks_after && frame.is_block && frame.fate.is_none() {
            self.flow().push(BlockKind::PageBreak, frame.line);
        }
        self.within()
    }

    /// Parts what comes from what was; a field's code ends with its paragraph in any case.
    fn part(&mut self) {
        self.close();
        self.is_parted = true;
        self.fields.fill(false);
    }

    fn line(&self, id: NodeId) -> u32 {
        self.stated_line.unwrap_or(self.tree.node(id).line)
    }

    pub(super) fn top(&self) -> &Frame {
        self.frames.last().expect("the document's own frame is never left")
    }

    pub(super) fn flow(&mut self) -> &mut Flow {
        self.flows.last_mut().expect("the document's own flow is never left")
    }

    fn within(&self) -> Result<(), ReadError> {
        let exceeded = |what, limit: usize| Err(ReadError::LimitExceeded { what, limit: limit as u64 });
        if self.frames.len().max(self.fields.len()) > self.limits.depth + 1 {
            return exceeded("depth", self.limits.depth);
        }
        if self.paragraphs > self.limits.paragraphs {
            return exceeded("paragraphs", self.limits.paragraphs);
        }
        Ok(())
    }
}
