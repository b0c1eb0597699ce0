//! The lists of `numbering.xml` (ECMA-376 §17.9) from their XML, and those of Word 2003, which are the
//! same under other names.

use jianbao_ms_doc::numbers::NumberFormat;

use super::properties;
use super::xml::{Element, Token, Xml};
use crate::ReadError;
use crate::word::numbering::{Definitions, Instance, LEVELS, Level, LevelFormat, List};
use crate::word::unread::Unread;

/// Parses the numbering up to the lists themselves, which are read when a text refers to them.
pub(crate) fn parse(text: String, part: &str, depth: usize) -> Result<Definitions, ReadError> {
    let mut found = Definitions::default();
    let mut places = Vec::new();
    let mut xml = Xml::new(&text, part, depth);
    while let Some(token) = xml.next()? {
        let Token::Start(element) = token else { continue };
        match element.local() {
            "abstractNum" | "listDef" => {
                let id = id(&element, &["abstractNumId", "listDefId"]);
                places.push((id, xml.pass()?));
            }
            "num" | "list" => {
                let id = id(&element, &["numId", "ilfo"]);
                found.instances.insert(id, instance(&mut xml)?);
            }
            "numPicBullet" => xml.skip()?,
            _ => {}
        }
    }
    let part = part.to_owned();
    found.lists = Unread::new(text, places, Box::new(move |text| list(text, &part, depth)));
    Ok(found)
}

fn id(element: &Element, names: &[&str]) -> i32 {
    names.iter().find_map(|name| element.attribute(name)).and_then(|id| id.trim().parse().ok()).unwrap_or(-1)
}

fn level_index(element: &Element) -> Option<usize> {
    element.attribute("ilvl")?.trim().parse().ok().filter(|&index| index < LEVELS)
}

/// Reads one list, `w:abstractNum` and all.
fn list(text: &str, part: &str, depth: usize) -> Result<List, ReadError> {
    let mut found = List::default();
    let mut xml = Xml::new(text, part, depth);
    xml.next()?;
    xml.children(|xml, element| {
        match element.local() {
            "lvl" => {
                if let Some(index) = level_index(element) {
                    found.levels[index] = Some(level(xml)?);
                }
            }
            "numStyleLink" => found.by_style = element.val().map(Into::into),
            _ => {}
        }
        Ok(false)
    })?;
    Ok(found)
}

fn instance(xml: &mut Xml) -> Result<Instance, ReadError> {
    let mut found = Instance { list: -1, ..Instance::default() };
    xml.children(|xml, element| {
        match element.local() {
            "abstractNumId" | "ilst" => found.list = element.number().unwrap_or(-1),
            "lvlOverride" => {
                let Some(index) = level_index(element) else { return Ok(false) };
                xml.children(|xml, element| {
                    match element.local() {
                        "startOverride" => found.starts[index] = element.number(),
                        "lvl" => found.levels[index] = Some(level(xml)?),
                        _ => {}
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

fn level(xml: &mut Xml) -> Result<Level, ReadError> {
    // Without `w:start` a level begins with 0 (ECMA-376 §17.9.25).
    let mut found = Level::default();
    xml.children(|xml, element| {
        match element.local() {
            "start" => found.start = element.number().unwrap_or(0),
            "nfc" => found.format = LevelFormat::from_code(element.number().unwrap_or(0)),
            "numFmt" => found.format = number_format(element),
            "lvlText" => found.text = element.val().unwrap_or_default().into_owned(),
            "lvlRestart" => found.restarts_after = element.number(),
            "isLgl" => found.is_legal = element.is_on(),
            "pStyle" => found.style = element.val().map(Into::into),
            "rPr" => {
                let format = properties::run(xml)?;
                found.is_hidden = format.vanish == Some(true);
                found.font = format.latin;
            }
            // The newer branch names a custom format, which the older one repeats as a usual one.
            "AlternateContent" | "Choice" | "Fallback" => return Ok(true),
            _ => {}
        }
        Ok(false)
    })?;
    Ok(found)
}

/// The format; a custom one is given by its first numbers: `01, 02, 03, ...`.
fn number_format(element: &Element) -> LevelFormat {
    match (element.val().as_deref(), element.attribute("format").as_deref()) {
        (Some("custom"), Some(format)) if format.starts_with("01,") => {
            LevelFormat::Number(NumberFormat::DecimalZero)
        }
        (Some("custom") | None, _) => LevelFormat::default(),
        (Some("bullet"), _) => LevelFormat::Bullet,
        (Some(name), _) => LevelFormat::Number(NumberFormat::from_name(name)),
    }
}
