//! The zip package: parts by name, relationships, and the bounds on what they may inflate to.
//! Nothing is inflated that nobody asks for, and declared sizes are never trusted.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use jianbao_model::{Code, Diagnostic, Origin, SourceHasher, SourceId};
use zip::ZipArchive;
use zip::result::ZipError;

use super::relations::{self, Relation};
use crate::{Limits, ReadError};

/// Bytes that are inflated at a time: between two looks the bounds are checked.
const LOOK: usize = 64 << 10;

/// An opened package.
pub(crate) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Entry numbers by part name in lower case with forward slashes (OPC: names are
    /// equivalent without regard to case).
    entries: HashMap<String, usize>,
    limits: &'a Limits,
    inflated: u64,
    /// What was doubtful in the parts so far.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl<'a> Package<'a> {
    /// Opens the package and refuses what no writer of documents makes.
    pub(crate) fn open(bytes: &'a [u8], limits: &'a Limits) -> Result<Self, ReadError> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged("zip"))?;
        if archive.len() > limits.entries {
            return Err(ReadError::LimitExceeded { what: "entries", limit: limits.entries as u64 });
        }
        let mut entries = HashMap::new();
        let mut has_duplicates = archive.has_duplicate_names();
        for (index, name) in archive.file_names_raw().enumerate() {
            has_duplicates |= entries.insert(key(&String::from_utf8_lossy(name)), index).is_some();
        }
        if has_duplicates {
            return Err(damaged("zip-duplicate-names"));
        }
        let mut package = Self { archive, entries, limits, inflated: 0, diagnostics: Vec::new() };
        if package.archive.has_overlapping_files().map_err(|_| damaged("zip"))? {
            return Err(damaged("zip-overlapping-entries"));
        }
        Ok(package)
    }

    /// Whether the package has a part.
    pub(crate) fn contains(&self, name: &str) -> bool {
        self.entries.contains_key(&key(name))
    }

    /// The text of a part that the document cannot do without.
    pub(crate) fn text(&mut self, name: &str) -> Result<String, ReadError> {
        let bytes = self.bytes(name)?.ok_or_else(|| damaged(name))?;
        let decoded = decode(bytes);
        if decoded.1 > 0 {
            let warning = Diagnostic::new(Code::BadEncoding, Origin::File);
            self.diagnostics.push(warning.with("count", decoded.1).with("part", name));
        }
        Ok(decoded.0)
    }

    /// The bytes of a part; `None` when there is no such part.
    pub(crate) fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        self.inflate(name, |_| {})
    }

    /// The length and hash of a part, whose bytes are never all in memory.
    pub(crate) fn measure(&mut self, name: &str) -> Result<Option<(u64, SourceId)>, ReadError> {
        let mut length = 0;
        let mut hasher = SourceHasher::default();
        let inflated = self.inflate(name, |bytes| {
            length += bytes.len() as u64;
            hasher.update(bytes);
            bytes.clear();
        })?;
        Ok(inflated.map(|_| (length, hasher.finish())))
    }

    /// Inflates a part look by look; `each` may take away what has come so far.
    fn inflate(
        &mut self,
        name: &str,
        mut each: impl FnMut(&mut Vec<u8>),
    ) -> Result<Option<Vec<u8>>, ReadError> {
        let Some(&index) = self.entries.get(&key(name)) else { return Ok(None) };
        let limits = self.limits;
        let mut entry = self.archive.by_index(index).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => ReadError::Encrypted { how: "zip" },
            _ => damaged(name),
        })?;
        let packed = entry.compressed_size().max(1);
        let left = limits.inflated_bytes.saturating_sub(self.inflated);
        // The declared size is a hint for the room of the first look, never more.
        let declared = usize::try_from(entry.size()).unwrap_or(usize::MAX);
        let mut bytes = Vec::with_capacity(declared.min(LOOK) + 1);
        let mut length = 0;
        loop {
            let look = entry.by_ref().take(LOOK as u64).read_to_end(&mut bytes);
            let count = look.map_err(|_| damaged(name))?;
            if count == 0 {
                break;
            }
            length += count as u64;
            let over = [
                ("part-bytes", limits.part_bytes, length > limits.part_bytes),
                ("inflated-bytes", limits.inflated_bytes, length > left),
                ("ratio", limits.ratio, length > Limits::RATIO_FROM && length / packed > limits.ratio),
            ];
            if let Some(&(what, limit, _)) = over.iter().find(|(_, _, is_over)| *is_over) {
                // Counted all the same: where a caller goes on, it does not begin anew.
                self.inflated += length;
                return Err(ReadError::LimitExceeded { what, limit });
            }
            each(&mut bytes);
        }
        self.inflated += length;
        Ok(Some(bytes))
    }

    /// The relationships of a part, by id; none when it has no relationship part.
    pub(crate) fn relations(&mut self, part: &str) -> Result<HashMap<String, Relation>, ReadError> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let separator = if folder.is_empty() { "" } else { "/" };
        let name = format!("{folder}{separator}_rels/{file}.rels");
        if !self.contains(&name) {
            return Ok(HashMap::new());
        }
        let depth = self.limits.depth;
        let text = self.text(&name)?;
        relations::parse(&text, &name, folder, depth)
    }

    /// The name of the part that holds the text.
    pub(crate) fn main_part(&mut self) -> Result<String, ReadError> {
        let roots = self.relations("")?;
        let mut targets: Vec<&Relation> = roots.values().filter(|root| root.is("officeDocument")).collect();
        targets.sort_by(|one, other| one.target.cmp(&other.target));
        let named = targets.into_iter().map(|root| root.target.clone());
        let usual = "word/document.xml".to_owned();
        named.chain([usual]).find(|name| self.contains(name)).ok_or_else(|| damaged("word/document.xml"))
    }
}

/// The name by which parts are looked up.
fn key(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

fn damaged(what: &str) -> ReadError {
    ReadError::Damaged { what: what.to_owned() }
}

/// XML bytes to text by mark or declaration, with the number of sequences that were no text.
pub(super) fn decode(bytes: Vec<u8>) -> (String, usize) {
    let utf16 = match *bytes {
        [b'<', 0, ..] => Some(encoding_rs::UTF_16LE),
        [0, b'<', ..] => Some(encoding_rs::UTF_16BE),
        _ => None,
    };
    let encoding = utf16.or_else(|| declared(&bytes)).unwrap_or(encoding_rs::UTF_8);
    // Nearly every part is UTF-8 without a mark, and then the bytes are the text.
    let bytes = match String::from_utf8(bytes) {
        Ok(text) if encoding == encoding_rs::UTF_8 && !text.starts_with('\u{FEFF}') => return (text, 0),
        Ok(text) => text.into_bytes(),
        Err(error) => error.into_bytes(),
    };
    let (text, _, had_errors) = encoding.decode(&bytes);
    let replaced = if had_errors { text.matches('\u{FFFD}').count() } else { 0 };
    (text.into_owned(), replaced)
}

/// The encoding that the XML declaration names, if the declaration can be read as ASCII.
fn declared(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let start = bytes.get(..bytes.len().min(200))?;
    let declaration = start.split(|&byte| byte == b'>').next()?;
    let declaration = std::str::from_utf8(declaration).ok()?;
    let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let label = value.split(['"', '\'']).nth(1)?;
    let encoding = encoding_rs::Encoding::for_label(label.as_bytes())?;
    // A declaration that was read as ASCII does not stand in UTF-16.
    (encoding.is_ascii_compatible()).then_some(encoding)
}
