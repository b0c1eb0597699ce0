//! The editor's texts: an item as a text file and back, two items as one.

use jianbao_model::item::Paragraph;
use jianbao_model::{Attribution, Item};
use serde::Deserialize;

use crate::config::Config;

/// Why a text is none of an item.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unusable {
    /// There is no line of a body.
    #[error("there is no text")]
    Empty,
    /// It is not the JSON of an item.
    #[error("{0}")]
    Json(String),
}

/// The item with the words of a text file: the title where the item has one, its lead where it has one, a
/// paragraph a line, the unit in brackets. A text without the last keeps the item's unit; tables and pictures
/// stay.
pub fn from_text(text: &str, item: &Item, config: &Config) -> Result<Item, Unusable> {
    let mut lines: Vec<String> = text.lines().map(clean).filter(|line| !line.is_empty()).collect();
    let mut edited = item.clone();
    let printed =
        lines.last().and_then(|line| line.strip_prefix('（')?.strip_suffix('）').map(str::to_owned));
    if let Some(printed) = printed {
        lines.pop();
        edited.attribution = Some(attribution(&printed, item, config));
    }
    let mut lines = lines.into_iter();
    if item.title.is_some() {
        edited.title = lines.next().map(|title| title.trim_end_matches('。').to_owned());
    }
    if item.lead.is_some() {
        edited.lead = lines.next();
    }
    body(&mut edited, lines.collect())
}

/// An item as `convert` and `items show` write it; what it does not have stays as it is.
#[derive(Debug, Deserialize)]
struct Written {
    title: Option<String>,
    lead: Option<String>,
    paragraphs: Option<Vec<String>>,
    attribution: Option<WrittenUnit>,
    section: Option<String>,
}

#[derive(Debug, Deserialize)]
struct WrittenUnit {
    printed: String,
}

/// The item with the words of a JSON object.
pub fn from_json(text: &str, item: &Item, config: &Config) -> Result<Item, Unusable> {
    let text = text.trim_start_matches('\u{FEFF}');
    let written: Written = serde_json::from_str(text).map_err(|error| Unusable::Json(error.to_string()))?;
    let mut edited = item.clone();
    if let Some(title) = written.title {
        edited.title = title_of(&title);
    }
    if let Some(lead) = written.lead {
        edited.lead = Some(clean(&lead)).filter(|lead| !lead.is_empty());
    }
    if let Some(unit) = written.attribution {
        edited.attribution = Some(attribution(&clean(&unit.printed), item, config));
    }
    edited.section = written.section.or(edited.section);
    match written.paragraphs {
        Some(paragraphs) => {
            let lines = paragraphs.iter().map(|text| clean(text)).filter(|line| !line.is_empty()).collect();
            body(&mut edited, lines)
        }
        None => Ok(edited),
    }
}

/// A title as an editor types it; none of a blank one.
pub fn title_of(text: &str) -> Option<String> {
    Some(clean(text).trim_end_matches('。').to_owned()).filter(|title| !title.is_empty())
}

/// One item of two: what the second says follows the first, under the first's title, from both units.
pub fn merged(into: &Item, from: &Item) -> Item {
    let mut one = into.clone();
    one.paragraphs.extend(from.lead.iter().map(|lead| Paragraph { text: lead.clone(), at: Vec::new() }));
    one.paragraphs.extend(from.paragraphs.iter().cloned());
    one.tables.extend(from.tables.iter().cloned());
    one.images.extend(from.images.iter().cloned());
    one.attribution = match (&into.attribution, &from.attribution) {
        (Some(first), Some(second)) if first != second => {
            let mut contributors = first.contributors.clone();
            let more = second.contributors.iter().filter(|unit| !first.contributors.contains(unit));
            contributors.extend(more.cloned());
            Some(Attribution { printed: format!("{}、{}", first.printed, second.printed), contributors })
        }
        (first, second) => first.clone().or_else(|| second.clone()),
    };
    one
}

/// Gives an item its body; a paragraph that was there keeps its places in the source.
fn body(item: &mut Item, lines: Vec<String>) -> Result<Item, Unusable> {
    if lines.is_empty() {
        return Err(Unusable::Empty);
    }
    let before = std::mem::take(&mut item.paragraphs);
    let at = |text: &str| before.iter().find(|old| old.text == text).map(|old| old.at.clone());
    item.paragraphs =
        lines.into_iter().map(|text| Paragraph { at: at(&text).unwrap_or_default(), text }).collect();
    Ok(item.clone())
}

/// The unit as registered where it is printed otherwise than before.
fn attribution(printed: &str, item: &Item, config: &Config) -> Attribution {
    if let Some(same) = item.attribution.as_ref().filter(|before| before.printed == printed) {
        return same.clone();
    }
    let known = &config.normalize.contributors;
    let named = |word: &str| {
        known.iter().find(|unit| unit.name == word || unit.aliases.iter().any(|alias| alias == word))
    };
    let contributors = printed.split('、').filter_map(named).map(|unit| unit.name.clone()).collect();
    Attribution { printed: printed.to_owned(), contributors }
}

/// A line without what Word has no place for: control characters and byte order marks.
fn clean(line: &str) -> String {
    let kept: String = line.chars().filter(|c| !c.is_control() && *c != '\u{FEFF}').collect();
    kept.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Layers;
    use crate::text;

    fn config() -> Config {
        let text = "[bulletin]\nname = \"简报\"\n[[contributor]]\nname = \"区残联\"\naliases = [\"残联\"]\n";
        Layers::new(Some(text), std::path::Path::new("")).config().expect("a configuration")
    }

    fn item(title: Option<&str>, lines: &[&str], unit: &str) -> Item {
        Item {
            id: "a-1".to_owned(),
            section: Some("news".to_owned()),
            title: title.map(str::to_owned),
            lead: None,
            paragraphs: lines
                .iter()
                .map(|line| Paragraph { text: (*line).to_owned(), at: Vec::new() })
                .collect(),
            attribution: Some(Attribution { printed: unit.to_owned(), contributors: Vec::new() }),
            date: None,
            tables: Vec::new(),
            images: Vec::new(),
        }
    }

    #[test]
    fn a_text_that_is_left_as_it_is_changes_nothing() {
        for title in [Some("举办招聘会"), None] {
            let item = item(title, &["一是宣传。", "二是服务。"], "区残联");
            assert_eq!(from_text(&text::item(&item), &item, &config()), Ok(item));
        }
    }

    #[test]
    fn a_text_brings_title_body_and_registered_unit() {
        let item = item(Some("旧题"), &["旧文。"], "区民政局");
        let edited = from_text("\u{FEFF}新题。\r\n\r\n新文。\u{B}\r\n（残联）\r\n", &item, &config())
            .expect("an item");
        assert_eq!((edited.title.as_deref(), edited.body().as_str()), (Some("新题"), "新文。"));
        let unit = Attribution { printed: "残联".to_owned(), contributors: vec!["区残联".to_owned()] };
        assert_eq!(edited.attribution, Some(unit));
        assert_eq!(from_text("只有题\n（残联）", &item, &config()), Err(Unusable::Empty));
    }

    #[test]
    fn json_changes_what_it_names() {
        let item = item(Some("旧题"), &["旧文。"], "区残联");
        let edited = from_json("{\"title\":\"新题\",\"points\":[]}", &item, &config()).expect("an item");
        assert_eq!(edited, Item { title: Some("新题".to_owned()), ..item.clone() });
        assert!(matches!(from_json("新题", &item, &config()), Err(Unusable::Json(_))));
        assert_eq!(from_json("{\"paragraphs\":[\" \"]}", &item, &config()), Err(Unusable::Empty));
    }

    #[test]
    fn a_merged_item_says_all_of_both() {
        let one =
            merged(&item(Some("甲"), &["甲文。"], "区残联"), &item(Some("乙"), &["乙文。"], "区司法局"));
        assert_eq!((one.title.as_deref(), one.body().as_str()), (Some("甲"), "甲文。乙文。"));
        assert_eq!(one.attribution.expect("units").printed, "区残联、区司法局");
    }
}
