//! Pictures: bytes that stand in the page, parts of a mail file, names of files elsewhere.

use std::collections::HashMap;

use data_encoding::BASE64;
use jianbao_model::SourceId;
use jianbao_model::document::Image;

/// The pictures of a mail file by their places and, for relative references, by their names.
pub(crate) type Parts = HashMap<String, Image>;

/// What a picture's source is.
pub(super) enum Picture {
    Image(Image),
    /// Outside of the file; it is not fetched.
    External,
    Missing,
}

/// The picture of a `src`; `number` names those that stand in the page.
pub(super) fn picture(src: &str, number: usize, parts: &Parts) -> Picture {
    let src = src.trim();
    if src.is_empty() {
        return Picture::Missing;
    }
    if let Some(image) = part(src, parts) {
        return Picture::Image(image.clone());
    }
    let lower: String = src.chars().take(8).collect::<String>().to_ascii_lowercase();
    if lower.starts_with("data:") {
        return Picture::Image(data(src, number));
    }
    if lower.starts_with("http:") || lower.starts_with("https:") || src.starts_with("//") {
        return Picture::External;
    }
    Picture::Image(Image { name: src.to_owned(), bytes: 0, hash: None })
}

/// `data:image/png;base64,…` (RFC 2397).
fn data(src: &str, number: usize) -> Image {
    let (kind, text) = src.split_once(',').unwrap_or((src, ""));
    let kind = kind.split_once('/').map_or("bin", |(_, kind)| kind.split([';', '+']).next().unwrap_or(kind));
    let name = format!("image{number}.{kind}");
    let text: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    match BASE64.decode(&text) {
        Ok(bytes) => Image { name, bytes: bytes.len() as u64, hash: Some(SourceId::of(&bytes)) },
        Err(_) => Image { name, bytes: 0, hash: None },
    }
}

/// The part of a mail file that a reference means: by its whole place, else by its name.
fn part<'a>(src: &str, parts: &'a Parts) -> Option<&'a Image> {
    parts.get(src).or_else(|| parts.get(src.rsplit('/').next()?))
}
