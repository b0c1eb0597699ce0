//! Configuration in two levels: the tree of what was written, and [`Config`], what it means.
//!
//! Layers, lowest first: compiled-in defaults, the layout that is chosen, the file, the environment
//! (`JIANBAO_`, with `__` between the parts of a key), the command line. Every mistake is reported at once.

mod job;
mod layout;
mod reader;
mod tasks;
mod tree;

use std::cell::RefCell;
use std::path::{Component, Path, PathBuf};
use std::time::Duration;

use jianbao_model::issue::{Colophon, Date, Masthead};
use jianbao_normalize as normalize;

pub use job::{Adopt, Arrival, Numbering, Taken};
pub use layout::written as layout_values;
pub use reader::{Mistake, MistakeKind};
pub use tasks::{Entry, Task};
pub use tree::Layer;

use crate::compose::{Choice, Numbered};
use crate::output::folder_of;
use crate::worker;
use reader::Reader;
use tree::{Node, Value};

/// What the configuration means; nothing is optional that the program needs.
#[derive(Clone, Debug)]
pub struct Config {
    /// Name, offices and distribution; number and date are in [`Config::issue`].
    pub bulletin: Bulletin,
    /// Number and date of the issue that is due.
    pub issue: IssueNumber,
    /// Folder of the submissions.
    pub inbox: PathBuf,
    /// Folder of the finished issues.
    pub output: PathBuf,
    /// Database of the unattended job.
    pub store: PathBuf,
    /// Whether a FUSE file system is taken for a local disk.
    pub store_fuse: bool,
    /// Folder of the job's own data: originals, spool, state, log.
    pub data: PathBuf,
    /// Folder of what could not be taken.
    pub quarantine: PathBuf,
    /// How files arrive.
    pub arrival: Arrival,
    /// Which items an issue has.
    pub adopt: Adopt,
    /// How issues are counted.
    pub numbering: Numbering,
    /// Jobs that are called by name.
    pub jobs: Vec<Entry>,
    /// Sections in printed order.
    pub sections: Vec<Section>,
    /// What the normaliser knows.
    pub normalize: normalize::Config,
    /// What the checks know.
    pub check: jianbao_check::Config,
    /// By what items are ordered within a section.
    pub order: Vec<Order>,
    /// Name of the layout.
    pub layout: String,
    /// Whether an item's paragraphs are set as one.
    pub join_paragraphs: bool,
    /// How many items an issue of this layout has at most; 0 for any number.
    pub most_items: usize,
    /// Page, parts, faces and sizes of the issue.
    pub style: jianbao_publish::Style,
    /// The office's own Word file, which the issue fills.
    pub template: Option<PathBuf>,
    /// Largest submission, in bytes.
    pub file_bytes: u64,
    /// Whether the unattended job parses in worker processes.
    pub workers: bool,
    /// What a worker process may cost.
    pub worker_limits: worker::Limits,
}

/// What every issue of a bulletin has alike.
#[derive(Clone, Debug, Default)]
pub struct Bulletin {
    /// Name, e.g. 姑苏信息.
    pub name: String,
    /// Labels of the edition.
    pub edition: Vec<String>,
    /// Issuing offices.
    pub offices: Vec<String>,
    /// Grade and term of secrecy (密级和保密期限).
    pub secrecy: Option<String>,
    /// A notice such as 内部资料，注意保存.
    pub notice: Option<String>,
    /// The closing part, the same in every issue.
    pub colophon: Colophon,
}

/// Number and date.
#[derive(Clone, Copy, Debug, Default)]
pub struct IssueNumber {
    /// Number in the year.
    pub number: Option<u32>,
    /// Number over all editions.
    pub cumulative: Option<u32>,
    /// Date of issue.
    pub date: Option<Date>,
    /// Number of this copy (份号).
    pub copy_number: Option<u32>,
}

/// A section as printed.
#[derive(Clone, Debug, Default)]
pub struct Section {
    /// Id, e.g. `news`.
    pub id: String,
    /// Printed name.
    pub name: String,
    /// Whether its items are listed in the contents.
    pub in_contents: bool,
    /// Whether its items are set with a bullet.
    pub bulleted: bool,
    /// How many items of it an issue has at most; 0 for any number. The others wait.
    pub limit: usize,
}

/// A key by which items are ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Rank of the unit in the registry.
    Contributor,
    /// Path of the file.
    Path,
    /// Date of the submission, newest first.
    Date,
}

/// The layers of a configuration, laid over each other.
#[derive(Clone, Debug)]
pub struct Layers {
    /// What was written; what is compiled in lies below it.
    tree: Node,
    mistakes: Vec<Mistake>,
    /// Folder to which the paths in the configuration are relative.
    base: PathBuf,
}

impl Layers {
    /// Compiled-in values and, over them, the text of a configuration file that lies in `base`.
    pub fn new(file: Option<&str>, base: &Path) -> Self {
        let (mut tree, wrong) = tree::parse(file.unwrap_or_default(), |line| match file {
            Some(_) => Layer::File { line },
            None => Layer::Default,
        });
        shorthand(&mut tree);
        Self { tree, mistakes: wrong.into_iter().map(syntax).collect(), base: base.to_owned() }
    }

    /// All layers over each other.
    fn whole(&self) -> Node {
        let (mut whole, _) = tree::parse(include_str!("defaults.toml"), |_| Layer::Default);
        let usual = whole.text("layout.name").unwrap_or_default().to_owned();
        let name = self.tree.text("layout.name").map_or(usual, |name| name.trim().to_owned());
        if let Some(text) = layout::compiled_in(&name) {
            whole.overlay(tree::parse(text, |_| Layer::Layout { name: name.clone() }).0);
        }
        whole.overlay(self.tree.clone());
        whole
    }

    /// Lays the environment's `JIANBAO_*` variables over what is there.
    #[must_use]
    pub fn with_environment(mut self, variables: impl Iterator<Item = (String, String)>) -> Self {
        let mut found: Vec<(String, String)> =
            variables.filter(|(name, _)| name.starts_with("JIANBAO_")).collect();
        found.sort();
        for (name, value) in found {
            let key = name["JIANBAO_".len()..].to_lowercase().replace("__", ".");
            self.tree.set(&key, node(&value, Layer::Environment { variable: name }));
            shorthand(&mut self.tree);
        }
        self
    }

    /// Lays options of the command line over what is there: dotted key and value.
    #[must_use]
    pub fn with_options(mut self, options: impl IntoIterator<Item = (String, String)>) -> Self {
        for (key, value) in options {
            self.tree.set(&key, node(&value, Layer::CommandLine));
            shorthand(&mut self.tree);
        }
        self
    }

    /// Every value with its dotted key and its layer.
    pub fn values(&self) -> Vec<(String, String, Layer)> {
        self.whole().leaves()
    }

    /// What the layers mean, or every mistake in them.
    pub fn config(&self) -> Result<Config, Vec<Mistake>> {
        let mistakes = RefCell::new(self.mistakes.clone());
        let whole = self.whole();
        let root = Reader::new(&whole, &mistakes);
        let config = read(&root, &self.base);
        root.finish();
        let mut mistakes = mistakes.into_inner();
        mistakes.sort_by(|a, b| a.layer.cmp(&b.layer));
        if mistakes.is_empty() { Ok(config) } else { Err(mistakes) }
    }
}

/// `layout = "gb9704"` at the top of the file is `layout.name`.
fn shorthand(tree: &mut Node) {
    tree.expand("layout", "layout.name");
}

/// A value from outside the file: TOML where it is TOML, text otherwise.
fn node(text: &str, layer: Layer) -> Node {
    let (tree, mistakes) = tree::parse(&format!("value = {text}"), |_| layer.clone());
    let parsed = match tree.value {
        Value::Table(mut table) if mistakes.is_empty() && table.len() == 1 => table.remove("value"),
        _ => None,
    };
    parsed.unwrap_or_else(|| Node { value: Value::Text(text.to_owned()), layer })
}

fn read(root: &Reader<'_>, base: &Path) -> Config {
    let bulletin = read_bulletin(root.table("bulletin"));
    let issue = read_issue(root.table("issue"));
    let numbering = job::read_numbering(root.table("numbering"), issue.cumulative.is_some());
    let folders = root.table("folders");
    let folder = |key, otherwise: &str| base.join(folders.text(key).unwrap_or_else(|| otherwise.to_owned()));
    let (inbox, output) = (folder("inbox", "inbox"), folder("output", "out"));
    let (data, quarantine) = (folder("data", "data"), folder("quarantine", "退回"));
    let (store, store_fuse) =
        (folder("store", "data/jianbao.db"), folders.boolean("store_fuse").unwrap_or(false));
    for (key, path) in
        [("output", &*output), ("data", &data), ("quarantine", &quarantine), ("store", folder_of(&store))]
    {
        if is_same(path, &inbox) {
            folders.mistake_at(key, MistakeKind::Inbox);
        }
    }
    folders.finish();
    let (sections, rules) = read_sections(root);
    let names = root.table("names");
    let items = root.table("items");
    let title_length = items.integer("title_length", 4..=200).unwrap_or(60);
    let normalize = normalize::Config {
        contributors: read_contributors(root),
        name_prefixes: names.texts("prefixes"),
        collective: names.texts("collective"),
        sections: rules,
        title_length: usize::try_from(title_length).unwrap_or(60),
    };
    names.finish();
    let item_length = items.integer("length", 0..=1_000_000).unwrap_or(0);
    let order = read_order(&items);
    let adopt = job::read_adopt(&items);
    items.finish();
    let layout = root.table("layout");
    let layout_name = layout::read_name(&layout);
    let most_items = layout.integer("items", 0..=1000).unwrap_or(0);
    let join_paragraphs = layout.boolean("join_paragraphs").unwrap_or(true);
    let style = layout::read(&layout);
    let template = read_template(root, &layout).map(|path| base.join(path));
    layout.finish();
    let limits = root.table("limits");
    let mib = limits.integer("file_mib", 1..=1024).unwrap_or(64);
    let workers = limits.boolean("workers").unwrap_or(true);
    let worker_limits = read_worker_limits(&limits);
    limits.finish();
    let jobs = tasks::read(root, base, &inbox);
    Config {
        bulletin,
        issue,
        inbox,
        output,
        store,
        store_fuse,
        data,
        quarantine,
        arrival: job::read_arrival(root.table("arrival")),
        adopt,
        numbering,
        jobs,
        sections,
        normalize,
        check: jianbao_check::Config { item_length: usize::try_from(item_length).unwrap_or(0) },
        order,
        layout: layout_name,
        join_paragraphs,
        most_items: usize::try_from(most_items).unwrap_or(0),
        style,
        template,
        file_bytes: u64::try_from(mib).unwrap_or(64) << 20,
        workers,
        worker_limits,
    }
}

/// Whether two paths are written for one place, `./inbox` and `inbox`.
fn is_same(one: &Path, other: &Path) -> bool {
    let parts =
        |path: &Path| -> PathBuf { path.components().filter(|part| *part != Component::CurDir).collect() };
    parts(one) == parts(other)
}

fn read_worker_limits(limits: &Reader<'_>) -> worker::Limits {
    let usual = worker::Limits::default();
    let given = |key, range| limits.integer(key, range).and_then(|number| u64::try_from(number).ok());
    worker::Limits {
        // With less a program of this size does not start.
        memory: given("worker_mib", 256..=65_536).map_or(usual.memory, |mib| mib << 20),
        processor_seconds: given("worker_seconds", 1..=3600).unwrap_or(usual.processor_seconds),
        clock: given("worker_clock_seconds", 1..=7200).map_or(usual.clock, Duration::from_secs),
        files: given("worker_files", 1..=1_000_000)
            .and_then(|files| usize::try_from(files).ok())
            .unwrap_or(usual.files),
    }
}

/// `layout.template`, or `template` at the top, where an office looks first; written twice is a mistake.
fn read_template(root: &Reader<'_>, layout: &Reader<'_>) -> Option<String> {
    let (short, long) = (root.text("template"), layout.text("template"));
    if short.is_some() && long.is_some() {
        layout.mistake_at("template", MistakeKind::Twice { name: "template".to_owned() });
    }
    short.or(long).filter(|path| !path.is_empty())
}

fn read_bulletin(table: Reader<'_>) -> Bulletin {
    let bulletin = Bulletin {
        name: table.required_text("name"),
        edition: table.texts("edition"),
        offices: table.texts("offices"),
        secrecy: table.text("secrecy"),
        notice: table.text("notice"),
        colophon: Colophon {
            submit: table.texts("submit"),
            send: table.texts("send"),
            distribute: table.texts("distribute"),
            editors: table.texts("editors"),
            registration: table.text("registration"),
            copies: table.integer("copies", 1..=1_000_000).and_then(|n| u32::try_from(n).ok()),
        },
    };
    table.finish();
    bulletin
}

fn read_issue(table: Reader<'_>) -> IssueNumber {
    let number = |key| table.integer(key, 1..=100_000).and_then(|n| u32::try_from(n).ok());
    let date = table.text("date").and_then(|text| {
        let date = Date::from_iso(&text);
        if date.is_none() {
            table.mistake_at("date", MistakeKind::Date);
        }
        date
    });
    let issue = IssueNumber {
        number: number("number"),
        cumulative: number("cumulative"),
        date,
        copy_number: table.integer("copy_number", 1..=999_999).and_then(|n| u32::try_from(n).ok()),
    };
    table.finish();
    issue
}

fn read_sections(root: &Reader<'_>) -> (Vec<Section>, Vec<normalize::SectionRule>) {
    let mut sections: Vec<Section> = Vec::new();
    let mut rules = Vec::new();
    for table in root.tables("section") {
        let (id, name) = (table.required_text("id"), table.required_text("name"));
        if sections.iter().any(|section| section.id == id) {
            table.mistake(table.layer(), "id", MistakeKind::Twice { name: id.clone() });
        }
        let titled = table.boolean("titled").unwrap_or(true);
        rules.push(normalize::SectionRule {
            id: id.clone(),
            name: name.clone(),
            titled,
            file_words: table.texts("file_words"),
            lines: table.texts("lines"),
            attributions: table.texts("attributions"),
        });
        sections.push(Section {
            id,
            name,
            in_contents: table.boolean("contents").unwrap_or(titled),
            bulleted: table.boolean("bullets").unwrap_or(!titled),
            limit: table
                .integer("limit", 0..=1000)
                .and_then(|limit| usize::try_from(limit).ok())
                .unwrap_or(0),
        });
        table.finish();
    }
    (sections, rules)
}

fn read_contributors(root: &Reader<'_>) -> Vec<normalize::Contributor> {
    let mut units: Vec<normalize::Contributor> = Vec::new();
    for table in root.tables("contributor") {
        let unit =
            normalize::Contributor { name: table.required_text("name"), aliases: table.texts("aliases") };
        let known = units.iter().flat_map(|unit| std::iter::once(&unit.name).chain(&unit.aliases));
        let taken: Vec<&String> = known.collect();
        if let Some(twice) =
            std::iter::once(&unit.name).chain(&unit.aliases).find(|name| taken.contains(name))
        {
            table.mistake(table.layer(), "name", MistakeKind::Twice { name: twice.clone() });
        }
        units.push(unit);
        table.finish();
    }
    units
}

fn read_order(items: &Reader<'_>) -> Vec<Order> {
    let allowed = ["contributor", "path", "date"];
    let orders = items.texts("order").into_iter().filter_map(|word| match word.as_str() {
        "contributor" => Some(Order::Contributor),
        "path" => Some(Order::Path),
        "date" => Some(Order::Date),
        _ => {
            items.mistake_at("order", MistakeKind::Choice { allowed: allowed.join(", ") });
            None
        }
    });
    orders.collect()
}

/// How a supplement is called.
pub const SUPPLEMENT: &str = "增刊";

impl Config {
    /// The folders and files that the job writes. They are no submissions, also where they lie in the inbox.
    pub fn own_places(&self) -> Vec<PathBuf> {
        let usual = [&*self.output, &self.data, &self.quarantine, folder_of(&self.store)];
        let of_jobs = self.jobs.iter().flat_map(|entry| entry.task.own_places());
        usual.into_iter().map(Path::to_owned).chain(of_jobs).collect()
    }

    /// The masthead of an issue with this number and date; a supplement (增刊) is named among the editions.
    pub fn masthead(&self, numbered: Numbered) -> Masthead {
        let Numbered { number, cumulative, date, supplement } = numbered;
        let edition = self.bulletin.edition.iter().cloned();
        Masthead {
            name: self.bulletin.name.clone(),
            edition: edition.chain(supplement.then(|| SUPPLEMENT.to_owned())).collect(),
            year: date.year,
            number,
            cumulative,
            offices: self.bulletin.offices.clone(),
            date,
            secrecy: self.bulletin.secrecy.clone(),
            notice: self.bulletin.notice.clone(),
            copy_number: self.issue.copy_number,
        }
    }
}

/// Reads a plan's text: its choices, and its `[issue]` laid over the file of the configuration.
pub(crate) fn read_plan(
    text: &str,
    mut layers: Layers,
    mistakes: &RefCell<Vec<Mistake>>,
) -> (Vec<Choice>, Layers) {
    let (mut plan, wrong) = tree::parse(text, |line| Layer::File { line });
    mistakes.borrow_mut().extend(wrong.into_iter().map(syntax));
    if let Value::Table(table) = &mut plan.value
        && let Some(issue) = table.remove("issue")
    {
        let layer = issue.layer.clone();
        let value = Value::Table([("issue".to_owned(), issue)].into());
        layers.tree.overlay_files(Node { value, layer });
    }
    // A configuration with mistakes is told of by itself.
    let sections = layers.config().map(|config| config.sections).unwrap_or_default();
    let root = Reader::new(&plan, mistakes);
    let mut choices: Vec<Choice> = Vec::new();
    for table in root.tables("item") {
        let item = table.required_text("item");
        if !item.is_empty() && choices.iter().any(|one| one.item == item) {
            table.mistake_at("item", MistakeKind::Twice { name: item.clone() });
        }
        let line = match table.node("item").map_or(table.layer(), |node| &node.layer) {
            Layer::File { line } => *line,
            _ => 0,
        };
        choices.push(Choice { item, section: read_section(&table, &sections), line });
        table.finish();
    }
    root.finish();
    (choices, layers)
}

/// The section into which a plan puts an item, by its id or its name.
fn read_section(table: &Reader<'_>, sections: &[Section]) -> Option<String> {
    let word = table.text("section")?;
    if sections.is_empty() {
        return Some(word);
    }
    let known = sections.iter().find(|known| known.id == word || known.name == word);
    if known.is_none() {
        let allowed: Vec<String> =
            sections.iter().map(|known| format!("{}（{}）", known.id, known.name)).collect();
        table.mistake_at("section", MistakeKind::Choice { allowed: allowed.join("、") });
    }
    known.map(|known| known.id.clone())
}

fn syntax(wrong: tree::SyntaxMistake) -> Mistake {
    Mistake {
        layer: Layer::File { line: wrong.line },
        key: String::new(),
        kind: MistakeKind::Syntax(wrong.message),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mistakes(text: &str) -> Vec<String> {
        let wrong = Layers::new(Some(text), Path::new("")).config().expect_err("the text has mistakes");
        wrong.iter().map(|m| format!("{:?} {} {:?}", m.layer, m.key, m.kind)).collect()
    }

    #[test]
    fn every_mistake_is_told_with_its_line() {
        let text =
            "[bulletin]\nnam = \"姑苏信息\"\neditors = 3\n[issue]\nnumber = 0\ndate = \"2025-02-30\"\n[x]\n";
        assert_eq!(
            mistakes(text),
            [
                "File { line: 1 } bulletin.name Missing",
                "File { line: 2 } bulletin.nam Unknown { nearest: Some(\"name\") }",
                "File { line: 3 } bulletin.editors Type { expected: \"list\" }",
                "File { line: 5 } issue.number Range { min: 1, max: 100000 }",
                "File { line: 6 } issue.date Date",
                "File { line: 7 } x Unknown { nearest: None }",
            ]
        );
    }

    #[test]
    fn a_unit_is_registered_once() {
        let text = "[bulletin]\nname = \"x\"\n[[contributor]]\nname = \"甲局\"\n[[contributor]]\nname = \"乙局\"\naliases = [\"甲局\"]\n";
        assert_eq!(mistakes(text), ["File { line: 5 } contributor[2].name Twice { name: \"甲局\" }"]);
    }

    #[test]
    fn what_the_job_writes_may_lie_in_the_inbox_but_not_be_the_inbox() {
        let folders = |text: &str| format!("[bulletin]\nname = \"x\"\n[folders]\n{text}");
        let nested = folders("quarantine = \"inbox/退回\"\noutput = \"inbox/已印\"");
        assert!(Layers::new(Some(&nested), Path::new("a")).config().is_ok());
        assert_eq!(
            mistakes(&folders(
                "output = \"./inbox\"\nstore = \"inbox/x.db\"\n[[job]]\nname = \"备份\"\ntask = \"backup\"\nfolder = \"inbox/\""
            )),
            [
                "File { line: 4 } folders.output Inbox",
                "File { line: 5 } folders.store Inbox",
                "File { line: 9 } job[1].folder Inbox"
            ]
        );
    }

    #[test]
    fn the_template_lies_beside_the_configuration_and_is_named_once() {
        let template = |text: &str| {
            let text = format!("{text}\n[bulletin]\nname = \"x\"");
            Layers::new(Some(&text), Path::new("a")).config().expect("no mistakes").template
        };
        assert_eq!(template(""), None);
        assert_eq!(template("template = \"\""), None);
        assert_eq!(template("template = \"office.docx\"").as_deref(), Some(Path::new("a/office.docx")));
        assert_eq!(template("layout.template = \"b.docx\"").as_deref(), Some(Path::new("a/b.docx")));
        let twice = "template = \"a\"\n[bulletin]\nname = \"x\"\n[layout]\ntemplate = \"b\"";
        assert_eq!(mistakes(twice), ["File { line: 5 } layout.template Twice { name: \"template\" }"]);
    }

    #[test]
    fn environment_and_command_line_win() {
        let layers = Layers::new(
            Some("[bulletin]\nname = \"x\"\n[issue]\nnumber = 1\ncumulative = 2\n"),
            Path::new("a"),
        )
        .with_environment([("JIANBAO_ISSUE__NUMBER".to_owned(), "7".to_owned())].into_iter())
        .with_options([("issue.date".to_owned(), "2025-03-27".to_owned())]);
        let config = layers.config().expect("no mistakes");
        assert_eq!((config.issue.number, config.issue.cumulative), (Some(7), Some(2)));
        assert_eq!(config.issue.date.map(Date::iso).as_deref(), Some("2025-03-27"));
        assert_eq!(config.inbox, Path::new("a/inbox"));
        assert_eq!((config.store.as_path(), config.store_fuse), (Path::new("a/data/jianbao.db"), false));
    }
}
