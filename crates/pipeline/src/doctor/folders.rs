//! Folders: there, readable or writable as each must be, on a local disk where it must, with room.

use std::fs::{self, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use jianbao_store::{StoreError, require_local};

use super::{Finding, Level};
use crate::config::{Config, Taken};
use crate::job::Places;
use crate::{inbox, output, system};

/// Files of the inbox that are opened to see whether they can be read.
const TRIED: usize = 1000;

pub(super) fn examine(config: &Config) -> Vec<Finding> {
    let mut findings = Vec::new();
    if system::is_root() {
        findings.push(Finding::words(Level::Note, "doctor-root", Vec::new()));
    }
    findings.push(readable(&config.inbox, &config.own_places()));
    if config.arrival.taken != Taken::Leave {
        findings.push(writable("inbox", &config.inbox));
    }
    for (key, path) in written(config) {
        findings.push(writable(key, &path));
    }
    findings.extend(left_by_others(&Places::new(&config.data)));
    let store = output::folder_of(&config.store);
    findings.extend(local("data", &config.data, config.store_fuse));
    findings.extend(inside("data", &config.data, &config.inbox));
    if store != config.data {
        findings.push(writable("store", store));
        findings.extend(local("store", store, config.store_fuse));
        findings.extend(inside("store", store, &config.inbox));
    }
    findings.extend(room(&config.data, config.arrival.reserve));
    findings
}

/// What a run of another user, such as an administrator's by hand, has left in the data folder and does not
/// share.
fn left_by_others(places: &Places) -> Vec<Finding> {
    let files = [places.lock(), places.log()];
    let files = files.into_iter().map(|path| (OpenOptions::new().append(true).open(&path).map(drop), path));
    let folders = [places.spool(), places.archive()].into_iter().map(|path| (tried(&path), path));
    let tried = files.chain(folders);
    tried
        .filter_map(|(done, path)| match done {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Some(failed("doctor-unwritable", "data", &path, &error))
            }
            _ => None,
        })
        .collect()
}

/// The folders that every run writes to, and those of the jobs, each once.
fn written(config: &Config) -> Vec<(&'static str, PathBuf)> {
    let usual = [("output", &config.output), ("quarantine", &config.quarantine), ("data", &config.data)];
    let mut folders: Vec<(&'static str, PathBuf)> =
        usual.into_iter().map(|(key, path)| (key, path.clone())).collect();
    for entry in &config.jobs {
        if let Some(path) = entry.task.folder()
            && !folders.iter().any(|(_, known)| known == path)
        {
            folders.push((entry.task.word(), path.to_owned()));
        }
    }
    folders
}

fn about(key: &str, path: &Path) -> Vec<(&'static str, String)> {
    vec![("folder", key.to_owned()), ("path", path.display().to_string())]
}

fn failed(id: &'static str, key: &str, path: &Path, what: &dyn ToString) -> Finding {
    let mut arguments = about(key, path);
    arguments.push(("what", what.to_string()));
    Finding::words(Level::Error, id, arguments)
}

/// The inbox with all below it.
fn readable(inbox: &Path, own: &[PathBuf]) -> Finding {
    const KEY: &str = "inbox";
    match fs::read_dir(inbox) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Finding::words(Level::Error, "doctor-folder-missing", about(KEY, inbox));
        }
        Err(error) => return failed("doctor-unreadable", KEY, inbox, &error),
        Ok(_) => {}
    }
    let files = inbox::received(inbox, own);
    let unlisted = files.iter().find_map(|found| Some((found, found.trouble.clone()?)));
    if let Some((found, what)) = unlisted {
        return failed("doctor-unreadable", KEY, &inbox.join(&found.shown), &what);
    }
    for found in files.iter().filter(|found| !found.ignored).take(TRIED) {
        match system::open_regular(&found.path) {
            // Taken away meanwhile, or still held by its writer: the job waits for such files.
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
                return failed("doctor-unreadable", KEY, &found.path, &error);
            }
            _ => {}
        }
    }
    Finding::words(Level::Fine, "doctor-readable", about(KEY, inbox))
}

/// Tried with a file: what the rights say is not always what a share does.
fn writable(key: &'static str, folder: &Path) -> Finding {
    match tried(folder) {
        Ok(()) => Finding::words(Level::Fine, "doctor-writable", about(key, folder)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => match tried(nearest(folder)) {
            Ok(()) => Finding::words(Level::Note, "doctor-folder-new", about(key, folder)),
            Err(_) => Finding::words(Level::Error, "doctor-folder-missing", about(key, folder)),
        },
        Err(error) => failed("doctor-unwritable", key, folder, &error),
    }
}

fn tried(folder: &Path) -> io::Result<()> {
    let file = tempfile::Builder::new().prefix(".jianbao-").suffix(".tmp").tempfile_in(folder)?;
    file.as_file().sync_all()?;
    file.close()
}

/// The folder itself, or the next above it that is there.
fn nearest(folder: &Path) -> &Path {
    let there = folder.ancestors().find(|path| path.is_dir());
    there.unwrap_or(Path::new("."))
}

fn local(key: &'static str, folder: &Path, allow_fuse: bool) -> Option<Finding> {
    match require_local(nearest(folder), allow_fuse) {
        Ok(()) => Some(Finding::words(Level::Fine, "doctor-local", about(key, folder))),
        Err(StoreError::Network(kind)) => Some(failed("doctor-network", key, folder, &kind)),
        // Told as a folder that cannot be used.
        Err(_) => None,
    }
}

/// What the job cannot do without does not lie well where others delete.
fn inside(key: &'static str, folder: &Path, inbox: &Path) -> Option<Finding> {
    let (folder_there, inbox) = (nearest(folder).canonicalize().ok()?, inbox.canonicalize().ok()?);
    folder_there.starts_with(inbox).then(|| Finding::words(Level::Note, "doctor-inside", about(key, folder)))
}

/// Room in MiB beside the reserve that a run leaves; where the system does not tell, nothing is said.
fn room(data: &Path, reserve: u64) -> Option<Finding> {
    let free = system::free_space(nearest(data))?;
    let mut arguments = about("data", data);
    arguments.push(("free", (free >> 20).to_string()));
    arguments.push(("reserve", (reserve >> 20).to_string()));
    let (level, id) =
        if free < reserve { (Level::Error, "doctor-space-low") } else { (Level::Fine, "doctor-space") };
    Some(Finding::words(level, id, arguments))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_a_run_would_make_is_no_error_and_nothing_stays() {
        let place = tempfile::tempdir().expect("a folder");
        assert_eq!(writable("output", &place.path().join("甲/乙")).level, Level::Note);
        assert_eq!(writable("output", place.path()).level, Level::Fine);
        assert_eq!(fs::read_dir(place.path()).expect("a folder").count(), 0);
        let file = place.path().join("文件");
        fs::write(&file, "").expect("writable");
        assert_eq!(writable("output", &file).level, Level::Error);
    }
}
