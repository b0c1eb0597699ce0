//! Small documents, built here from their structures and packed by another crate (`cfb`), read
//! back: one feature a test. Offsets follow MS-DOC 2.5 (FIB) and 2.8 (Plc).

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a panic is how a test fails")]

use jianbao_ms_doc::{Block, Document, Encryption, Error, Limits, Paragraph, RunKind, read};
use std::io::{Cursor, Write};

const TEXT_AT: usize = 0x400; // offset of the text in the WordDocument stream
const PAGES_AT: usize = 0x1000; // offset of the property pages, a multiple of 512

/// A document as its structures.
#[derive(Default, Clone)]
struct Builder {
    text: Vec<u16>,
    /// Start of a run (in characters) and its modifiers.
    characters: Vec<(usize, Vec<u8>)>,
    /// Modifiers of each paragraph in order.
    paragraphs: Vec<Vec<u8>>,
    lists: Vec<u8>,
    references: Vec<u8>,
    flags: u16,
}

impl Builder {
    fn paragraph(mut self, runs: &[(&str, &[u8])], modifiers: &[u8]) -> Self {
        for (text, list) in runs {
            self.characters.push((self.text.len(), list.to_vec()));
            self.text.extend(text.encode_utf16());
        }
        self.paragraphs.push(modifiers.to_vec());
        self
    }

    fn streams(&self) -> (Vec<u8>, Vec<u8>) {
        let mut stream = vec![0; PAGES_AT];
        let mut table = vec![0; 16];
        let bytes: Vec<u8> = self.text.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        stream[TEXT_AT..TEXT_AT + bytes.len()].copy_from_slice(&bytes);
        put(&mut stream, 0, &0xA5EC_u16.to_le_bytes());
        put(&mut stream, 2, &0x00C1_u16.to_le_bytes());
        put(&mut stream, 10, &(0x0200 | self.flags).to_le_bytes());
        put(&mut stream, 76, &(self.text.len() as u32).to_le_bytes());
        let fc = |position: usize| (TEXT_AT + 2 * position) as u32;
        let end = self.text.len();

        let starts: Vec<u32> = self.characters.iter().map(|(at, _)| fc(*at)).chain([fc(end)]).collect();
        let lists: Vec<Vec<u8>> =
            self.characters.iter().map(|(_, list)| [&[list.len() as u8], &list[..]].concat()).collect();
        add_page(&mut stream, &mut table, 12, &starts, &lists, 1);
        let marks = [0x0D, 0x07];
        let ends = self.text.iter().enumerate().filter(|(_, unit)| marks.contains(unit));
        let bounds: Vec<u32> = [fc(0)].into_iter().chain(ends.map(|(at, _)| fc(at + 1))).collect();
        // istd 0, padded to an odd length as PapxInFkp wants.
        let lists: Vec<Vec<u8>> = self.paragraphs.iter().map(|list| papx(list)).collect();
        add_page(&mut stream, &mut table, 13, &bounds, &lists, 13);

        let mut clx = vec![2];
        clx.extend(16_u32.to_le_bytes());
        clx.extend([0_u32.to_le_bytes(), (end as u32).to_le_bytes()].concat());
        clx.extend([0, 0]);
        clx.extend((TEXT_AT as u32).to_le_bytes());
        clx.extend([0, 0]);
        add_part(&mut stream, &mut table, 33, &clx, clx.len());
        if !self.lists.is_empty() {
            add_part(&mut stream, &mut table, 73, &self.lists, 2 + 28);
            add_part(&mut stream, &mut table, 74, &self.references, self.references.len());
        }
        (stream, table)
    }

    fn bytes(&self) -> Vec<u8> {
        let (stream, table) = self.streams();
        compound(&[("WordDocument", &stream), ("1Table", &table)])
    }

    fn read(&self) -> Document {
        read(&self.bytes(), &Limits::default()).unwrap()
    }
}

fn put(into: &mut [u8], at: usize, bytes: &[u8]) {
    into[at..at + bytes.len()].copy_from_slice(bytes);
}

fn add_part(stream: &mut [u8], table: &mut Vec<u8>, part: usize, bytes: &[u8], len: usize) {
    put(stream, 154 + 8 * part, &(table.len() as u32).to_le_bytes());
    put(stream, 154 + 8 * part + 4, &(len as u32).to_le_bytes());
    table.extend(bytes);
}

fn papx(list: &[u8]) -> Vec<u8> {
    let body = [&[0, 0], list].concat();
    if body.len() % 2 == 1 {
        [&[(body.len() / 2 + 1) as u8], &body[..]].concat()
    } else {
        [&[0, (body.len() / 2) as u8], &body[..]].concat()
    }
}

/// A formatted disk page with all entries, and the table that names it.
fn add_page(
    stream: &mut Vec<u8>,
    table: &mut Vec<u8>,
    part: usize,
    bounds: &[u32],
    lists: &[Vec<u8>],
    entry_len: usize,
) {
    let mut page = vec![0; 512];
    page[511] = lists.len() as u8;
    let mut free = 511;
    for (index, bound) in bounds.iter().enumerate() {
        put(&mut page, 4 * index, &bound.to_le_bytes());
    }
    for (index, list) in lists.iter().enumerate() {
        free = (free - list.len()) / 2 * 2;
        put(&mut page, free, list);
        page[4 * bounds.len() + entry_len * index] = (free / 2) as u8;
    }
    let number = (stream.len() / 512) as u32;
    stream.extend(page);
    let first_and_last = [bounds[0], *bounds.last().unwrap(), number];
    let plc: Vec<u8> = first_and_last.iter().flat_map(|value| value.to_le_bytes()).collect();
    add_part(stream, table, part, &plc, plc.len());
}

fn compound(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    for (name, bytes) in streams {
        file.create_stream(name).unwrap().write_all(bytes).unwrap();
    }
    file.into_inner().into_inner()
}

fn paragraphs(document: &Document) -> Vec<&Paragraph> {
    fn paragraph(block: &Block) -> Option<&Paragraph> {
        match block {
            Block::Paragraph(paragraph) => Some(paragraph),
            _ => None,
        }
    }
    document.body.iter().filter_map(paragraph).collect()
}

fn texts(document: &Document) -> Vec<String> {
    paragraphs(document).iter().map(|paragraph| paragraph.text()).collect()
}

fn runs(paragraph: &Paragraph) -> Vec<(RunKind, &str)> {
    paragraph.runs.iter().map(|run| (run.kind, run.text.as_str())).collect()
}

const DELETED: &[u8] = &[0x00, 0x08, 1];
const INSERTED: &[u8] = &[0x01, 0x08, 1];
const HIDDEN: &[u8] = &[0x3C, 0x08, 1];

#[test]
fn deleted_and_hidden_text_is_kept_apart() {
    let builder = Builder::default()
        .paragraph(&[("前", &[]), ("删", DELETED), ("新", INSERTED), ("藏", HIDDEN), ("后\r", &[])], &[]);
    let document = builder.read();
    assert_eq!(texts(&document), ["前新后"]);
    let expected = [
        (RunKind::Shown, "前"),
        (RunKind::Deleted, "删"),
        (RunKind::Shown, "新"),
        (RunKind::Hidden, "藏"),
        (RunKind::Shown, "后"),
    ];
    assert_eq!(runs(paragraphs(&document)[0]), expected);
    assert!(paragraphs(&document)[0].runs[2].inserted);
}

#[test]
fn a_deleted_mark_joins_its_paragraph_with_the_next() {
    let centred = [0x61, 0x24, 1];
    let document = Builder::default()
        .paragraph(&[("首", &[]), ("\r", DELETED)], &[])
        .paragraph(&[("尾\r", &[])], &centred)
        .paragraph(&[("他\r", &[])], &[])
        .read();
    assert_eq!(texts(&document), ["首尾", "他"]);
    assert_eq!(paragraphs(&document)[0].alignment, jianbao_ms_doc::Alignment::Center);
    assert_eq!(paragraphs(&document)[0].start, 0);
}

#[test]
fn fields_show_their_cached_result_only() {
    let text = "于\u{13} DATE \u{13} X \u{14}内\u{15}\u{14}5月1日\u{15}止\r";
    let document = Builder::default().paragraph(&[(text, &[])], &[]).read();
    assert_eq!(texts(&document), ["于5月1日止"]);
}

#[test]
fn breaks_and_hyphens() {
    let document = Builder::default().paragraph(&[("一\u{b}二\u{1e}三\u{1f}四\r", &[])], &[]).read();
    assert_eq!(texts(&document), ["一\n二\u{2011}三四"]);
}

/// One list of two levels: `一、` and `（一）`, in chineseCountingThousand.
fn numbered(paragraphs: &[(u8, u8, &str)]) -> Builder {
    let mut lists = vec![1, 0];
    lists.extend(7_i32.to_le_bytes());
    lists.extend([0; 24]);
    for level in 0..9_u8 {
        let text: Vec<u16> =
            if level == 0 { vec![0, 0x3001] } else { vec![0xFF08, u16::from(level), 0xFF09] };
        lists.extend(1_i32.to_le_bytes());
        lists.extend([0x27, 0]);
        let place = if level == 0 { 1 } else { 2 };
        lists.extend([place, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        lists.extend([0; 12]);
        lists.extend((text.len() as u16).to_le_bytes());
        lists.extend(text.iter().flat_map(|unit| unit.to_le_bytes()));
    }
    // Two references to it; the second restarts the first level at 1.
    let mut references = 2_u32.to_le_bytes().to_vec();
    for overrides in [0, 1] {
        references.extend(7_i32.to_le_bytes());
        references.extend([0, 0, 0, 0, 0, 0, 0, 0, overrides, 0, 0, 0]);
    }
    references.extend([0xFF; 4]);
    references.extend([0xFF; 4]);
    references.extend([1, 0, 0, 0, 0x10, 0, 0, 0]);
    let mut builder = Builder { lists, references, ..Builder::default() };
    for &(reference, level, text) in paragraphs {
        let list = [0x0B, 0x46, reference, 0, 0x0A, 0x26, level];
        builder = builder.paragraph(&[(text, &[])], &list);
    }
    builder
}

#[test]
fn numbers_count_restart_and_override() {
    let document = numbered(&[
        (1, 0, "a\r"),
        (1, 1, "b\r"),
        (1, 1, "c\r"),
        (1, 0, "d\r"),
        (1, 1, "e\r"),
        (2, 0, "f\r"),
        (2, 0, "g\r"),
    ])
    .read();
    let numbers: Vec<_> = paragraphs(&document).iter().filter_map(|p| p.number.clone()).collect();
    assert_eq!(numbers, ["一、", "（一）", "（二）", "二、", "（一）", "一、", "二、"]);
}

#[test]
fn a_deeper_level_first_counts_the_level_above_as_begun() {
    let document = numbered(&[(1, 1, "a\r"), (1, 0, "b\r")]).read();
    let numbers: Vec<_> = paragraphs(&document).iter().filter_map(|p| p.number.clone()).collect();
    assert_eq!(numbers, ["（一）", "二、"]);
}

#[test]
fn cells_make_a_table() {
    let in_table: &[u8] = &[0x16, 0x24, 1];
    let row_end: &[u8] = &[0x16, 0x24, 1, 0x17, 0x24, 1];
    let document = Builder::default()
        .paragraph(&[("甲\u{7}", &[])], in_table)
        .paragraph(&[("乙\u{7}", &[])], in_table)
        .paragraph(&[("\u{7}", &[])], row_end)
        .paragraph(&[("后\r", &[])], &[])
        .read();
    let Some(Block::Table(table)) = document.body.first() else { panic!("no table") };
    assert_eq!(table.rows.len(), 1);
    assert_eq!(table.rows[0].cells.len(), 2);
    assert_eq!(texts(&document), ["后"]);
}

#[test]
fn each_refusal_has_its_reason() {
    let limits = Limits::default();
    assert_eq!(read(b"{\\rtf1}", &limits), Err(Error::NotCompoundFile));
    assert_eq!(read(&[0xDB, 0xA5, 0, 0], &limits), Err(Error::TooOld { magic: 0xA5DB }));
    let works = compound(&[("MatOST", b"x")]);
    assert_eq!(read(&works, &limits), Err(Error::Works));
    let package = compound(&[("EncryptedPackage", b"x")]);
    assert_eq!(read(&package, &limits), Err(Error::Encrypted(Encryption::Package)));
    let excel = compound(&[("Workbook", b"x")]);
    assert!(matches!(read(&excel, &limits), Err(Error::NotWord { .. })));
    for (flags, kind) in [(0x8100, Encryption::Xor), (0x0100, Encryption::CryptoApi)] {
        let builder = Builder { flags, ..Builder::default().paragraph(&[("a\r", &[])], &[]) };
        assert_eq!(read(&builder.bytes(), &limits), Err(Error::Encrypted(kind)));
    }
}

#[test]
fn limits_are_errors() {
    let builder = Builder::default().paragraph(&[("a\r", &[])], &[]).paragraph(&[("b\r", &[])], &[]);
    let few = Limits { paragraphs: 1, ..Limits::default() };
    assert!(matches!(read(&builder.bytes(), &few), Err(Error::LimitExceeded { .. })));
    let small = Limits { decoded_bytes: 100, ..Limits::default() };
    assert!(matches!(read(&builder.bytes(), &small), Err(Error::LimitExceeded { .. })));
}

#[test]
fn a_fat_cycle_ends() {
    let mut bytes = numbered(&[(1, 0, "a\r")]).bytes();
    // The FAT is the first sector of the DIFAT; let every sector be its own successor.
    let fat = u32::from_le_bytes(bytes[76..80].try_into().unwrap()) as usize;
    let sector = 1 << u16::from_le_bytes([bytes[30], bytes[31]]);
    let at = (fat + 1) * sector;
    for index in 0..(sector / 4) as u32 {
        put(&mut bytes, at + 4 * index as usize, &index.to_le_bytes());
    }
    let _ = read(&bytes, &Limits::default());
}

#[test]
fn damaged_bytes_never_panic() {
    let (stream, table) =
        numbered(&[(1, 0, "一\r"), (1, 1, "\u{13}x\u{14}y\u{15}\r"), (2, 0, "三\r")]).streams();
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut random = move |limit: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % limit as u64) as usize
    };
    for _ in 0..2000 {
        let (mut stream, mut table) = (stream.clone(), table.clone());
        for _ in 0..=random(8) {
            let at = random(0x400);
            stream[at] = random(256) as u8;
            let at = PAGES_AT + random(1024);
            stream[at] = random(256) as u8;
            let at = random(table.len());
            table[at] = random(256) as u8;
        }
        stream[0..4].copy_from_slice(&[0xEC, 0xA5, 0xC1, 0]);
        stream[11] = 2;
        let bytes = compound(&[("WordDocument", &stream), ("1Table", &table)]);
        let _ = read(&bytes, &Limits::default());
    }
}
