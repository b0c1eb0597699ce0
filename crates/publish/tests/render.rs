//! What stands in the file of an issue.

use jianbao_model::document::Table;
use jianbao_model::issue::{Colophon, Date, Masthead};
use jianbao_model::item::Paragraph;
use jianbao_model::{Attribution, Issue, Item};
use jianbao_publish::{IssuePlan, Pictures, SectionPlan, Style, Titles, assemble, render, render_parts};

fn item(id: &str, section: &str, title: Option<&str>, text: &str, from: &str) -> Item {
    Item {
        id: id.to_owned(),
        section: Some(section.to_owned()),
        title: title.map(str::to_owned),
        paragraphs: vec![Paragraph { text: text.to_owned(), at: Vec::new() }],
        attribution: Some(Attribution { printed: from.to_owned(), contributors: Vec::new() }),
        ..Item::default()
    }
}

fn list(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn issue() -> Issue {
    let plan = IssuePlan {
        masthead: Masthead {
            name: "姑苏信息".to_owned(),
            edition: list(&["动态", "摘报"]),
            year: 2025,
            number: 12,
            cumulative: Some(35),
            offices: list(&["甲办公室", "乙办公室"]),
            date: Date { year: 2025, month: 3, day: 27 },
            ..Masthead::default()
        },
        colophon: Colophon {
            send: list(&["主要领导", "委员"]),
            editors: list(&["王文怡", "刘德富"]),
            registration: Some("（GS）简字001号".to_owned()),
            copies: Some(60),
            ..Colophon::default()
        },
        sections: [("d", "动态", true), ("j", "简讯", false)]
            .map(|(id, name, listed)| SectionPlan {
                id: id.to_owned(),
                name: name.to_owned(),
                in_contents: listed,
                bulleted: !listed,
            })
            .to_vec(),
        join_paragraphs: true,
        most_items: 0,
    };
    let full_line = "字".repeat(26);
    let items = vec![
        item("a#1", "d", Some("启动“四精街区”"), "一是<快>&好。", "区城管委"),
        item("a#2", "d", Some("乙"), &full_line, "区残联"),
        item("b#1", "j", None, "近日\u{B}公布。", "区统计局"),
    ];
    assemble(items, &plan, &Pictures::default()).value
}

fn part(style: &Style, name: &str) -> String {
    let parts = render_parts(&issue(), style, &Pictures::default()).expect("the issue is legal");
    parts.into_iter().find(|(part, _)| part == name).expect("the part is there").1
}

/// The paragraphs of the document as `style: text`, with a bar for a tab.
fn paragraphs(style: &Style) -> Vec<String> {
    let document = part(style, "word/document.xml");
    let mut all = Vec::new();
    for paragraph in document.split("<w:p>").skip(1) {
        let mut text = String::new();
        for line in paragraph.lines().map(str::trim) {
            if let Some(rest) = line.strip_prefix("<w:pStyle w:val=\"") {
                text.push_str(rest.trim_end_matches("\"/>"));
                text.push_str(": ");
            } else if let Some(rest) = line.strip_prefix("<w:t xml:space=\"preserve\">") {
                text.push_str(rest.trim_end_matches("</w:t>"));
            } else if line == "<w:tab/>" {
                text.push('|');
            }
        }
        all.push(text);
    }
    all
}

#[test]
fn the_text_is_masthead_contents_sections_colophon() {
    let full_line = "字".repeat(26);
    assert_eq!(
        paragraphs(&Style::default()),
        [
            "MastheadName: 姑苏信息",
            "MastheadEdition: （动态·摘报）",
            "MastheadNumber: 第12期（2025年总35期）",
            "MastheadOffice: 甲办公室",
            "MastheadDate: 乙办公室|2025年3月27日",
            "ContentsLabel: 本期目录：",
            "ContentsSection: 【动态】",
            "ContentsEntry: 1. 启动“四精街区”",
            "ContentsLast: 2. 乙",
            "SectionHead: 【动态】",
            "ItemFirst: 启动“四精街区”。一是&lt;快&gt;&amp;好。|（区城管委）",
            &format!("ItemFirst: 乙。{full_line}"),
            "Attribution: （区残联）",
            "SectionHead: 【简讯】",
            "BriefItem: • 近日公布。|（区统计局）",
            "ColophonOuterRule: ",
            "ColophonList: 送：主要领导，委员",
            "ColophonInnerRule: ",
            "ColophonEditors: 责任编辑：王文怡、刘德富",
            "Colophon: （GS）简字001号|共印60份",
            "ColophonOuterRule: ",
            "ColophonAnchor: ",
        ]
    );
}

#[test]
fn a_title_can_have_its_own_line() {
    let paragraphs = paragraphs(&Style { titles: Titles::OwnLine, ..Style::default() });
    let at = paragraphs.iter().position(|p| p == "ItemTitle: 启动“四精街区”").unwrap();
    assert_eq!(paragraphs[at + 1], "ItemBody: 一是&lt;快&gt;&amp;好。|（区城管委）");
}

#[test]
fn every_item_has_a_bookmark_and_every_bookmark_an_end() {
    let document = part(&Style::default(), "word/document.xml");
    for (id, name) in [(0, "item_a_1"), (1, "item_a_2"), (2, "item_b_1")] {
        assert!(document.contains(&format!(r#"<w:bookmarkStart w:id="{id}" w:name="{name}"/>"#)));
        assert!(document.contains(&format!(r#"<w:bookmarkEnd w:id="{id}"/>"#)));
    }
}

#[test]
fn formatting_is_in_named_styles_only() {
    let document = part(&Style::default(), "word/document.xml");
    for direct in ["<w:rFonts", "<w:sz", "<w:jc", "<w:ind", "<w:spacing", "<w:b/>", "w14:paraId"] {
        assert!(!document.contains(direct), "{direct}");
    }
}

#[test]
fn the_sheet_has_one_default_and_indents_in_characters() {
    let styles = part(&Style::default(), "word/styles.xml");
    assert_eq!(styles.matches(r#"w:styleId="Normal""#).count(), 1);
    assert_eq!(styles.matches(r#"w:default="1""#).count(), 1);
    for wanted in [r#"w:firstLineChars="200""#, r#"w:eastAsia="zh-CN""#, r#"<w:overflowPunct w:val="0"/>"#] {
        assert!(styles.contains(wanted), "{wanted}");
    }
    assert!(!styles.contains("Theme="));
}

#[test]
fn an_empty_line_is_below_the_contents_only() {
    let mut twice = issue();
    let second = twice.sections[0].clone();
    twice.sections.push(second);
    for (number, entry) in (1..).zip(twice.sections.iter_mut().flat_map(|section| &mut section.entries)) {
        entry.number = Some(number);
    }
    let parts = render_parts(&twice, &Style::default(), &Pictures::default()).unwrap();
    let document = &parts.iter().find(|(name, _)| name == "word/document.xml").unwrap().1;
    assert_eq!(document.matches("\"ContentsEntry\"").count(), 3);
    assert_eq!(document.matches("\"ContentsLast\"").count(), 1);
    let styles = part(&Style::default(), "word/styles.xml");
    let last = styles.split("w:styleId=\"ContentsLast\"").nth(1).unwrap();
    assert!(last.split("</w:style>").next().unwrap().contains("w:after=\"579\""));
}

#[test]
fn further_editors_stand_behind_the_colon() {
    let styles = part(&Style::default(), "word/styles.xml");
    let editors = styles.split("w:styleId=\"ColophonEditors\"").nth(1).unwrap();
    assert!(editors.split("</w:style>").next().unwrap().contains("w:hangingChars=\"500\""));
}

#[test]
fn the_line_of_a_page_number_is_low() {
    let styles = part(&Style::default(), "word/styles.xml");
    let footer = styles.split("w:styleId=\"Footer\"").nth(1).unwrap();
    assert!(footer.split("</w:style>").next().unwrap().contains("w:line=\"360\""));
}

#[test]
fn page_numbers_are_a_field_between_dashes() {
    let footer = part(&Style::default(), "word/footer1.xml");
    assert!(footer.contains("— ") && footer.contains(" —") && footer.contains("PAGE"));
    assert!(part(&Style::default(), "word/settings.xml").contains("<w:evenAndOddHeaders/>"));
}

#[test]
fn title_and_date_are_in_the_properties() {
    let core = part(&Style::default(), "docProps/core.xml");
    assert!(core.contains("<dc:title>姑苏信息第12期（2025年总35期）</dc:title>"));
    assert!(core.contains("2025-03-27T00:00:00Z"));
}

#[test]
fn the_same_issue_gives_the_same_bytes() {
    let style = Style::default();
    let first = render(&issue(), &style, &Pictures::default()).unwrap();
    let other = std::thread::spawn(|| render(&issue(), &Style::default(), &Pictures::default()).unwrap());
    assert_eq!(first, render(&issue(), &style, &Pictures::default()).unwrap());
    assert_eq!(first, other.join().unwrap());
}

#[test]
fn no_text_makes_an_illegal_document() {
    let nasty = "\0\u{1B}\u{FFFE}😀\u{202E}]]>&amp;<w:p>\"'\r\n\t\u{FEFF}\u{10FFFF}";
    let mut issue = issue();
    issue.masthead.name = nasty.to_owned();
    issue.masthead.offices = list(&[nasty]);
    issue.colophon.registration = Some(nasty.to_owned());
    for entry in issue.sections.iter_mut().flat_map(|section| &mut section.entries) {
        entry.item.id = nasty.to_owned();
        entry.item.title = Some(nasty.repeat(30));
        entry.item.lead = Some(nasty.to_owned());
        entry.item.paragraphs[0].text = nasty.to_owned();
        entry.item.tables = vec![table(&[&[nasty, nasty], &[nasty]])];
    }
    let mut style = Style::default();
    style.faces.body = nasty.to_owned();
    for (name, xml) in render_parts(&issue, &style, &Pictures::default()).unwrap() {
        let mut reader = quick_xml::Reader::from_str(&xml);
        while !matches!(reader.read_event().unwrap(), quick_xml::events::Event::Eof) {}
        assert!(!xml.contains(['\0', '\u{1B}', '\u{FFFE}']), "{name}");
    }
}

/// The document of an issue whose first item has these tables, without its line breaks.
fn with_tables(tables: Vec<Table>) -> String {
    let mut issue = issue();
    issue.sections[0].entries[0].item.tables = tables;
    let parts = render_parts(&issue, &Style::default(), &Pictures::default()).expect("the issue is legal");
    let document = parts.into_iter().find(|(part, _)| part == "word/document.xml").expect("the part").1;
    document.lines().map(str::trim).collect()
}

fn table(rows: &[&[&str]]) -> Table {
    Table { rows: rows.iter().map(|row| list(row)).collect() }
}

/// What stands between the first `start` and the `end` behind it.
fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let (_, rest) = text.split_once(start).unwrap_or_else(|| panic!("{start}"));
    rest.split_once(end).unwrap_or_else(|| panic!("{end}")).0
}

#[test]
fn a_table_stands_behind_its_item_as_wide_as_the_type_area() {
    let document = with_tables(vec![table(&[&["单位", "数量"], &["区城管委"]]), table(&[&["一"]])]);
    let place = |text: &str| document.find(text).unwrap_or_else(|| panic!("{text}"));
    assert!(place("（区城管委）") < place("<w:tbl>") && place("</w:tbl>") < place("（区残联）"));
    let first = between(&document, "<w:tbl>", "</w:tbl>");
    assert!(first.starts_with(concat!(
        r#"<w:tblPr><w:tblStyle w:val="ItemTable"/><w:tblW w:w="8844" w:type="dxa"/>"#,
        r#"<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>"#
    )));
    let grid = between(first, "<w:tblGrid>", "</w:tblGrid>");
    let widths: Vec<u32> = grid.split('"').filter_map(|value| value.parse().ok()).collect();
    assert_eq!((widths.len(), widths.iter().sum::<u32>()), (2, 8844));
    // A short row is filled up, and only the first one is a head.
    assert_eq!(first.matches("<w:tc>").count(), 4);
    assert_eq!(first.matches("<w:tblHeader/>").count(), 1);
    assert_eq!(first.matches("<w:cantSplit/>").count(), 2);
    assert_eq!(first.matches(r#"<w:pStyle w:val="TableHead"/>"#).count(), 2);
    assert_eq!(first.matches(r#"<w:pStyle w:val="TableText"/>"#).count(), 2);
    // Without a paragraph between them Word makes one table of two; the item ends behind both.
    assert!(document.contains(r#"</w:tbl><w:p><w:pPr><w:pStyle w:val="TableEnd"/></w:pPr></w:p><w:tbl>"#));
    assert!(document.contains(
        r#"</w:tbl><w:p><w:pPr><w:pStyle w:val="TableEnd"/></w:pPr><w:bookmarkEnd w:id="0"/></w:p>"#
    ));
}

#[test]
fn long_cells_stand_at_the_left_and_a_row_alone_is_no_head() {
    let document = with_tables(vec![table(&[&["一", &"字".repeat(60)]])]);
    let only = between(&document, "<w:tbl>", "</w:tbl>");
    assert!(!only.contains("tblHeader"));
    assert!(only.contains(r#"<w:pStyle w:val="TableText"/>"#));
    assert!(only.contains(r#"<w:pStyle w:val="TableLongText"/>"#));
    // What is higher than half a page may break.
    let document = with_tables(vec![table(&[&["一", "二"], &["三", &"字".repeat(2000)]])]);
    assert_eq!(document.matches("<w:cantSplit/>").count(), 1);
}

#[test]
fn the_look_of_a_table_is_in_its_styles() {
    let styles: String = part(&Style::default(), "word/styles.xml").lines().map(str::trim).collect();
    let table = between(&styles, r#"w:styleId="ItemTable""#, "</w:style>");
    assert!(table.contains(r#"<w:name w:val="简报表格"/>"#));
    assert!(table.contains(r#"<w:tblPr><w:jc w:val="center"/><w:tblBorders><w:top w:val="single" w:sz="4""#));
    assert!(!table.contains("tblW"));
    let text = between(&styles, r#"w:styleId="TableText""#, "</w:style>");
    assert!(text.contains(r#"<w:name w:val="表格文字"/>"#));
    assert!(text.contains(r#"<w:spacing w:line="240" w:lineRule="auto"/>"#));
    let head = between(&styles, r#"w:styleId="TableHead""#, "</w:style>");
    assert!(head.contains(r#"<w:name w:val="表格标题"/>"#) && head.contains("黑体"));
}

#[test]
fn an_issue_without_anything_is_a_document() {
    assert!(render(&Issue::default(), &Style::default(), &Pictures::default()).is_ok());
}
