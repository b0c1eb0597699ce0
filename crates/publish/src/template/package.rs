//! The container of a template: its parts as bytes, within limits, and what is added to them.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::blocks::Blocks;
use super::ids::Fresh;
use super::{TemplateError, written};
use crate::RenderError;
use crate::canonical::tree::{self, Element};
use crate::picture::extension;

/// Namespace of word processing, as Word writes it (ECMA-376 part 4).
pub(super) const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// Parts of a template at most; a document of a hundred pictures has some hundred.
const ENTRIES: usize = 4096;

/// All parts together at most, in bytes.
const INFLATED: u64 = 256 << 20;

/// A part that is read as XML at most, in bytes.
const XML: usize = 64 << 20;

const CONTENT_TYPES: &str = "[Content_Types].xml";

/// Content types of a main part: those of .docx, of .dotx, and of both with macros.
const DOCUMENT: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
const DOTX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml";
const MACROS: &str = "macroEnabled";

/// The parts of a template.
#[derive(Clone, Debug)]
pub(super) struct Package {
    parts: Vec<(String, Vec<u8>)>,
    /// Name of the part that has the text.
    pub(super) main: String,
    /// Name of the style sheet.
    pub(super) styles: String,
}

/// Pictures that were added: their relations, and the endings of their names.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    relations: Vec<Element>,
    kinds: BTreeSet<&'static str>,
}

impl Package {
    /// Reads a container.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, TemplateError> {
        let mut container = ZipArchive::new(Cursor::new(bytes))?;
        if container.len() > ENTRIES {
            return Err(TemplateError::Large);
        }
        let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
        let mut left = INFLATED;
        for index in 0..container.len() {
            let entry = container.by_index(index)?;
            let name = entry.name().map_err(|_| TemplateError::Part(index.to_string()))?.into_owned();
            if entry.is_dir() {
                continue;
            }
            // Two parts of one name are two documents: one for the checks, one for Word.
            if parts.iter().any(|(known, _)| known.eq_ignore_ascii_case(&name)) {
                return Err(TemplateError::Part(name));
            }
            let mut content = Vec::new();
            let read = entry.take(left + 1).read_to_end(&mut content);
            read.map_err(|_| TemplateError::Part(name.clone()))?;
            left = left.checked_sub(content.len() as u64).ok_or(TemplateError::Large)?;
            parts.push((name, content));
        }
        let mut package = Self { parts, main: String::new(), styles: String::new() };
        package.main = package.related("", "/officeDocument")?.ok_or(TemplateError::Foreign)?;
        let main = package.main.clone();
        let missing = || TemplateError::Part("word/styles.xml".to_owned());
        package.styles = package.related(&main, "/styles")?.ok_or_else(missing)?;
        package.check_kind()?;
        Ok(package)
    }

    /// A .docx file with macros is refused by Word; one that is a .dotx by its content type, too.
    fn check_kind(&self) -> Result<(), TemplateError> {
        let types = self.xml(CONTENT_TYPES)?;
        let kinds: Vec<&str> = types.elements().filter_map(|child| child.attribute("ContentType")).collect();
        if kinds.iter().any(|kind| kind.contains(MACROS) || kind.contains("vbaProject")) {
            return Err(TemplateError::Macros);
        }
        let is_word = kinds.iter().any(|kind| *kind == DOCUMENT || *kind == DOTX);
        is_word.then_some(()).ok_or(TemplateError::Foreign)
    }

    /// A part as a tree.
    ///
    /// A document type is refused: what its entities stand for would be lost.
    pub(super) fn xml(&self, name: &str) -> Result<Element, TemplateError> {
        let unreadable = || TemplateError::Part(name.to_owned());
        let bytes = self.bytes(name).ok_or_else(unreadable)?;
        if bytes.len() > XML {
            return Err(TemplateError::Large);
        }
        let text = std::str::from_utf8(bytes).map_err(|_| unreadable())?;
        if text.contains("<!DOCTYPE") || text.contains("<![CDATA[") {
            return Err(unreadable());
        }
        Ok(tree::read(name, text.trim_start_matches('\u{feff}'))?)
    }

    fn bytes(&self, name: &str) -> Option<&[u8]> {
        self.parts.iter().find(|(part, _)| part == name).map(|(_, bytes)| bytes.as_slice())
    }

    /// The relations of a part; of the package for no name.
    fn relations(&self, of: &str) -> Result<Option<Element>, TemplateError> {
        let name = relations_of(of);
        if self.bytes(&name).is_none() { Ok(None) } else { self.xml(&name).map(Some) }
    }

    /// The part to which a relation of that kind leads.
    fn related(&self, of: &str, kind: &str) -> Result<Option<String>, TemplateError> {
        Ok(self.all_related(of, kind)?.into_iter().next())
    }

    fn all_related(&self, of: &str, kind: &str) -> Result<Vec<String>, TemplateError> {
        let Some(relations) = self.relations(of)? else { return Ok(Vec::new()) };
        let inside = relations.elements().filter(|relation| {
            relation.attribute("Type").is_some_and(|found| found.ends_with(kind))
                && relation.attribute("TargetMode") != Some("External")
        });
        let names = inside.filter_map(|relation| relation.attribute("Target"));
        Ok(names.map(|target| resolved(of, target)).collect())
    }

    /// The names of all headers and footers, in the order of the container.
    pub(super) fn margins(&self) -> Result<Vec<String>, TemplateError> {
        let mut named = self.all_related(&self.main, "/header")?;
        named.extend(self.all_related(&self.main, "/footer")?);
        let names = self.parts.iter().map(|(name, _)| name);
        Ok(names.filter(|name| named.contains(name)).cloned().collect())
    }

    /// From where Word would take another template.
    pub(super) fn external_template(&self) -> Result<Option<String>, TemplateError> {
        let Some(settings) = self.related(&self.main, "/settings")? else { return Ok(None) };
        let Some(relations) = self.relations(&settings)? else { return Ok(None) };
        let mut outside = relations.elements().filter(|relation| {
            relation.attribute("Type").is_some_and(|kind| kind.ends_with("/attachedTemplate"))
        });
        Ok(outside.find_map(|relation| relation.attribute("Target").map(str::to_owned)))
    }

    /// Every tree that can hold bookmarks and drawings, besides those that were read already.
    pub(super) fn others(&self, read: &[&str]) -> impl Iterator<Item = Element> {
        let kinds = ["header", "footer", "footnotes", "endnotes", "comments"];
        let folder = self.main.rsplit_once('/').map_or("", |(folder, _)| folder);
        let names = self.parts.iter().map(|(name, _)| name.as_str());
        let others = names.filter(move |name| {
            let inside = name.strip_prefix(folder).map(|name| name.trim_start_matches('/'));
            inside.is_some_and(|name| kinds.iter().any(|kind| name.starts_with(kind)))
        });
        others.filter(|name| !read.contains(name)).filter_map(|name| self.xml(name).ok())
    }

    /// Puts another content into a part.
    pub(super) fn set(&mut self, name: &str, root: &Element) -> Result<(), RenderError> {
        let bytes = written(name, root)?;
        match self.parts.iter_mut().find(|(part, _)| part == name) {
            Some((_, old)) => *old = bytes,
            None => self.parts.push((name.to_owned(), bytes)),
        }
        Ok(())
    }

    /// Adds the pictures of the blocks, and names them there anew.
    pub(super) fn add_pictures(&mut self, blocks: &mut Blocks, fresh: &Fresh) -> Drawn {
        let folder = self.main.rsplit_once('/').map(|(folder, _)| format!("{folder}/")).unwrap_or_default();
        let mut drawn = Drawn::default();
        let mut number = 0;
        for (old, bytes) in blocks.pictures() {
            let kind = extension(&bytes).unwrap_or("bin");
            let target = loop {
                number += 1;
                let target = format!("media/jianbao{number}.{kind}");
                if self.bytes(&format!("{folder}{target}")).is_none() {
                    break target;
                }
            };
            let id = fresh.relation(number);
            blocks.relate(&old, &id);
            self.parts.push((format!("{folder}{target}"), bytes));
            drawn.kinds.insert(kind);
            let attributes = [("Id", id.as_str()), ("Type", IMAGE), ("Target", target.as_str())];
            drawn.relations.push(Element::new("Relationship", &attributes));
        }
        drawn
    }

    /// The names of the main part's relations.
    pub(super) fn relation_ids(&self) -> BTreeSet<String> {
        let relations = self.relations(&self.main).ok().flatten().unwrap_or_default();
        relations.elements().filter_map(|relation| relation.attribute("Id").map(str::to_owned)).collect()
    }

    /// Names what was added in relations and content types, where anything was.
    pub(super) fn close(&mut self, drawn: Drawn) -> Result<(), RenderError> {
        let incomplete = |part: &str| RenderError::Incomplete { part: part.to_owned() };
        let mut types = self.xml(CONTENT_TYPES).map_err(|_| incomplete(CONTENT_TYPES))?;
        let before = types.clone();
        for child in types.elements_mut() {
            if child.attribute("ContentType") == Some(DOTX) {
                child.set("ContentType", DOCUMENT);
            }
        }
        for kind in drawn.kinds {
            let has_kind = |child: &Element| {
                child.attribute("Extension").is_some_and(|known| known.eq_ignore_ascii_case(kind))
            };
            if !types.elements().any(has_kind) {
                let kind_of = format!("image/{kind}");
                let default = Element::new("Default", &[("Extension", kind), ("ContentType", &kind_of)]);
                types.children.insert(0, tree::Node::Element(default));
            }
        }
        if types != before {
            self.set(CONTENT_TYPES, &types)?;
        }
        if !drawn.relations.is_empty() {
            let name = relations_of(&self.main);
            let mut relations = self.relations(&self.main).ok().flatten().ok_or_else(|| incomplete(&name))?;
            drawn.relations.into_iter().for_each(|relation| relations.push(relation));
            self.set(&name, &relations)?;
        }
        Ok(())
    }

    /// Takes out the style sheet that Word 2010 kept beside the other one for its effects: it would
    /// contradict one that was added to. Later versions neither read nor write it.
    pub(super) fn drop_old_styles(&mut self) -> Result<(), RenderError> {
        let unreadable = |_| RenderError::Incomplete { part: CONTENT_TYPES.to_owned() };
        let main = self.main.clone();
        let Some(old) = self.related(&main, OLD_STYLES).map_err(unreadable)? else { return Ok(()) };
        if let Some(mut relations) = self.relations(&main).map_err(unreadable)? {
            relations.retain(|child| !child.attribute("Type").is_some_and(|kind| kind.ends_with(OLD_STYLES)));
            self.set(&relations_of(&main), &relations)?;
        }
        let mut types = self.xml(CONTENT_TYPES).map_err(unreadable)?;
        let is_old = |name: &str| name.trim_start_matches('/') == old;
        types.retain(|child| !child.attribute("PartName").is_some_and(is_old));
        self.set(CONTENT_TYPES, &types)?;
        self.parts.retain(|(name, _)| *name != old);
        Ok(())
    }

    /// The bytes of the container.
    pub(super) fn zip(&self) -> Result<Vec<u8>, RenderError> {
        crate::package::zip(&self.parts)
    }
}

/// End of the type of the relation to the style sheet of Word 2010.
const OLD_STYLES: &str = "/stylesWithEffects";

const IMAGE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image";

/// Where the relations of a part are (ECMA-376 part 2, 6.5.2).
fn relations_of(part: &str) -> String {
    match part.rsplit_once('/') {
        Some((folder, name)) => format!("{folder}/_rels/{name}.rels"),
        None => format!("_rels/{part}.rels"),
    }
}

/// The part that a target names, seen from the folder of the part that has the relation.
fn resolved(from: &str, target: &str) -> String {
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut path: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            step => path.push(step),
        }
    }
    path.retain(|step| !step.is_empty());
    path.join("/")
}

#[cfg(test)]
mod tests {
    use super::{relations_of, resolved};

    #[test]
    fn targets_are_seen_from_the_folder_of_their_part() {
        assert_eq!(resolved("word/document.xml", "styles.xml"), "word/styles.xml");
        assert_eq!(resolved("word/document.xml", "/word/styles.xml"), "word/styles.xml");
        assert_eq!(resolved("word/document.xml", "../a/./b.xml"), "a/b.xml");
        assert_eq!(resolved("", "word/document.xml"), "word/document.xml");
        assert_eq!(relations_of("word/document.xml"), "word/_rels/document.xml.rels");
        assert_eq!(relations_of(""), "_rels/.rels");
    }
}
