//! The memory of the unattended job: one SQLite file.
//!
//! Submissions by the hash of their content, receipts of files, items with revisions and decisions,
//! diagnostics, near-duplicates, issues with numbers and positions, runs, quarantine, an audit chain.
//! Every call that changes something is one transaction with its row of the chain. The clock is not read:
//! times come in as values, and the same calls give the same rows.

mod audit;
mod check;
mod copy;
mod diagnostics;
mod error;
mod export;
mod issues;
mod items;
mod place;
mod quarantine;
mod receipts;
mod runs;
#[cfg(test)]
mod scans;
mod schema;
mod similar;
mod statistics;

use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

pub use check::Finding;
pub use copy::restore;
pub use error::{Result, StoreError};
pub use issues::{Counter, Issue, IssueId, IssueState, Next, Plan, Scope};
pub use items::{
    Candidate, Choice, Decided, Decision, Edit, ItemId, ItemState, Listed, NewItem, Original, Revision,
    Taken, TakenAs,
};
pub use place::require_local;
pub use quarantine::{Held, Hold, QuarantineId};
pub use receipts::{File, Look, ReceiptId, ReceiptState, Spool, Spooled, SubmissionId, Waiting};
pub use runs::{Run, RunId};
pub use similar::Near;
pub use statistics::Counted;

/// Milliseconds since 1970-01-01 00:00 UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(pub i64);

/// How a store is opened.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// How long a call waits for other processes.
    pub busy: Duration,
    /// Whether a FUSE file system is taken for a local one.
    pub allow_fuse: bool,
    /// Whether a file that is not there is made.
    pub create: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { busy: Duration::from_secs(5), allow_fuse: false, create: true }
    }
}

/// An open store.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
}

impl Store {
    /// Opens the file, brings an older one to the version of the program, and refuses what is not a sound
    /// database of the program on a local disk.
    pub fn open(path: &Path, options: Options) -> Result<Self> {
        place::require_local(folder(path), options.allow_fuse)?;
        if !options.create && !path.try_exists()? {
            return Err(StoreError::Missing);
        }
        let mut connection = connect(path, options)?;
        schema::require_known(&connection)?;
        use_wal(&connection, options.busy)?;
        schema::migrate(&mut connection, schema::VERSION)?;
        schema::require_intact(&connection)?;
        Ok(Self { connection })
    }

    /// Gives back the memory in which pages of the file are kept, before something else needs much.
    pub fn release_memory(&self) -> Result<()> {
        Ok(self.connection.execute_batch("PRAGMA shrink_memory")?)
    }

    /// Does `change` in one transaction that holds the write lock from its beginning; an error undoes all.
    fn write<T>(&mut self, change: impl FnOnce(&Transaction<'_>) -> Result<T>) -> Result<T> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let value = change(&transaction)?;
        transaction.commit()?;
        Ok(value)
    }
}

/// The folder of a path; of a bare name the current one.
fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Prepared statements that are kept; a run needs about fifty.
const STATEMENTS: usize = 100;

/// Memory for pages of the file, in KiB.
const CACHE: i64 = 32 << 10;

/// A connection with the settings that every one has; none of them writes to the file.
fn connect(path: &Path, options: Options) -> Result<Connection> {
    let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    flags.set(OpenFlags::SQLITE_OPEN_CREATE, options.create);
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(options.busy)?;
    // The file may come from elsewhere: its schema must not call functions or be edited by statements.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    // Plans hang on the statements alone and are made once: they are few, and each is used for every file.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // The tables of a year fit; SQLite's own 2 MiB would read most pages again for each text.
    connection.pragma_update(None, "cache_size", -CACHE)?;
    // `INSERT OR REPLACE` would otherwise pass by the triggers against deleting.
    connection.pragma_update(None, "recursive_triggers", true)?;
    Ok(connection)
}

/// Turns the write-ahead log on. SQLite does not wait for others here in every case, so it is tried again.
fn use_wal(connection: &Connection, busy: Duration) -> Result<()> {
    const PAUSE: Duration = Duration::from_millis(20);
    let mut left = busy;
    loop {
        let mode =
            connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get::<_, String>(0));
        match mode.map_err(StoreError::from) {
            Ok(mode) if mode == "wal" => return Ok(()),
            Ok(mode) => return Err(StoreError::Unwritable(format!("journal_mode {mode}"))),
            Err(StoreError::Busy) if left >= PAUSE => {
                left -= PAUSE;
                std::thread::sleep(PAUSE);
            }
            Err(error) => return Err(error),
        }
    }
}

/// The error of a call whose subject is in another state.
fn refused(action: &'static str, subject: String, state: Option<&str>) -> StoreError {
    StoreError::Refused { action, subject, state: state.unwrap_or("absent").to_owned() }
}

/// Declares the row number of a table as a type of its own.
macro_rules! row_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub i64);

        impl rusqlite::ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
                self.0.to_sql()
            }
        }

        impl rusqlite::types::FromSql for $name {
            fn column_result(value: rusqlite::types::ValueRef<'_>) -> rusqlite::types::FromSqlResult<Self> {
                i64::column_result(value).map(Self)
            }
        }
    };
}

/// Declares the states of a table's rows and their names in it.
macro_rules! states {
    ($(#[$doc:meta])* $name:ident { $($(#[$state_doc:meta])* $state:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$state_doc])* $state,)* }

        impl $name {
            /// The name in the database and in JSON.
            pub fn name(self) -> &'static str {
                match self { $(Self::$state => $word,)* }
            }
        }

        impl rusqlite::ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
                self.name().to_sql()
            }
        }

        impl rusqlite::types::FromSql for $name {
            fn column_result(value: rusqlite::types::ValueRef<'_>) -> rusqlite::types::FromSqlResult<Self> {
                match value.as_str()? {
                    $($word => Ok(Self::$state),)*
                    _ => Err(rusqlite::types::FromSqlError::InvalidType),
                }
            }
        }
    };
}

use {row_id, states};
