//! The printed page: issues drawn by LibreOffice and measured against GB/T 9704-2012.
//!
//! What LibreOffice does of its own is allowed here, and only here, under a name: [`HANGING`] and
//! [`DROPPED`].

use std::collections::BTreeSet;

use jianbao_publish::{Pictures, Style, render};
use jianbao_tests::made::{Made, Source, add, issues, paragraphs, table};
use jianbao_tests::pages::{Area, Line, Page, print};

/// How far a measure may be off, in mm.
const CLOSE: f64 = 0.5;
/// Paper (5.1), type area (版心) and its white (5.2.1), in mm.
const PAPER: (f64, f64) = (210.0, 297.0);
const TOP: f64 = 37.0;
const BOTTOM: f64 = 262.0;
const WIDTH: f64 = 156.0;
const INSIDE: f64 = 28.0;
const OUTSIDE: f64 = 26.0;
/// Lines of a page and characters of a line (5.2.3).
const ROWS: usize = 22;
const CHARACTERS: usize = 28;
/// Pitch of the lines: 579 twips.
const PITCH: f64 = 579.0 / 1440.0 * 25.4;
/// Characters of 三号 and 四号 as they are set.
const BODY: f64 = WIDTH / CHARACTERS as f64;
const SMALL: f64 = 14.0 / 72.0 * 25.4;
/// Share of a row above the baseline: LibreOffice sets the line of the face, which is 1.16 em above
/// and 0.29 em below the baseline in Noto CJK, in the middle of the row.
const ABOVE_BASELINE: f64 = 0.745;
/// From the type area down to the dashes of the page number (7.5).
const DASHES: f64 = 7.0;
/// Rules of the colophon: first and last, and those between (7.4.1).
const OUTER_RULE: f64 = 0.35;
const INNER_RULE: f64 = 0.25;

/// Marks that LibreOffice hangs out of a full line, at most one character, with `overflowPunct` on
/// and off.
const HANGING: [char; 3] = ['、', '。', '，'];
/// Marks that LibreOffice leaves out of the text layer at the end of a justified line, though it
/// draws their room.
const DROPPED: [char; 3] = ['、', '。', '，'];

/// Styles of the lines of body text.
const BODY_STYLES: [&str; 3] = ["ItemFirst", "ItemBody", "BriefItem"];
/// Styles whose paragraphs stay with the next one, so that a page may end early by as many lines.
const KEPT: [&str; 4] = ["ContentsLabel", "ContentsSection", "SectionHead", "ItemTitle"];

/// Styles whose paragraphs have an empty row below them.
const EMPTY_BELOW: [&str; 3] = ["MastheadNumber", "MastheadDate", "ContentsLast"];

/// A printed line and the paragraph that it is of.
struct Placed<'a> {
    page: usize,
    line: &'a Line,
    style: &'a str,
    /// It begins its paragraph.
    first: bool,
    /// What its paragraph goes on with; nothing in the last line.
    next: Option<char>,
    /// The mark at its end that is not in the text layer.
    dropped: Option<char>,
}

impl Placed<'_> {
    fn of_colophon(&self) -> bool {
        self.style.starts_with("Colophon")
    }

    /// Where its row begins, counted from the top of the type area.
    fn row(&self) -> f64 {
        (self.line.baseline - TOP) / PITCH - ABOVE_BASELINE
    }
}

/// Left edge of the type area of a page that is counted from 0: even pages are mirrored.
fn left(page: usize) -> f64 {
    if page.is_multiple_of(2) { INSIDE } else { OUTSIDE }
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= CLOSE
}

#[test]
fn the_printed_page_is_the_standards() {
    let mut issues = issues();
    let right = issues.len();
    issues.push(wrong_in_everything(&issues[0]));
    let printed = print(&issues);
    let mut findings: Vec<Vec<Finding>> = Vec::new();
    for (made, pages) in issues.iter().zip(&printed) {
        let source = paragraphs(&made.docx);
        findings.push(match place(pages, &source) {
            Ok(lines) => judge(made, pages, &lines),
            Err(told) => vec![("text", told)],
        });
    }
    let checks: BTreeSet<&str> = findings[right].iter().map(|(check, _)| *check).collect();
    assert_eq!(checks.into_iter().collect::<Vec<_>>(), CHECKS, "what is wrong is found");

    let names = issues.iter().map(|made| made.name);
    let told = names.zip(&findings).take(right).flat_map(|(name, findings)| {
        findings.iter().take(8).map(move |(check, told)| format!("{name}: {check}: {told}"))
    });
    let told: Vec<String> = told.collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
}

/// The same issue in a style that breaks every measure, by which the judge is judged.
fn wrong_in_everything(seed: &Made) -> Made {
    let mut style = Style::default();
    style.page.width += 100;
    style.page.left += 100;
    style.page.bottom += 60;
    style.page.footer += 100;
    style.page.line = 590;
    style.page.character_spacing = 20;
    style.page.mirrored = false;
    style.sizes.colophon_line = 300;
    // Full lines without Latin, whatever face the machine has for it.
    let mut issue = seed.issue.clone();
    issue.sections[0].entries[0].item.paragraphs[0].text = "经济社会发展成效明显".repeat(30) + "。";
    let mut pictures = Pictures::default();
    let item = &mut issue.sections[0].entries[0].item;
    item.tables.push(table(4, 3));
    item.images.push(add(&mut pictures, (300, 90, false)));
    let docx = render(&issue, &style, &pictures).expect("the seed is legal");
    Made { name: "wrong", issue, docx, pictures: vec![(90, 300)] }
}

/// A check and what it has found.
type Finding = (&'static str, String);

/// The checks that find something in [`wrong_in_everything`], sorted.
const CHECKS: [&str; 10] = [
    "attached",
    "characters",
    "colophon",
    "edges",
    "overlaps",
    "page number",
    "paper",
    "pictures",
    "rows",
    "rules",
];

fn judge(made: &Made, pages: &[Page], lines: &[Placed]) -> Vec<Finding> {
    let each = |check: fn(usize, &Page) -> Vec<String>| -> Vec<String> {
        pages.iter().enumerate().flat_map(|(number, page)| check(number, page)).collect()
    };
    let checks: [(&str, Vec<String>); 11] = [
        ("paper", each(paper)),
        ("page number", each(page_number)),
        ("overlaps", each(overlaps)),
        ("attached", each(attached)),
        ("pictures", pictures(&made.pictures, pages)),
        ("edges", lines.iter().filter_map(edges).collect()),
        ("characters", lines.iter().filter_map(characters).collect()),
        ("rows", rows(pages, lines)),
        ("rules", rules(pages)),
        ("colophon", colophon(pages, lines)),
        ("last page", last_page(made.name, pages, lines).into_iter().collect()),
    ];
    checks.into_iter().flat_map(|(check, told)| told.into_iter().map(move |told| (check, told))).collect()
}

/// Finds the paragraph of every line; the text of all lines is the text of all paragraphs, tables apart.
fn place<'a>(pages: &'a [Page], source: &'a [Source]) -> Result<Vec<Placed<'a>>, String> {
    let mut placed: Vec<Placed> = Vec::new();
    let mut paragraphs = source.iter().filter(|paragraph| !paragraph.style.starts_with("Table"));
    let mut style = "";
    let mut rest = "";
    for (page, line) in numbered(pages) {
        let first = rest.is_empty();
        if first {
            let Some(paragraph) = paragraphs.next() else {
                return Err(format!("page {}: {} is in no paragraph", page + 1, line.text));
            };
            (style, rest) = (&paragraph.style, &paragraph.text);
        }
        if let (false, Some(before), Some(mark)) = (first, placed.last_mut(), rest.chars().next())
            && DROPPED.contains(&mark)
            && !line.text.starts_with(mark)
        {
            before.dropped = Some(mark);
            before.next = rest.chars().nth(1);
            rest = &rest[mark.len_utf8()..];
        }
        let Some(after) = rest.strip_prefix(line.text.as_str()) else {
            return Err(format!("page {}: {} is printed, {rest} is written", page + 1, line.text));
        };
        rest = after;
        placed.push(Placed { page, line, style, first, next: rest.chars().next(), dropped: None });
    }
    match (rest, paragraphs.next()) {
        ("", None) => Ok(placed),
        (rest, next) => Err(format!("{rest}{next:?} is not printed")),
    }
}

/// All lines in the type area but for those of tables, with the number of their page from 0.
fn numbered(pages: &[Page]) -> impl Iterator<Item = (usize, &Line)> {
    pages.iter().enumerate().flat_map(|(number, page)| {
        let lines = page.lines.iter().filter(|line| !is_below(line) && !page.is_tabular(line));
        lines.map(move |line| (number, line))
    })
}

/// Whether a line is a page number.
fn is_below(line: &Line) -> bool {
    line.baseline > BOTTOM
}

fn paper(number: usize, page: &Page) -> Vec<String> {
    if close(page.width, PAPER.0) && close(page.height, PAPER.1) {
        return Vec::new();
    }
    vec![format!("page {} is {} × {}", number + 1, page.width, page.height)]
}

/// No line leaves the type area; full lines go from edge to edge.
fn edges(placed: &Placed) -> Option<String> {
    let Placed { page, line, .. } = placed;
    let (begin, end) = (left(*page), left(*page) + WIDTH);
    let hangs = line.text.ends_with(HANGING) && line.area.right <= end + BODY + CLOSE;
    let inside = line.area.left >= begin - CLOSE
        && (line.area.right <= end + CLOSE || hangs)
        && line.area.top >= TOP - CLOSE
        && line.area.bottom <= BOTTOM + CLOSE;
    if !inside {
        return Some(format!("page {}: {} is outside: {:?}", page + 1, line.text, line.area));
    }
    let full = placed.next.is_some() && !placed.of_colophon() && !placed.style.starts_with("Masthead");
    let ends = close(line.area.right, end)
        || hangs && line.area.right > end
        || placed.dropped.is_some() && line.area.right > end - BODY - CLOSE;
    let begins = placed.first || placed.style.starts_with("Contents") || close(line.area.left, begin);
    (full && !(ends && begins)).then(|| {
        format!(
            "page {}: {} is from {:.2} to {:.2} mm of {begin} to {end}",
            page + 1,
            line.text,
            line.area.left,
            line.area.right
        )
    })
}

/// Full lines of Chinese characters alone have 28 of them; where marks are squeezed or pushed
/// into the next line, one more or two less. A number or a word is not broken, so a line before
/// one may have any number.
fn characters(placed: &Placed) -> Option<String> {
    let han = |c: char| ('\u{3400}'..='\u{9FFF}').contains(&c);
    let wide = |c: char| han(c) || "，。、；：？！（）《》“”‘’【】".contains(c);
    let text = &placed.line.text;
    let unbroken = placed.next.is_none_or(|c| c.is_ascii_alphanumeric());
    if unbroken || !BODY_STYLES.contains(&placed.style) || !text.chars().all(wide) {
        return None;
    }
    let indent = ((placed.line.area.left - left(placed.page)) / BODY).round() as usize;
    let count = indent + text.chars().count() + usize::from(placed.dropped.is_some());
    let alone = placed.dropped.is_none() && text.chars().all(han);
    let allowed = if alone { CHARACTERS..=CHARACTERS } else { CHARACTERS - 2..=CHARACTERS + 1 };
    (!allowed.contains(&count)).then(|| format!("page {}: {text} has {count} characters", placed.page + 1))
}

/// All lines stand on the grid from the top of the type area, and a page before the last one has
/// all its 22 rows, one after the other. A table or a picture has a height of its own: pages with one are not
/// looked at, and the page before one that has no room on it may end early.
fn rows(pages: &[Page], lines: &[Placed]) -> Vec<String> {
    let mut told = Vec::new();
    let is_pure = |page: usize| pages[page].attached().is_empty();
    let begins_attached = |page: usize| {
        let first = pages[page].lines.first().map_or(BOTTOM, |line| line.area.top);
        pages[page].attached().iter().any(|area| area.top < first)
    };
    let on_grid = |placed: &&Placed| !placed.of_colophon() && placed.style != "MastheadName";
    let text: Vec<_> = lines.iter().filter(on_grid).collect();
    for placed in text.iter().filter(|placed| is_pure(placed.page)) {
        if (placed.row() - placed.row().round()).abs() * PITCH > CLOSE {
            let row = placed.row();
            told.push(format!("page {}: {} is in row {row:.2}", placed.page + 1, placed.line.text));
        }
    }
    let last = text.last().map_or(0, |placed| placed.page);
    for page in (0..last).filter(|page| is_pure(*page)) {
        let here: Vec<_> = text.iter().filter(|placed| placed.page == page).collect();
        let rows: Vec<usize> = here.iter().map(|placed| placed.row().round() as usize).collect();
        // The name is as high as its size wants.
        let mut free = if page == 0 { rows.first().copied().unwrap_or_default() } else { 0 };
        let mut gaps = false;
        for (placed, row) in here.iter().zip(&rows) {
            gaps |= *row != free;
            let empty = placed.next.is_none() && EMPTY_BELOW.contains(&placed.style);
            free = row + 1 + usize::from(empty);
        }
        // What stays together with the next line, a title of two lines say, goes with it.
        let next = text.iter().filter(|placed| placed.page == page + 1);
        let kept = next.take_while(|placed| KEPT.contains(&placed.style)).count();
        if gaps || !(free + kept >= ROWS || begins_attached(page + 1)) {
            told.push(format!("page {}: text in rows {rows:?}", page + 1));
        }
    }
    told
}

/// `— 1 —`, 7 mm below the type area, at the outer side and one character in.
fn page_number(number: usize, page: &Page) -> Vec<String> {
    let mut told = Vec::new();
    let mut say = |what: String| told.push(format!("page {}: {what}", number + 1));
    let below: Vec<&Line> = page.lines.iter().filter(|line| is_below(line)).collect();
    let [line] = below[..] else {
        return vec![format!("page {}: {} lines below the type area", number + 1, below.len())];
    };
    if line.text != format!("—{}—", number + 1) {
        say(format!("the number is {}", line.text));
    }
    let (found, wanted) = if number.is_multiple_of(2) {
        (line.area.right, left(number) + WIDTH - SMALL)
    } else {
        (line.area.left, left(number) + SMALL)
    };
    if !close(found, wanted) {
        say(format!("the number is at {found:.2}, not {wanted:.2} mm"));
    }
    match page.dashes {
        Some((top, bottom)) if close((top + bottom) / 2.0 - BOTTOM, DASHES) => {}
        found => say(format!("the dashes are at {found:?}")),
    }
    told
}

/// No two parts of lines cover the same place, nor does a rule cover one.
fn overlaps(number: usize, page: &Page) -> Vec<String> {
    let parts: Vec<(&str, Area)> = page
        .lines
        .iter()
        .flat_map(|line| line.parts.iter().map(|part| (line.text.as_str(), *part)))
        .chain(page.rules.iter().map(|rule| ("a rule", *rule)))
        .collect();
    let mut told = Vec::new();
    for (index, (one, area)) in parts.iter().enumerate() {
        for (other, _) in parts[index + 1..].iter().filter(|(_, other)| area.meets(other)) {
            told.push(format!("page {}: {one} and {other} overlap", number + 1));
        }
    }
    told
}

/// Tables and pictures are within the type area, and nothing that stands in them or beside them is covered.
fn attached(number: usize, page: &Page) -> Vec<String> {
    let mut told = Vec::new();
    let mut say = |what: &str, area: &Area| told.push(format!("page {}: {what}: {area:?}", number + 1));
    let (begin, end) = (left(number), left(number) + WIDTH);
    let is_inside = |area: &Area| {
        area.left >= begin - CLOSE
            && area.right <= end + CLOSE
            && area.top >= TOP - CLOSE
            && area.bottom <= BOTTOM + CLOSE
    };
    let (tabular, other): (Vec<&Line>, Vec<&Line>) =
        page.lines.iter().partition(|line| page.is_tabular(line));
    let words: Vec<Area> = tabular.iter().flat_map(|line| line.words.iter().copied()).collect();
    for area in page.grid.iter().chain(&page.pictures).chain(&words).filter(|area| !is_inside(area)) {
        say("outside", area);
    }
    for table in page.tables() {
        if !close(table.width(), WIDTH) {
            say("a table that is not as wide as the type area", &table);
        }
    }
    for (index, word) in words.iter().enumerate() {
        if page.grid.iter().chain(&words[index + 1..]).any(|other| word.meets(other)) {
            say("a covered word", word);
        }
    }
    let others = page.tables().into_iter().chain(other.iter().flat_map(|line| line.parts.iter().copied()));
    let others: Vec<Area> = others.chain(page.rules.iter().copied()).collect();
    for (index, picture) in page.pictures.iter().enumerate() {
        if others.iter().chain(&page.pictures[index + 1..]).any(|other| picture.meets(other)) {
            say("a picture over something", picture);
        }
    }
    told
}

/// Pictures in order, 96 of their pixels to the inch; those that are wider than the type area or higher than
/// three fifths of it are smaller, with their proportions.
fn pictures(wanted: &[(u32, u32)], pages: &[Page]) -> Vec<String> {
    let mut told = Vec::new();
    let found: Vec<Area> = pages.iter().flat_map(|page| page.pictures.iter().copied()).collect();
    if found.len() != wanted.len() {
        told.push(format!("{} pictures, not {}", found.len(), wanted.len()));
    }
    for (area, (width, height)) in found.iter().zip(wanted) {
        let (width, height) = (f64::from(*width) / 96.0 * 25.4, f64::from(*height) / 96.0 * 25.4);
        let scale = (WIDTH / width).min((BOTTOM - TOP) * 0.6 / height).min(1.0);
        if !close(area.width(), width * scale) || !close(area.height(), height * scale) {
            told.push(format!("{area:?} is not {:.1} × {:.1} mm", width * scale, height * scale));
        }
    }
    for (across, down) in pages.iter().flat_map(|page| &page.resolutions) {
        if (across / down - 1.0).abs() > 0.02 {
            told.push(format!("{across} pixels to the inch across, {down} down"));
        }
    }
    told
}

/// The red rule on page one, those of the colophon on the last page, all as wide as the type area.
fn rules(pages: &[Page]) -> Vec<String> {
    let mut told = Vec::new();
    for (number, page) in pages.iter().enumerate() {
        for rule in &page.rules {
            if !close(rule.left, left(number)) || !close(rule.right - rule.left, WIDTH) {
                told.push(format!("page {}: a rule from {:.2} to {:.2}", number + 1, rule.left, rule.right));
            }
        }
        let red = usize::from(number == 0);
        let closing = if number + 1 == pages.len() { 3 } else { 0 };
        if page.rules.len() != red + closing {
            told.push(format!("page {}: {} rules", number + 1, page.rules.len()));
        }
    }
    told
}

/// The colophon stands whole at the foot of the last page, between its rules.
fn colophon(pages: &[Page], lines: &[Placed]) -> Vec<String> {
    let mut told = Vec::new();
    let Some(last) = pages.last() else { return vec!["no page".to_owned()] };
    let [.., first_rule, inner_rule, last_rule] = last.rules[..] else {
        return vec!["the colophon has no rules".to_owned()];
    };
    let widths = [(first_rule, OUTER_RULE), (inner_rule, INNER_RULE), (last_rule, OUTER_RULE)];
    for (rule, wanted) in widths {
        let found = rule.bottom - rule.top;
        if (found - wanted).abs() > 0.06 {
            told.push(format!("a rule of the colophon is {found:.2}, not {wanted} mm"));
        }
    }
    if !close(last_rule.bottom, BOTTOM) {
        told.push(format!("the last rule is at {:.2}, not {BOTTOM} mm", last_rule.bottom));
    }
    for placed in lines {
        let here = placed.page + 1 == pages.len();
        let area = placed.line.area;
        let between = here && area.top > first_rule.top && area.bottom < last_rule.bottom;
        let above = !here || area.bottom < first_rule.top + CLOSE;
        if if placed.of_colophon() { !between } else { !above } {
            told.push(format!("page {}: {} is at {area:?}", placed.page + 1, placed.line.text));
        }
        let begin = left(placed.page) + SMALL * indent(placed);
        if placed.of_colophon() && !close(area.left, begin) {
            told.push(format!("{} begins at {:.2}, not {begin:.2}", placed.line.text, area.left));
        }
        let hangs = if placed.line.text.ends_with(HANGING) { SMALL } else { 0.0 };
        if placed.of_colophon() && area.right > left(placed.page) + WIDTH - SMALL + hangs + CLOSE {
            told.push(format!("{} ends at {:.2}", placed.line.text, area.right));
        }
    }
    told
}

/// Characters before a line of the colophon: further lines stand behind the colon (7.4.2).
fn indent(placed: &Placed) -> f64 {
    match placed.style {
        _ if placed.first => 1.0,
        "ColophonList" => 3.0,
        "ColophonEditors" => 6.0,
        _ => 1.0,
    }
}

/// The two issues that are made for it: a colophon that just fits, and one that just does not.
fn last_page(name: &str, pages: &[Page], lines: &[Placed]) -> Option<String> {
    let last = lines.iter().rfind(|placed| !placed.of_colophon())?;
    let here = last.page + 1 == pages.len();
    let rule = pages.last()?.rules.iter().rev().nth(2)?.top;
    let free = rule - (TOP + (last.row().round() + 1.0) * PITCH);
    match name {
        "colophon-fits" => {
            (!here || free > PITCH).then(|| format!("{free:.1} mm are free above the colophon"))
        }
        "colophon-moves" => here.then(|| "the colophon did not move to a page of its own".to_owned()),
        _ => None,
    }
}
