//! What can go wrong while an issue becomes a file.

/// Why there is no DOCX. Doubtful content never ends here: it is printed.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// A part that docx-rs built is no XML.
    #[error("part {part} is not well-formed")]
    Xml {
        /// Name of the part.
        part: String,
        /// What the parser says.
        source: quick_xml::Error,
    },
    /// A part that docx-rs built is not UTF-8.
    #[error("part {part} is not UTF-8")]
    Encoding {
        /// Name of the part.
        part: String,
        /// What the decoder says.
        source: std::string::FromUtf8Error,
    },
    /// A part that docx-rs built has no root element, or an unknown entity.
    #[error("part {part} is incomplete")]
    Incomplete {
        /// Name of the part.
        part: String,
    },
    /// The XML of a part could not be written.
    #[error("part {part} could not be written")]
    Write {
        /// Name of the part.
        part: String,
        /// What the writer says.
        source: std::io::Error,
    },
    /// The container could not be written.
    #[error("the zip container could not be written")]
    Container(#[from] zip::result::ZipError),
}
