//! Tables and pictures of items: printed in the issue, they come back cell by cell and byte by byte.

use std::io::{Cursor, Read as _, Write as _};
use std::path::Path;

use jianbao_model::document::{BlockKind, Table};
use jianbao_model::issue::{Date, Masthead};
use jianbao_model::item::Paragraph;
use jianbao_model::{Attribution, Issue, Item};
use jianbao_publish::{IssuePlan, Pictures, SectionPlan, Style, assemble, render};
use jianbao_read::{Limits, read};
use jianbao_tests::{jianbao, judged, output_of, printed, sample, squeezed};
use serde_json::Value;

/// A table with cells of every kind: numbers, names, an empty one, long ones.
fn table(columns: usize, rows: usize) -> Table {
    let long =
        "完善社区嵌入式服务设施，推动“一老一小”服务就近可及，全年新建改建综合服务中心12个，覆盖居民8.6万人。";
    let cell = |row: usize, column: usize| match (row, column % 4) {
        (0, 0) => "序号".to_owned(),
        (0, 1) => "责任单位".to_owned(),
        (0, 2) => "完成数（万元）".to_owned(),
        (0, _) => "主要做法".to_owned(),
        (_, 0) => row.to_string(),
        (row, 1) if row % 7 == 3 => String::new(),
        (_, 1) => "区住房和城乡建设委员会".to_owned(),
        (_, 2) => format!("{}.5", row * 1234),
        (row, _) => long.chars().take(row * 13 % 50 + 2).collect(),
    };
    Table { rows: (0..rows).map(|row| (0..columns).map(|column| cell(row, column)).collect()).collect() }
}

fn item(title: &str, tables: Vec<Table>) -> Item {
    let text = "近日，各单位围绕年度目标任务，细化举措、压实责任，取得阶段性成效，现将有关情况汇总如下。";
    Item {
        id: title.to_owned(),
        section: Some("d".to_owned()),
        title: Some(title.to_owned()),
        paragraphs: vec![Paragraph { text: text.to_owned(), at: Vec::new() }],
        attribution: Some(Attribution { printed: "区政府办".to_owned(), contributors: Vec::new() }),
        tables,
        ..Item::default()
    }
}

fn issue(items: Vec<Item>) -> Issue {
    let plan = IssuePlan {
        masthead: Masthead {
            name: "姑苏信息".to_owned(),
            year: 2025,
            number: 12,
            offices: vec!["区政府办公室".to_owned()],
            date: Date { year: 2025, month: 3, day: 27 },
            ..Masthead::default()
        },
        sections: vec![SectionPlan {
            id: "d".to_owned(),
            name: "动态".to_owned(),
            in_contents: true,
            bulleted: false,
        }],
        ..IssuePlan::default()
    };
    let assembled = assemble(items, &plan, &Pictures::default());
    assert!(assembled.diagnostics.is_empty(), "everything is printed: {:?}", assembled.diagnostics);
    assembled.value
}

/// An issue of narrow and wide tables, the last one over several pages; the tables and the file.
fn tables() -> (Vec<Table>, Vec<u8>) {
    let tables: Vec<Table> = (2..=12).map(|columns| table(columns, 5)).chain([table(4, 40)]).collect();
    let items = tables.iter().map(|table| item(&format!("{}列", table.rows[0].len()), vec![table.clone()]));
    let bytes = render(&issue(items.collect()), &Style::default(), &Pictures::default());
    (tables, bytes.expect("the issue is legal"))
}

#[test]
fn tables_come_back_cell_by_cell() {
    let (tables, bytes) = tables();
    let document = read(&bytes, "issue.docx", &Limits::default()).expect("our own file").value;
    let found = document.blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Table(table) => Some(table.rows.clone()),
        _ => None,
    });
    let expected: Vec<_> = tables.into_iter().map(|table| table.rows).collect();
    assert_eq!(found.collect::<Vec<_>>(), expected);
}

#[test]
fn printed_tables_stay_in_the_type_area_and_repeat_their_heads() {
    let folder = tempfile::tempdir().expect("a folder");
    let docx = folder.path().join("tables.docx");
    std::fs::write(&docx, tables().1).expect("writable");
    judged(&docx);
    let (_folder, pdf) = printed(&docx);
    let pdf = pdf.display().to_string();
    let text = output_of("pdftotext", &["-raw", &pdf, "-"]);
    // Page 1 is full of contents, and behind the last page is a form feed.
    let pages: Vec<&str> = text.split_terminator('\u{C}').collect();
    let without_head = pages.iter().skip(1).position(|page| !squeezed(page).contains("责任单位"));
    assert_eq!(without_head, None, "{text}");
    assert!((12..=14).contains(&pages.len()), "{} pages", pages.len());

    // 28 mm at the inner edge and 26 mm at the outer one, in points; half a point is rounding.
    let (inner, outer, paper) = (79.4 - 0.5, 73.7 - 0.5, 595.3);
    let boxes = output_of("pdftotext", &["-bbox", &pdf, "-"]);
    for (number, page) in boxes.split("<page ").enumerate().skip(1) {
        let (left, right) = if number % 2 == 1 { (inner, outer) } else { (outer, inner) };
        for word in page.lines().filter(|line| line.contains("<word ")) {
            let edge = |name: &str| -> f64 {
                let (_, rest) = word.split_once(&format!("{name}=\"")).expect("an edge");
                rest.split('"').next().and_then(|value| value.parse().ok()).expect("a number")
            };
            let is_inside = edge("xMin") >= left && edge("xMax") <= paper - right;
            assert!(is_inside, "page {number}: {word}");
        }
    }
}

#[test]
fn rows_that_are_short_are_filled_and_lines_of_a_cell_kept() {
    let cell = |text: &str| text.to_owned();
    let ragged =
        Table { rows: vec![vec![cell("甲"), cell("乙"), cell("丙")], vec![cell("一\n二")], Vec::new()] };
    let bytes = render(&issue(vec![item("参差", vec![ragged])]), &Style::default(), &Pictures::default())
        .expect("legal");
    let document = read(&bytes, "issue.docx", &Limits::default()).expect("our own file").value;
    let text: Vec<String> = document.blocks.iter().map(jianbao_model::document::Block::shown).collect();
    assert!(text.contains(&"甲\t乙\t丙\n一 二\t\t\n\t\t".to_owned()), "{text:?}");
}

/// A whole PNG file of one white pixel.
const PNG: &[u8] = &[
    0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0,
    0, 1, 8, 0, 0, 0, 0, 0x3A, 0x7E, 0x9B, 0x55, 0, 0, 0, 0x0A, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9C, 0x63,
    0xF8, 0x0F, 0, 1, 1, 1, 0, 0x1B, 0xB6, 0xEE, 0x56, 0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60,
    0x82,
];

/// Start of a JPEG file of 300 × 200 pixels: a quantisation table, the frame, the end.
const JPEG: &[u8] =
    &[0xFF, 0xD8, 0xFF, 0xDB, 0, 3, 0, 0xFF, 0xC0, 0, 11, 8, 0, 200, 1, 44, 1, 1, 17, 0, 0xFF, 0xD9];

/// A metafile, which is not printed.
const WMF: &[u8] = b"\xD7\xCD\xC6\x9A\0\0";

/// A submission as Word writes it, reduced: title, text, a table of merged cells, three pictures.
fn submission() -> Vec<u8> {
    let text = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    let title = format!(
        "<w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>",
        "区住建委开展老旧小区改造"
    );
    let body = text(&format!(
        "今年以来，{}",
        "区住建委推进老旧小区改造，完善配套设施，群众满意度持续提升。".repeat(3)
    ));
    let cell = |text: &str, span: u32| {
        format!(
            "<w:tc><w:tcPr><w:gridSpan w:val=\"{span}\"/></w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"
        )
    };
    let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let table = format!(
        "<w:tbl>{}{}</w:tbl>",
        row(&[cell("小区", 1), cell("投入", 2)]),
        row(&[cell("甲", 1), cell("12", 1), cell("万元", 1)])
    );
    let picture =
        |id: &str| format!("<w:p><w:r><w:drawing><a:blip r:embed=\"{id}\"/></w:drawing></w:r></w:p>");
    let namespaces = concat!(
        "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" ",
        "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" ",
        "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""
    );
    let pictures = [picture("p1"), picture("p2"), picture("p3")].concat();
    let document = format!(
        "<w:document {namespaces}><w:body>{title}{body}{table}{pictures}{}</w:body></w:document>",
        text("（区住建委）")
    );
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relation = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"{office}/{kind}\" Target=\"{target}\"/>")
    };
    let relations = |all: String| {
        format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{all}</Relationships>"
        )
    };
    let images = [("p1", "1.png"), ("p2", "2.jpg"), ("p3", "3.wmf")];
    let images = images.map(|(id, name)| relation(id, "image", &format!("media/{name}"))).concat();
    let root = relations(relation("r1", "officeDocument", "word/document.xml"));
    let images = relations(images);
    let parts: [(&str, &[u8]); 6] = [
        ("_rels/.rels", root.as_bytes()),
        ("word/document.xml", document.as_bytes()),
        ("word/_rels/document.xml.rels", images.as_bytes()),
        ("word/media/1.png", PNG),
        ("word/media/2.jpg", JPEG),
        ("word/media/3.wmf", WMF),
    ];
    let mut container = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        container.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
        container.write_all(bytes).expect("writable");
    }
    container.finish().expect("a zip").into_inner()
}

/// The files of a zip by name.
fn unpacked(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let all = (0..archive.len()).map(|index| {
        let mut entry = archive.by_index(index).expect("an entry");
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("whole");
        (entry.name().expect("a name").into_owned(), bytes)
    });
    all.collect()
}

#[test]
fn pictures_go_from_the_submission_into_the_issue_and_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = |name: &str| folder.path().join(name).display().to_string();
    std::fs::create_dir_all(place("inbox/区住建委")).expect("a folder");
    std::fs::write(place("inbox/区住建委/老旧小区改造.docx"), submission()).expect("writable");
    std::fs::copy(sample("jianbao.toml"), place("jianbao.toml")).expect("a sample");
    let (config, output, report) = (place("jianbao.toml"), place("issue.docx"), place("report.json"));
    let binary = env!("CARGO_BIN_EXE_jianbao-under-test");
    let done = jianbao(binary, &["run", "--config", &config, "-o", &output, "--report", &report]);
    let told = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(done.status.success(), "{told}");

    let report: Value = serde_json::from_slice(&std::fs::read(report).expect("a report")).expect("JSON");
    let diagnostics = report["issue"]["diagnostics"].as_array().expect("a list");
    let left: Vec<_> = diagnostics.iter().filter(|told| told["code"] == "A104").collect();
    assert_eq!(left.len(), 1, "the metafile is told: {told}");
    assert_eq!(left[0]["message"], "附表 0 个、图片 1 个没有排入");

    let issue = unpacked(&std::fs::read(&output).expect("the issue"));
    let part = |name: &str| {
        let found = issue.iter().find(|(part, _)| part == name);
        found.map_or_else(|| panic!("{name}"), |(_, bytes)| bytes.clone())
    };
    assert_eq!(part("word/media/rIdPicture1.png"), PNG);
    assert_eq!(part("word/media/rIdPicture2.jpeg"), JPEG);
    assert_eq!(issue.iter().filter(|(name, _)| name.contains("media")).count(), 2);
    let types = String::from_utf8(part("[Content_Types].xml")).expect("UTF-8");
    assert!(types.contains(r#"Extension="png""#) && types.contains(r#"ContentType="image/jpeg""#), "{types}");

    judged(Path::new(&output));
    let record = jianbao(binary, &["import", &output, "--config", &config]).stdout;
    let record: Value = serde_json::from_slice(&record).expect("a record");
    let item = &record["items"][0];
    assert_eq!(item["attribution"]["printed"], "区住建委");
    assert_eq!(item["tables"], serde_json::json!([[["小区", "投入", ""], ["甲", "12", "万元"]]]));
    let hashes: Vec<&str> = item["images"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|image| image["sha256"].as_str())
        .collect();
    assert_eq!(hashes, [PNG, JPEG].map(|bytes| jianbao_model::SourceId::of(bytes).to_string()));
}
