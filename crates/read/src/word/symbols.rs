//! Symbol fonts in a .docx: the table is that of the Word binary reader.

use jianbao_ms_doc::symbols;
pub(crate) use jianbao_ms_doc::symbols::is_symbol_font;

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
    let sign = symbols::to_unicode(font, u16::try_from(code).ok()?)?;
    char::from_u32(u32::from(sign))
}
