//! Items and a plan to an issue, and the issue to a DOCX.
//!
//! Pure functions: no file is opened, no clock is read, and the same issue gives the same bytes.
//! docx-rs builds the parts, the module `canonical` brings them into the form that Word, WPS and
//! the schema want, and the container is written here.
//!
//! Not printed: tables that are too wide, pictures that are no PNG or JPEG or not given (a diagnostic says so).

mod assemble;
mod canonical;
mod document;
mod error;
mod inspect;
pub mod length;
mod package;
mod picture;
mod renderer;
mod style;
mod template;
mod text;

use jianbao_model::Issue;

pub use assemble::{IssuePlan, SectionPlan, assemble};
pub use error::RenderError;
pub use inspect::{Deviation, InspectError, Mark, Measure, Place, inspect, marks};
pub use picture::Pictures;
pub use renderer::Renderer;
pub use style::{ColophonPlace, Contents, Faces, Head, Misfit, Page, Parts, Points, Sizes, Style, Titles};
pub use template::{Filled, Placeholder, Template, TemplateError, render_in_template};

/// The issue as the bytes of a .docx file; `pictures` has those that the items name.
///
/// Built on the calling thread; two calls with equal arguments give equal bytes. Who makes several issues in
/// one style takes a [`Renderer`].
pub fn render(issue: &Issue, style: &Style, pictures: &Pictures) -> Result<Vec<u8>, RenderError> {
    Renderer::new(style).render(issue, pictures)
}

/// The XML parts of the same file, by name, with one element a line: for golden files.
pub fn render_parts(
    issue: &Issue,
    style: &Style,
    pictures: &Pictures,
) -> Result<Vec<(String, String)>, RenderError> {
    let sheet = document::sheet(issue, style);
    let built = document::build(issue, style, &sheet, pictures);
    let parts = canonical::parts(built, &canonical::Wanted { issue, style, sheet: &sheet }, true)?.xml;
    parts.into_iter().map(|(name, xml)| Ok((name.clone(), canonical::text(&name, xml)?))).collect()
}
