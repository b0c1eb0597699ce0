//! Office Open XML word processing (ECMA-376), transitional and Strict, in two steps: the parts
//! as they are ([`parse`], [`styles`], [`numbering`]), then what Word shows of them ([`blocks`]).
//!
//! Covered: revisions, paragraph marks deleted under revision, hidden text also by style,
//! comments, complex and simple fields by their cached result, alternate content once, text boxes
//! after their host, content controls, symbols, ruby, automatic numbers, styles, tables with
//! spans, nested and layout tables, pictures, notes, headers and footers.
//!
//! Not covered: conditional formatting of table styles, the text of charts, diagrams and
//! embedded objects (a diagnostic each), fields without a cached result.

mod blocks;
mod content;
mod equations;
mod margins;
mod numbering;
mod package;
mod parse;
mod properties;
mod relations;
mod styles;
mod symbols;
mod tables;
mod xml;

use std::collections::HashMap;

use jianbao_model::{Code, Diagnosed, Diagnostic, DropReason, Dropped, Format, Origin, SourceDocument};

use crate::reader::{Source, has_text};
use crate::{Limits, ReadError};
use blocks::Converter;
use content::{NoteKind, Story};
use package::Package;
use relations::Relation;

/// Reads a package.
pub(crate) fn read(source: Source, limits: &Limits) -> Result<Diagnosed<SourceDocument>, ReadError> {
    let mut package = Package::open(source.bytes, limits)?;
    let main = package.main_part()?;
    let relations = package.relations(&main)?;
    let mut reading = Reading { package: &mut package, limits, relations, main };
    let document = reading.document(source)?;
    if !has_text(&document.value) {
        return Err(ReadError::NoText);
    }
    Ok(document)
}

/// The parts of one package while they are read.
struct Reading<'a, 'b> {
    package: &'a mut Package<'b>,
    limits: &'a Limits,
    /// Relationships of the main part.
    relations: HashMap<String, Relation>,
    main: String,
}

impl Reading<'_, '_> {
    fn document(&mut self, source: Source) -> Result<Diagnosed<SourceDocument>, ReadError> {
        let depth = self.limits.depth;
        let theme = self.optional("theme", styles::theme_fonts)?.unwrap_or_default();
        let styles = self.optional("styles", |text, part| styles::parse(text, part, depth, &theme))?;
        let styles = styles.unwrap_or_default();
        let definitions = self.optional("numbering", |text, part| numbering::parse(text, part, depth))?;
        let definitions = definitions.unwrap_or_default();

        let text = self.package.text(&self.main)?;
        let body = parse::parse(&text, &self.main, self.limits)?;
        drop(text);
        let mut document = SourceDocument::new(source.id, source.name, Format::Docx);
        let mut diagnostics = self.external_references()?;
        let relations = std::mem::take(&mut self.relations);

        let mut converter = Converter::new(&styles, &definitions, &self.main, &relations);
        for story in &body.stories {
            converter.story(story);
        }
        let mut shown = converter.finish();
        diagnostics.extend(body.unknown_elements(&self.main));
        document.blocks = shown.blocks;
        document.dropped = shown.dropped;
        diagnostics.append(&mut shown.diagnostics);
        self.relations = relations;

        for kind in [NoteKind::Footnote, NoteKind::Endnote] {
            let Some((part, stories)) = self.stories(kind.relation())? else { continue };
            let relations = self.package.relations(&part)?;
            let order = shown.notes.iter().filter(|(found, _)| *found == kind).map(|(_, id)| id);
            let mut converter = Converter::new(&styles, &definitions, &part, &relations);
            for story in order.filter_map(|id| stories.iter().find(|story| story.id == *id)) {
                converter.story(story);
            }
            let mut notes = converter.finish();
            document.blocks.append(&mut notes.blocks);
            document.dropped.append(&mut notes.dropped);
            diagnostics.append(&mut notes.diagnostics);
            let is_unused =
                |story: &&Story| !shown.notes.iter().any(|(found, id)| *found == kind && *id == story.id);
            let unused = stories.iter().filter(|story| !story.is_separator).filter(is_unused);
            document.dropped.extend(unused.filter_map(|story| dropped(story, &part, DropReason::Deleted)));
        }
        if let Some((part, stories)) = self.stories("comments")? {
            let comments = stories.iter().filter_map(|story| dropped(story, &part, DropReason::Comment));
            document.dropped.extend(comments);
        }
        margins::read(self, &body.margins, &styles, &definitions, &mut document, &mut diagnostics)?;
        self.hash_images(&mut document)?;
        diagnostics.append(&mut self.package.diagnostics);
        Ok(Diagnosed { value: document, diagnostics })
    }

    /// Reads a part that the text can do without: a broken one is reported, not fatal.
    fn optional<T>(
        &mut self,
        kind: &str,
        parse: impl FnOnce(&str, &str) -> Result<T, ReadError>,
    ) -> Result<Option<T>, ReadError> {
        let Some(part) = self.target(kind) else { return Ok(None) };
        let parsed = self.package.text(&part).and_then(|text| parse(&text, &part));
        self.or_missing(&part, parsed)
    }

    /// The stories of a part of notes or comments.
    fn stories(&mut self, kind: &str) -> Result<Option<(String, Vec<Story>)>, ReadError> {
        let Some(part) = self.target(kind) else { return Ok(None) };
        let parsed = self.package.text(&part);
        let parsed = parsed.and_then(|text| parse::parse(&text, &part, self.limits));
        Ok(self.or_missing(&part, parsed)?.map(|parsed| (part, parsed.stories)))
    }

    fn target(&self, kind: &str) -> Option<String> {
        let mut targets: Vec<&str> = self
            .relations
            .values()
            .filter(|found| found.is(kind))
            .map(|found| found.target.as_str())
            .collect();
        targets.sort_unstable();
        targets.first().map(|&target| target.to_owned())
    }

    /// Damage in a part that is not the text is a diagnostic; bounds and document types stay fatal.
    fn or_missing<T>(&mut self, part: &str, result: Result<T, ReadError>) -> Result<Option<T>, ReadError> {
        match result {
            Ok(value) => Ok(Some(value)),
            Err(ReadError::Damaged { what }) if what == part => {
                let warning = Diagnostic::new(Code::PartMissing, Origin::File);
                self.package.diagnostics.push(warning.with("part", part));
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// Templates and pictures outside of the package, for the record; links are no content.
    fn external_references(&mut self) -> Result<Vec<Diagnostic>, ReadError> {
        let mut found: Vec<(String, String)> = external(&self.relations);
        if let Some(settings) = self.target("settings") {
            found.extend(external(&self.package.relations(&settings)?));
        }
        found.sort();
        found.dedup();
        let note = |(kind, target)| {
            let note = Diagnostic::new(Code::ExternalReference, Origin::File);
            note.with("kind", kind).with("target", target)
        };
        Ok(found.into_iter().map(note).collect())
    }

    /// Fills in the size and hash of the pictures; each part is read once.
    fn hash_images(&mut self, document: &mut SourceDocument) -> Result<(), ReadError> {
        let mut known = HashMap::new();
        let blocks = document.blocks.iter_mut().chain(&mut document.furniture);
        for image in blocks.filter_map(blocks::image_mut) {
            if !known.contains_key(&image.name) {
                // A blank bitmap is packed like a bomb: a picture out of bounds is only not read.
                let bytes = self.package.bytes(&image.name).map_err(|error| match error {
                    ReadError::LimitExceeded { .. } => ReadError::Damaged { what: image.name.clone() },
                    other => other,
                });
                let bytes = self.or_missing(&image.name, bytes)?.flatten();
                let measured = bytes.map(|bytes| (bytes.len() as u64, jianbao_model::SourceId::of(&bytes)));
                known.insert(image.name.clone(), measured);
            }
            if let Some(Some((bytes, hash))) = known.get(&image.name) {
                image.bytes = *bytes;
                image.hash = Some(*hash);
            }
        }
        Ok(())
    }
}

fn external(relations: &HashMap<String, Relation>) -> Vec<(String, String)> {
    let outside = relations.values().filter(|found| found.is_external && found.kind != "hyperlink");
    outside.map(|found| (found.kind.clone(), found.target.clone())).collect()
}

/// A story that is not printed, as one piece.
fn dropped(story: &Story, part: &str, reason: DropReason) -> Option<Dropped> {
    let text = story.plain_text();
    let origin = Origin::Docx { part: part.to_owned(), paragraph: story.first_paragraph() };
    (!text.trim().is_empty()).then_some(Dropped { reason, text, origin })
}
