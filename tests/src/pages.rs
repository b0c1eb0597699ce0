//! Pages as LibreOffice prints them, measured: words by poppler, baselines and rules by `pdf-text`,
//! the ink of the page number by poppler's picture. Millimetres from the paper's top left corner.

use std::path::Path;
use std::process::Command;

use jianbao_pdf_text as pdf;
use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

use crate::made::Made;

/// Millimetres of a point.
const POINT: f64 = 25.4 / 72.0;

/// Rules of one table are no further apart, in mm; two tables have 2.5 mm between them.
const TOUCHING: f64 = 0.7;

/// Dots per inch of the strip in which the ink of page numbers is looked for.
const DOTS: f64 = 300.0;

/// A box on the page.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Area {
    /// Left edge.
    pub left: f64,
    /// Top edge.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Bottom edge.
    pub bottom: f64,
}

impl Area {
    /// From edge to edge.
    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    /// From edge to edge.
    pub fn height(&self) -> f64 {
        self.bottom - self.top
    }

    /// The box around both.
    fn around(&self, other: &Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    fn of(rect: &pdf::Rect) -> Self {
        Self {
            left: f64::from(rect.x0) * POINT,
            top: f64::from(rect.y0) * POINT,
            right: f64::from(rect.x1) * POINT,
            bottom: f64::from(rect.y1) * POINT,
        }
    }

    /// Whether both cover a common place, edges apart.
    pub fn meets(&self, other: &Self) -> bool {
        let over = |a: f64, b: f64| a + 0.1 < b;
        over(self.left, other.right)
            && over(other.left, self.right)
            && over(self.top, other.bottom)
            && over(other.top, self.bottom)
    }
}

/// What stands on one baseline.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// Its text without white space.
    pub text: String,
    /// The box around it.
    pub area: Area,
    /// The boxes of its parts, which have wide gaps between them.
    pub parts: Vec<Area>,
    /// The boxes of its words: what no gap divides.
    pub words: Vec<Area>,
    /// Where its characters stand.
    pub baseline: f64,
}

/// A printed page.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// Width of the paper.
    pub width: f64,
    /// Height of the paper.
    pub height: f64,
    /// From top to bottom.
    pub lines: Vec<Line>,
    /// Thin strokes and bars outside of tables, from top to bottom.
    pub rules: Vec<Area>,
    /// The rules of tables.
    pub grid: Vec<Area>,
    /// Pictures, from top to bottom.
    pub pictures: Vec<Area>,
    /// Pixels to the inch of the pictures, across and down.
    pub resolutions: Vec<(f64, f64)>,
    /// The ink of the page number's dashes, which are the lowest thing on the page: top and bottom.
    pub dashes: Option<(f64, f64)>,
}

impl Page {
    /// Where the tables are, from top to bottom, by the rules that go down in them.
    pub fn tables(&self) -> Vec<Area> {
        tables(&self.grid)
    }

    /// Whether a line is in a table.
    pub fn is_tabular(&self, line: &Line) -> bool {
        let middle = (line.area.top + line.area.bottom) / 2.0;
        self.tables().iter().any(|table| (table.top..table.bottom).contains(&middle))
    }

    /// Where tables and pictures are.
    pub fn attached(&self) -> Vec<Area> {
        [self.tables(), self.pictures.clone()].concat()
    }
}

/// Rules that go down, those that touch each other as one.
fn tables(rules: &[Area]) -> Vec<Area> {
    let mut down: Vec<Area> = rules.iter().copied().filter(|rule| rule.height() > rule.width()).collect();
    down.sort_by(|a, b| a.top.total_cmp(&b.top));
    let mut all: Vec<Area> = Vec::new();
    for rule in down {
        match all.last_mut() {
            Some(table) if rule.top <= table.bottom + TOUCHING => *table = table.around(&rule),
            _ => all.push(rule),
        }
    }
    all
}

/// Prints all issues with one start of LibreOffice, and measures them.
pub fn print(issues: &[Made]) -> Vec<Vec<Page>> {
    let folder = tempfile::tempdir().expect("a folder");
    let mut command = Command::new("soffice");
    command.arg(format!("-env:UserInstallation=file://{}", folder.path().join("profile").display()));
    command.args(["--headless", "--convert-to", "pdf", "--outdir"]).arg(folder.path());
    for made in issues {
        let path = folder.path().join(made.name).with_extension("docx");
        std::fs::write(&path, &made.docx).expect("writable");
        command.arg(path);
    }
    output(&mut command);
    issues.iter().map(|made| measure(&folder.path().join(made.name).with_extension("pdf"))).collect()
}

/// What a program writes to its standard output.
fn output(command: &mut Command) -> Vec<u8> {
    let program = command.get_program().display().to_string();
    let done =
        command.output().unwrap_or_else(|error| panic!("{program}: {error}; scripts/test installs it"));
    assert!(done.status.success(), "{program}: {}", String::from_utf8_lossy(&done.stderr));
    done.stdout
}

fn measure(path: &Path) -> Vec<Page> {
    let boxes = output(Command::new("pdftotext").arg("-bbox-layout").arg(path).arg("-"));
    let mut pages = words(&String::from_utf8(boxes).expect("UTF-8"));
    let bytes = std::fs::read(path).expect("LibreOffice prints the issue");
    let document = pdf::extract(&bytes, &pdf::Limits::default()).expect("a PDF");
    assert_eq!(document.pages.len(), pages.len(), "{}", path.display());
    for (page, extracted) in pages.iter_mut().zip(&document.pages) {
        complete(page, extracted);
    }
    for (page, strip) in pages.iter_mut().zip(strips(path)) {
        page.dashes = strip;
    }
    for (number, resolution) in resolutions(path) {
        pages[number - 1].resolutions.push(resolution);
    }
    pages
}

/// Every picture's page from 1, and its pixels to the inch across and down, by poppler's list of columns:
/// page, number, type, …, x-ppi and y-ppi as the 13th and 14th.
fn resolutions(path: &Path) -> Vec<(usize, (f64, f64))> {
    let list = output(Command::new("pdfimages").arg("-list").arg(path));
    let list = String::from_utf8(list).expect("UTF-8");
    let rows = list.lines().skip(2).map(|row| row.split_whitespace().collect::<Vec<_>>());
    let pictures = rows.filter(|row| row[2] == "image");
    let number = |text: &str| text.parse::<f64>().expect("a number");
    pictures.map(|row| (number(row[0]) as usize, (number(row[12]), number(row[13])))).collect()
}

/// The lines of all pages from poppler's boxes.
fn words(xml: &str) -> Vec<Page> {
    let mut pages: Vec<Page> = Vec::new();
    let mut reader = Reader::from_str(xml);
    let mut inside = false;
    let add = |pages: &mut Vec<Page>, text: &str| {
        let line = pages.last_mut().and_then(|page| page.lines.last_mut()).expect("words are in lines");
        line.text.push_str(text);
    };
    loop {
        match reader.read_event().expect("poppler writes XML") {
            Event::Eof => return pages,
            Event::Start(tag) => match tag.name().as_ref() {
                "page" => pages.push(Page {
                    width: number(&tag, "width"),
                    height: number(&tag, "height"),
                    ..Page::default()
                }),
                "line" => {
                    let line = Line { area: area(&tag), parts: vec![area(&tag)], ..Line::default() };
                    pages.last_mut().expect("lines are in pages").lines.push(line);
                }
                name => {
                    inside = name == "word";
                    if inside {
                        let line = pages.last_mut().and_then(|page| page.lines.last_mut());
                        line.expect("words are in lines").words.push(area(&tag));
                    }
                }
            },
            Event::End(_) => inside = false,
            Event::Text(text) if inside => add(&mut pages, &text),
            Event::GeneralRef(name) if inside => {
                add(&mut pages, resolve_predefined_entity(&name).expect("poppler uses no others"));
            }
            _ => {}
        }
    }
}

fn number(tag: &BytesStart, name: &str) -> f64 {
    let attribute =
        tag.try_get_attribute(name).expect("poppler writes XML").expect("poppler gives all edges");
    let value: f64 = attribute.value.parse().expect("a number");
    value * POINT
}

fn area(tag: &BytesStart) -> Area {
    Area {
        left: number(tag, "xMin"),
        top: number(tag, "yMin"),
        right: number(tag, "xMax"),
        bottom: number(tag, "yMax"),
    }
}

/// Adds baselines and rules, and brings the lines into order.
fn complete(page: &mut Page, extracted: &pdf::Page) {
    for line in &mut page.lines {
        let middle = (line.area.top + line.area.bottom) / 2.0;
        let spans = extracted.lines.iter().flat_map(|line| &line.spans).filter(|span| {
            let (top, bottom) = (f64::from(span.bounds.y0) * POINT, f64::from(span.bounds.y1) * POINT);
            let (left, right) = (f64::from(span.bounds.x0) * POINT, f64::from(span.bounds.x1) * POINT);
            (top..bottom).contains(&middle) && left < line.area.right && right > line.area.left
        });
        // A span's box is as high as its size, with 0.12 of it below the baseline.
        let baselines = spans.map(|span| f64::from(span.bounds.y1 - 0.12 * span.bounds.height()) * POINT);
        line.baseline = baselines.fold(f64::NAN, f64::max);
    }
    page.lines.sort_by(|a, b| {
        let apart = (a.baseline - b.baseline).abs() > 1.0;
        if apart { a.baseline.total_cmp(&b.baseline) } else { a.area.left.total_cmp(&b.area.left) }
    });
    page.lines = joined(std::mem::take(&mut page.lines));
    let mut rules: Vec<Area> = extracted.rules.iter().map(Area::of).collect();
    rules.sort_by(|a, b| a.top.total_cmp(&b.top));
    // LibreOffice draws a border twice.
    rules.dedup();
    let tables = tables(&rules);
    let in_table = |rule: &Area| {
        tables.iter().any(|table| rule.top >= table.top - TOUCHING && rule.bottom <= table.bottom + TOUCHING)
    };
    (page.grid, page.rules) = rules.into_iter().partition(in_table);
    page.pictures = extracted.images.iter().map(|image| Area::of(&image.bounds)).collect();
    page.pictures.sort_by(|a, b| a.top.total_cmp(&b.top));
}

/// Lines of which each stands on a baseline of its own.
fn joined(parts: Vec<Line>) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for part in parts {
        match lines.last_mut() {
            Some(line) if (line.baseline - part.baseline).abs() < 0.3 => {
                line.text.push_str(&part.text);
                line.parts.extend(part.parts);
                line.words.extend(part.words);
                line.area.left = line.area.left.min(part.area.left);
                line.area.right = line.area.right.max(part.area.right);
            }
            _ => lines.push(part),
        }
    }
    lines
}

/// The ink of the dashes on every page, from pictures of what is below the type area.
fn strips(path: &Path) -> Vec<Option<(f64, f64)>> {
    const TOP: f64 = 262.5;
    const HEIGHT: f64 = 30.0;
    let dots = |length: f64| (length / 25.4 * DOTS).round();
    let (top, height) = (dots(TOP), dots(HEIGHT));
    let mut command = Command::new("pdftoppm");
    for (option, value) in [("-r", DOTS), ("-y", top), ("-H", height)] {
        command.args([option.to_owned(), value.to_string()]);
    }
    let pictures = output(command.arg("-gray").arg(path));
    let mut rest = pictures.as_slice();
    let mut all = Vec::new();
    while let Some((width, rows)) = picture(&mut rest) {
        all.push(dashes(width, rows).map(|(first, last)| {
            let length = |dots: usize| (top + dots as f64) / DOTS * 25.4;
            (length(first), length(last + 1))
        }));
    }
    all
}

/// Takes a binary PGM off a stream of them: its width and its samples.
fn picture<'a>(rest: &mut &'a [u8]) -> Option<(usize, &'a [u8])> {
    let mut numbers = Vec::new();
    let mut at = rest.strip_prefix(b"P5")?;
    while numbers.len() < 3 {
        let end = at.iter().skip(1).position(u8::is_ascii_whitespace)? + 1;
        numbers.push(std::str::from_utf8(&at[..end]).ok()?.trim().parse::<usize>().ok()?);
        at = &at[end..];
    }
    let (samples, after) = at[1..].split_at(numbers[0] * numbers[1]);
    *rest = after;
    Some((numbers[0], samples))
}

/// First and last row of the first dash: the longest run of columns with the same ink.
fn dashes(width: usize, samples: &[u8]) -> Option<(usize, usize)> {
    let dark = |sample: &u8| *sample < 128;
    let rows = samples.len() / width;
    let column = |x: usize| -> Vec<usize> { (0..rows).filter(|y| dark(&samples[y * width + x])).collect() };
    let mut run: Option<(usize, Vec<usize>)> = None;
    let mut best: Option<(usize, Vec<usize>)> = None;
    for x in 0..width {
        let ink = column(x);
        run = match run {
            Some((start, first)) if first == ink => Some((start, first)),
            _ => (!ink.is_empty()).then_some((x, ink)),
        };
        if let Some((start, ink)) = &run
            && best.as_ref().is_none_or(|(length, _)| x - start > *length)
        {
            best = Some((x - start, ink.clone()));
        }
    }
    let (length, ink) = best?;
    // A dash is wider than a third of a 14 pt character.
    if (length as f64) < 14.0 / 3.0 / 72.0 * DOTS {
        return None;
    }
    Some((*ink.first()?, *ink.last()?))
}
