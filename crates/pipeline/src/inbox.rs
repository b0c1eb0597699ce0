//! Files and folders in, submissions in path order out; what is no submission is told apart.

use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

/// A file that was found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// The path as it is shown: relative to what was given where that was a folder.
    pub shown: String,
    /// The path by which it is opened.
    pub path: PathBuf,
    /// Name of the folder it lies in: in an inbox, the unit.
    pub folder: Option<String>,
    /// Whether it is a lock file, system file or the like.
    pub ignored: bool,
    /// Why it can't be opened, where that was seen already while listing.
    pub trouble: Option<String>,
}

/// Folders that synchronisers and archivers leave behind (OPERATION: ignore list).
const IGNORED_FOLDERS: [&str; 6] =
    ["__MACOSX", "@eaDir", "#recycle", "$RECYCLE.BIN", "System Volume Information", TAKEN_FOLDER];

/// Folder beside the files of an inbox into which those that were taken are moved.
pub(crate) const TAKEN_FOLDER: &str = "已收";

/// Lists all files below the paths. Folders are walked in the order of the names; links are not
/// followed. The result is in path order and has no file twice.
pub fn list(paths: &[PathBuf]) -> Vec<Found> {
    let mut found: Vec<Found> = paths.iter().flat_map(|path| below(path)).collect();
    found.sort();
    found.dedup_by(|a, b| a.path == b.path);
    found
}

fn below(root: &Path) -> Vec<Found> {
    let is_folder = root.is_dir();
    let walk = WalkDir::new(root).into_iter().filter_entry(|entry| {
        let name = entry.file_name().to_string_lossy();
        entry.depth() == 0
            || !entry.file_type().is_dir()
            || !(IGNORED_FOLDERS.contains(&&*name) || name.starts_with('.'))
    });
    let mut found = Vec::new();
    for entry in walk {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) => {
                let path = entry.path();
                let shown = if is_folder { path.strip_prefix(root).unwrap_or(path) } else { path };
                let folder =
                    path.parent().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
                // A link, pipe or device is never opened: opening a pipe would block for ever.
                let regular = entry.file_type().is_file();
                found.push(Found {
                    shown: shown.display().to_string(),
                    path: opened_by(&entry),
                    folder,
                    ignored: !regular || is_ignored(&entry.file_name().to_string_lossy()),
                    trouble: None,
                });
            }
            Err(error) => {
                let path = error.path().unwrap_or(root).to_owned();
                let trouble = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
                found.push(Found {
                    shown: path.strip_prefix(root).unwrap_or(&path).display().to_string(),
                    folder: None,
                    ignored: false,
                    trouble: Some(trouble),
                    path,
                });
            }
        }
    }
    found
}

/// A link that was named itself is followed here once; a file is opened without following any.
fn opened_by(entry: &DirEntry) -> PathBuf {
    let path = entry.path();
    let named = entry.depth() == 0 && path.is_symlink();
    named.then(|| path.canonicalize().ok()).flatten().unwrap_or_else(|| path.to_owned())
}

/// Names that programs leave beside documents (OPERATION section 2, rule 4).
fn is_ignored(name: &str) -> bool {
    let lower = name.to_lowercase();
    let extension = Path::new(&lower).extension().map(|extension| extension.to_string_lossy().into_owned());
    name.starts_with("~$")
        || name.starts_with('.')
        || matches!(lower.as_str(), "thumbs.db" | "desktop.ini" | ".ds_store")
        || extension.is_some_and(|extension| matches!(extension.as_str(), "tmp" | "part" | "crdownload"))
}

#[cfg(test)]
mod tests {
    use super::is_ignored;

    #[test]
    fn lock_and_system_files_are_no_submissions() {
        for name in [
            "~$稿.docx",
            ".~lock.稿.docx#",
            "Thumbs.db",
            ".DS_Store",
            "~WRD0001.tmp",
            "a.crdownload",
            "._稿.docx",
        ] {
            assert!(is_ignored(name), "{name}");
        }
        for name in ["稿.docx", "~稿.docx", "tmp.docx"] {
            assert!(!is_ignored(name), "{name}");
        }
    }
}
