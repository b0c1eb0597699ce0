//! The style sheet: defaults, language, indents in characters.

use super::Wanted;
use super::tree::Element;
use crate::document::named::{Indent, Named};

/// Names that are Word's own; every other style is a custom one.
const BUILT_IN: &[&str] = &["Normal", "heading 1", "heading 2", "Title", "footer"];

/// What Normal says about line breaking. A closing mark does not hang out of the type area; the
/// rest is Word's default, written out because WPS and LibreOffice have others.
const BREAKING: &[(&str, &str)] =
    &[("w:kinsoku", "1"), ("w:overflowPunct", "0"), ("w:autoSpaceDE", "1"), ("w:autoSpaceDN", "1")];

/// Brings `word/styles.xml` into its final form.
pub(super) fn amend(root: &mut Element, wanted: &Wanted) {
    // The first "Normal" is docx-rs' own and empty; the last one is ours.
    let last = root.elements().filter(|style| style.attribute("w:styleId") == Some("Normal")).count();
    let mut seen = 0;
    root.retain(|style| {
        let normal = style.attribute("w:styleId") == Some("Normal");
        seen += usize::from(normal);
        !normal || seen == last
    });
    for style in root.elements_mut() {
        match style.name.as_str() {
            "w:docDefaults" => language(style),
            "w:style" => amend_style(style, wanted.sheet),
            _ => {}
        }
    }
}

/// `zh-CN`, so that Word checks Chinese text by Chinese rules.
fn language(defaults: &mut Element) {
    let run = defaults.child_or_new("w:rPrDefault").child_or_new("w:rPr");
    run.push(Element::new("w:lang", &[("w:val", "en-US"), ("w:eastAsia", "zh-CN"), ("w:bidi", "ar-SA")]));
}

fn amend_style(style: &mut Element, sheet: &[Named]) {
    let name = style.child("w:name").and_then(|name| name.attribute("w:val")).unwrap_or_default();
    if !BUILT_IN.contains(&name) {
        style.set("w:customStyle", "1");
    }
    let id = style.attribute("w:styleId").unwrap_or_default().to_owned();
    if id == "Normal" {
        style.set("w:default", "1");
        let paragraph = style.child_or_new("w:pPr");
        for (name, value) in BREAKING {
            paragraph.push(Element::new(name, &[("w:val", value)]));
        }
    }
    let indent = sheet.iter().find(|named| named.id == id).and_then(|named| named.indent);
    if let Some(indent) = indent {
        count_characters(style.child_or_new("w:pPr").child_or_new("w:ind"), indent);
    }
}

/// Adds the indents in characters beside those in twips; Word follows the former. A side that is
/// 0 is written too: it cancels what the style below says.
fn count_characters(element: &mut Element, indent: Indent) {
    element.set("w:leftChars", &indent.left.to_string());
    element.set("w:rightChars", &indent.right.to_string());
    if indent.first < 0 {
        element.set("w:hangingChars", &(-indent.first).to_string());
    } else {
        element.set("w:firstLineChars", &indent.first.to_string());
    }
}
