//! Bytes of unknown encoding to text, or the finding that they are no text.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

/// Bytes as text.
pub(crate) struct Decoded {
    /// The text, U+FFFD for what could not be decoded.
    pub(crate) text: String,
    /// The encoding's name.
    pub(crate) encoding: &'static str,
    /// How many sequences could not be decoded.
    pub(crate) replaced: usize,
}

/// Bytes from the start by which the encoding is told.
const DETECTION_BYTES: usize = 1 << 20;

/// Decodes bytes if they look like text.
pub(crate) fn decode(bytes: &[u8]) -> Option<Decoded> {
    let (encoding, mark) = Encoding::for_bom(bytes).unwrap_or_else(|| (detect(bytes), 0));
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes.get(mark..)?);
    // Only replacements count that were not written as such.
    let replaced = if had_errors { text.matches('\u{FFFD}').count() } else { 0 };
    looks_like_text(&text, replaced).then(|| Decoded {
        text: text.into_owned(),
        encoding: encoding.name(),
        replaced,
    })
}

fn detect(bytes: &[u8]) -> &'static Encoding {
    let sample = &bytes[..bytes.len().min(DETECTION_BYTES)];
    if let Some(encoding) = utf16_without_mark(sample) {
        return encoding;
    }
    if is_utf8(sample) {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, sample.len() == bytes.len());
    let guess = detector.guess(Some(b"cn"), Utf8Detection::Allow);
    // GB18030 contains GBK; what is no Chinese encoding at all is tried as one, since the
    // senders write Chinese, and is found out by what comes of it.
    if guess == GBK || guess != BIG5 && guess.is_single_byte() { GB18030 } else { guess }
}

/// Valid UTF-8, except for a character that the end of the sample cuts.
fn is_utf8(sample: &[u8]) -> bool {
    std::str::from_utf8(sample).map_or_else(|error| error.error_len().is_none(), |_| true)
}

/// UTF-16 shows by the zeros of its blanks, digits and line ends, which all stand on one side.
fn utf16_without_mark(sample: &[u8]) -> Option<&'static Encoding> {
    let zeros = |side: usize| sample.iter().skip(side).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    match () {
        () if even + odd == 0 || !sample.len().is_multiple_of(2) => None,
        () if odd == 0 => Some(UTF_16BE),
        () if even == 0 => Some(UTF_16LE),
        () => None,
    }
}

/// Text has no control characters but those that part its lines, and few broken sequences.
fn looks_like_text(text: &str, replaced: usize) -> bool {
    let mut characters = 0_usize;
    let mut controls = 0_usize;
    for character in text.chars() {
        characters += 1;
        let is_space = matches!(character, '\t' | '\n' | '\r' | '\u{c}' | '\u{1a}');
        controls += usize::from(character.is_control() && !is_space);
    }
    characters > 0 && controls * 200 <= characters && replaced * 20 <= characters
}
