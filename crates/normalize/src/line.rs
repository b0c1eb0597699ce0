//! Blocks become clean lines with the look that tells titles from text.

use jianbao_model::document::{Alignment, Image, Paragraph, Table};
use jianbao_model::{BlockKind, Code, Diagnostic, Format, Location, Origin, SourceDocument};

use crate::clean::{Changes, clean};
use crate::config::Config;

/// One line of the document.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) content: Content,
    pub(crate) at: Origin,
}

/// What a line holds.
#[derive(Clone, Debug)]
pub(crate) enum Content {
    Text(Text),
    Table(Table),
    Image(Image),
}

/// A clean line of text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Text {
    /// Automatic number before it.
    pub(crate) marker: String,
    /// The text without its marker.
    pub(crate) text: String,
    pub(crate) look: Look,
}

/// How a line looks beside the others of its document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Look {
    pub(crate) center: bool,
    pub(crate) right: bool,
    pub(crate) bold: bool,
    /// Set larger than the body.
    pub(crate) large: bool,
    pub(crate) heading: bool,
}

impl Look {
    /// Whether the look sets the line apart from body text.
    pub(crate) fn stands_out(self) -> bool {
        self.center || self.bold || self.large || self.heading
    }
}

impl Text {
    pub(crate) fn shown(&self) -> String {
        format!("{}{}", self.marker, self.text)
    }
}

/// The lines of a document and what was changed in them.
pub(crate) struct Lines {
    pub(crate) lines: Vec<Line>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Cleans a document's blocks and tells each kind of change once, with the first place and the count.
pub(crate) fn lines(document: &SourceDocument, config: &Config) -> Lines {
    let body = body_size(document);
    let mut lines = Vec::new();
    let mut ledger = Ledger::default();
    for block in &document.blocks {
        match &block.kind {
            BlockKind::Paragraph(paragraph) => {
                let look = look(paragraph, body);
                for part in split(paragraph, document.format) {
                    let title = look.stands_out() && part.text.chars().count() <= config.title_length;
                    let (text, changes) = clean(&part.text, title);
                    ledger.add(changes, &block.origin, &text);
                    let (marker, _) = clean(&part.marker, false);
                    if !text.is_empty() || !marker.is_empty() {
                        let content = Content::Text(Text { marker, text, look });
                        lines.push(Line { content, at: block.origin.clone() });
                    }
                }
            }
            BlockKind::Table(table) => {
                let content = Content::Table(clean_table(table));
                lines.push(Line { content, at: block.origin.clone() });
            }
            BlockKind::Image(image) => {
                lines.push(Line { content: Content::Image(image.clone()), at: block.origin.clone() });
            }
            BlockKind::PageBreak => {}
        }
    }
    Lines { lines, diagnostics: ledger.into_diagnostics() }
}

struct Part {
    marker: String,
    text: String,
}

/// A manual line break ends a line for the writer who set it, so it ends one here. In a PDF there are
/// none; what the reader gives there is one paragraph.
fn split(paragraph: &Paragraph, format: Format) -> Vec<Part> {
    let marker = paragraph.marker.clone().unwrap_or_default();
    let text = paragraph.text();
    if format == Format::Pdf {
        return vec![Part { marker, text: text.replace('\n', "") }];
    }
    let mut parts: Vec<Part> =
        text.split('\n').map(|text| Part { marker: String::new(), text: text.to_owned() }).collect();
    if let Some(first) = parts.first_mut() {
        first.marker = marker;
    }
    parts
}

fn clean_table(table: &Table) -> Table {
    let cell =
        |cell: &String| cell.split('\n').map(|line| clean(line, true).0).collect::<Vec<_>>().join("\n");
    Table { rows: table.rows.iter().map(|row| row.iter().map(cell).collect()).collect() }
}

/// The size in which most characters of the document are set, in half-points.
fn body_size(document: &SourceDocument) -> Option<u16> {
    let mut sizes = std::collections::BTreeMap::new();
    for block in &document.blocks {
        let BlockKind::Paragraph(paragraph) = &block.kind else { continue };
        for run in &paragraph.runs {
            if let Some(size) = run.size {
                *sizes.entry(size).or_insert(0) += run.text.chars().count();
            }
        }
    }
    sizes.into_iter().max_by_key(|&(size, count)| (count, size)).map(|(size, _)| size)
}

fn look(paragraph: &Paragraph, body: Option<u16>) -> Look {
    Look {
        center: paragraph.alignment == Alignment::Center,
        right: paragraph.alignment == Alignment::Right,
        bold: paragraph.is_bold(),
        // Two points more than the body is a difference that the eye takes for a heading.
        large: paragraph.size().zip(body).is_some_and(|(size, body)| size >= body + 4),
        heading: paragraph.heading.is_some(),
    }
}

/// Counts the changes and remembers where each kind was made first.
#[derive(Default)]
struct Ledger {
    total: Changes,
    first: [Option<Location>; 5],
}

impl Ledger {
    fn add(&mut self, changes: Changes, at: &Origin, text: &str) {
        self.total += changes;
        for (first, count) in self.first.iter_mut().zip(counts(changes)) {
            if count > 0 && first.is_none() {
                *first = Some(Location::with_text(at, text));
            }
        }
    }

    fn into_diagnostics(self) -> Vec<Diagnostic> {
        let codes = [
            Code::BlanksRemoved,
            Code::PunctuationWidened,
            Code::ControlsRemoved,
            Code::DigitsNarrowed,
            Code::QuotesPaired,
        ];
        let found = codes.into_iter().zip(self.first).zip(counts(self.total));
        found
            .filter_map(|((code, first), count)| Some(Diagnostic::new(code, first?).with("count", count)))
            .collect()
    }
}

fn counts(changes: Changes) -> [usize; 5] {
    [changes.blanks, changes.widened, changes.controls, changes.narrowed, changes.quotes]
}
