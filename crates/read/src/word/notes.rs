//! Footnotes and endnotes: their marks, and their text by mark.

use std::collections::HashMap;

use jianbao_model::{Block, BlockKind};
use jianbao_ms_doc::numbers::{self, NumberFormat};

use super::content::NoteKind;

/// The notes of a document by kind and id, already converted.
pub(crate) type Notes = HashMap<(NoteKind, String), Vec<Block>>;

/// How the notes of one kind are counted (ECMA-376 §17.11.17, §17.11.20).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Marks {
    pub(crate) format: NumberFormat,
    pub(crate) start: i32,
}

/// What the marks of both kinds of notes look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NoteMarks {
    pub(crate) footnotes: Marks,
    pub(crate) endnotes: Marks,
}

/// What a section says about the marks of one kind.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct StatedMarks {
    pub(crate) format: Option<NumberFormat>,
    pub(crate) start: Option<i32>,
}

impl Default for NoteMarks {
    fn default() -> Self {
        Self {
            footnotes: Marks { format: NumberFormat::Decimal, start: 1 },
            endnotes: Marks { format: NumberFormat::LowerRoman, start: 1 },
        }
    }
}

impl NoteMarks {
    /// The marks of a kind.
    pub(crate) fn of(self, kind: NoteKind) -> Marks {
        match kind {
            NoteKind::Footnote => self.footnotes,
            NoteKind::Endnote => self.endnotes,
        }
    }

    /// Takes over what is stated.
    pub(crate) fn change(&mut self, stated: &[(NoteKind, StatedMarks)]) {
        for (kind, stated) in stated {
            let marks = match kind {
                NoteKind::Footnote => &mut self.footnotes,
                NoteKind::Endnote => &mut self.endnotes,
            };
            marks.format = stated.format.unwrap_or(marks.format);
            marks.start = stated.start.unwrap_or(marks.start);
        }
    }
}

impl Marks {
    /// The mark of a note, `count` notes after the first.
    pub(crate) fn mark(self, count: i32) -> String {
        raised(&numbers::format(self.start.saturating_add(count), self.format))
    }
}

/// A note's mark as text: raised as on the page, so that it is no digit of the number before it.
pub(crate) fn raised(mark: &str) -> String {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let digit = |character: char| DIGITS.get(character.to_digit(10)? as usize).copied();
    let digits: Option<String> = mark.chars().map(digit).collect();
    let is_plain = mark.chars().any(|character| character.is_ascii_alphanumeric());
    digits.unwrap_or_else(|| if is_plain { format!("[{mark}]") } else { mark.to_owned() })
}

/// Puts the mark in front of a note's text.
pub(crate) fn mark_note(blocks: &mut [Block], mark: &str) {
    let first = blocks.iter_mut().find_map(|block| match &mut block.kind {
        BlockKind::Paragraph(paragraph) => Some(paragraph),
        _ => None,
    });
    if let Some(paragraph) = first {
        let number = paragraph.marker.take().unwrap_or_default();
        if let Some(run) = paragraph.runs.first_mut() {
            run.text = run.text.trim_start_matches([' ', '\t']).to_owned();
        }
        paragraph.marker = Some(format!("{mark}{number}"));
    }
}

#[cfg(test)]
mod tests {
    use super::raised;

    #[test]
    fn marks_do_not_run_into_numbers() {
        let marks = ["1", "12", "iv", "①", "*"].map(raised);
        assert_eq!(marks, ["¹", "¹²", "[iv]", "①", "*"]);
    }
}
