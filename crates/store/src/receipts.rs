//! Receipts: every file that was seen, from the first look to the spool.

use jianbao_model::SourceId;
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::audit::{self, Event, JOB};
use crate::error::Result;
use crate::{Moment, Store, refused, row_id, states};

row_id! {
    /// A receipt.
    ReceiptId
}
row_id! {
    /// A submission.
    SubmissionId
}

states! {
    /// Where a file stands.
    ReceiptState {
        /// Seen once, or changed since.
        Seen = "seen",
        /// Seen, but its structure is not complete.
        Arriving = "arriving",
        /// Copied to the spool, not read yet.
        Spooled = "spooled",
        /// Read.
        Parsed = "parsed",
        /// The same content came before.
        Duplicate = "duplicate",
        /// Set aside.
        Quarantined = "quarantined",
        /// Passed over: not a submission, or gone before it was taken.
        Ignored = "ignored",
    }
}

/// The reason of a file that was taken away.
const GONE: &str = "gone";

/// A file as a look finds it.
#[derive(Clone, Copy, Debug)]
pub struct File<'a> {
    /// The raw bytes of the path.
    pub path: &'a [u8],
    /// The path as it is shown.
    pub shown: &'a str,
    /// Folder of the unit.
    pub unit: Option<&'a str>,
    /// Length.
    pub bytes: u64,
    /// Time of change by the server's clock, in nanoseconds since 1970: only ever compared for equality.
    pub modified: i64,
}

/// What a look tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Look {
    /// Seen for the first time.
    New(ReceiptId),
    /// Still changing: length or time differ from the look before.
    Changed(ReceiptId),
    /// As in the look before: may be taken if its structure is complete.
    Stable {
        /// The receipt.
        receipt: ReceiptId,
        /// When it was first found as it is now.
        since: Moment,
        /// When it was first seen at all.
        first: Moment,
    },
    /// Taken, set aside or passed over earlier, and unchanged since.
    Known {
        /// The receipt.
        receipt: ReceiptId,
        /// What became of it.
        state: ReceiptState,
        /// SHA-256 of its content, if that was kept.
        source: Option<String>,
    },
}

impl Look {
    /// The receipt of the file.
    pub fn receipt(&self) -> ReceiptId {
        match *self {
            Self::New(receipt)
            | Self::Changed(receipt)
            | Self::Stable { receipt, .. }
            | Self::Known { receipt, .. } => receipt,
        }
    }
}

/// What lies in the spool and is to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spool {
    /// The submission.
    pub submission: SubmissionId,
    /// The receipt of its file.
    pub receipt: ReceiptId,
    /// SHA-256 of the content.
    pub source: String,
    /// The raw bytes of the path.
    pub path: Vec<u8>,
    /// The path as it is shown.
    pub shown: String,
    /// Folder of the unit.
    pub unit: Option<String>,
    /// Length of the file as it was taken.
    pub bytes: u64,
    /// Its time of change, as in [`File`].
    pub modified: i64,
    /// When it was first seen.
    pub first_seen: Moment,
}

/// A file that is neither taken nor set aside yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The receipt.
    pub receipt: ReceiptId,
    /// The raw bytes of the path.
    pub path: Vec<u8>,
    /// The path as it is shown.
    pub shown: String,
    /// Seen, arriving or spooled.
    pub state: ReceiptState,
    /// When it was first seen.
    pub first_seen: Moment,
}

/// What became of a file that was copied to the spool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spooled {
    /// A new submission.
    New(SubmissionId),
    /// The content is that of an earlier submission.
    Duplicate(SubmissionId),
}

impl Store {
    /// Notes a look at a file. A file that was taken earlier and has changed since is a new receipt.
    pub fn look(&mut self, file: &File<'_>, at: Moment) -> Result<Look> {
        self.write(|connection| look(connection, file, at))
    }

    /// Begins anew with a file that looks as one that was taken, but has another content.
    pub fn look_anew(&mut self, file: &File<'_>, at: Moment) -> Result<ReceiptId> {
        self.write(|connection| first_look(connection, file, at))
    }

    /// Notes a look at many files, in one transaction.
    pub fn looks(&mut self, files: &[File<'_>], at: Moment) -> Result<Vec<Look>> {
        self.write(|connection| files.iter().map(|file| look(connection, file, at)).collect())
    }

    /// Notes that a file's structure is not complete yet.
    pub fn arriving(&mut self, receipt: ReceiptId, at: Moment) -> Result<()> {
        let waiting = [ReceiptState::Seen, ReceiptState::Arriving];
        self.write(|connection| {
            if require(connection, receipt, "wait for", &waiting)? == ReceiptState::Arriving {
                return Ok(());
            }
            set_state(connection, receipt, ReceiptState::Arriving, None)?;
            tell(connection, at, "arriving", receipt, "")
        })
    }

    /// Notes that a file was taken away before it was complete. If it comes back, it is a new receipt.
    pub fn gone(&mut self, receipt: ReceiptId, at: Moment) -> Result<()> {
        self.ignore(receipt, GONE, at)
    }

    /// Passes a file over that is no submission: a lock file, a system file.
    pub fn ignore(&mut self, receipt: ReceiptId, reason: &str, at: Moment) -> Result<()> {
        let waiting = [ReceiptState::Seen, ReceiptState::Arriving];
        self.write(|connection| {
            require(connection, receipt, "ignore", &waiting)?;
            set_state(connection, receipt, ReceiptState::Ignored, Some(reason))?;
            tell(connection, at, "ignored", receipt, reason)
        })
    }

    /// Notes that a file lies complete in the spool. The same content again is a duplicate and no new
    /// submission; a second call for the same content of a receipt changes nothing.
    pub fn spool(&mut self, receipt: ReceiptId, source: SourceId, bytes: u64, at: Moment) -> Result<Spooled> {
        let source = source.to_string();
        self.write(|connection| {
            if let Some(done) = spooled_before(connection, receipt, &source)? {
                return Ok(done);
            }
            require(connection, receipt, "spool", &[ReceiptState::Seen, ReceiptState::Arriving])?;
            let earlier = connection
                .prepare_cached("SELECT id FROM submissions WHERE source = ?")?
                .query_row([&source], |row| row.get::<_, SubmissionId>(0))
                .optional()?;
            let (submission, state, spooled) = if let Some(earlier) = earlier {
                (earlier, ReceiptState::Duplicate, Spooled::Duplicate(earlier))
            } else {
                let sql = "INSERT INTO submissions (source, bytes, state, taken) VALUES (?, ?, 'spooled', ?)";
                connection.prepare_cached(sql)?.execute(params![source, bytes, at.0])?;
                let new = SubmissionId(connection.last_insert_rowid());
                (new, ReceiptState::Spooled, Spooled::New(new))
            };
            connection
                .prepare_cached("UPDATE receipts SET state = ?, submission = ? WHERE id = ?")?
                .execute(params![state, submission, receipt])?;
            tell(connection, at, state.name(), receipt, &source)?;
            Ok(spooled)
        })
    }

    /// The files that are neither taken nor set aside, the oldest first.
    pub fn waiting(&self) -> Result<Vec<Waiting>> {
        let sql = "SELECT id, path, shown, state, first_seen FROM receipts \
                   WHERE state IN ('seen', 'arriving', 'spooled') ORDER BY first_seen, id";
        let mut rows = self.connection.prepare_cached(sql)?;
        let rows = rows.query_map([], |row| {
            Ok(Waiting {
                receipt: row.get(0)?,
                path: row.get(1)?,
                shown: row.get(2)?,
                state: row.get(3)?,
                first_seen: Moment(row.get(4)?),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What lies in the spool and is to be read, in the order in which it came.
    pub fn spooled(&self) -> Result<Vec<Spool>> {
        let sql = "SELECT submissions.id, receipts.id, source, shown, unit, receipts.bytes, modified, \
                   first_seen, path \
                   FROM receipts JOIN submissions ON submissions.id = submission \
                   WHERE receipts.state = 'spooled' ORDER BY receipts.id";
        let mut rows = self.connection.prepare_cached(sql)?;
        let rows = rows.query_map([], |row| {
            Ok(Spool {
                submission: row.get(0)?,
                receipt: row.get(1)?,
                source: row.get(2)?,
                shown: row.get(3)?,
                unit: row.get(4)?,
                bytes: row.get(5)?,
                modified: row.get(6)?,
                first_seen: Moment(row.get(7)?),
                path: row.get(8)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The path under which a submission was received, as it is shown, and where that file stands.
    pub fn received_as(&self, submission: SubmissionId) -> Result<Option<(String, ReceiptState)>> {
        let sql = "SELECT shown, state FROM receipts WHERE submission = ? AND state <> 'duplicate'";
        let mut row = self.connection.prepare_cached(sql)?;
        Ok(row.query_row([submission], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
    }

    /// The state of a receipt.
    pub fn receipt(&self, receipt: ReceiptId) -> Result<Option<ReceiptState>> {
        state(&self.connection, receipt)
    }
}

fn look(connection: &Connection, file: &File<'_>, at: Moment) -> Result<Look> {
    struct Last {
        receipt: ReceiptId,
        state: ReceiptState,
        stamp: (u64, i64),
        since: i64,
        first: i64,
        source: Option<String>,
    }
    let last = connection
        .prepare_cached(
            "SELECT receipts.id, receipts.state, receipts.bytes, modified, since, first_seen, source \
             FROM receipts LEFT JOIN submissions ON submissions.id = submission \
             WHERE path = ? AND reason IS NOT ? \
             ORDER BY receipts.state IN ('seen', 'arriving') DESC, receipts.id DESC LIMIT 1",
        )?
        .query_row(params![file.path, GONE], |row| {
            Ok(Last {
                receipt: row.get(0)?,
                state: row.get(1)?,
                stamp: (row.get(2)?, row.get(3)?),
                since: row.get(4)?,
                first: row.get(5)?,
                source: row.get(6)?,
            })
        })
        .optional()?;
    let Some(last) = last else { return Ok(Look::New(first_look(connection, file, at)?)) };
    let (receipt, same) = (last.receipt, last.stamp == (file.bytes, file.modified));
    match (matches!(last.state, ReceiptState::Seen | ReceiptState::Arriving), same) {
        (false, true) => Ok(Look::Known { receipt, state: last.state, source: last.source }),
        (false, false) => Ok(Look::New(first_look(connection, file, at)?)),
        (true, same) => {
            let since = if same { last.since } else { at.0 };
            let sql = "UPDATE receipts SET bytes = ?, modified = ?, last_seen = ?, since = ?, \
                       looks = iif(?, looks + 1, 1) WHERE id = ?";
            let row = params![file.bytes, file.modified, at.0, since, same, receipt];
            connection.prepare_cached(sql)?.execute(row)?;
            let (since, first) = (Moment(since), Moment(last.first));
            Ok(if same { Look::Stable { receipt, since, first } } else { Look::Changed(receipt) })
        }
    }
}

fn first_look(connection: &Connection, file: &File<'_>, at: Moment) -> Result<ReceiptId> {
    let sql = "INSERT INTO receipts (path, shown, unit, bytes, modified, first_seen, last_seen, since, \
               looks, state) VALUES (?, ?, ?, ?, ?, ?6, ?6, ?6, 1, 'seen')";
    let row = params![file.path, file.shown, file.unit, file.bytes, file.modified, at.0];
    connection.prepare_cached(sql)?.execute(row)?;
    let receipt = ReceiptId(connection.last_insert_rowid());
    tell(connection, at, "seen", receipt, file.shown)?;
    Ok(receipt)
}

/// What an earlier call for the same receipt and content gave.
fn spooled_before(connection: &Connection, receipt: ReceiptId, source: &str) -> Result<Option<Spooled>> {
    let sql = "SELECT submissions.id, receipts.state FROM receipts \
               JOIN submissions ON submissions.id = submission WHERE receipts.id = ? AND source = ?";
    let found = connection
        .prepare_cached(sql)?
        .query_row(params![receipt, source], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(found.map(|(submission, state)| match state {
        ReceiptState::Duplicate => Spooled::Duplicate(submission),
        _ => Spooled::New(submission),
    }))
}

/// Refuses when the receipt is in none of the states.
pub(crate) fn require(
    connection: &Connection,
    receipt: ReceiptId,
    action: &'static str,
    allowed: &[ReceiptState],
) -> Result<ReceiptState> {
    match state(connection, receipt)? {
        Some(state) if allowed.contains(&state) => Ok(state),
        other => Err(refused(action, format!("receipt {}", receipt.0), other.map(ReceiptState::name))),
    }
}

pub(crate) fn set_state(
    connection: &Connection,
    receipt: ReceiptId,
    state: ReceiptState,
    reason: Option<&str>,
) -> Result<()> {
    connection
        .prepare_cached("UPDATE receipts SET state = ?, reason = ? WHERE id = ?")?
        .execute(params![state, reason, receipt])?;
    Ok(())
}

pub(crate) fn state(connection: &Connection, receipt: ReceiptId) -> Result<Option<ReceiptState>> {
    let mut row = connection.prepare_cached("SELECT state FROM receipts WHERE id = ?")?;
    Ok(row.query_row([receipt], |row| row.get(0)).optional()?)
}

fn tell(connection: &Connection, at: Moment, action: &str, receipt: ReceiptId, detail: &str) -> Result<()> {
    audit::append(
        connection,
        &Event { at, actor: JOB, action, subject: format!("receipt {}", receipt.0), detail },
    )
}
