//! The editor's commands: what came is chosen, edited and put in order; files that were returned go on; an
//! issue is given up.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use jianbao_pipeline::job::Lock;
use jianbao_store::{Options, Store};
use jianbao_tests::sample;
use serde_json::Value;

const BINARY: &str = env!("CARGO_BIN_EXE_jianbao-under-test");

/// Files of the sample inbox: two items of one file, and one of another unit.
const FILES: [&str; 3] = [
    "区市场监管局/石路虎丘信息两则.rtf",
    "区数据局/关于优化政务服务的信息（改）.docx",
    "区残联/四项发力提高基层服务残疾人办事能力.doc",
];

/// An office's folder with the sample's configuration and some of its inbox.
struct Office {
    folder: tempfile::TempDir,
}

impl Office {
    fn new(files: &[&str]) -> Self {
        let office = Self { folder: tempfile::tempdir().expect("a folder") };
        fs::copy(sample("jianbao.toml"), office.path("jianbao.toml")).expect("the configuration");
        fs::create_dir_all(office.path("inbox")).expect("the inbox");
        for file in files {
            let target = office.path("inbox").join(file);
            fs::create_dir_all(target.parent().expect("a unit's folder")).expect("writable");
            fs::copy(sample("inbox").join(file), target).expect("the sample");
        }
        office
    }

    /// The same, with its files taken in and nothing printed.
    fn received(files: &[&str]) -> Self {
        let office = Self::new(files);
        let (exit, _, said) = office.call(&["run", "--set", "items.adopt=\"editor\""]);
        assert_eq!((exit <= 1, said.contains("不出新的一期")), (true, true), "{exit}: {said}");
        office
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Exit code and output of a command in the folder.
    fn call(&self, words: &[&str]) -> (i32, String, String) {
        let mut command = Command::new(BINARY);
        command.args(words).current_dir(self.folder.path()).env("USER", "王文怡");
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("JIANBAO_") {
                command.env_remove(name);
            }
        }
        jianbao_tests::memory(&mut command, self.folder.path());
        let Output { status, stdout, stderr } = command.output().expect("the binary is built");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        (status.code().expect("an exit code"), text(stdout), text(stderr))
    }

    /// What a command prints that does well.
    fn told(&self, words: &[&str]) -> String {
        let (exit, printed, said) = self.call(words);
        assert_eq!(exit, 0, "{words:?}: {said}");
        printed + &said
    }

    /// A command is refused with this code and changes nothing.
    fn refused(&self, words: &[&str], code: &str) -> String {
        let before = self.told(&["store", "export"]);
        let (exit, _, said) = self.call(words);
        assert_eq!((exit, said.contains(&format!("[{code}]"))), (2, true), "{words:?}: {said}");
        assert!(!said.contains("{$") && !said.contains("{ $"), "every argument has its value: {said}");
        assert_eq!(self.told(&["store", "export"]), before, "{words:?}");
        said
    }

    fn lines(&self, words: &[&str]) -> Vec<Value> {
        let printed = self.told(&[words, &["--to", "jsonl"]].concat());
        printed.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
    }

    fn shown(&self, item: &str) -> Value {
        self.lines(&["items", "show", item]).remove(0)
    }

    /// State and title of every item.
    fn states(&self) -> Vec<(String, String)> {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let items = self.lines(&["items", "list"]);
        items.iter().map(|item| (text(&item["state"]), text(&item["title"]))).collect()
    }
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// The words of a DOCX.
fn words(docx: &Path) -> String {
    jianbao_tests::output_of("pandoc", &["--to", "plain", "--wrap=none", &shown(docx)])
}

#[test]
fn what_came_is_listed_and_shown_with_where_it_came_from() {
    let office = Office::received(&FILES);
    let listed = office.told(&["items", "list"]);
    assert_eq!(listed.lines().count(), 5, "{listed}");
    let columns = ["编号", "状态", "栏目", "单位", "标题"];
    assert!(columns.iter().all(|name| listed.lines().next().is_some_and(|line| line.contains(name))));
    let title = "区残联四项发力提高基层服务残疾人办事能力";
    assert!(listed.lines().any(|line| line.contains(title) && line.contains("待定")), "{listed}");
    let text = office.told(&["items", "show", title]);
    assert!(text.contains(FILES[2]) && text.contains("（区残联）") && text.contains("第1稿"), "{text}");
    // By number and by name it is the same item.
    let item = office.shown(title);
    for word in [item["number"].to_string(), item["name"].as_str().expect("a name").to_owned()] {
        assert_eq!(office.shown(&word), item);
    }
    assert_eq!(office.lines(&["items", "list", "--section", "动态"]).len(), 4);
    assert_eq!(office.lines(&["items", "list", "--section", "brief"]).len(), 0);
    assert_eq!(office.lines(&["items", "list", "--state", "adopted"]).len(), 0);
}

#[test]
fn only_what_an_editor_adopts_is_printed_with_its_edited_text() {
    let office = Office::received(&FILES);
    office.told(&["items", "adopt", "1", "2", "3", "--reason", "有新意"]);
    office.told(&["items", "reject", "3"]);
    office.told(&["items", "edit", "1", "--title", "改过的标题。", "--editor", "刘德富"]);
    let text = office.path("改.txt");
    fs::write(&text, "又一个标题\n只留这一句。\n（区残疾人联合会）\n").expect("written");
    office.told(&["items", "edit", "2", "--file", &shown(&text), "--reason", "压缩"]);
    office.told(&["items", "move", "2", "摘报"]);
    let (exit, _, said) = office.call(&["run", "--set", "items.adopt=\"editor\""]);
    assert_eq!(exit, 0, "{said}");
    let states: Vec<String> = office.states().into_iter().map(|(state, _)| state).collect();
    assert_eq!(states, ["issued", "issued", "rejected", "new"]);
    let printed = words(&office.path("out/姑苏信息-2025-012.docx"));
    for word in ["改过的标题。", "又一个标题。只留这一句。（区残疾人联合会）"] {
        assert!(jianbao_tests::squeezed(&printed).contains(word), "{word}: {printed}");
    }
    let item = office.shown("2");
    let actions = item["decisions"].as_array().expect("a list").iter();
    let actions: Vec<_> = actions
        .map(|one| [&one["action"], &one["editor"], &one["reason"]].map(|v| v.as_str().unwrap_or("")))
        .collect();
    assert_eq!(actions, [["adopt", "王文怡", "有新意"], ["edit", "王文怡", "压缩"], ["move", "王文怡", ""]]);
    assert_eq!(office.shown("1")["decisions"][1]["editor"], "刘德富");
    assert_eq!(item["item"]["attribution"]["contributors"], serde_json::json!(["区残联"]));
    assert!(office.told(&["store", "check"]).contains("数据库完好"));
}

#[test]
fn json_that_show_prints_can_be_given_back() {
    let office = Office::received(&FILES);
    let before = office.shown("1");
    let file = office.path("item.json");
    fs::write(&file, before["item"].to_string()).expect("written");
    let said = office.told(&["items", "edit", "1", "--file", &shown(&file)]);
    assert!(said.contains("没有改动"), "{said}");
    let mut item = before["item"].clone();
    item["paragraphs"] = serde_json::json!(["一句话。"]);
    fs::write(&file, item.to_string()).expect("written");
    office.told(&["items", "edit", "1", "--file", &shown(&file)]);
    let after = office.shown("1");
    assert_eq!((&after["item"]["paragraphs"], &after["revision"]), (&item["paragraphs"], &2.into()));
    assert_eq!(after["item"]["title"], before["item"]["title"]);
}

#[test]
fn a_merged_item_says_both_and_the_other_is_out() {
    let office = Office::received(&FILES);
    let body = |item: &Value| item["item"]["paragraphs"].as_array().expect("paragraphs").clone();
    let both = [body(&office.shown("1")), body(&office.shown("2"))].concat();
    office.told(&["items", "merge", "1", "2", "--reason", "同一件事"]);
    assert_eq!(body(&office.shown("1")), both);
    assert_eq!(
        (&office.shown("2")["state"], &office.shown("2")["merged_into"]),
        (&"rejected".into(), &1.into())
    );
    let said = office.refused(&["items", "adopt", "2"], "J503");
    assert!(said.contains("已经并入别的信息"), "{said}");
}

#[test]
fn what_does_not_fit_is_refused_in_words_and_nothing_is_changed() {
    let office = Office::received(&FILES);
    office.told(&["items", "adopt", "2"]);
    let said = office.refused(&["items", "adopt", "1", "2", "3"], "J503");
    assert!(said.contains("编号 2") && said.contains("已经采用"), "{said}");
    office.refused(&["items", "show", "没有的标题"], "J501");
    office.refused(&["items", "adopt", "1", "99"], "J501");
    assert!(office.refused(&["items", "move", "1", "要闻"], "J504").contains("news（动态）"));
    office.refused(&["items", "merge", "1", "1"], "J503");
    let text = office.path("空.txt");
    fs::write(&text, "只有标题\n").expect("written");
    office.refused(&["items", "edit", "1", "--file", &shown(&text)], "J505");
    office.refused(&["quarantine", "retry", "7"], "J506");
    office.refused(&["issues", "show", "12"], "J508");
    let (exit, _, said) = office.call(&["items", "edit", "1"]);
    assert_eq!((exit, said.contains("--file")), (2, true), "no terminal, no EDITOR: {said}");
    let title = office.shown("1")["title"].as_str().expect("a title").to_owned();
    office.told(&["items", "edit", "2", "--title", &title]);
    assert!(office.refused(&["items", "reject", &title], "J502").contains("1、2"));
}

#[test]
fn a_plan_by_the_rules_gives_the_bytes_of_the_run() {
    let run = Office::new(&FILES);
    let (exit, _, said) = run.call(&["run"]);
    assert!(exit <= 1, "{said}");
    let issue = "out/姑苏信息-2025-012.docx";
    let bytes = fs::read(run.path(issue)).expect("the issue");

    let office = Office::received(&FILES);
    let plan = shown(&office.path("plan.toml"));
    office.told(&["plan", "-o", &plan]);
    let text = fs::read_to_string(&plan).expect("the plan");
    assert!(
        text.contains("# 动态") && text.contains("# 区残联四项发力提高基层服务残疾人办事能力（区残联）"),
        "{text}"
    );
    assert_eq!(office.told(&["plan"]), text, "on the terminal the same");
    office.refused(&["plan", "-o", &plan], "J201");
    assert!(office.call(&["compose", "--plan", &plan]).0 <= 1);
    assert!(fs::read(office.path(issue)).expect("the issue") == bytes, "the bytes of the run");

    // Another order is another issue, in that order.
    let office = Office::received(&FILES);
    office.told(&["plan", "-o", &plan_in(&office)]);
    let text = fs::read_to_string(plan_in(&office)).expect("the plan");
    let (head, last) = text.rsplit_once("\n\n").expect("entries");
    let first = head.find("\n# 动态\n").expect("the section") + "\n# 动态\n".len();
    let moved = format!("{}\n{}\n{}\n", &head[..first], last, &head[first..]);
    fs::write(plan_in(&office), moved).expect("written");
    assert!(office.call(&["compose", "--plan", &plan_in(&office)]).0 <= 1);
    let title = last.lines().next().expect("a title").trim_start_matches("# ").split('（').next();
    let printed = office.told(&["issues", "show", "12"]);
    let line = printed.lines().nth(1).expect("the first item");
    assert!(line.contains(title.expect("a title")), "{printed}");
}

fn plan_in(office: &Office) -> String {
    shown(&office.path("计划.toml"))
}

#[test]
fn a_plan_keeps_the_limit_of_a_section() {
    let office = Office::received(&FILES);
    let count = |words: &[&str]| office.told(words).matches("[[item]]").count();
    assert_eq!(count(&["plan"]), 4);
    assert_eq!(count(&["plan", "--set", "items.adopt=\"editor\""]), 0);
    let config = fs::read_to_string(office.path("jianbao.toml")).expect("the configuration");
    let limited = config.replacen("titled = true", "limit = 2\ntitled = true", 1);
    fs::write(office.path("jianbao.toml"), limited).expect("written");
    assert_eq!(count(&["plan"]), 2);
}

#[test]
fn a_plan_has_the_order_that_the_configuration_says() {
    // The second is dated, and neither its name nor its unit comes first.
    let files =
        ["区城管委/打造最美四精街区.pdf", "区委宣传部/健全应急体系推动实现舆情快报告早处置抓关键.doc"];
    let office = Office::received(&files);
    let units = |order: &str| -> Vec<String> {
        let plan = office.told(&["plan", "--set", &format!("items.order={order}")]);
        let titles = plan.lines().filter(|line| line.ends_with('）'));
        titles
            .map(|line| line.rsplit_once('（').expect("a unit").1.trim_end_matches('）').to_owned())
            .collect()
    };
    assert_eq!(units("[\"path\"]"), ["区城管委", "区委宣传部"]);
    assert_eq!(units("[\"date\", \"path\"]"), ["区委宣传部", "区城管委"]);
    assert_eq!(units("[\"contributor\"]"), ["区委宣传部", "区城管委"], "the order of the register");
}

#[test]
fn an_issue_that_is_given_up_frees_its_items_and_keeps_its_number() {
    let office = Office::new(&FILES);
    assert!(office.call(&["run"]).0 <= 1);
    assert!(office.refused(&["items", "edit", "1", "--title", "新"], "J503").contains("已经印发"));
    let listed = office.told(&["issues", "list"]);
    assert!(
        listed.contains("#1") && listed.contains("已生成") && listed.contains("姑苏信息-2025-012.docx"),
        "{listed}"
    );
    let (exit, _, said) = office.call(&["issues", "void", "12"]);
    assert_eq!((exit, said.contains("--reason")), (2, true), "{said}");
    office.told(&["issues", "void", "2025-12", "--reason", "撤回"]);
    assert!(office.states().iter().all(|(state, _)| state == "adopted"), "{:?}", office.states());
    assert!(office.refused(&["issues", "void", "#1", "--reason", "撤回"], "J510").contains("已经作废"));
    let (exit, _, said) = office.call(&["run", "--number", "12", "--force"]);
    assert_eq!((exit, said.contains("J310")), (2, true), "the number is not used again: {said}");
    assert!(office.told(&["store", "check"]).contains("数据库完好"));
}

#[test]
fn a_returned_file_is_tried_again_and_its_folder_goes_when_it_is_accepted() {
    let broken = "区民卫局/各科室联系表.xlsx";
    let office = Office::received(&[broken, FILES[2]]);
    let held = office.lines(&["quarantine", "list"]);
    assert_eq!((held.len(), held[0]["path"].as_str()), (1, Some(broken)), "{held:?}");
    assert!(office.told(&["quarantine", "list"]).contains("Excel"));
    let id = held[0]["number"].to_string();
    let folder =
        fs::read_dir(office.path("quarantine")).expect("returned").next().expect("one").expect("one").path();

    // It is as bad as before: it comes back, and its folder stays.
    office.told(&["quarantine", "retry", &id]);
    assert!(office.refused(&["quarantine", "retry", &id], "J506").contains("已经重新处理"));
    assert_eq!(office.lines(&["quarantine", "list"]).len(), 0);
    office.call(&["run", "--set", "items.adopt=\"editor\""]);
    let again = office.lines(&["quarantine", "list"]);
    assert_eq!((again.len(), folder.join("原因.txt").exists()), (1, true));

    // The editor takes it out: the original, byte by byte.
    let id = again[0]["number"].to_string();
    let out = office.path("取出.xlsx");
    office.told(&["quarantine", "release", &id, "-o", &shown(&out), "--reason", "转有关科室"]);
    assert_eq!(
        fs::read(&out).expect("taken out"),
        fs::read(sample("inbox").join(broken)).expect("the sample")
    );
    assert_eq!(office.lines(&["quarantine", "list"]).len(), 0);
    office.refused(&["quarantine", "release", &id], "J506");
    office.call(&["run", "--set", "items.adopt=\"editor\""]);
    assert_eq!(office.lines(&["quarantine", "list"]).len(), 0, "it is left alone from now on");
    assert!(office.told(&["store", "check"]).contains("数据库完好"));
}

#[test]
fn a_file_that_was_cut_off_is_accepted_once_it_is_whole() {
    let office = Office::new(&[FILES[2]]);
    let file = office.path("inbox").join(FILES[2]);
    let bytes = fs::read(&file).expect("the sample");
    fs::write(&file, &bytes[..bytes.len() / 2]).expect("written");
    office.call(&["run", "--set", "items.adopt=\"editor\"", "--set", "arrival.incomplete=0"]);
    assert_eq!(office.lines(&["quarantine", "list"]).len(), 1);
    let returned = office.path("quarantine");
    assert_eq!(fs::read_dir(&returned).expect("returned").count(), 1);
    office.told(&["quarantine", "retry", "--all"]);
    fs::write(&file, &bytes).expect("written");
    let (_, _, said) = office.call(&["run", "--set", "items.adopt=\"editor\""]);
    assert_eq!(office.states().len(), 1, "{said}");
    assert_eq!(fs::read_dir(&returned).expect("returned").count(), 0, "{said}");
    let store = Store::open(&office.path("data/jianbao.db"), Options::default()).expect("the store");
    assert_eq!(store.check().expect("checked"), []);
}

#[test]
fn while_a_run_goes_on_nothing_is_changed_beside_it() {
    let office = Office::received(&FILES);
    let copy = shown(&office.path("副本.db"));
    office.told(&["store", "backup", &copy]);
    let before = office.told(&["store", "export"]);
    let lock = Lock::take(&office.path("data/lock")).expect("no run");
    let changes: [&[&str]; 10] = [
        &["items", "adopt", "1"],
        &["items", "reject", "1"],
        &["items", "edit", "1", "--title", "新题"],
        &["items", "move", "1", "brief"],
        &["items", "merge", "1", "2"],
        &["quarantine", "retry", "--all"],
        &["quarantine", "release", "1"],
        &["issues", "void", "12", "--reason", "撤回"],
        &["store", "restore", &copy],
        &["store", "restore", &copy, "--force"],
    ];
    for words in changes {
        let (exit, _, said) = office.call(words);
        assert_eq!((exit, said.contains("[J403]")), (75, true), "{words:?}: {said}");
    }
    assert_eq!(office.told(&["store", "export"]), before, "looking is allowed");
    drop(lock);
    office.told(&["items", "adopt", "1"]);
    office.told(&["store", "restore", &copy, "--force"]);
    assert_eq!(office.told(&["store", "export"]), before);
}

#[test]
fn looking_makes_no_folder() {
    let office = Office::new(&[]);
    for words in
        [&["items", "list"][..], &["issues", "list"], &["quarantine", "list"], &["items", "adopt", "1"]]
    {
        assert_eq!(office.call(words).0, 2, "there is no store");
    }
    assert!(!office.path("data").exists());
}

/// A text as Notepad saves it under the name of Unicode.
fn utf16(text: &str) -> Vec<u8> {
    "\u{FEFF}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

#[test]
fn what_notepad_saves_is_read() {
    let office = Office::received(&FILES);
    // 新题 and 只留这一句。, in GBK.
    let edited = office.path("改.txt");
    fs::write(&edited, b"\xd0\xc2\xcc\xe2\r\n\xd6\xbb\xc1\xf4\xd5\xe2\xd2\xbb\xbe\xe4\xa1\xa3\r\n")
        .expect("written");
    office.told(&["items", "edit", "1", "--file", &shown(&edited)]);
    let item = &office.shown("1")["item"];
    assert_eq!((&item["title"], &item["paragraphs"][0]), (&"新题".into(), &"只留这一句。".into()));

    let config = fs::read_to_string(office.path("jianbao.toml")).expect("the configuration");
    fs::write(office.path("jianbao.toml"), utf16(&config)).expect("written");
    let plan = office.told(&["plan"]);
    fs::write(office.path("plan.toml"), utf16(&plan)).expect("written");
    let (exit, _, said) = office.call(&["compose", "--plan", "plan.toml"]);
    assert!(exit <= 1 && said.contains("已生成"), "{exit}: {said}");

    fs::write(&edited, [0xff, 0xff, 0x80]).expect("written");
    let (exit, _, said) = office.call(&["items", "edit", "1", "--file", &shown(&edited)]);
    assert_eq!((exit, said.contains("GBK")), (2, true), "{said}");
}

#[test]
fn an_edit_changes_the_unit_and_the_section_that_are_listed() {
    let office = Office::received(&FILES);
    let file = office.path("item.json");
    let edit = ["items", "edit", "1", "--file", "item.json"];
    fs::write(&file, "{\"section\": \"没有的\"}").expect("written");
    office.refused(&edit, "J504");
    // By name as by id; a unit by its short name.
    let written = "{\"section\": \"摘报\", \"attribution\": {\"printed\": \"区残疾人联合会\"}}";
    fs::write(&file, written).expect("written");
    office.told(&edit);
    let listed = |office: &Office| {
        let item = office.lines(&["items", "list"]).remove(0);
        [item["section"].clone(), item["unit"].clone()]
    };
    assert_eq!(listed(&office), ["digest", "区残联"]);
    office.told(&["items", "move", "1", "news"]);
    let shown_item = office.shown("1")["item"].clone();
    assert_eq!(shown_item["section"], "news");
    // What `show` printed changes nothing, and a text leaves the section where it was moved to.
    fs::write(&file, shown_item.to_string()).expect("written");
    assert!(office.told(&edit).contains("没有改动"));
    office.told(&["items", "edit", "1", "--title", "新题"]);
    assert_eq!(listed(&office), ["news", "区残联"]);
    office.told(&["items", "merge", "1", "3"]);
    assert_eq!(listed(&office), ["news", "区残联"]);
}

#[test]
fn all_mistakes_of_a_plan_are_told_with_their_lines_before_anything_is_adopted() {
    let office = Office::received(&FILES);
    office.told(&["items", "reject", "3"]);
    let text = |item: &str, key: &str| office.shown(item)[key].as_str().expect("a text").to_owned();
    let named = [
        "没有的".to_owned(),
        text("1", "name"),
        text("3", "title"),
        text("1", "title"),
        text("2", "name"),
        "也没有的".to_owned(),
    ];
    let before = office.states();
    let plan = office.path("plan.toml");
    let written: Vec<String> = named.iter().map(|item| format!("[[item]]\nitem = {item:?}\n")).collect();
    fs::write(&plan, written.concat()).expect("written");
    let (exit, _, said) = office.call(&["compose", "--plan", "plan.toml"]);
    assert_eq!((exit, said.contains("有 4 处错误")), (78, true), "{said}");
    let wrong = [(2, "没有“没有的”"), (6, "已经退稿"), (8, "同一条信息"), (12, "没有“也没有的”")];
    for (line, word) in wrong {
        let told = format!("  第{line}行：");
        assert!(said.lines().any(|one| one.contains(&told) && one.contains(word)), "{line}: {said}");
    }
    fs::write(&plan, written[1].clone() + "section = \"要闻\"\n" + &written[1]).expect("written");
    let (exit, _, said) = office.call(&["compose", "--plan", "plan.toml"]);
    assert_eq!((exit, said.contains("news（动态）")), (78, true), "{said}");
    assert!(said.contains("第3行") && said.contains("第5行"), "{said}");
    assert_eq!((office.states(), office.lines(&["issues", "list"]).len()), (before, 0));

    // The command line has the last word.
    fs::write(&plan, "[issue]\nnumber = 13\n".to_owned() + &written[1]).expect("written");
    assert!(office.call(&["compose", "--plan", "plan.toml", "--number", "14"]).0 <= 1);
    assert_eq!(office.lines(&["issues", "list"])[0]["number"], 14);
    fs::write(&plan, written[1].clone() + &written[4]).expect("written");
    let (_, _, said) = office.call(&["compose", "--plan", "plan.toml", "--number", "15"]);
    assert!(said.contains("第2行") && said.contains("已经印发"), "{said}");
}

#[test]
fn a_plan_for_an_issue_that_is_done_is_not_passed_over() {
    let office = Office::received(&FILES);
    let plan = shown(&office.path("plan.toml"));
    let name = |item: &str| office.shown(item)["name"].clone();
    let write = |items: &[&str]| {
        let items = items.iter().map(|item| format!("[[item]]\nitem = {}\n", name(item)));
        fs::write(&plan, items.collect::<String>()).expect("written");
    };
    write(&["1"]);
    let (exit, _, said) = office.call(&["compose", "--plan", &plan]);
    assert!(exit <= 1 && said.contains("已生成"), "{said}");
    // The same again is done already; another is not.
    assert!(office.told(&["compose", "--plan", &plan]).contains("已经生成过"));
    write(&["1", "2"]);
    let (exit, _, said) = office.call(&["compose", "--plan", &plan]);
    assert_eq!((exit, said.contains("[J512]"), said.contains("--force")), (2, true, true), "{said}");
    assert_eq!(office.shown("2")["state"], "new");
    let (exit, _, said) = office.call(&["compose", "--plan", &plan, "--force"]);
    assert!(exit <= 1 && said.contains("已生成"), "{said}");
    assert_eq!(office.shown("2")["state"], "issued");
}
