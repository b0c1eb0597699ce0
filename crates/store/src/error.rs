//! Why a call of the store failed.

use std::io;

use rusqlite::ErrorCode;

/// What the system refused; each has an exit code of its own in the unattended job.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another process holds the database longer than the time allowed.
    #[error("the database is busy")]
    Busy,
    /// There is no room left on the disk.
    #[error("the disk is full")]
    Full,
    /// The disk or the file system failed.
    #[error("{0}")]
    Io(#[source] io::Error),
    /// The file cannot be opened or written: rights, a missing folder, a read-only disk.
    #[error("{0}")]
    Unwritable(String),
    /// There is no such file.
    #[error("there is no such file")]
    Missing,
    /// The file is a database of another program.
    #[error("the database belongs to another program")]
    Foreign,
    /// The file was written by a newer version of the program.
    #[error("the database has version {found}, known is {known}")]
    Newer {
        /// Version in the file.
        found: i64,
        /// Newest version that is known.
        known: i64,
    },
    /// The file is no database, or a damaged one.
    #[error("{0}")]
    Damaged(String),
    /// The folder lies on a network file system, where locks and WAL do not hold.
    #[error("{0} is a network file system")]
    Network(&'static str),
    /// A file of that name is there already.
    #[error("there is a file of that name")]
    Exists,
    /// The call does not fit the state of its subject.
    #[error("{subject} is {state}: cannot {action}")]
    Refused {
        /// What was to be done.
        action: &'static str,
        /// To what, e.g. `item 7`.
        subject: String,
        /// The state that it is in, or `absent`.
        state: String,
    },
    /// Another number is the next one: a gap would be left, or a number used twice.
    #[error("the next number is {next}, not {wanted}")]
    Number {
        /// The number that was expected.
        wanted: u32,
        /// The next one.
        next: u32,
    },
    /// A fault of the program: SQLite refused a statement.
    #[error(transparent)]
    Sqlite(rusqlite::Error),
}

/// The result of a call.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        let Some(code) = error.sqlite_error_code() else { return Self::Sqlite(error) };
        match code {
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::Busy,
            ErrorCode::DiskFull => Self::Full,
            ErrorCode::SystemIoFailure => Self::Io(io::Error::other(error)),
            ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied => {
                Self::Unwritable(error.to_string())
            }
            ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => Self::Damaged(error.to_string()),
            _ => Self::Sqlite(error),
        }
    }
}

impl From<io::Error> for StoreError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full,
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                Self::Unwritable(error.to_string())
            }
            io::ErrorKind::NotFound => Self::Missing,
            io::ErrorKind::AlreadyExists => Self::Exists,
            _ => Self::Io(error),
        }
    }
}
