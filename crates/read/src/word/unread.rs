//! Definitions that are read when somebody asks for them: a template has hundreds of styles and lists, of
//! which a document uses a few.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::hash::Hash;
use std::ops::Range;

use crate::ReadError;

/// Values by their key, each at its place in a text until it is asked for.
pub(crate) struct Unread<K, T> {
    entries: HashMap<K, Entry<T>>,
    source: Option<Source<T>>,
    /// The first fault in a value that was asked for.
    fault: OnceCell<ReadError>,
}

struct Entry<T> {
    at: Range<usize>,
    value: OnceCell<T>,
}

struct Source<T> {
    text: String,
    read: Read<T>,
}

/// Reads a value from its piece of the text.
pub(crate) type Read<T> = Box<dyn Fn(&str) -> Result<T, ReadError>>;

impl<K, T> Default for Unread<K, T> {
    fn default() -> Self {
        Self { entries: HashMap::new(), source: None, fault: OnceCell::new() }
    }
}

impl<K: Eq + Hash, T: Default> Unread<K, T> {
    /// Values by key and place in a text; of several with one key the last holds.
    pub(crate) fn new(text: String, places: Vec<(K, Range<usize>)>, read: Read<T>) -> Self {
        let entries = places.into_iter().map(|(key, at)| (key, Entry { at, value: OnceCell::new() }));
        Self { entries: entries.collect(), source: Some(Source { text, read }), fault: OnceCell::new() }
    }

    /// Adds a value that is known already.
    pub(crate) fn insert(&mut self, key: K, value: T) {
        self.entries.insert(key, Entry { at: 0..0, value: value.into() });
    }

    /// The value of a key. One that cannot be read says nothing; [`fault`](Self::fault) tells.
    pub(crate) fn get<Q: Eq + Hash + ?Sized>(&self, key: &Q) -> Option<&T>
    where
        K: std::borrow::Borrow<Q>,
    {
        let entry = self.entries.get(key)?;
        Some(entry.value.get_or_init(|| self.read(&entry.at).unwrap_or_default()))
    }

    /// The first fault in a value that was asked for.
    pub(crate) fn fault(&self) -> Option<&ReadError> {
        self.fault.get()
    }

    fn read(&self, at: &Range<usize>) -> Option<T> {
        let source = self.source.as_ref()?;
        let read = (source.read)(source.text.get(at.clone())?);
        // A later fault changes nothing: the first is told.
        read.map_err(|fault| self.fault.set(fault)).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::Unread;
    use crate::ReadError;

    #[test]
    fn what_is_asked_for_is_read_once_and_faults_are_kept() {
        let read = |text: &str| text.parse::<i32>().map_err(|_| ReadError::Damaged { what: text.to_owned() });
        let places = vec![("a", 0..1), ("b", 1..2), ("c", 2..3), ("a", 3..4)];
        let unread = Unread::new("1xy4".to_owned(), places, Box::new(read));
        assert_eq!((unread.get("a"), unread.get("z"), unread.fault()), (Some(&4), None, None));
        assert_eq!((unread.get("b"), unread.get("c")), (Some(&0), Some(&0)));
        assert_eq!(unread.fault(), Some(&ReadError::Damaged { what: "x".to_owned() }));
    }
}
