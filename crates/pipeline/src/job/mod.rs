//! The unattended job: what lies in the inbox is taken once, and the issue that is due is made once.
//!
//! A run may be cut off between any two of its steps. Each step is one transaction of the store or one
//! rename of a file, and each can be done again: the next run goes on where the last one ended.

mod arrival;
mod backup;
mod complete;
mod issue;
mod lock;
mod owner;
mod parse;
mod places;
mod planned;
mod quarantine;
mod record;
mod space;
mod spool;
mod statistics;
mod told;

use std::io;
use std::path::{Path, PathBuf};

use jianbao_model::Diagnostic;
use jianbao_store::{Moment, ReceiptState, RunId, Store, StoreError};
use serde::Serialize;

pub use issue::{Due, Made, Publication, Published, proposed, skip};
pub use lock::Lock;
pub use places::Places;
pub use quarantine::returned;
pub(crate) use quarantine::{REASON, RECORD, RECORD_SCHEMA};
pub use record::{Status, record};
pub(crate) use statistics::tables;
pub use told::refusal;

use crate::batch::{BatchError, Processed};
use crate::compose::ComposeError;
use crate::config::{Config, Mistake};
use crate::messages::Messages;
use crate::output::OutputError;
use crate::worker::{Launch, WorkerError};
use crate::{output, time};

/// Why a run did not do what it should; each kind has an exit code of its own.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// Another run holds the lock.
    #[error("another run is busy")]
    Busy,
    /// The inbox has nothing at all, though files that came there stay there.
    #[error("the inbox is empty")]
    InboxBare,
    /// There is no room on the disk.
    #[error("the disk is full")]
    Full,
    /// The store.
    #[error(transparent)]
    Store(StoreError),
    /// A file or folder of the job.
    #[error("{path}: {source}")]
    Io {
        /// Which.
        path: String,
        /// The system's reason.
        source: io::Error,
    },
    /// The issue's file, or one of the quarantine, cannot be written.
    #[error("{path}: {source}")]
    Output {
        /// Which.
        path: String,
        /// The system's reason.
        source: io::Error,
    },
    /// There is a file where the issue is to be written.
    #[error("{} exists", .0.display())]
    Exists(PathBuf),
    /// There is a file of the next number, and the store knows nothing of it.
    #[error("{} exists", .path.display())]
    NumberInUse {
        /// The number.
        number: u32,
        /// The file.
        path: PathBuf,
    },
    /// The clock is before the date of the last issue.
    #[error("{date} is before {last}")]
    DateWentBack {
        /// The date by the clock.
        date: String,
        /// That of the last issue.
        last: String,
    },
    /// A plan names items that cannot be printed.
    #[error("the plan has mistakes")]
    Plan(Vec<Mistake>),
    /// The issue of this number, which a plan is for, was made already.
    #[error("issue {0} was made already")]
    PlanNotFollowed(u32),
    /// The issue cannot be made.
    #[error(transparent)]
    Compose(#[from] ComposeError),
    /// Files cannot be opened a second time, for their pictures.
    #[error(transparent)]
    Worker(#[from] WorkerError),
    /// Files cannot be read at all.
    #[error(transparent)]
    Batch(#[from] BatchError),
    /// An item of the store is none.
    #[error(transparent)]
    Json(serde_json::Error),
    /// A row of the store is gone that was there before.
    #[error("the store has lost an issue")]
    Gone,
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Full => Self::Full,
            other => Self::Store(other),
        }
    }
}

/// Hears of a run what is to be shown.
pub trait Listener: Send {
    /// So many files are to be read.
    fn begin(&mut self, files: usize);
    /// A file was read.
    fn file(&mut self, processed: &Processed);
    /// Something is to be told of a file that was not read.
    fn told(&mut self, path: &str, told: &[Diagnostic]);
    /// A file was set aside into this folder. Why, if it was not read: one that was read is told of with it.
    fn quarantined(&mut self, path: &str, untold: Option<&Diagnostic>, folder: &Path);
    /// Something is to be told of all files.
    fn batch(&mut self, told: &[Diagnostic]);
}

/// What became of the files of the inbox: `received` is the sum of the four below it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Inventory {
    /// Files in the inbox that are no system files.
    pub received: usize,
    /// Their items are in the store.
    pub accepted: usize,
    /// The same content came before.
    pub duplicate: usize,
    /// Set aside.
    pub quarantined: usize,
    /// Not complete yet, open in an office program, or not readable for the moment.
    pub waiting: usize,
    /// System files and links, which are not counted above.
    pub ignored: usize,
}

/// A run: the configuration, the store, and the lock that keeps others out.
pub struct Job<'a> {
    config: &'a Config,
    places: Places,
    store: Store,
    messages: &'a Messages,
    clock: fn() -> Moment,
    jobs: Option<usize>,
    workers: Option<&'a Launch>,
    lock: Lock,
}

/// What a run needs besides its configuration.
#[derive(Clone, Copy)]
pub struct Surroundings<'a> {
    /// The words of 原因.txt.
    pub messages: &'a Messages,
    /// The time.
    pub clock: fn() -> Moment,
    /// Files read at the same time.
    pub jobs: Option<usize>,
    /// How worker processes are started.
    pub workers: Option<&'a Launch>,
}

impl<'a> Job<'a> {
    /// Takes the lock, opens the store, and clears what a run that was cut off has left.
    pub fn begin(config: &'a Config, around: Surroundings<'a>) -> Result<Self, Fault> {
        let places = Places::new(&config.data);
        let failed = |source: io::Error| match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Fault::Full,
            _ => Fault::Io { path: config.data.display().to_string(), source },
        };
        std::fs::create_dir_all(places.data()).map_err(failed)?;
        let options = jianbao_store::Options { allow_fuse: config.store_fuse, ..Default::default() };
        // Where locks do not hold, nothing is touched.
        jianbao_store::require_local(places.data(), config.store_fuse)?;
        let lock = Lock::take(&places.lock())?;
        let store = Store::open(&config.store, options)?;
        places.prepare().map_err(failed)?;
        sweep(config)?;
        let Surroundings { messages, clock, jobs, workers } = around;
        Ok(Self { config, places, store, messages, clock, jobs, workers, lock })
    }

    /// Takes in what is new.
    pub fn ingest(&mut self, listener: &mut dyn Listener) -> Result<Inventory, Fault> {
        let inbox = arrival::take_in(self, listener)?;
        parse::parse(self, listener)?;
        let mut inventory = Inventory { ignored: inbox.ignored, ..Inventory::default() };
        for receipt in inbox.receipts {
            let count = match self.store.receipt(receipt)? {
                Some(ReceiptState::Parsed) => &mut inventory.accepted,
                Some(ReceiptState::Duplicate) => &mut inventory.duplicate,
                Some(ReceiptState::Quarantined) => &mut inventory.quarantined,
                Some(ReceiptState::Seen | ReceiptState::Arriving | ReceiptState::Spooled) => {
                    &mut inventory.waiting
                }
                // Taken away by its owner before it was complete.
                Some(ReceiptState::Ignored) | None => continue,
            };
            *count += 1;
            inventory.received += 1;
        }
        Ok(inventory)
    }

    /// Makes the issue that is due.
    pub fn publish(&mut self, due: &Due) -> Result<Publication, Fault> {
        issue::publish(self, due)
    }

    /// Writes a copy of the store and removes the oldest beyond `keep`; its path.
    pub fn backup(&self, folder: &Path, keep: usize) -> Result<PathBuf, Fault> {
        backup::save(self, folder, keep)
    }

    /// Writes the tables of what the units sent in the last days, and what was printed; their paths.
    pub fn statistics(&self, path: &Path, days: u16) -> Result<[PathBuf; 2], Fault> {
        statistics::write(self, path, days)
    }

    /// Notes the beginning of a run; its number comes back.
    pub fn start(&mut self) -> Result<RunId, Fault> {
        Ok(self.store.start_run(self.now())?)
    }

    /// Gives the lock out of hand: as long as it is kept no other run begins.
    pub fn into_lock(self) -> Lock {
        self.lock
    }

    /// Notes the end of a run, and fills in what the store knows of it.
    pub fn end(&mut self, run: RunId, status: &mut Status) -> Result<(), Fault> {
        status.run = Some(run.0);
        status.oldest_waiting = self
            .store
            .waiting()?
            .into_iter()
            .next()
            .map(|waiting| (waiting.shown, time::shown(waiting.first_seen)));
        let counts = serde_json::to_value(status.files).map_err(Fault::Json)?;
        Ok(self.store.end_run(run, status.exit, &counts, self.now())?)
    }

    fn now(&self) -> Moment {
        (self.clock)()
    }

    /// Puts a copy into the archive.
    fn kept(&self, copied: spool::Copied) -> Result<(), Fault> {
        copied.keep(&self.places).map_err(|source| self.lost(source))
    }

    /// Why a file of the data folder cannot be written or read.
    fn lost(&self, source: io::Error) -> Fault {
        match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Fault::Full,
            _ => Fault::Io { path: self.places.data().display().to_string(), source },
        }
    }
}

/// Clears what a run that was cut off left half written in the quarantine. A folder that cannot be read now
/// is told when something is to be written there.
fn sweep(config: &Config) -> Result<(), Fault> {
    let folders = std::fs::read_dir(&config.quarantine).into_iter().flatten().flatten();
    for folder in folders.map(|entry| entry.path()).filter(|one| one.is_dir()) {
        output::sweep(&folder)
            .map_err(|source| Fault::Output { path: folder.display().to_string(), source })?;
    }
    Ok(())
}

/// Why a file of the office was not written.
fn unwritten(error: OutputError) -> Fault {
    match error {
        OutputError::Exists(path) => Fault::Exists(PathBuf::from(path)),
        OutputError::Io { source, .. }
            if matches!(source.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded) =>
        {
            Fault::Full
        }
        OutputError::Io { path, source } => Fault::Output { path, source },
    }
}
