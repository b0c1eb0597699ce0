//! The container: a zip whose bytes depend on nothing but the parts.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::RenderError;

/// Level of deflate. Another level, or another backend, gives other bytes.
const LEVEL: i64 = 6;

/// Packs parts and pictures in their order, all with the time of 1980-01-01, the first that a zip can say.
pub(crate) fn zip(parts: &[(String, String)], media: &[(String, Vec<u8>)]) -> Result<Vec<u8>, RenderError> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(LEVEL))
        .last_modified_time(DateTime::default());
    let mut container = ZipWriter::new(Cursor::new(Vec::new()));
    let parts = parts.iter().map(|(name, xml)| (name, xml.as_bytes()));
    let media = media.iter().map(|(name, bytes)| (name, bytes.as_slice()));
    for (name, bytes) in parts.chain(media) {
        container.start_file(name.as_str(), options)?;
        container.write_all(bytes).map_err(zip::result::ZipError::from)?;
    }
    Ok(container.finish()?.into_inner())
}
