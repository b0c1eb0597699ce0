//! Bytes of HTML to text: mark, outer statement, `<meta>`, and only then a guess.

use encoding_rs::{Encoding, GB18030, GBK, UTF_8, WINDOWS_1252};

use crate::ReadError;
use crate::text::{self, Decoded};

/// Bytes from the start within which the encoding is stated; Word puts it behind long namespaces.
const STATED_WITHIN: usize = 8192;

/// Decodes HTML; `label` is the encoding that a mail part's header states.
pub(super) fn decode(bytes: &[u8], label: Option<&str>) -> Result<Decoded, ReadError> {
    if Encoding::for_bom(bytes).is_none() {
        let outer = label.and_then(|label| Encoding::for_label(label.as_bytes()));
        // Western programs state their own encoding whatever they write, and it fits all bytes.
        let stated = outer.or_else(|| stated(bytes)).filter(|&encoding| encoding != WINDOWS_1252);
        if let Some(decoded) = stated.map(|encoding| with(bytes, encoding)).filter(|it| it.replaced == 0) {
            return Ok(decoded);
        }
        // Pages that were saved again in another encoding keep the old statement.
        let guessed = text::decode(bytes);
        return match (stated.map(|encoding| with(bytes, encoding)), guessed) {
            (Some(stated), Some(guessed)) if guessed.replaced < stated.replaced => Ok(guessed),
            (Some(stated), _) => Ok(stated),
            (None, guessed) => guessed.ok_or(ReadError::Unknown),
        };
    }
    text::decode(bytes).ok_or(ReadError::Unknown)
}

fn with(bytes: &[u8], encoding: &'static Encoding) -> Decoded {
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    let replaced = if had_errors { text.matches('\u{FFFD}').count() } else { 0 };
    Decoded { text: text.into_owned(), encoding: encoding.name(), replaced }
}

/// The encoding in `<meta charset>` or `<meta http-equiv content="…; charset=…">`.
fn stated(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = &bytes[..bytes.len().min(STATED_WITHIN)];
    let start = String::from_utf8_lossy(start).to_ascii_lowercase();
    let tags = start.split("<meta").skip(1);
    let label = tags.filter_map(|tag| tag.split('>').next()).find_map(|tag| {
        let (_, label) = tag.split_once("charset")?;
        let label = label.trim_start().strip_prefix('=')?.trim_start();
        let label = label.trim_start_matches(['"', '\'']);
        label
            .split(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ';' | '/'))
            .next()
            .map(str::to_owned)
    })?;
    let encoding = Encoding::for_label(label.as_bytes())?;
    // A statement that could be read is no UTF-16 (HTML, "prescan"); GB18030 contains GBK.
    Some(match encoding {
        _ if encoding.name().starts_with("UTF-16") => UTF_8,
        _ if encoding == GBK => GB18030,
        _ => encoding,
    })
}
