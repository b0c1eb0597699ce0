//! Arrival: what lies in the inbox, looked at until it stands still, and taken once.
//!
//! Notifications of changes see nothing of what other machines write to a share, and their clocks differ:
//! so files are looked at, and only compared with themselves.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jianbao_model::{Code, Diagnostic, Origin, Severity};
use jianbao_store::{File, Look, Moment, ReceiptId, ReceiptState, Spooled, SubmissionId};

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
    require_mounted(job)?;
    let listing = list(&job.config.inbox, &job.config.own_places(), listener);
    forget_missing(job, &listing, listener)?;
    let mut receipts = Receipts::new();
    let mut moving = listing.files;
    for round in 0..LOOKS {
        let again = look(job, moving, &mut receipts, listener)?;
        let Some(pause) = again.pause.filter(|_| round + 1 < LOOKS) else { break };
        std::thread::sleep(pause);
        moving = Vec::new();
        for seen in again.files {
            match Stamp::at(&seen.found.path) {
                Ok(stamp) => moving.push(Seen { stamp, ..seen }),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    let Some(receipt) = receipts.get(&below(&job.config.inbox, &seen.found.path)) else {
                        continue;
                    };
                    forget(job, *receipt, &seen.found.shown, listener)?;
                }
                // Looked at in the next run.
                Err(_) => {}
            }
        }
    }
    Ok(Inbox { receipts: receipts.into_values().collect(), ignored: listing.ignored })
}

/// Refuses an inbox in which nothing lies where all that was taken stays: its share is not mounted.
fn require_mounted(job: &Job<'_>) -> Result<(), Fault> {
    let config = job.config;
    if config.arrival.taken != Taken::Leave || !inbox::is_bare(&config.inbox, &config.own_places()) {
        return Ok(());
    }
    let ever = job.store.statistics(&(Moment(i64::MIN)..Moment(i64::MAX)))?;
    if ever.values().any(|unit| unit.submitted > 0) { Err(Fault::InboxBare) } else { Ok(()) }
}

/// Receipts by the raw bytes of the path below the inbox: a file is the same however the configuration, and
/// so the inbox, was named in a call, and two names may look the same.
type Receipts = BTreeMap<Vec<u8>, ReceiptId>;

/// What lies in the inbox.
#[derive(Default)]
struct Listing {
    /// The files that are no system files, as far as they have a stamp.
    files: Vec<Seen>,
    /// Paths of all files that are no system files.
    there: BTreeSet<Vec<u8>>,
    /// Paths of folders that cannot be read.
    closed: Vec<Vec<u8>>,
    ignored: usize,
}

impl Listing {
    /// Whether a file is certainly not there any more.
    fn lacks(&self, path: &[u8]) -> bool {
        let within = |folder: &Vec<u8>| {
            folder.is_empty() || path.strip_prefix(&folder[..]).is_some_and(|rest| rest.starts_with(b"/"))
        };
        !self.there.contains(path) && !self.closed.iter().any(within)
    }
}

/// Ends the receipts of files that were waited for and have been taken away or renamed.
fn forget_missing(job: &mut Job<'_>, listing: &Listing, listener: &mut dyn Listener) -> Result<(), Fault> {
    for waiting in job.store.waiting()? {
        if waiting.state != ReceiptState::Spooled && listing.lacks(&waiting.path) {
            forget(job, waiting.receipt, &waiting.shown, listener)?;
        }
    }
    Ok(())
}

fn forget(
    job: &mut Job<'_>,
    receipt: ReceiptId,
    shown: &str,
    listener: &mut dyn Listener,
) -> Result<(), Fault> {
    job.store.gone(receipt, job.now())?;
    listener.told(shown, &[Diagnostic::new(Code::FileGone, Origin::File)]);
    Ok(())
}

/// The files of the inbox with their stamps.
fn list(folder: &Path, own: &[PathBuf], listener: &mut dyn Listener) -> Listing {
    let listed = inbox::received(folder, own);
    let mut listing = Listing::default();
    let mut names: BTreeMap<&Path, BTreeSet<String>> = BTreeMap::new();
    for found in &listed {
        if let (Some(folder), Some(name)) = (found.path.parent(), found.path.file_name()) {
            names.entry(folder).or_default().insert(name.to_string_lossy().into_owned());
        }
    }
    for found in &listed {
        if found.ignored {
            listing.ignored += 1;
            listener.told(&found.shown, &[found.passed_over()]);
            continue;
        }
        let path = below(folder, &found.path);
        let stamp = match (&found.trouble, Stamp::at(&found.path)) {
            (None, Ok(stamp)) => stamp,
            (Some(trouble), _) => {
                // A folder that cannot be read: nothing is known of what is in it.
                listing.closed.push(path);
                let told = Diagnostic::new(Code::Unreadable, Origin::File).with("what", trouble);
                listener.told(&found.shown, &[told]);
                continue;
            }
            (None, Err(error)) if error.kind() == io::ErrorKind::NotFound => continue,
            (None, Err(error)) => {
                // Without a stamp there is nothing to compare: a file that was taken would look changed.
                listing.there.insert(path);
                let told = Diagnostic::new(Code::Unreadable, Origin::File).with("what", error);
                listener.told(&found.shown, &[told]);
                continue;
            }
        };
        let name = found.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let folder = found.path.parent().and_then(|folder| names.get(folder));
        let open = folder.is_some_and(|names| owner::is_open(&name, names));
        listing.there.insert(path);
        listing.files.push(Seen { found: found.clone(), stamp, open });
    }
    listing
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
    receipts: &mut Receipts,
    listener: &mut dyn Listener,
) -> Result<Again, Fault> {
    let at = job.now();
    let rows: Vec<_> = files.iter().map(|seen| row(&job.config.inbox, seen)).collect();
    let looks = job.store.looks(&rows.iter().map(Row::file).collect::<Vec<_>>(), at)?;
    // What is known, or will not be copied for its size, needs no room.
    let copied = |(seen, look): &(&Seen, &Look)| {
        !matches!(look, Look::Known { .. }) && seen.stamp.bytes <= job.config.file_bytes
    };
    let pending = files.iter().zip(&looks).filter(copied);
    super::space::require(job, pending.map(|(seen, _)| seen.stamp.bytes).sum())?;
    let mut again = Again::default();
    for (seen, look) in files.into_iter().zip(looks) {
        receipts.insert(below(&job.config.inbox, &seen.found.path), look.receipt());
        let settle = Duration::from_secs(job.config.arrival.settle);
        match look {
            Look::New(_) | Look::Changed(_) => again.add(seen, settle),
            Look::Known { state, source, .. } => {
                if let Some(source) = source.filter(|_| state != ReceiptState::Spooled) {
                    dispose(job, &seen.found, &Kept { stamp: seen.stamp, source }, listener)?;
                }
            }
            Look::Stable { receipt, since, first } => {
                let standing = Standing { receipt, since, first, now: at };
                if let Some(pause) = take(job, &seen, standing, listener)? {
                    again.add(seen, pause);
                }
            }
        }
    }
    Ok(again)
}

/// The row of a look.
struct Row<'a> {
    path: Vec<u8>,
    seen: &'a Seen,
}

/// The raw bytes of a path below the inbox.
fn below(inbox: &Path, path: &Path) -> Vec<u8> {
    inbox::raw(path.strip_prefix(inbox).unwrap_or(path)).into_owned()
}

fn row<'a>(inbox: &Path, seen: &'a Seen) -> Row<'a> {
    let path = &seen.found.path;
    Row { path: below(inbox, path), seen }
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

/// How long a file has stood still.
#[derive(Clone, Copy)]
struct Standing {
    receipt: ReceiptId,
    since: Moment,
    first: Moment,
    now: Moment,
}

impl Standing {
    /// Whether the file has been there for so many seconds.
    fn waits_over(&self, limit: u64) -> bool {
        is_over(self.first, self.now, limit)
    }

    /// Whether it has not changed for so many seconds.
    fn stands_over(&self, limit: u64) -> bool {
        is_over(self.since, self.now, limit)
    }
}

/// Whether so many seconds have passed.
pub(super) fn is_over(start: Moment, now: Moment, limit: u64) -> bool {
    now.0 - start.0 >= i64::try_from(limit).unwrap_or(i64::MAX).saturating_mul(1000)
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
                .with("what", "file-bytes")
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
        // A copy that goes on slowly changes with every look.
        Structure::Incomplete if !standing.stands_over(arrival.incomplete) => {
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
            let told = again(job, earlier)?;
            listener.told(&seen.found.shown, &[told]);
            dispose(job, &seen.found, &Kept { stamp: seen.stamp, source: source.to_string() }, listener)?;
        }
    }
    Ok(None)
}

/// That a file has the content of an earlier one, which may have been returned or replaced since.
fn again(job: &Job<'_>, earlier: SubmissionId) -> Result<Diagnostic, Fault> {
    let (path, state) = job.store.received_as(earlier)?.unwrap_or((String::new(), ReceiptState::Parsed));
    let state = match state {
        ReceiptState::Quarantined | ReceiptState::Ignored => state.name(),
        _ if job.store.is_superseded(earlier)? => "superseded",
        _ => "taken",
    };
    let mut told = Diagnostic::new(Code::FileAgain, Origin::File).with("path", path).with("state", state);
    if state != "taken" {
        told.severity = Severity::Warning;
    }
    Ok(told)
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
        io::ErrorKind::NotFound => forget(job, standing.receipt, &found.shown, listener),
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

/// A file as it was taken.
pub(super) struct Kept {
    pub(super) stamp: Stamp,
    /// SHA-256 of its content.
    pub(super) source: String,
}

/// Does with a file of the inbox, whose original is kept, what the configuration says. Before it goes its
/// content is compared, and the original made good if it is not there any more: what somebody has put in its
/// place since is another file, also where size and time are the same. One that the share does not let go
/// stays until the next run.
pub(super) fn dispose(
    job: &mut Job<'_>,
    found: &Found,
    kept: &Kept,
    listener: &mut dyn Listener,
) -> Result<(), Fault> {
    let how = job.config.arrival.taken;
    if how == Taken::Leave {
        return Ok(());
    }
    let copied = match spool::copy(&found.path, kept.stamp, &job.places) {
        Ok(Some(copied)) => copied,
        // It has changed, or is gone.
        Ok(None) => return Ok(()),
        Err(Failed::Source(error)) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(Failed::Source(error)) => {
            not_put_aside(found, error, listener);
            return Ok(());
        }
        Err(Failed::Spool(error)) => return Err(job.lost(error)),
    };
    if copied.source.to_string() != kept.source {
        let seen = Seen { found: found.clone(), stamp: kept.stamp, open: false };
        let at = job.now();
        job.store.look_anew(&row(&job.config.inbox, &seen).file(), at)?;
        return Ok(());
    }
    job.kept(copied)?;
    let moved = if how == Taken::Delete { fs::remove_file(&found.path) } else { put_aside(&found.path) };
    match moved {
        Err(error) if error.kind() != io::ErrorKind::NotFound => not_put_aside(found, error, listener),
        _ => {}
    }
    Ok(())
}

fn not_put_aside(found: &Found, error: io::Error, listener: &mut dyn Listener) {
    let told = Diagnostic::new(Code::NotPutAside, Origin::File).with("what", error);
    listener.told(&found.shown, &[told]);
}

fn put_aside(path: &Path) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new(".")).join(inbox::TAKEN_FOLDER);
    fs::create_dir_all(&folder)?;
    fs::rename(path, free(&folder, Path::new(path.file_name().unwrap_or_default())))
}

/// Bytes of a name for which a file system such as ext4 has room.
const NAME: usize = 255;

/// A path in the folder under which nothing lies: `稿.docx`, `稿(2).docx`.
fn free(folder: &Path, name: &Path) -> PathBuf {
    let stem = name.file_stem().unwrap_or_default();
    let numbered = (2..10_000).map(|number| {
        let mut end = OsString::from(format!("({number})"));
        for part in name.extension().into_iter().flat_map(|extension| [OsStr::new("."), extension]) {
            end.push(part);
        }
        let mut whole = shortened(stem, NAME.saturating_sub(end.len()));
        whole.push(end);
        whole.into()
    });
    let names = std::iter::once(name.to_owned()).chain(numbered);
    let mut paths = names.map(|name| folder.join(name));
    paths.find(|path| path.symlink_metadata().is_err()).unwrap_or_else(|| folder.join(name))
}

/// The beginning of a name that has room; one that has is left as it is, in whatever encoding.
fn shortened(name: &OsStr, room: usize) -> OsString {
    if name.len() <= room {
        return name.to_owned();
    }
    let mut left = room;
    let fits = |c: &char| {
        let fits = c.len_utf8() <= left;
        left = left.saturating_sub(c.len_utf8());
        fits
    };
    name.to_string_lossy().chars().take_while(fits).collect::<String>().into()
}
