//! Arrival: what lies in the inbox, looked at until it stands still, and taken once.
//!
//! Notifications of changes see nothing of what other machines write to a share, and their clocks differ:
//! so files are looked at, and only compared with themselves.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;
use std::time::Duration;

use jianbao_model::{Code, Diagnostic, Origin};
use jianbao_store::{File, Look, Moment, ReceiptId, ReceiptState, Spooled};

use super::complete::Structure;
use super::owner;
use super::quarantine::{self, Why};
use super::spool::{self, Copied, Failed, Stamp};
use super::{Fault, Job, Listener};
use crate::config::Taken;
use crate::inbox::{self, Found};

/// Looks of one run at most: the last one comes after all waiting is done.
const LOOKS: usize = 16;

/// What the inbox held.
#[derive(Debug, Default)]
pub(super) struct Inbox {
    /// The receipts of the files that are no system files.
    pub(super) receipts: Vec<ReceiptId>,
    /// Lock files, system files, links.
    pub(super) ignored: usize,
}

/// A file under a look.
struct Seen {
    found: Found,
    stamp: Stamp,
    /// An office program holds it open.
    open: bool,
}

/// Looks at the inbox until nothing changes that a few seconds could settle, and takes what is complete.
pub(super) fn take_in(job: &mut Job<'_>, listener: &mut dyn Listener) -> Result<Inbox, Fault> {
    let (files, ignored) = list(&job.config.inbox, listener);
    let mut inbox = Inbox { receipts: Vec::new(), ignored };
    let mut receipts = BTreeMap::new();
    let mut moving = files;
    for round in 0..LOOKS {
        let again = look(job, moving, &mut receipts, listener)?;
        let Some(pause) = again.pause.filter(|_| round + 1 < LOOKS) else { break };
        std::thread::sleep(pause);
        moving = again.files.into_iter().filter_map(renewed).collect();
    }
    inbox.receipts = receipts.into_values().collect();
    Ok(inbox)
}

/// The files of the inbox with their stamps.
fn list(folder: &Path, listener: &mut dyn Listener) -> (Vec<Seen>, usize) {
    let listed = inbox::list(&[folder.to_owned()]);
    let mut names: BTreeMap<&Path, BTreeSet<String>> = BTreeMap::new();
    for found in &listed {
        if let (Some(folder), Some(name)) = (found.path.parent(), found.path.file_name()) {
            names.entry(folder).or_default().insert(name.to_string_lossy().into_owned());
        }
    }
    let mut files = Vec::new();
    let mut ignored = 0;
    for found in &listed {
        if found.ignored {
            ignored += 1;
            listener.told(&found.shown, &[Diagnostic::new(Code::Ignored, Origin::File)]);
            continue;
        }
        let stamp = match (&found.trouble, found.path.symlink_metadata()) {
            (None, Ok(metadata)) => Stamp::of(&metadata),
            (Some(trouble), _) => {
                // A folder that cannot be read: nothing is known of what is in it.
                let told = Diagnostic::new(Code::Unreadable, Origin::File).with("what", trouble);
                listener.told(&found.shown, &[told]);
                continue;
            }
            (None, Err(error)) if error.kind() == io::ErrorKind::NotFound => continue,
            (None, Err(error)) => {
                // Without a stamp there is nothing to compare: a file that was taken would look changed.
                let told = Diagnostic::new(Code::Unreadable, Origin::File).with("what", error);
                listener.told(&found.shown, &[told]);
                continue;
            }
        };
        let name = found.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let folder = found.path.parent().and_then(|folder| names.get(folder));
        let open = folder.is_some_and(|names| owner::is_open(&name, names));
        files.push(Seen { found: found.clone(), stamp, open });
    }
    (files, ignored)
}

/// The file as it is now; none when it was taken away.
fn renewed(seen: Seen) -> Option<Seen> {
    let stamp = Stamp::of(&seen.found.path.symlink_metadata().ok()?);
    Some(Seen { stamp, ..seen })
}

/// Files that are worth another look in this run, and after what time.
#[derive(Default)]
struct Again {
    files: Vec<Seen>,
    pause: Option<Duration>,
}

impl Again {
    fn add(&mut self, seen: Seen, pause: Duration) {
        self.files.push(seen);
        self.pause = Some(self.pause.map_or(pause, |before| before.min(pause)));
    }
}

/// One look at all these files; what stands still and is complete is taken.
fn look(
    job: &mut Job<'_>,
    files: Vec<Seen>,
    receipts: &mut BTreeMap<String, ReceiptId>,
    listener: &mut dyn Listener,
) -> Result<Again, Fault> {
    let at = job.now();
    let rows: Vec<_> = files.iter().map(|seen| row(&job.config.inbox, seen)).collect();
    let looks = job.store.looks(&rows.iter().map(Row::file).collect::<Vec<_>>(), at)?;
    let pending = files.iter().zip(&looks).filter(|(_, look)| !matches!(look, Look::Known { .. }));
    super::space::require(job, pending.map(|(seen, _)| seen.stamp.bytes).sum())?;
    let mut again = Again::default();
    for (seen, look) in files.into_iter().zip(looks) {
        let settle = Duration::from_secs(job.config.arrival.settle);
        match look {
            Look::New(receipt) | Look::Changed(receipt) => {
                receipts.insert(seen.found.shown.clone(), receipt);
                again.add(seen, settle);
            }
            Look::Known { receipt, state, kept } => {
                receipts.insert(seen.found.shown.clone(), receipt);
                if kept && state != ReceiptState::Spooled {
                    dispose(job, &seen.found, seen.stamp, listener);
                }
            }
            Look::Stable { receipt, since, first } => {
                receipts.insert(seen.found.shown.clone(), receipt);
                let standing = Standing { receipt, since, first, now: at };
                if let Some(pause) = take(job, &seen, standing, listener)? {
                    again.add(seen, pause);
                }
            }
        }
    }
    Ok(again)
}

/// The row of a look, with the raw bytes of the path below the inbox: a file is the same however the
/// configuration, and so the inbox, was named in a call.
struct Row<'a> {
    path: Vec<u8>,
    seen: &'a Seen,
}

fn row<'a>(inbox: &Path, seen: &'a Seen) -> Row<'a> {
    let path = &seen.found.path;
    Row { path: raw(path.strip_prefix(inbox).unwrap_or(path)), seen }
}

impl Row<'_> {
    fn file(&self) -> File<'_> {
        File {
            path: &self.path,
            shown: &self.seen.found.shown,
            unit: self.seen.found.folder.as_deref(),
            bytes: self.seen.stamp.bytes,
            modified: self.seen.stamp.modified,
        }
    }
}

/// Names may be in any encoding: what counts are their bytes.
#[cfg(unix)]
fn raw(path: &Path) -> Vec<u8> {
    std::os::unix::ffi::OsStrExt::as_bytes(path.as_os_str()).to_vec()
}

#[cfg(not(unix))]
fn raw(path: &Path) -> Vec<u8> {
    path.to_string_lossy().into_owned().into_bytes()
}

/// How long a file has stood still.
#[derive(Clone, Copy)]
struct Standing {
    receipt: ReceiptId,
    since: Moment,
    first: Moment,
    now: Moment,
}

impl Standing {
    fn waits_over(&self, limit: u64) -> bool {
        self.now.0 - self.first.0 >= i64::try_from(limit).unwrap_or(i64::MAX).saturating_mul(1000)
    }
}

/// Takes a file that stands still, or says after what time another look at it may help.
fn take(
    job: &mut Job<'_>,
    seen: &Seen,
    standing: Standing,
    listener: &mut dyn Listener,
) -> Result<Option<Duration>, Fault> {
    let (found, receipt) = (&seen.found, standing.receipt);
    let arrival = job.config.arrival;
    if seen.open && !standing.waits_over(arrival.open) {
        wait(job, found, receipt, "open", listener)?;
        return Ok(None);
    }
    if seen.stamp.bytes > job.config.file_bytes {
        let why = Why::new(
            Diagnostic::new(Code::LimitExceeded, Origin::File)
                .with("what", "bytes")
                .with("limit", job.config.file_bytes),
            "arrival",
        );
        quarantine::hold(job, found, receipt, None, &why, listener)?;
        return Ok(None);
    }
    let copied = match spool::copy(&found.path, seen.stamp, &job.places) {
        Ok(Some(copied)) => copied,
        // Somebody wrote at this moment.
        Ok(None) => return Ok(Some(Duration::from_secs(arrival.settle))),
        Err(Failed::Source(error)) => {
            return refused(job, found, standing, error, listener).map(|()| None);
        }
        Err(Failed::Spool(error)) => return Err(job.lost(error)),
    };
    match copied.structure {
        Structure::Incomplete if !standing.waits_over(arrival.incomplete) => {
            wait(job, found, receipt, if copied.bytes == 0 { "empty" } else { "incomplete" }, listener)?;
            Ok(None)
        }
        Structure::Incomplete => {
            let source = copied.source;
            job.kept(copied)?;
            let code = if seen.stamp.bytes == 0 { Code::EmptyFile } else { Code::Truncated };
            let why = Why::new(Diagnostic::new(code, Origin::File), "arrival");
            quarantine::hold(job, found, receipt, Some(source), &why, listener)?;
            Ok(None)
        }
        Structure::Open => {
            let stood = (standing.now.0 - standing.since.0).unsigned_abs();
            let quiet = arrival.quiet * 1000;
            if stood < quiet {
                return Ok(Some(Duration::from_millis(quiet - stood)));
            }
            accept(job, seen, receipt, copied, listener)
        }
        Structure::Complete => accept(job, seen, receipt, copied, listener),
    }
}

fn accept(
    job: &mut Job<'_>,
    seen: &Seen,
    receipt: ReceiptId,
    copied: Copied,
    listener: &mut dyn Listener,
) -> Result<Option<Duration>, Fault> {
    let (source, bytes) = (copied.source, copied.bytes);
    job.kept(copied)?;
    match job.store.spool(receipt, source, bytes, job.now())? {
        Spooled::New(_) => {}
        Spooled::Duplicate(earlier) => {
            let of = job.store.received_as(earlier)?.unwrap_or_default();
            let told = Diagnostic::new(Code::FileAgain, Origin::File).with("path", of);
            listener.told(&seen.found.shown, &[told]);
            dispose(job, &seen.found, seen.stamp, listener);
        }
    }
    Ok(None)
}

/// Notes that a file waits, and tells why.
fn wait(
    job: &mut Job<'_>,
    found: &Found,
    receipt: ReceiptId,
    why: &'static str,
    listener: &mut dyn Listener,
) -> Result<(), Fault> {
    let at = job.now();
    job.store.arriving(receipt, at)?;
    listener.told(&found.shown, &[Diagnostic::new(Code::Waiting, Origin::File).with("why", why)]);
    Ok(())
}

/// A file that the share does not give: tried again in the next run, for a day.
fn refused(
    job: &mut Job<'_>,
    found: &Found,
    standing: Standing,
    error: io::Error,
    listener: &mut dyn Listener,
) -> Result<(), Fault> {
    match error.kind() {
        io::ErrorKind::NotFound => Ok(job.store.gone(standing.receipt, job.now())?),
        _ if standing.waits_over(job.config.arrival.unreadable) => {
            let told = Diagnostic::new(Code::Unreadable, Origin::File).with("what", error);
            let why = Why::new(told, "arrival");
            quarantine::hold(job, found, standing.receipt, None, &why, listener)
        }
        _ => {
            job.store.arriving(standing.receipt, job.now())?;
            let told = Diagnostic::new(Code::Waiting, Origin::File).with("why", "unreadable");
            listener.told(&found.shown, &[told.with("what", error)]);
            Ok(())
        }
    }
}

/// Does with a file of the inbox, whose original is kept, what the configuration says, if it still is as it
/// was taken: what somebody has put in its place since is another file. One that the share does not let go
/// stays until the next run.
pub(super) fn dispose(job: &Job<'_>, found: &Found, taken: Stamp, listener: &mut dyn Listener) {
    let how = job.config.arrival.taken;
    if how == Taken::Leave || !is_as(&found.path, taken) {
        return;
    }
    let moved = if how == Taken::Delete { fs::remove_file(&found.path) } else { put_aside(&found.path) };
    match moved {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            let told = Diagnostic::new(Code::NotPutAside, Origin::File).with("what", error);
            listener.told(&found.shown, &[told]);
        }
        _ => {}
    }
}

fn is_as(path: &Path, stamp: Stamp) -> bool {
    path.symlink_metadata().is_ok_and(|found| Stamp::of(&found) == stamp)
}

fn put_aside(path: &Path) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new(".")).join(inbox::TAKEN_FOLDER);
    fs::create_dir_all(&folder)?;
    fs::rename(path, free(&folder, Path::new(path.file_name().unwrap_or_default())))
}

/// A path in the folder under which nothing lies: `稿.docx`, `稿(2).docx`.
fn free(folder: &Path, name: &Path) -> std::path::PathBuf {
    let stem = name.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let extension = name.extension().map(|extension| format!(".{}", extension.to_string_lossy()));
    let numbered =
        (2..10_000).map(|number| format!("{stem}({number}){}", extension.as_deref().unwrap_or("")));
    let names = std::iter::once(name.to_owned()).chain(numbered.map(Into::into));
    let mut paths = names.map(|name| folder.join(name));
    paths.find(|path| path.symlink_metadata().is_err()).unwrap_or_else(|| folder.join(name))
}
