//! The golden matrix: one document with every feature, written as each format by
//! `scripts/make-features`, must be read as its description says, in every format alike.
//!
//! `features/expected.json` is written by hand, as a description in `scripts/features/rows.py`, which
//! also has the notation of the lines. A failure lists every feature that differs, by format.

use std::collections::BTreeMap;
use std::process::Command;

use jianbao_model::{BlockKind, SourceDocument, SourceId};
use jianbao_read::{Limits, ReadOptions, read};
use jianbao_tests::notation::{items, lines, visible};
use jianbao_tests::root;
use serde_json::Value;

/// The description, and where its texts are in the document.
struct Description {
    features: Vec<Value>,
    formats: Vec<String>,
    end: String,
}

/// What was read of one format, by feature.
#[derive(Default)]
struct Found {
    shown: BTreeMap<String, Vec<String>>,
    furniture: Vec<String>,
    /// Reason and text.
    dropped: Vec<[String; 2]>,
}

#[test]
fn every_feature_in_every_format() {
    let description = Description::load();
    let mut wrong = Vec::new();
    let mut lost = Vec::new();
    for format in &description.formats {
        match read_format(format) {
            Ok(document) => {
                let mut found = Found::new(&document, &description);
                for feature in &description.features {
                    let name = text(&feature["name"]);
                    wrong.extend(
                        found.differences(feature, format).map(|told| format!("{name} in {format}: {told}")),
                    );
                    let why = &feature["lost_in"][format]["why"];
                    lost.extend(why.as_str().map(|why| format!("{name} in {format}: {why}")));
                }
                wrong.extend(found.left().map(|told| format!("(no feature) in {format}: {told}")));
            }
            Err(error) => wrong.push(format!("(all features) in {format}: {error}")),
        }
    }
    println!("lost by the format itself:\n{}", lost.join("\n"));
    assert!(wrong.is_empty(), "{} differ (- expected, + found):\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_same_items_in_every_format() {
    let description = Description::load();
    let mut known: Option<(&str, Vec<String>)> = None;
    for format in &description.formats {
        let mut document = read_format(format).expect("a format of the matrix");
        description.leave_out_lost(&mut document);
        let items = items(&document);
        let Some((first, expected)) = &known else {
            known = Some((format, items));
            continue;
        };
        let missing = expected.iter().filter(|line| !items.contains(line)).map(|line| format!("- {line}"));
        let more = items.iter().filter(|line| !expected.contains(line)).map(|line| format!("+ {line}"));
        let differences: Vec<String> = missing.chain(more).collect();
        let differences = differences.join("\n");
        assert!(*expected == items, "items of {first} (-) and of {format} (+) differ:\n{differences}");
    }
}

#[test]
fn every_picture_that_has_a_hash_can_be_fetched() {
    for format in &Description::load().formats {
        let document = read_format(format).expect("a format of the matrix");
        let named = document.blocks.iter().filter_map(|block| match &block.kind {
            BlockKind::Image(image) => Some((image.hash?, image.bytes)),
            _ => None,
        });
        let named: BTreeMap<SourceId, u64> = named.collect();
        let name = format!("feature.{format}");
        let file = std::fs::read(root().join("tests/features").join(&name)).expect("made by a script");
        let wanted = named.keys().copied().collect();
        let found = jianbao_read::pictures(&file, &name, &ReadOptions::default(), &wanted);
        let found: BTreeMap<SourceId, u64> =
            found.into_iter().map(|(hash, bytes)| (hash, bytes.len() as u64)).collect();
        assert!(!named.is_empty(), "{name} has pictures");
        assert_eq!(found, named, "{name}");
    }
}

#[test]
fn the_files_are_made_from_the_description() {
    let script = root().join("scripts/make-features");
    let output =
        Command::new("python3").arg(script).arg("--check").output().expect("scripts/test brings Python");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

impl Description {
    fn load() -> Self {
        let json =
            std::fs::read_to_string(root().join("tests/features/expected.json")).expect("made by a script");
        let json: Value = serde_json::from_str(&json).expect("JSON");
        let features = json["features"].as_array().expect("a list").clone();
        Self { features, formats: texts(&json["formats"]), end: text(&json["end"]) }
    }

    /// Takes out the features that some format shows otherwise.
    fn leave_out_lost(&self, document: &mut SourceDocument) {
        let is_lost = |feature: &Value| {
            let formats = feature["lost_in"].as_object().expect("an object");
            formats.values().any(|lost| lost.get("shown").is_some())
        };
        let mut keeps = true;
        document.blocks.retain(|block| {
            if let [line] = lines(block).as_slice()
                && let Some(feature) =
                    self.features.iter().find(|feature| feature["heading"] == line.as_str())
            {
                keeps = !is_lost(feature);
            }
            keeps
        });
    }
}

impl Found {
    /// Cuts the document at the lines that name its features.
    fn new(document: &SourceDocument, description: &Description) -> Self {
        let headings: Vec<String> =
            description.features.iter().map(|feature| text(&feature["heading"])).collect();
        let mut found = Self::default();
        let mut heading = String::new();
        for line in document.blocks.iter().flat_map(lines) {
            if headings.contains(&line) || line == description.end {
                heading = line;
            } else {
                found.shown.entry(heading.clone()).or_default().push(line);
            }
        }
        found.furniture = document.furniture.iter().flat_map(lines).collect();
        let dropped = document.dropped.iter();
        found.dropped =
            dropped.map(|piece| [piece.reason.name().to_owned(), visible(piece.text.trim())]).collect();
        found
    }

    /// Takes out what belongs to a feature and tells what is different.
    fn differences(&mut self, feature: &Value, format: &str) -> std::vec::IntoIter<String> {
        let expected = |what: &str| feature["lost_in"][format].get(what).unwrap_or(&feature[what]).clone();
        let mut differences = Vec::new();
        let shown = self.shown.remove(&text(&feature["heading"])).unwrap_or_default();
        let wanted = texts(&expected("shown"));
        if shown != wanted {
            differences.push(format!("\n  - {}\n  + {}", wanted.join("\n  - "), shown.join("\n  + ")));
        }
        let missing =
            texts(&expected("furniture")).into_iter().filter(|line| !take(&mut self.furniture, line));
        differences.extend(missing.map(|line| format!("not in the furniture: {line}")));
        for piece in expected("dropped").as_array().expect("a list") {
            let [reason, text] = <[String; 2]>::try_from(texts(piece)).expect("reason and text");
            let piece = [reason, visible(text.trim())];
            if !take(&mut self.dropped, &piece) {
                differences.push(format!("not dropped as {}: {}", piece[0], piece[1]));
            }
        }
        differences.into_iter()
    }

    /// What no feature has taken out.
    fn left(self) -> impl Iterator<Item = String> {
        let shown = self.shown.into_values().flatten().map(|line| format!("shown: {line}"));
        let furniture = self.furniture.into_iter().map(|line| format!("furniture: {line}"));
        let dropped = self.dropped.into_iter().map(|[reason, text]| format!("dropped as {reason}: {text}"));
        shown.chain(furniture).chain(dropped)
    }
}

fn read_format(format: &str) -> Result<SourceDocument, String> {
    let name = format!("feature.{format}");
    let bytes =
        std::fs::read(root().join("tests/features").join(&name)).map_err(|error| error.to_string())?;
    let document = read(&bytes, &name, &Limits::default()).map_err(|error| error.to_string())?;
    Ok(document.value)
}

/// Removes the first equal element; false if there is none.
fn take<T: PartialEq>(from: &mut Vec<T>, wanted: &T) -> bool {
    let place = from.iter().position(|one| one == wanted);
    place.map(|place| from.remove(place)).is_some()
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().expect("a list").iter().map(text).collect()
}
