//! `[layout]`: page, faces and sizes; what is not written is as GB/T 9704-2012 has it.

use jianbao_publish::length::{self, millimetres_to};
use jianbao_publish::{
    ColophonPlace, Contents, Faces, Head, Misfit, Page, Parts, Points, Sizes, Style, Titles,
};

use super::Config;
use super::reader::{MistakeKind, Reader};

/// Lengths of a page are below this many millimetres.
const LONGEST: f64 = 1000.0;

/// The Chinese names of sizes, in half-points.
const SIZES: [(&str, u32); 13] = [
    ("初号", 84),
    ("小初", 72),
    ("一号", 52),
    ("小一", 48),
    ("二号", 44),
    ("小二", 36),
    ("三号", 32),
    ("小三", 30),
    ("四号", 28),
    ("小四", 24),
    ("五号", 21),
    ("小五", 18),
    ("六号", 15),
];

/// The layouts: what each says is a layer of the configuration, so that every key of it can be changed.
const LAYOUTS: [(&str, &str); 3] = [
    ("gusu", include_str!("layouts/gusu.toml")),
    ("gb9704", include_str!("layouts/gb9704.toml")),
    ("brief", include_str!("layouts/brief.toml")),
];

const HEADS: [(&str, Head); 2] = [("masthead", Head::Masthead), ("title", Head::Title)];
const CONTENTS: [(&str, Contents); 3] =
    [("none", Contents::None), ("titles", Contents::Titles), ("pages", Contents::Pages)];
const COLOPHONS: [(&str, ColophonPlace); 3] = [
    ("none", ColophonPlace::None),
    ("last-page", ColophonPlace::LastPage),
    ("even-page", ColophonPlace::EvenPage),
];
const TITLES: [(&str, Titles); 2] = [("run-in", Titles::RunIn), ("own-line", Titles::OwnLine)];
const POINTS: [(&str, Points); 2] = [("plain", Points::Plain), ("kai", Points::Kai)];

/// What the layout of that name says, as TOML.
pub(super) fn compiled_in(name: &str) -> Option<&'static str> {
    LAYOUTS.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

/// Reads the name of the layout.
pub(super) fn read_name(layout: &Reader<'_>) -> String {
    layout.choice("name", &LAYOUTS.map(|(name, _)| (name, name))).unwrap_or_default().to_owned()
}

/// Reads the look of an issue out of `[layout]`; a page that does not hold its lines is a mistake.
pub(super) fn read(layout: &Reader<'_>) -> Style {
    let page = layout.table("page");
    let style = Style {
        page: read_page(&page),
        faces: read_faces(layout.table("fonts")),
        sizes: read_sizes(layout.table("sizes")),
        parts: Parts {
            head: layout.choice("head", &HEADS).unwrap_or_default(),
            contents: layout.choice("contents", &CONTENTS).unwrap_or_default(),
            sections: layout.boolean("sections").unwrap_or(true),
            signature: layout.boolean("signature").unwrap_or(false),
            colophon: layout.choice("colophon", &COLOPHONS).unwrap_or_default(),
        },
        titles: layout.choice("titles", &TITLES).unwrap_or_default(),
        points: layout.choice("points", &POINTS).unwrap_or_default(),
    };
    for misfit in style.misfits() {
        // The line of the file that most likely is to be changed.
        let key = match misfit {
            Misfit::Lines { .. } => "line",
            Misfit::Characters { .. } => "character_spacing",
            Misfit::Footer { .. } => "footer",
        };
        page.mistake_at(key, MistakeKind::Misfit(misfit));
    }
    page.finish();
    style
}

/// `[layout]` written out, with every key, its value and the id of the sentence that explains it.
pub fn written(config: &Config) -> Vec<(&'static str, String, &'static str)> {
    let Style { page, faces, sizes, parts, titles, points: headings } = &config.style;
    let usual = Page::default();
    let quoted = |text: &str| format!("{text:?}");
    vec![
        ("layout.name", quoted(&config.layout), "layout-name"),
        ("layout.items", config.most_items.to_string(), "layout-items"),
        ("layout.join_paragraphs", config.join_paragraphs.to_string(), "layout-join"),
        ("layout.head", word(&HEADS, parts.head), "layout-head"),
        ("layout.contents", word(&CONTENTS, parts.contents), "layout-contents"),
        ("layout.sections", parts.sections.to_string(), "layout-sections"),
        ("layout.titles", word(&TITLES, *titles), "layout-titles"),
        ("layout.points", word(&POINTS, *headings), "layout-points"),
        ("layout.signature", parts.signature.to_string(), "layout-signature"),
        ("layout.colophon", word(&COLOPHONS, parts.colophon), "layout-colophon"),
        ("layout.page.width", millimetres(page.width, usual.width), "layout-width"),
        ("layout.page.height", millimetres(page.height, usual.height), "layout-height"),
        ("layout.page.top", millimetres(page.top, usual.top), "layout-top"),
        ("layout.page.bottom", millimetres(page.bottom, usual.bottom), "layout-bottom"),
        ("layout.page.left", millimetres(page.left, usual.left), "layout-left"),
        ("layout.page.right", millimetres(page.right, usual.right), "layout-right"),
        ("layout.page.mirrored", page.mirrored.to_string(), "layout-mirrored"),
        ("layout.page.footer", millimetres(page.footer, usual.footer), "layout-footer"),
        ("layout.page.line", points(page.line.cast_signed()), "layout-line"),
        ("layout.page.lines", page.lines.to_string(), "layout-lines"),
        ("layout.page.characters", page.characters.to_string(), "layout-characters"),
        ("layout.page.character_spacing", points(page.character_spacing), "layout-spacing"),
        ("layout.fonts.name", quoted(&faces.name), "layout-font-name"),
        ("layout.fonts.body", quoted(&faces.body), "layout-font-body"),
        ("layout.fonts.edition", quoted(&faces.edition), "layout-font-edition"),
        ("layout.fonts.title", quoted(&faces.title), "layout-font-title"),
        ("layout.fonts.headline", quoted(&faces.headline), "layout-font-headline"),
        ("layout.fonts.number", quoted(&faces.number), "layout-font-number"),
        ("layout.fonts.latin", quoted(&faces.latin), "layout-font-latin"),
        ("layout.fonts.red", quoted(&faces.red), "layout-red"),
        ("layout.sizes.name", size_name(sizes.name), "layout-size-name"),
        ("layout.sizes.edition", size_name(sizes.edition), "layout-size-edition"),
        ("layout.sizes.body", size_name(sizes.body), "layout-size-body"),
        ("layout.sizes.headline", size_name(sizes.headline), "layout-size-headline"),
        ("layout.sizes.colophon", size_name(sizes.colophon), "layout-size-colophon"),
        ("layout.sizes.colophon_line", points(sizes.colophon_line.cast_signed()), "layout-colophon-line"),
        ("layout.sizes.number", size_name(sizes.number), "layout-size-number"),
        ("layout.sizes.table", size_name(sizes.table), "layout-size-table"),
        ("layout.sizes.dense_table", size_name(sizes.dense_table), "layout-size-dense-table"),
    ]
}

/// The word that is read as this meaning.
fn word<T: Copy + PartialEq>(words: &[(&str, T)], meaning: T) -> String {
    let found = words.iter().find(|(_, known)| *known == meaning);
    format!("{:?}", found.map_or("", |(word, _)| word))
}

/// The shortest number of millimetres that is read as this length where `usual` is the usual one.
fn millimetres(twips: u32, usual: u32) -> String {
    let written = |digits: usize| format!("{}mm", millimetres_to(twips, digits));
    // A twip is more than a hundredth of a millimetre.
    let short = (0..2).map(written).find(|text| page_length(text, usual) == Some(twips));
    format!("{:?}", short.unwrap_or_else(|| written(2)))
}

fn points(twips: i32) -> String {
    format!("\"{}pt\"", length::points(twips))
}

fn size_name(half_points: u32) -> String {
    let name = SIZES.iter().find(|(_, size)| *size == half_points);
    name.map_or_else(|| format!("\"{}pt\"", f64::from(half_points) / 2.0), |(name, _)| format!("{name:?}"))
}

fn read_page(table: &Reader<'_>) -> Page {
    let usual = Page::default();
    let margin = |key, usual| table.parsed(key, "length", |text| page_length(text, usual)).unwrap_or(usual);
    let count = |key, usual: u32| {
        table.integer(key, 1..=200).and_then(|count| u32::try_from(count).ok()).unwrap_or(usual)
    };
    Page {
        width: margin("width", usual.width),
        height: margin("height", usual.height),
        top: margin("top", usual.top),
        left: margin("left", usual.left),
        right: margin("right", usual.right),
        bottom: margin("bottom", usual.bottom),
        footer: margin("footer", usual.footer),
        line: table.parsed("line", "length", length).unwrap_or(usual.line),
        lines: count("lines", usual.lines),
        characters: count("characters", usual.characters),
        character_spacing: table
            .parsed("character_spacing", "length", signed_length)
            .unwrap_or(usual.character_spacing),
        mirrored: table.boolean("mirrored").unwrap_or(usual.mirrored),
    }
}

fn read_faces(table: Reader<'_>) -> Faces {
    let usual = Faces::default();
    let face = |key, usual| table.text(key).filter(|name| !name.is_empty()).unwrap_or(usual);
    let faces = Faces {
        name: face("name", usual.name),
        body: face("body", usual.body),
        edition: face("edition", usual.edition),
        title: face("title", usual.title),
        headline: face("headline", usual.headline),
        number: face("number", usual.number),
        latin: face("latin", usual.latin),
        red: table.parsed("red", "colour", colour).unwrap_or(usual.red),
    };
    table.finish();
    faces
}

fn read_sizes(table: Reader<'_>) -> Sizes {
    let usual = Sizes::default();
    let size = |key, usual| table.parsed(key, "size", size).unwrap_or(usual);
    let sizes = Sizes {
        name: size("name", usual.name),
        edition: size("edition", usual.edition),
        body: size("body", usual.body),
        headline: size("headline", usual.headline),
        colophon: size("colophon", usual.colophon),
        colophon_line: table.parsed("colophon_line", "length", length).unwrap_or(usual.colophon_line),
        number: size("number", usual.number),
        table: size("table", usual.table),
        dense_table: size("dense_table", usual.dense_table),
    };
    table.finish();
    sizes
}

/// A length in twips: `37mm`, `2.5cm`, `28.95pt`, with the units' Chinese names too.
fn length(text: &str) -> Option<u32> {
    signed_length(text).and_then(|twips| u32::try_from(twips).ok()).filter(|twips| *twips > 0)
}

/// A length of the page. One within a twip (0.02 mm) of the usual one is that: 28mm are 1587.4 twips, and
/// Word writes 1588 for them.
fn page_length(text: &str, usual: u32) -> Option<u32> {
    length(text).map(|twips| if twips.abs_diff(usual) <= 1 { usual } else { twips })
}

fn signed_length(text: &str) -> Option<i32> {
    let units =
        [("mm", 1.0), ("毫米", 1.0), ("cm", 10.0), ("厘米", 10.0), ("pt", 25.4 / 72.0), ("磅", 25.4 / 72.0)];
    let (number, millimetres) =
        units.iter().find_map(|(unit, size)| Some((text.strip_suffix(unit)?, *size)))?;
    let length = number.trim().parse::<f64>().ok()? * millimetres;
    // A twip is a twentieth of a point; the bound makes the conversion exact.
    (length.abs() <= LONGEST).then(|| (length * 1440.0 / 25.4).round() as i32)
}

/// A size in half-points: `三号`, `16pt`.
fn size(text: &str) -> Option<u32> {
    let named = SIZES.iter().find(|(name, _)| *name == text).map(|(_, size)| *size);
    // From 5 pt to 100 pt, in steps of half a point.
    named.or_else(|| length(text).map(|twips| twips / 10).filter(|size| (10..=200).contains(size)))
}

/// Six hexadecimal digits, `#` before them or not.
fn colour(text: &str) -> Option<String> {
    let digits = text.strip_prefix('#').unwrap_or(text);
    let legal = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    legal.then(|| digits.to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::Layers;
    use super::*;

    fn layers(layout: &str) -> Layers {
        Layers::new(Some(&format!("[bulletin]\nname = \"x\"\n{layout}")), Path::new(""))
    }

    fn mistakes(layout: &str) -> Vec<String> {
        let wrong = layers(layout).config().expect_err("the text has mistakes");
        wrong.iter().map(|m| format!("{:?} {} {:?}", m.layer, m.key, m.kind)).collect()
    }

    #[test]
    fn lengths_and_sizes_have_units() {
        assert_eq!(
            ["37mm", "3.7 cm", "37毫米", "28.95pt", "28.95磅"].map(length).map(Option::unwrap),
            [2098, 2098, 2098, 579, 579]
        );
        assert_eq!(["37", "-1mm", "0mm", "1e9mm", "NaNmm", "infpt", "mm"].map(length), [None; 7]);
        assert_eq!(signed_length("-0.25pt"), Some(-5));
        assert_eq!(
            ["三号", "16pt", "10.5pt", "900pt", "大号"].map(size),
            [Some(32), Some(32), Some(21), None, None]
        );
        assert_eq!(colour("#ff0000").as_deref(), Some("FF0000"));
        assert_eq!(colour("红色"), None);
    }

    #[test]
    fn the_compiled_in_page_is_that_of_the_standard() {
        assert_eq!(layers("").config().expect("no mistakes").style, Style::default());
    }

    #[test]
    fn what_is_shown_is_read_again() {
        let page = Page { top: 1801, left: 1588, line: 577, mirrored: false, ..Page::default() };
        let sizes = Sizes { body: 31, ..Sizes::default() };
        let parts = Parts {
            head: Head::Title,
            contents: Contents::Pages,
            sections: false,
            signature: true,
            colophon: ColophonPlace::EvenPage,
        };
        let other =
            Style { page, sizes, parts, titles: Titles::OwnLine, points: Points::Kai, ..Style::default() };
        for style in [Style::default(), other] {
            let config = Config { style, ..layers("").config().expect("no mistakes") };
            let options = written(&config).into_iter().map(|(key, value, _)| (key.to_owned(), value));
            let read = layers("").with_options(options).config().expect("no mistakes").style;
            assert_eq!(read, config.style);
        }
    }

    #[test]
    fn a_layout_is_a_layer_below_the_file() {
        let text = "layout = \"gb9704\"\n[bulletin]\nname = \"x\"\n";
        let layers = Layers::new(Some(text), Path::new(""));
        let config = layers.config().expect("no mistakes");
        assert_eq!((config.layout.as_str(), config.style.parts.head), ("gb9704", Head::Title));
        assert_eq!((config.style.sizes.headline, config.join_paragraphs), (44, false));
        let again = layers.with_options([("layout".to_owned(), "brief".to_owned())]);
        assert_eq!(again.config().expect("no mistakes").most_items, 1);
        let own = "[layout]\nname = \"brief\"\nitems = 3\nsizes.headline = \"小二\"\n";
        let config = self::layers(own).config().expect("no mistakes");
        assert_eq!((config.most_items, config.style.sizes.headline), (3, 36));
        assert_eq!(
            mistakes("[layout]\nname = \"x\"\n"),
            ["File { line: 4 } layout.name Choice { allowed: \"gusu, gb9704, brief\" }"]
        );
    }

    #[test]
    fn the_usual_page_is_written_in_whole_millimetres_and_every_other_length_exactly() {
        let shown = |key: &str| {
            let all = written(&layers("").config().expect("no mistakes")).into_iter();
            all.filter(|(name, ..)| *name == key).map(|(_, value, _)| value).collect::<String>()
        };
        let keys = ["width", "height", "top", "bottom", "left", "right", "footer"];
        let millimetres = keys.map(|key| shown(&format!("layout.page.{key}")));
        assert_eq!(millimetres.join(" ").replace('"', ""), "210mm 297mm 37mm 35mm 28mm 26mm 25mm");
        for twips in (1_u32..3000).filter(|twips| twips.abs_diff(1588) > 1) {
            let text = super::millimetres(twips, 1588);
            assert_eq!(page_length(text.trim_matches('"'), 1588), Some(twips), "{text}");
        }
    }

    #[test]
    fn what_is_written_holds() {
        let text = "[layout]\ntitles = \"own-line\"\n[layout.page]\ntop = \"33mm\"\nlines = 21\nline = \"29pt\"\n\
                    [layout.fonts]\nbody = \"仿宋\"\n[layout.sizes]\ncolophon = \"小四\"\n";
        let style = layers(text).config().expect("no mistakes").style;
        assert_eq!((style.titles, style.page.top, style.page.line), (Titles::OwnLine, 1871, 580));
        assert_eq!((style.faces.body.as_str(), style.sizes.colophon), ("仿宋", 24));
    }

    #[test]
    fn a_page_that_does_not_hold_its_lines_is_a_mistake() {
        assert_eq!(
            mistakes("[layout.page]\nline = \"29pt\"\n"),
            [
                "File { line: 4 } layout.page.line Misfit(Lines { wanted: 22, fit: 21, room: 12756, pitch: 579 })"
            ]
        );
        assert_eq!(
            mistakes("[layout.page]\ntop = 37\nfoot = \"1mm\"\n"),
            [
                "File { line: 4 } layout.page.top Type { expected: \"length\" }",
                "File { line: 5 } layout.page.foot Unknown { nearest: Some(\"footer\") }",
            ]
        );
        assert_eq!(
            mistakes("[layout]\ntitles = \"above\"\n"),
            ["File { line: 4 } layout.titles Choice { allowed: \"run-in, own-line\" }"]
        );
    }
}
