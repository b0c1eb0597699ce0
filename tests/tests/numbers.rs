//! Numbers of issues: what is printed under one is printed once, and is found again.

use std::fs;

use jianbao_tests::bureau::{Bureau, submission};

const BINARY: &str = env!("CARGO_BIN_EXE_jianbao-under-test");

fn send(bureau: &Bureau, number: usize) {
    let title = format!("第{number}场招聘会");
    let body =
        format!("组织企业{}家，提供岗位{}个，现场达成意向{}人。", number * 7, number * 131, number * 53);
    bureau.send(format!("区残联/{number}.txt"), submission(&title, &body, "区残联"));
}

/// An office that has printed the issue of a day, with one item.
fn printed(days: &[&str]) -> Bureau {
    let bureau = Bureau::new(BINARY);
    for (number, day) in days.iter().enumerate() {
        send(&bureau, number + 1);
        bureau.run(&["run", "--date", day], 0);
    }
    bureau
}

#[test]
fn an_issue_that_is_gone_is_written_again_as_it_was() {
    let bureau = printed(&["2025-03-01"]);
    let path = bureau.path("out/试刊-2025-001.docx");
    let bytes = fs::read(&path).expect("the issue");
    assert!(bureau.run(&["issues", "write", "1"], 0).contains("一致"));
    fs::remove_file(&path).expect("ours");
    // A run does not write it behind anybody's back, but says where it is to be had.
    let said = bureau.run(&["run", "--date", "2025-03-01"], 0);
    assert!(said.contains("jianbao issues write 2025-1") && !path.exists(), "{said}");
    // Items and layout of today have no part in it.
    let config = bureau.path("jianbao.toml");
    let text = fs::read_to_string(&config).expect("the configuration");
    fs::write(&config, text.replace("试刊", "另名")).expect("writable");
    bureau.run(&["issues", "write", "2025-1"], 0);
    assert_eq!(fs::read(&path).expect("again"), bytes);
    // What somebody has changed is not written over unasked.
    fs::write(&path, "改过").expect("ours");
    assert!(bureau.run(&["issues", "write", "1"], 2).contains("J201"));
    let other = bureau.path("副本.docx").display().to_string();
    bureau.run(&["issues", "write", "1", "-o", &other], 0);
    assert_eq!(fs::read(&other).expect("a copy"), bytes);
    bureau.run(&["issues", "write", "1", "--force"], 0);
    assert_eq!(fs::read(&path).expect("again"), bytes);
}

#[test]
fn a_done_issue_is_given_under_another_name_too() {
    let bureau = printed(&["2025-03-01"]);
    let other = bureau.path("乙.docx");
    bureau.run(&["compose", "--date", "2025-03-01", "-o", &other.display().to_string()], 0);
    assert_eq!(
        fs::read(other).expect("written"),
        fs::read(bureau.path("out/试刊-2025-001.docx")).expect("there")
    );
    assert_eq!(bureau.store().issues().expect("the list").len(), 1);
}

#[test]
fn an_issue_that_could_not_be_written_goes_where_it_can_be() {
    let bureau = Bureau::new(BINARY);
    send(&bureau, 1);
    fs::write(bureau.path("blk"), "").expect("writable");
    let wrong = [("JIANBAO_FOLDERS__OUTPUT", "blk/out")];
    bureau.run_with(&wrong, &["run", "--date", "2025-03-01"], 73);
    // The folder is set right, and another day has come.
    send(&bureau, 2);
    let said = bureau.run(&["run", "--date", "2025-03-02"], 0);
    assert_eq!(bureau.files("out"), ["试刊-2025-001.docx", "试刊-2025-002.docx"]);
    assert!(said.contains("试刊-2025-001.docx") && said.contains("试刊-2025-002.docx"), "{said}");
    assert!(bureau.printed("试刊-2025-001.docx").contains("第1场"));
    assert!(bureau.printed("试刊-2025-002.docx").contains("第2场"));
}

#[test]
fn what_is_forced_is_the_issue_that_is_due_and_no_other() {
    let bureau = Bureau::new(BINARY);
    send(&bureau, 1);
    fs::create_dir(bureau.path("out")).expect("writable");
    let path = bureau.path("out/试刊-2025-001.docx");
    fs::write(&path, "别人的文件").expect("writable");
    // Before a number is taken.
    let said = bureau.run(&["run", "--date", "2025-03-01"], 73);
    assert!(said.contains("J311") && !said.contains("--force"), "{said}");
    bureau.run(&["run", "--date", "2025-03-02", "--force"], 73);
    assert_eq!(fs::read_to_string(&path).expect("there"), "别人的文件");
    assert_eq!(bureau.store().issues().expect("the list"), []);
    // A draft that is corrected before the issue is made is not printed beside its correction.
    bureau.send(
        "区残联/1.txt",
        submission("第1场招聘会", "组织企业7家，提供岗位131个，现场达成意向54人。", "区残联"),
    );
    fs::remove_file(&path).expect("ours");
    bureau.run(&["run", "--date", "2025-03-02"], 0);
    assert_eq!(bureau.store().issues().expect("the list")[0].positions.len(), 1);
}

#[test]
fn a_refused_number_adopts_nothing() {
    let bureau = printed(&["2025-03-01"]);
    send(&bureau, 2);
    assert!(bureau.run(&["run", "--date", "2025-03-02", "--number", "5"], 2).contains("J310"));
    assert_eq!(bureau.items()[1].0, "new");
}

#[test]
fn numbers_that_a_restored_store_has_lost_are_not_given_again() {
    let bureau = printed(&["2025-03-01"]);
    bureau.run(&["store", "backup", "b.db"], 0);
    send(&bureau, 2);
    bureau.run(&["run", "--date", "2025-03-02"], 0);
    let second = fs::read(bureau.path("out/试刊-2025-002.docx")).expect("printed");
    bureau.run(&["store", "restore", "b.db", "--force"], 0);
    send(&bureau, 3);
    for more in [&[][..], &["--force"]] {
        let said = bureau.run(&[&["run", "--date", "2025-03-04"], more].concat(), 73);
        assert!(said.contains("J311") && said.contains("issues skip --number 2"), "{said}");
    }
    bureau.run(&["issues", "skip", "--number", "2"], 2);
    bureau.run(&["issues", "skip", "--number", "2", "--date", "2025-03-04", "--reason", "恢复备份"], 0);
    let again = ["issues", "skip", "--number", "2", "--date", "2025-03-04", "--reason", "恢复备份"];
    assert!(bureau.run(&again, 0).contains("没有改动"));
    bureau.run(&["issues", "skip", "--number", "9", "--date", "三月四日", "--reason", "恢复备份"], 2);
    bureau.run(&["run", "--date", "2025-03-04"], 0);
    assert_eq!(fs::read(bureau.path("out/试刊-2025-002.docx")).expect("printed"), second);
    assert!(bureau.printed("试刊-2025-003.docx").contains("第3场"));
    assert_eq!(bureau.store().check().expect("a sound store"), []);
}

#[test]
fn an_office_begins_where_it_was_and_may_begin_again() {
    let bureau = Bureau::new(BINARY);
    let noted = ["issues", "skip", "--number", "34", "--date", "2025-01-01", "--reason", "此前人工编印"];
    bureau.run(&noted, 0);
    send(&bureau, 1);
    bureau.run(&["run", "--date", "2025-03-01"], 0);
    assert_eq!(bureau.files("out"), ["试刊-2025-035.docx"]);
    // A first number that was wrong.
    let bureau = Bureau::new(BINARY);
    send(&bureau, 1);
    bureau.run(&["run", "--date", "2025-03-01", "--number", "50"], 0);
    bureau.run(&["issues", "void", "50", "--reason", "期号写错"], 0);
    fs::remove_file(bureau.path("out/试刊-2025-050.docx")).expect("ours");
    bureau.run(&["run", "--date", "2025-03-01", "--number", "12"], 0);
    send(&bureau, 2);
    bureau.run(&["run", "--date", "2025-03-02"], 0);
    assert_eq!(bureau.files("out"), ["试刊-2025-012.docx", "试刊-2025-013.docx"]);
    assert_eq!(bureau.store().check().expect("a sound store"), []);
}

#[test]
fn a_supplement_says_that_it_is_one_and_has_numbers_of_its_own() {
    let bureau = printed(&["2025-03-01"]);
    send(&bureau, 2);
    // The numbers of the configuration are those of the bulletin.
    let numbers = [("JIANBAO_ISSUE__NUMBER", "12"), ("JIANBAO_ISSUE__CUMULATIVE", "35")];
    bureau.run_with(&numbers, &["run", "--supplement", "--date", "2025-03-01"], 0);
    assert_eq!(bureau.files("out"), ["试刊-2025-001.docx", "试刊增刊-2025-001.docx"]);
    let printed = bureau.printed("试刊增刊-2025-001.docx");
    assert!(printed.contains("（动态·增刊）") && printed.contains("第1期"), "{printed}");
    assert!(!printed.contains('总'), "{printed}");
}

#[test]
fn bulletins_and_editions_that_share_a_store_keep_apart() {
    let bureau = Bureau::new(BINARY);
    send(&bureau, 1);
    fs::write(bureau.path("blk"), "").expect("writable");
    bureau.run_with(&[("JIANBAO_FOLDERS__OUTPUT", "blk/out")], &["run", "--date", "2025-03-01"], 73);
    // Another bulletin does not finish what this one has begun.
    let text = fs::read_to_string(bureau.path("jianbao.toml")).expect("the configuration");
    fs::write(bureau.path("b.toml"), text.replace("试刊", "专报")).expect("writable");
    send(&bureau, 2);
    bureau.run(&["run", "--config", "b.toml", "--date", "2025-03-01"], 0);
    assert_eq!(bureau.files("out"), ["专报-2025-001.docx"]);
    bureau.run(&["run", "--date", "2025-03-01"], 0);
    assert_eq!(bureau.files("out"), ["专报-2025-001.docx", "试刊-2025-001.docx"]);
    assert!(bureau.printed("试刊-2025-001.docx").starts_with("试刊"));
    // Two editions of one bulletin each begin with 1, and their files have two names.
    fs::write(bureau.path("c.toml"), text.replace("\"动态\"", "\"摘报\"")).expect("writable");
    send(&bureau, 3);
    bureau.run(&["run", "--config", "c.toml", "--date", "2025-03-01"], 0);
    assert_eq!(bureau.files("out")[2], "试刊（摘报）-2025-001.docx");
}

#[test]
fn a_clock_that_went_back_makes_no_issue() {
    let bureau = printed(&["2099-03-01"]);
    send(&bureau, 2);
    let said = bureau.run(&["run"], 78);
    assert!(said.contains("J312") && said.contains("2099-03-01"), "{said}");
    // Who names the date knows it.
    bureau.run(&["run", "--date", "2099-02-27"], 0);
}

#[test]
fn what_was_adopted_is_printed_when_it_is_merged() {
    let bureau = Bureau::new(BINARY);
    let editor = [("JIANBAO_ITEMS__ADOPT", "editor")];
    for number in 1..=3 {
        send(&bureau, number);
    }
    bureau.run_with(&editor, &["run", "--only", "ingest"], 0);
    bureau.run(&["items", "adopt", "1", "2"], 0);
    bureau.run(&["items", "merge", "3", "1"], 0);
    bureau.run_with(&editor, &["run", "--date", "2025-03-01"], 0);
    let printed = bureau.printed("试刊-2025-001.docx");
    for words in ["企业7家", "企业14家", "企业21家"] {
        assert!(printed.contains(words), "{words}: {printed}");
    }
}

/// A submission with a picture of this grey, as python-docx writes it.
fn send_pictured(bureau: &Bureau, number: usize, grey: u8) {
    let picture = bureau.path("picture.png");
    image::GrayImage::from_pixel(64, 48, image::Luma([grey])).save(&picture).expect("a picture");
    let script = "import sys, docx\nd = docx.Document()\nfor line in sys.argv[3:]: d.add_paragraph(line)\n\
                  d.add_picture(sys.argv[2])\nd.save(sys.argv[1])\n";
    let path = bureau.path(format!("inbox/区残联/{number}.docx"));
    fs::create_dir_all(path.parent().expect("a folder")).expect("writable");
    let (path, picture) = (path.display().to_string(), picture.display().to_string());
    let title = format!("第{number}次义诊活动");
    let body = format!("组织医生{}名，服务群众{}人，发放资料{}份。", number * 9, number * 117, number * 401);
    jianbao_tests::python(&["-c", script, &path, &picture, &title, &body, "（区残联）"]);
}

/// Pictures of an issue.
fn pictures(bureau: &Bureau, name: &str) -> usize {
    let file = fs::File::open(bureau.path("out").join(name)).expect("the issue");
    let archive = zip::ZipArchive::new(file).expect("a package");
    archive
        .file_names()
        .filter(|name| name.as_ref().is_ok_and(|name| name.starts_with("word/media/")))
        .count()
}

#[test]
fn pictures_of_merged_and_edited_items_are_printed() {
    let bureau = Bureau::new(BINARY);
    send_pictured(&bureau, 1, 40);
    send_pictured(&bureau, 2, 80);
    bureau.run(&["run", "--only", "ingest"], 0);
    bureau.run(&["items", "merge", "1", "2"], 0);
    // A second draft of another item, with another picture, and then the editor's hand.
    send_pictured(&bureau, 3, 120);
    bureau.run(&["run", "--only", "ingest"], 0);
    send_pictured(&bureau, 3, 160);
    bureau.run(&["run", "--only", "ingest"], 0);
    bureau.run(&["items", "edit", "3", "--title", "第三次义诊活动圆满结束"], 0);
    let said = bureau.run(&["run", "--date", "2025-03-01", "--verbose"], 0);
    assert!(!said.contains("A104"), "{said}");
    assert_eq!(pictures(&bureau, "试刊-2025-001.docx"), 3);
}
