//! PDF: positioned lines become paragraphs, tables and page furniture.
//!
//! Covered: paragraphs over line and page ends, running headers and footers, page numbers, tables with
//! rules and aligned ones, footnotes, watermarks, pictures, bold and size, tagged paragraphs and
//! headings, scans told from text. Not covered: the order and the tables of the structure tree, text
//! in several columns beyond what `pdf-text` orders.

mod aligned;
mod edges;
mod flow;
mod furniture;
mod notes;
mod overlay;
mod paragraphs;
mod pictures;
mod ruled;
mod tables;
mod tagged;
mod trust;

use std::collections::HashSet;

use jianbao_model::document::{Paragraph, Run};
use jianbao_model::{
    Block, BlockKind, Code, Diagnosed, Diagnostic, DropReason, Dropped, Format, Origin, Severity,
    SourceDocument,
};
use jianbao_pdf_text as pdf;

use crate::reader::{Source, has_text};
use crate::{Limits, ReadError};

/// Reads a PDF.
pub(crate) fn read(source: Source<'_>, limits: &Limits) -> Result<Diagnosed<SourceDocument>, ReadError> {
    let mut read = extract(&source, &limits.pdf).map_err(|error| refusal(&error, &source))?;
    let mut document = SourceDocument::new(source.id, source.name, Format::Pdf);
    let judged = trust::judge(&mut read)?;
    document.dropped = judged.dropped;
    let mut diagnostics = judged.told;
    diagnostics.extend(parts_missing(&read));
    diagnostics.extend(rebuilt(&read, &source));
    let mut running = furniture::take(&read);
    let mut known: HashSet<String> = document.dropped.iter().map(|piece| piece.text.clone()).collect();
    for line in &running.taken {
        let origin = origin(line.page, &line.line.bounds);
        let text = line.line.text();
        let is_margin = matches!(line.reason, DropReason::Header | DropReason::Footer);
        if known.insert(text.clone()) && is_margin {
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
    document.furniture.extend(pictures::place(&read, &mut running.pages));
    let text = flow::read(&running.pages);
    document.blocks = text.blocks;
    document.dropped.extend(text.dropped);
    if !has_text(&document) {
        return Err(without_text(&read, &source, &limits.pdf));
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
    match error {
        pdf::Error::Password if source.password.is_some() => ReadError::WrongPassword,
        pdf::Error::Password => ReadError::Encrypted { how: "password" },
        pdf::Error::UnsupportedEncryption(_) => ReadError::Encrypted { how: "certificate" },
        pdf::Error::LimitExceeded { what, limit } => {
            let what = match what {
                pdf::Limit::Pages => "pdf-pages",
                pdf::Limit::Values => "pdf-values",
                pdf::Limit::Glyphs => "pdf-glyphs",
                _ => "pdf-bytes",
            };
            ReadError::LimitExceeded { what, limit: *limit as u64 }
        }
        _ if !is_complete(source) => ReadError::Truncated,
        other => ReadError::Damaged { what: other.to_string() },
    }
}

/// Whether the file has its end (ISO 32000-1 §7.5.5), behind which writers may leave some bytes.
fn is_complete(source: &Source<'_>) -> bool {
    let tail = &source.bytes[source.bytes.len().saturating_sub(2048)..];
    tail.windows(5).any(|window| window == b"%%EOF")
}

/// What was rebuilt may not be all that there was, least of all when the file has no end.
fn rebuilt(read: &pdf::Document, source: &Source<'_>) -> Option<Diagnostic> {
    read.warnings.iter().find(|warning| warning.kind == pdf::WarningKind::Rebuilt)?;
    let mut told = Diagnostic::new(Code::Rebuilt, Origin::File);
    if !is_complete(source) {
        told.severity = Severity::Warning;
    }
    Some(told)
}

/// Why there is no text: what was left out may have been all of it.
fn without_text(read: &pdf::Document, source: &Source<'_>, limits: &pdf::Limits) -> ReadError {
    use pdf::WarningKind as Kind;
    let has = |kind: Kind| read.warnings.iter().any(|warning| warning.kind == kind);
    if has(Kind::StreamLimit) {
        return ReadError::LimitExceeded { what: "pdf-bytes", limit: limits.stream_bytes as u64 };
    }
    if has(Kind::PageLimit) {
        return ReadError::LimitExceeded { what: "pdf-operators", limit: limits.operators_per_page as u64 };
    }
    if has(Kind::ContentUnreadable) && !is_complete(source) {
        return ReadError::Truncated;
    }
    if has(Kind::ContentUnreadable) {
        return ReadError::Damaged { what: "content".to_owned() };
    }
    ReadError::NoText
}

/// Parts of pages that were not read.
fn parts_missing(read: &pdf::Document) -> Vec<Diagnostic> {
    let parts = read.warnings.iter().filter_map(|warning| {
        let part = match warning.kind {
            pdf::WarningKind::ContentUnreadable => "content",
            pdf::WarningKind::PageLimit | pdf::WarningKind::StreamLimit => "page-limit",
            pdf::WarningKind::FormDepth => "form-depth",
            _ => return None,
        };
        let place = warning.page.map_or(Origin::File, page_origin);
        Some(Diagnostic::new(Code::PartMissing, place).with("part", part))
    });
    parts.collect()
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
