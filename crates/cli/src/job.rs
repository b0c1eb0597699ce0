//! `run`, `compose` and `job`: the inbox is taken in, the issue that is due is made, and what else an office
//! has done by the clock, each under the same lock and with the same account of it.

use std::path::{Path, PathBuf};

use indicatif::ProgressBar;
use jianbao_model::{Code, Diagnostic, Origin};
use jianbao_pipeline::batch::{BatchError, Processed};
use jianbao_pipeline::compose::{self, Choice};
use jianbao_pipeline::config::{Config, Task};
use jianbao_pipeline::job::{
    self, Due, Fault, Inventory, Job, Listener, Lock, Made, Places, Publication, Published, Status,
    Surroundings,
};
use jianbao_pipeline::{plan, time, typed};

use crate::arguments::{Common, Compose, Half, Jobs, Numbering, Run};
use crate::session::{Session, Stop};
use crate::tasks::{self, Gathered};
use crate::{store, terminal};

/// What is to be done, and with what.
struct Order<'a> {
    common: &'a Common,
    numbering: &'a Numbering,
    config: Config,
    tasks: Vec<Task>,
    /// The issue that is due, where one is to be made.
    due: Option<Due>,
    /// The plan of that issue.
    plan: Option<&'a Path>,
}

/// `run`: takes in what is new and makes the issue that is due, or does one half of it. The answer is
/// whether all was well.
pub(crate) fn run(session: &Session, task: &Run) -> Result<bool, Stop> {
    let tasks = match task.only {
        None => vec![Task::Ingest, Task::Compose],
        Some(Half::Ingest) => vec![Task::Ingest],
        Some(Half::Compose) => vec![Task::Compose],
    };
    let (path, layers) = Session::layers(&task.common, Some(&task.numbering))?;
    let config = Session::config(&path, &layers)?;
    perform(session, &order(&task.common, &task.numbering, config, tasks, None)?)
}

/// `compose`: the same with items that a plan chooses.
pub(crate) fn compose(session: &Session, task: &Compose) -> Result<bool, Stop> {
    let (path, mut layers) = Session::layers(&task.common, Some(&task.numbering))?;
    let mut choices = None;
    if let Some(file) = &task.plan {
        let text = typed::read(file).map_err(|error| tasks::unreadable(file, &error))?;
        let read = plan::read(&text, layers)
            .map_err(|mistakes| Stop::Mistakes { path: file.display().to_string(), mistakes })?;
        choices = Some(read.0);
        layers = read.1;
    }
    let config = Session::config(&path, &layers)?;
    let tasks = vec![Task::Ingest, Task::Compose];
    let order = order(&task.common, &task.numbering, config, tasks, choices)?;
    perform(session, &Order { plan: task.plan.as_deref(), ..order })
}

/// `job`: what the configuration has under these names, in the order of the names.
pub(crate) fn named(session: &Session, task: &Jobs) -> Result<bool, Stop> {
    let (path, layers) = Session::layers(&task.common, None)?;
    let config = Session::config(&path, &layers)?;
    require_known(&config, &task.names)?;
    let entry = |name: &String| config.jobs.iter().find(|entry| entry.name == *name);
    let tasks = task.names.iter().filter_map(entry).map(|entry| entry.task.clone()).collect();
    perform(session, &order(&task.common, &Numbering::default(), config, tasks, None)?)
}

/// Refuses names that the configuration does not have.
pub(crate) fn require_known(config: &Config, names: &[String]) -> Result<(), Stop> {
    let known: Vec<&str> = config.jobs.iter().map(|entry| entry.name.as_str()).collect();
    match names.iter().find(|name| !known.contains(&name.as_str())) {
        None => Ok(()),
        Some(name) => Err(Stop::Words {
            id: "job-unknown",
            arguments: vec![("name", name.clone()), ("known", known.join("、"))],
        }),
    }
}

/// The tasks with what they need. Whether they can be done is seen under the lock, so that it is in the status.
fn order<'a>(
    common: &'a Common,
    numbering: &'a Numbering,
    config: Config,
    tasks: Vec<Task>,
    choices: Option<Vec<Choice>>,
) -> Result<Order<'a>, Stop> {
    let mut due = None;
    if tasks.contains(&Task::Compose) {
        let date = config.issue.date.or_else(time::today);
        // The numbers of the configuration are those of the bulletin, not of its supplements.
        let number = if numbering.supplement { numbering.number } else { config.issue.number };
        due = Some(Due {
            number,
            cumulative: config.issue.cumulative,
            date: date.ok_or(Stop::Sentence { id: "config-date-missing" })?,
            by_clock: config.issue.date.is_none(),
            supplement: numbering.supplement,
            choices,
            target: numbering.target.output.clone(),
            again: numbering.target.force,
        });
    }
    Ok(Order { common, numbering, config, tasks, due, plan: None })
}

fn perform(session: &Session, order: &Order<'_>) -> Result<bool, Stop> {
    let config = &order.config;
    let reads = order.tasks.iter().any(|task| matches!(task, Task::Ingest | Task::Compose));
    let workers = tasks::launch(config.workers && reads, config)?;
    let around = Surroundings {
        messages: &session.messages,
        clock: time::now,
        jobs: order.common.jobs.map(usize::from),
        workers: workers.as_ref(),
    };
    let started = time::now();
    let mut status = Status::new(started, 0);
    status.tasks = order.tasks.iter().map(Task::word).collect();
    let (done, lock) = attempt(session, order, around, &mut status);
    let busy = matches!(&done, Err(stop) if stop.code() == Some(Code::RunBusy.number()));
    if !busy {
        // The run that holds the lock writes its own.
        status = Status { exit: exit(&done), ended: Status::new(started, 0).ended, ..status };
        status.error = done.as_ref().err().and_then(Stop::code);
        if let Err(error) = job::record(&Places::new(&config.data), &status) {
            let told = Diagnostic::new(Code::JobFileFailed, Origin::File).with("what", error);
            let unwritten = Stop::told(&config.data, told.with("path", config.data.display()));
            // Who looks at the status would not learn of this run: it does not count as done.
            if done.is_ok() {
                return Err(unwritten);
            }
            session.explain(&unwritten);
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

/// What the tasks of a run have done so far.
#[derive(Default)]
struct Done {
    inventory: Option<Inventory>,
    published: Option<Publication>,
    tables: Vec<PathBuf>,
    backup: Option<PathBuf>,
}

/// A run under the lock, which comes back with the outcome: the status is written under it too.
fn attempt(
    session: &Session,
    order: &Order<'_>,
    around: Surroundings<'_>,
    status: &mut Status,
) -> (Result<bool, Stop>, Option<Lock>) {
    match Job::begin(&order.config, around) {
        Err(fault) => (Err(stopped(&order.config, fault)), None),
        Ok(mut job) => {
            let done = go(session, order, &mut job, status);
            (done, Some(job.into_lock()))
        }
    }
}

fn go(session: &Session, order: &Order<'_>, job: &mut Job<'_>, status: &mut Status) -> Result<bool, Stop> {
    let stop = |fault| stopped(&order.config, fault);
    let run = job.start().map_err(stop)?;
    let gathered = Gathered::new(session, order.common, order.numbering.target.report.is_some());
    let mut heard = Heard::new(gathered);
    let mut done = Done::default();
    let mut failed = work(job, order, &mut done, &mut heard).into_iter();
    status.files = done.inventory;
    // What was done beside a task that failed is told all the same.
    let concluded = conclude(session, order.numbering, &done, &mut heard, status);
    let ended = match failed.next() {
        None => concluded,
        Some(first) => {
            failed.chain(concluded.err()).for_each(|other| session.explain(&other));
            Err(first)
        }
    };
    status.exit = exit(&ended);
    job.end(run, status).map_err(stop)?;
    ended
}

/// Does the tasks in their order, and says which failed. Without what came there is no issue; statistics and
/// backups hang on no other task.
fn work(job: &mut Job<'_>, order: &Order<'_>, done: &mut Done, heard: &mut Heard<'_>) -> Vec<Stop> {
    let stop = |fault| stopped(&order.config, fault);
    let mut failed = Vec::new();
    let mut taken_in = true;
    for task in &order.tasks {
        let worked = match task {
            Task::Ingest => {
                let ingested = ingest(job, &order.config, heard);
                taken_in = ingested.is_ok();
                ingested.map(|inventory| done.inventory = Some(inventory))
            }
            Task::Compose if !taken_in => continue,
            Task::Compose => publish(job, order).map(|published| done.published = published),
            Task::Statistics { output, days } => {
                job.statistics(output, *days).map(|tables| done.tables.extend(tables)).map_err(stop)
            }
            Task::Backup { folder, keep } => {
                job.backup(folder, *keep).map(|copy| done.backup = Some(copy)).map_err(stop)
            }
        };
        failed.extend(worked.err());
    }
    failed
}

fn ingest(job: &mut Job<'_>, config: &Config, heard: &mut Heard<'_>) -> Result<Inventory, Stop> {
    let about = |code| Diagnostic::new(code, Origin::File).with("path", config.inbox.display());
    if !config.inbox.is_dir() {
        return Err(Stop::told(&config.inbox, about(Code::FolderMissing)));
    }
    let inventory = job.ingest(heard).map_err(|fault| stopped(config, fault))?;
    if inventory == Inventory::default() {
        heard.gathered.tell("", &[about(Code::NothingFound)]);
    }
    Ok(inventory)
}

fn publish(job: &mut Job<'_>, order: &Order<'_>) -> Result<Option<Publication>, Stop> {
    let Order { config, due, plan, .. } = order;
    let plan = plan.unwrap_or(Path::new(""));
    // Before a number is taken.
    compose::template(config).map_err(|error| tasks::not_composed(config, error))?;
    due.as_ref().map(|due| job.publish(due)).transpose().map_err(|fault| match fault {
        Fault::Plan(mistakes) => Stop::Mistakes { path: plan.display().to_string(), mistakes },
        Fault::PlanNotFollowed(number) => {
            let told = Diagnostic::new(Code::PlanNotFollowed, Origin::File).with("number", number);
            Stop::told(plan, told)
        }
        other => stopped(config, other),
    })
}

/// Tells what was done, and makes the proofs.
fn conclude(
    session: &Session,
    numbering: &Numbering,
    done: &Done,
    heard: &mut Heard<'_>,
    status: &mut Status,
) -> Result<bool, Stop> {
    let messages = &session.messages;
    let gathered = &mut heard.gathered;
    let mut proofs = Ok(Vec::new());
    // Of a report that cannot be written is told after what was done.
    let mut reported = Ok(());
    let mut made: Vec<&Made> = Vec::new();
    if let Some(Publication { finished, due }) = &done.published {
        made.extend(finished);
        match due {
            Published::Made(due) => {
                made.push(due);
                proofs =
                    tasks::prove(numbering.proofs, &due.path, &due.composed.bytes, numbering.target.force);
            }
            Published::Already { path, bytes: Some(bytes), .. } => {
                proofs = tasks::prove(numbering.proofs, path, bytes, numbering.target.force);
            }
            Published::Already { .. } | Published::Nothing => {}
        }
    }
    for Made { path, numbered, composed, duplicates } in &made {
        let shown = shown(path);
        gathered.counts.printed += composed.issue.items().count();
        gathered.counts.duplicates += duplicates;
        gathered.tell(&shown, &composed.diagnostics);
        gathered.report.issue = Some(tasks::issue_report(session, &shown, *numbered, composed));
        status.issue = Some(path.clone());
    }
    let composed = !made.is_empty();
    if done.inventory.is_some() || done.published.is_some() {
        reported = gathered.finish(composed, numbering.target.report.as_deref());
    }
    if let Some(inventory) = done.inventory {
        let counts = [
            ("received", inventory.received),
            ("accepted", inventory.accepted),
            ("duplicate", inventory.duplicate),
            ("quarantined", inventory.quarantined),
            ("waiting", inventory.waiting),
        ];
        let counts = counts.map(|(name, count)| (name, count.to_string()));
        terminal::line(&messages.text("summary-inventory", &counts));
    }
    let issue = |path: &Path, numbered: compose::Numbered, items: usize| {
        [
            ("path", shown(path)),
            ("year", numbered.date.year.to_string()),
            ("number", numbered.number.to_string()),
            ("items", items.to_string()),
        ]
    };
    for made in &made {
        let items = made.composed.issue.items().count();
        terminal::line(&messages.text("summary-issue", &issue(&made.path, made.numbered, items)));
    }
    match done.published.as_ref().map(|published| &published.due) {
        Some(Published::Already { path, numbered, .. }) => {
            let id = if path.is_file() { "summary-already" } else { "summary-already-missing" };
            terminal::line(&messages.text(id, &issue(path, *numbered, 0)));
            status.issue = Some(path.clone());
        }
        Some(Published::Nothing) => terminal::line(&messages.text("summary-nothing", &[])),
        Some(Published::Made(_)) | None => {}
    }
    // The issue is there all the same.
    match &proofs {
        Ok(files) => files.iter().for_each(|path| {
            terminal::line(&messages.text("summary-proof", &[("path", path.clone())]));
        }),
        Err(stop) => session.explain(stop),
    }
    let tables = done.tables.iter().map(|path| ("summary-statistics", path));
    for (id, path) in tables.chain(done.backup.iter().map(|path| ("store-saved", path))) {
        terminal::line(&messages.text(id, &[("path", shown(path))]));
    }
    reported?;
    Ok(gathered.counts.with_errors == 0 && heard.returned == 0 && proofs.is_ok())
}

/// A path as it is told: from the current folder on, where it lies in it.
fn shown(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(here).unwrap_or(path).display().to_string()
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
        // A file that was not read: it counts, and the report has it.
        self.gathered.take(&Processed {
            path: path.to_owned(),
            source: None,
            bytes: 0,
            format: None,
            submission: None,
            diagnostics: told.to_vec(),
            skipped: true,
            shown: None,
        });
    }

    fn quarantined(&mut self, path: &str, untold: Option<&Diagnostic>, folder: &Path) {
        self.returned += 1;
        let Self { gathered, bar, .. } = self;
        let messages = &gathered.session.messages;
        let arguments = [("path", path.to_owned()), ("folder", folder.display().to_string())];
        let line = messages.text("summary-returned", &arguments);
        bar.suspend(|| {
            gathered.tell(path, untold.map(std::slice::from_ref).unwrap_or_default());
            terminal::line(&line);
        });
    }

    fn batch(&mut self, told: &[Diagnostic]) {
        self.bar.finish_and_clear();
        self.gathered.tell(tasks::WORKER, told);
    }
}

/// A fault of the job with its code.
pub(crate) fn stopped(config: &Config, fault: Fault) -> Stop {
    let told = |code, path: &Path| Diagnostic::new(code, Origin::File).with("path", path.display());
    match fault {
        Fault::Busy => Stop::told(&config.data, told(Code::RunBusy, &config.data)),
        Fault::InboxBare => Stop::told(&config.inbox, told(Code::InboxBare, &config.inbox)),
        Fault::Full => Stop::told(&config.data, told(Code::DiskFull, &config.data)),
        Fault::Store(error) => store::stopped(&config.store, error),
        Fault::Io { path, source } => failed(Code::JobFileFailed, &path, &source),
        Fault::Output { path, source } => failed(Code::OutputUnwritable, &path, &source),
        Fault::Exists(path) => tasks::exists(&path),
        Fault::NumberInUse { number, path } => {
            Stop::told(&path, told(Code::NumberInUse, &path).with("number", number))
        }
        Fault::DateWentBack { date, last } => {
            let told = told(Code::DateWentBack, &config.output).with("date", date).with("last", last);
            Stop::told(&config.output, told)
        }
        Fault::Compose(error) => tasks::not_composed(config, error),
        Fault::Worker(error) | Fault::Batch(BatchError::Worker(error)) => tasks::no_worker(&error),
        // A plan's mistakes are told where its name is known.
        other @ (Fault::Batch(_)
        | Fault::Json(_)
        | Fault::Gone
        | Fault::Plan(_)
        | Fault::PlanNotFollowed(_)) => Stop::Other(other.into()),
    }
}

fn failed(code: Code, path: &str, source: &std::io::Error) -> Stop {
    let denied = matches!(
        source.kind(),
        std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem
    );
    let code = if denied { Code::OutputUnwritable } else { code };
    let told = Diagnostic::new(code, Origin::File).with("path", path).with("what", source);
    Stop::told(Path::new(path), told)
}
