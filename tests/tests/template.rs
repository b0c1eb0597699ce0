//! The office's own Word file: python-docx writes it, the issue fills it, other programs read the result.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use jianbao_model::document::Image;
use jianbao_model::{Code, Issue, SourceId};
use jianbao_publish::{Filled, Pictures, Style, Template, TemplateError, render_in_template};
use jianbao_tests::{judged, made, output_of, printed_as_pdf, python, root, sample, squeezed, truth};
use serde_json::Value;
use tempfile::TempDir;

const BINARY: &str = env!("CARGO_BIN_EXE_jianbao-under-test");

/// The templates, made once for all tests of this suite.
fn folder() -> &'static Path {
    static MADE: OnceLock<TempDir> = OnceLock::new();
    MADE.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        let script = root().join("tests/templates/make.py").display().to_string();
        python(&[&script, &folder.path().display().to_string()]);
        folder
    })
    .path()
}

fn bytes_of(name: &str) -> Vec<u8> {
    std::fs::read(folder().join(format!("{name}.docx"))).expect("the script writes it")
}

fn template(name: &str) -> Template {
    Template::read(&bytes_of(name)).expect("a template")
}

/// The published issue.
fn issue() -> Issue {
    made::issues().swap_remove(0).issue
}

fn filled(name: &str, issue: &Issue) -> Filled {
    render_in_template(issue, &Style::default(), &Pictures::default(), &template(name)).expect("an issue")
}

fn parts(docx: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(docx)).expect("a zip");
    let mut parts = BTreeMap::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).expect("an entry");
        let name = entry.name().expect("a name").into_owned();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).expect("content");
        parts.insert(name, content);
    }
    parts
}

fn text(parts: &BTreeMap<String, Vec<u8>>, name: &str) -> String {
    String::from_utf8(parts[name].clone()).expect("UTF-8")
}

/// A file in a folder that lives as long.
fn written(bytes: &[u8]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("issue.docx");
    std::fs::write(&path, bytes).expect("writable");
    (folder, path)
}

/// What python-docx finds in a file: `code` prints it of `d`.
fn seen(docx: &Path, code: &str) -> String {
    let code = format!("import sys, docx\nd = docx.Document(sys.argv[1])\n{code}");
    python(&["-c", &code, &docx.display().to_string()]).trim().to_owned()
}

fn codes(filled: &Filled) -> Vec<(Code, String)> {
    let first = |arguments: &[jianbao_model::Argument]| {
        arguments.first().map(|argument| argument.value.clone()).unwrap_or_default()
    };
    filled.diagnostics.iter().map(|told| (told.code, first(&told.arguments))).collect()
}

#[test]
fn placeholders_are_filled_wherever_they_stand() {
    let (_folder, path) = written(&filled("full", &issue()).bytes);
    let header = "print(d.sections[0].header.paragraphs[0].text + d.sections[0].footer.paragraphs[0].text)";
    assert_eq!(seen(&path, header), "页眉姑苏信息页脚第12期");
    // The value has the look of the run in which the placeholder began.
    let runs = "print([(r.text, r.bold, r.italic) for r in d.paragraphs[0].runs])";
    assert_eq!(
        seen(&path, runs),
        "[('第12', None, None), ('', True, None), ('', None, True), ('期，总35期', None, None)]"
    );
    let cell = "print([p.text for p in d.tables[0].rows[0].cells[0].paragraphs])";
    assert_eq!(seen(&path, cell), "['苏州国家历史文化名城保护区党政办公室', '苏州市姑苏区党政办公室']");
    // A cell keeps its last paragraph.
    assert_eq!(seen(&path, "print([p.text for p in d.tables[1].rows[0].cells[0].paragraphs])"), "['']");
    let document = text(&parts(&std::fs::read(&path).expect("written")), "word/document.xml");
    assert!(document.contains("框中：2025年3月27日"), "a text box");
    let texts = seen(&path, "print([p.text for p in d.paragraphs])");
    assert!(texts.contains("'前动态·摘报后'"), "{texts}");
    assert!(texts.contains("'（GS）简字001号'"), "{texts}");
    assert!(
        texts.contains("'送：区四套班子主要领导，党工委委员，管委会副主任；发：各部委办局，各人民团体，各街道主要领导；王文怡、刘德富'"),
        "{texts}"
    );
    assert!(!document.contains("{{") && !document.contains("｛｛"));
    // The sample has no copies: the paragraph that held nothing else is gone.
    assert_eq!(
        seen(
            &path,
            "print(sum(p.text == '' and not p._p.xpath('.//w:br|.//w:drawing') for p in d.paragraphs))"
        ),
        "0"
    );
}

#[test]
fn a_style_of_the_template_wins_over_ours() {
    let (_folder, path) = written(&filled("full", &issue()).bytes);
    let items = "s = [p.style for p in d.paragraphs if '规划' in p.text or '街道' in p.text]\n";
    // The first paragraph of an item is set as its text is: its style stands on the template's own.
    let face = "print({(x.name, x.base_style.name, x.base_style.font.size.pt) for x in s if x.name == '信息首段'}, \
         [x.element.rPr.rFonts.get(docx.oxml.ns.qn('w:eastAsia')) for x in d.styles if x.name == '信息正文'])";
    assert_eq!(
        seen(&path, &format!("{items}{face}")),
        "{('信息首段', '信息正文', 14.0)} ['Noto Sans CJK SC']"
    );
    // One that is added stands on the template's own where that took the place of ours.
    let base = "print([x.base_style.name if x.base_style else None for x in d.styles if x.name in ('简讯', '目录项')])";
    let mut bases: Vec<String> =
        seen(&path, base).split(", ").map(|b| b.trim_matches(['[', ']']).to_owned()).collect();
    bases.sort();
    assert_eq!(bases, ["'信息正文'", "None"]);
    // Printed, the text is in the template's face and nowhere in ours.
    let (_pdf_folder, pdf) = printed_as_pdf(&path);
    let faces = output_of("pdffonts", &[&pdf.display().to_string()]);
    assert!(faces.contains("NotoSansCJK"), "{faces}");
    // Word's Normal is the template's still.
    let (before, after) = (parts(&bytes_of("full")), parts(&std::fs::read(&path).expect("written")));
    let normal = |parts: &BTreeMap<String, Vec<u8>>| {
        let styles = text(parts, "word/styles.xml");
        let start = styles.find("w:default=\"1\"").expect("Normal");
        styles[start..].split("</w:style>").next().map(|s| s.split_whitespace().collect::<String>())
    };
    assert_eq!(normal(&before), normal(&after));
}

#[test]
fn the_attribution_stands_at_the_templates_own_margin() {
    let (_folder, path) = written(&filled("full", &issue()).bytes);
    // 210 − 40 − 40 mm are 130 mm, 7370 twips.
    let tabs = "print({t.position.twips for p in d.paragraphs for t in p.paragraph_format.tab_stops})";
    let found = seen(&path, tabs);
    let at: u32 = found.trim_matches(['{', '}']).parse().unwrap_or_else(|_| panic!("one position: {found}"));
    assert!(at.abs_diff(7370) <= 2, "{at}");
}

#[test]
fn everything_else_of_the_template_stays() {
    for name in ["full", "alone"] {
        let (before, after) = (parts(&bytes_of(name)), parts(&filled(name, &issue()).bytes));
        let mut changed: Vec<&str> = Vec::new();
        for (part, content) in &before {
            if after.get(part) != Some(content) {
                changed.push(part);
            }
        }
        // python-docx' file has the second style sheet of Word 2010, which would contradict the first.
        let old = "word/stylesWithEffects.xml";
        let mut expected = vec!["[Content_Types].xml", "word/_rels/document.xml.rels", old];
        expected.extend(["word/document.xml", "word/styles.xml"]);
        if name == "full" {
            expected.extend(["word/footer1.xml", "word/header1.xml"]);
        }
        expected.sort_unstable();
        assert_eq!(changed, expected, "{name}");
        assert_eq!(after.len() + 1, before.len(), "{name}: nothing else was added or taken");
    }
}

#[test]
fn what_is_missing_or_unknown_is_told() {
    let filled = filled("lacking", &issue());
    let found = codes(&filled);
    let told = |code: Code| -> Vec<&str> {
        found.iter().filter(|(known, _)| *known == code).map(|(_, name)| name.as_str()).collect()
    };
    assert_eq!(told(Code::TemplateUnknown), ["期号", "外星"]);
    assert_eq!(told(Code::TemplateMixed), ["目录"]);
    // Not 年, which is in the date; not 报 and 印数, which the issue does not have.
    let missing = ["名称", "版名", "期", "总期", "日期", "编发单位", "送", "发", "责任编辑", "简字号"];
    assert_eq!(told(Code::TemplateMissing), missing);
    let (_folder, path) = written(&filled.bytes);
    let texts = seen(&path, "print([p.text for p in d.paragraphs][:2])");
    assert_eq!(texts, "['第{{期号}}期{{外星}}', '目录见{{目录}}']");
    assert_eq!(codes(&self::filled("full", &issue())), []);
    let tracked = codes(&self::filled("tracked", &issue()));
    assert!(tracked.iter().any(|(code, _)| *code == Code::TemplateTracked));
}

#[test]
fn a_file_that_cannot_be_a_template_is_refused_with_a_code() {
    let cases = [
        ("none", Code::TemplateUnreadable),
        ("bomb", Code::TemplateUnreadable),
        ("dtd", Code::TemplateUnreadable),
        ("deep", Code::TemplateUnreadable),
        ("cut", Code::TemplateUnreadable),
        ("macros", Code::TemplateMacros),
        ("mixed", Code::TemplateNoBody),
        ("bodiless", Code::TemplateNoBody),
    ];
    for (name, code) in cases {
        let error = Template::read(&bytes_of(name)).expect_err(name);
        assert_eq!(error.diagnostic().code, code, "{name}: {error}");
    }
    assert!(matches!(Template::read(&bytes_of("bomb")), Err(TemplateError::Large)));
    for length in (0..bytes_of("alone").len()).step_by(997) {
        assert!(Template::read(&bytes_of("alone")[..length]).is_err(), "cut at {length}");
    }
}

#[test]
fn the_same_issue_gives_the_same_bytes() {
    assert_eq!(filled("full", &issue()).bytes, filled("full", &issue()).bytes);
}

/// An issue with a picture in every item of its first section.
fn with_pictures() -> (Issue, Pictures) {
    let dot = std::fs::read(folder().join("dot.png")).expect("the script writes it");
    let mut issue = issue();
    let image = Image { name: "dot".to_owned(), bytes: dot.len() as u64, hash: Some(SourceId::of(&dot)) };
    issue.sections[0].entries.iter_mut().for_each(|entry| entry.item.images = vec![image.clone()]);
    let mut pictures = Pictures::default();
    pictures.add(dot);
    (issue, pictures)
}

#[test]
fn pictures_and_bookmarks_do_not_clash_with_those_of_the_template() {
    let (issue, pictures) = with_pictures();
    let filled =
        render_in_template(&issue, &Style::default(), &pictures, &template("full")).expect("an issue");
    let (_folder, path) = written(&filled.bytes);
    let ids = |query: &str| {
        let code = format!("x = d.element.xpath('{query}')\nprint(len(x), len(set(x)))");
        let found = seen(&path, &code);
        let (all, different) = found.split_once(' ').expect("two numbers");
        assert_eq!(all, different, "{query}");
        all.parse::<usize>().expect("a number")
    };
    let drawn = issue.sections[0].entries.len();
    assert_eq!(ids("//wp:docPr/@id"), drawn + 1);
    assert_eq!(ids("//w:bookmarkStart/@w:id"), issue.items().count() + 1);
    let shown = "print(all(s._inline.graphic.graphicData.pic.blipFill.blip.embed in d.part.rels for s in d.inline_shapes))";
    assert_eq!(seen(&path, shown), "True");
    judged(&path);
}

#[test]
fn a_schema_judge_finds_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["full", "lacking", "alone", "cell", "tracked"] {
        std::fs::write(folder.path().join(format!("{name}.docx")), filled(name, &issue()).bytes)
            .expect("writable");
    }
    judged(folder.path());
}

/// The bodies of the truth, divided at marks, which a page's end may part or LibreOffice leave out.
fn clauses() -> Vec<String> {
    let truth = truth();
    let items = truth["items"].as_array().expect("a list").clone();
    let bodies: String =
        items.iter().map(|item| item["body"].as_str().expect("text").to_owned() + "。").collect();
    let clauses = bodies.split(|c: char| !c.is_alphanumeric()).map(squeezed);
    clauses.filter(|clause| clause.chars().count() > 3).collect()
}

#[test]
fn the_printed_page_has_every_word_of_every_item() {
    for name in ["full", "alone", "cell"] {
        let (_folder, path) = written(&filled(name, &issue()).bytes);
        let (_pdf_folder, pdf) = printed_as_pdf(&path);
        let pages = output_of("pdftotext", &["-layout", &pdf.display().to_string(), "-"]);
        let turns = pages.matches('\u{c}').count();
        let text = squeezed(&pages);
        let lost: Vec<String> = clauses().into_iter().filter(|clause| !text.contains(clause)).collect();
        // Where a page ends, a header and a footer stand in a clause.
        assert!(lost.len() < turns.max(1), "{name}: {turns} pages, lost {lost:?}");
    }
}

#[test]
fn the_items_come_back_with_their_ids() {
    let truth = truth();
    for name in ["full", "alone"] {
        let (_folder, path) = written(&filled(name, &issue()).bytes);
        let config = sample("jianbao.toml").display().to_string();
        let done =
            jianbao_tests::jianbao(BINARY, &["import", &path.display().to_string(), "--config", &config]);
        let record: Value = serde_json::from_slice(&done.stdout).expect("one JSON line");
        let found = record["items"].as_array().expect("a list");
        let shown = |item: &Value| (item["id"].clone(), item["section"].clone());
        let expected: Vec<_> = truth["items"].as_array().expect("a list").iter().map(shown).collect();
        assert_eq!(found.iter().map(shown).collect::<Vec<_>>(), expected, "{name}");
    }
}

#[test]
fn the_sample_is_filled_from_its_inbox() {
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("issue.docx");
    let config = sample("template/jianbao.toml").display().to_string();
    let shown = target.display().to_string();
    let done = jianbao_tests::jianbao(BINARY, &["run", "--config", &config, "-o", &shown]);
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert_eq!(done.status.code(), Some(1), "some submissions have errors: {said}");
    assert!(!said.contains("P20"), "{said}");
    judged(&target);
    let heading = seen(&target, "print(d.sections[0].header.paragraphs[0].text)");
    assert_eq!(heading, "《姑苏信息》2025年第12期");
    let texts = seen(&target, "print([p.text for p in d.paragraphs])");
    assert_eq!(texts.matches("本期目录").count(), 1, "the template has its own heading");
    assert!(texts.contains("'共印120份'"), "{texts}");
    let missing = jianbao_tests::jianbao(
        BINARY,
        &["run", "--config", &config, "-o", &shown, "--force", "--set", "template=nowhere.docx"],
    );
    assert_eq!(missing.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&missing.stderr).contains("P201"));
}

#[test]
fn the_placeholders_of_a_template_are_listed() {
    let listed = |name: &str| {
        let path = folder().join(name).display().to_string();
        let done = jianbao_tests::jianbao(BINARY, &["layout", "template", &path, "--lang", "en"]);
        (done.status.code(), String::from_utf8(done.stdout).expect("UTF-8"))
    };
    let all =
        "there: 名称 版名 期 总期 日期 编发单位 目录 正文 报 送 发 责任编辑 简字号 印数\nnot there: 年\n";
    assert_eq!(listed("full.docx"), (Some(0), all.to_owned()));
    assert_eq!(listed("lacking.docx").0, Some(1));
    assert_eq!(listed("bodiless.docx"), (Some(2), String::new()));
}
