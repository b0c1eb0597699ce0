//! How an element looks: the properties that it hands down, and those of its own.

use std::rc::Rc;

use jianbao_model::document::Alignment;

use super::css::{self, Sheet};
use super::fonts;
use super::tree::Element;

/// What elements hand down to those inside.
#[derive(Clone, Debug, Default)]
pub(super) struct Look {
    pub(super) bold: bool,
    /// In half-points.
    pub(super) size: Option<u16>,
    pub(super) font: Option<Rc<str>>,
    pub(super) alignment: Alignment,
    pub(super) heading: Option<u8>,
    pub(super) space: Space,
    /// `visibility` and `mso-hide`, which an element inside can take back.
    pub(super) is_invisible: bool,
    pub(super) list_style: Option<Rc<str>>,
}

/// What becomes of blanks (CSS Text 3, `white-space`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Space {
    /// Runs of blanks are one.
    #[default]
    Collapsed,
    /// Blanks and line ends are as written.
    Kept,
    /// The same in `<pre>`, where each line is a paragraph as Word takes it.
    Source,
    /// Line ends are as written, runs of blanks are one.
    Lines,
}

/// What an element does not hand down.
#[derive(Clone, Debug, Default)]
pub(super) struct Own {
    pub(super) display: Option<Rc<str>>,
    /// Word's own properties, by their names without `mso-`.
    pub(super) word: Vec<(String, String)>,
    pub(super) breaks_before: bool,
    pub(super) breaks_after: bool,
    /// A line is drawn around it.
    pub(super) is_ruled: bool,
    /// `font:7.0pt "Times New Roman"`: the blanks that Word puts between a number and its text.
    pub(super) is_padding: bool,
}

impl Own {
    /// One of Word's properties.
    pub(super) fn word(&self, name: &str) -> Option<&str> {
        let found = self.word.iter().rev().find(|(found, _)| found == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// The look of an element inside another.
pub(super) fn of(element: &Element, outer: &Look, sheet: &Sheet) -> (Look, Own) {
    let mut styling = Styling { look: outer.clone(), own: Own::default(), outer };
    styling.by_tag(element.tag());
    styling.by_attributes(element);
    for (name, value) in sheet.declared(element) {
        styling.declare(name, value);
    }
    for (name, value) in css::declarations(element.attribute("style").unwrap_or_default()) {
        styling.declare(&name, &value);
    }
    (styling.look, styling.own)
}

struct Styling<'a> {
    look: Look,
    own: Own,
    outer: &'a Look,
}

impl Styling<'_> {
    fn by_tag(&mut self, tag: &str) {
        match tag {
            "b" | "strong" | "th" => self.look.bold = true,
            "center" => self.look.alignment = Alignment::Center,
            "pre" | "textarea" | "listing" | "xmp" | "plaintext" => self.look.space = Space::Source,
            // List items inside of another list are not numbered by its style.
            "ol" | "ul" | "menu" | "dir" => self.look.list_style = None,
            "table" => self.look.alignment = Alignment::Body,
            _ => {
                let level = tag.strip_prefix('h').and_then(|level| level.parse::<u8>().ok());
                if let Some(level @ 1..=6) = level {
                    self.look.heading = Some(level);
                    self.look.bold = true;
                    // The sizes of the HTML standard's own style sheet (15.3.6), in hundredths.
                    let percent = [200, 150, 117, 100, 83, 67][usize::from(level) - 1];
                    self.look.size = fonts::scaled(self.outer.size, percent);
                }
            }
        }
    }

    fn by_attributes(&mut self, element: &Element) {
        let is_text = !matches!(element.tag(), "table" | "img" | "hr" | "iframe" | "object");
        if let Some(align) = element.attribute("align").filter(|_| is_text) {
            self.declare("text-align", align);
        }
        if element.tag() == "font" {
            if let Some(size) = element.attribute("size").and_then(fonts::legacy_size) {
                self.look.size = Some(size);
            }
            if let Some(face) = element.attribute("face") {
                self.declare("font-family", face);
            }
        }
        if element.tag() == "table" {
            self.own.is_ruled = element.attribute("border").is_some_and(|width| width.trim() != "0");
        }
    }

    fn declare(&mut self, name: &str, value: &str) {
        let lower = value.to_ascii_lowercase();
        match name {
            "display" => self.own.display = Some(lower.into()),
            "visibility" => self.look.is_invisible = matches!(&*lower, "hidden" | "collapse"),
            "mso-hide" => self.look.is_invisible = lower == "all",
            "text-align" => self.look.alignment = alignment(&lower),
            "font-weight" => self.look.bold = fonts::is_bold(&lower, self.outer.bold),
            "font-size" => self.look.size = fonts::size(&lower, self.outer.size).or(self.look.size),
            "font-family" | "mso-fareast-font-family" | "mso-symbol-font-family" => self.face(value),
            "font" => self.font(value),
            "white-space" => self.look.space = space(&lower),
            "list-style" | "list-style-type" => self.look.list_style = Some(value.into()),
            "page-break-before" | "break-before" => self.own.breaks_before = breaks(&lower),
            "page-break-after" | "break-after" => self.own.breaks_after = breaks(&lower),
            "mso-outline-level" => {
                self.look.heading = lower.parse().ok().filter(|level| (1..=9).contains(level));
            }
            _ if name.starts_with("border") => self.own.is_ruled |= is_ruled(name, &lower),
            _ => {
                if let Some(name) = name.strip_prefix("mso-") {
                    self.own.word.push((name.to_owned(), value.to_owned()));
                }
            }
        }
    }

    /// The face of Han characters: the first of the list.
    fn face(&mut self, value: &str) {
        let first = value.split(',').next().unwrap_or_default();
        let first = first.trim().trim_matches(['"', '\'']).trim();
        if !first.is_empty() && first != "inherit" {
            self.look.font = Some(first.into());
        }
    }

    /// The shorthand: style and weight, then size and height, then the faces.
    fn font(&mut self, value: &str) {
        let mut rest = value.trim();
        while let Some((word, after)) = rest.split_once(char::is_whitespace) {
            rest = after.trim_start();
            let word = word.to_ascii_lowercase();
            let size = fonts::size(word.split('/').next().unwrap_or_default(), self.outer.size);
            if word == "bold" || word == "bolder" {
                self.look.bold = true;
            } else if size.is_some() {
                self.look.size = size;
                self.own.is_padding = size == Some(14) && rest.contains("Times New Roman");
                self.face(rest);
                return;
            }
        }
    }
}

fn alignment(value: &str) -> Alignment {
    match value.trim() {
        "center" | "middle" | "-webkit-center" | "-moz-center" => Alignment::Center,
        "right" | "end" | "-webkit-right" => Alignment::Right,
        _ => Alignment::Body,
    }
}

fn space(value: &str) -> Space {
    match value {
        "pre" | "pre-wrap" | "break-spaces" => Space::Kept,
        "pre-line" => Space::Lines,
        _ => Space::Collapsed,
    }
}

fn breaks(value: &str) -> bool {
    matches!(value, "always" | "page" | "left" | "right")
}

/// Whether a border property draws a line; a colour or a collapse draws none.
fn is_ruled(name: &str, value: &str) -> bool {
    let is_line = ["solid", "double", "dotted", "dashed", "groove", "ridge", "inset", "outset"];
    !name.contains("color") && !name.contains("image") && is_line.iter().any(|line| value.contains(line))
}
