//! What lies in the spool is read, and its items go into the store.

use jianbao_model::{Code, Diagnostic, Item, Origin, Severity};
use jianbao_store::{NewItem, Spool, Taken, TakenAs};

use super::arrival::{self, Kept};
use super::quarantine::{self, Why};
use super::spool::Stamp;
use super::{Fault, Job, Listener};
use crate::batch::{self, Kind, Options, Outcome, Processed};
use crate::inbox::{self, Found};

/// Reads everything that lies in the spool, also what an earlier run left there.
pub(super) fn parse(job: &mut Job<'_>, listener: &mut dyn Listener) -> Result<(), Fault> {
    let mut spooled = job.store.spooled()?;
    // Path order, as everywhere: which of two equal items counts as the first does not hang on arrival.
    spooled.sort_by(|a, b| a.shown.cmp(&b.shown));
    let files: Vec<Found> = spooled
        .iter()
        .map(|one| Found {
            shown: one.shown.clone(),
            path: job.places.original(&one.source),
            folder: one.unit.clone(),
            ignored: false,
            trouble: None,
        })
        .collect();
    listener.begin(files.len());
    let options = Options {
        kind: Kind::Submission,
        jobs: job.jobs,
        keep_text: false,
        password: None,
        workers: job.workers,
    };
    let config = job.config;
    let mut waiting = spooled.iter().zip(&files);
    let mut failed = None;
    let told = batch::process(&files, options, config, |processed| {
        let Some((spool, found)) = waiting.next() else { return };
        if failed.is_none() {
            failed = settle(job, spool, found, processed, listener).err();
        }
    })?;
    listener.batch(&told);
    failed.map_or(Ok(()), Err)
}

/// What came of a file goes into the store, or the file into the quarantine. One that was not read at all
/// stays in the spool.
fn settle(
    job: &mut Job<'_>,
    spool: &Spool,
    found: &Found,
    mut processed: Processed,
    listener: &mut dyn Listener,
) -> Result<(), Fault> {
    let stamp = Stamp { bytes: spool.bytes, modified: spool.modified };
    let kept = Kept { stamp, source: spool.source.clone() };
    let inbox = Found { path: job.config.inbox.join(inbox::path(&spool.path)), ..found.clone() };
    let unread = processed.diagnostics.iter().any(|told| told.code == Code::Unreadable);
    let damaged = processed.source.is_some_and(|source| source.to_string() != spool.source);
    if unread || damaged {
        let over = arrival::is_over(spool.first_seen, job.now(), job.config.arrival.unreadable);
        if damaged || over {
            let told = Diagnostic::new(Code::OriginalDamaged, Origin::File);
            let why = Why::new(told.with("path", found.path.display()), "archive");
            quarantine::hold(job, &inbox, spool.receipt, None, &why, listener)?;
        } else {
            // The own disk does not give the original: the sender can do nothing about it, the next run may.
            listener.file(&processed);
        }
        return Ok(());
    }
    let secret = processed.diagnostics.iter().find(|told| told.code == Code::SecrecyMark);
    let failed = (processed.outcome() == Outcome::Failed)
        .then(|| processed.diagnostics.iter().find(|told| told.severity == Severity::Error))
        .flatten();
    if let Some(told) = secret.or(failed) {
        let stage = if secret.is_some() { "check" } else { "read" };
        let mut told = told.clone();
        let mut copied = processed.source;
        if secret.is_some() {
            // Of a file with a secrecy mark nothing is shown but that it has one, and nothing of it goes to a
            // folder that others may read.
            told.location.excerpt = None;
            copied = None;
            processed.diagnostics = vec![told.clone()];
            processed.submission = None;
            processed.shown = None;
        }
        let why = Why::new(told, stage);
        quarantine::hold(job, &inbox, spool.receipt, copied, &why, listener)?;
        listener.file(&processed);
        return arrival::dispose(job, &inbox, &kept, listener);
    }
    let items: &[Item] = processed.submission.as_ref().map_or(&[], |submission| &submission.items);
    let contents =
        items.iter().map(serde_json::to_value).collect::<Result<Vec<_>, _>>().map_err(Fault::Json)?;
    let words: Vec<String> = items.iter().map(Item::key).collect();
    let new: Vec<NewItem<'_>> = items
        .iter()
        .zip(&contents)
        .zip(&words)
        .map(|((item, content), words)| NewItem {
            name: &item.id,
            unit: item.unit(),
            title: item.title.as_deref(),
            section: item.section.as_deref(),
            content,
            words,
        })
        .collect();
    let format = processed.format.map_or("", |format| format.name());
    // Which files are read together hangs on how the runs fell. That two items are the same the store finds
    // itself, in whatever run they come.
    let passing = |told: &Diagnostic| matches!(told.code, Code::Duplicate | Code::SameTitle);
    let lasting: Vec<Diagnostic> =
        processed.diagnostics.iter().filter(|told| !passing(told)).cloned().collect();
    let taken = job.store.parsed(spool.submission, format, &new, &lasting, job.now())?;
    quarantine::clear(job, &inbox, spool.receipt)?;
    // Of files that came together the check stage has told already which say the same.
    let known = processed.diagnostics.iter().any(|told| told.code == Code::Duplicate);
    let pairs = items.iter().zip(&taken).filter(|(_, taken)| !(known && taken.how == TakenAs::Same));
    let told = pairs.map(|(item, taken)| about(job, item, taken)).collect::<Result<Vec<_>, _>>()?;
    processed.diagnostics.extend(told.into_iter().flatten());
    for item in job.store.left_out(spool.submission, &taken)? {
        let left = job.store.item(item)?.ok_or(Fault::Gone)?;
        let told = Diagnostic::new(Code::ItemLeftOut, Origin::File);
        processed.diagnostics.push(told.with("id", item.0).with("title", left.title.unwrap_or(left.name)));
    }
    listener.file(&processed);
    arrival::dispose(job, &inbox, &kept, listener)
}

/// What is to be told of an item beside those that came earlier.
fn about(job: &Job<'_>, item: &Item, taken: &Taken) -> Result<Option<Diagnostic>, Fault> {
    let title = item.title.clone().unwrap_or_else(|| item.body().chars().take(20).collect());
    let told = |code| Diagnostic::new(code, item.origin()).with("item", &title);
    let of =
        |earlier| -> Result<String, Fault> { Ok(job.store.item_received_as(earlier)?.unwrap_or_default()) };
    Ok(match (taken.how, taken.near) {
        (TakenAs::Same, _) => Some(told(Code::ItemAgain).with("path", of(taken.item)?)),
        (TakenAs::Revision(number), _) => Some(told(Code::ItemRevised).with("number", number)),
        (TakenAs::Beside(earlier), _) => Some(told(Code::ItemBeside).with("path", of(earlier)?)),
        (TakenAs::After(earlier), _) => Some(told(Code::ItemAfter).with("path", of(earlier)?)),
        (TakenAs::New, Some(near)) => {
            let share = (near.permille + 5) / 10;
            Some(told(Code::ItemNear).with("path", of(near.earlier)?).with("share", share))
        }
        (TakenAs::New, None) => None,
    })
}
