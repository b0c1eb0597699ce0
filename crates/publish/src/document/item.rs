//! Sections and their items: title, lead, body, attribution, tables and pictures.

use std::collections::BTreeSet;

use docx_rs as docx;
use jianbao_model::issue::Section;
use jianbao_model::item::point_headings;
use jianbao_model::{Issue, Item};

use super::attribution::{bracketed, fits};
use super::sheet::id;
use super::{Block, paragraph, picture, run, table, text_paragraph};
use crate::style::{Head, Points, Style, Titles};
use crate::{Pictures, text};

/// Beginning of the names of items' bookmarks.
pub(crate) const BOOKMARK_PREFIX: &str = "item_";

/// What a brief begins with.
const BULLET: &str = "• ";

/// Word's limit for the name of a bookmark, in characters.
const BOOKMARK: usize = 40;

/// The names of the items' bookmarks, in printed order, each once: Word drops the second of a name.
pub(super) fn bookmarks(issue: &Issue) -> Vec<String> {
    let mut names = BTreeSet::new();
    let name = |(number, item): (usize, &Item)| {
        let mut name = bookmark_name(&item.id);
        if names.contains(&name) {
            name = bookmark_name(&format!("{number}_{}", item.id));
        }
        names.insert(name.clone());
        name
    };
    issue.items().enumerate().map(name).collect()
}

/// A piece of the document's text, and the item that begins with it.
pub(super) struct Placed {
    pub(super) block: Block,
    /// Index of the item in printed order.
    pub(super) begins: Option<usize>,
}

/// The paragraphs, tables and pictures of all sections.
pub(super) fn blocks(issue: &Issue, style: &Style, pictures: &Pictures) -> Vec<Placed> {
    let names = bookmarks(issue);
    let heads = Heads::of(issue, style);
    let mut all = Vec::new();
    let head = |paragraph: docx::Paragraph| Placed { block: paragraph.into(), begins: None };
    if heads == Heads::Numbered || heads == Heads::Nested {
        let title = format!("{}{}", issue.masthead.name, super::number(&issue.masthead));
        all.push(head(text_paragraph(id::PLAIN_TITLE, &title)));
    }
    let (mut drawn, mut number) = (0, 0);
    for (at, section) in issue.sections.iter().enumerate() {
        all.extend(heads.section(at, section, style).map(head));
        for (within, entry) in section.entries.iter().enumerate() {
            let title = heads.title(&entry.item, within, section, style);
            let mut blocks: Vec<Block> =
                item(&entry.item, title, section, style).into_iter().map(Block::from).collect();
            blocks.extend(entry.item.tables.iter().flat_map(|table| table::blocks(table, style)));
            for found in entry.item.images.iter().filter_map(|image| pictures.printable(image)) {
                drawn += 1;
                blocks.push(picture::built(found, drawn, style).into());
            }
            let blocks = marked(blocks, number, &names[number]).into_iter();
            all.extend(
                blocks.enumerate().map(|(nth, block)| Placed { block, begins: (nth == 0).then_some(number) }),
            );
            number += 1;
        }
    }
    all
}

/// How sections and items are headed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Heads {
    /// As in a bulletin: 【动态】, titles as the style says.
    Bulletin,
    /// A document of one item: its title is the document's.
    Single,
    /// A document of several items: 一、二、 (7.3.3).
    Numbered,
    /// The same with sections: sections 一、二、, items （一）（二）.
    Nested,
}

impl Heads {
    fn of(issue: &Issue, style: &Style) -> Self {
        match style.parts.head {
            Head::Masthead => Self::Bulletin,
            Head::Title if issue.items().nth(1).is_none() => Self::Single,
            Head::Title if issue.sections.len() > 1 => Self::Nested,
            Head::Title => Self::Numbered,
        }
    }

    fn section(self, at: usize, section: &Section, style: &Style) -> Option<docx::Paragraph> {
        match self {
            _ if section.name.is_empty() => None,
            Self::Bulletin if style.parts.sections => {
                Some(text_paragraph(id::SECTION, &format!("【{}】", section.name)))
            }
            Self::Nested => {
                let number = text::numeral(at + 1);
                Some(text_paragraph(id::PLAIN_SECTION, &format!("{number}、{}", section.name)))
            }
            Self::Bulletin | Self::Single | Self::Numbered => None,
        }
    }

    fn title(self, item: &Item, within: usize, section: &Section, style: &Style) -> Title {
        let Some(title) = item.title.as_deref().filter(|title| !title.is_empty()) else { return Title::None };
        let number = text::numeral(within + 1);
        match self {
            _ if section.bulleted => Title::RunIn(closed(title)),
            Self::Bulletin if style.titles == Titles::RunIn => Title::RunIn(closed(title)),
            Self::Bulletin => Title::Line(id::ITEM_TITLE, title.to_owned()),
            Self::Single => Title::Line(id::PLAIN_TITLE, title.to_owned()),
            Self::Numbered => Title::Line(id::PLAIN_SECTION, format!("{number}、{title}")),
            Self::Nested => Title::Line(id::PLAIN_ITEM, format!("（{number}）{title}")),
        }
    }
}

/// An item's title as it is set.
enum Title {
    None,
    /// At the beginning of the text.
    RunIn(String),
    /// In a paragraph of this style.
    Line(&'static str, String),
}

/// A paragraph on the way: its style and its runs, each with its character style.
struct Draft {
    style: &'static str,
    runs: Vec<(Option<&'static str>, String)>,
}

impl Draft {
    fn push(&mut self, style: Option<&'static str>, text: &str) {
        match self.runs.last_mut() {
            _ if text.is_empty() => {}
            Some((last, before)) if *last == style => before.push_str(text),
            _ => self.runs.push((style, text.to_owned())),
        }
    }

    fn text(&self) -> String {
        self.runs.iter().map(|(_, text)| text.as_str()).collect()
    }

    fn build(&self) -> docx::Paragraph {
        self.runs.iter().fold(paragraph(self.style), |built, (style, text)| {
            built.add_run(match style {
                Some(style) => run(text).style(style),
                None => run(text),
            })
        })
    }
}

fn item(item: &Item, title: Title, section: &Section, style: &Style) -> Vec<docx::Paragraph> {
    let mut all = Vec::new();
    let run_in = match title {
        Title::Line(style, text) => {
            all.push(text_paragraph(style, &text));
            None
        }
        Title::RunIn(text) => Some(text),
        Title::None => None,
    };
    all.extend(item.lead.iter().map(|lead| text_paragraph(id::LEAD, lead)));
    let attribution = item.attribution.as_ref().map(|attribution| bracketed(&attribution.printed));
    all.extend(with_attribution(&body(item, run_in.as_deref(), section, style), attribution, style));
    all
}

/// The body; one empty paragraph when there is none, to carry title and attribution.
fn body(item: &Item, title: Option<&str>, section: &Section, style: &Style) -> Vec<Draft> {
    let headings = match style.points {
        Points::Plain => Vec::new(),
        Points::Kai => point_headings(&item.body()),
    };
    let mut start = 0;
    let mut all = Vec::new();
    let texts = item.paragraphs.iter().map(|paragraph| paragraph.text.as_str());
    let texts = texts.chain(item.paragraphs.is_empty().then_some(""));
    for (at, text) in texts.enumerate() {
        let mut draft = Draft {
            style: match title {
                _ if section.bulleted => id::BRIEF,
                Some(_) if at == 0 => id::FIRST,
                _ => id::ITEM,
            },
            runs: Vec::new(),
        };
        if let (0, Some(title)) = (at, title) {
            let bullet = if section.bulleted { BULLET } else { "" };
            draft.push(Some(id::RUN_IN_TITLE), &format!("{bullet}{title}"));
        } else if at == 0 && section.bulleted {
            draft.push(None, BULLET);
        }
        let mut done = 0;
        for heading in &headings {
            // Headings are places in the whole body; one that goes over the end of a paragraph ends there.
            let within = |at: usize| at.saturating_sub(start).min(text.len());
            let (from, to) = (within(heading.start), within(heading.end));
            draft.push(None, &text[done..from]);
            draft.push(Some(id::POINT), &text[from..to]);
            done = to;
        }
        draft.push(None, &text[done..]);
        start += text.len();
        all.push(draft);
    }
    all
}

/// A run-in title ends like a sentence.
fn closed(title: &str) -> String {
    if title.ends_with(['。', '？', '！']) { title.to_owned() } else { format!("{title}。") }
}

fn with_attribution(drafts: &[Draft], attribution: Option<String>, style: &Style) -> Vec<docx::Paragraph> {
    let last = drafts.last().map(Draft::text).unwrap_or_default();
    let mut all: Vec<_> = drafts.iter().map(Draft::build).collect();
    let Some(attribution) = attribution else { return all };
    if fits(&last, &attribution, style)
        && let Some(paragraph) = all.pop()
    {
        all.push(paragraph.add_run(docx::Run::new().add_tab()).add_run(run(&attribution)));
    } else {
        all.push(text_paragraph(id::ATTRIBUTION, &attribution));
    }
    all
}

/// Puts a bookmark around an item, which begins and ends with a paragraph.
fn marked(mut blocks: Vec<Block>, id: usize, name: &str) -> Vec<Block> {
    if let Some(Block::Paragraph(first)) = blocks.first_mut() {
        let start = docx::BookmarkStart::new(id, name);
        first.children.insert(0, docx::ParagraphChild::BookmarkStart(start));
    }
    if let Some(Block::Paragraph(last)) = blocks.last_mut() {
        last.children.push(docx::ParagraphChild::BookmarkEnd(docx::BookmarkEnd::new(id)));
    }
    blocks
}

/// The name of an item's bookmark: what is no letter or digit becomes `_`, so that Word takes it.
pub(crate) fn bookmark_name(item: &str) -> String {
    let legal = item.chars().map(|c| if c.is_alphanumeric() { c } else { '_' });
    BOOKMARK_PREFIX.chars().chain(legal).take(BOOKMARK).collect()
}

/// The item that a bookmark names: ids are a hash and a number with a hyphen between them.
pub(crate) fn item_of_bookmark(name: &str) -> String {
    name.strip_prefix(BOOKMARK_PREFIX).unwrap_or(name).replacen('_', "-", 1)
}

#[cfg(test)]
mod tests {
    use super::{BOOKMARK, bookmark_name, closed};

    #[test]
    fn bookmark_names_are_legal() {
        assert_eq!(bookmark_name("0a1b#2"), "item_0a1b_2");
        assert_eq!(bookmark_name(&"甲".repeat(99)).chars().count(), BOOKMARK);
    }

    #[test]
    fn a_run_in_title_ends_like_a_sentence() {
        assert_eq!(closed("规划获批"), "规划获批。");
        assert_eq!(closed("怎么办？"), "怎么办？");
    }
}
