//! Why a file gives no document at all.

use jianbao_model::{Code, Diagnostic, Origin, Severity};

/// A file that gives no document. The strings are keys for the message files, not wording.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The file has no bytes.
    #[error("the file is empty")]
    Empty,
    /// The content is of a format that is no submission.
    #[error("not a text document: {what}")]
    Foreign {
        /// Which: `xlsx`, `xls`, `pptx`, `ppt`, `ofd`, `picture`, `zip`, `visio`, `outlook` …
        what: &'static str,
    },
    /// The content cannot be told.
    #[error("unknown format")]
    Unknown,
    /// The file ends before its structure does.
    #[error("the file is cut off")]
    Truncated,
    /// The file is encrypted.
    #[error("encrypted: {how}")]
    Encrypted {
        /// How: `password`, `irm`, `zip`.
        how: &'static str,
    },
    /// The password that was given does not open the file.
    #[error("wrong password")]
    WrongPassword,
    /// The structure is damaged.
    #[error("damaged: {what}")]
    Damaged {
        /// The part or structure that is broken.
        what: String,
    },
    /// A bound of [`Limits`](crate::Limits) was passed.
    #[error("more than {limit} {what}")]
    LimitExceeded {
        /// What there was too much of, e.g. `part-bytes`.
        what: &'static str,
        /// The bound.
        limit: u64,
    },
    /// All pages hold pictures only.
    #[error("{pages} scanned pages without text")]
    Scanned {
        /// How many pages there are.
        pages: u32,
    },
    /// Most characters of all pages have no Unicode value.
    #[error("{share} % of the characters cannot be told")]
    Undecodable {
        /// How many characters.
        count: usize,
        /// Of a hundred.
        share: usize,
    },
    /// The file was read, but there is no text in it.
    #[error("no text")]
    NoText,
    /// A text format that has no reader yet.
    #[error("unsupported format: {format}")]
    Unsupported {
        /// Which: `rtf`, `works`, `word-2` …
        format: &'static str,
    },
}

impl ReadError {
    /// The code that the failure is reported under.
    pub fn code(&self) -> Code {
        match self {
            Self::Empty => Code::EmptyFile,
            Self::Foreign { .. } => Code::ForeignFormat,
            Self::Unknown => Code::UnknownFormat,
            Self::Truncated => Code::Truncated,
            Self::Encrypted { .. } => Code::Encrypted,
            Self::WrongPassword => Code::WrongPassword,
            Self::Damaged { .. } => Code::Damaged,
            Self::LimitExceeded { .. } => Code::LimitExceeded,
            Self::Scanned { .. } => Code::Scanned,
            Self::Undecodable { .. } => Code::Undecodable,
            Self::NoText => Code::NoText,
            Self::Unsupported { .. } => Code::UnsupportedFormat,
        }
    }

    /// The failure as a diagnostic of the whole file; arguments have the names of the fields.
    pub fn diagnostic(&self) -> Diagnostic {
        let mut diagnostic = Diagnostic::new(self.code(), Origin::File);
        // A warning of a part is an error of the whole.
        diagnostic.severity = Severity::Error;
        match self {
            Self::Foreign { what } => diagnostic.with("what", what),
            Self::Encrypted { how } => diagnostic.with("how", how),
            Self::Damaged { what } => diagnostic.with("what", what),
            Self::LimitExceeded { what, limit } => diagnostic.with("what", what).with("limit", limit),
            Self::Scanned { pages } => diagnostic.with("pages", pages),
            Self::Undecodable { count, share } => diagnostic.with("count", count).with("share", share),
            Self::Unsupported { format } => diagnostic.with("format", format),
            Self::Empty | Self::Unknown | Self::Truncated | Self::WrongPassword | Self::NoText => diagnostic,
        }
    }
}
