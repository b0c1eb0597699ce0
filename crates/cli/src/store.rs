//! `store …`: the database of the unattended job is checked, copied, brought back and printed.

use std::io::BufWriter;
use std::path::Path;

use anyhow::{Context as _, anyhow};
use jianbao_model::{Code, Diagnostic, Origin};
use jianbao_pipeline::config::Config;
use jianbao_pipeline::job::{Fault, Lock, Places, refusal};
use jianbao_store::{Finding, Options, Store, StoreError};

use crate::arguments::{Common, StoreTask};
use crate::session::{Session, Stop};
use crate::{job, tasks, terminal};

/// Does the task; the answer is whether nothing was found amiss.
pub(crate) fn perform(session: &Session, task: &StoreTask) -> Result<bool, Stop> {
    match task {
        StoreTask::Check { common } => check(session, common),
        StoreTask::Backup(task) => {
            let (_, store) = open(&task.common)?;
            store.backup(&task.copy, task.force).map_err(|error| stopped(&task.copy, error))?;
            say(session, "store-saved", &task.copy);
            Ok(true)
        }
        StoreTask::Restore(task) => {
            let config = Session::config_or_default(&task.common)?;
            // A run would go on in the file that is put aside.
            let _lock = locked(&config, Lock::take)?;
            let kept = restore(&task.copy, &config, task.force)?;
            say(session, "store-restored", &config.store);
            if let Some(kept) = kept {
                say(session, "store-kept", &kept);
            }
            Ok(true)
        }
        StoreTask::Export { common, output, force } => export(common, output.as_deref(), *force),
    }
}

fn check(session: &Session, common: &Common) -> Result<bool, Stop> {
    let (config, store) = open(common)?;
    let findings = store.check().map_err(|error| stopped(&config.store, error))?;
    for finding in &findings {
        let (id, arguments) = sentence(finding);
        let what = session.messages.text(id, &arguments);
        let told = Diagnostic::new(Code::StoreInconsistent, Origin::File).with("what", what);
        let shown = config.store.display().to_string();
        terminal::line(&terminal::diagnostic(&shown, &told, &session.messages));
    }
    if findings.is_empty() {
        say(session, "store-sound", &config.store);
    }
    Ok(findings.is_empty())
}

/// The missing backup and the missing folder of the store are told apart.
fn restore(copy: &Path, config: &Config, force: bool) -> Result<Option<std::path::PathBuf>, Stop> {
    if !copy.exists() {
        return Err(tasks::missing(copy));
    }
    let options = options(config);
    jianbao_store::restore(copy, &config.store, force, options).map_err(|error| match error {
        StoreError::Damaged(_) | StoreError::Foreign | StoreError::Newer { .. } => stopped(copy, error),
        error => stopped(&config.store, error),
    })
}

fn export(common: &Common, output: Option<&Path>, force: bool) -> Result<bool, Stop> {
    if let Some(output) = output.filter(|output| !force && output.exists()) {
        return Err(tasks::exists(output));
    }
    let (config, store) = open(common)?;
    // Through a spool file, so that the lines of one moment are written at the pace of the reader.
    let mut spool = BufWriter::new(tempfile::tempfile().context("temporary file")?);
    store.export(&mut spool).map_err(|error| stopped(&config.store, error))?;
    let mut spool = spool.into_inner().map_err(|error| anyhow!("{error}"))?;
    tasks::deliver(&mut spool, output, force)?;
    Ok(true)
}

/// Opens the store that the configuration names; these tasks never make one.
pub(crate) fn open(common: &Common) -> Result<(Config, Store), Stop> {
    let config = Session::config_or_default(common)?;
    let options = options(&config);
    let store = Store::open(&config.store, options).map_err(|error| stopped(&config.store, error))?;
    Ok((config, store))
}

/// The same, and makes the store if there is none: an office may begin with a number that is not the first.
pub(crate) fn open_or_make(common: &Common) -> Result<(Config, Store, Option<Lock>), Stop> {
    let config = Session::config_or_default(common)?;
    let lock = locked(&config, Lock::share)?;
    let options = Options { create: true, ..options(&config) };
    let made = config.store.parent().map_or(Ok(()), std::fs::create_dir_all);
    made.map_err(|error| stopped(&config.store, error.into()))?;
    let store = Store::open(&config.store, options).map_err(|error| stopped(&config.store, error))?;
    Ok((config, store, lock))
}

/// The same to change something, with the lock that keeps runs out until it is dropped.
pub(crate) fn open_to_change(common: &Common) -> Result<(Config, Store, Option<Lock>), Stop> {
    let config = Session::config_or_default(common)?;
    let lock = locked(&config, Lock::share)?;
    let (config, store) = open(common)?;
    Ok((config, store, lock))
}

/// A lock against runs; none where no run has made its folder yet.
fn locked(config: &Config, take: fn(&Path) -> Result<Lock, Fault>) -> Result<Option<Lock>, Stop> {
    match take(&Places::new(&config.data).lock()) {
        Ok(lock) => Ok(Some(lock)),
        Err(Fault::Io { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(fault) => Err(job::stopped(config, fault)),
    }
}

fn options(config: &Config) -> Options {
    Options { create: false, allow_fuse: config.store_fuse, ..Options::default() }
}

fn say(session: &Session, id: &str, path: &Path) {
    terminal::line(&session.messages.text(id, &[("path", path.display().to_string())]));
}

/// A refusal of the store with its code.
pub(crate) fn stopped(path: &Path, error: StoreError) -> Stop {
    match refusal(path, &error) {
        Some(told) => Stop::told(path, told),
        None => Stop::Other(error.into()),
    }
}

/// The sentence of a finding and what goes into it.
fn sentence(finding: &Finding) -> (&'static str, Vec<(&'static str, String)>) {
    match finding {
        Finding::Integrity(what) => ("finding-integrity", vec![("what", what.clone())]),
        Finding::Reference { table, count } => {
            ("finding-reference", vec![("table", table.clone()), ("count", count.to_string())])
        }
        Finding::Audit(row) => ("finding-audit", vec![("row", row.to_string())]),
        Finding::Conservation { receipts, accounted } => (
            "finding-conservation",
            vec![("receipts", receipts.to_string()), ("accounted", accounted.to_string())],
        ),
        Finding::Gap { counter, period, missing } => (
            "finding-gap",
            vec![
                ("counter", counter.clone()),
                ("period", period.to_string()),
                ("missing", missing.to_string()),
            ],
        ),
        Finding::Issued(count) => ("finding-issued", vec![("count", count.to_string())]),
    }
}
