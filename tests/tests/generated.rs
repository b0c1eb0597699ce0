//! Invariants 1 and 2 on generated documents: text, revisions, hidden text, numbers, fields, notes, boxes
//! and tables at random. `scripts/features/generated.py` keeps the account of what Word shows and what
//! it does not show while it puts a document together; every format must be read as that account says.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use jianbao_model::SourceDocument;
use jianbao_read::{Limits, read};
use jianbao_tests::notation::{items, lines};
use jianbao_tests::root;
use serde_json::Value;

const FORMATS: [&str; 4] = ["docx", "rtf", "doc", "wps"];
const COUNT: usize = 200;
/// What a header, a footer and a note's place take out of the text in every document.
const BESIDE: [&str; 3] = ["header", "footer", "duplicate-fallback"];

#[test]
fn documents_at_random_are_read_alike_in_every_format() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    generate(folder.path());
    let mut wrong = Vec::new();
    for seed in 0..COUNT {
        let expected = std::fs::read_to_string(folder.path().join(format!("{seed}.json"))).expect("made");
        let expected: Value = serde_json::from_str(&expected).expect("JSON");
        let mut first: Option<Vec<String>> = None;
        for format in FORMATS {
            let name = format!("{seed}.{format}");
            let document = document(folder.path(), &name);
            wrong.extend(differences(&expected, &document).map(|told| format!("{name}: {told}")));
            let items = items(&document);
            let same = first.get_or_insert_with(|| items.clone());
            if *same != items {
                wrong.push(format!("{name}: other items than {seed}.{}", FORMATS[0]));
            }
        }
    }
    wrong.truncate(10);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn generate(folder: &Path) {
    let output = Command::new("python3")
        .arg(root().join("scripts/features/generated.py"))
        .args([folder.as_os_str(), COUNT.to_string().as_ref()])
        .output()
        .expect("python3 is installed");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

fn document(folder: &Path, name: &str) -> SourceDocument {
    let bytes = std::fs::read(folder.join(name)).expect("made");
    let read = read(&bytes, name, &Limits::default()).unwrap_or_else(|error| panic!("{name}: {error}"));
    let doubtful: Vec<_> = read.diagnostics.iter().map(|told| told.code.slug()).collect();
    assert!(doubtful.is_empty(), "{name}: {doubtful:?}");
    read.value
}

fn differences(expected: &Value, document: &SourceDocument) -> impl Iterator<Item = String> + use<> {
    let shown: Vec<String> = document.blocks.iter().flat_map(lines).collect();
    let wanted: Vec<String> = ["§ generated".to_owned()]
        .into_iter()
        .chain(expected["shown"].as_array().expect("lines").iter().map(text))
        .chain(["§ end".to_owned()])
        .collect();
    let place = wanted.iter().zip(&shown).position(|(wanted, shown)| wanted != shown);
    let line = place.or((wanted.len() != shown.len()).then_some(wanted.len().min(shown.len())));
    let line = line.map(|at| format!("\n- {:?}\n+ {:?}", wanted.get(at), shown.get(at)));
    let (wanted, dropped) = (wanted_pieces(expected), dropped_pieces(document));
    let reasons =
        wanted.keys().chain(dropped.keys()).filter(|reason| wanted.get(*reason) != dropped.get(*reason));
    let pieces =
        reasons.map(|reason| format!("{reason}\n- {:?}\n+ {:?}", wanted.get(reason), dropped.get(reason)));
    line.into_iter().chain(pieces.collect::<Vec<_>>())
}

/// All that is not shown, by reason; what stands beside each other is one piece for some formats.
fn wanted_pieces(expected: &Value) -> BTreeMap<String, Vec<char>> {
    let pieces = expected["dropped"].as_object().expect("reasons").iter();
    pieces
        .map(|(reason, texts)| {
            let texts: String = texts.as_array().expect("texts").iter().map(text).collect();
            (reason.clone(), signs(&texts))
        })
        .collect()
}

fn dropped_pieces(document: &SourceDocument) -> BTreeMap<String, Vec<char>> {
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    for piece in document.dropped.iter().filter(|piece| !BESIDE.contains(&piece.reason.name())) {
        *texts.entry(piece.reason.name().to_owned()).or_default() += &piece.text;
    }
    texts.into_iter().map(|(reason, text)| (reason, signs(&text))).collect()
}

/// Characters without blanks, sorted: formats keep pieces in orders of their own.
fn signs(text: &str) -> Vec<char> {
    let mut signs: Vec<char> = text.chars().filter(|sign| !sign.is_whitespace()).collect();
    signs.sort_unstable();
    signs
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}
