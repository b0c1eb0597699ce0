//! Pictures: their bytes from hexadecimal digits or binary data.

use jianbao_model::SourceId;
use jianbao_model::document::Image;

/// A picture whose group is open.
#[derive(Default)]
pub(super) struct Picture {
    bytes: Vec<u8>,
    /// The first digit of a byte.
    half: Option<u8>,
    extension: &'static str,
}

impl Picture {
    /// A control word of the picture: its kind.
    pub(super) fn word(&mut self, word: &str) {
        self.extension = match word {
            "pngblip" => "png",
            "jpegblip" => "jpeg",
            "emfblip" => "emf",
            "wmetafile" => "wmf",
            "dibitmap" | "wbitmap" => "bmp",
            "macpict" => "pict",
            _ => return,
        };
    }

    /// Adds digits; other signs are passed over.
    pub(super) fn add_digits(&mut self, text: &[u8]) {
        let digits = text.iter().filter_map(|&byte| char::from(byte).to_digit(16));
        for digit in digits {
            let digit = digit as u8;
            match self.half.take() {
                Some(high) => self.bytes.push(high << 4 | digit),
                None => self.half = Some(digit),
            }
        }
    }

    /// Adds binary data.
    pub(super) fn add_bytes(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// The picture under a number of its own, and its file; `None` without any bytes.
    pub(super) fn finish(self, number: usize) -> Option<(Image, Vec<u8>)> {
        let extension = if self.extension.is_empty() { "bin" } else { self.extension };
        let hash = Some(SourceId::of(&self.bytes));
        let name = format!("picture{number}.{extension}");
        let image = Image { name, bytes: self.bytes.len() as u64, hash };
        (!self.bytes.is_empty()).then_some((image, self.bytes))
    }
}
