//! Output files: written beside their place and renamed, never half there, never overwritten unasked.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

/// Why an output was not written.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// There is a file of that name.
    #[error("{0} exists")]
    Exists(String),
    /// The system refused.
    #[error("{path}: {source}")]
    Io {
        /// The output.
        path: String,
        /// The system's reason.
        source: io::Error,
    },
}

/// Beginning of the names of temporary files.
const TEMPORARY: &str = ".jianbao-";

/// The same of those that are written under the lock of the job: only it may clear them away.
const OF_THE_JOB: &str = ".jianbao-job-";

/// End of the names of temporary files.
const ENDING: &str = ".tmp";

/// Writes a file whole: to a temporary file in the same folder, to the disk, then to its name, then
/// the folder to the disk, so that a crash at any time leaves the old state or the new one.
pub fn write(path: &Path, mut bytes: &[u8], force: bool) -> Result<(), OutputError> {
    write_from(path, &mut bytes, force)
}

/// The same from a source that need not fit into memory.
pub fn write_from(path: &Path, source: &mut impl Read, force: bool) -> Result<(), OutputError> {
    place(path, source, force, TEMPORARY)
}

/// The same for a file of the job, which holds the lock: what a crash leaves of it is found by [`sweep`].
pub(crate) fn write_locked(path: &Path, source: &mut impl Read, force: bool) -> Result<(), OutputError> {
    place(path, source, force, OF_THE_JOB)
}

/// Removes what a job that was cut off has left half written in a folder, which need not be there. Only
/// under the lock.
pub(crate) fn sweep(folder: &Path) -> io::Result<()> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(OF_THE_JOB) && name.ends_with(ENDING) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

fn place(path: &Path, source: &mut impl Read, force: bool, prefix: &str) -> Result<(), OutputError> {
    let failed = |source| OutputError::Io { path: path.display().to_string(), source };
    if !force && path.symlink_metadata().is_ok() {
        return Err(OutputError::Exists(path.display().to_string()));
    }
    let folder = folder_of(path);
    fs::create_dir_all(folder).map_err(failed)?;
    let mut temporary =
        tempfile::Builder::new().prefix(prefix).suffix(ENDING).tempfile_in(folder).map_err(failed)?;
    io::copy(source, &mut temporary).map_err(failed)?;
    make_readable(temporary.as_file()).map_err(failed)?;
    temporary.as_file().sync_all().map_err(failed)?;
    let kept = if force { temporary.persist(path) } else { temporary.persist_noclobber(path) };
    match kept {
        Ok(_) => {}
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists && !force => {
            return Err(OutputError::Exists(path.display().to_string()));
        }
        Err(error) => return Err(failed(error.error)),
    }
    // Not every file system lets a folder be opened for this; the file itself is on the disk.
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
    Ok(())
}

/// The folder of a file; of a bare name the current one.
pub(crate) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A temporary file is private; an issue in a shared folder is for the office.
#[cfg(unix)]
fn make_readable(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn make_readable(_: &File) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_overwritten_unasked_and_no_temporary_file_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("期/甲.docx");
        write(&path, b"1", false).expect("the first time");
        assert!(matches!(write(&path, b"2", false), Err(OutputError::Exists(_))));
        assert_eq!(fs::read(&path).expect("readable"), b"1");
        write(&path, b"3", true).expect("forced");
        assert_eq!(fs::read(&path).expect("readable"), b"3");
        assert_eq!(fs::read_dir(folder.path().join("期")).expect("a folder").count(), 1);
    }

    #[test]
    fn only_what_a_job_left_is_swept() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in [".jianbao-job-Ab12.tmp", ".jianbao-Ab12.tmp", "甲.docx"] {
            fs::write(folder.path().join(name), b"1").expect("writable");
        }
        sweep(folder.path()).expect("swept");
        sweep(&folder.path().join("none")).expect("nothing to sweep");
        let mut names: Vec<_> = fs::read_dir(folder.path())
            .expect("a folder")
            .map(|one| one.expect("an entry").file_name())
            .collect();
        names.sort();
        assert_eq!(names, [".jianbao-Ab12.tmp", "甲.docx"]);
    }
}
