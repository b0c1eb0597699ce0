//! Crafted PDFs and how each must end, for the tests and for `examples/crafted.rs`.

#![allow(
    dead_code,
    missing_docs,
    unreachable_pub,
    clippy::format_collect,
    reason = "files of tests need no speed, and each user its part"
)]

#[path = "../../../pdf-text/tests/builder/mod.rs"]
mod builder;

use std::io::Write;
use std::sync::OnceLock;

use builder::{Builder, page, show};
use flate2::Compression;
use flate2::write::ZlibEncoder;
use jianbao_model::Code;

/// How a file must end.
pub enum End {
    /// This is its text, and nothing is doubtful; notes may be told.
    Text(&'static str),
    /// Its text begins so, and this is told.
    Doubtful(&'static str, Code),
    /// It is refused with this code.
    Refused(Code),
}
use End::{Doubtful, Refused, Text};

/// A case: its name, how the file is made, how it ends.
pub type Case = (&'static str, fn() -> Vec<u8>, End);

pub const CASES: &[Case] = &[
    ("flate-bomb", flate_bomb, Refused(Code::LimitExceeded)),
    ("flate-bomb-beside-text", flate_bomb_beside_text, Doubtful("正文", Code::PartMissing)),
    ("lzw-bomb", lzw_bomb, Refused(Code::LimitExceeded)),
    ("object-stream-bomb", object_stream_bomb, Refused(Code::LimitExceeded)),
    ("page-tree-cycle", page_tree_cycle, Text("正文")),
    ("page-tree-fan-out", page_tree_fan_out, Text("正文")),
    ("previous-table-cycle", previous_table_cycle, Text("正文")),
    ("nested-arrays", || nested("[", "]"), Text("正文")),
    ("nested-dictionaries", || nested("<</A ", ">>"), Text("正文")),
    ("nested-strings", || nested("(", ")"), Text("正文")),
    ("million-values", million_values, Refused(Code::LimitExceeded)),
    ("form-in-itself", form_in_itself, Doubtful("正文", Code::PartMissing)),
    ("pattern-in-itself", pattern_in_itself, Text("正文")),
    ("million-operators", million_operators, Text("正文")),
    ("ten-million-operators", ten_million_operators, Doubtful("正文", Code::PartMissing)),
    ("huge-size", || replaced(plain(), "/Size 8", "/Size 2147483648"), Text("正文")),
    ("size-zero", || replaced(plain(), "/Size 8", "/Size 0"), Text("正文")),
    ("huge-table-stream", huge_table_stream, Text("正文")),
    ("absurd-numbers", absurd_numbers, Text("正文")),
    ("absurd-widths", absurd_widths, Text("正文")),
    ("object-stream-in-itself", object_stream_in_itself, Text("正文")),
    ("object-stream-of-one-place", object_stream_of_one_place, Refused(Code::LimitExceeded)),
    ("hundred-thousand-annotations", hundred_thousand_annotations, Doubtful("正文", Code::PartMissing)),
    ("length-too-long", || replaced(plain(), "/Length 40", "/Length 99999999"), Text("正文")),
    ("length-too-short", || replaced(plain(), "/Length 40", "/Length 2"), Text("正文")),
    ("length-negative", || replaced(plain(), "/Length 40", "/Length -40"), Text("正文")),
    ("length-of-itself", || replaced(plain(), "/Length 40", "/Length 4 0 R"), Text("正文")),
    ("huge-unicode-range", huge_unicode_range, Text("A文")),
    ("many-unicode-ranges", many_unicode_ranges, Text("A")),
    ("map-based-on-itself", map_based_on_itself, Text("正文")),
    ("huge-differences", huge_differences, Text("ABC")),
    ("huge-font-table", huge_font_table, Refused(Code::Undecodable)),
    ("no-header", || plain()[9..].to_vec(), Text("正文")),
    ("no-end", || replaced(plain(), "%%EOF\n", ""), Doubtful("正文", Code::Rebuilt)),
    ("start-beyond-end", || replaced(plain(), "startxref\n", "startxref\n9"), Text("正文")),
    ("start-is-no-number", || replaced(plain(), "startxref\n", "startxref\nx"), Text("正文")),
    ("offsets-shifted", offsets_shifted, Text("正文")),
    ("junk-before-header", || [b"\0\xffjunk\n".repeat(100), plain()].concat(), Text("正文")),
    ("incremental-update", incremental_update, Text("新文")),
    ("hybrid-tables", hybrid_tables, Text("正文")),
    ("cut-behind-content", || plain()[..plain().len() / 2].to_vec(), Doubtful("正文", Code::Rebuilt)),
    ("cut-in-content", || plain()[..position(&plain(), b"Tj ET")].to_vec(), Refused(Code::Truncated)),
    ("no-font", || replaced(plain(), "/F1 5 0 R", "/F9 5 0 R"), Refused(Code::Undecodable)),
    ("missing-content", || replaced(plain(), "/Contents 4 0 R", "/Contents 99 0 R"), Refused(Code::Damaged)),
    ("no-type-of-page", || replaced(plain(), "/Type /Page ", "/Tope /Page "), Text("正文")),
    ("no-pages", no_pages, Refused(Code::Damaged)),
    ("no-characters", || page(b"", "", "", &[]), Refused(Code::NoText)),
    ("many-pieces-of-a-line", many_pieces_of_a_line, Text("A")),
    ("all-glyphs-at-one-place", all_glyphs_at_one_place, Text("A")),
    ("many-rules", many_rules, Text("正文")),
    ("many-fonts", many_fonts, Text("A")),
];

/// One page that says 正文.
fn plain() -> Vec<u8> {
    page(show(50.0, 700.0, "正文").as_bytes(), "", "", &[])
}

fn with(content: &str, resources: &str, more: &[&str]) -> Vec<u8> {
    page((show(50.0, 700.0, "正文") + content).as_bytes(), "", resources, more)
}

fn replaced(file: Vec<u8>, from: &str, to: &str) -> Vec<u8> {
    let text = String::from_utf8(file).expect("is ASCII");
    assert!(text.contains(from), "{from}");
    text.replacen(from, to, 1).into_bytes()
}

fn deflated(times: usize, piece: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    for _ in 0..times {
        encoder.write_all(piece).expect("memory");
    }
    encoder.finish().expect("memory")
}

/// The four objects that a page needs, with its content given as a whole stream object.
fn with_content(contents: &str, streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut b = Builder::default();
    b.add("<< /Type /Catalog /Pages 2 0 R >>");
    b.add("<< /Type /Pages /Count 1 /Kids [3 0 R] >>");
    b.add(format!(
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {contents} /Resources << /Font << /F1 4 0 R >> >> >>"
    ));
    b.add("<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /UniGB-UTF16-H /DescendantFonts [5 0 R] >>");
    b.add(
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>",
    );
    for (entries, data) in streams {
        b.stream(entries, data);
    }
    b.finish()
}

const THREE_FILTERS: &str = "/Filter [/FlateDecode /FlateDecode /FlateDecode]";

/// A gibibyte of blanks in about 1.4 KB.
fn gibibyte() -> &'static [u8] {
    static MADE: OnceLock<Vec<u8>> = OnceLock::new();
    MADE.get_or_init(|| {
        let once = deflated(1024, &vec![b' '; 1 << 20]);
        deflated(1, &deflated(1, &once))
    })
}

fn flate_bomb() -> Vec<u8> {
    with_content("6 0 R", &[(THREE_FILTERS, gibibyte())])
}

fn flate_bomb_beside_text() -> Vec<u8> {
    let text = show(50.0, 700.0, "正文");
    with_content("[6 0 R 7 0 R]", &[("", text.as_bytes()), (THREE_FILTERS, gibibyte())])
}

/// Codes that each repeat the string before and one byte more: about 1,300 bytes a byte.
fn lzw_bomb() -> Vec<u8> {
    let mut bits = Bits::default();
    for round in 0..20 {
        bits.push(256, if round == 0 { 9 } else { 12 });
        bits.push(u32::from(b' '), 9);
        for code in 258..4094u32 {
            let width = match code {
                258..511 => 9,
                511..1023 => 10,
                1023..2047 => 11,
                _ => 12,
            };
            bits.push(code, width);
        }
    }
    let packed = deflated(1, &bits.bytes);
    with_content("6 0 R", &[("/Filter [/FlateDecode /LZWDecode]", &packed)])
}

#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    held: u32,
    count: u32,
}

impl Bits {
    fn push(&mut self, code: u32, width: u32) {
        self.held = self.held << width | code;
        self.count += width;
        while self.count >= 8 {
            self.count -= 8;
            self.bytes.push((self.held >> self.count) as u8);
        }
        self.held &= (1 << self.count) - 1;
    }
}

fn object_stream_bomb() -> Vec<u8> {
    let packed = deflated(64, &vec![b' '; 1 << 20]);
    with_content("6 0 R", &[("", b""), ("/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", &packed)])
}

fn page_tree_cycle() -> Vec<u8> {
    replaced(plain(), "/Kids [3 0 R]", "/Kids [2 0 R 3 0 R 2 0 R]")
}

/// Thirty nodes that name the next one twice.
fn page_tree_fan_out() -> Vec<u8> {
    let nodes: Vec<String> = (8..38)
        .map(|number| {
            let kid = if number == 37 { 3 } else { number + 1 };
            format!("<< /Type /Pages /Parent 2 0 R /Count 1073741824 /Kids [{kid} 0 R {kid} 0 R] >>")
        })
        .collect();
    let nodes: Vec<&str> = nodes.iter().map(String::as_str).collect();
    replaced(with("", "", &nodes), "/Kids [3 0 R]", "/Kids [8 0 R]")
}

fn previous_table_cycle() -> Vec<u8> {
    let file = plain();
    let at = position(&file, b"xref\n0");
    replaced(file, "/Root", &format!("/Prev {at} /Root"))
}

fn position(file: &[u8], part: &[u8]) -> usize {
    file.windows(part.len()).position(|window| window == part).expect("is there")
}

/// Ten thousand levels, in an object and in the content.
fn nested(open: &str, close: &str) -> Vec<u8> {
    let value = open.repeat(10_000) + &close.repeat(10_000);
    with(&value, "", &[&value])
}

/// Two bytes a value in the file, 120 in memory.
fn million_values() -> Vec<u8> {
    with("", "", &[&format!("[{}]", "1 ".repeat(4_000_000))])
}

fn form_in_itself() -> Vec<u8> {
    let form = "<< /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /A 8 0 R >> >> /Length 5 >>\nstream\n/A Do\nendstream";
    with("/A Do", "/XObject << /A 8 0 R >>", &[form])
}

fn pattern_in_itself() -> Vec<u8> {
    let pattern = "<< /Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] /XStep 1 /YStep 1 \
        /Resources << /Pattern << /P 8 0 R >> >> /Length 32 >>\nstream\n/Pattern cs /P scn 0 0 9 9 re f \nendstream";
    with("/Pattern cs /P scn 0 0 600 800 re f", "/Pattern << /P 8 0 R >>", &[pattern])
}

fn million_operators() -> Vec<u8> {
    with(&"0 0 m n ".repeat(500_000), "", &[])
}

fn ten_million_operators() -> Vec<u8> {
    with(&"n ".repeat(10_000_000), "", &[])
}

/// Entries of no width: a table of 2^31 objects in no byte at all.
fn huge_table_stream() -> Vec<u8> {
    let mut file = plain();
    file.truncate(position(&file, b"xref\n0"));
    let at = file.len();
    file.extend_from_slice(
        format!(
            "9 0 obj\n<< /Type /XRef /Size 2147483648 /W [0 0 0] /Index [0 2147483648] /Root 1 0 R /Length 0 >>\n\
             stream\n\nendstream\nendobj\nstartxref\n{at}\n%%EOF\n"
        )
        .as_bytes(),
    );
    file
}

fn absurd_numbers() -> Vec<u8> {
    let huge = "9".repeat(60);
    let mut content = "/F2 10 Tf ".to_owned();
    for number in ["0", "-0.0", "nan", "inf", "1e99", &huge, &format!("-{huge}"), "0.00000000000000000001"] {
        content += &format!("q BT /F2 {number} Tf 50 500 Td (a) Tj ET Q ");
        content +=
            &format!("q BT /F2 10 Tf {number} 0 0 {number} {number} {number} Tm {number} Tz (a) Tj ET Q ");
        content +=
            &format!("q {number} {number} {number} {number} {number} {number} cm BT /F2 10 Tf (a) Tj ET Q ");
        content += &format!(
            "q BT /F2 10 Tf {number} Tc {number} Tw {number} TL {number} Ts [(a) {number}] TJ T* ET Q "
        );
        content += &format!("{number} {number} {number} {number} re f {number} w {number} {number} m S ");
    }
    // What stands far outside or has no size is not on the page; what is left of it are "a"s.
    let file = with(&content, "", &[]);
    replaced(file, "/Helvetica", "/Helvetica /FontMatrix [0 0 0 0 0 0]")
}

fn absurd_widths() -> Vec<u8> {
    let file = plain();
    let widths = format!("/W [0 4294967295 {0} -5 -1 [-{0} {0}] 1 [] 3 2 {0}]", "9".repeat(40));
    let file = replaced(file, "/DW 1000", &format!("/DW 0 {widths}"));
    replaced(file, "/FirstChar 32", "/FirstChar -2147483648")
}

/// A table stream by which the stream of objects lies in itself.
fn object_stream_in_itself() -> Vec<u8> {
    let mut file = plain();
    file.truncate(position(&file, b"xref\n0"));
    let stream = file.len();
    file.extend_from_slice(
        b"8 0 obj\n<< /Type /ObjStm /N 2 /First 8 /Length 28 /Extends 8 0 R >>\nstream\n8 0 9 9 << /A 8 0 R >> 9 0 R   \nendstream\nendobj\n",
    );
    let at = file.len();
    let mut table = Vec::new();
    for number in 0..8u8 {
        let offset = if number == 0 { 0 } else { position(&file, format!("{number} 0 obj").as_bytes()) };
        table.extend([u8::from(number > 0), (offset >> 8) as u8, offset as u8, 0]);
    }
    table.extend([2, 0, 8, 0, 2, 0, 8, 1]);
    file.extend_from_slice(
        format!(
            "10 0 obj\n<< /Type /XRef /Size 10 /W [1 2 1] /Root 1 0 R /Length {} >>\nstream\n",
            table.len()
        )
        .as_bytes(),
    );
    file.extend_from_slice(&table);
    file.extend_from_slice(format!("\nendstream\nendobj\nstartxref\n{at}\n%%EOF\n").as_bytes());
    assert!(stream < 1 << 16);
    file
}

/// Fifty thousand members that are all the same long array.
fn object_stream_of_one_place() -> Vec<u8> {
    let index: String = (100..50_100).map(|number| format!("{number} 0 ")).collect();
    let body = format!("{index}[{}]", "1 ".repeat(50_000));
    let packed = deflated(1, body.as_bytes());
    let entries = format!("/Type /ObjStm /N 50000 /First {} /Filter /FlateDecode", index.len());
    with_content("6 0 R", &[("", show(50.0, 700.0, "正文").as_bytes()), (&entries, &packed)])
}

fn hundred_thousand_annotations() -> Vec<u8> {
    let list = "8 0 R ".repeat(100_000);
    let annotation = "<< /Subtype /Widget /Rect [50 600 60 610] /AP << /N 9 0 R >> >>";
    let form = "<< /Subtype /Form /BBox [0 0 10 10] /Length 10 >>\nstream\n0 0 9 9 re\nendstream";
    let extra = format!("/Annots [{list}]");
    page(show(50.0, 700.0, "正文").as_bytes(), &extra, "", &[annotation, form])
}

/// A simple font whose codes go through this map.
fn with_map(map: &str, text: &str) -> Vec<u8> {
    let stream = format!("<< /Length {} >>\nstream\n{map}\nendstream", map.len());
    let font = "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [6 0 R] /ToUnicode 9 0 R >>";
    let content = format!("BT /F3 10 Tf 50 700 Td <{text}> Tj ET");
    let file = page(content.as_bytes(), "", "", &[font, &stream]);
    replaced(file, "/F1 5 0 R", "/F1 5 0 R /F3 8 0 R")
}

fn huge_unicode_range() -> Vec<u8> {
    with_map(
        "1 begincodespacerange <0000> <FFFF> endcodespacerange 2 beginbfrange <00000000> <FFFFFFFF> <0041> <0001> <0001> <6587> endbfrange",
        "00000001",
    )
}

/// As many ranges as a map may have, one over the other, and as many codes as there are.
fn many_unicode_ranges() -> Vec<u8> {
    let ranges = "<0000> <FFFF> <0041>\n".repeat(70_000);
    let codes: String = (0..0x8000u32).map(|code| format!("{code:04X}")).collect();
    with_map(&format!("beginbfrange {ranges} endbfrange"), &codes)
}

fn map_based_on_itself() -> Vec<u8> {
    let map = "/Me usecmap /CMapName /Me def begincodespacerange <0000> <FFFF> endcodespacerange \
        begincidrange <0000> <FFFF> 0 endcidrange";
    let stream = format!(
        "<< /Type /CMap /CMapName /Me /UseCMap 8 0 R /Length {} >>\nstream\n{map}\nendstream",
        map.len()
    );
    let content = show(50.0, 700.0, "正文") + "BT /F3 10 Tf <0001> Tj ET";
    let font = "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding 8 0 R /DescendantFonts [6 0 R] >>";
    let file = page(content.as_bytes(), "", "", &[&stream, font]);
    replaced(file, "/F1 5 0 R", "/F1 5 0 R /F3 9 0 R")
}

fn huge_differences() -> Vec<u8> {
    let encoding = "<< /Differences [9223372036854775807 /a /b -9223372036854775808 /c 65 /A 256 /e /f] >>";
    let file = page(show(50.0, 700.0, "ABC").as_bytes(), "", "", &[]);
    replaced(file, "/Encoding /WinAnsiEncoding", &format!("/Encoding {encoding}"))
}

/// An embedded TrueType font with one group from 0 to 2^32 − 1, and no other way to Unicode.
fn huge_font_table() -> Vec<u8> {
    let mut cmap =
        vec![0, 0, 0, 1, 0, 3, 0, 10, 0, 0, 0, 12, 0, 12, 0, 0, 0, 0, 0, 28, 0, 0, 0, 0, 0, 0, 0, 1];
    cmap.extend([0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0xFF, 0]);
    let head = [vec![0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0x5F, 0x0F, 0x3C, 0xF5, 0, 0, 3, 0xE8], vec![0; 34]]
        .concat();
    let hhea = [vec![0, 1, 0, 0], vec![0; 30], vec![0, 1]].concat();
    let maxp = vec![0, 0, 0x50, 0, 0xFF, 0xFF];
    let mut font = vec![0, 1, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0];
    let mut offset = 12 + 4 * 16;
    let tables = [(b"cmap", cmap), (b"head", head), (b"hhea", hhea), (b"maxp", maxp)];
    for (name, data) in &tables {
        font.extend_from_slice(*name);
        font.extend([0; 4]);
        font.extend((offset as u32).to_be_bytes());
        font.extend((data.len() as u32).to_be_bytes());
        offset += data.len();
    }
    for (_, data) in &tables {
        font.extend_from_slice(data);
    }
    let hexadecimal: String = font.iter().map(|byte| format!("{byte:02X}")).collect();
    let program = format!(
        "<< /Filter /ASCIIHexDecode /Length {} >>\nstream\n{hexadecimal}>\nendstream",
        hexadecimal.len() + 1
    );
    let font =
        "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [9 0 R] >>";
    let cid = "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /FontDescriptor 10 0 R >>";
    let descriptor = "<< /Type /FontDescriptor /FontName /X /FontFile2 11 0 R >>";
    let content = format!("BT /F3 10 Tf 50 700 Td <{}> Tj ET", "0001".repeat(50));
    let file = page(content.as_bytes(), "", "", &[font, cid, descriptor, &program]);
    replaced(file, "/F1 5 0 R", "/F1 5 0 R /F3 8 0 R")
}

/// As a mail program does that turns seven line ends before the first object into two bytes.
fn offsets_shifted() -> Vec<u8> {
    replaced(plain(), "%PDF-1.7\n", "%PDF-1.7\n%12345\n")
}

fn incremental_update() -> Vec<u8> {
    let mut file = plain();
    let previous = position(&file, b"xref\n0");
    let at = file.len();
    let content = show(50.0, 700.0, "新文");
    file.extend_from_slice(
        format!("4 0 obj\n<< /Length {} >>\nstream\n{content}\nendstream\nendobj\n", content.len())
            .as_bytes(),
    );
    let table = file.len();
    file.extend_from_slice(
        format!(
            "xref\n4 1\n{at:010} 00000 n \ntrailer\n<< /Size 8 /Root 1 0 R /Prev {previous} >>\nstartxref\n{table}\n%%EOF\n"
        )
        .as_bytes(),
    );
    file
}

/// A table that hides the page's content, which only the table stream beside it knows (§7.5.8.4).
pub fn hybrid_tables() -> Vec<u8> {
    let mut file = plain();
    let content = position(&file, b"4 0 obj");
    let table = position(&file, b"xref\n0");
    let tail = file.split_off(table);
    let at = file.len();
    let entry = [1, (content >> 8) as u8, content as u8, 0];
    file.extend_from_slice(
        b"9 0 obj\n<< /Type /XRef /Size 10 /W [1 2 1] /Index [4 1] /Root 1 0 R /Length 4 >>\nstream\n",
    );
    file.extend_from_slice(&entry);
    file.extend_from_slice(b"\nendstream\nendobj\n");
    let table = file.len();
    let hidden = String::from_utf8(tail).expect("is ASCII");
    let hidden = hidden.replace(&format!("{content:010} 00000 n"), "0000000000 65535 f");
    let hidden = hidden.replace("/Root", &format!("/XRefStm {at} /Root"));
    let start = hidden.find("startxref").expect("is there");
    file.extend_from_slice(&hidden.as_bytes()[..start]);
    file.extend_from_slice(format!("startxref\n{table}\n%%EOF\n").as_bytes());
    file
}

fn no_pages() -> Vec<u8> {
    replaced(replaced(plain(), "/Kids [3 0 R]", "/Kids []"), "/Type /Page ", "/Type /Nothing ")
}

/// Two thousand pieces a line of which each is compared with each other.
fn many_pieces_of_a_line() -> Vec<u8> {
    let content: String = (0..60_000)
        .map(|at| {
            format!("BT /F2 10 Tf 1 0 0 1 {} {} Tm (A) Tj ET ", at % 600, 700.0 - f64::from(at % 97) / 7.0)
        })
        .collect();
    page(content.as_bytes(), "", "", &[])
}

fn all_glyphs_at_one_place() -> Vec<u8> {
    let content: String = (0..150_000u32)
        .map(|at| {
            let letter = char::from(b'A' + (at % 26) as u8);
            format!("1 0 0 1 50 700 Tm ({letter}) Tj ")
        })
        .collect();
    page(format!("BT /F2 10 Tf {content} ET").as_bytes(), "", "", &[])
}

fn many_rules() -> Vec<u8> {
    let rules: String = (0..20_000)
        .map(|at| {
            format!(
                "{} {} 0.5 {} re f {} {} 90 0.5 re f ",
                at % 590,
                at / 40,
                20 + at % 50,
                at % 500,
                at / 30
            )
        })
        .collect();
    let lines: String =
        (0..60u8).map(|row| show(50.0, 700.0 - f32::from(row) * 11.0, &format!("正文{row}"))).collect();
    page((lines + &rules).as_bytes(), "", "", &[])
}

/// Thousands of fonts that share one huge table of widths.
fn many_fonts() -> Vec<u8> {
    let count = 5_000;
    let names: String = (0..count).map(|at| format!("/G{at} {} 0 R ", 9 + at)).collect();
    let content: String = (0..count).map(|at| format!("/G{at} 10 Tf ")).collect();
    let widths = format!("[{}]", "0 65535 500 ".repeat(20_000));
    let font = "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [<< /W 8 0 R >>] >>";
    let more: Vec<&str> = std::iter::once(widths.as_str()).chain((0..count).map(|_| font)).collect();
    let content = format!("BT {content} ET {}", show(50.0, 700.0, "A"));
    let file = page(content.as_bytes(), "", "", &more);
    replaced(file, "/F1 5 0 R", &format!("/F1 5 0 R {names}"))
}
