//! An issue in the office's own Word file: it brings the page, the styles and the frame, and
//! placeholders say where the issue goes.
//!
//! Only parts that hold a placeholder are written anew, with the style sheet, the relations and the
//! content types where something is added to them; every other part of the file stays as it is, byte
//! for byte.

mod blocks;
mod error;
mod fill;
mod ids;
mod package;
mod page;
mod placeholder;
mod styles;
mod words;

use std::collections::BTreeSet;

use jianbao_model::{Code, Diagnostic, Issue, Origin};

use crate::canonical::tree::{self, Element};
use crate::style::Style;
use crate::{Pictures, RenderError};
use blocks::Blocks;
pub use error::TemplateError;
use fill::{Filling, Told};
use package::Package;
pub use placeholder::Placeholder;

/// A Word file with placeholders, read and looked at.
#[derive(Clone, Debug)]
pub struct Template {
    package: Package,
    /// The part that has the text.
    document: Element,
    styles: Element,
    /// Headers and footers that hold a placeholder, by the names of their parts.
    margins: Vec<(String, Element)>,
    found: BTreeSet<Placeholder>,
    told: Vec<Told>,
    /// An address outside of the file from which Word takes another template.
    external: Option<String>,
    tracked: bool,
}

/// An issue in a template.
#[derive(Clone, Debug, PartialEq)]
pub struct Filled {
    /// The bytes of the .docx file.
    pub bytes: Vec<u8>,
    /// What the template lacks, or has that is not known.
    pub diagnostics: Vec<Diagnostic>,
}

impl Template {
    /// Reads a .docx or .dotx file.
    ///
    /// # Errors
    ///
    /// The bytes are no such file, a damaged or a hostile one, one with macros, or one in which no
    /// paragraph is the placeholder of the text alone.
    pub fn read(bytes: &[u8]) -> Result<Self, TemplateError> {
        let package = Package::read(bytes)?;
        let document = package.xml(&package.main)?;
        if document.attribute("xmlns:w") != Some(package::WORD) || document.child("w:body").is_none() {
            return Err(TemplateError::Foreign);
        }
        let styles = package.xml(&package.styles)?;
        let (mut found, mut told) = (BTreeSet::new(), Vec::new());
        fill::scan(&document, true, &mut found, &mut told);
        let mut margins = Vec::new();
        for name in package.margins()? {
            let root = package.xml(&name)?;
            let (before, complaints) = (found.clone(), told.len());
            let mut here = BTreeSet::new();
            fill::scan(&root, false, &mut here, &mut told);
            found = &before | &here;
            if !here.is_empty() || told.len() > complaints {
                margins.push((name, root));
            }
        }
        if !found.contains(&Placeholder::Body) {
            let mixed = told.iter().find_map(|told| match told {
                Told::Mixed(Placeholder::Body, text) => Some(text.clone()),
                _ => None,
            });
            return Err(mixed.map_or(TemplateError::NoBody, |text| TemplateError::Mixed { text }));
        }
        let external = package.external_template()?;
        let tracked = fill::is_tracked(&document);
        Ok(Self { package, document, styles, margins, found, told, external, tracked })
    }

    /// The placeholders that it has, each where it can be filled.
    pub fn placeholders(&self) -> impl Iterator<Item = Placeholder> {
        self.found.iter().copied()
    }

    /// What is doubtful about it, whatever the issue.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        let mut all: Vec<Diagnostic> = self.told.iter().map(Told::diagnostic).collect();
        if self.tracked {
            all.push(Diagnostic::new(Code::TemplateTracked, Origin::File));
        }
        if let Some(address) = &self.external {
            all.push(Diagnostic::new(Code::TemplateExternal, Origin::File).with("address", address));
        }
        all
    }

    /// What an issue has to say and the template has no place for.
    fn missing(&self, issue: &Issue) -> impl Iterator<Item = Diagnostic> {
        let is_told = |known: &Placeholder| {
            self.told.iter().any(|told| matches!(told, Told::Mixed(mixed, _) if mixed == known))
        };
        let absent = Placeholder::ALL.into_iter().filter(|known| !self.found.contains(known));
        let missing = absent.filter(move |known| !is_told(known));
        missing.filter_map(|known| {
            let lost = known.shown(issue)?;
            let told = Diagnostic::new(Code::TemplateMissing, Origin::File);
            Some(told.with("name", known.name()).with("text", lost))
        })
    }
}

/// The issue in a template. Of the style, what the template does not have itself is used: faces, sizes
/// and pitch of the styles that it lacks; the page is the template's.
///
/// Built on the calling thread; two calls with equal arguments give equal bytes.
pub fn render_in_template(
    issue: &Issue,
    style: &Style,
    pictures: &Pictures,
    template: &Template,
) -> Result<Filled, RenderError> {
    let mut package = template.package.clone();
    let mut document = template.document.clone();
    let sheet = styles::Sheet::of(&template.styles);
    let style = page::style(style, &document, &sheet);
    let mut blocks = Blocks::of(issue, &style, pictures)?;

    let mut styles = template.styles.clone();
    let mapped = styles::merge(&mut styles, &sheet, &blocks);
    blocks.name_styles(&mapped, style.page.text_width());
    let fresh = ids::Fresh::after(&package, &template.document, &template.margins);
    let drawn = package.add_pictures(&mut blocks, &fresh);
    blocks.declare(&document);

    let mut filling = Filling::new(issue, blocks, fresh);
    filling.part(&mut document);
    for (name, root) in &template.margins {
        let mut root = root.clone();
        filling.part(&mut root);
        package.set(name, &root)?;
    }
    let main = package.main.clone();
    package.set(&main, &document)?;
    if mapped.added {
        let name = package.styles.clone();
        package.set(&name, &styles)?;
        package.drop_old_styles()?;
    }
    package.close(drawn)?;

    let mut diagnostics = template.diagnostics();
    diagnostics.extend(template.missing(issue));
    Ok(Filled { bytes: package.zip()?, diagnostics })
}

/// Writes a part.
fn written(name: &str, root: &Element) -> Result<Vec<u8>, RenderError> {
    tree::write(root, false)
        .map(String::into_bytes)
        .map_err(|source| RenderError::Write { part: name.to_owned(), source })
}
