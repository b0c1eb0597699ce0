//! Counts of a run and the JSON report `jianbao.report/1`.

use schemars::JsonSchema;
use serde::Serialize;

use crate::batch::{Outcome, Processed};
use crate::messages::Messages;
use crate::record::{DiagnosticRecord, OutcomeRecord, diagnostic};

/// Counts of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Counts {
    /// Files found.
    pub files: usize,
    /// Files with items and nothing doubtful.
    pub ok: usize,
    /// Files with items and something doubtful.
    pub partial: usize,
    /// Files without items.
    pub failed: usize,
    /// Files that are no submissions.
    pub skipped: usize,
    /// Items found.
    pub items: usize,
    /// Items that were sent before in this run.
    pub duplicates: usize,
    /// Items printed.
    pub printed: usize,
    /// Files with errors.
    pub with_errors: usize,
}

impl Counts {
    /// Counts a file.
    pub fn add(&mut self, processed: &Processed) {
        self.files += 1;
        match processed.outcome() {
            Outcome::Ok => self.ok += 1,
            Outcome::Partial => self.partial += 1,
            Outcome::Failed => self.failed += 1,
            Outcome::Skipped => self.skipped += 1,
        }
        self.items += processed.submission.as_ref().map_or(0, |submission| submission.items.len());
        self.with_errors += usize::from(processed.has_errors());
    }
}

/// The report of a run.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Report {
    /// Name and version of the contract.
    pub schema: &'static str,
    /// Counts over all files.
    pub counts: Counts,
    /// The issue that was written.
    pub issue: Option<IssueReport>,
    /// Every file, in path order.
    pub files: Vec<FileReport>,
}

/// The issue of a run.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct IssueReport {
    /// Where it was written.
    pub path: String,
    /// Year of the number.
    pub year: u16,
    /// Number in the year.
    pub number: u32,
    /// Number over all editions.
    pub cumulative: Option<u32>,
    /// Date of issue.
    pub date: String,
    /// Ids of its items in printed order.
    pub items: Vec<String>,
    /// What the editor should know about it.
    pub diagnostics: Vec<DiagnosticRecord>,
}

/// A file of a run.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FileReport {
    /// Path as shown.
    pub path: String,
    /// SHA-256 of the bytes.
    pub sha256: Option<String>,
    /// What came of it.
    pub outcome: OutcomeRecord,
    /// Ids of its items.
    pub items: Vec<String>,
    /// What is to be told about it.
    pub diagnostics: Vec<DiagnosticRecord>,
}

impl FileReport {
    /// The report of a processed file.
    pub fn new(processed: &Processed, messages: &Messages) -> Self {
        let items = processed.submission.iter().flat_map(|submission| &submission.items);
        Self {
            path: processed.path.clone(),
            sha256: processed.source.map(|source| source.to_string()),
            outcome: processed.outcome().into(),
            items: items.map(|item| item.id.clone()).collect(),
            diagnostics: processed.diagnostics.iter().map(|told| diagnostic(told, messages)).collect(),
        }
    }
}
