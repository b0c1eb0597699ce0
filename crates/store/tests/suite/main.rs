//! The store as the job uses it: transitions, random calls, many processes, kills, hostile files.

#![allow(clippy::unwrap_used, reason = "helpers of a suite fail as its tests do")]

mod copies;
mod hostile;
mod kills;
mod many;
mod random;
mod transitions;

use std::path::{Path, PathBuf};

use jianbao_model::SourceId;
use jianbao_store::{
    Counter, Decision, File, ItemId, Moment, NewItem, Options, Plan, ReceiptId, Scope, Spooled, Store,
    SubmissionId, Taken,
};
use serde_json::json;

/// A store in a folder of its own.
struct Home {
    folder: tempfile::TempDir,
    store: Store,
}

impl Home {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = open(&folder.path().join("jianbao.db"));
        Self { folder, store }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("jianbao.db")
    }
}

fn open(path: &Path) -> Store {
    Store::open(path, Options::default()).unwrap()
}

const AT: Moment = Moment(1_742_000_000_000);

/// A file of 10 bytes that was changed at `modified`.
fn file(path: &str, modified: i64) -> File<'_> {
    File { path: path.as_bytes(), shown: path, unit: Some("区残联"), bytes: 10, modified }
}

/// Brings a file into the spool.
fn spool(store: &mut Store, path: &str, content: &[u8]) -> (ReceiptId, Spooled) {
    let id = store.look(&file(path, 1), AT).unwrap().receipt();
    let spooled = store.spool(id, SourceId::of(content), content.len() as u64, AT).unwrap();
    (id, spooled)
}

fn new(spooled: Spooled) -> SubmissionId {
    match spooled {
        Spooled::New(id) => id,
        Spooled::Duplicate(id) => panic!("{id:?} is a duplicate"),
    }
}

/// Takes one file with one item.
fn submit(store: &mut Store, path: &str, title: &str, words: &str) -> Taken {
    let submission = new(spool(store, path, format!("{path}{title}{words}").as_bytes()).1);
    let content = json!({ "title": title, "paragraphs": [words] });
    let name = format!("{path}-1");
    // All words, as the normaliser gives them: the title's too.
    let words = [title, words].concat();
    let item = NewItem {
        name: &name,
        unit: Some("区残联"),
        title: Some(title),
        section: Some("news"),
        content: &content,
        words: &words,
    };
    store.parsed(submission, "docx", &[item], &[], AT).unwrap()[0]
}

const EDITOR: Decision<'_> = Decision { editor: "王", reason: "可用", at: AT };

/// A plan that counts the edition in the year and all editions since the founding.
fn plan<'a>(key: &'a str, edition: &'a str, items: &'a [ItemId]) -> Plan<'a> {
    Plan {
        key,
        bulletin: "姑苏信息",
        edition,
        supplement: false,
        year: 2025,
        date: "2025-03-27",
        number: Counter { scope: Scope::Year, first: 1, wanted: None },
        cumulative: Some(Counter { scope: Scope::Founding, first: 1, wanted: None }),
        items,
    }
}

/// Numbers that differ as if they were random, the same in every run (SplitMix64).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let value = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((value ^ (value >> 31)) % end as u64).unwrap()
    }
}

/// A statement by another hand, without the settings of the store.
fn by_hand(path: &Path, sql: &str) {
    rusqlite::Connection::open(path).unwrap().execute_batch(sql).unwrap();
}
