//! Where the job keeps what is its own: one folder on a local disk.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jianbao_model::SourceId;

use crate::output;

/// The folder of the job's data, and what lies in it.
#[derive(Clone, Debug)]
pub struct Places {
    data: PathBuf,
}

impl Places {
    /// The places below a folder, which need not be there.
    pub fn new(data: &Path) -> Self {
        Self { data: data.to_owned() }
    }

    /// The folder itself.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// The file that a run locks.
    pub fn lock(&self) -> PathBuf {
        self.data.join("lock")
    }

    /// State of the last run.
    pub fn status(&self) -> PathBuf {
        self.data.join("status.json")
    }

    /// The log.
    pub fn log(&self) -> PathBuf {
        self.data.join("jianbao.log")
    }

    /// Copies on the way.
    pub(crate) fn spool(&self) -> PathBuf {
        self.data.join("spool")
    }

    /// The originals.
    pub(crate) fn archive(&self) -> PathBuf {
        self.data.join("archive")
    }

    /// The untouched original with this content.
    pub fn original(&self, source: &str) -> PathBuf {
        let (shelf, _) = source.split_at(source.len().min(2));
        self.archive().join(shelf).join(source)
    }

    /// The same by the value.
    pub fn original_of(&self, source: SourceId) -> PathBuf {
        self.original(&source.to_string())
    }

    /// Copies of the issues as they were written.
    fn issues(&self) -> PathBuf {
        self.data.join("issues")
    }

    /// The copy of an issue with this content.
    pub fn issue(&self, content: &str) -> PathBuf {
        self.issues().join(format!("{content}.docx"))
    }

    /// The bytes of that copy; none where it is missing or damaged.
    pub fn kept_issue(&self, content: &str) -> Option<Vec<u8>> {
        let bytes = fs::read(self.issue(content)).ok()?;
        (SourceId::of(&bytes).to_string() == content).then_some(bytes)
    }

    /// Makes the folders. Copies that a run left half done are removed: their files are in the inbox still.
    /// Only under the lock.
    pub(super) fn prepare(&self) -> io::Result<()> {
        fs::create_dir_all(self.archive())?;
        let spool = self.spool();
        fs::create_dir_all(&spool)?;
        for entry in fs::read_dir(&spool)? {
            fs::remove_file(entry?.path())?;
        }
        output::sweep(&self.issues())?;
        output::sweep(&self.data)
    }
}
