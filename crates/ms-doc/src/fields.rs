//! Fields (MS-DOC 2.8.25): instructions are not shown, cached results are.

use std::ops::Range;

pub(crate) const BEGIN: u16 = 0x13;
pub(crate) const SEPARATOR: u16 = 0x14;
pub(crate) const END: u16 = 0x15;

/// The open fields at a place in a story.
#[derive(Debug, Default)]
pub(crate) struct Fields {
    /// Begins without an end: they open nothing, or the rest of the story would be lost.
    unmatched: Vec<u32>,
    /// The first of them that has not been passed.
    next_unmatched: usize,
    open: Vec<Open>,
    /// How many of the open fields are still in their instructions.
    in_code: usize,
}

#[derive(Debug, Clone, Copy)]
struct Open {
    start: u32,
    has_result: bool,
}

impl Fields {
    pub(crate) fn new(units: &[u16], range: &Range<u32>) -> Self {
        let mut open = Vec::new();
        let story = units.get(range.start as usize..range.end as usize).unwrap_or_default();
        for (position, &unit) in (range.start..).zip(story) {
            match unit {
                BEGIN => open.push(position),
                END => {
                    open.pop();
                }
                _ => {}
            }
        }
        Self { unmatched: open, ..Self::default() }
    }

    /// Whether the text here is a field's instructions.
    pub(crate) fn in_code(&self) -> bool {
        self.in_code > 0
    }

    /// Whether a begin is without end; asked in the order of the text.
    fn is_unmatched(&mut self, position: u32) -> bool {
        while self.unmatched.get(self.next_unmatched).is_some_and(|&next| next < position) {
            self.next_unmatched += 1;
        }
        self.unmatched.get(self.next_unmatched) == Some(&position)
    }

    /// Takes a field character; gives the instructions of a shown field that ends without result.
    pub(crate) fn take(&mut self, unit: u16, position: u32) -> Option<Range<u32>> {
        match unit {
            BEGIN if !self.is_unmatched(position) => {
                self.open.push(Open { start: position, has_result: false });
                self.in_code += 1;
            }
            SEPARATOR => {
                if let Some(field) = self.open.last_mut().filter(|field| !field.has_result) {
                    field.has_result = true;
                    self.in_code -= 1;
                }
            }
            END => {
                let field = self.open.pop()?;
                if !field.has_result {
                    self.in_code -= 1;
                    return (self.in_code == 0).then_some(field.start + 1..position);
                }
            }
            _ => {}
        }
        None
    }
}

/// Whether a field without a result shows nothing anyway: index and table entries, settings.
pub(crate) fn is_silent(code: &str) -> bool {
    const SILENT: [&str; 12] = [
        "XE",
        "TC",
        "TA",
        "RD",
        "SET",
        "ASK",
        "PRIVATE",
        "ADVANCE",
        "NEXT",
        "SKIPIF",
        "FORMTEXT",
        "BIBLIOGRAPHY",
    ];
    let name = code.split_whitespace().next().unwrap_or("");
    name.is_empty() || SILENT.iter().any(|silent| silent.eq_ignore_ascii_case(name))
}

/// What Word shows for a field that has only instructions: `SYMBOL`, `MACROBUTTON`, overstruck
/// `EQ`.
pub(crate) fn shown_by_code(code: &str) -> Option<String> {
    let mut words = code.split_whitespace();
    match words.next()?.to_ascii_uppercase().as_str() {
        "SYMBOL" => {
            let number: u16 = words.next()?.parse().ok()?;
            let font = code.split("\\f").nth(1)?.trim_start().trim_matches('"');
            let font = font.split('"').next()?.trim();
            let unit = crate::symbols::to_unicode(font, number).unwrap_or(number);
            char::from_u32(u32::from(unit)).map(String::from)
        }
        "EQ" => overstruck(code),
        // The macro's name, then what is shown.
        "MACROBUTTON" => Some(words.skip(1).collect::<Vec<_>>().join(" ")),
        _ => None,
    }
}

/// `EQ \o\ac(○,1)` is `①`; the phonetic guide `EQ \o\ad(\s\up 9(guide),base)` is `base(guide)`.
fn overstruck(code: &str) -> Option<String> {
    let inner = code.split_once("\\o")?.1.split_once('(')?.1;
    let inner = inner.trim_end().strip_suffix(')')?;
    let (front, base) = inner.rsplit_once([',', ';', '，'])?;
    let base = base.trim();
    if let Some((_, guide)) = front.split_once("\\up") {
        let guide = guide.split_once('(')?.1.split(')').next()?;
        return Some(format!("{base}({guide})"));
    }
    if !matches!(front.trim(), "○" | "〇" | "◯") {
        return Some(base.to_owned());
    }
    let number = base.parse().ok()?;
    Some(crate::numbers::format(number, crate::numbers::NumberFormat::DecimalEnclosedCircle))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nested_instructions_stay_hidden() {
        let units: Vec<u16> = [BEGIN, 65, BEGIN, 66, SEPARATOR, 67, END, SEPARATOR, 68, END].into();
        let mut fields = Fields::new(&units, &(0..10));
        let mut shown = Vec::new();
        for (position, &unit) in (0..).zip(&units) {
            fields.take(unit, position);
            if unit > 32 && !fields.in_code() {
                shown.push(unit);
            }
        }
        assert_eq!(shown, [68]);
    }

    #[test]
    fn a_field_without_end_hides_nothing() {
        let units = [BEGIN, 65, 66];
        let mut fields = Fields::new(&units, &(0..3));
        fields.take(BEGIN, 0);
        assert!(!fields.in_code());
    }

    #[test]
    fn code_that_is_its_own_result() {
        assert_eq!(shown_by_code(" SYMBOL 183 \\f \"Symbol\" \\s 10 ").as_deref(), Some("•"));
        assert_eq!(shown_by_code(" eq \\o\\ac(○,3) ").as_deref(), Some("③"));
        assert_eq!(shown_by_code("EQ \\* jc2 \\o\\ad(\\s\\up 9(ni),你)").as_deref(), Some("你(ni)"));
        assert_eq!(shown_by_code(" AUTONUM "), None);
    }
}
