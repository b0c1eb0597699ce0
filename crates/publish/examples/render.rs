//! Renders an issue for `scripts/bench issues`: `render ISSUE.json OUT.docx` writes it once; without two
//! arguments each line `MILLISECONDS COUNT ISSUE.json` is answered by `ok` and the nanoseconds of so many
//! renderings, of which the time is not bounded. All are made by one renderer; with the argument `alone` each
//! has its own.

use std::error::Error;
use std::io::{BufRead, Write};
use std::time::Instant;

use jianbao_model::issue::{Colophon, Date, Masthead};
use jianbao_model::item::Paragraph;
use jianbao_model::{Attribution, Issue, Item};
use jianbao_publish::{IssuePlan, Pictures, Renderer, SectionPlan, Style, assemble, render};
use serde_json::Value;

type Done<T> = Result<T, Box<dyn Error>>;

fn main() -> Done<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [issue, target] = &arguments[..] {
        let docx = render(&read(issue)?, &Style::default(), &Pictures::default())?;
        return Ok(std::fs::write(target, docx)?);
    }
    let alone = arguments == ["alone"];
    let style = Style::default();
    let mut renderer = Renderer::new(&style);
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let mut words = line.splitn(3, ' ').skip(1);
        let (Some(count), Some(path)) = (words.next(), words.next()) else { return Err(line.into()) };
        let issue = read(path)?;
        let mut answer = "ok".to_owned();
        for _ in 0..count.parse::<usize>()? {
            let start = Instant::now();
            let docx = if alone {
                render(&issue, &style, &Pictures::default())?
            } else {
                renderer.render(&issue, &Pictures::default())?
            };
            let nanoseconds = start.elapsed().as_nanos();
            // The size is looked at, so that nothing of it is optimised away.
            answer += &format!(" {}", if docx.is_empty() { 0 } else { nanoseconds });
        }
        println!("{answer}");
        std::io::stdout().flush()?;
    }
    Ok(())
}

/// The issue of a file that `scripts/issues/bench.py` writes.
fn read(path: &str) -> Done<Issue> {
    let all: Value = serde_json::from_slice(&std::fs::read(path)?)?;
    let (masthead, colophon) = (&all["masthead"], &all["colophon"]);
    let number = |value: &Value| value.as_u64().and_then(|value| u32::try_from(value).ok());
    let plan = IssuePlan {
        masthead: Masthead {
            name: text(&masthead["name"]),
            edition: texts(&masthead["edition"]),
            year: number(&masthead["year"]).and_then(|year| u16::try_from(year).ok()).ok_or("no year")?,
            number: number(&masthead["number"]).ok_or("no number")?,
            cumulative: number(&masthead["cumulative"]),
            offices: texts(&masthead["offices"]),
            date: masthead["date"].as_str().and_then(Date::from_iso).ok_or("no date")?,
            ..Masthead::default()
        },
        colophon: Colophon {
            send: texts(&colophon["send"]),
            distribute: texts(&colophon["distribute"]),
            editors: texts(&colophon["editors"]),
            registration: colophon["registration"].as_str().map(str::to_owned),
            ..Colophon::default()
        },
        sections: list(&all["sections"])
            .map(|section| SectionPlan {
                id: text(&section["id"]),
                name: text(&section["name"]),
                in_contents: section["bulleted"] == false,
                bulleted: section["bulleted"] == true,
            })
            .collect(),
        join_paragraphs: false,
        most_items: 0,
    };
    let items = list(&all["sections"])
        .flat_map(|section| list(&section["items"]).map(|item| read_item(section, item)));
    Ok(assemble(items.collect(), &plan, &Pictures::default()).value)
}

fn read_item(section: &Value, item: &Value) -> Item {
    Item {
        id: text(&item["id"]),
        section: Some(text(&section["id"])),
        title: Some(text(&item["title"])).filter(|title| !title.is_empty()),
        paragraphs: vec![Paragraph { text: text(&item["body"]), at: Vec::new() }],
        attribution: Some(Attribution { printed: text(&item["attribution"]), contributors: Vec::new() }),
        ..Item::default()
    }
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn texts(value: &Value) -> Vec<String> {
    list(value).map(text).collect()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
