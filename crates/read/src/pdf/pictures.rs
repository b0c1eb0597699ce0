//! Pictures at their place in the text; what stands on the same place of several pages is furniture.
//!
//! Covered: image objects, also in forms, and inline ones, with the bytes that the file stores.
//! Not covered: pictures cut into strips (each strip is one), drawings made of lines.

use std::collections::BTreeMap;

use jianbao_model::document::Image;
use jianbao_model::{Block, BlockKind, SourceId};
use jianbao_pdf_text::{Document, ImageBox, Line, Rect};

use super::furniture::Body;
use super::origin;

/// A picture and the number of the line that it stands before.
pub(super) struct Picture {
    pub(super) before: usize,
    pub(super) block: Block,
}

/// A picture and its place in steps of some points.
type Key = ([u8; 32], [i32; 4]);

/// Puts the pictures of a document into its pages and gives those that are furniture, each once.
pub(super) fn place(document: &Document, pages: &mut [Body<'_>]) -> Vec<Block> {
    let repeated = repeated(document);
    let mut furniture = BTreeMap::new();
    for (page, body) in document.pages.iter().zip(pages) {
        for image in page.images.iter().filter(|image| is_content(image)) {
            let block = block(image, page.number);
            if repeated.get(&key(image)).is_some_and(|pages| *pages > 1) {
                furniture.entry(key(image)).or_insert(block);
            } else {
                body.pictures.push(Picture { before: before(&body.lines, &image.bounds), block });
            }
        }
        body.pictures.sort_by_key(|picture| picture.before);
    }
    furniture.into_values().collect()
}

/// Rules and spacers that are drawn as pictures show nothing.
fn is_content(image: &ImageBox) -> bool {
    let (short, long) = (image.width_px.min(image.height_px), image.width_px.max(image.height_px));
    short > 1 && long >= 8
}

fn key(image: &ImageBox) -> Key {
    const STEP: f32 = 6.0; // points
    let Rect { x0, y0, x1, y1 } = image.bounds;
    (image.hash, [x0, y0, x1, y1].map(|edge| (edge / STEP).round() as i32))
}

/// On how many pages each picture stands.
fn repeated(document: &Document) -> BTreeMap<Key, usize> {
    let mut counts = BTreeMap::new();
    for page in &document.pages {
        let mut keys: Vec<Key> = page.images.iter().map(key).collect();
        keys.sort_unstable();
        keys.dedup();
        for key in keys {
            *counts.entry(key).or_default() += 1;
        }
    }
    counts
}

fn block(image: &ImageBox, page: usize) -> Block {
    let name = image.object.map_or_else(|| "inline".to_owned(), |object| format!("object {object}"));
    let hash = Some(SourceId::from_digest(image.hash));
    let kind = BlockKind::Image(Image { name, bytes: image.bytes, hash });
    Block { kind, origin: origin(page, &image.bounds) }
}

/// The line that a picture stands before: the one after the last line of its column above it.
fn before(lines: &[&Line], bounds: &Rect) -> usize {
    let middle = f32::midpoint(bounds.y0, bounds.y1);
    let above = |line: &Line| f32::midpoint(line.bounds.y0, line.bounds.y1) < middle;
    let beside = |line: &Line| line.bounds.x0 < bounds.x1 && bounds.x0 < line.bounds.x1;
    let in_column = lines.iter().rposition(|line| beside(line) && above(line));
    let last = in_column.or_else(|| lines.iter().rposition(|line| above(line)));
    last.map_or(0, |at| at + 1)
}
