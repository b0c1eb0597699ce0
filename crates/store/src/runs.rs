//! Runs of the job: start, end, counts, exit code.

use rusqlite::{OptionalExtension as _, params};

use crate::audit::{self, Event, JOB};
use crate::error::Result;
use crate::{Moment, Store, refused, row_id};

row_id! {
    /// A run.
    RunId
}

/// A run of the job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The run.
    pub id: RunId,
    /// Its start.
    pub started: Moment,
    /// End and exit code; none of a run that goes on or was cut off.
    pub ended: Option<(Moment, u8)>,
    /// Counts as a JSON object.
    pub counts: Option<String>,
}

impl Store {
    /// Notes the start of a run.
    pub fn start_run(&mut self, at: Moment) -> Result<RunId> {
        self.write(|connection| {
            connection.execute("INSERT INTO runs (started) VALUES (?)", [at.0])?;
            let id = RunId(connection.last_insert_rowid());
            let subject = format!("run {}", id.0);
            audit::append(connection, &Event { at, actor: JOB, action: "started", subject, detail: "" })?;
            Ok(id)
        })
    }

    /// Notes the end of a run, once.
    pub fn end_run(&mut self, id: RunId, exit: u8, counts: &serde_json::Value, at: Moment) -> Result<()> {
        self.write(|connection| {
            let sql = "UPDATE runs SET ended = ?, exit = ?, counts = ? WHERE id = ? AND ended IS NULL";
            let subject = format!("run {}", id.0);
            if connection.execute(sql, params![at.0, exit, counts.to_string(), id])? == 0 {
                return Err(refused("end", subject, Some("ended or absent")));
            }
            let detail = exit.to_string();
            audit::append(connection, &Event { at, actor: JOB, action: "ended", subject, detail: &detail })
        })
    }

    /// The newest run.
    pub fn last_run(&self) -> Result<Option<Run>> {
        let sql = "SELECT id, started, ended, exit, counts FROM runs ORDER BY id DESC LIMIT 1";
        let run = self.connection.query_row(sql, [], |row| {
            let ended: Option<i64> = row.get(2)?;
            let exit: Option<u8> = row.get(3)?;
            Ok(Run {
                id: row.get(0)?,
                started: Moment(row.get(1)?),
                ended: ended.map(Moment).zip(exit),
                counts: row.get(4)?,
            })
        });
        Ok(run.optional()?)
    }
}
