//! Why a file gives no document at all, and what was doubtful in one that does.

/// How a file is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Encryption {
    /// XOR obfuscation by a password (MS-DOC 2.2.6.1).
    Xor,
    /// Office RC4 with 40 bits (MS-DOC 2.2.6.2).
    Rc4,
    /// RC4 `CryptoAPI` (MS-DOC 2.2.6.3).
    CryptoApi,
    /// A .docx inside an `EncryptedPackage` stream (MS-OFFCRYPTO 2.3.4).
    Package,
    /// Rights management (IRM, MS-OFFCRYPTO 2.2): only a licence server opens it.
    Irm,
}

/// Which other program's file this is, told from its streams.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum OtherKind {
    /// An Excel workbook.
    Excel,
    /// A `PowerPoint` presentation.
    PowerPoint,
    /// A Visio drawing.
    Visio,
    /// An Outlook message.
    Outlook,
    /// A Microsoft Publisher publication.
    Publisher,
    /// A Windows Installer package or an unknown program's file.
    Unknown,
}

/// A file that gives no document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The bytes are no OLE compound file: perhaps RTF, HTML or a zip under the wrong name.
    #[error("not an OLE compound file")]
    NotCompoundFile,
    /// Word for DOS, Word 1 or Word 2 for Windows, or Word 6 without a compound file.
    #[error("written by a Word older than Word 6 (magic {magic:#06x})")]
    TooOld {
        /// The first two bytes of the file.
        magic: u16,
    },
    /// The text is encrypted.
    #[error("encrypted: {0:?}")]
    Encrypted(Encryption),
    /// Microsoft Works, which shares only the extension .wps with Kingsoft.
    #[error("a Microsoft Works document")]
    Works,
    /// A compound file without a Word document.
    #[error("no Word document: {kind:?}")]
    NotWord {
        /// Whose file it is.
        kind: OtherKind,
        /// The names of the streams at the root, sorted.
        streams: Vec<String>,
    },
    /// The structure is broken so that no text can be trusted.
    #[error("damaged: {what} at {at:#x}")]
    Damaged {
        /// The structure, by its name in the specification.
        what: &'static str,
        /// Where: an offset in its stream.
        at: u64,
    },
    /// One of the [`Limits`](crate::Limits) was reached.
    #[error("more than {limit} {what}")]
    LimitExceeded {
        /// What there was too much of.
        what: &'static str,
        /// The bound.
        limit: usize,
    },
}

/// Something doubtful in a file that was read nevertheless.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Warning {
    /// A stream ended before its declared size; what is there was read.
    StreamCut {
        /// The stream's name.
        stream: String,
        /// The declared size in bytes.
        declared: u64,
        /// The bytes found.
        found: u64,
    },
    /// The text ended before the length that the FIB declares.
    TextCut {
        /// Characters (UTF-16 units) declared.
        declared: u64,
        /// Characters found.
        found: u64,
    },
    /// A part could not be read and was left out; the text itself is complete.
    PartUnreadable {
        /// The structure, by its name in the specification.
        what: &'static str,
    },
    /// A symbol of a symbol font that has no Unicode equivalent; its private code was kept.
    UnknownSymbol {
        /// The font.
        font: String,
        /// The code in the font.
        code: u16,
    },
    /// A field that Word computes and that carries no cached result, such as `AUTONUM`.
    FieldWithoutResult {
        /// The field's code, as written.
        code: String,
        /// Where (character position).
        at: u32,
    },
    /// There are macros (MS-OVBA); nothing of them was read.
    Macros,
    /// Bytes of a Word 6/95 text that are not valid in its code page; U+FFFD stands for them.
    BadBytes {
        /// The code page's name.
        encoding: &'static str,
    },
}
