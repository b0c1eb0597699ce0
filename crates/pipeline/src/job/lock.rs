//! One run at a time: a lock on a local file, held as long as the process lives.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

use super::Fault;

/// The lock of a run; it goes with the value, and with the process however that ends.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock, or says at once that another process has it.
    pub fn take(path: &Path) -> Result<Self, Fault> {
        let failed = |source| Fault::Io { path: path.display().to_string(), source };
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(path).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(Fault::Busy),
            Err(TryLockError::Error(error)) => Err(failed(error)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_one_is_told_at_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("lock");
        let first = Lock::take(&path).expect("free");
        assert!(matches!(Lock::take(&path), Err(Fault::Busy)));
        drop(first);
        Lock::take(&path).expect("free again");
    }
}
