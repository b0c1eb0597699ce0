//! The XML of Word 2003 (WordprocessingML 2003), which many office systems fill into templates.
//!
//! Covered: what the .docx reader covers, as far as the format has it: notes, comments, headers and
//! footers stand in the text, revisions are annotations, lists have codes, pictures are base 64.

use std::collections::HashMap;
use std::ops::Range;

use jianbao_model::document::Image;
use jianbao_model::{Diagnosed, DropReason, Dropped, Format, Origin, SourceDocument, SourceId};

use super::flat_opc::from_base64;
use super::parsed::Parsed;
use super::xml::{Token, Xml};
use super::{numbering, parse, styles};
use crate::margins::{Beside, Margins};
use crate::reader::{Source, has_text};
use crate::word::blocks::{Context, Converter, Shown};
use crate::word::content::Story;
use crate::word::notes::{NoteMarks, Notes};
use crate::word::numbering::{Definitions, Instance, List};
use crate::word::styles::ThemeFonts;
use crate::{Limits, ReadError};

/// What the text is called in diagnostics.
const PART: &str = "w:wordDocument";

/// The parts of a file by their places.
#[derive(Default)]
struct Places {
    styles: Option<Range<usize>>,
    lists: Option<Range<usize>>,
    body: Option<Range<usize>>,
}

/// Reads a file's text.
pub(super) fn read(
    source: Source,
    text: &str,
    limits: &Limits,
) -> Result<Diagnosed<SourceDocument>, ReadError> {
    let places = places(text, limits)?;
    let inside = |place: Option<Range<usize>>| place.and_then(|place| text.get(place));
    let sheet = inside(places.styles).unwrap_or_default().to_owned();
    let styles = styles::parse(sheet, PART, limits.depth, ThemeFonts::new())?;
    let definitions = match inside(places.lists) {
        Some(lists) => definitions(lists, limits)?,
        None => Definitions::default(),
    };
    let body = inside(places.body).ok_or_else(|| ReadError::Damaged { what: PART.to_owned() })?;
    let parsed = parse::parse(body, PART, limits)?;
    let images = images(body, limits)?;
    let mut document = Diagnosed::clean(SourceDocument::new(source.id, source.name, Format::WordXml));
    let context = Context {
        styles: &styles,
        definitions: &definitions,
        part: None,
        images: &images,
        notes: None,
        note_marks: NoteMarks::default(),
    };
    fill(&mut document, &parsed, context);
    margins(&mut document, body, &parsed, context, limits)?;
    if !has_text(&document.value) {
        return Err(ReadError::NoText);
    }
    Ok(document)
}

fn places(text: &str, limits: &Limits) -> Result<Places, ReadError> {
    let mut places = Places::default();
    let mut xml = Xml::new(text, PART, limits.depth);
    while let Some(token) = xml.next()? {
        let Token::Start(element) = token else { continue };
        match element.local() {
            "wordDocument" => {}
            "styles" => places.styles = Some(xml.pass()?),
            "lists" => places.lists = Some(xml.pass()?),
            "body" => places.body = Some(xml.pass()?),
            _ => xml.skip()?,
        }
    }
    Ok(places)
}

/// Puts the stories and what is beside them into the document.
fn fill(document: &mut Diagnosed<SourceDocument>, parsed: &Parsed, context: Context) {
    let mut notes = Notes::new();
    let mut beside = Shown::default();
    for (kind, note) in &parsed.notes {
        let mut shown = convert(context, note);
        notes.insert((*kind, note.id.clone()), std::mem::take(&mut shown.blocks));
        beside.append(shown);
    }
    let mut note_marks = NoteMarks::default();
    note_marks.change(&parsed.note_marks);
    for story in &parsed.stories {
        let mut shown = convert(Context { notes: Some(&notes), note_marks, ..context }, story);
        document.value.blocks.append(&mut shown.blocks);
        beside.append(shown);
    }
    document.value.dropped.append(&mut beside.dropped);
    document.diagnostics.append(&mut beside.diagnostics);
    document.diagnostics.extend(parsed.unknown_elements(PART));
    document.value.dropped.extend(parsed.comments.iter().filter_map(comment));
}

fn convert(context: Context, story: &Story) -> Shown {
    let mut converter = Converter::new(context);
    converter.story(story);
    converter.finish()
}

fn comment(comment: &Story) -> Option<Dropped> {
    let text = comment.plain_text();
    let origin = Origin::Paragraph { paragraph: comment.first_paragraph() };
    (!text.trim().is_empty()).then_some(Dropped { reason: DropReason::Comment, text, origin })
}

fn margins(
    document: &mut Diagnosed<SourceDocument>,
    body: &str,
    parsed: &Parsed,
    context: Context,
    limits: &Limits,
) -> Result<(), ReadError> {
    let mut margins = Margins::default();
    for (is_header, place) in &parsed.own_margins {
        let text = body.get(place.clone()).unwrap_or_default();
        for story in &parse::parse(text, PART, limits)?.stories {
            let mut shown = convert(context, story);
            for block in std::mem::take(&mut shown.blocks) {
                margins.add(block, *is_header, &mut Beside::of(&mut document.value));
            }
            document.value.dropped.append(&mut shown.dropped);
            document.diagnostics.append(&mut shown.diagnostics);
        }
    }
    Ok(())
}

/// Reads `w:lists`: `w:listDef` is a list, `w:list` a use of one.
fn definitions(text: &str, limits: &Limits) -> Result<Definitions, ReadError> {
    let mut found = Definitions::default();
    let mut xml = Xml::new(text, PART, limits.depth);
    while let Some(token) = xml.next()? {
        let Token::Start(element) = token else { continue };
        match element.local() {
            "listDef" => {
                let id = numbering::id(&element, "listDefId");
                found.lists.insert(id, list(&mut xml)?);
            }
            "list" => {
                let id = numbering::id(&element, "ilfo");
                found.instances.insert(id, instance(&mut xml)?);
            }
            _ => {}
        }
    }
    Ok(found)
}

fn list(xml: &mut Xml) -> Result<List, ReadError> {
    let mut found = List::default();
    xml.children(|xml, element| {
        if element.local() == "lvl"
            && let Some(index) = numbering::level_index(element)
        {
            found.levels[index] = Some(numbering::level(xml)?);
        }
        Ok(false)
    })?;
    Ok(found)
}

fn instance(xml: &mut Xml) -> Result<Instance, ReadError> {
    let mut found = Instance { list: -1, ..Instance::default() };
    xml.children(|xml, element| {
        match element.local() {
            "ilst" => found.list = element.number().unwrap_or(-1),
            "lvlOverride" => {
                let Some(index) = numbering::level_index(element) else { return Ok(false) };
                xml.children(|_, element| {
                    if element.local() == "startOverride" {
                        found.starts[index] = element.number();
                    }
                    Ok(false)
                })?;
            }
            _ => {}
        }
        Ok(false)
    })?;
    Ok(found)
}

/// The pictures by the names under which the text has them.
fn images(body: &str, limits: &Limits) -> Result<HashMap<String, Image>, ReadError> {
    let mut found = HashMap::new();
    let mut xml = Xml::new(body, PART, limits.depth);
    let mut name = None;
    while let Some(token) = xml.next()? {
        match token {
            Token::Start(element) if element.local() == "binData" => {
                name = element.attribute("name").map(std::borrow::Cow::into_owned);
            }
            Token::Text(text) => {
                let Some(name) = name.take() else { continue };
                let bytes = from_base64(&text);
                let hash = Some(SourceId::of(&bytes));
                let image = Image { name: name.clone(), bytes: bytes.len() as u64, hash };
                found.insert(name, image);
            }
            _ => {}
        }
    }
    Ok(found)
}
