//! Prints a document's shown text, one paragraph a line, cells separated by tabs.
//! `dump_doc FILE… [--dropped] [--quiet]`: also what is not shown; only the outcome.

use jianbao_ms_doc::{Block, Limits, Paragraph, RunKind, read};

fn main() {
    let (flags, files): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|argument| argument.starts_with("--"));
    let has = |flag: &str| flags.iter().any(|found| found == flag);
    for file in files {
        let bytes = std::fs::read(&file).unwrap_or_default();
        let started = std::time::Instant::now();
        let result = read(&bytes, &Limits::default());
        let spent = started.elapsed();
        if has("--quiet") {
            match result {
                Ok(document) => println!("ok old={} {spent:?} {:?}", document.is_old, document.warnings),
                Err(error) => println!("{error:?} {spent:?}"),
            }
            continue;
        }
        match result {
            Ok(document) => {
                let dropped = has("--dropped");
                print(&document.body, dropped);
                let notes = document.footnotes.iter().chain(&document.endnotes);
                for note in notes {
                    print!("[{}] ", note.mark);
                    print(&note.blocks, dropped);
                }
                if dropped {
                    for margin in &document.headers {
                        println!("-- header {:?} of section {}", margin.pages, margin.section);
                        print(&margin.blocks, true);
                    }
                    for margin in &document.footers {
                        println!("-- footer {:?} of section {}", margin.pages, margin.section);
                        print(&margin.blocks, true);
                    }
                    for comment in &document.comments {
                        println!("-- comment of {:?}", comment.author);
                        print(&comment.blocks, true);
                    }
                    println!("-- warnings {:?}", document.warnings);
                }
            }
            Err(error) => eprintln!("{file}: {error}"),
        }
    }
}

fn print(blocks: &[Block], dropped: bool) {
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => println!("{}", line(paragraph, dropped)),
            Block::TextBox(text_box) => print(&text_box.blocks, dropped),
            Block::Table(table) => {
                for row in &table.rows {
                    let cells: Vec<String> =
                        row.cells.iter().map(|cell| inline(&cell.blocks, dropped)).collect();
                    println!("{}", cells.join("\t"));
                }
            }
            _ => {}
        }
    }
}

fn inline(blocks: &[Block], dropped: bool) -> String {
    let text = |block: &Block| match block {
        Block::Paragraph(paragraph) => line(paragraph, dropped),
        Block::TextBox(text_box) => inline(&text_box.blocks, dropped),
        Block::Table(table) => {
            let cells = table.rows.iter().flat_map(|row| &row.cells);
            cells.map(|cell| inline(&cell.blocks, dropped)).collect::<Vec<_>>().join(" | ")
        }
        _ => String::new(),
    };
    blocks.iter().map(text).collect::<Vec<_>>().join(" ")
}

fn line(paragraph: &Paragraph, dropped: bool) -> String {
    let mut line = paragraph.number.as_deref().map(|number| format!("{number} ")).unwrap_or_default();
    for run in &paragraph.runs {
        match run.kind {
            kind if kind.is_shown() => line += &run.text,
            kind if dropped && kind != RunKind::PageBreak => {
                line.extend(["⟦", &format!("{kind:?}: "), &run.text, "⟧"]);
            }
            _ => {}
        }
    }
    line
}
