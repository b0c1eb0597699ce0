//! The markers of list items (HTML 4.4.8 and CSS Counter Styles 3).

use jianbao_ms_doc::numbers::{self, NumberFormat};

use super::tree::{Element, NodeId, Tree};

/// A list that is being read.
#[derive(Clone, Debug)]
pub(super) struct List {
    is_ordered: bool,
    next: i32,
    step: i32,
    /// The style that the `type` attribute names, if it does.
    kind: Option<String>,
}

/// Whether a tag is a list.
pub(super) fn is_list(tag: &str) -> bool {
    matches!(tag, "ol" | "ul" | "menu" | "dir")
}

impl List {
    /// The list that an element begins.
    pub(super) fn new(tree: &Tree, id: NodeId, element: &Element) -> Self {
        let is_ordered = element.tag() == "ol";
        let is_reversed = element.attribute("reversed").is_some();
        let items =
            || tree.children(id).filter(|&child| tree.element(child).is_some_and(|item| item.tag() == "li"));
        let first = if is_reversed { i32::try_from(items().count()).unwrap_or(i32::MAX) } else { 1 };
        let start = element.attribute("start").and_then(|start| start.trim().parse().ok());
        Self {
            is_ordered,
            next: start.unwrap_or(first),
            step: if is_reversed { -1 } else { 1 },
            kind: element.attribute("type").map(str::to_owned),
        }
    }

    /// Counts an item and gives its marker; `style` is what CSS says.
    pub(super) fn marker(&mut self, item: &Element, style: Option<&str>) -> Option<String> {
        let value = item.attribute("value").and_then(|value| value.trim().parse().ok());
        let number = value.unwrap_or(self.next);
        self.next = number.saturating_add(self.step);
        let kind = style.or(item.attribute("type")).or(self.kind.as_deref());
        let usual = if self.is_ordered { "decimal" } else { "disc" };
        marker(kind.unwrap_or(usual), number, usual)
    }
}

/// The marker of an item outside of any list.
pub(super) fn stray_marker(style: Option<&str>) -> Option<String> {
    marker(style.unwrap_or("disc"), 1, "disc")
}

fn marker(kind: &str, number: i32, usual: &str) -> Option<String> {
    if let Some(text) = quoted(kind) {
        return Some(text.to_owned()).filter(|text| !text.trim().is_empty());
    }
    // The shorthand may name a place besides the style.
    let words = kind.split_ascii_whitespace().filter(|word| !matches!(*word, "inside" | "outside"));
    let sign = words.filter(|word| !word.starts_with("url(")).find_map(sign).or_else(|| sign(usual));
    match sign? {
        Sign::None => None,
        Sign::Bullet(bullet) => Some(bullet.to_owned()),
        Sign::Number(format, after) => Some(numbers::format(number, format) + after),
    }
}

/// `list-style-type: "– "`.
fn quoted(kind: &str) -> Option<&str> {
    let quote = kind.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    kind[1..].split(quote).next()
}

/// What a style puts before items.
enum Sign {
    None,
    Bullet(&'static str),
    /// A number and what follows it.
    Number(NumberFormat, &'static str),
}

/// The sign of a style that is known.
fn sign(kind: &str) -> Option<Sign> {
    // The letters of the `type` attribute differ by their case, the names of CSS do not.
    let lower = kind.to_ascii_lowercase();
    let (format, after) = match (kind, lower.as_str()) {
        (_, "none") => return Some(Sign::None),
        (_, "disc") => return Some(Sign::Bullet("•")),
        (_, "circle") => return Some(Sign::Bullet("◦")),
        (_, "square") => return Some(Sign::Bullet("▪")),
        ("1", _) | (_, "decimal") => (NumberFormat::Decimal, "."),
        (_, "decimal-leading-zero") => (NumberFormat::DecimalZero, "."),
        ("a", _) | (_, "lower-alpha" | "lower-latin") => (NumberFormat::LowerLetter, "."),
        ("A", _) | (_, "upper-alpha" | "upper-latin") => (NumberFormat::UpperLetter, "."),
        ("i", _) | (_, "lower-roman") => (NumberFormat::LowerRoman, "."),
        ("I", _) | (_, "upper-roman") => (NumberFormat::UpperRoman, "."),
        (_, "cjk-ideographic" | "simp-chinese-informal" | "trad-chinese-informal") => {
            (NumberFormat::ChineseCountingThousand, "、")
        }
        (_, "simp-chinese-formal") => (NumberFormat::ChineseLegalSimplified, "、"),
        (_, "trad-chinese-formal") => (NumberFormat::IdeographLegalTraditional, "、"),
        (_, "cjk-decimal") => (NumberFormat::IdeographDigital, "、"),
        (_, "cjk-heavenly-stem") => (NumberFormat::IdeographTraditional, "、"),
        (_, "cjk-earthly-branch") => (NumberFormat::IdeographZodiac, "、"),
        _ => return None,
    };
    Some(Sign::Number(format, after))
}
