//! Text to a tree, by html5ever as browsers do it, within bounds.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use html5ever::interface::{ElemName, ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{Attribute, LocalName, Namespace, ParseOpts, QualName, parse_document};

use super::tree::{Data, Element, NodeId, ROOT, Tree};
use crate::{Limits, ReadError};

/// Bytes after which the bounds are looked at: what one piece can do is bearable.
const CHUNK: usize = 4096;
/// Nodes that a paragraph may have on the average.
const NODES_PER_PARAGRAPH: usize = 16;
/// Blanks without a tag coming of them: the tokenizer compares each attribute of a tag with all
/// others, so that a tag of a million attributes would take days.
const ATTRIBUTES: usize = 50_000;
/// Attributes that repeated `<html>` and `<body>` tags may gather.
const MERGED: usize = 256;

/// Parses a document.
pub(super) fn parse(text: &str, limits: &Limits) -> Result<Tree, ReadError> {
    let mut options = ParseOpts::default();
    options.tree_builder.scripting_enabled = false;
    let mut parser = parse_document(Sink::new(), options);
    let (mut rest, mut waiting) = (text, 0);
    while !rest.is_empty() {
        let (chunk, after) = rest.split_at(rest.floor_char_boundary(CHUNK).max(1));
        rest = after;
        parser.process(StrTendril::from(chunk));
        let sink = &parser.tokenizer.sink.sink;
        let blanks = chunk.bytes().filter(|byte| byte.is_ascii_whitespace() || b"/\"'".contains(byte));
        waiting = if sink.was_called.take() { 0 } else { waiting + blanks.count() };
        sink.within(limits, waiting)?;
    }
    Ok(parser.finish())
}

/// Builds the tree as the parser says.
struct Sink {
    tree: RefCell<Tree>,
    line: Cell<u32>,
    /// The deepest place of an element so far.
    depth: Cell<u32>,
    /// The parser has finished a token since the bounds were looked at.
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

    fn within(&self, limits: &Limits, waiting: usize) -> Result<(), ReadError> {
        let exceeded = |what, limit: usize| Err(ReadError::LimitExceeded { what, limit: limit as u64 });
        if self.depth.get() as usize > limits.depth {
            return exceeded("depth", limits.depth);
        }
        if self.tree.borrow().len() > limits.paragraphs.saturating_mul(NODES_PER_PARAGRAPH) {
            return exceeded("paragraphs", limits.paragraphs);
        }
        if waiting > ATTRIBUTES {
            return exceeded("attributes", ATTRIBUTES);
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
