//! The items that a plan names: found among those that may be printed, or told with the plan's line.

use std::collections::BTreeSet;

use jianbao_store::{Candidate as Stored, Issue, ItemState, Listed};

use super::{Fault, Job};
use crate::compose::{Candidate, Choice, Selection};
use crate::config::{Layer, Mistake, MistakeKind};

/// The items in the plan's order, or all that is wrong with them.
pub(super) fn chosen(
    job: &Job<'_>,
    choices: &[Choice],
    selection: &Selection,
    stored: &[Stored],
) -> Result<Vec<Candidate>, Fault> {
    let mut items = Vec::new();
    let mut mistakes = Vec::new();
    let mut known = BTreeSet::new();
    for choice in choices {
        let state = match selection.named(choice) {
            Some(found) if known.insert(found.item.id.clone()) => {
                items.push(found);
                continue;
            }
            Some(_) => "twice",
            None => why_not(&job.store.items(None)?, choice, stored),
        };
        mistakes.push(Mistake {
            layer: Layer::File { line: choice.line },
            key: "item".to_owned(),
            kind: MistakeKind::Item { item: choice.item.clone(), state },
        });
    }
    if mistakes.is_empty() { Ok(items) } else { Err(Fault::Plan(mistakes)) }
}

/// Why an item cannot be printed; where several have the title, of the newest.
fn why_not(all: &[Listed], choice: &Choice, stored: &[Stored]) -> &'static str {
    let named = |one: &&Listed| choice.names(&one.name, one.title.as_deref());
    let Some(found) = all.iter().rev().find(named) else { return "absent" };
    match found.state {
        _ if found.merged_into.is_some() => "merged",
        ItemState::Rejected => "rejected",
        ItemState::Issued => "issued",
        ItemState::New | ItemState::Adopted if stored.iter().any(|one| one.item == found.id) => "same",
        ItemState::New | ItemState::Adopted => "placed",
    }
}

/// Whether an issue that is done has just the items of the plan.
pub(super) fn is_followed(job: &Job<'_>, done: &Issue, choices: &[Choice]) -> Result<bool, Fault> {
    let mut printed = Vec::new();
    for (item, _) in &done.positions {
        printed.extend(job.store.item(*item)?);
    }
    let is = |choice: &Choice, one: &Listed| {
        choice.names(&one.name, one.title.as_deref())
            && (choice.section.is_none() || choice.section == one.section)
    };
    Ok(printed.len() == choices.len()
        && choices.iter().all(|choice| printed.iter().any(|one| is(choice, one))))
}
