//! Where the contributor's name stands: at the right edge of the last line, or in its own line.

use super::line::{Fall, fall, quarters};
use crate::style::Style;
use crate::text::FULL;

/// What the last line of a paragraph keeps free beside text and attribution, in quarters of a
/// character: one blank, and two characters for what the estimate cannot know. That adds up: from
/// line to line (squeezed punctuation) and with every Latin character (a face that is replaced).
fn free(text: &str, lines: usize) -> usize {
    // Counted in bytes of parts, so that many are looked at together.
    let count =
        |part: &[u8]| part.iter().fold(0_u8, |all, byte| all + u8::from(byte.is_ascii_alphanumeric()));
    let latin: usize = text.as_bytes().chunks(128).map(|part| usize::from(count(part))).sum();
    3 * FULL + lines * FULL / 4 + latin * FULL / 16
}

/// The attribution in its brackets.
pub(super) fn bracketed(printed: &str) -> String {
    if printed.starts_with('（') { printed.to_owned() } else { format!("（{printed}）") }
}

/// Whether an attribution can stand behind a right tab in the last line of a paragraph.
///
/// A paragraph of several lines whose last line has hardly begun may in truth have one line less,
/// a full one; then its attribution has no room, so it gets its own line too.
pub(super) fn fits(text: &str, attribution: &str, style: &Style) -> bool {
    let line = style.page.characters as usize * FULL;
    let indent = 2 * FULL;
    let Fall { end, whole, .. } = fall(text, indent, 0, line);
    let lines_before = (whole + indent).saturating_sub(1) / line.max(1);
    let free = free(text, lines_before);
    end + quarters(attribution) + free <= line && (lines_before == 0 || end >= free)
}

#[cfg(test)]
mod tests {
    use super::fits;
    use crate::style::Style;

    #[test]
    fn numbers_make_the_estimate_doubtful() {
        let style = Style::default();
        let text = |digits: usize| "1".repeat(digits) + &"字".repeat(16 - digits / 2);
        assert!(fits(&text(0), "（区委宣传部）", &style));
        assert!(!fits(&text(32), "（区委宣传部）", &style));
    }

    /// A text whose last line is `used` characters long; the attribution has 7.
    fn check(used: usize, lines: usize, expected: bool) {
        let indent = if lines == 1 { 2 } else { 0 };
        let text = "字".repeat((lines - 1) * 28 - if lines == 1 { 0 } else { 2 } + used - indent);
        assert_eq!(fits(&text, "（区委宣传部）", &Style::default()), expected, "{used} in line {lines}");
    }

    #[test]
    fn the_attribution_takes_the_last_line_when_there_is_room() {
        check(18, 1, true);
        check(19, 1, false);
        check(17, 5, true);
        check(18, 5, false);
        check(28, 2, false);
    }

    #[test]
    fn a_last_line_that_has_hardly_begun_is_doubtful() {
        check(3, 2, false);
        check(4, 2, true);
        check(7, 17, true);
        check(6, 17, false);
        check(3, 1, true);
    }
}
