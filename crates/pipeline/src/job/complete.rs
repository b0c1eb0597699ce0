//! Whether a file is all there: a writer that pauses leaves a beginning that looks like a file.

use std::io::{self, Read, Seek, SeekFrom};

/// What the structure of a file says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Structure {
    /// It ends as its format ends.
    Complete,
    /// Its end is missing.
    Incomplete,
    /// Its format has no end that could be missing: text, web pages; or it ends in a way that the beginning
    /// of another file of its format may end too.
    Open,
}

/// Largest end record of a zip: 22 bytes and a comment (APPNOTE 4.3.16).
const ZIP_END: u64 = 22 + 65_535;

/// Where the end of a PDF is looked for: its last 2 KiB, as Acrobat does not look much further either.
const PDF_END: u64 = 2048;

/// Sectors of the FAT that are looked at; a gigabyte of file has less.
const FAT_SECTORS: usize = 1 << 14;

const FREE: u32 = 0xFFFF_FFFF;

/// Looks at the beginning and the end of a file.
pub(super) fn structure(file: &mut (impl Read + Seek)) -> io::Result<Structure> {
    let length = file.seek(SeekFrom::End(0))?;
    let mut head = vec![0; usize::try_from(length.min(1024)).unwrap_or(1024)];
    file.seek(SeekFrom::Start(0))?;
    file.read_exact(&mut head)?;
    Ok(if head.is_empty() {
        Structure::Incomplete
    } else if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        zip(&tail(file, length, ZIP_END)?, length)
    } else if head.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        compound(file, &head, length)?
    } else if head.starts_with(b"{\\rtf") {
        rtf(file)?
    } else if find(&head, b"%PDF-").is_some() {
        pdf(&head, &tail(file, length, PDF_END)?, length)
    } else {
        Structure::Open
    })
}

fn tail(file: &mut (impl Read + Seek), length: u64, most: u64) -> io::Result<Vec<u8>> {
    let wanted = length.min(most);
    file.seek(SeekFrom::Start(length - wanted))?;
    let mut bytes = Vec::new();
    file.take(wanted).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn find(bytes: &[u8], sign: &[u8]) -> Option<usize> {
    bytes.windows(sign.len()).position(|window| window == sign)
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | 0)
}

/// The end record lies right behind its directory (APPNOTE 4.3.16). Where it does not, it may be that of a
/// file within the file, whose own end has not come yet, or one to which something was added in front.
fn zip(tail: &[u8], length: u64) -> Structure {
    let word = |at: usize| tail.get(at..at + 4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]));
    let mut found = Structure::Incomplete;
    for at in (0..tail.len().saturating_sub(21)).rev().filter(|at| tail[*at..].starts_with(b"PK\x05\x06")) {
        let comment = tail.get(at + 20..at + 22).map_or(0, |b| usize::from(u16::from_le_bytes([b[0], b[1]])));
        let (Some(size), Some(offset)) = (word(at + 12), word(at + 16)) else { continue };
        let start = length - tail.len() as u64 + at as u64;
        let end = u64::from(size) + u64::from(offset);
        if at + 22 + comment > tail.len() {
            continue;
        }
        if end == start || offset == FREE {
            return Structure::Complete;
        }
        if end < start {
            found = Structure::Open;
        }
    }
    found
}

/// The group that the file is closes with its last brace; a brace that only ends the file may be that of an
/// inner group, or bytes of a picture have confused the count.
fn rtf(file: &mut (impl Read + Seek)) -> io::Result<Structure> {
    file.seek(SeekFrom::Start(0))?;
    let (mut depth, mut escaped, mut last) = (0_i64, false, 0);
    let mut buffer = vec![0; 1 << 16];
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            break;
        }
        for byte in &buffer[..read] {
            if !is_blank(*byte) {
                last = *byte;
            }
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'{' => depth += 1,
                b'}' => depth -= 1,
                _ => {}
            }
        }
    }
    Ok(match (last, depth) {
        (b'}', 0) => Structure::Complete,
        (b'}', _) => Structure::Open,
        _ => Structure::Incomplete,
    })
}

/// `%%EOF` ends the file, and one that is made for slow lines has the length that it names (ISO 32000-1
/// Annex F.3.3): it has an end in its beginning. An older state of a file that was added to ends so too;
/// with something behind it, it is waited for.
fn pdf(head: &[u8], tail: &[u8], length: u64) -> Structure {
    if find(head, b"/Linearized").is_some() && named_length(head).is_some_and(|named| length < named) {
        return Structure::Incomplete;
    }
    let end = tail.len() - tail.iter().rev().take_while(|byte| is_blank(**byte)).count();
    if tail[..end].ends_with(b"%%EOF") {
        Structure::Complete
    } else if find(tail, b"%%EOF").is_some() || find(tail, b"startxref").is_some() {
        Structure::Open
    } else {
        Structure::Incomplete
    }
}

/// The value of `/L` in the dictionary of a linearized file.
fn named_length(head: &[u8]) -> Option<u64> {
    let at = find(head, b"/Linearized")?;
    let digits = |bytes: &[u8]| -> Option<u64> {
        let text: String = bytes
            .iter()
            .skip_while(|byte| is_blank(**byte))
            .take_while(|byte| byte.is_ascii_digit())
            .map(|byte| char::from(*byte))
            .collect();
        text.parse().ok()
    };
    // `/Linearized` itself begins with the same two signs.
    head[at + 2..]
        .windows(2)
        .enumerate()
        .filter(|(_, sign)| *sign == b"/L")
        .find_map(|(found, _)| digits(&head[at + 2 + found + 2..]))
}

/// The file is as long as the last sector that its FAT gives away (MS-CFB 2.3). That one may be cut short by
/// writers that do not fill it, and by a copy that pauses.
fn compound(file: &mut (impl Read + Seek), head: &[u8], length: u64) -> io::Result<Structure> {
    let word = |bytes: &[u8], at: usize| {
        bytes.get(at..at + 4).map_or(FREE, |b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
    };
    if head.len() < 512 {
        return Ok(Structure::Incomplete);
    }
    let shift = u16::from_le_bytes([head[30], head[31]]);
    if !(7..=16).contains(&shift) {
        // No sector size of a compound file: the reader says what is wrong with it.
        return Ok(Structure::Complete);
    }
    let size = 1_u64 << shift;
    let begin = |sector: u32| (u64::from(sector) + 1) * size;
    let mut fat: Vec<u32> = (0..109).map(|at| word(head, 76 + 4 * at)).collect();
    let mut next = word(head, 68);
    while next < 0xFFFF_FFFC && fat.len() < FAT_SECTORS {
        let Some(sector) = sector(file, begin(next), size, length)? else { return Ok(Structure::Incomplete) };
        let entries = sector.len() / 4 - 1;
        fat.extend((0..entries).map(|at| word(&sector, 4 * at)));
        next = word(&sector, 4 * entries);
    }
    let mut last = None;
    for (number, place) in fat.iter().filter(|place| **place < 0xFFFF_FFFC).take(FAT_SECTORS).enumerate() {
        let Some(sector) = sector(file, begin(*place), size, length)? else {
            return Ok(Structure::Incomplete);
        };
        let used = (0..sector.len() / 4).rev().find(|at| word(&sector, 4 * at) != FREE);
        last = used.map(|at| (number * sector.len() / 4 + at) as u64).or(last);
    }
    Ok(match last {
        None => Structure::Complete,
        Some(last) if length >= (last + 2) * size => Structure::Complete,
        Some(last) if length > (last + 1) * size => Structure::Open,
        Some(_) => Structure::Incomplete,
    })
}

fn sector(file: &mut (impl Read + Seek), at: u64, size: u64, length: u64) -> io::Result<Option<Vec<u8>>> {
    if at + size > length {
        return Ok(None);
    }
    file.seek(SeekFrom::Start(at))?;
    let mut bytes = Vec::new();
    file.take(size).read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn of(bytes: &[u8]) -> Structure {
        structure(&mut Cursor::new(bytes)).expect("memory can be read")
    }

    #[test]
    fn what_has_no_end_is_open_and_nothing_is_incomplete() {
        assert_eq!(of(b""), Structure::Incomplete);
        assert_eq!(of("一是".as_bytes()), Structure::Open);
        assert_eq!(of(b"{\\rtf1 x"), Structure::Incomplete);
        assert_eq!(of(b"{\\rtf1 x}\r\n\0"), Structure::Complete);
        assert_eq!(of(b"{\\rtf1 {x}"), Structure::Open);
        assert_eq!(of(b"{\\rtf1 \\{x}"), Structure::Complete);
        assert_eq!(of(b"%PDF-1.4\nxx"), Structure::Incomplete);
        assert_eq!(of(b"%PDF-1.4\nxx\nstartxref\n9\n%%EOF\n"), Structure::Complete);
        assert_eq!(of(b"%PDF-1.4\nxx\nstartxref\n9\n%%EOF\n5 0 obj"), Structure::Open);
        let linear = b"%PDF-1.4\n1 0 obj<</Linearized 1/L 90>>\nstartxref\n0\n%%EOF\n";
        assert_eq!(of(linear), Structure::Incomplete);
        assert_eq!(of(&[linear, &[b'0'; 60][..], b"%%EOF"].concat()), Structure::Complete);
    }

    #[test]
    fn the_end_of_a_zip_within_a_zip_is_not_the_end() {
        let options =
            zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        let pack = |content: &[u8]| {
            let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
            zip.start_file("word/embeddings/1.xlsx", options).expect("memory");
            std::io::Write::write_all(&mut zip, content).expect("memory");
            zip.finish().expect("memory").into_inner()
        };
        let bytes = pack(&[pack(&[7; 300]), vec![7; 300]].concat());
        assert_eq!(of(&bytes), Structure::Complete);
        for length in 4..bytes.len() {
            assert_ne!(of(&bytes[..length]), Structure::Complete, "{length} of {}", bytes.len());
        }
    }

    #[test]
    fn every_beginning_of_a_zip_is_incomplete() {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file("word/document.xml", options).expect("memory");
        std::io::Write::write_all(&mut zip, &[7; 3000]).expect("memory");
        let bytes = zip.finish().expect("memory").into_inner();
        assert_eq!(of(&bytes), Structure::Complete);
        for length in 4..bytes.len() {
            assert_eq!(of(&bytes[..length]), Structure::Incomplete, "{length} of {}", bytes.len());
        }
    }
}
