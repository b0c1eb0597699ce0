//! Streams whose `/Length` is wrong, negative or of itself: lopdf leaves them out.

use memchr::memmem;

const STREAM: &[u8] = b"stream";
const END: &[u8] = b"endstream";
const LENGTH: &[u8] = b"/Length";

/// Bytes before `stream` in which its dictionary is looked for.
const DICTIONARY: usize = 4096;

/// A copy of the file in which each length is the distance to `endstream` (ISO 32000-1 §7.3.8.2
/// tells readers nothing else to go by). Offsets of objects change, so its table must be rebuilt.
pub(crate) fn lengths(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() + 1024);
    let mut written = 0;
    let mut at = 0;
    while let Some(found) = find(bytes, at, STREAM) {
        let Some(data) = data_start(bytes, found) else {
            at = found + STREAM.len();
            continue;
        };
        let Some(value) = length_value(bytes, written, found) else {
            at = data;
            continue;
        };
        let told = std::str::from_utf8(&bytes[value.clone()]).ok().and_then(|text| text.trim().parse().ok());
        if let Some(end) = told.and_then(|length| data.checked_add(length)).filter(|end| ends_at(bytes, *end))
        {
            at = end;
            continue;
        }
        let Some(end) = find(bytes, data, END) else { break };
        out.extend_from_slice(&bytes[written..value.start]);
        out.extend_from_slice(format!(" {} ", data_end(bytes, data, end) - data).as_bytes());
        written = value.end;
        at = end + END.len();
    }
    out.extend_from_slice(&bytes[written..]);
    out
}

/// Where the data begin, if the keyword stands behind a dictionary.
fn data_start(bytes: &[u8], keyword: usize) -> Option<usize> {
    if !bytes[..keyword].trim_ascii_end().ends_with(b">>") {
        return None;
    }
    let after = keyword + STREAM.len();
    match bytes.get(after..)? {
        [b'\r', b'\n', ..] => Some(after + 2),
        [b'\r' | b'\n', ..] => Some(after + 1),
        _ => None,
    }
}

/// The place of the length's value in the dictionary before the keyword.
fn length_value(bytes: &[u8], from: usize, keyword: usize) -> Option<std::ops::Range<usize>> {
    let from = from.max(keyword.saturating_sub(DICTIONARY));
    let dictionary = bytes.get(from..keyword)?;
    let start = memmem::rfind(dictionary, b"obj").unwrap_or(0);
    let mut at = start;
    while let Some(found) = find(dictionary, at, LENGTH) {
        at = found + LENGTH.len();
        let value = dictionary.get(at..)?;
        // `/Length1` is an entry of font programs.
        if value.first().is_some_and(u8::is_ascii_alphanumeric) {
            continue;
        }
        let len = value.iter().position(|byte| matches!(byte, b'/' | b'>')).unwrap_or(value.len());
        return Some(from + at..from + at + len);
    }
    None
}

fn ends_at(bytes: &[u8], end: usize) -> bool {
    bytes.get(end..).is_some_and(|rest| rest.trim_ascii_start().starts_with(END))
}

/// The end of the data without the line end before `endstream`.
fn data_end(bytes: &[u8], data: usize, end: usize) -> usize {
    let content = &bytes[data..end];
    let content = content.strip_suffix(b"\n").unwrap_or(content);
    data + content.strip_suffix(b"\r").unwrap_or(content).len()
}

fn find(bytes: &[u8], from: usize, part: &[u8]) -> Option<usize> {
    memmem::find(bytes.get(from..)?, part).map(|at| from + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_lengths_are_counted_and_right_ones_stay() {
        let file = b"1 0 obj <</Length1 5/Length 3>> stream\nabc\nendstream 2 0 obj <</Length 2 0 R>> stream\r\nabcd\r\nendstream";
        let expected = b"1 0 obj <</Length1 5/Length 3>> stream\nabc\nendstream 2 0 obj <</Length 4 >> stream\r\nabcd\r\nendstream";
        assert_eq!(String::from_utf8_lossy(&lengths(file)), String::from_utf8_lossy(expected));
        let unclosed = b"1 0 obj <</Length 3>> stream\nabcdef";
        assert_eq!(lengths(unclosed), unclosed);
    }
}
