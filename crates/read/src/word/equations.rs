//! Fields that Word shows without a cached result: `SYMBOL`, overstruck `EQ`, `AUTONUM`.

use super::symbols;

/// What Word shows for a field's code; `None` when it is nothing or cannot be told.
pub(crate) fn shown(code: &str) -> Option<String> {
    let code = code.trim();
    let (name, rest) = code.split_once(char::is_whitespace)?;
    match name.to_ascii_uppercase().as_str() {
        "SYMBOL" => symbol(rest),
        "EQ" => overstruck(rest),
        _ => None,
    }
}

/// Whether Word computes something for the field and stores no result.
pub(crate) fn is_computed(code: &str) -> bool {
    let name = code.split_whitespace().next().unwrap_or_default().to_ascii_uppercase();
    matches!(name.as_str(), "AUTONUM" | "AUTONUMLGL" | "AUTONUMOUT" | "EQ" | "SYMBOL" | "LISTNUM")
}

/// `SYMBOL 183 \f "Symbol"`.
fn symbol(rest: &str) -> Option<String> {
    let number = rest.split_whitespace().next()?;
    let code = match number.strip_prefix("0x") {
        Some(digits) => u32::from_str_radix(digits, 16).ok()?,
        None => number.parse().ok()?,
    };
    let font = rest.split_once("\\f").map_or("", |(_, font)| font.trim_start());
    let font = font.strip_prefix('"').map_or_else(
        || font.split_whitespace().next().unwrap_or_default(),
        |quoted| quoted.split('"').next().unwrap_or_default(),
    );
    Some(symbols::shown(font, code))
}

/// `\o\ac(○,1)` is `①`; the phonetic guide `\o\ad(\s\up 9(guide),base)` is its base and guide.
fn overstruck(rest: &str) -> Option<String> {
    let (_, arguments) = rest.split_once("\\o")?;
    let (_, arguments) = arguments.split_once('(')?;
    let arguments = arguments.rsplit_once(')')?.0;
    let (first, last) = arguments.rsplit_once([',', ';', '，'])?;
    let last = last.trim();
    if let Some((_, guide)) = first.split_once("\\up") {
        let guide = guide.split_once('(')?.1.split(')').next()?;
        return Some(format!("{last}({guide})"));
    }
    let number = last.parse::<u32>().ok().filter(|number| (1..=20).contains(number));
    let circled = number.and_then(|number| char::from_u32(0x2460 + number - 1));
    Some(circled.map_or_else(|| last.to_owned(), String::from))
}
