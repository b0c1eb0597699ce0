//! The font table: which face stands in for one that a machine does not have.

use super::tree::Element;
use crate::style::Faces;
use crate::text;

/// Faces that are often missing, and what looks most like them.
const STAND_INS: &[(&str, &str)] = &[
    ("方正小标宋简体", "华文中宋"),
    ("方正小标宋_GBK", "华文中宋"),
    ("仿宋_GB2312", "仿宋"),
    ("楷体_GB2312", "楷体"),
    ("黑体", "SimHei"),
    ("宋体", "SimSun"),
];

/// Brings `word/fontTable.xml` into its final form: the faces of the style, each once.
pub(super) fn amend(root: &mut Element, faces: &Faces) {
    root.children.clear();
    let chinese = [&faces.name, &faces.body, &faces.edition, &faces.title, &faces.number];
    let mut written: Vec<String> = Vec::new();
    for (face, charset) in [(&faces.latin, "00")].into_iter().chain(chinese.map(|face| (face, "86"))) {
        let face = text::clean(face);
        if !written.contains(&face) {
            root.push(font(&face, charset));
            written.push(face);
        }
    }
}

/// `charset` is that of LOGFONT: 86 is GB2312.
fn font(face: &str, charset: &str) -> Element {
    let mut font = Element::new("w:font", &[("w:name", face)]);
    if let Some((_, stand_in)) = STAND_INS.iter().find(|(name, _)| *name == face) {
        font.push(Element::new("w:altName", &[("w:val", stand_in)]));
    }
    font.push(Element::new("w:charset", &[("w:val", charset)]));
    font.push(Element::new("w:family", &[("w:val", "auto")]));
    font.push(Element::new("w:pitch", &[("w:val", "variable")]));
    font
}
