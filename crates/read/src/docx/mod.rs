//! Office Open XML word processing (ECMA-376), transitional and Strict, in two steps: the parts
//! as they are ([`parse`], [`styles`], [`numbering`]), then what Word shows of them
//! ([`crate::word::blocks`]).
//!
//! Covered: revisions, paragraph marks deleted under revision, hidden text also by style,
//! comments, complex and simple fields by their cached result, alternate content once, text boxes
//! after their host, content controls, symbols, ruby, automatic numbers, styles, tables with
//! spans, nested and layout tables, pictures, notes, headers and footers.
//!
//! Word in one XML file goes the same way: [`word2003`], and [`flat_opc`] for packages.
//!
//! Not covered: conditional formatting of table styles, the text of charts, diagrams and
//! embedded objects (a diagnostic each), fields without a cached result.

mod characters;
mod flat_opc;
mod inlines;
mod margins;
mod notes;
mod numbering;
mod package;
mod parse;
mod parsed;
mod properties;
mod relations;
mod styles;
mod word2003;
mod xml;

use std::collections::{BTreeSet, HashMap};

use jianbao_model::document::Image;
use jianbao_model::{Code, Diagnosed, Diagnostic, DropReason, Format, Origin, SourceDocument};

use crate::reader::{Source, has_text, without_text};
use crate::word::blocks::{Context, Shown, convert, image_mut};
use crate::word::content::Story;
use crate::word::notes::NoteMarks;
use crate::word::numbering::Definitions;
use crate::word::styles::Styles;
use crate::{Limits, ReadError};
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
        return Err(without_text(&document.diagnostics));
    }
    Ok(document)
}

/// Reads Word in one XML file.
pub(crate) fn read_xml(source: Source, limits: &Limits) -> Result<Diagnosed<SourceDocument>, ReadError> {
    let (text, replaced) = package::decode(source.bytes.to_vec());
    let mut read = match flat_opc::package(&text, limits)? {
        Some(package) => {
            let mut read = read(Source { bytes: &package, ..source }, limits)?;
            read.value.format = Format::WordXml;
            read
        }
        None => word2003::read(source, &text, limits)?,
    };
    if replaced > 0 {
        read.diagnostics.push(Diagnostic::new(Code::BadEncoding, Origin::File).with("count", replaced));
    }
    Ok(read)
}

/// Hands over the pictures of a package.
pub(crate) fn pictures(
    source: Source,
    limits: &Limits,
    each: &mut dyn FnMut(Vec<u8>),
) -> Result<(), ReadError> {
    let mut package = Package::open(source.bytes, limits)?;
    let main = package.main_part()?;
    let images = images(&package.relations(&main)?);
    let names: BTreeSet<String> = images.into_values().map(|image| image.name).collect();
    for name in names {
        match package.bytes(&name) {
            Ok(bytes) => bytes.into_iter().for_each(&mut *each),
            // The others may be whole.
            Err(error) => drop(missing(&name, error)?),
        }
    }
    Ok(())
}

/// Hands over the pictures of a package in one XML file. Word 2003 has another form.
pub(crate) fn pictures_xml(
    source: Source,
    limits: &Limits,
    each: &mut dyn FnMut(Vec<u8>),
) -> Result<(), ReadError> {
    let (text, _) = package::decode(source.bytes.to_vec());
    match flat_opc::package(&text, limits)? {
        Some(package) => pictures(Source { bytes: &package, ..source }, limits, each),
        None => Ok(()),
    }
}

/// The parts of one package while they are read.
struct Reading<'a, 'b> {
    package: &'a mut Package<'b>,
    limits: &'a Limits,
    /// Relationships of the main part.
    relations: HashMap<String, Relation>,
    main: String,
}

/// What all stories of a package share.
#[derive(Clone, Copy)]
struct Shared<'a> {
    styles: &'a Styles,
    definitions: &'a Definitions,
}

impl<'a> Shared<'a> {
    /// Converts stories in which notes cannot stand.
    fn convert(self, stories: &'a [Story], part: &'a str, images: &'a HashMap<String, Image>) -> Shown {
        let context = Context {
            styles: self.styles,
            definitions: self.definitions,
            part: Some(part),
            images,
            notes: None,
            note_marks: NoteMarks::default(),
        };
        convert(context, stories)
    }
}

impl Reading<'_, '_> {
    fn document(&mut self, source: Source) -> Result<Diagnosed<SourceDocument>, ReadError> {
        let depth = self.limits.depth;
        let theme =
            self.optional("theme", |text, part| styles::theme_fonts(&text, part))?.unwrap_or_default();
        let styles = self.optional("styles", |text, part| styles::parse(text, part, depth, theme))?;
        let styles = styles.unwrap_or_default();
        let definitions = self.optional("numbering", |text, part| numbering::parse(text, part, depth))?;
        let definitions = definitions.unwrap_or_default();

        let text = self.package.text(&self.main)?;
        let body = parse::parse(&text, &self.main, self.limits)?;
        drop(text);
        let mut document = SourceDocument::new(source.id, source.name, Format::Docx);
        let mut diagnostics = self.external_references()?;
        if self.target("vbaProject").is_some() {
            diagnostics.push(Diagnostic::new(Code::Macros, Origin::File));
        }
        let shared = Shared { styles: &styles, definitions: &definitions };
        let notes = notes::read(self, &body, shared)?;
        let images = images(&self.relations);
        let context = Context {
            styles: &styles,
            definitions: &definitions,
            part: Some(&self.main),
            images: &images,
            notes: Some(&notes.blocks),
            note_marks: notes.marks,
        };
        let mut shown = convert(context, &body.stories);
        diagnostics.extend(body.unknown_elements(&self.main));
        document.blocks = shown.blocks;
        document.dropped = shown.dropped;
        document.dropped.extend(notes.dropped(&shown.notes));
        diagnostics.append(&mut shown.diagnostics);
        diagnostics.extend(notes.diagnostics);
        if let Some((part, stories)) = self.stories("comments")? {
            let comments = stories.iter().filter_map(|story| story.dropped(Some(&part), DropReason::Comment));
            document.dropped.extend(comments);
        }
        margins::read(self, &body.margins, shared, &mut document, &mut diagnostics)?;
        self.hash_images(&mut document)?;
        self.report("styles", styles.sheet.fault())?;
        self.report("numbering", definitions.lists.fault())?;
        diagnostics.append(&mut self.package.diagnostics);
        Ok(Diagnosed { value: document, diagnostics })
    }

    /// Reads a part that the text can do without: a broken one is reported, not fatal.
    fn optional<T>(
        &mut self,
        kind: &str,
        parse: impl FnOnce(String, &str) -> Result<T, ReadError>,
    ) -> Result<Option<T>, ReadError> {
        let Some(part) = self.target(kind) else { return Ok(None) };
        let parsed = self.package.text(&part).and_then(|text| parse(text, &part));
        self.or_missing(&part, parsed)
    }

    /// What was wrong in a style or list that the text refers to, which is known only behind the text.
    fn report(&mut self, kind: &str, fault: Option<&ReadError>) -> Result<(), ReadError> {
        let (Some(fault), Some(part)) = (fault, self.target(kind)) else { return Ok(()) };
        self.or_missing::<()>(&part, Err(fault.clone()))?;
        Ok(())
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

    /// A broken part that is not the text is left out.
    fn or_missing<T>(&mut self, part: &str, result: Result<T, ReadError>) -> Result<Option<T>, ReadError> {
        match result {
            Ok(value) => Ok(Some(value)),
            Err(error) => {
                self.package.diagnostics.push(missing(part, error)?);
                Ok(None)
            }
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
        for image in blocks.filter_map(image_mut) {
            if !known.contains_key(&image.name) {
                let measured = self.package.measure(&image.name);
                let measured = self.or_missing(&image.name, measured)?.flatten();
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

/// Damage in what is not the text is a diagnostic; bounds and document types stay fatal.
fn missing(part: &str, error: ReadError) -> Result<Diagnostic, ReadError> {
    match error {
        ReadError::Damaged { what } if what == part => {
            Ok(Diagnostic::new(Code::PartMissing, Origin::File).with("part", part))
        }
        other => Err(other),
    }
}

/// The pictures that relationships name; their bytes are looked at later.
fn images(relations: &HashMap<String, Relation>) -> HashMap<String, Image> {
    let inside = relations.iter().filter(|(_, found)| !found.is_external);
    let image = |found: &Relation| Image { name: found.target.clone(), bytes: 0, hash: None };
    inside.filter(|(_, found)| found.kind == "image").map(|(id, found)| (id.clone(), image(found))).collect()
}

fn external(relations: &HashMap<String, Relation>) -> Vec<(String, String)> {
    let outside = relations.values().filter(|found| found.is_external && found.kind != "hyperlink");
    outside.map(|found| (found.kind.clone(), found.target.clone())).collect()
}
