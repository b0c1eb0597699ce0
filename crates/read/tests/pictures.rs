//! The bytes of pictures come from the file, by hash, in every format that has them.
#![allow(missing_docs, clippy::unwrap_used, unreachable_pub)]

use std::collections::BTreeSet;

use jianbao_model::SourceId;
use jianbao_read::{ReadOptions, pictures};

/// Asks for two pictures; only those of them that the file has come back.
fn check(file: &[u8], name: &str, expected: &[&[u8]]) {
    let wanted: BTreeSet<SourceId> = [b"\x89PNG".as_slice(), b"{}}"].map(SourceId::of).into();
    let found = pictures(file, name, &ReadOptions::default(), &wanted);
    let mut found: Vec<Vec<u8>> = found.into_values().collect();
    found.sort();
    assert_eq!(found, expected, "{name}");
}

#[test]
fn rich_text() {
    let png = "{\\pict\\pngblip 89504e47}";
    let other = "{\\pict\\pngblip 00ff}";
    check(
        format!("{{\\rtf1 a{png}{other}{{\\pict\\jpegblip\\bin3 {{}}}}}}}}").as_bytes(),
        "a.rtf",
        &[b"{}}", b"\x89PNG"],
    );
    check(format!("{{\\rtf1 a{other}}}").as_bytes(), "a.rtf", &[]);
}

#[test]
fn word_2003_in_xml() {
    let file = "<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?>\
        <w:wordDocument xmlns:w=\"http://schemas.microsoft.com/office/word/2003/wordml\"><w:body><w:p><w:r>\
        <w:pict><w:binData w:name=\"wordml://1.png\">iVBO\nRw==</w:binData></w:pict></w:r></w:p></w:body></w:wordDocument>";
    check(file.as_bytes(), "a.xml", &[b"\x89PNG"]);
}

#[test]
fn mime_html() {
    let file = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"X\"\r\n\r\n\
        --X\r\nContent-Type: text/html\r\n\r\n<p>a<img src=cid:p>\r\n\
        --X\r\nContent-ID: <p>\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw==\r\n--X--\r\n";
    check(file.as_bytes(), "a.mht", &[b"\x89PNG"]);
}

#[test]
fn what_is_no_document_has_no_pictures() {
    for file in [b"".as_slice(), b"\x89PNG", b"PK\x03\x04", b"{\\rtf1", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"] {
        check(file, "a.docx", &[]);
    }
}
