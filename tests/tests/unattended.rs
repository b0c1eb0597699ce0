//! The unattended job loses and doubles nothing: a spread sample of what `scripts/unattended` tries in full.
//!
//! The truth is a run that nobody disturbed, and the files that were sent.

#![cfg(target_os = "linux")]

use std::process::Command;

use jianbao_tests::root;

/// Lets the script try one of its proofs on the binary; what it tells.
fn proven(arguments: &[&str]) -> String {
    let script = root().join("scripts/unattended");
    let mut command = Command::new("python3");
    command.arg(script).args(arguments).args([
        "--sample",
        "--binary",
        env!("CARGO_BIN_EXE_jianbao-under-test"),
    ]);
    let done = command.output().expect("python3 is there; scripts/test installs it");
    let told = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(done.status.success(), "{told}{}", String::from_utf8_lossy(&done.stderr));
    told
}

/// The number before a word in what was told.
fn number(told: &str, word: &str) -> usize {
    let words: Vec<&str> = told.split_whitespace().collect();
    let at = words.iter().position(|found| found.trim_matches([',', ':']) == word);
    at.and_then(|at| words.get(at.checked_sub(1)?)?.parse().ok()).unwrap_or_default()
}

#[test]
fn a_run_that_is_killed_anywhere_is_taken_up_by_the_next() {
    let told = proven(&["kill"]);
    assert!(number(&told, "kills") >= 20, "{told}");
}

#[test]
fn a_call_that_fails_once_loses_nothing() {
    let told = proven(&["errors"]);
    assert!(number(&told, "cases") >= 12, "{told}");
}

#[test]
fn a_full_disk_consumes_nothing() {
    proven(&["disk"]);
}

#[test]
fn folders_that_are_closed_are_waited_for() {
    proven(&["rights"]);
}

#[test]
fn a_slow_copy_is_taken_when_it_is_complete() {
    let told = proven(&["slow"]);
    assert!(number(&told, "copies") >= 20, "{told}");
}

#[test]
fn of_eight_runs_at_once_one_works() {
    let told = proven(&["together"]);
    assert!(number(&told, "rounds") >= 4, "{told}");
}

#[test]
fn what_comes_in_is_what_comes_out() {
    proven(&["bulk", "300"]);
}
