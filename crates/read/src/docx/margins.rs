//! Headers and footers of all sections, each different text once.

use std::collections::HashSet;

use jianbao_model::document::BlockKind;
use jianbao_model::{Diagnostic, DropReason, Dropped, SourceDocument};

use super::properties::MarginReference;
use super::{Reading, Shared, images, parse};
use crate::ReadError;
use crate::margins::is_page_number;

/// Reads the headers and footers into what is dropped and, unless they are page numbers, into the
/// furniture.
pub(super) fn read(
    reading: &mut Reading,
    margins: &[MarginReference],
    shared: Shared,
    document: &mut SourceDocument,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<(), ReadError> {
    let mut parts = HashSet::new();
    let mut texts = HashSet::new();
    for margin in margins {
        let target = reading.relations.get(&margin.relation).filter(|found| !found.is_external);
        let Some(part) = target.map(|found| found.target.clone()) else { continue };
        if !parts.insert(part.clone()) {
            continue;
        }
        let parsed = reading.package.text(&part);
        let parsed = parsed.and_then(|text| parse::parse(&text, &part, reading.limits));
        let Some(parsed) = reading.or_missing(&part, parsed)? else { continue };
        let relations = reading.package.relations(&part)?;
        let mut shown = shared.convert(&parsed.stories, &part, &images(&relations));
        diagnostics.append(&mut shown.diagnostics);
        document.dropped.append(&mut shown.dropped);
        for block in shown.blocks {
            let text = match &block.kind {
                BlockKind::Paragraph(paragraph) => paragraph.shown(),
                BlockKind::Table(table) => table.text(),
                BlockKind::Image(_) | BlockKind::PageBreak => String::new(),
            };
            let text = text.trim().to_owned();
            if text.is_empty() || !texts.insert((margin.is_header, text.clone())) {
                continue;
            }
            let reason = match margin.is_header {
                _ if is_page_number(&text) => DropReason::PageNumber,
                true => DropReason::Header,
                false => DropReason::Footer,
            };
            document.dropped.push(Dropped { reason, text, origin: block.origin.clone() });
            if reason != DropReason::PageNumber {
                document.furniture.push(block);
            }
        }
    }
    Ok(())
}
