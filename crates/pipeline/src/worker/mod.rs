//! Worker processes: each reading thread drives one, which parses one file at a time, shut in.
//!
//! A stack that overflows, an allocation that fails or a decoder without end cannot be contained inside
//! a process. A worker is the same program, started as `jianbao worker`. It gets the bytes of a file
//! through a pipe and returns what they gave; it has no path, no network, bounds on memory and time
//! ([`crate::system`]). A worker that hangs, dies or answers nonsense is killed, its file gets a coded
//! diagnostic, and the next file a fresh worker.
//!
//! - A file whose worker **dies** is tried once more if that worker had read other files before: one of
//!   them may have left too little memory. A file that took too long is not: what is endless is endless
//!   again, and everybody would wait twice.
//! - After a panic the worker has answered as usual, but is replaced: nobody knows what was left halfway.
//! - The answer is believed as far as a file's content is. What it says of the file itself (its hash)
//!   must be what the parent has computed, and what does not decode is a diagnostic.
//! - The bound on processor time is set by the worker for each file, before it sees its bytes. One that
//!   is taken over by a file could lift that bound for what follows; the time by the clock is the
//!   parent's and holds all the same.

mod child;
mod pool;
mod protocol;

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

pub use child::{Hook, serve};
pub(crate) use pool::Pool;

use crate::system;

/// What a worker and a file in it may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Address space, in bytes.
    pub memory: u64,
    /// Processor time of a file, in whole seconds.
    pub processor_seconds: u64,
    /// Time of a file by the clock.
    pub clock: Duration,
    /// Files after which a worker is replaced.
    pub files: usize,
}

impl Limits {
    /// How many times as long a PDF may take: its fonts and pages are decoded, not only unpacked.
    const PDF: u32 = 3;

    /// The time that a file with these first bytes has: processor seconds, and by the clock.
    pub(crate) fn time(&self, bytes: &[u8]) -> (u64, Duration) {
        // A header may stand anywhere in the first kibibyte (ISO 32000-1 appendix H, note 13).
        let head = bytes.get(..1024).unwrap_or(bytes);
        let times = if head.windows(5).any(|five| five == b"%PDF-") { Self::PDF } else { 1 };
        (self.processor_seconds * u64::from(times), self.clock * times)
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self { memory: 1 << 30, processor_seconds: 20, clock: Duration::from_mins(1), files: 2000 }
    }
}

/// How workers are started.
#[derive(Clone, Debug)]
pub struct Launch {
    /// The program.
    pub program: PathBuf,
    /// Its arguments.
    pub arguments: Vec<OsString>,
    /// What a worker may cost.
    pub limits: Limits,
}

impl Launch {
    /// This same program as `worker`.
    pub fn own(limits: Limits) -> Result<Self, WorkerError> {
        let program = system::program().map_err(WorkerError::Start)?;
        Ok(Self { program, arguments: vec!["worker".into()], limits })
    }
}

/// Why there is no worker; it is no fault of a file.
#[derive(Debug, thiserror::Error)]
pub enum WorkerError {
    /// The process could not be started.
    #[error("{0}")]
    Start(#[source] std::io::Error),
    /// It ended before its first file.
    #[error("{how} {said}")]
    Greeting {
        /// Key of the reason.
        how: &'static str,
        /// What it said on its error channel.
        said: String,
    },
    /// It is another version of the program.
    #[error("another version of the program: {found}")]
    Version {
        /// Its version.
        found: String,
    },
    /// No thread that watches the time could be started.
    #[error("threads: {0}")]
    Watch(#[source] std::io::Error),
}
