//! Pictures in the line of text (MS-DOC 2.9.193 `PICFAndOfficeArtData`): the bytes of the picture
//! file that the author put in, out of the `Data` stream.

use crate::bytes::{slice, u8_at, u16_at, u32_at};
use crate::document::Picture;
use std::collections::HashMap;

/// `mfp.mm` of a picture that is a link: the name of its file follows the header.
const LINKED: u16 = 0x66;
/// `OfficeArtFBSE` (MS-ODRAW 2.2.32): a picture with its description.
const ENTRY: u16 = 0xF007;
const ENTRY_LEN: usize = 36; // bytes before the name
/// `OfficeArtMetafileHeader` (MS-ODRAW 2.2.31).
const METAFILE_LEN: usize = 34; // bytes
const UID_LEN: usize = 16; // bytes

/// The pictures of a file, each once.
#[derive(Debug, Default)]
pub(crate) struct Pictures {
    pub(crate) list: Vec<Picture>,
    by_place: HashMap<u32, Option<usize>>,
    /// Bytes copied so far. Honest pictures do not overlap, so all together fit into the stream.
    copied: usize,
}

impl Pictures {
    /// The index of the picture at an offset of the `Data` stream.
    pub(crate) fn at(&mut self, data: &[u8], place: u32) -> Option<usize> {
        if let Some(&known) = self.by_place.get(&place) {
            return known;
        }
        let found = parse(data, place).filter(|found| {
            self.copied = self.copied.saturating_add(found.bytes.as_ref().map_or(0, Vec::len));
            self.copied <= data.len()
        });
        let index = found.map(|picture| {
            self.list.push(picture);
            self.list.len() - 1
        });
        self.by_place.insert(place, index);
        index
    }
}

fn parse(data: &[u8], place: u32) -> Option<Picture> {
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
            ENTRY => {
                let name = usize::from(u8_at(record.data, 33)?);
                return Record::first_of(record.data.get(ENTRY_LEN + name..)?)?.picture();
            }
            0xF018..=0xF117 => return record.picture(),
            _ => rest = rest.get(8 + record.data.len()..)?,
        }
    }
}

/// A record of a drawing (MS-ODRAW 2.2.1).
struct Record<'a> {
    instance: u16,
    kind: u16,
    data: &'a [u8],
}

impl<'a> Record<'a> {
    fn first_of(data: &'a [u8]) -> Option<Self> {
        let len = u32_at(data, 4)? as usize;
        Some(Self { instance: u16_at(data, 0)? >> 4, kind: u16_at(data, 2)?, data: slice(data, 8, len)? })
    }

    /// `OfficeArtBlip` (MS-ODRAW 2.2.23): identifiers, a header, the file.
    fn picture(&self) -> Option<Picture> {
        // An odd instance says that there is a second identifier.
        let start = if self.instance & 1 == 1 { 2 * UID_LEN } else { UID_LEN };
        match self.kind {
            // Metafiles are stored packed, without the header that their files begin with.
            0xF01A..=0xF01C => {
                slice(self.data, start, METAFILE_LEN)?;
                Some(Picture { size: u64::from(u32_at(self.data, start)?), bytes: None })
            }
            // JPEG, PNG, DIB, TIFF and JPEG in CMYK, after a byte of no use.
            0xF01D..=0xF01F | 0xF029 | 0xF02A => {
                let bytes = self.data.get(start + 1..)?.to_vec();
                Some(Picture { size: bytes.len() as u64, bytes: Some(bytes) })
            }
            _ => None,
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
        let blip = record(0xF01E, 0x6E0, &[&[0; UID_LEN + 1], file].concat());
        let art = [record(0xF004, 0, &[]), record(ENTRY, 6, &[&[0; ENTRY_LEN], &blip[..]].concat())].concat();
        let header = [&[68, 0, 100, 0][..], &[0; 60]].concat();
        [&(4 + header.len() as u32 + art.len() as u32).to_le_bytes(), &header[..], &art].concat()
    }

    #[test]
    fn the_file_is_found_once() {
        let data = [vec![9; 3], stored(b"png")].concat();
        let mut pictures = Pictures::default();
        assert_eq!((pictures.at(&data, 3), pictures.at(&data, 3)), (Some(0), Some(0)));
        assert_eq!(pictures.list, [Picture { size: 3, bytes: Some(b"png".to_vec()) }]);
        assert_eq!(pictures.at(&data, 0), None);
    }

    #[test]
    fn a_cut_picture_is_none() {
        let data = stored(b"png");
        for len in 0..data.len() {
            assert!(parse(data.get(..len).unwrap(), 0).is_none(), "{len}");
        }
    }
}
