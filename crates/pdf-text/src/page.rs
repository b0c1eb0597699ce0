//! The values that an extraction gives: pages, lines, spans, pictures, rules, warnings.

use crate::Rect;

/// What was read of a file.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// All pages, in order.
    pub pages: Vec<Page>,
    /// What was doubtful, page by page.
    pub warnings: Vec<Warning>,
}

/// One page, as seen upright (`/Rotate` applied).
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// Counted from 1.
    pub number: usize,
    /// Width in points.
    pub width: f32,
    /// Height in points.
    pub height: f32,
    /// Lines in reading order; lines of invisible text after all others.
    pub lines: Vec<Line>,
    /// Pictures in painting order.
    pub images: Vec<ImageBox>,
    /// Thin horizontal and vertical strokes and bars, from which tables are seen.
    pub rules: Vec<Rect>,
    /// How far the characters can be trusted.
    pub stats: CharStats,
}

/// A run of spans that stand on one baseline (one column, in vertical writing).
#[derive(Debug, Clone, Default)]
pub struct Line {
    /// Neighbouring spans differ in font, size or weight.
    pub spans: Vec<Span>,
    /// The box around all spans.
    pub bounds: Rect,
    /// Characters run from top to bottom.
    pub vertical: bool,
    /// Text rendering mode 3, such as the layer that OCR lays under a scan.
    pub invisible: bool,
    /// Direction of its baseline, clockwise in whole steps of five degrees; vertical writing is 90.
    pub angle: u16,
    /// Grey or see-through in all its characters.
    pub faint: bool,
    /// All its characters are marked as no part of the text.
    pub artifact: Option<Artifact>,
    /// The element of the structure tree that all its characters belong to.
    pub tag: Option<Tag>,
    /// A blank is drawn after the last span; it is in no text.
    pub blank_after: bool,
}

/// What a producer has marked as no part of the text (ISO 32000-1 §14.8.2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Artifact {
    /// A running header.
    Header,
    /// A running footer.
    Footer,
    /// A page feature that is not told more closely.
    Pagination,
    /// A watermark, marked or drawn by an annotation.
    Watermark,
    /// The appearance of a stamp annotation.
    Stamp,
    /// Layout, background, or without any kind.
    Other,
}

/// An element of the structure tree (ISO 32000-1 §14.7, §14.8.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tag {
    /// Number of the element in the file, equal on all pages that it runs over.
    pub element: u32,
    /// What it is.
    pub role: Role,
}

/// What an element of the structure tree is, as far as text is parted by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A heading and its level, 1 for the highest.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// Any other block: a list item, a cell, a caption, a note.
    Other,
}

impl Line {
    /// The text of all spans.
    pub fn text(&self) -> String {
        self.spans.iter().map(|span| span.text.as_str()).collect()
    }
}

/// Text of one font, size and weight.
#[derive(Debug, Clone, Default)]
pub struct Span {
    /// Its text, spaces included.
    pub text: String,
    /// Font name without the subset tag.
    pub font: String,
    /// Size in points as seen on the page.
    pub size: f32,
    /// By name, descriptor, stroke, or by being drawn twice.
    pub bold: bool,
    /// Ascent 0.88 em, descent 0.12 em around the baseline.
    pub bounds: Rect,
}

/// Where a picture is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct ImageBox {
    /// Its place on the page.
    pub bounds: Rect,
    /// Width in samples.
    pub width_px: u32,
    /// Height in samples.
    pub height_px: u32,
    /// Number of the image object, equal for a picture that is drawn twice; none for inline ones.
    pub object: Option<u32>,
    /// Number of its bytes as stored in the file.
    pub bytes: u64,
    /// SHA-256 of its bytes as stored in the file.
    pub hash: [u8; 32],
}

/// Counts of drawn characters, blanks left out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CharStats {
    /// All characters drawn, invisible ones included, superposed ones once.
    pub total: usize,
    /// Without any Unicode value: they stand as U+FFFD in the text.
    pub undecodable: usize,
    /// Drawn with rendering mode 3, or with size zero (the latter are not in the lines).
    pub invisible: usize,
    /// In a private use area.
    pub private_use: usize,
    /// Outside the page, or in a layer that is switched off; not in the lines.
    pub hidden: usize,
}

/// Something doubtful.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// The page, from 1; none for the whole file.
    pub page: Option<usize>,
    /// What it is.
    pub kind: WarningKind,
}

/// What was doubtful.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum WarningKind {
    /// The cross-reference table or the page tree was rebuilt by a scan.
    Rebuilt,
    /// A page's content stream is missing or does not decode.
    ContentUnreadable,
    /// A page passed a bound; the rest of it was not read.
    PageLimit,
    /// A stream passed a bound and was left out.
    StreamLimit,
    /// A form was nested too deep, or in itself, and was left out.
    FormDepth,
    /// No character and at least one picture: a scan.
    OnlyImages,
    /// Some characters have no Unicode value.
    Undecodable,
}
