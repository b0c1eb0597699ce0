//! What people do in a shared folder between two runs: names of old systems, corrected and withdrawn files,
//! files that replace others, and what the job must not do with any of them.

#![cfg(unix)]

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt as _;

use jianbao_tests::bureau::{Bureau, submission};
use jianbao_tests::sample;

const BINARY: &str = env!("CARGO_BIN_EXE_jianbao-under-test");

const FIRST: &str = "一是走访到户，了解三百户残疾人家庭的困难。二是送教上门，教师每周授课两次。";
const SECOND: &str = "组织职工到河边植树，种下树苗二百株，并安排专人养护浇灌。";

fn ingest(bureau: &Bureau, exit: i32) -> String {
    bureau.run(&["run", "--only", "ingest", "--verbose"], exit)
}

fn taken(how: &'static str) -> [(&'static str, &'static str); 1] {
    [("JIANBAO_ARRIVAL__TAKEN", how)]
}

#[test]
fn names_of_old_systems_are_read_and_kept_apart() {
    let bureau = Bureau::new(BINARY);
    // 区残联/信息.txt in GBK, twice with other bytes that look the same, and in UTF-8.
    let unit = OsStr::from_bytes(b"\xc7\xf8\xb2\xd0\xc1\xaa").to_owned();
    let folder = bureau.path("inbox").join(&unit);
    fs::create_dir(&folder).expect("a unit's folder");
    let body = "开展春季义诊活动，服务群众三百余人，发放宣传资料五百份。";
    fs::write(folder.join(OsStr::from_bytes(b"\xd0\xc5\xcf\xa2.txt")), format!("春季义诊活动\n{body}\n"))
        .expect("writable");
    bureau.send("区残联/信息.txt", submission("开展植树活动", SECOND, "区残联"));
    let said = bureau.run_with(&taken("move"), &["run", "--date", "2025-03-27"], 0);
    bureau.accounts_for(2);
    assert!(said.contains("收件 2：已收 2"), "{said}");
    let printed = bureau.printed("试刊-2025-001.docx");
    assert!(printed.contains("春季义诊活动") && printed.contains("开展植树活动"), "{printed}");
    // The folder is the unit's, in whatever encoding, and both files are put aside at once.
    assert_eq!(printed.matches("（区残联）").count(), 2, "{printed}");
    let left = bureau.files("inbox");
    assert!(left.len() == 2 && left.iter().all(|name| name.contains("已收")), "{left:?}");
}

#[test]
fn a_file_that_is_renamed_while_it_is_waited_for_is_a_new_one() {
    let bureau = Bureau::new(BINARY);
    let whole = fs::read(sample("inbox/区数据局/关于优化政务服务的信息（改）.docx")).expect("the sample");
    bureau.send("区残联/甲.docx", &whole[..whole.len() - 40]);
    bureau.send("区残联/乙.docx", &whole[..whole.len() - 50]);
    assert!(ingest(&bureau, 0).contains("J102"));
    fs::remove_file(bureau.path("inbox/区残联/乙.docx")).expect("ours");
    fs::rename(bureau.path("inbox/区残联/甲.docx"), bureau.path("inbox/区残联/丙.docx")).expect("ours");
    let said = ingest(&bureau, 0);
    assert_eq!(said.matches("J105").count(), 2, "{said}");
    bureau.accounts_for(1);
    bureau.send("区残联/丙.docx", whole);
    ingest(&bureau, 0);
    bureau.accounts_for(1);
    assert_eq!(bureau.status()["oldest_waiting"], serde_json::Value::Null);
}

#[test]
fn a_folder_in_whose_place_a_link_lies_is_gone() {
    let bureau = Bureau::new(BINARY);
    let whole = fs::read(sample("inbox/区数据局/关于优化政务服务的信息（改）.docx")).expect("the sample");
    bureau.send("区残联/甲.docx", &whole[..whole.len() - 40]);
    ingest(&bureau, 0);
    // A link in the place of the folder is passed over; the file is certainly not there.
    let (folder, away) = (bureau.path("inbox/区残联"), bureau.path("away"));
    fs::rename(&folder, &away).expect("ours");
    std::os::unix::fs::symlink(&away, &folder).expect("a link");
    assert!(ingest(&bureau, 0).contains("J105"));
}

#[test]
fn two_texts_under_one_title_are_both_kept() {
    let bureau = Bureau::new(BINARY);
    bureau.send("区残联/第1周.txt", submission("一周工作动态", FIRST, "区残联"));
    ingest(&bureau, 0);
    bureau.send("区残联/第2周.txt", submission("一周工作动态", SECOND, "区残联"));
    let said = ingest(&bureau, 0);
    assert!(said.contains("C307"), "{said}");
    assert_eq!(bureau.items().len(), 2);
    // The same file with a figure corrected replaces the text that it corrects, and no other.
    bureau.send("区残联/第2周.txt", submission("一周工作动态", &SECOND.replace("二百", "三百"), "区残联"));
    assert!(ingest(&bureau, 0).contains("C305"));
    bureau.send("区残联/第1周.txt", submission("一周工作动态", &FIRST.replace("三百户", "四百户"), "区残联"));
    assert!(ingest(&bureau, 0).contains("C305"));
    bureau.run(&["run", "--date", "2025-03-27"], 0);
    let printed = bureau.printed("试刊-2025-001.docx");
    assert!(printed.contains("四百户") && printed.contains("树苗三百株"), "{printed}");
    assert!(!printed.contains("三百户") && !printed.contains("树苗二百株"), "{printed}");
}

#[test]
fn a_file_that_is_replaced_replaces_its_texts_and_tells_what_it_leaves_out() {
    let bureau = Bureau::new(BINARY);
    bureau.send("区残联/信息.txt", submission("走访服务残疾人", FIRST, "区残联"));
    bureau.send("区统计局/信息.txt", submission("职工植树", SECOND, "区统计局"));
    ingest(&bureau, 0);
    // Another title for the same text, and another text under the same name.
    bureau.send("区残联/信息.txt", submission("走访送教服务残疾人家庭", FIRST, "区残联"));
    bureau.send(
        "区统计局/信息.txt",
        submission(
            "完成人口抽样调查",
            "抽查二十个小区，上门登记一千二百户，数据已上报市统计局。",
            "区统计局",
        ),
    );
    let said = ingest(&bureau, 0);
    assert!(said.contains("C305") && said.contains("C308") && said.contains("职工植树"), "{said}");
    let titles: Vec<String> = bureau.items().into_iter().map(|(_, title)| title).collect();
    assert_eq!(titles, ["走访送教服务残疾人家庭", "职工植树", "完成人口抽样调查"]);
}

#[test]
fn an_earlier_draft_that_comes_back_is_told() {
    let bureau = Bureau::new(BINARY);
    let draft = submission("走访服务残疾人", FIRST, "区残联");
    for text in [draft.clone(), draft.replace("三百户", "四百户"), draft] {
        bureau.send("区残联/信息.txt", text);
        ingest(&bureau, 0);
    }
    let said = bureau.run(&["run", "--only", "ingest", "--verbose"], 0);
    bureau.accounts_for(1);
    assert!(said.contains("收件 1"), "{said}");
    // Told when it came: the corrected draft stays.
    bureau.send("区统计局/信息.txt", submission("走访服务残疾人", FIRST, "区残联"));
    let said = bureau.run(&["run", "--only", "ingest"], 0);
    assert!(said.contains("J103") && said.contains("后来改过"), "{said}");
}

#[test]
fn nothing_is_shown_of_a_file_with_a_secrecy_mark_and_nothing_of_it_is_printed() {
    let bureau = Bureau::new(BINARY);
    let secret =
        "机密★长期\n关于某部队调动的情况\n某部队于3月调动，人数3000 人，联系人：张三 13800000000。\n";
    bureau.send("区残联/密.txt", secret);
    bureau.send("区统计局/信息.txt", submission("职工植树", SECOND, "区统计局"));
    let report = bureau.path("report.json").display().to_string();
    let said = bureau.run(&["run", "--date", "2025-03-27", "--verbose", "--report", &report], 1);
    bureau.accounts_for(2);
    assert_eq!(said.matches("[C401]").count(), 1, "{said}");
    assert!(said.contains("第1行"), "{said}");
    let log = fs::read_to_string(bureau.path("data/jianbao.log")).expect("a log");
    let report = fs::read_to_string(report).expect("a report");
    let told =
        [said, log, report, bureau.status().to_string(), bureau.printed("试刊-2025-001.docx")].concat();
    for word in ["部队", "3000", "张三", "13800000000"] {
        assert!(!told.contains(word), "{word}: {told}");
    }
    // The folder of what was returned may be shared: the reason lies there, the text does not.
    let returned = bureau.files("退回");
    assert_eq!(returned.len(), 2, "{returned:?}");
    for name in returned {
        let text = fs::read_to_string(bureau.path("退回").join(&name)).expect("text");
        assert!(text.contains("C401") && !text.contains("部队"), "{text}");
    }
    // An editor can take it out of the archive.
    let copy = bureau.path("密件.txt").display().to_string();
    bureau.run(&["quarantine", "release", "1", "-o", &copy, "--reason", "交保密办"], 0);
    assert_eq!(fs::read_to_string(copy).expect("the original"), secret);
}

#[test]
fn a_huge_file_is_returned_and_the_others_are_taken() {
    let bureau = Bureau::new(BINARY);
    bureau.send("区残联/信息.txt", submission("走访服务残疾人", FIRST, "区残联"));
    bureau.send("区残联/录像.mp4", "");
    // Sparse: larger than any disk of a test.
    let video = fs::File::options().write(true).open(bureau.path("inbox/区残联/录像.mp4"));
    video.expect("ours").set_len(500 << 30).expect("sparse");
    let said = bureau.run(&["run", "--date", "2025-03-27"], 1);
    assert!(said.contains("R108") && said.contains("已退回：区残联/录像.mp4"), "{said}");
    assert!(said.contains("已收 1"), "{said}");
    bureau.accounts_for(2);
}

#[test]
fn the_only_copy_is_never_deleted() {
    for how in ["delete", "move"] {
        let bureau = Bureau::new(BINARY);
        let text = submission("走访服务残疾人", FIRST, "区残联");
        bureau.send("区残联/信息.txt", &text);
        bureau.send(
            "区残联/表.xlsx",
            fs::read(sample("inbox/区民卫局/各科室联系表.xlsx")).expect("the sample"),
        );
        ingest(&bureau, 1);
        fs::remove_dir_all(bureau.path("data/archive")).expect("ours");
        bureau.run_with(&taken(how), &["run", "--date", "2025-03-27"], 0);
        let kept = bureau.files("data/archive");
        assert_eq!(kept.len(), 2, "{kept:?}");
        assert!(kept.iter().any(
            |name| fs::read(bureau.path("data/archive").join(name)).expect("readable") == text.as_bytes()
        ));
        assert_eq!(bureau.files("inbox").len(), if how == "move" { 2 } else { 0 });
    }
}

#[test]
fn another_file_of_the_same_size_and_time_is_not_deleted_unread() {
    let bureau = Bureau::new(BINARY);
    let path = bureau.path("inbox/区残联/信息.txt");
    let text = submission("走访服务残疾人", FIRST, "区残联");
    bureau.send("区残联/信息.txt", &text);
    ingest(&bureau, 0);
    let time = fs::metadata(&path).expect("there").modified().expect("a time");
    let other = text.replace("三百户", "四百户");
    fs::write(&path, &other).expect("ours");
    fs::File::options().write(true).open(&path).expect("ours").set_modified(time).expect("ours");
    bureau.run_with(&taken("delete"), &["run", "--only", "ingest"], 0);
    assert_eq!(fs::read_to_string(&path).expect("still there"), other);
    let said = bureau.run_with(&taken("delete"), &["run", "--only", "ingest", "--verbose"], 0);
    assert!(said.contains("C305"), "{said}");
    assert!(!path.exists());
}

#[test]
fn a_returned_file_that_was_replaced_does_not_stop_the_job() {
    let bureau = Bureau::new(BINARY);
    let large = [("JIANBAO_LIMITS__FILE_MIB", "1")];
    bureau.send("区残联/信息.txt", vec![b'x'; 2 << 20]);
    bureau.run_with(&large, &["run", "--only", "ingest"], 1);
    bureau.send("区残联/信息.txt", submission("走访服务残疾人", FIRST, "区残联"));
    bureau.run_with(&large, &["run", "--only", "ingest"], 0);
    // What was returned is gone, and one cannot go on with it; the others can.
    bureau.run(&["quarantine", "retry", "1"], 2);
    bureau.run(&["quarantine", "retry", "--all"], 0);
    bureau.send("区残联/信息.txt", submission("走访服务残疾人", &FIRST.replace("三百", "四百"), "区残联"));
    bureau.run_with(&large, &["run", "--date", "2025-03-27"], 0);
    bureau.accounts_for(1);
}

#[test]
fn a_damaged_original_is_told_and_made_good_when_the_file_comes_again() {
    let bureau = Bureau::new(BINARY);
    let table = fs::read(sample("inbox/区民卫局/各科室联系表.xlsx")).expect("the sample");
    bureau.send("区残联/表.xlsx", &table);
    assert!(ingest(&bureau, 1).contains("R102"));
    let kept = bureau.path("data/archive").join(&bureau.files("data/archive")[0]);
    fs::write(&kept, vec![b'x'; table.len()]).expect("ours");
    bureau.run(&["quarantine", "retry", "1"], 0);
    let said = ingest(&bureau, 1);
    assert!(said.contains("J406") && !said.contains("R102"), "{said}");
    bureau.accounts_for(1);
    bureau.send("区统计局/又一份.xlsx", &table);
    ingest(&bureau, 0);
    assert_eq!(fs::read(&kept).expect("readable"), table);
    bureau.run(&["quarantine", "retry", "2"], 0);
    assert!(ingest(&bureau, 1).contains("R102"));
    bureau.accounts_for(2);
}
