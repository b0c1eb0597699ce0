//! The style sheet and the theme's faces from their XML.

use super::properties;
use super::xml::{Element, Token, Xml};
use crate::ReadError;
use crate::word::styles::{Style, Styles, ThemeFonts};
use crate::word::unread::Unread;

/// Parses the style sheet up to the styles themselves, which are read when a text refers to them.
pub(crate) fn parse(text: String, part: &str, depth: usize, theme: ThemeFonts) -> Result<Styles, ReadError> {
    let mut styles = Styles { theme, ..Styles::default() };
    let mut places = Vec::new();
    let mut xml = Xml::new(&text, part, depth);
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
                if is_default_paragraph(&element) {
                    styles.default_paragraph = Some(id.clone());
                }
                places.push((id, xml.pass()?));
            }
            "latentStyles" => xml.skip()?,
            _ => {}
        }
    }
    let part = part.to_owned();
    styles.sheet = Unread::new(text, places, Box::new(move |text| style(text, &part, depth)));
    Ok(styles)
}

fn is_default_paragraph(style: &Element) -> bool {
    let is_paragraph = style.attribute("type").is_none_or(|kind| kind == "paragraph");
    is_paragraph && style.attribute("default").is_some_and(|value| matches!(&*value, "1" | "true" | "on"))
}

/// Reads one style, `w:style` and all.
fn style(text: &str, part: &str, depth: usize) -> Result<Style, ReadError> {
    let mut found = Style::default();
    let mut xml = Xml::new(text, part, depth);
    xml.next()?;
    xml.children(|xml, element| {
        match element.local() {
            "basedOn" => found.parent = element.val().map(Into::into),
            "rPr" => found.run = properties::run(xml)?,
            "pPr" => found.paragraph = properties::paragraph(xml)?.0,
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
        let face = || element.attribute("typeface").filter(|face| !face.is_empty());
        match element.local() {
            // Colours and effects are most of a theme.
            "clrScheme" | "fmtScheme" => xml.skip()?,
            "majorFont" => kind = "majorEastAsia",
            "minorFont" => kind = "minorEastAsia",
            "ea" if !kind.is_empty() => {
                fonts.extend(face().map(|face| (kind.to_owned(), face.into_owned())));
            }
            "font" if element.attribute("script").is_some_and(|script| script == "Hans") => {
                if let Some(face) = face() {
                    fonts.entry(kind.to_owned()).or_insert_with(|| face.into_owned());
                }
            }
            _ => {}
        }
    }
    Ok(fonts)
}
