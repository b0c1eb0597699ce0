//! What the normaliser needs to know of the office: units, sections and signs.

use serde::{Deserialize, Serialize};

/// The normaliser's configuration.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Config {
    /// Registered units in the order of their rank.
    pub contributors: Vec<Contributor>,
    /// Words in front of a unit's name that say nothing here, e.g. 中共, 苏州市, 姑苏.
    pub name_prefixes: Vec<String>,
    /// Attributions that stand for no unit, e.g. 综合来稿.
    pub collective: Vec<String>,
    /// Sections in printed order.
    pub sections: Vec<SectionRule>,
    /// Characters that a title has at most.
    pub title_length: usize,
}

/// A unit that sends submissions.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Contributor {
    /// Name as it is printed.
    pub name: String,
    /// Other names under which it appears.
    pub aliases: Vec<String>,
}

/// A section and the signs by which an item belongs to it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct SectionRule {
    /// Id, e.g. `news`.
    pub id: String,
    /// Printed name, e.g. 动态.
    pub name: String,
    /// Whether its items have a title.
    pub titled: bool,
    /// Words in a file's name that choose it.
    pub file_words: Vec<String>,
    /// Lines that choose it for what follows, beside its own name.
    pub lines: Vec<String>,
    /// Attributions that choose it.
    pub attributions: Vec<String>,
}

impl Config {
    /// The section with this id.
    pub(crate) fn section(&self, id: &str) -> Option<&SectionRule> {
        self.sections.iter().find(|section| section.id == id)
    }
}
