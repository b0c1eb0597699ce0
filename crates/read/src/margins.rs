//! What the readers of word processing files agree on about margins and tables.

/// Characters from which on a paragraph in a single column is running text, so that the table
/// only lays it out.
pub(crate) const RUNNING_TEXT: usize = 30;

/// Signs that stand around a page number: `— 1 —`, `第1页 共3页`, `1 / 3`.
const AROUND_NUMBERS: &str = "-—–－―_·.．/／~第共页頁（）()[]|";

/// Whether the text of a header or footer is only a page number.
pub(crate) fn is_page_number(text: &str) -> bool {
    let is_around = |character: char| {
        character.is_whitespace() || character.is_numeric() || AROUND_NUMBERS.contains(character)
    };
    text.chars().all(is_around)
}
