//! Broken and hostile files end in a coded error.
#![allow(missing_docs, clippy::unwrap_used, unreachable_pub, dead_code)]

mod support;
use support::{document, docx, package, shown};

#[track_caller]
fn check(bytes: &[u8], name: &str, expected: &str) {
    assert_eq!(shown(bytes, name), expected);
}

#[test]
fn containers() {
    let whole = docx("<w:p><w:r><w:t>甲</w:t></w:r></w:p>", &[]);
    check(&whole[..whole.len() / 2], "x.docx", "error truncated: the file is cut off");
    check(&whole, "x.doc", "甲\n! wrong-extension docx doc");
    check(b"", "x.docx", "error empty-file: the file is empty");
    check(
        &package(&[("xl/workbook.xml", "<a/>")]),
        "x.docx",
        "error foreign-format: not a text document: xlsx",
    );
    check(&package(&[("OFD.xml", "<a/>")]), "x.ofd", "error foreign-format: not a text document: ofd");
    check(&package(&[("word/other.xml", "<a/>")]), "x.docx", "error damaged: damaged: word/document.xml");
    check(b"{\\rtf1 a}", "x.doc", "a\n! wrong-extension rtf doc");
    check(b"<html><body>a</body></html>", "x.doc", "a\n! wrong-extension html doc");
    check(b"\x89PNG\r\n\x1a\n0000", "x.png", "error foreign-format: not a text document: picture");
    check(b"\x00\x01\x02\x03\x04", "x.doc", "error unknown-format: unknown format");
}

#[test]
fn bombs() {
    let blank = " ".repeat(8 << 20);
    check(&docx(&blank, &[]), "x.docx", "error limit-exceeded: more than 200 ratio");
    let deep = "<w:tbl><w:tr><w:tc>".repeat(100_000);
    check(&docx(&deep, &[]), "x.docx", "error limit-exceeded: more than 256 depth");
    let dtd = "<!DOCTYPE a [<!ENTITY b \"c\">]>".to_owned() + &document("<w:p/>");
    check(
        &package(&[("word/document.xml", &dtd)]),
        "x.docx",
        "error damaged: damaged: word/document.xml: dtd",
    );
    check(&docx("<w:p>&evil;</w:p>", &[]), "x.docx", "error damaged: damaged: word/document.xml: entity");
    check(&docx("<w:p/>", &[]), "x.docx", "error no-text: no text");
}

#[test]
fn duplicate_entries() {
    let mut bytes = package(&[("word/document.xml", &document("<w:p/>")), ("word/documenu.xml", "<a/>")]);
    let name = b"word/documenu.xml";
    while let Some(at) = bytes.windows(name.len()).position(|window| window == name) {
        bytes[at + 12] = b't';
    }
    check(&bytes, "x.docx", "error damaged: damaged: zip-duplicate-names");
}

#[test]
fn texts() {
    check("\u{feff}甲\r\n\r\n乙".as_bytes(), "x.txt", "甲\n乙");
    let gbk = [0xD6, 0xD0, 0xB9, 0xFA, 0xB9, 0xA4, 0xD7, 0xF7, 0xD2, 0xBB, 0xCA, 0xC7];
    check(&gbk, "x.txt", "中国工作一是");
    check(b"\xDB\xA5-\0\0", "x.doc", "error unsupported-format: unsupported format: word-2");
    let utf16: Vec<u8> = "一是甲\n二是乙".encode_utf16().flat_map(u16::to_le_bytes).collect();
    check(&utf16, "x.txt", "一是甲\n二是乙");
    check(&[&[0xFF, 0xFE][..], &utf16].concat(), "x.txt", "一是甲\n二是乙");
}

#[test]
fn a_fault_in_a_style_is_told_where_the_style_is_used() {
    let broken = "<w:style w:styleId=\"a\"><w:rPr></w:pPr></w:style>";
    let body = |style: &str| {
        format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>")
    };
    let styles = |inside| [("styles", "styles", inside)];
    check(&docx(&body("a"), &styles(broken)), "x.docx", "甲\n! part-missing word/styles.xml");
    check(&docx(&body("b"), &styles(broken)), "x.docx", "甲");
    let entity = "<w:style w:styleId=\"a\"><w:name w:val=\"\"/>&evil;</w:style>";
    check(&docx(&body("b"), &styles(entity)), "x.docx", "error damaged: damaged: word/styles.xml: entity");
    let dtd = "<w:style w:styleId=\"a\"><!DOCTYPE a></w:style>";
    check(&docx(&body("b"), &styles(dtd)), "x.docx", "error damaged: damaged: word/styles.xml: dtd");
}
