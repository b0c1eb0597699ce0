//! The reasons why a file gives no value at all.

/// Which bound was passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Limit {
    /// Decoded bytes of all streams together.
    DecodedBytes,
    /// Pages of the file.
    Pages,
    /// Values in the objects of the file.
    Values,
    /// Glyphs of the file.
    Glyphs,
}

impl std::fmt::Display for Limit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::DecodedBytes => "decoded bytes",
            Self::Pages => "pages",
            Self::Values => "values",
            Self::Glyphs => "glyphs",
        })
    }
}

/// Why a file could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no `%PDF-` header.
    #[error("not a PDF file")]
    NotPdf,
    /// The object structure holds no page: usually a truncated file.
    #[error("the file has no readable page")]
    NoPages,
    /// The file needs a password that was not given, or the given one is wrong.
    #[error("the file is protected by a password")]
    Password,
    /// The file is encrypted with a handler that is not the standard one.
    #[error("the file is encrypted in an unsupported way: {0}")]
    UnsupportedEncryption(String),
    /// The object structure could not be parsed nor repaired.
    #[error("the file is damaged: {0}")]
    Damaged(String),
    /// A limit of the whole file was passed.
    #[error("more {what} than the limit of {limit}")]
    LimitExceeded {
        /// The bound that was passed.
        what: Limit,
        /// Its value.
        limit: usize,
    },
}
