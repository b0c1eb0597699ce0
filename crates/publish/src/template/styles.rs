//! Whose style counts: the template's own where it has one of the same name, otherwise the issue's.
//!
//! A style that is added stands for itself. It is based on a style of the template only where that one
//! has taken the place of the issue's; else it says all that it would have had from the issue's Normal,
//! and is based on nothing, so that neither the template's Normal nor its defaults show through
//! (ECMA-376 17.7.2).

use std::collections::{BTreeMap, BTreeSet};

use super::blocks::Blocks;
use crate::canonical::{self, tree::Element};

/// The styles of a template.
pub(super) struct Sheet<'a> {
    styles: Vec<&'a Element>,
    defaults: Option<&'a Element>,
}

/// What the issue's styles are called in the template.
#[derive(Debug, Default)]
pub(super) struct Mapped {
    ids: BTreeMap<String, String>,
    own: BTreeSet<String>,
    /// Whether any style was added.
    pub(super) added: bool,
}

impl Mapped {
    /// The id in the template.
    pub(super) fn id<'a>(&'a self, id: &'a str) -> &'a str {
        self.ids.get(id).map_or(id, String::as_str)
    }

    /// Whether the template has it itself, or what it is based on.
    pub(super) fn is_own(&self, id: &str) -> bool {
        self.own.contains(id)
    }
}

/// Properties whose attributes are set one by one; of all others the last one counts whole.
const BY_ATTRIBUTE: &[&str] = &["w:spacing", "w:ind", "w:rFonts", "w:lang"];

/// What the defaults of a template can give to every character, and what takes it back.
const NEUTRAL: [(&str, &str); 8] = [
    ("w:b", "0"),
    ("w:i", "0"),
    ("w:caps", "0"),
    ("w:smallCaps", "0"),
    ("w:strike", "0"),
    ("w:u", "none"),
    ("w:color", "auto"),
    ("w:position", "0"),
];

/// Styles deep, before a chain is taken for a ring.
const CHAIN: usize = 20;

impl<'a> Sheet<'a> {
    /// Those of a style sheet.
    pub(super) fn of(root: &'a Element) -> Self {
        let styles = root.elements().filter(|child| child.name == "w:style").collect();
        Self { styles, defaults: root.child("w:docDefaults") }
    }

    fn by_id(&self, id: &str) -> Option<&'a Element> {
        self.styles.iter().copied().find(|style| style.attribute("w:styleId") == Some(id))
    }

    /// The style of that name and kind. A paragraph style lends the character style that Word links to it.
    fn named(&self, name: &str, kind: &str) -> Option<&'a Element> {
        let same = |style: &&Element| value(style, "w:name") == Some(name);
        let exact = self.styles.iter().copied().find(|style| same(style) && kind_of(style) == kind);
        exact.or_else(|| {
            let other = self.styles.iter().copied().find(same)?;
            self.by_id(value(other, "w:link")?).filter(|style| kind_of(style) == kind)
        })
    }

    fn has_name(&self, name: &str) -> bool {
        self.styles.iter().any(|style| value(style, "w:name") == Some(name))
    }

    /// Size in half-points, and spacing in twips, of the text in a paragraph style of that name.
    pub(super) fn text(&self, name: &str) -> Option<(u32, i32)> {
        let style = self.named(name, "paragraph")?;
        let mut chain = vec![style];
        while let Some(base) = chain.last().and_then(|style| value(style, "w:basedOn"))
            && chain.len() < CHAIN
        {
            let Some(base) = self.by_id(base) else { break };
            chain.push(base);
        }
        let defaults = self.defaults.and_then(|defaults| defaults.child("w:rPrDefault"));
        let runs = chain.into_iter().chain(defaults).filter_map(|style| style.child("w:rPr"));
        let runs: Vec<&Element> = runs.collect();
        let first = |name: &str| runs.iter().find_map(|run| value(run, name));
        // Without any size it is 10 pt (17.3.2.38).
        let size = first("w:sz").and_then(|size| size.parse().ok()).unwrap_or(20);
        Some((size, first("w:spacing").and_then(|spacing| spacing.parse().ok()).unwrap_or(0)))
    }
}

/// Adds to a style sheet what the blocks use and it lacks. `sheet` is what it has itself.
pub(super) fn merge(root: &mut Element, sheet: &Sheet, blocks: &Blocks) -> Mapped {
    let ours = Sheet::of(&blocks.sheet);
    let mut mapped = Mapped::default();
    let mut wanted = Vec::new();
    for id in blocks.used() {
        let Some(style) = ours.by_id(&id) else { continue };
        let name = value(style, "w:name").unwrap_or_default();
        match sheet.named(name, kind_of(style)).and_then(|own| own.attribute("w:styleId")) {
            Some(own) => {
                mapped.ids.insert(id.clone(), own.to_owned());
                mapped.own.insert(id);
            }
            None => wanted.push(style),
        }
    }
    for style in &wanted {
        let id = style.attribute("w:styleId").unwrap_or_default();
        let mut fresh = id.to_owned();
        while sheet.by_id(&fresh).is_some() {
            fresh.insert_str(0, "Jianbao");
        }
        mapped.ids.insert(id.to_owned(), fresh);
    }
    for style in wanted {
        let built = standing_alone(style, sheet, &ours, &mut mapped);
        root.push(built);
        mapped.added = true;
    }
    mapped
}

/// One of our styles with all that it needs.
fn standing_alone(style: &Element, sheet: &Sheet, ours: &Sheet, mapped: &mut Mapped) -> Element {
    let mut chain = vec![style];
    let mut base = None;
    while let Some(below) = chain.last().and_then(|style| value(style, "w:basedOn")) {
        let Some(below) = ours.by_id(below).filter(|_| chain.len() < CHAIN) else { break };
        let name = value(below, "w:name").unwrap_or_default();
        // The template's Normal and headings are the office's; ours are no more than their names.
        let is_custom = below.attribute("w:customStyle") == Some("1");
        base = sheet.named(name, kind_of(below)).filter(|_| is_custom);
        if base.is_some() {
            break;
        }
        chain.push(below);
    }
    let is_paragraph = kind_of(style) == "paragraph";
    let mut paragraph = Element::new("w:pPr", &[]);
    let mut run = Element::new("w:rPr", &[]);
    if is_paragraph && base.is_none() {
        reset(&mut paragraph, &mut run, sheet, ours);
    }
    for part in chain.iter().rev() {
        part.child("w:pPr").into_iter().for_each(|above| lay(&mut paragraph, above));
        part.child("w:rPr").into_iter().for_each(|above| lay(&mut run, above));
    }
    let mut built = style.clone();
    let id = style.attribute("w:styleId").unwrap_or_default();
    if base.is_some() {
        mapped.own.insert(id.to_owned());
    }
    built.set("w:styleId", mapped.id(id));
    built.set("w:customStyle", "1");
    let mut name = value(style, "w:name").unwrap_or_default().to_owned();
    while sheet.has_name(&name) {
        name.push_str("（简报）");
    }
    built.child_or_new("w:name").set("w:val", &name);
    built.retain(|child| {
        !matches!(child.name.as_str(), "w:basedOn" | "w:next" | "w:link" | "w:pPr" | "w:rPr")
    });
    if let Some(base) = base.and_then(|base| base.attribute("w:styleId")) {
        built.push(Element::new("w:basedOn", &[("w:val", base)]));
    }
    if let Some(next) = value(style, "w:next").and_then(|next| mapped.ids.get(next)) {
        built.push(Element::new("w:next", &[("w:val", next.as_str())]));
    }
    built.push(paragraph);
    built.push(run);
    built.retain(|child| !(matches!(child.name.as_str(), "w:pPr" | "w:rPr") && child.children.is_empty()));
    built.walk(&mut canonical::sort);
    built
}

/// What the template's defaults must not add, and what ours give.
fn reset(paragraph: &mut Element, run: &mut Element, sheet: &Sheet, ours: &Sheet) {
    // LibreOffice would set exact lines on the template's grid.
    paragraph.push(Element::new("w:snapToGrid", &[("w:val", "0")]));
    let zeros = ["w:before", "w:after", "w:beforeAutospacing", "w:afterAutospacing"];
    paragraph.push(Element::new("w:spacing", &zeros.map(|name| (name, "0"))));
    paragraph.push(Element::new("w:ind", &["w:left", "w:right", "w:firstLine"].map(|name| (name, "0"))));
    let theirs = sheet.defaults.and_then(|defaults| defaults.child("w:rPrDefault")?.child("w:rPr"));
    for (name, off) in NEUTRAL {
        if theirs.is_some_and(|theirs| theirs.child(name).is_some()) {
            run.push(Element::new(name, &[("w:val", off)]));
        }
    }
    let defaults = ours.defaults.and_then(|defaults| defaults.child("w:rPrDefault")?.child("w:rPr"));
    if let Some(ours) = defaults {
        lay(run, ours);
    }
}

/// Lays properties over others.
fn lay(below: &mut Element, above: &Element) {
    for property in above.elements() {
        let by_attribute = BY_ATTRIBUTE.contains(&property.name.as_str());
        let old = below.child_or_new(&property.name);
        if by_attribute {
            lay_attributes(old, property);
        } else {
            property.clone_into(old);
        }
    }
}

fn lay_attributes(below: &mut Element, above: &Element) {
    // The first line is indented or hangs, never both.
    let kinds = ["w:firstLine", "w:hanging"];
    if kinds.iter().any(|kind| above.attribute(kind).is_some()) {
        below.attributes.retain(|(name, _)| !kinds.iter().any(|kind| name.starts_with(kind)));
    }
    for (name, value) in &above.attributes {
        below.set(name, value);
    }
}

fn value<'a>(parent: &'a Element, child: &str) -> Option<&'a str> {
    parent.child(child).and_then(|child| child.attribute("w:val"))
}

/// A style without a kind is one of paragraphs (17.7.4.17).
fn kind_of(style: &Element) -> &str {
    style.attribute("w:type").unwrap_or("paragraph")
}

#[cfg(test)]
mod tests {
    use super::{Sheet, lay};
    use crate::canonical::tree;

    #[test]
    fn a_first_line_and_a_hanging_one_exclude_each_other() {
        let mut below =
            tree::read("t", r#"<w:pPr><w:ind w:left="1" w:firstLine="2" w:firstLineChars="3"/></w:pPr>"#)
                .unwrap();
        let above = tree::read("t", r#"<w:pPr><w:ind w:hanging="4"/><w:jc w:val="left"/></w:pPr>"#).unwrap();
        lay(&mut below, &above);
        let xml = tree::write(&below, false).unwrap();
        assert!(
            xml.ends_with(r#"<w:pPr><w:ind w:left="1" w:hanging="4"/><w:jc w:val="left"/></w:pPr>"#),
            "{xml}"
        );
    }

    #[test]
    fn the_size_of_a_text_is_inherited() {
        let xml = r#"<w:styles><w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="21"/></w:rPr></w:rPrDefault></w:docDefaults>
            <w:style w:styleId="a"><w:name w:val="Normal"/><w:rPr><w:spacing w:val="4"/></w:rPr></w:style>
            <w:style w:styleId="b"><w:name w:val="信息正文"/><w:basedOn w:val="a"/></w:style></w:styles>"#;
        let root = tree::read("t", xml).unwrap();
        assert_eq!(Sheet::of(&root).text("信息正文"), Some((21, 4)));
        assert_eq!(Sheet::of(&root).text("简讯"), None);
    }
}
