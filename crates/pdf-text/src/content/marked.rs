//! Marked content: `ActualText` (ISO 32000-1 §14.9.4) and layers that are switched off (§8.11).

use std::collections::HashSet;
use std::rc::Rc;

use lopdf::{Dictionary, Object, ObjectId, decode_text_string};

use super::state::Glyph;
use crate::lexer::Operand;
use crate::objects::File;
use crate::unicode;

/// One open `BMC` or `BDC`.
pub(crate) struct Mark {
    /// Text that stands for all glyphs since `first`.
    pub(crate) actual: Option<String>,
    pub(crate) first: usize,
    pub(crate) hidden: bool,
}

/// Text and layer of a `BDC` operand, which is a dictionary or the name of one.
pub(crate) fn properties(
    file: &File,
    resources: &Dictionary,
    operand: Option<&Operand>,
    hidden: &HashSet<ObjectId>,
) -> (Option<String>, bool) {
    match operand {
        Some(Operand::Dict(entries)) => {
            let text = entries.iter().find(|(key, _)| key == b"ActualText");
            let text = match text {
                Some((_, Operand::String(bytes))) => Some(decode(bytes)),
                _ => None,
            };
            (text, false)
        }
        Some(Operand::Name(name)) => {
            let list = file.dict(resources, b"Properties");
            let layer = list.and_then(|l| l.get(name).ok()).and_then(|o| o.as_reference().ok());
            let text = list
                .and_then(|l| file.dict(l, name))
                .and_then(|d| file.get(d, b"ActualText"))
                .and_then(|o| o.as_str().ok())
                .map(decode);
            (text, layer.is_some_and(|id| hidden.contains(&id)))
        }
        _ => (None, false),
    }
}

/// A text string: UTF-16 with a mark, UTF-8 with a mark, or `PDFDocEncoding` (§7.9.2.2).
fn decode(bytes: &[u8]) -> String {
    let object = Object::String(bytes.to_vec(), lopdf::StringFormat::Hexadecimal);
    decode_text_string(&object).unwrap_or_default()
}

/// Gives the glyphs the text that stands for them: one each when the numbers agree, else the
/// first takes all of it and the others take none.
pub(crate) fn replace(glyphs: &mut [Glyph], actual: &str) {
    let text: String = actual.chars().filter(|c| !c.is_control()).map(unicode::fold).collect();
    if glyphs.is_empty() {
        return;
    }
    if text.chars().count() == glyphs.len() {
        for (glyph, c) in glyphs.iter_mut().zip(text.chars()) {
            glyph.text = Some(c.to_string().into());
        }
        return;
    }
    let reach = glyphs.last().map(|g| g.end);
    let one_line = glyphs.iter().all(|g| {
        let drift = (g.start.0 - glyphs[0].start.0).abs().min((g.start.1 - glyphs[0].start.1).abs());
        drift < 0.3 * g.size
    });
    let nothing: Rc<str> = "".into();
    for glyph in &mut glyphs[1..] {
        glyph.text = Some(nothing.clone());
    }
    glyphs[0].text = Some(text.into());
    if let (Some(end), true) = (reach, one_line) {
        glyphs[0].end = end;
    }
}
