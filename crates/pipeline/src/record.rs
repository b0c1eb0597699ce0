//! The JSON contract `jianbao.submission/1`: one line a source file.

use jianbao_model::{Dropped, Item, Location};
use schemars::JsonSchema;
use serde::Serialize;

use crate::batch::{Outcome, Processed};
use crate::messages::Messages;

/// Name and version of the contract.
pub const SCHEMA: &str = "jianbao.submission/1";

/// One source file and what came of it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SubmissionRecord {
    /// Name and version of the contract.
    pub schema: String,
    /// The file.
    pub source: SourceRecord,
    /// `ok`, `partial` (items, but something was lost or is doubtful), `failed` (no item; a diagnostic
    /// says why) or `skipped` (not a submission).
    pub outcome: OutcomeRecord,
    /// What can be printed.
    pub items: Vec<ItemRecord>,
    /// Every piece of the file that is in no item, with the reason.
    pub dropped: Vec<DroppedRecord>,
    /// What the editor should know.
    pub diagnostics: Vec<DiagnosticRecord>,
}

/// A source file.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SourceRecord {
    /// Path as it was found.
    pub path: String,
    /// SHA-256 of the bytes; null if they could not be read.
    pub sha256: Option<String>,
    /// Format of the content; null if it was not read.
    pub format: Option<String>,
    /// Length of the file.
    pub bytes: u64,
}

/// What came of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum OutcomeRecord {
    /// Items, and nothing doubtful.
    Ok,
    /// Items, but something was lost or is doubtful.
    Partial,
    /// No item; a diagnostic says why.
    Failed,
    /// Not a submission.
    Skipped,
}

impl From<Outcome> for OutcomeRecord {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Ok => Self::Ok,
            Outcome::Partial => Self::Partial,
            Outcome::Failed => Self::Failed,
            Outcome::Skipped => Self::Skipped,
        }
    }
}

/// An item.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ItemRecord {
    /// Stable name.
    pub id: String,
    /// Id of the section.
    pub section: Option<String>,
    /// Title without final full stop.
    pub title: Option<String>,
    /// Introduction set apart from the body.
    pub lead: Option<String>,
    /// The body, without title and attribution.
    pub paragraphs: Vec<String>,
    /// The points 一是, 二是 … of the body.
    pub points: Vec<PointRecord>,
    /// Who it is from.
    pub attribution: Option<AttributionRecord>,
    /// Date as YYYY-MM-DD.
    pub date: Option<String>,
    /// Tables: rows of cells.
    pub tables: Vec<Vec<Vec<String>>>,
    /// Pictures.
    pub images: Vec<ImageRecord>,
}

/// A point of an item.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PointRecord {
    /// Label as printed.
    pub label: String,
    /// Leading sentence; null if there is only one.
    pub heading: Option<String>,
    /// The rest.
    pub text: String,
}

/// An attribution.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct AttributionRecord {
    /// As printed.
    pub printed: String,
    /// Registered units.
    pub contributors: Vec<String>,
}

/// A picture.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ImageRecord {
    /// Part or object of the file that holds it.
    pub name: String,
    /// Length in bytes.
    pub bytes: u64,
    /// SHA-256, where it could be read.
    pub sha256: Option<String>,
}

/// A piece that is in no item.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct DroppedRecord {
    /// Why.
    pub reason: String,
    /// What it says.
    pub text: String,
    /// Where it stood.
    pub r#where: String,
}

/// A diagnostic in words.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct DiagnosticRecord {
    /// Letter and digits.
    pub code: String,
    /// English slug of the code.
    pub slug: String,
    /// `note`, `warning` or `error`.
    pub severity: String,
    /// Where.
    pub r#where: String,
    /// The text there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub excerpt: Option<String>,
    /// The sentence.
    pub message: String,
    /// What to do.
    pub hint: Option<String>,
}

impl SubmissionRecord {
    /// The record of a processed file, in the words of a language.
    pub fn new(processed: &Processed, messages: &Messages) -> Self {
        let submission = processed.submission.as_ref();
        Self {
            schema: SCHEMA.to_owned(),
            source: SourceRecord {
                path: processed.path.clone(),
                sha256: processed.source.map(|source| source.to_string()),
                format: processed.format.map(|format| format.name().to_owned()),
                bytes: processed.bytes,
            },
            outcome: processed.outcome().into(),
            items: submission.map(|s| s.items.iter().map(item).collect()).unwrap_or_default(),
            dropped: submission
                .map(|s| s.dropped.iter().map(|piece| dropped(piece, messages)).collect())
                .unwrap_or_default(),
            diagnostics: processed.diagnostics.iter().map(|told| diagnostic(told, messages)).collect(),
        }
    }
}

/// The JSON Schema of a record.
pub fn json_schema() -> String {
    let schema = schemars::schema_for!(SubmissionRecord);
    serde_json::to_string_pretty(&schema).expect("a schema is JSON") + "\n"
}

/// A diagnostic in the words of a language.
pub fn diagnostic(told: &jianbao_model::Diagnostic, messages: &Messages) -> DiagnosticRecord {
    DiagnosticRecord {
        code: told.code.number().to_owned(),
        slug: told.code.slug().to_owned(),
        severity: told.severity.name().to_owned(),
        r#where: messages.place(&told.location),
        excerpt: told.location.excerpt.clone(),
        message: messages.message(told),
        hint: messages.hint(told),
    }
}

/// An item as the lines of `convert` have it.
pub fn item(item: &Item) -> ItemRecord {
    let points = item.points().into_iter();
    ItemRecord {
        id: item.id.clone(),
        section: item.section.clone(),
        title: item.title.clone(),
        lead: item.lead.clone(),
        paragraphs: item.paragraphs.iter().map(|paragraph| paragraph.text.clone()).collect(),
        points: points.map(|p| PointRecord { label: p.label, heading: p.heading, text: p.text }).collect(),
        attribution: item.attribution.as_ref().map(|attribution| AttributionRecord {
            printed: attribution.printed.clone(),
            contributors: attribution.contributors.clone(),
        }),
        date: item.date.clone(),
        tables: item.tables.iter().map(|table| table.rows.clone()).collect(),
        images: item
            .images
            .iter()
            .map(|image| ImageRecord {
                name: image.name.clone(),
                bytes: image.bytes,
                sha256: image.hash.map(|hash| hash.to_string()),
            })
            .collect(),
    }
}

fn dropped(piece: &Dropped, messages: &Messages) -> DroppedRecord {
    DroppedRecord {
        reason: piece.reason.name().to_owned(),
        text: piece.text.clone(),
        r#where: messages.place(&Location::from(&piece.origin)),
    }
}
