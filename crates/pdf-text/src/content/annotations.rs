//! Appearances of annotations: what a form field or a text box shows on the page (§12.5.5).

use lopdf::{Dictionary, Object, ObjectId, Stream};

use super::interpreter::Interpreter;
use crate::geometry::{Matrix, Rect};
use crate::objects::File;
use crate::page::{Artifact, WarningKind};

/// Hidden and no-view (ISO 32000-1 table 165).
const UNSEEN: i64 = 1 << 1 | 1 << 5;

pub(crate) fn draw<'a>(interpreter: &mut Interpreter<'_, 'a>, file: &'a File, page: &'a Dictionary) {
    let list = file.array(page, b"Annots").unwrap_or_default();
    let most = interpreter.shared.limits.annotations_per_page;
    if list.len() > most {
        interpreter.warn(WarningKind::PageLimit);
    }
    for object in list.iter().take(most) {
        let Some(Object::Dictionary(annotation)) = file.resolve(object) else {
            continue;
        };
        if !is_seen(file, annotation) {
            continue;
        }
        let Some((stream, id)) = appearance(file, annotation) else {
            continue;
        };
        if let Some(place) = placement(file, annotation, stream) {
            interpreter.appearance(stream, id, &place, kind(file, annotation));
        }
    }
}

/// Stamps and watermarks stand over the text and are no part of it (§12.5.6.12, §12.5.6.22).
fn kind(file: &File, annotation: &Dictionary) -> Option<Artifact> {
    match file.name(annotation, b"Subtype") {
        Some(b"Stamp") => Some(Artifact::Stamp),
        Some(b"Watermark") => Some(Artifact::Watermark),
        _ => None,
    }
}

fn is_seen(file: &File, annotation: &Dictionary) -> bool {
    let flags = file.number(annotation, b"F").unwrap_or(0.0) as i64;
    let subtype = file.name(annotation, b"Subtype");
    flags & UNSEEN == 0 && !matches!(subtype, Some(b"Popup" | b"Link"))
}

/// The normal appearance, or of several the one that is switched on.
fn appearance<'a>(file: &'a File, annotation: &'a Dictionary) -> Option<(&'a Stream, Option<ObjectId>)> {
    let normal = file.dict(annotation, b"AP")?.get(b"N").ok()?;
    let object = match file.resolve(normal)? {
        Object::Dictionary(states) => states.get(file.name(annotation, b"AS")?).ok()?,
        _ => normal,
    };
    let stream = file.resolve(object)?.as_stream().ok()?;
    Some((stream, object.as_reference().ok()))
}

/// The map of the form's box onto the annotation's rectangle (algorithm 8.1 in §12.5.5).
fn placement(file: &File, annotation: &Dictionary, stream: &Stream) -> Option<Matrix> {
    let rect = file.rect(annotation, b"Rect")?;
    let matrix = file.numbers(&stream.dict, b"Matrix").map_or(Matrix::IDENTITY, Matrix::new);
    let form: Rect = matrix.apply_rect(&file.rect(&stream.dict, b"BBox")?);
    if !form.is_finite() || form.width() <= 0.0 || form.height() <= 0.0 {
        return None;
    }
    let (sx, sy) = (rect.width() / form.width(), rect.height() / form.height());
    Some(Matrix::new([sx, 0.0, 0.0, sy, rect.x0 - form.x0 * sx, rect.y0 - form.y0 * sy]))
}
