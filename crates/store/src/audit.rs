//! The audit chain: every change as a row that carries the hash of the row before it.

use jianbao_model::SourceId;
use rusqlite::{Connection, OptionalExtension as _, params};
use sha2::{Digest as _, Sha256};

use crate::Moment;
use crate::error::Result;

/// The hash before the first row.
const START: [u8; 32] = [0; 32];

/// Who is named for what nobody decided.
pub(crate) const JOB: &str = "job";

/// One change.
pub(crate) struct Event<'a> {
    pub(crate) at: Moment,
    pub(crate) actor: &'a str,
    pub(crate) action: &'a str,
    /// Table and row, e.g. `item 7`.
    pub(crate) subject: String,
    pub(crate) detail: &'a str,
}

/// Adds a row to the chain, within the transaction of the change itself.
pub(crate) fn append(connection: &Connection, event: &Event<'_>) -> Result<()> {
    let last = connection
        .prepare_cached("SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1")?
        .query_row([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))
        .optional()?;
    let (sequence, previous) = last.map_or_else(|| (1, start()), |(sequence, hash)| (sequence + 1, hash));
    let fields = [event.actor, event.action, &event.subject, event.detail];
    let hash = link(&previous, sequence, event.at.0, fields);
    connection
        .prepare_cached("INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?)")?
        .execute(params![sequence, event.at.0, fields[0], fields[1], fields[2], fields[3], previous, hash])?;
    Ok(())
}

/// The first row that does not follow from the one before it; a cut end is told as the row that is missing.
pub(crate) fn broken_at(connection: &Connection) -> Result<Option<i64>> {
    let mut rows = connection.prepare(
        "SELECT sequence, made, actor, action, subject, detail, previous, hash FROM audit ORDER BY sequence",
    )?;
    let mut rows = rows.query([])?;
    let (mut expected, mut previous) = (1, start());
    while let Some(row) = rows.next()? {
        let sequence: i64 = row.get(0)?;
        let texts: [String; 4] = [row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?];
        let hash: String = row.get(7)?;
        let made = link(&previous, sequence, row.get(1)?, texts.each_ref().map(String::as_str));
        if sequence != expected || row.get::<_, String>(6)? != previous || made != hash {
            return Ok(Some(expected));
        }
        (expected, previous) = (sequence + 1, hash);
    }
    // AUTOINCREMENT remembers the largest number that was ever given.
    let given = connection
        .query_row("SELECT seq FROM sqlite_sequence WHERE name = 'audit'", [], |row| row.get::<_, i64>(0))
        .optional()?;
    Ok((given.unwrap_or(0) >= expected).then_some(expected))
}

fn start() -> String {
    SourceId::from_digest(START).to_string()
}

/// The hash of a row: over the one before and every field with its length, so that no text can flow from
/// one field into the next.
fn link(previous: &str, sequence: i64, at: i64, fields: [&str; 4]) -> String {
    let mut hasher = Sha256::new();
    hasher.update(previous);
    hasher.update(sequence.to_le_bytes());
    hasher.update(at.to_le_bytes());
    for field in fields {
        hasher.update((field.len() as u64).to_le_bytes());
        hasher.update(field);
    }
    SourceId::from_digest(hasher.finalize().into()).to_string()
}
