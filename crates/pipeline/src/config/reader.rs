//! Reads values out of the tree; what does not fit is a mistake, and all mistakes are collected.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use jianbao_publish::Misfit;

use super::tree::{Layer, Node, Value};

/// A mistake in the configuration: where, and which sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The layer that holds it.
    pub layer: Layer,
    /// Dotted path of the key.
    pub key: String,
    /// What is wrong.
    pub kind: MistakeKind,
}

/// The kinds of mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MistakeKind {
    /// Not TOML; the parser's words.
    Syntax(String),
    /// No such key; perhaps another was meant.
    Unknown {
        /// The nearest known key.
        nearest: Option<String>,
    },
    /// Another kind of value is expected.
    Type {
        /// The expected kind: `text`, `integer`, `boolean`, `list`, `table`, `length`, `size`,
        /// `colour`.
        expected: &'static str,
    },
    /// The number is out of its range.
    Range {
        /// Lowest.
        min: i64,
        /// Highest.
        max: i64,
    },
    /// The key must be given.
    Missing,
    /// Not a date of the calendar.
    Date,
    /// The value is none of those allowed.
    Choice {
        /// The allowed values.
        allowed: String,
    },
    /// The same name twice.
    Twice {
        /// The name.
        name: String,
    },
    /// The folder is the inbox, where all files are submissions.
    Inbox,
    /// A plan's item cannot be printed.
    Item {
        /// As the plan names it.
        item: String,
        /// Why: `absent`, `rejected`, `issued`, `merged`, `placed`, `same`, `twice`.
        state: &'static str,
    },
    /// The page does not hold what it should.
    Misfit(Misfit),
}

/// A table that is being read.
pub(crate) struct Reader<'a> {
    table: Option<&'a BTreeMap<String, Node>>,
    layer: Layer,
    path: String,
    used: RefCell<BTreeSet<&'static str>>,
    mistakes: &'a RefCell<Vec<Mistake>>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(node: &'a Node, mistakes: &'a RefCell<Vec<Mistake>>) -> Self {
        Self::at(node, String::new(), mistakes)
    }

    fn at(node: &'a Node, path: String, mistakes: &'a RefCell<Vec<Mistake>>) -> Self {
        let table = match &node.value {
            Value::Table(table) => Some(table),
            _ => None,
        };
        let reader = Self { table, layer: node.layer.clone(), path, used: RefCell::default(), mistakes };
        if table.is_none() {
            reader.mistake(&node.layer, "", MistakeKind::Type { expected: "table" });
        }
        reader
    }

    pub(crate) fn mistake(&self, layer: &Layer, key: &str, kind: MistakeKind) {
        let key = [self.path.as_str(), key]
            .iter()
            .filter(|part| !part.is_empty())
            .copied()
            .collect::<Vec<_>>()
            .join(".");
        self.mistakes.borrow_mut().push(Mistake { layer: layer.clone(), key, kind });
    }

    /// A mistake where the key is written, or where its table is.
    pub(crate) fn mistake_at(&self, key: &'static str, kind: MistakeKind) {
        let layer = self.node(key).map_or(&self.layer, |node| &node.layer);
        self.mistake(layer, key, kind);
    }

    pub(crate) fn node(&self, key: &'static str) -> Option<&'a Node> {
        self.used.borrow_mut().insert(key);
        self.table?.get(key)
    }

    fn get<T>(
        &self,
        key: &'static str,
        expected: &'static str,
        take: impl Fn(&Value) -> Option<T>,
    ) -> Option<T> {
        let node = self.node(key)?;
        let value = take(&node.value);
        if value.is_none() {
            self.mistake(&node.layer, key, MistakeKind::Type { expected });
        }
        value
    }

    pub(crate) fn text(&self, key: &'static str) -> Option<String> {
        self.get(key, "text", |value| match value {
            Value::Text(text) => Some(text.trim().to_owned()),
            _ => None,
        })
    }

    /// A text that has to be of a form.
    pub(crate) fn parsed<T>(
        &self,
        key: &'static str,
        expected: &'static str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        self.get(key, expected, |value| match value {
            Value::Text(text) => parse(text.trim()),
            _ => None,
        })
    }

    /// One of a few words, each with its meaning.
    pub(crate) fn choice<T: Copy>(&self, key: &'static str, choices: &[(&str, T)]) -> Option<T> {
        let word = self.text(key)?;
        let found = choices.iter().find(|(name, _)| *name == word).map(|(_, meaning)| *meaning);
        if found.is_none() {
            let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
            self.mistake_at(key, MistakeKind::Choice { allowed: names.join(", ") });
        }
        found
    }

    pub(crate) fn required_text(&self, key: &'static str) -> String {
        let text = self.text(key).filter(|text| !text.is_empty());
        if text.is_none() && self.table.is_some() {
            self.mistake(&self.layer, key, MistakeKind::Missing);
        }
        text.unwrap_or_default()
    }

    pub(crate) fn boolean(&self, key: &'static str) -> Option<bool> {
        self.get(key, "boolean", |value| match value {
            Value::Boolean(flag) => Some(*flag),
            _ => None,
        })
    }

    pub(crate) fn integer(&self, key: &'static str, range: RangeInclusive<i64>) -> Option<i64> {
        let number = self.get(key, "integer", |value| match value {
            Value::Integer(number) => Some(*number),
            _ => None,
        })?;
        if range.contains(&number) {
            return Some(number);
        }
        self.mistake_at(key, MistakeKind::Range { min: *range.start(), max: *range.end() });
        None
    }

    /// A list of texts; a single text counts as a list of one.
    pub(crate) fn texts(&self, key: &'static str) -> Vec<String> {
        let Some(node) = self.node(key) else { return Vec::new() };
        let text = |node: &Node| match &node.value {
            Value::Text(text) => Some(text.trim().to_owned()),
            _ => None,
        };
        let texts = match &node.value {
            Value::List(list) => list.iter().map(text).collect(),
            _ => text(node).map(|text| vec![text]),
        };
        if texts.is_none() {
            self.mistake(&node.layer, key, MistakeKind::Type { expected: "list" });
        }
        texts.unwrap_or_default()
    }

    pub(crate) fn table(&self, key: &'static str) -> Reader<'a> {
        let path = if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) };
        match self.node(key) {
            Some(node) => Self::at(node, path, self.mistakes),
            None => Self {
                table: None,
                layer: self.layer.clone(),
                path,
                used: RefCell::default(),
                mistakes: self.mistakes,
            },
        }
    }

    pub(crate) fn tables(&self, key: &'static str) -> Vec<Reader<'a>> {
        let Some(node) = self.node(key) else { return Vec::new() };
        let Value::List(list) = &node.value else {
            self.mistake(&node.layer, key, MistakeKind::Type { expected: "list" });
            return Vec::new();
        };
        let numbered = list.iter().enumerate();
        numbered.map(|(at, node)| Self::at(node, format!("{key}[{}]", at + 1), self.mistakes)).collect()
    }

    pub(crate) fn layer(&self) -> &Layer {
        &self.layer
    }

    /// Reports the keys that nobody asked for.
    pub(crate) fn finish(self) {
        let used = self.used.borrow();
        for (key, node) in self.table.into_iter().flatten() {
            if !used.contains(key.as_str()) {
                let nearest = used.iter().map(|known| (distance(known, key), *known)).min();
                // A short key of which every letter would be another is not what was meant.
                let nearest = nearest.filter(|(distance, known)| *distance <= 3.min(known.len() - 1));
                let nearest = nearest.map(|(_, known)| known.to_owned());
                self.mistake(&node.layer, key, MistakeKind::Unknown { nearest });
            }
        }
    }
}

/// Levenshtein distance, for keys of a few letters.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, &cb) in b.iter().enumerate() {
            let change = corner + usize::from(ca != cb);
            corner = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(corner + 1);
        }
    }
    row[b.len()]
}
