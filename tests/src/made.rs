//! Issues made of the seed's sentences, each for one thing that a page can get wrong.

use std::io::{Cursor, Read as _};

use jianbao_model::document::{Image, Table};
use jianbao_model::item::Paragraph;
use jianbao_model::{Attribution, Issue, Item, SourceId};
use jianbao_pipeline::compose::{Numbered, compose};
use jianbao_pipeline::config::{Config, Layers};
use jianbao_publish::{Pictures, Titles};
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;

use crate::{root, sample, squeezed, truth};

/// Characters of a full line (GB/T 9704 5.2.3), and of the first one of a paragraph.
const LINE: usize = 28;
const FIRST_LINE: usize = LINE - 2;

/// Lines of text with which the colophon just has room on the last page; with one more it has none.
const LINES_THAT_FIT: usize = 72;

/// An issue under the name of its file.
pub struct Made {
    /// What it is made for, as a file name without extension.
    pub name: &'static str,
    /// The issue.
    pub issue: Issue,
    /// The bytes of its DOCX.
    pub docx: Vec<u8>,
    /// Width and height in pixels of its pictures, in printed order.
    pub pictures: Vec<(u32, u32)>,
}

/// The seed and all made issues.
pub fn issues() -> Vec<Made> {
    vec![
        made("seed", seed_items(), &config()),
        made("one-item", seed_items().into_iter().take(1).collect(), &config()),
        made("forty-items", forty_items(), &config()),
        made("long-titles", long_titles(), &config()),
        made("briefs-only", briefs(), &config()),
        made("many-names", seed_items().into_iter().take(2).collect(), &many_names()),
        made("colophon-fits", solid(LINES_THAT_FIT), &config()),
        made("colophon-moves", solid(LINES_THAT_FIT + 1), &config()),
        made("own-line", seed_items(), &own_line()),
        made("own-line-forty", forty_items(), &own_line()),
        made("tables", with_tables(), &config()),
        with_pictures("pictures", &config()),
    ]
}

/// A paragraph of the document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// Id of its style.
    pub style: String,
    /// Its text without white space.
    pub text: String,
}

/// The paragraphs of a DOCX in their order, empty ones left out.
pub fn paragraphs(docx: &[u8]) -> Vec<Source> {
    let mut archive = zip::ZipArchive::new(Cursor::new(docx)).expect("a zip");
    let mut xml = String::new();
    archive.by_name("word/document.xml").expect("a part").read_to_string(&mut xml).expect("UTF-8");
    let mut reader = Reader::from_str(&xml);
    let mut all: Vec<Source> = Vec::new();
    let mut inside = false;
    loop {
        let event = reader.read_event().expect("a part is well-formed");
        let paragraph = all.last_mut();
        match (event, paragraph) {
            (Event::Eof, _) => break,
            (Event::Start(tag), _) if tag.name().as_ref() == "w:p" => all.push(Source::default()),
            (Event::Start(tag), _) if tag.name().as_ref() == "w:t" => inside = true,
            (Event::End(tag), _) if tag.name().as_ref() == "w:t" => inside = false,
            (Event::Empty(tag), Some(paragraph)) if tag.name().as_ref() == "w:pStyle" => {
                let value = tag.try_get_attribute("w:val").expect("well-formed").expect("a style's id");
                paragraph.style = value.value.into_owned();
            }
            (Event::Text(text), Some(paragraph)) if inside => paragraph.text += &squeezed(&text),
            _ => {}
        }
    }
    all.retain(|paragraph| !paragraph.text.is_empty());
    all
}

/// What the sample configuration means.
pub fn config() -> Config {
    configured(&[])
}

/// What the sample configuration means with these options over it.
pub fn configured(options: &[(&str, &str)]) -> Config {
    let text = std::fs::read_to_string(sample("jianbao.toml")).expect("a sample");
    let options = options.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
    Layers::new(Some(&text), &root()).with_options(options).config().expect("no mistakes")
}

/// The seed and some made issues, under other options.
pub fn issues_under(options: &[(&str, &str)]) -> Vec<Made> {
    let config = configured(options);
    vec![
        made("seed", seed_items(), &config),
        made("one-item", seed_items().into_iter().take(1).collect(), &config),
        made("forty-items", forty_items(), &config),
        made("long-titles", long_titles(), &config),
        made("colophon-fits", solid(LINES_THAT_FIT), &config),
        made("colophon-moves", solid(LINES_THAT_FIT + 1), &config),
    ]
}

fn made(name: &'static str, items: Vec<Item>, config: &Config) -> Made {
    illustrated(name, items, &Pictures::default(), config)
}

fn illustrated(name: &'static str, items: Vec<Item>, pictures: &Pictures, config: &Config) -> Made {
    let (number, date) = (config.issue.number, config.issue.date);
    let numbered = Numbered {
        number: number.expect("in the sample"),
        cumulative: config.issue.cumulative,
        date: date.expect("in the sample"),
        supplement: false,
    };
    let composed = compose(items, pictures, numbered, config).expect("there are items");
    Made { name, issue: composed.issue, docx: composed.bytes, pictures: Vec::new() }
}

/// The items of the published issue.
fn seed_items() -> Vec<Item> {
    let truth = truth();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let items = truth["items"].as_array().expect("a list").iter();
    items
        .map(|item| Item {
            title: Some(text(&item["title"])).filter(|title| !title.is_empty()),
            ..plain(
                &text(&item["id"]),
                &text(&item["section"]),
                &text(&item["body"]),
                &text(&item["attribution"]),
            )
        })
        .collect()
}

fn plain(id: &str, section: &str, body: &str, from: &str) -> Item {
    Item {
        id: id.to_owned(),
        section: Some(section.to_owned()),
        paragraphs: vec![Paragraph { text: body.to_owned(), at: Vec::new() }],
        attribution: Some(Attribution { printed: from.to_owned(), contributors: Vec::new() }),
        ..Item::default()
    }
}

/// The sentences of the seed, one after the other without end.
fn sentences() -> impl Iterator<Item = String> {
    let bodies: String = seed_items().iter().map(Item::body).collect();
    let sentences: Vec<String> = bodies.split_inclusive('。').map(str::to_owned).collect();
    sentences.into_iter().cycle()
}

/// The Chinese characters of the seed without marks and numbers, one after the other without end.
fn characters() -> impl Iterator<Item = char> {
    let bodies: String = seed_items().iter().map(Item::body).collect();
    let characters: Vec<char> = bodies.chars().filter(|c| ('\u{4E00}'..='\u{9FFF}').contains(c)).collect();
    characters.into_iter().cycle()
}

/// Titles and texts of many lengths, so that pages end at every place of an item.
fn forty_items() -> Vec<Item> {
    let mut sentences = sentences();
    let mut titles = characters();
    let mut items = Vec::new();
    for number in 0..40 {
        let section = ["news", "brief", "digest"][number % 3];
        let body: String = sentences.by_ref().take(1 + number % 4).collect();
        let title: String = titles.by_ref().take(6 + number).collect();
        let title = (section != "brief").then_some(title);
        items.push(Item { title, ..plain(&format!("item-{number}"), section, &body, "区残联") });
    }
    items
}

/// Titles of 60 characters, from two offices.
fn long_titles() -> Vec<Item> {
    let mut sentences = sentences();
    let mut titles = characters();
    let from = "区市场监管局、区住房和建设委员会";
    let item = |number| {
        let body: String = sentences.by_ref().take(5).collect();
        let title = Some(titles.by_ref().take(60).collect());
        Item { title, ..plain(&format!("item-{number}"), "news", &body, from) }
    };
    (0..6).map(item).collect()
}

/// Nothing that is listed in the contents.
fn briefs() -> Vec<Item> {
    let mut sentences = sentences();
    let item = |number: usize| {
        let body: String = sentences.by_ref().take(1 + number % 3).collect();
        plain(&format!("item-{number}"), "brief", &body, "区统计局")
    };
    (0..9).map(item).collect()
}

/// A brief of so many lines, all full and all of Chinese characters.
fn solid(lines: usize) -> Vec<Item> {
    // The bullet and its blank are in the first line, the attribution has a line of its own.
    let body = characters().take(FIRST_LINE - 2 + (lines - 1) * LINE).collect::<String>();
    vec![plain("solid", "brief", &body, "区统计局")]
}

/// The sample with titles in lines of their own.
fn own_line() -> Config {
    let mut config = config();
    config.style.titles = Titles::OwnLine;
    config
}

/// Rows and columns of the tables: narrow ones, wide ones, the most columns that are printed, and one that is
/// longer than a page.
const TABLES: [(usize, usize); 6] = [(4, 2), (6, 5), (5, 9), (5, 14), (4, 30), (60, 4)];

/// Items with a table each, all with text enough that pages of text alone are between them.
fn with_tables() -> Vec<Item> {
    let mut sentences = sentences();
    let mut titles = characters();
    let item = |(number, (rows, columns)): (usize, (usize, usize))| {
        let body: String = sentences.by_ref().take(22).collect();
        let title = Some(titles.by_ref().take(20).collect());
        let tables = vec![table(rows, columns)];
        Item { title, tables, ..plain(&format!("item-{number}"), "news", &body, "区残联") }
    };
    TABLES.into_iter().enumerate().map(item).collect()
}

/// A table of short and, where there are few columns, long cells.
pub fn table(rows: usize, columns: usize) -> Table {
    let mut characters = characters();
    let mut cell = |row: usize, column: usize| match column {
        _ if row == 0 => characters.by_ref().take(2).collect(),
        0 => row.to_string(),
        1 if columns < 10 => characters.by_ref().take(3 + row * 17 % 40).collect(),
        _ => format!("{}", row * 7 % 10),
    };
    Table { rows: (0..rows).map(|row| (0..columns).map(|column| cell(row, column)).collect()).collect() }
}

/// Width and height of pictures in pixels, and whether they are JPEG: small, as wide as the page and wider,
/// higher than a page, a line, square.
const PICTURES: [(u32, u32, bool); 7] = [
    (120, 90, false),
    (640, 480, true),
    (1200, 300, false),
    (300, 1200, true),
    (800, 800, false),
    (900, 12, false),
    (590, 420, true),
];

/// Items with a picture each, and one with several.
fn with_pictures(name: &'static str, config: &Config) -> Made {
    let mut sentences = sentences();
    let mut pictures = Pictures::default();
    let mut images: Vec<Image> = PICTURES.map(|picture| add(&mut pictures, picture)).into();
    let last = images.split_off(4);
    let mut item = |number: usize, images: Vec<Image>| {
        let body: String = sentences.by_ref().take(9).collect();
        Item { images, ..plain(&format!("item-{number}"), "news", &body, "区住建委") }
    };
    let items = images.into_iter().map(|image| vec![image]).chain([last]);
    let items: Vec<Item> = items.enumerate().map(|(number, images)| item(number, images)).collect();
    let sizes = PICTURES.map(|(width, height, _)| (width, height)).into();
    Made { pictures: sizes, ..illustrated(name, items, &pictures, config) }
}

/// Draws a picture whose pixels are all different from its neighbours', so that no format makes it smaller.
pub fn add(pictures: &mut Pictures, (width, height, is_jpeg): (u32, u32, bool)) -> Image {
    let drawn = image::RgbImage::from_fn(width, height, |x, y| {
        image::Rgb([(x % 256) as u8, (y % 256) as u8, ((x + y) % 256) as u8])
    });
    let format = if is_jpeg { image::ImageFormat::Jpeg } else { image::ImageFormat::Png };
    let mut bytes = Cursor::new(Vec::new());
    drawn.write_to(&mut bytes, format).expect("a picture");
    let bytes = bytes.into_inner();
    let drawn = Image {
        name: format!("{width}x{height}"),
        bytes: bytes.len() as u64,
        hash: Some(SourceId::of(&bytes)),
    };
    pictures.add(bytes);
    drawn
}

/// The sample with so many names that every list of the colophon has several lines.
fn many_names() -> Config {
    let mut config = config();
    let colophon = &mut config.bulletin.colophon;
    let mut characters = characters();
    let mut names = |count: usize, length: usize| -> Vec<String> {
        (0..count).map(|_| characters.by_ref().take(length).collect()).collect()
    };
    colophon.submit = names(9, 7);
    colophon.send = names(12, 8);
    colophon.distribute = names(20, 6);
    colophon.editors = names(16, 3);
    colophon.copies = Some(120);
    config
}
