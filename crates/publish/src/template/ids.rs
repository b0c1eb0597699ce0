//! Numbers that a template does not use: for bookmarks, drawings and relations.

use std::collections::BTreeSet;

use super::package::Package;
use crate::canonical::tree::Element;

/// The first free numbers.
#[derive(Clone, Debug)]
pub(super) struct Fresh {
    /// Of bookmarks.
    pub(super) bookmark: u32,
    /// Of drawings (`wp:docPr`).
    pub(super) drawing: u32,
    relations: BTreeSet<String>,
}

/// Elements whose `w:id` is out of one sequence with those of bookmarks (ECMA-376 17.13.6).
const ANNOTATIONS: &[&str] = &["w:bookmarkStart", "w:bookmarkEnd"];

impl Fresh {
    /// Those after all in a template.
    pub(super) fn after(package: &Package, document: &Element, margins: &[(String, Element)]) -> Self {
        let mut fresh = Self { bookmark: 0, drawing: 1, relations: package.relation_ids() };
        let mut read: Vec<&str> = margins.iter().map(|(name, _)| name.as_str()).collect();
        read.push(&package.main);
        fresh.look(document);
        for (_, root) in margins {
            fresh.look(root);
        }
        package.others(&read).for_each(|root| fresh.look(&root));
        fresh
    }

    fn look(&mut self, element: &Element) {
        let after = |name: &str| element.attribute(name)?.parse::<u32>().ok()?.checked_add(1);
        if ANNOTATIONS.contains(&element.name.as_str()) {
            self.bookmark = self.bookmark.max(after("w:id").unwrap_or(0));
        }
        if element.name == "wp:docPr" {
            self.drawing = self.drawing.max(after("id").unwrap_or(0));
        }
        element.elements().for_each(|child| self.look(child));
    }

    /// A name for the relation of the picture of that number.
    pub(super) fn relation(&self, number: u32) -> String {
        let mut name = format!("rIdJianbao{number}");
        while self.relations.contains(&name) {
            name.push('x');
        }
        name
    }
}
