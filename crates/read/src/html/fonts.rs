//! Font sizes and weights as they are written in HTML and CSS; sizes come out in half-points.

/// Where nothing is said: `medium`, 16 pixels, in half-points.
const MEDIUM: u16 = 24; // half-points, 12 pt
/// Half-points in a CSS pixel, which is 1/96 inch.
const PIXEL: f64 = 1.5;

/// A size relative to the one outside, in hundredths.
pub(super) fn scaled(outer: Option<u16>, percent: u32) -> Option<u16> {
    u16::try_from(u32::from(outer.unwrap_or(MEDIUM)) * percent / 100).ok()
}

/// `<font size>`: 1 to 7, or a step from 3 (HTML, "rules for parsing a legacy font size").
pub(super) fn legacy_size(value: &str) -> Option<u16> {
    let value = value.trim();
    let number: i32 = value.strip_prefix('+').unwrap_or(value).parse().ok()?;
    let is_step = value.starts_with(['+', '-']);
    let step = if is_step { 3_i32.saturating_add(number) } else { number };
    // 10, 13, 16, 18, 24, 32 and 48 pixels.
    let sizes = [15, 20, 24, 27, 36, 48, 72];
    usize::try_from(step.clamp(1, 7) - 1).ok().and_then(|at| sizes.get(at).copied())
}

/// A CSS size in lower case.
pub(super) fn size(value: &str, outer: Option<u16>) -> Option<u16> {
    let value = value.trim();
    keyword(value, outer).or_else(|| length(value, outer))
}

fn keyword(value: &str, outer: Option<u16>) -> Option<u16> {
    match value {
        "xx-small" => Some(14),
        "x-small" => Some(15),
        "small" => Some(20),
        "medium" => Some(MEDIUM),
        "large" => Some(27),
        "x-large" => Some(36),
        "xx-large" => Some(48),
        "smaller" => scaled(outer, 83),
        "larger" => scaled(outer, 120),
        _ => None,
    }
}

fn length(value: &str, outer: Option<u16>) -> Option<u16> {
    let unit = value.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | '+'))?;
    let (number, unit) = value.split_at(unit);
    let outer = f64::from(outer.unwrap_or(MEDIUM));
    let factor = match unit.trim() {
        "pt" => 2.0,
        "px" => PIXEL,
        "pc" => 24.0,
        "in" => 144.0,
        "cm" => 144.0 / 2.54,
        "mm" => 14.4 / 2.54,
        "em" => outer,
        "ex" => outer / 2.0,
        "rem" => f64::from(MEDIUM),
        "%" => outer / 100.0,
        _ => return None,
    };
    let size = number.parse::<f64>().ok()? * factor;
    // Word's own bound (ECMA-376 §17.3.2.38): 1638 pt.
    (1.0..=3276.0).contains(&size).then(|| size.round() as u16)
}

/// Whether a CSS weight is bold.
pub(super) fn is_bold(value: &str, outer: bool) -> bool {
    match value.trim() {
        "bold" | "bolder" => true,
        "inherit" => outer,
        number => number.parse::<u16>().is_ok_and(|weight| weight >= 600),
    }
}
