//! The command line: exit codes, messages, refusals, bad input.

use std::fs;
use std::path::Path;
use std::process::Output;

use jianbao_tests::sample;
use serde_json::Value;

const BINARY: &str = env!("CARGO_BIN_EXE_jianbao-under-test");

fn jianbao(arguments: &[&str]) -> Output {
    jianbao_tests::jianbao(BINARY, arguments)
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// The records of a conversion.
fn records(path: &Path) -> Vec<Value> {
    let done = jianbao(&["convert", &shown(path), "--config", &shown(&sample("jianbao.toml"))]);
    let text = String::from_utf8(done.stdout).expect("UTF-8");
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

#[test]
fn every_bad_file_has_one_code_and_the_others_are_still_read() {
    let expected = [
        ("区民卫局/健康细胞建设情况（内部）.pdf", "R106"),
        ("区民卫局/各科室联系表.xlsx", "R102"),
        ("区统计局/信息员名单.docx", "R102"),
        ("区统计局/扫描件20250320.pdf", "R109"),
        ("双塔街道/新建 Microsoft Word 文档.docx", "R101"),
        ("虎丘街道/婚纱产业信息.docx", "R105"),
    ];
    let records = records(&sample("inbox"));
    let failed: Vec<(&str, &str)> = records
        .iter()
        .filter(|record| record["outcome"] == "failed")
        .map(|record| {
            let codes = record["diagnostics"].as_array().expect("a list");
            assert_eq!(codes.len(), 1, "{record}");
            assert!(codes[0]["hint"].is_string(), "{record}");
            (record["source"]["path"].as_str().expect("a path"), codes[0]["code"].as_str().expect("a code"))
        })
        .collect();
    assert_eq!(failed, expected);
    let items: usize = records.iter().map(|record| record["items"].as_array().expect("a list").len()).sum();
    assert_eq!(items, 12, "ten items, two of them sent twice");
    let skipped = records.iter().filter(|record| record["outcome"] == "skipped").count();
    assert_eq!(skipped, 3, "lock file and system files");
}

/// The submission of the samples that has the password 123456.
const PROTECTED: &str = "inbox/区民卫局/健康细胞建设情况（内部）.pdf";

#[test]
fn a_protected_file_is_read_with_its_password_which_is_shown_nowhere() {
    let file = shown(&sample(PROTECTED));
    let folder = tempfile::tempdir().expect("a folder");
    let report = shown(&folder.path().join("报告.json"));
    let output = shown(&folder.path().join("稿.jsonl"));
    let done = jianbao(&["convert", "--password", "123456", "-v", "--report", &report, "-o", &output, &file]);
    assert_eq!(done.status.code(), Some(0), "{}", stderr(&done));
    let record = fs::read_to_string(&output).expect("the record");
    let json: Value = serde_json::from_str(&record).expect("JSON");
    assert_eq!(json["items"].as_array().map(Vec::len), Some(1), "{record}");
    let report = fs::read_to_string(&report).expect("the report");
    for text in [&record, &report, &stderr(&done)] {
        assert!(!text.contains("123456"), "{text}");
    }
    let checked = jianbao(&["check", "--password", "123456", &file]);
    assert_eq!(checked.status.code(), Some(0), "{}", stderr(&checked));
}

#[test]
fn a_wrong_password_has_its_own_message() {
    let file = shown(&sample(PROTECTED));
    let refused = jianbao(&["check", "--password", "000000", &file]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(stderr(&refused).contains("R125"), "{}", stderr(&refused));
    assert!(stderr(&refused).contains("密码不对"), "{}", stderr(&refused));
    assert!(!stderr(&refused).contains("000000"), "{}", stderr(&refused));
}

#[test]
fn a_password_is_for_one_file() {
    let file = shown(&sample(PROTECTED));
    let folder = shown(&sample("inbox"));
    for paths in [vec![file.as_str(), file.as_str()], vec![folder.as_str()]] {
        let refused = jianbao(&[&["convert", "--password", "123456"][..], &paths[..]].concat());
        assert_eq!(refused.status.code(), Some(2));
        assert!(stderr(&refused).contains("--password 只能用于一个文件"), "{}", stderr(&refused));
        let english = jianbao(&[&["--lang", "en", "convert", "--password", "1"][..], &paths[..]].concat());
        assert!(stderr(&english).contains("for one file"), "{}", stderr(&english));
    }
}

#[test]
fn a_file_under_a_wrong_name_is_read_by_its_content() {
    let folder = tempfile::tempdir().expect("a folder");
    let pdf = sample("issue/姑苏信息-2025-012-typst.pdf");
    fs::copy(pdf, folder.path().join("稿.docx")).expect("a copy");
    let records = records(folder.path());
    assert_eq!(records[0]["source"]["format"], "pdf");
    let codes: Vec<&Value> =
        records[0]["diagnostics"].as_array().expect("a list").iter().map(|d| &d["code"]).collect();
    assert!(codes.contains(&&Value::from("R104")), "{codes:?}");
}

#[test]
fn an_output_is_not_overwritten_without_force() {
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("期.docx");
    fs::write(&target, "旧").expect("a file");
    let config = shown(&sample("jianbao.toml"));
    let refused = jianbao(&["run", "--config", &config, "-o", &shown(&target)]);
    assert_eq!(refused.status.code(), Some(73));
    assert!(stderr(&refused).contains("J201"), "{}", stderr(&refused));
    assert_eq!(fs::read_to_string(&target).expect("the old file"), "旧");
    let forced = jianbao(&["run", "--config", &config, "-o", &shown(&target), "--force"]);
    assert_eq!(forced.status.code(), Some(1));
    assert!(fs::read(&target).expect("the issue").starts_with(b"PK"));
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1, "no temporary file stays");
}

#[test]
fn an_output_that_cannot_be_written_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("档"), "").expect("a file");
    // A file stands where the folder should be: refused for every user, root included.
    let target = folder.path().join("档/期.docx");
    let done = jianbao(&["run", "--config", &shown(&sample("jianbao.toml")), "-o", &shown(&target)]);
    assert_eq!(done.status.code(), Some(73));
    assert!(stderr(&done).contains("J202"), "{}", stderr(&done));
}

/// A copy of the binary that any user may start, and a folder of its own, open to all.
#[cfg(unix)]
fn as_nobody(folder: &Path, arguments: &[&str]) -> Output {
    use std::os::unix::fs::PermissionsExt as _;
    use std::os::unix::process::CommandExt as _;
    let binary = folder.join("jianbao");
    fs::copy(BINARY, &binary).expect("a copy");
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).expect("rights");
    let mut command = std::process::Command::new(binary);
    command.args(arguments).current_dir(folder);
    // Root may read and write everything: only another user can be refused.
    if fs::read("/proc/self/status")
        .is_ok_and(|status| String::from_utf8_lossy(&status).contains("Uid:\t0\t"))
    {
        command.uid(65534).gid(65534);
    }
    command.output().expect("the copy starts")
}

#[cfg(unix)]
#[test]
fn rights_that_are_missing_are_told_and_the_rest_is_read() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().expect("a folder");
    let inbox = folder.path().join("inbox");
    fs::create_dir(&inbox).expect("a folder");
    let text = "区残联四项发力提高办事能力。一是梳理政策。二是到社区办事。（区残联）\n";
    for name in ["甲.txt", "乙.txt"] {
        fs::write(inbox.join(name), text.replace("四项", name)).expect("a file");
    }
    fs::set_permissions(inbox.join("乙.txt"), fs::Permissions::from_mode(0o000)).expect("rights");
    let done = as_nobody(folder.path(), &["convert", "inbox"]);
    let lines = String::from_utf8(done.stdout.clone()).expect("UTF-8");
    let outcomes: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(outcomes[0]["diagnostics"][0]["code"], "R120", "{lines}");
    assert_eq!(outcomes[1]["items"].as_array().expect("a list").len(), 1, "{lines}");
    assert_eq!(done.status.code(), Some(1));
    let refused = as_nobody(folder.path(), &["convert", "inbox", "-o", "out.jsonl"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(stderr(&refused).contains("J202"), "{}", stderr(&refused));
}

#[test]
fn mistakes_of_the_configuration_come_at_once_with_their_lines() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("jianbao.toml");
    fs::write(&file, "[bulletin]\nname = \"x\"\nedtors = []\n[issue]\nnumber = \"十二\"\n").expect("a file");
    let done = jianbao(&["run", "--config", &shown(&file)]);
    assert_eq!(done.status.code(), Some(78));
    let told = stderr(&done);
    assert!(
        told.contains("J204") && told.contains("第3行") && told.contains("editors") && told.contains("第5行"),
        "{told}"
    );
}

#[test]
fn what_is_missing_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let gone = jianbao(&["run", "--config", &shown(&folder.path().join("无.toml"))]);
    assert_eq!((gone.status.code(), stderr(&gone).contains("J203")), (Some(2), true), "{}", stderr(&gone));
    let file = folder.path().join("jianbao.toml");
    fs::write(&file, "[bulletin]\nname = \"x\"\n[issue]\nnumber = 1\ndate = \"2025-01-02\"\n")
        .expect("a file");
    let no_inbox = jianbao(&["run", "--config", &shown(&file)]);
    assert_eq!(
        (no_inbox.status.code(), stderr(&no_inbox).contains("J203")),
        (Some(2), true),
        "{}",
        stderr(&no_inbox)
    );
    fs::create_dir(folder.path().join("inbox")).expect("a folder");
    let empty = jianbao(&["run", "--config", &shown(&file)]);
    // A timer calls again: that nothing has come is told, and is no failure.
    assert_eq!((empty.status.code(), stderr(&empty).contains("J205")), (Some(0), true), "{}", stderr(&empty));
}

#[test]
fn a_plan_chooses_items_and_their_order() {
    let folder = tempfile::tempdir().expect("a folder");
    let plan = folder.path().join("plan.toml");
    let text = "[issue]\nnumber = 13\n[[item]]\nitem = \"区数据局优化政务服务助力优化营商环境\"\n\
                [[item]]\nitem = \"区残联四项发力提高基层服务残疾人办事能力\"\n";
    fs::write(&plan, text).expect("a file");
    let target = folder.path().join("期.docx");
    let report = folder.path().join("报告.json");
    let config = shown(&sample("jianbao.toml"));
    let arguments = [
        "compose",
        "--plan",
        &shown(&plan),
        "--config",
        &config,
        "-o",
        &shown(&target),
        "--report",
        &shown(&report),
    ];
    let done = jianbao(&arguments);
    assert_eq!(done.status.code(), Some(1), "{}", stderr(&done));
    let report: Value = serde_json::from_str(&fs::read_to_string(report).expect("the report")).expect("JSON");
    assert_eq!(report["issue"]["number"], 13);
    assert_eq!(report["issue"]["items"].as_array().expect("a list").len(), 2);
    assert_eq!(report["counts"]["files"], 18);
}

#[test]
fn english_is_spoken_on_request_and_chinese_otherwise() {
    let help = |arguments: &[&str]| String::from_utf8(jianbao(arguments).stdout).expect("UTF-8");
    assert!(help(&["--help"]).contains("汇编成一期简报"));
    assert!(help(&["--lang", "en", "run", "--help"]).contains("read the inbox"));
    let wrong = jianbao(&["jun"]);
    assert_eq!(wrong.status.code(), Some(2));
}

#[test]
fn the_configuration_names_the_origin_of_every_value() {
    let config = shown(&sample("jianbao.toml"));
    let done = jianbao(&["config", "show", "--origin", "--config", &config, "--set", "items.length=800"]);
    let text = String::from_utf8(done.stdout).expect("UTF-8");
    assert!(text.contains("items.length = 800    # 命令行"), "{text}");
    assert!(text.contains("bulletin.name = \"姑苏信息\"    # 配置文件第5行"), "{text}");
    assert!(text.contains("limits.file_mib = 64    # 默认值"), "{text}");
}

#[test]
fn text_is_what_word_shows() {
    let file = sample("inbox/区数据局/关于优化政务服务的信息（改）.docx");
    let done =
        jianbao(&["convert", &shown(&file), "--to", "text", "--config", &shown(&sample("jianbao.toml"))]);
    let text = String::from_utf8(done.stdout).expect("UTF-8");
    let truth = jianbao_tests::truth();
    let title = truth["items"][2]["title"].as_str().expect("a title");
    assert!(text.contains(title), "{text}");
    let record = &records(&file)[0];
    let hidden = record["dropped"]
        .as_array()
        .expect("a list")
        .iter()
        .filter(|d| ["deleted", "hidden", "comment"].contains(&d["reason"].as_str().expect("a reason")));
    let mut reasons: Vec<&str> = Vec::new();
    for piece in hidden {
        reasons.push(piece["reason"].as_str().expect("a reason"));
        let words = piece["text"].as_str().expect("text");
        assert!(words.chars().count() < 3 || !text.contains(words), "{words} is not printed");
    }
    reasons.sort_unstable();
    reasons.dedup();
    assert_eq!(reasons, ["comment", "deleted", "hidden"]);
}

#[test]
fn the_layout_that_is_shown_can_be_written_into_the_configuration() {
    let shown_layout = String::from_utf8(jianbao(&["layout", "show"]).stdout).expect("UTF-8");
    assert!(shown_layout.contains("\nline = \"28.95pt\""), "{shown_layout}");
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("jianbao.toml");
    fs::write(&file, format!("[bulletin]\nname = \"姑苏信息\"\n{shown_layout}")).expect("written");
    let again = jianbao(&["layout", "show", "--config", &shown(&file)]);
    assert_eq!(String::from_utf8_lossy(&again.stdout), shown_layout, "{}", stderr(&again));
    let wide = jianbao(&["layout", "show", "--config", &shown(&file), "--set", "layout.page.line=29pt"]);
    assert_eq!(wide.status.code(), Some(2));
    let told = stderr(&wide);
    assert!(told.contains("21 行") && told.contains("28.95pt"), "{told}");
}

#[test]
fn an_issue_keeps_the_layout_and_a_file_that_does_not_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let issue = shown(&folder.path().join("简报.docx"));
    let config = shown(&sample("jianbao.toml"));
    jianbao(&["run", "--config", &config, "-o", &issue]);
    let kept = jianbao(&["layout", "check", &issue, "--config", &config]);
    assert_eq!((kept.status.code(), kept.stdout), (Some(0), Vec::new()));
    let other = jianbao(&[
        "layout",
        "check",
        &issue,
        "--set",
        "layout.page.top=33mm",
        "--set",
        "layout.sizes.body=小三",
    ]);
    assert_eq!(other.status.code(), Some(1));
    let told = String::from_utf8_lossy(&other.stdout).into_owned();
    assert!(told.contains("第1节的页面：天头（上边距）是 37mm，应为 33mm"), "{told}");
    assert!(told.contains("字号是 16pt，应为 15pt"), "{told}");
    let none = jianbao(&["layout", "check", &config]);
    assert_eq!(none.status.code(), Some(2));
    assert!(stderr(&none).contains("R107"), "{}", stderr(&none));
}

#[test]
fn proofs_are_made_where_libreoffice_is_and_without_it_the_package_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let (issue, config) = (shown(&folder.path().join("简报.docx")), shown(&sample("jianbao.toml")));
    let done = jianbao(&["run", "--config", &config, "-o", &issue, "--pdf", "--png"]);
    let told = stderr(&done);
    let proof = fs::read(folder.path().join("简报.pdf")).unwrap_or_else(|error| panic!("{error}: {told}"));
    assert!(proof.starts_with(b"%PDF-"));
    // LibreOffice writes the page objects so.
    let pages = String::from_utf8_lossy(&proof).matches("/Type/Page/").count();
    assert!(pages > 4, "{pages}");
    let pictures = fs::read_dir(folder.path()).expect("a folder").filter(|entry| {
        entry.as_ref().is_ok_and(|entry| entry.path().extension().is_some_and(|extension| extension == "png"))
    });
    assert_eq!(pictures.count(), pages);

    let none = folder.path().join("无");
    let mut without = std::process::Command::new(BINARY);
    jianbao_tests::memory(&mut without, folder.path());
    without.args(["run", "--config", &config, "-o", &issue, "--force", "--pdf"]).env("PATH", &none);
    let without = without.output().expect("it runs");
    let told = stderr(&without);
    assert!(told.contains("J206") && told.contains("libreoffice-writer"), "{told}");
    assert_eq!(without.status.code(), Some(1), "{told}");
}

/// A .docx file as LibreOffice saves it, in a folder below this one.
fn saved_by_office(file: &Path, folder: &Path) -> std::path::PathBuf {
    let profile = format!("-env:UserInstallation=file://{}", shown(&folder.join("profile")));
    let saved = folder.join("saved");
    let office = std::process::Command::new("soffice")
        .args(["--headless", &profile, "--convert-to", "docx:MS Word 2007 XML", "--outdir", &shown(&saved)])
        .arg(file)
        .output()
        .expect("LibreOffice");
    assert!(office.status.success(), "{office:?}");
    saved.join(file.file_name().expect("a file"))
}

/// A .docx file with a change in the text of its document.
fn with_document(file: &Path, change: impl Fn(String) -> String) -> Vec<u8> {
    with_parts(file, |name, text| if name == "word/document.xml" { change(text) } else { text }, &[])
}

/// A .docx file with changes in its parts, and parts more.
fn with_parts(file: &Path, change: impl Fn(&str, String) -> String, more: &[(&str, &str)]) -> Vec<u8> {
    use std::io::{Cursor, Read, Write};
    let mut source = zip::ZipArchive::new(fs::File::open(file).expect("a file")).expect("a zip");
    let mut target = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..source.len() {
        let mut part = source.by_index(at).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut text = String::new();
        part.read_to_string(&mut text).expect("text");
        target.start_file(&name, zip::write::SimpleFileOptions::default()).expect("a part");
        target.write_all(change(&name, text).as_bytes()).expect("written");
    }
    for (name, text) in more {
        target.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a part");
        target.write_all(text.as_bytes()).expect("written");
    }
    target.finish().expect("finished").into_inner()
}

#[test]
fn an_issue_comes_back_from_word_with_its_ids_and_its_changes() {
    let folder = tempfile::tempdir().expect("a folder");
    let (issue, config) = (folder.path().join("简报.docx"), shown(&sample("jianbao.toml")));
    let submissions = jianbao(&["convert", &shown(&sample("inbox")), "--config", &config]);
    let submissions = String::from_utf8(submissions.stdout).expect("UTF-8");
    jianbao(&["run", "--config", &config, "-o", &shown(&issue)]);

    // Saved again by LibreOffice: nothing has changed, and every id is that of a submission's item.
    let saved = saved_by_office(&issue, folder.path());
    let back = jianbao(&["import", &shown(&saved), "--against", &shown(&issue), "--config", &config]);
    assert!(stderr(&back).contains("与印发稿相同"), "{}", stderr(&back));
    let record: Value = serde_json::from_slice(&back.stdout).expect("JSON");
    let items = record["items"].as_array().expect("a list");
    assert_eq!(items.len(), 10);
    for item in items {
        let id = item["id"].as_str().expect("an id");
        assert!(submissions.contains(&format!("\"id\":\"{id}\"")), "{id}");
    }

    // Words changed, some of them as a revision that waits to be accepted.
    let edited = folder.path().join("改.docx");
    let revision = "</w:t></w:r><w:del w:id=\"901\" w:author=\"编\"><w:r><w:delText>认真</w:delText></w:r></w:del>\
        <w:ins w:id=\"902\" w:author=\"编\"><w:r><w:t>深入</w:t></w:r></w:ins><w:r><w:t>";
    let bytes = with_document(&issue, |text| {
        assert!(text.contains("四项发力") && text.contains("认真"));
        text.replace("四项发力", "五项发力").replacen("认真", revision, 1)
    });
    fs::write(&edited, bytes).expect("written");
    let back = jianbao(&["import", &shown(&edited), "--against", &shown(&issue), "--config", &config]);
    let told = stderr(&back);
    assert!(told.contains("第4条“区残联五项发力"), "{told}");
    assert!(told.contains("“四”改为“五”") && told.contains("“认真”改为“深入”"), "{told}");
    assert!(told.contains("有 1 处不同"), "{told}");
}

/// Cuts the item of a bookmark, whole paragraphs, out of a document.
fn cut(document: &mut String, bookmark: usize) -> String {
    let start = document.find(&format!("<w:bookmarkStart w:id=\"{bookmark}\"")).expect("the bookmark");
    let begin = document[..start].rfind("<w:p>").expect("it is in a paragraph");
    let close = document.find(&format!("<w:bookmarkEnd w:id=\"{bookmark}\"/>")).expect("its end");
    let end = close + document[close..].find("</w:p>").expect("it is in a paragraph") + "</w:p>".len();
    document.drain(begin..end).collect()
}

/// What two editors do to an issue: the second item goes behind the fifth, the ninth goes, words of the fourth
/// are changed as a revision, and the first gets a comment.
fn edited(issue: &Path) -> Vec<u8> {
    const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let document = |mut text: String| {
        let moved = cut(&mut text, 1);
        cut(&mut text, 8);
        let next = text.find("<w:bookmarkStart w:id=\"5\"").expect("the sixth item");
        let place = text[..next].rfind("<w:p>").expect("it is in a paragraph");
        text.insert_str(place, &moved);
        let new_run = "</w:t></w:r>%<w:r><w:t xml:space=\"preserve\">";
        let revision = "<w:del w:id=\"901\" w:author=\"甲\" w:date=\"2025-03-26T09:00:00Z\"><w:r><w:delText>认真</w:delText></w:r></w:del>\
            <w:ins w:id=\"902\" w:author=\"乙\" w:date=\"2025-03-26T09:05:00Z\"><w:r><w:t>深入</w:t></w:r></w:ins>";
        let comment = "<w:commentRangeStart w:id=\"7\"/><w:r><w:t>优化应急</w:t></w:r><w:commentRangeEnd w:id=\"7\"/>\
            <w:r><w:commentReference w:id=\"7\"/></w:r>";
        assert!(text.contains("认真") && text.contains("优化应急"));
        text.replacen("认真", &new_run.replace('%', revision), 1).replacen(
            "优化应急",
            &new_run.replace('%', comment),
            1,
        )
    };
    let change = |name: &str, text: String| {
        match name {
        "word/document.xml" => document(text),
        "[Content_Types].xml" => text.replace(
            "</Types>",
            "<Override PartName=\"/word/comments.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml\"/></Types>",
        ),
        "word/_rels/document.xml.rels" => text.replace(
            "</Relationships>",
            &format!("<Relationship Id=\"rIdNote\" Type=\"{OFFICE}/comments\" Target=\"comments.xml\"/></Relationships>"),
        ),
        _ => text,
    }
    };
    let comments = format!(
        "<w:comments xmlns:w=\"{WORD}\"><w:comment w:id=\"7\" w:author=\"乙\" w:date=\"2025-03-26T09:10:00Z\">\
         <w:p><w:r><w:t>此处请核实</w:t></w:r></w:p></w:comment></w:comments>"
    );
    with_parts(issue, change, &[("word/comments.xml", &comments)])
}

#[test]
fn an_issue_that_editors_worked_on_comes_back_with_what_they_did() {
    let folder = tempfile::tempdir().expect("a folder");
    let (issue, config) = (folder.path().join("印发.docx"), shown(&sample("jianbao.toml")));
    jianbao(&["run", "--config", &config, "-o", &shown(&issue)]);
    let ids = |file: &Path| -> (Vec<String>, String) {
        let back = jianbao(&["import", &shown(file), "--against", &shown(&issue), "--config", &config]);
        let record: Value = serde_json::from_slice(&back.stdout).expect("JSON");
        assert!(!record["items"].to_string().contains("此处请核实"), "a comment is no text");
        let items = record["items"].as_array().expect("a list").iter();
        (items.map(|item| item["id"].as_str().expect("an id").to_owned()).collect(), stderr(&back))
    };
    let (printed, _) = ids(&issue);
    let order = [0, 2, 3, 4, 1, 5, 6, 7, 9].map(|at| printed[at].clone());

    let by_hand = folder.path().join("修改.docx");
    fs::write(&by_hand, edited(&issue)).expect("written");
    let saved = saved_by_office(&by_hand, folder.path());
    for file in [by_hand, saved] {
        let (found, told) = ids(&file);
        assert_eq!(found, order, "{}: {told}", file.display());
        for change in [
            "第5条“区城管委启动打造最美“四精街区”持续提升”原为第2条",
            "印发稿第9条“近日，住房和城乡建设部印发《城市更新典型”删去了",
            "第3条“区残联四项发力提高基层服务残疾人办事能力”改了文字",
            "“认真”改为“深入”",
            "有 3 处不同",
        ] {
            assert!(told.contains(change), "{}: no {change} in {told}", file.display());
        }
    }
}

#[test]
fn a_large_document_is_checked_in_little_memory() {
    use std::io::{Cursor, Write};
    const MIB: usize = 1 << 20;
    // Each paragraph has deviations of its own, so that neither they nor the text may be held.
    let paragraph = format!(
        "<w:p><w:pPr><w:ind w:left=\"0\"/></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>",
        "甲乙丙".repeat(10)
    );
    let mut container = zip::ZipWriter::new(Cursor::new(Vec::new()));
    container.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).expect("a part");
    container.write_all(b"<w:document><w:body>").expect("written");
    let block = paragraph.repeat(MIB / paragraph.len());
    for _ in 0..8 {
        container.write_all(block.as_bytes()).expect("written");
    }
    container.write_all(b"</w:body></w:document>").expect("written");
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("大.docx");
    fs::write(&file, container.finish().expect("finished").into_inner()).expect("written");

    let limit = format!("--data={}", 48 * MIB);
    let done = std::process::Command::new("prlimit")
        .args([&limit, BINARY, "layout", "check", &shown(&file)])
        .stdout(std::process::Stdio::null())
        .output()
        .expect("prlimit is part of util-linux");
    let told = stderr(&done);
    assert_eq!(done.status.code(), Some(1), "{told}");
    let paragraphs = 8 * (MIB / paragraph.len());
    // Indent, pitch, size and face of each, and no page number in the file.
    assert!(told.contains(&format!("{} 处", paragraphs * 4 + 1)), "{told}");
}
