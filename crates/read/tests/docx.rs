//! What Word shows is what is read: one case a rule.
#![allow(missing_docs, clippy::unwrap_used, unreachable_pub)]

mod support;
use support::check;

/// A paragraph of one run.
fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

#[test]
fn text_and_entities() {
    check(&p("甲&amp;乙&#x4E19;"), &[], "甲&乙丙");
    check(
        "<w:p><w:r><w:t> 甲 </w:t><w:tab/><w:t xml:space=\"preserve\"> 乙</w:t><w:br/><w:noBreakHyphen/></w:r></w:p>",
        &[],
        "甲⇥ 乙⏎\u{2011}",
    );
}

#[test]
fn revisions() {
    check(
        "<w:p><w:ins><w:r><w:t>新</w:t></w:r></w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>走</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>来</w:t></w:r></w:moveTo></w:p>",
        &[],
        "新来\n- deleted: 旧\n- moved: 走",
    );
    let first = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>";
    check(&(first.to_owned() + &p("乙") + &p("丙")), &[], "甲乙\n丙");
}

#[test]
fn hidden_text() {
    let styles = "<w:style w:type=\"character\" w:styleId=\"H\"><w:rPr><w:vanish/></w:rPr></w:style>";
    check(
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>甲</w:t></w:r><w:r><w:t>乙</w:t></w:r><w:r><w:rPr><w:rStyle w:val=\"H\"/></w:rPr><w:t>丙</w:t></w:r><w:r><w:rPr><w:rStyle w:val=\"H\"/><w:vanish w:val=\"0\"/></w:rPr><w:t>丁</w:t></w:r></w:p>",
        &[("styles", "styles", styles)],
        "乙丁\n- hidden: 甲\n- hidden: 丙",
    );
}

#[test]
fn comments_and_notes() {
    check(
        "<w:p><w:r><w:t>甲</w:t><w:commentReference w:id=\"0\"/><w:footnoteReference w:id=\"2\"/></w:r></w:p>",
        &[
            ("comments", "comments", &format!("<w:comment w:id=\"0\">{}</w:comment>", p("请核"))),
            ("footnotes", "footnotes", &format!("<w:footnote w:id=\"2\">{}</w:footnote>", p("注"))),
        ],
        "甲¹\n[¹] 注\n- comment: 请核",
    );
}

#[test]
fn fields() {
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let code = |text: &str| format!("<w:r><w:instrText>{text}</w:instrText></w:r>");
    let text = "<w:r><w:t>3月</w:t></w:r>";
    let nested = [
        mark("begin"),
        code("IF "),
        mark("begin"),
        code("DATE"),
        mark("separate"),
        "<w:r><w:t>内</w:t></w:r>".into(),
        mark("end"),
        mark("separate"),
        text.into(),
        mark("end"),
    ]
    .concat();
    check(&format!("<w:p>{nested}</w:p>"), &[], "3月\n- field-code: IF DATE内");
    check(
        "<w:p><w:fldSimple w:instr=\"DATE\"><w:r><w:t>3月</w:t></w:r></w:fldSimple></w:p>",
        &[],
        "3月\n- field-code: DATE",
    );
    let circled = [mark("begin"), code("eq \\o\\ac(○,3)"), mark("end")].concat();
    check(&format!("<w:p>{circled}</w:p>"), &[], "③\n- field-code: eq \\o\\ac(○,3)");
}

#[test]
fn text_boxes_come_once_after_their_host() {
    let inside = format!("<w:txbxContent>{}</w:txbxContent>", p("框"));
    let alternate = |requires: &str| {
        format!(
            "<w:p><w:r><mc:AlternateContent><mc:Choice Requires=\"{requires}\">{inside}</mc:Choice><mc:Fallback>{inside}</mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>主</w:t></w:r></w:p>"
        )
    };
    for requires in ["wps", "new"] {
        check(&alternate(requires), &[], "主\n框\n- duplicate-fallback: 框");
    }
    check(
        "<w:p><w:r><w:t>主</w:t><w:pict><v:shape><v:textpath string=\"水印\"/></v:shape></w:pict></w:r></w:p>",
        &[],
        "主\n水印",
    );
}

#[test]
fn containers_are_transparent() {
    let run = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    check(
        &format!(
            "<w:sdt><w:sdtPr><w:t>X</w:t></w:sdtPr><w:sdtContent><w:p><w:hyperlink>{}</w:hyperlink><w:smartTag>{}</w:smartTag></w:p></w:sdtContent></w:sdt>",
            run("甲"),
            run("乙")
        ),
        &[],
        "甲乙",
    );
    check(
        &format!(
            "<w:p><w:ruby><w:rt>{}</w:rt><w:rubyBase>{}</w:rubyBase></w:ruby></w:p>",
            run("lù"),
            run("甪")
        ),
        &[],
        "甪(lù)",
    );
    check(
        "<w:p><w:r><w:sym w:font=\"Wingdings\" w:char=\"F0FC\"/><w:softHyphen/><w:t>办结</w:t></w:r></w:p>",
        &[],
        "✓办结",
    );
    check(
        &format!("<w:p><w:odd>{}</w:odd></w:p>", run("甲")),
        &[],
        "甲\n! unknown-element odd word/document.xml",
    );
}

#[test]
fn automatic_numbers() {
    let level = |at: u32, format: &str, text: &str, more: &str| {
        format!(
            "<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/>{more}</w:lvl>"
        )
    };
    let numbering = format!(
        "<w:abstractNum w:abstractNumId=\"0\">{}{}{}</w:abstractNum><w:abstractNum w:abstractNumId=\"1\">{}</w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num><w:num w:numId=\"2\"><w:abstractNumId w:val=\"0\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"1\"/></w:lvlOverride></w:num><w:num w:numId=\"3\"><w:abstractNumId w:val=\"1\"/></w:num>",
        level(0, "chineseCountingThousand", "%1、", "<w:pStyle w:val=\"L\"/>"),
        level(1, "chineseCounting", "（%2）", ""),
        level(2, "decimal", "%1.%3", "<w:isLgl/>"),
        level(0, "bullet", "\u{F0B7}", ""),
    );
    let styles = "<w:style w:type=\"paragraph\" w:styleId=\"L\"><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style><w:style w:type=\"paragraph\" w:styleId=\"M\"><w:basedOn w:val=\"L\"/></w:style>";
    let item = |list: u32, level: u32| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr><w:r><w:t>文</w:t></w:r></w:p>"
        )
    };
    let styled = |style: &str| {
        format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>文</w:t></w:r></w:p>")
    };
    let body = [
        item(1, 0),
        item(1, 1),
        item(1, 1),
        item(1, 0),
        item(1, 1),
        item(1, 2),
        styled("M"),
        item(2, 0),
        item(2, 0),
        item(3, 0),
    ]
    .concat();
    check(
        &body,
        &[("numbering", "numbering", &numbering), ("styles", "styles", styles)],
        "[一、] 文\n[（一）] 文\n[（二）] 文\n[二、] 文\n[（一）] 文\n[2.1] 文\n[三、] 文\n[一、] 文\n[二、] 文\n[•] 文",
    );
}

#[test]
fn styles_give_bold_through_their_ancestors() {
    let styles = "<w:style w:type=\"paragraph\" w:styleId=\"A\"><w:rPr><w:b/></w:rPr></w:style><w:style w:type=\"paragraph\" w:styleId=\"B\"><w:basedOn w:val=\"A\"/></w:style>";
    check(
        "<w:p><w:pPr><w:pStyle w:val=\"B\"/></w:pPr><w:r><w:t>题</w:t></w:r></w:p>",
        &[("styles", "styles", styles)],
        "*题",
    );
}

#[test]
fn tables() {
    let cell =
        |properties: &str, text: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p(text));
    let row = |cells: String| format!("<w:tr>{cells}</w:tr>");
    let head = row(cell("<w:gridSpan w:val=\"2\"/>", "头"));
    let top = row(cell("<w:vMerge w:val=\"restart\"/>", "左") + &cell("", "右"));
    let low = row(cell("<w:vMerge/>", "") + &cell("", "下"));
    check(
        &format!("<w:tbl>{head}{top}{low}</w:tbl>"),
        &[],
        "| 头 | \n| 左 | 右\n|  | 下".replace("| 头 | \n", "| 头 |\n").as_str(),
    );
}

#[test]
fn layout_tables_and_nested_tables() {
    let one = format!("<w:tbl><w:tr><w:tc>{}{}</w:tc></w:tr></w:tbl>", p("甲"), p("乙"));
    check(&one, &[], "甲\n乙");
    let inner = format!("<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>", p("丙"), p("丁"));
    check(
        &format!("<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{inner}</w:tc></w:tr></w:tbl>", p("甲")),
        &[],
        "| 甲 | 丙\t丁",
    );
    let gone = format!("<w:tr><w:trPr><w:del/></w:trPr><w:tc>{}</w:tc><w:tc/></w:tr>", p("废"));
    check(
        &format!("<w:tbl>{gone}<w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>", p("甲"), p("乙")),
        &[],
        "| 甲 | 乙\n- deleted: 废",
    );
}

#[test]
fn headers_and_footers() {
    let section =
        "<w:sectPr><w:headerReference r:id=\"header\"/><w:footerReference r:id=\"footer\"/></w:sectPr>";
    check(
        &(p("甲") + section),
        &[("header", "hdr", &p("某局信息")), ("footer", "ftr", &p("— 1 —"))],
        "甲\n^ 某局信息\n- header: 某局信息\n- page-number: — 1 —",
    );
}

#[test]
fn what_is_no_text_is_told() {
    check(
        &(p("甲") + "<w:altChunk r:id=\"x\"/><w:p><m:oMath><m:r><m:t>a</m:t></m:r></m:oMath></w:p>"),
        &[],
        "甲\na\n! not-text alt-chunk\n! not-text formula",
    );
    check("<w:p><w:r><w:t>甲</w:t><w:br w:type=\"page\"/></w:r></w:p>", &[], "甲\n----");
}

#[test]
fn fields_that_fetch_something_are_told() {
    check(
        "<w:p><w:fldSimple w:instr=\" INCLUDETEXT &quot;\\\\host\\a.doc&quot; \"><w:r><w:t>甲</w:t></w:r></w:fldSimple></w:p>",
        &[],
        "甲\n- field-code:  INCLUDETEXT \"\\\\host\\a.doc\"\n! external-reference INCLUDETEXT \"\\\\host\\a.doc\"",
    );
}

#[test]
fn macros_are_told_and_alone_are_no_text() {
    let macros: &[(&str, &str, &str)] = &[("vbaProject", "x", "")];
    check(&p("甲"), macros, "甲\n! macros");
    check("<w:p/>", macros, "error foreign-format: not a text document: macros");
}
