//! Crafted PDFs: each ends in its text or in one coded error, whatever its author had in mind.
//!
//! Times and memory are not asserted here. `cargo run -p jianbao-read --example crafted -- DIR` writes
//! the files below DIR, and `scripts/corpora DIR --seconds 2` measures them.

mod crafted;

use crafted::End::{self, Doubtful, Refused, Text};
use crafted::{CASES, hybrid_tables};
use jianbao_model::{BlockKind, Diagnosed, Severity, SourceDocument};
use jianbao_read::{Limits, ReadError, read};

#[test]
fn every_file_ends_in_text_or_in_one_error() {
    let mut wrong = Vec::new();
    for (name, make, end) in CASES {
        let found = read(&make(), "x.pdf", &Limits::default());
        if !ends(end, &found) {
            let shown = found.map(|read| (text(&read.value), read.diagnostics));
            wrong.push(format!("{name}: {shown:.300?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_file_cut_anywhere_is_never_read_as_nothing() {
    let whole = hybrid_tables();
    for end in (0..whole.len()).step_by(11) {
        if let Ok(read) = read(&whole[..end], "x.pdf", &Limits::default()) {
            assert_eq!(text(&read.value), "正文", "{end}");
        }
    }
}

fn ends(end: &End, found: &Result<Diagnosed<SourceDocument>, ReadError>) -> bool {
    match (end, found) {
        (Text(expected), Ok(read)) => {
            text(&read.value).starts_with(expected)
                && read.diagnostics.iter().all(|told| told.severity == Severity::Note)
        }
        (Doubtful(expected, code), Ok(read)) => {
            text(&read.value).starts_with(expected) && read.diagnostics.iter().any(|told| told.code == *code)
        }
        (Refused(code), Err(error)) => error.code() == *code,
        _ => false,
    }
}

fn text(document: &SourceDocument) -> String {
    let paragraphs = document.blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Paragraph(paragraph) => Some(paragraph.shown()),
        _ => None,
    });
    paragraphs.collect::<Vec<_>>().concat()
}
