//! The files of pictures, as the author put them in: in the line of text (MS-DOC 2.9.193
//! `PICFAndOfficeArtData`, in the `Data` stream) and of shapes beside it.

use crate::art::{ENTRY, Record, picture_of_entry};
use crate::bytes::{slice, u8_at, u16_at, u32_at};
use crate::document::Picture;
use crate::source::Source;
use std::collections::HashMap;

/// `mfp.mm` of a picture that is a link: the name of its file follows the header.
const LINKED: u16 = 0x66;

/// Where a picture is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Place {
    /// An offset in the `Data` stream.
    Line(u32),
    /// A number in the store of the drawings, from 1.
    Store(usize),
}

/// The pictures of a file, each once.
#[derive(Debug, Default)]
pub(crate) struct Pictures {
    pub(crate) list: Vec<Picture>,
    by_place: HashMap<Place, Option<usize>>,
    /// Bytes copied so far. Honest pictures do not overlap, so all together fit into the streams.
    copied: usize,
}

impl Pictures {
    /// The index of a picture; `None` where there is none that can be read.
    pub(crate) fn at(&mut self, source: &Source<'_>, place: Place) -> Option<usize> {
        if let Some(&known) = self.by_place.get(&place) {
            return known;
        }
        let picture = match place {
            Place::Line(at) => in_line(source.data, at),
            Place::Store(number) => {
                let entry = number.checked_sub(1).and_then(|index| source.store.get(index));
                entry.and_then(|entry| picture_of_entry(entry, source.stream))
            }
        };
        let limit = source.data.len() + source.stream.len() + source.table.len();
        let picture = picture.filter(|picture| {
            self.copied = self.copied.saturating_add(picture.bytes.as_ref().map_or(0, Vec::len));
            self.copied <= limit
        });
        let index = picture.map(|picture| {
            self.list.push(picture);
            self.list.len() - 1
        });
        self.by_place.insert(place, index);
        index
    }
}

fn in_line(data: &[u8], place: u32) -> Option<Picture> {
    let at = place as usize;
    let picture = slice(data, at, u32_at(data, at)? as usize)?;
    let mut at = usize::from(u16_at(picture, 4)?);
    if u16_at(picture, 6)? == LINKED {
        at += 1 + usize::from(u8_at(picture, at)?);
    }
    // First the shape, then the pictures that it shows; there is one.
    let mut rest = picture.get(at..)?;
    loop {
        let record = Record::first_of(rest)?;
        match record.kind {
            ENTRY => return picture_of_entry(record.data, &[]),
            0xF018..=0xF117 => return record.picture(),
            _ => rest = rest.get(8 + record.data.len()..)?,
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a panic is how a test fails")]
mod tests {
    use super::*;

    fn record(kind: u16, instance: u16, data: &[u8]) -> Vec<u8> {
        let head = [(instance << 4).to_le_bytes(), kind.to_le_bytes()].concat();
        [&head[..], &(data.len() as u32).to_le_bytes(), data].concat()
    }

    fn stored(file: &[u8]) -> Vec<u8> {
        let blip = record(0xF01E, 0x6E0, &[&[0; 17], file].concat());
        let art = [record(0xF004, 0, &[]), record(ENTRY, 6, &[&[0; 36], &blip[..]].concat())].concat();
        let header = [&[68, 0, 100, 0][..], &[0; 60]].concat();
        [&(4 + header.len() as u32 + art.len() as u32).to_le_bytes(), &header[..], &art].concat()
    }

    #[test]
    fn the_file_is_found() {
        let data = [vec![9; 3], stored(b"png")].concat();
        assert_eq!(in_line(&data, 3), Some(Picture { size: 3, bytes: Some(b"png".to_vec()) }));
        assert_eq!(in_line(&data, 0), None);
    }

    #[test]
    fn a_cut_picture_is_none() {
        let data = stored(b"png");
        for len in 0..data.len() {
            assert!(in_line(data.get(..len).unwrap(), 0).is_none(), "{len}");
        }
    }
}
