//! Text to a tree, by html5ever as browsers do it, within bounds.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use html5ever::interface::{ElemName, ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{Attribute, LocalName, Namespace, ParseOpts, QualName, parse_document};

use super::attributes::{ATTRIBUTES, Scan};
use super::tree::{Data, Element, NodeId, ROOT, Tree};
use crate::{Limits, ReadError};

/// Bytes that are parsed at once at most.
const CHUNK: usize = 4096;
/// Nodes that a paragraph may have on the average.
const NODES_PER_PARAGRAPH: usize = 16;
/// Attributes that repeated `<html>` and `<body>` tags may gather.
const MERGED: usize = 256;

/// Parses a document.
pub(super) fn parse(text: &str, limits: &Limits) -> Result<Tree, ReadError> {
    let mut options = ParseOpts::default();
    options.tree_builder.scripting_enabled = false;
    let mut parser = parse_document(Sink::new(), options);
    let mut tag = Scan::default();
    for piece in pieces(text) {
        parser.process(StrTendril::from(piece));
        let sink = &parser.tokenizer.sink.sink;
        sink.within(limits)?;
        if sink.was_called.take() {
            tag = Scan::default();
        } else if tag.add(piece) > ATTRIBUTES {
            return Err(ReadError::LimitExceeded { what: "attributes", limit: ATTRIBUTES as u64 });
        }
    }
    Ok(parser.finish())
}

/// Pieces that begin with `<` wherever there is one, so that a tag begins with its piece.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let within = rest.floor_char_boundary(CHUNK);
        let next = rest.char_indices().nth(1).map_or(rest.len(), |(next, _)| next);
        let tag = rest.get(next..within).and_then(|after| after.find('<')).map(|at| next + at);
        let (piece, after) = rest.split_at(tag.unwrap_or(within));
        rest = after;
        (!piece.is_empty()).then_some(piece)
    })
}

/// Builds the tree as the parser says.
struct Sink {
    tree: RefCell<Tree>,
    line: Cell<u32>,
    /// The deepest place of an element so far.
    depth: Cell<u32>,
    /// The parser has finished a token since this was looked at.
    was_called: Cell<bool>,
}

/// The name of an element, apart from the tree so that it can change meanwhile.
#[derive(Debug)]
struct Name(QualName);

impl ElemName for Name {
    fn ns(&self) -> &Namespace {
        &self.0.ns
    }

    fn local_name(&self) -> &LocalName {
        &self.0.local
    }
}

impl Sink {
    fn new() -> Self {
        Self {
            tree: RefCell::new(Tree::new()),
            line: Cell::new(1),
            depth: Cell::new(0),
            was_called: Cell::new(false),
        }
    }

    fn within(&self, limits: &Limits) -> Result<(), ReadError> {
        let exceeded = |what, limit: usize| Err(ReadError::LimitExceeded { what, limit: limit as u64 });
        if self.depth.get() as usize > limits.depth {
            return exceeded("depth", limits.depth);
        }
        if self.tree.borrow().len() > limits.paragraphs.saturating_mul(NODES_PER_PARAGRAPH) {
            return exceeded("paragraphs", limits.paragraphs);
        }
        Ok(())
    }

    fn add(&self, data: Data) -> NodeId {
        self.was_called.set(true);
        self.tree.borrow_mut().add(data, self.line.get())
    }

    /// Puts a node or text at a place; text that follows text is the same text.
    fn put(&self, child: NodeOrText<NodeId>, parent: NodeId, before: Option<NodeId>) {
        self.was_called.set(true);
        let mut tree = self.tree.borrow_mut();
        let child = match child {
            NodeOrText::AppendNode(child) => child,
            NodeOrText::AppendText(text) => {
                let previous = match before {
                    Some(sibling) => tree.node(sibling).previous,
                    None => tree.node(parent).last,
                };
                let previous = previous.map(|previous| &mut tree.node_mut(previous).data);
                if let Some(Data::Text(previous)) = previous {
                    previous.push_str(&text);
                    return;
                }
                tree.add(Data::Text(text.into()), self.line.get())
            }
        };
        match before {
            Some(sibling) => tree.insert_before(sibling, child),
            None => tree.append(parent, child),
        }
        self.depth.set(self.depth.get().max(tree.node(child).depth));
    }
}

impl TreeSink for Sink {
    type Handle = NodeId;
    type Output = Tree;
    type ElemName<'a> = Name;

    fn finish(self) -> Tree {
        self.tree.into_inner()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        ROOT
    }

    fn elem_name(&self, &target: &NodeId) -> Name {
        self.was_called.set(true);
        let tree = self.tree.borrow();
        Name(tree.element(target).expect("the parser names elements only").name.clone())
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> NodeId {
        self.add(Data::Element(Element { name, attributes }))
    }

    fn create_comment(&self, text: StrTendril) -> NodeId {
        self.add(Data::Comment(text.into()))
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> NodeId {
        self.add(Data::Other)
    }

    fn append(&self, &parent: &NodeId, child: NodeOrText<NodeId>) {
        self.put(child, parent, None);
    }

    fn append_based_on_parent_node(&self, &element: &NodeId, &other: &NodeId, child: NodeOrText<NodeId>) {
        let parent = self.tree.borrow().node(element).parent;
        match parent {
            Some(parent) => self.put(child, parent, Some(element)),
            None => self.put(child, other, None),
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    /// A template's contents are its children here: neither is shown.
    fn get_template_contents(&self, &target: &NodeId) -> NodeId {
        target
    }

    fn same_node(&self, x: &NodeId, y: &NodeId) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, &sibling: &NodeId, child: NodeOrText<NodeId>) {
        let parent = self.tree.borrow().node(sibling).parent;
        self.put(child, parent.unwrap_or(ROOT), parent.map(|_| sibling));
    }

    fn add_attrs_if_missing(&self, &target: &NodeId, attributes: Vec<Attribute>) {
        if let Data::Element(element) = &mut self.tree.borrow_mut().node_mut(target).data {
            let room = MERGED.saturating_sub(element.attributes.len());
            for attribute in attributes.into_iter().take(room) {
                if element.attribute(&attribute.name.local).is_none() {
                    element.attributes.push(attribute);
                }
            }
        }
    }

    fn remove_from_parent(&self, &target: &NodeId) {
        self.tree.borrow_mut().detach(target);
    }

    fn reparent_children(&self, &node: &NodeId, &parent: &NodeId) {
        let mut tree = self.tree.borrow_mut();
        while let Some(child) = tree.node(node).first {
            tree.append(parent, child);
        }
    }

    fn set_current_line(&self, line: u64) {
        self.line.set(u32::try_from(line).unwrap_or(u32::MAX));
    }
}
