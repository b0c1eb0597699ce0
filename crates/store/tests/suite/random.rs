//! Random calls against a model that knows only sets and counts.

use std::collections::{BTreeMap, BTreeSet};

use jianbao_model::SourceId;
use jianbao_store::{
    Hold, IssueId, IssueState, Look, QuarantineId, ReceiptId, ReceiptState, Spooled, Store, SubmissionId,
};

use crate::{AT, EDITOR, Home, Numbers, file, open, plan};

/// What must come out, kept in the simplest way.
#[derive(Default)]
struct Expected {
    receipts: BTreeMap<ReceiptId, ReceiptState>,
    contents: BTreeMap<SubmissionId, usize>,
    held: BTreeMap<QuarantineId, (ReceiptId, bool)>,
    /// Key → the live issue.
    live: BTreeMap<usize, IssueId>,
    /// Edition → how many numbers were given.
    given: BTreeMap<usize, u32>,
    all: u32,
}

const EDITIONS: [&str; 3] = ["动态", "摘报", "专报"];
const HOLD: Hold<'_> = Hold { code: "R105", stage: "read", detail: "" };

#[test]
fn random_calls_keep_numbers_and_files() {
    for seed in 0..12 {
        let mut home = Home::new();
        let mut random = Numbers(seed);
        let mut expected = Expected::default();
        for step in 0..150 {
            match random.below(9) {
                0 | 1 => look(&mut home.store, &mut random, &mut expected),
                2 => spool(&mut home.store, &mut random, &mut expected),
                3 => hold(&mut home.store, &mut random, &mut expected),
                4 => release(&mut home.store, &mut random, &mut expected),
                5 => parse(&mut home.store, &mut random, &mut expected),
                6 | 7 => reserve(&mut home.store, &mut random, &mut expected),
                _ => settle(&mut home.store, &mut random, &mut expected),
            }
            if step == 75 {
                home.store = open(&home.path());
            }
        }
        compare(&home.store, &expected, seed);
    }
}

fn compare(store: &Store, expected: &Expected, seed: u64) {
    assert_eq!(store.check().unwrap(), [], "{seed}");
    for (receipt, state) in &expected.receipts {
        assert_eq!(store.receipt(*receipt).unwrap(), Some(*state), "{seed} {receipt:?}");
    }
    let held: Vec<_> = store.held().unwrap().into_iter().map(|one| one.id).collect();
    assert_eq!(held, expected.held.keys().copied().collect::<Vec<_>>(), "{seed}");
    let issues = store.issues().unwrap();
    let mut numbers: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for issue in &issues {
        numbers.entry(issue.key.split('-').next().unwrap()).or_default().push(issue.number);
    }
    for (edition, given) in &expected.given {
        let wanted: Vec<u32> = (1..=*given).collect();
        assert_eq!(numbers[edition.to_string().as_str()], wanted, "{seed}: no gap, none twice");
    }
    let all: BTreeSet<u32> = issues.iter().filter_map(|issue| issue.cumulative).collect();
    assert_eq!(all, (1..=expected.all).collect::<BTreeSet<_>>(), "{seed}");
    let live = issues.iter().filter(|issue| issue.state != IssueState::Void).count();
    assert_eq!(live, expected.live.len(), "{seed}");
}

fn look(store: &mut Store, random: &mut Numbers, expected: &mut Expected) {
    let path = format!("f{}", random.below(40));
    let modified = i64::try_from(random.below(3)).unwrap();
    match store.look(&file(&path, modified), AT).unwrap() {
        Look::New(id) => assert_eq!(expected.receipts.insert(id, ReceiptState::Seen), None),
        Look::Changed(id) | Look::Stable { receipt: id, .. } => {
            assert_eq!(expected.receipts[&id], ReceiptState::Seen);
        }
        Look::Known { receipt: id, state, .. } => assert_eq!(expected.receipts[&id], state),
    }
}

/// Any receipt, in whatever state.
fn any(random: &mut Numbers, expected: &Expected) -> Option<(ReceiptId, ReceiptState)> {
    let count = expected.receipts.len();
    (count > 0).then(|| {
        let (id, state) = expected.receipts.iter().nth(random.below(count)).unwrap();
        (*id, *state)
    })
}

fn spool(store: &mut Store, random: &mut Numbers, expected: &mut Expected) {
    let Some((receipt, state)) = any(random, expected) else { return };
    if state != ReceiptState::Seen {
        return;
    }
    let content = random.below(25);
    let known = expected.contents.iter().find(|(_, kept)| **kept == content).map(|(id, _)| *id);
    match store.spool(receipt, SourceId::of(&content.to_le_bytes()), 8, AT).unwrap() {
        Spooled::New(id) => {
            assert_eq!(known, None);
            expected.contents.insert(id, content);
            expected.receipts.insert(receipt, ReceiptState::Spooled);
        }
        Spooled::Duplicate(id) => {
            assert_eq!(known, Some(id));
            expected.receipts.insert(receipt, ReceiptState::Duplicate);
        }
    }
}

fn hold(store: &mut Store, random: &mut Numbers, expected: &mut Expected) {
    let Some((receipt, state)) = any(random, expected) else { return };
    let may = matches!(state, ReceiptState::Seen | ReceiptState::Spooled);
    match store.quarantine(receipt, &HOLD, AT) {
        Ok(id) => {
            assert!(may);
            expected.held.insert(id, (receipt, state == ReceiptState::Spooled));
            expected.receipts.insert(receipt, ReceiptState::Quarantined);
        }
        Err(_) => assert!(!may),
    }
}

fn release(store: &mut Store, random: &mut Numbers, expected: &mut Expected) {
    if expected.held.is_empty() {
        return;
    }
    let (id, (receipt, spooled)) =
        expected.held.iter().map(|(id, to)| (*id, *to)).nth(random.below(expected.held.len())).unwrap();
    // Refused when a newer file of that path is waiting.
    if let Ok(state) = store.release(id, "王", AT) {
        assert_eq!(state, if spooled { ReceiptState::Spooled } else { ReceiptState::Seen });
        expected.held.remove(&id);
        expected.receipts.insert(receipt, state);
    } else {
        assert!(!spooled);
    }
}

fn parse(store: &mut Store, random: &mut Numbers, expected: &mut Expected) {
    if expected.contents.is_empty() {
        return;
    }
    let submission = *expected.contents.keys().nth(random.below(expected.contents.len())).unwrap();
    let before: Vec<_> = store.waiting().unwrap().into_iter().map(|one| one.receipt).collect();
    if store.parsed(submission, "docx", &[], &[], AT).is_ok() {
        let after: Vec<_> = store.waiting().unwrap().into_iter().map(|one| one.receipt).collect();
        let done: Vec<_> = before.into_iter().filter(|receipt| !after.contains(receipt)).collect();
        assert_eq!(done.len(), 1, "one file is the original of a submission");
        assert_eq!(expected.receipts.insert(done[0], ReceiptState::Parsed), Some(ReceiptState::Spooled));
    }
}

fn reserve(store: &mut Store, random: &mut Numbers, expected: &mut Expected) {
    let key = random.below(30);
    let edition = key % EDITIONS.len();
    let name = format!("{edition}-{key}");
    let issue = store.reserve(&plan(&name, EDITIONS[edition], &[]), AT).unwrap();
    if let Some(live) = expected.live.insert(key, issue.id) {
        assert_eq!(issue.id, live, "the same plan");
    } else {
        let given = expected.given.entry(edition).or_default();
        *given += 1;
        expected.all += 1;
        assert_eq!((issue.number, issue.cumulative), (*given, Some(expected.all)));
    }
}

fn settle(store: &mut Store, random: &mut Numbers, expected: &mut Expected) {
    if expected.live.is_empty() {
        return;
    }
    let (key, issue) = expected
        .live
        .iter()
        .map(|(key, issue)| (*key, *issue))
        .nth(random.below(expected.live.len()))
        .unwrap();
    if random.below(2) == 0 {
        store.void(issue, &EDITOR).unwrap();
        expected.live.remove(&key);
    } else if store.issue(issue).unwrap().unwrap().state == IssueState::Pending {
        let content = SourceId::of(&key.to_le_bytes());
        store.rendered(issue, content, "f", AT).unwrap();
        store.confirm(issue, content, AT).unwrap();
    }
}
