//! Tables of items: printed in the issue, they come back cell by cell.

use jianbao_model::document::{BlockKind, Table};
use jianbao_model::issue::{Date, Masthead};
use jianbao_model::item::Paragraph;
use jianbao_model::{Attribution, Issue, Item};
use jianbao_publish::{IssuePlan, SectionPlan, Style, assemble, render};
use jianbao_read::{Limits, read};

/// A table with cells of every kind: numbers, names, an empty one, long ones.
fn table(columns: usize, rows: usize) -> Table {
    let long =
        "完善社区嵌入式服务设施，推动“一老一小”服务就近可及，全年新建改建综合服务中心12个，覆盖居民8.6万人。";
    let cell = |row: usize, column: usize| match (row, column % 4) {
        (0, 0) => "序号".to_owned(),
        (0, 1) => "责任单位".to_owned(),
        (0, 2) => "完成数（万元）".to_owned(),
        (0, _) => "主要做法".to_owned(),
        (_, 0) => row.to_string(),
        (row, 1) if row % 7 == 3 => String::new(),
        (_, 1) => "区住房和城乡建设委员会".to_owned(),
        (_, 2) => format!("{}.5", row * 1234),
        (row, _) => long.chars().take(row * 13 % 50 + 2).collect(),
    };
    Table { rows: (0..rows).map(|row| (0..columns).map(|column| cell(row, column)).collect()).collect() }
}

fn item(title: &str, tables: Vec<Table>) -> Item {
    let text = "近日，各单位围绕年度目标任务，细化举措、压实责任，取得阶段性成效，现将有关情况汇总如下。";
    Item {
        id: title.to_owned(),
        section: Some("d".to_owned()),
        title: Some(title.to_owned()),
        paragraphs: vec![Paragraph { text: text.to_owned(), at: Vec::new() }],
        attribution: Some(Attribution { printed: "区政府办".to_owned(), contributors: Vec::new() }),
        tables,
        ..Item::default()
    }
}

fn issue(items: Vec<Item>) -> Issue {
    let plan = IssuePlan {
        masthead: Masthead {
            name: "姑苏信息".to_owned(),
            year: 2025,
            number: 12,
            offices: vec!["区政府办公室".to_owned()],
            date: Date { year: 2025, month: 3, day: 27 },
            ..Masthead::default()
        },
        sections: vec![SectionPlan {
            id: "d".to_owned(),
            name: "动态".to_owned(),
            in_contents: true,
            bulleted: false,
        }],
        ..IssuePlan::default()
    };
    let assembled = assemble(items, &plan);
    assert!(assembled.diagnostics.is_empty(), "everything is printed: {:?}", assembled.diagnostics);
    assembled.value
}

#[test]
fn tables_come_back_cell_by_cell() {
    let tables: Vec<Table> = (2..=12).map(|columns| table(columns, 5)).chain([table(4, 40)]).collect();
    let items = tables.iter().map(|table| item(&format!("{}列", table.rows[0].len()), vec![table.clone()]));
    let bytes = render(&issue(items.collect()), &Style::default()).expect("the issue is legal");
    if let Some(path) = std::env::var_os("KEEP_TABLES") {
        std::fs::write(path, &bytes).expect("writable");
    }
    let document = read(&bytes, "issue.docx", &Limits::default()).expect("our own file").value;
    let found = document.blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Table(table) => Some(table.rows.clone()),
        _ => None,
    });
    let expected: Vec<_> = tables.into_iter().map(|table| table.rows).collect();
    assert_eq!(found.collect::<Vec<_>>(), expected);
}

#[test]
fn rows_that_are_short_are_filled_and_lines_of_a_cell_kept() {
    let cell = |text: &str| text.to_owned();
    let ragged =
        Table { rows: vec![vec![cell("甲"), cell("乙"), cell("丙")], vec![cell("一\n二")], Vec::new()] };
    let bytes = render(&issue(vec![item("参差", vec![ragged])]), &Style::default()).expect("legal");
    let document = read(&bytes, "issue.docx", &Limits::default()).expect("our own file").value;
    let text: Vec<String> = document.blocks.iter().map(jianbao_model::document::Block::shown).collect();
    assert!(text.contains(&"甲\t乙\t丙\n一 二\t\t\n\t\t".to_owned()), "{text:?}");
}
