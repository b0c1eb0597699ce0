//! PDF: positioned lines become paragraphs, tables and page furniture.
//!
//! Covered: paragraphs over line and page ends, running headers and footers, page numbers, ruled
//! tables, bold and size, scans told from text. Not covered: tables without rules, footnotes apart
//! from the text, tagged structure, text in several columns beyond what `pdf-text` orders.

mod furniture;
mod paragraphs;
mod tables;

use jianbao_model::document::{Image, Paragraph, Run};
use jianbao_model::{
    Block, BlockKind, Code, Diagnosed, Diagnostic, DropReason, Dropped, Format, Origin, SourceDocument,
};
use jianbao_pdf_text as pdf;

use crate::reader::{Source, has_text};
use crate::{Limits, ReadError};

/// Share of characters without Unicode value from which on a text is not to be trusted, in per cent.
const UNTRUSTED: usize = 30;

/// Reads a PDF.
pub(crate) fn read(source: Source<'_>, limits: &Limits) -> Result<Diagnosed<SourceDocument>, ReadError> {
    let read = extract(&source, &limits.pdf).map_err(|error| refusal(&error, &source))?;
    let mut document = SourceDocument::new(source.id, source.name, Format::Pdf);
    let mut diagnostics = doubts(&read)?;
    let running = furniture::take(&read);
    for line in &running.taken {
        let origin = origin(line.page, &line.line.bounds);
        let text = line.line.text();
        if line.reason != DropReason::PageNumber && !document.dropped.iter().any(|known| known.text == text) {
            let kind = BlockKind::Paragraph(Paragraph::plain(text.trim()));
            document.furniture.push(Block { kind, origin: origin.clone() });
        }
        document.dropped.push(Dropped { reason: line.reason, text, origin });
    }
    for page in &read.pages {
        for line in page.lines.iter().filter(|line| line.invisible) {
            let origin = origin(page.number, &line.bounds);
            document.dropped.push(Dropped { reason: DropReason::Hidden, text: line.text(), origin });
        }
    }
    document.blocks = paragraphs::blocks(&running.pages);
    images(&read, &mut document);
    if !has_text(&document) {
        return Err(ReadError::NoText);
    }
    diagnostics.sort_by_key(|told| told.code);
    Ok(Diagnosed { value: document, diagnostics })
}

/// A file that opens without a password needs none, whatever was given (ISO 32000-1 §7.6.3.4).
fn extract(source: &Source<'_>, limits: &pdf::Limits) -> Result<pdf::Document, pdf::Error> {
    match (pdf::extract(source.bytes, limits), source.password) {
        (Err(pdf::Error::Password), Some(password)) => {
            pdf::extract_with_password(source.bytes, password.reveal(), limits)
        }
        (read, _) => read,
    }
}

/// Why a file gives no document. A file whose end is missing was cut off, whatever else is broken.
fn refusal(error: &pdf::Error, source: &Source<'_>) -> ReadError {
    let tail = &source.bytes[source.bytes.len().saturating_sub(2048)..];
    let complete = tail.windows(5).any(|window| window == b"%%EOF");
    match error {
        pdf::Error::Password if source.password.is_some() => ReadError::WrongPassword,
        pdf::Error::Password => ReadError::Encrypted { how: "password" },
        pdf::Error::UnsupportedEncryption(_) => ReadError::Encrypted { how: "certificate" },
        pdf::Error::LimitExceeded { limit, .. } => {
            ReadError::LimitExceeded { what: "pdf-bytes", limit: *limit as u64 }
        }
        _ if !complete => ReadError::Truncated,
        other => ReadError::Damaged { what: other.to_string() },
    }
}

/// What cannot be trusted: scans, characters without Unicode values, parts that were not read.
fn doubts(read: &pdf::Document) -> Result<Vec<Diagnostic>, ReadError> {
    let scanned: Vec<usize> = read
        .warnings
        .iter()
        .filter(|w| w.kind == pdf::WarningKind::OnlyImages)
        .filter_map(|w| w.page)
        .collect();
    if !read.pages.is_empty() && scanned.len() == read.pages.len() {
        return Err(ReadError::Scanned { pages: u32::try_from(read.pages.len()).unwrap_or(u32::MAX) });
    }
    let mut told = Vec::new();
    for page in scanned {
        told.push(Diagnostic::new(Code::ScannedPages, page_origin(page)).with("page", page));
    }
    let count: usize = read.pages.iter().map(|page| page.stats.undecodable + page.stats.private_use).sum();
    let total: usize = read.pages.iter().map(|page| page.stats.total).sum();
    if count > 0 && total > 0 {
        let first = read.pages.iter().find(|page| page.stats.undecodable + page.stats.private_use > 0);
        let place = first.map_or(Origin::File, |page| page_origin(page.number));
        let share = (count * 100).div_ceil(total);
        let mut diagnostic =
            Diagnostic::new(Code::Undecodable, place).with("count", count).with("share", share);
        if share >= UNTRUSTED {
            diagnostic.severity = jianbao_model::Severity::Error;
        }
        told.push(diagnostic);
    }
    for warning in &read.warnings {
        let what = match warning.kind {
            pdf::WarningKind::ContentUnreadable => "content",
            pdf::WarningKind::PageLimit => "page-limit",
            pdf::WarningKind::FormDepth => "form-depth",
            _ => continue,
        };
        let place = warning.page.map_or(Origin::File, page_origin);
        told.push(Diagnostic::new(Code::PartMissing, place).with("part", what));
    }
    Ok(told)
}

/// Pictures follow the text of their page.
fn images(read: &pdf::Document, document: &mut SourceDocument) {
    for page in &read.pages {
        for image in &page.images {
            let name = image.object.map_or_else(|| "inline".to_owned(), |object| format!("object {object}"));
            let kind = BlockKind::Image(Image { name, bytes: 0, hash: None });
            document.blocks.push(Block { kind, origin: origin(page.number, &image.bounds) });
        }
    }
}

/// The runs of a line, sizes in half-points.
fn runs(line: &pdf::Line) -> Vec<Run> {
    let runs = line.spans.iter().map(|span| Run {
        text: span.text.clone(),
        bold: span.bold,
        font: Some(span.font.clone()),
        size: Some((span.size * 2.0).round().clamp(0.0, 2000.0) as u16),
    });
    runs.collect()
}

fn origin(page: usize, bounds: &pdf::Rect) -> Origin {
    let page = u32::try_from(page).unwrap_or(u32::MAX);
    Origin::Pdf { page, bounds: [bounds.x0, bounds.y0, bounds.x1, bounds.y1] }
}

fn page_origin(page: usize) -> Origin {
    Origin::Pdf { page: u32::try_from(page).unwrap_or(u32::MAX), bounds: [0.0; 4] }
}
