//! The parallel run: each file is read and normalised on its own, guarded, and comes out in path order.

use std::io::Read as _;
use std::path::Path;

use jianbao_check::Earlier;
use jianbao_model::{Code, Diagnostic, Format, Origin, Severity, SourceId, Submission};
use jianbao_read::{Limits, ReadOptions};
use rayon::prelude::*;

use crate::config::Config;
use crate::inbox::Found;
use crate::parse::{self, Task};
use crate::system::{self, Protection};
use crate::worker::{Launch, Pool, WorkerError};

pub use crate::parse::Kind;
pub use jianbao_read::Password;

/// What came of a file.
#[derive(Clone, Debug)]
pub struct Processed {
    /// The path as shown.
    pub path: String,
    /// Identity of the bytes; none if they could not be read.
    pub source: Option<SourceId>,
    /// Bytes of the file.
    pub bytes: u64,
    /// Format of the content, where it was read.
    pub format: Option<Format>,
    /// The items and what was left out; none if the file could not be read.
    pub submission: Option<Submission>,
    /// Everything that is to be told, in the order of the stages.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether the file is no submission at all.
    pub skipped: bool,
    /// The text as Word would show it, where it was asked for.
    pub shown: Option<String>,
}

/// What came of a file, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Items, and nothing doubtful.
    Ok,
    /// Items, but something is doubtful or was lost.
    Partial,
    /// No item; a diagnostic says why.
    Failed,
    /// Not a submission.
    Skipped,
}

impl Processed {
    /// The outcome, from items and diagnostics.
    pub fn outcome(&self) -> Outcome {
        let has_items = self.submission.as_ref().is_some_and(|submission| !submission.items.is_empty());
        let doubtful = self.diagnostics.iter().any(|diagnostic| diagnostic.severity > Severity::Note);
        match (self.skipped, has_items, doubtful) {
            (true, ..) => Outcome::Skipped,
            (_, false, _) => Outcome::Failed,
            (_, true, true) => Outcome::Partial,
            (_, true, false) => Outcome::Ok,
        }
    }

    /// Whether the submission has errors, which the exit code tells.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }
}

/// How a batch is read.
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    /// What the files are.
    pub kind: Kind,
    /// Files read at the same time; one a processor if none is given.
    pub jobs: Option<usize>,
    /// Whether the text as shown is kept beside the items.
    pub keep_text: bool,
    /// What opens the files; the caller sees to it that there is one.
    pub password: Option<&'a Password>,
    /// How the worker processes are started that parse the files; without, the threads parse them.
    pub workers: Option<&'a Launch>,
}

/// Why a batch could not be read to its end.
#[derive(Debug, thiserror::Error)]
pub enum BatchError {
    /// No threads.
    #[error("threads: {0}")]
    Threads(#[from] rayon::ThreadPoolBuildError),
    /// No workers.
    #[error(transparent)]
    Worker(#[from] WorkerError),
}

/// Files of a batch that are in memory at the same time, for each thread.
const WINDOW: usize = 32;

/// Stack of a reading thread: 16 MiB, since readers may be handed deep documents.
pub(crate) const STACK: usize = 16 << 20;

/// Reads files in parallel and hands what came of them to `sink`, in the order of `files`; what is to be
/// told of the batch as a whole is returned.
///
/// Memory is bounded: at most `jobs × 32` results exist at a time, and only one document a thread.
/// Checks that look at earlier files run here, in that order, so that the number of threads changes
/// nothing. Nor do worker processes, but for files that they cannot read within their limits.
pub fn process(
    files: &[Found],
    options: Options<'_>,
    config: &Config,
    mut sink: impl FnMut(Processed) + Send,
) -> Result<Vec<Diagnostic>, BatchError> {
    let jobs = options.jobs.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from));
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(jobs)
        .stack_size(STACK)
        .thread_name(|number| format!("{THREAD_NAME}{number}"))
        .build()?;
    let reading = reading(config, options.password);
    let task = Task {
        kind: options.kind,
        keep_text: options.keep_text,
        reading: &reading,
        normalize: &config.normalize,
    };
    // Dropped before the threads, with which workers die.
    let workers = options.workers.map(|launch| Pool::new(launch, task, jobs)).transpose()?;
    let mut earlier = Earlier::default();
    for window in files.chunks(jobs * WINDOW) {
        let processed: Result<Vec<Processed>, WorkerError> =
            pool.install(|| window.par_iter().map(|file| one(file, task, workers.as_ref())).collect());
        for mut one in processed? {
            if let Some(submission) = &one.submission {
                if options.kind == Kind::Submission {
                    one.diagnostics.extend(jianbao_check::check(submission, &earlier, &config.check));
                }
                earlier.remember(&one.path, submission);
            }
            sink(one);
        }
    }
    Ok(workers.map(|workers| sandbox(&workers)).unwrap_or_default())
}

/// The bounds that the configuration sets, and what opens the files.
pub(crate) fn reading(config: &Config, password: Option<&Password>) -> ReadOptions {
    let limits = Limits { file_bytes: config.file_bytes, ..Limits::default() };
    ReadOptions { limits, password: password.cloned(), identity: None }
}

/// What the system lacks to shut the workers in: a note, but a warning if files could be opened.
fn sandbox(workers: &Pool<'_>) -> Vec<Diagnostic> {
    let missing = workers.missing();
    if missing.is_empty() {
        return Vec::new();
    }
    let names: Vec<&str> = missing.iter().map(|protection| protection.name()).collect();
    let mut told = Diagnostic::new(Code::SandboxIncomplete, Origin::File).with("missing", names.join(", "));
    if missing.contains(&Protection::Landlock) && missing.contains(&Protection::Seccomp) {
        told.severity = Severity::Warning;
    }
    vec![told]
}

/// Beginning of the names of the reading threads; a panic there is a diagnostic, not a crash.
pub const THREAD_NAME: &str = "jianbao-reader-";

fn one(file: &Found, task: Task<'_>, workers: Option<&Pool<'_>>) -> Result<Processed, WorkerError> {
    let mut result = Processed {
        path: file.shown.clone(),
        source: None,
        bytes: 0,
        format: None,
        submission: None,
        diagnostics: Vec::new(),
        skipped: false,
        shown: None,
    };
    if file.ignored {
        result.skipped = true;
        result.diagnostics.push(file.passed_over());
        return Ok(result);
    }
    let bytes = match load(file, task.reading.limits.file_bytes) {
        Ok(bytes) => bytes,
        Err(diagnostic) => {
            result.diagnostics.push(diagnostic);
            return Ok(result);
        }
    };
    result.bytes = bytes.len() as u64;
    let (name, folder) = (file_name(file), file.folder.as_deref());
    let parsed = match workers {
        Some(workers) => workers.parse(&bytes, &name, folder)?,
        None => parse::guarded(|| parse::parse(bytes, &name, folder, task)),
    };
    Ok(Processed {
        source: parsed.source,
        format: parsed.format,
        submission: parsed.submission,
        diagnostics: parsed.diagnostics,
        shown: parsed.shown,
        ..result
    })
}

/// The name without folders, as it was found: a link may lead to another.
pub(crate) fn file_name(file: &Found) -> String {
    let name = Path::new(&file.shown).file_name();
    name.map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Reads a file whole, up to one byte over the limit, which the reader then refuses; a map would kill the process when a share truncates it.
pub(crate) fn load(file: &Found, limit: u64) -> Result<Vec<u8>, Diagnostic> {
    let unreadable = |what: String| Diagnostic::new(Code::Unreadable, Origin::File).with("what", what);
    if let Some(trouble) = &file.trouble {
        return Err(unreadable(trouble.clone()));
    }
    let opened = system::open_regular(&file.path).map_err(|error| unreadable(error.to_string()))?;
    let mut bytes = Vec::new();
    opened.take(limit + 1).read_to_end(&mut bytes).map_err(|error| unreadable(error.to_string()))?;
    Ok(bytes)
}
