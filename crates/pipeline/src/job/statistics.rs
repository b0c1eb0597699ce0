//! 报送采用情况: what each unit sent in a period and what was printed, as tables for a spreadsheet and to read.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use jianbao_store::{Counted, Moment};

use super::{Fault, Job, unwritten};
use crate::config::Config;
use crate::{output, time};

/// Milliseconds of a day.
const DAY: i64 = 86_400_000;

/// A row of the table: a unit, and its counts in the order of the columns.
struct Row {
    unit: String,
    counts: [u64; COLUMNS.len()],
}

/// Ids of the columns after the first.
const COLUMNS: [&str; 6] = ["submitted", "accepted", "duplicate", "quarantined", "waiting", "printed"];

/// Writes the tables of the last `days` days as `….csv` and `….md`, over those of the last time; their paths
/// come back.
pub(super) fn write(job: &Job<'_>, path: &Path, days: u16) -> Result<[PathBuf; 2], Fault> {
    let end = job.now();
    let start = Moment(end.0 - i64::from(days) * DAY);
    // What was noted in this millisecond belongs to the period.
    let counted = job.store.statistics(&(start..Moment(end.0 + 1)))?;
    let word = |id: &str| job.messages.text(&format!("statistics-{id}"), &[]);
    let rows = rows(&counted, job.config, &word("unknown"), &word("total"));
    let heads: Vec<String> = ["unit"].into_iter().chain(COLUMNS).map(word).collect();
    let period = [("from", time::shown(start)), ("to", time::shown(end))];
    let title = job.messages.text("statistics-title", &period);
    let tables = [("csv", csv(&heads, &rows)), ("md", markdown(&title, &heads, &rows))];
    let mut paths = [PathBuf::new(), PathBuf::new()];
    for ((ending, text), written) in tables.into_iter().zip(&mut paths) {
        *written = with_ending(path, ending);
        output::write(written, text.as_bytes(), true).map_err(unwritten)?;
    }
    Ok(paths)
}

/// The paths of the tables.
pub(crate) fn tables(path: &Path) -> [PathBuf; 2] {
    ["csv", "md"].map(|ending| with_ending(path, ending))
}

/// `统计` and `统计.csv` both give `统计.csv`; a stop within the name is no ending.
fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let known = path.extension().is_some_and(|found| found == "csv" || found == "md");
    let mut name = if known { path.with_extension("") } else { path.to_owned() }.into_os_string();
    name.push(".");
    name.push(ending);
    name.into()
}

/// All units of the registry in its order, also those that sent nothing; then the others, the files
/// without a unit, and the sum.
fn rows(
    counted: &BTreeMap<Option<String>, Counted>,
    config: &Config,
    unknown: &str,
    total: &str,
) -> Vec<Row> {
    let units = &config.normalize.contributors;
    let mut by_name: BTreeMap<&str, Counted> = BTreeMap::new();
    for (unit, counted) in counted {
        let name = unit.as_deref().and_then(|unit| registered(config, unit)).unwrap_or(unknown);
        add(by_name.entry(name).or_default(), counted);
    }
    let known: BTreeSet<&str> = units.iter().map(|unit| unit.name.as_str()).collect();
    let others = by_name.keys().copied().filter(|name| !known.contains(name) && *name != unknown);
    let order = units.iter().map(|unit| unit.name.as_str()).chain(others);
    let order = order.chain(by_name.contains_key(unknown).then_some(unknown));
    let mut sum = Counted::default();
    let mut rows: Vec<Row> = order
        .map(|name| {
            let counted = by_name.get(name).copied().unwrap_or_default();
            add(&mut sum, &counted);
            row(name, counted)
        })
        .collect();
    rows.push(row(total, sum));
    rows
}

/// The registered name of a unit, or its own; none of the inbox itself, which is no unit's folder.
fn registered<'a>(config: &'a Config, unit: &'a str) -> Option<&'a str> {
    let known = config.normalize.contributors.iter();
    let found = known.clone().find(|one| one.name == unit || one.aliases.iter().any(|alias| alias == unit));
    let is_inbox = config.inbox.file_name().is_some_and(|name| name == unit);
    match found {
        Some(found) => Some(&found.name),
        None if is_inbox => None,
        None => Some(unit),
    }
}

fn add(sum: &mut Counted, more: &Counted) {
    sum.submitted += more.submitted;
    sum.accepted += more.accepted;
    sum.duplicate += more.duplicate;
    sum.quarantined += more.quarantined;
    sum.waiting += more.waiting;
    sum.printed += more.printed;
}

fn row(unit: &str, counted: Counted) -> Row {
    let Counted { submitted, accepted, duplicate, quarantined, waiting, printed } = counted;
    Row { unit: unit.to_owned(), counts: [submitted, accepted, duplicate, quarantined, waiting, printed] }
}

/// RFC 4180, with the mark by which spreadsheets know UTF-8.
fn csv(heads: &[String], rows: &[Row]) -> String {
    let line = |cells: Vec<String>| cells.join(",") + "\r\n";
    let mut text = "\u{FEFF}".to_owned() + &line(heads.iter().map(|head| cell(head)).collect());
    for row in rows {
        let counts = row.counts.iter().map(ToString::to_string);
        text += &line(std::iter::once(cell(&row.unit)).chain(counts).collect());
    }
    text
}

/// A cell that a spreadsheet would take for a formula gets a `'`.
fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if formula { format!("'{text}") } else { text.to_owned() };
    if text.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

fn markdown(title: &str, heads: &[String], rows: &[Row]) -> String {
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let shown = |text: &str| text.replace('\\', "\\\\").replace('|', "\\|").replace(['\n', '\r'], " ");
    let mut text = format!("# {title}\n\n");
    text += &line(heads.iter().map(|head| shown(head)).collect());
    text += &format!("|---|{}\n", "---:|".repeat(COLUMNS.len()));
    for row in rows {
        let counts = row.counts.iter().map(ToString::to_string);
        text += &line(std::iter::once(shown(&row.unit)).chain(counts).collect());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_or_breaks_the_table() {
        for text in ["=1+1", "+1", "-1", "@x"] {
            assert_eq!(cell(text), format!("'{text}"));
        }
        assert_eq!(cell("=\"甲\",乙"), "\"'=\"\"甲\"\",乙\"");
        assert_eq!(cell("区残联"), "区残联");
        let rows = [Row { unit: "甲|乙\n".to_owned(), counts: [0; 6] }];
        assert!(markdown("", &[], &rows).ends_with("| 甲\\|乙  | 0 | 0 | 0 | 0 | 0 | 0 |\n"));
    }

    #[test]
    fn the_ending_is_added_once() {
        for name in ["统计", "统计.csv", "统计.md"] {
            assert_eq!(with_ending(Path::new(name), "md"), Path::new("统计.md"));
        }
        assert_eq!(with_ending(Path::new("2025.3"), "csv"), Path::new("2025.3.csv"));
    }
}
