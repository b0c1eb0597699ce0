//! RTF as Word shows it.
#![allow(missing_docs, clippy::unwrap_used, unreachable_pub, dead_code)]

mod support;
use support::shown;

/// Reads a body in a Chinese document with three fonts and compares.
#[track_caller]
fn check(body: &str, expected: &str) {
    let head = "\\ansi\\ansicpg936\\deff0{\\fonttbl{\\f0\\fcharset134 \\'cb\\'ce\\'cc\\'e5;}{\\f1\\fcharset0 Arial;}\
        {\\f2\\fcharset2 Wingdings;}{\\f3\\fcharset136 PMingLiU;}}";
    check_file(format!("{{\\rtf1{head}{body}}}").as_bytes(), expected);
}

#[track_caller]
fn check_file(bytes: &[u8], expected: &str) {
    let expected: Vec<&str> = expected.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    assert_eq!(shown(bytes, "x.rtf"), expected.join("\n"));
}

#[test]
fn code_pages_by_font() {
    check("\\f0 \\'d6\\'d0\\'b9\\'fa\\par", "中国");
    check("\\f3 \\'a4\\'a4\\'b0\\'ea\\par", "中國");
    // A Western font with Chinese bytes, as many programs write it, and with Western ones.
    check("\\f1 \\'d6\\'d0\\par \\f1 caf\\'e9\\par", "中\ncafé");
    check("\\loch\\af1\\hich\\af1\\dbch\\af0 \\'d6\\'d0\\par", "中");
    check("{\\b \\'d6}{\\'d0}\\par", "中");
    check_file("{\\rtf1\\ansi\\ansicpg65001 中文\\par}".as_bytes(), "中文");
}

#[test]
fn unicode_with_what_stands_in_for_it() {
    check("\\uc1\\u20013?\\u22269\\'3f\\par", "中国");
    check("\\uc2\\u20013\\'d6\\'d0\\par", "中");
    check("\\uc0\\u20013\\u-10179?\\par", "中�?\n! bad-encoding 1 GBK");
    check("\\u-10174?\\u-8265?\\par", "𠮷");
    check("\\u20013{\\b x}\\par", "中x");
    check("\\u8212\\emdash a\\u20013\\par b\\par", "—a中\nb");
    check("{\\upr{\\'d6?}{\\*\\ud{\\u20013?\\u22269?}}}\\par", "中国");
}

#[test]
fn signs() {
    check("a\\~b\\_c\\-d\\emdash\\ldblquote e\\rdblquote\\tab f\\line g\\par", "a\u{A0}b‑cd—“e”⇥f⏎g");
    check("\\{\\}\\\\\\par", "{}\\");
    check("{\\f2\\'fc}\\par", "✓");
    check("a\\page b\\par", "ab\n----");
}

#[test]
fn numbers_are_counted() {
    let lists = "{\\*\\listtable{\\list{\\listlevel\\levelnfc37\\levelnfcn37\\levelstartat1{\\leveltext\\'02\\'00\\'a1\\'a2;}\
        {\\levelnumbers\\'01;}}{\\listlevel\\levelnfc37\\levelstartat1{\\leveltext\\'03\\'a3\\'a8\\'01\\'a3\\'a9;}}\\listid7}}\
        {\\*\\listoverridetable{\\listoverride\\listid7\\listoverridecount0\\ls1}\
        {\\listoverride\\listid7\\listoverridecount1{\\lfolevel\\listoverridestartat\\levelstartat5}\\ls2}}";
    check(
        &format!(
            "{lists}\\pard\\ls1 a\\par b\\par\\pard\\ls1\\ilvl1 c\\par\\pard\\ls1 d\\par\\pard\\ls1\\ilvl1 e\\par\
             \\pard\\ls2 f\\par"
        ),
        "[一、] a
         [二、] b
         [（一）] c
         [三、] d
         [（一）] e
         [五、] f",
    );
}

#[test]
fn a_number_that_the_file_keeps() {
    check("{\\listtext\\'d2\\'bb\\'a1\\'a2\\tab}\\pard\\ls9 a\\par", "[一、] a");
    let list = "{\\*\\listtable{\\list{\\listlevel\\levelnfc0\\levelstartat1{\\leveltext\\'02\\'00.;}}\\listid7}}\
        {\\*\\listoverridetable{\\listoverride\\listid7\\ls1}}";
    check(&format!("{list}{{\\listtext 1.\\tab}}\\ls1 a\\par"), "[1.] a");
    check(
        &format!("{list}{{\\listtext 4.\\tab}}\\ls1 a\\par"),
        "[1.] a\n- duplicate-fallback: 4.\n! number-differs 1. 4.",
    );
}

#[test]
fn revisions_and_hidden_text() {
    check("a{\\deleted b}{\\revised c}{\\v d}e\\par", "ace\n- deleted: b\n- hidden: d");
    check("a{\\deleted\\par}b\\par", "ab");
    check("{\\mvf a}b{\\mvt a}\\par", "ba\n- moved: a");
    check("a{\\deleted b{\\footnote\\pard\\plain c}}\\par", "a\n- deleted: bc");
}

#[test]
fn fields() {
    check("{\\field{\\*\\fldinst DATE}{\\fldrslt 2025\\'c4\\'ea}}\\par", "2025年\n- field-code: DATE");
    check(
        "{\\field{\\*\\fldinst IF {\\field{\\*\\fldinst PAGE}{\\fldrslt 3}} = 3}{\\fldrslt x}}\\par",
        "x\n- field-code: IF PAGE3 = 3",
    );
    check(
        "{\\field{\\*\\fldinst SYMBOL 252 \\\\f Wingdings}}\\par",
        "✓\n- field-code: SYMBOL 252 \\f Wingdings",
    );
    check("a{\\chdate}\\par", "a\n! not-text field");
}

#[test]
fn tables() {
    check(
        "\\trowd\\cellx100\\cellx200\\intbl a\\cell b\\cell\\row\\trowd\\cellx200\\intbl c\\cell\\row\\pard d\\par",
        "| a | b
         | c |
         d",
    );
    check(
        "\\trowd\\cellx100\\cellx200\\intbl a\\cell\\itap2 x\\nestcell{\\*\\nesttableprops\\trowd\\cellx50\\nestrow}\
         {\\nonesttables\\par}\\itap1 b\\cell\\row\\pard",
        "| a | x⏎b",
    );
    check(
        "\\trowd\\cellx100\\cellx200\\intbl a\\cell b\\cell\\row\
         {\\deleted\\trowd\\cellx100\\cellx200\\intbl c\\cell d\\cell\\row}\\pard",
        "| a | b\n- deleted: c\n- deleted: d",
    );
}

#[test]
fn text_boxes_notes_and_margins() {
    check(
        "a{\\shp{\\*\\shpinst{\\sp{\\sn shapeType}{\\sv 202}}{\\shptxt\\pard b\\par}}{\\shprslt{\\*\\do{\\dptxbxtext b\\par}}}}c\\par",
        "ac
         b
         - duplicate-fallback: b",
    );
    check("{\\shp{\\*\\shpinst{\\sp{\\sn gtextUNICODE}{\\sv \\u20013?}}}}\\par", "中");
    check("a{\\super\\chftn}{\\footnote\\pard\\plain{\\chftn} b}c\\par", "a¹c\n[¹] b");
    check("a{\\footnote\\ftnalt\\pard\\plain b}c\\par", "ac\nb");
    check(
        "{\\header\\pard x\\par}{\\footer\\pard\\emdash{\\field{\\*\\fldinst PAGE}{\\fldrslt 1}}\\emdash\\par}a\\par",
        "a\n^ x\n- header: x\n- page-number: —1—\n- field-code: PAGE",
    );
    check("a{\\*\\atnid X}{\\*\\atnauthor Y}\\chatn{\\*\\annotation\\pard b\\par}\\par", "a\n- comment: b\n");
}

#[test]
fn pictures_and_objects() {
    check(
        "a{\\*\\shppict{\\pict\\pngblip 89504e47}}{\\nonshppict{\\pict\\wmetafile8 00}}\\par",
        "a\n<picture1.png 4>",
    );
    check("a{\\pict\\jpegblip\\bin3 {}}}\\par", "a\n<picture1.jpeg 3>");
    check("{\\object\\objemb{\\*\\objdata 00ff}{\\result a}}\\par", "a\n! not-text object");
}

#[test]
fn what_is_not_known_is_listed() {
    check("{\\*\\future a{\\par b}}c\\par", "c\n! part-missing \\*\\future");
    check("{\\future a}\\par", "a");
    check("{\\*\\template http://x/y.dot}a\\par", "a\n! external-reference attachedTemplate http://x/y.dot");
}

#[test]
fn broken_files() {
    check_file(b"{\\rtf1 a\\par b", "a\nb\n! part-missing end-of-file");
    check_file(b"{\\rtf1 a}}}b", "a");
    check_file(b"{\\rtf1 \\bin9999999 a", "error no-text: no text");
    check_file(
        "{".repeat(100_000).replacen('{', "{\\rtf1", 1).as_bytes(),
        "error limit-exceeded: more than 256 depth",
    );
    let nested = format!("{{\\rtf1 {}}}", "\\intbl\\itap200 a\\nestcell".repeat(2));
    assert!(shown(nested.as_bytes(), "x.rtf").contains('a'));
    let deep = "{\\rtf1 \\itap2147483647 a\\nestcell}";
    check_file(deep.as_bytes(), "error limit-exceeded: more than 256 depth");
    let cells = format!("{{\\rtf1 \\trowd {}\\row}}", "\\cell".repeat(200_001));
    check_file(cells.as_bytes(), "error limit-exceeded: more than 200000 paragraphs");
}
