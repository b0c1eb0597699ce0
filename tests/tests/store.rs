//! `jianbao store …`: exit codes, what is said, what is left as it was.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use jianbao_store::{Counter, Moment, Options, Plan, Scope, Store};

const BINARY: &str = env!("CARGO_BIN_EXE_jianbao-under-test");

/// A folder with a configuration and a store of three issues.
struct Office {
    folder: tempfile::TempDir,
}

impl Office {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let config = "[bulletin]\nname = \"姑苏信息\"\n[folders]\nstore = \"库.db\"\n";
        fs::write(folder.path().join("jianbao.toml"), config).expect("the configuration");
        let office = Self { folder };
        let mut store = Store::open(&office.store(), Options::default()).expect("a store");
        for key in ["1", "2", "3"] {
            store.reserve(&plan(key), Moment(0)).expect("a number");
        }
        office
    }

    fn store(&self) -> PathBuf {
        self.path("库.db")
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Exit code and output of `jianbao store …`.
    fn run(&self, words: &[&str]) -> (i32, String, String) {
        let config = shown(&self.path("jianbao.toml"));
        let words = [&["store"], words, &["--config", &config]].concat();
        let Output { status, stdout, stderr } = jianbao_tests::jianbao(BINARY, &words);
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        (status.code().expect("an exit code"), text(stdout), text(stderr))
    }
}

fn plan(key: &str) -> Plan<'_> {
    Plan {
        key,
        bulletin: "姑苏信息",
        edition: "动态",
        supplement: false,
        year: 2025,
        date: "2025-03-27",
        number: Counter { scope: Scope::Year, first: 12, wanted: None },
        cumulative: None,
        items: &[],
    }
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

#[test]
fn a_sound_store_is_checked_and_printed() {
    let office = Office::new();
    let (exit, _, said) = office.run(&["check"]);
    assert_eq!((exit, said.contains("数据库完好")), (0, true), "{said}");
    let (exit, lines, _) = office.run(&["export"]);
    assert_eq!(exit, 0);
    let values = lines
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON"))
        .filter(|line| line["table"] == "numbers")
        .map(|line| line["value"].as_i64().expect("a number"));
    assert_eq!(values.collect::<Vec<_>>(), [12, 13, 14]);
    let file = office.path("全部.jsonl");
    assert_eq!(office.run(&["export", "-o", &shown(&file)]).0, 0);
    assert_eq!(fs::read_to_string(&file).expect("the file"), lines);
    let (exit, _, said) = office.run(&["export", "-o", &shown(&file)]);
    assert_eq!((exit, said.contains("J201")), (2, true), "{said}");
}

#[test]
fn a_backup_comes_back_and_the_store_before_is_kept() {
    let office = Office::new();
    let backup = shown(&office.path("备份.db"));
    assert_eq!(office.run(&["backup", &backup]).0, 0);
    let (exit, _, said) = office.run(&["backup", &backup]);
    assert_eq!((exit, said.contains("J201")), (2, true), "{said}");
    let before = office.run(&["export"]).1;
    let mut store = Store::open(&office.store(), Options::default()).expect("the store");
    store.reserve(&plan("4"), Moment(0)).expect("a number");
    drop(store);
    assert_eq!(office.run(&["restore", &backup]).0, 2, "not without --force");
    let (exit, _, said) = office.run(&["restore", &backup, "--force"]);
    assert_eq!((exit, said.contains("库.db.old")), (0, true), "{said}");
    assert_eq!(office.run(&["export"]).1, before);
    assert!(office.path("库.db.old").exists());
}

#[test]
fn each_refusal_has_its_code_and_exit() {
    let office = Office::new();
    let store = office.store();
    let cases: [(&str, &[u8], i32); 2] = [
        ("J308", b"a text that lies where the database should be, longer than its header", 74),
        ("J203", b"", 2),
    ];
    let other = office.path("other.db");
    database_of_another(&other);
    let foreign = fs::read(&other).expect("the database");
    for (code, content, wanted) in cases.into_iter().chain([("J306", foreign.as_slice(), 78)]) {
        fs::remove_file(&store).expect("the store");
        if !content.is_empty() {
            fs::write(&store, content).expect("written");
        }
        for task in [&["check"][..], &["export"]] {
            let (exit, _, said) = office.run(task);
            assert_eq!((exit, said.contains(code)), (wanted, true), "{said}");
        }
        assert_eq!(fs::read(&store).unwrap_or_default(), content, "left as it was");
        if content.is_empty() {
            fs::write(&store, b"for the next case").expect("written");
        }
    }
}

/// A database of another program: a store whose mark (`application_id`, bytes 68–71 of the header,
/// <https://sqlite.org/fileformat2.html#the_database_header>) is another's.
fn database_of_another(path: &Path) {
    let store = Store::open(&path.with_extension("made"), Options::default()).expect("a store");
    store.backup(path, false).expect("a copy without a log");
    let mut bytes = fs::read(path).expect("the copy");
    bytes[68..72].copy_from_slice(b"GPKG");
    fs::write(path, bytes).expect("written");
}

#[test]
fn a_newer_store_is_refused_in_words() {
    let office = Office::new();
    let copy = office.path("copy.db");
    Store::open(&office.store(), Options::default())
        .and_then(|store| store.backup(&copy, false))
        .expect("a copy");
    let mut bytes = fs::read(&copy).expect("the copy");
    // `user_version`, bytes 60–63 of the header, big-endian.
    bytes[60..64].copy_from_slice(&99_u32.to_be_bytes());
    fs::write(&copy, bytes).expect("written");
    let (exit, _, said) = office.run(&["restore", &shown(&copy), "--force"]);
    assert_eq!((exit, said.contains("J307") && said.contains("99")), (78, true), "{said}");
    assert_eq!(office.run(&["check"]).0, 0, "the store is as it was");
}
