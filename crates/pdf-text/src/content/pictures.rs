//! Pictures: image objects (ISO 32000-1 §8.9.5) and inline ones (§8.9.7), by place, size and hash.

use lopdf::{ObjectId, Stream};
use sha2::{Digest, Sha256};

use super::interpreter::Interpreter;
use crate::geometry::Rect;
use crate::lexer::Operand;
use crate::page::ImageBox;

/// A picture's bytes as stored in the file: their number and SHA-256.
pub(crate) type Stored = (u64, [u8; 32]);

impl Interpreter<'_, '_> {
    pub(super) fn picture(&mut self, stream: &Stream, id: Option<ObjectId>) {
        let file = self.shared.file;
        let side = |key: &[u8]| file.number(&stream.dict, key).unwrap_or(0.0).max(0.0) as u32;
        let size = (side(b"Width"), side(b"Height"));
        let stored = self.shared.stored(stream, id);
        self.image(size, id.map(|id| id.0), stored);
    }

    pub(super) fn inline_image(&mut self, dict: &[(Vec<u8>, Operand)], data: &[u8]) {
        let side = |short: &[u8], long: &[u8]| {
            let entry = dict.iter().find(|(key, _)| key == short || key == long);
            entry.and_then(|(_, value)| value.number()).unwrap_or(0.0).max(0.0) as u32
        };
        self.image((side(b"W", b"Width"), side(b"H", b"Height")), None, measure(data));
    }

    fn image(&mut self, (width_px, height_px): (u32, u32), object: Option<u32>, (bytes, hash): Stored) {
        let unit = Rect { x0: 0.0, y0: 0.0, x1: 1.0, y1: 1.0 };
        let bounds = self.state.ctm.apply_rect(&unit);
        let room = self.drawn.images.len() < self.shared.limits.shapes_per_page;
        if bounds.is_finite() && room && !self.hidden() {
            self.drawn.images.push(ImageBox { bounds, width_px, height_px, object, bytes, hash });
        }
    }
}

/// Number and hash of a picture's bytes.
pub(super) fn measure(data: &[u8]) -> Stored {
    (data.len() as u64, Sha256::digest(data).into())
}
