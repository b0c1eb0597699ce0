//! Word 6 and 95: 8-bit text in the code page of the document, read as text and no more.

use crate::bytes::{slice, u16_at, u32_at};
use crate::document::{Block, Document, Paragraph, Run};
use crate::error::{Error, Warning};
use crate::fib::{Fib, Part, Story};
use crate::fields::{self, Fields};
use crate::fonts::Fonts;
use crate::limits::{Budget, Limits};
use crate::table::{RowLayout, TableBuilder};
use encoding_rs::Encoding;

/// `fcClx` in a FIB of Word 6 and 95.
const CLX_AT: usize = 0x160;
const CELL_MARK: u16 = 0x07;
const SIZE: u16 = 20; // half-points, the format's default

/// The text as units: control characters as they are, all else decoded later.
pub(crate) fn read(
    fib: &Fib<'_>,
    stream: &[u8],
    limits: &Limits,
    budget: &mut Budget,
    mut warnings: Vec<Warning>,
) -> Result<Document, Error> {
    let fonts = Fonts::parse_old(fib.slice(stream, Part::SttbfFfn));
    let bytes = text(fib, stream, limits, budget)?;
    let encoding = encoding(fib.language, &fonts, &bytes);
    let (units, is_valid) = decode(&bytes, fib.has_wide_characters(), encoding);
    budget.spend(2 * units.len())?;
    if !is_valid {
        warnings.push(Warning::BadBytes { encoding: encoding.name() });
    }
    // Decoding changes lengths, so the stories are cut before it.
    let body = blocks(&units, limits)?;
    Ok(Document { body, warnings, is_old: true, version: fib.version, ..Document::default() })
}

/// The bytes of the main text: in one place, or by pieces when it was fast-saved.
fn text(fib: &Fib<'_>, stream: &[u8], limits: &Limits, budget: &mut Budget) -> Result<Vec<u8>, Error> {
    let width = if fib.has_wide_characters() { 2 } else { 1 };
    let wanted = fib.story(Story::Main, u32::MAX).len().saturating_mul(width);
    let limit = stream.len().saturating_mul(limits.piece_factor);
    if wanted > limit {
        return Err(Error::Damaged { what: "FIB text length", at: 0x34 });
    }
    let mut bytes = Vec::new();
    if fib.is_complex() {
        pieces(stream, wanted, width, &mut bytes);
    }
    if bytes.is_empty() {
        let rest = stream.get(fib.text_start as usize..).unwrap_or_default();
        bytes.extend_from_slice(rest.get(..wanted).unwrap_or(rest));
    }
    budget.spend(bytes.len())?;
    if bytes.is_empty() && wanted > 0 {
        return Err(Error::Damaged { what: "body-text", at: u64::from(fib.text_start) });
    }
    Ok(bytes)
}

/// Appends the text of all pieces, up to `wanted` bytes.
fn pieces(stream: &[u8], wanted: usize, width: usize, into: &mut Vec<u8>) -> Option<()> {
    let at = u32_at(stream, CLX_AT)? as usize;
    let clx = slice(stream, at, u32_at(stream, CLX_AT + 4)? as usize)?;
    let mut at = 0;
    while *clx.get(at)? == 1 {
        at += 3 + usize::from(u16_at(clx, at + 1)?);
    }
    let plc = slice(clx, at + 5, u32_at(clx, at + 1)? as usize)?;
    let count = plc.len().checked_sub(4)? / 12;
    for index in 0..count {
        let (start, end) = (u32_at(plc, 4 * index)?, u32_at(plc, 4 * index + 4)?);
        let offset = u32_at(plc, 4 * (count + 1) + 8 * index + 2)? as usize;
        let len = (end.checked_sub(start)? as usize).saturating_mul(width);
        let len = len.min(wanted.saturating_sub(into.len()));
        into.extend_from_slice(slice(stream, offset, len)?);
    }
    Some(())
}

/// The code page: that of the language, else of an East Asian font if the text fits it.
fn encoding(language: u16, fonts: &Fonts, bytes: &[u8]) -> &'static Encoding {
    let by_language = match language {
        0x0804 | 0x1004 => encoding_rs::GBK,
        0x0404 | 0x0C04 | 0x1404 => encoding_rs::BIG5,
        0x0411 => encoding_rs::SHIFT_JIS,
        0x0412 => encoding_rs::EUC_KR,
        0x0419 | 0x0422 | 0x0402 => encoding_rs::WINDOWS_1251,
        0x0405 | 0x040E | 0x0415 | 0x0418 | 0x041B | 0x0424 => encoding_rs::WINDOWS_1250,
        0x0408 => encoding_rs::WINDOWS_1253,
        0x041F => encoding_rs::WINDOWS_1254,
        _ => encoding_rs::WINDOWS_1252,
    };
    if by_language != encoding_rs::WINDOWS_1252 {
        return by_language;
    }
    let by_font = fonts.charsets().find_map(|charset| match charset {
        134 => Some(encoding_rs::GBK),
        136 => Some(encoding_rs::BIG5),
        128 => Some(encoding_rs::SHIFT_JIS),
        129 => Some(encoding_rs::EUC_KR),
        _ => None,
    });
    let fits =
        |page: &&'static Encoding| page.decode_without_bom_handling_and_without_replacement(bytes).is_some();
    by_font.filter(fits).unwrap_or(by_language)
}

/// Units of the text and whether all bytes were valid. Two bytes a character: a single-byte
/// character, or lead and trail byte of a double-byte one, high byte first.
fn decode(bytes: &[u8], wide: bool, encoding: &'static Encoding) -> (Vec<u16>, bool) {
    let narrow: Vec<u8>;
    let bytes = if wide {
        let pairs = bytes.chunks_exact(2).filter_map(|pair| u16_at(pair, 0));
        let flat = pairs.flat_map(|unit| {
            let [high, low] = unit.to_be_bytes();
            [Some(high).filter(|&high| high != 0), Some(low)]
        });
        narrow = flat.flatten().collect();
        &narrow
    } else {
        bytes
    };
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    (text.encode_utf16().collect(), !had_errors)
}

/// Paragraphs; a row of cells ends with an empty cell mark of its own.
fn blocks(units: &[u16], limits: &Limits) -> Result<Vec<Block>, Error> {
    let mut fields = Fields::new(units, &(0..units.len() as u32));
    let mut tables = TableBuilder::default();
    let mut text: Vec<u16> = Vec::new();
    let (mut count, mut start, mut cells) = (0, 0, 0);
    for (at, &unit) in (0..).zip(units) {
        match unit {
            fields::BEGIN | fields::SEPARATOR | fields::END => {
                fields.take(unit, at);
            }
            0x0D | 0x0C | CELL_MARK => {
                count += 1;
                if count > limits.paragraphs {
                    let limit = limits.paragraphs;
                    return Err(Error::LimitExceeded { what: "paragraphs", limit });
                }
                let is_row_end = unit == CELL_MARK && cells > 0 && at == start && text.is_empty();
                let depth = usize::from(unit == CELL_MARK);
                if is_row_end && next_is_text(units, at) {
                    tables.end_row(1, RowLayout::default(), false);
                    cells = 0;
                } else {
                    let paragraph = paragraph(&std::mem::take(&mut text), start, at + 1);
                    tables.push(depth.max(usize::from(cells > 0)), Block::Paragraph(paragraph));
                    if unit == CELL_MARK {
                        tables.end_cell(1);
                        cells += 1;
                    }
                }
                start = at + 1;
            }
            _ if fields.in_code() => {}
            0x0B => text.push(0x0A),
            0x1E => text.push(0x2011),
            0x09 | 0x20.. => text.push(unit),
            _ => {}
        }
    }
    if !text.is_empty() {
        tables.push(0, Block::Paragraph(paragraph(&text, start, units.len() as u32)));
    }
    Ok(tables.finish())
}

/// Two empty cells in a row are cells; the last cell mark of several is the row's.
fn next_is_text(units: &[u16], at: u32) -> bool {
    units.get(at as usize + 1) != Some(&CELL_MARK)
}

fn paragraph(text: &[u16], start: u32, end: u32) -> Paragraph {
    let text = String::from_utf16_lossy(text);
    let run = Run { text, start, size: SIZE, ..Run::default() };
    let runs = if run.text.is_empty() { Vec::new() } else { vec![run] };
    Paragraph { start, end, runs, ..Paragraph::default() }
}
