//! Pictures: their bytes by hash, and which of them Word shows.
//!
//! An issue names its pictures and does not hold them; who renders it brings the bytes along. PNG and
//! JPEG are printed. Metafiles, TIFF and the like are not: LibreOffice and WPS draw them differently
//! or not at all.

use std::collections::BTreeMap;

use jianbao_model::SourceId;
use jianbao_model::document::Image;

/// The bytes of pictures, by their hash.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pictures(BTreeMap<SourceId, Vec<u8>>);

impl Pictures {
    /// Adds a picture.
    pub fn add(&mut self, bytes: Vec<u8>) {
        self.0.insert(SourceId::of(&bytes), bytes);
    }

    /// A picture that can be printed; none if its bytes are not there or of another kind.
    pub(crate) fn printable(&self, image: &Image) -> Option<Picture<'_>> {
        Picture::of(self.0.get(&image.hash?)?)
    }
}

/// A picture that can be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Picture<'a> {
    /// Its file.
    pub(crate) bytes: &'a [u8],
    /// Width in pixels.
    pub(crate) width: u32,
    /// Height in pixels.
    pub(crate) height: u32,
}

/// First bytes of a PNG file.
const PNG: &[u8] = b"\x89PNG\r\n\x1A\n";

/// First bytes of a JPEG file.
const JPEG: &[u8] = b"\xFF\xD8\xFF";

/// What a picture's part is called by its content, as extension; none for what is not printed.
pub(crate) fn extension(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        _ if bytes.starts_with(PNG) => Some("png"),
        _ if bytes.starts_with(JPEG) => Some("jpeg"),
        _ => None,
    }
}

impl<'a> Picture<'a> {
    fn of(bytes: &'a [u8]) -> Option<Self> {
        let (width, height) = match extension(bytes)? {
            "png" => png_size(bytes)?,
            _ => jpeg_size(bytes)?,
        };
        (width > 0 && height > 0).then_some(Self { bytes, width, height })
    }
}

/// Width and height from the header (PNG 11.2.2), if the last chunk is there too: Word shows a red
/// cross for a file that is cut off.
fn png_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut chunks = bytes.get(PNG.len()..)?;
    let mut size = None;
    loop {
        let length = usize::try_from(u32::from_be_bytes(*chunks.first_chunk()?)).ok()?;
        let kind = chunks.get(4..8)?;
        let data = chunks.get(8..length.checked_add(8)?)?;
        match kind {
            b"IHDR" => {
                let number = |at: usize| data.get(at..)?.first_chunk().copied().map(u32::from_be_bytes);
                size = Some((number(0)?, number(4)?));
            }
            b"IEND" => return size,
            _ => {}
        }
        // The checksum has four bytes.
        chunks = chunks.get(length.checked_add(12)?..)?;
    }
}

/// Width and height from the frame header (ITU-T T.81 B.2.2).
fn jpeg_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut rest = bytes.get(2..)?;
    loop {
        let [0xFF, marker, after @ ..] = rest else { return None };
        match marker {
            // Fill bytes.
            0xFF => rest = rest.get(1..)?,
            // Markers without a segment.
            0x01 | 0xD0..=0xD8 => rest = after,
            // The picture ends, or its data begin, without a frame.
            0xD9 | 0xDA => return None,
            // All frames; DHT, JPG and DAC have numbers between them.
            0xC0..=0xCF if !matches!(marker, 0xC4 | 0xC8 | 0xCC) => {
                let [_, _, _, h1, h0, w1, w0, ..] = *after else { return None };
                return Some((u16::from_be_bytes([w1, w0]).into(), u16::from_be_bytes([h1, h0]).into()));
            }
            _ => rest = after.get(usize::from(u16::from_be_bytes(*after.first_chunk()?))..)?,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A chunk of a PNG file; the checksum is not looked at.
    fn chunk(kind: &[u8], data: &[u8]) -> Vec<u8> {
        [&(data.len() as u32).to_be_bytes(), kind, data, &[0; 4]].concat()
    }

    fn png(width: u32, height: u32) -> Vec<u8> {
        let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
        [PNG, &chunk(b"IHDR", &header), &chunk(b"IDAT", &[0; 9]), &chunk(b"IEND", &[])].concat()
    }

    /// Start, an APP0 segment, a table, a progressive frame of 300 × 200.
    const JPEG_FILE: &[u8] = &[
        0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2, 0xFF, 0xFF, 0xC4, 0, 3, 9, 0xFF, 0xC2, 0, 11, 8, 0, 200, 1, 44,
        1, 1, 17, 0,
    ];

    fn check(bytes: &[u8], expected: Option<(u32, u32)>) {
        assert_eq!(Picture::of(bytes).map(|picture| (picture.width, picture.height)), expected);
    }

    #[test]
    fn the_size_is_in_the_header() {
        check(&png(640, 480), Some((640, 480)));
        check(JPEG_FILE, Some((300, 200)));
    }

    #[test]
    fn what_is_cut_off_or_of_another_kind_is_not_printed() {
        let whole = png(640, 480);
        for length in 0..whole.len() - 4 {
            check(&whole[..length], None);
        }
        for length in 0..23 {
            check(&JPEG_FILE[..length], None);
        }
        check(&png(0, 480), None);
        check(b"GIF89a\x01\0\x01\0", None);
        check(b"\xD7\xCD\xC6\x9A", None);
    }
}
