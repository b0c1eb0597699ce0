//! A writer that is killed in the middle of its work.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use jianbao_model::SourceId;
use jianbao_store::IssueState;

use crate::{AT, Numbers, open, plan, submit};

/// Names the database to the process that is to be killed.
const VARIABLE: &str = "JIANBAO_STORE_TO_WRITE";

/// Calls of a writer at most, so that one that nobody kills ends.
const CALLS: usize = 2000;

const KILLS: usize = 30;

/// The body of the other process: writes, and says each number after its commit. Without the variable,
/// that is in an ordinary run of the suite, there is nothing to do.
#[test]
fn writer() {
    let Some(path) = std::env::var_os(VARIABLE) else { return };
    let mut store = open(Path::new(&path));
    // What the one before left pending is done first: its key gives the same number.
    let done = store.issues().unwrap().into_iter().filter(|issue| issue.state == IssueState::Done);
    let begin = done.count();
    let process = std::process::id();
    for call in begin..begin + CALLS {
        let key = call.to_string();
        submit(&mut store, &format!("{process}-{key}"), &key, &key);
        let issue = store.reserve(&plan(&key, "动态", &[]), AT).unwrap();
        let content = SourceId::of(key.as_bytes());
        store.rendered(issue.id, content, &key, AT).unwrap();
        store.confirm(issue.id, content, AT).unwrap();
        println!("\ncommitted {}", issue.number);
        std::io::stdout().flush().unwrap();
    }
}

#[test]
fn what_was_committed_is_there_after_a_kill_and_nothing_is_half() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("jianbao.db");
    let mut random = Numbers(7);
    let mut told = 0_u32;
    for _ in 0..KILLS {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "kills::writer", "--nocapture", "--test-threads=1"])
            .env(VARIABLE, &path)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let calls = 1 + random.below(12);
        let numbers = lines
            .by_ref()
            .map_while(Result::ok)
            .filter_map(|line| line.strip_prefix("committed ").map(|number| number.parse::<u32>().unwrap()));
        let last = numbers.take(calls).last().expect("the writer says what it has committed");
        // Not at once: the kill shall fall into any of the calls.
        std::thread::sleep(std::time::Duration::from_micros(random.below(4000) as u64));
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(last > told);
        told = last;
        let store = open(&path);
        assert_eq!(store.check().unwrap(), []);
        let issues = store.issues().unwrap();
        let newest = issues.iter().find(|issue| issue.number == last).expect("what was told is there");
        assert_eq!(newest.state, IssueState::Done);
        for (issue, number) in issues.iter().zip(1..) {
            assert_eq!(issue.number, number);
        }
    }
}
