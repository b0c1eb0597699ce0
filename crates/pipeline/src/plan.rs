//! The plan file of `compose`: which items are printed, in which order.

use std::cell::RefCell;
use std::path::Path;

use crate::compose::{Candidate, Choice};
use crate::config::{Config, Layers, Mistake, read_plan};

/// Reads a plan. Its `[issue]` table, if any, is laid over the configuration's file, below the command line.
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
    use jianbao_model::issue::Date;

    #[test]
    fn a_plan_names_items_and_may_move_them() {
        let found = choices("[[item]]\nitem = \"甲\"\n[[item]]\nitem = \"乙\"\nsection = \"brief\"\n")
            .expect("no mistakes");
        assert_eq!(found[0], Choice { item: "甲".to_owned(), section: None, line: 2 });
        assert_eq!(found[1].section.as_deref(), Some("brief"));
        let wrong = choices("[[item]]\nitme = \"甲\"\n").expect_err("a wrong key");
        assert!(wrong.iter().any(|mistake| mistake.layer == Layer::File { line: 2 }));
    }

    /// An office with two sections that is called with number 9.
    fn layers() -> Layers {
        let text = "[bulletin]\nname = \"x\"\n[issue]\nnumber = 1\ncumulative = 2\n[[section]]\nid = \"news\"\nname = \"动态\"\n";
        let called = [("issue.number".to_owned(), "9".to_owned())];
        Layers::new(Some(text), Path::new("")).with_options(called)
    }

    #[test]
    fn the_command_line_beats_the_plan_and_the_plan_the_file() {
        let plan = "[issue]\nnumber = 5\ncumulative = 6\ndate = \"2025-01-02\"\n";
        let issue = read(plan, layers()).expect("no mistakes").1.config().expect("no mistakes").issue;
        let date = issue.date.map(Date::iso);
        assert_eq!((issue.number, issue.cumulative, date.as_deref()), (Some(9), Some(6), Some("2025-01-02")));
    }

    #[test]
    fn every_mistake_of_a_plan_has_its_line() {
        let plan = "[[item]]\nitem = \"甲\"\nsection = \"动态\"\n[[item]]\nitem = \"甲\"\n[[item]]\nitem = \"乙\"\nsection = \"要闻\"\n";
        let wrong = read(plan, layers()).expect_err("two mistakes");
        let wrong: Vec<_> = wrong.iter().map(|one| (one.layer.clone(), one.key.as_str())).collect();
        let line = |line| Layer::File { line };
        assert_eq!(wrong, [(line(5), "item[2].item"), (line(8), "item[3].section")]);
        let right =
            read(&plan[..plan.find("\n[[item]]").expect("a second")], layers()).expect("no mistakes").0;
        assert_eq!(right[0].section.as_deref(), Some("news"));
    }
}
