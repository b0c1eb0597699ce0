//! Text that people type: plans, edited items, the configuration. Notepad and old editors save it as UTF-16 or
//! GBK.

use std::borrow::Cow;
use std::fs;
use std::io;
use std::path::Path;

use encoding_rs::{Encoding, GB18030};

/// Reads a file of text: by its byte order mark, else as UTF-8, else as GB18030, of which GBK is a part.
pub fn read(path: &Path) -> io::Result<String> {
    let bytes = fs::read(path)?;
    decoded(&bytes).ok_or_else(|| {
        io::Error::new(io::ErrorKind::InvalidData, "neither UTF-8 nor UTF-16 nor GB18030 (GBK)")
    })
}

fn decoded(bytes: &[u8]) -> Option<String> {
    let whole = |encoding: &'static Encoding, bytes| {
        encoding.decode_without_bom_handling_and_without_replacement(bytes).map(Cow::into_owned)
    };
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return whole(encoding, &bytes[length..]);
    }
    str::from_utf8(bytes).map(str::to_owned).ok().or_else(|| whole(GB18030, bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_notepad_saves_is_read() {
        let text = "item = \"关于开展“春季植树”的通知\"\r\n";
        let utf16 = |order: fn(u16) -> [u8; 2]| -> Vec<u8> {
            "\u{FEFF}".encode_utf16().chain(text.encode_utf16()).flat_map(order).collect()
        };
        let marked = ["\u{FEFF}".as_bytes(), text.as_bytes()].concat();
        let (gbk, ..) = GB18030.encode(text);
        for bytes in [text.as_bytes(), &marked, &utf16(u16::to_le_bytes), &utf16(u16::to_be_bytes), &gbk] {
            assert_eq!(decoded(bytes).as_deref(), Some(text));
        }
        assert_eq!(decoded(b"\xff\xff\x80"), None);
    }
}
