//! `items …` and `plan`: the editor looks at what came, decides, edits, and gets a plan of the issue.

use std::io::IsTerminal as _;
use std::path::PathBuf;
use std::process::Command;

use anyhow::Context as _;
use jianbao_model::{Code, Diagnostic, Item, Origin};
use jianbao_pipeline::config::Config;
use jianbao_pipeline::desk::{self, Unusable};
use jianbao_pipeline::job::{self, Lock};
use jianbao_pipeline::{plan, record, text, time, typed};
use jianbao_store::{Decision, Edit, ItemId, ItemState, Listed, Store, StoreError};
use serde_json::{Value, json};

use crate::arguments::{Common, Deciding, EditItem, ItemsTask, Lines, Plan};
use crate::session::{Session, Stop};
use crate::{job as jobs, store, tasks, terminal};

/// Characters of a text that stands for a title.
const SHORT: usize = 24;

/// Does the task; the answer is always that all was well.
pub(crate) fn perform(session: &Session, task: &ItemsTask) -> Result<bool, Stop> {
    match task {
        ItemsTask::List { common, state, section, to } => {
            list(session, common, state.as_deref(), section.as_deref(), *to)
        }
        ItemsTask::Show { item, common, to } => show(session, common, item, *to),
        ItemsTask::Adopt { items, deciding } => decide(session, deciding, items, Store::adopt_all),
        ItemsTask::Reject { items, deciding } => decide(session, deciding, items, Store::reject_all),
        ItemsTask::Edit(task) => edit(session, task),
        ItemsTask::Move { item, section, deciding } => {
            Desk::open_to_change(&deciding.common)?.move_to(session, item, section, deciding)
        }
        ItemsTask::Merge { into, from, deciding } => {
            Desk::open_to_change(&deciding.common)?.merge(session, into, from, deciding)
        }
    }
}

/// The configuration and the store that it names.
struct Desk {
    config: Config,
    store: Store,
    /// Keeps runs out while something is changed.
    _lock: Option<Lock>,
}

impl Desk {
    fn open(common: &Common) -> Result<Self, Stop> {
        let (config, store) = store::open(common)?;
        Ok(Self { config, store, _lock: None })
    }

    fn open_to_change(common: &Common) -> Result<Self, Stop> {
        let (config, store, lock) = store::open_to_change(common)?;
        Ok(Self { config, store, _lock: lock })
    }

    /// Refusals about items in words, others as everywhere.
    fn stop(&self, error: StoreError) -> Stop {
        let StoreError::Refused { action, subject, state } = &error else {
            return store::stopped(&self.config.store, error);
        };
        let Some(number) = subject.strip_prefix("item ") else {
            return store::stopped(&self.config.store, error);
        };
        let state = match state.as_str() {
            "in an issue" => "placed",
            "the same" => "itself",
            other => other,
        };
        let title = number.parse().ok().and_then(|id| self.store.item(ItemId(id)).ok().flatten());
        let title = title.map(|found| short(&found)).unwrap_or_default();
        let told = Diagnostic::new(Code::ItemRefused, Origin::File).with("item", number).with("title", title);
        self.about(told.with("state", state).with("action", *action))
    }

    fn about(&self, told: Diagnostic) -> Stop {
        Stop::told(&self.config.store, told)
    }

    /// The item of a number, a stable name or a title.
    fn item(&self, word: &str) -> Result<Listed, Stop> {
        if let Ok(number) = word.parse()
            && let Some(found) = self.store.item(ItemId(number)).map_err(|error| self.stop(error))?
        {
            return Ok(found);
        }
        let mut found = self.store.items(None).map_err(|error| self.stop(error))?;
        let title = word.trim_end_matches('。');
        found.retain(|item| item.name == word || item.title.as_deref() == Some(title));
        let told = |code| Diagnostic::new(code, Origin::File).with("item", word);
        match found.len() {
            0 => Err(self.about(told(Code::ItemUnknown))),
            1 => Ok(found.remove(0)),
            count => {
                let numbers: Vec<String> = found.iter().map(|item| item.id.0.to_string()).collect();
                let told = told(Code::ItemAmbiguous).with("count", count).with("numbers", numbers.join("、"));
                Err(self.about(told))
            }
        }
    }

    /// The id of a section by its id or name.
    fn section(&self, word: &str) -> Result<&str, Stop> {
        let sections = &self.config.sections;
        if let Some(found) = sections.iter().find(|known| known.id == word || known.name == word) {
            return Ok(&found.id);
        }
        let known: Vec<String> =
            sections.iter().map(|known| format!("{}（{}）", known.id, known.name)).collect();
        let told = Diagnostic::new(Code::NoSuchSection, Origin::File).with("section", word);
        Err(self.about(told.with("known", known.join("、"))))
    }

    fn section_name(&self, id: Option<&str>) -> String {
        let id = id.unwrap_or_default();
        let found = self.config.sections.iter().find(|known| known.id == id);
        found.map_or_else(|| id.to_owned(), |known| known.name.clone())
    }

    /// The text of the newest revision, in the section where the item stands: it may have been moved.
    fn text(&self, item: &Listed) -> Result<Item, Stop> {
        let revisions = self.store.revisions(item.id).map_err(|error| self.stop(error))?;
        let content = revisions.into_iter().next_back().map_or(Value::Null, |newest| newest.content);
        let text: Item = serde_json::from_value(content).context("item")?;
        Ok(Item { section: item.section.clone().or(text.section), ..text })
    }

    fn move_to(mut self, session: &Session, item: &str, section: &str, by: &Deciding) -> Result<bool, Stop> {
        let item = self.item(item)?;
        let section = self.section(section)?.to_owned();
        let editor = editor(session, by);
        let moved = self.store.move_to(item.id, &section, &decision(&editor, by));
        moved.map_err(|error| self.stop(error))?;
        said(session, "item-moved", &item, &[("section", self.section_name(Some(&section)))]);
        Ok(true)
    }

    fn merge(mut self, session: &Session, into: &str, from: &str, by: &Deciding) -> Result<bool, Stop> {
        let (into, from) = (self.item(into)?, self.item(from)?);
        let one = desk::merged(&self.text(&into)?, &self.text(&from)?);
        let editor = editor(session, by);
        let content = serde_json::to_value(&one).context("item")?;
        let words = one.key();
        let edit = edited(&one, &content, &words);
        let merged = self.store.merge(into.id, from.id, &edit, &decision(&editor, by));
        merged.map_err(|error| self.stop(error))?;
        said(session, "item-merged", &from, &[("into", into.id.0.to_string())]);
        Ok(true)
    }
}

fn list(
    session: &Session,
    common: &Common,
    state: Option<&str>,
    section: Option<&str>,
    to: Lines,
) -> Result<bool, Stop> {
    let desk = Desk::open(common)?;
    let section = section.map(|word| desk.section(word)).transpose()?;
    let mut items = desk.store.items(None).map_err(|error| desk.stop(error))?;
    items.retain(|item| {
        state.is_none_or(|state| item.state.name() == state)
            && section.is_none_or(|section| item.section.as_deref() == Some(section))
    });
    if to == Lines::Jsonl {
        terminal::json_lines(items.iter().map(listed))?;
        return Ok(true);
    }
    let rows = items.iter().map(|item| {
        vec![
            item.id.0.to_string(),
            state_word(session, item),
            desk.section_name(item.section.as_deref()),
            item.unit.clone().unwrap_or_default(),
            title(&desk, item),
        ]
    });
    let columns = ["item", "state", "section", "unit", "title"];
    terminal::list(&columns, rows.collect(), &session.messages)?;
    Ok(true)
}

fn listed(item: &Listed) -> Value {
    json!({
        "schema": "jianbao.item/1",
        "number": item.id.0,
        "name": item.name,
        "state": item.state.name(),
        "section": item.section,
        "unit": item.unit,
        "title": item.title,
        "revision": item.revision,
        "merged_into": item.merged_into.map(|into| into.0),
    })
}

fn state_word(session: &Session, item: &Listed) -> String {
    let id = if item.merged_into.is_some() { "merged" } else { item.state.name() };
    session.messages.text(&format!("state-{id}"), &[])
}

/// The title, or how the text begins.
fn title(desk: &Desk, item: &Listed) -> String {
    let begins = || desk.text(item).map(|text| text.body().chars().take(SHORT).collect());
    item.title.clone().unwrap_or_else(|| begins().unwrap_or_default())
}

fn short(item: &Listed) -> String {
    item.title.clone().or_else(|| item.unit.clone()).unwrap_or_default()
}

fn show(session: &Session, common: &Common, word: &str, to: Lines) -> Result<bool, Stop> {
    let desk = Desk::open(common)?;
    let item = desk.item(word)?;
    let stop = |error| desk.stop(error);
    let content = desk.text(&item)?;
    let revisions = desk.store.revisions(item.id).map_err(stop)?;
    let decisions = desk.store.decisions(item.id).map_err(stop)?;
    let nears = desk.store.nears(item.id).map_err(stop)?;
    let from = desk.store.item_received_as(item.id).map_err(stop)?;
    if to == Lines::Jsonl {
        let mut value = listed(&item);
        value["item"] = serde_json::to_value(record::item(&content)).context("item")?;
        value["from"] = json!(from);
        value["revisions"] = revisions
            .iter()
            .map(|one| {
                json!({"number": one.number, "source": one.source, "title": one.title,
                              "editor": one.editor, "made": time::shown(one.made)})
            })
            .collect();
        value["decisions"] = decisions
            .iter()
            .map(|one| {
                json!({"action": one.action, "editor": one.editor, "reason": one.reason,
                              "made": time::shown(one.made)})
            })
            .collect();
        let near = nears.iter().map(|near| json!({"number": near.earlier.0, "permille": near.permille}));
        value["near"] = near.collect();
        terminal::json_lines(std::iter::once(value))?;
        return Ok(true);
    }
    let say = |id: &str, arguments: &[(&str, String)]| session.messages.text(id, arguments) + "\n";
    let mut shown = say(
        "item-head",
        &[
            ("item", item.id.0.to_string()),
            ("state", state_word(session, &item)),
            ("section", desk.section_name(item.section.as_deref())),
            ("name", item.name.clone()),
        ],
    );
    shown.push_str(&format!("\n{}\n", text::item(&content)));
    shown.push_str(&say("item-from", &[("path", from.unwrap_or_default())]));
    for one in &revisions {
        let time = ("time", time::shown(one.made));
        let number = ("number", one.number.to_string());
        let title = ("title", one.title.clone().unwrap_or_default());
        shown.push_str(&match (&one.editor, &one.source) {
            (Some(editor), _) => say("item-edition", &[number, time, title, ("editor", editor.clone())]),
            (None, source) => {
                let source = source.as_deref().unwrap_or_default().chars().take(12).collect();
                say("item-revision", &[number, time, title, ("source", source)])
            }
        });
    }
    for one in &decisions {
        let action = session.messages.text(&format!("action-{}", one.action), &[]);
        let arguments = [
            ("time", time::shown(one.made)),
            ("editor", one.editor.clone()),
            ("action", action),
            ("reason", one.reason.clone()),
        ];
        shown.push_str(say("item-decision", &arguments).trim_end());
        shown.push('\n');
    }
    for near in nears {
        let earlier = desk.store.item(near.earlier).map_err(stop)?;
        let title = earlier.map(|earlier| short(&earlier)).unwrap_or_default();
        let share = (near.permille + 5) / 10;
        let arguments =
            [("item", near.earlier.0.to_string()), ("title", title), ("share", share.to_string())];
        shown.push_str(&say("item-near", &arguments));
    }
    terminal::print(&shown)?;
    Ok(true)
}

/// A call of the store about several items.
type DecideAll = fn(&mut Store, &[ItemId], &Decision<'_>) -> jianbao_store::Result<()>;

fn decide(session: &Session, by: &Deciding, words: &[String], all: DecideAll) -> Result<bool, Stop> {
    let mut desk = Desk::open_to_change(&by.common)?;
    let mut items: Vec<Listed> = Vec::new();
    for word in words {
        let item = desk.item(word)?;
        if items.iter().all(|other| other.id != item.id) {
            items.push(item);
        }
    }
    let editor = editor(session, by);
    let ids: Vec<ItemId> = items.iter().map(|item| item.id).collect();
    all(&mut desk.store, &ids, &decision(&editor, by)).map_err(|error| desk.stop(error))?;
    for id in ids {
        let now = desk.store.item(id).map_err(|error| desk.stop(error))?;
        if let Some(now) = now {
            said(session, "item-decided", &now, &[("state", state_word(session, &now))]);
        }
    }
    Ok(true)
}

fn edit(session: &Session, task: &EditItem) -> Result<bool, Stop> {
    let by = &task.deciding;
    let desk = Desk::open(&by.common)?;
    let item = desk.item(&task.item)?;
    let before = desk.text(&item)?;
    let place = task.text.clone().unwrap_or_else(|| PathBuf::from(&task.item));
    let unusable = |why| {
        let told = Diagnostic::new(Code::EditUnusable, Origin::File);
        Stop::told(
            &place,
            match why {
                Unusable::Empty => told.with("why", "empty"),
                Unusable::Json(what) => told.with("why", "form").with("what", what),
            },
        )
    };
    let mut after = match &task.text {
        Some(file) => {
            let text = typed::read(file).map_err(|error| tasks::unreadable(file, &error))?;
            let is_json = file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
            let read = if is_json { desk::from_json } else { desk::from_text };
            read(&text, &before, &desk.config).map_err(unusable)?
        }
        None if task.title.is_some() => before.clone(),
        None => {
            // What cannot be edited is told before an editor has worked on it.
            if !matches!(item.state, ItemState::New | ItemState::Adopted) {
                let (subject, state) = (format!("item {}", item.id.0), item.state.name().to_owned());
                return Err(desk.stop(StoreError::Refused { action: "edit", subject, state }));
            }
            let text = in_editor(&text::item(&before))?;
            desk::from_text(&text, &before, &desk.config).map_err(unusable)?
        }
    };
    if let Some(title) = &task.title {
        after.title = desk::title_of(title);
    }
    if after.section != before.section
        && let Some(section) = &after.section
    {
        after.section = Some(desk.section(section)?.to_owned());
    }
    if after == before {
        said(session, "item-unchanged", &item, &[]);
        return Ok(true);
    }
    // Only now: an editor may think for an hour, and somebody else may have edited meanwhile.
    let mut desk = Desk::open_to_change(&by.common)?;
    if desk.store.item(item.id).map_err(|error| desk.stop(error))?.as_ref() != Some(&item) {
        let told = Diagnostic::new(Code::EditUnusable, Origin::File).with("why", "changed");
        return Err(Stop::told(&place, told));
    }
    let editor = editor(session, by);
    let content = serde_json::to_value(&after).context("item")?;
    let words = after.key();
    let edit = edited(&after, &content, &words);
    let number = desk.store.edit(item.id, &edit, &decision(&editor, by)).map_err(|error| desk.stop(error))?;
    said(session, "item-edited", &item, &[("number", number.to_string())]);
    Ok(true)
}

/// What the store is to have of an item's new text.
fn edited<'a>(item: &'a Item, content: &'a Value, words: &'a str) -> Edit<'a> {
    let (title, section) = (item.title.as_deref(), item.section.as_deref());
    Edit { title, unit: item.unit(), section, content, words }
}

/// The text as the editor leaves it in the program that `EDITOR` names.
fn in_editor(text: &str) -> Result<String, Stop> {
    let named = ["VISUAL", "EDITOR"].iter().find_map(|name| std::env::var(name).ok());
    let named = named.filter(|named| !named.trim().is_empty());
    let Some(named) = named.filter(|_| std::io::stdin().is_terminal() && std::io::stdout().is_terminal())
    else {
        return Err(Stop::Sentence { id: "edit-no-editor" });
    };
    let file = tempfile::Builder::new().suffix(".txt").tempfile().context("temporary file")?;
    std::fs::write(file.path(), text).context("temporary file")?;
    // `EDITOR` may bring options: `code --wait`.
    let mut words = named.split_whitespace();
    let mut command = Command::new(words.next().unwrap_or_default());
    let done = command.args(words).arg(file.path()).status().with_context(|| named.clone())?;
    if !done.success() {
        return Err(Stop::Sentence { id: "edit-given-up" });
    }
    Ok(typed::read(file.path()).context("temporary file")?)
}

/// `plan`: the items that a run would print, as a plan file.
pub(crate) fn plan(session: &Session, task: &Plan) -> Result<bool, Stop> {
    let desk = Desk::open(&task.common)?;
    let items =
        job::proposed(&desk.store, &desk.config).map_err(|fault| jobs::stopped(&desk.config, fault))?;
    let text = plan::written(&items, &desk.config, &session.messages.text("plan-head", &[]));
    let Some(output) = &task.output else {
        terminal::print(&text)?;
        return Ok(true);
    };
    tasks::write_output(output, text.as_bytes(), task.force)?;
    let arguments = [("path", output.display().to_string()), ("items", items.len().to_string())];
    terminal::line(&session.messages.text("plan-written", &arguments));
    Ok(true)
}

fn said(session: &Session, id: &str, item: &Listed, more: &[(&'static str, String)]) {
    let mut arguments = vec![("item", item.id.0.to_string()), ("title", short(item))];
    arguments.extend(more.iter().cloned());
    terminal::line(&session.messages.text(id, &arguments));
}

/// Who decides: as named, else as logged in.
pub(crate) fn editor(session: &Session, by: &Deciding) -> String {
    let login = || ["USER", "LOGNAME", "USERNAME"].iter().find_map(|name| std::env::var(name).ok());
    let filled = |name: &String| !name.trim().is_empty();
    let named = by.editor.clone().filter(filled).or_else(|| login().filter(filled));
    named.unwrap_or_else(|| session.messages.text("editor-unnamed", &[]))
}

pub(crate) fn decision<'a>(editor: &'a str, by: &'a Deciding) -> Decision<'a> {
    Decision { editor, reason: by.reason.as_deref().unwrap_or_default(), at: time::now() }
}
