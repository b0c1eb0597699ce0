//! What a run leaves about itself: `status.json`, and lines of the log. Neither has contents of submissions.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use jianbao_store::Moment;
use serde::Serialize;

use super::{Inventory, Places};
use crate::{output, time};

/// A log of this size is put aside, in bytes.
const LOG: u64 = 1 << 20;

/// Logs that are kept.
const LOGS: usize = 20;

/// State of the last run.
#[derive(Clone, Debug, Serialize)]
pub struct Status {
    /// Name and version of the contract.
    pub schema: &'static str,
    /// Number of the run in the store; none when the store could not be opened.
    pub run: Option<i64>,
    /// What it was to do: `ingest`, `compose`, `statistics`, `backup`.
    pub tasks: Vec<&'static str>,
    /// Its beginning, local time.
    pub started: String,
    /// Its end.
    pub ended: String,
    /// Its exit code.
    pub exit: u8,
    /// Code of the error that ended it.
    pub error: Option<&'static str>,
    /// What became of the files.
    pub files: Option<Inventory>,
    /// The issue that was made, or was there.
    pub issue: Option<PathBuf>,
    /// The file that has waited longest, and since when.
    pub oldest_waiting: Option<(String, String)>,
}

impl Status {
    /// A run that began then and ends now.
    pub fn new(started: Moment, exit: u8) -> Self {
        Self {
            schema: "jianbao.status/1",
            run: None,
            tasks: Vec::new(),
            started: time::shown(started),
            ended: time::shown(time::now()),
            exit,
            error: None,
            files: None,
            issue: None,
            oldest_waiting: None,
        }
    }
}

/// Writes the status, replacing the one before, and a line of the log.
pub fn record(places: &Places, status: &Status) -> io::Result<()> {
    fs::create_dir_all(places.data())?;
    let json = serde_json::to_string_pretty(status)? + "\n";
    output::write_locked(&places.status(), &mut json.as_bytes(), true).map_err(io::Error::other)?;
    append(&places.log(), &(serde_json::to_string(status)? + "\n"))
}

/// Appends a line; a log that has grown large becomes `….1`, that one `….2`, and so on.
fn append(log: &Path, line: &str) -> io::Result<()> {
    if log.metadata().is_ok_and(|found| found.len() + line.len() as u64 > LOG) {
        let numbered = |number: usize| {
            if number == 0 { log.to_owned() } else { PathBuf::from(format!("{}.{number}", log.display())) }
        };
        for number in (0..LOGS - 1).rev().filter(|number| numbered(*number).exists()) {
            fs::rename(numbered(number), numbered(number + 1))?;
        }
    }
    OpenOptions::new().create(true).append(true).open(log)?.write_all(line.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_log_is_put_aside_and_the_oldest_goes() {
        let folder = tempfile::tempdir().expect("a folder");
        let log = folder.path().join("jianbao.log");
        let line = "x".repeat(1 << 20) + "\n";
        for _ in 0..LOGS + 5 {
            append(&log, &line).expect("written");
        }
        append(&log, "last\n").expect("written");
        let names = fs::read_dir(folder.path()).expect("a folder").count();
        assert_eq!(names, LOGS);
        assert_eq!(fs::read_to_string(&log).expect("there"), "last\n");
    }
}
