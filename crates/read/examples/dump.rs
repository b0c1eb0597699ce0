//! Prints what the reader makes of each file named: one line a block, then what was dropped.

use std::time::Instant;

use jianbao_model::document::{Block, BlockKind};
use jianbao_read::{Limits, read};

fn main() -> std::io::Result<()> {
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path)?;
        let begun = Instant::now();
        let result = read(&bytes, &path, &Limits::default());
        let took = begun.elapsed().as_millis();
        match result {
            Err(error) => println!("== {path}\t{}\t{error}\t{took} ms", error.code().slug()),
            Ok(read) => {
                println!(
                    "== {path}\tok {}\t{} blocks\t{took} ms",
                    read.value.format.name(),
                    read.value.blocks.len()
                );
                read.value.blocks.iter().for_each(|block| println!("{}", line(block)));
                read.value.furniture.iter().for_each(|block| println!("^ {}", line(block)));
                for dropped in &read.value.dropped {
                    println!("- {}: {:?}", dropped.reason.name(), dropped.text);
                }
                for diagnostic in &read.diagnostics {
                    println!("! {} {:?}", diagnostic.code.slug(), diagnostic.arguments);
                }
            }
        }
    }
    Ok(())
}

fn line(block: &Block) -> String {
    match &block.kind {
        BlockKind::Paragraph(paragraph) => {
            let marker = paragraph.marker.as_ref().map(|marker| format!("[{marker}] ")).unwrap_or_default();
            let bold = if paragraph.is_bold() { "*" } else { "" };
            format!("{bold}{marker}{}{bold}", paragraph.text().replace('\n', "⏎"))
        }
        BlockKind::Table(table) => {
            let rows: Vec<String> = table.rows.iter().map(|row| format!("| {}", row.join(" | "))).collect();
            rows.join("\n")
        }
        BlockKind::Image(image) => format!("<{} {}>", image.name, image.bytes),
        BlockKind::PageBreak => "----".to_owned(),
    }
}
