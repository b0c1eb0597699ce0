//! List tables (RTF 1.9.1, "List Table" and "List Override Table") to the lists of a document.

use crate::word::numbering::{Definitions, Instance, LEVELS, Level, LevelFormat, List};

/// Gathers the lists while their tables are read.
#[derive(Default)]
pub(super) struct Lists {
    pub(super) definitions: Definitions,
    list: List,
    instance: Instance,
    /// Level in the list, level in the override: the next one.
    next_level: usize,
    next_override: usize,
    level: Option<Level>,
    /// Text of the level that is open, as it is in the file.
    pub(super) text: String,
    in_override: bool,
    in_override_level: bool,
}

/// What the end of a group of the tables means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    List,
    Level,
    LevelText,
    Override,
    OverrideLevel,
}

impl Lists {
    /// Begins a part; its group's end calls [`end`](Self::end).
    pub(super) fn begin(&mut self, part: Part) {
        match part {
            Part::List => {
                self.list = List::default();
                self.next_level = 0;
            }
            Part::Level => self.level = Some(Level { start: 1, ..Level::default() }),
            Part::LevelText => self.text.clear(),
            Part::Override => {
                self.instance = Instance { list: -1, ..Instance::default() };
                self.in_override = true;
                self.next_override = 0;
            }
            Part::OverrideLevel => self.in_override_level = true,
        }
    }

    /// Ends a part.
    pub(super) fn end(&mut self, part: Part) {
        match part {
            // The number came within the group.
            Part::List => {}
            Part::Level => self.end_level(),
            Part::LevelText => {
                let text = level_text(&self.text);
                if let Some(level) = &mut self.level {
                    level.text = text;
                }
            }
            Part::Override => self.in_override = false,
            Part::OverrideLevel => {
                self.in_override_level = false;
                self.next_override += 1;
            }
        }
    }

    fn end_level(&mut self) {
        let level = self.level.take();
        let place = if self.in_override_level {
            self.instance.levels.get_mut(self.next_override)
        } else {
            let place = self.list.levels.get_mut(self.next_level);
            self.next_level += 1;
            place
        };
        if let Some(place) = place {
            *place = level;
        }
    }

    /// A control word of the tables.
    pub(super) fn word(&mut self, word: &str, parameter: Option<i32>) {
        let number = parameter.unwrap_or(0);
        match word {
            "listid" if self.in_override => self.instance.list = number,
            "listid" => {
                self.definitions.lists.insert(number, std::mem::take(&mut self.list));
            }
            "ls" if self.in_override => {
                self.definitions.instances.insert(number, std::mem::take(&mut self.instance));
            }
            "levelstartat" if self.level.is_none() && self.in_override_level => {
                if let Some(start) = self.instance.starts.get_mut(self.next_override) {
                    *start = Some(number);
                }
            }
            _ => self.level_word(word, parameter),
        }
    }

    fn level_word(&mut self, word: &str, parameter: Option<i32>) {
        let Some(level) = &mut self.level else { return };
        let number = parameter.unwrap_or(0);
        match word {
            // The newer word stands behind the older one and says more.
            "levelnfc" | "levelnfcn" => level.format = LevelFormat::from_code(number),
            "levelstartat" => level.start = number,
            "levellegal" => level.is_legal = parameter != Some(0),
            "levelnorestart" if parameter != Some(0) => level.restarts_after = Some(0),
            "v" => level.is_hidden = parameter != Some(0),
            _ => {}
        }
    }

    /// The font of the level that is open, for its bullet.
    pub(super) fn set_font(&mut self, name: &str) {
        if let Some(level) = &mut self.level {
            level.font = Some(name.to_owned());
        }
    }
}

/// The text with its length in front and numbers 0 to 8 for levels, to the form `%1、`.
fn level_text(text: &str) -> String {
    let mut characters = text.chars();
    let length = characters.next().map_or(0, u32::from) as usize;
    let mut shown = String::new();
    for character in characters.take(length) {
        match u32::from(character) {
            level @ 0..=8 if (level as usize) < LEVELS => shown.push_str(&format!("%{}", level + 1)),
            _ => shown.push(character),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::level_text;

    #[test]
    fn level_texts() {
        assert_eq!(level_text("\u{2}\0、;"), "%1、");
        assert_eq!(level_text("\u{3}\0.\u{1};"), "%1.%2");
        assert_eq!(level_text("\u{1}\u{F0B7};"), "\u{F0B7}");
        assert_eq!(level_text(""), "");
    }
}
