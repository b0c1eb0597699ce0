//! Items and a plan to an issue.

use jianbao_model::issue::{Colophon, Masthead, Section};
use jianbao_model::item::Paragraph;
use jianbao_model::{Code, Diagnosed, Diagnostic, Entry, Issue, Item, Location, Origin};

use crate::{Pictures, document, text};

/// What an issue is besides its items.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct IssuePlan {
    /// The upper part of page one.
    pub masthead: Masthead,
    /// The lower part of the last page.
    pub colophon: Colophon,
    /// Sections in printed order; those without items are left out.
    pub sections: Vec<SectionPlan>,
    /// Whether the paragraphs of an item are set as one.
    pub join_paragraphs: bool,
    /// How many items the layout is made for; 0 for any number. More are printed and told.
    pub most_items: usize,
}

/// A section that an issue can have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SectionPlan {
    /// Id from the configuration; items name it.
    pub id: String,
    /// Printed name, e.g. 动态.
    pub name: String,
    /// Whether its entries are numbered and listed in the contents.
    pub in_contents: bool,
    /// Whether its entries are set with a bullet.
    pub bulleted: bool,
}

/// Puts items into the sections of the plan and numbers them through. Within a section the items
/// keep the order in which they are given. Tables, and pictures that are not in `pictures`, are told
/// where the issue cannot print them.
pub fn assemble(items: Vec<Item>, plan: &IssuePlan, pictures: &Pictures) -> Diagnosed<Issue> {
    let mut diagnostics = Vec::new();
    if items.is_empty() {
        diagnostics.push(Diagnostic::new(Code::EmptyIssue, Origin::File));
    }
    if plan.most_items > 0 && items.len() > plan.most_items {
        let told = Diagnostic::new(Code::TooManyItems, Origin::File);
        diagnostics.push(told.with("count", items.len()).with("most", plan.most_items));
    }
    let mut sections: Vec<Section> = plan.sections.iter().map(section).collect();
    for item in items {
        let place = place(&item, &sections, &mut diagnostics);
        if sections.is_empty() {
            // A plan without sections still prints everything, under no head.
            sections.push(Section::default());
        }
        let target = &mut sections[place];
        diagnostics.extend(left(&item, pictures));
        let item = fit(item, target, plan.join_paragraphs, &mut diagnostics);
        target.entries.push(Entry { number: None, item });
    }
    sections.retain(|section| !section.entries.is_empty());
    number(&mut sections);
    let issue = Issue { masthead: plan.masthead.clone(), sections, colophon: plan.colophon.clone() };
    Diagnosed { value: issue, diagnostics }
}

fn section(plan: &SectionPlan) -> Section {
    Section {
        id: plan.id.clone(),
        name: plan.name.clone(),
        in_contents: plan.in_contents,
        bulleted: plan.bulleted,
        entries: Vec::new(),
    }
}

/// Index of the item's section; the first one when there is no such section.
fn place(item: &Item, sections: &[Section], diagnostics: &mut Vec<Diagnostic>) -> usize {
    let wanted = item.section.as_deref().unwrap_or_default();
    sections.iter().position(|section| section.id == wanted).unwrap_or_else(|| {
        let first = sections.first().map(|section| section.name.as_str()).unwrap_or_default();
        let unknown = Diagnostic::new(Code::SectionUnknown, location(item));
        diagnostics.push(unknown.with("section", wanted).with("chosen", first));
        0
    })
}

/// Brings an item into the form that its section prints, and says what is lost or missing.
fn fit(mut item: Item, section: &Section, join: bool, diagnostics: &mut Vec<Diagnostic>) -> Item {
    let location = location(&item);
    item.title = item.title.filter(|title| !title.trim().is_empty());
    let mut report = |diagnostic: Diagnostic| diagnostics.push(diagnostic);
    if section.in_contents && item.title.is_none() {
        report(Diagnostic::new(Code::UntitledEntry, location.clone()).with("section", &section.name));
    }
    let illegal = illegal_characters(&item);
    if illegal > 0 {
        report(Diagnostic::new(Code::IllegalCharacters, location.clone()).with("count", illegal));
    }
    if join && item.paragraphs.len() > 1 {
        report(Diagnostic::new(Code::ParagraphsJoined, location).with("count", item.paragraphs.len()));
        item.paragraphs = vec![joined(item.paragraphs)];
    }
    item
}

/// Says which tables and pictures of an item are not printed.
fn left(item: &Item, pictures: &Pictures) -> Option<Diagnostic> {
    let tables = item.tables.iter().filter(|table| !document::is_printable(table)).count();
    let images = item.images.iter().filter(|image| pictures.printable(image).is_none()).count();
    let left = Diagnostic::new(Code::AttachmentsLeft, location(item));
    (tables + images > 0).then(|| left.with("tables", tables).with("images", images))
}

fn joined(paragraphs: Vec<Paragraph>) -> Paragraph {
    let text = paragraphs.iter().map(|paragraph| paragraph.text.as_str()).collect();
    Paragraph { text, at: paragraphs.into_iter().flat_map(|paragraph| paragraph.at).collect() }
}

fn illegal_characters(item: &Item) -> usize {
    let attribution = item.attribution.as_ref().map(|attribution| attribution.printed.as_str());
    let paragraphs = item.paragraphs.iter().map(|paragraph| paragraph.text.as_str());
    let texts = [item.title.as_deref(), item.lead.as_deref(), attribution].into_iter().flatten();
    let printed = item.tables.iter().filter(|table| document::is_printable(table));
    let cells = printed.flat_map(|table| table.rows.iter().flatten()).map(String::as_str);
    texts.chain(paragraphs).chain(cells).map(text::illegal_characters).sum()
}

/// Numbers the titled entries of the listed sections through.
fn number(sections: &mut [Section]) {
    let listed = sections.iter_mut().filter(|section| section.in_contents);
    let entries = listed.flat_map(|section| &mut section.entries);
    let titled = entries.filter(|entry| entry.item.title.is_some());
    for (number, entry) in (1..).zip(titled) {
        entry.number = Some(number);
    }
}

fn location(item: &Item) -> Location {
    let text = item.title.as_deref().or(item.paragraphs.first().map(|paragraph| paragraph.text.as_str()));
    Location::with_text(&item.origin(), text.unwrap_or_default())
}
