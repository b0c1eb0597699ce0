//! Items are checked: one rule per file, each a pure function from items to diagnostics.
//!
//! A rule never changes an item. What it finds is shown to the editor, who decides.

mod rules;

use std::collections::BTreeMap;

use jianbao_model::{Diagnostic, Location, Submission};

/// What the rules need to know of the office.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// Characters that an item has at most, title and attribution left out; 0 for no limit.
    pub item_length: usize,
}

/// Items of the submissions before this one, in path order, by what they say and by title.
#[derive(Clone, Debug, Default)]
pub struct Earlier {
    keys: BTreeMap<String, String>,
    titles: BTreeMap<String, String>,
}

impl Earlier {
    /// Remembers the items of a submission under the file's shown path.
    pub fn remember(&mut self, path: &str, submission: &Submission) {
        for item in &submission.items {
            self.keys.entry(item.key()).or_insert_with(|| path.to_owned());
            if let Some(title) = &item.title {
                self.titles.entry(title.clone()).or_insert_with(|| path.to_owned());
            }
        }
    }

    /// The file that said the same before.
    pub fn same(&self, key: &str) -> Option<&str> {
        self.keys.get(key).map(String::as_str)
    }

    /// The file that had the same title before.
    pub fn same_title(&self, title: &str) -> Option<&str> {
        self.titles.get(title).map(String::as_str)
    }
}

/// Checks every item of a submission by every rule, in the order of the items.
pub fn check(submission: &Submission, earlier: &Earlier, config: &Config) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for item in &submission.items {
        for rule in rules::RULES {
            rule(&rules::Context { item, earlier, config }, &mut found);
        }
    }
    found
}

/// The place of a byte position in an item's body: the paragraph that holds it, and the text there.
fn place(item: &jianbao_model::Item, at: usize) -> Location {
    let mut start = 0;
    for paragraph in &item.paragraphs {
        if at < start + paragraph.text.len() {
            let origin = paragraph.at.first().cloned().unwrap_or(jianbao_model::Origin::File);
            let from: String = paragraph.text[..at - start].chars().rev().take(10).collect();
            let before: String = from.chars().rev().collect();
            return Location::with_text(&origin, &format!("{before}{}", &paragraph.text[at - start..]));
        }
        start += paragraph.text.len();
    }
    item.origin().into()
}
