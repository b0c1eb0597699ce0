//! The document tree: nodes in one vector, so that neither building nor dropping it recurses.

use html5ever::{Attribute, QualName};

/// A node's place in the tree.
pub(super) type NodeId = usize;

/// The document itself.
pub(super) const ROOT: NodeId = 0;

/// A parsed document.
#[derive(Debug)]
pub(super) struct Tree {
    nodes: Vec<Node>,
}

/// An element, a text or what stands for neither.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) parent: Option<NodeId>,
    pub(super) first: Option<NodeId>,
    pub(super) last: Option<NodeId>,
    pub(super) previous: Option<NodeId>,
    pub(super) next: Option<NodeId>,
    /// Line of the source, from 1.
    pub(super) line: u32,
    /// Elements around it when it was put in its place.
    pub(super) depth: u32,
    pub(super) data: Data,
}

/// What a node is.
#[derive(Debug)]
pub(super) enum Data {
    Element(Element),
    Text(String),
    Comment(String),
    /// The document or a processing instruction.
    Other,
}

/// A tag and its attributes.
#[derive(Debug)]
pub(super) struct Element {
    pub(super) name: QualName,
    pub(super) attributes: Vec<Attribute>,
}

impl Element {
    /// The tag in lower case, with its prefix where it has one (`o:p`).
    pub(super) fn tag(&self) -> &str {
        &self.name.local
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|attribute| &*attribute.name.local == name);
        found.map(|attribute| &*attribute.value)
    }

    /// Whether the element has a class; Word writes them in mixed case.
    pub(super) fn has_class(&self, name: &str) -> bool {
        self.classes().any(|class| class.eq_ignore_ascii_case(name))
    }

    /// The classes.
    pub(super) fn classes(&self) -> impl Iterator<Item = &str> {
        self.attribute("class").unwrap_or_default().split_ascii_whitespace()
    }
}

impl Tree {
    /// A tree of the document node alone.
    pub(super) fn new() -> Self {
        let mut tree = Self { nodes: Vec::new() };
        tree.add(Data::Other, 1);
        tree
    }

    /// How many nodes there are.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// All nodes.
    pub(super) fn nodes(&self) -> impl Iterator<Item = (NodeId, &Node)> {
        self.nodes.iter().enumerate()
    }

    /// A node; ids come from this tree only.
    pub(super) fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id]
    }

    /// A node to be changed.
    pub(super) fn node_mut(&mut self, id: NodeId) -> &mut Node {
        &mut self.nodes[id]
    }

    /// The element that a node is.
    pub(super) fn element(&self, id: NodeId) -> Option<&Element> {
        match &self.node(id).data {
            Data::Element(element) => Some(element),
            _ => None,
        }
    }

    /// Adds a node that has no place yet.
    pub(super) fn add(&mut self, data: Data, line: u32) -> NodeId {
        let (parent, first, last, previous, next) = (None, None, None, None, None);
        self.nodes.push(Node { parent, first, last, previous, next, line, depth: 0, data });
        self.nodes.len() - 1
    }

    /// Puts a node after the last child of a parent.
    pub(super) fn append(&mut self, parent: NodeId, child: NodeId) {
        self.detach(child);
        let last = self.node(parent).last;
        self.place(parent, last, None, child);
    }

    /// Puts a node before another one that has a place.
    pub(super) fn insert_before(&mut self, sibling: NodeId, child: NodeId) {
        self.detach(child);
        let Some(parent) = self.node(sibling).parent else { return };
        let previous = self.node(sibling).previous;
        self.place(parent, previous, Some(sibling), child);
    }

    fn place(&mut self, parent: NodeId, previous: Option<NodeId>, next: Option<NodeId>, child: NodeId) {
        let depth = self.node(parent).depth + 1;
        let node = self.node_mut(child);
        (node.parent, node.previous, node.next, node.depth) = (Some(parent), previous, next, depth);
        match previous {
            Some(previous) => self.node_mut(previous).next = Some(child),
            None => self.node_mut(parent).first = Some(child),
        }
        match next {
            Some(next) => self.node_mut(next).previous = Some(child),
            None => self.node_mut(parent).last = Some(child),
        }
    }

    /// Takes a node out of its place, with all that is in it.
    pub(super) fn detach(&mut self, id: NodeId) {
        let node = self.node_mut(id);
        let (previous, next) = (node.previous.take(), node.next.take());
        let Some(parent) = node.parent.take() else { return };
        match previous {
            Some(previous) => self.node_mut(previous).next = next,
            None => self.node_mut(parent).first = next,
        }
        match next {
            Some(next) => self.node_mut(next).previous = previous,
            None => self.node_mut(parent).last = previous,
        }
    }

    /// The children of a node.
    pub(super) fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        std::iter::successors(self.node(id).first, |&child| self.node(child).next)
    }

    /// The text of a node's own children.
    pub(super) fn own_text(&self, id: NodeId) -> String {
        let texts = self.children(id).filter_map(|child| match &self.node(child).data {
            Data::Text(text) => Some(text.as_str()),
            _ => None,
        });
        texts.collect()
    }
}
