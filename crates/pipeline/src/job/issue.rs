//! The issue that is due: its number is reserved, its file written, its number confirmed; a run that is cut
//! off anywhere is taken up by the next one, which makes the same bytes under the same number.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use jianbao_model::issue::Date;
use jianbao_model::{Item, SourceId};
use jianbao_store::{
    Candidate as Stored, Choice as Chosen, Counter, Decision, Issue, IssueId, IssueState, ItemId, Original,
    Plan, Scope, Store, StoreError,
};

use super::spool::holds;
use super::{Fault, Job, planned, unwritten};
use crate::compose::{self, Candidate, Choice, Composed, Numbered, Selection};
use crate::config::{Adopt, Config, SUPPLEMENT};
use crate::inbox::Found;
use crate::output;
use crate::pictures::{self, Wanted};

/// The issue that is to be made.
#[derive(Debug)]
pub struct Due {
    /// Number that the configuration or the command line names; else the next one.
    pub number: Option<u32>,
    /// The same over all editions; a supplement has none.
    pub cumulative: Option<u32>,
    /// Date of issue.
    pub date: Date,
    /// Whether the date is that of the clock, which may be wrong.
    pub by_clock: bool,
    /// Whether it is a supplement (增刊), which is counted separately.
    pub supplement: bool,
    /// Items that a plan names; else all that the rules choose.
    pub choices: Option<Vec<Choice>>,
    /// Path of the file; else the output folder and the usual name.
    pub target: Option<PathBuf>,
    /// Makes an issue that is done once more, with what is there now, and writes over its file.
    pub again: bool,
}

/// What a run has made.
#[derive(Debug)]
pub struct Publication {
    /// Issues that an earlier run has begun, other than the one that is due.
    pub finished: Vec<Made>,
    /// The one that is due.
    pub due: Published,
}

/// What came of the issue that is due.
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
        /// The bytes of the copy that was kept; none if there is none.
        bytes: Option<Vec<u8>>,
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
pub(super) fn publish(job: &mut Job<'_>, due: &Due) -> Result<Publication, Fault> {
    let key = key(job, due);
    let issues = own(job)?;
    let (mut finished, mut made) = (Vec::new(), None);
    for issue in issues.iter().filter(|issue| issue.state == IssueState::Pending) {
        if issue.key == key {
            made = Some(finish(job, issue.id, Some(due), 0)?);
        } else {
            finished.push(finish(job, issue.id, None, 0)?);
        }
    }
    let due = match made {
        Some(made) => Published::Made(Box::new(made)),
        None => make(job, due, &key, &issues)?,
    };
    Ok(Publication { finished, due })
}

/// The issues of the bulletin and edition of the configuration: others may lie in the same store.
fn own(job: &Job<'_>) -> Result<Vec<Issue>, Fault> {
    let bulletin = &job.config.bulletin;
    let edition = edition(job);
    let mut issues = job.store.issues()?;
    issues.retain(|issue| issue.bulletin == bulletin.name && issue.edition == edition);
    Ok(issues)
}

fn edition(job: &Job<'_>) -> String {
    job.config.bulletin.edition.join("·")
}

/// Makes the issue that is due, unless it is done: `issues` are those that there were.
fn make(job: &mut Job<'_>, due: &Due, key: &str, issues: &[Issue]) -> Result<Published, Fault> {
    let done = issues.iter().find(|issue| issue.key == key && issue.state == IssueState::Done);
    if let Some(done) = done.filter(|_| !due.again) {
        if let Some(choices) = &due.choices
            && !planned::is_followed(job, done, choices)?
        {
            return Err(Fault::PlanNotFollowed(done.number));
        }
        return already(job, due, done);
    }
    match choose(job, due, key, done.map(|done| done.id))? {
        Some((issue, duplicates)) => {
            Ok(Published::Made(Box::new(finish(job, issue, Some(due), duplicates)?)))
        }
        None => Ok(Published::Nothing),
    }
}

/// Chooses what is printed and gives it a number, or that of `done`, which is made once more; also how many
/// items say the same as one that is chosen. None if there is nothing to print.
fn choose(
    job: &mut Job<'_>,
    due: &Due,
    key: &str,
    done: Option<IssueId>,
) -> Result<Option<(IssueId, usize)>, Fault> {
    let mut stored = job.store.candidates()?;
    if let Some(done) = done {
        // Its own items are there again.
        stored.extend(job.store.printed(done)?.into_iter().map(|one| Stored { adopted: true, ..one }));
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
        return Ok(None);
    }
    let find = |candidate: &Candidate| ids.get(&candidate.item.id).copied();
    let chosen: Vec<(&Stored, &Candidate)> =
        chosen.iter().filter_map(|candidate| Some((find(candidate)?, candidate))).collect();
    Ok(Some((reserve(job, due, key, &chosen, done)?, duplicates)))
}

/// What is told of an issue that is done. Asked for under another name, its file is written there too.
fn already(job: &Job<'_>, due: &Due, done: &Issue) -> Result<Published, Fault> {
    let numbered = numbered(done, due.date);
    let (content, file) = done.file.clone().ok_or(Fault::Gone)?;
    let bytes = job.places.kept_issue(&content);
    let mut path = PathBuf::from(file);
    if let Some(target) = due.target.as_deref().map(absolute)
        && target != path
        && let Some(bytes) = &bytes
    {
        write(&target, bytes, SourceId::of(bytes), false).map_err(unwritten)?;
        path = target;
    }
    Ok(Published::Already { path, numbered, bytes })
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
        let item: Item = serde_json::from_str(&one.content).map_err(Fault::Json)?;
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

/// What makes a plan the same in a second run: the number where it is named, the day otherwise.
fn key(job: &Job<'_>, due: &Due) -> String {
    let which = due.number.map_or_else(|| due.date.iso(), |number| format!("{}-{number}", due.date.year));
    let kind = if due.supplement { SUPPLEMENT } else { "" };
    [job.config.bulletin.name.as_str(), &edition(job), kind, &which].join("/")
}

fn reserve(
    job: &mut Job<'_>,
    due: &Due,
    key: &str,
    chosen: &[(&Stored, &Candidate)],
    done: Option<IssueId>,
) -> Result<IssueId, Fault> {
    let at = job.now();
    // A plan may put an item into another section.
    let choices: Vec<_> = chosen
        .iter()
        .map(|(stored, candidate)| Chosen { item: stored.item, section: candidate.item.section.as_deref() })
        .collect();
    let decision = Decision { editor: editor(due), reason: "", at };
    if let Some(done) = done {
        return Ok(job.store.reopen(done, &choices, &decision)?.id);
    }
    let items: Vec<_> = choices.iter().map(|choice| choice.item).collect();
    let (edition, date) = (edition(job), due.date.iso());
    let counter = |scope, wanted: Option<u32>| Counter { scope, first: wanted.unwrap_or(1), wanted };
    let plan = Plan {
        key,
        bulletin: &job.config.bulletin.name,
        edition: &edition,
        supplement: due.supplement,
        year: due.date.year,
        date: &date,
        number: counter(job.config.numbering.number, due.number),
        cumulative: counted_over_all(job.config, due.supplement).map(|scope| counter(scope, due.cumulative)),
        items: &items,
    };
    require_later(job, due)?;
    // What would stand in the way is told before a number is taken.
    let next = job.store.next_numbers(&plan)?;
    let numbered = Numbered {
        number: next.number,
        cumulative: next.cumulative,
        date: due.date,
        supplement: due.supplement,
    };
    let path = due.target.as_deref().map_or_else(|| usual(job, numbered), |target| Ok(absolute(target)))?;
    if path.symlink_metadata().is_ok() {
        let named = due.target.is_some() || due.number.is_some();
        match (named, due.again) {
            (true, true) => {}
            (true, false) => return Err(Fault::Exists(path)),
            // An issue that was printed and that the store has lost is not written over unseen.
            (false, _) => return Err(Fault::NumberInUse { number: next.number, path }),
        }
    }
    Ok(job.store.choose_and_reserve(&choices, &plan, &decision)?.id)
}

/// Refuses a date by the clock that lies before the last issue: then the clock is wrong.
fn require_later(job: &Job<'_>, due: &Due) -> Result<(), Fault> {
    let date = due.date.iso();
    let last = own(job)?
        .into_iter()
        .filter(|issue| issue.state != IssueState::Void)
        .map(|issue| issue.date)
        .max()
        .filter(|last| due.by_clock && *last > date);
    last.map_or(Ok(()), |last| Err(Fault::DateWentBack { date, last }))
}

/// Notes the numbers up to these as used without the store; how many they are.
pub fn skip(
    store: &mut Store,
    config: &Config,
    last: Numbered,
    decision: &Decision<'_>,
) -> Result<usize, StoreError> {
    let (edition, date) = (config.bulletin.edition.join("·"), last.date.iso());
    let key = [config.bulletin.name.as_str(), &edition, "skipped", &date].join("/");
    let Numbered { number, cumulative, date: Date { year, .. }, supplement } = last;
    let counter = |scope, last| Counter { scope, first: 1, wanted: last };
    let plan = Plan {
        key: &key,
        bulletin: &config.bulletin.name,
        edition: &edition,
        supplement,
        year,
        date: &date,
        number: counter(config.numbering.number, Some(number)),
        cumulative: counted_over_all(config, supplement).map(|scope| counter(scope, cumulative)),
        items: &[],
    };
    store.skip(&plan, decision)
}

/// Over what all editions are counted together, if they are; a supplement is not.
fn counted_over_all(config: &Config, supplement: bool) -> Option<Scope> {
    config.numbering.cumulative.filter(|_| !supplement)
}

/// Where an issue goes if nobody says otherwise. Editions that share a store are told apart by name.
fn usual(job: &Job<'_>, numbered: Numbered) -> Result<PathBuf, Fault> {
    let bulletin = &job.config.bulletin.name;
    let edition = edition(job);
    let others = job.store.issues()?;
    let shared = others.iter().any(|other| other.bulletin == *bulletin && other.edition != edition);
    let name = compose::file_name(bulletin, if shared { &edition } else { "" }, numbered);
    Ok(absolute(&job.config.output.join(name)))
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// Renders a reserved issue, writes its file and confirms its number. `due` is that of the issue; one that an
/// earlier run has begun has none.
fn finish(job: &mut Job<'_>, issue: IssueId, due: Option<&Due>, duplicates: usize) -> Result<Made, Fault> {
    let reserved = job.store.issue(issue)?.ok_or(Fault::Gone)?;
    let date = Date::from_iso(&reserved.date).ok_or(Fault::Gone)?;
    let numbered = numbered(&reserved, date);
    let mut items = Vec::new();
    let mut wanted = Vec::new();
    for one in job.store.printed(issue)? {
        let item: Item = serde_json::from_str(&one.content).map_err(Fault::Json)?;
        wanted.extend(pictured(job, one.item, &item)?);
        items.push(Item { section: one.section.or(item.section), ..item });
    }
    job.store.release_memory()?;
    let pictures = pictures::gather(&wanted, job.config, job.workers)?;
    let composed = compose::compose(items, &pictures, numbered, job.config)?;
    let content = SourceId::of(&composed.bytes);
    let path = path(job, &reserved, due, numbered)?;
    // A file that is another's must not come into the store: it would be written over in the next run.
    let over = due.is_some_and(|due| due.again) || is_ours(job, &path);
    if !over && path.symlink_metadata().is_ok() && !holds(&path, content) {
        return Err(Fault::Exists(path));
    }
    // The office keeps what it printed, whatever becomes of the file.
    let copy = job.places.issue(&content.to_string());
    write(&copy, &composed.bytes, content, true).map_err(unwritten)?;
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

/// Where an issue goes: as it is asked for, else where an earlier run has put it or was about to, else the
/// usual place, which may be another since the configuration was changed.
fn path(job: &Job<'_>, reserved: &Issue, due: Option<&Due>, numbered: Numbered) -> Result<PathBuf, Fault> {
    if let Some(target) = due.and_then(|due| due.target.as_deref()) {
        return Ok(absolute(target));
    }
    let before = reserved.file.as_ref().map(|(_, file)| PathBuf::from(file));
    let stands = |path: &PathBuf| is_ours(job, path) || (output::folder_of(path).is_dir() && !path.exists());
    before.filter(stands).map_or_else(|| usual(job, numbered), Ok)
}

/// Whether a file is one that the job has written and nobody has changed since.
fn is_ours(job: &Job<'_>, path: &Path) -> bool {
    fs::read(path).is_ok_and(|bytes| job.places.issue(&SourceId::of(&bytes).to_string()).is_file())
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

fn numbered(issue: &Issue, otherwise: Date) -> Numbered {
    Numbered {
        number: issue.number,
        cumulative: issue.cumulative,
        date: Date::from_iso(&issue.date).unwrap_or(otherwise),
        supplement: issue.supplement,
    }
}
