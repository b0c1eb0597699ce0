//! The container: a zip whose bytes depend on nothing but the parts.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use crate::RenderError;

/// Level of deflate: the lowest that fits its codes to the text. Another level, or another backend, gives
/// other bytes.
const LEVEL: i64 = 2;

/// Parts of fewer bytes are stored: to begin anew takes the compressor longer than all their bytes.
const SMALL: usize = 1024;

/// What a part of text takes when it is compressed, at most: one byte in so many.
const COMPRESSED: usize = 2;

/// Packs parts in their order, all with the time of 1980-01-01, the first that a zip can say.
pub(crate) fn zip(parts: &[(String, Vec<u8>)]) -> Result<Vec<u8>, RenderError> {
    let mut container = begin(parts, &[]);
    add_all(&mut container, parts)?;
    Ok(container.finish()?.into_inner())
}

/// The parts of a file, of which those that files share are compressed once.
pub(crate) struct Packed {
    /// All names, in the order of the container.
    names: Vec<String>,
    /// Those that are shared.
    shared: ZipArchive<Cursor<Vec<u8>>>,
}

impl Packed {
    /// Compresses what is shared of the parts.
    pub(crate) fn new(
        parts: Vec<(String, Vec<u8>)>,
        is_shared: impl Fn(&str) -> bool,
    ) -> Result<Self, RenderError> {
        let names = parts.iter().map(|(name, _)| name.clone()).collect();
        let shared: Vec<_> = parts.into_iter().filter(|(name, _)| is_shared(name)).collect();
        Ok(Self { names, shared: ZipArchive::new(Cursor::new(zip(&shared)?))? })
    }

    /// The container with these parts in the places of theirs, and the shared ones in all others.
    pub(crate) fn zip(
        &mut self,
        own: &[(String, Vec<u8>)],
        media: &[(String, Vec<u8>)],
    ) -> Result<Vec<u8>, RenderError> {
        let mut container = begin(own, media);
        for name in &self.names {
            if let Some(part) = own.iter().find(|(known, _)| known == name) {
                add_all(&mut container, [part])?;
            } else if let Some(at) = self.shared.index_for_name(name) {
                container.raw_copy_file(self.shared.by_index_raw(at)?)?;
            }
        }
        add_all(&mut container, media)?;
        Ok(container.finish()?.into_inner())
    }
}

fn begin(parts: &[(String, Vec<u8>)], media: &[(String, Vec<u8>)]) -> ZipWriter<Cursor<Vec<u8>>> {
    let text: usize = parts.iter().map(|(_, xml)| xml.len()).sum();
    let pictures: usize = media.iter().map(|(_, bytes)| bytes.len()).sum();
    ZipWriter::new(Cursor::new(Vec::with_capacity(text / COMPRESSED + pictures)))
}

fn add_all<'a>(
    container: &mut ZipWriter<Cursor<Vec<u8>>>,
    parts: impl IntoIterator<Item = &'a (String, Vec<u8>)>,
) -> Result<(), RenderError> {
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
    for (name, bytes) in parts {
        let is_small = bytes.len() < SMALL;
        let method = if is_small { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        let level = (!is_small).then_some(LEVEL);
        let options = options.compression_method(method).compression_level(level);
        container.start_file(name.as_str(), options)?;
        container.write_all(bytes).map_err(zip::result::ZipError::from)?;
    }
    Ok(())
}
