//! Worker processes: every way in which one can fail is a diagnostic of its file and of no other, nothing is
//! left of it, and what it may not have is refused.

#![cfg(target_os = "linux")]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use jianbao_model::Severity;
use jianbao_pipeline::batch::{BatchError, Outcome, Processed};
use jianbao_pipeline::system::Protection;
use jianbao_pipeline::worker::{Limits, WorkerError};
use jianbao_tests::{mock, sample};
use tempfile::TempDir;

const BINARY: &str = env!("CARGO_BIN_EXE_jianbao-under-test");

/// Short limits, but such as an honest file keeps on a machine with other work.
const LIMITS: Limits =
    Limits { memory: 1 << 30, processor_seconds: 20, clock: Duration::from_secs(4), files: 500 };

/// A text that is a submission.
fn honest(number: usize) -> String {
    format!("区残联{number}项举措提高办事能力\n一是梳理政策{number}条。二是到社区办事。（区残联）\n")
}

fn folder(files: &[(&str, String)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("writable");
    }
    folder
}

fn codes(one: &Processed) -> Vec<&'static str> {
    let serious = one.diagnostics.iter().filter(|told| told.severity == Severity::Error);
    serious.map(|told| told.code.number()).collect()
}

/// A command between two honest files, one thread: its codes; the others are as without workers.
fn between(command: &str, limits: Limits) -> (Vec<&'static str>, Processed) {
    let folder = folder(&[
        ("1.txt", honest(1)),
        ("2.txt", format!("{}{command}\n正文。\n", mock::COMMAND)),
        ("3.txt", honest(3)),
    ]);
    let (clean, _) = mock::batch(folder.path(), 1, None).expect("in process");
    let (found, _) =
        mock::batch(folder.path(), 1, Some(&mock::launch(BINARY, limits))).expect("workers start");
    for at in [0, 2] {
        assert_eq!(format!("{:?}", found[at]), format!("{:?}", clean[at]), "{command}");
        assert_ne!(found[at].outcome(), Outcome::Failed, "{command}: {:?}", found[at]);
    }
    // Whatever became of the worker, the parent knows which file it was.
    if !codes(&found[1]).contains(&"R117") {
        assert_eq!((found[1].source, found[1].bytes), (clean[1].source, clean[1].bytes), "{command}");
    }
    (codes(&found[1]), found[1].clone())
}

fn how(one: &Processed) -> &str {
    let arguments = one.diagnostics.iter().flat_map(|told| &told.arguments);
    arguments
        .filter(|argument| argument.name == "how")
        .map(|argument| argument.value.as_str())
        .next()
        .unwrap_or("")
}

#[test]
fn every_way_to_die_has_its_code() {
    for (command, reason) in
        [("abort", "aborted"), ("stack", "stack-overflow"), ("exit", "exited"), ("short", "exited")]
    {
        let (codes, one) = between(command, LIMITS);
        assert_eq!((codes, how(&one)), (vec!["R129"], reason), "{command}");
    }
    assert_eq!(between("oom", LIMITS).0, ["R131"]);
}

#[test]
fn a_panic_is_what_it_is_without_workers() {
    assert_eq!(between("panic", LIMITS).0, ["R117"]);
}

#[test]
fn nonsense_is_told_and_not_believed() {
    assert_eq!(between("garbage", LIMITS).0, ["R132"]);
    assert_eq!(between("endless", LIMITS).0, ["R132"]);
}

#[test]
fn a_worker_that_sleeps_is_ended_by_the_clock() {
    let start = Instant::now();
    assert_eq!(between("hang", Limits { clock: Duration::from_secs(2), ..LIMITS }).0, ["R130"]);
    assert!(start.elapsed() >= Duration::from_secs(2));
}

#[test]
fn a_worker_that_works_without_end_is_ended_by_its_processor_time() {
    let limits = Limits { processor_seconds: 1, clock: Duration::from_hours(1), ..LIMITS };
    assert_eq!(between("spin", limits).0, ["R130"]);
}

#[test]
fn a_slow_file_is_read_as_any_other() {
    let folder = folder(&[("1.txt", format!("{}slow\n正文。\n", mock::COMMAND))]);
    let (clean, _) = mock::batch(folder.path(), 1, None).expect("in process");
    let (found, _) =
        mock::batch(folder.path(), 1, Some(&mock::launch(BINARY, LIMITS))).expect("workers start");
    assert_eq!(format!("{found:?}"), format!("{clean:?}"));
}

#[test]
fn a_worker_gets_nothing_of_the_system() {
    let files: Vec<(String, String)> = mock::REACHES
        .iter()
        .map(|what| (format!("{what}.txt"), format!("{}{what}\n正文。\n", mock::COMMAND)))
        .collect();
    let files: Vec<(&str, String)> = files.iter().map(|(name, text)| (name.as_str(), text.clone())).collect();
    let folder = folder(&files);
    let (found, told) =
        mock::batch(folder.path(), 1, Some(&mock::launch(BINARY, LIMITS))).expect("workers start");
    let missing: Vec<&str> = told
        .iter()
        .flat_map(|told| &told.arguments)
        .flat_map(|argument| argument.value.split(", "))
        .collect();
    for what in mock::REACHES {
        assert!(mock::reach(what), "{what}: the suite itself can, or the test proves nothing");
        // An old kernel has neither; then that is told.
        let paths =
            ["open", "list", "write"].contains(&what) && !missing.contains(&Protection::Landlock.name());
        let calls = what == "environment" || !missing.contains(&Protection::Seccomp.name());
        let one = found.iter().find(|one| one.path == format!("{what}.txt")).expect("each file has a result");
        if paths || calls {
            assert_eq!(codes(one), Vec::<&str>::new(), "{what} was got");
        } else {
            println!("{what}: the kernel cannot refuse it, and J402 says so");
        }
    }
}

#[test]
fn a_thousand_files_of_which_a_third_misbehaves() {
    const COMMANDS: [&str; 7] = ["hang", "abort", "stack", "oom", "panic", "garbage", "slow"];
    let folder = tempfile::tempdir().expect("a folder");
    let samples: Vec<_> = jianbao_pipeline::inbox::list(&[sample("inbox")]);
    for number in 0..1000 {
        // A twentieth of each, honest files between them.
        match COMMANDS.get(number % 20) {
            Some(command) => {
                let text = format!("{}{command} {number}\n正文。\n", mock::COMMAND);
                fs::write(folder.path().join(format!("{number:04}-{command}.txt")), text).expect("writable");
            }
            None if number % 20 == 19 => {
                let from = &samples[number / 20 % samples.len()];
                let name = from.path.file_name().expect("a name").to_string_lossy().into_owned();
                if !from.ignored {
                    fs::copy(&from.path, folder.path().join(format!("{number:04}-{name}")))
                        .expect("writable");
                }
            }
            None => {
                fs::write(folder.path().join(format!("{number:04}.txt")), honest(number)).expect("writable");
            }
        }
    }
    let (clean, _) = mock::batch(folder.path(), 2, None).expect("in process");
    // More threads than processors, since most of the time is waited.
    let launch = mock::launch(BINARY, Limits { files: 50, ..LIMITS });
    let (found, _) = mock::batch(folder.path(), 8, Some(&launch)).expect("workers start");
    assert_eq!(found.len(), clean.len());
    let mut counts = std::collections::BTreeMap::<String, usize>::new();
    for (found, clean) in found.iter().zip(&clean) {
        let command = found.path.split(['-', '.']).nth(1).unwrap_or_default();
        let expected = match command {
            "hang" => "R130",
            "abort" | "stack" => "R129",
            "oom" => "R131",
            "panic" => "R117",
            "garbage" => "R132",
            _ => {
                assert_eq!(format!("{found:?}"), format!("{clean:?}"));
                *counts.entry("honest".to_owned()).or_default() += 1;
                continue;
            }
        };
        assert_eq!(codes(found), [expected], "{}", found.path);
        *counts.entry(command.to_owned()).or_default() += 1;
    }
    for command in &COMMANDS[..6] {
        assert_eq!(counts[*command], 50, "{command}");
    }
    assert!(counts["honest"] > 680, "{counts:?}");
}

#[test]
fn no_process_is_left_after_a_batch() {
    let commands = ["abort", "stack", "panic", "garbage", "exit"];
    let mut files: Vec<(String, String)> =
        (0..20).map(|number| (format!("{number}.txt"), honest(number))).collect();
    files.extend(commands.map(|command| (format!("{command}.txt"), format!("{}{command}\n", mock::COMMAND))));
    let files: Vec<(&str, String)> = files.iter().map(|(name, text)| (name.as_str(), text.clone())).collect();
    let folder = folder(&files);
    let done = Command::new(BINARY).arg(mock::BATCH).arg(folder.path()).output().expect("it starts");
    assert_eq!(String::from_utf8_lossy(&done.stdout), "25 files, 0 processes\n");
}

/// Waits for something, at most half a minute.
fn awaited<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let end = Instant::now() + Duration::from_secs(30);
    while Instant::now() < end {
        if let Some(found) = look() {
            return found;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    panic!("{what}: not within half a minute");
}

#[test]
fn a_killed_parent_leaves_no_worker() {
    let folder = folder(&[("1.txt", format!("{}hang\n", mock::COMMAND))]);
    let mut parent = Command::new(BINARY)
        .arg(mock::BATCH)
        .arg(folder.path())
        .stdout(Stdio::null())
        .spawn()
        .expect("it starts");
    // Asleep with the file in its hands: it is not at the pipe, whose end it would notice.
    let worker = awaited("a worker at work", || {
        let workers = mock::children(parent.id());
        workers.into_iter().find(|&worker| is_reading(worker))
    });
    parent.kill().expect("it can be killed");
    parent.wait().expect("it is dead");
    awaited("the end of the worker", || match mock::status(worker) {
        None | Some(('Z' | 'X', _)) => Some(()),
        Some(_) => None,
    });
}

/// Whether a worker has begun with a file: its reading thread sleeps for a time and not at a pipe.
fn is_reading(worker: u32) -> bool {
    let threads = fs::read_dir(format!("/proc/{worker}/task")).into_iter().flatten().flatten();
    let mut calls =
        threads.map(|thread| fs::read_to_string(thread.path().join("syscall")).unwrap_or_default());
    // clock_nanosleep: 230 on x86-64, 115 elsewhere.
    calls.any(|call| call.starts_with("230 ") || call.starts_with("115 "))
}

#[test]
fn what_is_no_worker_is_an_error_of_the_batch() {
    let folder = folder(&[("1.txt", honest(1))]);
    let read = |program: &str, arguments: &[&str]| {
        let mut launch = mock::launch(program, LIMITS);
        launch.arguments = arguments.iter().map(Into::into).collect();
        match mock::batch(folder.path(), 1, Some(&launch)) {
            Err(BatchError::Worker(error)) => error,
            other => panic!("{program}: {other:?}"),
        }
    };
    assert!(matches!(read("/nowhere/jianbao", &[]), WorkerError::Start(_)));
    assert!(matches!(read("/bin/true", &[]), WorkerError::Greeting { .. }));
    assert!(matches!(read("/bin/echo", &["garbage that is long enough"]), WorkerError::Greeting { .. }));
    // Another file than the one that was looked at, as after an update in between.
    let command = format!("exec {BINARY} {}", mock::WORKER);
    assert!(matches!(read("/bin/sh", &["-c", &command]), WorkerError::Version { .. }));
}

fn jianbao(arguments: &[&str]) -> std::process::Output {
    jianbao_tests::jianbao(BINARY, arguments)
}

#[test]
fn samples_come_out_of_workers_as_without() {
    let config = sample("jianbao.toml").display().to_string();
    let inbox = sample("inbox").display().to_string();
    for arguments in [
        &["convert", &inbox, "--config", &config][..],
        &["convert", &inbox, "--config", &config, "--to", "text"],
        &["check", "-v", &inbox, "--config", &config],
    ] {
        let (without, with) = (jianbao(arguments), jianbao(&[arguments, &["--isolate"]].concat()));
        assert_eq!(with.status.code(), without.status.code());
        assert_eq!(String::from_utf8_lossy(&with.stdout), String::from_utf8_lossy(&without.stdout));
    }
    let issue = sample("issue/姑苏信息-2025-012.docx").display().to_string();
    let import = ["import", &issue, "--config", &config];
    assert_eq!(jianbao(&[&import[..], &["--isolate"]].concat()).stdout, jianbao(&import).stdout);
}

#[test]
fn a_password_reaches_the_worker() {
    let file = sample("inbox/区民卫局/健康细胞建设情况（内部）.pdf").display().to_string();
    let checked = jianbao(&["check", "--isolate", "--password", "123456", &file]);
    assert_eq!(checked.status.code(), Some(0), "{}", String::from_utf8_lossy(&checked.stderr));
}

fn issue(folder: &Path, name: &str, more: &[&str]) -> Vec<u8> {
    let target = folder.join(name).display().to_string();
    let config = sample("jianbao.toml").display().to_string();
    let done = jianbao(&[&["run", "--config", &config, "-o", &target][..], more].concat());
    assert_eq!(done.status.code(), Some(1), "{}", String::from_utf8_lossy(&done.stderr));
    fs::read(target).expect("the issue")
}

#[test]
fn the_job_makes_the_same_issue_with_workers_and_without() {
    let folder = tempfile::tempdir().expect("a folder");
    let with = issue(folder.path(), "1.docx", &[]);
    assert_eq!(with, issue(folder.path(), "2.docx", &["--set", "limits.workers=false"]));
    assert_eq!(with, issue(folder.path(), "3.docx", &["--jobs", "3", "--set", "limits.worker_files=2"]));
}
