//! One paragraph as it is written piece by piece: blanks collapse, equal pieces are one run.

use jianbao_model::document::Run;

use super::look::{Look, Space};

/// Gathers the runs of a paragraph.
#[derive(Debug, Default)]
pub(crate) struct Writer {
    runs: Vec<Run>,
    /// Blanks came that are one if text follows.
    has_gap: bool,
}

/// Blanks of HTML: the no-break space and the ideographic one are text.
pub(crate) fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}

/// Text as a paragraph of its own shows it.
pub(crate) fn collapsed(text: &str) -> String {
    let mut writer = Writer::default();
    writer.write(text, &Run::default(), Space::Collapsed);
    writer.finish().into_iter().map(|run| run.text).collect()
}

impl Writer {
    /// Adds text.
    pub(super) fn text(&mut self, text: &str, look: &Look) {
        let run = Run {
            text: String::new(),
            bold: look.bold,
            font: look.font.as_deref().map(str::to_owned),
            size: look.size,
        };
        self.write(text, &run, look.space);
    }

    /// Adds text in the look of a run.
    pub(crate) fn write(&mut self, text: &str, look: &Run, space: Space) {
        for character in text.chars() {
            match character {
                '\r' => {}
                '\n' if space != Space::Collapsed => self.line_break(look),
                _ if is_blank(character) && !matches!(space, Space::Kept | Space::Source) => {
                    self.has_gap = true;
                }
                _ => {
                    self.close_gap(look);
                    self.put(character, look);
                }
            }
        }
    }

    /// Adds a line break inside the paragraph.
    pub(crate) fn line_break(&mut self, look: &Run) {
        self.has_gap = false;
        self.put('\n', look);
    }

    /// Writes the blank that is due; lines begin without one.
    fn close_gap(&mut self, look: &Run) {
        let is_due = std::mem::take(&mut self.has_gap);
        if is_due && !matches!(self.last(), None | Some('\n' | ' ')) {
            self.put(' ', look);
        }
    }

    fn put(&mut self, character: char, look: &Run) {
        match self.runs.last_mut() {
            Some(run) if run.bold == look.bold && run.size == look.size && run.font == look.font => {
                run.text.push(character);
            }
            _ => self.runs.push(Run { text: character.into(), ..look.clone() }),
        }
    }

    fn last(&self) -> Option<char> {
        self.runs.last().and_then(|run| run.text.chars().last())
    }

    /// The text so far, unless it has more than `limit` characters.
    pub(super) fn short(&self, limit: usize) -> Option<String> {
        let text: String = self.runs.iter().flat_map(|run| run.text.chars()).take(limit + 1).collect();
        (text.chars().count() <= limit).then_some(text)
    }

    /// Whether anything that is seen was written.
    pub(super) fn is_blank(&self) -> bool {
        self.runs.iter().all(|run| run.text.trim().is_empty())
    }

    /// The runs, without the lines and blanks at the end that show nothing.
    pub(crate) fn finish(mut self) -> Vec<Run> {
        while let Some(run) = self.runs.last_mut() {
            run.text.truncate(run.text.trim_end_matches(is_blank).len());
            if !run.text.is_empty() {
                break;
            }
            self.runs.pop();
        }
        let is_shown = |run: &Run| !run.text.trim_start_matches('\n').is_empty();
        let first = self.runs.iter().position(is_shown).unwrap_or(self.runs.len());
        self.runs.drain(..first);
        if let Some(run) = self.runs.first_mut() {
            run.text = run.text.trim_start_matches('\n').to_owned();
        }
        self.runs
    }
}
