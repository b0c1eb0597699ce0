//! The canonical pass: what docx-rs 0.4.22 writes, brought into the form that the schema, Word
//! and WPS want. One place for every gap of the builder:
//!
//! | what docx-rs does | what is done about it | where |
//! |---|---|---|
//! | children of `pPr`, `rPr`, `style`, `sectPr`, `settings` … out of schema order | sorted | `order` |
//! | empty `rPr`, `pPr`, `tcPr`, `tblBorders` … everywhere | removed | `clean` |
//! | `w14:paraId` from a counter that outlives the document | removed | `clean` |
//! | `w:type` on `gridCol`, `w:dirty="false"` on fields | removed | `clean` |
//! | `jc` on every table, which hides the table style's | removed | `clean` |
//! | `tblW` of 0 in every table style | removed | `clean` |
//! | no `tblHeader` | given to the rows whose paragraphs have the style of a head | `tables` |
//! | every picture called `.png`, whatever it is; `image/jpg` for JPEG | named by its content | `package` |
//! | number 1 and the same name for every picture | numbered | `drawings` |
//! | an empty "Normal" of its own before ours | removed | `styles` |
//! | no `w:default` on Normal, no `w:customStyle` | added | `styles` |
//! | no `firstLineChars`, `hangingChars`, `rightChars`; 0 for indents that are not meant | written anew | `styles` |
//! | no `overflowPunct`, `kinsoku`, `autoSpaceDE`, `autoSpaceDN` | added to Normal | `styles` |
//! | no language | `zh-CN` in the defaults and the settings | `styles`, `settings` |
//! | `characterSpacingControl` inside `compat` | moved | `settings` |
//! | no `mirrorMargins` | added | `settings` |
//! | a fixed font table | the faces of the style, with the names that stand in for them | `fonts` |
//! | creator "unknown", no title, no subject, dates of 1970 | the issue's | `properties` |
//! | no theme, which validators and Word want | a plain one, used by no style | `package` |
//! | parts and relations without content (comments, numbering) | left out | `package` |
//! | a zip without compression | written by the crate's own `package` | – |

mod clean;
mod drawings;
mod flow;
mod fonts;
mod order;
mod package;
mod properties;
mod settings;
mod styles;
mod tables;
pub(crate) mod tree;

use docx_rs::XMLDocx;
use jianbao_model::Issue;

use crate::RenderError;
use crate::document::named::Named;
use crate::document::plain::Plain;
use crate::style::Style;
pub(crate) use order::sort;
use tree::Element;

/// What the pass must know that the parts do not say.
pub(crate) struct Wanted<'a> {
    /// Gives the document its properties.
    pub(crate) issue: &'a Issue,
    /// Faces and page.
    pub(crate) style: &'a Style,
    /// The named styles that were built.
    pub(crate) sheet: &'a [Named],
}

/// The parts of the file by name, in the order of the container.
pub(crate) struct Parts {
    /// Those that are XML.
    pub(crate) xml: Vec<(String, Vec<u8>)>,
    /// Pictures.
    pub(crate) media: Vec<(String, Vec<u8>)>,
}

/// The parts of a document in their final form.
pub(crate) fn parts(built: XMLDocx, wanted: &Wanted, pretty: bool) -> Result<Parts, RenderError> {
    chosen_parts(built, &Plain::default(), wanted, pretty, |_, _| true)
}

/// Those that are not the same in every issue of a style: with [`is_own`], and where there are pictures, those
/// that name the pictures. `plain` has the paragraphs that are written already.
pub(crate) fn own_parts(built: XMLDocx, plain: &Plain, wanted: &Wanted) -> Result<Parts, RenderError> {
    chosen_parts(built, plain, wanted, false, |name, media| {
        is_own(name) || !media.is_empty() && package::names_pictures(name)
    })
}

/// Whether a part is another in every issue.
pub(crate) fn is_own(name: &str) -> bool {
    [DOCUMENT, CORE, APP].contains(&name)
}

pub(crate) const DOCUMENT: &str = "word/document.xml";
const CORE: &str = "docProps/core.xml";
const APP: &str = "docProps/app.xml";

fn chosen_parts(
    mut built: XMLDocx,
    plain: &Plain,
    wanted: &Wanted,
    pretty: bool,
    is_chosen: impl Fn(&str, &[(String, Vec<u8>)]) -> bool,
) -> Result<Parts, RenderError> {
    let media = package::media(std::mem::take(&mut built.media));
    let built = package::parts(built);
    let names: Vec<String> =
        built.iter().map(|(name, _)| name).chain(media.iter().map(|(name, _)| name)).cloned().collect();
    let mut parts = Vec::new();
    for (name, xml) in built.into_iter().filter(|(name, _)| is_chosen(name, &media)) {
        let xml = if name == DOCUMENT {
            flow::amend(&name, &xml, plain, pretty)?
        } else {
            let xml = text(&name, xml)?;
            let mut root = tree::read(&name, &xml)?;
            amend(&name, &mut root, wanted);
            package::close(&name, &mut root, &names, &media);
            let written = tree::write(&root, pretty);
            written.map_err(|source| RenderError::Write { part: name.clone(), source })?.into_bytes()
        };
        parts.push((name, xml));
    }
    Ok(Parts { xml: parts, media })
}

/// A part as text.
pub(crate) fn text(name: &str, xml: Vec<u8>) -> Result<String, RenderError> {
    String::from_utf8(xml).map_err(|source| RenderError::Encoding { part: name.to_owned(), source })
}

fn amend(name: &str, root: &mut Element, wanted: &Wanted) {
    match name {
        "word/styles.xml" => styles::amend(root, wanted),
        "word/settings.xml" => settings::amend(root, wanted.style),
        "word/fontTable.xml" => fonts::amend(root, &wanted.style.faces),
        CORE => properties::core(root, wanted.issue),
        APP => properties::app(root, wanted.issue),
        _ => package::add_theme(name, root),
    }
    if name.starts_with("word/") {
        tidy(root);
    }
}

/// What every element of a document, its styles and its settings gets.
fn tidy(element: &mut Element) {
    clean::clean(element);
    element.walk(&mut order::sort);
}
