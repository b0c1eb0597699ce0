//! Sections and their items: title, lead, body, attribution, tables and pictures.

use std::collections::BTreeSet;

use docx_rs as docx;
use jianbao_model::issue::Section;
use jianbao_model::{Issue, Item};

use super::attribution::{bracketed, fits};
use super::sheet::id;
use super::{Block, paragraph, picture, run, table, text_paragraph};
use crate::Pictures;
use crate::style::{Style, Titles};

/// Beginning of the names of items' bookmarks.
pub(crate) const BOOKMARK_PREFIX: &str = "item_";

/// Word's limit for the name of a bookmark, in characters.
const BOOKMARK: usize = 40;

/// The paragraphs, tables and pictures of all sections.
pub(super) fn blocks(issue: &Issue, style: &Style, pictures: &Pictures) -> Vec<Block> {
    let mut all = Vec::new();
    let mut drawn = 0;
    let mut names = BTreeSet::new();
    for section in &issue.sections {
        if !section.name.is_empty() {
            all.push(text_paragraph(id::SECTION, &format!("【{}】", section.name)).into());
        }
        for entry in &section.entries {
            let mut blocks: Vec<Block> =
                item(&entry.item, section, style).into_iter().map(Block::from).collect();
            blocks.extend(entry.item.tables.iter().flat_map(|table| table::blocks(table, style)));
            for found in entry.item.images.iter().filter_map(|image| pictures.printable(image)) {
                drawn += 1;
                blocks.push(picture::built(found, drawn, style).into());
            }
            let number = names.len();
            let mut name = bookmark_name(&entry.item.id);
            if names.contains(&name) {
                // Word drops the second bookmark of a name.
                name = bookmark_name(&format!("{number}_{}", entry.item.id));
            }
            all.extend(marked(blocks, number, &name));
            names.insert(name);
        }
    }
    all
}

/// A paragraph on the way: its style, its runs' text and the first run's share that is the title.
struct Draft {
    style: &'static str,
    title: String,
    text: String,
}

fn item(item: &Item, section: &Section, style: &Style) -> Vec<docx::Paragraph> {
    let mut drafts = body(item, section);
    let title = item.title.as_deref().unwrap_or_default();
    let own_line = style.titles == Titles::OwnLine && !section.bulleted;
    match drafts.first_mut() {
        Some(first) if !title.is_empty() && !own_line => first.title = closed(title),
        _ => {}
    }
    if section.bulleted
        && let Some(first) = drafts.first_mut()
    {
        let start = if first.title.is_empty() { &mut first.text } else { &mut first.title };
        start.insert_str(0, "• ");
    }
    let mut all = Vec::new();
    if own_line && !title.is_empty() {
        all.push(text_paragraph(id::ITEM_TITLE, title));
    }
    all.extend(item.lead.iter().map(|lead| text_paragraph(id::LEAD, lead)));
    let attribution = item.attribution.as_ref().map(|attribution| bracketed(&attribution.printed));
    all.extend(with_attribution(&drafts, attribution, style));
    all
}

/// The body; one empty paragraph when there is none, to carry title and attribution.
fn body(item: &Item, section: &Section) -> Vec<Draft> {
    let style = if section.bulleted { id::BRIEF } else { id::ITEM };
    let draft = |text: &str| Draft { style, title: String::new(), text: text.to_owned() };
    if item.paragraphs.is_empty() {
        return vec![draft("")];
    }
    item.paragraphs.iter().map(|paragraph| draft(&paragraph.text)).collect()
}

/// A run-in title ends like a sentence.
fn closed(title: &str) -> String {
    if title.ends_with(['。', '？', '！']) { title.to_owned() } else { format!("{title}。") }
}

fn with_attribution(drafts: &[Draft], attribution: Option<String>, style: &Style) -> Vec<docx::Paragraph> {
    let last = drafts.last().map(|draft| [draft.title.as_str(), &draft.text].concat()).unwrap_or_default();
    let mut all: Vec<_> = drafts.iter().map(built).collect();
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

fn built(draft: &Draft) -> docx::Paragraph {
    let mut built = paragraph(draft.style);
    if !draft.title.is_empty() {
        built = built.add_run(run(&draft.title).style(id::RUN_IN_TITLE));
    }
    if draft.text.is_empty() { built } else { built.add_run(run(&draft.text)) }
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
