//! Headers and footers of all sections, each different text once.

use std::collections::HashSet;

use jianbao_model::{Diagnostic, SourceDocument};

use super::properties::MarginReference;
use super::{Reading, Shared, images, parse};
use crate::ReadError;
use crate::margins::{Beside, Margins};

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
    let mut found = Margins::default();
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
            found.add(block, margin.is_header, &mut Beside::of(document));
        }
    }
    Ok(())
}
