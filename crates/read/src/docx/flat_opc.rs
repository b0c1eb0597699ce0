//! A package as one XML file (Flat OPC, MS-DOCX 2.1): its parts are put back into a package.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::xml::{Element, Token, Xml};
use crate::{Limits, ReadError};

/// What the text is called in diagnostics.
const PART: &str = "pkg:package";

/// The package of a text; `None` when the text is no package.
pub(super) fn package(text: &str, limits: &Limits) -> Result<Option<Vec<u8>>, ReadError> {
    let mut xml = Xml::new(text, PART, limits.depth);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let mut count = 0;
    while let Some(token) = xml.next()? {
        let Token::Start(element) = token else { continue };
        match element.local() {
            "package" => {}
            "part" if count < limits.entries => {
                count += 1;
                part(&mut xml, &element, text, &mut writer)?;
            }
            "part" => {
                return Err(ReadError::LimitExceeded { what: "entries", limit: limits.entries as u64 });
            }
            _ => return Ok(None),
        }
    }
    let package = writer.finish().map_err(|_| damaged())?.into_inner();
    Ok((count > 0).then_some(package))
}

/// Copies a part: its XML as it is, or its bytes from base 64.
fn part(
    xml: &mut Xml,
    part: &Element,
    text: &str,
    writer: &mut ZipWriter<Cursor<Vec<u8>>>,
) -> Result<(), ReadError> {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let name = part.attribute("name").unwrap_or_default();
    writer.start_file(name.trim_start_matches('/'), options).map_err(|_| damaged())?;
    xml.children(|xml, element| {
        let is_binary = element.local() == "binaryData";
        let whole = text.get(xml.pass()?).unwrap_or_default();
        let inside = whole
            .split_once('>')
            .and_then(|(_, rest)| rest.rsplit_once("</"))
            .map_or("", |(inside, _)| inside);
        let written = if is_binary {
            writer.write_all(&from_base64(inside))
        } else {
            writer.write_all(inside.as_bytes())
        };
        written.map_err(|_| damaged())?;
        Ok(false)
    })
}

/// Bytes from base 64 with line ends; what is no base 64 gives none, which the part's reader notices.
pub(super) fn from_base64(text: &str) -> Vec<u8> {
    let text: String = text.split_ascii_whitespace().collect();
    data_encoding::BASE64.decode(text.as_bytes()).unwrap_or_default()
}

fn damaged() -> ReadError {
    ReadError::Damaged { what: PART.to_owned() }
}
