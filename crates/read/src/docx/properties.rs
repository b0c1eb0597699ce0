//! Properties of runs, paragraphs, sections, rows and cells from their XML.

use std::collections::VecDeque;
use std::ops::Range;
use std::rc::Rc;

use jianbao_ms_doc::numbers::NumberFormat;

use super::xml::{Element, Xml, number};
use crate::ReadError;
use crate::word::content::{NoteKind, Row};
use crate::word::notes::StatedMarks;
use crate::word::properties::{COLUMNS, CellProperties, Mark, ParagraphProperties, RunProperties};

/// A section, as far as it matters here (ECMA-376 §17.6.17).
#[derive(Clone, Debug, Default)]
pub(crate) struct Section {
    pub(crate) margins: Vec<MarginReference>,
    /// Headers (`true`) and footers that stand here (Word 2003), by their place in the part.
    pub(crate) own_margins: Vec<(bool, Range<usize>)>,
    pub(crate) is_continuous: bool,
    pub(crate) note_marks: Vec<(NoteKind, StatedMarks)>,
}

/// A header or footer by the id of its relationship.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MarginReference {
    pub(crate) is_header: bool,
    pub(crate) relation: String,
}

/// Run properties that were read lately, by their XML: most runs repeat what another has.
#[derive(Default)]
pub(crate) struct Formats<'a> {
    lately: VecDeque<(&'a str, Rc<RunProperties>)>,
}

impl<'a> Formats<'a> {
    /// More than a document of one hand has at a time.
    const KEPT: usize = 8;

    /// Reads `w:rPr`.
    pub(crate) fn read(&mut self, xml: &mut Xml<'a>) -> Result<Rc<RunProperties>, ReadError> {
        let text = xml.unread();
        let known = self.lately.iter().find(|(known, _)| Some(*known) == text);
        if let Some((known, found)) = known {
            xml.pass_unread(known);
            return Ok(Rc::clone(found));
        }
        let found = Rc::new(run(xml)?);
        if let Some(text) = text {
            self.lately.truncate(Self::KEPT - 1);
            self.lately.push_front((text, Rc::clone(&found)));
        }
        Ok(found)
    }
}

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
        "rFonts" => fonts(found, element),
        _ => {}
    }
}

/// Reads `w:rFonts`: a face of the theme goes before one by name.
fn fonts(found: &mut RunProperties, element: &Element) {
    let (mut theme, mut font, mut ascii, mut other) = (None, None, None, None);
    for (name, value) in element.attributes() {
        let place = match name {
            "eastAsiaTheme" => &mut theme,
            "eastAsia" | "fareast" => &mut font,
            "ascii" => &mut ascii,
            "hAnsi" | "h-ansi" => &mut other,
            _ => continue,
        };
        place.get_or_insert(value);
    }
    found.font = theme.map(|name| format!("+{name}")).or(font.map(Into::into));
    found.latin = ascii.or(other).map(Into::into);
}

/// Reads `w:pPr`, and the section that the paragraph ends.
pub(crate) fn paragraph(xml: &mut Xml) -> Result<(ParagraphProperties, Option<Section>), ReadError> {
    let mut found = ParagraphProperties::default();
    let mut ended = None;
    xml.children(|xml, element| {
        match element.local() {
            "pStyle" => found.style = element.val().map(Into::into),
            "jc" => found.justification = element.val().map(Into::into),
            "outlineLvl" => found.outline = element.number(),
            "pageBreakBefore" => found.breaks_before = Some(element.is_on()),
            "listPr" => own_list(xml, &mut found)?,
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
                    "annotation" if is_deletion(element) => found.mark = Mark::Deleted,
                    _ => run_property(&mut found.mark_format, element),
                }
                Ok(false)
            })?,
            "sectPr" => {
                let section = section(xml)?;
                found.ends_page = true;
                ended = Some(section);
            }
            _ => {}
        }
        Ok(false)
    })?;
    Ok((found, ended))
}

/// Reads `w:listPr` of Word 2003, which keeps the number that its writer saw.
fn own_list(xml: &mut Xml, found: &mut ParagraphProperties) -> Result<(), ReadError> {
    xml.children(|_, element| {
        match element.local() {
            "ilvl" => found.level = element.number(),
            "ilfo" => found.list = element.number(),
            "t" => found.list_text = element.val().map(Into::into),
            _ => {}
        }
        Ok(false)
    })
}

/// Whether an annotation of Word 2003 says that its content is deleted.
pub(crate) fn is_deletion(annotation: &Element) -> bool {
    annotation.attribute("type").is_some_and(|kind| kind.ends_with("Deletion"))
}

/// Reads `w:sectPr`.
pub(crate) fn section(xml: &mut Xml) -> Result<Section, ReadError> {
    let mut found = Section::default();
    xml.children(|xml, element| {
        match element.local() {
            "headerReference" | "footerReference" => {
                let is_header = element.local() == "headerReference";
                let relation = element.attribute("id").map(Into::into);
                found.margins.extend(relation.map(|relation| MarginReference { is_header, relation }));
            }
            "hdr" | "ftr" => found.own_margins.push((element.local() == "hdr", xml.pass()?)),
            "footnotePr" => found.note_marks.push((NoteKind::Footnote, note_marks(xml)?)),
            "endnotePr" => found.note_marks.push((NoteKind::Endnote, note_marks(xml)?)),
            "type" => found.is_continuous = element.val().is_some_and(|kind| kind == "continuous"),
            _ => {}
        }
        Ok(false)
    })?;
    Ok(found)
}

/// Reads `w:footnotePr` or `w:endnotePr` (ECMA-376 §17.11.11, §17.11.4).
pub(crate) fn note_marks(xml: &mut Xml) -> Result<StatedMarks, ReadError> {
    let mut found = StatedMarks::default();
    xml.children(|_, element| {
        match element.local() {
            "numFmt" => found.format = element.val().map(|name| NumberFormat::from_name(&name)),
            "numStart" => found.start = element.number(),
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
            "vMerge" | "vmerge" | "hMerge" => {
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
