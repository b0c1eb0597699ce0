//! An issue that came back from Word beside the one that was printed: which item is which, and what was
//! changed in it.

use std::collections::HashSet;

use jianbao_model::Item;
use jianbao_publish::Mark;
use similar::{ChangeTag, TextDiff};

/// Share of pairs of characters that two items must have in common to be one.
const ALIKE: f64 = 0.5;

/// Changes with less between them are one change, in characters.
const NEAR: usize = 2;

/// What became of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The words were changed.
    Edited {
        /// Place in the edited issue, from 0.
        at: usize,
        /// Each change: what stood there, and what stands there now.
        edits: Vec<(String, String)>,
    },
    /// It stands in another place among the items.
    Moved {
        /// Place in the printed issue, from 0.
        from: usize,
        /// Place in the edited issue, from 0.
        to: usize,
    },
    /// It is not in the printed issue.
    Added {
        /// Place in the edited issue, from 0.
        at: usize,
    },
    /// It is not in the edited issue.
    Removed {
        /// Place in the printed issue, from 0.
        from: usize,
    },
}

/// Finds the printed item that each edited one was, gives it its id, and tells what is different, in the
/// order of the edited issue; removed items come last.
pub fn reconcile(printed: &[Item], edited: &mut [Item]) -> Vec<Change> {
    let pairs = pairs(printed, edited);
    let stay = in_order(&pairs);
    let mut changes = Vec::new();
    for (at, item) in edited.iter_mut().enumerate() {
        let Some(from) = pairs[at] else {
            changes.push(Change::Added { at });
            continue;
        };
        item.id.clone_from(&printed[from].id);
        if !stay.contains(&at) {
            changes.push(Change::Moved { from, to: at });
        }
        let edits = edits(&words(&printed[from]), &words(item));
        if !edits.is_empty() {
            changes.push(Change::Edited { at, edits });
        }
    }
    let known: HashSet<usize> = pairs.iter().flatten().copied().collect();
    let removed = (0..printed.len()).filter(|from| !known.contains(from));
    changes.extend(removed.map(|from| Change::Removed { from }));
    changes
}

/// Gives items the ids that the bookmarks of their issue hold: the paragraph of a bookmark begins with the
/// item's title or text. An item without a bookmark keeps its own.
pub fn restore_ids(items: &mut [Item], marks: &[Mark]) {
    let mut left: Vec<&Mark> = marks.iter().collect();
    for item in items {
        let first = item.paragraphs.first().map(|paragraph| paragraph.text.as_str());
        let Some(begin) = item.title.as_deref().or(first).filter(|text| !text.is_empty()) else { continue };
        let begins = |mark: &&Mark| mark.text.trim_start_matches(['•', ' ', '\u{3000}']).starts_with(begin);
        if let Some(at) = left.iter().position(begins) {
            item.id.clone_from(&left.remove(at).item);
        }
    }
}

/// All that an item says, a part a line.
fn words(item: &Item) -> String {
    let paragraphs = item.paragraphs.iter().map(|paragraph| paragraph.text.as_str());
    let attribution = item.attribution.as_ref().map(|attribution| attribution.printed.as_str());
    let parts = item.title.as_deref().into_iter().chain(item.lead.as_deref()).chain(paragraphs);
    parts.chain(attribution).collect::<Vec<_>>().join("\n")
}

/// For each edited item the printed one that it is most like; no printed item twice.
fn pairs(printed: &[Item], edited: &[Item]) -> Vec<Option<usize>> {
    let shape = |item: &Item| -> HashSet<(char, char)> {
        let text = words(item);
        text.chars().zip(text.chars().skip(1)).collect()
    };
    let before: Vec<_> = printed.iter().map(shape).collect();
    let mut likeness = Vec::new();
    for (at, item) in edited.iter().enumerate() {
        let shape = shape(item);
        for (from, other) in before.iter().enumerate() {
            let common = shape.intersection(other).count() as f64;
            let share = common / shape.len().max(other.len()).max(1) as f64;
            let titled = item.title.is_some() && item.title == printed[from].title;
            if share >= ALIKE || titled {
                likeness.push((share + if titled { 1.0 } else { 0.0 }, at, from));
            }
        }
    }
    // The most alike first; among equals the order of the issue.
    likeness.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut pairs, mut taken) = (vec![None; edited.len()], HashSet::new());
    for (_, at, from) in likeness {
        if pairs[at].is_none() && taken.insert(from) {
            pairs[at] = Some(from);
        }
    }
    pairs
}

/// The edited items that keep their order: the longest run of rising places. The others have moved.
fn in_order(pairs: &[Option<usize>]) -> HashSet<usize> {
    let known: Vec<(usize, usize)> =
        pairs.iter().enumerate().filter_map(|(at, from)| Some((at, (*from)?))).collect();
    // Length of the longest run that ends with each, and the one before it.
    let mut runs: Vec<(usize, Option<usize>)> = Vec::new();
    for (k, (_, from)) in known.iter().enumerate() {
        let before = (0..k).filter(|j| known[*j].1 < *from).max_by_key(|j| (runs[*j].0, usize::MAX - j));
        runs.push((before.map_or(1, |j| runs[j].0 + 1), before));
    }
    let mut next = (0..runs.len()).max_by_key(|k| (runs[*k].0, usize::MAX - k));
    let mut stay = HashSet::new();
    while let Some(k) = next {
        stay.insert(known[k].0);
        next = runs[k].1;
    }
    stay
}

/// The changes between two texts, near ones as one.
fn edits(before: &str, after: &str) -> Vec<(String, String)> {
    if before == after {
        return Vec::new();
    }
    let diff = TextDiff::from_chars(before, after);
    let mut all: Vec<(String, String)> = Vec::new();
    let mut equal = String::new();
    let mut open = false;
    for change in diff.iter_all_changes() {
        let text = change.value();
        if change.tag() == ChangeTag::Equal {
            equal.push_str(text);
            open = open && equal.chars().count() <= NEAR && !equal.contains('\n');
            continue;
        }
        match all.last_mut() {
            Some((old, new)) if open => {
                old.push_str(&equal);
                new.push_str(&equal);
            }
            _ => all.push(Default::default()),
        }
        equal.clear();
        open = true;
        let Some((old, new)) = all.last_mut() else { continue };
        if change.tag() == ChangeTag::Delete { old.push_str(text) } else { new.push_str(text) }
    }
    all
}

#[cfg(test)]
mod tests {
    use jianbao_model::item::Paragraph;

    use super::*;

    fn item(id: &str, title: &str, text: &str) -> Item {
        let paragraphs = vec![Paragraph { text: text.to_owned(), at: Vec::new() }];
        let title = (!title.is_empty()).then(|| title.to_owned());
        Item { id: id.to_owned(), title, paragraphs, ..Item::default() }
    }

    fn printed() -> Vec<Item> {
        vec![
            item("1", "区残联四项发力", "一是在图上发力，梳理保障政策三十条。"),
            item("2", "区数据局优化服务", "推进一网通办，办理事项一千件。"),
            item("3", "", "近日，十全街片区更新项目入选典型案例集。"),
            item("4", "杭州市规划获批", "首个城市更新专项规划获批。"),
        ]
    }

    fn ids(items: &[Item]) -> Vec<&str> {
        items.iter().map(|item| item.id.as_str()).collect()
    }

    #[test]
    fn an_issue_that_was_only_saved_has_no_change() {
        let mut edited = printed();
        for item in &mut edited {
            item.id = format!("new-{}", item.id);
        }
        assert_eq!(reconcile(&printed(), &mut edited), []);
        assert_eq!(ids(&edited), ["1", "2", "3", "4"]);
    }

    #[test]
    fn bookmarks_give_ids_back() {
        let mut items = printed();
        let mark = |item: &str, text: &str| Mark { item: item.to_owned(), text: text.to_owned() };
        let marks = [
            mark("x-2", "• 近日，十全街片区更新项目入选典型案例集。"),
            mark("x-1", "区残联四项发力。一是在图上发力"),
            mark("x-9", "不在其中"),
        ];
        restore_ids(&mut items, &marks);
        assert_eq!(ids(&items), ["x-1", "2", "x-2", "4"]);
    }

    #[test]
    fn changed_moved_added_and_removed_items_are_told() {
        let mut edited = vec![
            item("a", "杭州市规划获批", "首个城市更新专项规划获批。"),
            item("b", "区残联四项发力", "一是在图上用力，梳理保障政策四十条。"),
            item("c", "虎丘街道抢抓机遇", "与此前各条都不相同的新内容。"),
            item("d", "", "近日，十全街片区更新项目入选全国典型案例集。"),
        ];
        let edit = |old: &str, new: &str| (old.to_owned(), new.to_owned());
        assert_eq!(
            reconcile(&printed(), &mut edited),
            [
                Change::Moved { from: 3, to: 0 },
                Change::Edited { at: 1, edits: vec![edit("发", "用"), edit("三", "四")] },
                Change::Added { at: 2 },
                Change::Edited { at: 3, edits: vec![edit("", "全国")] },
                Change::Removed { from: 1 },
            ]
        );
        assert_eq!(ids(&edited), ["4", "1", "c", "3"]);
    }
}
