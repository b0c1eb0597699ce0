//! The issue that is due: its number is reserved, its file written, its number confirmed; a run that is cut
//! off anywhere is taken up by the next one, which makes the same bytes under the same number.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use jianbao_model::issue::Date;
use jianbao_model::{Item, SourceId};
use jianbao_store::{
    Candidate as Stored, Choice as Chosen, Counter, Decision, IssueId, IssueState, ItemId, Original, Plan,
    Store,
};

use super::spool::holds;
use super::{Fault, Job, planned, unwritten};
use crate::compose::{self, Candidate, Choice, Composed, Numbered, Selection};
use crate::config::{Adopt, Config};
use crate::inbox::Found;
use crate::output;
use crate::pictures::{self, Wanted};

/// The issue that is to be made.
#[derive(Debug)]
pub struct Due {
    /// Number that the configuration or the command line names; else the next one.
    pub number: Option<u32>,
    /// The same over all editions.
    pub cumulative: Option<u32>,
    /// Date of issue.
    pub date: Date,
    /// Whether it is a supplement (增刊), which is counted separately.
    pub supplement: bool,
    /// Items that a plan names; else all that the rules choose.
    pub choices: Option<Vec<Choice>>,
    /// Path of the file; else the output folder and the usual name.
    pub target: Option<PathBuf>,
    /// Makes an issue that is done once more, with what is there now, and writes over its file.
    pub again: bool,
}

/// What came of it.
#[derive(Debug)]
pub enum Published {
    /// The file is written.
    Made(Box<Made>),
    /// It was done in an earlier run.
    Already {
        /// Its file.
        path: PathBuf,
        /// Its number.
        numbered: Numbered,
    },
    /// There is nothing to print.
    Nothing,
}

/// An issue whose file is written.
#[derive(Debug)]
pub struct Made {
    /// Its file.
    pub path: PathBuf,
    /// Number and date.
    pub numbered: Numbered,
    /// The issue, its bytes, and what is to be told of it.
    pub composed: Composed,
    /// Items that say the same as one that is printed.
    pub duplicates: usize,
}

/// Finishes what an earlier run has begun, and makes the issue that is due.
pub(super) fn publish(job: &mut Job<'_>, due: &Due) -> Result<Published, Fault> {
    let key = key(job, due);
    let mut finished = None;
    for issue in job.store.issues()?.into_iter().filter(|issue| issue.state == IssueState::Pending) {
        let made = finish(job, issue.id, due, 0)?;
        if issue.key == key {
            finished = Some(made);
        }
    }
    if let Some(made) = finished {
        return Ok(Published::Made(Box::new(made)));
    }
    let done =
        job.store.issues()?.into_iter().find(|issue| issue.key == key && issue.state == IssueState::Done);
    if let Some(done) = &done
        && !due.again
    {
        if let Some(choices) = &due.choices
            && !planned::is_followed(job, done, choices)?
        {
            return Err(Fault::PlanNotFollowed(done.number));
        }
        let numbered = numbered(done.number, done.cumulative, &done.date, due.date);
        let path = done.file.as_ref().map(|(_, file)| PathBuf::from(file)).unwrap_or_default();
        return Ok(Published::Already { path, numbered });
    }
    let mut stored = job.store.candidates()?;
    if let Some(done) = &done {
        // Made once more: its own items are there again.
        stored.extend(job.store.printed(done.id)?.into_iter().map(|one| Stored { adopted: true, ..one }));
    }
    if due.choices.is_none() {
        stored.retain(|one| chosen_by_rules(job.config, one));
    }
    let (selection, ids) = selection(&stored)?;
    let duplicates = selection.duplicates;
    let chosen = match &due.choices {
        None => selection.ordered(job.config),
        Some(choices) => planned::chosen(job, choices, &selection, &stored)?,
    };
    if chosen.is_empty() {
        return Ok(Published::Nothing);
    }
    let find = |candidate: &Candidate| ids.get(&candidate.item.id).copied();
    let chosen: Vec<(&Stored, &Candidate)> =
        chosen.iter().filter_map(|candidate| Some((find(candidate)?, candidate))).collect();
    let issue = reserve(job, due, &key, &chosen, done.map(|done| done.id))?;
    Ok(Published::Made(Box::new(finish(job, issue, due, duplicates)?)))
}

/// Whether an item is printed when no plan names any.
fn chosen_by_rules(config: &Config, one: &Stored) -> bool {
    config.adopt == Adopt::Rules || one.adopted
}

/// Rows of the store by the ids of their items.
type ById<'a> = BTreeMap<String, &'a Stored>;

/// Items of the store as they may be printed, and which is which.
fn selection(stored: &[Stored]) -> Result<(Selection, ById<'_>), Fault> {
    let mut selection = Selection::default();
    let mut ids = BTreeMap::new();
    for one in stored {
        let item: Item = serde_json::from_value(one.content.clone()).map_err(Fault::Json)?;
        let item = Item { section: one.section.clone().or(item.section), ..item };
        ids.insert(item.id.clone(), one);
        selection.push(&one.shown, item);
    }
    Ok((selection, ids))
}

/// The items that an issue without a plan would have now, in its order within each section.
pub fn proposed(store: &Store, config: &Config) -> Result<Vec<Candidate>, Fault> {
    let mut stored = store.candidates()?;
    stored.retain(|one| chosen_by_rules(config, one));
    Ok(selection(&stored)?.0.ordered(config))
}

/// Who decides where no editor did.
fn editor(due: &Due) -> &'static str {
    if due.choices.is_some() { "plan" } else { "rules" }
}

/// Part of a supplement's key.
const SUPPLEMENT: &str = "增刊";

/// What makes a plan the same in a second run: the number where it is named, the day otherwise.
fn key(job: &Job<'_>, due: &Due) -> String {
    let bulletin = &job.config.bulletin;
    let edition = bulletin.edition.join("·");
    let which = due.number.map_or_else(|| due.date.iso(), |number| format!("{}-{number}", due.date.year));
    let kind = if due.supplement { SUPPLEMENT } else { "" };
    [bulletin.name.as_str(), &edition, kind, &which].join("/")
}

fn reserve(
    job: &mut Job<'_>,
    due: &Due,
    key: &str,
    chosen: &[(&Stored, &Candidate)],
    done: Option<IssueId>,
) -> Result<IssueId, Fault> {
    let at = job.now();
    let edition = job.config.bulletin.edition.join("·");
    // A plan may put an item into another section.
    let choices: Vec<_> = chosen
        .iter()
        .map(|(stored, candidate)| Chosen { item: stored.item, section: candidate.item.section.as_deref() })
        .collect();
    let items: Vec<_> = choices.iter().map(|choice| choice.item).collect();
    let counter = |scope, wanted: Option<u32>| Counter { scope, first: wanted.unwrap_or(1), wanted };
    let date = due.date.iso();
    let plan = Plan {
        key,
        bulletin: &job.config.bulletin.name,
        edition: &edition,
        supplement: due.supplement,
        year: due.date.year,
        date: &date,
        number: counter(job.config.numbering.number, due.number),
        cumulative: job.config.numbering.cumulative.map(|scope| counter(scope, due.cumulative)),
        items: &items,
    };
    // What would stand in the way is told before a number is taken.
    let target = target(job, due, None);
    if done.is_none() && target.as_deref().is_some_and(|path| path.symlink_metadata().is_ok()) && !due.again {
        return Err(Fault::Exists(target.unwrap_or_default()));
    }
    let decision = Decision { editor: editor(due), reason: "", at };
    if let Some(done) = done {
        return Ok(job.store.reopen(done, &choices, &decision)?.id);
    }
    job.store.choose(&choices, &decision)?;
    Ok(job.store.reserve(&plan, at)?.id)
}

/// The path of the file, where it is known before the number is.
fn target(job: &Job<'_>, due: &Due, numbered: Option<Numbered>) -> Option<PathBuf> {
    let path = due.target.clone().or_else(|| {
        let numbered = numbered
            .or_else(|| Some(Numbered { number: due.number?, cumulative: due.cumulative, date: due.date }))?;
        let name = compose::file_name(&job.config.bulletin.name, numbered, due.supplement);
        Some(job.config.output.join(name))
    })?;
    Some(std::path::absolute(&path).unwrap_or(path))
}

/// Renders a reserved issue, writes its file and confirms its number.
fn finish(job: &mut Job<'_>, issue: IssueId, due: &Due, duplicates: usize) -> Result<Made, Fault> {
    let reserved = job.store.issue(issue)?.ok_or(Fault::Gone)?;
    let numbered = numbered(reserved.number, reserved.cumulative, &reserved.date, due.date);
    let printed = job.store.printed(issue)?;
    let mut items = Vec::new();
    let mut wanted = Vec::new();
    for one in printed {
        let item: Item = serde_json::from_value(one.content).map_err(Fault::Json)?;
        wanted.extend(pictured(job, one.item, &item)?);
        items.push(Item { section: one.section.or(item.section), ..item });
    }
    let pictures = pictures::gather(&wanted, job.config, job.workers)?;
    let composed = compose::compose(items, &pictures, numbered, job.config)?;
    let content = SourceId::of(&composed.bytes);
    let path = match &reserved.file {
        Some((_, file)) => PathBuf::from(file),
        // Another issue than the one that is due goes where issues usually go.
        None if reserved.key != key(job, due) => {
            let supplement = reserved.key.contains(SUPPLEMENT);
            let usual = Due { target: None, supplement, choices: None, ..*due };
            target(job, &usual, Some(numbered)).ok_or(Fault::Gone)?
        }
        None => target(job, due, Some(numbered)).ok_or(Fault::Gone)?,
    };
    // The store must not learn of a file that is another's: it would be written over in the next run.
    let over = due.again || reserved.file.is_some();
    if !over && path.symlink_metadata().is_ok() && !holds(&path, content) {
        return Err(Fault::Exists(path));
    }
    // The office keeps what it printed, whatever becomes of the file.
    let copy = job.places.issue(&content.to_string());
    if !holds(&copy, content) {
        output::write_locked(&copy, &mut &composed.bytes[..], true).map_err(unwritten)?;
    }
    job.store.rendered(issue, content, &path.display().to_string(), job.now())?;
    // Beside a file that is there already a cut-off run may have left its temporary one.
    if let Some(folder) = path.parent() {
        let failed = |source| output::OutputError::Io { path: folder.display().to_string(), source };
        output::sweep(folder).map_err(failed).map_err(unwritten)?;
    }
    write(&path, &composed.bytes, content, over).map_err(unwritten)?;
    job.store.confirm(issue, content, job.now())?;
    Ok(Made { path, numbered, composed, duplicates })
}

/// Writes the file unless it is there already.
fn write(path: &Path, bytes: &[u8], content: SourceId, over: bool) -> Result<(), output::OutputError> {
    if holds(path, content) { Ok(()) } else { output::write_locked(path, &mut &bytes[..], over) }
}

/// The files that may hold the pictures of an item.
fn pictured(job: &Job<'_>, id: ItemId, item: &Item) -> Result<Vec<Wanted>, Fault> {
    let pictures: BTreeSet<SourceId> = item.images.iter().filter_map(|image| image.hash).collect();
    if pictures.is_empty() {
        return Ok(Vec::new());
    }
    let wanted = |Original { source, shown }| {
        let path = job.places.original(&source);
        let file = Found { shown, path, folder: None, ignored: false, trouble: None };
        Wanted { file, pictures: pictures.clone() }
    };
    Ok(job.store.originals(id)?.into_iter().map(wanted).collect())
}

fn numbered(number: u32, cumulative: Option<u32>, date: &str, otherwise: Date) -> Numbered {
    Numbered { number, cumulative, date: Date::from_iso(date).unwrap_or(otherwise) }
}
