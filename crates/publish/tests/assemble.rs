//! The rules by which items become an issue.

use jianbao_model::document::Table;
use jianbao_model::item::Paragraph;
use jianbao_model::{Issue, Item, Origin};
use jianbao_publish::{IssuePlan, Pictures, SectionPlan, assemble};

/// Items of one line each: `section|title|paragraph|paragraph…`; `-` for what is missing.
fn items(lines: &str) -> Vec<Item> {
    let some = |text: &str| (text != "-").then(|| text.to_owned());
    let item = |line: &str| {
        let mut fields = line.split('|');
        let section = fields.next().and_then(some);
        let title = fields.next().and_then(some);
        let paragraphs = (1..).zip(fields);
        let paragraphs = paragraphs
            .map(|(line, text)| Paragraph { text: text.to_owned(), at: vec![Origin::Text { line }] })
            .collect();
        Item { section, title, paragraphs, ..Item::default() }
    };
    lines.lines().map(item).collect()
}

fn plan(join_paragraphs: bool) -> IssuePlan {
    let section = |id: &str, name: &str, listed: bool| SectionPlan {
        id: id.to_owned(),
        name: name.to_owned(),
        in_contents: listed,
        bulleted: !listed,
    };
    let sections = vec![section("d", "动态", true), section("j", "简讯", false), section("z", "摘报", true)];
    IssuePlan { sections, join_paragraphs, ..IssuePlan::default() }
}

/// Sections in brackets, then number, title and paragraphs of each entry.
fn show(issue: &Issue) -> String {
    let mut shown = Vec::new();
    for section in &issue.sections {
        shown.push(format!("[{}]", section.name));
        for entry in &section.entries {
            let number = entry.number.map_or("-".to_owned(), |number| number.to_string());
            let title = entry.item.title.as_deref().unwrap_or("-");
            let texts: Vec<_> = entry.item.paragraphs.iter().map(|p| p.text.as_str()).collect();
            shown.push(format!("{number} {title} {}", texts.join("/")));
        }
    }
    shown.join("\n")
}

fn check(lines: &str, join: bool, expected: &str, codes: &[&str]) {
    let issue = assemble(items(lines), &plan(join), &Pictures::default());
    let found: Vec<_> = issue.diagnostics.iter().map(|diagnostic| diagnostic.code.number()).collect();
    assert_eq!(show(&issue.value), expected.trim());
    assert_eq!(found, codes);
}

#[test]
fn numbers_run_through_the_listed_sections() {
    check(
        "z|丙|三\nd|甲|一\nj|-|二\nd|乙|四",
        true,
        "[动态]\n1 甲 一\n2 乙 四\n[简讯]\n- - 二\n[摘报]\n3 丙 三",
        &[],
    );
}

#[test]
fn a_section_without_items_is_left_out() {
    check("z|丙|三", true, "[摘报]\n1 丙 三", &[]);
}

#[test]
fn an_unknown_section_goes_to_the_first_one() {
    check("x|甲|一\n-|乙|二", true, "[动态]\n1 甲 一\n2 乙 二", &["A103", "A103"]);
}

#[test]
fn an_untitled_entry_has_no_number() {
    check("d|-|一\nd|乙|二", true, "[动态]\n- - 一\n1 乙 二", &["A102"]);
}

#[test]
fn paragraphs_are_joined_where_the_plan_says_so() {
    check("d|甲|一。|二。", true, "[动态]\n1 甲 一。二。", &["A101"]);
    check("d|甲|一。|二。", false, "[动态]\n1 甲 一。/二。", &[]);
    let issue = assemble(items("d|甲|一。|二。"), &plan(true), &Pictures::default());
    let places = &issue.value.sections[0].entries[0].item.paragraphs[0].at;
    assert_eq!(*places, [Origin::Text { line: 1 }, Origin::Text { line: 2 }]);
}

#[test]
fn no_items_are_no_issue() {
    check("", true, "", &["A105"]);
}

#[test]
fn attachments_and_illegal_characters_are_told() {
    check("d|甲|一\u{1}二", true, "[动态]\n1 甲 一\u{1}二", &["P101"]);
    let mut with_tables = items("d|甲|一");
    // A table of 31 columns has no room, one of 2 is printed.
    let table = |columns| Table { rows: vec![vec!["\u{1}".to_owned(); columns]] };
    with_tables[0].tables = vec![table(31), table(2)];
    let issue = assemble(with_tables, &plan(true), &Pictures::default());
    let told: Vec<_> = issue.diagnostics.iter().map(|told| (told.code.number(), &told.arguments)).collect();
    assert_eq!((told[0].0, told[0].1[0].value.as_str()), ("A104", "1"));
    assert_eq!((told[1].0, told[1].1[0].value.as_str()), ("P101", "2"));
}

#[test]
fn a_plan_without_sections_prints_the_items() {
    let issue = assemble(items("d|甲|一"), &IssuePlan::default(), &Pictures::default());
    assert_eq!(show(&issue.value), "[]\n- 甲 一");
}
