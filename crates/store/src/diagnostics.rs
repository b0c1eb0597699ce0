//! Diagnostics of a submission, as data: the words are made when they are shown.

use jianbao_model::{Diagnostic, Origin};
use rusqlite::{Connection, params};
use serde_json::{Value, json};

use crate::error::Result;
use crate::receipts::SubmissionId;

/// Replaces what is known to be doubtful about a submission.
pub(crate) fn replace(connection: &Connection, submission: SubmissionId, told: &[Diagnostic]) -> Result<()> {
    connection.execute("DELETE FROM diagnostics WHERE submission = ?", [submission])?;
    let sql = "INSERT INTO diagnostics (submission, code, severity, place, excerpt, arguments) \
               VALUES (?, ?, ?, ?, ?, ?)";
    let mut insert = connection.prepare_cached(sql)?;
    for one in told {
        let arguments: serde_json::Map<String, Value> = one
            .arguments
            .iter()
            .map(|argument| (argument.name.clone().into_owned(), Value::from(argument.value.as_str())))
            .collect();
        insert.execute(params![
            submission,
            one.code.number(),
            one.severity.name(),
            place(&one.location.origin).to_string(),
            one.location.excerpt,
            Value::from(arguments).to_string(),
        ])?;
    }
    Ok(())
}

/// A place in a file as JSON.
fn place(origin: &Origin) -> Value {
    match origin {
        Origin::Docx { part, paragraph } => json!({ "part": part, "paragraph": paragraph }),
        Origin::Doc { start, end, paragraph } => {
            json!({ "start": start, "end": end, "paragraph": paragraph })
        }
        Origin::Pdf { page, bounds } => json!({ "page": page, "bounds": bounds }),
        Origin::Paragraph { paragraph } => json!({ "paragraph": paragraph }),
        Origin::Text { line } => json!({ "line": line }),
        Origin::File => json!({}),
    }
}
