//! Files and folders in, submissions in path order out; what is no submission is told apart.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use jianbao_model::{Code, Diagnostic, Origin};
use walkdir::{DirEntry, WalkDir};

use crate::job::{REASON, RECORD, RECORD_SCHEMA};
use crate::system;

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

impl Found {
    /// What is to be told of one that is passed over: of a link more than of a system file, since a whole unit
    /// may lie behind it.
    pub(crate) fn passed_over(&self) -> Diagnostic {
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        if !self.path.is_symlink() || is_ignored(&name) {
            return Diagnostic::new(Code::Ignored, Origin::File);
        }
        let what = if self.path.is_dir() { "folder" } else { "file" };
        Diagnostic::new(Code::LinkPassed, Origin::File).with("what", what)
    }
}

/// Folders that synchronisers and archivers leave behind (OPERATION: ignore list).
const IGNORED_FOLDERS: [&str; 6] =
    ["__MACOSX", "@eaDir", "#recycle", "$RECYCLE.BIN", "System Volume Information", TAKEN_FOLDER];

/// Folder beside the files of an inbox into which those that were taken are moved.
pub(crate) const TAKEN_FOLDER: &str = "已收";

/// Lists all files below the paths. Folders are walked in the order of the names; links are not
/// followed. The result is in path order and has no file twice.
pub fn list(paths: &[PathBuf]) -> Vec<Found> {
    ordered(paths.iter().flat_map(|path| below(path, &[])).collect())
}

/// Lists an inbox of the job in the same way. What is the job's `own` and lies in it, such as the folder of
/// returned files, is left out. The folder of a file is that of its unit, the first one below the inbox, however deep it
/// lies; a file in the inbox itself has none.
pub fn received(inbox: &Path, own: &[PathBuf]) -> Vec<Found> {
    let found = below(inbox, &within(inbox, own)).into_iter();
    ordered(found.map(|one| Found { folder: unit(inbox, &one.path), ..one }).collect())
}

fn unit(inbox: &Path, path: &Path) -> Option<String> {
    let mut parts = path.strip_prefix(inbox).ok()?.components();
    let first = parts.next()?;
    parts.next().map(|_| readable(first.as_ref()))
}

/// Whether nothing at all lies in the inbox but what is the job's own.
pub(crate) fn is_bare(inbox: &Path, own: &[PathBuf]) -> bool {
    has_only(inbox, Path::new(""), &within(inbox, own))
}

/// Whether this folder of the inbox has nothing but what is the job's own and the folders on the way there.
fn has_only(inbox: &Path, folder: &Path, own: &[PathBuf]) -> bool {
    let is_own = |path: &Path| {
        own.iter().any(|own| own == path)
            || (own.iter().any(|own| own.starts_with(path)) && has_only(inbox, path, own))
    };
    let entries = std::fs::read_dir(inbox.join(folder));
    entries.is_ok_and(|entries| entries.flatten().all(|entry| is_own(&folder.join(entry.file_name()))))
}

fn ordered(mut found: Vec<Found>) -> Vec<Found> {
    found.sort();
    found.dedup_by(|a, b| a.path == b.path);
    pass_over_returned(&mut found);
    found
}

/// Those of the paths that lie in the inbox, from there on.
fn within(inbox: &Path, paths: &[PathBuf]) -> Vec<PathBuf> {
    let Ok(inbox) = inbox.canonicalize() else { return Vec::new() };
    let paths = paths.iter().filter_map(|path| path.canonicalize().ok());
    let below = paths.filter_map(|path| path.strip_prefix(&inbox).map(Path::to_owned).ok());
    below.filter(|path| !path.as_os_str().is_empty()).collect()
}

/// Passes over what the quarantine wrote of a file that a unit puts back with its whole folder. A name alone
/// does not tell: 原因.txt may be a submission, but not beside a record of the quarantine.
fn pass_over_returned(found: &mut [Found]) {
    let is = |one: &Found, name: &str| one.path.file_name().is_some_and(|found| found == name);
    let records = found.iter().filter(|one| is(one, RECORD) && is_record(&one.path));
    let folders: BTreeSet<PathBuf> = records.filter_map(|one| Some(one.path.parent()?.to_owned())).collect();
    for one in found.iter_mut().filter(|one| is(one, RECORD) || is(one, REASON)) {
        one.ignored |= one.path.parent().is_some_and(|folder| folders.contains(folder));
    }
}

/// Length up to which a record of the quarantine is looked at, in bytes.
const RECORD_BYTES: u64 = 64 << 10;

fn is_record(path: &Path) -> bool {
    let mut text = Vec::new();
    let read = system::open_regular(path).and_then(|file| file.take(RECORD_BYTES).read_to_end(&mut text));
    let record: Option<serde_json::Value> = read.ok().and_then(|_| serde_json::from_slice(&text).ok());
    record.is_some_and(|record| record["schema"] == RECORD_SCHEMA)
}

fn below(root: &Path, without: &[PathBuf]) -> Vec<Found> {
    let is_folder = root.is_dir();
    let walk = WalkDir::new(root).into_iter().filter_entry(|entry| {
        let name = entry.file_name().to_string_lossy();
        let is_own = |path: &Path| without.iter().any(|own| own == path);
        entry.depth() == 0
            || (!entry.path().strip_prefix(root).is_ok_and(is_own)
                && (!entry.file_type().is_dir()
                    || !(IGNORED_FOLDERS.contains(&&*name) || name.starts_with('.'))))
    });
    let mut found = Vec::new();
    for entry in walk {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) => {
                let path = entry.path();
                let shown = if is_folder { path.strip_prefix(root).unwrap_or(path) } else { path };
                let folder = path.parent().and_then(Path::file_name).map(|name| readable(Path::new(name)));
                // A link, pipe or device is never opened: opening a pipe would block for ever.
                let regular = entry.file_type().is_file();
                found.push(Found {
                    shown: readable(shown),
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
                    shown: readable(path.strip_prefix(root).unwrap_or(&path)),
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

/// A path as people can read it: a name is UTF-8, else GB18030, as old clients and unpackers leave it, else
/// its bytes are escaped. Two paths may look the same. Control characters are escaped.
fn readable(path: &Path) -> String {
    let bytes = raw(path);
    let names: Vec<String> = bytes.split(|byte| *byte == b'/').map(name).collect();
    names.join("/")
}

fn name(bytes: &[u8]) -> String {
    let decoded = str::from_utf8(bytes).ok().filter(|text| !is_chance(text)).map(Cow::Borrowed);
    let decoded = decoded
        .or_else(|| encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(bytes))
        .or_else(|| str::from_utf8(bytes).ok().map(Cow::Borrowed));
    let Some(text) = decoded else { return bytes.escape_ascii().to_string() };
    let escaped = |c: char| if c.is_control() { c.escape_default().to_string() } else { c.to_string() };
    text.chars().map(escaped).collect()
}

/// Whether a text is UTF-8 by chance: pairs of GB18030 (通知, 联通) may be letters of two bytes, which no office
/// in China has in a name without a Chinese character beside them.
fn is_chance(text: &str) -> bool {
    let has = |range: std::ops::RangeInclusive<char>| text.chars().any(|c| range.contains(&c));
    has('\u{250}'..='\u{7FF}') && !has('\u{800}'..=char::MAX)
}

/// The bytes of a path: names may be in any encoding.
#[cfg(unix)]
pub(crate) fn raw(path: &Path) -> Cow<'_, [u8]> {
    std::os::unix::ffi::OsStrExt::as_bytes(path.as_os_str()).into()
}

#[cfg(not(unix))]
pub(crate) fn raw(path: &Path) -> Cow<'_, [u8]> {
    path.to_string_lossy().replace('\\', "/").into_bytes().into()
}

/// The path of these bytes.
#[cfg(unix)]
pub(crate) fn path(bytes: &[u8]) -> &Path {
    Path::new(<std::ffi::OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(bytes))
}

#[cfg(not(unix))]
pub(crate) fn path(bytes: &[u8]) -> &Path {
    Path::new(str::from_utf8(bytes).unwrap_or_default())
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
    use super::{is_ignored, name};

    #[test]
    fn names_of_any_encoding_can_be_read() {
        // As a Windows of the nineties wrote it, and by chance letters of UTF-8.
        assert_eq!(name(b"\xcd\xa8\xd6\xaa.docx"), "通知.docx");
        for text in ["通知.docx", "A·B.docx", "《姑苏信息》·3月.docx"] {
            assert_eq!(name(text.as_bytes()), text);
        }
        assert_eq!(name(b"\xff\xfe.docx"), r"\xff\xfe.docx");
        assert_eq!(name("通\n知\u{7f}.docx".as_bytes()), r"通\n知\u{7f}.docx");
    }

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
