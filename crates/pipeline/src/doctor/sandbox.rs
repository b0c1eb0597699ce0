//! Worker processes: one is started as the job does it, and tells what the system could not give.

use jianbao_model::{Code, Diagnostic, Origin};

use super::{Finding, Level};
use crate::batch::{self, BatchError, Kind, Options};
use crate::config::Config;
use crate::inbox;
use crate::worker::Launch;

pub(super) fn examine(config: &Config, workers: Option<&Launch>) -> Finding {
    let Some(launch) = workers else {
        return Finding::words(Level::Note, "doctor-sandbox-off", Vec::new());
    };
    let fine = Finding::words(Level::Fine, "doctor-sandbox", Vec::new());
    let told = |what: &dyn ToString| {
        let told = Diagnostic::new(Code::WorkerUnavailable, Origin::File).with("what", what.to_string());
        Finding::told(Level::Error, told)
    };
    // A worker reads a text, since what shuts it in is told only by one that was started.
    let folder = match tempfile::tempdir() {
        Ok(folder) => folder,
        Err(error) => return told(&error),
    };
    let file = folder.path().join("text.txt");
    if let Err(error) = std::fs::write(&file, "简报\n") {
        return told(&error);
    }
    let options = Options {
        kind: Kind::Submission,
        jobs: Some(1),
        keep_text: false,
        password: None,
        workers: Some(launch),
    };
    match batch::process(&inbox::list(&[file]), options, config, |_| {}) {
        Ok(lacking) => lacking.into_iter().next().map_or(fine, |one| Finding::told(Level::Note, one)),
        Err(BatchError::Worker(error)) => told(&error),
        Err(error @ BatchError::Threads(_)) => told(&error),
    }
}
