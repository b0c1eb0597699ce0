//! `issues …`: the issues and their numbers are listed, one is written again, one is given up; used numbers are noted.

use std::path::PathBuf;

use jianbao_model::issue::Date;
use jianbao_model::{Code, Diagnostic, Origin};
use jianbao_pipeline::compose::Numbered;
use jianbao_pipeline::config::Config;
use jianbao_pipeline::job::{self, Places};
use jianbao_pipeline::time;
use jianbao_store::{Issue, IssueState, Store, StoreError};

use crate::arguments::{Common, Deciding, IssuesTask, Lines, Skip, Void, Write};
use crate::items::{decision, editor};
use crate::session::{Session, Stop};
use crate::{store, tasks, terminal};

/// What is told of an issue, in the order of [`row`].
const COLUMNS: [&str; 7] = ["order", "number", "cumulative", "date", "state", "items", "path"];

/// Does the task; the answer is always that all was well.
pub(crate) fn perform(session: &Session, task: &IssuesTask) -> Result<bool, Stop> {
    match task {
        IssuesTask::List { common, to } => list(session, common, *to),
        IssuesTask::Show { issue, common } => show(session, common, issue),
        IssuesTask::Write(task) => write(session, task),
        IssuesTask::Void(task) => void(session, task),
        IssuesTask::Skip(task) => skip(session, task),
    }
}

fn list(session: &Session, common: &Common, to: Lines) -> Result<bool, Stop> {
    let (config, store) = store::open(common)?;
    let issues = store.issues().map_err(|error| stopped(&config, error))?;
    if to == Lines::Jsonl {
        let lines = issues.iter().map(|issue| {
            serde_json::json!({
                "schema": "jianbao.issue/1",
                "id": issue.id.0,
                "key": issue.key,
                "number": issue.number,
                "cumulative": issue.cumulative,
                "date": issue.date,
                "state": issue.state.name(),
                "file": issue.file.as_ref().map(|(_, file)| file),
                "sha256": issue.file.as_ref().map(|(hash, _)| hash),
                "items": issue.positions.iter().map(|(item, _)| item.0).collect::<Vec<_>>(),
            })
        });
        terminal::json_lines(lines)?;
        return Ok(true);
    }
    let rows = issues.iter().map(|issue| row(session, issue)).collect();
    terminal::list(&COLUMNS, rows, &session.messages)?;
    Ok(true)
}

fn row(session: &Session, issue: &Issue) -> Vec<String> {
    vec![
        order(issue),
        Some(issue.number).filter(|number| *number > 0).map(|number| number.to_string()).unwrap_or_default(),
        issue.cumulative.map(|number| number.to_string()).unwrap_or_default(),
        issue.date.clone(),
        session.messages.text(&format!("state-{}", issue.state.name()), &[]),
        issue.positions.len().to_string(),
        issue.file.as_ref().map(|(_, file)| file.clone()).unwrap_or_default(),
    ]
}

/// How an issue is named without doubt.
fn order(issue: &Issue) -> String {
    format!("#{}", issue.id.0)
}

fn show(session: &Session, common: &Common, word: &str) -> Result<bool, Stop> {
    let (config, store) = store::open(common)?;
    let issue = find(&config, &store, word)?;
    let mut values = row(session, &issue);
    if issue.cumulative.is_none() {
        values[2] = "none".to_owned();
    }
    let arguments: Vec<(&str, String)> = COLUMNS.into_iter().zip(values).collect();
    let mut shown = session.messages.text("issue-head", &arguments) + "\n";
    for (position, (item, revision)) in (1..).zip(&issue.positions) {
        let found = store.item(*item).map_err(|error| stopped(&config, error))?;
        let revisions = store.revisions(*item).map_err(|error| stopped(&config, error))?;
        // As printed, which an edit after it does not change.
        let title = revisions.into_iter().find(|one| one.number == *revision).and_then(|one| one.title);
        let unit = found.and_then(|found| found.unit).unwrap_or_default();
        let arguments = [
            ("position", position.to_string()),
            ("item", item.0.to_string()),
            ("title", title.unwrap_or_default()),
            ("unit", unit),
        ];
        shown.push_str(&(session.messages.text("issue-item", &arguments) + "\n"));
    }
    terminal::print(&shown)?;
    Ok(true)
}

/// Writes an issue again from the copy that was kept: the same bytes, whatever items and layout are now.
fn write(session: &Session, task: &Write) -> Result<bool, Stop> {
    let (config, store) = store::open(&task.common)?;
    let issue = find(&config, &store, &task.issue)?;
    let not_kept = || {
        let told = Diagnostic::new(Code::IssueNotKept, Origin::File).with("issue", &task.issue);
        Stop::told(&config.store, told)
    };
    let (content, file) = issue.file.ok_or_else(not_kept)?;
    let kept = Places::new(&config.data).kept_issue(&content).ok_or_else(not_kept)?;
    let path = task.output.clone().unwrap_or_else(|| PathBuf::from(file));
    if std::fs::read(&path).is_ok_and(|found| found == kept) {
        terminal::line(&session.messages.text("issue-there", &[("path", path.display().to_string())]));
        return Ok(true);
    }
    tasks::write_from(&path, &mut &kept[..], task.force)?;
    terminal::line(&session.messages.text("issue-written", &[("path", path.display().to_string())]));
    Ok(true)
}

fn void(session: &Session, task: &Void) -> Result<bool, Stop> {
    let (config, mut store, _lock) = store::open_to_change(&task.deciding.common)?;
    let issue = find(&config, &store, &task.issue)?;
    require_reason(&task.deciding, "void-needs-reason")?;
    let editor = editor(session, &task.deciding);
    store.void(issue.id, &decision(&editor, &task.deciding)).map_err(|error| stopped(&config, error))?;
    let arguments = [("number", issue.number.to_string()), ("items", issue.positions.len().to_string())];
    terminal::line(&session.messages.text("issue-void", &arguments));
    if let Some((_, file)) = issue.file {
        terminal::line(&session.messages.text("issue-file-stays", &[("path", file)]));
    }
    Ok(true)
}

/// Refuses, with this sentence, what is done without a reason.
fn require_reason(by: &Deciding, sentence: &'static str) -> Result<(), Stop> {
    match by.reason.as_deref().map(str::trim) {
        None | Some("") => Err(Stop::Sentence { id: sentence }),
        Some(_) => Ok(()),
    }
}

/// Notes the numbers up to one that was printed without the program, or that a restored store has lost: the
/// next issue has the one after it.
fn skip(session: &Session, task: &Skip) -> Result<bool, Stop> {
    require_reason(&task.deciding, "skip-needs-reason")?;
    let (config, mut store, _lock) = store::open_or_make(&task.deciding.common)?;
    let date = match &task.date {
        None => config.issue.date.or_else(time::today),
        Some(date) => {
            let wrong = Stop::Words { id: "config-date", arguments: vec![("key", "--date".to_owned())] };
            Some(Date::from_iso(date).ok_or(wrong)?)
        }
    };
    let last = Numbered {
        number: task.number,
        cumulative: task.cumulative,
        date: date.ok_or(Stop::Sentence { id: "config-date-missing" })?,
        supplement: task.supplement,
    };
    let editor = editor(session, &task.deciding);
    let skipped = job::skip(&mut store, &config, last, &decision(&editor, &task.deciding))
        .map_err(|error| stopped(&config, error))?;
    let arguments = [("count", skipped.to_string()), ("number", task.number.to_string())];
    let id = if skipped == 0 { "issue-not-skipped" } else { "issue-skipped" };
    terminal::line(&session.messages.text(id, &arguments));
    Ok(true)
}

/// The issue of a number (`12`), of a year and a number (`2025-12`), or of its place in the list (`#3`). Of
/// several the one that was not given up; more than one is doubtful.
fn find(config: &Config, store: &Store, word: &str) -> Result<Issue, Stop> {
    let mut found = store.issues().map_err(|error| stopped(config, error))?;
    let (year, number) = word.split_once('-').map_or((None, word), |(year, number)| (Some(year), number));
    let number = number.parse::<u32>().ok();
    found.retain(|issue| {
        let of_year = year.is_none_or(|year| issue.date.starts_with(&format!("{year}-")));
        order(issue) == word || (number == Some(issue.number) && of_year)
    });
    if found.iter().any(|issue| issue.state != IssueState::Void) {
        found.retain(|issue| issue.state != IssueState::Void);
    }
    let told = |code| Diagnostic::new(code, Origin::File).with("issue", word);
    match found.len() {
        0 => Err(Stop::told(&config.store, told(Code::IssueUnknown))),
        1 => Ok(found.remove(0)),
        count => {
            let all: Vec<String> =
                found.iter().map(|issue| format!("{}（{}）", order(issue), issue.key)).collect();
            let told = told(Code::IssueAmbiguous).with("count", count).with("all", all.join("、"));
            Err(Stop::told(&config.store, told))
        }
    }
}

/// Refusals about issues in words, others as everywhere.
fn stopped(config: &Config, error: StoreError) -> Stop {
    match &error {
        StoreError::Refused { subject, state, .. } if subject.starts_with("issue ") => {
            let told = Diagnostic::new(Code::IssueRefused, Origin::File).with("state", state);
            Stop::told(&config.store, told)
        }
        _ => store::stopped(&config.store, error),
    }
}
