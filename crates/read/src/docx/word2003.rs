//! The XML of Word 2003 (WordprocessingML 2003), which many office systems fill into templates.
//!
//! Covered: what the .docx reader covers, as far as the format has it: notes, comments, headers and
//! footers stand in the text, revisions are annotations, lists have codes, pictures are base 64.

use std::collections::HashMap;
use std::ops::Range;

use jianbao_model::document::Image;
use jianbao_model::{Diagnosed, Format, SourceDocument, SourceId};

use super::flat_opc::from_base64;
use super::parsed::Parsed;
use super::xml::{Token, Xml};
use super::{missing, numbering, parse, styles};
use crate::reader::{Source, has_text};
use crate::word::blocks::Context;
use crate::word::content::Story;
use crate::word::notes::NoteMarks;
use crate::word::styles::ThemeFonts;
use crate::word::whole::Whole;
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
    let lists = inside(places.lists).unwrap_or_default().to_owned();
    let definitions = numbering::parse(lists, PART, limits.depth)?;
    let body = inside(places.body).ok_or_else(|| ReadError::Damaged { what: PART.to_owned() })?;
    let parsed = parse::parse(body, PART, limits)?;
    let images = images(body, limits)?;
    let mut note_marks = NoteMarks::default();
    note_marks.change(&parsed.note_marks);
    let context = Context {
        styles: &styles,
        definitions: &definitions,
        part: None,
        images: &images,
        notes: None,
        note_marks,
    };
    let mut told = parsed.unknown_elements(PART);
    let margins = margins(body, &parsed.own_margins, limits)?;
    let Parsed { stories, notes, comments, .. } = parsed;
    let whole = Whole { body: stories, notes, margins, comments };
    let mut document = whole.fill(SourceDocument::new(source.id, source.name, Format::WordXml), context);
    document.diagnostics.append(&mut told);
    // What is wrong in a style or list is known only once a text has referred to it.
    for fault in [styles.sheet.fault(), definitions.lists.fault()].into_iter().flatten() {
        document.diagnostics.push(missing(PART, fault.clone())?);
    }
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

fn margins(
    body: &str,
    places: &[(bool, Range<usize>)],
    limits: &Limits,
) -> Result<Vec<(bool, Story)>, ReadError> {
    let mut margins = Vec::new();
    for (is_header, place) in places {
        let parsed = parse::parse(body.get(place.clone()).unwrap_or_default(), PART, limits)?;
        margins.extend(parsed.stories.into_iter().map(|story| (*is_header, story)));
    }
    Ok(margins)
}

/// The pictures by the names under which the text has them.
fn images(body: &str, limits: &Limits) -> Result<HashMap<String, Image>, ReadError> {
    let mut found = HashMap::new();
    binary(body, limits, |name, bytes| {
        let hash = Some(SourceId::of(&bytes));
        found.insert(name.clone(), Image { name, bytes: bytes.len() as u64, hash });
    })?;
    Ok(found)
}

/// Hands over the pictures of a file's text.
pub(super) fn pictures(text: &str, limits: &Limits, each: &mut dyn FnMut(Vec<u8>)) -> Result<(), ReadError> {
    let body = places(text, limits)?.body.and_then(|place| text.get(place)).unwrap_or_default();
    binary(body, limits, |_, bytes| each(bytes))
}

/// Hands over the binary data of a body with their names.
fn binary(body: &str, limits: &Limits, mut each: impl FnMut(String, Vec<u8>)) -> Result<(), ReadError> {
    let mut xml = Xml::new(body, PART, limits.depth);
    let mut name = None;
    while let Some(token) = xml.next()? {
        match token {
            Token::Start(element) if element.local() == "binData" => {
                name = element.attribute("name").map(std::borrow::Cow::into_owned);
            }
            Token::Text(text) => {
                let Some(name) = name.take() else { continue };
                each(name, from_base64(&text));
            }
            Token::End => name = None,
            Token::Start(_) => {}
        }
    }
    Ok(())
}
