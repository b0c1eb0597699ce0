//! Bytes to lopdf's objects and a list of pages, with every doubtful success turned into an error.

use std::collections::HashSet;

use lopdf::{DecompressError, Document, LoadOptions, Object, ObjectId, xref::XrefEntry};
use memchr::memmem;

use crate::guard;
use crate::mend;
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
    memmem::find(bytes, part).is_some()
}

fn load_with_header(bytes: &[u8], password: &str, limits: &Limits) -> Result<File, Error> {
    guard::scan(bytes, limits)?;
    let mut doc = open(bytes, password, limits, false)?;
    let mut pages = page_list(&doc, limits.pages);
    let mut rebuilt = doc.xref_recovery.is_some();
    if pages.is_empty() {
        // lopdf gives such files with Ok: its table may point at the wrong objects.
        rebuilt = true;
        // Two documents at the same time would take twice the memory.
        doc = Document::new();
        if let Ok(again) = open(bytes, password, limits, true) {
            pages = page_list(&again, limits.pages);
            doc = again;
        }
    }
    if loses_content(&doc, &pages) || loses_objects(&doc) {
        // The table is rebuilt, since mended lengths move what follows.
        if let Ok(mended) = open(&mend::lengths(bytes), password, limits, true) {
            let again = page_list(&mended, limits.pages);
            if again.len() >= pages.len() && is_fuller(&mended, &doc) {
                (doc, pages, rebuilt) = (mended, again, true);
            }
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
        filter: Some(guard::filter),
        ..LoadOptions::default()
    };
    let loaded = guard::watched(limits, || Document::load_mem_with_options(bytes, options))?;
    let mut doc = loaded.map_err(|e| reason(e, limits))?;
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

/// The leaves of the page tree in order (ISO 32000-1 §7.7.3), each node once: nodes that name each other
/// or the same kids make a tree of 2^30 pages out of thirty objects. One more than the limit is
/// enough to know that it is passed.
fn page_list(doc: &Document, limit: usize) -> Vec<ObjectId> {
    let Ok(root) = doc.catalog().and_then(|catalog| catalog.get(b"Pages")).and_then(Object::as_reference)
    else {
        return Vec::new();
    };
    let mut pages = Vec::new();
    let mut seen = HashSet::new();
    let mut open = vec![root];
    while let Some(id) = open.pop() {
        if pages.len() > limit {
            break;
        }
        let Ok(node) = doc.get_dictionary(id) else {
            continue;
        };
        if !seen.insert(id) {
            continue;
        }
        match node.get_deref(b"Kids", doc).and_then(Object::as_array) {
            Ok(kids) if !node.has_type(b"Page") => {
                open.extend(kids.iter().rev().filter_map(|kid| kid.as_reference().ok()));
            }
            // Some writers leave the type out.
            _ if node.has_type(b"Page") || (id != root && !node.has_type(b"Pages")) => pages.push(id),
            _ => {}
        }
    }
    pages
}

/// Whether a page names content that lopdf left out: mostly for a wrong `/Length`.
fn loses_content(doc: &Document, pages: &[ObjectId]) -> bool {
    let is_lost = |object: &Object| {
        let Ok(id) = object.as_reference() else {
            return false;
        };
        match doc.get_object(id) {
            Ok(Object::Stream(stream)) => {
                stream.content.is_empty()
                    && stream.dict.get(b"Length").is_ok_and(|length| length.as_i64().ok() != Some(0))
            }
            Ok(_) => false,
            Err(_) => true,
        }
    };
    pages.iter().filter_map(|id| doc.get_dictionary(*id).ok()?.get(b"Contents").ok()).any(
        |contents| match doc.dereference(contents) {
            Ok((_, Object::Array(list))) => list.iter().any(is_lost),
            _ => is_lost(contents),
        },
    )
}

/// Whether the table names places at which there is no object: it is shifted, if only by a byte.
fn loses_objects(doc: &Document) -> bool {
    let is_lost = |(number, entry): (&u32, &XrefEntry)| match entry {
        XrefEntry::Normal { offset, generation } => {
            *offset > 0 && !doc.objects.contains_key(&(*number, *generation))
        }
        _ => false,
    };
    // The dictionary of the encryption is taken out of a decrypted document.
    !doc.was_encrypted() && doc.reference_table.entries.iter().any(is_lost)
}

/// Whether a second load found what the first had lost.
fn is_fuller(again: &Document, first: &Document) -> bool {
    let bytes = |doc: &Document| -> usize {
        doc.objects
            .values()
            .filter_map(|object| object.as_stream().ok())
            .map(|stream| stream.content.len())
            .sum()
    };
    again.objects.len() > first.objects.len() || bytes(again) > bytes(first)
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
