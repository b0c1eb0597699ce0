//! What stands in the file of an issue.

use jianbao_model::issue::{Colophon, Date, Masthead};
use jianbao_model::item::Paragraph;
use jianbao_model::{Attribution, Issue, Item};
use jianbao_publish::{IssuePlan, SectionPlan, Style, Titles, assemble, render, render_parts};

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
    };
    let full_line = "字".repeat(26);
    let items = vec![
        item("a#1", "d", Some("启动“四精街区”"), "一是<快>&好。", "区城管委"),
        item("a#2", "d", Some("乙"), &full_line, "区残联"),
        item("b#1", "j", None, "近日\u{B}公布。", "区统计局"),
    ];
    assemble(items, &plan).value
}

fn part(style: &Style, name: &str) -> String {
    let parts = render_parts(&issue(), style).expect("the issue is legal");
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
            "ItemBody: 启动“四精街区”。一是&lt;快&gt;&amp;好。|（区城管委）",
            &format!("ItemBody: 乙。{full_line}"),
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
    let parts = render_parts(&twice, &Style::default()).unwrap();
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
    let first = render(&issue(), &style).unwrap();
    let other = std::thread::spawn(|| render(&issue(), &Style::default()).unwrap());
    assert_eq!(first, render(&issue(), &style).unwrap());
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
    }
    let mut style = Style::default();
    style.faces.body = nasty.to_owned();
    for (name, xml) in render_parts(&issue, &style).unwrap() {
        let mut reader = quick_xml::Reader::from_str(&xml);
        while !matches!(reader.read_event().unwrap(), quick_xml::events::Event::Eof) {}
        assert!(!xml.contains(['\0', '\u{1B}', '\u{FFFE}']), "{name}");
    }
}

#[test]
fn an_issue_without_anything_is_a_document() {
    assert!(render(&Issue::default(), &Style::default()).is_ok());
}
