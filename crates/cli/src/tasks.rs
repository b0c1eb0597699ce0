//! The commands, each a short walk through the pipeline.

use std::io::Write as _;
use std::path::Path;

use anyhow::{Context as _, anyhow};
use jianbao_model::{Code, Diagnostic, Item, Origin, Severity};
use jianbao_pipeline::batch::{self, BatchError, Kind, Options, Password, Processed};
use jianbao_pipeline::compare;
use jianbao_pipeline::compose::{ComposeError, Composed, Numbered};
use jianbao_pipeline::config::{self, Config};
use jianbao_pipeline::inbox::{self, Found};
use jianbao_pipeline::output::{self, OutputError};
use jianbao_pipeline::proof::{self, Program, ProofError};
use jianbao_pipeline::record::{self, SubmissionRecord};
use jianbao_pipeline::report::{Counts, FileReport, IssueReport, Report};
use jianbao_pipeline::text;
use jianbao_pipeline::worker::{Launch, WorkerError};
use jianbao_publish::{Placeholder, Template};

use crate::arguments::{Check, Common, Convert, Import, Proofs, Target};
use crate::session::{Session, Stop};
use crate::terminal;

/// Why an issue was not made.
pub(crate) fn not_composed(config: &Config, error: ComposeError) -> Stop {
    match error {
        ComposeError::Empty(told) => Stop::told(&config.inbox, *told),
        ComposeError::Template { path, told } => Stop::told(&path, *told),
        ComposeError::Render(error) => Stop::Other(error.into()),
    }
}

/// Makes the proofs that are wanted and writes them beside the issue: `….pdf`, `…-1.png`.
pub(crate) fn prove(wanted: Proofs, issue: &Path, docx: &[u8], force: bool) -> Result<Vec<String>, Stop> {
    if !wanted.pdf && !wanted.png {
        return Ok(Vec::new());
    }
    let failed = |error| match error {
        ProofError::Missing(Program { name, package }) => Stop::told(
            issue,
            Diagnostic::new(Code::ProgramMissing, Origin::File)
                .with("program", name)
                .with("package", package),
        ),
        ProofError::Failed { program, what } => Stop::told(
            issue,
            Diagnostic::new(Code::ProofFailed, Origin::File).with("program", program.name).with("what", what),
        ),
        ProofError::Io(error) => Stop::Other(error.into()),
    };
    let pdf = proof::pdf(docx).map_err(failed)?;
    let mut files = Vec::new();
    if wanted.png {
        let stem = issue.file_stem().unwrap_or_default().to_string_lossy();
        let pages = (1..).zip(proof::pictures(&pdf).map_err(failed)?);
        files
            .extend(pages.map(|(number, page)| (issue.with_file_name(format!("{stem}-{number}.png")), page)));
    }
    if wanted.pdf {
        files.insert(0, (issue.with_extension("pdf"), pdf));
    }
    for (path, bytes) in &files {
        write_output(path, bytes, force)?;
    }
    Ok(files.into_iter().map(|(path, _)| path.display().to_string()).collect())
}

/// `import`: an issue becomes items again; beside the one that was printed they get their ids back.
pub(crate) fn import(session: &Session, task: &Import) -> Result<bool, Stop> {
    let Some(file) = &task.against else {
        return convert(session, &task.issue, Kind::Issue, None);
    };
    if !is_one_file(&task.issue.paths) {
        return Err(Stop::Sentence { id: "against-one-file" });
    }
    let config = Session::config_or_default(&task.issue.common)?;
    let mut printed = Vec::new();
    let mut gathered = Gathered::new(session, &task.issue.common, false);
    gathered.quiet = true;
    gathered.process(&found(std::slice::from_ref(file))?, Kind::Issue, &config, |processed| {
        printed.extend(processed.submission.iter().flat_map(|submission| submission.items.iter().cloned()));
        Ok(())
    })?;
    if printed.is_empty() {
        return Err(Stop::Sentence { id: "against-empty" });
    }
    convert(session, &task.issue, Kind::Issue, Some(&printed))
}

/// Gives the items of an issue the ids of those that were printed, and tells what was changed.
fn reconcile(session: &Session, printed: &[Item], processed: &mut Processed) {
    let Some(submission) = &mut processed.submission else { return };
    let changes = compare::reconcile(printed, &mut submission.items);
    for change in &changes {
        terminal::line(&session.messages.change(change, printed, &submission.items));
    }
    let id = if changes.is_empty() { "change-none" } else { "change-count" };
    terminal::line(&session.messages.text(id, &[("count", changes.len().to_string())]));
}

/// `convert` and `import`: files become records, text or Markdown.
pub(crate) fn convert(
    session: &Session,
    task: &Convert,
    kind: Kind,
    printed: Option<&[Item]>,
) -> Result<bool, Stop> {
    let config = Session::config_or_default(&task.common)?;
    let files = found(&task.paths)?;
    let password = for_one_file(task.password.as_ref(), &task.paths)?;
    if let Some(target) = task.target.output.as_deref().filter(|target| !task.target.force && target.exists())
    {
        return Err(exists(target));
    }
    // Output goes through a spool file, so that a batch of any size needs no memory and a target file
    // appears whole or not at all.
    let mut spool = std::io::BufWriter::new(tempfile::tempfile().context("temporary file")?);
    let workers = launch(task.isolate, &config)?;
    let mut gathered = Gathered::new(session, &task.common, task.target.report.is_some());
    gathered.workers = workers.as_ref();
    gathered.password = password;
    gathered.keep_text = task.to == Target::Text && kind == Kind::Submission;
    gathered.quiet = task.target.output.is_none() && task.to == Target::Jsonl;
    gathered.process(&files, kind, &config, |processed| {
        if let Some(printed) = printed {
            reconcile(session, printed, processed);
        }
        let text = converted(session, processed, task.to, kind)?;
        spool.write_all(text.as_bytes()).context("temporary file")
    })?;
    let mut spool = spool.into_inner().map_err(|error| anyhow!("{error}"))?;
    deliver(&mut spool, task.target.output.as_deref(), task.target.force)?;
    gathered.finish(false, task.target.report.as_deref())?;
    Ok(gathered.counts.with_errors == 0)
}

/// `check`: diagnostics only.
pub(crate) fn check(session: &Session, task: &Check) -> Result<bool, Stop> {
    let config = Session::config_or_default(&task.common)?;
    let files = found(&task.paths)?;
    let password = for_one_file(task.password.as_ref(), &task.paths)?;
    let workers = launch(task.isolate, &config)?;
    let mut gathered = Gathered::new(session, &task.common, task.report.is_some());
    gathered.workers = workers.as_ref();
    gathered.password = password;
    gathered.process(&files, Kind::Submission, &config, |_| Ok(()))?;
    gathered.finish(false, task.report.as_deref())?;
    Ok(gathered.counts.with_errors == 0)
}

/// `layout check`: the places where a Word file is not as the layout has it; the answer is whether there
/// are none.
pub(crate) fn check_layout(session: &Session, file: &Path, common: &Common) -> Result<bool, Stop> {
    let config = Session::config_or_default(common)?;
    let bytes = std::fs::read(file).map_err(|error| unreadable(file, &error))?;
    let mut count = 0_usize;
    let mut printed = Ok(());
    let mut print = |deviation| {
        count += 1;
        if printed.is_ok() {
            printed = terminal::print(&(session.messages.deviation(&deviation) + "\n"));
        }
    };
    jianbao_publish::inspect(&bytes, &config.style, &mut print).map_err(|error| {
        Stop::told(file, Diagnostic::new(Code::Damaged, Origin::File).with("what", error))
    })?;
    printed?;
    let counted = if count == 0 { "layout-kept" } else { "layout-not-kept" };
    terminal::line(&session.messages.text(counted, &[("count", count.to_string())]));
    Ok(count == 0)
}

/// `layout template`: which placeholders a Word file has and which it has not; the answer is whether
/// nothing about them is doubtful.
pub(crate) fn show_template(session: &Session, file: &Path) -> Result<bool, Stop> {
    let bytes = std::fs::read(file).map_err(|error| unreadable(file, &error))?;
    let template = Template::read(&bytes).map_err(|error| Stop::told(file, error.diagnostic()))?;
    let found: Vec<Placeholder> = template.placeholders().collect();
    let (has, lacks): (Vec<_>, Vec<_>) =
        Placeholder::ALL.into_iter().partition(|known| found.contains(known));
    for (id, all) in [("layout-template-has", has), ("layout-template-lacks", lacks)] {
        if !all.is_empty() {
            let names: Vec<&str> = all.into_iter().map(Placeholder::name).collect();
            terminal::print(&(session.messages.text(id, &[("names", names.join(" "))]) + "\n"))?;
        }
    }
    let shown = file.display().to_string();
    let doubts = template.diagnostics();
    for told in &doubts {
        terminal::line(&terminal::diagnostic(&shown, told, &session.messages));
    }
    Ok(doubts.is_empty())
}

/// `layout show`: the measures in the form of the configuration file.
pub(crate) fn show_layout(session: &Session, common: &Common) -> Result<bool, Stop> {
    let config = Session::config_or_default(common)?;
    let mut lines = Vec::new();
    let mut open = "";
    for (key, value, sentence) in config::layout_values(&config) {
        let (table, name) = key.rsplit_once('.').unwrap_or(("", key));
        if table != open {
            lines.push(format!("{}[{table}]", if open.is_empty() { "" } else { "\n" }));
            open = table;
        }
        lines.push(format!("{name} = {value}  # {}", session.messages.text(sentence, &[])));
    }
    terminal::print(&(lines.join("\n") + "\n"))?;
    Ok(true)
}

/// `config show`: every value, and where it comes from.
pub(crate) fn show_config(session: &Session, common: &Common, origin: bool) -> Result<bool, Stop> {
    let (path, layers) = Session::layers(common, None)?;
    let mut text = String::new();
    for (key, value, layer) in layers.values() {
        text.push_str(&format!("{key} = {value}"));
        if origin {
            text.push_str(&format!("    # {}", session.messages.layer(&layer)));
        }
        text.push('\n');
    }
    terminal::print(&text)?;
    Session::config(&path, &layers)?;
    Ok(true)
}

/// What a run gathers while the files come by.
pub(crate) struct Gathered<'a> {
    pub(crate) session: &'a Session,
    jobs: Option<usize>,
    verbose: bool,
    wants_report: bool,
    keep_text: bool,
    password: Option<&'a Password>,
    workers: Option<&'a Launch>,
    /// Whether diagnostics are in the output already.
    quiet: bool,
    pub(crate) counts: Counts,
    notes: usize,
    pub(crate) report: Report,
}

impl<'a> Gathered<'a> {
    pub(crate) fn new(session: &'a Session, common: &Common, wants_report: bool) -> Self {
        Self {
            session,
            jobs: common.jobs.map(usize::from),
            verbose: common.verbose,
            wants_report,
            keep_text: false,
            password: None,
            workers: None,
            quiet: false,
            counts: Counts::default(),
            notes: 0,
            report: Report {
                schema: "jianbao.report/1",
                counts: Counts::default(),
                issue: None,
                files: Vec::new(),
            },
        }
    }

    fn process(
        &mut self,
        files: &[Found],
        kind: Kind,
        config: &Config,
        mut each: impl FnMut(&mut Processed) -> anyhow::Result<()> + Send,
    ) -> Result<(), Stop> {
        let bar = terminal::progress(files.len(), &self.session.messages);
        let options = Options {
            kind,
            jobs: self.jobs,
            keep_text: self.keep_text,
            password: self.password,
            workers: self.workers,
        };
        let mut failed = None;
        let told = batch::process(files, options, config, |mut processed| {
            bar.inc(1);
            bar.suspend(|| self.take(&processed));
            if failed.is_none() {
                failed = each(&mut processed).err();
            }
        })
        .map_err(|error| match error {
            BatchError::Worker(error) => no_worker(&error),
            error @ BatchError::Threads(_) => Stop::Other(error.into()),
        })?;
        bar.finish_and_clear();
        self.tell(WORKER, &told);
        failed.map_or(Ok(()), |error| Err(Stop::Other(error)))
    }

    pub(crate) fn take(&mut self, processed: &Processed) {
        self.counts.add(processed);
        if self.wants_report {
            self.report.files.push(FileReport::new(processed, &self.session.messages));
        }
        self.tell(&processed.path, &processed.diagnostics);
    }

    /// Shows diagnostics; notes only when they are asked for.
    pub(crate) fn tell(&mut self, path: &str, diagnostics: &[Diagnostic]) {
        for told in diagnostics {
            let note = told.severity == Severity::Note;
            self.notes += usize::from(note);
            if !self.quiet && (self.verbose || !note) {
                terminal::line(&terminal::diagnostic(path, told, &self.session.messages));
            }
        }
    }

    pub(crate) fn finish(&mut self, composed: bool, report: Option<&Path>) -> Result<(), Stop> {
        let messages = &self.session.messages;
        if !self.verbose && !self.quiet && self.notes > 0 {
            terminal::line(&messages.text("summary-notes-hidden", &[("count", self.notes.to_string())]));
        }
        terminal::line(&terminal::summary(&self.counts, composed, messages));
        if let Some(path) = report {
            self.report.counts = self.counts;
            let json = serde_json::to_string_pretty(&self.report).context("report")? + "\n";
            // A report tells of the last run; it replaces the one before.
            write_output(path, json.as_bytes(), true)?;
        }
        Ok(())
    }
}

/// What messages about the worker processes are about.
pub(crate) const WORKER: &str = "jianbao worker";

/// How worker processes are started, where they are wanted.
pub(crate) fn launch(wanted: bool, config: &Config) -> Result<Option<Launch>, Stop> {
    wanted.then(|| Launch::own(config.worker_limits)).transpose().map_err(|error| no_worker(&error))
}

/// A job that was to be shut in is not done otherwise in silence.
pub(crate) fn no_worker(error: &WorkerError) -> Stop {
    let told = Diagnostic::new(Code::WorkerUnavailable, Origin::File).with("what", error);
    Stop::told(Path::new(WORKER), told)
}

fn converted(session: &Session, processed: &Processed, to: Target, kind: Kind) -> anyhow::Result<String> {
    let items = || processed.submission.iter().flat_map(|submission| &submission.items);
    Ok(match to {
        Target::Jsonl => serde_json::to_string(&SubmissionRecord::new(processed, &session.messages))? + "\n",
        Target::Text if kind == Kind::Submission => processed.shown.clone().unwrap_or_default(),
        Target::Text => items().map(|item| text::item(item) + "\n").collect(),
        Target::Markdown => items().map(text::markdown).collect(),
    })
}

pub(crate) fn deliver(spool: &mut std::fs::File, target: Option<&Path>, force: bool) -> Result<(), Stop> {
    use std::io::Seek as _;
    spool.rewind().context("temporary file")?;
    if let Some(target) = target {
        return write_from(target, spool, force);
    }
    let mut out = std::io::stdout().lock();
    match std::io::copy(spool, &mut out).and_then(|_| out.flush()) {
        // `jianbao convert … | head` has what it wanted.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        other => Ok(other.context("stdout")?),
    }
}

/// A password belongs to one file: with several it would be tried on files that it is not for.
fn for_one_file<'a>(
    password: Option<&'a Password>,
    paths: &[std::path::PathBuf],
) -> Result<Option<&'a Password>, Stop> {
    if password.is_some() && !is_one_file(paths) {
        return Err(Stop::Sentence { id: "password-one-file" });
    }
    Ok(password)
}

fn is_one_file(paths: &[std::path::PathBuf]) -> bool {
    matches!(paths, [path] if !path.is_dir())
}

/// Lists the files; a path that does not exist and a folder without any file are told.
fn found(paths: &[std::path::PathBuf]) -> Result<Vec<Found>, Stop> {
    if let Some(missing) = paths.iter().find(|path| path.symlink_metadata().is_err()) {
        return Err(self::missing(missing));
    }
    let files = inbox::list(paths);
    if let (true, Some(first)) = (files.is_empty(), paths.first()) {
        let told = Diagnostic::new(Code::NothingFound, Origin::File).with("path", first.display());
        return Err(Stop::told(first, told));
    }
    Ok(files)
}

pub(crate) fn issue_report(
    session: &Session,
    path: &str,
    numbered: Numbered,
    composed: &Composed,
) -> IssueReport {
    IssueReport {
        path: path.to_owned(),
        year: numbered.date.year,
        number: numbered.number,
        cumulative: numbered.cumulative,
        date: numbered.date.iso(),
        items: composed.issue.items().map(|item| item.id.clone()).collect(),
        diagnostics: composed
            .diagnostics
            .iter()
            .map(|told| record::diagnostic(told, &session.messages))
            .collect(),
    }
}

pub(crate) fn write_output(path: &Path, bytes: &[u8], force: bool) -> Result<(), Stop> {
    output::write(path, bytes, force).map_err(|error| refused(path, error))
}

pub(crate) fn write_from(path: &Path, source: &mut impl std::io::Read, force: bool) -> Result<(), Stop> {
    output::write_from(path, source, force).map_err(|error| refused(path, error))
}

pub(crate) fn refused(path: &Path, error: OutputError) -> Stop {
    match error {
        OutputError::Exists(_) => exists(path),
        OutputError::Io { source, .. } => {
            let told = Diagnostic::new(Code::OutputUnwritable, Origin::File).with("path", path.display());
            Stop::told(path, told.with("what", source))
        }
    }
}

pub(crate) fn exists(path: &Path) -> Stop {
    Stop::told(path, Diagnostic::new(Code::OutputExists, Origin::File).with("path", path.display()))
}

pub(crate) fn unreadable(path: &Path, error: &std::io::Error) -> Stop {
    if error.kind() == std::io::ErrorKind::NotFound {
        return missing(path);
    }
    Stop::told(path, Diagnostic::new(Code::Unreadable, Origin::File).with("what", error))
}

/// A file or folder that a command names is not there.
pub(crate) fn missing(path: &Path) -> Stop {
    let told = Diagnostic::new(Code::FolderMissing, Origin::File).with("path", path.display());
    Stop::told(path, told.with("which", "given"))
}
