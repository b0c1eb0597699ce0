//! What is found in Word files that do not keep the layout; the files are written by hand.

use std::io::{Cursor, Write};

use jianbao_publish::{Deviation, InspectError, Style};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const NAMESPACE: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

const FOOTER: &str =
    "<w:p><w:r><w:t>— </w:t></w:r><w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:t> —</w:t></w:r></w:p>";

const SHEET: &str = "<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/>\
    <w:pgMar w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" w:left=\"1588\" w:footer=\"1417\"/>\
    <w:docGrid w:type=\"lines\" w:linePitch=\"579\"/></w:sectPr>";

const STYLES: &str = "<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:eastAsia=\"宋体\"/><w:sz w:val=\"21\"/></w:rPr></w:rPrDefault></w:docDefaults>\
    <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"a\"><w:pPr><w:spacing w:line=\"579\" w:lineRule=\"exact\"/></w:pPr>\
    <w:rPr><w:rFonts w:eastAsia=\"仿宋_GB2312\"/><w:sz w:val=\"32\"/></w:rPr></w:style>\
    <w:style w:type=\"paragraph\" w:styleId=\"b\"><w:basedOn w:val=\"a\"/><w:pPr><w:ind w:firstLineChars=\"200\" w:firstLine=\"630\"/></w:pPr></w:style>\
    <w:style w:type=\"character\" w:styleId=\"c\"><w:rPr><w:rFonts w:eastAsia=\"黑体\"/></w:rPr></w:style>";

/// A file of this body, this footer and a switch for odd and even pages.
fn file(body: &str, footer: &str, odd_even: bool) -> Vec<u8> {
    with_styles(body, footer, odd_even, STYLES)
}

fn with_styles(body: &str, footer: &str, odd_even: bool, styles: &str) -> Vec<u8> {
    let settings = if odd_even { "<w:evenAndOddHeaders/>" } else { "" };
    let mut container = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, root, content) in [
        ("word/document.xml", "document", format!("<w:body>{body}</w:body>")),
        ("word/styles.xml", "styles", styles.to_owned()),
        ("word/settings.xml", "settings", settings.to_owned()),
        ("word/footer1.xml", "ftr", footer.to_owned()),
    ] {
        container.start_file(name, SimpleFileOptions::default()).expect("a part");
        let xml = format!("<w:{root} {NAMESPACE}>{content}</w:{root}>");
        container.write_all(xml.as_bytes()).expect("written");
    }
    container.finish().expect("finished").into_inner()
}

fn inspect(file: &[u8]) -> Result<Vec<Deviation>, InspectError> {
    let mut all = Vec::new();
    jianbao_publish::inspect(file, &Style::default(), &mut |deviation| all.push(deviation))?;
    Ok(all)
}

/// A paragraph of 30 characters.
fn paragraph(style: &str, direct: &str, run: &str) -> String {
    format!(
        "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{direct}</w:pPr>\
         <w:r><w:rPr>{run}</w:rPr><w:t>{}</w:t></w:r></w:p>",
        "甲乙丙".repeat(10)
    )
}

#[track_caller]
fn check(file: &[u8], expected: &[&str]) {
    let found = inspect(file).expect("a Word file");
    let shown: Vec<String> = found
        .iter()
        .map(|d| format!("{:?} {:?}: {} for {}", d.place, d.measure, d.found, d.wanted))
        .collect();
    assert_eq!(shown, expected);
}

#[test]
fn a_page_that_is_kept_has_no_deviation() {
    let body = paragraph("b", "", "<w:rStyle w:val=\"c\"/>") + &paragraph("b", "", "") + SHEET;
    check(&file(&body, FOOTER, true), &[]);
    // Titles, signatures and short lines are not running text.
    let title = paragraph("a", "<w:jc w:val=\"center\"/>", "<w:sz w:val=\"44\"/>");
    let short = "<w:p><w:r><w:rPr><w:sz w:val=\"10\"/></w:rPr><w:t>短行</w:t></w:r></w:p>";
    check(&file(&(title + short + SHEET), FOOTER, true), &[]);
}

#[test]
fn the_sheet_is_measured() {
    let sheet = SHEET.replace("2098", "1440").replace("1588", "1620").replace("1417", "1588");
    check(
        &file(&sheet, FOOTER, true),
        &[
            "Section(1) Top: 25.4mm for 37mm",
            "Section(1) Footer: 28mm for 25mm",
            "Section(1) Lines: 23 for 22",
        ],
    );
    let letter = SHEET.replace("11906", "12240").replace("16838", "15840");
    let found = inspect(&file(&letter, FOOTER, true)).expect("a Word file");
    assert_eq!(found[0].found, "215.9mm × 279.4mm");
}

#[test]
fn running_text_is_measured_with_its_styles() {
    let body = [
        paragraph("a", "", ""),
        paragraph("b", "<w:spacing w:line=\"560\" w:lineRule=\"exact\"/>", ""),
        paragraph("b", "<w:spacing w:lineRule=\"auto\"/>", "<w:sz w:val=\"28\"/>"),
        paragraph("b", "", "<w:rFonts w:eastAsia=\"宋体\"/>"),
        paragraph("b", "", "<w:rFonts w:eastAsia=\"FangSong\"/>"),
        paragraph("b", "", "").replace("甲乙丙甲", "　　甲"),
        paragraph("a", "<w:ind w:firstLine=\"640\"/>", ""),
        paragraph("a", "<w:ind w:left=\"640\" w:hanging=\"640\"/>", ""),
        SHEET.to_owned(),
    ];
    check(
        &file(&body.concat(), FOOTER, true),
        &[
            "Paragraph(1, \"甲乙丙甲乙丙甲乙丙甲乙丙\") Indent: 0 for 2",
            "Paragraph(2, \"甲乙丙甲乙丙甲乙丙甲乙丙\") Pitch: 28pt for 28.95pt",
            "Paragraph(3, \"甲乙丙甲乙丙甲乙丙甲乙丙\") Pitch: — for 28.95pt",
            "Paragraph(3, \"甲乙丙甲乙丙甲乙丙甲乙丙\") Size: 14pt for 16pt",
            "Paragraph(4, \"甲乙丙甲乙丙甲乙丙甲乙丙\") Face: 宋体 for 仿宋_GB2312",
        ],
    );
}

#[test]
fn footers_are_looked_at() {
    check(&file(SHEET, "<w:p/>", true), &["Document PageNumber: — for — 1 —"]);
    check(
        &file(SHEET, &FOOTER.replace('—', "-"), false),
        &["Document Dashes: -  - for — 1 —", "Document OddEven: — for w:evenAndOddHeaders"],
    );
}

#[test]
fn what_is_no_word_file_is_an_error() {
    for bytes in [&b""[..], b"PK", b"%PDF-1.7"] {
        assert!(inspect(bytes).is_err());
    }
    // Styles that are based on each other.
    let circle = STYLES.replace("w:styleId=\"a\">", "w:styleId=\"a\"><w:basedOn w:val=\"b\"/>");
    let file = with_styles(&(paragraph("b", "", "") + SHEET), FOOTER, true, &circle);
    assert!(inspect(&file).is_ok());
}

#[test]
fn paragraphs_are_counted_in_content_controls_and_not_in_tables_or_text_boxes() {
    let long = paragraph("a", "", "");
    let boxed = format!("<w:p><w:r><w:pict><w:txbxContent>{long}</w:txbxContent></w:pict></w:r></w:p>");
    let table = format!("<w:tbl><w:tr><w:tc>{long}</w:tc></w:tr></w:tbl>");
    let control = format!("<w:sdt><w:sdtContent>{long}</w:sdtContent></w:sdt>");
    let break_of_section = format!("<w:p><w:pPr>{}</w:pPr></w:p>", SHEET.replace("2098", "1440"));
    let body = table + &boxed + &control + &break_of_section + SHEET;
    check(
        &file(&body, FOOTER, true),
        &[
            "Paragraph(2, \"甲乙丙甲乙丙甲乙丙甲乙丙\") Indent: 0 for 2",
            "Section(1) Top: 25.4mm for 37mm",
            "Section(1) Lines: 23 for 22",
        ],
    );
}

#[test]
fn a_document_that_is_cut_off_too_large_or_without_a_body_is_an_error() {
    let document = |xml: &str| {
        let mut container = ZipWriter::new(Cursor::new(Vec::new()));
        container.start_file("word/document.xml", SimpleFileOptions::default()).expect("a part");
        container.write_all(xml.as_bytes()).expect("written");
        inspect(&container.finish().expect("finished").into_inner())
    };
    assert!(document("<w:document><w:body/></w:document>").is_ok());
    let huge = format!("<w:document><w:body><w:p>{}</w:p></w:body></w:document>", "<w:r/>".repeat(2_000_000));
    for wrong in
        ["", "<w:document/>", "<w:document><w:body><w:p>", "<w:document><w:body><w:tbl>", huge.as_str()]
    {
        assert!(document(wrong).is_err(), "{}", wrong.chars().take(30).collect::<String>());
    }
    // Deep elements are passed over where nobody looks at them, and refused in a paragraph.
    let deep = "<w:sdt>".repeat(100_000) + &"</w:sdt>".repeat(100_000);
    assert!(document(&format!("<w:document><w:body>{deep}</w:body></w:document>")).is_ok());
    assert!(document(&format!("<w:document><w:body><w:p>{deep}</w:p></w:body></w:document>")).is_err());
}
