//! The bytes of the pictures that an issue prints, from the files that its items came from.
//!
//! Items name their pictures by hash only, so that a batch of any size needs no memory for them. What
//! is chosen for an issue is little, and those files are opened a second time.

use std::collections::{BTreeMap, BTreeSet};
use std::thread;

use jianbao_model::SourceId;
use jianbao_publish::Pictures;
use jianbao_read::{Limits, ReadOptions};

use crate::batch::{STACK, THREAD_NAME, load};
use crate::compose::Candidate;
use crate::config::Config;
use crate::inbox::Found;

/// Gathers the pictures of the chosen items. A file that has changed or cannot be read any more gives
/// none; the issue then tells of them as not printed.
pub fn gather(chosen: &[Candidate], files: &[Found], config: &Config) -> Pictures {
    let limits = Limits { file_bytes: config.file_bytes, ..Limits::default() };
    let reading = ReadOptions { limits, password: None };
    let mut gathered = Pictures::default();
    for (path, wanted) in wanted(chosen) {
        let Some(file) = files.iter().find(|file| file.shown == path) else { continue };
        for bytes in guarded(file, &wanted, &reading).into_values() {
            gathered.add(bytes);
        }
    }
    gathered
}

/// The pictures that items of each file name.
fn wanted(chosen: &[Candidate]) -> BTreeMap<&str, BTreeSet<SourceId>> {
    let mut wanted: BTreeMap<&str, BTreeSet<SourceId>> = BTreeMap::new();
    for candidate in chosen.iter().filter(|candidate| !candidate.item.images.is_empty()) {
        let hashes = candidate.item.images.iter().filter_map(|image| image.hash);
        wanted.entry(&candidate.path).or_default().extend(hashes);
    }
    wanted
}

/// The file was read before without a panic, but it may be another one by now.
fn guarded(file: &Found, wanted: &BTreeSet<SourceId>, reading: &ReadOptions) -> BTreeMap<SourceId, Vec<u8>> {
    thread::scope(|scope| {
        let reader = thread::Builder::new().name(format!("{THREAD_NAME}pictures")).stack_size(STACK);
        let running = reader.spawn_scoped(scope, || of_file(file, wanted, reading));
        running.ok().and_then(|running| running.join().ok()).unwrap_or_default()
    })
}

fn of_file(file: &Found, wanted: &BTreeSet<SourceId>, reading: &ReadOptions) -> BTreeMap<SourceId, Vec<u8>> {
    let name = file.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    load(file, reading.limits.file_bytes)
        .map(|bytes| jianbao_read::pictures(&bytes, &name, reading, wanted))
        .unwrap_or_default()
}
