//! That the work on a file does not grow with the files that came before it.

#![allow(clippy::unwrap_used, reason = "helpers of a test fail as it does")]

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use jianbao_model::SourceId;
use rusqlite::StatementStatus;
use rusqlite::trace::{TraceEvent, TraceEventCodes};
use serde_json::json;

use crate::{
    Choice, Counter, Decision, File, Hold, ItemId, Look, Moment, NewItem, Options, Plan, ReceiptId, Scope,
    Spooled, Store,
};

const FILES: usize = 80;
const AT: Moment = Moment(1_742_000_000_000);
const EDITOR: Decision<'_> = Decision { editor: "张三", reason: "", at: AT };

/// Rows that each statement went through from one end of a table to the other.
type Scanned = BTreeMap<String, i32>;

/// A store that notes what its statements scan.
fn traced(folder: &tempfile::TempDir) -> (Store, Arc<Mutex<Scanned>>) {
    let mut store = Store::open(&folder.path().join("jianbao.db"), Options::default()).unwrap();
    let scanned = Arc::new(Mutex::new(Scanned::new()));
    let noted = Arc::clone(&scanned);
    let note = move |event: TraceEvent<'_>| {
        if let TraceEvent::Profile(statement, _) = event {
            // A cached statement counts on, so the last number is that of all its calls.
            let rows = statement.get_status(StatementStatus::FullscanStep);
            let mut noted = noted.lock().unwrap();
            let most = noted.entry(statement.sql().into_owned()).or_default();
            *most = rows.max(*most);
        }
    };
    store.connection.trace_v2(TraceEventCodes::SQLITE_TRACE_PROFILE, Some(note)).unwrap();
    (store, scanned)
}

fn look(store: &mut Store, path: &str) -> ReceiptId {
    let file = File { path: path.as_bytes(), shown: path, unit: Some("区残联"), bytes: 10, modified: 1 };
    match store.look(&file, AT).unwrap() {
        Look::New(id) | Look::Stable { receipt: id, .. } => id,
        other => panic!("{other:?}"),
    }
}

/// What a run does with one file: two looks, a pause, the spool, sometimes the quarantine, its item.
fn take(store: &mut Store, number: usize) -> ItemId {
    let path = format!("区残联/{number}.docx");
    look(store, &path);
    let receipt = look(store, &path);
    store.arriving(receipt, AT).unwrap();
    let spooled = store.spool(receipt, SourceId::of(path.as_bytes()), 10, AT).unwrap();
    let Spooled::New(submission) = spooled else { panic!("{spooled:?}") };
    if number.is_multiple_of(2) {
        let held = store.quarantine(receipt, &Hold { code: "R105", stage: "read", detail: "" }, AT).unwrap();
        store.retry(held, &EDITOR).unwrap();
    }
    assert_eq!(store.was_retried(receipt).unwrap(), number.is_multiple_of(2));
    assert_eq!(store.received_as(submission).unwrap().unwrap().0, path);
    let words = format!("区残联举办第{number}场招聘会，提供岗位{}个", number * 31);
    let item = NewItem {
        name: &format!("{number}-1"),
        unit: Some("区残联"),
        title: Some(&words),
        section: Some("news"),
        content: &json!({}),
        words: &words,
    };
    let taken = store.parsed(submission, "docx", &[item], &[], AT).unwrap()[0];
    assert_eq!(store.originals(taken.item).unwrap().len(), 1);
    assert!(store.item_received_as(taken.item).unwrap().is_some());
    taken.item
}

#[test]
fn no_statement_about_a_file_or_an_item_reads_a_whole_table() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, scanned) = traced(&folder);
    let items: Vec<ItemId> = (0..FILES).map(|number| take(&mut store, number)).collect();
    let choices: Vec<Choice<'_>> =
        items.iter().map(|item| Choice { item: *item, section: Some("brief") }).collect();
    let counter = Counter { scope: Scope::Year, first: 1, wanted: None };
    let plan = Plan {
        key: "k",
        bulletin: "姑苏信息",
        edition: "动态",
        supplement: false,
        year: 2025,
        date: "2025-03-27",
        number: counter,
        cumulative: None,
        items: &items,
    };
    let issue = store.choose_and_reserve(&choices, &plan, &EDITOR).unwrap().id;
    let content = SourceId::of(b"docx");
    store.rendered(issue, content, "1.docx", AT).unwrap();
    store.confirm(issue, content, AT).unwrap();
    let scanned = scanned.lock().unwrap();
    assert!(scanned.len() > 30, "{} statements", scanned.len());
    let whole: Vec<_> = scanned.iter().filter(|(_, rows)| **rows >= FILES as i32 / 2).collect();
    assert!(whole.is_empty(), "{whole:#?}");
}
