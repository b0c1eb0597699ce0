//! The style sheet: what a style says through its ancestors (ECMA-376 §17.7).

use std::collections::HashMap;

use super::properties::{ParagraphProperties, RunProperties};
use super::unread::Unread;

/// Word's size where nothing states one: 10 points.
const DEFAULT_SIZE: u16 = 20; // half-points
/// Ancestors that are followed; a style that is its own ancestor ends there too.
const ANCESTORS: usize = 32;

/// All styles of a document.
#[derive(Default)]
pub(crate) struct Styles {
    /// What holds where no style says anything.
    pub(crate) defaults: RunProperties,
    /// The style of paragraphs that name none.
    pub(crate) default_paragraph: Option<String>,
    pub(crate) theme: ThemeFonts,
    pub(crate) sheet: Unread<String, Style>,
}

/// East Asian faces of the theme by their name in `w:eastAsiaTheme`.
pub(crate) type ThemeFonts = HashMap<String, String>;

/// One style.
#[derive(Debug, Default)]
pub(crate) struct Style {
    /// The style that it is based on.
    pub(crate) parent: Option<String>,
    pub(crate) run: RunProperties,
    pub(crate) paragraph: ParagraphProperties,
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
pub(crate) struct Look<'a> {
    pub(crate) bold: bool,
    pub(crate) hidden: bool,
    pub(crate) size: Option<u16>,
    pub(crate) font: Option<&'a str>,
    pub(crate) latin: Option<&'a str>,
}

/// What the styles of a run say: that of its paragraph and its own, each with its ancestors.
struct Said<'a> {
    of_paragraph: Vec<&'a RunProperties>,
    of_run: Vec<&'a RunProperties>,
}

impl Styles {
    fn chain<'a>(&'a self, id: Option<&'a str>) -> impl Iterator<Item = (&'a str, &'a Style)> {
        let entry = |id: &'a str| self.sheet.get(id).map(|style| (id, style));
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
    pub(crate) fn look<'a>(&'a self, paragraph: Option<&'a str>, run: &'a RunProperties) -> Look<'a> {
        let said = self.said(paragraph, run);
        let styles = || said.of_run.iter().chain(&said.of_paragraph).copied();
        let all = || [run].into_iter().chain(styles()).chain([&self.defaults]);
        let font = all().find_map(|found| found.font.as_deref());
        Look {
            bold: self.toggle(run, &said, |found| found.bold),
            hidden: self.toggle(run, &said, |found| found.vanish),
            size: Some(all().find_map(|found| found.size).unwrap_or(DEFAULT_SIZE)),
            font: font.and_then(|font| self.face(font)),
            latin: all().find_map(|found| found.latin.as_deref()),
        }
    }

    /// Whether a run in a paragraph style is hidden.
    pub(crate) fn hides(&self, paragraph: Option<&str>, run: &RunProperties) -> bool {
        self.toggle(run, &self.said(paragraph, run), |found| found.vanish)
    }

    fn said<'a>(&'a self, paragraph: Option<&'a str>, run: &'a RunProperties) -> Said<'a> {
        let runs = |id| self.chain(id).map(|(_, style)| &style.run).collect();
        let paragraph = paragraph.or(self.default_paragraph.as_deref());
        Said { of_paragraph: runs(paragraph), of_run: runs(run.style.as_deref()) }
    }

    /// A toggle in both style kinds takes itself back (ECMA-376 §17.7.3).
    fn toggle(&self, run: &RunProperties, said: &Said, get: fn(&RunProperties) -> Option<bool>) -> bool {
        let stated = |chain: &[&RunProperties]| chain.iter().find_map(|found| get(found)).unwrap_or(false);
        let of_styles = || stated(&said.of_paragraph) ^ stated(&said.of_run);
        get(run).unwrap_or_else(|| of_styles() || get(&self.defaults).unwrap_or(false))
    }

    fn face<'a>(&'a self, font: &'a str) -> Option<&'a str> {
        match font.strip_prefix('+') {
            Some(name) => self.theme.get(name).map(String::as_str),
            None => Some(font),
        }
    }

    /// The list of a style, for lists that are defined by a style.
    pub(crate) fn list(&self, id: &str) -> Option<i32> {
        self.sheet.get(id)?.paragraph.list
    }
}
