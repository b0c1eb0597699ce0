//! Symbol fonts: what their codes mean in Unicode, as far as office texts use them.

/// Wingdings.
const WINGDINGS: &[(u32, char)] = &[
    (0x20, ' '),
    (0x21, '✏'),
    (0x22, '✂'),
    (0x28, '☎'),
    (0x2A, '✉'),
    (0x46, '☞'),
    (0x4A, '☺'),
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
    (0x7B, '❀'),
    (0x9E, '·'),
    (0x9F, '•'),
    (0xA7, '▪'),
    (0xA8, '◻'),
    (0xAA, '✦'),
    (0xAB, '★'),
    (0xB2, '✧'),
    (0xD8, '➢'),
    (0xDF, '←'),
    (0xE0, '→'),
    (0xE1, '↑'),
    (0xE2, '↓'),
    (0xE8, '➔'),
    (0xF0, '⇨'),
    (0xFB, '✗'),
    (0xFC, '✓'),
    (0xFD, '☒'),
    (0xFE, '☑'),
];
/// Wingdings 2: boxes and ticks of forms.
const WINGDINGS_2: &[(u32, char)] = &[
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
];
/// Symbol.
const SYMBOL: &[(u32, char)] = &[
    (0x2D, '−'),
    (0xA3, '≤'),
    (0xA5, '∞'),
    (0xAB, '↔'),
    (0xAC, '←'),
    (0xAD, '↑'),
    (0xAE, '→'),
    (0xAF, '↓'),
    (0xB0, '°'),
    (0xB1, '±'),
    (0xB3, '≥'),
    (0xB4, '×'),
    (0xB7, '•'),
    (0xB8, '÷'),
    (0xB9, '≠'),
    (0xBA, '≡'),
    (0xBB, '≈'),
    (0xBC, '…'),
    (0xD0, '∠'),
    (0xD6, '√'),
    (0xDE, '⇒'),
    (0x61, 'α'),
    (0x62, 'β'),
    (0x67, 'γ'),
    (0x64, 'δ'),
    (0x6C, 'λ'),
    (0x6D, 'μ'),
    (0x70, 'π'),
    (0x71, 'θ'),
    (0x73, 'σ'),
    (0x44, 'Δ'),
    (0x53, 'Σ'),
    (0x57, 'Ω'),
];

/// A symbol's character; its private code where the font or the sign is not known here.
pub(crate) fn shown(font: &str, code: u32) -> String {
    known(font, code).or_else(|| char::from_u32(code)).map(String::from).unwrap_or_default()
}

/// A bullet's text: symbols by their font, other private codes as the dot that they mostly are.
pub(crate) fn bullet(font: &str, text: &str) -> String {
    let sign = |character: char| {
        let code = u32::from(character);
        known(font, code).unwrap_or(if (0xF000..=0xF0FF).contains(&code) { '•' } else { character })
    };
    text.chars().map(sign).collect()
}

fn known(font: &str, code: u32) -> Option<char> {
    // Symbol characters are stored in the private area U+F000–U+F0FF.
    let low = if (0xF020..=0xF0FF).contains(&code) { code & 0xFF } else { code };
    let table = match font {
        "Wingdings" => WINGDINGS,
        "Wingdings 2" => WINGDINGS_2,
        "Symbol" => SYMBOL,
        _ => return (code == 0xF0B7).then_some('•'),
    };
    table.iter().find(|(found, _)| *found == low).map(|&(_, sign)| sign)
}

/// Whether all characters of a face are symbols.
pub(crate) fn is_symbol_font(font: &str) -> bool {
    matches!(font, "Symbol" | "Wingdings" | "Wingdings 2" | "Wingdings 3" | "Webdings")
}
