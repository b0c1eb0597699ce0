//! Quarantine: what could not be taken, why, and how it goes on.

use rusqlite::{Connection, OptionalExtension as _, params};

use crate::audit::{self, Event, JOB};
use crate::error::Result;
use crate::receipts::{self, ReceiptId, ReceiptState};
use crate::{Decision, Moment, Store, refused, row_id};

row_id! {
    /// A record of the quarantine.
    QuarantineId
}

/// Why a file is set aside.
#[derive(Clone, Copy, Debug)]
pub struct Hold<'a> {
    /// Diagnostic code, e.g. `R105`.
    pub code: &'a str,
    /// Stage that found it, e.g. `read`.
    pub stage: &'a str,
    /// What else is known.
    pub detail: &'a str,
}

/// A file in quarantine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The record.
    pub id: QuarantineId,
    /// The receipt.
    pub receipt: ReceiptId,
    /// The path as it is shown.
    pub shown: String,
    /// Folder of the unit.
    pub unit: Option<String>,
    /// SHA-256 of the content, if it was read.
    pub source: Option<String>,
    /// Diagnostic code.
    pub code: String,
    /// Stage that found it.
    pub stage: String,
    /// What else is known.
    pub detail: String,
    /// Since when.
    pub held: Moment,
    /// Whether no copy was kept and another file came under its path since: it cannot be sent on again.
    pub superseded: bool,
}

impl Store {
    /// Sets a file aside that is waiting or lies in the spool.
    pub fn quarantine(&mut self, receipt: ReceiptId, hold: &Hold<'_>, at: Moment) -> Result<QuarantineId> {
        let allowed = [ReceiptState::Seen, ReceiptState::Arriving, ReceiptState::Spooled];
        self.write(|connection| {
            receipts::require(connection, receipt, "quarantine", &allowed)?;
            receipts::set_state(connection, receipt, ReceiptState::Quarantined, None)?;
            set_submission(connection, receipt, "quarantined")?;
            let sql = "INSERT INTO quarantine (receipt, code, stage, detail, state, held) \
                       VALUES (?, ?, ?, ?, 'held', ?)";
            connection.prepare_cached(sql)?.execute(params![
                receipt,
                hold.code,
                hold.stage,
                hold.detail,
                at.0
            ])?;
            let id = QuarantineId(connection.last_insert_rowid());
            let subject = format!("receipt {}", receipt.0);
            let event = Event { at, actor: JOB, action: "quarantined", subject, detail: hold.code };
            audit::append(connection, &event)?;
            Ok(id)
        })
    }

    /// Lets a file go on from where it was set aside: from the spool if it lies there, else from the first
    /// look. The record stays.
    pub fn retry(&mut self, id: QuarantineId, decision: &Decision<'_>) -> Result<ReceiptState> {
        self.write(|connection| retry(connection, id, decision))
    }

    /// The same of several files: all of them, or none and the refusal of the first that cannot.
    pub fn retry_all(&mut self, ids: &[QuarantineId], decision: &Decision<'_>) -> Result<()> {
        self.write(|connection| ids.iter().try_for_each(|id| retry(connection, *id, decision).map(drop)))
    }

    /// Closes the record of a file that an editor takes out by hand: the job leaves it alone from now on.
    pub fn release(&mut self, id: QuarantineId, decision: &Decision<'_>) -> Result<()> {
        self.write(|connection| {
            let found = require_held(connection, id, "release")?;
            receipts::set_state(connection, found.receipt, ReceiptState::Ignored, Some("released"))?;
            settle(connection, id, "released", decision, decision.reason)
        })
    }

    /// Whether a file was set aside earlier and sent on since.
    pub fn was_retried(&self, receipt: ReceiptId) -> Result<bool> {
        let sql = "SELECT count(*) FROM quarantine WHERE receipt = ? AND state = 'retried'";
        let mut row = self.connection.prepare_cached(sql)?;
        Ok(row.query_row([receipt], |row| row.get::<_, i64>(0))? > 0)
    }

    /// What is set aside, the oldest first.
    pub fn held(&self) -> Result<Vec<Held>> {
        let sql = format!(
            "SELECT quarantine.id, receipt, shown, unit, source, code, stage, detail, held, \
             submission IS NULL AND {SUPERSEDED} FROM quarantine JOIN receipts ON receipts.id = receipt \
             LEFT JOIN submissions ON submissions.id = submission \
             WHERE quarantine.state = 'held' ORDER BY quarantine.id"
        );
        let mut rows = self.connection.prepare_cached(&sql)?;
        let rows = rows.query_map([], |row| {
            Ok(Held {
                id: row.get(0)?,
                receipt: row.get(1)?,
                shown: row.get(2)?,
                unit: row.get(3)?,
                source: row.get(4)?,
                code: row.get(5)?,
                stage: row.get(6)?,
                detail: row.get(7)?,
                held: Moment(row.get(8)?),
                superseded: row.get(9)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// Gives the submission of a receipt, if it has one, a state.
fn set_submission(connection: &Connection, receipt: ReceiptId, state: &str) -> Result<()> {
    let sql = "UPDATE submissions SET state = ? WHERE id = (SELECT submission FROM receipts WHERE id = ?)";
    connection.prepare_cached(sql)?.execute(params![state, receipt])?;
    Ok(())
}

/// What is set aside under a record.
struct Place {
    receipt: ReceiptId,
    /// Whether it lies in the spool.
    spooled: bool,
    /// Whether another file came under its path since.
    superseded: bool,
}

/// Whether a later file came under the path of a receipt; the one that was set aside is gone then, unless a
/// copy was kept.
const SUPERSEDED: &str = "EXISTS (SELECT 1 FROM receipts AS later WHERE later.path = receipts.path \
                          AND later.id > receipts.id AND later.reason IS NOT 'gone')";

/// Refuses when the record is not one of a file that is set aside now.
fn require_held(connection: &Connection, id: QuarantineId, action: &'static str) -> Result<Place> {
    let sql = format!(
        "SELECT quarantine.state, receipt, submission IS NOT NULL, {SUPERSEDED} \
         FROM quarantine JOIN receipts ON receipts.id = receipt WHERE quarantine.id = ?"
    );
    let found = connection
        .prepare_cached(&sql)?
        .query_row([id], |row| {
            let place = Place { receipt: row.get(1)?, spooled: row.get(2)?, superseded: row.get(3)? };
            Ok((row.get::<_, String>(0)?, place))
        })
        .optional()?;
    match found {
        Some((state, place)) if state == "held" => Ok(place),
        other => Err(refused(action, subject(id), other.as_ref().map(|(state, _)| state.as_str()))),
    }
}

fn retry(connection: &Connection, id: QuarantineId, decision: &Decision<'_>) -> Result<ReceiptState> {
    let Place { receipt, spooled, superseded } = require_held(connection, id, "retry")?;
    if !spooled && superseded {
        return Err(refused("retry", subject(id), Some("superseded")));
    }
    let state = if spooled { ReceiptState::Spooled } else { ReceiptState::Seen };
    receipts::set_state(connection, receipt, state, None)?;
    set_submission(connection, receipt, "spooled")?;
    settle(connection, id, "retried", decision, state.name())?;
    Ok(state)
}

/// Ends a record, with its row of the chain.
fn settle(
    connection: &Connection,
    id: QuarantineId,
    state: &'static str,
    decision: &Decision<'_>,
    detail: &str,
) -> Result<()> {
    let Decision { editor, reason, at } = *decision;
    let sql = "UPDATE quarantine SET state = ?, settled = ?, editor = ?, reason = ? WHERE id = ?";
    connection.execute(sql, params![state, at.0, editor, reason, id])?;
    audit::append(connection, &Event { at, actor: editor, action: state, subject: subject(id), detail })
}

fn subject(id: QuarantineId) -> String {
    format!("quarantine {}", id.0)
}
