//! A draft: the lines of one item before it is finished.

use jianbao_model::document::{Image, Table};
use jianbao_model::item::{Item, Paragraph};
use jianbao_model::{Attribution, Code, Diagnosed, Diagnostic, Location, Origin, SourceDocument};

use crate::config::Config;
use crate::contributor::{self, Found};
use crate::{section, title};

/// What surrounds the text: the document and the folder.
pub(crate) struct Surroundings<'a> {
    pub(crate) document: &'a SourceDocument,
    pub(crate) folder: Option<&'a str>,
}

/// One item in the making.
#[derive(Default)]
pub(crate) struct Draft {
    /// Lines of the title, as they stand.
    pub(crate) title: Vec<(String, Origin)>,
    pub(crate) lead: Option<String>,
    pub(crate) body: Vec<Paragraph>,
    pub(crate) closing: Option<(Found, Origin)>,
    /// Unit under the text.
    pub(crate) signature: Option<(String, Origin)>,
    pub(crate) date: Option<(String, Origin)>,
    pub(crate) tables: Vec<Table>,
    pub(crate) images: Vec<Image>,
    /// Id of the section that a line above announced.
    pub(crate) section: Option<String>,
}

impl Draft {
    pub(crate) fn is_empty(&self) -> bool {
        self.title.is_empty() && self.body.is_empty() && self.lead.is_none()
    }

    /// Whether the item has said who it is from: what follows is another one.
    pub(crate) fn is_closed(&self) -> bool {
        self.closing.is_some() || self.signature.is_some()
    }

    fn origin(&self) -> Origin {
        let title = self.title.first().map(|(_, at)| at);
        title.or_else(|| self.body.first().and_then(|p| p.at.first())).cloned().unwrap_or(Origin::File)
    }

    /// Makes the item: title, attribution and section are settled here, each with its diagnostic.
    pub(crate) fn finish(
        mut self,
        number: usize,
        around: &Surroundings<'_>,
        config: &Config,
    ) -> Diagnosed<Item> {
        let mut diagnostics = Vec::new();
        let origin = self.origin();
        let preset = self.preset_section(around, config, &origin, &mut diagnostics);
        let titled = preset.as_deref().and_then(|id| config.section(id)).map(|section| section.titled);
        let title = self.settle_title(titled, around, config, &mut diagnostics);
        let attribution = self.settle_attribution(around, config, &origin, &mut diagnostics);
        let section = preset.or_else(|| {
            let (id, sign) = derived_section(title.is_some(), attribution.as_ref(), config)?;
            diagnostics
                .push(Diagnostic::new(Code::SectionChosen, &origin).with("section", &id).with("sign", sign));
            Some(id)
        });
        if let Some((date, at)) = &self.date {
            diagnostics.push(Diagnostic::new(Code::DateTaken, at).with("date", date));
        }
        let item = Item {
            id: format!("{}-{number}", around.document.source.short(12)),
            section,
            title,
            lead: self.lead,
            paragraphs: self.body,
            attribution,
            date: self.date.map(|(date, _)| date),
            tables: self.tables,
            images: self.images,
        };
        Diagnosed { value: item, diagnostics }
    }

    /// The section announced by a line above or by the file's name.
    fn preset_section(
        &self,
        around: &Surroundings<'_>,
        config: &Config,
        origin: &Origin,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<String> {
        if self.section.is_some() {
            return self.section.clone();
        }
        let (section, word) = section::by_file_name(&around.document.file_name, config)?;
        diagnostics.push(
            Diagnostic::new(Code::SectionChosen, origin)
                .with("section", &section.id)
                .with("sign", format!("file-name:{word}")),
        );
        Some(section.id.clone())
    }

    fn settle_title(
        &mut self,
        titled: Option<bool>,
        around: &Surroundings<'_>,
        config: &Config,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<String> {
        if let Some((first, at)) = self.title.first() {
            let joined: String = self.title.iter().map(|(line, _)| line.as_str()).collect();
            let text = joined.trim_end_matches('。').to_owned();
            let code = if self.title.len() > 1 { Code::TitleJoined } else { Code::TitleOwnLine };
            diagnostics.push(Diagnostic::new(code, Location::with_text(at, first)).with("title", &text));
            return Some(text);
        }
        if titled == Some(false) {
            return None;
        }
        if let Some(text) = self.take_run_in_title(config, diagnostics) {
            return Some(text);
        }
        // One short paragraph without points is a brief; nothing is missing from it.
        if titled.is_none() && self.is_brief() && section::by_title(false, config).is_some() {
            return None;
        }
        let origin = self.origin();
        if let Some(text) = title::from_file_name(&around.document.file_name, config) {
            diagnostics.push(Diagnostic::new(Code::TitleFromFileName, origin).with("title", &text));
            return Some(text);
        }
        diagnostics.push(Diagnostic::new(Code::TitleMissing, origin));
        None
    }

    fn take_run_in_title(&mut self, config: &Config, diagnostics: &mut Vec<Diagnostic>) -> Option<String> {
        let several = self.body.len() > 1;
        let first = self.body.first_mut()?;
        let at = first.at.first().cloned().unwrap_or(Origin::File);
        let alone = first.text.strip_suffix('。').unwrap_or(&first.text);
        let (text, rest) = if several && title::could_be_title(alone, config) {
            (alone.to_owned(), String::new())
        } else {
            title::run_in(&first.text, config)?
        };
        diagnostics.push(
            Diagnostic::new(Code::TitleRunIn, Location::with_text(&at, &first.text)).with("title", &text),
        );
        if rest.is_empty() {
            self.body.remove(0);
        } else {
            first.text = rest;
        }
        Some(text)
    }

    /// Characters that a brief has at most.
    const BRIEF: usize = 300;

    fn is_brief(&self) -> bool {
        let text: String = self.body.iter().map(|p| p.text.as_str()).collect();
        self.body.len() == 1
            && text.chars().count() <= Self::BRIEF
            && jianbao_model::item::points(&text).is_empty()
    }

    fn settle_attribution(
        &mut self,
        around: &Surroundings<'_>,
        config: &Config,
        origin: &Origin,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Attribution> {
        let folder = around.folder.and_then(|folder| contributor::registered(folder, config));
        if let Some((found, at)) = self.closing.take() {
            if let Some(alias) = &found.alias {
                let note = Diagnostic::new(Code::ContributorAlias, &at).with("written", alias);
                diagnostics.push(note.with("name", &found.attribution.printed));
            }
            if !found.registered {
                diagnostics.push(
                    Diagnostic::new(Code::ContributorUnknown, &at).with("name", &found.attribution.printed),
                );
            }
            if let Some(folder) =
                folder.filter(|folder| !found.attribution.contributors.iter().any(|c| c == folder))
            {
                let note = Diagnostic::new(Code::ContributorDiffers, &at).with("folder", folder);
                diagnostics.push(note.with("name", &found.attribution.printed));
            }
            return Some(found.attribution);
        }
        let header = || {
            let texts = around.document.furniture.iter().filter_map(|block| match &block.kind {
                jianbao_model::BlockKind::Paragraph(paragraph) => Some(paragraph.shown()),
                _ => None,
            });
            texts.into_iter().find_map(|text| contributor::contained(&text, config))
        };
        let signature = self.signature.as_ref().map(|(name, _)| name.as_str());
        let (name, sign) = signature
            .map(|name| (contributor::registered(name, config).unwrap_or(name), "signature"))
            .or_else(|| folder.map(|name| (name, "folder")))
            .or_else(|| header().map(|name| (name, "header")))
            .or_else(|| diagnostics_missing(origin, diagnostics))?;
        let known = contributor::registered(name, config).is_some();
        // A signature is the unit's own word; folder and header are only signs.
        let mut told =
            Diagnostic::new(Code::ContributorGuessed, origin).with("name", name).with("sign", sign);
        if sign == "signature" && known {
            told.severity = jianbao_model::Severity::Note;
        }
        diagnostics.push(told);
        if !known {
            diagnostics.push(Diagnostic::new(Code::ContributorUnknown, origin).with("name", name));
        }
        let contributors = if known { vec![name.to_owned()] } else { Vec::new() };
        Some(Attribution { printed: name.to_owned(), contributors })
    }
}

/// Says that no contributor was found; there is none to go on with.
fn diagnostics_missing<'a>(origin: &Origin, diagnostics: &mut Vec<Diagnostic>) -> Option<(&'a str, &'a str)> {
    diagnostics.push(Diagnostic::new(Code::ContributorMissing, origin));
    None
}

/// The section that attribution or title speak for, and the sign.
fn derived_section(
    titled: bool,
    attribution: Option<&Attribution>,
    config: &Config,
) -> Option<(String, String)> {
    let printed = attribution.map(|attribution| attribution.printed.as_str()).unwrap_or_default();
    if let Some(section) = section::by_attribution(printed, config) {
        return Some((section.id.clone(), format!("attribution:{printed}")));
    }
    let section = section::by_title(titled, config).or_else(|| config.sections.first())?;
    Some((section.id.clone(), if titled { "titled" } else { "untitled" }.to_owned()))
}
