//! Any text can be printed: ten thousand items of what submissions should not hold and some do. The
//! parts of every issue are well-formed and have only characters that XML 1.0 allows, and the readers
//! find in it what went in.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use jianbao_model::document::BlockKind;
use jianbao_model::item::Paragraph;
use jianbao_model::{Attribution, Issue, Item};
use jianbao_publish::{IssuePlan, Pictures, SectionPlan, Style, assemble, render};
use jianbao_read::{Limits, read};
use quick_xml::Reader;
use quick_xml::events::Event;

const ISSUES: u64 = 20;
const ITEMS: usize = 500;

/// What texts are made of; control characters, code points and long pieces come from [`piece`].
const PIECES: [&str; 24] = [
    "一是优化应急指挥体系，",
    "推动形成多领域、多层次的“综合治网格局”。",
    "👩‍👩‍👧‍👦🇨🇳👍🏽",
    "❤\u{FE0F}\u{20E3}",
    "\u{202E}倒序\u{202C}\u{2066}隔离\u{2069}\u{200F}",
    "\u{FEFF}\u{200B}\u{200D}\u{2060}",
    "\u{FFFD}\u{FFFE}\u{FFFF}",
    "\u{FDD0}\u{1FFFE}\u{10FFFF}",
    "\u{E000}\u{F8FF}\u{100000}",
    "\0\u{1}\u{8}\u{B}\u{C}\u{E}\u{1F}",
    "\u{7F}\u{80}\u{85}\u{9F}",
    "\t\r\n\u{2028}\u{2029}",
    "]]>",
    "<w:p/></w:t>",
    "<!-- -->",
    "<?xml version=\"1.0\"?>",
    "&amp;&#0;&#xFFFE;&nbsp;&",
    "_x000D_\"'",
    "e\u{301}\u{323}\u{489}\u{489}\u{489}",
    "\u{20000}\u{2F81A}\u{F900}",
    "ﷺ﷽𒐫",
    "١٢٣ ४५६",
    "  \u{3000}\u{A0} ",
    "PAGE \\* MERGEFORMAT",
];

/// Splitmix64: the same texts on every machine.
struct Random {
    state: u64,
    texts: usize,
}

impl Random {
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }
}

fn piece(random: &mut Random) -> String {
    match random.below(12) {
        0 => "1234567890".repeat(30),
        1 => "Llanfairpwllgwyngyll".repeat(1 + random.below(40)),
        // Bytes of lone surrogates, as far as a string can hold them.
        2 => String::from_utf8_lossy(&[0xED, 0xA0, 0x80 + random.below(64) as u8]).into_owned(),
        3 => (0..8).filter_map(|_| char::from_u32(random.below(0x11_0000) as u32)).collect(),
        4 => char::from_u32(random.below(0x20) as u32).expect("a control character").to_string(),
        _ => PIECES[random.below(PIECES.len())].to_owned(),
    }
}

/// A text between marks by which it is found again.
fn text(random: &mut Random) -> String {
    random.texts += 1;
    let number = random.texts;
    let pieces: String = (0..=random.below(4)).map(|_| piece(random)).collect();
    format!("⟦{number}⟧{pieces}⟦{number}⟧")
}

fn item(random: &mut Random, number: usize) -> Item {
    let optional = |random: &mut Random| (random.below(4) > 0).then(|| text(random));
    Item {
        id: text(random),
        section: Some(["news", "brief"][number % 2].to_owned()),
        title: optional(random),
        lead: optional(random),
        paragraphs: vec![Paragraph { text: text(random), at: Vec::new() }],
        attribution: optional(random).map(|printed| Attribution { printed, contributors: Vec::new() }),
        ..Item::default()
    }
}

fn issue(random: &mut Random) -> Issue {
    let section = |id: &str, listed| SectionPlan {
        id: id.to_owned(),
        name: id.to_owned(),
        in_contents: listed,
        bulleted: !listed,
    };
    let mut plan =
        IssuePlan { sections: vec![section("news", true), section("brief", false)], ..IssuePlan::default() };
    plan.masthead.name = text(random);
    plan.masthead.edition = vec![text(random), text(random)];
    plan.masthead.offices = vec![text(random), text(random)];
    plan.colophon.send = vec![text(random), text(random)];
    plan.colophon.editors = vec![text(random)];
    plan.colophon.registration = Some(text(random));
    assemble((0..ITEMS).map(|number| item(random, number)).collect(), &plan, &Pictures::default()).value
}

/// The production `Char` of XML 1.0, written out once more: publish is judged, not asked.
fn is_char(code: u32) -> bool {
    matches!(code, 0x9 | 0xA | 0xD | 0x20..=0xD7FF | 0xE000..=0xFFFD | 0x1_0000..=0x10_FFFF)
}

/// What is wrong with a part.
fn faults(xml: &str) -> Vec<String> {
    let mut faults: Vec<String> =
        xml.chars().filter(|c| !is_char(u32::from(*c))).map(|c| format!("has {:#X}", u32::from(c))).collect();
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    let mut open = 0_i64;
    loop {
        match reader.read_event() {
            Err(error) => return vec![error.to_string()],
            Ok(Event::Eof) => break,
            Ok(Event::Start(tag)) => {
                open += 1;
                faults.extend(tag.attributes().filter_map(Result::err).map(|error| error.to_string()));
            }
            Ok(Event::Empty(tag)) => {
                faults.extend(tag.attributes().filter_map(Result::err).map(|error| error.to_string()));
            }
            Ok(Event::End(_)) => open -= 1,
            Ok(Event::GeneralRef(name)) => {
                let known = match name.resolve_char_ref() {
                    Ok(Some(c)) => is_char(u32::from(c)),
                    Ok(None) => ["lt", "gt", "amp", "quot", "apos"].contains(&&*name),
                    Err(_) => false,
                };
                if !known {
                    faults.push(format!("refers to {}", &*name));
                }
            }
            Ok(_) => {}
        }
    }
    if open != 0 {
        faults.push(format!("{open} elements are open"));
    }
    faults
}

/// All parts of a package by name.
fn parts(docx: &[u8]) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(docx)).expect("a zip");
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).expect("an entry");
        let name = entry.name().expect("a name").into_owned();
        let mut text = String::new();
        entry.read_to_string(&mut text).expect("UTF-8");
        parts.push((name, text));
    }
    parts
}

/// The characters that can be in a document, without blanks: a line end in a text is one.
fn legal(text: &str) -> String {
    text.chars().filter(|c| is_char(u32::from(*c)) && !" \t\r\n".contains(*c)).collect()
}

/// What a reader finds, in order.
fn read_back(docx: &[u8]) -> String {
    let document = read(docx, "issue.docx", &Limits::default()).expect("our own file is read").value;
    let texts = document.blocks.iter().map(|block| match &block.kind {
        BlockKind::Paragraph(paragraph) => legal(&paragraph.text()),
        _ => String::new(),
    });
    texts.collect()
}

/// The texts of an issue, and how often each is printed: titles stand in the contents too.
fn texts(issue: &Issue) -> Vec<(&str, usize)> {
    let (masthead, colophon) = (&issue.masthead, &issue.colophon);
    let names =
        masthead.edition.iter().chain(&masthead.offices).chain(&colophon.send).chain(&colophon.editors);
    let names = names.chain([&masthead.name]).chain(&colophon.registration);
    let mut texts: Vec<_> = names.map(|name| (name.as_str(), 1)).collect();
    for entry in issue.sections.iter().flat_map(|section| &section.entries) {
        let item = &entry.item;
        let attribution = item.attribution.as_ref().map(|attribution| attribution.printed.as_str());
        texts.extend(item.paragraphs.iter().map(|paragraph| (paragraph.text.as_str(), 1)));
        texts.extend(item.lead.as_deref().into_iter().chain(attribution).map(|text| (text, 1)));
        texts.extend(item.title.as_deref().map(|title| (title, 1 + usize::from(entry.number.is_some()))));
    }
    texts
}

/// The mark with which a text begins.
fn mark(text: &str) -> &str {
    text.split_inclusive('⟧').next().unwrap_or_default()
}

/// What follows on every mark in a text.
fn marked(text: &str) -> BTreeMap<&str, Vec<&str>> {
    let mut marked: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (at, _) in text.match_indices('⟦') {
        let after = &text[at..];
        marked.entry(mark(after)).or_default().push(after);
    }
    marked
}

#[test]
fn any_text_is_printed_and_read_again() {
    let mut wrong = Vec::new();
    for seed in 0..ISSUES {
        let issue = issue(&mut Random { state: seed, texts: 0 });
        let docx = render(&issue, &Style::default(), &Pictures::default()).expect("any text is printed");
        for (name, xml) in parts(&docx) {
            wrong.extend(faults(&xml).into_iter().map(|fault| format!("{seed}: {name} {fault}")));
        }
        let found = read_back(&docx);
        let marked = marked(&found);
        for (text, times) in texts(&issue) {
            let text = legal(text);
            let places = marked.get(mark(&text)).map_or(&[][..], Vec::as_slice);
            if places.iter().filter(|place| place.starts_with(&text)).count() != times {
                let places: Vec<String> =
                    places.iter().map(|place| place.chars().take(99).collect()).collect();
                wrong.push(format!("{seed}: {text:?}\nis read as {places:?}"));
            }
        }
    }
    wrong.truncate(10);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
