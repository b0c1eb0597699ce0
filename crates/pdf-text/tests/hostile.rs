//! Damaged and hostile files: each ends in a value or an error, soon.

mod builder;

use std::time::{Duration, Instant};

use builder::{Builder, page, show};
use jianbao_pdf_text::{Document, Error, Limits, WarningKind, extract};

const HUGE: &str = "1000000000000000000000000000000";

fn read(bytes: &[u8]) -> Result<Document, Error> {
    let begin = Instant::now();
    let result = extract(bytes, &Limits::default());
    assert!(begin.elapsed() < Duration::from_secs(10), "took {:?}", begin.elapsed());
    result
}

fn text(document: &Document) -> String {
    document.pages.iter().flat_map(|p| &p.lines).map(jianbao_pdf_text::Line::text).collect()
}

#[test]
fn not_a_pdf_and_no_page() {
    assert!(matches!(read(b"hello"), Err(Error::NotPdf)));
    assert!(matches!(read(b""), Err(Error::NotPdf)));
    let mut b = Builder::default();
    b.add("<< /Type /Catalog /Pages 2 0 R >>");
    b.add("<< /Type /Pages /Count 0 /Kids [] >>");
    assert!(matches!(read(&b.finish()), Err(Error::NoPages)));
}

#[test]
fn truncation_at_any_place_neither_panics_nor_lies() {
    let whole = page(show(50.0, 700.0, "正文").as_bytes(), "", "", &[]);
    for end in (0..whole.len()).step_by(7) {
        if let Ok(document) = read(&whole[..end]) {
            assert!(!document.pages.is_empty());
        }
    }
}

#[test]
fn damaged_table_is_rebuilt() {
    let whole = page(show(50.0, 700.0, "正文").as_bytes(), "", "", &[]);
    let broken = String::from_utf8(whole.clone()).expect("is ASCII").replace("startxref\n", "startxref\n9");
    let document = read(broken.as_bytes()).expect("the objects are all there");
    assert_eq!(text(&document), "正文");
    assert_eq!(document.warnings[0].kind, WarningKind::Rebuilt);
    let headless = &whole[9..];
    assert_eq!(text(&read(headless).expect("the objects are all there")), "正文");
}

#[test]
fn zero_and_absurd_sizes_are_left_out() {
    for operator in [
        "0 Tf",
        "-0.0 Tf",
        "999999999999999999999999999999999999999 Tf",
        "99999999999999999999999999999999999999999999 Tf",
    ] {
        let content = format!("BT /F2 {operator} 50 700 Td (abc) Tj ET {}", show(50.0, 500.0, "正文"));
        let document = read(&page(content.as_bytes(), "", "", &[])).expect("the page is there");
        assert_eq!(text(&document), "正文", "{operator}");
    }
    let content = format!(
        "q {HUGE} 0 0 {HUGE} 0 0 cm {HUGE} 0 0 {HUGE} 0 0 cm {} Q {}",
        show(1.0, 1.0, "abc"),
        show(50.0, 500.0, "正文")
    );
    assert_eq!(text(&read(&page(content.as_bytes(), "", "", &[])).expect("is sound")), "正文");
}

#[test]
fn page_box_may_be_absurd() {
    for media in [
        "[0 0 0 0]",
        "[99999999999999 0 5 -99999999999999]",
        "[0 0 0.0000001 0.0000001]",
        "[0 0]",
        "(x)",
        "null",
    ] {
        let bytes = page(show(50.0, 700.0, "正文").as_bytes(), &format!("/CropBox {media}"), "", &[]);
        assert!(read(&bytes).is_ok(), "{media}");
    }
}

#[test]
fn form_in_itself_ends() {
    let form = "<< /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /A 8 0 R >> >> /Length 5 >>\nstream\n/A Do\nendstream";
    let document = read(&page(b"/A Do", "", "/XObject << /A 8 0 R >>", &[form])).expect("is sound");
    assert!(document.warnings.iter().any(|w| w.kind == WarningKind::FormDepth));
}

#[test]
fn fan_out_of_forms_is_bounded() {
    // Each form paints the next one a hundred times: 100^10 without a bound.
    let forms: Vec<String> = (0..10)
        .map(|level| {
            let content = "/A Do ".repeat(100);
            format!(
                "<< /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /A {} 0 R >> >> /Length {} >>\nstream\n{content}\nendstream",
                9 + level,
                content.len()
            )
        })
        .collect();
    let forms: Vec<&str> = forms.iter().map(String::as_str).collect();
    let document = read(&page(b"/A Do", "", "/XObject << /A 8 0 R >>", &forms)).expect("is sound");
    assert!(document.warnings.iter().any(|w| w.kind == WarningKind::PageLimit));
}

#[test]
fn page_tree_that_contains_itself() {
    let mut b = Builder::default();
    b.add("<< /Type /Catalog /Pages 2 0 R >>");
    b.add("<< /Type /Pages /Count 1073741824 /Parent 2 0 R /Kids [2 0 R 2 0 R 2 0 R] >>");
    assert!(matches!(read(&b.finish()), Err(Error::NoPages)));
}

#[test]
fn nested_arrays_and_unclosed_things() {
    for content in [
        "[".repeat(100_000),
        "(".repeat(100_000),
        "<<".repeat(100_000),
        "q ".repeat(100_000),
        "/A BMC ".repeat(50_000),
        "BI ".repeat(1000),
    ] {
        assert!(read(&page(content.as_bytes(), "", "", &[])).is_ok());
    }
}

#[test]
fn too_many_operators_stop_the_page_only() {
    let limits = Limits { operators_per_page: 100, ..Limits::default() };
    let content = format!("{}{}{}", show(50.0, 700.0, "开头"), "n ".repeat(1000), show(50.0, 600.0, "结尾"));
    let document = extract(&page(content.as_bytes(), "", "", &[]), &limits).expect("is sound");
    assert_eq!(text(&document), "开头");
    assert!(document.warnings.iter().any(|w| w.kind == WarningKind::PageLimit));
}

#[test]
fn decoded_bytes_and_pages_are_bounded() {
    let bytes = page(show(50.0, 700.0, "正文").as_bytes(), "", "", &[]);
    let limits = Limits { decoded_bytes: 10, ..Limits::default() };
    assert!(matches!(extract(&bytes, &limits), Err(Error::LimitExceeded { .. })));
    let limits = Limits { pages: 0, ..Limits::default() };
    assert!(matches!(extract(&bytes, &limits), Err(Error::LimitExceeded { .. })));
}
