//! Characters, blanks, lines and their order on pages that are written here.

mod builder;

use builder::{hex, page, page_with_encoding, show};
use jianbao_pdf_text::{Artifact, Document, Limits, Role, WarningKind, extract};

fn read(bytes: &[u8]) -> Document {
    extract(bytes, &Limits::default()).expect("the file is sound")
}

fn lines(bytes: &[u8]) -> Vec<String> {
    read(bytes).pages.iter().flat_map(|p| &p.lines).map(jianbao_pdf_text::Line::text).collect()
}

fn check(content: &str, expected: &[&str]) {
    assert_eq!(lines(&page(content.as_bytes(), "", "", &[])), expected, "{content}");
}

#[test]
fn quotes_drawn_last_stand_in_their_place() {
    // Programs switch fonts once a page: all Han first, then all quotes.
    let content = [
        show(50.0, 700.0, "实现舆情"),
        show(100.0, 700.0, "快报告"),
        show(90.0, 700.0, "“"),
        show(130.0, 700.0, "”"),
    ];
    check(&content.concat(), &["实现舆情“快报告”"]);
}

#[test]
fn quarter_gap_between_han_and_digit_is_no_blank() {
    check(&[show(50.0, 700.0, "等"), show(62.5, 700.0, "8"), show(70.0, 700.0, "类")].concat(), &["等8类"]);
}

#[test]
fn drawn_blanks_and_whole_gaps_in_a_title_are_kept() {
    check(&show(50.0, 700.0, "《繁华姑苏 健康为本》"), &["《繁华姑苏 健康为本》"]);
    check(&[show(50.0, 700.0, "繁华姑苏"), show(100.0, 700.0, "健康为本")].concat(), &["繁华姑苏 健康为本"]);
}

#[test]
fn justification_makes_no_blanks() {
    let content = format!("BT /F1 10 Tf 6 Tc 50 700 Td <{}> Tj ET", hex("优化应急指挥体系"));
    check(&content, &["优化应急指挥体系"]);
}

#[test]
fn word_spaces_by_gap_and_by_character() {
    check(&show(50.0, 700.0, "Big Data"), &["Big Data"]);
    check("BT /F2 10 Tf 50 700 Td [(Big) -300 (Data) 20 (base)] TJ ET", &["Big Database"]);
}

#[test]
fn text_drawn_twice_is_once_and_bold() {
    let bytes = page([show(50.0, 700.0, "标题"), show(50.4, 700.0, "标题")].concat().as_bytes(), "", "", &[]);
    let document = read(&bytes);
    let line = &document.pages[0].lines[0];
    assert_eq!((line.text().as_str(), line.spans[0].bold), ("标题", true));
    assert_eq!(document.pages[0].stats.total, 2);
}

#[test]
fn actual_text_wins_over_glyphs() {
    let content = format!(
        "BT /F1 10 Tf 50 700 Td /Span << /ActualText <FEFF{}> >> BDC <{}> Tj EMC <{}> Tj ET",
        hex("人行"),
        hex("⼈⾏"),
        hex("⼀民")
    );
    check(&content, &["人行一民"]);
}

#[test]
fn invisible_text_is_a_line_of_its_own() {
    let content = format!("{}BT /F1 10 Tf 3 Tr 50 700 Td <{}> Tj ET", show(50.0, 700.0, "印本"), hex("底层"));
    let document = read(&page(content.as_bytes(), "", "", &[]));
    let found: Vec<_> = document.pages[0].lines.iter().map(|l| (l.text(), l.invisible)).collect();
    assert_eq!(found, [("印本".to_owned(), false), ("底层".to_owned(), true)]);
    assert_eq!(document.pages[0].stats.invisible, 2);
}

#[test]
fn superscript_joins_its_line() {
    let content =
        format!("{}BT /F2 5 Tf 60 705 Td (2) Tj ET\n{}", show(50.0, 700.0, "米"), show(62.5, 700.0, "处"));
    check(&content, &["米2处"]);
}

#[test]
fn vertical_columns_go_from_right_to_left() {
    let content = format!(
        "BT /F1 10 Tf 1 0 0 1 480 700 Tm <{}> Tj 1 0 0 1 500 700 Tm <{}> Tj ET",
        hex("左列二"),
        hex("右列一")
    );
    let bytes = page_with_encoding("UniGB-UTF16-V", content.as_bytes(), "", "", &[]);
    assert_eq!(lines(&bytes), ["右列一", "左列二"]);
    assert!(read(&bytes).pages[0].lines.iter().all(|line| line.vertical));
}

#[test]
fn stacked_upright_glyphs_are_a_column() {
    let mut content = String::new();
    for (column, text) in ["右列文字", "左列文字"].iter().enumerate() {
        for (row, c) in text.chars().enumerate() {
            content += &show(500.0 - 20.0 * column as f32, 700.0 - 10.0 * row as f32, &c.to_string());
        }
    }
    check(&content, &["右列文字", "左列文字"]);
}

#[test]
fn rotated_page_reads_upright() {
    // /Rotate 90 turns the page clockwise, so upright text is drawn running upwards.
    let content = format!("BT /F1 10 Tf 0 1 -1 0 100 50 Tm <{}> Tj ET", hex("横排文字"));
    let bytes = page(content.as_bytes(), "/Rotate 90", "", &[]);
    let document = read(&bytes);
    let page = &document.pages[0];
    assert_eq!((page.width, page.height), (800.0, 600.0));
    assert_eq!(page.lines[0].text(), "横排文字");
    let bounds = page.lines[0].bounds;
    assert!(bounds.width() > 39.0 && bounds.height() < 11.0, "{bounds:?}");
    assert!((bounds.x0 - 50.0).abs() < 0.1 && (bounds.y1 - 101.2).abs() < 0.1, "{bounds:?}");
}

#[test]
fn columns_are_read_one_after_the_other() {
    let mut content = String::new();
    for row in 0..5u8 {
        let y = 700.0 - 16.0 * f32::from(row);
        content += &show(50.0, y, &"左".repeat(20));
        content += &show(300.0, y, &"右".repeat(20));
    }
    let found = lines(&page(content.as_bytes(), "", "", &[]));
    assert_eq!(found.len(), 10);
    assert!(found[..5].iter().all(|l| l.starts_with('左')), "{found:?}");
}

#[test]
fn rules_cut_cells_and_are_kept() {
    let content = format!("{}{}72 690 m 72 720 l S", show(50.0, 700.0, "单位"), show(74.0, 700.0, "数量"));
    let document = read(&page(content.as_bytes(), "", "", &[]));
    let page = &document.pages[0];
    assert_eq!(page.lines.iter().map(jianbao_pdf_text::Line::text).collect::<Vec<_>>(), ["单位", "数量"]);
    assert_eq!(page.rules.len(), 1);
}

#[test]
fn forms_pictures_and_form_fields() {
    let inner = show(10.0, 10.0, "表内");
    let form = format!(
        "<< /Type /XObject /Subtype /Form /BBox [0 0 100 100] /Matrix [1 0 0 1 40 600] /Length {} >>\nstream\n{inner}\nendstream",
        inner.len()
    );
    let field = "<< /Type /Annot /Subtype /Widget /Rect [50 500 150 600] /AP << /N 8 0 R >> >>";
    let image = "<< /Subtype /Image /Width 30 /Height 20 /Length 1 >>\nstream\nx\nendstream";
    let bytes = page(
        b"q 100 0 0 50 50 300 cm /Im1 Do Q /Fm1 Do",
        "/Annots [9 0 R]",
        "/XObject << /Fm1 8 0 R /Im1 10 0 R >>",
        &[&form.replace("/BBox", "/Resources << /Font << /F1 5 0 R >> >> /BBox"), field, image],
    );
    let document = read(&bytes);
    let page = &document.pages[0];
    assert_eq!(page.lines.iter().map(jianbao_pdf_text::Line::text).collect::<Vec<_>>(), ["表内", "表内"]);
    let image = &page.images[0];
    assert_eq!((image.width_px, image.height_px, image.bounds.y0), (30, 20, 450.0));
}

#[test]
fn scan_is_told_from_an_empty_page() {
    let image = "<< /Subtype /Image /Width 30 /Height 20 /Length 1 >>\nstream\nx\nendstream";
    let bytes = page(b"q 600 0 0 800 0 0 cm /Im1 Do Q", "", "/XObject << /Im1 8 0 R >>", &[image]);
    let document = read(&bytes);
    assert_eq!(document.pages[0].stats.total, 0);
    assert_eq!(document.warnings[0].kind, WarningKind::OnlyImages);
    assert!(read(&page(b"", "", "", &[])).warnings.is_empty());
}

#[test]
fn private_encodings_are_counted_not_guessed() {
    let font =
        "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [9 0 R] >>";
    let below = "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Founder) /Ordering (PKU2) >> >>";
    let bytes = page(b"BT /F9 10 Tf 50 700 Td <00010002> Tj ET", "", "/Unused 0", &[font, below]);
    let text = String::from_utf8_lossy(&bytes).replace("/F2 7 0 R", "/F9 8 0 R");
    let document = read(text.as_bytes());
    assert_eq!(document.pages[0].lines[0].text(), "\u{FFFD}\u{FFFD}");
    assert_eq!(document.pages[0].stats.undecodable, 2);
    assert_eq!(document.warnings[0].kind, WarningKind::Undecodable);
}

#[test]
fn pictures_have_the_size_and_hash_of_their_stored_bytes() {
    let image = "<< /Subtype /Image /Width 30 /Height 20 /Length 3 >>\nstream\nabc\nendstream";
    let content = b"q 100 0 0 50 50 300 cm /Im1 Do Q q 9 0 0 9 0 0 cm BI /W 9 /H 8 ID abc\nEI Q";
    let document = read(&page(content, "", "/XObject << /Im1 8 0 R >>", &[image]));
    let images = &document.pages[0].images;
    assert_eq!((images[0].bytes, images[1].bytes), (3, 3));
    assert_eq!(images[0].hash, images[1].hash);
    assert_eq!(images[0].hash[..4], [0xba, 0x78, 0x16, 0xbf], "the SHA-256 of abc");
}

#[test]
fn a_watermark_behind_the_text_breaks_no_line() {
    let faint = format!("0.8 g BT /F1 30 Tf 60 697 Td <{}> Tj ET 0 g\n", hex("内部"));
    let document = read(&page((faint + &show(50.0, 700.0, "印在上面的文字")).as_bytes(), "", "", &[]));
    let found: Vec<_> = document.pages[0].lines.iter().map(|l| (l.text(), l.faint)).collect();
    assert_eq!(found, [("印在上面的文字".to_owned(), false), ("内部".to_owned(), true)]);
}

#[test]
fn faint_by_opacity_and_turned() {
    let content = format!("/Gs gs BT /F1 30 Tf 0.7 0.7 -0.7 0.7 60 300 Tm <{}> Tj ET", hex("样张"));
    let document = read(&page(content.as_bytes(), "", "/ExtGState << /Gs << /ca 0.3 >> >>", &[]));
    let line = &document.pages[0].lines[0];
    assert_eq!((line.text().as_str(), line.faint, line.angle), ("样张", true, 315));
}

#[test]
fn artifacts_and_stamps_are_told() {
    let marked = |kind: &str, y: f32, text: &str| format!("/Artifact {kind} {} EMC\n", show(50.0, y, text));
    let content = [
        marked("<</Type /Pagination /Subtype /Header>> BDC", 780.0, "页眉"),
        marked("BMC", 760.0, "边框"),
        show(50.0, 700.0, "正文"),
        marked("/Low BDC", 20.0, "页脚"),
    ];
    let inner = show(10.0, 10.0, "已收");
    let stamp = format!(
        "<< /Subtype /Form /BBox [0 0 100 100] /Resources << /Font << /F1 5 0 R >> >> /Length {} >>\nstream\n{inner}\nendstream",
        inner.len()
    );
    let annotation = "<< /Subtype /Stamp /Rect [50 500 150 600] /AP << /N 8 0 R >> >>";
    let resources = "/Properties << /Low << /Type /Pagination >> >>";
    let document =
        read(&page(content.concat().as_bytes(), "/Annots [9 0 R]", resources, &[&stamp, annotation]));
    let found: Vec<_> = document.pages[0].lines.iter().map(|l| (l.text(), l.artifact)).collect();
    let expected = [
        ("页眉", Some(Artifact::Header)),
        ("边框", Some(Artifact::Other)),
        ("正文", None),
        ("已收", Some(Artifact::Stamp)),
        ("页脚", Some(Artifact::Pagination)),
    ];
    assert_eq!(found, expected.map(|(text, kind)| (text.to_owned(), kind)));
}

#[test]
fn lines_know_their_element_of_the_structure_tree() {
    let marked =
        |id: usize, y: f32, text: &str| format!("/P <</MCID {id}>> BDC {} EMC\n", show(50.0, y, text));
    let content =
        [marked(0, 700.0, "标题"), marked(1, 680.0, "甲"), marked(2, 660.0, "乙"), show(50.0, 640.0, "丙")];
    let more = [
        "<< /S /Document /K [9 0 R << /S /Own /Pg 3 0 R /K [1 << /S /Span /K 2 >> 8 0 R] >>] >>",
        "<< /S /H2 /K << /Type /MCR /Pg 3 0 R /MCID 0 >> >>",
        "<< /K [8 0 R] /RoleMap << /Own /P >> >>",
    ];
    let bytes = page(content.concat().as_bytes(), "", "", &more);
    let text = String::from_utf8_lossy(&bytes);
    // The catalogue keeps its length, so the table of places stays right.
    let bytes = text.replace("/Type /Catalog /Pages 2 0 R", "/Pages 2 0 R/StructTreeRoot 10 0 R");
    let document = read(bytes.as_bytes());
    let tags: Vec<_> = document.pages[0].lines.iter().map(|l| l.tag).collect();
    assert_eq!(tags[0].map(|tag| tag.role), Some(Role::Heading(2)));
    assert_eq!(tags[1].map(|tag| tag.role), Some(Role::Paragraph));
    assert_eq!((tags[1], tags[3]), (tags[2], None));
}
