//! How notes are counted (RTF 1.9.1, "Document Formatting Properties", "Section Formatting
//! Properties").

use jianbao_ms_doc::numbers::NumberFormat;

use crate::word::content::NoteKind;
use crate::word::notes::StatedMarks;

/// What a control word says about the marks of notes: `\ftnncnum`, `\saftnstart3`.
pub(super) fn stated(word: &str, parameter: Option<i32>) -> Option<(NoteKind, StatedMarks)> {
    // The words of a section are those of the document with an s before them.
    let word = word.strip_prefix('s').unwrap_or(word);
    let (kind, word) = match word.strip_prefix("aftn") {
        Some(rest) => (NoteKind::Endnote, rest),
        None => (NoteKind::Footnote, word.strip_prefix("ftn")?),
    };
    let marks = match word.strip_prefix('n') {
        Some(name) => StatedMarks { format: Some(format(name)?), start: None },
        None if word == "start" => StatedMarks { format: None, start: parameter },
        None => return None,
    };
    Some((kind, marks))
}

fn format(name: &str) -> Option<NumberFormat> {
    // The codes of MS-OSHARED 2.2.1.3, by whose names the words are formed.
    let code = match name {
        "ar" => 0x00,
        "ruc" => 0x01,
        "rlc" => 0x02,
        "auc" => 0x03,
        "alc" => 0x04,
        "chi" => 0x09,
        "dbnum" => 0x0A,
        "dbnumd" => 0x0B,
        "dbar" => 0x0E,
        "dbnumt" => 0x10,
        "dbnumk" => 0x11,
        "cnum" => 0x12,
        "gbnum" => 0x1A,
        "gbnumd" => 0x1B,
        "gbnuml" => 0x1C,
        "gbnumk" => 0x1D,
        "zodiac" => 0x1E,
        "zodiacd" => 0x1F,
        "zodiacl" => 0x20,
        _ => return None,
    };
    Some(NumberFormat::from_nfc(code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_both_kinds_and_places() {
        let found =
            |word, parameter| stated(word, parameter).map(|(kind, marks)| (kind, marks.format, marks.start));
        let circled = Some(NumberFormat::DecimalEnclosedCircle);
        assert_eq!(found("ftnncnum", None), Some((NoteKind::Footnote, circled, None)));
        assert_eq!(found("saftnnrlc", None), Some((NoteKind::Endnote, Some(NumberFormat::LowerRoman), None)));
        assert_eq!(found("sftnstart", Some(3)), Some((NoteKind::Footnote, None, Some(3))));
        assert_eq!(found("ftnalt", None), None);
        assert_eq!(found("sftnbj", None), None);
    }
}
