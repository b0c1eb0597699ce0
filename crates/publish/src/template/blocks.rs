//! Contents and text of an issue, taken out of its own document to go into a template.

use std::collections::BTreeSet;

use jianbao_model::Issue;

use super::styles::Mapped;
use crate::canonical::tree::Element;
use crate::canonical::{self, tree};
use crate::document::{self, Part};
use crate::style::Style;
use crate::{Pictures, RenderError};

/// Attributes and elements that name a style.
const NAMES_STYLE: &[&str] = &["w:pStyle", "w:rStyle", "w:tblStyle"];

/// The blocks of an issue, and what they need.
pub(super) struct Blocks {
    /// The lines of the contents, their label first.
    pub(super) contents: Vec<Element>,
    /// Sections and items.
    pub(super) body: Vec<Element>,
    /// The style sheet that they were made with.
    pub(super) sheet: Element,
    /// Prefixes and their namespaces.
    namespaces: Vec<(String, String)>,
    /// Names of relations, and the pictures that they lead to.
    pictures: Vec<(String, Vec<u8>)>,
}

impl Blocks {
    /// Sets contents and text of an issue.
    pub(super) fn of(issue: &Issue, style: &Style, pictures: &Pictures) -> Result<Self, RenderError> {
        let contents = Made::of(issue, style, pictures, Part::Contents)?;
        let body = Made::of(issue, style, pictures, Part::Sections)?;
        let namespaces = body.document.attributes.iter();
        let namespaces = namespaces.filter(|(name, _)| name.starts_with("xmlns:")).cloned().collect();
        let pictures = body.pictures()?;
        Ok(Self {
            contents: contents.blocks(),
            body: body.blocks(),
            sheet: body.styles,
            namespaces,
            pictures,
        })
    }

    /// Ids of the styles that the blocks name.
    pub(super) fn used(&self) -> BTreeSet<String> {
        let mut used = BTreeSet::new();
        self.contents.iter().chain(&self.body).for_each(|block| used_below(block, &mut used));
        used
    }

    /// Writes the ids that the styles have in the template. A paragraph with a style of the template's
    /// own gets the right tab, at `width` twips, at which its attribution stands.
    pub(super) fn name_styles(&mut self, mapped: &Mapped, width: u32) {
        let mut rename = |element: &mut Element| {
            if element.name == "w:p" && has_tab(element) && mapped.is_own(style_of(element)) {
                tab_at(element, width);
            }
            if NAMES_STYLE.contains(&element.name.as_str())
                && let Some(id) = element.attribute("w:val").map(|id| mapped.id(id).to_owned())
            {
                element.set("w:val", &id);
            }
        };
        self.contents.iter_mut().chain(&mut self.body).for_each(|block| block.walk(&mut rename));
    }

    /// The pictures, taken out, with the names of their relations.
    pub(super) fn pictures(&mut self) -> Vec<(String, Vec<u8>)> {
        std::mem::take(&mut self.pictures)
    }

    /// Gives a relation another name.
    pub(super) fn relate(&mut self, old: &str, new: &str) {
        let mut rename = |element: &mut Element| {
            if element.name == "a:blip" && element.attribute("r:embed") == Some(old) {
                element.set("r:embed", new);
            }
        };
        self.body.iter_mut().for_each(|block| block.walk(&mut rename));
    }

    /// Declares on each block the prefixes that the template's document knows otherwise or not at all.
    pub(super) fn declare(&mut self, document: &Element) {
        let missing: Vec<&(String, String)> =
            self.namespaces.iter().filter(|(name, space)| document.attribute(name) != Some(space)).collect();
        for block in self.contents.iter_mut().chain(&mut self.body) {
            for (name, space) in &missing {
                if uses(block, &name["xmlns:".len()..]) {
                    block.set(name, space);
                }
            }
        }
    }
}

/// A document of one part of the issue.
struct Made {
    document: Element,
    styles: Element,
    relations: Element,
    media: Vec<(String, Vec<u8>)>,
}

impl Made {
    fn of(issue: &Issue, style: &Style, pictures: &Pictures, part: Part) -> Result<Self, RenderError> {
        let sheet = document::sheet(issue, style);
        let built = document::build_part(issue, style, &sheet, pictures, part);
        let parts = canonical::parts(built, &canonical::Wanted { issue, style, sheet: &sheet }, false)?;
        let xml = |wanted: &str| {
            let missing = || RenderError::Incomplete { part: wanted.to_owned() };
            let (name, xml) = parts.xml.iter().find(|(name, _)| name == wanted).ok_or_else(missing)?;
            tree::read(name, &canonical::text(name, xml.clone())?)
        };
        Ok(Self {
            document: xml("word/document.xml")?,
            styles: xml("word/styles.xml")?,
            relations: xml("word/_rels/document.xml.rels")?,
            media: parts.media,
        })
    }

    /// What stands in the body before the page's own element.
    fn blocks(&self) -> Vec<Element> {
        let body = self.document.child("w:body");
        let blocks = body.into_iter().flat_map(Element::elements);
        blocks.filter(|block| block.name != "w:sectPr").cloned().collect()
    }

    fn pictures(&self) -> Result<Vec<(String, Vec<u8>)>, RenderError> {
        let mut all = Vec::new();
        for (name, bytes) in &self.media {
            let target = name.strip_prefix("word/");
            let relation = self.relations.elements().find(|relation| relation.attribute("Target") == target);
            let id = relation.and_then(|relation| relation.attribute("Id"));
            let id = id.ok_or_else(|| RenderError::Incomplete { part: name.clone() })?;
            all.push((id.to_owned(), bytes.clone()));
        }
        Ok(all)
    }
}

fn used_below(element: &Element, used: &mut BTreeSet<String>) {
    if NAMES_STYLE.contains(&element.name.as_str()) {
        used.extend(element.attribute("w:val").map(str::to_owned));
    }
    element.elements().for_each(|child| used_below(child, used));
}

fn style_of(paragraph: &Element) -> &str {
    let style = paragraph.child("w:pPr").and_then(|properties| properties.child("w:pStyle"));
    style.and_then(|style| style.attribute("w:val")).unwrap_or_default()
}

fn has_tab(paragraph: &Element) -> bool {
    paragraph.elements().filter(|child| child.name == "w:r").any(|run| run.child("w:tab").is_some())
}

/// Sets a right tab; it stands behind the style's name and before all that an issue's paragraphs have
/// besides (ECMA-376 17.3.1.26).
fn tab_at(paragraph: &mut Element, width: u32) {
    let position = width.to_string();
    let mut tabs = Element::new("w:tabs", &[]);
    tabs.push(Element::new("w:tab", &[("w:val", "right"), ("w:pos", position.as_str())]));
    paragraph.child_or_new("w:pPr").children.insert(1, tree::Node::Element(tabs));
}

fn uses(element: &Element, prefix: &str) -> bool {
    let has = |name: &str| name.strip_prefix(prefix).is_some_and(|rest| rest.starts_with(':'));
    has(&element.name)
        || element.attributes.iter().any(|(name, _)| has(name))
        || element.elements().any(|child| uses(child, prefix))
}
