//! Word in one XML file: that of Word 2003, and packages as XML.
#![allow(missing_docs, clippy::unwrap_used, unreachable_pub, dead_code)]

mod support;
use support::{docx, shown};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><?mso-application progid=\"Word.Document\"?>\
    <w:wordDocument xmlns:w=\"http://schemas.microsoft.com/office/word/2003/wordml\" xmlns:wx=\"wx\" xmlns:aml=\"aml\" xmlns:v=\"v\">";

#[track_caller]
fn check(parts: &str, body: &str, expected: &str) {
    let file = format!("{HEAD}{parts}<w:body><wx:sect>{body}</wx:sect></w:body></w:wordDocument>");
    let expected: Vec<&str> = expected.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    assert_eq!(shown(file.as_bytes(), "x.xml"), expected.join("\n"));
}

fn p(properties: &str, inside: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>")
}

fn r(text: &str) -> String {
    format!("<w:r><w:t>{text}</w:t></w:r>")
}

#[test]
fn numbers_by_code() {
    let lists = "<w:lists><w:listDef w:listDefId=\"3\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:nfc w:val=\"37\"/>\
        <w:lvlText w:val=\"%1、\"/></w:lvl></w:listDef><w:list w:ilfo=\"1\"><w:ilst w:val=\"3\"/></w:list></w:lists>";
    let list = "<w:listPr><w:ilvl w:val=\"0\"/><w:ilfo w:val=\"1\"/><wx:t wx:val=\"一、\"/></w:listPr>";
    check(lists, &(p(list, &r("甲")) + &p(&list.replace("一、", "二、"), &r("乙"))), "[一、] 甲\n[二、] 乙");
    check("", &p(list, &r("甲")), "[一、] 甲");
}

#[test]
fn revisions_and_comments_are_annotations() {
    let deleted = "<aml:annotation w:type=\"Word.Deletion\"><aml:content><w:r><w:delText>乙</w:delText></w:r></aml:content></aml:annotation>";
    let inserted = format!(
        "<aml:annotation w:type=\"Word.Insertion\"><aml:content>{}</aml:content></aml:annotation>",
        r("丙")
    );
    let comment = "<aml:annotation w:type=\"Word.Comment\"><aml:content><w:p><w:r><w:t>请核</w:t></w:r></w:p></aml:content></aml:annotation>";
    check("", &p("", &(r("甲") + deleted + &inserted + comment)), "甲丙\n- deleted: 乙\n- comment: 请核");
    let mark = "<w:rPr><aml:annotation w:type=\"Word.Deletion\"/></w:rPr>";
    check("", &(p(mark, &r("甲")) + &p("", &r("乙"))), "甲乙");
}

#[test]
fn notes_margins_and_pictures_stand_in_the_text() {
    let note = format!("<w:r><w:footnote>{}</w:footnote></w:r>", p("", &r("注")));
    check("", &p("", &(r("甲") + &note)), "甲¹\n[¹] 注");
    let section = format!("<w:sectPr><w:hdr w:type=\"odd\">{}</w:hdr></w:sectPr>", p("", &r("某局信息")));
    check("", &(p("", &r("甲")) + &section), "甲\n^ 某局信息\n- header: 某局信息");
    let picture = "<w:r><w:pict><w:binData w:name=\"wordml://1.png\">iVBO\nRw==</w:binData><v:shape>\
        <v:imagedata src=\"wordml://1.png\"/></v:shape></w:pict></w:r>";
    check("", &p("", &(r("甲") + picture)), "甲\n<wordml://1.png 4>");
}

#[test]
fn tables_styles_and_hidden_text() {
    let styles = "<w:styles><w:style w:type=\"paragraph\" w:default=\"on\" w:styleId=\"a\"/>\
        <w:style w:type=\"character\" w:styleId=\"h\"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>";
    let hidden = "<w:r><w:rPr><w:rStyle w:val=\"h\"/></w:rPr><w:t>藏</w:t></w:r>";
    let cell = |inside: &str| format!("<w:tc><w:tcPr/>{inside}</w:tc>");
    let table = format!(
        "<w:tbl><w:tr>{}{}</w:tr></w:tbl>",
        cell(&p("", &r("左"))),
        cell(&p("", &(r("右") + hidden)))
    );
    check(styles, &table, "| 左 | 右\n- hidden: 藏");
}

#[test]
fn a_package_as_xml() {
    let part = |name: &str, inside: &str| {
        format!("<pkg:part pkg:name=\"{name}\"><pkg:xmlData>{inside}</pkg:xmlData></pkg:part>")
    };
    let relations = "<Relationships><Relationship Id=\"r\" Type=\"t/officeDocument\" Target=\"word/document.xml\"/></Relationships>";
    let document =
        "<w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:body></w:document>";
    let head = "<?xml version=\"1.0\"?><pkg:package xmlns:pkg=\"http://schemas.microsoft.com/office/2006/xmlpackage\">";
    let file = format!(
        "{head}{}{}</pkg:package>",
        part("/_rels/.rels", relations),
        part("/word/document.xml", document)
    );
    assert_eq!(shown(file.as_bytes(), "x.doc"), "甲\n! wrong-extension word-xml doc");
    assert_eq!(
        shown(format!("{head}</pkg:package>").as_bytes(), "x.xml"),
        "error damaged: damaged: w:wordDocument"
    );
    assert!(shown(&docx("<w:p/>", &[]), "x.docx").starts_with("error no-text"));
}

#[test]
fn hostile_files() {
    let dtd = format!("<!DOCTYPE a [<!ENTITY b \"c\">]>{}", HEAD.split_once("?>").unwrap().1);
    let file = format!("<?xml version=\"1.0\"?>{dtd}<w:body/></w:wordDocument>");
    assert_eq!(shown(file.as_bytes(), "x.xml"), "error damaged: damaged: pkg:package: dtd");
    check("", &"<w:p>".repeat(100), "error damaged: damaged: w:wordDocument");
}

#[test]
fn a_fault_in_a_style_is_told_where_the_style_is_used() {
    let styles = "<w:styles><w:style w:type=\"paragraph\" w:styleId=\"x\"><w:rPr><w:b></w:i></w:rPr></w:style></w:styles>";
    let used = p("<w:pStyle w:val=\"x\"/>", &r("甲"));
    check(styles, &used, "甲\n! part-missing w:wordDocument");
    check(styles, &p("", &r("甲")), "甲");
}

#[test]
fn a_picture_without_bytes_takes_no_text() {
    let picture = "<w:r><w:pict><w:binData w:name=\"wordml://1.png\"/><v:shape>\
        <v:imagedata src=\"wordml://1.png\"/></v:shape></w:pict></w:r>";
    check("", &p("", &(picture.to_owned() + &r("iVBORw=="))), "iVBORw==");
}
