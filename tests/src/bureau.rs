//! An office with a shared folder, into which units send and from which the job makes issues.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use jianbao_store::{Options, Store};
use serde_json::Value;
use tempfile::TempDir;

/// Nothing is fixed but the bulletin: numbers follow each other, the command line gives the date.
const CONFIG: &str = r#"
[bulletin]
name = "试刊"
edition = ["动态"]
[arrival]
settle = 0
quiet = 0
reserve_mib = 1
[limits]
workers = false
[[section]]
id = "news"
name = "工作动态"
[[section]]
id = "brief"
name = "简讯"
[[contributor]]
name = "区残联"
[[contributor]]
name = "区统计局"
"#;

/// The office's folder.
pub struct Bureau {
    folder: TempDir,
    binary: &'static str,
}

impl Bureau {
    /// An office with an empty inbox.
    pub fn new(binary: &'static str) -> Self {
        let bureau = Self { folder: tempfile::tempdir().expect("a folder"), binary };
        fs::create_dir(bureau.path("inbox")).expect("writable");
        fs::write(bureau.path("jianbao.toml"), CONFIG).expect("writable");
        bureau
    }

    /// A path in the folder.
    pub fn path(&self, path: impl AsRef<OsStr>) -> PathBuf {
        self.folder.path().join(path.as_ref())
    }

    /// Puts a file into the inbox, or another in its place.
    pub fn send(&self, path: impl AsRef<OsStr>, content: impl AsRef<[u8]>) {
        let path = self.path("inbox").join(path.as_ref());
        fs::create_dir_all(path.parent().expect("a unit's folder")).expect("writable");
        fs::write(path, content).expect("writable");
    }

    /// Runs the program, with these variables; exit code, and what it says on both channels.
    pub fn with(&self, variables: &[(&str, &str)], words: &[&str]) -> (i32, String) {
        let mut command = Command::new(self.binary);
        command.args(words).current_dir(self.folder.path());
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("JIANBAO_") {
                command.env_remove(name);
            }
        }
        command.envs(variables.iter().copied());
        let Output { status, stdout, stderr } = command.output().expect("the binary is built");
        let said = String::from_utf8(stdout).expect("UTF-8") + &String::from_utf8_lossy(&stderr);
        (status.code().expect("an exit code"), said)
    }

    /// Runs the program, which must end with this code; what it says.
    pub fn run(&self, words: &[&str], exit: i32) -> String {
        self.run_with(&[], words, exit)
    }

    /// The same with variables.
    pub fn run_with(&self, variables: &[(&str, &str)], words: &[&str], exit: i32) -> String {
        let (found, said) = self.with(variables, words);
        assert_eq!(found, exit, "{words:?}: {said}");
        assert!(!said.contains("{$") && !said.contains("{ $"), "every argument has its value: {said}");
        said
    }

    /// The store.
    pub fn store(&self) -> Store {
        Store::open(&self.path("data/jianbao.db"), Options::default()).expect("the store")
    }

    /// Nothing in the store contradicts itself, and the last account adds up to `files`.
    pub fn accounts_for(&self, files: u64) {
        assert_eq!(self.store().check().expect("a sound store"), []);
        let counted = &self.status()["files"];
        let of = |name: &str| counted[name].as_u64().expect("a number");
        let parts = of("accepted") + of("duplicate") + of("quarantined") + of("waiting");
        assert_eq!((of("received"), parts), (files, files), "{counted}");
    }

    /// What the last run has left in `status.json`.
    pub fn status(&self) -> Value {
        let text = fs::read_to_string(self.path("data/status.json")).expect("a status");
        serde_json::from_str(&text).expect("JSON")
    }

    /// Names of the files below a folder, sorted.
    pub fn files(&self, folder: &str) -> Vec<String> {
        fn below(root: &Path, folder: &Path, names: &mut Vec<String>) {
            for entry in fs::read_dir(folder).into_iter().flatten() {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    below(root, &path, names);
                } else {
                    names.push(path.strip_prefix(root).expect("below").to_string_lossy().into_owned());
                }
            }
        }
        let mut names = Vec::new();
        below(&self.path(folder), &self.path(folder), &mut names);
        names.sort();
        names
    }

    /// The words of the issue with this file name.
    pub fn printed(&self, name: &str) -> String {
        let path = self.path("out").join(name);
        crate::output_of("pandoc", &["--to", "plain", "--wrap=none", &path.display().to_string()])
    }

    /// State and title of every item.
    pub fn items(&self) -> Vec<(String, String)> {
        let items = self.store().items(None).expect("the items");
        items.into_iter().map(|item| (item.state.name().to_owned(), item.title.unwrap_or_default())).collect()
    }
}

/// A submission as a text file: a title, a body, the unit in brackets.
pub fn submission(title: &str, body: &str, unit: &str) -> String {
    format!("{title}\n{body}\n（{unit}）\n")
}
