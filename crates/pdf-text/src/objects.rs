//! Lenient access to lopdf's objects, with one budget for all decoded bytes.

use std::cell::Cell;

use lopdf::{DecompressError, Dictionary, Document, Object, ObjectId, Stream};

use crate::{Limits, Rect};

/// References in a chain, and parents of a page: more is a cycle.
const MAX_CHAIN: usize = 32;

/// The loaded file and what may still be decoded of it.
pub(crate) struct File {
    pub(crate) doc: Document,
    pub(crate) pages: Vec<ObjectId>,
    pub(crate) rebuilt: bool,
    /// Stands for resources that a page does not have.
    pub(crate) nothing: Dictionary,
    budget: Cell<usize>,
    exhausted: Cell<bool>,
    oversized: Cell<bool>,
    font_entries: Cell<usize>,
    filters: usize,
    stream_bytes: usize,
}

impl File {
    pub(crate) fn new(doc: Document, pages: Vec<ObjectId>, rebuilt: bool, limits: &Limits) -> Self {
        Self {
            doc,
            pages,
            rebuilt,
            nothing: Dictionary::new(),
            budget: Cell::new(limits.decoded_bytes),
            exhausted: Cell::new(false),
            oversized: Cell::new(false),
            font_entries: Cell::new(limits.font_entries),
            filters: limits.filters,
            stream_bytes: limits.stream_bytes,
        }
    }

    /// Whether the budget of decoded bytes is used up.
    pub(crate) fn exhausted(&self) -> bool {
        self.exhausted.get()
    }

    /// Whether a stream was left out for its size since this was last asked.
    pub(crate) fn take_oversized(&self) -> bool {
        self.oversized.replace(false)
    }

    /// Takes entries of a font from what all fonts of the file may have; gives how many are left to it.
    pub(crate) fn font_entries(&self, wanted: usize) -> usize {
        let granted = self.font_entries.get().min(wanted);
        self.font_entries.set(self.font_entries.get() - granted);
        granted
    }

    pub(crate) fn resolve<'a>(&'a self, mut object: &'a Object) -> Option<&'a Object> {
        for _ in 0..MAX_CHAIN {
            match object {
                Object::Reference(id) => object = self.doc.objects.get(id)?,
                Object::Null => return None,
                _ => return Some(object),
            }
        }
        None
    }

    pub(crate) fn get<'a>(&'a self, dict: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
        self.resolve(dict.get(key).ok()?)
    }

    /// A dictionary, or the dictionary of a stream.
    pub(crate) fn dict<'a>(&'a self, dict: &'a Dictionary, key: &[u8]) -> Option<&'a Dictionary> {
        match self.get(dict, key)? {
            Object::Dictionary(d) => Some(d),
            Object::Stream(s) => Some(&s.dict),
            _ => None,
        }
    }

    pub(crate) fn stream<'a>(&'a self, dict: &'a Dictionary, key: &[u8]) -> Option<&'a Stream> {
        self.get(dict, key)?.as_stream().ok()
    }

    pub(crate) fn name<'a>(&'a self, dict: &'a Dictionary, key: &[u8]) -> Option<&'a [u8]> {
        self.get(dict, key)?.as_name().ok()
    }

    pub(crate) fn array<'a>(&'a self, dict: &'a Dictionary, key: &[u8]) -> Option<&'a [Object]> {
        self.get(dict, key)?.as_array().ok().map(Vec::as_slice)
    }

    pub(crate) fn number(&self, dict: &Dictionary, key: &[u8]) -> Option<f32> {
        self.as_number(dict.get(key).ok()?)
    }

    pub(crate) fn as_number(&self, object: &Object) -> Option<f32> {
        let value = match self.resolve(object)? {
            Object::Integer(i) => *i as f32,
            Object::Real(r) => *r,
            _ => return None,
        };
        value.is_finite().then_some(value)
    }

    pub(crate) fn numbers<const N: usize>(&self, dict: &Dictionary, key: &[u8]) -> Option<[f32; N]> {
        let array = self.array(dict, key)?;
        let mut out = [0.0; N];
        for (slot, object) in out.iter_mut().zip(array.get(..N)?) {
            *slot = self.as_number(object)?;
        }
        Some(out)
    }

    pub(crate) fn rect(&self, dict: &Dictionary, key: &[u8]) -> Option<Rect> {
        let [a, b, c, d] = self.numbers(dict, key)?;
        let rect = Rect::from_corners((a, b), (c, d));
        (rect.width() > 0.0 && rect.height() > 0.0).then_some(rect)
    }

    /// The dictionary of this node or of its nearest ancestor that has `key` (§7.7.3.4).
    pub(crate) fn inherited<'a>(&'a self, page: &'a Dictionary, key: &[u8]) -> Option<&'a Dictionary> {
        let mut node = page;
        for _ in 0..MAX_CHAIN {
            if self.get(node, key).is_some() {
                return Some(node);
            }
            node = self.dict(node, b"Parent")?;
        }
        None
    }

    /// lopdf sees no filter behind a reference and would give the packed bytes as text.
    fn direct_filters(&self, stream: &Stream) -> Option<Stream> {
        let keys: [&[u8]; 2] = [b"Filter", b"DecodeParms"];
        if !keys.iter().any(|key| stream.dict.get(key).is_ok_and(has_reference)) {
            return None;
        }
        let mut out = stream.clone();
        for key in keys {
            if let Some(value) = self.get(&stream.dict, key) {
                out.dict.set(key, self.direct(value));
            }
        }
        Some(out)
    }

    fn direct(&self, value: &Object) -> Object {
        match value {
            Object::Array(list) => {
                let each = list.iter().map(|o| self.resolve(o).cloned().unwrap_or(Object::Null));
                Object::Array(each.collect())
            }
            other => other.clone(),
        }
    }

    /// Decodes a stream within the budget; none when it is damaged, too large or not text at all.
    pub(crate) fn decode(&self, stream: &Stream) -> Option<Vec<u8>> {
        if self.exhausted.get() {
            return None;
        }
        let direct = self.direct_filters(stream);
        let stream = direct.as_ref().unwrap_or(stream);
        if stream.filters().map_or(0, |f| f.len()) > self.filters {
            return None;
        }
        let left = self.budget.get();
        let bound = left.min(self.stream_bytes);
        match stream.get_plain_content_with_limit(bound) {
            Ok(data) => {
                self.budget.set(left - data.len().min(left));
                Some(data)
            }
            Err(lopdf::Error::Decompress(DecompressError::MemoryLimitExceeded { .. })) => {
                // The work was done, so it counts; the file ends when nothing is left.
                self.budget.set(left - bound);
                self.exhausted.set(left == bound);
                self.oversized.set(true);
                None
            }
            Err(_) => None,
        }
    }
}

fn has_reference(object: &Object) -> bool {
    match object {
        Object::Reference(_) => true,
        Object::Array(list) => list.iter().any(|o| matches!(o, Object::Reference(_))),
        _ => false,
    }
}
