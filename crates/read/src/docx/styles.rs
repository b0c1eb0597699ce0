//! The style sheet and the theme's faces from their XML.

use super::properties;
use super::xml::{Token, Xml};
use crate::ReadError;
use crate::word::styles::{Style, Styles, ThemeFonts};

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
