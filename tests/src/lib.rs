//! Helpers of the suites: where things are, running the binary, golden files.

pub mod bureau;
pub mod made;
pub mod mock;
pub mod notation;
pub mod pages;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// The workspace's folder.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ lies in the workspace").to_owned()
}

/// A file below `samples/`.
pub fn sample(path: &str) -> PathBuf {
    root().join("samples").join(path)
}

/// The text of the published issue.
pub fn seed() -> String {
    std::fs::read_to_string(sample("seed/gusu-2025-012.txt")).expect("the seed is a sample")
}

/// The items as they must come out, checked by hand against the seed.
pub fn truth() -> serde_json::Value {
    let text = std::fs::read_to_string(sample("seed/items.json")).expect("the truth is a sample");
    serde_json::from_str(&text).expect("the truth is JSON")
}

/// Runs the binary in the workspace's folder, without the caller's configuration. `binary` is
/// `env!("CARGO_BIN_EXE_jianbao-under-test")`, which only a suite knows.
pub fn jianbao(binary: &str, arguments: &[&str]) -> Output {
    let mut command = Command::new(binary);
    command.args(arguments).current_dir(root());
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("JIANBAO_") {
            command.env_remove(name);
        }
    }
    // A job has its memory beside the configuration; here every call begins without any.
    let folder = tempfile::tempdir().expect("a folder");
    if arguments.iter().any(|word| ["run", "compose"].contains(word)) {
        memory(&mut command, folder.path());
    }
    command.output().expect("cargo builds the binary before the suites")
}

/// Gives a job its memory in this folder, and no time to wait for files that are written: none are.
pub fn memory(command: &mut Command, folder: &Path) {
    command
        .env("JIANBAO_FOLDERS__DATA", folder.join("data"))
        .env("JIANBAO_FOLDERS__STORE", folder.join("data/jianbao.db"))
        .env("JIANBAO_FOLDERS__QUARANTINE", folder.join("quarantine"))
        .env("JIANBAO_ARRIVAL__SETTLE", "0")
        .env("JIANBAO_ARRIVAL__QUIET", "0");
}

/// What a program says; it must be there and succeed.
pub fn output_of(program: &str, arguments: &[&str]) -> String {
    let done = Command::new(program).args(arguments).output();
    let done = done.unwrap_or_else(|error| panic!("{program}: {error}; scripts/test installs it"));
    assert!(done.status.success(), "{program}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).expect("UTF-8")
}

/// Prints a DOCX with LibreOffice; the PDF's path, in a folder that lives as long.
pub fn printed_as_pdf(docx: &Path) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let profile = format!("-env:UserInstallation=file://{}", folder.path().join("profile").display());
    let out = folder.path().display().to_string();
    let shown = docx.display().to_string();
    output_of("soffice", &[&profile, "--headless", "--convert-to", "pdf", "--outdir", &out, &shown]);
    let pdf = folder.path().join(docx.with_extension("pdf").file_name().expect("a file"));
    assert!(pdf.exists(), "LibreOffice prints the document");
    (folder, pdf)
}

/// What Python in the project's environment tells; `scripts/test` makes it.
pub fn python(arguments: &[&str]) -> String {
    let python = root().join(".venv/bin/python");
    let done = Command::new(&python).args(arguments).output();
    let done = done.unwrap_or_else(|error| panic!("{}: {error}; scripts/test makes it", python.display()));
    let told = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(done.status.success(), "{told}{}", String::from_utf8_lossy(&done.stderr));
    told
}

/// Has a DOCX, or all in a folder, looked at by a schema judge, which must find nothing; what it tells.
pub fn judged(docx: &Path) -> String {
    python(&["-m", "openxml_audit", "--recursive", &docx.display().to_string()])
}

/// Everything but white space.
pub fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Compares with a golden file. `UPDATE=1` writes it anew, and the run fails all the same, so that a
/// rewriting run is never taken for a green one.
pub fn golden(path: &str, found: &str) {
    let file = root().join("tests/golden").join(path);
    let expected = std::fs::read_to_string(&file).unwrap_or_default();
    if expected == found {
        return;
    }
    if std::env::var_os("UPDATE").is_some() {
        std::fs::create_dir_all(file.parent().expect("golden files lie in a folder")).expect("writable");
        std::fs::write(&file, found).expect("writable");
        panic!("{path} was written anew; look at the difference and run again");
    }
    panic!("{path} differs:\n{}", difference(&expected, found));
}

/// The first lines that differ, with their numbers.
pub fn difference(expected: &str, found: &str) -> String {
    let mut lines = Vec::new();
    let (mut left, mut right) = (expected.lines(), found.lines());
    for number in 1.. {
        match (left.next(), right.next()) {
            (None, None) => break,
            (a, b) if a != b => {
                lines.push(format!("{number}:\n- {}\n+ {}", a.unwrap_or("∅"), b.unwrap_or("∅")));
            }
            _ => {}
        }
        if lines.len() >= 5 {
            break;
        }
    }
    lines.join("\n")
}

/// Where two texts part, with what stands round the place.
pub fn parting(expected: &str, found: &str) -> Option<String> {
    let same = expected.chars().zip(found.chars()).take_while(|(a, b)| a == b).count();
    if expected == found {
        return None;
    }
    let around = |text: &str| -> String { text.chars().skip(same.saturating_sub(15)).take(45).collect() };
    Some(format!("at character {same}:\n- …{}…\n+ …{}…", around(expected), around(found)))
}
