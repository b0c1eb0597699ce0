//! The office server: jobs by name, statistics, backups, `doctor`, and the files of the service.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use jianbao_pipeline::job::Lock;
use jianbao_pipeline::time;
use jianbao_store::{Moment, Options, Store};
use tempfile::TempDir;

const BINARY: &str = env!("CARGO_BIN_EXE_jianbao-under-test");

/// Nobody's user and group on every Linux.
const NOBODY: u32 = 65534;

const CONFIG: &str = r#"
[bulletin]
name = "试刊"
[issue]
number = 3
date = "2025-03-27"
[arrival]
settle = 0
quiet = 0
reserve_mib = 1
[[contributor]]
name = "区残联"
aliases = ["残联"]
[[contributor]]
name = "区统计局"
[[contributor]]
name = "党政办"
[[job]]
name = "收稿"
task = "ingest"
[[job]]
name = "出刊"
task = "compose"
[[job]]
name = "备份"
task = "backup"
folder = "副本"
keep = 2
[[job]]
name = "统计"
task = "statistics"
output = "表/三月"
days = 7
"#;

/// The folder of an office, with a configuration and all its folders.
struct Office {
    folder: TempDir,
}

impl Office {
    fn new() -> Self {
        let office = Self { folder: tempfile::tempdir().expect("a folder") };
        // A temporary folder is private, and others are to look.
        allow(office.folder.path(), 0o755);
        fs::write(office.at("jianbao.toml"), CONFIG).expect("writable");
        for name in ["inbox", "out", "data", "退回", "副本", "表"] {
            fs::create_dir(office.at(name)).expect("writable");
        }
        office
    }

    fn at(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn send(&self, path: &str, content: &[u8]) {
        let path = self.at("inbox").join(path);
        fs::create_dir_all(path.parent().expect("a unit")).expect("writable");
        fs::write(path, content).expect("writable");
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(BINARY);
        command.args(arguments).current_dir(self.folder.path());
        for (name, _) in
            std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("JIANBAO_"))
        {
            command.env_remove(name);
        }
        command
    }

    /// Runs the program; it must end with this code. What it says on both channels comes back.
    fn run(&self, arguments: &[&str], exit: i32) -> String {
        ended(self.command(arguments), exit)
    }

    fn store(&self) -> Store {
        Store::open(&self.at("data/jianbao.db"), Options::default()).expect("the store")
    }
}

fn ended(mut command: Command, exit: i32) -> String {
    let Output { status, stdout, stderr } = command.output().expect("cargo builds the binary");
    let said = String::from_utf8(stdout).expect("UTF-8") + &String::from_utf8_lossy(&stderr);
    assert_eq!(status.code(), Some(exit), "{command:?}: {said}");
    said
}

fn allow(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("our own");
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("readable").file_name().into_string().expect("UTF-8")).collect();
    names.sort();
    names
}

const ITEM: &str = "四项发力服务残疾人\n一是走访到户。工作人员逐户走访，了解困难。二是送教上门。教师每周上门授课。\n（区残联）\n";
const OTHER: &str = "开展春季植树活动\n三月十二日，单位组织职工到河边植树，种下树苗二百株。\n";

#[test]
fn the_halves_of_a_run_and_jobs_by_name_do_the_same() {
    let halves = Office::new();
    halves.send("区残联/甲.txt", ITEM.as_bytes());
    halves.run(&["run", "--only", "ingest"], 0);
    assert!(names(&halves.at("out")).is_empty(), "nothing is composed");
    halves.send("区残联/乙.txt", OTHER.as_bytes());
    halves.run(&["run", "--only", "compose"], 0);
    assert_eq!(names(&halves.at("out")), ["试刊-2025-003.docx"]);
    assert_eq!(halves.store().statistics(&(Moment(0)..Moment(i64::MAX))).expect("counts").len(), 1);

    let jobs = Office::new();
    jobs.send("区残联/甲.txt", ITEM.as_bytes());
    let said = jobs.run(&["job", "收稿", "出刊"], 0);
    assert!(said.contains("试刊-2025-003.docx"), "{said}");
    let issue = |office: &Office| fs::read(office.at("out/试刊-2025-003.docx")).expect("an issue");
    assert_eq!(issue(&halves), issue(&jobs), "what came after the first half is not in the issue");
    let status = fs::read_to_string(jobs.at("data/status.json")).expect("a status");
    let status: serde_json::Value = serde_json::from_str(&status).expect("JSON");
    assert_eq!(status["tasks"], serde_json::json!(["ingest", "compose"]));
    assert_eq!((&status["exit"], &status["files"]["accepted"]), (&0.into(), &1.into()));
}

#[test]
fn a_file_is_the_same_however_the_configuration_is_named() {
    let office = Office::new();
    office.send("区残联/甲.txt", ITEM.as_bytes());
    let said = office.run(&["job", "收稿", "--config", "jianbao.toml"], 0);
    let whole = office.at("jianbao.toml").display().to_string();
    assert!(said.contains("收件 1：已收 1，重复 0"), "{said}");
    let said = office.run(&["job", "收稿", "--config", &whole], 0);
    assert!(said.contains("收件 1：已收 1，重复 0"), "{said}");
}

#[test]
fn statistics_count_every_file_and_every_printed_item() {
    let office = Office::new();
    office.send("区残联/甲.txt", ITEM.as_bytes());
    office.send("残联/再报.txt", ITEM.as_bytes());
    office.send("区统计局/图.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01");
    office.send("=1+1/植树.txt", OTHER.as_bytes());
    office.run(&["job", "收稿", "出刊", "统计"], 1);
    let csv = fs::read_to_string(office.at("表/三月.csv")).expect("a table");
    let expected = "\u{FEFF}单位,来件,收下,重复,退回,等待,刊登条数\r\n\
                    区残联,2,1,1,0,0,1\r\n\
                    区统计局,1,0,0,1,0,0\r\n\
                    党政办,0,0,0,0,0,0\r\n\
                    '=1+1,1,1,0,0,0,1\r\n\
                    合计,4,2,1,1,0,2\r\n";
    assert_eq!(csv, expected);
    let table = fs::read_to_string(office.at("表/三月.md")).expect("a table");
    assert!(table.contains("| 区残联 | 2 | 1 | 1 | 0 | 0 | 1 |\n"), "{table}");

    // Eight days later none of it is of the last seven days.
    let day = 86_400_000;
    let later = time::now().0 + 8 * day;
    let counted = office.store().statistics(&(Moment(later - 7 * day)..Moment(later))).expect("counts");
    assert!(counted.is_empty(), "{counted:?}");
}

#[test]
fn backups_make_room_for_new_ones_and_bring_the_store_back() {
    let office = Office::new();
    office.send("区残联/甲.txt", ITEM.as_bytes());
    office.run(&["run"], 0);
    let old = ["jianbao-20200101-000000.db", "jianbao-20210101-000000.db", "jianbao-20220101-000000.db"];
    for name in old.iter().chain(&["说明.txt", "jianbao-2020.db"]) {
        fs::write(office.at("副本").join(name), "旧").expect("writable");
    }
    office.run(&["job", "备份"], 0);
    let kept = names(&office.at("副本"));
    let new = kept.iter().find(|name| name.starts_with("jianbao-20") && name.as_str() > "jianbao-2023");
    let new = new.unwrap_or_else(|| panic!("a new copy: {kept:?}")).clone();
    assert_eq!(kept, ["jianbao-2020.db", old[2], &new, "说明.txt"]);

    let issues = office.store().issues().expect("issues");
    assert_eq!(issues.len(), 1);
    fs::remove_file(office.at("data/jianbao.db")).expect("ours");
    let copy = format!("副本/{new}");
    office.run(&["store", "restore", &copy], 0);
    assert_eq!(office.store().issues().expect("issues"), issues);
    assert!(office.run(&["run"], 0).contains("已经生成过"), "the number is not given a second time");

    // A folder that cannot be made is told by its own name and code.
    fs::remove_dir_all(office.at("副本")).expect("ours");
    fs::write(office.at("副本"), "").expect("writable");
    let said = office.run(&["job", "备份"], 73);
    assert!(said.contains("副本"), "{said}");
}

#[test]
fn a_job_that_cannot_be_done_says_why() {
    let office = Office::new();
    assert!(office.run(&["job", "出版"], 2).contains("收稿、出刊、备份、统计"));
    let lock = Lock::take(&office.at("data/lock")).expect("free");
    office.run(&["job", "备份"], 75);
    drop(lock);
    assert!(names(&office.at("副本")).is_empty());
    for (right, wrong) in [
        ("task = \"ingest\"", "task = \"ingests\""),
        ("keep = 2", "keep = 0"),
        ("days = 7", "day = 7"),
        ("name = \"出刊\"", "name = \"收稿\""),
        ("folder = \"副本\"", ""),
    ] {
        assert!(CONFIG.contains(right));
        fs::write(office.at("jianbao.toml"), CONFIG.replace(right, wrong)).expect("writable");
        office.run(&["job", "备份"], 78);
        office.run(&["doctor"], 78);
    }
}

/// The lines of `doctor` that tell an error.
fn errors(said: &str) -> Vec<&str> {
    for line in said.lines() {
        assert!(["[正常] ", "[注意] ", "[错误] "].iter().any(|label| line.starts_with(label)), "{line}");
    }
    said.lines().filter(|line| line.starts_with("[错误]")).collect()
}

#[test]
fn doctor_finds_nothing_wrong_where_nothing_is_and_changes_nothing() {
    let office = Office::new();
    office.send("区残联/甲.txt", ITEM.as_bytes());
    let said = office.run(&["doctor"], 0);
    assert!(errors(&said).is_empty(), "{said}");
    assert!(said.contains("备份文件夹可写") && said.contains("还没有数据库"), "{said}");
    for folder in ["out", "data", "退回", "副本", "表"] {
        assert!(names(&office.at(folder)).is_empty(), "{folder}");
    }
    office.run(&["run"], 0);
    assert!(office.run(&["doctor"], 0).contains("[正常] 数据库完好"));
}

#[test]
fn doctor_tells_wrong_rights_to_the_user_who_has_them() {
    let office = Office::new();
    office.send("区残联/甲.txt", ITEM.as_bytes());
    let nobody = |arguments: &[&str]| {
        let mut command = office.command(arguments);
        let administrator = fs::metadata(office.folder.path()).map(|about| {
            use std::os::unix::fs::MetadataExt as _;
            about.uid() == 0
        });
        if administrator.expect("our own") {
            command.uid(NOBODY).gid(NOBODY);
        }
        command
    };
    for folder in ["out", "data", "退回", "副本", "表"] {
        allow(&office.at(folder), 0o777);
    }
    assert!(errors(&ended(nobody(&["doctor"]), 0)).is_empty());

    // A run by hand of somebody else leaves a lock and a log that are not shared.
    for name in ["lock", "jianbao.log"] {
        fs::write(office.at("data").join(name), "").expect("writable");
        allow(&office.at("data").join(name), 0o444);
    }
    let said = ended(nobody(&["doctor"]), 1);
    assert_eq!(errors(&said).len(), 2, "{said}");
    for name in ["lock", "jianbao.log"] {
        fs::remove_file(office.at("data").join(name)).expect("ours");
    }

    allow(&office.at("inbox/区残联/甲.txt"), 0o000);
    allow(&office.at("out"), 0o555);
    allow(&office.at("data"), 0o555);
    let said = ended(nobody(&["doctor"]), 1);
    let found = errors(&said);
    assert_eq!(found.len(), 3, "{said}");
    for (line, start) in found.iter().zip(["收件文件夹读不了", "输出文件夹写不了", "数据文件夹写不了"])
    {
        assert!(line.contains(start) && line.contains("办法："), "{line}");
    }
    assert!(found[0].contains("甲.txt"), "{}", found[0]);

    allow(&office.at("inbox/区残联"), 0o000);
    let said = ended(nobody(&["doctor"]), 1);
    allow(&office.at("inbox/区残联"), 0o755);
    assert!(errors(&said)[0].contains("收件文件夹读不了"), "{said}");
    fs::remove_dir_all(office.at("inbox")).expect("ours");
    let said = office.run(&["doctor"], 1);
    assert!(errors(&said)[0].contains("没有收件文件夹"), "{said}");
}

#[test]
fn doctor_knows_a_clock_that_went_back_and_a_store_that_is_none() {
    let office = Office::new();
    office.store().start_run(Moment(time::now().0 + 86_400_000)).expect("a run of tomorrow");
    let said = office.run(&["doctor"], 1);
    assert!(errors(&said)[0].contains("时钟倒退了"), "{said}");
    assert_eq!(errors(&said).len(), 1, "{said}");
    fs::write(office.at("data/jianbao.db"), "这不是数据库，".repeat(999)).expect("writable");
    let said = office.run(&["doctor"], 1);
    assert_eq!(errors(&said).len(), 1, "{said}");
    let english = office.run(&["doctor", "--lang", "en"], 1);
    assert!(english.contains("\n[error] the database is damaged"), "{english}");
}

/// What systemd tells of a unit; `scripts/test` installs it.
fn systemd(arguments: &[&str]) -> Output {
    let done = Command::new("systemd-analyze").args(arguments).output();
    done.unwrap_or_else(|error| panic!("systemd-analyze: {error}; scripts/test installs it"))
}

#[test]
fn the_service_is_sound_and_shut_in_for_systemd() {
    let office = Office::new();
    let units = office.at("units");
    let to = units.display().to_string();
    // The folder of the test lies where the service would not see it, which is told.
    let hidden = i32::from(office.folder.path().canonicalize().expect("there").starts_with("/tmp"));
    let usual = ["install-service", "--dir", &to];
    let calendar = ["--on-calendar", "Mon..Fri 08:30", "--on-failure", "mail@%n.service"];
    let said = office.run(&[&usual[..], &calendar, &["收稿", "出刊"]].concat(), hidden);
    assert!(said.contains("enable --now jianbao.timer"), "{said}");
    let (unit, timer) = (units.join("jianbao.service"), units.join("jianbao.timer"));
    let (unit_path, timer_path) = (unit.display().to_string(), timer.display().to_string());

    let verified = systemd(&["verify", &unit_path, &timer_path]);
    let told = String::from_utf8_lossy(&verified.stderr);
    assert!(verified.status.success() && !told.contains("jianbao."), "{told}");
    // The threshold is ten times the level: 1.0.
    let security = |file: &str| systemd(&["security", "--offline=true", "--threshold=10", file]);
    let judged = security(&unit_path);
    assert!(judged.status.success(), "{}", String::from_utf8_lossy(&judged.stdout));

    let text = fs::read_to_string(&unit).expect("a unit");
    let written = text.lines().find_map(|line| line.strip_prefix("ReadWritePaths=")).expect("folders");
    let mut written: Vec<&str> = written.split('"').filter(|part| !part.trim().is_empty()).collect();
    written.sort_unstable();
    let base = office.folder.path().canonicalize().expect("there");
    let mut expected: Vec<String> = ["out", "data", "退回", "副本", "表"]
        .iter()
        .map(|name| base.join(name).display().to_string())
        .collect();
    expected.sort_unstable();
    assert_eq!(written, expected);
    assert!(text.contains("\nSuccessExitStatus=1\n") && text.contains("\nOnFailure=mail@%n.service\n"));
    assert!(text.contains(" job \"收稿\" \"出刊\" --config \""), "{text}");
    let timer = fs::read_to_string(&timer).expect("a timer");
    assert!(timer.contains("\nOnCalendar=Mon..Fri 08:30\n") && timer.contains("\nPersistent=true\n"));

    // The judge can say no.
    let bare = units.join("bare.service");
    fs::write(&bare, "[Service]\nType=oneshot\nExecStart=/bin/true\n").expect("writable");
    assert!(!security(&bare.display().to_string()).status.success());
}

#[test]
fn nothing_is_installed_that_was_not_asked_for() {
    let office = Office::new();
    let units = office.at("units").display().to_string();
    let printed = office.command(&["install-service", "--dry-run", "--dir", &units]).output().expect("built");
    let printed = String::from_utf8(printed.stdout).expect("UTF-8");
    assert!(printed.contains("Type=oneshot") && printed.contains("OnCalendar=hourly"), "{printed}");
    let refused = [
        &["--user", "a\nExecStart=/bin/sh"][..],
        &["--unit", "../x"],
        &["--on-calendar", "hourly\n[X]"],
        &["--on-failure", ""],
        &["没有"],
    ];
    for more in refused {
        office.run(&[&["install-service", "--dir", &units], more].concat(), 2);
    }
    fs::remove_dir(office.at("副本")).expect("empty");
    office.run(&["install-service", "--dir", &units], 2);
    assert!(!office.at("units").exists());
}

/// The state of the last run.
fn status(office: &Office) -> serde_json::Value {
    let text = fs::read_to_string(office.at("data/status.json")).expect("a status");
    serde_json::from_str(&text).expect("JSON")
}

/// A picture, which is no submission.
const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01";

#[test]
fn what_the_job_writes_into_the_inbox_is_no_submission() {
    let office = Office::new();
    let folders =
        "[folders]\nquarantine = \"inbox/退回\"\noutput = \"inbox/已印\"\nstore = \"inbox/库/a.db\"\n";
    let config = CONFIG.replace("folder = \"副本\"", "folder = \"./inbox/副本\"") + folders;
    let config = config.replace("output = \"表/三月\"", "output = \"inbox/区残联/三月\"");
    fs::write(office.at("jianbao.toml"), config).expect("writable");
    fs::create_dir(office.at("inbox/库")).expect("writable");
    office.send("区残联/甲.txt", ITEM.as_bytes());
    office.send("区残联/图.png", PICTURE);
    office.run(&["job", "收稿", "出刊", "备份", "统计"], 1);
    assert!(office.at("inbox/区残联/三月.md").is_file());
    assert_eq!(names(&office.at("inbox/已印")), ["试刊-2025-003.docx"]);
    assert_eq!(names(&office.at("inbox/退回")).len(), 1);
    office.run(&["job", "收稿"], 0);
    let files = &status(&office)["files"];
    assert_eq!((&files["received"], &files["ignored"]), (&2.into(), &0.into()), "{files}");
    let said = office.run(&["doctor"], 0);
    let noted: Vec<&str> = said.lines().filter(|line| line.contains("在收件文件夹里")).collect();
    assert!(noted.len() == 1 && noted[0].starts_with("[注意] 数据库所在文件夹"), "{said}");
    // Where nothing else lies, the inbox is as bare as without it.
    for unit in ["甲.txt", "图.png"] {
        fs::remove_file(office.at("inbox/区残联").join(unit)).expect("ours");
    }
    assert!(office.run(&["job", "收稿"], 74).contains("[J107]"));
    // As the inbox itself no folder can be told from it.
    office.run(&["run", "--set", "folders.output=inbox"], 78);
}

#[test]
fn a_returned_file_that_comes_back_with_its_reason_does_not_bring_the_reason() {
    let office = Office::new();
    office.send("区残联/图.png", PICTURE);
    office.send("区统计局/原因.txt", OTHER.as_bytes());
    office.send("区统计局/图/原因.json", b"{}");
    office.run(&["job", "收稿"], 1);
    let returned = office.at("退回/000001-图");
    assert_eq!(names(&returned), ["原因.json", "原因.txt", "图.png"]);
    for name in names(&returned) {
        let content = fs::read(returned.join(&name)).expect("returned");
        office.send(&format!("区残联/000001-图/{name}"), &content);
    }
    office.run(&["job", "收稿"], 0);
    let files = &status(&office)["files"];
    let counts = ["received", "accepted", "duplicate", "ignored"].map(|key| files[key].clone());
    assert_eq!(counts, [4, 2, 1, 2].map(serde_json::Value::from), "{files}");
    let items = office.store().items(None).expect("items");
    assert!(items.iter().any(|item| item.title.as_deref() == Some("开展春季植树活动")), "{items:?}");
}

#[test]
fn a_returned_file_that_is_called_as_the_reason_keeps_its_content() {
    let office = Office::new();
    office.send("区残联/原因.txt", PICTURE);
    office.run(&["job", "收稿"], 1);
    let folder = office.at("退回").join(&names(&office.at("退回"))[0]);
    let kept = names(&folder);
    assert_eq!(kept, ["原件-原因.txt", "原因.json", "原因.txt"]);
    assert_eq!(fs::read(folder.join(&kept[0])).expect("the original"), PICTURE);
    assert!(fs::read_to_string(folder.join("原因.txt")).expect("the reason").contains("区残联"));
}

/// Exit code, error and line of the log of the last run.
fn noted(office: &Office) -> (i64, String, usize) {
    let status = status(office);
    let log = fs::read_to_string(office.at("data/jianbao.log")).expect("a log");
    let error = status["error"].as_str().unwrap_or_default().to_owned();
    (status["exit"].as_i64().expect("a code"), error, log.lines().count())
}

#[test]
fn a_run_that_could_not_begin_is_in_the_status_too() {
    let office = Office::new();
    office.send("区残联/甲.txt", ITEM.as_bytes());
    office.run(&["run"], 0);
    fs::rename(office.at("inbox"), office.at("inbox.off")).expect("ours");
    assert!(office.run(&["run"], 2).contains("[J203]"));
    assert_eq!(noted(&office), (2, "J203".to_owned(), 2));
    fs::rename(office.at("inbox.off"), office.at("inbox")).expect("ours");
    office.run(&["run", "--set", "template=没有.docx", "--date", "2025-03-28"], 2);
    assert_eq!(noted(&office), (2, "P201".to_owned(), 3));

    // A status that stays as it was hides the run.
    fs::remove_file(office.at("data/status.json")).expect("ours");
    fs::create_dir(office.at("data/status.json")).expect("ours");
    assert!(office.run(&["run"], 74).contains("[J405]"));
}

#[test]
fn a_share_that_is_not_mounted_is_not_taken_for_an_empty_inbox() {
    let office = Office::new();
    office.run(&["run"], 0);
    office.send("区残联/甲.txt", ITEM.as_bytes());
    office.send("区残联/半.docx", b"PK\x03\x04");
    office.run(&["job", "收稿"], 0);
    fs::rename(office.at("inbox"), office.at("inbox.off")).expect("ours");
    fs::create_dir(office.at("inbox")).expect("ours");
    let said = office.run(&["job", "收稿", "出刊", "备份"], 74);
    assert!(said.contains("[J107]") && !said.contains("试刊"), "{said}");
    assert_eq!(noted(&office).1, "J107");
    assert_eq!(names(&office.at("副本")).len(), 1, "a backup does not hang on the share");
    assert!(office.store().waiting().expect("waiting").iter().any(|one| one.shown == "区残联/半.docx"));
    // Where files are taken away an empty inbox is as it should be; so is one with the units' folders.
    office.run(&["job", "收稿", "--set", "arrival.taken=delete"], 0);
    fs::create_dir(office.at("inbox/区残联")).expect("ours");
    office.run(&["job", "收稿"], 0);
}

#[test]
fn a_task_that_fails_takes_only_those_with_it_that_hang_on_it() {
    let office = Office::new();
    office.send("区残联/甲.txt", ITEM.as_bytes());
    fs::write(office.at("out/试刊-2025-003.docx"), "别人的文件").expect("writable");
    let said = office.run(&["job", "收稿", "出刊", "备份", "统计"], 73);
    assert!(said.contains("[J201]"), "{said}");
    assert_eq!((names(&office.at("副本")).len(), names(&office.at("表")).len()), (1, 2), "{said}");

    // Two failures are both told; the first has the exit code.
    fs::remove_dir_all(office.at("副本")).expect("ours");
    fs::write(office.at("副本"), "").expect("writable");
    fs::rename(office.at("inbox"), office.at("inbox.off")).expect("ours");
    let said = office.run(&["job", "收稿", "出刊", "备份", "统计"], 2);
    assert!(said.contains("[J203]") && said.contains("副本") && !said.contains("[J201]"), "{said}");
    assert!(said.contains("已写出统计"), "{said}");
}

#[test]
fn a_link_is_named_and_a_unit_is_the_first_folder_of_the_inbox() {
    let office = Office::new();
    fs::create_dir(office.at("别处")).expect("writable");
    fs::write(office.at("别处/甲.txt"), ITEM).expect("writable");
    std::os::unix::fs::symlink(office.at("别处"), office.at("inbox/区残联")).expect("a link");
    std::os::unix::fs::symlink(office.at("别处/甲.txt"), office.at("inbox/乙.txt")).expect("a link");
    std::os::unix::fs::symlink("nowhere", office.at("inbox/~$丙.txt")).expect("a link");
    let said = office.run(&["job", "收稿"], 0);
    let told = |path: &str| {
        said.contains(&format!(
            "
  --> {path}
"
        ))
    };
    assert!(told("区残联") && told("乙.txt") && said.matches("[J108]").count() == 2, "{said}");
    assert_eq!(said.matches("里面的文件没有读").count(), 1, "{said}");
    let said = office.run(&["check", "inbox"], 0);
    assert_eq!(said.matches("[J108]").count(), 2, "{said}");

    // A text that names no unit is from that of the folder, however deep it lies.
    office.send("区统计局/3月/第1周/植树.txt", OTHER.as_bytes());
    office.send("图.png", PICTURE);
    office.run(&["job", "收稿"], 1);
    let items = office.store().items(None).expect("items");
    assert_eq!(items.iter().map(|item| item.unit.as_deref()).collect::<Vec<_>>(), [Some("区统计局")]);
    let counted = office.store().statistics(&(Moment(0)..Moment(i64::MAX))).expect("counts");
    let units: Vec<Option<&str>> = counted.keys().map(Option::as_deref).collect();
    assert_eq!(units, [None, Some("区统计局")]);
    let reason = office.at("退回").join(&names(&office.at("退回"))[0]).join("原因.txt");
    assert!(fs::read_to_string(reason).expect("the reason").contains("单位：—\n"));
}

#[test]
fn a_report_that_cannot_be_written_hides_nothing() {
    let office = Office::new();
    office.send("区残联/甲.txt", ITEM.as_bytes());
    let said = office.run(&["run", "--report", "jianbao.toml/报告.json"], 73);
    assert!(
        said.contains("收件 1：已收 1") && said.contains("已生成：") && said.contains("[J202]"),
        "{said}"
    );
    let shown = office.run(&["issues", "show", "3"], 0);
    assert!(shown.contains("第3期　2025-03-27") && !shown.contains("总第"), "{shown}");
}

#[test]
fn a_wrong_option_is_a_mistake_of_the_command() {
    let office = Office::new();
    for (option, value) in
        [("--date", "明天"), ("--date", "2025-02-30"), ("--number", "0"), ("--cumulative", "0")]
    {
        let said = office.run(&["run", option, value], 2);
        assert!(said.contains(option), "{said}");
    }
    assert!(names(&office.at("data")).is_empty());
    // What a command names is not in [folders].
    for words in [&["compose", "--plan", "无.toml"][..], &["store", "restore", "无.db"]] {
        let said = office.run(words, 2);
        assert!(said.contains("[J203]") && said.contains("命令中写的路径"), "{said}");
    }
    assert!(office.run(&["items", "list"], 2).contains("[folders]"));
}

#[test]
fn a_limit_is_told_in_words() {
    let office = Office::new();
    office.send("区残联/大.txt", &vec![b'a'; (1 << 20) + 1]);
    office.run(&["job", "收稿", "--set", "limits.file_mib=1"], 1);
    let reason = fs::read_to_string(office.at("退回/000001-大/原因.txt")).expect("the reason");
    assert!(reason.contains("文件大小（上限 1 MiB）"), "{reason}");
}

#[test]
fn a_name_without_room_for_a_number_is_cut() {
    let office = Office::new();
    // 83 Han characters and the suffix: 253 bytes of 255.
    let name = "稿".repeat(83) + ".txt";
    for content in [ITEM, OTHER] {
        office.send(&format!("区残联/{name}"), content.as_bytes());
        office.run(&["job", "收稿", "--set", "arrival.taken=move"], 0);
    }
    assert!(names(&office.at("inbox/区残联")).len() == 1, "nothing but the folder of what was taken");
    assert_eq!(names(&office.at("inbox/区残联/已收")), ["稿".repeat(82) + "(2).txt", name]);
}
