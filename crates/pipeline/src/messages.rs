//! The wording of every message, from one file a language.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use jianbao_model::{Code, Diagnostic, Item, Location, Origin};
use jianbao_publish::length::{millimetres, points};
use jianbao_publish::{Deviation, Measure, Misfit, Place};

use crate::compare::Change;
use crate::config::{Layer, Mistake, MistakeKind};
use crate::doctor::{Finding, What};

/// A language of the messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// Chinese, the default.
    #[default]
    Chinese,
    /// English.
    English,
}

impl Language {
    /// The language of a tag such as `zh` or `en`.
    pub fn from_tag(tag: &str) -> Option<Self> {
        match tag.split(['-', '_']).next() {
            Some("zh") => Some(Self::Chinese),
            Some("en") => Some(Self::English),
            _ => None,
        }
    }
}

/// The messages of one language.
pub struct Messages {
    bundle: FluentBundle<FluentResource>,
}

impl std::fmt::Debug for Messages {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Messages({:?})", self.bundle.locales)
    }
}

impl Messages {
    /// Loads the compiled-in message file of a language.
    pub fn new(language: Language) -> Self {
        let (tag, text) = match language {
            Language::Chinese => ("zh-CN", include_str!("../messages/zh-CN.ftl")),
            Language::English => ("en", include_str!("../messages/en.ftl")),
        };
        let mut bundle = FluentBundle::new_concurrent(vec![tag.parse().expect("the tag is well-formed")]);
        // Isolation marks would get into files and logs.
        bundle.set_use_isolating(false);
        // A broken entry is found by the test over all codes; the others still speak.
        let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(resource, _)| resource);
        bundle.add_resource_overriding(resource);
        Self { bundle }
    }

    /// The message with this id; the id itself if there is none.
    pub fn text(&self, id: &str, arguments: &[(&str, String)]) -> String {
        self.find(id, None, arguments).unwrap_or_else(|| id.to_owned())
    }

    fn find(&self, id: &str, attribute: Option<&str>, arguments: &[(&str, String)]) -> Option<String> {
        let message = self.bundle.get_message(id)?;
        let pattern = match attribute {
            Some(name) => message.get_attribute(name)?.value(),
            None => message.value()?,
        };
        let mut values = FluentArgs::new();
        for (name, value) in arguments {
            values.set(*name, value.clone());
        }
        // An argument that is missing stands in the text by its name; the suites look for that.
        let text = self.bundle.format_pattern(pattern, Some(&values), &mut Vec::new());
        Some(text.into_owned())
    }

    /// The sentence of a diagnostic.
    pub fn message(&self, diagnostic: &Diagnostic) -> String {
        self.text(diagnostic.code.number(), &self.arguments(diagnostic))
    }

    /// What to do about a diagnostic.
    pub fn hint(&self, diagnostic: &Diagnostic) -> Option<String> {
        self.find(diagnostic.code.number(), Some("hint"), &self.arguments(diagnostic))
    }

    /// The sentence of a code alone, for the handbook.
    pub fn sentence(&self, code: Code) -> String {
        self.text(code.number(), &[])
    }

    /// Arguments in the words of the language: keys such as `xlsx` have a word of their own.
    fn arguments<'a>(&self, diagnostic: &'a Diagnostic) -> Vec<(&'a str, String)> {
        let word =
            |value: &str| self.find(&format!("what-{value}"), None, &[]).unwrap_or_else(|| value.to_owned());
        let is_key =
            |value: &str| !value.is_empty() && value.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
        let of_bytes = diagnostic.arguments.iter().any(|a| a.name == "what" && a.value.ends_with("bytes"));
        let arguments = diagnostic.arguments.iter();
        arguments
            .map(|a| {
                let value = match a.value.parse() {
                    Ok(bytes) if of_bytes && a.name == "limit" => size(bytes),
                    _ if is_key(&a.value) => word(&a.value),
                    _ => a.value.clone(),
                };
                (&*a.name, value)
            })
            .collect()
    }

    /// A line of the examination, and what to do about it.
    pub fn finding(&self, finding: &Finding) -> (String, Option<String>) {
        match &finding.what {
            What::Told(told) => (self.message(told), self.hint(told)),
            What::Words(id, arguments) => {
                let named = |(name, value): &(&'static str, String)| match *name {
                    "folder" => (*name, self.text(&format!("folder-{value}"), &[])),
                    name => (name, value.clone()),
                };
                let arguments: Vec<_> = arguments.iter().map(named).collect();
                (self.text(id, &arguments), self.find(id, Some("hint"), &arguments))
            }
        }
    }

    /// A place in a file: 第4段, 第2页.
    pub fn place(&self, location: &Location) -> String {
        match &location.origin {
            Origin::Docx { part, paragraph } if part.ends_with("document.xml") => {
                self.text("where-docx", &[("paragraph", paragraph.to_string())])
            }
            Origin::Docx { part, paragraph } => {
                let arguments = [("part", part.clone()), ("paragraph", paragraph.to_string())];
                self.text("where-docx-part", &arguments)
            }
            Origin::Doc { paragraph, .. } | Origin::Paragraph { paragraph } => {
                self.text("where-docx", &[("paragraph", paragraph.to_string())])
            }
            Origin::Pdf { page, .. } => self.text("where-pdf", &[("page", page.to_string())]),
            Origin::Text { line } => self.text("where-text", &[("line", line.to_string())]),
            Origin::File => self.text("where-file", &[]),
        }
    }

    /// A layer of the configuration.
    pub fn layer(&self, layer: &Layer) -> String {
        match layer {
            Layer::Default => self.text("layer-default", &[]),
            Layer::Layout { name } => self.text("layer-layout", &[("name", name.clone())]),
            Layer::File { line } => self.text("layer-file", &[("line", line.to_string())]),
            Layer::Environment { variable } => {
                self.text("layer-environment", &[("variable", variable.clone())])
            }
            Layer::CommandLine => self.text("layer-command-line", &[]),
        }
    }

    /// A mistake of the configuration.
    pub fn mistake(&self, mistake: &Mistake) -> String {
        let key = ("key", mistake.key.clone());
        match &mistake.kind {
            MistakeKind::Syntax(message) => self.text("config-syntax", &[("message", message.clone())]),
            MistakeKind::Unknown { nearest: None } => self.text("config-unknown", &[key]),
            MistakeKind::Unknown { nearest: Some(nearest) } => {
                self.text("config-unknown-near", &[key, ("nearest", nearest.clone())])
            }
            MistakeKind::Type { expected } => {
                self.text("config-type", &[key, ("expected", (*expected).to_owned())])
            }
            MistakeKind::Range { min, max } => {
                self.text("config-range", &[key, ("min", min.to_string()), ("max", max.to_string())])
            }
            MistakeKind::Missing => self.text("config-missing", &[key]),
            MistakeKind::Date => self.text("config-date", &[key]),
            MistakeKind::Choice { allowed } => {
                self.text("config-choice", &[key, ("allowed", allowed.clone())])
            }
            MistakeKind::Twice { name } => self.text("config-twice", &[key, ("name", name.clone())]),
            MistakeKind::Inbox => self.text("config-inbox", &[key]),
            MistakeKind::Item { item, state } => {
                self.text("plan-item", &[("item", item.clone()), ("state", (*state).to_owned())])
            }
            MistakeKind::Misfit(misfit) => self.misfit(*misfit),
        }
    }

    /// What became of an item in an issue that was edited.
    pub fn change(&self, change: &Change, printed: &[Item], edited: &[Item]) -> String {
        let shown = |item: Option<&Item>| {
            let first = item.and_then(|item| item.paragraphs.first().map(|paragraph| &paragraph.text));
            let text = item.and_then(|item| item.title.as_ref().or(first));
            text.map(|text| text.chars().take(20).collect::<String>()).unwrap_or_default()
        };
        let place = |at: usize| (at + 1).to_string();
        match change {
            Change::Edited { at, edits } => {
                let edits: Vec<String> = edits.iter().map(|(old, new)| self.edit(old, new)).collect();
                let item = ("item", shown(edited.get(*at)));
                self.text("change-edited", &[("at", place(*at)), item, ("edits", edits.join("\n"))])
            }
            Change::Moved { from, to } => {
                let item = ("item", shown(edited.get(*to)));
                self.text("change-moved", &[("from", place(*from)), ("to", place(*to)), item])
            }
            Change::Added { at } => {
                self.text("change-added", &[("at", place(*at)), ("item", shown(edited.get(*at)))])
            }
            Change::Removed { from } => {
                self.text("change-removed", &[("from", place(*from)), ("item", shown(printed.get(*from)))])
            }
        }
    }

    fn edit(&self, old: &str, new: &str) -> String {
        let (old_text, new_text) = (("old", old.replace('\n', "¶")), ("new", new.replace('\n', "¶")));
        match (old.is_empty(), new.is_empty()) {
            (true, _) => self.text("edit-added", &[new_text]),
            (_, true) => self.text("edit-removed", &[old_text]),
            _ => self.text("edit-replaced", &[old_text, new_text]),
        }
    }

    /// A place where a Word file is not as the layout has it.
    pub fn deviation(&self, deviation: &Deviation) -> String {
        let place = match &deviation.place {
            Place::Section(number) => self.text("deviation-section", &[("number", number.to_string())]),
            Place::Paragraph(number, text) => {
                self.text("deviation-paragraph", &[("number", number.to_string()), ("text", text.clone())])
            }
            Place::Document => self.text("deviation-document", &[]),
        };
        let measure = match deviation.measure {
            Measure::Paper => "measure-paper",
            Measure::Top => "measure-top",
            Measure::Bottom => "measure-bottom",
            Measure::Left => "measure-left",
            Measure::Right => "measure-right",
            Measure::Lines => "measure-lines",
            Measure::Footer => "measure-footer",
            Measure::PageNumber => "measure-page-number",
            Measure::Dashes => "measure-dashes",
            Measure::OddEven => "measure-odd-even",
            Measure::Size => "measure-size",
            Measure::Face => "measure-face",
            Measure::Pitch => "measure-pitch",
            Measure::Indent => "measure-indent",
            Measure::Blanks => "measure-blanks",
        };
        let (found, wanted) = (deviation.found.clone(), deviation.wanted.clone());
        let measure = self.text(measure, &[]);
        self.text(
            "deviation",
            &[("place", place), ("measure", measure), ("found", found), ("wanted", wanted)],
        )
    }

    fn misfit(&self, misfit: Misfit) -> String {
        let counts = |wanted: u32, fit: u32, room| {
            [("wanted", wanted.to_string()), ("fit", fit.to_string()), ("room", millimetres(room))]
        };
        match misfit {
            Misfit::Lines { wanted, fit, room, pitch } => {
                let [a, b, c] = counts(wanted, fit, room);
                self.text("config-lines", &[a, b, c, ("pitch", points(pitch.cast_signed()))])
            }
            Misfit::Characters { wanted, fit, room, spacing } => {
                let [a, b, c] = counts(wanted, fit, room);
                self.text("config-characters", &[a, b, c, ("spacing", points(spacing))])
            }
            Misfit::Footer { bottom } => self.text("config-footer", &[("bottom", millimetres(bottom))]),
        }
    }
}

/// A number of bytes as people say it: `64 MiB`.
fn size(bytes: u64) -> String {
    match bytes {
        0 => "0".to_owned(),
        whole if whole.is_multiple_of(1 << 20) => format!("{} MiB", whole >> 20),
        whole if whole.is_multiple_of(1 << 10) => format!("{} KiB", whole >> 10),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(text: &str) -> Vec<&str> {
        text.lines()
            .filter(|line| !line.starts_with([' ', '#', '}']))
            .filter_map(|line| Some(line.split_once(" = ")?.0))
            .collect()
    }

    #[test]
    fn both_languages_have_the_same_messages() {
        assert_eq!(ids(include_str!("../messages/zh-CN.ftl")), ids(include_str!("../messages/en.ftl")));
    }

    #[test]
    fn every_code_has_a_sentence_and_what_is_grave_has_a_hint() {
        for language in [Language::Chinese, Language::English] {
            let messages = Messages::new(language);
            for &code in Code::ALL {
                assert_ne!(messages.sentence(code), code.number(), "{language:?}");
                let diagnostic = Diagnostic::new(code, Origin::File);
                let grave = code.severity() > jianbao_model::Severity::Note;
                assert!(
                    !grave || messages.hint(&diagnostic).is_some() || code == Code::IllegalCharacters,
                    "{}",
                    code.number()
                );
            }
        }
    }

    #[test]
    fn arguments_and_places_are_put_in() {
        let messages = Messages::new(Language::Chinese);
        let told = Diagnostic::new(Code::ForeignFormat, Origin::File).with("what", "xlsx");
        assert_eq!(messages.message(&told), "不是 Word 或 PDF 稿件，而是 Excel 工作簿");
        let told = Diagnostic::new(Code::LimitExceeded, Origin::File).with("what", "file-bytes");
        let told = told.with("limit", 1 << 20);
        assert_eq!(messages.message(&told), "文件超出读取限制：文件大小（上限 1 MiB）");
        let place = Origin::Docx { part: "word/document.xml".to_owned(), paragraph: 4 };
        assert_eq!(messages.place(&place.into()), "第4段");
    }
}
