//! Pages that are written here, as the reader shows them.
#![allow(missing_docs, clippy::unwrap_used, unreachable_pub, dead_code)]

#[path = "../../pdf-text/tests/builder/mod.rs"]
mod builder;
mod support;

use builder::{pages, show_sized};
use jianbao_model::BlockKind;
use jianbao_read::{Limits, read};

/// Text in 16 points at a distance from the top of the page.
fn at(x: f32, top: f32, text: &str) -> String {
    sized(16.0, x, top, text)
}

fn sized(size: f32, x: f32, top: f32, text: &str) -> String {
    show_sized(size, x, 800.0 - top - 0.88 * size, text)
}

/// Lines of a paragraph between 100 and 500 points, 29 points apart; the first one is set in.
fn paragraph(top: f32, lines: usize, last: &str) -> String {
    let whole = (0..lines).map(|line| {
        let (indent, count) = if line == 0 { (32.0, 23) } else { (0.0, 25) };
        at(100.0 + indent, top + 29.0 * line as f32, &"文".repeat(count))
    });
    whole.collect::<String>() + &at(100.0, top + 29.0 * lines as f32, last)
}

fn rule(x0: f32, top0: f32, x1: f32, top1: f32) -> String {
    format!("{x0} {} m {x1} {} l S\n", 800.0 - top0, 800.0 - top1)
}

/// The text without the filling of whole lines.
fn shown(bytes: &[u8]) -> String {
    let shown = support::shown(bytes, "x.pdf");
    let mut out = String::new();
    for c in shown.chars() {
        if c != '文' || !out.ends_with('文') {
            out.push(c);
        }
    }
    out
}

#[track_caller]
fn check(contents: &[String], expected: &str) {
    check_with(contents, "", "", &[], expected);
}

#[track_caller]
fn check_with(contents: &[String], resources: &str, catalog: &str, more: &[&str], expected: &str) {
    let expected: Vec<&str> = expected.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    assert_eq!(shown(&pages(contents, resources, catalog, more)), expected.join("\n"));
}

fn cells(tops: &[f32], columns: &[f32], words: &[&str]) -> String {
    let places = tops.iter().flat_map(|top| columns.iter().map(move |x| (*x, *top)));
    places.zip(words).map(|((x, top), word)| at(x, top, word)).collect()
}

#[test]
fn aligned_cells_are_a_table_and_signatures_are_not() {
    let words = ["单位", "件数", "办结", "街道", "12", "10", "住建委", "8", "8"];
    let table = cells(&[240.0, 265.0, 290.0], &[130.0, 260.0, 390.0], &words);
    let signature = cells(&[400.0, 425.0], &[130.0, 330.0], &["区住建委", "张三", "三月", "李四"]);
    check(
        &[paragraph(150.0, 2, "上文。") + &table + &paragraph(320.0, 1, "下文。") + &signature],
        "文上文。
         | 单位 | 件数 | 办结
         | 街道 | 12 | 10
         | 住建委 | 8 | 8
         文下文。
         区住建委
         张三
         三月
         李四",
    );
}

#[test]
fn forms_and_running_text_in_columns_are_no_tables() {
    let form = ["姓名：张三", "电话：12", "姓名：李四", "电话：34", "姓名：王五", "电话：56"];
    let forms = cells(&[150.0, 175.0, 200.0], &[130.0, 330.0], &form);
    let column = |x: f32, word: &str| {
        (0..5u8).map(|row| at(x, 300.0 + 25.0 * f32::from(row), &word.repeat(11))).collect::<String>()
    };
    let shown = shown(&pages(&[forms + &column(310.0, "右") + &column(100.0, "左")], "", "", &[]));
    assert!(!shown.contains('|'), "{shown}");
    assert!(shown.rfind('左') < shown.find('右'), "{shown}");
}

fn grid(tops: &[f32]) -> String {
    let (first, last) = (tops[0], tops[tops.len() - 1]);
    let level = tops.iter().map(|top| rule(100.0, *top, 500.0, *top));
    let upright = [100.0, 300.0, 500.0].map(|x| rule(x, first, x, last));
    level.chain(upright).collect()
}

#[test]
fn a_ruled_table_goes_on_over_the_page_end() {
    let first = paragraph(150.0, 1, "上文。")
        + &grid(&[600.0, 630.0, 690.0])
        + &cells(&[606.0, 636.0], &[110.0, 310.0], &["单位", "情况", "街道", "做了甲事"])
        + &at(310.0, 660.0, "又做了乙事");
    let second = grid(&[90.0, 120.0, 150.0])
        + &cells(&[96.0, 126.0], &[110.0, 310.0], &["单位", "情况", "社区", "丙事"])
        + &paragraph(200.0, 1, "下文。");
    check(
        &[first, second],
        "文上文。
         | 单位 | 情况
         | 街道 | 做了甲事又做了乙事
         | 社区 | 丙事
         文下文。
         - header: 单位\t情况",
    );
}

#[test]
fn a_footnote_stands_behind_the_paragraph_that_goes_on() {
    let raised = sized(9.0, 164.0, 181.0, "1");
    let first = at(132.0, 150.0, &"文".repeat(23))
        + &at(100.0, 179.0, "带注标")
        + &raised.replace("164", "148")
        + &at(153.0, 179.0, &"文".repeat(21))
        + &rule(100.0, 690.0, 220.0, 690.0)
        + &sized(5.0, 100.0, 700.0, "1")
        + &sized(9.0, 103.0, 700.0, "见附件所列各项，")
        + &sized(9.0, 100.0, 714.0, "共三项。");
    let second = at(100.0, 120.0, "接上页。") + &paragraph(149.0, 1, "下文。");
    check(&[first, second], "文带注标¹文接上页。\n[¹] 见附件所列各项，共三项。\n文下文。");
}

#[test]
fn circled_notes_need_a_mark_in_the_text() {
    let foot = |text: &str| sized(9.0, 100.0, 700.0, text);
    check(
        &[paragraph(150.0, 1, "数据①为初步数。") + &paragraph(250.0, 1, "下文。") + &foot("①统计局。")],
        "文数据①为初步数。\n[①] 统计局。\n文下文。",
    );
    check(&[paragraph(150.0, 1, "数据。") + &foot("1 统计局。")], "文数据。\n1 统计局。");
}

#[test]
fn watermarks_are_dropped_and_large_titles_are_not() {
    let mark = "0.85 g BT /F1 60 Tf 0.7 0.7 -0.7 0.7 200 500 Tm <5185 90E8 8D44 6599> Tj ET 0 g\n";
    let faint = "0.8 g ".to_owned() + &sized(40.0, 200.0, 180.0, "样稿样稿") + "0 g ";
    let grey = "0.75 g ".to_owned() + &sized(30.0, 200.0, 110.0, "灰色标题") + "0 g ";
    check(
        &[mark.to_owned() + &faint + &grey + &paragraph(160.0, 3, "下文。")],
        "灰色标题\n文下文。\n- watermark: 样稿样稿\n- watermark: 内部资料",
    );
}

#[test]
fn a_doubtful_line_in_the_margin_stays() {
    let body = paragraph(160.0, 2, "下文。");
    check(&[at(200.0, 60.0, "关于办事的情况") + &body], "关于办事的情况\n文下文。");
    check(&[sized(9.0, 200.0, 60.0, "城管信息") + &body], "文下文。\n^ 城管信息\n- header: 城管信息");
    check(
        &[at(100.0, 60.0, "城管信息 第15期") + &rule(100.0, 80.0, 500.0, 80.0) + &body],
        "文下文。\n^ 城管信息 第15期\n- header: 城管信息 第15期",
    );
}

#[test]
fn the_last_line_of_a_paragraph_above_a_table_is_no_header() {
    let first = paragraph(640.0, 2, &"文".repeat(25));
    let table = grid(&[110.0, 140.0, 170.0])
        + &cells(&[116.0, 146.0], &[110.0, 310.0], &["姓名", "科室", "张三", "办公室"]);
    check(&[first, at(100.0, 60.0, "办事处）") + &table], "文办事处）\n| 姓名 | 科室\n| 张三 | 办公室");
}

#[test]
fn page_numbers_in_all_forms() {
    for number in ["— 3 —", "第3页 共5页", "3 / 5", "3", "iv"] {
        let page = paragraph(160.0, 2, "下文。") + &sized(14.0, 280.0, 740.0, number);
        check(&[page], &format!("文下文。\n- page-number: {number}"));
    }
    // A cell in the margin is none.
    let table = grid(&[640.0, 670.0, 730.0])
        + &cells(&[646.0, 710.0], &[110.0, 310.0], &["单位", "件数", "街道", "35"]);
    check(&[paragraph(160.0, 2, "下文。") + &table], "文下文。\n| 单位 | 件数\n| 街道 | 35");
}

#[test]
fn headers_alternate_and_name_the_section() {
    let page = |header: &str| sized(14.0, 100.0, 60.0, header) + &paragraph(160.0, 2, "下文。");
    let found = shown(&pages(&["单页", "双页", "单页", "双页"].map(page), "", "", &[]));
    assert_eq!(found.matches("- header").count(), 4, "{found}");
    let found = shown(&pages(&["综合", "党建", "民生"].map(page), "", "", &[]));
    assert_eq!(found.matches("- header").count(), 3, "{found}");
    let found = shown(&pages(&["综合", "党建"].map(page), "", "", &[]));
    assert_eq!(found.matches("- header").count(), 0, "{found}");
}

#[test]
fn pictures_stand_in_the_text_and_logos_are_furniture() {
    let image = |side: u32| {
        format!("<< /Subtype /Image /Width {side} /Height {side} /Length 2 >>\nstream\n{side}\nendstream")
    };
    let (photo, logo, dot) = (image(90), image(80), image(4).replace("/Length 2", "/Length 1"));
    let draw = |name: &str, top: f32| format!("q 50 0 0 50 250 {} cm /{name} Do Q\n", 750.0 - top);
    let page = |text: &str| draw("Logo", 20.0) + &draw("Dot", 600.0) + text;
    let first =
        page(&(paragraph(150.0, 1, "上文。") + &draw("Photo", 210.0) + &paragraph(270.0, 1, "下文。")));
    check_with(
        &[first, page(&paragraph(150.0, 1, "二页。"))],
        "/XObject << /Photo 6 0 R /Logo 7 0 R /Dot 8 0 R >>",
        "",
        &[&photo, &logo, &dot],
        "文上文。
         <object 6 2>
         文下文。
         文二页。
         ^ <object 7 2>",
    );
}

fn tagged(number: usize, kind: &str, content: &str) -> String {
    format!("/{kind} <</MCID {number}>> BDC {content} EMC\n")
}

/// A tree of one page (object 7) whose elements have one piece each.
fn tree(kinds: &[&str]) -> String {
    let kids =
        kinds.iter().enumerate().map(|(number, kind)| format!("<< /S /{kind} /Pg 7 0 R /K {number} >> "));
    format!("<< /K [{}] >>", kids.collect::<String>())
}

#[test]
fn tags_part_paragraphs_where_the_page_agrees() {
    let line = |top: f32| at(100.0, top, &"文".repeat(25));
    let heading = tagged(0, "H2", &at(100.0, 120.0, "一是二级标题"));
    let first = tagged(1, "P", &(line(150.0) + &line(179.0) + &line(208.0) + &line(237.0)));
    let second = tagged(2, "P", &(line(266.0) + &line(295.0) + &line(324.0) + &at(100.0, 353.0, "完。")));
    let artifact = "/Artifact <</Type /Pagination>> BDC ".to_owned() + &at(100.0, 60.0, "页眉") + " EMC\n";
    let content = [artifact, heading, first, second].concat();
    let bytes = pages(&[content], "", "/StructTreeRoot 6 0 R", &[&tree(&["H2", "P", "P"])]);
    assert_eq!(shown(&bytes), "一是二级标题\n文\n文完。\n^ 页眉\n- header: 页眉");
    let document = read(&bytes, "x.pdf", &Limits::default()).unwrap().value;
    let BlockKind::Paragraph(heading) = &document.blocks[0].kind else { panic!("a heading") };
    assert_eq!(heading.heading, Some(2));
}

#[test]
fn a_paragraph_a_line_is_not_believed() {
    let line =
        |number: usize| tagged(number, "P", &at(100.0, 150.0 + 29.0 * number as f32, &"文".repeat(25)));
    let content = (0..5).map(line).collect::<String>();
    check_with(&[content], "", "/StructTreeRoot 6 0 R", &[&tree(&["P"; 5])], "文");
}

#[test]
fn runs_carry_size_and_weight() {
    let title = at(200.0, 150.0, "标题标题").replacen("BT", "BT 2 Tr", 1) + " 0 Tr ";
    let title = title.replacen("16 Tf", "22 Tf", 1);
    let bytes = pages(&[title + &paragraph(200.0, 1, "下文。")], "", "", &[]);
    let document = read(&bytes, "x.pdf", &Limits::default()).unwrap().value;
    let BlockKind::Paragraph(title) = &document.blocks[0].kind else { panic!("a title") };
    assert_eq!((title.text().as_str(), title.is_bold(), title.size()), ("标题标题", true, Some(44)));
}
