//! Content to blocks: what Word shows, and what it does not show with its reason.

use std::collections::{HashMap, HashSet};

use jianbao_model::document::{Alignment, Block, BlockKind, Image, Paragraph, Run};
use jianbao_model::{Code, Diagnostic, DropReason, Dropped, Location, Origin};

use super::content::{self, Fate, Inline, Node, NoteKind, NoteReference, Story, Text};
use super::notes::{NoteMarks, Notes, mark_note};
use super::numbering::{Definitions, Numbering};
use super::properties::Mark;
use super::styles::{ParagraphStyle, Styles};
use super::{symbols, tables};

/// What stories are converted with.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) styles: &'a Styles,
    pub(crate) definitions: &'a Definitions,
    /// The part of the package; `None` in a file that is all one.
    pub(crate) part: Option<&'a str>,
    pub(crate) images: &'a HashMap<String, Image>,
    /// The notes that the stories refer to, converted.
    pub(crate) notes: Option<&'a Notes>,
    pub(crate) note_marks: NoteMarks,
}

/// What came of stories.
#[derive(Default)]
pub(crate) struct Shown {
    pub(crate) blocks: Vec<Block>,
    pub(crate) dropped: Vec<Dropped>,
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// Notes in the order of their marks.
    pub(crate) notes: Vec<(NoteKind, String)>,
}

impl Shown {
    /// Adds what is beside the text of another story.
    pub(crate) fn append(&mut self, mut other: Self) {
        self.dropped.append(&mut other.dropped);
        self.diagnostics.append(&mut other.diagnostics);
    }
}

/// Converts stories, one after the other.
pub(crate) fn convert(context: Context, stories: &[Story]) -> Shown {
    let mut converter = Converter::new(context);
    for story in stories {
        converter.nodes(&story.nodes);
    }
    let mut shown = converter.shown;
    // A copy of a picture is only line ends.
    let is_empty_copy =
        |piece: &Dropped| piece.reason == DropReason::DuplicateFallback && piece.text.trim().is_empty();
    shown.dropped.retain(|piece| !is_empty_copy(piece));
    shown
}

/// Converts stories.
pub(crate) struct Converter<'a> {
    context: Context<'a>,
    numbering: Numbering,
    /// Notes of each kind that were counted; those with a mark of their own are not.
    marked: HashMap<NoteKind, i32>,
    pub(super) shown: Shown,
    unknown_symbols: HashSet<char>,
    /// Shown text came after what was dropped last, so the next piece is one of its own.
    parted: bool,
}

/// A paragraph with what belongs beside it.
#[derive(Default)]
struct Gathered<'a> {
    runs: Vec<Run>,
    before: Vec<BlockKind>,
    after: Vec<After<'a>>,
}

enum After<'a> {
    Block(BlockKind),
    /// A block of a note, with its own place.
    Note(Block),
    TextBox(&'a [Node]),
}

impl<'a> Converter<'a> {
    fn new(context: Context<'a>) -> Self {
        Self {
            context,
            numbering: Numbering::default(),
            marked: HashMap::new(),
            shown: Shown::default(),
            unknown_symbols: HashSet::new(),
            parted: false,
        }
    }

    /// Adds paragraphs and tables. Calls itself for tables and text boxes inside each other, whose
    /// number the parser's bound on the depth has limited already.
    pub(super) fn nodes(&mut self, nodes: &'a [Node]) {
        let mut left = nodes;
        while let Some((node, rest)) = left.split_first() {
            match node {
                Node::Table(table) => {
                    tables::convert(self, table);
                    left = rest;
                }
                Node::Paragraph(_) => {
                    let count = self.joined(left);
                    let group: Vec<&content::Paragraph> =
                        left[..count].iter().filter_map(as_paragraph).collect();
                    left = &left[count..];
                    self.paragraph(&group);
                }
            }
        }
    }

    /// How many of the nodes are one paragraph on the page, since marks between them are gone.
    fn joined(&self, nodes: &[Node]) -> usize {
        let flows = |node: &&Node| as_paragraph(node).is_some_and(|paragraph| !self.shows_mark(paragraph));
        let flowing = nodes.iter().take_while(flows).count();
        // A paragraph without a shown mark is only left alone where no other follows.
        let has_last = nodes.get(flowing).is_some_and(|node| as_paragraph(node).is_some());
        (flowing + usize::from(has_last)).max(1)
    }

    fn shows_mark(&self, paragraph: &content::Paragraph) -> bool {
        let properties = &paragraph.properties;
        let hides = || self.context.styles.hides(properties.style.as_deref(), &properties.mark_format);
        properties.mark == Mark::Shown && !hides()
    }

    fn paragraph(&mut self, group: &[&'a content::Paragraph]) {
        let Some(last) = group.last() else { return };
        let mut gathered = Gathered::default();
        let mut host = None;
        for paragraph in group {
            let before = gathered.runs.len();
            for inline in &paragraph.inlines {
                self.inline(paragraph, inline, &mut gathered);
            }
            // Hidden marks leave the first visible paragraph its form, deleted ones give the last's.
            let is_visible = gathered.runs.len() > before && paragraph.properties.mark == Mark::Shown;
            host = host.or(is_visible.then_some(*paragraph));
        }
        let host = host.unwrap_or(last);
        let is_gone = gathered.runs.is_empty() && !self.shows_mark(last);
        let style = self.context.styles.paragraph(host.properties.style.as_deref());
        let origin = self.origin(group.first().map_or(last.number, |first| first.number));
        let marker = if is_gone { None } else { self.marker(host, &style) };
        let breaks_before = host.properties.breaks_before.or(style.breaks_before) == Some(true);
        if breaks_before && !is_gone {
            self.push(BlockKind::PageBreak, &origin);
        }
        for kind in gathered.before {
            self.push(kind, &origin);
        }
        if marker.is_some() || gathered.runs.iter().any(|run| !run.text.trim().is_empty()) {
            let paragraph = Paragraph {
                runs: gathered.runs,
                alignment: alignment(host.properties.justification.as_deref().or(style.justification)),
                marker,
                heading: heading(host.properties.outline.or(style.outline)),
            };
            self.push(BlockKind::Paragraph(paragraph), &origin);
        }
        for after in gathered.after {
            match after {
                After::Block(kind) => self.push(kind, &origin),
                After::Note(block) => self.shown.blocks.push(block),
                After::TextBox(nodes) => self.nodes(nodes),
            }
        }
        if group.iter().any(|paragraph| paragraph.properties.ends_page) {
            self.push(BlockKind::PageBreak, &origin);
        }
    }

    /// The number in front of the paragraph: counted, else as its writer saw it.
    fn marker(&mut self, host: &content::Paragraph, style: &ParagraphStyle) -> Option<String> {
        let counted = self.count(host, style);
        let written = host.properties.list_text.as_deref().map(str::trim).filter(|text| !text.is_empty());
        let Some(written) = written else { return counted };
        let counted = counted.filter(|counted| !lost_signs(counted, written));
        if let Some(counted) = counted.as_deref().map(str::trim).filter(|counted| *counted != written) {
            self.drop_text(DropReason::DuplicateFallback, written, host.number);
            // Bullets have no meaning that could differ.
            if counted.chars().any(char::is_alphanumeric) {
                let warning = Diagnostic::new(Code::NumberDiffers, self.origin(host.number));
                self.shown.diagnostics.push(warning.with("counted", counted).with("written", written));
            }
        }
        counted.or_else(|| Some(written.to_owned()))
    }

    fn count(&mut self, host: &content::Paragraph, style: &ParagraphStyle) -> Option<String> {
        let stated = &host.properties;
        let list = stated.list.or(style.list).filter(|&list| list != 0)?;
        let linked = || self.context.definitions.level_of_style(list, &style.ids);
        let level = stated.level.or_else(linked).or(style.level).unwrap_or(0);
        let level = usize::try_from(level).unwrap_or(0);
        self.numbering.next(list, level, self.context.definitions, self.context.styles)
    }

    fn inline(&mut self, paragraph: &content::Paragraph, inline: &'a Inline, gathered: &mut Gathered<'a>) {
        let origin = || self.origin(paragraph.number);
        match inline {
            Inline::Text(text) => self.text(paragraph, text, gathered),
            Inline::PageBreak if gathered.runs.is_empty() => gathered.before.push(BlockKind::PageBreak),
            Inline::PageBreak => gathered.after.push(After::Block(BlockKind::PageBreak)),
            Inline::Image(id) => {
                let image = self.context.images.get(id).cloned();
                gathered.after.extend(image.map(|image| After::Block(BlockKind::Image(image))));
            }
            Inline::TextBox(nodes) => gathered.after.push(After::TextBox(nodes)),
            Inline::Note(reference) => self.note(reference, gathered),
            Inline::NotText(what) => {
                let warning = Diagnostic::new(Code::NotText, origin()).with("what", what);
                self.shown.diagnostics.push(warning);
            }
        }
    }

    fn text(&mut self, paragraph: &content::Paragraph, text: &Text, gathered: &mut Gathered) {
        let look = self.context.styles.look(paragraph.properties.style.as_deref(), &text.format);
        let reason = match text.fate {
            Fate::Shown | Fate::Ruby if look.hidden => Some(DropReason::Hidden),
            Fate::Shown | Fate::Ruby => None,
            Fate::Deleted => Some(DropReason::Deleted),
            Fate::Moved => Some(DropReason::Moved),
            Fate::FieldCode => Some(DropReason::FieldCode),
            Fate::Fallback => Some(DropReason::DuplicateFallback),
        };
        if let Some(reason) = reason {
            self.drop_text(reason, &text.text, paragraph.number);
            return;
        }
        let shown = look.latin.filter(|latin| symbols::is_symbol_font(latin));
        let shown = shown.map_or_else(|| text.text.clone(), |font| symbols::bullet(font, &text.text));
        let private = shown.chars().find(|character| ('\u{E000}'..='\u{F8FF}').contains(character));
        if let Some(private) = private {
            self.unknown_symbol(private, paragraph, &shown);
        }
        self.parted = true;
        match gathered.runs.last_mut() {
            Some(run)
                if run.bold == look.bold && run.size == look.size && run.font.as_deref() == look.font =>
            {
                run.text.push_str(&shown);
            }
            _ => {
                let font = look.font.map(str::to_owned);
                gathered.runs.push(Run { text: shown, bold: look.bold, font, size: look.size });
            }
        }
    }

    /// Each sign is told once, at its first place.
    fn unknown_symbol(&mut self, sign: char, paragraph: &content::Paragraph, text: &str) {
        if self.unknown_symbols.insert(sign) {
            let location = Location::with_text(&self.origin(paragraph.number), text);
            let warning = Diagnostic::new(Code::UnknownSymbol, location);
            self.shown.diagnostics.push(warning.with("code", format!("U+{:04X}", u32::from(sign))));
        }
    }

    /// The mark at its place; the note's text follows the paragraph, as near as text can be.
    fn note(&mut self, reference: &NoteReference, gathered: &mut Gathered) {
        let key = (reference.kind, reference.id.clone());
        let is_first = !self.shown.notes.contains(&key);
        let known = self.context.notes.filter(|_| is_first).and_then(|notes| notes.get(&key));
        let mut blocks = known.cloned().unwrap_or_default();
        self.shown.notes.push(key);
        if !reference.has_own_mark {
            let marks = self.context.note_marks.of(reference.kind);
            let marked = self.marked.entry(reference.kind).or_default();
            let mark = marks.mark(*marked);
            *marked = marked.saturating_add(1);
            mark_note(&mut blocks, &mark);
            match gathered.runs.last_mut() {
                Some(run) => run.text.push_str(&mark),
                None => gathered.runs.push(Run { text: mark, ..Run::default() }),
            }
        }
        gathered.after.extend(blocks.into_iter().map(After::Note));
    }

    /// Adds to what is not shown; neighbours of one kind in one paragraph are one piece.
    pub(super) fn drop_text(&mut self, reason: DropReason, text: &str, number: u32) {
        let origin = self.origin(number);
        let is_parted = std::mem::take(&mut self.parted);
        match self.shown.dropped.last_mut() {
            Some(last) if !is_parted && last.reason == reason && last.origin == origin => {
                last.text.push_str(text);
            }
            _ => self.shown.dropped.push(Dropped { reason, text: text.to_owned(), origin }),
        }
    }

    pub(super) fn origin(&self, paragraph: u32) -> Origin {
        content::place(self.context.part, paragraph)
    }

    pub(super) fn push(&mut self, kind: BlockKind, origin: &Origin) {
        self.shown.blocks.push(Block { kind, origin: origin.clone() });
    }
}

/// Whether a list's text is what the file keeps but for signs that its writer could not encode, as
/// LibreOffice's `?` for Han characters outside of a Chinese code page.
fn lost_signs(counted: &str, written: &str) -> bool {
    let (counted, written) = (counted.trim(), written.trim());
    counted != written
        && counted.chars().count() == written.chars().count()
        && counted.chars().zip(written.chars()).all(|(lost, sign)| lost == sign || lost == '?')
}

/// The picture of a block.
pub(crate) fn image_mut(block: &mut Block) -> Option<&mut Image> {
    match &mut block.kind {
        BlockKind::Image(image) => Some(image),
        _ => None,
    }
}

fn as_paragraph(node: &Node) -> Option<&content::Paragraph> {
    match node {
        Node::Paragraph(paragraph) => Some(paragraph),
        Node::Table(_) => None,
    }
}

fn alignment(justification: Option<&str>) -> Alignment {
    match justification {
        Some("center") => Alignment::Center,
        Some("right" | "end") => Alignment::Right,
        _ => Alignment::Body,
    }
}

/// Levels 0 to 8 are headings, 9 is body text (ECMA-376 §17.3.1.20).
fn heading(outline: Option<i32>) -> Option<u8> {
    outline.filter(|level| (0..9).contains(level)).and_then(|level| u8::try_from(level + 1).ok())
}
