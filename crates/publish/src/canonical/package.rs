//! Which parts a file has, in which order, and what the package says about them.

use docx_rs::XMLDocx;

use super::tree::Element;
use crate::picture::extension;

/// The part that names the type of every other one.
const CONTENT_TYPES: &str = "[Content_Types].xml";

/// The relations of the document.
const RELATIONS: &str = "word/_rels/document.xml.rels";

/// A theme, which Word wants and docx-rs has not. No style uses its colours or fonts: they would
/// win over the names of the faces.
const THEME: &str = include_str!("theme.xml");

/// The parts that an issue has, in the order of the container. Comments, numbering and the like,
/// which docx-rs always writes, are left out.
pub(super) fn parts(built: XMLDocx) -> Vec<(String, Vec<u8>)> {
    let mut parts = vec![
        (CONTENT_TYPES.to_owned(), built.content_type),
        ("_rels/.rels".to_owned(), built.rels),
        ("docProps/app.xml".to_owned(), built.doc_props.app),
        ("docProps/core.xml".to_owned(), built.doc_props.core),
        (RELATIONS.to_owned(), built.document_rels),
        ("word/document.xml".to_owned(), built.document),
        ("word/fontTable.xml".to_owned(), built.font_table),
        ("word/settings.xml".to_owned(), built.settings),
        ("word/styles.xml".to_owned(), built.styles),
        ("word/theme/theme1.xml".to_owned(), THEME.as_bytes().to_vec()),
    ];
    let footers = (1..).zip(built.footers);
    parts.extend(footers.map(|(number, footer)| (format!("word/footer{number}.xml"), footer)));
    parts
}

/// Pictures as parts, named by what they are.
pub(super) fn media(built: Vec<(String, Vec<u8>)>) -> Vec<(String, Vec<u8>)> {
    let name = |id: &str, bytes: &[u8]| format!("word/media/{id}.{}", extension(bytes).unwrap_or("bin"));
    built.into_iter().map(|(id, bytes)| (name(&id, &bytes), bytes)).collect()
}

/// Names the theme in content types or relations.
pub(super) fn add_theme(name: &str, root: &mut Element) {
    match name {
        CONTENT_TYPES => root.push(Element::new(
            "Override",
            &[
                ("PartName", "/word/theme/theme1.xml"),
                ("ContentType", "application/vnd.openxmlformats-officedocument.theme+xml"),
            ],
        )),
        RELATIONS => root.push(Element::new(
            "Relationship",
            &[
                ("Id", "rIdTheme1"),
                ("Type", "http://schemas.openxmlformats.org/officeDocument/2006/relationships/theme"),
                ("Target", "theme/theme1.xml"),
            ],
        )),
        _ => {}
    }
}

/// Whether a part says which pictures there are.
pub(super) fn names_pictures(name: &str) -> bool {
    [CONTENT_TYPES, RELATIONS].contains(&name)
}

/// Gives pictures their right names, and takes out of content types and relations what names a part
/// that is not there; `names` has all parts.
pub(super) fn close(name: &str, root: &mut Element, names: &[String], media: &[(String, Vec<u8>)]) {
    let exists = |name: &str| names.iter().any(|part| part == name);
    let has_kind = |kind: &str| {
        let kinds = media.iter().filter_map(|(name, _)| name.rsplit_once('.'));
        kinds.map(|(_, kind)| kind).chain(["rels", "xml"]).any(|known| known == kind)
    };
    match name {
        CONTENT_TYPES => root.retain(|child| match child.attribute("PartName") {
            Some(part) => exists(part.trim_start_matches('/')) && !part.contains("_rels/"),
            None => child.attribute("Extension").is_some_and(has_kind),
        }),
        "_rels/.rels" => root.retain(|child| exists(target(child))),
        RELATIONS => {
            root.elements_mut().for_each(|child| rename(child, names));
            root.retain(|child| exists(&format!("word/{}", target(child))));
        }
        _ => {}
    }
}

/// docx-rs calls every picture `.png`.
fn rename(relation: &mut Element, names: &[String]) {
    let Some(stem) = target(relation).strip_suffix(".png").map(|stem| format!("word/{stem}.")) else {
        return;
    };
    let name = names.iter().find(|name| name.starts_with(&stem));
    if let Some(name) = name.and_then(|name| name.strip_prefix("word/")) {
        relation.set("Target", name);
    }
}

fn target(relation: &Element) -> &str {
    relation.attribute("Target").unwrap_or_default()
}
