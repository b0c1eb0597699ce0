//! Puts an issue where the placeholders of a template are.

use std::collections::BTreeSet;

use jianbao_model::{Code, Diagnostic, Issue, Origin};

use super::blocks::Blocks;
use super::ids::Fresh;
use super::placeholder::{Hit, Placeholder, hits};
use super::words;
use crate::canonical::tree::{Element, Node};

/// What is doubtful about a placeholder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// Nothing is known by that name.
    Unknown(String),
    /// It is replaced by paragraphs and stands among other words, or in a header or footer: the text there.
    Mixed(Placeholder, String),
}

impl Told {
    /// The same with a code, for the editor.
    pub(super) fn diagnostic(&self) -> Diagnostic {
        match self {
            Self::Unknown(name) => {
                let nearest = Placeholder::nearest(name).map(Placeholder::name).unwrap_or_default();
                let told = Diagnostic::new(Code::TemplateUnknown, Origin::File).with("name", name);
                told.with("nearest", nearest).with("known", if nearest.is_empty() { "no" } else { "yes" })
            }
            Self::Mixed(known, text) => {
                let told = Diagnostic::new(Code::TemplateMixed, Origin::File);
                told.with("name", known.name()).with("text", text.trim())
            }
        }
    }
}

/// Gathers the placeholders of a part that can be filled, and what is doubtful. Paragraphs can be put
/// into the main part only.
pub(super) fn scan(part: &Element, is_main: bool, found: &mut BTreeSet<Placeholder>, told: &mut Vec<Told>) {
    if part.name == "w:p" {
        let text = words::of(part);
        for hit in hits(&text) {
            let doubt = match hit.known {
                Some(known) if !known.is_block() || (is_main && is_alone(&text, &hit)) => {
                    found.insert(known);
                    continue;
                }
                Some(known) => Told::Mixed(known, text.clone()),
                None => Told::Unknown(hit.name),
            };
            // Word keeps a text box twice, for itself and for older programs.
            if !told.contains(&doubt) {
                told.push(doubt);
            }
        }
    }
    part.elements().for_each(|child| scan(child, is_main, found, told));
}

/// Whether a part has changes that were neither taken nor refused.
pub(super) fn is_tracked(part: &Element) -> bool {
    const TRACKED: &[&str] = &["w:ins", "w:del", "w:moveFrom", "w:moveTo", "w:pPrChange", "w:rPrChange"];
    TRACKED.contains(&part.name.as_str()) || part.elements().any(is_tracked)
}

fn is_alone(text: &str, hit: &Hit) -> bool {
    text.trim() == &text[hit.range.clone()]
}

/// An issue on its way into a template.
pub(super) struct Filling<'a> {
    issue: &'a Issue,
    blocks: Blocks,
    fresh: Fresh,
    /// Whether paragraphs can be put in here.
    is_main: bool,
    /// The text has been put in: bookmarks can be there once only.
    is_marked: bool,
    /// The last paragraph that says anything.
    before: String,
}

impl<'a> Filling<'a> {
    pub(super) fn new(issue: &'a Issue, blocks: Blocks, fresh: Fresh) -> Self {
        Self { issue, blocks, fresh, is_main: false, is_marked: false, before: String::new() }
    }

    /// Fills a part.
    pub(super) fn part(&mut self, root: &mut Element) {
        self.is_main = root.name == "w:document";
        self.before.clear();
        self.below(root);
    }

    fn below(&mut self, parent: &mut Element) {
        let children = std::mem::take(&mut parent.children);
        let last = children.iter().rposition(is_block);
        for (at, node) in children.into_iter().enumerate() {
            match node {
                Node::Element(paragraph) if paragraph.name == "w:p" => {
                    let original = paragraph.clone();
                    let new = self.paragraph(paragraph);
                    let is_needed = Some(at) == last
                        && new.is_empty()
                        && !parent
                            .children
                            .iter()
                            .rev()
                            .find(|node| is_block(node))
                            .is_some_and(is_paragraph);
                    parent.children.extend(new.into_iter().map(Node::Element));
                    if is_needed {
                        parent.push(emptied(original));
                    }
                }
                Node::Element(mut element) => {
                    self.below(&mut element);
                    parent.push(element);
                }
                text @ Node::Text(_) => parent.children.push(text),
            }
        }
    }

    /// What a paragraph becomes.
    fn paragraph(&mut self, mut paragraph: Element) -> Vec<Element> {
        self.below(&mut paragraph);
        let text = words::of(&paragraph);
        let hits = hits(&text);
        let alone = match hits.as_slice() {
            [hit] if is_alone(&text, hit) => hit.known,
            _ => None,
        };
        let new = match alone {
            Some(known) if known.is_block() && self.is_main => {
                let blocks = self.block(known);
                replaced(paragraph, &hits, blocks)
            }
            Some(Placeholder::Offices) => self.offices(&paragraph, &hits),
            _ => vec![self.filled(paragraph, &hits)],
        };
        if !text.trim().is_empty() {
            self.before = text;
        }
        let had_value = hits.iter().any(|hit| hit.known.is_some());
        new.into_iter().filter(|paragraph| !(had_value && says_nothing(paragraph))).collect()
    }

    /// A paragraph with the values of its placeholders.
    fn filled(&self, mut paragraph: Element, hits: &[Hit]) -> Element {
        // From the last to the first, so that the places of those before stay right.
        for hit in hits.iter().rev() {
            if let Some(known) = hit.known.filter(|known| !known.is_block()) {
                let value = known.values(self.issue).join(" ");
                words::replace(&mut paragraph, hit.range.start, hit.range.end, &value);
            }
        }
        paragraph
    }

    /// A paragraph for each office, unless there is something in it that cannot be there twice.
    fn offices(&self, paragraph: &Element, hits: &[Hit]) -> Vec<Element> {
        let offices = Placeholder::Offices.values(self.issue);
        let [hit] = hits else { return Vec::new() };
        if offices.len() < 2 || !says_nothing(&emptied(paragraph.clone())) {
            return vec![self.filled(paragraph.clone(), hits)];
        }
        let mut all = Vec::new();
        for office in offices {
            let mut one = paragraph.clone();
            words::replace(&mut one, hit.range.start, hit.range.end, &office);
            if !all.is_empty() {
                one.walk(&mut once_only);
            }
            all.push(one);
        }
        all
    }

    /// The blocks for a placeholder, with numbers that the template does not use.
    fn block(&mut self, known: Placeholder) -> Vec<Element> {
        let mut blocks = if known == Placeholder::Body {
            self.blocks.body.clone()
        } else {
            let squeezed: String = self.before.chars().filter(|c| !c.is_whitespace()).collect();
            // The template says so itself.
            let has_label = squeezed.contains(Placeholder::Contents.name());
            self.blocks.contents.iter().skip(usize::from(has_label)).cloned().collect()
        };
        let is_repeated = known == Placeholder::Body && std::mem::replace(&mut self.is_marked, true);
        let offset = self.fresh.bookmark;
        let drawing = &mut self.fresh.drawing;
        let mut number = |element: &mut Element| {
            if is_repeated {
                once_only(element);
            }
            let id = element.attribute("w:id").and_then(|id| id.parse::<u32>().ok());
            match (element.name.as_str(), id) {
                ("w:bookmarkStart" | "w:bookmarkEnd", Some(id)) => {
                    element.set("w:id", &id.saturating_add(offset).to_string());
                }
                ("wp:docPr", _) => {
                    element.set("id", &drawing.to_string());
                    *drawing = drawing.saturating_add(1);
                }
                _ => {}
            }
        };
        for block in &mut blocks {
            block.walk(&mut number);
        }
        blocks
    }
}

/// The blocks, and what the paragraph holds besides its words: an anchor or a page break before them,
/// the end of a section behind them.
fn replaced(paragraph: Element, hits: &[Hit], mut blocks: Vec<Element>) -> Vec<Element> {
    let properties = paragraph.child("w:pPr");
    let ends_section = properties.is_some_and(|properties| properties.child("w:sectPr").is_some());
    let breaks = properties.and_then(|properties| properties.child("w:pageBreakBefore")).cloned();
    let mut rest = paragraph;
    for hit in hits {
        words::replace(&mut rest, hit.range.start, hit.range.end, "");
    }
    if says_nothing(&rest) {
        let first = blocks.first_mut().filter(|block| block.name == "w:p");
        if let Some((first, breaks)) = first.zip(breaks) {
            first.child_or_new("w:pPr").children.insert(1, Node::Element(breaks));
        }
    } else {
        blocks.insert(if ends_section { blocks.len() } else { 0 }, rest);
    }
    blocks
}

/// A paragraph without any words.
fn emptied(mut paragraph: Element) -> Element {
    let length = words::of(&paragraph).len();
    words::replace(&mut paragraph, 0, length, "");
    paragraph
}

/// Takes out what a document has once only: bookmarks, and the number of a paragraph.
fn once_only(element: &mut Element) {
    element.attributes.retain(|(name, _)| !matches!(name.as_str(), "w14:paraId" | "w14:textId"));
    element.retain(|child| !matches!(child.name.as_str(), "w:bookmarkStart" | "w:bookmarkEnd"));
}

fn is_block(node: &Node) -> bool {
    matches!(node, Node::Element(element) if matches!(element.name.as_str(), "w:p" | "w:tbl" | "w:sdt"))
}

fn is_paragraph(node: &Node) -> bool {
    matches!(node, Node::Element(element) if element.name == "w:p")
}

/// Whether nothing is lost with a paragraph: no words, nothing drawn, no end of a section, and no
/// bookmark that begins or ends elsewhere.
fn says_nothing(paragraph: &Element) -> bool {
    let section = paragraph.child("w:pPr").is_some_and(|properties| properties.child("w:sectPr").is_some());
    let marks = |name: &str| -> BTreeSet<&str> {
        let marks = paragraph.elements().filter(|child| child.name == name);
        marks.filter_map(|mark| mark.attribute("w:id")).collect()
    };
    paragraph.name == "w:p"
        && !section
        && words::of(paragraph).trim().is_empty()
        && marks("w:bookmarkStart") == marks("w:bookmarkEnd")
        && paragraph.elements().all(is_empty)
}

fn is_empty(element: &Element) -> bool {
    match element.name.as_str() {
        "w:pPr"
        | "w:rPr"
        | "w:t"
        | "w:tab"
        | "w:proofErr"
        | "w:lastRenderedPageBreak"
        | "w:bookmarkStart"
        | "w:bookmarkEnd" => true,
        "w:r" | "w:smartTag" | "w:hyperlink" => element.elements().all(is_empty),
        _ => false,
    }
}
