//! What a reader returns: a file's text as neutral blocks, each with the place it came from.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The identity of a submission: the SHA-256 of its bytes, never its name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SourceId([u8; 32]);

impl SourceId {
    /// Hashes the bytes of a file.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The identity of bytes that were hashed elsewhere.
    pub fn from_digest(digest: [u8; 32]) -> Self {
        Self(digest)
    }

    /// The first `digits` hexadecimal digits, enough to name things in one issue.
    pub fn short(&self, digits: usize) -> String {
        self.to_string().chars().take(digits).collect()
    }
}

/// Hashes bytes that come piece by piece.
#[derive(Default)]
pub struct SourceHasher(Sha256);

impl SourceHasher {
    /// Adds the next bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The identity of all bytes.
    pub fn finish(self) -> SourceId {
        SourceId(self.0.finalize().into())
    }
}

impl fmt::Display for SourceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for SourceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SourceId({})", self.short(12))
    }
}

/// A file format, as found in the content of the file and not in its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Format {
    /// Office Open XML word processing (ECMA-376).
    Docx,
    /// Word 97–2003 binary (MS-DOC), also Kingsoft .wps.
    Doc,
    /// Rich Text Format.
    Rtf,
    /// Word in one XML file: that of Word 2003, or a package as XML (Flat OPC).
    WordXml,
    /// Portable Document Format (ISO 32000).
    Pdf,
    /// Plain text in any encoding that can be told.
    Text,
    /// HTML as Word, WPS, office systems and browsers save it.
    Html,
    /// HTML with its pictures in one MIME file (RFC 2557).
    Mhtml,
    /// Markdown (CommonMark with tables).
    Markdown,
}

impl Format {
    /// The name used in the JSON contract.
    pub fn name(self) -> &'static str {
        match self {
            Self::Docx => "docx",
            Self::Doc => "doc",
            Self::Rtf => "rtf",
            Self::WordXml => "word-xml",
            Self::Pdf => "pdf",
            Self::Text => "text",
            Self::Html => "html",
            Self::Mhtml => "mhtml",
            Self::Markdown => "markdown",
        }
    }
}

/// A file's text and all that was left out of it (invariant 1: nothing vanishes).
#[derive(Clone, Debug, PartialEq)]
pub struct SourceDocument {
    /// Identity of the bytes that were read.
    pub source: SourceId,
    /// The file's name without folders, as it was given.
    pub file_name: String,
    /// The format that the content has.
    pub format: Format,
    /// The text in reading order.
    pub blocks: Vec<Block>,
    /// Page headers and footers, once each: signs for the normaliser, never printed.
    pub furniture: Vec<Block>,
    /// Everything that the file holds and Word does not print in the text, with the reason.
    pub dropped: Vec<Dropped>,
}

impl SourceDocument {
    /// A document without any text yet.
    pub fn new(source: SourceId, file_name: &str, format: Format) -> Self {
        Self {
            source,
            file_name: file_name.to_owned(),
            format,
            blocks: Vec::new(),
            furniture: Vec::new(),
            dropped: Vec::new(),
        }
    }
}

/// One piece of a document and where it stands in the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands.
    pub origin: Origin,
}

impl Block {
    /// The text as printed: a paragraph with its marker, a table as tab-separated lines; nothing for
    /// pictures and page breaks.
    pub fn shown(&self) -> String {
        match &self.kind {
            BlockKind::Paragraph(paragraph) => paragraph.shown(),
            BlockKind::Table(table) => table.text(),
            BlockKind::Image(_) | BlockKind::PageBreak => String::new(),
        }
    }
}

/// The kinds of block that a submission is made of.
#[derive(Clone, Debug, PartialEq)]
pub enum BlockKind {
    /// A paragraph of text.
    Paragraph(Paragraph),
    /// A table of data.
    Table(Table),
    /// A picture.
    Image(Image),
    /// A page break that the author set.
    PageBreak,
}

/// A paragraph: runs of equally formatted text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Paragraph {
    /// The text in pieces of equal formatting.
    pub runs: Vec<Run>,
    /// How the lines stand between the margins.
    pub alignment: Alignment,
    /// The automatic number that Word shows before the text, e.g. `一、`.
    pub marker: Option<String>,
    /// Outline level of a heading style, 1 for the highest.
    pub heading: Option<u8>,
}

impl Paragraph {
    /// A paragraph of one plain run.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { runs: vec![Run { text: text.into(), ..Run::default() }], ..Self::default() }
    }

    /// The text without its marker.
    pub fn text(&self) -> String {
        self.runs.iter().map(|run| run.text.as_str()).collect()
    }

    /// The text as printed: marker and text.
    pub fn shown(&self) -> String {
        self.marker.clone().unwrap_or_default() + &self.text()
    }

    /// Whether every visible character is bold.
    pub fn is_bold(&self) -> bool {
        let mut seen = self.runs.iter().filter(|run| !run.text.trim().is_empty()).peekable();
        seen.peek().is_some() && seen.all(|run| run.bold)
    }

    /// The largest size in the paragraph, in half-points.
    pub fn size(&self) -> Option<u16> {
        self.runs.iter().filter_map(|run| run.size).max()
    }
}

/// A piece of text in one formatting.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Run {
    /// The characters; a line break inside a paragraph is `\n`, a tab is `\t`.
    pub text: String,
    /// Bold, resolved through the styles.
    pub bold: bool,
    /// The East Asian face.
    pub font: Option<String>,
    /// Size in half-points (ECMA-376 §17.3.2.38).
    pub size: Option<u16>,
}

/// How a paragraph's lines stand between the margins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Alignment {
    /// Flush left or justified: the body's usual state.
    #[default]
    Body,
    /// Centred.
    Center,
    /// Flush right.
    Right,
}

/// A table of data: rows of cells, merged cells shown once at their first place.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// The text of each cell, row by row.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// The table as tab-separated lines.
    pub fn text(&self) -> String {
        let lines: Vec<String> = self.rows.iter().map(|row| row.join("\t").replace('\n', " ")).collect();
        lines.join("\n")
    }
}

/// A picture in the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Image {
    /// Part or object that holds it.
    pub name: String,
    /// Its size in the file, in bytes.
    pub bytes: u64,
    /// SHA-256 of its bytes, where they could be read.
    pub hash: Option<SourceId>,
}

/// Where a block stands in its file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Origin {
    /// A paragraph of a package part; paragraphs count from 1 in reading order.
    Docx {
        /// Part name, e.g. `word/document.xml`.
        part: String,
        /// Number of the paragraph within the part.
        paragraph: u32,
    },
    /// Character positions of a Word binary.
    Doc {
        /// First character.
        start: u32,
        /// One past the last character.
        end: u32,
        /// Number of the paragraph, from 1.
        paragraph: u32,
    },
    /// A place on a page; pages count from 1.
    Pdf {
        /// Page number.
        page: u32,
        /// Left, top, right, bottom in points from the page's top left corner.
        bounds: [f32; 4],
    },
    /// A paragraph of a file that is all one, as RTF; paragraphs count from 1.
    Paragraph {
        /// Number of the paragraph.
        paragraph: u32,
    },
    /// A line of a text or HTML file; lines count from 1.
    Text {
        /// Line number.
        line: u32,
    },
    /// The file as a whole.
    File,
}

/// A piece of the source that is in no item, and why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dropped {
    /// Why it is not printed.
    pub reason: DropReason,
    /// What it says.
    pub text: String,
    /// Where it stood.
    pub origin: Origin,
}

macro_rules! drop_reasons {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// Why a piece of the source is in no item.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum DropReason { $($(#[$doc])* $variant,)* }

        impl DropReason {
            /// Every reason, in the order of the declaration.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The name used in the JSON contract.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }
    };
}

drop_reasons! {
    /// Page header.
    Header = "header",
    /// Page footer.
    Footer = "footer",
    /// Page number.
    PageNumber = "page-number",
    /// Watermark or stamp over or behind the text.
    Watermark = "watermark",
    /// Deleted under revision.
    Deleted = "deleted",
    /// Moved away under revision; the text stands at its new place.
    Moved = "moved",
    /// Hidden text.
    Hidden = "hidden",
    /// A comment.
    Comment = "comment",
    /// The code of a field, whose result is printed.
    FieldCode = "field-code",
    /// The same content once more for old programs.
    DuplicateFallback = "duplicate-fallback",
    /// Contact person, telephone, reviewer.
    ContactLine = "contact-line",
    /// A table of contacts.
    ContactTable = "contact-table",
    /// Number or bullet before an item.
    ItemMarker = "item-marker",
    /// A line that names the section.
    SectionLine = "section-line",
    /// Signature and date under a submission, taken into its fields.
    Signature = "signature",
    /// Masthead, contents or colophon of a published issue, taken into its fields.
    IssueFrame = "issue-frame",
    /// A unit's own masthead line.
    UnitMasthead = "unit-masthead",
    /// Control characters and the like.
    Control = "control",
    /// Text of a page whose fonts do not tell what most characters are.
    Undecodable = "undecodable",
}
