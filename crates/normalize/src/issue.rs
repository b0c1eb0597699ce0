//! A published issue back to items: masthead, contents and colophon are told from the sections.

use jianbao_model::{
    Code, Diagnosed, Diagnostic, DropReason, Dropped, Location, Origin, SourceDocument, Submission,
};

use crate::config::Config;
use crate::draft::Surroundings;
use crate::line::{Content, Line, Text, lines};
use crate::section;
use crate::segment::strip_ordinal;

/// Words that begin a line of the colophon (版记).
const COLOPHON: [&str; 8] = ["报：", "送：", "发：", "抄送：", "责任编辑：", "编辑：", "签发：", "共印"];

/// Lines that a masthead has at most before its number, and after it before its date.
const MASTHEAD: usize = 8;

/// See [`crate::normalize_issue`].
pub(crate) fn normalize_issue(document: &SourceDocument, config: &Config) -> Diagnosed<Submission> {
    let read = lines(document, config);
    let mut diagnostics = read.diagnostics;
    let frame = split(texts_of_tables(read.lines), config);
    if !frame.has_masthead
        && frame.contents.is_empty()
        && frame.body.iter().all(|line| announces(line, config).is_none())
    {
        diagnostics.push(Diagnostic::new(Code::NoIssueFrame, Origin::File));
    }
    let around = Surroundings { document, folder: None };
    let done = crate::submission(frame.body, &around, config);
    let mut value = done.value;
    diagnostics.extend(done.diagnostics);
    // Masthead, contents and colophon come after what the reader dropped and before the rest.
    value.dropped.splice(document.dropped.len()..document.dropped.len(), frame.dropped);
    let items = &value.items;
    for (title, at) in &frame.contents {
        if !items.iter().any(|item| item.title.as_ref() == Some(title)) {
            diagnostics.push(
                Diagnostic::new(Code::ContentsDiffer, Location::with_text(at, title)).with("title", title),
            );
        }
    }
    if items.is_empty() {
        diagnostics.push(Diagnostic::new(Code::NoItem, Origin::File));
    }
    Diagnosed { value, diagnostics }
}

/// An issue in its parts.
struct Frame {
    has_masthead: bool,
    contents: Vec<(String, Origin)>,
    body: Vec<Line>,
    dropped: Vec<Dropped>,
}

/// Cuts the lines into masthead, contents, sections and colophon.
fn split(lines: Vec<Line>, config: &Config) -> Frame {
    let end = colophon_start(&lines);
    let contents_start =
        lines.iter().position(|line| text(line).is_some_and(|text| is_contents_head(&text.text)));
    let masthead_end = masthead_end(&lines);
    let mut contents = Vec::new();
    let mut start = contents_start.map_or(0, |at| at + 1);
    if contents_start.is_some() {
        start = read_contents(&lines, start, config, &mut contents);
    } else if let Some(first) = lines[..end].iter().position(|line| announces(line, config).is_some()) {
        start = first;
    } else {
        start = masthead_end.unwrap_or(0);
    }
    let mut body = Vec::new();
    let mut dropped = Vec::new();
    for (at, line) in lines.into_iter().enumerate() {
        if (start..end).contains(&at) {
            body.push(line);
        } else if let Some(text) = text(&line) {
            dropped.push(Dropped {
                reason: DropReason::IssueFrame,
                text: text.shown(),
                origin: line.at.clone(),
            });
        }
    }
    Frame { has_masthead: masthead_end.is_some(), contents, body, dropped }
}

/// Where a masthead ends: behind the line that closes with a date, among the few after 第N期.
fn masthead_end(lines: &[Line]) -> Option<usize> {
    let shown = |line: &Line| text(line).map(Text::shown).unwrap_or_default();
    let number = lines.iter().take(MASTHEAD).position(|line| is_number(&shown(line)))?;
    let mut after = lines.iter().enumerate().skip(number).take(MASTHEAD);
    after.find(|(_, line)| shown(line).ends_with('日')).map(|(at, _)| at + 1)
}

/// Whether a line is the number of an issue: 第12期, 第12期（2025年总35期）.
fn is_number(line: &str) -> bool {
    let squeezed: String = line.chars().filter(|c| !c.is_whitespace()).collect();
    let number = squeezed.strip_prefix('第').and_then(|rest| rest.split_once('期'));
    number.is_some_and(|(number, rest)| {
        !number.is_empty()
            && number.chars().all(|c| c.is_ascii_digit())
            && (rest.is_empty() || rest.starts_with(['（', '(']))
    })
}

/// Reads the contents from `start` on; returns where the first section begins: at a section line that
/// no numbered title follows.
fn read_contents(
    lines: &[Line],
    start: usize,
    config: &Config,
    contents: &mut Vec<(String, Origin)>,
) -> usize {
    let mut at = start;
    while let Some(line) = lines.get(at) {
        let Some(text) = text(line) else { break };
        if announces(line, config).is_some() {
            let followed =
                lines.get(at + 1).and_then(self::text).is_some_and(|next| numbered(next).is_some());
            if !followed {
                break;
            }
        } else if let Some(title) = numbered(text) {
            contents.push((title, line.at.clone()));
        } else if let Some((last, _)) = contents.last_mut() {
            // A long title goes on in the next line.
            last.push_str(&text.text);
        } else {
            break;
        }
        at += 1;
    }
    at
}

fn numbered(text: &Text) -> Option<String> {
    let shown = text.shown();
    let (ordinal, title) = strip_ordinal(&shown);
    let page = title.trim_end_matches(|c: char| c.is_ascii_digit() || "…. \t·".contains(c));
    let title =
        if page.len() < title.len() && title[page.len()..].contains(['…', '\t']) { page } else { title };
    ordinal.starts_with(|c: char| c.is_ascii_digit()).then(|| title.trim_end_matches('。').to_owned())
}

fn is_contents_head(text: &str) -> bool {
    let words: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    matches!(words.trim_end_matches(['：', ':']), "本期目录" | "目录" | "本期导读" | "本期要目")
}

/// Where the colophon begins: the first of the closing lines that only a colophon has.
fn colophon_start(lines: &[Line]) -> usize {
    let is_colophon = |line: &Line| {
        text(line).is_some_and(|text| {
            let squeezed: String = text.text.chars().filter(|c| !c.is_whitespace()).collect();
            COLOPHON.iter().any(|word| squeezed.starts_with(word))
                || (squeezed.contains("简字") && squeezed.ends_with('号'))
        })
    };
    let tail = lines.len().saturating_sub(30);
    lines[tail..].iter().position(is_colophon).map_or(lines.len(), |at| tail + at)
}

fn announces<'a>(line: &Line, config: &'a Config) -> Option<&'a crate::SectionRule> {
    section::announced(&text(line)?.shown(), config)
}

fn text(line: &Line) -> Option<&Text> {
    match &line.content {
        Content::Text(text) => Some(text),
        _ => None,
    }
}

/// In an issue a table of one column only places its text (the colophon's, for instance).
fn texts_of_tables(lines: Vec<Line>) -> Vec<Line> {
    let mut flat = Vec::new();
    for line in lines {
        match &line.content {
            Content::Table(table) if table.rows.iter().all(|row| row.len() == 1) => {
                for part in table.rows.iter().flatten().flat_map(|cell| cell.split('\n')) {
                    let content = Content::Text(Text { text: part.to_owned(), ..Text::default() });
                    flat.push(Line { content, at: line.at.clone() });
                }
            }
            _ => flat.push(line),
        }
    }
    flat
}
