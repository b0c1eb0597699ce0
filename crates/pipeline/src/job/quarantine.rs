//! Quarantine: a folder for each file that could not be taken, with the untouched original and the reason
//! in plain words.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jianbao_model::{Diagnostic, SourceId};
use jianbao_store::{Hold, ReceiptId};
use serde::Serialize;

use super::{Fault, Job, Listener, unwritten};
use crate::config::Config;
use crate::inbox::Found;
use crate::{output, time};

/// Name of the file with the reason.
pub(crate) const REASON: &str = "原因.txt";

/// Name of the same for programs.
pub(crate) const RECORD: &str = "原因.json";

/// Name and version of the latter's contract.
pub(crate) const RECORD_SCHEMA: &str = "jianbao.quarantine/1";

/// Why a file is set aside.
pub(super) struct Why {
    pub(super) told: Diagnostic,
    /// Stage that found it: `arrival`, `archive`, `read`, `check`.
    pub(super) stage: &'static str,
}

impl Why {
    pub(super) fn new(told: Diagnostic, stage: &'static str) -> Self {
        Self { told, stage }
    }
}

/// What `原因.json` holds.
#[derive(Debug, Serialize)]
struct Record<'a> {
    schema: &'static str,
    file: &'a str,
    unit: Option<&'a str>,
    time: String,
    stage: &'a str,
    code: &'static str,
    message: String,
    hint: Option<String>,
    sha256: Option<String>,
}

/// Sets a file aside: the folder is written first, and written over after a crash in between.
pub(super) fn hold(
    job: &mut Job<'_>,
    found: &Found,
    receipt: ReceiptId,
    source: Option<SourceId>,
    why: &Why,
    listener: &mut dyn Listener,
) -> Result<(), Fault> {
    let at = job.now();
    let name = original_name(&found.shown);
    let folder = folder(&job.config.quarantine, receipt, &name);
    let failed = |source| Fault::Io { path: folder.display().to_string(), source };
    fs::create_dir_all(&folder).map_err(failed)?;
    if let Some(source) = source {
        let mut original = fs::File::open(job.places.original_of(source)).map_err(failed)?;
        output::write_locked(&folder.join(&name), &mut original, true).map_err(unwritten)?;
    }
    let record = Record {
        schema: RECORD_SCHEMA,
        file: &found.shown,
        unit: found.folder.as_deref(),
        time: time::shown(at),
        stage: why.stage,
        code: why.told.code.number(),
        message: job.messages.message(&why.told),
        hint: job.messages.hint(&why.told),
        sha256: source.map(|source| source.to_string()),
    };
    let json = serde_json::to_string_pretty(&record).map_err(|error| failed(io::Error::other(error)))? + "\n";
    let text = job.messages.text(
        "quarantine-reason",
        &[
            ("file", record.file.to_owned()),
            ("unit", record.unit.unwrap_or("—").to_owned()),
            ("time", record.time.clone()),
            ("code", record.code.to_owned()),
            ("message", record.message.clone()),
            ("hint", record.hint.clone().unwrap_or_else(|| "—".to_owned())),
        ],
    );
    for (name, content) in [(REASON, text + "\n"), (RECORD, json)] {
        output::write_locked(&folder.join(name), &mut content.as_bytes(), true).map_err(unwritten)?;
    }
    let hold = Hold { code: why.told.code.number(), stage: why.stage, detail: &record.message };
    job.store.quarantine(receipt, &hold, at)?;
    let is_read = matches!(why.stage, "read" | "check");
    listener.quarantined(&found.shown, (!is_read).then_some(&why.told), &folder);
    Ok(())
}

/// Takes a file's folder away once it was sent on and accepted. What others put there stays.
pub(super) fn clear(job: &Job<'_>, found: &Found, receipt: ReceiptId) -> Result<(), Fault> {
    if !job.store.was_retried(receipt)? {
        return Ok(());
    }
    let name = original_name(&found.shown);
    let folder = folder(&job.config.quarantine, receipt, &name);
    for name in [name.as_str(), REASON, RECORD] {
        match fs::remove_file(folder.join(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(Fault::Output { path: folder.display().to_string(), source: error });
            }
            _ => {}
        }
    }
    match fs::remove_dir(&folder) {
        Err(error) if !matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::DirectoryNotEmpty) => {
            Err(Fault::Output { path: folder.display().to_string(), source: error })
        }
        _ => Ok(()),
    }
}

/// The copy of the original that lies beside the reason.
pub fn returned(config: &Config, receipt: ReceiptId, shown: &str) -> Option<PathBuf> {
    let name = original_name(shown);
    let path = folder(&config.quarantine, receipt, &name).join(&name);
    path.is_file().then_some(path)
}

/// The folder of a receipt: its number keeps two files of one name apart.
fn folder(quarantine: &Path, receipt: ReceiptId, name: &str) -> PathBuf {
    let stem: String =
        Path::new(name).file_stem().unwrap_or_default().to_string_lossy().chars().take(40).collect();
    quarantine.join(format!("{:06}-{stem}", receipt.0))
}

/// The name of a file, cut so that every file system takes it: ext4 has room for 83 Han characters and a
/// suffix. Beside the reason a file of the same name has another.
fn original_name(shown: &str) -> String {
    let name = shown.rsplit('/').next().unwrap_or(shown);
    if [REASON, RECORD].iter().any(|own| own.eq_ignore_ascii_case(name)) {
        return format!("原件-{name}");
    }
    if name.len() <= 200 {
        return name.to_owned();
    }
    let extension = Path::new(name).extension().map(|extension| format!(".{}", extension.to_string_lossy()));
    let stem: String = name.chars().take(40).collect();
    stem + extension.as_deref().filter(|extension| extension.len() < 20).unwrap_or("")
}
