//! Automatic numbers (ECMA-376 §17.9): lists, and the counting through them.

use std::collections::{HashMap, HashSet};

use jianbao_ms_doc::numbers::{self, NumberFormat};

use super::styles::Styles;
use super::symbols;
use super::unread::Unread;

/// Levels of a list.
pub(crate) const LEVELS: usize = 9;

/// All lists of a document.
#[derive(Default)]
pub(crate) struct Definitions {
    pub(crate) lists: Unread<i32, List>,
    pub(crate) instances: HashMap<i32, Instance>,
}

/// `w:abstractNum`.
#[derive(Debug, Default)]
pub(crate) struct List {
    pub(crate) levels: [Option<Level>; LEVELS],
    /// The style whose list this is in truth.
    pub(crate) by_style: Option<String>,
}

/// `w:num`: a use of a list with its own starts and levels.
#[derive(Debug, Default)]
pub(crate) struct Instance {
    pub(crate) list: i32,
    pub(crate) starts: [Option<i32>; LEVELS],
    pub(crate) levels: [Option<Level>; LEVELS],
}

/// What a level shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LevelFormat {
    /// The level's text, in the level's font.
    Bullet,
    Number(NumberFormat),
}

impl LevelFormat {
    /// The format of a code (MS-OSHARED 2.2.1.3 `MSONFC`); one that is no code counts as decimal.
    pub(crate) fn from_code(code: i32) -> Self {
        match u8::try_from(code).unwrap_or(0) {
            numbers::BULLET => Self::Bullet,
            code => Self::Number(NumberFormat::from_nfc(code)),
        }
    }
}

impl Default for LevelFormat {
    fn default() -> Self {
        Self::Number(NumberFormat::Decimal)
    }
}

/// `w:lvl`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Level {
    pub(crate) start: i32,
    pub(crate) format: LevelFormat,
    /// Text with `%1` to `%9` for the numbers.
    pub(crate) text: String,
    /// The level (from 1) after which it begins anew; 0 for never.
    pub(crate) restarts_after: Option<i32>,
    pub(crate) is_legal: bool,
    pub(crate) is_hidden: bool,
    pub(crate) style: Option<String>,
    pub(crate) font: Option<String>,
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
        let text = match level.format {
            LevelFormat::Bullet => {
                let font = level.font.as_deref().unwrap_or_default();
                symbols::bullet(font, &render(level, |_| None))
            }
            LevelFormat::Number(_) => render(level, |at| {
                let value = counters.get(at).copied().flatten().or_else(|| start_at(at))?;
                match level_at(at)?.format {
                    LevelFormat::Number(format) => Some((value, format)),
                    LevelFormat::Bullet => None,
                }
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
