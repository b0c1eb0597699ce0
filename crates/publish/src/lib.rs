//! Items and a plan to an issue, and the issue to a DOCX.
//!
//! Pure functions: no file is opened, no clock is read, and the same issue gives the same bytes.
//! docx-rs builds the parts, the module `canonical` brings them into the form that Word, WPS and
//! the schema want, and the container is written here.
//!
//! Not printed yet: tables and pictures of items (a diagnostic says so), secrecy marks and copy
//! numbers, page numbers in the contents.

mod assemble;
mod canonical;
mod document;
mod error;
mod inspect;
mod package;
mod style;
mod text;

use jianbao_model::Issue;

pub use assemble::{IssuePlan, SectionPlan, assemble};
pub use error::RenderError;
pub use inspect::{Deviation, InspectError, Mark, Measure, Place, inspect, marks};
pub use style::{Faces, Misfit, Page, Sizes, Style, Titles};

/// The issue as the bytes of a .docx file.
///
/// Built on the calling thread; two calls with equal arguments give equal bytes.
pub fn render(issue: &Issue, style: &Style) -> Result<Vec<u8>, RenderError> {
    package::zip(&parts(issue, style, false)?)
}

/// The parts of the same file, by name, with one element a line: for golden files.
pub fn render_parts(issue: &Issue, style: &Style) -> Result<Vec<(String, String)>, RenderError> {
    parts(issue, style, true)
}

fn parts(issue: &Issue, style: &Style, pretty: bool) -> Result<Vec<(String, String)>, RenderError> {
    let sheet = document::sheet(issue, style);
    let built = document::build(issue, style, &sheet);
    canonical::parts(built, &canonical::Wanted { issue, style, sheet: &sheet }, pretty)
}
