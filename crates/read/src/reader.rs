//! The table of readers: a new format is one folder and one row.

use jianbao_model::{Code, Diagnosed, Diagnostic, Format, SourceDocument, SourceId};

use crate::{Limits, Password, ReadError, doc, docx, html, markdown, mhtml, pdf, rtf, text};

/// What every reader gets.
#[derive(Clone, Copy)]
pub(crate) struct Source<'a> {
    /// The whole file.
    pub(crate) bytes: &'a [u8],
    /// Its identity.
    pub(crate) id: SourceId,
    /// Its name without folders.
    pub(crate) name: &'a str,
    /// What opens it, where the format knows passwords.
    pub(crate) password: Option<&'a Password>,
}

/// A reader: which content it reads, under which extensions, and how.
pub(crate) struct Reader {
    pub(crate) format: Format,
    /// Extensions that such content may have without a word about it.
    pub(crate) extensions: &'static [&'static str],
    pub(crate) read: fn(Source, &Limits) -> Result<Diagnosed<SourceDocument>, ReadError>,
    /// Hands over the bytes of each picture that `read` gives a hash of; none where the format keeps
    /// pictures in no form of their own, or where nobody has written it yet.
    pub(crate) pictures: Option<Pictures>,
}

/// Hands over the pictures of a file one by one.
pub(crate) type Pictures = fn(Source, &Limits, &mut dyn FnMut(Vec<u8>)) -> Result<(), ReadError>;

/// Packages.
const DOCX: &[&str] = &["docx", "docm", "dotx", "dotm"];

/// Compound files.
const DOC: &[&str] = &["doc", "dot", "wps", "wpt"];

/// Markdown cannot be told from other text by its content: these names say that it is meant.
const MARKDOWN: &[&str] = &["md", "markdown"];

/// All readers.
#[rustfmt::skip] // a table, not a list
pub(crate) static READERS: &[Reader] = &[
    Reader { format: Format::Docx, extensions: DOCX, read: docx::read, pictures: Some(docx::pictures) },
    Reader { format: Format::Doc, extensions: DOC, read: doc::read, pictures: Some(doc::pictures) },
    Reader { format: Format::Rtf, extensions: &["rtf"], read: rtf::read, pictures: None },
    Reader { format: Format::WordXml, extensions: &["xml"], read: docx::read_xml, pictures: Some(docx::pictures_xml) },
    Reader { format: Format::Pdf, extensions: &["pdf"], read: pdf::read, pictures: None },
    Reader { format: Format::Text, extensions: &["txt", "text"], read: text::read, pictures: None },
    Reader { format: Format::Html, extensions: &["html", "htm", "xhtml"], read: html::read, pictures: None },
    Reader { format: Format::Mhtml, extensions: &["mht", "mhtml"], read: mhtml::read, pictures: Some(mhtml::pictures) },
    Reader { format: Format::Markdown, extensions: MARKDOWN, read: markdown::read, pictures: None },
];

/// What a text is meant to be, by the extension of its name.
pub(crate) fn meant(format: Format, extension: Option<&str>) -> Format {
    let is_markdown = format == Format::Text && extension.is_some_and(|found| MARKDOWN.contains(&found));
    if is_markdown { Format::Markdown } else { format }
}

/// Why a document has no text: its macros may be all of it.
pub(crate) fn without_text(diagnostics: &[Diagnostic]) -> ReadError {
    let has_macros = diagnostics.iter().any(|told| told.code == Code::Macros);
    if has_macros { ReadError::Foreign { what: "macros" } } else { ReadError::NoText }
}

/// Whether anything in the document can be read aloud.
pub(crate) fn has_text(document: &SourceDocument) -> bool {
    document.blocks.iter().any(|block| !block.shown().trim().is_empty())
}
