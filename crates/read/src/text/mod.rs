//! Plain text: each line that is not blank is a paragraph.
//!
//! Covered: UTF-8 and UTF-16 with or without a mark, GB18030 (with GBK and GB2312), Big5.
//! Not covered: anything that Markdown would mean; a file of that name has a reader of its own.

mod decode;

use jianbao_model::document::{Block, BlockKind, Paragraph};
use jianbao_model::{Code, Diagnosed, Diagnostic, Format, Origin, SourceDocument};

pub(crate) use decode::{Decoded, decode, is_common_han};

use crate::reader::{Source, has_text};
use crate::{Limits, ReadError};

/// Reads a text file.
pub(crate) fn read(source: Source, limits: &Limits) -> Result<Diagnosed<SourceDocument>, ReadError> {
    let decoded = decode(source.bytes).ok_or(ReadError::Unknown)?;
    let mut document = SourceDocument::new(source.id, source.name, Format::Text);
    let text = decoded.text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    for (index, line) in text.split('\n').enumerate() {
        if index >= limits.paragraphs {
            return Err(ReadError::LimitExceeded { what: "paragraphs", limit: limits.paragraphs as u64 });
        }
        let origin = Origin::Text { line: index as u32 + 1 };
        let mut parts = line.split('\u{c}').peekable();
        while let Some(part) = parts.next() {
            if !part.trim().is_empty() {
                let kind = BlockKind::Paragraph(Paragraph::plain(part.trim_end()));
                document.blocks.push(Block { kind, origin: origin.clone() });
            }
            if parts.peek().is_some() {
                document.blocks.push(Block { kind: BlockKind::PageBreak, origin: origin.clone() });
            }
        }
    }
    if !has_text(&document) {
        return Err(ReadError::NoText);
    }
    let mut read = Diagnosed::clean(document);
    if decoded.replaced > 0 {
        let warning = Diagnostic::new(Code::BadEncoding, Origin::File);
        read.diagnostics.push(warning.with("count", decoded.replaced).with("encoding", decoded.encoding));
    }
    Ok(read)
}
