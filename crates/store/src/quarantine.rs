//! Quarantine: what could not be taken, why, and its release.

use rusqlite::{Connection, OptionalExtension as _, params};

use crate::audit::{self, Event, JOB};
use crate::error::Result;
use crate::receipts::{self, ReceiptId, ReceiptState};
use crate::{Moment, Store, refused, row_id};

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
    pub fn release(&mut self, id: QuarantineId, editor: &str, at: Moment) -> Result<ReceiptState> {
        self.write(|connection| {
            let found = connection
                .query_row(
                    "SELECT quarantine.state, receipt, submission IS NOT NULL, path \
                     FROM quarantine JOIN receipts ON receipts.id = receipt WHERE quarantine.id = ?",
                    [id],
                    |row| {
                        let state: String = row.get(0)?;
                        Ok((
                            state,
                            row.get::<_, ReceiptId>(1)?,
                            row.get::<_, bool>(2)?,
                            row.get::<_, Vec<u8>>(3)?,
                        ))
                    },
                )
                .optional()?;
            let subject = || format!("quarantine {}", id.0);
            let (receipt, spooled, path) = match found {
                Some((state, receipt, spooled, path)) if state == "held" => (receipt, spooled, path),
                other => return Err(refused("release", subject(), other.as_ref().map(|row| row.0.as_str()))),
            };
            let waits = "SELECT count(*) FROM receipts WHERE path = ? AND state IN ('seen', 'arriving')";
            if !spooled && connection.query_row(waits, [path], |row| row.get::<_, i64>(0))? > 0 {
                return Err(refused("release", subject(), Some("superseded")));
            }
            let state = if spooled { ReceiptState::Spooled } else { ReceiptState::Seen };
            receipts::set_state(connection, receipt, state, None)?;
            set_submission(connection, receipt, "spooled")?;
            connection.execute(
                "UPDATE quarantine SET state = 'released', released = ?, editor = ? WHERE id = ?",
                params![at.0, editor, id],
            )?;
            let event =
                Event { at, actor: editor, action: "released", subject: subject(), detail: state.name() };
            audit::append(connection, &event)?;
            Ok(state)
        })
    }

    /// What is set aside, the oldest first.
    pub fn held(&self) -> Result<Vec<Held>> {
        let sql = "SELECT quarantine.id, receipt, shown, unit, source, code, stage, detail, held \
                   FROM quarantine JOIN receipts ON receipts.id = receipt \
                   LEFT JOIN submissions ON submissions.id = submission \
                   WHERE quarantine.state = 'held' ORDER BY quarantine.id";
        let mut rows = self.connection.prepare_cached(sql)?;
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
