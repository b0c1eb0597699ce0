//! Markdown: what its HTML shows, as CommonMark defines it, with the lines of the Markdown file.
//!
//! Covered: CommonMark with tables, footnotes, task lists and text struck through (which is
//! shown); HTML inside; a YAML head, which is hidden. Not covered: formulas, definition lists.

use std::ops::Range;

use jianbao_model::{Code, Diagnosed, Diagnostic, Format, Origin, SourceDocument};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::html::{self, Parts, SOURCE_LINE};
use crate::reader::Source;
use crate::{Limits, ReadError, text};

/// Reads a Markdown file.
pub(crate) fn read(source: Source, limits: &Limits) -> Result<Diagnosed<SourceDocument>, ReadError> {
    let decoded = text::decode(source.bytes).ok_or(ReadError::Unknown)?;
    let shown = html::markup(&markup(&decoded.text), &Parts::new(), limits)?;
    let mut read = html::document(source, Format::Markdown, shown)?;
    if decoded.replaced > 0 {
        let warning = Diagnostic::new(Code::BadEncoding, Origin::File);
        read.diagnostics.push(warning.with("count", decoded.replaced).with("encoding", decoded.encoding));
    }
    Ok(read)
}

/// The HTML of a text, with the line that each block was made from.
fn markup(text: &str) -> String {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut lines = Lines { text, at: 0, line: 1 };
    let events = Parser::new_ext(text, options).into_offset_iter().flat_map(|(event, range)| {
        let line = mark(&event).then(|| lines.of(range.start));
        let line =
            line.map(|line| Event::InlineHtml(format!("<{SOURCE_LINE} n={line}></{SOURCE_LINE}>").into()));
        // A table takes nothing but rows inside.
        let is_before = matches!(event, Event::Start(Tag::Table(_)));
        let is_nothing = matches!(event, Event::SoftBreak) && is_between_wide(text, &range);
        let event = if is_nothing { None } else { Some(translated(event)) };
        let pair = if is_before { [line, event] } else { [event, line] };
        pair.into_iter().flatten()
    });
    let mut markup = String::new();
    pulldown_cmark::html::push_html(&mut markup, events);
    markup
}

/// Whether an event begins something with a place of its own.
fn mark(event: &Event) -> bool {
    let Event::Start(tag) = event else { return false };
    matches!(
        tag,
        Tag::Paragraph
            | Tag::Heading { .. }
            | Tag::CodeBlock(_)
            | Tag::Item
            | Tag::Table(_)
            | Tag::HtmlBlock
            | Tag::MetadataBlock(_)
    )
}

/// Struck text is no revision in Markdown, and a head is there, but not shown.
fn translated(event: Event) -> Event {
    match event {
        Event::Start(Tag::Strikethrough) => Event::InlineHtml("<s>".into()),
        Event::End(TagEnd::Strikethrough) => Event::InlineHtml("</s>".into()),
        Event::Start(Tag::MetadataBlock(_)) => Event::Html("<div hidden>".into()),
        Event::End(TagEnd::MetadataBlock(_)) => Event::Html("</div>".into()),
        other => other,
    }
}

/// A line end between East Asian characters is no blank (CSS Text 4 §4.1.3): Word and office
/// systems end lines only where a blank was, but who writes Markdown ends them anywhere.
fn is_between_wide(text: &str, range: &Range<usize>) -> bool {
    let is_markup = |c: char| c.is_whitespace() || "*_~`>".contains(c);
    let before = text.get(..range.start).and_then(|text| text.trim_end_matches(is_markup).chars().last());
    let after = text.get(range.end..).and_then(|text| text.trim_start_matches(is_markup).chars().next());
    before.is_some_and(is_wide) && after.is_some_and(is_wide)
}

fn is_wide(character: char) -> bool {
    matches!(character,
        '\u{2E80}'..='\u{A4CF}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}' | '\u{FF00}'..='\u{FF60}'
        | '“' | '”' | '‘' | '’' | '…' | '—' | '\u{20000}'..='\u{3FFFF}')
}

/// Counts lines up to places that come in their order.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

impl Lines<'_> {
    fn of(&mut self, at: usize) -> usize {
        if let Some(between) = self.text.get(self.at..at) {
            self.line += between.matches('\n').count();
            self.at = at;
        }
        self.line
    }
}
