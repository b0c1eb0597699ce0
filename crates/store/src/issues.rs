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

/// The numbers of the next issue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Next {
    /// Number of the edition, or of the supplement.
    pub number: u32,
    /// Number over all editions.
    pub cumulative: Option<u32>,
}

/// An issue and what is needed to make its file again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// The issue.
    pub id: IssueId,
    /// Key of its plan.
    pub key: String,
    /// Name of the bulletin.
    pub bulletin: String,
    /// Edition.
    pub edition: String,
    /// Whether it is a supplement.
    pub supplement: bool,
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
        self.write(|connection| reserve(connection, plan, at))
    }

    /// The numbers that a plan would get.
    pub fn next_numbers(&self, plan: &Plan<'_>) -> Result<Next> {
        let numbers = numbers(&self.connection, plan)?;
        let of = |role| numbers.iter().find(|(series, _)| series.role == role).map(|(_, value)| *value);
        Ok(Next { number: of("number").unwrap_or(1), cumulative: of("cumulative") })
    }

    /// The same of items that are adopted and moved with it: if no number is given, they stay as they were.
    pub fn choose_and_reserve(
        &mut self,
        choices: &[Choice<'_>],
        plan: &Plan<'_>,
        decision: &Decision<'_>,
    ) -> Result<Issue> {
        self.write(|connection| {
            items::choose(connection, choices, decision)?;
            reserve(connection, plan, decision.at)
        })
    }

    /// Notes numbers that were used without this store, up to those that the plan names, as given up; how
    /// many they are.
    pub fn skip(&mut self, plan: &Plan<'_>, decision: &Decision<'_>) -> Result<usize> {
        let Decision { editor, reason, at } = *decision;
        self.write(|connection| {
            let mut skipped = 0;
            loop {
                let mut due = Vec::new();
                for series in series(plan) {
                    let next = next(connection, &series, plan.year, None)?;
                    if series.counter.wanted.is_some_and(|last| next <= last) {
                        due.push((series, next));
                    }
                }
                if due.is_empty() {
                    return Ok(skipped);
                }
                let id = insert(connection, plan, at)?;
                for (series, value) in due {
                    give(connection, id, &series, plan.year, value)?;
                }
                settle(connection, id, IssueState::Void, Some(reason), at)?;
                tell(connection, at, editor, "skipped", id, reason)?;
                skipped += 1;
            }
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

fn reserve(connection: &Connection, plan: &Plan<'_>, at: Moment) -> Result<Issue> {
    let live = "SELECT id FROM issues WHERE key = ? AND state <> 'void'";
    if let Some(id) = connection.query_row(live, [plan.key], |row| row.get(0)).optional()? {
        return read(connection, id);
    }
    let id = insert(connection, plan, at)?;
    for (series, value) in numbers(connection, plan)? {
        give(connection, id, &series, plan.year, value)?;
    }
    place(connection, id, plan.items)?;
    tell(connection, at, JOB, "reserved", id, plan.key)?;
    read(connection, id)
}

/// The next value of each sequence; refused where the plan expects another.
fn numbers(connection: &Connection, plan: &Plan<'_>) -> Result<Vec<(Series, u32)>> {
    let mut numbers = Vec::new();
    for series in series(plan) {
        let next = next(connection, &series, plan.year, series.counter.wanted)?;
        if let Some(wanted) = series.counter.wanted.filter(|wanted| *wanted != next) {
            return Err(StoreError::Number { wanted, next });
        }
        numbers.push((series, next));
    }
    Ok(numbers)
}

fn insert(connection: &Connection, plan: &Plan<'_>, at: Moment) -> Result<IssueId> {
    connection.execute(
        "INSERT INTO issues (key, bulletin, edition, supplement, date, state, reserved) \
         VALUES (?, ?, ?, ?, ?, 'pending', ?)",
        params![plan.key, plan.bulletin, plan.edition, plan.supplement, plan.date, at.0],
    )?;
    Ok(IssueId(connection.last_insert_rowid()))
}

/// A sequence of numbers.
struct Series {
    role: &'static str,
    name: String,
    counter: Counter,
}

impl Series {
    fn period(&self, year: u16) -> u16 {
        match self.counter.scope {
            Scope::Year => year,
            Scope::Founding => 0,
        }
    }
}

/// The sequences in which an issue is counted.
fn series(plan: &Plan<'_>) -> Vec<Series> {
    let kind = if plan.supplement { "supplement" } else { "edition" };
    let name = json!([kind, plan.bulletin, plan.edition]).to_string();
    let number = Series { role: "number", name, counter: plan.number };
    let name = json!(["bulletin", plan.bulletin]).to_string();
    let cumulative = plan.cumulative.map(|counter| Series { role: "cumulative", name, counter });
    [number].into_iter().chain(cumulative).collect()
}

/// The value after the last one that stands, or another one below all where none stands: a sequence that
/// was begun with a wrong number and given up may be begun again.
fn next(connection: &Connection, series: &Series, year: u16, wanted: Option<u32>) -> Result<u32> {
    let sql = "SELECT min(value), max(value), max(iif(state = 'void', NULL, value)) \
               FROM numbers JOIN issues ON issues.id = issue WHERE counter = ? AND period = ?";
    let period = series.period(year);
    let mut row = connection.prepare_cached(sql)?;
    let (least, most, live): (Option<u32>, Option<u32>, Option<u32>) =
        row.query_row(params![series.name, period], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let (Some(least), Some(most)) = (least, most) else { return Ok(series.counter.first.max(1)) };
    if let Some(wanted) = wanted.filter(|wanted| live.is_none() && (1..least).contains(wanted)) {
        return Ok(wanted);
    }
    let sql = "SELECT count(*) FROM numbers WHERE counter = ? AND period = ? AND value = ?";
    let mut used = connection.prepare_cached(sql)?;
    let mut next = live.unwrap_or(most) + 1;
    while used.query_row(params![series.name, period, next], |row| row.get::<_, u32>(0))? > 0 {
        next += 1;
    }
    Ok(next)
}

/// Gives an issue a value of a sequence.
fn give(connection: &Connection, issue: IssueId, series: &Series, year: u16, value: u32) -> Result<()> {
    let sql = "INSERT INTO numbers (counter, period, value, issue, role) VALUES (?, ?, ?, ?, ?)";
    let row = params![series.name, series.period(year), value, issue, series.role];
    connection.prepare_cached(sql)?.execute(row)?;
    Ok(())
}

fn find(connection: &Connection, issue: IssueId) -> Result<Option<Issue>> {
    let number = |role| {
        let mut row = connection.prepare_cached("SELECT value FROM numbers WHERE issue = ? AND role = ?")?;
        row.query_row(params![issue, role], |row| row.get::<_, u32>(0)).optional()
    };
    let sql =
        "SELECT key, date, state, content, file, bulletin, edition, supplement FROM issues WHERE id = ?";
    let row = connection
        .prepare_cached(sql)?
        .query_row([issue], |row| {
            let content: Option<String> = row.get(3)?;
            let file: Option<String> = row.get(4)?;
            Ok(Issue {
                id: issue,
                key: row.get(0)?,
                bulletin: row.get(5)?,
                edition: row.get(6)?,
                supplement: row.get(7)?,
                number: 0,
                cumulative: None,
                date: row.get(1)?,
                state: row.get(2)?,
                file: content.zip(file),
                positions: Vec::new(),
            })
        })
        .optional()?;
    let Some(found) = row else { return Ok(None) };
    let sql = "SELECT positions.item, number FROM positions JOIN revisions ON revisions.id = revision \
               WHERE issue = ? ORDER BY position";
    let mut rows = connection.prepare_cached(sql)?;
    let positions = rows.query_map([issue], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let positions = positions.collect::<Result<_, _>>()?;
    let (number, cumulative) = (number("number")?.unwrap_or(0), number("cumulative")?);
    Ok(Some(Issue { number, cumulative, positions, ..found }))
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
