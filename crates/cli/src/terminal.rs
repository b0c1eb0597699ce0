//! How things look on a terminal: diagnostics, the progress bar, the closing table.

use std::io::{IsTerminal, Write};

use anyhow::Context as _;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use jianbao_model::{Diagnostic, Origin, Severity};
use jianbao_pipeline::messages::Messages;
use jianbao_pipeline::report::Counts;
use unicode_width::UnicodeWidthStr;

/// Writes a line to the error channel; a closed channel is no reason to stop.
pub(crate) fn line(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// Writes to the standard output.
pub(crate) fn print(text: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).context("stdout")
}

/// A diagnostic as the handbook shows it: sentence, place, excerpt, hint.
pub(crate) fn diagnostic(path: &str, told: &Diagnostic, messages: &Messages) -> String {
    let severity = messages.text(&format!("severity-{}", told.severity.name()), &[]);
    let mut text = format!("{severity}[{}]: {}", told.code.number(), messages.message(told));
    let place = if told.location.origin == Origin::File {
        path.to_owned()
    } else {
        format!("{path} {}", messages.place(&told.location))
    };
    text.push_str(&format!("\n  --> {place}"));
    if let Some(excerpt) = &told.location.excerpt {
        text.push_str(&format!("\n   |  {excerpt}"));
    }
    if let Some(hint) = messages.hint(told).filter(|_| told.severity > Severity::Note) {
        text.push_str(&format!("\n   = {}: {hint}", messages.text("hint-label", &[])));
    }
    text
}

/// A progress bar on a terminal; nothing where the output goes to a file or a log.
pub(crate) fn progress(count: usize, messages: &Messages) -> ProgressBar {
    let target = if std::io::stderr().is_terminal() {
        ProgressDrawTarget::stderr()
    } else {
        ProgressDrawTarget::hidden()
    };
    let bar = ProgressBar::with_draw_target(Some(count as u64), target);
    let template =
        format!("{} {{bar:30}} {{pos}}/{{len}} {{per_sec}}", messages.text("summary-reading", &[]));
    bar.with_style(ProgressStyle::with_template(&template).unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// Writes a JSON line for each value.
pub(crate) fn json_lines(values: impl Iterator<Item = serde_json::Value>) -> anyhow::Result<()> {
    print(&values.map(|value| value.to_string() + "\n").collect::<String>())
}

/// Writes rows under the names of their columns.
pub(crate) fn list(names: &[&str], rows: Vec<Vec<String>>, messages: &Messages) -> anyhow::Result<()> {
    let head = names.iter().map(|name| messages.text(&format!("column-{name}"), &[])).collect();
    print(&table(&[vec![head], rows].concat()))
}

/// Rows of columns, the first row their names, columns as wide as Chinese needs.
fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell: &String| cell.width()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths);
        let padded = cells.map(|(cell, width)| format!("{cell}{}", " ".repeat(width - cell.width() + 2)));
        padded.collect::<String>().trim_end().to_owned() + "\n"
    };
    rows.iter().map(line).collect()
}

/// The closing table: one row of names, one of numbers, columns as wide as Chinese needs.
pub(crate) fn summary(counts: &Counts, composed: bool, messages: &Messages) -> String {
    let mut columns = vec![
        ("summary-files", counts.files),
        ("summary-ok", counts.ok),
        ("summary-doubtful", counts.partial),
        ("summary-failed", counts.failed),
        ("summary-skipped", counts.skipped),
        ("summary-items", counts.items),
    ];
    if composed {
        columns.push(("summary-duplicates", counts.duplicates));
        columns.push(("summary-printed", counts.printed));
    }
    let mut names = String::new();
    let mut numbers = String::new();
    for (id, number) in columns {
        let (name, number) = (messages.text(id, &[]), number.to_string());
        let width = name.width().max(number.width()) + 2;
        names.push_str(&format!("{name}{}", " ".repeat(width - name.width())));
        numbers.push_str(&format!("{number}{}", " ".repeat(width - number.width())));
    }
    format!("{}\n{}", names.trim_end(), numbers.trim_end())
}
