//! Bytes to lopdf's objects and a list of pages, with every doubtful success turned into an error.

use lopdf::{DecompressError, Document, LoadOptions, Object, ObjectId};

use crate::objects::File;
use crate::{Error, Limit, Limits};

/// Writers may put junk before the header; readers look this far (ISO 32000-1 annex H.3.4.1).
const HEADER_WINDOW: usize = 64 << 10;

pub(crate) fn load(bytes: &[u8], password: &str, limits: &Limits) -> Result<File, Error> {
    let window = &bytes[..bytes.len().min(HEADER_WINDOW)];
    if !contains(window, b"%PDF-") {
        return load_headless(bytes, password, limits);
    }
    load_with_header(bytes, password, limits)
}

/// A file that lost its header has objects all the same; lopdf finds them once it sees one.
fn load_headless(bytes: &[u8], password: &str, limits: &Limits) -> Result<File, Error> {
    if !(contains(bytes, b" obj") && contains(bytes, b"endobj")) {
        return Err(Error::NotPdf);
    }
    let mut repaired = b"%PDF-1.4\n".to_vec();
    repaired.extend_from_slice(bytes);
    load_with_header(&repaired, password, limits).map_err(|_| Error::NotPdf)
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|w| w == part)
}

fn load_with_header(bytes: &[u8], password: &str, limits: &Limits) -> Result<File, Error> {
    let mut doc = open(bytes, password, limits, false)?;
    let mut pages = page_list(&doc, limits.pages);
    let mut rebuilt = doc.xref_recovery.is_some();
    if pages.is_empty() {
        // lopdf gives such files with Ok: its table may point at the wrong objects.
        rebuilt = true;
        if let Ok(again) = open(bytes, password, limits, true) {
            pages = page_list(&again, limits.pages);
            doc = again;
        }
    }
    if pages.is_empty() {
        pages = scan_pages(&doc, limits.pages);
    }
    if pages.is_empty() {
        return Err(Error::NoPages);
    }
    if pages.len() > limits.pages {
        return Err(Error::LimitExceeded { what: Limit::Pages, limit: limits.pages });
    }
    Ok(File::new(doc, pages, rebuilt, limits))
}

fn open(bytes: &[u8], password: &str, limits: &Limits, rebuild: bool) -> Result<Document, Error> {
    let options = LoadOptions {
        password: (!password.is_empty()).then(|| password.to_owned()),
        max_decompressed_size: Some(limits.object_stream_bytes.min(limits.decoded_bytes)),
        force_reconstruct: rebuild,
        ..LoadOptions::default()
    };
    let mut doc = Document::load_mem_with_options(bytes, options).map_err(|e| reason(e, limits))?;
    if doc.trailer.has(b"Encrypt") && !doc.was_encrypted() {
        doc.decrypt(password).map_err(|e| reason(e, limits))?;
    }
    Ok(doc)
}

fn reason(error: lopdf::Error, limits: &Limits) -> Error {
    use lopdf::Error as E;
    match error {
        // lopdf says "not encrypted" of a document whose objects wait for a password.
        E::InvalidPassword
        | E::NotEncrypted
        | E::Decryption(lopdf::encryption::DecryptionError::IncorrectPassword) => Error::Password,
        E::UnsupportedSecurityHandler(name) => {
            Error::UnsupportedEncryption(String::from_utf8_lossy(&name).into_owned())
        }
        E::Decryption(inner) => Error::UnsupportedEncryption(inner.to_string()),
        E::Decompress(DecompressError::MemoryLimitExceeded { .. }) => {
            Error::LimitExceeded { what: Limit::DecodedBytes, limit: limits.object_stream_bytes }
        }
        other => Error::Damaged(other.to_string()),
    }
}

/// One more than the limit is enough to know that it is passed.
fn page_list(doc: &Document, limit: usize) -> Vec<ObjectId> {
    doc.page_iter().filter(|id| doc.get_dictionary(*id).is_ok()).take(limit.saturating_add(1)).collect()
}

/// When the page tree is gone, pages in the order of their object numbers are the best guess.
fn scan_pages(doc: &Document, limit: usize) -> Vec<ObjectId> {
    doc.objects
        .iter()
        .filter(|(_, object)| is_page(object))
        .map(|(id, _)| *id)
        .take(limit.saturating_add(1))
        .collect()
}

fn is_page(object: &Object) -> bool {
    object.as_dict().is_ok_and(|dict| dict.has_type(b"Page") && dict.has(b"Contents"))
}
