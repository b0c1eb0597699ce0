//! From items to the issue: which are printed, in which order, and the file that comes of it.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use jianbao_model::issue::Date;
use jianbao_model::{Code, Diagnosed, Diagnostic, Issue, Item, Origin, Severity};
use jianbao_publish::{IssuePlan, Pictures, RenderError, SectionPlan, Template};

use crate::config::{Config, Order, SUPPLEMENT};

/// An item that may be printed, and the file it came from.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Path as shown.
    pub path: String,
    /// The item.
    pub item: Item,
}

/// Gathers what may be printed, file by file in path order. The same item sent twice is printed once:
/// the check stage has told so.
#[derive(Debug, Default)]
pub struct Selection {
    candidates: Vec<Candidate>,
    keys: BTreeSet<String>,
    /// Items that were left out because the same is printed already.
    pub duplicates: usize,
}

impl Selection {
    /// Adds an item that came with this file.
    pub fn push(&mut self, path: &str, item: Item) {
        if self.keys.insert(item.key()) {
            self.candidates.push(Candidate { path: path.to_owned(), item });
        } else {
            self.duplicates += 1;
        }
    }

    /// The items in the order that the configuration says; sections order themselves later.
    pub fn ordered(mut self, config: &Config) -> Vec<Candidate> {
        let rank = |item: &Item| {
            let unit = item.attribution.as_ref().and_then(|attribution| attribution.contributors.first());
            let at = unit
                .and_then(|unit| config.normalize.contributors.iter().position(|known| known.name == *unit));
            at.unwrap_or(usize::MAX)
        };
        // Stable sorts from the last key to the first: what they leave equal stays in path order.
        for order in config.order.iter().rev() {
            match order {
                Order::Contributor => self.candidates.sort_by_key(|candidate| rank(&candidate.item)),
                Order::Path => self.candidates.sort_by(|a, b| a.path.cmp(&b.path)),
                Order::Date => self.candidates.sort_by_key(|candidate| Reverse(candidate.item.date.clone())),
            }
        }
        self.limited(config)
    }

    /// The first items of each section, as many as it may have.
    fn limited(self, config: &Config) -> Vec<Candidate> {
        let mut taken = vec![0; config.sections.len()];
        let mut kept = self.candidates;
        kept.retain(|candidate| {
            let section = candidate.item.section.as_deref().unwrap_or_default();
            let Some(at) = config.sections.iter().position(|known| known.id == section) else { return true };
            taken[at] += 1;
            config.sections[at].limit == 0 || taken[at] <= config.sections[at].limit
        });
        kept
    }

    /// The item that a plan names by id or title, in the section that the plan says.
    pub fn named(&self, choice: &Choice) -> Option<Candidate> {
        let named = |one: &&Candidate| choice.names(&one.item.id, one.item.title.as_deref());
        let mut chosen = self.candidates.iter().find(named)?.clone();
        if choice.section.is_some() {
            chosen.item.section.clone_from(&choice.section);
        }
        Some(chosen)
    }
}

/// A line of a plan: an item by its id or title, perhaps in another section.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// Id or title.
    pub item: String,
    /// Section in which it is printed, if not its own.
    pub section: Option<String>,
    /// Line of the plan that names it, from 1.
    pub line: usize,
}

impl Choice {
    /// Whether an item of this id and title is meant.
    pub(crate) fn names(&self, id: &str, title: Option<&str>) -> bool {
        id == self.item || title == Some(self.item.trim_end_matches('。'))
    }
}

/// Number and date of the issue to be made.
#[derive(Clone, Copy, Debug)]
pub struct Numbered {
    /// Number in the year.
    pub number: u32,
    /// Number over all editions.
    pub cumulative: Option<u32>,
    /// Date of issue.
    pub date: Date,
    /// Whether it is a supplement (增刊).
    pub supplement: bool,
}

/// An issue ready to be written.
#[derive(Debug)]
pub struct Composed {
    /// The issue.
    pub issue: Issue,
    /// The bytes of its DOCX.
    pub bytes: Vec<u8>,
    /// What the editor should know about it.
    pub diagnostics: Vec<Diagnostic>,
}

/// Why no issue was made.
#[derive(Debug, thiserror::Error)]
pub enum ComposeError {
    /// There is nothing to print.
    #[error("there is no item to print")]
    Empty(Box<Diagnostic>),
    /// The office's own Word file cannot be used.
    #[error("the template cannot be used")]
    Template {
        /// Its path.
        path: PathBuf,
        /// Why.
        told: Box<Diagnostic>,
    },
    /// The document could not be made.
    #[error(transparent)]
    Render(#[from] RenderError),
}

/// The office's own Word file, if the configuration names one.
pub fn template(config: &Config) -> Result<Option<Template>, ComposeError> {
    let Some(path) = &config.template else { return Ok(None) };
    let failed = |told| ComposeError::Template { path: path.clone(), told: Box::new(told) };
    let bytes = read_at_most(path, config.file_bytes).map_err(|error| {
        failed(Diagnostic::new(Code::TemplateUnreadable, Origin::File).with("what", error))
    })?;
    Template::read(&bytes).map(Some).map_err(|error| failed(error.diagnostic()))
}

fn read_at_most(path: &Path, limit: u64) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit { Err(std::io::ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
}

/// Assembles items to an issue and renders it, in the office's own Word file where the configuration
/// names one; `pictures` has those that the items name.
pub fn compose(
    items: Vec<Item>,
    pictures: &Pictures,
    numbered: Numbered,
    config: &Config,
) -> Result<Composed, ComposeError> {
    let plan = IssuePlan {
        masthead: config.masthead(numbered),
        colophon: config.bulletin.colophon.clone(),
        sections: config.sections.iter().map(section).collect(),
        join_paragraphs: config.join_paragraphs,
        most_items: config.most_items,
    };
    let template = template(config)?;
    let Diagnosed { value: issue, mut diagnostics } = jianbao_publish::assemble(items, &plan, pictures);
    if let Some(empty) =
        diagnostics.iter().find(|told| told.code == Code::EmptyIssue && told.severity == Severity::Error)
    {
        return Err(ComposeError::Empty(Box::new(empty.clone())));
    }
    if config.style.estimates_pages() {
        diagnostics.push(Diagnostic::new(Code::PagesEstimated, Origin::File));
    }
    let bytes = match &template {
        None => jianbao_publish::render(&issue, &config.style, pictures)?,
        Some(template) => {
            let filled = jianbao_publish::render_in_template(&issue, &config.style, pictures, template)?;
            diagnostics.extend(filled.diagnostics);
            filled.bytes
        }
    };
    Ok(Composed { issue, bytes, diagnostics })
}

fn section(section: &crate::config::Section) -> SectionPlan {
    SectionPlan {
        id: section.id.clone(),
        name: section.name.clone(),
        in_contents: section.in_contents,
        bulleted: section.bulleted,
    }
}

/// The file's name: 姑苏信息-2025-012.docx, of a supplement 姑苏信息增刊-2025-001.docx, of one edition of
/// several 姑苏信息（摘报）-2025-001.docx.
pub fn file_name(bulletin: &str, edition: &str, numbered: Numbered) -> String {
    let edition = if edition.is_empty() { String::new() } else { format!("（{edition}）") };
    let kind = if numbered.supplement { SUPPLEMENT } else { "" };
    let name = [bulletin, &edition, kind].concat();
    let name: String = name.chars().filter(|c| !c.is_control() && !"/\\:*?\"<>|".contains(*c)).collect();
    format!("{name}-{}-{:03}.docx", numbered.date.year, numbered.number)
}
