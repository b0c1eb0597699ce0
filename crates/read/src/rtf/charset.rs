//! Bytes to text: the code page of the font, of the document, or what the bytes show.

use encoding_rs::{BIG5, Decoder, EUC_KR, Encoding, GB18030, GBK, SHIFT_JIS, UTF_8};

/// How the bytes of a run are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Charset {
    /// One encoding.
    Named(&'static Encoding),
    /// The font claims Western text, the document's code page is an East Asian one: many programs
    /// write Chinese so, and only the bytes tell.
    Doubtful(&'static Encoding),
    /// Codes of a symbol font.
    Symbol,
}

/// The encoding of `\ansicpg`.
pub(super) fn of_code_page(number: i32) -> Option<&'static Encoding> {
    let label = match number {
        936 | 10008 => return Some(GBK),
        54936 => return Some(GB18030),
        950 | 10002 => return Some(BIG5),
        932 | 10001 => return Some(SHIFT_JIS),
        949 | 1361 | 10003 => return Some(EUC_KR),
        65001 => return Some(UTF_8),
        10000 => "macintosh",
        10007 => "x-mac-cyrillic",
        866 => "ibm866",
        874 => "windows-874",
        // The Western pages of DOS differ from Windows in signs that no office text has.
        437 | 850 | 1252 => "windows-1252",
        1250..=1258 => return Encoding::for_label(format!("windows-{number}").as_bytes()),
        _ => return None,
    };
    Encoding::for_label(label.as_bytes())
}

/// The charset of a font by its `\fcharset` (RTF 1.9.1, "Font Table"); `document` is the document's.
pub(super) fn of_font(number: i32, document: &'static Encoding) -> Charset {
    let page = match number {
        2 => return Charset::Symbol,
        134 => 936,
        136 => 950,
        128 => 932,
        129 | 130 => 949,
        77 => 10000,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178..=180 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        0 if is_east_asian(document) => return Charset::Doubtful(document),
        0 => 1252,
        _ => return Charset::Named(document),
    };
    Charset::Named(of_code_page(page).unwrap_or(document))
}

fn is_east_asian(encoding: &'static Encoding) -> bool {
    [GBK, GB18030, BIG5, SHIFT_JIS, EUC_KR].contains(&encoding)
}

/// Bytes that wait for their end: a character may be split over two runs.
#[derive(Default)]
pub(super) struct Bytes {
    bytes: Vec<u8>,
    charset: Option<Charset>,
    decoder: Option<(&'static Encoding, Decoder)>,
    /// Sequences so far that were no characters.
    pub(super) replaced: usize,
}

impl Bytes {
    /// Whether bytes of this kind may follow those that wait.
    pub(super) fn fits(&self, charset: Charset) -> bool {
        self.bytes.is_empty() || self.charset == Some(charset)
    }

    /// Adds a byte.
    pub(super) fn push(&mut self, byte: u8, charset: Charset) {
        self.charset = Some(charset);
        self.bytes.push(byte);
    }

    /// The text of the bytes. Half a character at the end waits for its other half in the next
    /// run, unless the text `ends` here.
    pub(super) fn take(&mut self, ends: bool) -> String {
        let mut text = String::new();
        let bytes = std::mem::take(&mut self.bytes);
        let encoding = match self.charset {
            Some(Charset::Symbol) => {
                let signs = bytes.iter().filter_map(|&byte| char::from_u32(0xF000 + u32::from(byte)));
                return signs.collect();
            }
            Some(Charset::Named(encoding)) => Some(encoding),
            Some(Charset::Doubtful(encoding)) => Some(told_by(&bytes, encoding)),
            None => None,
        };
        if let Some((before, mut decoder)) = self.decoder.take() {
            if encoding == Some(before) && !bytes.is_empty() {
                self.decoder = Some((before, decoder));
            } else if ends || !bytes.is_empty() {
                // The other half never came.
                self.decode(&mut decoder, &[], &mut text, true);
            } else {
                self.decoder = Some((before, decoder));
                return text;
            }
        }
        let Some(encoding) = encoding.filter(|_| !bytes.is_empty()) else { return text };
        let (_, mut decoder) =
            self.decoder.take().unwrap_or_else(|| (encoding, encoding.new_decoder_without_bom_handling()));
        self.decode(&mut decoder, &bytes, &mut text, ends);
        if !ends {
            self.decoder = Some((encoding, decoder));
        }
        text
    }

    fn decode(&mut self, decoder: &mut Decoder, bytes: &[u8], text: &mut String, ends: bool) {
        text.reserve(decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(0));
        let before = text.len();
        let (_, _, had_errors) = decoder.decode_to_string(bytes, text, ends);
        if had_errors {
            let added = text.get(before..).unwrap_or_default();
            self.replaced += added.matches('\u{FFFD}').count();
        }
    }
}

/// East Asian if all bytes above ASCII stand in pairs that the encoding knows, else Western.
fn told_by(bytes: &[u8], encoding: &'static Encoding) -> &'static Encoding {
    let high = |byte: &u8| *byte >= 0x80;
    let mut runs = bytes.split(|byte| !high(byte)).filter(|run| !run.is_empty());
    let is_paired = runs.all(|run| run.len().is_multiple_of(2));
    let (_, had_errors) = encoding.decode_without_bom_handling(bytes);
    if is_paired && !had_errors { encoding } else { encoding_rs::WINDOWS_1252 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(charset: Charset, runs: &[&[u8]]) -> String {
        let mut bytes = Bytes::default();
        let mut text = String::new();
        for run in runs {
            run.iter().for_each(|&byte| bytes.push(byte, charset));
            text += &bytes.take(false);
        }
        text + &bytes.take(true)
    }

    #[test]
    fn a_character_may_be_split_over_runs() {
        assert_eq!(text(Charset::Named(GBK), &[b"\xD6", b"\xD0\xB9", b"\xFA"]), "中国");
        assert_eq!(text(Charset::Named(GBK), &[b"\xD6"]), "\u{FFFD}");
    }

    #[test]
    fn western_font_in_a_chinese_document() {
        let doubtful = Charset::Doubtful(GBK);
        assert_eq!(text(doubtful, &[b"ab\xD6\xD0"]), "ab中");
        assert_eq!(text(doubtful, &[b"caf\xE9 au"]), "café au");
    }

    #[test]
    fn symbols_keep_their_code() {
        assert_eq!(text(Charset::Symbol, &[b"\xFC"]), "\u{F0FC}");
    }
}
