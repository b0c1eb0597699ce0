//! Backup, restore, export.

use std::fs;

use jianbao_store::{Options, Store, StoreError, restore};
use serde_json::Value;

use crate::{AT, EDITOR, Home, open, plan, submit};

fn exported(store: &Store) -> String {
    let mut out = Vec::new();
    store.export(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn filled() -> Home {
    let mut home = Home::new();
    for number in 0..5 {
        let key = number.to_string();
        let item = submit(&mut home.store, &key, &format!("标题{key}"), "甲乙丙丁").item;
        home.store.adopt(item, &EDITOR).unwrap();
        home.store.reserve(&plan(&key, "动态", &[item]), AT).unwrap();
    }
    home
}

#[test]
fn the_same_calls_give_the_same_lines() {
    let lines = exported(&filled().store);
    assert_eq!(lines, exported(&filled().store));
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines[0]["schema"], "jianbao.store/1");
    let count = |table: &str| lines.iter().filter(|line| line["table"] == table).count();
    assert_eq!(
        ["submissions", "receipts", "items", "issues", "numbers", "positions"].map(count),
        [5, 5, 5, 5, 10, 5]
    );
    let path = &lines.iter().find(|line| line["table"] == "receipts").unwrap()["path"];
    assert_eq!(path, "30", "the raw bytes of the path 0");
}

#[test]
fn a_backup_is_the_store_at_that_time_and_comes_back() {
    let mut home = filled();
    let backup = home.folder.path().join("copy.db");
    let before = exported(&home.store);
    home.store.backup(&backup, false).unwrap();
    assert!(matches!(home.store.backup(&backup, false), Err(StoreError::Exists)));
    submit(&mut home.store, "later", "以后", "以后");
    let after = exported(&home.store);
    assert_eq!(exported(&open(&backup)), before);

    let (path, options) = (home.path(), Options::default());
    assert!(matches!(restore(&backup, &path, false, options), Err(StoreError::Exists)));
    drop(home.store);
    let kept = restore(&backup, &path, true, options).unwrap().expect("the store was kept");
    assert_eq!(exported(&open(&path)), before);
    assert_eq!(exported(&open(&kept)), after);
    assert_eq!(open(&path).check().unwrap(), []);
    // A second time the first one is kept as well.
    assert_ne!(restore(&backup, &path, true, options).unwrap(), Some(kept));
    let left = fs::read_dir(home.folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
    let left: Vec<_> = left.filter(|name| name.to_string_lossy().ends_with(".tmp")).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_store_in_use_is_not_replaced() {
    let home = filled();
    let backup = home.folder.path().join("copy.db");
    home.store.backup(&backup, false).unwrap();
    let options = Options { busy: std::time::Duration::from_millis(50), ..Options::default() };
    let before = exported(&home.store);
    assert!(matches!(restore(&backup, &home.path(), true, options), Err(StoreError::Busy)));
    assert_eq!(exported(&home.store), before);
}

#[test]
fn a_damaged_store_is_replaced_and_kept() {
    let home = filled();
    let (path, backup) = (home.path(), home.folder.path().join("copy.db"));
    home.store.backup(&backup, false).unwrap();
    let before = exported(&home.store);
    drop(home.store);
    fs::write(&path, b"this is no database, but a text that is long enough").unwrap();
    let kept = restore(&backup, &path, true, Options::default()).unwrap().unwrap();
    assert_eq!(exported(&open(&path)), before);
    assert!(fs::read(kept).unwrap().starts_with(b"this is no database"));
}

#[test]
fn a_damaged_backup_replaces_nothing() {
    let home = filled();
    let (path, backup) = (home.path(), home.folder.path().join("copy.db"));
    home.store.backup(&backup, false).unwrap();
    let before = exported(&home.store);
    drop(home.store);
    let mut bytes = fs::read(&backup).unwrap();
    let half = bytes.len() / 2;
    bytes[half..].fill(0xA5);
    fs::write(&backup, bytes).unwrap();
    let error = restore(&backup, &path, true, Options::default()).unwrap_err();
    assert!(matches!(error, StoreError::Damaged(_)), "{error:?}");
    assert_eq!(exported(&open(&path)), before);
    assert!(matches!(
        restore(&home.folder.path().join("none"), &path, true, Options::default()),
        Err(StoreError::Missing)
    ));
}
