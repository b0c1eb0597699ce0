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
    // Two-byte encodings look alike in short texts, and the senders write GBK: it is taken where
    // all of it is ordinary Chinese.
    let (chinese, had_errors) = GB18030.decode_without_bom_handling(sample);
    if !had_errors && chinese.chars().all(is_usual) && !is_rare(&chinese) {
        return GB18030;
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

/// UTF-16 has zeros in its line ends and blanks, and gives office text only in one byte order.
fn utf16_without_mark(sample: &[u8]) -> Option<&'static Encoding> {
    if !sample.contains(&0) || !sample.len().is_multiple_of(2) {
        return None;
    }
    [UTF_16LE, UTF_16BE].into_iter().find(|encoding| {
        let (text, had_errors) = encoding.decode_without_bom_handling(sample);
        let usual = text.chars().filter(|&character| is_usual(character)).count();
        !had_errors && usual * 10 > text.chars().count() * 9
    })
}

/// Level 2 of GB 2312 is rare in ordinary text; other encodings read as GBK are full of it and of
/// what lies beyond.
fn is_rare(text: &str) -> bool {
    let han = text.chars().filter(|character| ('\u{4E00}'..='\u{9FFF}').contains(character));
    let (mut count, mut rare) = (0_usize, 0_usize);
    for character in han {
        count += 1;
        rare += usize::from(!is_common_han(character));
    }
    rare * 4 > count
}

/// Whether a character is one of the 3,755 Han characters of level 1 of GB 2312: rows 16 to 55, lead
/// bytes B0 to D7, trail bytes from A1.
pub(crate) fn is_common_han(character: char) -> bool {
    let mut buffer = [0; 4];
    let (bytes, _, _) = GBK.encode(character.encode_utf8(&mut buffer));
    matches!(*bytes, [0xB0..=0xD7, 0xA1..=0xFE])
}

/// A letter, digit, Han character or mark of ordinary Chinese or English text.
fn is_usual(character: char) -> bool {
    matches!(character,
        '\t' | '\n' | '\r' | ' '..='~' | '\u{2010}'..='\u{2027}' | '\u{3000}'..='\u{303F}'
        | '\u{4E00}'..='\u{9FFF}' | '\u{FF00}'..='\u{FFEF}')
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
