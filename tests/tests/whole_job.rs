//! The whole job: the sample inbox becomes the published issue, and the issue comes back as its items.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use jianbao_tests::{
    golden, judged, made, output_of, parting, printed_as_pdf, python, sample, seed, squeezed, truth,
};
use serde_json::Value;
use tempfile::TempDir;

const BINARY: &str = env!("CARGO_BIN_EXE_jianbao-under-test");

fn jianbao(arguments: &[&str]) -> std::process::Output {
    jianbao_tests::jianbao(BINARY, arguments)
}

fn config() -> String {
    sample("jianbao.toml").display().to_string()
}

/// Runs the job on the sample inbox; the issue's path.
fn run(folder: &Path, name: &str, more: &[&str]) -> PathBuf {
    let target = folder.join(name);
    let (config, output) = (config(), target.display().to_string());
    let mut arguments = vec!["run", "--config", &config, "-o", &output];
    arguments.extend(more);
    let done = jianbao(&arguments);
    assert_eq!(done.status.code(), Some(1), "{}", String::from_utf8_lossy(&done.stderr));
    target
}

/// The issue, made once for all tests of this suite.
fn issue() -> &'static Path {
    static ISSUE: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    let made = ISSUE.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        let path = run(folder.path(), "issue.docx", &[]);
        (folder, path)
    });
    &made.1
}

/// What does not count when texts are compared: white space, and the width of the masthead's brackets.
fn comparable(text: &str) -> String {
    squeezed(text).replace('(', "（").replace(')', "）")
}

#[test]
fn the_issue_is_the_published_one_character_by_character() {
    let path = issue().display().to_string();
    let text = output_of("pandoc", &["--to", "plain", "--wrap=none", &path]);
    let parting = parting(&comparable(&seed()), &comparable(&text));
    assert!(parting.is_none(), "{}", parting.unwrap_or_default());
}

/// The items of an issue in the form of the truth.
fn imported(path: &Path) -> Vec<Value> {
    let done = jianbao(&["import", &path.display().to_string(), "--config", &config()]);
    let line = String::from_utf8(done.stdout).expect("UTF-8");
    let record: Value = serde_json::from_str(&line).expect("one JSON line");
    let codes: Vec<&str> = record["diagnostics"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|d| d["code"].as_str().expect("a code"))
        .collect();
    assert!(!codes.contains(&"N601"), "contents and titles agree: {codes:?}");
    record["items"].as_array().expect("a list").clone()
}

/// Compares section, title, body, points and contributor of every item with the truth.
fn check_items(found: &[Value], name: &str) {
    let truth = truth();
    let expected = truth["items"].as_array().expect("a list");
    assert_eq!(found.len(), expected.len(), "{name}");
    for (found, expected) in found.iter().zip(expected) {
        let title = expected["title"].as_str().filter(|title| !title.is_empty());
        assert_eq!(found["title"].as_str(), title, "{name}");
        assert_eq!(found["section"], expected["section"], "{name}");
        let paragraphs = found["paragraphs"].as_array().expect("a list").iter();
        let body: String = paragraphs.map(|p| p.as_str().expect("text")).collect();
        let parting = parting(expected["body"].as_str().expect("text"), &body);
        assert!(parting.is_none(), "{name}: {}", parting.unwrap_or_default());
        let from = expected["attribution"].as_str().expect("text").trim_matches(['（', '）']);
        assert_eq!(found["attribution"]["printed"].as_str(), Some(from), "{name}");
        let labels = found["points"].as_array().expect("a list").len();
        let typed =
            ["一是", "二是", "三是", "四是", "五是"].iter().filter(|label| body.contains(**label)).count();
        assert_eq!(labels, typed, "{name}: points of {title:?}");
    }
}

#[test]
fn the_issue_comes_back_from_docx_pdf_and_text() {
    check_items(&imported(issue()), "own DOCX");
    let (_folder, pdf) = printed_as_pdf(issue());
    check_items(&imported(&pdf), "own DOCX printed by LibreOffice");
    check_items(&imported(&sample("seed/gusu-2025-012.txt")), "the seed's text");
}

#[test]
fn an_issue_that_others_made_is_read_alike() {
    for name in ["姑苏信息-2025-012.docx", "姑苏信息-2025-012.pdf", "姑苏信息-2025-012-typst.pdf"]
    {
        check_items(&imported(&sample("issue").join(name)), name);
    }
}

#[test]
fn two_runs_and_any_number_of_threads_give_the_same_bytes() {
    let folder = tempfile::tempdir().expect("a folder");
    let bytes = |name, more: &[&str]| std::fs::read(run(folder.path(), name, more)).expect("the issue");
    let first = bytes("1.docx", &["--jobs", "1"]);
    assert_eq!(first, bytes("2.docx", &["--jobs", "2"]));
    assert_eq!(first, bytes("3.docx", &["--jobs", "7"]));
    let jsonl = |jobs| jianbao(&["convert", "samples/inbox", "--config", &config(), "--jobs", jobs]).stdout;
    assert_eq!(jsonl("1"), jsonl("2"));
}

#[test]
fn the_parts_of_the_issue_are_golden() {
    let file = std::fs::File::open(issue()).expect("the issue");
    let mut archive = zip::ZipArchive::new(file).expect("a zip");
    let mut parts = String::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).expect("an entry");
        let name = entry.name().expect("a name").into_owned();
        let mut text = String::new();
        entry.read_to_string(&mut text).expect("text");
        // One element a line, so that a difference shows where it is.
        parts.push_str(&format!("=== {name}\n{}\n", text.replace("><", ">\n<")));
    }
    golden("issue.xml", &parts);
}

#[test]
fn the_items_of_every_sample_are_golden() {
    let done = jianbao(&["convert", "samples/inbox", "--config", &config()]);
    let lines = String::from_utf8(done.stdout).expect("UTF-8");
    let mut text = String::new();
    for line in lines.lines() {
        let record: Value = serde_json::from_str(line).expect("JSON");
        text.push_str(&serde_json::to_string_pretty(&record).expect("JSON"));
        text.push('\n');
    }
    assert!(!text.contains("{$"), "every message has all its arguments");
    golden("inbox.json", &text);
}

#[test]
fn nothing_of_a_sample_vanishes() {
    let done = jianbao(&["convert", "samples/inbox", "--config", &config()]);
    let lines = String::from_utf8(done.stdout).expect("UTF-8");
    let mut formats = Vec::new();
    for line in lines.lines() {
        let record: Value = serde_json::from_str(line).expect("JSON");
        let path = record["source"]["path"].as_str().expect("a path");
        let format = record["source"]["format"].as_str().unwrap_or_default();
        if !["docx", "doc", "rtf"].contains(&format) {
            continue;
        }
        formats.push(format.to_owned());
        let text = text_of(&sample("inbox").join(path), format);
        let mut kept: Vec<char> = words(&record.to_string());
        kept.sort_unstable();
        for c in words(&text) {
            let at = kept.binary_search(&c);
            assert!(at.is_ok(), "{path}: {c:?} of the file is in no item and in no dropped piece");
            kept.remove(at.unwrap_or_default());
        }
    }
    formats.sort_unstable();
    assert_eq!(formats, ["doc", "doc", "doc", "docx", "rtf"], "the Word samples");
}

/// Truth from other programs: what pandoc finds in a Word file with all revisions; LibreOffice saves the
/// binaries anew for it.
fn text_of(file: &Path, format: &str) -> String {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let out = folder.path().display().to_string();
    let (mut file, mut from) = (file.display().to_string(), format);
    if format == "doc" {
        let copy = folder.path().join("copy.doc");
        std::fs::copy(&file, &copy).expect("the sample can be read");
        let profile = format!("-env:UserInstallation=file://{out}/profile");
        let copy = copy.display().to_string();
        output_of("soffice", &[&profile, "--headless", "--convert-to", "docx", "--outdir", &out, &copy]);
        (file, from) = (format!("{out}/copy.docx"), "docx");
    }
    output_of("pandoc", &["--from", from, "--to", "plain", "--wrap=none", "--track-changes=accept", &file])
}

/// Han characters and digits of a text: what cleaning never changes.
fn words(text: &str) -> Vec<char> {
    text.chars().filter(|c| matches!(c, '\u{4E00}'..='\u{9FFF}' | '0'..='9')).collect()
}

#[test]
fn the_schema_describes_the_lines() {
    let done = jianbao(&["schema"]);
    let text = String::from_utf8(done.stdout).expect("UTF-8");
    golden("../../docs/submission.schema.json", &text);
    let schema: Value = serde_json::from_str(&text).expect("JSON");
    let lines = jianbao(&["convert", "samples/inbox", "--config", &config()]).stdout;
    let lines = String::from_utf8(lines).expect("UTF-8");
    let required: Vec<&str> =
        schema["required"].as_array().expect("a list").iter().filter_map(Value::as_str).collect();
    for line in lines.lines() {
        let record: Value = serde_json::from_str(line).expect("JSON");
        for key in &required {
            assert!(record.get(*key).is_some(), "{key}");
        }
        assert_eq!(record["schema"], "jianbao.submission/1");
    }
}

/// What python-docx finds: for every file a list of style and text.
const PARAGRAPHS: &str = "import docx, json, sys
from docx.text.paragraph import Paragraph
def all(path):
    document = docx.Document(path)
    paragraphs = [Paragraph(p, document) for p in document.element.body.iter(docx.oxml.ns.qn('w:p'))]
    return [[p.style.style_id, p.text] for p in paragraphs]
print(json.dumps([all(path) for path in sys.argv[1:]]))";

#[test]
fn the_documents_are_valid_for_other_judges() {
    let folder = tempfile::tempdir().expect("a folder");
    let issues = made::issues();
    let mut paths = vec![folder.path().join("job.docx").display().to_string()];
    std::fs::copy(issue(), &paths[0]).expect("writable");
    for made in &issues {
        let path = folder.path().join(made.name).with_extension("docx");
        std::fs::write(&path, &made.docx).expect("writable");
        paths.push(path.display().to_string());
    }
    let all: Vec<&str> = paths.iter().map(String::as_str).collect();

    let told = judged(folder.path());
    assert_eq!(told.matches("Errors: 0").count(), all.len(), "{told}");

    let found = python(&[&["-c", PARAGRAPHS], &all[1..]].concat());
    let found: Value = serde_json::from_str(&found).expect("JSON");
    for (made, found) in issues.iter().zip(found.as_array().expect("files")) {
        let found = found.as_array().expect("paragraphs").iter().map(|paragraph| made::Source {
            style: paragraph[0].as_str().expect("a style").to_owned(),
            text: squeezed(paragraph[1].as_str().expect("text")),
        });
        let found: Vec<_> = found.filter(|paragraph| !paragraph.text.is_empty()).collect();
        assert_eq!(found, made::paragraphs(&made.docx), "{}", made.name);
    }
}
