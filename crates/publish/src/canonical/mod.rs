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
    pub(crate) xml: Vec<(String, String)>,
    /// Pictures.
    pub(crate) media: Vec<(String, Vec<u8>)>,
}

/// The parts of a document in their final form.
pub(crate) fn parts(mut built: XMLDocx, wanted: &Wanted, pretty: bool) -> Result<Parts, RenderError> {
    let media = package::media(std::mem::take(&mut built.media));
    let mut parts = Vec::new();
    for (name, xml) in package::parts(built) {
        let xml =
            String::from_utf8(xml).map_err(|source| RenderError::Encoding { part: name.clone(), source })?;
        let mut root = tree::read(&name, &xml)?;
        amend(&name, &mut root, wanted);
        parts.push((name, root));
    }
    package::close(&mut parts, &media);
    let text = |(name, root): (String, Element)| match tree::write(&root, pretty) {
        Ok(xml) => Ok((name, xml)),
        Err(source) => Err(RenderError::Write { part: name, source }),
    };
    let xml = parts.into_iter().map(text).collect::<Result<_, _>>()?;
    Ok(Parts { xml, media })
}

fn amend(name: &str, root: &mut Element, wanted: &Wanted) {
    match name {
        "word/document.xml" => {
            tables::amend(root);
            drawings::amend(root);
        }
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
