//! The plan file of `compose`: which items are printed, in which order.

use std::cell::RefCell;
use std::path::Path;

use crate::compose::{Candidate, Choice};
use crate::config::{Config, Layers, Mistake, read_plan};

/// Reads a plan. Its `[issue]` table, if any, is laid over the configuration.
///
/// ```toml
/// [issue]
/// number = 12
/// [[item]]
/// item = "区残联四项发力提高基层服务残疾人办事能力"
/// section = "news"
/// ```
pub fn read(text: &str, layers: Layers) -> Result<(Vec<Choice>, Layers), Vec<Mistake>> {
    let mistakes = RefCell::new(Vec::new());
    let (choices, layers) = read_plan(text, layers, &mistakes);
    let mistakes = mistakes.into_inner();
    if mistakes.is_empty() { Ok((choices, layers)) } else { Err(mistakes) }
}

/// The text of a plan that names these items, section by section as they are printed.
pub fn written(items: &[Candidate], config: &Config, head: &str) -> String {
    let mut text = comment(head);
    let mut rest: Vec<&Candidate> = items.iter().collect();
    for section in &config.sections {
        let of = |one: &&Candidate| one.item.section.as_deref() == Some(&section.id);
        let (these, others): (Vec<_>, Vec<_>) = rest.into_iter().partition(of);
        if !these.is_empty() {
            text.push_str(&format!("\n{}", comment(&section.name)));
        }
        text.extend(these.into_iter().map(entry));
        rest = others;
    }
    // Of a section that the configuration has no more: the issue tells of them.
    text.extend(rest.into_iter().map(entry));
    text
}

fn entry(one: &Candidate) -> String {
    let first = || one.item.body().chars().take(24).collect();
    let title = one.item.title.clone().unwrap_or_else(first);
    let unit = one.item.attribution.as_ref().map_or(String::new(), |unit| format!("（{}）", unit.printed));
    format!("\n{}[[item]]\nitem = {:?}\n", comment(&(title + &unit)), one.item.id)
}

/// Lines of a comment; TOML has no place for control characters in them.
fn comment(text: &str) -> String {
    let kept = |line: &str| line.chars().filter(|c| !c.is_control()).collect::<String>();
    let lines: Vec<String> = text.lines().map(|line| "# ".to_owned() + &kept(line) + "\n").collect();
    lines.concat()
}

/// Reads the plan's text without a configuration, for tests and tools.
pub fn choices(text: &str) -> Result<Vec<Choice>, Vec<Mistake>> {
    read(text, Layers::new(None, Path::new(""))).map(|(choices, _)| choices)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Layer;

    #[test]
    fn a_plan_names_items_and_may_move_them() {
        let found = choices("[[item]]\nitem = \"甲\"\n[[item]]\nitem = \"乙\"\nsection = \"brief\"\n")
            .expect("no mistakes");
        assert_eq!(found[0], Choice { item: "甲".to_owned(), section: None });
        assert_eq!(found[1].section.as_deref(), Some("brief"));
        let wrong = choices("[[item]]\nitme = \"甲\"\n").expect_err("a wrong key");
        assert!(wrong.iter().any(|mistake| mistake.layer == Layer::File { line: 2 }));
    }
}
