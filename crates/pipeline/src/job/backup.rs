//! Copies of the store under names that tell their time; the oldest make room.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jianbao_store::StoreError;

use super::{Fault, Job};
use crate::time;

/// What stands before the time in the name of a copy.
const PREFIX: &str = "jianbao-";

/// What stands behind it.
const SUFFIX: &str = ".db";

/// Writes a copy and removes the oldest beyond `keep`. The copy that was just written stays even where a
/// clock that went back makes it look the oldest. The path of the copy comes back.
pub(super) fn save(job: &Job<'_>, folder: &Path, keep: usize) -> Result<PathBuf, Fault> {
    let failed = |source| Fault::Output { path: folder.display().to_string(), source };
    fs::create_dir_all(folder).map_err(failed)?;
    let name = format!("{PREFIX}{}{SUFFIX}", time::stamp(job.now()));
    let path = folder.join(&name);
    // A copy of the same second is older than this one.
    job.store.backup(&path, true).map_err(|error| match error {
        StoreError::Io(source) => failed(source),
        StoreError::Unwritable(what) => failed(io::Error::new(io::ErrorKind::PermissionDenied, what)),
        other => Fault::from(other),
    })?;
    for old in surplus(names(folder).map_err(failed)?, &name, keep) {
        fs::remove_file(folder.join(old)).map_err(failed)?;
    }
    Ok(path)
}

/// The files of a folder that are called as copies are.
fn names(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            names.extend(entry.file_name().into_string().ok().filter(|name| is_copy(name)));
        }
    }
    Ok(names)
}

/// Whether a name is `jianbao-YYYYMMDD-HHMMSS.db`; nothing else is ever removed.
fn is_copy(name: &str) -> bool {
    let time = name.strip_prefix(PREFIX).and_then(|rest| rest.strip_suffix(SUFFIX));
    time.and_then(|time| time.split_once('-')).is_some_and(|(day, clock)| {
        let digits = |part: &str, length| part.len() == length && part.bytes().all(|b| b.is_ascii_digit());
        digits(day, 8) && digits(clock, 6)
    })
}

/// The copies that are too many: the oldest by name, and never `newest`.
fn surplus(mut names: Vec<String>, newest: &str, keep: usize) -> Vec<String> {
    names.retain(|name| name != newest);
    names.sort_unstable_by(|a, b| b.cmp(a));
    names.split_off(names.len().min(keep.saturating_sub(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_go_and_never_the_newest() {
        let name = |day: u32| format!("jianbao-202503{day:02}-083000.db");
        let all = || (1..=4).map(name).collect::<Vec<_>>();
        assert_eq!(surplus(all(), &name(4), 3), [name(1)]);
        assert_eq!(surplus(all(), &name(4), 1), [name(3), name(2), name(1)]);
        assert!(surplus(all(), &name(4), 4).is_empty());
        // The clock went back before the copy was made.
        assert_eq!(surplus(all(), &name(1), 2), [name(3), name(2)]);
    }

    #[test]
    fn other_files_are_no_copies() {
        assert!(is_copy("jianbao-20250327-083000.db"));
        for name in
            ["jianbao.db", "jianbao-20250327.db", "jianbao-20250327-083000.db.old", "jianbao-年-月.db"]
        {
            assert!(!is_copy(name), "{name}");
        }
    }
}
