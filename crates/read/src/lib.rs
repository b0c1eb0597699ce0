//! A file's bytes to a source document: one folder a format.
//!
//! The format is told from the content ([`sniff`](mod@sniff)), each reader is one row of
//! [`READERS`], and every reader works within [`Limits`]. Nothing here opens a file, follows a
//! reference, reads the clock or prints; wording is left to who shows the diagnostics.

mod doc;
mod docx;
mod error;
mod external;
mod html;
mod limits;
mod margins;
mod markdown;
mod mhtml;
mod options;
mod pdf;
mod reader;
mod rtf;
mod sniff;
mod text;
mod word;

use std::collections::{BTreeMap, BTreeSet};

use jianbao_model::{Code, Diagnosed, Diagnostic, Origin, SourceDocument, SourceId};

pub use error::ReadError;
pub use limits::Limits;
pub use options::{Password, ReadOptions};

use reader::{READERS, Reader, Source};
use sniff::Sniffed;

/// Reads a file by its content; `name` is only its name, for the record and for the warning when
/// its extension says otherwise.
pub fn read(bytes: &[u8], name: &str, limits: &Limits) -> Result<Diagnosed<SourceDocument>, ReadError> {
    read_within(bytes, name, limits, Known::default())
}

/// As [`read`], for a file about which more is known, such as its password.
pub fn read_with(
    bytes: &[u8],
    name: &str,
    options: &ReadOptions,
) -> Result<Diagnosed<SourceDocument>, ReadError> {
    read_within(bytes, name, &options.limits, Known::of(options))
}

/// The bytes of those pictures of a file that `wanted` names, by their hash.
///
/// What cannot be read is not in the result: a document tells of it when it is read. Formats whose
/// pictures have no bytes here: PDF, HTML (but MIME HTML has).
pub fn pictures(
    bytes: &[u8],
    name: &str,
    options: &ReadOptions,
    wanted: &BTreeSet<SourceId>,
) -> BTreeMap<SourceId, Vec<u8>> {
    let mut found = BTreeMap::new();
    let chosen = choose(bytes, name, &options.limits, Known::of(options));
    let Ok(Chosen { reader: Reader { pictures: Some(pictures), .. }, source, .. }) = chosen else {
        return found;
    };
    // An error ends the search; what was found before it is right all the same, as the hash says.
    let _ = pictures(source, &options.limits, &mut |bytes| {
        let id = SourceId::of(&bytes);
        if wanted.contains(&id) {
            found.insert(id, bytes);
        }
    });
    found
}

/// What the caller knows of one file.
#[derive(Clone, Copy, Default)]
struct Known<'a> {
    password: Option<&'a Password>,
    identity: Option<SourceId>,
}

impl<'a> Known<'a> {
    fn of(options: &'a ReadOptions) -> Self {
        Self { password: options.password.as_ref(), identity: options.identity }
    }
}

/// The reader of a file.
struct Chosen<'a> {
    reader: &'static Reader,
    source: Source<'a>,
    /// Extension of the name in lower case.
    extension: Option<String>,
}

fn choose<'a>(
    bytes: &'a [u8],
    name: &'a str,
    limits: &Limits,
    known: Known<'a>,
) -> Result<Chosen<'a>, ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    if bytes.len() as u64 > limits.file_bytes {
        return Err(ReadError::LimitExceeded { what: "file-bytes", limit: limits.file_bytes });
    }
    let format = match sniff::sniff(bytes, limits)? {
        Sniffed::Format(format) => format,
        Sniffed::Foreign(what) => return Err(ReadError::Foreign { what }),
        Sniffed::Later(format) => return Err(ReadError::Unsupported { format }),
    };
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let extension = extension(name);
    let format = reader::meant(format, extension.as_deref());
    let reader = READERS.iter().find(|reader| reader.format == format);
    let reader = reader.ok_or(ReadError::Unsupported { format: format.name() })?;
    let id = known.identity.unwrap_or_else(|| SourceId::of(bytes));
    Ok(Chosen { reader, source: Source { bytes, id, name, password: known.password }, extension })
}

fn read_within(
    bytes: &[u8],
    name: &str,
    limits: &Limits,
    known: Known<'_>,
) -> Result<Diagnosed<SourceDocument>, ReadError> {
    let Chosen { reader, source, extension } = choose(bytes, name, limits, known)?;
    let mut read = (reader.read)(source, limits)?;
    external::report_fields(&mut read);
    if let Some(extension) = extension.filter(|found| !reader.extensions.contains(&found.as_str())) {
        let warning = Diagnostic::new(Code::WrongExtension, Origin::File);
        let warning = warning.with("format", reader.format.name()).with("extension", extension);
        read.diagnostics.insert(0, warning);
    }
    Ok(read)
}

/// The extension of a name in lower case; a name without one contradicts nothing.
fn extension(name: &str) -> Option<String> {
    let (stem, extension) = name.rsplit_once('.')?;
    (!stem.is_empty() && !extension.is_empty()).then(|| extension.to_lowercase())
}
