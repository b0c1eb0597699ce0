//! Properties of runs, paragraphs, sections, rows and cells, as far as they say what is shown.

use super::content::Row;
use super::xml::{Element, Xml, number};
use crate::ReadError;

/// Run properties (ECMA-376 §17.3.2); what is not stated is inherited.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct RunProperties {
    pub(crate) style: Option<String>,
    pub(crate) bold: Option<bool>,
    pub(crate) vanish: Option<bool>,
    /// Half-points.
    pub(crate) size: Option<u16>,
    /// The East Asian face; a leading `+` names a face of the theme.
    pub(crate) font: Option<String>,
    /// The face of other scripts, which tells symbols.
    pub(crate) latin: Option<String>,
}

/// What became of a paragraph mark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Mark {
    #[default]
    Shown,
    /// Deleted or moved away under revision.
    Deleted,
}

/// Paragraph properties (ECMA-376 §17.3.1); what is not stated is inherited.
#[derive(Clone, Debug, Default)]
pub(crate) struct ParagraphProperties {
    pub(crate) style: Option<String>,
    pub(crate) justification: Option<String>,
    /// 0 to 9; 9 is body text.
    pub(crate) outline: Option<i32>,
    /// List of the automatic number; 0 takes an inherited one away.
    pub(crate) list: Option<i32>,
    pub(crate) level: Option<i32>,
    pub(crate) breaks_before: Option<bool>,
    pub(crate) mark: Mark,
    /// Formatting of the paragraph mark.
    pub(crate) mark_format: RunProperties,
    /// The section that the paragraph ends.
    pub(crate) section: Option<Section>,
}

/// A section, as far as it matters here (ECMA-376 §17.6.17).
#[derive(Clone, Debug, Default)]
pub(crate) struct Section {
    pub(crate) margins: Vec<MarginReference>,
    pub(crate) is_continuous: bool,
}

/// A header or footer by the id of its relationship.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MarginReference {
    pub(crate) is_header: bool,
    pub(crate) relation: String,
}

/// Cell properties (ECMA-376 §17.4.69).
#[derive(Clone, Debug, Default)]
pub(crate) struct CellProperties {
    /// Columns of the grid.
    pub(crate) span: usize,
    /// Goes on with the cell above.
    pub(crate) is_continued: bool,
    pub(crate) is_deleted: bool,
}

/// Word's tables have at most 63 columns.
pub(crate) const COLUMNS: usize = 63;

/// Reads `w:rPr`.
pub(crate) fn run(xml: &mut Xml) -> Result<RunProperties, ReadError> {
    let mut found = RunProperties::default();
    xml.children(|_, element| {
        run_property(&mut found, element);
        Ok(false)
    })?;
    Ok(found)
}

fn run_property(found: &mut RunProperties, element: &Element) {
    match element.local() {
        "rStyle" => found.style = element.val().map(Into::into),
        "b" => found.bold = Some(element.is_on()),
        "vanish" | "specVanish" => found.vanish = Some(element.is_on()),
        "sz" => found.size = element.number().and_then(|size| u16::try_from(size).ok()),
        "rFonts" => {
            let theme = element.attribute("eastAsiaTheme").map(|name| format!("+{name}"));
            found.font = theme.or_else(|| element.attribute("eastAsia").map(Into::into));
            found.latin = element.attribute("ascii").or_else(|| element.attribute("hAnsi")).map(Into::into);
        }
        _ => {}
    }
}

/// Reads `w:pPr`.
pub(crate) fn paragraph(xml: &mut Xml) -> Result<ParagraphProperties, ReadError> {
    let mut found = ParagraphProperties::default();
    xml.children(|xml, element| {
        match element.local() {
            "pStyle" => found.style = element.val().map(Into::into),
            "jc" => found.justification = element.val().map(Into::into),
            "outlineLvl" => found.outline = element.number(),
            "pageBreakBefore" => found.breaks_before = Some(element.is_on()),
            "numPr" => xml.children(|_, element| {
                match element.local() {
                    "ilvl" => found.level = element.number(),
                    "numId" => found.list = element.number(),
                    _ => {}
                }
                Ok(false)
            })?,
            "rPr" => xml.children(|_, element| {
                match element.local() {
                    "del" | "moveFrom" => found.mark = Mark::Deleted,
                    _ => run_property(&mut found.mark_format, element),
                }
                Ok(false)
            })?,
            "sectPr" => found.section = Some(section(xml)?),
            _ => {}
        }
        Ok(false)
    })?;
    Ok(found)
}

/// Reads `w:sectPr`.
pub(crate) fn section(xml: &mut Xml) -> Result<Section, ReadError> {
    let mut found = Section::default();
    xml.children(|_, element| {
        match element.local() {
            "headerReference" | "footerReference" => {
                let is_header = element.local() == "headerReference";
                let relation = element.attribute("id").map(Into::into);
                found.margins.extend(relation.map(|relation| MarginReference { is_header, relation }));
            }
            "type" => found.is_continuous = element.val().is_some_and(|kind| kind == "continuous"),
            _ => {}
        }
        Ok(false)
    })?;
    Ok(found)
}

/// Reads `w:trPr` into a row.
pub(crate) fn row(xml: &mut Xml, row: &mut Row) -> Result<(), ReadError> {
    xml.children(|_, element| {
        match element.local() {
            "del" => row.is_deleted = true,
            "hidden" => row.is_hidden = element.is_on(),
            "gridBefore" => row.before = columns(element),
            _ => {}
        }
        Ok(false)
    })
}

/// Reads `w:tcPr`.
pub(crate) fn cell(xml: &mut Xml) -> Result<CellProperties, ReadError> {
    let mut found = CellProperties::default();
    xml.children(|_, element| {
        match element.local() {
            "gridSpan" => found.span = columns(element),
            // Without a value the cell goes on (ECMA-376 §17.4.84).
            "vMerge" | "hMerge" => {
                found.is_continued = element.val().is_none_or(|value| value != "restart");
            }
            "cellDel" => found.is_deleted = true,
            _ => {}
        }
        Ok(false)
    })?;
    Ok(found)
}

fn columns(element: &Element) -> usize {
    let columns = element.val().and_then(|value| number(&value)).unwrap_or(0);
    usize::try_from(columns).unwrap_or(0).min(COLUMNS)
}
