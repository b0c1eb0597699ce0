//! What a browser or Word shows of a page is what is read: one case a rule.
#![allow(missing_docs, clippy::unwrap_used, unreachable_pub, dead_code)]

mod support;
use jianbao_model::BlockKind;
use support::shown;

/// Reads the inside of a body; indents of the expectation are only for the eye.
#[track_caller]
fn check(body: &str, expected: &str) {
    check_page(&format!("<html><head><meta charset=utf-8></head><body>{body}</body></html>"), expected);
}

#[track_caller]
fn check_page(page: &str, expected: &str) {
    let expected: Vec<&str> = expected.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    assert_eq!(shown(page.as_bytes(), "x.html"), expected.join("\n"));
}

#[test]
fn blocks_are_paragraphs() {
    check(
        "<div>甲<p>乙</p>丙</div><h2>题</h2><blockquote>引</blockquote><dl><dt>名<dd>解</dl>",
        "甲\n乙\n丙\n*题\n引\n名\n解",
    );
    check("<p>甲<br>乙<br></p><p>&nbsp;</p><p><br></p><pre>一\n二  2</pre>", "甲⏎乙\n一\n二  2");
    check(
        "<span style='display:block'>甲</span><span>乙</span><div style='display:inline'>丙</div>",
        "甲\n乙丙",
    );
    check("甲<hr>乙<center>丙</center>", "甲\n乙\n丙");
}

#[test]
fn blanks_collapse() {
    check("<p>\n  甲 \n 乙  a\n  b <b> c</b>&nbsp; d\u{3000}e\n</p>", "甲 乙 a b c\u{a0} d\u{3000}e");
    check("<p style='white-space:pre-wrap'>甲  乙\n丙</p>", "甲  乙⏎丙");
    check(
        "<p><span style='mso-tab-count:1'>&nbsp;&nbsp; </span>甲<span style='mso-spacerun:yes'>&nbsp; </span>乙</p>",
        "⇥甲  乙",
    );
}

#[test]
fn lists() {
    check("<ol><li>甲<li>乙<ul><li>丙</ul><li value=5>丁</ol>", "[1.] 甲\n[2.] 乙\n[•] 丙\n[5.] 丁");
    check("<ol type=A start=3><li><p>甲</p><p>乙</p></li></ol>", "[C.] 甲\n乙");
    check("<ol style='list-style-type:cjk-ideographic'><li>甲<li>乙</ol>", "[一、] 甲\n[二、] 乙");
    check(
        "<ol reversed type=i><li>甲<li>乙</ol><ul style='list-style:none inside'><li>丙</ul>",
        "[ii.] 甲\n[i.] 乙\n丙",
    );
    check("<style>.c{list-style-type:simp-chinese-formal}</style><ol class=c><li>甲</ol>", "[壹、] 甲");
}

#[test]
fn looks() {
    check(
        "<p><b>题</b></p><p><span style='font-weight:700'>题</span></p><p><b>题</b>文</p>",
        "*题\n*题\n题文",
    );
    check(
        "<style>p.T, .U {font-weight:bold} span.N{font-weight:normal}</style><p class=T>甲<p class=u>乙<p class=T><span class=N>丙</span>",
        "*甲\n*乙\n丙",
    );
}

#[test]
fn tables() {
    check(
        "<table><tr><th colspan=2>头</th></tr><tr><td rowspan=2>左<td>右</tr><tr><td>下</tr></table>",
        "| 头 |\n| 左 | 右\n|  | 下",
    );
    check("<table><tr><td>甲<br>乙<td><table><tr><td>丙<td>丁</table></table>", "| 甲⏎乙 | 丙\t丁");
    check("<table><tfoot><tr><td>尾<td>1</tfoot><tr><td>甲<td>2</table>", "| 甲 | 2\n| 尾 | 1");
    check(
        "<table><tr><td>甲<td>乙<tr style='display:none'><td>丙<td>丁</table>",
        "| 甲 | 乙\n- hidden: 丙\n- hidden: 丁",
    );
}

#[test]
fn layout_tables() {
    let long = "本区各街道认真组织开展冬春火灾防控工作，全面排查整治各类安全隐患，取得了明显成效。";
    check("<table border=1><tr><td><p>甲<p>乙</table>", "甲\n乙");
    check(&format!("<table><tr><td>题<td></tr><tr><td><td>{long}</table>"), &format!("题\n{long}"));
    let page = |border: &str| {
        format!("<table {border}><tr><td>导航<td>日期</tr><tr><td>左<td><p>{long}<p>{long}</td></tr></table>")
    };
    check(&page("border=0"), &format!("导航\n日期\n左\n{long}\n{long}"));
    check(&page("border=1"), &format!("| 导航 | 日期\n| 左 | {long}⏎{long}"));
}

#[test]
fn what_is_not_shown() {
    check(
        "<p>甲<del>旧</del><ins>新</ins><s>划</s><s class=msoDel>删</s></p>",
        "甲新划\n- deleted: 旧\n- deleted: 删",
    );
    check("<p>甲<span style='display:none;mso-hide:all'>乙</span><b hidden>丙</b>", "甲\n- hidden: 乙丙");
    check(
        "<style>.x{display:none}</style><p>甲</p><div class=x><p>乙</p><p>丙</p></div>",
        "甲\n- hidden: 乙\n- hidden: 丙",
    );
    check(
        "<p style='visibility:hidden'>甲<span style='visibility:visible'>乙</span></p>",
        "乙\n- hidden: 甲",
    );
    check("<title>题</title><script>a</script><!-- 注 --><p>甲<template>乙</template></p>", "甲");
    check("<ruby>甪<rp>(</rp><rt>lù</rt><rp>)</rp></ruby>", "甪(lù)");
}

#[test]
fn forms() {
    check(
        "<p>单位：<input value=残联> <input type=checkbox checked>是<input type=checkbox>否",
        "单位：残联 ☑是☐否",
    );
    check(
        "<select><option>甲<option selected>乙</select><input type=submit value=报>",
        "乙\n- hidden: 甲\n! not-text control",
    );
}

#[test]
fn pictures() {
    check("<p>甲<img src='a.files/image001.png'>乙</p>", "甲乙\n<a.files/image001.png 0>");
    check("<p>甲<img src='data:image/png;base64,AAEC'>", "甲\n<image1.png 3>");
    check("<p>甲<img src='http://x/y.png'>", "甲\n! external-reference image http://x/y.png");
    check_page("<html><link rel=stylesheet href=a.css><p>甲", "甲\n! external-reference stylesheet a.css");
}

#[test]
fn words_automatic_numbers() {
    let padding = "<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp; </span>";
    check(
        &format!(
            "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span lang=EN-US><span style='mso-list:Ignore'>一、{padding}</span></span><![endif]><span>落实</span></p>"
        ),
        "[一、] 落实",
    );
    check(
        &format!("<p class=MsoListParagraph><span>一、{padding}</span><span>落实</span></p>"),
        "[一、] 落实",
    );
    check(&format!("<p><span style='font-family:Wingdings'>l{padding}</span>落实</p>"), "[●] 落实");
}

#[test]
fn words_comments() {
    check(
        "<p class=MsoNormal><a style='mso-comment-reference:A_1;mso-comment-date:20250320T1012'>数据</a><span class=MsoCommentReference><span style='font-size:8.0pt'><![if !supportAnnotations]><a class=msocomanchor id=\"_anchor_1\" href=\"#_msocom_1\">[A1]</a><![endif]><span style='mso-special-character:comment'>&nbsp;</span></span></span>准确</p>\
         <div style='mso-element:comment-list'><div style='mso-element:comment'><p class=MsoCommentText>请核</p></div></div>",
        "数据准确\n- comment: [A1]\n- comment: 请核",
    );
}

#[test]
fn words_fields() {
    let mark = |kind: &str| format!("<span style='mso-element:field-{kind}'></span>");
    let field =
        [mark("begin").as_str(), "<span> DATE \\@ yyyy</span>", &mark("separator"), "2025年", &mark("end")]
            .concat();
    check(&format!("<p>{field}报</p>"), "2025年报\n- field-code: DATE \\@ yyyy");
    check(
        &format!(
            "<p><!--[if supportFields]>{}<span>PAGE</span>{}<![endif]-->3<!--[if supportFields]>{}<![endif]-->报</p>",
            mark("begin"),
            mark("separator"),
            mark("end")
        ),
        "3报",
    );
}

#[test]
fn words_margins_and_notes() {
    check(
        "<p>甲<a style='mso-footnote-id:ftn1' href='#_ftn1'><span class=MsoFootnoteReference><span style='mso-special-character:footnote'>[1]</span></span></a></p>\
         <div style='mso-element:footnote-list'><div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a><span class=MsoFootnoteReference>[1]</span></a> 注</p></div></div>\
         <div style='mso-element:header'><p>某局信息</p></div><div style='mso-element:first-footer'><p>— 1 —</p></div>",
        "甲¹\n¹ 注\n^ 某局信息\n- header: 某局信息\n- page-number: — 1 —",
    );
    check(
        "<div title=header><p>某局</p></div><p>甲</p><div title=footer><p>抄送</p></div>",
        "甲\n^ 某局\n^ 抄送\n- header: 某局\n- footer: 抄送",
    );
}

#[test]
fn page_breaks() {
    check("<p>甲</p><br clear=all style='page-break-before:always'><p>乙</p>", "甲\n----\n乙");
    check(
        "<p>甲<br style='mso-special-character:line-break;page-break-before:always'></p><p style='page-break-before:always'>乙",
        "甲\n----\n----\n乙",
    );
}

#[test]
fn encodings() {
    let gbk = |text: &str| encode(text);
    let page = [
        b"<html><meta http-equiv=Content-Type content=\"text/html; charset=gb2312\"><p>".as_slice(),
        &gbk("镕基同志"),
    ]
    .concat();
    assert_eq!(shown(&page, "x.html"), "镕基同志");
    let page = [b"<html><p>".as_slice(), &gbk("我区组织开展工作")].concat();
    assert_eq!(shown(&page, "x.html"), "我区组织开展工作");
    let page = [b"<html><meta charset=iso-8859-1><p>".as_slice(), &gbk("我区组织开展工作")].concat();
    assert_eq!(shown(&page, "x.html"), "我区组织开展工作");
    check_page("<html><meta charset=gb2312><p>我区组织开展工作", "我区组织开展工作");
    let utf16: Vec<u8> = "\u{feff}<html><p>甲乙丙".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(shown(&utf16, "x.html"), "甲乙丙");
}

fn encode(text: &str) -> Vec<u8> {
    encoding_rs::GB18030.encode(text).0.into_owned()
}

#[test]
fn names_and_broken_pages() {
    assert_eq!(shown(b"<html><body>a</body></html>", "x.doc"), "a\n! wrong-extension html doc");
    assert_eq!(shown(b"<html><body> </body><title>a</title></html>", "x.html"), "error no-text: no text");
    check("<p>甲</b></i><td>乙<table>丙<tr><td>丁", "甲乙\n丙\n丁".replace("甲乙\n丙", "甲乙丙").as_str());
}

#[test]
fn bombs() {
    let page = "<html>".to_owned() + &"<div>".repeat(100_000) + "甲";
    assert_eq!(shown(page.as_bytes(), "x.html"), "error limit-exceeded: more than 256 depth");
    let names = (0..200_000).map(|number| format!("a{number} "));
    let page = format!("<html><p {}>甲", names.collect::<String>());
    assert_eq!(shown(page.as_bytes(), "x.html"), "error limit-exceeded: more than 10000 attributes");
    let page = format!("<html><table><tr>{}", "<td rowspan=0>甲".repeat(3000)) + &"<tr>".repeat(3000);
    assert_eq!(shown(page.as_bytes(), "x.html"), "error limit-exceeded: more than 200000 paragraphs");
}

#[test]
fn markdown() {
    let check = |text: &str, expected: &str| assert_eq!(shown(text.as_bytes(), "x.md"), expected);
    check("# 题\n\n甲**乙**\n丙\n\n1. 一\n2. 二\n   - 三\n", "*题\n甲乙丙\n[1.] 一\n[2.] 二\n[•] 三");
    check("| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n", "| 甲 | 乙\n| 1 | 2");
    check(
        "---\na: b\n---\n甲~~乙~~<del>丙</del><br>[链](http://x)<!-- 注 -->`码`\n",
        "甲乙⏎链码\n- hidden: a: b\n- deleted: 丙",
    );
    check(
        "- [x] 甲\n- [ ] 乙\n\n```\n一\n二\n```\n丙[^1]\n\n[^1]: 注\n",
        "[•] ☑ 甲\n[•] ☐ 乙\n一\n二\n丙¹\n注\n- item-marker: 1",
    );
    assert_eq!(shown("# 题".as_bytes(), "x.txt"), "# 题");
}

#[test]
fn words_symbols() {
    check("<p>甲\u{E123}</p>", "甲\u{E123}\n! unknown-symbol U+E123");
    let bullet = "<![if !supportLists]><span style='font-family:Symbol;mso-fareast-font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt \"Times New Roman\"'>&nbsp; </span></span></span><![endif]>";
    check(
        &format!(
            "<p style='mso-list:l0 level1 lfo1'>{bullet}<span style='font-family:Wingdings;mso-ascii-font-family:宋体;mso-char-type:symbol;mso-symbol-font-family:Wingdings'>ü</span>办结</p>"
        ),
        "[•] ✓办结",
    );
}

#[test]
fn broken_pages_end_in_a_document_or_an_error() {
    let page = encode(include_str!("pages/word.htm"));
    for cut in (0..page.len()).step_by(101) {
        shown(&page[..cut], "x.htm");
        shown(&[&page[cut..], &page[..cut]].concat(), "x.htm");
    }
}

/// What is shown and what is dropped of a page.
fn all_text(page: &str) -> String {
    let read = jianbao_read::read(page.as_bytes(), "x.html", &jianbao_read::Limits::default()).unwrap().value;
    let blocks = read.blocks.iter().map(|block| match &block.kind {
        BlockKind::Paragraph(paragraph) => paragraph.shown(),
        BlockKind::Table(table) => table.text(),
        BlockKind::Image(_) | BlockKind::PageBreak => String::new(),
    });
    let dropped = read.dropped.iter().map(|piece| piece.text.clone());
    blocks.chain(dropped).collect::<Vec<_>>().join("\n")
}

/// Invariant 1 over pages put together by chance: each character is shown or dropped, once.
#[test]
fn nothing_vanishes() {
    let tags = [
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<b>",
        "</b>",
        "<span style='display:none'>",
        "</span>",
        "<del>",
        "</del>",
        "<table>",
        "<tr>",
        "<td>",
        "<td colspan=2 rowspan=2>",
        "<tfoot>",
        "<caption>",
        "</table>",
        "<ol>",
        "<li>",
        "</ol>",
        "<pre>\n",
        "</pre>",
        "<br>",
        "<h1>",
        "</h1>",
        "<span style='mso-list:Ignore'>",
        "<div style='mso-element:header'>",
        "<span style='mso-element:field-begin'></span>",
        "<span style='mso-element:field-separator'></span>",
        "<span style='mso-element:field-end'></span>",
        "<p class=MsoCommentText>",
        "<ruby>",
        "<rt>",
        "</ruby>",
        "<select>",
        "<option>",
        "</select>",
        "<textarea>",
        "</textarea>",
        "<p style='visibility:hidden'>",
        "<a>",
        "</a>",
        "<span style='font:7.0pt \"Times New Roman\"'>&nbsp; </span>",
        "<center>",
        "<svg>",
        "</svg>",
        "<object>",
        "</object>",
        "<p style='page-break-before:always'>",
        "<!--[if gte vml 1]><v:textbox><p>框</v:textbox><![endif]-->",
        "<q>",
    ];
    let mut seed = 7_u32;
    for round in 0..600 {
        let (mut page, mut written) = ("<html><body><p>甲</p>".to_owned(), Vec::new());
        for number in 0..60 {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            page += tags[(seed >> 16) as usize % tags.len()];
            let character = char::from_u32(0x4E00 + number).unwrap();
            written.push(character);
            page.push(character);
        }
        let shown = all_text(&page);
        let found = |character: &char| shown.chars().filter(|found| found == character).count();
        let wrong: String = written.iter().filter(|character| found(character) != 1).collect();
        assert!(wrong.is_empty(), "round {round}: {wrong}\n{page}\n{shown}");
    }
}

#[test]
fn words_text_boxes() {
    check(
        "<p class=MsoNormal><!--[if gte vml 1]><v:shape id=\"_x1\"><v:textbox style='mso-next-textbox:#_x2'><![if !mso]><table><tr><td><![endif]><div><p class=MsoNormal>框<del>旧</del></p></div><![if !mso]></td></tr></table><![endif]></v:textbox></v:shape><![endif]-->主</p>",
        "主\n框\n- deleted: 旧",
    );
}

fn mail(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut file = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"----=_X\"; type=\"text/html\"\r\n\r\nThis is a multi-part message.\r\n".to_owned();
    for (head, body) in parts {
        file += &format!("\r\n------=_X\r\n{}\r\n\r\n{body}\r\n", head.replace('\n', "\r\n"));
    }
    (file + "------=_X--\r\n").into_bytes()
}

#[test]
fn mime_html() {
    let page = "Content-Location: file:///C:/1/a.htm\nContent-Transfer-Encoding: quoted-printable\nContent-Type: text/html; charset=\"utf-8\"";
    let header = "Content-Location: file:///C:/1/a.files/header.htm\nContent-Transfer-Encoding: quoted-printable\nContent-Type: text/html; charset=\"utf-8\"";
    let picture = "Content-Location: file:///C:/1/a.files/image001.png\nContent-Transfer-Encoding: base64\nContent-Type: image/png";
    let file = mail(&[
        (
            page,
            "<html><body><p>=E7=94=B2<img src=3D\"a.files/image001.png\"><img src=3Dcid:x@y></p>=\r\n</body></html>",
        ),
        (picture, "AAEC"),
        ("Content-ID: <x@y>\nContent-Transfer-Encoding: base64\nContent-Type: image/gif", "AAECAw=="),
        (
            header,
            "<div style=3D'mso-element:header'><p>=E6=9F=90=E5=B1=80</p></div><div style=3D'mso-element:footer'><p>=E6=8A=84</p><p>- 1 -</p></div>",
        ),
        ("Content-Location: file:///C:/1/a.files/filelist.xml\nContent-Type: text/xml", "<xml/>"),
        ("Content-Location: file:///C:/1/b.htm\nContent-Type: text/html", "<p>b"),
    ]);
    assert_eq!(
        shown(&file, "x.doc"),
        "甲\n<image001.png 3>\n<x@y 4>\n^ 某局\n^ 抄\n- header: 某局\n- footer: 抄\n- page-number: - 1 -\n! wrong-extension mhtml doc\n! part-missing file:///C:/1/b.htm"
    );
    let file = mail(&[
        (
            "Content-Location: http://oa/a.htm\nContent-Type: text/html",
            "<frameset><frame src=b.htm><frame src='cid:c@d'>",
        ),
        ("Content-Location: http://oa/b.htm\nContent-Type: text/html", "<p>乙"),
        ("Content-ID: <c@d>\nContent-Type: text/html", "<p>丙"),
    ]);
    assert_eq!(shown(&file, "x.mht"), "乙\n丙");
    assert_eq!(
        shown(b"MIME-Version: 1.0\nContent-Type: text/plain\n\na", "x.mht"),
        "error damaged: damaged: mime-root"
    );
}

/// Pages as Word writes them, in its usual encoding.
#[track_caller]
fn check_word(page: &str, expected: &str) {
    let expected: Vec<&str> = expected.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let shown = shown(&encode(page), "x.htm");
    assert_eq!(shown, expected.join("\n"));
}

#[test]
fn a_page_by_word() {
    check_word(
        include_str!("pages/word.htm"),
        "区残联四项发力提高⏎办事能力
         *（2025年3月19日）
         [一、] 在“图”上发力，梳理省市政策16项。
         [二、] 在“跑”上发力⇥8个街道。
         |  科室 | 电话
         |  | 0512
         （区残联）
         ----
         附件
         - deleted: 国家
         - comment: [李1]
         - hidden: （内部口径）
         - comment: [李1]请数据科再核",
    );
}

#[test]
fn a_filtered_page_by_word() {
    check_word(
        include_str!("pages/word-filtered.htm"),
        "*区残联四项发力
         [一、] 在“图”上发力¹。
         [●] 在“跑”上发力 市政府网站。
         ¹ 指区残联",
    );
}
