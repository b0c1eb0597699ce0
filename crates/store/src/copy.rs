//! Backup and restore: whole copies that appear under their name at once.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, TransactionBehavior};

use crate::error::{Result, StoreError};
use crate::{Options, Store, folder};

/// What SQLite keeps beside a database.
const BESIDE: [&str; 2] = ["-wal", "-shm"];

impl Store {
    /// Writes a copy of the store as it is now, while others may go on writing.
    pub fn backup(&self, path: &Path, replace: bool) -> Result<()> {
        if !replace && path.symlink_metadata().is_ok() {
            return Err(StoreError::Exists);
        }
        let copy = copied(&self.connection, folder(path))?;
        let kept = if replace { copy.persist(path) } else { copy.persist_noclobber(path) };
        kept.map_err(|error| StoreError::from(error.error))?;
        settle(folder(path));
        Ok(())
    }
}

/// Puts a backup in the place of the store, after it was checked. A store that is there is kept under the
/// name that comes back, and is only moved when nobody else has it open.
pub fn restore(from: &Path, to: &Path, replace: bool, options: Options) -> Result<Option<PathBuf>> {
    if !replace && to.symlink_metadata().is_ok() {
        return Err(StoreError::Exists);
    }
    // Opened as a copy: opening may migrate, and the backup itself is never changed.
    let folder = folder(to);
    let original = tempfile::NamedTempFile::new_in(folder)?;
    fs::copy(from, original.path())?;
    let copy = {
        let store = Store::open(original.path(), Options { create: false, ..options })?;
        let findings = store.check()?;
        if let Some(first) = findings.first() {
            return Err(StoreError::Damaged(format!("{first:?}")));
        }
        copied(&store.connection, folder)?
    };
    let kept = if to.symlink_metadata().is_ok() { Some(set_aside(to, options)?) } else { None };
    copy.persist(to).map_err(|error| StoreError::from(error.error))?;
    settle(folder);
    Ok(kept)
}

/// A copy in a temporary file, on the disk.
fn copied(connection: &Connection, folder: &Path) -> Result<tempfile::NamedTempFile> {
    let copy = tempfile::Builder::new().prefix(".jianbao-").suffix(".tmp").tempfile_in(folder)?;
    let name = copy.path().to_str().ok_or_else(|| StoreError::Unwritable("UTF-8".to_owned()))?;
    connection.execute("VACUUM INTO ?", [name])?;
    copy.as_file().sync_all()?;
    Ok(copy)
}

/// Gives the store a second name, so that it is kept when the backup takes the first. Its log is emptied
/// into it before; that of a damaged one, which cannot be, is moved as well, or it would be played into
/// the backup.
fn set_aside(path: &Path, options: Options) -> Result<PathBuf> {
    match close_log(path, options) {
        Ok(()) | Err(StoreError::Damaged(_)) => {}
        Err(error) => return Err(error),
    }
    let kept = free_name(path)?;
    fs::hard_link(path, &kept)?;
    for suffix in BESIDE {
        match fs::rename(with_suffix(path, suffix), with_suffix(&kept, suffix)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    Ok(kept)
}

/// Takes the store for itself and writes the log into it.
fn close_log(path: &Path, options: Options) -> Result<()> {
    let mut connection = crate::connect(path, Options { create: false, ..options })?;
    connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
    connection.transaction_with_behavior(TransactionBehavior::Exclusive)?.commit()?;
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0))?;
    connection.close().map_err(|(_, error)| error.into())
}

/// `jianbao.db.old`, `jianbao.db.old2` …: the first that is free.
fn free_name(path: &Path) -> Result<PathBuf> {
    let names =
        (1..1000).map(|n| with_suffix(path, &if n == 1 { ".old".to_owned() } else { format!(".old{n}") }));
    names.into_iter().find(|name| name.symlink_metadata().is_err()).ok_or(StoreError::Exists)
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// Brings the folder to the disk; not every file system lets a folder be opened for this.
fn settle(folder: &Path) {
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
}
