//! The order of children that the schema wants (ECMA-376 part 1, wml.xsd).

use super::tree::{Element, Node};

/// Elements whose content is a sequence, and the sequence. Names are without their prefix `w:`.
const ORDERS: &[(&str, &[&str])] = &[
    ("w:pPr", PARAGRAPH),
    ("w:rPr", RUN),
    (
        "w:style",
        &[
            "name",
            "aliases",
            "basedOn",
            "next",
            "link",
            "autoRedefine",
            "hidden",
            "uiPriority",
            "semiHidden",
            "unhideWhenUsed",
            "qFormat",
            "locked",
            "personal",
            "rsid",
            "pPr",
            "rPr",
            "tblPr",
            "trPr",
            "tcPr",
            "tblStylePr",
        ],
    ),
    ("w:styles", &["docDefaults", "latentStyles", "style"]),
    (
        "w:sectPr",
        &[
            "headerReference",
            "footerReference",
            "footnotePr",
            "endnotePr",
            "type",
            "pgSz",
            "pgMar",
            "paperSrc",
            "pgBorders",
            "lnNumType",
            "pgNumType",
            "cols",
            "formProt",
            "vAlign",
            "noEndnote",
            "titlePg",
            "textDirection",
            "bidi",
            "rtlGutter",
            "docGrid",
        ],
    ),
    ("w:settings", SETTINGS),
    (
        "w:compat",
        &[
            "spaceForUL",
            "balanceSingleByteDoubleByteWidth",
            "doNotLeaveBackslashAlone",
            "ulTrailSpace",
            "doNotExpandShiftReturn",
            "adjustLineHeightInTable",
            "useFELayout",
            "compatSetting",
        ],
    ),
    (
        "w:tblPr",
        &[
            "tblStyle",
            "tblpPr",
            "tblOverlap",
            "bidiVisual",
            "tblStyleRowBandSize",
            "tblStyleColBandSize",
            "tblW",
            "jc",
            "tblCellSpacing",
            "tblInd",
            "tblBorders",
            "shd",
            "tblLayout",
            "tblCellMar",
            "tblLook",
        ],
    ),
    ("w:tblBorders", SIDES),
    ("w:tblCellMar", &["top", "left", "start", "bottom", "right", "end"]),
    ("w:tcBorders", SIDES),
    ("w:pBdr", &["top", "left", "bottom", "right", "between", "bar"]),
    (
        "w:tcPr",
        &[
            "cnfStyle",
            "tcW",
            "gridSpan",
            "hMerge",
            "vMerge",
            "tcBorders",
            "shd",
            "noWrap",
            "tcMar",
            "textDirection",
            "tcFitText",
            "vAlign",
            "hideMark",
        ],
    ),
];

/// CT_PPr, 17.3.1.26.
const PARAGRAPH: &[&str] = &[
    "pStyle",
    "keepNext",
    "keepLines",
    "pageBreakBefore",
    "framePr",
    "widowControl",
    "numPr",
    "suppressLineNumbers",
    "pBdr",
    "shd",
    "tabs",
    "suppressAutoHyphens",
    "kinsoku",
    "wordWrap",
    "overflowPunct",
    "topLinePunct",
    "autoSpaceDE",
    "autoSpaceDN",
    "bidi",
    "adjustRightInd",
    "snapToGrid",
    "spacing",
    "ind",
    "contextualSpacing",
    "mirrorIndents",
    "suppressOverlap",
    "jc",
    "textDirection",
    "textAlignment",
    "textboxTightWrap",
    "outlineLvl",
    "divId",
    "cnfStyle",
    "rPr",
    "sectPr",
    "pPrChange",
];

/// EG_RPrBase, 17.3.2.28.
const RUN: &[&str] = &[
    "rStyle",
    "rFonts",
    "b",
    "bCs",
    "i",
    "iCs",
    "caps",
    "smallCaps",
    "strike",
    "dstrike",
    "outline",
    "shadow",
    "emboss",
    "imprint",
    "noProof",
    "snapToGrid",
    "vanish",
    "webHidden",
    "color",
    "spacing",
    "w",
    "kern",
    "position",
    "sz",
    "szCs",
    "highlight",
    "u",
    "effect",
    "bdr",
    "shd",
    "fitText",
    "vertAlign",
    "rtl",
    "cs",
    "em",
    "lang",
    "eastAsianLayout",
    "specVanish",
    "oMath",
];

/// CT_Settings, 17.15.1.78; only what is written here.
const SETTINGS: &[&str] = &[
    "zoom",
    "mirrorMargins",
    "bordersDoNotSurroundHeader",
    "bordersDoNotSurroundFooter",
    "defaultTabStop",
    "evenAndOddHeaders",
    "drawingGridHorizontalSpacing",
    "drawingGridVerticalSpacing",
    "characterSpacingControl",
    "compat",
    "docVars",
    "rsids",
    "themeFontLang",
    "clrSchemeMapping",
    "decimalSymbol",
    "listSeparator",
];

const SIDES: &[&str] =
    &["top", "left", "start", "bottom", "right", "end", "insideH", "insideV", "tl2br", "tr2bl"];

/// Brings the children of an element into order. What the sequence does not name goes to the end,
/// in its own order: a validator will say so.
pub(crate) fn sort(element: &mut Element) {
    let Some((_, order)) = ORDERS.iter().find(|(name, _)| *name == element.name) else { return };
    element.children.sort_by_key(|node| match node {
        Node::Element(child) => place(order, &child.name),
        Node::Text(_) => 0,
    });
}

fn place(order: &[&str], name: &str) -> usize {
    let name = name.strip_prefix("w:").unwrap_or(name);
    order.iter().position(|known| *known == name).unwrap_or(order.len())
}

#[cfg(test)]
mod tests {
    use super::sort;
    use crate::canonical::tree;

    fn check(wrong: &str, expected: &str) {
        let mut root = tree::read("test", wrong).unwrap();
        root.walk(&mut sort);
        let xml = tree::write(&root, false).unwrap();
        assert_eq!(xml.split_once("?>").unwrap().1, expected);
    }

    #[test]
    fn children_come_in_schema_order() {
        check(
            "<w:pPr><w:rPr><w:sz/><w:color/><w:rFonts/></w:rPr><w:jc/><w:ind/><w:spacing/><w:pStyle/></w:pPr>",
            "<w:pPr><w:pStyle/><w:spacing/><w:ind/><w:jc/><w:rPr><w:rFonts/><w:color/><w:sz/></w:rPr></w:pPr>",
        );
        check(
            "<w:settings><w:compat/><w:zoom/></w:settings>",
            "<w:settings><w:zoom/><w:compat/></w:settings>",
        );
    }

    #[test]
    fn equal_and_unknown_children_keep_their_order() {
        check(
            r#"<w:pBdr><w:new/><w:top w:sz="1"/><w:top w:sz="2"/></w:pBdr>"#,
            r#"<w:pBdr><w:top w:sz="1"/><w:top w:sz="2"/><w:new/></w:pBdr>"#,
        );
    }

    #[test]
    fn content_is_never_sorted() {
        check("<w:body><w:tbl/><w:p/><w:tbl/></w:body>", "<w:body><w:tbl/><w:p/><w:tbl/></w:body>");
    }
}
