//! One run at a time: a lock on a local file, held as long as the process lives. An editor's command shares
//! it with others for the moment of its change.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

use super::Fault;

/// The lock of a run; it goes with the value, and with the process however that ends.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

/// How long a run waits for editors' commands, each of which takes a moment.
const PATIENCE: Duration = Duration::from_secs(5);

impl Lock {
    /// Takes the lock, or says at once that another run has it. Commands that share it are waited for.
    pub fn take(path: &Path) -> Result<Self, Fault> {
        let began = Instant::now();
        loop {
            let file = opened(path)?;
            if done(path, file.try_lock())? {
                return Ok(Self { _file: file });
            }
            // Nobody shares it with a run.
            if !done(path, opened(path)?.try_lock_shared())? || began.elapsed() > PATIENCE {
                return Err(Fault::Busy);
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Takes the lock beside others that share it, or says at once that a run has it.
    pub fn share(path: &Path) -> Result<Self, Fault> {
        // Of an editor no more is asked than to read it.
        let file = File::open(path).or_else(|_| opened(path))?;
        if done(path, file.try_lock_shared())? { Ok(Self { _file: file }) } else { Err(Fault::Busy) }
    }
}

fn opened(path: &Path) -> Result<File, Fault> {
    let opened = OpenOptions::new().create(true).truncate(false).write(true).open(path);
    opened.map_err(|source| failed(path, source))
}

/// Whether the lock was given.
fn done(path: &Path, tried: Result<(), TryLockError>) -> Result<bool, Fault> {
    match tried {
        Ok(()) => Ok(true),
        Err(TryLockError::WouldBlock) => Ok(false),
        Err(TryLockError::Error(error)) => Err(failed(path, error)),
    }
}

fn failed(path: &Path, source: io::Error) -> Fault {
    Fault::Io { path: path.display().to_string(), source }
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
        assert!(matches!(Lock::share(&path), Err(Fault::Busy)));
        drop(first);
        Lock::take(&path).expect("free again");
    }

    #[test]
    fn those_who_share_it_are_waited_for() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("lock");
        let editors = [Lock::share(&path).expect("free"), Lock::share(&path).expect("shared")];
        std::thread::scope(|threads| {
            let run = threads.spawn(|| Lock::take(&path).is_ok());
            std::thread::sleep(Duration::from_millis(50));
            drop(editors);
            assert!(run.join().expect("no panic"), "the run has it after them");
        });
    }
}
