//! Files that are no store, or one by another hand.

use std::fs;

use jianbao_store::{Finding, Options, Store, StoreError};

use crate::{AT, Home, by_hand, plan};

fn error(path: &std::path::Path) -> StoreError {
    Store::open(path, Options::default()).expect_err("the file is refused")
}

#[test]
fn what_is_no_database_is_refused_and_left_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("jianbao.db");
    for content in [&b"PK\x03\x04 a Word file under the wrong name, long enough for a header"[..], &[0; 4096]]
    {
        fs::write(&path, content).unwrap();
        let error = error(&path);
        assert!(matches!(error, StoreError::Damaged(_)), "{error:?}");
        assert_eq!(fs::read(&path).unwrap(), content);
    }
}

#[test]
fn a_database_of_another_program_is_refused_and_left_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("jianbao.db");
    by_hand(&path, "CREATE TABLE notes (x); INSERT INTO notes VALUES (1)");
    let before = fs::read(&path).unwrap();
    assert!(matches!(error(&path), StoreError::Foreign));
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn a_newer_version_is_refused_with_both_numbers() {
    let home = Home::new();
    by_hand(&home.path(), "PRAGMA user_version = 99");
    assert!(matches!(error(&home.path()), StoreError::Newer { found: 99, .. }));
}

#[test]
fn a_folder_that_is_not_there_and_a_file_that_is_not_made() {
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(error(&folder.path().join("none/jianbao.db")), StoreError::Missing));
    assert!(matches!(error(folder.path()), StoreError::Unwritable(_)));
    let options = Options { create: false, ..Options::default() };
    let missing = Store::open(&folder.path().join("jianbao.db"), options);
    assert!(matches!(missing, Err(StoreError::Missing)));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn damage_at_any_place_is_an_error_or_a_finding_and_never_a_panic() {
    let mut home = Home::new();
    for number in 0..40 {
        home.store.reserve(&plan(&number.to_string(), "动态", &[]), AT).unwrap();
    }
    let copy = home.folder.path().join("copy.db");
    home.store.backup(&copy, false).unwrap();
    let whole = fs::read(&copy).unwrap();
    let page = 4096;
    for start in (0..whole.len()).step_by(page) {
        let mut bytes = whole.clone();
        // Within the page: its header and its cells, not only what is free.
        bytes[start..start + page].fill(0x5A);
        let path = home.folder.path().join(format!("damaged-{start}.db"));
        fs::write(&path, bytes).unwrap();
        match Store::open(&path, Options::default()).and_then(|store| store.check()) {
            Ok(findings) => assert!(!findings.is_empty(), "page at {start}"),
            Err(StoreError::Damaged(_)) => {}
            Err(other) => panic!("page at {start}: {other:?}"),
        }
    }
    for length in [2, 99, 100, 512, 4095, 4096, whole.len() / 2] {
        let path = home.folder.path().join(format!("short-{length}.db"));
        fs::write(&path, &whole[..length]).unwrap();
        let refused = Store::open(&path, Options::default()).and_then(|store| store.check());
        assert!(
            matches!(&refused, Err(StoreError::Damaged(_))) || refused.is_ok_and(|f| !f.is_empty()),
            "{length}"
        );
    }
}

/// The trigger as it is in the migrations, so that only the row gives the hand away.
const NO_CHANGE: &str = "CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit chain is append-only'); END;";
const NO_CUT: &str = "CREATE TRIGGER audit_is_not_cut BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit chain is append-only'); END;";

#[test]
fn a_changed_or_cut_audit_chain_is_found() {
    let cases = [
        (
            format!(
                "DROP TRIGGER audit_is_not_changed; UPDATE audit SET actor = 'x' WHERE sequence = 3; {NO_CHANGE}"
            ),
            3,
        ),
        (format!("DROP TRIGGER audit_is_not_cut; DELETE FROM audit WHERE sequence = 4; {NO_CUT}"), 4),
        (format!("DROP TRIGGER audit_is_not_cut; DELETE FROM audit WHERE sequence = 5; {NO_CUT}"), 5),
        (format!("DROP TRIGGER audit_is_not_cut; DELETE FROM audit; {NO_CUT}"), 1),
    ];
    for (sql, row) in cases {
        let mut home = Home::new();
        for number in 0..5 {
            home.store.reserve(&plan(&number.to_string(), "动态", &[]), AT).unwrap();
        }
        assert_eq!(home.store.check().unwrap(), []);
        by_hand(&home.path(), &sql);
        assert_eq!(crate::open(&home.path()).check().unwrap(), [Finding::Audit(row)], "{sql}");
    }
}

#[test]
fn chain_and_numbers_refuse_statements_and_a_missing_trigger_is_damage() {
    let mut home = Home::new();
    home.store.reserve(&plan("k", "动态", &[]), AT).unwrap();
    let connection = rusqlite::Connection::open(home.path()).unwrap();
    for sql in [
        "UPDATE audit SET detail = ''",
        "DELETE FROM audit",
        "UPDATE numbers SET value = 9",
        "DELETE FROM numbers",
    ] {
        assert!(connection.execute_batch(sql).is_err(), "{sql}");
    }
    connection.execute_batch("DROP TRIGGER audit_is_not_cut").unwrap();
    assert!(matches!(error(&home.path()), StoreError::Damaged(_)));
}
