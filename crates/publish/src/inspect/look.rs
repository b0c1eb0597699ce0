//! What paragraphs and runs look like in the end: direct formatting over styles over the document's.

use std::collections::HashMap;

use super::text_of;
use crate::canonical::tree::Element;

/// Styles that are based on each other; more are a circle.
const DEEPEST: usize = 12;

/// The properties that are measured; none where nothing says anything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    /// Size in half-points.
    pub(super) size: Option<u32>,
    /// The East Asian face.
    pub(super) face: Option<String>,
    alignment: Option<String>,
    line: Option<u32>,
    rule: Option<String>,
    first_line: Option<i32>,
    first_characters: Option<i32>,
    /// The first line begins before the others, as in a list.
    pub(super) hangs: bool,
}

impl Look {
    /// Whether the lines stand in the middle or on the right.
    pub(super) fn is_centred(&self) -> bool {
        matches!(self.alignment.as_deref(), Some("center" | "right" | "end"))
    }

    /// The pitch, where it is exact.
    pub(super) fn exact_line(&self) -> Option<u32> {
        self.line.filter(|_| self.rule.as_deref() == Some("exact"))
    }

    /// Indent of the first line in hundredths of a character of that size; characters win over twips
    /// (ECMA-376 §17.3.1.12).
    pub(super) fn indent_hundredths(&self, size: u32) -> Option<i32> {
        let of_twips = |twips: i32| {
            let hundredths = twips * 100 / (self.size.unwrap_or(size).cast_signed() * 10).max(1);
            // With a character less wide than its size 2 characters are a little less.
            if (190..=205).contains(&hundredths) { 200 } else { hundredths }
        };
        self.first_characters.filter(|hundredths| *hundredths != 0).or(self.first_line.map(of_twips))
    }

    /// Lays properties of a paragraph (`w:pPr`) and of a run (`w:rPr`) over what is there.
    fn lay(&mut self, paragraph: Option<&Element>, run: Option<&Element>) {
        let number = |element: Option<&Element>, name: &str| -> Option<i32> {
            element?.attribute(name)?.parse::<f64>().ok().map(|value| value.clamp(-1e6, 1e6) as i32)
        };
        let text = |element: Option<&Element>, name: &str| element?.attribute(name).map(str::to_owned);
        if let Some(paragraph) = paragraph {
            let (spacing, indent) = (paragraph.child("w:spacing"), paragraph.child("w:ind"));
            let unsigned = |value: Option<i32>| value.and_then(|value| u32::try_from(value).ok());
            self.line = unsigned(number(spacing, "w:line")).or(self.line);
            self.rule = text(spacing, "w:lineRule").or(self.rule.take());
            self.alignment = text(paragraph.child("w:jc"), "w:val").or(self.alignment.take());
            self.first_line = number(indent, "w:firstLine").or(self.first_line);
            self.first_characters = number(indent, "w:firstLineChars").or(self.first_characters);
            let hanging = number(indent, "w:hangingChars").or(number(indent, "w:hanging"));
            self.hangs = hanging.map_or(self.hangs, |hanging| hanging > 0);
        }
        if let Some(run) = run {
            let size = number(run.child("w:sz"), "w:val").and_then(|size| u32::try_from(size).ok());
            self.size = size.or(self.size);
            self.face = text(run.child("w:rFonts"), "w:eastAsia").or(self.face.take());
        }
    }
}

/// The styles of a document.
pub(super) struct Looks<'a> {
    styles: HashMap<&'a str, &'a Element>,
    base: Look,
    normal: Option<&'a str>,
}

impl<'a> Looks<'a> {
    pub(super) fn of(styles: &'a Element) -> Self {
        let defaults = styles.child("w:docDefaults");
        let inner = |outer: &str, inner: &str| defaults?.child(outer)?.child(inner);
        let mut base = Look::default();
        base.lay(inner("w:pPrDefault", "w:pPr"), inner("w:rPrDefault", "w:rPr"));
        let all = || styles.elements().filter(|element| element.name == "w:style");
        let is_normal = |style: &&Element| {
            style.attribute("w:type") == Some("paragraph")
                && matches!(style.attribute("w:default"), Some("1" | "true" | "on"))
        };
        Self {
            styles: all().filter_map(|style| Some((style.attribute("w:styleId")?, style))).collect(),
            base,
            normal: all().find(is_normal).and_then(|style| style.attribute("w:styleId")),
        }
    }

    /// What a paragraph has.
    pub(super) fn paragraph(&self, paragraph: &Element) -> Look {
        let properties = paragraph.child("w:pPr");
        let named = properties.and_then(|p| p.child("w:pStyle")).and_then(|style| style.attribute("w:val"));
        let mut look = self.base.clone();
        self.lay(named.or(self.normal), &mut look);
        look.lay(properties, None);
        look
    }

    /// The looks of a paragraph's runs, each with its number of Han characters and marks.
    pub(super) fn runs(&self, paragraph: &Element, look: &Look) -> Vec<(usize, Look)> {
        let mut all = Vec::new();
        self.gather(paragraph, look, &mut all);
        all
    }

    fn gather(&self, parent: &Element, look: &Look, all: &mut Vec<(usize, Look)>) {
        for child in parent.elements() {
            match child.name.as_str() {
                "w:r" => {
                    let characters = text_of(child).chars().filter(|c| !c.is_ascii()).count();
                    let properties = child.child("w:rPr");
                    let named = properties.and_then(|p| p.child("w:rStyle"));
                    let mut own = look.clone();
                    self.lay(named.and_then(|style| style.attribute("w:val")), &mut own);
                    own.lay(None, properties);
                    all.push((characters, own));
                }
                "w:ins" | "w:hyperlink" | "w:sdt" | "w:sdtContent" | "w:smartTag" => {
                    self.gather(child, look, all);
                }
                _ => {}
            }
        }
    }

    /// Lays a style over a look, what it is based on first.
    fn lay(&self, id: Option<&str>, look: &mut Look) {
        let mut chain = Vec::new();
        let mut next = id;
        while let Some(style) = next.and_then(|id| self.styles.get(id))
            && chain.len() < DEEPEST
        {
            chain.push(*style);
            next = style.child("w:basedOn").and_then(|base| base.attribute("w:val"));
        }
        for style in chain.into_iter().rev() {
            look.lay(style.child("w:pPr"), style.child("w:rPr"));
        }
    }
}
