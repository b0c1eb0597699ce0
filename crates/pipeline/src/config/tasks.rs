//! `[[job]]`: what `jianbao job NAME` does.

use std::path::{Path, PathBuf};

use super::reader::{MistakeKind, Reader};
use crate::job;

/// A job with its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// By which it is called.
    pub name: String,
    /// What it does.
    pub task: Task,
}

/// What a job does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Task {
    /// Takes in what is new.
    Ingest,
    /// Makes the issue that is due.
    Compose,
    /// Counts what the units sent and what was printed.
    Statistics {
        /// Path of the tables, to which `.csv` and `.md` are added.
        output: PathBuf,
        /// Length of the period that ends now, in days.
        days: u16,
    },
    /// Copies the store.
    Backup {
        /// Folder of the copies.
        folder: PathBuf,
        /// Copies that are kept, at least one.
        keep: usize,
    },
}

impl Task {
    /// The word of the configuration for it.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Ingest => "ingest",
            Self::Compose => "compose",
            Self::Statistics { .. } => "statistics",
            Self::Backup { .. } => "backup",
        }
    }

    /// The folder that it writes to besides those of `[folders]`.
    pub fn folder(&self) -> Option<&Path> {
        match self {
            Self::Ingest | Self::Compose => None,
            Self::Statistics { output, .. } => output.parent(),
            Self::Backup { folder, .. } => Some(folder),
        }
    }

    /// What it writes besides: tables may lie beside files of others, copies have a folder of their own.
    pub(super) fn own_places(&self) -> Vec<PathBuf> {
        match self {
            Self::Ingest | Self::Compose => Vec::new(),
            Self::Statistics { output, .. } => job::tables(output).to_vec(),
            Self::Backup { folder, .. } => vec![folder.clone()],
        }
    }
}

#[derive(Clone, Copy)]
enum Kind {
    Ingest,
    Compose,
    Statistics,
    Backup,
}

const KINDS: [(&str, Kind); 4] = [
    ("ingest", Kind::Ingest),
    ("compose", Kind::Compose),
    ("statistics", Kind::Statistics),
    ("backup", Kind::Backup),
];

pub(super) fn read(root: &Reader<'_>, base: &Path, inbox: &Path) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for table in root.tables("job") {
        let name = table.required_text("name");
        if entries.iter().any(|entry| entry.name == name) {
            table.mistake(table.layer(), "name", MistakeKind::Twice { name: name.clone() });
        }
        if table.node("task").is_none() {
            table.mistake(table.layer(), "task", MistakeKind::Missing);
        }
        let task = table.choice("task", &KINDS).map(|kind| match kind {
            Kind::Ingest => Task::Ingest,
            Kind::Compose => Task::Compose,
            Kind::Statistics => Task::Statistics {
                output: base.join(table.required_text("output")),
                days: table.integer("days", 1..=3660).and_then(|days| u16::try_from(days).ok()).unwrap_or(30),
            },
            Kind::Backup => Task::Backup {
                folder: base.join(table.required_text("folder")),
                keep: table
                    .integer("keep", 1..=10_000)
                    .and_then(|keep| usize::try_from(keep).ok())
                    .unwrap_or(30),
            },
        });
        // Which keys there are depends on the task.
        if let Some(task) = task {
            if matches!(&task, Task::Backup { folder, .. } if super::is_same(folder, inbox)) {
                table.mistake_at("folder", MistakeKind::Inbox);
            }
            entries.push(Entry { name, task });
            table.finish();
        }
    }
    entries
}
