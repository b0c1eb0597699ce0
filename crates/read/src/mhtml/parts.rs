//! The parts of a mail file: which is the page, which are pictures, which only serve Word.

use jianbao_model::SourceId;
use jianbao_model::document::Image;
use mailparse::{MailHeaderMap, ParsedMail};

use crate::html::Parts;
use crate::{Limits, ReadError};

/// A part that holds no other parts.
pub(super) struct Part<'a> {
    pub(super) mail: &'a ParsedMail<'a>,
}

/// What a part that is not the page is for.
pub(super) enum Kind {
    /// A picture that the page may show, or Word's own lists and themes.
    Harmless,
    /// Word's page headers and footers.
    Margins,
    /// A page that a frame may show.
    Page,
    /// Something with a text of its own.
    Other,
}

/// Parts that only serve the program that wrote the file.
const SERVING: [&str; 9] = [".xml", ".css", ".js", ".thmx", ".mso", ".wmz", ".emz", ".dat", ".pcz"];

impl Part<'_> {
    /// Its place, else its id, else its type.
    pub(super) fn name(&self) -> String {
        let headers = &self.mail.headers;
        let place = headers.get_first_value("Content-Location").or_else(|| self.id());
        place.unwrap_or_else(|| self.mail.ctype.mimetype.clone())
    }

    fn id(&self) -> Option<String> {
        let id = self.mail.headers.get_first_value("Content-ID")?;
        Some(id.trim().trim_start_matches('<').trim_end_matches('>').to_owned())
    }

    fn is_page(&self) -> bool {
        matches!(self.mail.ctype.mimetype.as_str(), "text/html" | "application/xhtml+xml")
    }

    fn is_picture(&self) -> bool {
        self.mail.ctype.mimetype.starts_with("image/")
    }

    /// What the part is for.
    pub(super) fn kind(&self) -> Kind {
        let name = self.name().to_lowercase();
        let file = name.rsplit(['/', '\\']).next().unwrap_or(&name);
        if self.is_page() && file.starts_with("header") {
            return Kind::Margins;
        }
        let serves = self.is_picture() || SERVING.iter().any(|end| file.ends_with(end));
        let is_blank = self.mail.get_body_raw().is_ok_and(|body| body.trim_ascii().is_empty());
        let is_style = matches!(self.mail.ctype.mimetype.as_str(), "text/css" | "text/javascript");
        if serves || is_style || is_blank {
            return Kind::Harmless;
        }
        if self.is_page() { Kind::Page } else { Kind::Other }
    }

    /// Whether a reference means the part: by id, by its place or by the end of it.
    pub(super) fn is_called(&self, target: &str) -> bool {
        let by_id = target.strip_prefix("cid:").is_some_and(|id| self.id().as_deref() == Some(id));
        let name = self.name();
        by_id || name == target || name.ends_with(&format!("/{target}"))
    }
}

/// The parts without parts inside; the parser bounds how deep they stand.
pub(super) fn leaves<'a>(mail: &'a ParsedMail<'a>, limits: &Limits) -> Result<Vec<Part<'a>>, ReadError> {
    let leaves: Vec<Part> =
        mail.parts().filter(|part| part.subparts.is_empty()).map(|mail| Part { mail }).collect();
    if leaves.len() > limits.entries {
        return Err(ReadError::LimitExceeded { what: "entries", limit: limits.entries as u64 });
    }
    Ok(leaves)
}

/// The page: the part that `start` names (RFC 2387), else the first one that is a page.
pub(super) fn root<'a>(mail: &ParsedMail, leaves: &[Part<'a>]) -> Option<&'a ParsedMail<'a>> {
    let start = mail.ctype.params.get("start");
    let start = start.map(|start| start.trim().trim_start_matches('<').trim_end_matches('>'));
    let named = leaves.iter().find(|part| start.is_some() && part.id().as_deref() == start);
    let named = named.filter(|part| part.is_page());
    named.or_else(|| leaves.iter().find(|part| part.is_page())).map(|part| part.mail)
}

/// The pictures by the names that the page may call them.
pub(super) fn pictures(leaves: &[Part], limits: &Limits) -> Result<Parts, ReadError> {
    let mut pictures = Parts::new();
    picture_bytes(leaves, limits, |part, bytes| {
        let place = part.name();
        let name = place.rsplit(['/', '\\']).next().unwrap_or(&place).to_owned();
        let image = Image { name: name.clone(), bytes: bytes.len() as u64, hash: Some(SourceId::of(&bytes)) };
        if let Some(id) = part.id() {
            pictures.insert(format!("cid:{id}"), image.clone());
        }
        pictures.entry(name).or_insert_with(|| image.clone());
        pictures.insert(place, image);
    })?;
    Ok(pictures)
}

/// Hands over the pictures with their parts.
pub(super) fn picture_bytes(
    leaves: &[Part],
    limits: &Limits,
    mut each: impl FnMut(&Part, Vec<u8>),
) -> Result<(), ReadError> {
    let mut total = 0;
    for part in leaves.iter().filter(|part| part.is_picture()) {
        let Ok(bytes) = part.mail.get_body_raw() else { continue };
        total += bytes.len() as u64;
        if total > limits.inflated_bytes {
            return Err(ReadError::LimitExceeded { what: "inflated-bytes", limit: limits.inflated_bytes });
        }
        each(part, bytes);
    }
    Ok(())
}
