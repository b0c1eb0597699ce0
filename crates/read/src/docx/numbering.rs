//! Automatic numbers (ECMA-376 §17.9): the lists of `numbering.xml` and the counting through them.

use std::collections::{HashMap, HashSet};

use jianbao_ms_doc::numbers::{self, NumberFormat};

use super::properties;
use super::styles::Styles;
use super::symbols;
use super::xml::{Element, Token, Xml};
use crate::ReadError;

/// Levels of a list.
const LEVELS: usize = 9;

/// All lists of a document.
#[derive(Debug, Default)]
pub(crate) struct Definitions {
    lists: HashMap<i32, List>,
    instances: HashMap<i32, Instance>,
}

/// `w:abstractNum`.
#[derive(Debug, Default)]
struct List {
    levels: [Option<Level>; LEVELS],
    /// The style whose list this is in truth.
    by_style: Option<String>,
}

/// `w:num`: a use of a list with its own starts and levels.
#[derive(Debug, Default)]
struct Instance {
    list: i32,
    starts: [Option<i32>; LEVELS],
    levels: [Option<Level>; LEVELS],
}

/// `w:lvl`.
#[derive(Clone, Debug, Default)]
struct Level {
    start: i32,
    format: String,
    /// Text with `%1` to `%9` for the numbers.
    text: String,
    /// The level (from 1) after which it begins anew; 0 for never.
    restarts_after: Option<i32>,
    is_legal: bool,
    is_hidden: bool,
    style: Option<String>,
    font: Option<String>,
}

/// Parses the lists.
pub(crate) fn parse(text: &str, part: &str, depth: usize) -> Result<Definitions, ReadError> {
    let mut found = Definitions::default();
    let mut xml = Xml::new(text, part, depth);
    while let Some(token) = xml.next()? {
        let Token::Start(element) = token else { continue };
        match element.local() {
            "abstractNum" => {
                let id = id(&element, "abstractNumId");
                found.lists.insert(id, list(&mut xml)?);
            }
            "num" => {
                let id = id(&element, "numId");
                found.instances.insert(id, instance(&mut xml)?);
            }
            "numPicBullet" => xml.skip()?,
            _ => {}
        }
    }
    Ok(found)
}

fn id(element: &Element, name: &str) -> i32 {
    element.attribute(name).and_then(|id| id.trim().parse().ok()).unwrap_or(-1)
}

fn level_index(element: &Element) -> Option<usize> {
    element.attribute("ilvl")?.trim().parse().ok().filter(|&index| index < LEVELS)
}

fn list(xml: &mut Xml) -> Result<List, ReadError> {
    let mut found = List::default();
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
            "abstractNumId" => found.list = element.number().unwrap_or(-1),
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
    let mut found = Level { format: "decimal".to_owned(), ..Level::default() };
    xml.children(|xml, element| {
        match element.local() {
            "start" => found.start = element.number().unwrap_or(0),
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

/// The format's name; a custom one is given by its first numbers: `01, 02, 03, ...`.
fn number_format(element: &Element) -> String {
    match (element.val().as_deref(), element.attribute("format").as_deref()) {
        (Some("custom"), Some(format)) if format.starts_with("01,") => "decimalZero".to_owned(),
        (Some("custom") | None, _) => "decimal".to_owned(),
        (Some(name), _) => name.to_owned(),
    }
}

impl Definitions {
    fn list(&self, instance: &Instance, styles: &Styles) -> Option<(i32, &List)> {
        let list = self.lists.get(&instance.list)?;
        let linked = || {
            let instance = self.instances.get(&styles.list(list.by_style.as_deref()?)?)?;
            Some((instance.list, self.lists.get(&instance.list)?))
        };
        Some(linked().unwrap_or((instance.list, list)))
    }

    /// The level of a list that a style is linked to.
    pub(crate) fn level_of_style(&self, list: i32, styles: &[&str]) -> Option<i32> {
        let instance = self.instances.get(&list)?;
        let levels = &self.lists.get(&instance.list)?.levels;
        let is_linked = |level: &Option<Level>| {
            let style = level.as_ref().and_then(|level| level.style.as_deref());
            style.is_some_and(|style| styles.first() == Some(&style))
        };
        levels.iter().position(is_linked).and_then(|level| i32::try_from(level).ok())
    }
}

/// The counters of a story, at the place that the converter has reached.
#[derive(Debug, Default)]
pub(crate) struct Numbering {
    counters: HashMap<i32, [Option<i32>; LEVELS]>,
    /// Instances and levels whose own start has been used.
    started: HashSet<(i32, usize)>,
}

impl Numbering {
    /// Counts a paragraph and gives its number; `None` when it shows none.
    pub(crate) fn next(
        &mut self,
        id: i32,
        at: usize,
        definitions: &Definitions,
        styles: &Styles,
    ) -> Option<String> {
        let instance = definitions.instances.get(&id)?;
        let (list, levels) = definitions.list(instance, styles)?;
        let level_at = |at: usize| {
            let own = instance.levels.get(at)?.as_ref();
            own.or(levels.levels.get(at)?.as_ref())
        };
        let start_at = |at: usize| {
            let own = instance.starts.get(at).copied().flatten();
            own.or_else(|| level_at(at).map(|level| level.start))
        };
        let level = level_at(at)?;
        let own_start = instance.starts.get(at).copied().flatten();
        let restart = own_start.filter(|_| self.started.insert((id, at)));
        let counters = self.counters.entry(list).or_default();
        // A level that is used before the levels above it counts them as begun.
        for (above, counter) in counters.iter_mut().enumerate().take(at) {
            *counter = counter.or_else(|| start_at(above));
        }
        let counter = counters.get_mut(at)?;
        *counter = match (restart, *counter) {
            (Some(start), _) => Some(start),
            (None, Some(last)) => Some(last.saturating_add(1)),
            (None, None) => start_at(at),
        };
        for (deeper, counter) in counters.iter_mut().enumerate().skip(at + 1) {
            let limit = level_at(deeper).and_then(|level| level.restarts_after);
            if limit.is_none_or(|limit| (at as i32) < limit) {
                *counter = None;
            }
        }
        let counters = *counters;
        if level.is_hidden {
            return None;
        }
        let text = match level.format.as_str() {
            "bullet" => symbols::bullet(level.font.as_deref().unwrap_or_default(), &level.text),
            "none" => level.text.replace(['%', '1', '2', '3', '4', '5', '6', '7', '8', '9'], ""),
            _ => render(level, |at| {
                let value = counters.get(at).copied().flatten().or_else(|| start_at(at))?;
                Some((value, NumberFormat::from_name(&level_at(at)?.format)))
            }),
        };
        Some(text).filter(|text| !text.trim().is_empty())
    }
}

/// The level's text with each number in its place.
fn render(level: &Level, number: impl Fn(usize) -> Option<(i32, NumberFormat)>) -> String {
    let mut text = String::new();
    let mut characters = level.text.chars().peekable();
    while let Some(character) = characters.next() {
        let digit = characters.peek().and_then(|next| next.to_digit(10)).filter(|digit| *digit > 0);
        let Some(digit) = digit.filter(|_| character == '%') else {
            text.push(character);
            continue;
        };
        characters.next();
        let Some((value, mut format)) = number(digit as usize - 1) else { continue };
        // ECMA-376 §17.9.4.
        if level.is_legal && format != NumberFormat::DecimalZero && format != NumberFormat::None {
            format = NumberFormat::Decimal;
        }
        text.push_str(&numbers::format(value, format));
    }
    text
}
