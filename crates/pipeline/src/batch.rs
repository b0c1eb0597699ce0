//! The parallel run: each file is read and normalised on its own, guarded, and comes out in path order.

use std::fs::File;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};

use jianbao_check::Earlier;
use jianbao_model::{Code, Diagnosed, Diagnostic, Format, Origin, Severity, SourceId, Submission};
use jianbao_read::{Limits, ReadOptions};
use rayon::prelude::*;

use crate::compare;
use crate::config::Config;
use crate::inbox::Found;

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

/// How documents become submissions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A unit's submission.
    Submission,
    /// A published or edited issue.
    Issue,
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
}

/// Files of a batch that are in memory at the same time, for each thread.
const WINDOW: usize = 32;

/// Stack of a reading thread: 16 MiB, since readers may be handed deep documents.
pub(crate) const STACK: usize = 16 << 20;

/// Reads files in parallel and hands what came of them to `sink`, in the order of `files`.
///
/// Memory is bounded: at most `jobs × 32` results exist at a time, and only one document a thread.
/// Checks that look at earlier files run here, in that order, so that the number of threads changes
/// nothing.
pub fn process(
    files: &[Found],
    options: Options<'_>,
    config: &Config,
    mut sink: impl FnMut(Processed) + Send,
) -> Result<(), rayon::ThreadPoolBuildError> {
    let jobs = options.jobs.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from));
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(jobs)
        .stack_size(STACK)
        .thread_name(|number| format!("{THREAD_NAME}{number}"))
        .build()?;
    let limits = Limits { file_bytes: config.file_bytes, ..Limits::default() };
    let reading = ReadOptions { limits, password: options.password.cloned() };
    let mut earlier = Earlier::default();
    for window in files.chunks(jobs * WINDOW) {
        let processed: Vec<Processed> =
            pool.install(|| window.par_iter().map(|file| guarded(file, options, &reading, config)).collect());
        for mut one in processed {
            if let Some(submission) = &one.submission {
                if options.kind == Kind::Submission {
                    one.diagnostics.extend(jianbao_check::check(submission, &earlier, &config.check));
                }
                earlier.remember(&one.path, submission);
            }
            sink(one);
        }
    }
    Ok(())
}

/// Beginning of the names of the reading threads; a panic there is a diagnostic, not a crash.
pub const THREAD_NAME: &str = "jianbao-reader-";

/// One bad file never stops the others: a panic becomes a diagnostic of that file.
fn guarded(file: &Found, options: Options<'_>, reading: &ReadOptions, config: &Config) -> Processed {
    catch_unwind(AssertUnwindSafe(|| one(file, options, reading, config))).unwrap_or_else(|_| {
        let mut failed = empty(file);
        failed.diagnostics.push(Diagnostic::new(Code::ReaderPanic, Origin::File));
        failed
    })
}

fn empty(file: &Found) -> Processed {
    Processed {
        path: file.shown.clone(),
        source: None,
        bytes: 0,
        format: None,
        submission: None,
        diagnostics: Vec::new(),
        skipped: false,
        shown: None,
    }
}

fn one(file: &Found, options: Options<'_>, reading: &ReadOptions, config: &Config) -> Processed {
    let mut result = empty(file);
    if file.ignored {
        result.skipped = true;
        result.diagnostics.push(Diagnostic::new(Code::Ignored, Origin::File));
        return result;
    }
    let bytes = match load(file, reading.limits.file_bytes) {
        Ok(bytes) => bytes,
        Err(diagnostic) => {
            result.diagnostics.push(diagnostic);
            return result;
        }
    };
    result.bytes = bytes.len() as u64;
    let name = file.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    match jianbao_read::read_with(&bytes, &name, reading) {
        Ok(document) => {
            // Ids stand in the bookmarks of an issue; nothing but the .docx file has them.
            let marks = match options.kind {
                Kind::Issue if document.value.format == Format::Docx => jianbao_publish::marks(&bytes),
                _ => Vec::new(),
            };
            drop(bytes);
            result.source = Some(document.value.source);
            result.format = Some(document.value.format);
            result.shown = options.keep_text.then(|| crate::text::shown(&document.value));
            result.diagnostics = document.diagnostics;
            let Diagnosed { mut value, diagnostics } = match options.kind {
                Kind::Submission => {
                    jianbao_normalize::normalize(&document.value, file.folder.as_deref(), &config.normalize)
                }
                Kind::Issue => jianbao_normalize::normalize_issue(&document.value, &config.normalize),
            };
            compare::restore_ids(&mut value.items, &marks);
            result.submission = Some(value);
            result.diagnostics.extend(diagnostics);
        }
        Err(error) => {
            result.source = Some(SourceId::of(&bytes));
            result.diagnostics.push(error.diagnostic());
        }
    }
    result
}

/// Reads a file whole, up to one byte over the limit, which the reader then refuses; a map would kill the process when a share truncates it.
pub(crate) fn load(file: &Found, limit: u64) -> Result<Vec<u8>, Diagnostic> {
    let unreadable = |what: String| Diagnostic::new(Code::Unreadable, Origin::File).with("what", what);
    if let Some(trouble) = &file.trouble {
        return Err(unreadable(trouble.clone()));
    }
    let opened = File::open(&file.path).map_err(|error| unreadable(error.to_string()))?;
    let mut bytes = Vec::new();
    opened.take(limit + 1).read_to_end(&mut bytes).map_err(|error| unreadable(error.to_string()))?;
    Ok(bytes)
}
