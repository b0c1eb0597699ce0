//! Characters and paragraphs of PDFs in the GB encodings, without embedded fonts or `ToUnicode`: a few files
//! of the set that `scripts/make-pdfs` prints, frozen in `tests/pdfs`.

use std::path::{Path, PathBuf};

use jianbao_model::BlockKind;
use jianbao_read::{Limits, read};
use serde_json::Value;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("pdfs")
}

/// The paragraphs of a file, each row of a table with a blank between its cells.
fn paragraphs(path: &Path) -> Vec<String> {
    let bytes = std::fs::read(path).expect("a frozen file");
    let document = read(&bytes, "frozen.pdf", &Limits::default()).expect("readable").value;
    let lines = document.blocks.into_iter().flat_map(|block| match block.kind {
        BlockKind::Paragraph(paragraph) => vec![paragraph.text().trim().to_owned()],
        BlockKind::Table(table) => table.rows.iter().map(|row| row.join(" ")).collect(),
        other => panic!("{}: {other:?}", path.display()),
    });
    lines.collect()
}

/// What the text of that name holds.
fn truth(name: &str) -> Vec<String> {
    let path = folder().join(name).with_extension("json");
    let truth = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let truth: Value = serde_json::from_str(&truth).expect("JSON");
    let lines = truth["paragraphs"].as_array().expect("paragraphs");
    lines.iter().map(|line| line.as_str().expect("text").to_owned()).collect()
}

fn check(producer: &str, files: usize) {
    let entries = std::fs::read_dir(folder().join(producer)).expect("the producer's folder");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    assert_eq!(paths.len(), files, "{producer}");
    for path in paths {
        let name = path.file_stem().and_then(|stem| stem.to_str()).expect("a name");
        assert_eq!(paragraphs(&path), truth(name), "{}", path.display());
    }
}

#[test]
fn horizontal_text_in_every_encoding() {
    for producer in ["gbk-euc-h", "gb-euc-h", "gbkp-euc-h", "gbk2k-h", "unigb-utf16-h", "identity-h"] {
        check(producer, 4);
    }
}

#[test]
fn columns_from_right_to_left() {
    for producer in ["gbk-euc-v", "unigb-utf16-v"] {
        check(producer, 1);
    }
}
