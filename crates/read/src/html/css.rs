//! Style declarations and the simple rules of style sheets.
//!
//! Covered: selectors of a tag, a class or both. Not covered: selectors with relations, ids or
//! states, and rules inside of `@media`; they style nothing here.

use std::collections::HashMap;

use super::tree::Element;

/// Properties of a rule that count; Word's longest style has some thirty.
const PROPERTIES: usize = 256;
/// Classes of an element that count.
const CLASSES: usize = 32;

/// A property in lower case and its value.
pub(super) type Declaration = (String, String);

/// The rules of all style sheets of a document.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    /// By tag and class, of which one may be empty.
    rules: HashMap<(String, String), Vec<Declaration>>,
}

impl Sheet {
    /// Adds the rules of a `<style>` element.
    pub(super) fn add(&mut self, text: &str) {
        let text = without_comments(text);
        let mut rest = text.as_str();
        while let Some((selectors, after)) = rest.split_once('{') {
            // A statement without a block may stand before the selectors: `@charset "utf-8";`.
            let selectors = selectors.rsplit([';', '}']).next().unwrap_or_default().trim();
            let (body, after) = block(after);
            rest = after;
            if !selectors.starts_with('@') {
                let declared: Vec<_> = declarations(body).collect();
                selectors.split(',').for_each(|selector| self.rule(selector.trim(), &declared));
            }
        }
    }

    fn rule(&mut self, selector: &str, declared: &[Declaration]) {
        let (tag, class) = selector.split_once('.').unwrap_or((selector, ""));
        let is_name =
            |name: &str| name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '\\' | ':'));
        let is_state = tag.contains(':') && !tag.contains('\\') || class.contains(':');
        if (tag.is_empty() && class.is_empty()) || is_state || !is_name(tag) || !is_name(class) {
            return;
        }
        let key = (tag.replace('\\', "").to_lowercase(), class.to_lowercase());
        let known = self.rules.entry(key).or_default();
        for (name, value) in declared {
            match known.iter().position(|(known, _)| known == name) {
                Some(at) => known[at].1.clone_from(value),
                None if known.len() < PROPERTIES => known.push((name.clone(), value.clone())),
                None => {}
            }
        }
    }

    /// What the rules declare for an element, the most specific last.
    pub(super) fn declared<'a>(&'a self, element: &'a Element) -> impl Iterator<Item = &'a Declaration> {
        let tag = element.tag();
        let get = move |tag: &str, class: &str| {
            // Without rules nothing is looked up: most elements of most pages.
            let found =
                (!self.rules.is_empty()).then(|| self.rules.get(&(tag.to_owned(), class.to_lowercase())));
            found.flatten().into_iter().flatten()
        };
        let classes = || element.classes().take(CLASSES);
        let by_class = classes().flat_map(move |class| get("", class));
        let by_both = classes().flat_map(move |class| get(tag, class));
        get(tag, "").chain(by_class).chain(by_both)
    }
}

/// The inside of a block and what follows it; blocks inside belong to it.
fn block(text: &str) -> (&str, &str) {
    let mut depth = 1_usize;
    for (at, character) in text.char_indices() {
        match character {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return (&text[..at], &text[at + 1..]);
        }
    }
    (text, "")
}

/// Style sheets are hidden from old browsers by HTML comments.
fn without_comments(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("/*") {
        kept.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    kept.push_str(rest);
    kept.replace("<!--", "").replace("-->", "")
}

/// The declarations of a `style` attribute or the inside of a rule.
pub(super) fn declarations(style: &str) -> impl Iterator<Item = Declaration> {
    pieces(style).filter_map(|piece| {
        let (name, value) = piece.split_once(':')?;
        let value = value.trim();
        let value = value.strip_suffix("!important").unwrap_or(value).trim_end();
        Some((name.trim().to_ascii_lowercase(), value.to_owned()))
    })
}

/// Parts between semicolons that stand in no quotes and no brackets.
fn pieces(style: &str) -> impl Iterator<Item = &str> {
    let (mut quote, mut brackets) = (None, 0_usize);
    style.split(move |character| {
        match (quote, character) {
            (Some(open), close) if open == close => quote = None,
            (None, '"' | '\'') => quote = Some(character),
            (None, '(') => brackets += 1,
            (None, ')') => brackets = brackets.saturating_sub(1),
            (None, ';') if brackets == 0 => return true,
            _ => {}
        }
        false
    })
}
