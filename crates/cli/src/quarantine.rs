//! `quarantine …`: what was set aside is listed, sent on again, or taken out by hand.

use std::fs::File;

use jianbao_model::{Code, Diagnostic, Origin};
use jianbao_pipeline::config::Config;
use jianbao_pipeline::job::Places;
use jianbao_pipeline::time;
use jianbao_store::{Held, QuarantineId, Store, StoreError};

use crate::arguments::{Common, Lines, QuarantineTask, Release, Retry};
use crate::items::{decision, editor};
use crate::session::{Session, Stop};
use crate::{store, tasks, terminal};

/// Does the task; the answer is always that all was well.
pub(crate) fn perform(session: &Session, task: &QuarantineTask) -> Result<bool, Stop> {
    match task {
        QuarantineTask::List { common, to } => list(session, common, *to),
        QuarantineTask::Retry(task) => retry(session, task),
        QuarantineTask::Release(task) => release(session, task),
    }
}

fn held(config: &Config, store: &Store) -> Result<Vec<Held>, Stop> {
    store.held().map_err(|error| stopped(config, error))
}

fn list(session: &Session, common: &Common, to: Lines) -> Result<bool, Stop> {
    let (config, store) = store::open(common)?;
    let held = held(&config, &store)?;
    if to == Lines::Jsonl {
        let lines = held.iter().map(|one| {
            serde_json::json!({
                "schema": "jianbao.held/1",
                "number": one.id.0,
                "path": one.shown,
                "unit": one.unit,
                "sha256": one.source,
                "code": one.code,
                "stage": one.stage,
                "message": one.detail,
                "held": time::shown(one.held),
            })
        });
        terminal::json_lines(lines)?;
        return Ok(true);
    }
    let rows = held
        .into_iter()
        .map(|one| vec![one.id.0.to_string(), time::shown(one.held), one.code, one.shown, one.detail])
        .collect();
    terminal::list(&["item", "time", "code", "path", "why"], rows, &session.messages)?;
    Ok(true)
}

fn retry(session: &Session, task: &Retry) -> Result<bool, Stop> {
    let (config, mut store, _lock) = store::open_to_change(&task.deciding.common)?;
    let mut ids: Vec<QuarantineId> = if task.all {
        // A file of which nothing was kept and in whose place another has come cannot go on.
        held(&config, &store)?.into_iter().filter(|one| !one.superseded).map(|one| one.id).collect()
    } else {
        task.ids.iter().map(|id| QuarantineId(*id)).collect()
    };
    ids.sort_unstable();
    ids.dedup();
    let editor = editor(session, &task.deciding);
    store.retry_all(&ids, &decision(&editor, &task.deciding)).map_err(|error| stopped(&config, error))?;
    terminal::line(&session.messages.text("held-retried", &[("count", ids.len().to_string())]));
    Ok(true)
}

fn release(session: &Session, task: &Release) -> Result<bool, Stop> {
    let (config, mut store, _lock) = store::open_to_change(&task.deciding.common)?;
    let id = QuarantineId(task.held);
    // The file first: a record that is closed is not listed again.
    if let Some(output) = &task.output
        && let Some(found) = held(&config, &store)?.into_iter().find(|one| one.id == id)
    {
        let original = original(&config, &found);
        let Some(mut original) = original.and_then(|path| File::open(path).ok()) else {
            let told = Diagnostic::new(Code::OriginalMissing, Origin::File).with("path", &found.shown);
            return Err(Stop::told(output, told));
        };
        tasks::write_from(output, &mut original, task.force)?;
    }
    let editor = editor(session, &task.deciding);
    store.release(id, &decision(&editor, &task.deciding)).map_err(|error| stopped(&config, error))?;
    terminal::line(&session.messages.text("held-released", &[("id", id.0.to_string())]));
    Ok(true)
}

/// The original in the archive, or its copy beside the reason where only that was kept.
fn original(config: &Config, held: &Held) -> Option<std::path::PathBuf> {
    if let Some(source) = &held.source {
        return Some(Places::new(&config.data).original(source));
    }
    jianbao_pipeline::job::returned(config, held.receipt, &held.shown)
}

/// Refusals about the quarantine in words, others as everywhere.
fn stopped(config: &Config, error: StoreError) -> Stop {
    match &error {
        StoreError::Refused { subject, state, .. } if subject.starts_with("quarantine ") => {
            let id = subject.trim_start_matches("quarantine ");
            let told = Diagnostic::new(Code::HeldRefused, Origin::File).with("id", id).with("state", state);
            Stop::told(&config.store, told)
        }
        _ => store::stopped(&config.store, error),
    }
}
