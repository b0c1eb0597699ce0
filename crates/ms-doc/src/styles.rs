//! The style sheet (MS-DOC 2.9.271 `STSH`), resolved: what each style makes of the defaults.

use crate::bytes::{slice, u16_at, utf16_at};
use crate::lists::Lists;
use crate::properties::{Character, Paragraph, sets_list};
use std::sync::Arc;

const NO_BASE: u16 = 0x0FFF;
const MAX_STYLES: usize = 4095; // istd has 12 bits
/// A character style's modifiers are applied anew in each run, so their length is bounded.
const MAX_CHARACTER_LIST: usize = 1024; // bytes

/// All styles, by `istd`.
#[derive(Debug, Default)]
pub(crate) struct Styles {
    styles: Vec<Style>,
    fallback: Style,
}

/// A style with everything that it inherits.
#[derive(Debug, Clone, Default)]
pub(crate) struct Style {
    pub(crate) name: Option<Arc<str>>,
    pub(crate) paragraph: Paragraph,
    pub(crate) character: Character,
    /// A character style's modifiers, inherited ones first.
    pub(crate) list: Vec<u8>,
}

/// A style as stored.
#[derive(Debug, Default, Clone, Copy)]
struct Raw<'a> {
    present: bool,
    name_at: usize,
    /// `sti`: which built-in style it is.
    built_in: u16,
    base: u16,
    is_character: bool,
    std: &'a [u8],
    papx: &'a [u8],
    chpx: &'a [u8],
}

impl Styles {
    pub(crate) fn parse(stsh: &[u8], lists: &Lists) -> Self {
        let raw = parse_all(stsh).unwrap_or_default();
        let defaults = default_character(stsh);
        let mut resolved: Vec<Option<Style>> = vec![None; raw.len()];
        for istd in 0..raw.len() {
            resolve(istd, &raw, &mut resolved, defaults, lists);
        }
        let fallback = Style { character: defaults, ..Style::default() };
        let styles = resolved.into_iter().map(|style| style.unwrap_or_else(|| fallback.clone())).collect();
        Self { styles, fallback }
    }

    pub(crate) fn get(&self, istd: u16) -> &Style {
        self.styles.get(usize::from(istd)).unwrap_or(&self.fallback)
    }
}

/// The default fonts are in `STSHI` (MS-DOC 2.9.273).
fn default_character(stsh: &[u8]) -> Character {
    let font = |at| u16_at(stsh, at).unwrap_or(0);
    Character { fonts: [font(14), font(16), font(18)], ..Character::default() }
}

fn parse_all(stsh: &[u8]) -> Option<Vec<Raw<'_>>> {
    let header_len = usize::from(u16_at(stsh, 0)?);
    let count = usize::from(u16_at(stsh, 2)?).min(MAX_STYLES);
    let base_len = usize::from(u16_at(stsh, 4)?);
    let mut at = 2 + header_len;
    let mut styles = Vec::with_capacity(count);
    for _ in 0..count {
        let Some(len) = u16_at(stsh, at).map(usize::from) else {
            break;
        };
        let std = slice(stsh, at + 2, len).unwrap_or_default();
        styles.push(parse_style(std, base_len).unwrap_or_default());
        at += 2 + len + len % 2;
    }
    Some(styles)
}

/// `STD` (MS-DOC 2.9.258): a fixed part, the name, then one list of modifiers for each kind.
fn parse_style(std: &[u8], base_len: usize) -> Option<Raw<'_>> {
    let built_in = u16_at(std, 0)? & 0x0FFF;
    let kind_and_base = u16_at(std, 2)?;
    let (kind, base) = (kind_and_base & 0xF, kind_and_base >> 4);
    let count = usize::from(u16_at(std, 4)? & 0xF);
    let name_len = usize::from(u16_at(std, base_len)?);
    let mut at = base_len + 2 + 2 * name_len + 2;
    let mut lists = [&[][..]; 3];
    for list in lists.iter_mut().take(count) {
        at += at % 2;
        let Some(len) = u16_at(std, at).map(usize::from) else {
            break;
        };
        *list = slice(std, at + 2, len).unwrap_or_default();
        at += 2 + len;
    }
    let [first, second, third] = lists;
    let (papx, chpx) = match kind {
        1 => (first, second),
        2 => (&[][..], first),
        3 => (second, third),
        _ => (first, &[][..]),
    };
    // A PAPX repeats its own istd before the modifiers.
    let papx = papx.get(2..).unwrap_or_default();
    let is_character = kind == 2;
    Some(Raw { present: true, name_at: base_len, built_in, base, is_character, std, papx, chpx })
}

/// Resolves a style after the styles that it is based on, without recursion; a cycle of bases
/// is cut where it closes.
fn resolve(istd: usize, raw: &[Raw<'_>], resolved: &mut [Option<Style>], defaults: Character, lists: &Lists) {
    let mut open = Vec::new();
    let mut next = Some(istd);
    while let Some(index) = next {
        if resolved.get(index).is_none_or(Option::is_some) || open.contains(&index) {
            break;
        }
        open.push(index);
        let base = raw.get(index).map_or(NO_BASE, |style| style.base);
        next = (base != NO_BASE).then_some(usize::from(base));
    }
    while let Some(index) = open.pop() {
        let Some(own) = raw.get(index).filter(|own| own.present) else {
            continue;
        };
        let base = resolved.get(usize::from(own.base)).and_then(Option::as_ref);
        let default = || Style { character: defaults, ..Style::default() };
        let style = derive(base.cloned().unwrap_or_else(default), own, lists);
        if let Some(slot) = resolved.get_mut(index) {
            *slot = Some(Style { paragraph: Paragraph { style: index as u16, ..style.paragraph }, ..style });
        }
    }
}

fn derive(mut style: Style, own: &Raw<'_>, lists: &Lists) -> Style {
    let name_len = u16_at(own.std, own.name_at).map_or(0, usize::from);
    style.name = utf16_at(own.std, own.name_at + 2, name_len).map(|name| {
        // Aliases follow the name after a comma.
        Arc::from(name.split(',').next().unwrap_or(&name))
    });
    let base = style.character;
    style.character.apply(own.chpx, &base);
    apply_with_list(&mut style.paragraph, own.papx, lists);
    // Built-in styles 1–9 are the heading styles, also where they do not state their level.
    if (1..=9).contains(&own.built_in) && style.paragraph.outline > 8 {
        style.paragraph.outline = (own.built_in - 1) as u8;
    }
    if own.is_character && style.list.len() + own.chpx.len() <= MAX_CHARACTER_LIST {
        style.list.extend_from_slice(own.chpx);
    }
    style
}

/// Applies modifiers; when they put the paragraph into a list, the level's indents come first,
/// so that indents that are stated beside it win (MS-DOC 2.4.6.3).
pub(crate) fn apply_with_list(paragraph: &mut Paragraph, list: &[u8], lists: &Lists) {
    if sets_list(list) {
        let mut after = *paragraph;
        after.apply(list);
        if let Some(level) = lists.level_of(&after) {
            paragraph.apply(&level.paragraph_list);
        }
    }
    paragraph.apply(list);
}
