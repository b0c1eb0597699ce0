//! Does a Word file keep the official page? Every deviation with its place and figure.
//!
//! What counts is what a paragraph has in the end: its own formatting over that of its styles over the
//! document's (ECMA-376 §17.7.2). Only running text is held against size, face, pitch and indent: a
//! paragraph of more than one line that is not centred. Tables and text boxes are not looked at, nor
//! formatting by theme or by list level.

mod look;
mod marks;
mod stream;

use std::io::Cursor;

use zip::ZipArchive;

use crate::canonical::tree::{self, Element};
use crate::length::{millimetres, points};
use crate::style::Style;
use look::{Look, Looks};
pub use marks::{Mark, marks};
use stream::{Step, whole};

/// The part that has the text.
const MAIN: &str = "word/document.xml";

/// What a paragraph of text may have, and nobody looks at: pictures, and the text boxes in them.
const UNREAD: [&str; 5] = ["w:drawing", "w:pict", "w:object", "w:txbxContent", "mc:AlternateContent"];

/// 天头 and 订口 may be off by 1 mm (GB/T 9704 5.2.1), in twips.
const TOLERANCE: u32 = 57;

/// A place where a file is not as the standard, or the configuration, has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deviation {
    /// Where.
    pub place: Place,
    /// What.
    pub measure: Measure,
    /// What is there.
    pub found: String,
    /// What should be there.
    pub wanted: String,
}

/// Where a deviation is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The section of the document, from 1.
    Section(usize),
    /// The paragraph, counted from 1 without tables, and its beginning.
    Paragraph(usize, String),
    /// The whole document.
    Document,
}

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    /// Width and height of the paper.
    Paper,
    /// 天头.
    Top,
    /// Bottom margin.
    Bottom,
    /// 订口.
    Left,
    /// Right margin.
    Right,
    /// Lines that a full page holds.
    Lines,
    /// Distance of the page number from the edge of the paper.
    Footer,
    /// Whether there is a page number.
    PageNumber,
    /// The dashes beside the page number.
    Dashes,
    /// Whether odd and even pages have footers of their own.
    OddEven,
    /// Size of running text.
    Size,
    /// Face of running text.
    Face,
    /// Pitch of the lines of running text.
    Pitch,
    /// Indent of the first line.
    Indent,
    /// Blanks that stand for an indent.
    Blanks,
}

/// Why a file could not be looked at.
#[derive(Debug, thiserror::Error)]
pub enum InspectError {
    /// Not a zip container, or a damaged one.
    #[error("not a .docx file")]
    Container(#[from] zip::result::ZipError),
    /// A part is missing, too large, or no text.
    #[error("part {0} cannot be read")]
    Part(String),
    /// A part is no XML.
    #[error(transparent)]
    Xml(#[from] crate::RenderError),
}

/// Reports everything in which a .docx file differs from a style, in the order of the document. Neither the
/// document nor what is found is held: a hostile file of 64 MiB has a million deviations.
///
/// # Errors
///
/// The bytes are no .docx file, or one whose parts are damaged; what stands before the damage is reported.
pub fn inspect(docx: &[u8], style: &Style, report: &mut dyn FnMut(Deviation)) -> Result<(), InspectError> {
    let mut container = ZipArchive::new(Cursor::new(docx))?;
    let styles = whole(&mut container, "word/styles.xml")?.unwrap_or_default();
    let settings = whole(&mut container, "word/settings.xml")?.unwrap_or_default();
    check_document(&mut container, &Looks::of(&styles), style, report)?;
    check_footers(&footers(&mut container)?, &settings, report);
    Ok(())
}

/// The paragraphs and sections of the body, those in content controls too; one at a time is held.
fn check_document(
    container: &mut ZipArchive<Cursor<&[u8]>>,
    looks: &Looks,
    style: &Style,
    report: &mut dyn FnMut(Deviation),
) -> Result<(), InspectError> {
    let missing = || InspectError::Part(MAIN.to_owned());
    let mut document = stream::open(container, MAIN)?.ok_or_else(missing)?;
    let (mut bodies, mut paragraphs, mut sections) = (0, 0, 0);
    loop {
        let element = match document.step()? {
            Step::Open(element) => element,
            Step::Close => continue,
            Step::End if bodies == 0 => return Err(missing()),
            Step::End => return Ok(()),
        };
        // The body is in the root element; its own content is in the third place.
        match (document.depth(), element.name.as_str()) {
            (2, "w:body") => bodies += 1,
            (3.., "w:p") => {
                let paragraph = document.tree(element, &UNREAD)?;
                paragraphs += 1;
                check_paragraph(paragraphs, &paragraph, looks, style, report);
                if let Some(sheet) = paragraph.child("w:pPr").and_then(|p| p.child("w:sectPr")) {
                    sections += 1;
                    check_section(sections, sheet, style, report);
                }
            }
            (3, "w:sectPr") => {
                let sheet = document.tree(element, &[])?;
                check_section(sections + 1, &sheet, style, report);
            }
            (1, _) | (3.., "w:sdt" | "w:sdtContent" | "w:ins" | "w:customXml") => {}
            _ => document.skip()?,
        }
    }
}

fn footers(container: &mut ZipArchive<Cursor<&[u8]>>) -> Result<Vec<Element>, InspectError> {
    let numbers = ["1", "2", "3", "4", "5", "6", ""];
    numbers
        .iter()
        .filter_map(|number| whole(container, &format!("word/footer{number}.xml")).transpose())
        .collect()
}

fn check_section(number: usize, sheet: &Element, style: &Style, report: &mut dyn FnMut(Deviation)) {
    let page = &style.page;
    let place = Place::Section(number);
    let value = |child: &str, name: &str| {
        let text = sheet.child(child)?.attribute(name)?;
        Some(text.parse::<i64>().ok()?.unsigned_abs().min(1 << 20) as u32)
    };
    let mut told = |measure, found: String, wanted: String| {
        report(Deviation { place: place.clone(), measure, found, wanted });
    };
    let (width, height) = (value("w:pgSz", "w:w"), value("w:pgSz", "w:h"));
    let near =
        |found: Option<u32>, wanted: u32| found.is_some_and(|found| found.abs_diff(wanted) <= TOLERANCE);
    if !near(width, page.width) || !near(height, page.height) {
        let size = |w: u32, h: u32| format!("{}mm × {}mm", millimetres(w), millimetres(h));
        let found = width.zip(height).map_or_else(|| "—".to_owned(), |(w, h)| size(w, h));
        told(Measure::Paper, found, size(page.width, page.height));
    }
    let sides = [
        (Measure::Top, "w:top", page.top),
        (Measure::Bottom, "w:bottom", page.bottom),
        (Measure::Left, "w:left", page.left),
        (Measure::Right, "w:right", page.right),
        (Measure::Footer, "w:footer", page.footer),
    ];
    for (measure, name, wanted) in sides {
        let found = value("w:pgMar", name);
        if !near(found, wanted) {
            let shown = |twips| format!("{}mm", millimetres(twips));
            told(measure, found.map_or_else(|| "—".to_owned(), shown), shown(wanted));
        }
    }
    // A grid of lines sets how many there are, unless the lines are exact (ECMA-376 §17.6.5).
    let grid = sheet.child("w:docGrid").filter(|grid| {
        grid.attribute("w:type").is_some_and(|kind| matches!(kind, "lines" | "linesAndChars" | "snapToChars"))
    });
    let pitch = grid.and_then(|_| value("w:docGrid", "w:linePitch"));
    let margins = value("w:pgMar", "w:top").zip(value("w:pgMar", "w:bottom"));
    if let (Some(pitch), Some(height), Some((top, bottom))) = (pitch, height, margins) {
        let lines = height.saturating_sub(top + bottom) / pitch.max(1);
        if lines != page.lines {
            told(Measure::Lines, lines.to_string(), page.lines.to_string());
        }
    }
}

fn check_footers(footers: &[Element], settings: &Element, report: &mut dyn FnMut(Deviation)) {
    let mut told = |measure, found: &str, wanted: &str| {
        let (found, wanted) = (found.to_owned(), wanted.to_owned());
        report(Deviation { place: Place::Document, measure, found, wanted });
    };
    let numbered: Vec<&Element> = footers.iter().filter(|footer| has_page_field(footer)).collect();
    if numbered.is_empty() {
        told(Measure::PageNumber, "—", "— 1 —");
        return;
    }
    for footer in &numbered {
        let text = text_of(footer);
        if text.matches('—').count() != 2 {
            told(Measure::Dashes, text.trim(), "— 1 —");
        }
    }
    if settings.child("w:evenAndOddHeaders").is_none_or(is_off) {
        told(Measure::OddEven, "—", "w:evenAndOddHeaders");
    }
}

fn has_page_field(element: &Element) -> bool {
    let is_page = |code: &str| code.split_whitespace().next() == Some("PAGE");
    match element.name.as_str() {
        "w:instrText" => is_page(&own_text(element)),
        "w:fldSimple" => element.attribute("w:instr").is_some_and(is_page) || below(element),
        _ => below(element),
    }
}

fn below(element: &Element) -> bool {
    element.elements().any(has_page_field)
}

fn check_paragraph(
    number: usize,
    paragraph: &Element,
    looks: &Looks,
    style: &Style,
    report: &mut dyn FnMut(Deviation),
) {
    let text = text_of(paragraph);
    let characters = text.chars().count();
    let look = looks.paragraph(paragraph);
    if characters <= style.page.characters as usize || look.is_centred() {
        return;
    }
    let place = || Place::Paragraph(number, text.trim().chars().take(12).collect());
    let mut told = |measure, found: String, wanted: String| {
        report(Deviation { place: place(), measure, found, wanted });
    };
    if text.starts_with(['\u{3000}', ' ']) {
        let blanks = text.chars().take_while(|c| c.is_whitespace()).count();
        told(Measure::Blanks, blanks.to_string(), "0".to_owned());
    } else if !look.hangs && look.indent_hundredths(style.sizes.body) != Some(200) {
        let found = look.indent_hundredths(style.sizes.body).unwrap_or(0);
        told(Measure::Indent, format!("{}", f64::from(found) / 100.0), "2".to_owned());
    }
    let points = |twips: u32| format!("{}pt", points(twips.cast_signed()));
    if look.exact_line() != Some(style.page.line) {
        let found = look.exact_line().map_or_else(|| "—".to_owned(), points);
        told(Measure::Pitch, found, points(style.page.line));
    }
    let runs = looks.runs(paragraph, &look);
    if let Some(size) = wrong(&runs, |look| (look.size != Some(style.sizes.body)).then_some(look.size)) {
        let found = size.map_or_else(|| "—".to_owned(), |size| points(size * 10));
        told(Measure::Size, found, points(style.sizes.body * 10));
    }
    let usual = [style.faces.body.as_str(), style.faces.title.as_str(), style.faces.edition.as_str()];
    let face = |look: &Look| {
        let known = look.face.as_deref().is_some_and(|face| usual.iter().any(|usual| same_face(face, usual)));
        (!known).then(|| look.face.clone())
    };
    if let Some(face) = wrong(&runs, face) {
        told(Measure::Face, face.unwrap_or_else(|| "—".to_owned()), style.faces.body.clone());
    }
}

/// The commonest wrong value, where it holds for more than a tenth of the text: a word set apart is none.
fn wrong<T: PartialEq + Clone>(runs: &[(usize, Look)], judge: impl Fn(&Look) -> Option<T>) -> Option<T> {
    let total: usize = runs.iter().map(|(characters, _)| characters).sum();
    let bad: Vec<(usize, T)> =
        runs.iter().filter_map(|(characters, look)| Some((*characters, judge(look)?))).collect();
    let sum: usize = bad.iter().map(|(characters, _)| characters).sum();
    let most = bad.iter().max_by_key(|(characters, _)| characters)?;
    (sum * 10 > total).then(|| most.1.clone())
}

/// 仿宋 and 仿宋_GB2312, FangSong and 仿宋 are one face under different names.
fn same_face(a: &str, b: &str) -> bool {
    const NAMES: [&[&str]; 3] = [
        &["仿宋", "仿宋_gb2312", "fangsong", "fangsong_gb2312", "stfangsong", "华文仿宋"],
        &["楷体", "楷体_gb2312", "kaiti", "kaiti_gb2312", "stkaiti", "华文楷体"],
        &["黑体", "simhei", "stheiti", "heiti sc"],
    ];
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    a == b || NAMES.iter().any(|names| names.contains(&a.as_str()) && names.contains(&b.as_str()))
}

/// What a paragraph, or anything else, says; text boxes in it do not count.
pub(super) fn text_of(element: &Element) -> String {
    let mut text = String::new();
    gather(element, &mut text);
    text
}

fn gather(element: &Element, text: &mut String) {
    match element.name.as_str() {
        "w:t" => text.push_str(&own_text(element)),
        "w:tab" if element.attributes.is_empty() => text.push('\t'),
        "w:del" | "w:pPr" | "w:rPr" | "w:txbxContent" | "mc:AlternateContent" => {}
        _ => element.elements().for_each(|child| gather(child, text)),
    }
}

/// The characters right below an element.
fn own_text(element: &Element) -> String {
    let parts = element.children.iter().filter_map(|node| match node {
        tree::Node::Text(part) => Some(part.as_str()),
        tree::Node::Element(_) => None,
    });
    parts.collect()
}

/// Whether a switch is turned off (ECMA-376 §17.17.4).
fn is_off(switch: &Element) -> bool {
    matches!(switch.attribute("w:val"), Some("0" | "false" | "off"))
}
