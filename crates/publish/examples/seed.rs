//! Renders a list of items in the form of `samples/seed/items.json`.
//!
//! `cargo run -p jianbao-publish --example seed -- items.json out.docx [own-line] [long] [COUNT]`

use std::collections::BTreeSet;

use jianbao_model::issue::{Colophon, Date, Masthead};
use jianbao_model::item::Paragraph;
use jianbao_model::{Attribution, Item};
use jianbao_publish::{IssuePlan, SectionPlan, Style, Titles, assemble, render};
use serde_json::Value;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [input, output, options @ ..] = arguments.as_slice() else {
        return Err("give the items and the document to write".into());
    };
    let options: BTreeSet<&str> = options.iter().map(String::as_str).collect();
    let json: Value = serde_json::from_slice(&std::fs::read(input)?)?;
    let mut items: Vec<Item> = json["items"].as_array().into_iter().flatten().map(item).collect();
    let mut plan = plan();
    if options.contains("long") {
        // Four times the items and a long colophon, for a look at full pages.
        items = (0..4).flat_map(|_| items.clone()).collect();
        plan.masthead.offices.truncate(1);
        plan.colophon.copies = Some(60);
        plan.colophon.submit = vec!["市委办公室".to_owned(); 12];
    }
    if let Some(limit) = options.iter().find_map(|option| option.parse().ok()) {
        items.truncate(limit);
    }
    let mut style = Style::default();
    if options.contains("own-line") {
        style.titles = Titles::OwnLine;
    }
    let issue = assemble(items, &plan);
    for diagnostic in &issue.diagnostics {
        eprintln!("{} {:?}", diagnostic.code.number(), diagnostic.location.excerpt);
    }
    std::fs::write(output, render(&issue.value, &style)?)?;
    Ok(())
}

fn item(json: &Value) -> Item {
    let text = |key: &str| json[key].as_str().filter(|text| !text.is_empty()).map(str::to_owned);
    Item {
        id: text("id").unwrap_or_default(),
        section: text("section"),
        title: text("title"),
        paragraphs: vec![Paragraph { text: text("body").unwrap_or_default(), at: Vec::new() }],
        attribution: text("attribution").map(|printed| Attribution { printed, contributors: Vec::new() }),
        ..Item::default()
    }
}

fn plan() -> IssuePlan {
    let section = |id: &str, name: &str, listed: bool| SectionPlan {
        id: id.to_owned(),
        name: name.to_owned(),
        in_contents: listed,
        bulleted: !listed,
    };
    let list = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    IssuePlan {
        masthead: Masthead {
            name: "姑苏信息".to_owned(),
            edition: list(&["动态", "摘报"]),
            year: 2025,
            number: 12,
            cumulative: Some(35),
            offices: list(&["苏州国家历史文化名城保护区党政办公室", "苏州市姑苏区党政办公室"]),
            date: Date { year: 2025, month: 3, day: 27 },
        },
        colophon: Colophon {
            send: list(&["区四套班子主要领导", "党工委委员", "管委会副主任"]),
            distribute: list(&["各部委办局", "各人民团体", "各街道主要领导"]),
            editors: list(&["王文怡", "刘德富"]),
            registration: Some("（GS）简字001号".to_owned()),
            ..Colophon::default()
        },
        sections: vec![
            section("news", "动态", true),
            section("brief", "简讯", false),
            section("digest", "摘报", true),
        ],
        join_paragraphs: true,
    }
}
