//! Layouts other than the seed's, and the options of a layout, as LibreOffice prints them.

use jianbao_tests::made::{Made, issues_under, paragraphs};
use jianbao_tests::pages::{Line, Page, print};
use jianbao_tests::{judged, root, sample, squeezed};

/// Left edge of the type area on odd pages, and width of a character of the text, in mm.
const INSIDE: f64 = 28.0;
const CHARACTER: f64 = 315.0 / 1440.0 * 25.4;

/// How far a place may be off, in mm.
const CLOSE: f64 = 0.6;

fn lines(pages: &[Page]) -> impl Iterator<Item = (usize, &Line)> {
    pages.iter().enumerate().flat_map(|(page, printed)| printed.lines.iter().map(move |line| (page, line)))
}

/// The page, from 1, on which a line begins with this text, behind the contents.
fn page_of(text: &str, pages: &[Page]) -> usize {
    let start: String = text.chars().take(16).collect();
    let found = lines(pages).filter(|(_, line)| line.text.starts_with(&start)).last();
    found.unwrap_or_else(|| panic!("{start} is printed")).0 + 1
}

/// The schema judge, on every issue.
fn legal(made: &[Made]) {
    let folder = tempfile::tempdir().expect("a folder");
    for issue in made {
        let path = folder.path().join(format!("{}.docx", issue.name));
        std::fs::write(&path, &issue.docx).expect("a file");
        judged(&path);
    }
}

#[test]
fn the_contents_name_the_page_on_which_an_item_begins() {
    let made = issues_under(&[("layout.contents", "pages")]);
    legal(&made);
    let mut checked = 0;
    for (issue, pages) in made.iter().zip(print(&made)) {
        // The last line of every entry ends with the dots and the number that LibreOffice has computed.
        let printed: Vec<usize> = lines(&pages)
            .filter_map(|(_, line)| line.text.rsplit_once('.').filter(|(before, _)| before.ends_with("..")))
            .filter_map(|(_, number)| number.trim().parse().ok())
            .collect();
        // In the file stands what was estimated.
        let estimated: Vec<usize> = paragraphs(&issue.docx)
            .iter()
            .filter(|paragraph| {
                paragraph.style.starts_with("ContentsEntry") || paragraph.style == "ContentsLast"
            })
            .zip(issue.issue.contents().flat_map(|(_, lines)| lines))
            .map(|(paragraph, (_, title))| {
                let at = paragraph.text.rfind(&squeezed(title)).expect("the title") + squeezed(title).len();
                paragraph.text[at..].parse().expect("a number")
            })
            .collect();
        let truth: Vec<usize> = issue
            .issue
            .contents()
            .flat_map(|(_, lines)| lines)
            .map(|(_, title)| page_of(&squeezed(title), &pages))
            .collect();
        // Over many pages an estimate may be off by a line, and so by a page.
        let off = estimated.iter().zip(&truth).map(|(a, b)| a.abs_diff(*b));
        assert!(
            estimated.len() == truth.len() && off.clone().all(|off| off <= 1),
            "{}: {estimated:?}",
            issue.name
        );
        assert!(off.sum::<usize>() * 5 <= truth.len(), "{}: {estimated:?}, not {truth:?}", issue.name);
        // An entry whose last line is full has no dots, so some numbers are not read.
        let mut all = truth.iter();
        assert!(printed.iter().all(|page| all.any(|other| other == page)), "{}: {printed:?}", issue.name);
        checked += printed.len();
    }
    assert!(checked > 30, "only {checked} numbers were read off the pages");
}

#[test]
fn the_colophon_stands_on_an_even_page() {
    let plain = print(&issues_under(&[]));
    let made = issues_under(&[("layout.colophon", "even-page")]);
    legal(&made);
    let even = print(&made);
    let mut moved = 0;
    for ((issue, pages), before) in made.iter().zip(&even).zip(&plain) {
        assert_eq!(pages.len(), before.len().next_multiple_of(2), "{}: pages", issue.name);
        assert_eq!(page_of("送：", pages), pages.len(), "{}: the colophon", issue.name);
        moved += pages.len() - before.len();
    }
    assert!(moved > 0 && moved < made.len(), "both cases are tried");
}

#[test]
fn a_plain_document_has_title_body_and_signature() {
    let options = [
        ("layout", "gb9704"),
        ("bulletin.send", "[]"),
        ("bulletin.distribute", "[]"),
        ("bulletin.editors", "[]"),
        ("bulletin.offices", "[\"苏州市姑苏区党政办公室\"]"),
    ];
    let made = issues_under(&options);
    legal(&made);
    let printed = print(&made);
    let one = &printed[1];
    let title = &one[0].lines[0];
    assert!(title.text.starts_with("区委宣传部健全应急体系"), "{}", title.text);
    let middle = (title.area.left + title.area.right) / 2.0;
    assert!((middle - INSIDE - 78.0).abs() < 3.0, "the title is centred: {middle}");
    // 署名 ends two characters from the right, 成文日期 begins two characters right of it (7.3.5.2).
    let left = |page: usize| if page.is_multiple_of(2) { INSIDE } else { 26.0 };
    let find =
        |text: &str| lines(one).filter(|(_, line)| line.text.starts_with(text)).last().expect("printed");
    let (page, office) = find("苏州市姑苏区");
    let begins = 28.0 - 2.0 - "苏州市姑苏区党政办公室".chars().count() as f64;
    // The type area is a little wider than 28 characters.
    let place = left(page) + 156.0 - 28.0 * CHARACTER + begins * CHARACTER;
    assert!((office.area.left - place).abs() < CLOSE, "{} {place}", office.area.left);
    let (_, date) = find("2025年3月27日");
    assert!((date.area.left - office.area.left - 2.0 * CHARACTER).abs() < CLOSE, "{}", date.area.left);
    // Several items: 一、 for sections, （一） for items.
    let several = &printed[0];
    assert_eq!(several[0].lines[0].text, "姑苏信息第12期（2025年总35期）");
    for head in ["一、动态", "（一）区委宣传部", "（二）区城管委", "二、简讯", "三、摘报"]
    {
        page_of(head, several);
    }
    // The text is the same in all layouts.
    for (issue, pages) in made.iter().zip(&printed) {
        let text: String = lines(pages).map(|(_, line)| line.text.as_str()).collect();
        let all = issue.issue.items().filter_map(|item| item.title.as_deref());
        for title in all {
            assert!(text.contains(&squeezed(title)), "{}: {title}", issue.name);
        }
    }
}

#[test]
fn a_brief_has_marks_above_its_name_and_one_title() {
    let options = [
        ("layout", "brief"),
        ("bulletin.secrecy", "秘密★1年"),
        ("bulletin.notice", "内部资料，注意保存"),
        ("issue.copy_number", "12"),
    ];
    let made = issues_under(&options);
    legal(&made);
    let one = &print(&made[1..2])[0];
    let texts: Vec<&str> = one[0].lines.iter().take(6).map(|line| line.text.as_str()).collect();
    assert_eq!(texts[..3], ["秘密★1年000012", "内部资料，注意保存", "姑苏信息"]);
    let marks = &one[0].lines[0];
    assert!((marks.area.left - INSIDE).abs() < CLOSE && (marks.area.right - INSIDE - 156.0).abs() < CLOSE);
    assert!(lines(one).all(|(_, line)| !line.text.contains("目录") && !line.text.contains("【动态】")));
}

/// `UPDATE=1` writes the issues of the samples anew, and fails all the same.
#[test]
fn the_issues_of_the_samples_are_what_the_program_makes() {
    for folder in ["brief", "gb9704", "template"] {
        let config = sample(&format!("{folder}/jianbao.toml"));
        let out = tempfile::tempdir().expect("a folder");
        let made = out.path().join("made.docx");
        let done = jianbao_tests::jianbao(
            env!("CARGO_BIN_EXE_jianbao-under-test"),
            &["run", "--config", &config.display().to_string(), "-o", &made.display().to_string()],
        );
        assert!(matches!(done.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&done.stderr));
        let kept = std::fs::read_dir(config.parent().expect("a folder"))
            .expect("a folder")
            .flatten()
            .map(|entry| entry.path())
            .find(|path| path.to_string_lossy().ends_with(".docx") && !path.ends_with("office.docx"))
            .expect("an issue beside its configuration");
        let (made, before) = (std::fs::read(made).expect("made"), std::fs::read(&kept).expect("kept"));
        if made != before {
            if std::env::var_os("UPDATE").is_some() {
                std::fs::write(&kept, made).expect("written");
            }
            panic!("{} differs", kept.strip_prefix(root()).unwrap_or(&kept).display());
        }
    }
}
