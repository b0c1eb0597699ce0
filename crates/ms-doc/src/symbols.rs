//! Symbol fonts: what their private codes mean in Unicode.

/// Adobe Symbol encoding, 0x20–0x7E. A space stands for "none".
const SYMBOL_LOW: &str =
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_\u{203E}αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼";
/// 0xA0–0xFE.
const SYMBOL_HIGH: &str =
    "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪ 〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭";

/// Wingdings, where Unicode has the sign in its basic plane.
const WINGDINGS: [(u8, char); 83] = [
    (0x20, ' '),
    (0x21, '✏'),
    (0x22, '✂'),
    (0x23, '✁'),
    (0x28, '☎'),
    (0x29, '✆'),
    (0x2A, '✉'),
    (0x36, '⌛'),
    (0x37, '⌨'),
    (0x3E, '✇'),
    (0x3F, '✍'),
    (0x41, '✌'),
    (0x45, '☜'),
    (0x46, '☞'),
    (0x47, '☝'),
    (0x48, '☟'),
    (0x4A, '☺'),
    (0x4C, '☹'),
    (0x4E, '☠'),
    (0x4F, '⚐'),
    (0x51, '✈'),
    (0x52, '☼'),
    (0x54, '❄'),
    (0x56, '✞'),
    (0x58, '✠'),
    (0x59, '✡'),
    (0x5A, '☪'),
    (0x5B, '☯'),
    (0x5D, '☸'),
    (0x5E, '♈'),
    (0x6C, '●'),
    (0x6D, '❍'),
    (0x6E, '■'),
    (0x6F, '□'),
    (0x71, '❑'),
    (0x72, '❒'),
    (0x73, '⬧'),
    (0x74, '⧫'),
    (0x75, '◆'),
    (0x76, '❖'),
    (0x77, '⬥'),
    (0x78, '⌧'),
    (0x7A, '⌘'),
    (0x7B, '❀'),
    (0x7C, '✿'),
    (0x7D, '❝'),
    (0x7E, '❞'),
    (0x80, '⓪'),
    (0x8B, '⓿'),
    (0x9E, '·'),
    (0x9F, '•'),
    (0xA0, '▪'),
    (0xA1, '○'),
    (0xA4, '◉'),
    (0xA5, '◎'),
    (0xA7, '▪'),
    (0xA8, '◻'),
    (0xAA, '✦'),
    (0xAB, '★'),
    (0xAC, '✶'),
    (0xAD, '✴'),
    (0xAE, '✹'),
    (0xAF, '✵'),
    (0xB2, '✧'),
    (0xB5, '✪'),
    (0xB6, '✰'),
    (0xD5, '⌫'),
    (0xD6, '⌦'),
    (0xD8, '➢'),
    (0xDC, '➲'),
    (0xDF, '←'),
    (0xE0, '→'),
    (0xE1, '↑'),
    (0xE2, '↓'),
    (0xE8, '➔'),
    (0xEF, '⇦'),
    (0xF0, '⇨'),
    (0xF1, '⇧'),
    (0xF2, '⇩'),
    (0xFB, '✗'),
    (0xFC, '✓'),
    (0xFD, '☒'),
    (0xFE, '☑'),
];

/// Wingdings 2: boxes, ticks and circled numbers that forms use.
const WINGDINGS_2: [(u8, char); 14] = [
    (0x2A, '☐'),
    (0x4F, '✗'),
    (0x50, '✓'),
    (0x51, '☒'),
    (0x52, '☑'),
    (0x53, '☒'),
    (0x54, '☒'),
    (0x98, '●'),
    (0xA2, '■'),
    (0xA3, '□'),
    (0xAE, '◆'),
    (0xAF, '◇'),
    (0xEA, '★'),
    (0xEB, '⁎'),
];

/// The Unicode unit of a code in a font; `None` when the font is no symbol font that is known
/// here or has no equivalent, and for characters that are Unicode already.
#[must_use]
pub fn to_unicode(font: &str, unit: u16) -> Option<u16> {
    // Symbol characters are stored in the private area U+F000–U+F0FF.
    let code = match unit {
        0x20..=0xFF => unit as u8,
        0xF020..=0xF0FF => (unit & 0xFF) as u8,
        _ => return None,
    };
    let sign = match font {
        "Symbol" => symbol(code),
        "Wingdings" => wingdings(code),
        "Wingdings 2" => wingdings_2(code),
        // Bullets in an ordinary font may be stored as private codes too; only the common dot is
        // the same everywhere.
        _ if unit == 0xF0B7 => Some('•'),
        _ => None,
    };
    sign.and_then(|sign| u16::try_from(u32::from(sign)).ok())
}

/// Whether all text in this font is symbols.
#[must_use]
pub fn is_symbol_font(font: &str) -> bool {
    matches!(font, "Symbol" | "Wingdings" | "Wingdings 2" | "Wingdings 3" | "Webdings")
}

fn symbol(code: u8) -> Option<char> {
    match code {
        0xB7 => Some('•'),
        0x20..=0x7E => SYMBOL_LOW.chars().nth(usize::from(code - 0x20)),
        0xA0..=0xFE => SYMBOL_HIGH.chars().nth(usize::from(code - 0xA0)).filter(|&c| c != ' '),
        _ => None,
    }
}

fn wingdings(code: u8) -> Option<char> {
    match code {
        // Circled numbers, white and black.
        0x81..=0x8A => char::from_u32(0x2460 + u32::from(code - 0x81)),
        0x8C..=0x95 => char::from_u32(0x2776 + u32::from(code - 0x8C)),
        _ => find(&WINGDINGS, code),
    }
}

fn wingdings_2(code: u8) -> Option<char> {
    match code {
        0x6A..=0x73 => char::from_u32(0x2460 + u32::from(code - 0x6A)),
        0x74..=0x7D => char::from_u32(0x2776 + u32::from(code - 0x74)),
        _ => find(&WINGDINGS_2, code),
    }
}

fn find(table: &[(u8, char)], code: u8) -> Option<char> {
    let index = table.binary_search_by_key(&code, |&(key, _)| key).ok()?;
    table.get(index).map(|&(_, sign)| sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(font: &str, code: u16, expected: Option<char>) {
        let found = to_unicode(font, code).and_then(|unit| char::from_u32(u32::from(unit)));
        assert_eq!(found, expected, "{font} {code:#x}");
    }

    #[test]
    fn known_signs() {
        check("Symbol", 0xF0B7, Some('•'));
        check("Symbol", 0x61, Some('α'));
        check("Symbol", 0xF0A3, Some('≤'));
        check("Symbol", 0xF0FE, Some('⎭'));
        check("Symbol", 0xF0AE, Some('→'));
        check("Wingdings", 0xF06C, Some('●'));
        check("Wingdings", 0xF0FC, Some('✓'));
        check("Wingdings", 0xF083, Some('③'));
        check("Wingdings 2", 0xF052, Some('☑'));
    }

    #[test]
    fn others_are_left_alone() {
        check("宋体", u16::from(b'l'), None);
        check("Wingdings", 0x4E00, None);
        check("Webdings", 0xF061, None);
    }

    #[test]
    fn tables_are_sorted() {
        assert!(WINGDINGS.is_sorted_by_key(|&(code, _)| code));
        assert!(WINGDINGS_2.is_sorted_by_key(|&(code, _)| code));
    }
}
