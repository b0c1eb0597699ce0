//! The bytes of the pictures that an issue prints, from the files that its items came from.
//!
//! Items name their pictures by hash only, so that a batch of any size needs no memory for them. What
//! is chosen for an issue is little, and those files are opened a second time.

use std::collections::BTreeSet;
use std::thread;

use jianbao_model::SourceId;
use jianbao_publish::Pictures;
use jianbao_read::ReadOptions;

use crate::batch::{STACK, THREAD_NAME, file_name, load, reading};
use crate::config::Config;
use crate::inbox::Found;
use crate::parse::{Kind, Task};
use crate::worker::{Launch, Pool, WorkerError};

/// A file, and what is wanted of it.
#[derive(Debug)]
pub struct Wanted {
    /// The file.
    pub file: Found,
    /// Hashes of the pictures; one that it does not hold may be of another file.
    pub pictures: BTreeSet<SourceId>,
}

/// Gathers pictures, in a worker process where `workers` says how. A file that cannot be read any more gives
/// none; the issue then tells of them as not printed.
pub fn gather(wanted: &[Wanted], config: &Config, workers: Option<&Launch>) -> Result<Pictures, WorkerError> {
    let reading = reading(config, None);
    let task =
        Task { kind: Kind::Submission, keep_text: false, reading: &reading, normalize: &config.normalize };
    let workers = workers.map(|launch| Pool::new(launch, task, 1)).transpose()?;
    let mut gathered = Pictures::default();
    for Wanted { file, pictures } in wanted {
        let Ok(bytes) = load(file, reading.limits.file_bytes) else { continue };
        let name = file_name(file);
        let found = match &workers {
            Some(workers) => workers.pictures(&bytes, &name, pictures)?,
            None => guarded(&bytes, &name, pictures, &reading),
        };
        for picture in found {
            gathered.add(picture);
        }
    }
    Ok(gathered)
}

/// The file was read before without a panic, but it may be another one by now.
fn guarded(bytes: &[u8], name: &str, wanted: &BTreeSet<SourceId>, reading: &ReadOptions) -> Vec<Vec<u8>> {
    let found = thread::scope(|scope| {
        let reader = thread::Builder::new().name(format!("{THREAD_NAME}pictures")).stack_size(STACK);
        let running = reader.spawn_scoped(scope, || jianbao_read::pictures(bytes, name, reading, wanted));
        running.ok().and_then(|running| running.join().ok()).unwrap_or_default()
    });
    found.into_values().collect()
}
