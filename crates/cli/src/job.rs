//! `run` and `compose`: the inbox is taken in, and the issue that is due is made.

use std::path::Path;

use indicatif::ProgressBar;
use jianbao_model::{Code, Diagnostic, Origin};
use jianbao_pipeline::batch::{BatchError, Processed};
use jianbao_pipeline::compose;
use jianbao_pipeline::config::Config;
use jianbao_pipeline::job::{
    self, Due, Fault, Inventory, Job, Listener, Lock, Made, Places, Published, Status, Surroundings,
};
use jianbao_pipeline::{plan, time};

use crate::arguments::{Common, Numbering};
use crate::session::{Session, Stop};
use crate::tasks::{self, Gathered};
use crate::{store, terminal};

/// Takes in what is new and makes the issue that is due; the answer is whether all was well.
pub(crate) fn run(
    session: &Session,
    common: &Common,
    numbering: &Numbering,
    plan_file: Option<&Path>,
) -> Result<bool, Stop> {
    let (config, due) = due(common, numbering, plan_file)?;
    let workers = tasks::launch(config.workers, &config)?;
    let around = Surroundings {
        messages: &session.messages,
        clock: time::now,
        jobs: common.jobs.map(usize::from),
        workers: workers.as_ref(),
    };
    let started = time::now();
    let mut status = Status::new(started, 0);
    let (done, lock) = attempt(session, common, numbering, &config, around, &due, &mut status);
    let busy = matches!(&done, Err(stop) if stop.code() == Some(Code::RunBusy.number()));
    if !busy {
        // The run that holds the lock writes its own.
        status = Status { exit: exit(&done), ended: Status::new(started, 0).ended, ..status };
        status.error = done.as_ref().err().and_then(Stop::code);
        if let Err(error) = job::record(&Places::new(&config.data), &status) {
            let told = Diagnostic::new(Code::JobFileFailed, Origin::File).with("what", error);
            session.explain(&Stop::told(&config.data, told.with("path", config.data.display())));
        }
    }
    drop(lock);
    done
}

fn exit(done: &Result<bool, Stop>) -> u8 {
    match done {
        Ok(well) => u8::from(!well),
        Err(stop) => stop.exit_of_job(),
    }
}

/// The configuration, and the issue that it says is due.
fn due(common: &Common, numbering: &Numbering, plan_file: Option<&Path>) -> Result<(Config, Due), Stop> {
    let (path, mut layers) = Session::layers(common, Some(numbering))?;
    let mut choices = None;
    if let Some(file) = plan_file {
        let text = std::fs::read_to_string(file).map_err(|error| tasks::unreadable(file, &error))?;
        let read = plan::read(&text, layers)
            .map_err(|mistakes| Stop::Mistakes { path: file.display().to_string(), mistakes })?;
        choices = Some(read.0);
        layers = read.1;
    }
    let config = Session::config(&path, &layers)?;
    compose::template(&config).map_err(|error| tasks::not_composed(&config, error))?;
    if !config.inbox.is_dir() {
        let missing = Diagnostic::new(Code::FolderMissing, Origin::File).with("path", config.inbox.display());
        return Err(Stop::told(&config.inbox, missing));
    }
    let date = config.issue.date.or_else(time::today);
    let due = Due {
        number: config.issue.number,
        cumulative: config.issue.cumulative,
        date: date.ok_or(Stop::Sentence { id: "config-date-missing" })?,
        supplement: numbering.supplement,
        choices,
        target: numbering.target.output.clone(),
        again: numbering.target.force,
    };
    Ok((config, due))
}

/// A run under the lock, which comes back with the outcome: the status is written under it too.
fn attempt(
    session: &Session,
    common: &Common,
    numbering: &Numbering,
    config: &Config,
    around: Surroundings<'_>,
    due: &Due,
    status: &mut Status,
) -> (Result<bool, Stop>, Option<Lock>) {
    match Job::begin(config, around) {
        Err(fault) => (Err(stopped(config, fault)), None),
        Ok(mut job) => {
            let done = go(session, common, numbering, &mut job, config, due, status);
            (done, Some(job.into_lock()))
        }
    }
}

fn go(
    session: &Session,
    common: &Common,
    numbering: &Numbering,
    job: &mut Job<'_>,
    config: &Config,
    due: &Due,
    status: &mut Status,
) -> Result<bool, Stop> {
    let stop = |fault| stopped(config, fault);
    let run = job.start().map_err(stop)?;
    let mut heard = Heard::new(Gathered::new(session, common, numbering.target.report.is_some()));
    let done = (|| {
        let inventory = job.ingest(&mut heard).map_err(stop)?;
        status.files = Some(inventory);
        let published = job.publish(due).map_err(stop)?;
        conclude(session, numbering, inventory, &published, &mut heard, status)
    })();
    status.exit = exit(&done);
    job.end(run, status).map_err(stop)?;
    done
}

/// Tells what was done, and makes the proofs.
fn conclude(
    session: &Session,
    numbering: &Numbering,
    inventory: Inventory,
    published: &Published,
    heard: &mut Heard<'_>,
    status: &mut Status,
) -> Result<bool, Stop> {
    let messages = &session.messages;
    let gathered = &mut heard.gathered;
    let mut proofs = Ok(Vec::new());
    if let Published::Made(made) = published {
        let Made { path, numbered, composed, duplicates } = made.as_ref();
        let here = std::env::current_dir().unwrap_or_default();
        let shown = path.strip_prefix(here).unwrap_or(path).display().to_string();
        gathered.counts.printed = composed.issue.items().count();
        gathered.counts.duplicates += duplicates;
        gathered.tell(&shown, &composed.diagnostics);
        gathered.report.issue = Some(tasks::issue_report(session, &shown, *numbered, composed));
        proofs = tasks::prove(numbering.proofs, path, &composed.bytes, numbering.target.force);
        status.issue = Some(path.clone());
    }
    let composed = matches!(published, Published::Made(_));
    gathered.finish(composed, numbering.target.report.as_deref())?;
    let counts = [
        ("received", inventory.received),
        ("accepted", inventory.accepted),
        ("duplicate", inventory.duplicate),
        ("quarantined", inventory.quarantined),
        ("waiting", inventory.waiting),
    ];
    let counts = counts.map(|(name, count)| (name, count.to_string()));
    terminal::line(&messages.text("summary-inventory", &counts));
    let here = std::env::current_dir().unwrap_or_default();
    let issue = |path: &Path, numbered: compose::Numbered, items: usize| {
        [
            ("path", path.strip_prefix(&here).unwrap_or(path).display().to_string()),
            ("year", numbered.date.year.to_string()),
            ("number", numbered.number.to_string()),
            ("items", items.to_string()),
        ]
    };
    match published {
        Published::Made(made) => {
            let arguments = issue(&made.path, made.numbered, gathered.counts.printed);
            terminal::line(&messages.text("summary-issue", &arguments));
        }
        Published::Already { path, numbered } => {
            terminal::line(&messages.text("summary-already", &issue(path, *numbered, 0)));
            status.issue = Some(path.clone());
        }
        Published::Nothing => terminal::line(&messages.text("summary-nothing", &[])),
    }
    // The issue is there all the same.
    match &proofs {
        Ok(files) => files.iter().for_each(|path| {
            terminal::line(&messages.text("summary-proof", &[("path", path.clone())]));
        }),
        Err(stop) => session.explain(stop),
    }
    Ok(gathered.counts.with_errors == 0 && heard.returned == 0 && proofs.is_ok())
}

/// What a run tells while it goes on.
struct Heard<'a> {
    gathered: Gathered<'a>,
    bar: ProgressBar,
    /// Files that were set aside.
    returned: usize,
}

impl<'a> Heard<'a> {
    fn new(gathered: Gathered<'a>) -> Self {
        Self { gathered, bar: ProgressBar::hidden(), returned: 0 }
    }
}

impl Listener for Heard<'_> {
    fn begin(&mut self, files: usize) {
        self.bar = terminal::progress(files, &self.gathered.session.messages);
    }

    fn file(&mut self, processed: &Processed) {
        self.bar.inc(1);
        let Self { gathered, bar, .. } = self;
        let again = |told: &&Diagnostic| matches!(told.code, Code::Duplicate | Code::ItemAgain);
        gathered.counts.duplicates += processed.diagnostics.iter().filter(again).count();
        bar.suspend(|| gathered.take(processed));
    }

    fn told(&mut self, path: &str, told: &[Diagnostic]) {
        if told.iter().any(|one| one.code == Code::Ignored) {
            self.gathered.counts.files += 1;
            self.gathered.counts.skipped += 1;
        }
        self.gathered.tell(path, told);
    }

    fn quarantined(&mut self, path: &str, why: &Diagnostic, folder: &Path) {
        self.returned += 1;
        let Self { gathered, bar, .. } = self;
        let messages = &gathered.session.messages;
        let arguments = [("path", path.to_owned()), ("folder", folder.display().to_string())];
        let line = messages.text("summary-returned", &arguments);
        bar.suspend(|| {
            // A file that was read tells itself what is wrong with it.
            if why.code.stage() != jianbao_model::Stage::Read {
                gathered.tell(path, std::slice::from_ref(why));
            }
            terminal::line(&line);
        });
    }

    fn batch(&mut self, told: &[Diagnostic]) {
        self.bar.finish_and_clear();
        self.gathered.tell(tasks::WORKER, told);
    }
}

/// A fault of the job with its code.
fn stopped(config: &Config, fault: Fault) -> Stop {
    let told = |code, path: &Path| Diagnostic::new(code, Origin::File).with("path", path.display());
    match fault {
        Fault::Busy => Stop::told(&config.data, told(Code::RunBusy, &config.data)),
        Fault::Full => Stop::told(&config.data, told(Code::DiskFull, &config.data)),
        Fault::Store(error) => store::stopped(&config.store, error),
        Fault::Io { path, source } => failed(Code::JobFileFailed, Path::new(&path), &source),
        Fault::Output { path, source } => failed(Code::OutputUnwritable, Path::new(&path), &source),
        Fault::Exists(path) => tasks::exists(&path),
        Fault::PlanUnknown(item) => Stop::Words { id: "plan-unknown", arguments: vec![("item", item)] },
        Fault::Compose(error) => tasks::not_composed(config, error),
        Fault::Worker(error) | Fault::Batch(BatchError::Worker(error)) => tasks::no_worker(&error),
        other @ (Fault::Batch(_) | Fault::Json(_) | Fault::Gone) => Stop::Other(other.into()),
    }
}

fn failed(code: Code, path: &Path, source: &std::io::Error) -> Stop {
    let denied = matches!(
        source.kind(),
        std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem
    );
    let code = if denied { Code::OutputUnwritable } else { code };
    let told = Diagnostic::new(code, Origin::File).with("path", path.display()).with("what", source);
    Stop::told(path, told)
}
