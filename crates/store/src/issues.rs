//! Issues and their numbers: reserved, then the file is written, then confirmed; never used twice.

use jianbao_model::SourceId;
use rusqlite::{Connection, OptionalExtension as _, params};
use serde_json::json;

use crate::audit::{self, Event, JOB};
use crate::error::{Result, StoreError};
use crate::items::{self, Choice, ItemId, ItemState};
use crate::{Decision, Moment, Store, refused, row_id, states};

row_id! {
    /// An issue.
    IssueId
}

states! {
    /// Where an issue stands.
    IssueState {
        /// The number is reserved; the file is not known to be there.
        Pending = "pending",
        /// The file is there.
        Done = "done",
        /// Given up; the number stays on record.
        Void = "void",
    }
}

/// Over what a counter runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Begins again every year.
    Year,
    /// Runs on from the founding of the bulletin.
    Founding,
}

/// How a number is counted.
#[derive(Clone, Copy, Debug)]
pub struct Counter {
    /// Over what.
    pub scope: Scope,
    /// The number of the first issue that the store knows, from 1; earlier ones were printed without it.
    pub first: u32,
    /// The number that is expected; another one is refused.
    pub wanted: Option<u32>,
}

/// An issue that is due.
#[derive(Clone, Copy, Debug)]
pub struct Plan<'a> {
    /// What makes the plan the same in a second run, e.g. bulletin, edition and date.
    pub key: &'a str,
    /// Name of the bulletin.
    pub bulletin: &'a str,
    /// Edition: a number sequence of its own.
    pub edition: &'a str,
    /// Whether it is a supplement (增刊), which is counted separately.
    pub supplement: bool,
    /// Year of the issue.
    pub year: u16,
    /// Date of issue, `YYYY-MM-DD`.
    pub date: &'a str,
    /// How the edition is counted.
    pub number: Counter,
    /// How all editions of the bulletin are counted together, if they are.
    pub cumulative: Option<Counter>,
    /// Adopted items in printed order.
    pub items: &'a [ItemId],
}

/// An issue and what is needed to make its file again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// The issue.
    pub id: IssueId,
    /// Key of its plan.
    pub key: String,
    /// Number of the edition, or of the supplement.
    pub number: u32,
    /// Number over all editions.
    pub cumulative: Option<u32>,
    /// Date of issue, `YYYY-MM-DD`.
    pub date: String,
    /// Where it stands.
    pub state: IssueState,
    /// SHA-256 of the file and the file's name, once it was rendered.
    pub file: Option<(String, String)>,
    /// Items in printed order, each with the number of the revision that is printed.
    pub positions: Vec<(ItemId, u32)>,
}

impl Store {
    /// Reserves the next numbers for a plan. A plan that has a live issue gets that one, with its numbers
    /// and items as they were reserved: after a crash the same file is made again.
    pub fn reserve(&mut self, plan: &Plan<'_>, at: Moment) -> Result<Issue> {
        self.write(|connection| {
            let live = "SELECT id FROM issues WHERE key = ? AND state <> 'void'";
            if let Some(id) = connection.query_row(live, [plan.key], |row| row.get(0)).optional()? {
                return read(connection, id);
            }
            connection.execute(
                "INSERT INTO issues (key, bulletin, edition, supplement, date, state, reserved) \
                 VALUES (?, ?, ?, ?, ?, 'pending', ?)",
                params![plan.key, plan.bulletin, plan.edition, plan.supplement, plan.date, at.0],
            )?;
            let id = IssueId(connection.last_insert_rowid());
            let series = if plan.supplement { "supplement" } else { "edition" };
            let series = json!([series, plan.bulletin, plan.edition]).to_string();
            next(connection, id, "number", &series, plan.number, plan.year)?;
            if let Some(counter) = plan.cumulative {
                let all = json!(["bulletin", plan.bulletin]).to_string();
                next(connection, id, "cumulative", &all, counter, plan.year)?;
            }
            place(connection, id, plan.items)?;
            tell(connection, at, JOB, "reserved", id, plan.key)?;
            read(connection, id)
        })
    }

    /// Takes an issue up again, under its numbers and with other items: those that it had are free, those
    /// that it gets are adopted.
    pub fn reopen(
        &mut self,
        issue: IssueId,
        choices: &[Choice<'_>],
        decision: &Decision<'_>,
    ) -> Result<Issue> {
        let Decision { editor, reason, at } = *decision;
        self.write(|connection| {
            let found = require(connection, issue, "reopen", &[IssueState::Done])?;
            for (item, _) in found.positions {
                items::set_state(connection, item, ItemState::Adopted)?;
            }
            connection.execute("DELETE FROM positions WHERE issue = ?", [issue])?;
            let sql = "UPDATE issues SET state = 'pending', settled = NULL WHERE id = ?";
            connection.execute(sql, [issue])?;
            items::choose(connection, choices, decision)?;
            let items: Vec<ItemId> = choices.iter().map(|choice| choice.item).collect();
            place(connection, issue, &items)?;
            tell(connection, at, editor, "reopened", issue, reason)?;
            read(connection, issue)
        })
    }

    /// Notes what was rendered, before the file is written: after a crash the file is known by its hash.
    pub fn rendered(&mut self, issue: IssueId, content: SourceId, file: &str, at: Moment) -> Result<()> {
        let content = content.to_string();
        self.write(|connection| {
            let found = require(connection, issue, "render", &[IssueState::Pending])?;
            if found.file.as_ref().is_some_and(|(hash, name)| *hash == content && name == file) {
                return Ok(());
            }
            let sql = "UPDATE issues SET content = ?, file = ? WHERE id = ?";
            connection.execute(sql, params![content, file, issue])?;
            tell(connection, at, JOB, "rendered", issue, &content)
        })
    }

    /// Notes that the file is in its place: the issue is done, its items are issued. A second call for the
    /// same content changes nothing.
    pub fn confirm(&mut self, issue: IssueId, content: SourceId, at: Moment) -> Result<()> {
        let content = content.to_string();
        self.write(|connection| {
            let found = require(connection, issue, "confirm", &[IssueState::Pending, IssueState::Done])?;
            let rendered = found.file.is_some_and(|(hash, _)| hash == content);
            if !rendered {
                return Err(refused("confirm", subject(issue), Some("rendered otherwise")));
            }
            if found.state == IssueState::Done {
                return Ok(());
            }
            settle(connection, issue, IssueState::Done, None, at)?;
            for (item, _) in found.positions {
                items::set_state(connection, item, ItemState::Issued)?;
            }
            tell(connection, at, JOB, "confirmed", issue, &content)
        })
    }

    /// Gives an issue up. Its numbers stay on record and are not used again; its items are free.
    pub fn void(&mut self, issue: IssueId, decision: &Decision<'_>) -> Result<()> {
        let Decision { editor, reason, at } = *decision;
        self.write(|connection| {
            let found = require(connection, issue, "void", &[IssueState::Pending, IssueState::Done])?;
            settle(connection, issue, IssueState::Void, Some(reason), at)?;
            for (item, _) in found.positions {
                items::set_state(connection, item, ItemState::Adopted)?;
            }
            tell(connection, at, editor, "void", issue, reason)
        })
    }

    /// One issue.
    pub fn issue(&self, issue: IssueId) -> Result<Option<Issue>> {
        find(&self.connection, issue)
    }

    /// All issues, in the order in which they were reserved.
    pub fn issues(&self) -> Result<Vec<Issue>> {
        let mut rows = self.connection.prepare_cached("SELECT id FROM issues ORDER BY id")?;
        let ids = rows.query_map([], |row| row.get(0))?.collect::<Result<Vec<IssueId>, _>>()?;
        ids.into_iter().map(|id| read(&self.connection, id)).collect()
    }
}

/// Puts adopted items into an issue.
fn place(connection: &Connection, issue: IssueId, items: &[ItemId]) -> Result<()> {
    for (position, item) in (1_i64..).zip(items) {
        let found = items::require_free(connection, *item, "print", &[ItemState::Adopted])?;
        let sql = "INSERT INTO positions (issue, position, item, revision) SELECT ?, ?, item, id \
                   FROM revisions WHERE item = ? AND number = ?";
        connection.prepare_cached(sql)?.execute(params![issue, position, item, found.revision])?;
    }
    Ok(())
}

/// Gives an issue the next value of a counter.
fn next(
    connection: &Connection,
    issue: IssueId,
    role: &str,
    name: &str,
    counter: Counter,
    year: u16,
) -> Result<()> {
    let period = match counter.scope {
        Scope::Year => year,
        Scope::Founding => 0,
    };
    let sql = "SELECT coalesce(max(value) + 1, ?3) FROM numbers WHERE counter = ?1 AND period = ?2";
    let value: u32 = connection
        .prepare_cached(sql)?
        .query_row(params![name, period, counter.first.max(1)], |row| row.get(0))?;
    if let Some(wanted) = counter.wanted.filter(|wanted| *wanted != value) {
        return Err(StoreError::Number { wanted, next: value });
    }
    let sql = "INSERT INTO numbers (counter, period, value, issue, role) VALUES (?, ?, ?, ?, ?)";
    connection.prepare_cached(sql)?.execute(params![name, period, value, issue, role])?;
    Ok(())
}

fn find(connection: &Connection, issue: IssueId) -> Result<Option<Issue>> {
    let number = |role| {
        let mut row = connection.prepare_cached("SELECT value FROM numbers WHERE issue = ? AND role = ?")?;
        row.query_row(params![issue, role], |row| row.get::<_, u32>(0)).optional()
    };
    let sql = "SELECT key, date, state, content, file FROM issues WHERE id = ?";
    let row = connection
        .prepare_cached(sql)?
        .query_row([issue], |row| {
            let content: Option<String> = row.get(3)?;
            let file: Option<String> = row.get(4)?;
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, content.zip(file)))
        })
        .optional()?;
    let Some((key, date, state, file)) = row else { return Ok(None) };
    let sql = "SELECT positions.item, number FROM positions JOIN revisions ON revisions.id = revision \
               WHERE issue = ? ORDER BY position";
    let mut rows = connection.prepare_cached(sql)?;
    let positions = rows.query_map([issue], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let positions = positions.collect::<Result<_, _>>()?;
    let (number, cumulative) = (number("number")?.unwrap_or(0), number("cumulative")?);
    Ok(Some(Issue { id: issue, key, number, cumulative, date, state, file, positions }))
}

fn read(connection: &Connection, issue: IssueId) -> Result<Issue> {
    find(connection, issue)?.ok_or_else(|| refused("read", subject(issue), None))
}

fn subject(issue: IssueId) -> String {
    format!("issue {}", issue.0)
}

/// Refuses when the issue is in none of the states.
fn require(
    connection: &Connection,
    issue: IssueId,
    action: &'static str,
    allowed: &[IssueState],
) -> Result<Issue> {
    match find(connection, issue)? {
        Some(found) if allowed.contains(&found.state) => Ok(found),
        other => Err(refused(action, subject(issue), other.map(|found| found.state.name()))),
    }
}

fn settle(
    connection: &Connection,
    issue: IssueId,
    state: IssueState,
    reason: Option<&str>,
    at: Moment,
) -> Result<()> {
    connection.execute(
        "UPDATE issues SET state = ?, settled = ?, reason = ? WHERE id = ?",
        params![state, at.0, reason, issue],
    )?;
    Ok(())
}

fn tell(
    connection: &Connection,
    at: Moment,
    actor: &str,
    action: &str,
    issue: IssueId,
    detail: &str,
) -> Result<()> {
    audit::append(connection, &Event { at, actor, action, subject: subject(issue), detail })
}
