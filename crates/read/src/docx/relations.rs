//! Relationships between parts (ECMA-376 part 2 §9.3).

use std::collections::HashMap;

use super::xml::{Token, Xml};
use crate::ReadError;

/// One relationship.
#[derive(Clone, Debug)]
pub(crate) struct Relation {
    /// The last word of its type: `image`, `header`; the same in transitional and Strict files.
    pub(crate) kind: String,
    /// Part name, or the address of something outside.
    pub(crate) target: String,
    /// Outside of the package.
    pub(crate) is_external: bool,
}

impl Relation {
    /// Whether it is of a type, by the type's last word.
    pub(crate) fn is(&self, kind: &str) -> bool {
        self.kind == kind && !self.is_external
    }
}

/// Parses a relationship part; targets are resolved against the folder of the source part.
pub(crate) fn parse(
    text: &str,
    part: &str,
    folder: &str,
    depth: usize,
) -> Result<HashMap<String, Relation>, ReadError> {
    let mut xml = Xml::new(text, part, depth);
    let mut relations = HashMap::new();
    while let Some(token) = xml.next()? {
        let Token::Start(element) = token else { continue };
        if element.local() != "Relationship" {
            continue;
        }
        let (mut id, mut kind, mut target, mut is_external) = (None, None, None, false);
        for (name, value) in element.attributes() {
            match name {
                "Id" => id = Some(value),
                "Type" => kind = Some(value),
                "Target" => target = Some(value),
                "TargetMode" => is_external = value == "External",
                _ => {}
            }
        }
        let (Some(id), Some(kind), Some(target)) = (id, kind, target) else { continue };
        let target = if is_external { target.into_owned() } else { resolve(folder, &target) };
        let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
        relations.insert(id.into_owned(), Relation { kind, target, is_external });
    }
    Ok(relations)
}

/// A target as part name: relative to the folder, or to the root when it begins with a slash.
fn resolve(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut segments: Vec<&str> = match target.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => folder.split('/').filter(|segment| !segment.is_empty()).collect(),
    };
    for segment in target.split('/') {
        match segment {
            "" | "." => {}
            ".." => drop(segments.pop()),
            name => segments.push(name),
        }
    }
    segments.join("/")
}
