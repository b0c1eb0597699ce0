//! The structure tree (ISO 32000-1 §14.7): which element each marked piece of a page belongs to.
//!
//! Covered: headings, paragraphs and other blocks by the standard types (§14.8.4) and the role map.
//! Not covered: the order of the tree, pieces inside forms, attributes, namespaces of PDF 2.0.

use std::collections::{HashMap, HashSet};

use lopdf::{Dictionary, Object, ObjectId};

use crate::objects::File;
use crate::page::{Role, Tag};

/// Nodes looked at; a page of text has some hundreds.
const MAX_NODES: usize = 200_000;

/// Steps through the role map: more is a cycle.
const MAX_ROLES: usize = 8;

/// The element of each piece, by its page and number.
pub(crate) type Tags = HashMap<(ObjectId, u32), Tag>;

/// A node to look at, with the page and the block that hold it.
struct Node<'a> {
    object: &'a Object,
    page: Option<ObjectId>,
    block: Option<Tag>,
}

/// What an element does with the text in it.
enum Kind {
    /// It runs in the text of the block around it.
    Inline,
    /// It is a block of its own.
    Block(Role),
}

/// The tags of a file; empty when it has no structure tree.
pub(crate) fn read(file: &File) -> Tags {
    let root = file.doc.catalog().ok().and_then(|catalog| file.dict(catalog, b"StructTreeRoot"));
    root.map(|root| walk(file, root)).unwrap_or_default()
}

fn walk(file: &File, root: &Dictionary) -> Tags {
    let roles = file.dict(root, b"RoleMap");
    let mut tags = Tags::new();
    let mut seen = HashSet::new();
    let mut stack = Vec::new();
    push_kids(file, root, None, None, &mut stack);
    for element in 0..MAX_NODES as u32 {
        let Some(node) = stack.pop() else { break };
        if node.object.as_reference().is_ok_and(|id| !seen.insert(id)) {
            continue;
        }
        match file.resolve(node.object) {
            Some(Object::Integer(number)) => add(&mut tags, &node, u32::try_from(*number).ok()),
            Some(Object::Dictionary(dict)) => {
                let page = page(dict).or(node.page);
                if let Some(kind) = file.name(dict, b"S") {
                    let block = match kind_of(file, roles, kind) {
                        Kind::Inline => node.block,
                        Kind::Block(role) => Some(Tag { element, role }),
                    };
                    push_kids(file, dict, page, block, &mut stack);
                } else if !dict.has(b"Stm") {
                    // A marked-content reference (§14.7.4.2).
                    let number = file.number(dict, b"MCID").filter(|n| *n >= 0.0).map(|n| n as u32);
                    add(&mut tags, &Node { page, ..node }, number);
                }
            }
            _ => {}
        }
    }
    tags
}

fn page(dict: &Dictionary) -> Option<ObjectId> {
    dict.get(b"Pg").and_then(Object::as_reference).ok()
}

fn add(tags: &mut Tags, node: &Node<'_>, number: Option<u32>) {
    if let (Some(page), Some(number), Some(tag)) = (node.page, number, node.block) {
        tags.insert((page, number), tag);
    }
}

/// Kids are put on the stack last first, so that elements are numbered in their order.
fn push_kids<'a>(
    file: &'a File,
    dict: &'a Dictionary,
    page: Option<ObjectId>,
    block: Option<Tag>,
    stack: &mut Vec<Node<'a>>,
) {
    let kids: &[Object] = match dict.get(b"K") {
        Ok(kids) => match file.resolve(kids) {
            Some(Object::Array(list)) => list,
            Some(_) => std::slice::from_ref(kids),
            None => &[],
        },
        Err(_) => &[],
    };
    let room = MAX_NODES.saturating_sub(stack.len());
    stack.extend(kids.iter().take(room).rev().map(|object| Node { object, page, block }));
}

/// The standard type behind the names that a producer has made up (§14.7.3).
fn kind_of(file: &File, roles: Option<&Dictionary>, name: &[u8]) -> Kind {
    let mut name = name;
    for _ in 0..MAX_ROLES {
        match roles.and_then(|roles| file.name(roles, name)) {
            Some(next) if next != name => name = next,
            _ => break,
        }
    }
    match name {
        b"P" => Kind::Block(Role::Paragraph),
        b"H" => Kind::Block(Role::Heading(1)),
        [b'H', level @ b'1'..=b'6'] => Kind::Block(Role::Heading(level - b'0')),
        b"Span" | b"Quote" | b"Link" | b"Reference" | b"Code" | b"Annot" | b"Em" | b"Strong" | b"Sub"
        | b"Ruby" | b"RB" | b"RT" | b"RP" | b"Lbl" | b"LBody" | b"NonStruct" => Kind::Inline,
        _ => Kind::Block(Role::Other),
    }
}
