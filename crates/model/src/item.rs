//! Items: what can be printed on its own, the schema to which every submission is brought.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::document::{Image, Table};
use crate::{Dropped, Origin, SourceId};

/// One received file, as items.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Submission {
    /// Identity of the file.
    pub source: SourceId,
    /// What can be printed.
    pub items: Vec<Item>,
    /// What is in no item, with the reason; reader's and normaliser's together.
    pub dropped: Vec<Dropped>,
}

/// A piece that can be printed on its own.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// Stable name: hash of the source and number within it.
    pub id: String,
    /// Id of the section, from the configuration.
    pub section: Option<String>,
    /// Title without final punctuation; none for a brief.
    pub title: Option<String>,
    /// An editor's or unit's introduction set apart from the body.
    pub lead: Option<String>,
    /// The body, without title and attribution.
    pub paragraphs: Vec<Paragraph>,
    /// Who it is from.
    pub attribution: Option<Attribution>,
    /// Date of the submission as printed in it, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// Tables that belong to the text.
    pub tables: Vec<Table>,
    /// Pictures that belong to the text.
    pub images: Vec<Image>,
}

/// A paragraph of an item's body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Paragraph {
    /// Clean text.
    pub text: String,
    /// Where its parts stood in the source.
    pub at: Vec<Origin>,
}

/// The contributing unit, as printed and as registered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribution {
    /// As printed in the brackets that close an item.
    pub printed: String,
    /// Registered units; empty for 综合来稿.
    pub contributors: Vec<String>,
}

/// One of the points 一是, 二是, 三是 of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// The label as printed.
    pub label: String,
    /// The point's leading sentence, without its full stop; none if there is only one sentence.
    pub heading: Option<String>,
    /// The rest.
    pub text: String,
}

impl Item {
    /// The body as one text.
    pub fn body(&self) -> String {
        self.paragraphs.iter().map(|paragraph| paragraph.text.as_str()).collect()
    }

    /// The printed words without white space: two items with the same key say the same.
    pub fn key(&self) -> String {
        let title = self.title.as_deref().unwrap_or_default();
        let from = self.attribution.as_ref().map_or("", |attribution| &attribution.printed);
        [title, &self.body(), from].concat().chars().filter(|c| !c.is_whitespace()).collect()
    }

    /// The unit that it is from: the first registered one, else as printed.
    pub fn unit(&self) -> Option<&str> {
        let attribution = self.attribution.as_ref()?;
        Some(attribution.contributors.first().unwrap_or(&attribution.printed))
    }

    /// Where the item begins in its source.
    pub fn origin(&self) -> Origin {
        self.paragraphs.first().and_then(|p| p.at.first()).cloned().unwrap_or(Origin::File)
    }

    /// The points of the body, derived from its labels.
    pub fn points(&self) -> Vec<Point> {
        points(&self.body())
    }
}

/// Numerals of the labels, in order.
const NUMERALS: [char; 10] = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

/// The families of labels: what stands before and after the numeral.
const FAMILIES: [(&str, &[&str]); 3] = [("", &["是", "要"]), ("第", &["，", "、", "，是"]), ("（", &["）"])];

/// Labels without numerals, in their order.
const WORDS: [&str; 4] = ["首先，", "其次，", "再次，", "最后，"];

/// Splits a body at its points. The family of the first label that stands at the beginning of a
/// clause decides; fewer than two labels are no points.
pub fn points(body: &str) -> Vec<Point> {
    spans(body).map(|(at, label)| point(&body[at], label)).collect()
}

/// Where the points of a body have their labels and leading sentences, with their full stops, in bytes.
pub fn point_headings(body: &str) -> Vec<Range<usize>> {
    let headings = spans(body).filter_map(|(at, label)| {
        let text = at.start + label;
        let heading = point(&body[at.clone()], label).heading?;
        let end = text + body[text..].find(&heading)? + heading.len() + '。'.len_utf8();
        Some(at.start..end)
    });
    headings.collect()
}

/// The points of a body as (place, length of the label), in bytes.
fn spans(body: &str) -> impl Iterator<Item = (Range<usize>, usize)> {
    let starts = label_families(body)
        .into_iter()
        .filter(|starts| starts.len() > 1)
        .min_by_key(|starts| starts[0].0)
        .unwrap_or_default();
    let ends: Vec<usize> = starts.iter().skip(1).map(|start| start.0).chain([body.len()]).collect();
    starts.into_iter().zip(ends).map(|((start, label), end)| (start..end, label))
}

/// For each family of labels, the places of its labels as (start, length) in bytes.
fn label_families(body: &str) -> Vec<Vec<(usize, usize)>> {
    let mut families: Vec<Vec<(usize, usize)>> = Vec::new();
    for (prefix, suffixes) in FAMILIES {
        for suffix in suffixes {
            families.push(sequence(body, |n| format!("{prefix}{}{suffix}", NUMERALS[n]), NUMERALS.len()));
        }
    }
    families.push(sequence(body, |n| format!("{}.", n + 1), 9));
    families.push(sequence(body, |n| WORDS[n].to_owned(), WORDS.len()));
    families
}

/// Finds labels in the order of their numbers, each at the beginning of a clause; a number that
/// is missing is passed over (the check stage reports it), a number that goes back is none.
fn sequence(body: &str, label: impl Fn(usize) -> String, count: usize) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut from = 0;
    for number in 0..count {
        let label = label(number);
        if let Some(at) = clause_start(body, from, &label) {
            from = at + label.len();
            found.push((at, label.len()));
        }
    }
    found
}

/// The first place of `label` from `from` on that begins a clause.
fn clause_start(body: &str, from: usize, label: &str) -> Option<usize> {
    let begins = |at: &usize| {
        let before = body[..*at].trim_end().chars().next_back();
        before.is_none_or(|c| "。：；！？:;”）".contains(c))
    };
    body[from..].match_indices(label).map(|(at, _)| from + at).find(begins)
}

fn point(text: &str, label: usize) -> Point {
    let (label, text) = text.split_at(label);
    let text = text.trim();
    let (heading, rest) = match text.split_once('。') {
        Some((heading, rest)) if !rest.trim().is_empty() => (Some(heading.to_owned()), rest.trim()),
        _ => (None, text),
    };
    Point { label: label.to_owned(), heading, text: rest.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(body: &str, expected: &[(&str, Option<&str>, &str)]) {
        let found = points(body);
        let found: Vec<_> =
            found.iter().map(|p| (p.label.as_str(), p.heading.as_deref(), p.text.as_str())).collect();
        assert_eq!(found, expected, "{body}");
    }

    #[test]
    fn labels_at_clause_starts_are_points() {
        check(
            "一是优化体系。制定机制。二是强化能力。演练。三是治理。",
            &[
                ("一是", Some("优化体系"), "制定机制。"),
                ("二是", Some("强化能力"), "演练。"),
                ("三是", None, "治理。"),
            ],
        );
    }

    #[test]
    fn a_heading_goes_from_its_label_to_its_full_stop() {
        let body = "三项发力：一是优化体系。制定机制。二是强化能力。演练。三是治理。";
        let found: Vec<&str> = point_headings(body).into_iter().map(|at| &body[at]).collect();
        assert_eq!(found, ["一是优化体系。", "二是强化能力。"]);
    }

    #[test]
    fn a_label_inside_a_clause_is_none() {
        check("统一是方向，第二是保障。", &[]);
    }

    #[test]
    fn a_lead_before_the_first_label_stays_outside() {
        check(
            "呈现两方面亮点：一是对象拓展。二是模式转变。片区式。",
            &[("一是", None, "对象拓展。"), ("二是", Some("模式转变"), "片区式。")],
        );
    }

    #[test]
    fn a_missing_label_does_not_hide_the_others() {
        let labels: Vec<_> = points("一是甲。三是乙。").into_iter().map(|p| p.label).collect();
        assert_eq!(labels, ["一是", "三是"]);
    }

    #[test]
    fn other_families_are_points_too() {
        for body in ["第一，甲。第二，乙。", "首先，甲。其次，乙。", "（一）甲。（二）乙。", "1.甲。2.乙。"]
        {
            assert_eq!(points(body).len(), 2, "{body}");
        }
    }
}
