//! Text before it goes into a document: legal characters and their width.

/// Text that XML 1.0 allows (its production 2, `Char`): control characters and non-characters are
/// removed; a tab or line break becomes a blank, since it would be none of ours in a `w:t`.
///
/// Every string passes here before it goes into a document.
pub(crate) fn clean(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    text.chars()
        .filter(|c| is_legal(*c))
        .map(|c| if matches!(c, '\t' | '\n' | '\r') { ' ' } else { c })
        .collect()
}

/// Whether a look at the bytes is enough to see that a text stays as it is; few others have `EF BF`.
fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    // No early end, so that many bytes are looked at together.
    let controls = bytes.iter().fold(0, |found, byte| found | u8::from(*byte < b' '));
    let pairs = bytes.iter().zip(bytes.iter().skip(1));
    let rare = pairs.fold(0, |found, (a, b)| found | (u8::from(*a == 0xEF) & u8::from(*b == 0xBF)));
    controls | rare == 0
}

/// How many characters of `text` XML 1.0 does not allow.
pub(crate) fn illegal_characters(text: &str) -> usize {
    text.chars().filter(|c| !is_legal(*c)).count()
}

/// Surrogates cannot be in a `char`.
fn is_legal(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => true,
        '\u{FFFE}' | '\u{FFFF}' => false,
        _ => c >= ' ',
    }
}

/// Quarters of a full-width character: the unit of [`width`].
pub(crate) const FULL: usize = 4;

/// The width of a character in quarters of a full-width one, as the faces of an issue set it:
/// a Latin letter or digit is about half as wide; marks that add nothing are 0.
pub(crate) fn width(c: char) -> usize {
    match c {
        '\u{3400}'..='\u{9FFF}' => FULL,
        '\u{0300}'..='\u{036F}' | '\u{200B}'..='\u{200F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' => 0,
        // Set in the Chinese face (`hint="eastAsia"`): quotation marks, dashes, dots.
        '·' | '—' | '‘' | '’' | '“' | '”' | '…' | '•' | '×' | '÷' | '±' | '°' | '‰' => {
            FULL
        }
        // Capitals of Times New Roman are nearer to three quarters.
        'A'..='Z' | '%' | '&' | '@' => 3,
        ' ' | '.' | ',' | ':' | ';' | '\'' | '|' | 'i' | 'j' | 'l' => 1,
        c if c < '\u{1100}' => FULL / 2,
        _ => FULL,
    }
}

/// Whether a character is Latin text, which Word sets off by a quarter from Chinese text
/// (`autoSpaceDE`, `autoSpaceDN`).
pub(crate) fn is_latin(c: char) -> bool {
    c.is_ascii_alphanumeric()
}

/// Whether a character is a Chinese one (no punctuation).
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// A number below 100 as headings have it: 一, 十, 十一, 二十一. Larger ones stay digits.
pub(crate) fn numeral(number: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    match (number / 10, number % 10) {
        (0, 0) | (10.., _) => number.to_string(),
        (0, ones) => DIGITS[ones].to_owned(),
        (1, ones) => format!("十{}", DIGITS[ones]),
        (tens, ones) => format!("{}十{}", DIGITS[tens], DIGITS[ones]),
    }
}

#[cfg(test)]
mod tests {
    use super::{clean, illegal_characters, numeral};

    #[test]
    fn numbers_of_headings_are_chinese() {
        let found = [1, 9, 10, 11, 20, 21, 99, 100, 0].map(numeral);
        assert_eq!(found, ["一", "九", "十", "十一", "二十", "二十一", "九十九", "100", "0"]);
    }

    #[test]
    fn only_what_xml_allows_is_left() {
        let cases = [
            ("甲\0乙\u{B}丙\u{1F}", "甲乙丙", 3),
            ("a\u{FFFE}b\u{FFFF}", "ab", 2),
            ("一\t二\n三\r四", "一 二 三 四", 0),
            ("😀<&>\u{202E}", "😀<&>\u{202E}", 0),
        ];
        for (text, expected, count) in cases {
            assert_eq!((clean(text).as_str(), illegal_characters(text)), (expected, count));
        }
    }
}
