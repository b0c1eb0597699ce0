//! Marked content: `ActualText` (ISO 32000-1 §14.9.4), layers that are switched off (§8.11),
//! artifacts (§14.8.2.2) and the numbers by which the structure tree names its pieces (§14.7.4).

use std::collections::HashSet;
use std::rc::Rc;

use lopdf::{Dictionary, Object, ObjectId, decode_text_string};

use super::state::Glyph;
use crate::lexer::Operand;
use crate::objects::File;
use crate::page::Artifact;
use crate::unicode;

/// One open `BMC` or `BDC`.
#[derive(Default)]
pub(crate) struct Mark {
    /// Text that stands for all glyphs since `first`.
    pub(crate) actual: Option<String>,
    pub(crate) first: usize,
    pub(crate) hidden: bool,
    /// What its property list says an artifact is.
    pub(crate) artifact: Option<Artifact>,
    /// Number of the piece in the structure tree (§14.7.4.2).
    pub(crate) mcid: Option<u32>,
}

/// What the operand of a `BDC` says, which is a dictionary or the name of one.
pub(crate) fn properties(
    file: &File,
    resources: &Dictionary,
    operand: Option<&Operand>,
    hidden: &HashSet<ObjectId>,
) -> Mark {
    match operand {
        Some(Operand::Dict(entries)) => direct(entries),
        Some(Operand::Name(name)) => {
            let list = file.dict(resources, b"Properties");
            let layer = list.and_then(|l| l.get(name).ok()).and_then(|o| o.as_reference().ok());
            let entries = list.and_then(|l| file.dict(l, name));
            Mark {
                hidden: layer.is_some_and(|id| hidden.contains(&id)),
                ..entries.map(|entries| named(file, entries)).unwrap_or_default()
            }
        }
        _ => Mark::default(),
    }
}

fn direct(entries: &[(Vec<u8>, Operand)]) -> Mark {
    let entry = |key: &[u8]| entries.iter().find(|(own, _)| own == key).map(|(_, value)| value);
    let actual = match entry(b"ActualText") {
        Some(Operand::String(bytes)) => Some(decode(bytes)),
        _ => None,
    };
    let name = |key: &[u8]| entry(key).and_then(Operand::name);
    Mark {
        actual,
        artifact: artifact(name(b"Type"), name(b"Subtype")),
        mcid: entry(b"MCID").and_then(Operand::number).and_then(piece),
        ..Mark::default()
    }
}

fn named(file: &File, entries: &Dictionary) -> Mark {
    Mark {
        actual: file.get(entries, b"ActualText").and_then(|o| o.as_str().ok()).map(decode),
        artifact: artifact(file.name(entries, b"Type"), file.name(entries, b"Subtype")),
        mcid: file.number(entries, b"MCID").and_then(piece),
        ..Mark::default()
    }
}

fn piece(number: f32) -> Option<u32> {
    (number >= 0.0).then_some(number as u32)
}

/// Kinds of artifact (ISO 32000-1 table 330; `Header`, `Footer` and `Watermark` in ISO 32000-2 table 363).
fn artifact(kind: Option<&[u8]>, subtype: Option<&[u8]>) -> Option<Artifact> {
    match (kind, subtype) {
        (_, Some(b"Header")) => Some(Artifact::Header),
        (_, Some(b"Footer")) => Some(Artifact::Footer),
        (_, Some(b"Watermark")) => Some(Artifact::Watermark),
        (Some(b"Pagination"), _) => Some(Artifact::Pagination),
        _ => None,
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
