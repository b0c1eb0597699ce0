//! The container: a zip whose bytes depend on nothing but the parts.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::RenderError;

/// Level of deflate. Another level, or another backend, gives other bytes.
const LEVEL: i64 = 6;

/// Packs parts in their order, all with the time of 1980-01-01, the first that a zip can say.
pub(crate) fn zip(parts: &[(String, String)]) -> Result<Vec<u8>, RenderError> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(LEVEL))
        .last_modified_time(DateTime::default());
    let mut container = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, xml) in parts {
        container.start_file(name.as_str(), options)?;
        container.write_all(xml.as_bytes()).map_err(zip::result::ZipError::from)?;
    }
    Ok(container.finish()?.into_inner())
}
