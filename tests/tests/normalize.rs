//! Text cases of the normaliser: `cases/normalize/*.txt` hold blocks and what must come of them.
//!
//! A case is `## name`, lines of blocks, `---`, and the expectation. Blocks: `= ` centred, `* ` bold,
//! `> ` right-aligned, `| ` a table's row (cells by `|`), `^ ` page header, `[一是] ` an automatic
//! number, anything else a plain paragraph; `@file`, `@folder` and `@format` set the surroundings.
//! `UPDATE=1` rewrites the expectations, and that run fails.

use std::fmt::Write as _;

use jianbao_model::document::{Alignment, Paragraph, Run, Table};
use jianbao_model::{
    Block, BlockKind, Diagnosed, Format, Origin, Severity, SourceDocument, SourceId, Submission,
};
use jianbao_normalize::normalize;
use jianbao_pipeline::config::Layers;
use jianbao_tests::{difference, root, sample};

struct Case {
    document: SourceDocument,
    folder: Option<String>,
}

fn parse(blocks: &str) -> Case {
    let mut case =
        Case { document: SourceDocument::new(SourceId::of(b""), "稿.docx", Format::Docx), folder: None };
    let mut table: Vec<Vec<String>> = Vec::new();
    for (number, line) in (1..).zip(blocks.lines()) {
        let origin = Origin::Docx { part: "word/document.xml".to_owned(), paragraph: number };
        if let Some(cells) = line.strip_prefix("| ") {
            table.push(cells.split('|').map(|cell| cell.trim().to_owned()).collect());
            continue;
        }
        if !table.is_empty() {
            let rows = std::mem::take(&mut table);
            case.document
                .blocks
                .push(Block { kind: BlockKind::Table(Table { rows }), origin: origin.clone() });
        }
        if let Some(name) = line.strip_prefix("@file ") {
            name.clone_into(&mut case.document.file_name);
        } else if let Some(folder) = line.strip_prefix("@folder ") {
            case.folder = Some(folder.to_owned());
        } else if line == "@format text" {
            case.document.format = Format::Text;
        } else if let Some(header) = line.strip_prefix("^ ") {
            case.document
                .furniture
                .push(Block { kind: BlockKind::Paragraph(Paragraph::plain(header)), origin });
        } else {
            case.document.blocks.push(Block { kind: BlockKind::Paragraph(paragraph(line)), origin });
        }
    }
    if !table.is_empty() {
        case.document
            .blocks
            .push(Block { kind: BlockKind::Table(Table { rows: table }), origin: Origin::File });
    }
    case
}

fn paragraph(line: &str) -> Paragraph {
    let (alignment, bold, text) = match line.split_at_checked(2) {
        Some(("= ", text)) => (Alignment::Center, false, text),
        Some(("> ", text)) => (Alignment::Right, false, text),
        Some(("* ", text)) => (Alignment::Body, true, text),
        _ => (Alignment::Body, false, line),
    };
    let (marker, text) = match text.strip_prefix('[').and_then(|rest| rest.split_once("] ")) {
        Some((marker, text)) => (Some(marker.to_owned()), text),
        None => (None, text),
    };
    let run = Run { text: text.to_owned(), bold, ..Run::default() };
    Paragraph { runs: vec![run], alignment, marker, ..Paragraph::default() }
}

fn show(done: &Diagnosed<Submission>) -> String {
    let mut text = String::new();
    for item in &done.value.items {
        let _ = writeln!(
            text,
            "[{}] {}",
            item.section.as_deref().unwrap_or("-"),
            item.title.as_deref().unwrap_or("-")
        );
        if let Some(lead) = &item.lead {
            let _ = writeln!(text, "  lead: {lead}");
        }
        for paragraph in &item.paragraphs {
            let _ = writeln!(text, "  {}", paragraph.text);
        }
        for table in &item.tables {
            let _ = writeln!(text, "  table: {}", table.text().replace('\n', " / ").replace('\t', " | "));
        }
        if let Some(from) = &item.attribution {
            let _ = writeln!(text, "  from: {} {:?}", from.printed, from.contributors);
        }
        if let Some(date) = &item.date {
            let _ = writeln!(text, "  date: {date}");
        }
    }
    for piece in &done.value.dropped {
        let _ = writeln!(
            text,
            "- {}: {}",
            piece.reason.name(),
            piece.text.replace('\n', " / ").replace('\t', " | ")
        );
    }
    for told in &done.diagnostics {
        let mark = if told.severity == Severity::Note { "" } else { "!" };
        let arguments: Vec<String> =
            told.arguments.iter().map(|a| format!("{}={}", a.name, a.value)).collect();
        let _ = writeln!(text, "{mark}{} {}", told.code.number(), arguments.join(" "));
    }
    text
}

#[test]
fn cases() {
    let config = std::fs::read_to_string(sample("jianbao.toml")).expect("a sample");
    let config = Layers::new(Some(&config), &root()).config().expect("the sample has no mistakes").normalize;
    let mut wrong = Vec::new();
    let mut count = 0;
    for entry in std::fs::read_dir(root().join("tests/cases/normalize")).expect("a folder") {
        let path = entry.expect("an entry").path();
        let text = std::fs::read_to_string(&path).expect("a text");
        let mut rewritten = String::new();
        for case in text.split("## ").skip(1) {
            count += 1;
            let (name, rest) = case.split_once('\n').expect("a name");
            let (blocks, expected) = rest.split_once("---\n").unwrap_or((rest, ""));
            let parsed = parse(blocks.trim_end());
            let found = show(&normalize(&parsed.document, parsed.folder.as_deref(), &config));
            if found.trim() != expected.trim() {
                wrong.push(format!("{name}:\n{}", difference(expected.trim(), found.trim())));
            }
            let _ = write!(rewritten, "## {name}\n{}\n---\n{found}\n", blocks.trim_end());
        }
        if std::env::var_os("UPDATE").is_some() && rewritten.trim() != text.trim() {
            std::fs::write(&path, rewritten.trim_end().to_owned() + "\n").expect("writable");
        }
    }
    assert!(count >= 20, "{count} cases");
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
