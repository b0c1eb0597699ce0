//! A file out of the share into the archive, under its hash, or not at all.

use std::fs::{self, File, Metadata};
use std::io::{self, Read, Write};
use std::path::Path;

use jianbao_model::SourceId;
use sha2::{Digest, Sha256};

use super::complete::{Structure, structure};
use super::places::Places;
use crate::system;

/// What a look compares: length, and time of change in nanoseconds by the server's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    pub(super) bytes: u64,
    pub(super) modified: i64,
}

impl Stamp {
    /// Of what lies there now, not of what a link leads to.
    pub(super) fn at(path: &Path) -> io::Result<Self> {
        Ok(Self::of(&path.symlink_metadata()?))
    }

    pub(super) fn of(metadata: &Metadata) -> Self {
        let since = metadata
            .modified()
            .ok()
            .and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok().map(|since| since.as_nanos()));
        Self {
            bytes: metadata.len(),
            modified: since.and_then(|nanos| i64::try_from(nanos).ok()).unwrap_or(0),
        }
    }
}

/// A file that lies whole in the spool.
pub(super) struct Copied {
    temporary: tempfile::NamedTempFile,
    pub(super) source: SourceId,
    pub(super) bytes: u64,
    pub(super) structure: Structure,
}

/// Why a file was not copied.
#[derive(Debug)]
pub(super) enum Failed {
    /// The share does not give it.
    Source(io::Error),
    /// The own disk does not take it.
    Spool(io::Error),
}

/// Copies a file that has this stamp. None when it has another one, before or after: somebody writes.
pub(super) fn copy(path: &Path, stamp: Stamp, places: &Places) -> Result<Option<Copied>, Failed> {
    let mut source = system::open_regular(path).map_err(Failed::Source)?;
    if Stamp::of(&source.metadata().map_err(Failed::Source)?) != stamp {
        return Ok(None);
    }
    let part = tempfile::Builder::new().suffix(".part").tempfile_in(places.spool());
    let mut temporary = part.map_err(Failed::Spool)?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    let mut bytes = 0;
    loop {
        let read = match source.read(&mut buffer) {
            Ok(0) => break,
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(Failed::Source(error)),
        };
        hash.update(&buffer[..read]);
        temporary.write_all(&buffer[..read]).map_err(Failed::Spool)?;
        bytes += read as u64;
    }
    let same = bytes == stamp.bytes
        && Stamp::of(&source.metadata().map_err(Failed::Source)?) == stamp
        && Stamp::at(path).map_err(Failed::Source)? == stamp;
    if !same {
        return Ok(None);
    }
    let structure = structure(temporary.as_file_mut()).map_err(Failed::Spool)?;
    let source = SourceId::from_digest(hash.finalize().into());
    Ok(Some(Copied { temporary, source, bytes, structure }))
}

impl Copied {
    /// Puts the copy into the archive, on the disk. An original that is there already stays, if it is sound.
    pub(super) fn keep(self, places: &Places) -> io::Result<()> {
        let target = places.original_of(self.source);
        if holds(&target, self.source) {
            return Ok(());
        }
        let shelf = target.parent().unwrap_or(places.data());
        fs::create_dir_all(shelf)?;
        self.temporary.as_file().sync_all()?;
        self.temporary.persist(&target).map_err(|error| error.error)?;
        sync_folder(shelf)?;
        sync_folder(shelf.parent().unwrap_or(shelf))
    }
}

/// Whether a file is there and has this content.
pub(super) fn holds(path: &Path, content: SourceId) -> bool {
    fs::read(path).is_ok_and(|found| SourceId::of(&found) == content)
}

/// Brings a folder's entries to the disk.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}
