//! PDFs whose text cannot be trusted: what is taken of them, and what is told.

#![allow(clippy::format_collect, reason = "files of tests need no speed")]

#[path = "../../pdf-text/tests/builder/mod.rs"]
mod builder;

use builder::{Builder, hex, show};
use jianbao_model::document::BlockKind;
use jianbao_model::{Code, Diagnosed, DropReason, Severity, SourceDocument};
use jianbao_read::{Limits, ReadError, read};

/// A picture over the whole page of 600 × 800 points.
const SCAN: &str = "q 600 0 0 800 0 0 cm /Im Do Q\n";

/// A file with these contents, one a page. `F1` is Han, `F2` Latin, `F3` has neither map nor program.
fn file(contents: &[String]) -> Vec<u8> {
    let mut b = Builder::default();
    b.add("<< /Type /Catalog /Pages 2 0 R >>");
    let kids: String = (0..contents.len()).map(|at| format!("{} 0 R ", 8 + 2 * at)).collect();
    b.add(format!("<< /Type /Pages /Count {} /Kids [{kids}] >>", contents.len()));
    b.add("<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /UniGB-UTF16-H /DescendantFonts [4 0 R] >>");
    b.add(
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /X /DW 1000 \
         /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>",
    );
    b.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
    b.add(
        "<< /Type /Font /Subtype /Type0 /BaseFont /Y /Encoding /Identity-H \
         /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Y >>] >>",
    );
    b.stream(
        "/Type /XObject /Subtype /Image /Width 600 /Height 800 /BitsPerComponent 8 /ColorSpace /DeviceGray",
        b"",
    );
    for (at, content) in contents.iter().enumerate() {
        b.add(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {} 0 R /Resources << \
             /Font << /F1 3 0 R /F2 5 0 R /F3 6 0 R >> /XObject << /Im 7 0 R >> >> >>",
            9 + 2 * at
        ));
        b.stream("", content.as_bytes());
    }
    b.finish()
}

/// Characters of a font that does not tell what they are.
fn nonsense(count: usize) -> String {
    format!("BT /F3 10 Tf 50 600 Td <{}> Tj ET\n", "1234".repeat(count))
}

/// A scan with this text in rendering mode 3 over it.
fn layer(text: &str) -> String {
    format!("{SCAN}BT 3 Tr /F1 10 Tf 50 700 Td <{}> Tj ET\n", hex(text))
}

fn reading(contents: &[String]) -> Result<Diagnosed<SourceDocument>, ReadError> {
    read(&file(contents), "x.pdf", &Limits::default())
}

fn text(document: &SourceDocument) -> String {
    let paragraphs = document.blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Paragraph(paragraph) => Some(paragraph.shown()),
        _ => None,
    });
    paragraphs.collect::<Vec<_>>().concat()
}

/// Code, severity, page and share of what is told.
fn told(read: &Diagnosed<SourceDocument>) -> Vec<(Code, Severity, String)> {
    let argument = |told: &jianbao_model::Diagnostic, name: &str| {
        let found = told.arguments.iter().find(|argument| argument.name == name);
        found.map(|argument| argument.value.clone()).unwrap_or_default()
    };
    read.diagnostics.iter().map(|told| (told.code, told.severity, argument(told, "share"))).collect()
}

#[test]
fn a_file_of_nonsense_is_refused() {
    let refused = reading(&[nonsense(30), nonsense(20)]).expect_err("no character is known");
    assert_eq!(refused, ReadError::Undecodable { count: 50, share: 100 });
    assert_eq!(refused.diagnostic().severity, Severity::Error);
}

#[test]
fn a_page_of_nonsense_is_told_and_is_no_text() {
    let read = reading(&[show(50.0, 700.0, "本页可读。"), nonsense(30)]).expect("one page can be read");
    assert_eq!(text(&read.value), "本页可读。");
    assert_eq!(told(&read), [(Code::Undecodable, Severity::Error, "100".to_owned())]);
    assert_eq!(read.value.dropped.len(), 1);
    assert_eq!(read.value.dropped[0].reason, DropReason::Undecodable);
}

#[test]
fn some_unknown_characters_stay_in_the_text() {
    let content = show(50.0, 700.0, "这一行里有很多可以读出来的文字。") + &nonsense(1);
    let read = reading(&[content]).expect("most can be read");
    assert!(text(&read.value).contains('\u{FFFD}'));
    assert_eq!(told(&read), [(Code::Undecodable, Severity::Warning, "6".to_owned())]);
}

#[test]
fn private_use_characters_count_as_unknown() {
    let refused = reading(&[show(50.0, 700.0, &"\u{E001}".repeat(20))]);
    assert!(matches!(refused, Err(ReadError::Undecodable { share: 100, .. })), "{refused:?}");
}

#[test]
fn a_plausible_layer_of_recognition_is_read_and_told() {
    let read = reading(&[layer("关于报送信息的通知，共三项。")]).expect("the layer can be read");
    assert_eq!(text(&read.value), "关于报送信息的通知，共三项。");
    assert_eq!(told(&read), [(Code::OcrLayer, Severity::Warning, "100".to_owned())]);
}

#[test]
fn a_wrong_layer_of_recognition_is_told_and_not_taken() {
    let wrong = layer("龘¤齉□╳龘¢齉◇※龘的");
    assert_eq!(reading(std::slice::from_ref(&wrong)).expect_err("a scan"), ReadError::Scanned { pages: 1 });
    let read = reading(&[show(50.0, 700.0, "本页可读。"), wrong]).expect("one page can be read");
    assert_eq!(text(&read.value), "本页可读。");
    assert_eq!(told(&read), [(Code::BadOcrLayer, Severity::Warning, "8".to_owned())]);
    assert_eq!(read.value.dropped[0].reason, DropReason::Hidden);
}

#[test]
fn hidden_words_beside_visible_ones_are_no_layer() {
    let hidden = format!("{SCAN}BT 3 Tr /F1 10 Tf 50 500 Td <{}> Tj 0 Tr ET\n", hex("藏着的话"));
    let read = reading(&[hidden + &show(50.0, 700.0, "看得见的话。")]).expect("can be read");
    assert_eq!(text(&read.value), "看得见的话。");
    assert_eq!(read.value.dropped[0].reason, DropReason::Hidden);
}

#[test]
fn scanned_pages_are_told_by_their_number() {
    let read = reading(&[show(50.0, 700.0, "本页可读。"), SCAN.to_owned()]).expect("one page can be read");
    assert_eq!(told(&read), [(Code::ScannedPages, Severity::Warning, String::new())]);
    assert_eq!(reading(&[SCAN.to_owned()]).expect_err("a scan"), ReadError::Scanned { pages: 1 });
}
