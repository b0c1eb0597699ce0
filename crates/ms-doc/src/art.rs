//! Records of drawings (MS-ODRAW 2.2): shapes with what they show, and pictures.

use crate::bytes::{slice, u8_at, u16_at, u32_at, utf16_at};
use crate::document::Picture;

const STORE: u16 = 0xF001; // OfficeArtBStoreContainer
const DRAWING: u16 = 0xF002; // OfficeArtDgContainer
pub(crate) const ENTRY: u16 = 0xF007; // OfficeArtFBSE
const SHAPE: u16 = 0xF00A; // OfficeArtFSP
const PROPERTIES: u16 = 0xF00B; // OfficeArtFOPT
/// `OfficeArtFBSE` before the name (MS-ODRAW 2.2.32).
const ENTRY_LEN: usize = 36; // bytes
/// `OfficeArtMetafileHeader` (MS-ODRAW 2.2.31).
const METAFILE_LEN: usize = 34; // bytes
const UID_LEN: usize = 16; // bytes
const PROPERTY_LEN: usize = 6; // bytes

/// What a shape shows, other than a text box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Drawn {
    /// A picture by its number in the store, from 1.
    Picture(usize),
    /// The text of a WordArt.
    Text(String),
}

/// A record (MS-ODRAW 2.2.1).
#[derive(Debug, Clone, Copy)]
pub(crate) struct Record<'a> {
    is_container: bool,
    instance: u16,
    pub(crate) kind: u16,
    pub(crate) data: &'a [u8],
}

impl<'a> Record<'a> {
    pub(crate) fn first_of(data: &'a [u8]) -> Option<Self> {
        let version = u16_at(data, 0)?;
        let len = u32_at(data, 4)? as usize;
        Some(Self {
            is_container: version & 0xF == 0xF,
            instance: version >> 4,
            kind: u16_at(data, 2)?,
            data: slice(data, 8, len)?,
        })
    }

    /// `OfficeArtBlip` (MS-ODRAW 2.2.23): identifiers, a header, the file.
    pub(crate) fn picture(&self) -> Option<Picture> {
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

/// The picture of a store's entry: inside of it, or where it says in the `WordDocument` stream.
pub(crate) fn picture_of_entry(entry: &[u8], stream: &[u8]) -> Option<Picture> {
    let name = usize::from(u8_at(entry, 33)?);
    let inside = entry.get(ENTRY_LEN + name..).and_then(Record::first_of);
    let outside = || Record::first_of(stream.get(u32_at(entry, 28)? as usize..)?);
    inside.or_else(outside)?.picture()
}

/// The entries of the store of pictures, in the order of their numbers.
pub(crate) fn store(drawing: &[u8]) -> Vec<&[u8]> {
    let mut is_inside = false;
    let mut entries = Vec::new();
    walk(drawing, |record| {
        is_inside = record.kind == STORE || is_inside && record.kind == ENTRY;
        if is_inside && record.kind == ENTRY {
            entries.push(record.data);
        }
    });
    entries
}

/// All shapes that show something, with their identifiers, in the order of the file.
pub(crate) fn shapes(drawing: &[u8]) -> Vec<(i32, Drawn)> {
    let mut shapes = Vec::new();
    let mut shape = None;
    walk(drawing, |record| match record.kind {
        SHAPE => shape = u32_at(record.data, 0).map(|id| id as i32),
        PROPERTIES => {
            let drawn = drawn(record);
            shapes.extend(shape.take().zip(drawn));
        }
        _ => {}
    });
    shapes
}

/// The properties of a shape: a fixed part each, then the texts and other long values in order.
fn drawn(record: Record<'_>) -> Option<Drawn> {
    const PICTURE: u16 = 0x0104; // pib, MS-ODRAW 2.3.23.2
    const TEXT: u16 = 0x00C0; // gtextUNICODE, MS-ODRAW 2.3.22.1
    let count = usize::from(record.instance);
    let mut at = count * PROPERTY_LEN;
    let mut found = None;
    for index in 0..count {
        let name = u16_at(record.data, PROPERTY_LEN * index)?;
        let value = u32_at(record.data, PROPERTY_LEN * index + 2)? as usize;
        let is_long = name & 0x8000 != 0;
        match name & 0x3FFF {
            PICTURE if !is_long && value > 0 => found = found.or(Some(Drawn::Picture(value))),
            TEXT if is_long => {
                let text = utf16_at(record.data, at, value / 2)?.replace('\r', "\n");
                let text = text.trim_end_matches('\0').to_owned();
                found = Some(text).filter(|text| !text.trim().is_empty()).map(Drawn::Text).or(found);
            }
            _ => {}
        }
        at += if is_long { value } else { 0 };
    }
    found
}

/// Visits all records, containers before what is in them.
fn walk<'a>(drawing: &'a [u8], mut visit: impl FnMut(Record<'a>)) {
    let mut ends: Vec<usize> = Vec::new();
    let mut at = 0;
    while let Some(record) = drawing.get(at..).and_then(Record::first_of) {
        visit(record);
        let end = at + 8 + record.data.len();
        if record.is_container {
            ends.push(end);
            at += 8;
        } else {
            at = end;
        }
        while ends.last().is_some_and(|&end| end <= at) {
            ends.pop();
        }
        if ends.is_empty() {
            at = next_drawing(drawing, at);
        }
    }
}

/// Skips the byte in front of a drawing that says of which story it is (MS-DOC 2.9.172).
pub(crate) fn next_drawing(drawing: &[u8], at: usize) -> usize {
    let is_drawing = |at: usize| u16_at(drawing, at + 2) == Some(DRAWING);
    if is_drawing(at) || !is_drawing(at + 1) { at } else { at + 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, version: u16, instance: u16, data: &[u8]) -> Vec<u8> {
        let head = [(version | instance << 4).to_le_bytes(), kind.to_le_bytes()].concat();
        [&head[..], &(data.len() as u32).to_le_bytes(), data].concat()
    }

    #[test]
    fn shapes_show_pictures_and_texts() {
        let picture = record(PROPERTIES, 3, 1, &[0x04, 0x41, 2, 0, 0, 0]);
        let text: Vec<u8> = "简报\0".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let text = [&[0x80, 0x80, 2, 0, 0, 0, 0xC0, 0x80, 6, 0, 0, 0, 9, 9][..], &text].concat();
        let text = record(PROPERTIES, 3, 2, &text);
        let shape = |id: u8, properties: &[u8]| {
            record(0xF004, 0xF, 0, &[&record(SHAPE, 2, 75, &[id, 4, 0, 0, 0, 0, 0, 0]), properties].concat())
        };
        let store = record(0xF000, 0xF, 0, &record(STORE, 0xF, 1, &record(ENTRY, 2, 6, &[7])));
        let drawing = record(DRAWING, 0xF, 0, &[shape(1, &picture), shape(2, &text)].concat());
        let all = [&store[..], &[0], &drawing].concat();
        let expected = [(0x401, Drawn::Picture(2)), (0x402, Drawn::Text("简报".to_owned()))];
        assert_eq!(shapes(&all), expected);
        assert_eq!(super::store(&all), [[7]]);
    }
}
