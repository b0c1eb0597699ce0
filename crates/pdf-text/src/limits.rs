//! The bounds of one extraction; a limit that a caller can forget protects nobody.

/// The bounds of one extraction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Decoded bytes of all streams of a file together.
    pub decoded_bytes: usize,
    /// Decoded bytes of one stream; a larger one is left out with a warning.
    pub stream_bytes: usize,
    /// Decoded bytes of one object or cross-reference stream, which lopdf decodes while loading.
    pub object_stream_bytes: usize,
    /// Numbers, names, arrays and so on in all objects of the file, each as often as it is parsed.
    pub values: usize,
    /// Filters in the chain of one stream.
    pub filters: usize,
    /// Pages of a file.
    pub pages: usize,
    /// Operators of one page, forms included.
    pub operators_per_page: usize,
    /// Operators of the whole file.
    pub operators: usize,
    /// Glyphs of one page.
    pub glyphs_per_page: usize,
    /// Glyphs of the whole file.
    pub glyphs: usize,
    /// Annotations drawn of one page.
    pub annotations_per_page: usize,
    /// Widths and entries of maps that the fonts of the file have together.
    pub font_entries: usize,
    /// Rules and pictures kept of one page, each.
    pub shapes_per_page: usize,
    /// Forms inside forms.
    pub form_depth: usize,
    /// Arrays and dictionaries inside each other, saved graphics states, marked content.
    pub nesting: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            decoded_bytes: 256 << 20,      // 256 MiB
            stream_bytes: 64 << 20,        // 64 MiB
            object_stream_bytes: 16 << 20, // 16 MiB
            values: 1 << 20,               // 120 MiB in memory
            filters: 4,
            pages: 2_000,
            operators_per_page: 2_000_000,
            operators: 20_000_000,
            glyphs_per_page: 200_000,
            glyphs: 2_000_000,
            annotations_per_page: 5_000,
            font_entries: 4_000_000,
            shapes_per_page: 20_000,
            form_depth: 12,
            nesting: 64,
        }
    }
}
