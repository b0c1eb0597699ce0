//! What a file may cost: bounds that every reader takes as a parameter.

const MEBIBYTE: u64 = 1 << 20;

/// Bounds on the work that one file can cause. Reaching one refuses the file: half a submission
/// must not look like a whole one.
#[derive(Clone, Debug, PartialEq)]
pub struct Limits {
    /// Bytes of the file itself.
    pub file_bytes: u64,
    /// Inflated bytes of one part of a package.
    pub part_bytes: u64,
    /// Inflated bytes of all parts that are read.
    pub inflated_bytes: u64,
    /// Inflated to packed bytes of a part, once more than 1 MiB has come out of it.
    pub ratio: u64,
    /// Entries of a zip archive.
    pub entries: usize,
    /// Elements inside each other.
    pub depth: usize,
    /// Paragraphs of all stories together.
    pub paragraphs: usize,
    /// Bounds of the Word binary reader.
    pub doc: jianbao_ms_doc::Limits,
    /// Bounds of the PDF reader.
    pub pdf: jianbao_pdf_text::Limits,
}

impl Limits {
    /// Inflated bytes of a part from which on its ratio counts: small parts of repeated text
    /// are packed well without being hostile.
    pub(crate) const RATIO_FROM: u64 = MEBIBYTE;
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 64 * MEBIBYTE,
            part_bytes: 64 * MEBIBYTE,
            inflated_bytes: 128 * MEBIBYTE,
            ratio: 200,
            entries: 4096,
            depth: 256,
            paragraphs: 200_000,
            doc: jianbao_ms_doc::Limits::default(),
            pdf: jianbao_pdf_text::Limits::default(),
        }
    }
}
