//! The calls that only some systems have, with a plain fall-back: opening without following or
//! blocking, and what shuts a worker process in.
//!
//! Nothing here fails because a system is old: what could not be had is returned, and the caller tells.

#[cfg(target_os = "linux")]
mod linux;
#[cfg(not(target_os = "linux"))]
mod plain;

#[cfg(target_os = "linux")]
use linux as implementation;
#[cfg(not(target_os = "linux"))]
use plain as implementation;

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitStatus;
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};

/// A means of shutting a process in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Protection {
    /// Bounds on memory, processor time, file size, open files and core dumps (setrlimit).
    Bounds,
    /// The process ends with its parent (`PR_SET_PDEATHSIG`).
    ParentDeath,
    /// No program that it starts has more rights (`PR_SET_NO_NEW_PRIVS`).
    NoNewPrivileges,
    /// No path of the file system can be opened (Landlock).
    Landlock,
    /// Only the calls that reading needs are answered (seccomp).
    Seccomp,
}

impl Protection {
    /// Every means, in the order of the declaration.
    pub const ALL: [Self; 5] =
        [Self::Bounds, Self::ParentDeath, Self::NoNewPrivileges, Self::Landlock, Self::Seccomp];

    /// The name that manuals have for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Bounds => "rlimit",
            Self::ParentDeath => "pdeathsig",
            Self::NoNewPrivileges => "no-new-privileges",
            Self::Landlock => "Landlock",
            Self::Seccomp => "seccomp",
        }
    }
}

/// Why a process ended that should not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// Its bound on processor time was reached.
    ProcessorTime,
    /// It called `abort`: an allocation that failed, a stack that overflowed.
    Aborted,
    /// It touched memory that is not its own.
    MemoryFault,
    /// Somebody killed it.
    Killed,
    /// Another signal.
    Signal,
    /// It ended by itself.
    Exited,
}

/// The program file of this process, by which it can be started once more. On Linux that is the running
/// file even where an update has put another in its place.
pub fn program() -> io::Result<PathBuf> {
    implementation::program()
}

/// What tells a program file from another version of it: length in bytes, and time of the last change in
/// nanoseconds since 1970.
pub(crate) fn mark(program: &Path) -> io::Result<(u64, u128)> {
    let about = program.metadata()?;
    let changed = about.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    Ok((about.len(), changed.map_or(0, |since| since.as_nanos())))
}

/// Opens a regular file for reading. A link, pipe or device in its place is refused and not waited for,
/// where the system can tell.
pub(crate) fn open_regular(path: &Path) -> io::Result<File> {
    let file = implementation::open(path)?;
    if file.metadata()?.is_file() {
        Ok(file)
    } else {
        Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file"))
    }
}

/// Bytes that are free for users on the disk of a folder; none where the system does not tell.
pub(crate) fn free_space(folder: &Path) -> Option<u64> {
    implementation::free_space(folder)
}

/// Whether this process has the rights of the administrator, whom no folder refuses.
pub fn is_root() -> bool {
    implementation::is_root()
}

/// Shuts this process in, but for [`filter_calls`]: bounds (`memory` in bytes), death with the parent, no
/// new privileges, no path. Must be called before any other thread is started. What could not be had is
/// returned.
pub(crate) fn confine(memory: u64) -> Vec<Protection> {
    implementation::confine(memory)
}

/// Leaves the process, all its threads, only the calls that reading needs. Returns whether the system did.
pub(crate) fn filter_calls() -> bool {
    implementation::filter_calls()
}

/// Allows the process so many more seconds of processor time from now on; the system ends it then.
pub(crate) fn allow_processor_time(seconds: u64) {
    implementation::allow_processor_time(seconds);
}

/// Why a process ended.
pub(crate) fn end(status: ExitStatus) -> End {
    implementation::end(status)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn nothing_but_a_regular_file_is_opened_and_nothing_is_waited_for() {
        let folder = tempfile::tempdir().expect("a folder");
        let (file, link, pipe) =
            (folder.path().join("稿"), folder.path().join("链"), folder.path().join("管"));
        std::fs::write(&file, "稿").expect("writable");
        std::os::unix::fs::symlink(&file, &link).expect("a link");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo starts");
        assert!(made.success());
        assert!(open_regular(&file).is_ok());
        for other in [link.as_path(), &pipe, folder.path(), Path::new("/dev/null"), Path::new("/nowhere")] {
            assert!(open_regular(other).is_err(), "{}", other.display());
        }
    }
}
