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
mod fonts;
mod order;
mod package;
mod properties;
mod settings;
mod styles;
pub(crate) mod tree;

use docx_rs::XMLDocx;
use jianbao_model::Issue;

use crate::RenderError;
use crate::document::named::Named;
use crate::style::Style;
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
pub(crate) fn parts(
    built: XMLDocx,
    wanted: &Wanted,
    pretty: bool,
) -> Result<Vec<(String, String)>, RenderError> {
    let mut parts = Vec::new();
    for (name, xml) in package::parts(built) {
        let xml =
            String::from_utf8(xml).map_err(|source| RenderError::Encoding { part: name.clone(), source })?;
        let mut root = tree::read(&name, &xml)?;
        amend(&name, &mut root, wanted);
        parts.push((name, root));
    }
    package::close(&mut parts);
    let text = |(name, root): (String, Element)| match tree::write(&root, pretty) {
        Ok(xml) => Ok((name, xml)),
        Err(source) => Err(RenderError::Write { part: name, source }),
    };
    parts.into_iter().map(text).collect()
}

fn amend(name: &str, root: &mut Element, wanted: &Wanted) {
    match name {
        "word/styles.xml" => styles::amend(root, wanted),
        "word/settings.xml" => settings::amend(root, wanted.style),
        "word/fontTable.xml" => fonts::amend(root, &wanted.style.faces),
        "docProps/core.xml" => properties::core(root, wanted.issue),
        "docProps/app.xml" => properties::app(root, wanted.issue),
        _ => package::add_theme(name, root),
    }
    if name.starts_with("word/") {
        clean::clean(root);
        root.walk(&mut order::sort);
    }
}
