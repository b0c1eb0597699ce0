//! The style sheet: what a style says through its ancestors (ECMA-376 §17.7).

use std::collections::HashMap;

use super::properties::{self, ParagraphProperties, RunProperties};
use super::xml::{Token, Xml};
use crate::ReadError;

/// Word's size where nothing states one: 10 points.
const DEFAULT_SIZE: u16 = 20; // half-points
/// Ancestors that are followed; a style that is its own ancestor ends there too.
const ANCESTORS: usize = 32;

/// All styles of a document.
#[derive(Debug, Default)]
pub(crate) struct Styles {
    defaults: RunProperties,
    styles: HashMap<String, Style>,
    default_paragraph: Option<String>,
    theme: ThemeFonts,
}

/// East Asian faces of the theme by their name in `w:eastAsiaTheme`.
pub(crate) type ThemeFonts = HashMap<String, String>;

#[derive(Debug, Default)]
struct Style {
    parent: Option<String>,
    run: RunProperties,
    paragraph: ParagraphProperties,
}

/// What a paragraph's style says.
#[derive(Debug, Default)]
pub(crate) struct ParagraphStyle<'a> {
    pub(crate) justification: Option<&'a str>,
    pub(crate) outline: Option<i32>,
    pub(crate) list: Option<i32>,
    pub(crate) level: Option<i32>,
    pub(crate) breaks_before: Option<bool>,
    /// The style and its ancestors, nearest first.
    pub(crate) ids: Vec<&'a str>,
}

/// A run's look with all inheritance.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Look {
    pub(crate) bold: bool,
    pub(crate) hidden: bool,
    pub(crate) size: Option<u16>,
    pub(crate) font: Option<String>,
    pub(crate) latin: Option<String>,
}

impl Styles {
    fn chain<'a>(&'a self, id: Option<&'a str>) -> impl Iterator<Item = (&'a str, &'a Style)> {
        let entry = |id: &'a str| self.styles.get(id).map(|style| (id, style));
        let parent = move |(_, style): &(&'a str, &'a Style)| style.parent.as_deref().and_then(entry);
        std::iter::successors(id.and_then(entry), parent).take(ANCESTORS)
    }

    /// What the style of a paragraph says; the default style stands for none.
    pub(crate) fn paragraph<'a>(&'a self, id: Option<&'a str>) -> ParagraphStyle<'a> {
        let mut found = ParagraphStyle::default();
        for (id, style) in self.chain(id.or(self.default_paragraph.as_deref())) {
            let stated = &style.paragraph;
            found.justification = found.justification.or(stated.justification.as_deref());
            found.outline = found.outline.or(stated.outline);
            found.list = found.list.or(stated.list);
            found.level = found.level.or(stated.level);
            found.breaks_before = found.breaks_before.or(stated.breaks_before);
            found.ids.push(id);
        }
        found
    }

    /// The look of a run in a paragraph style.
    pub(crate) fn look(&self, paragraph: Option<&str>, run: &RunProperties) -> Look {
        let paragraph = paragraph.or(self.default_paragraph.as_deref());
        let of_paragraph: Vec<&RunProperties> = self.chain(paragraph).map(|(_, style)| &style.run).collect();
        let of_run: Vec<&RunProperties> =
            self.chain(run.style.as_deref()).map(|(_, style)| &style.run).collect();
        // A toggle in both style kinds takes itself back (ECMA-376 §17.7.3).
        let toggle = |get: fn(&RunProperties) -> Option<bool>| {
            let stated =
                |chain: &[&RunProperties]| chain.iter().find_map(|found| get(found)).unwrap_or(false);
            let of_styles = stated(&of_paragraph) ^ stated(&of_run);
            get(run).unwrap_or(of_styles || get(&self.defaults).unwrap_or(false))
        };
        let all = || [run].into_iter().chain(of_run.iter().copied()).chain(of_paragraph.iter().copied());
        let all = || all().chain([&self.defaults]);
        let font = all().find_map(|found| found.font.as_deref());
        Look {
            bold: toggle(|found| found.bold),
            hidden: toggle(|found| found.vanish),
            size: Some(all().find_map(|found| found.size).unwrap_or(DEFAULT_SIZE)),
            font: font.and_then(|font| self.face(font)),
            latin: all().find_map(|found| found.latin.clone()),
        }
    }

    fn face(&self, font: &str) -> Option<String> {
        match font.strip_prefix('+') {
            Some(name) => self.theme.get(name).cloned(),
            None => Some(font.to_owned()),
        }
    }

    /// The list of a style, for lists that are defined by a style.
    pub(crate) fn list(&self, id: &str) -> Option<i32> {
        self.styles.get(id)?.paragraph.list
    }
}

/// Parses the style sheet.
pub(crate) fn parse(text: &str, part: &str, depth: usize, theme: &ThemeFonts) -> Result<Styles, ReadError> {
    let mut styles = Styles { theme: theme.clone(), ..Styles::default() };
    let mut xml = Xml::new(text, part, depth);
    while let Some(token) = xml.next()? {
        let Token::Start(element) = token else { continue };
        match element.local() {
            "rPrDefault" => xml.children(|xml, element| {
                if element.local() == "rPr" {
                    styles.defaults = properties::run(xml)?;
                }
                Ok(false)
            })?,
            "style" => {
                let id = element.attribute("styleId").unwrap_or_default().into_owned();
                let is_paragraph = element.attribute("type").is_none_or(|kind| kind == "paragraph");
                let is_default =
                    element.attribute("default").is_some_and(|value| matches!(&*value, "1" | "true" | "on"));
                if is_paragraph && is_default {
                    styles.default_paragraph = Some(id.clone());
                }
                let style = style(&mut xml)?;
                styles.styles.insert(id, style);
            }
            "latentStyles" => xml.skip()?,
            _ => {}
        }
    }
    Ok(styles)
}

fn style(xml: &mut Xml) -> Result<Style, ReadError> {
    let mut found = Style::default();
    xml.children(|xml, element| {
        match element.local() {
            "basedOn" => found.parent = element.val().map(Into::into),
            "rPr" => found.run = properties::run(xml)?,
            "pPr" => found.paragraph = properties::paragraph(xml)?,
            _ => {}
        }
        Ok(false)
    })?;
    Ok(found)
}

/// Parses the East Asian faces of a theme (ECMA-376 §20.1.4.1).
pub(crate) fn theme_fonts(text: &str, part: &str) -> Result<ThemeFonts, ReadError> {
    /// A theme is shallow; what is deeper is none.
    const DEPTH: usize = 64;
    let mut fonts = ThemeFonts::new();
    let mut kind = "";
    let mut xml = Xml::new(text, part, DEPTH);
    while let Some(token) = xml.next()? {
        let Token::Start(element) = token else { continue };
        let face = element.attribute("typeface").filter(|face| !face.is_empty());
        match (element.local(), face) {
            ("majorFont", _) => kind = "majorEastAsia",
            ("minorFont", _) => kind = "minorEastAsia",
            ("ea", Some(face)) if !kind.is_empty() => {
                fonts.insert(kind.to_owned(), face.into_owned());
            }
            ("font", Some(face)) if element.attribute("script").is_some_and(|script| script == "Hans") => {
                fonts.entry(kind.to_owned()).or_insert_with(|| face.into_owned());
            }
            _ => {}
        }
    }
    Ok(fonts)
}
