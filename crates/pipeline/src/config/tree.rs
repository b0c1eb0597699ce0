//! Configuration as a tree of values, each of which knows the layer that it comes from.

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

/// Where a value comes from, lowest layer first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// Compiled in.
    Default,
    /// Compiled in, of the layout that is chosen.
    Layout {
        /// Its name.
        name: String,
    },
    /// A line of the configuration file, from 1.
    File {
        /// Line number.
        line: usize,
    },
    /// An environment variable.
    Environment {
        /// Its name.
        variable: String,
    },
    /// An option of the command line.
    CommandLine,
}

/// A value and its layer.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    pub(crate) value: Value,
    pub(crate) layer: Layer,
}

/// The kinds of value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Text(String),
    Integer(i64),
    Float(f64),
    Boolean(bool),
    List(Vec<Node>),
    Table(BTreeMap<String, Node>),
}

impl Node {
    /// Lays another tree over this one: tables key by key, everything else as a whole.
    pub(crate) fn overlay(&mut self, above: Node) {
        match (&mut self.value, above.value) {
            (Value::Table(below), Value::Table(entries)) => {
                // What is missing in the table is missing where the table was written.
                self.layer = above.layer;
                for (key, node) in entries {
                    match below.get_mut(&key) {
                        Some(existing) => existing.overlay(node),
                        None => drop(below.insert(key, node)),
                    }
                }
            }
            (_, value) => *self = Node { value, layer: above.layer },
        }
    }

    /// The same, but what the environment or the command line says stays.
    pub(crate) fn overlay_files(&mut self, above: Node) {
        match (&mut self.value, above.value) {
            (Value::Table(below), Value::Table(entries)) => {
                for (key, node) in entries {
                    match below.get_mut(&key) {
                        Some(existing) => existing.overlay_files(node),
                        None => drop(below.insert(key, node)),
                    }
                }
            }
            (_, value) if !matches!(self.layer, Layer::Environment { .. } | Layer::CommandLine) => {
                *self = Node { value, layer: above.layer };
            }
            _ => {}
        }
    }

    /// The value under a dotted path, where it is a text.
    pub(crate) fn text(&self, path: &str) -> Option<&str> {
        let found = path.split('.').try_fold(self, |node, key| match &node.value {
            Value::Table(table) => table.get(key),
            _ => None,
        });
        match &found?.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Sets the value under a dotted path.
    pub(crate) fn set(&mut self, path: &str, node: Node) {
        let layer = node.layer.clone();
        let wrapped = path.rsplit('.').fold(node, |inner, key| Node {
            value: Value::Table(BTreeMap::from([(key.to_owned(), inner)])),
            layer: layer.clone(),
        });
        self.overlay(wrapped);
    }

    /// Moves a text of the root, `short = "x"`, to where it belongs: `full.path = "x"`.
    pub(crate) fn expand(&mut self, short: &str, path: &str) {
        if let Value::Table(table) = &mut self.value
            && let Some(Node { value: Value::Text(_), .. }) = table.get(short)
            && let Some(node) = table.remove(short)
        {
            self.set(path, node);
        }
    }

    /// Every leaf with its dotted path, lists written in one line.
    pub(crate) fn leaves(&self) -> Vec<(String, String, Layer)> {
        let mut leaves = Vec::new();
        self.collect("", &mut leaves);
        leaves
    }

    fn collect(&self, path: &str, leaves: &mut Vec<(String, String, Layer)>) {
        match &self.value {
            Value::Table(table) => {
                for (key, node) in table {
                    let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                    node.collect(&path, leaves);
                }
            }
            Value::List(list) if list.iter().any(|node| matches!(node.value, Value::Table(_))) => {
                for (at, node) in list.iter().enumerate() {
                    node.collect(&format!("{path}[{}]", at + 1), leaves);
                }
            }
            _ => leaves.push((path.to_owned(), self.to_string(), self.layer.clone())),
        }
    }
}

impl std::fmt::Display for Node {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.value {
            Value::Text(text) => write!(f, "{text:?}"),
            Value::Integer(number) => write!(f, "{number}"),
            Value::Float(number) => write!(f, "{number}"),
            Value::Boolean(flag) => write!(f, "{flag}"),
            Value::List(list) => {
                let parts: Vec<String> = list.iter().map(ToString::to_string).collect();
                write!(f, "[{}]", parts.join(", "))
            }
            Value::Table(table) => {
                let parts: Vec<String> = table.iter().map(|(key, node)| format!("{key} = {node}")).collect();
                write!(f, "{{ {} }}", parts.join(", "))
            }
        }
    }
}

/// A mistake of syntax with its line.
pub(crate) struct SyntaxMistake {
    pub(crate) line: usize,
    pub(crate) message: String,
}

/// Reads TOML; all mistakes of syntax come at once. `layer` makes the layer of a line.
pub(crate) fn parse(text: &str, layer: impl Fn(usize) -> Layer) -> (Node, Vec<SyntaxMistake>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let line = |at: usize| text[..at.min(text.len())].matches('\n').count() + 1;
    let mistakes = errors.iter().map(|error| SyntaxMistake {
        line: error.span().map_or(1, |span| line(span.start)),
        message: error.message().to_owned(),
    });
    let mistakes = mistakes.collect();
    let root = Node { value: table_value(table.get_ref(), &|at| layer(line(at))), layer: layer(1) };
    (root, mistakes)
}

fn table_value(table: &DeTable<'_>, layer: &impl Fn(usize) -> Layer) -> Value {
    let entries = table.iter().map(|(key, value)| {
        let node = Node { value: value_of(value.get_ref(), layer), layer: layer(key.span().start) };
        (key.get_ref().to_string(), node)
    });
    Value::Table(entries.collect())
}

fn value_of(value: &DeValue<'_>, layer: &impl Fn(usize) -> Layer) -> Value {
    match value {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(number) => i64::from_str_radix(&number.as_str().replace('_', ""), number.radix())
            .map_or_else(|_| Value::Text(number.to_string()), Value::Integer),
        DeValue::Float(number) => number
            .as_str()
            .replace('_', "")
            .parse()
            .map_or_else(|_| Value::Text(number.to_string()), Value::Float),
        DeValue::Boolean(flag) => Value::Boolean(*flag),
        DeValue::Datetime(time) => Value::Text(time.to_string()),
        DeValue::Array(list) => {
            let nodes = list.iter().map(|value| Node {
                value: value_of(value.get_ref(), layer),
                layer: layer(value.span().start),
            });
            Value::List(nodes.collect())
        }
        DeValue::Table(table) => table_value(table, layer),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_higher_layer_wins_key_by_key() {
        let (mut low, _) = parse("[a]\nx = 1\ny = [1]", |_| Layer::Default);
        let (high, _) = parse("\n[a]\ny = [2, 3]", |line| Layer::File { line });
        low.overlay(high);
        low.set("a.z", Node { value: Value::Boolean(true), layer: Layer::CommandLine });
        let leaves: Vec<String> =
            low.leaves().into_iter().map(|(k, v, l)| format!("{k}={v} {l:?}")).collect();
        assert_eq!(leaves, ["a.x=1 Default", "a.y=[2, 3] File { line: 3 }", "a.z=true CommandLine"]);
    }

    #[test]
    fn all_mistakes_of_syntax_come_at_once() {
        let (_, mistakes) = parse("a = \nb = 1\nc = ]\n", |line| Layer::File { line });
        let lines: Vec<usize> = mistakes.iter().map(|mistake| mistake.line).collect();
        assert!(lines.contains(&1) && lines.contains(&3), "{lines:?}");
    }
}
