//! Masthead (版头): name, edition, number, offices and date above the red rule.

use docx_rs as docx;
use jianbao_model::issue::Masthead;

use super::line::quarters;
use super::sheet::id;
use super::{paragraph, run, text_paragraph};
use crate::style::Style;
use crate::text::FULL;

/// The paragraphs of a masthead.
pub(super) fn paragraphs(masthead: &Masthead, style: &Style) -> Vec<docx::Paragraph> {
    let mut all = marks(masthead);
    all.push(text_paragraph(id::NAME, &masthead.name));
    if !masthead.edition.is_empty() {
        all.push(text_paragraph(id::EDITION, &format!("（{}）", masthead.edition.join("·"))));
    }
    all.push(text_paragraph(id::NUMBER, &number(masthead)));
    all.extend(offices(masthead, style));
    all
}

/// Above the name: 密级 or a notice at the left, 份号 of six digits at the right (7.2.1, 7.2.2).
fn marks(masthead: &Masthead) -> Vec<docx::Paragraph> {
    let words: Vec<&str> =
        [&masthead.secrecy, &masthead.notice].into_iter().flatten().map(String::as_str).collect();
    let copy = masthead.copy_number.map(|number| format!("{number:06}"));
    let first = match (words.first(), copy) {
        (None, None) => return Vec::new(),
        (word, None) => run(word.unwrap_or(&"")),
        (word, Some(copy)) => run(word.unwrap_or(&"")).add_tab().add_text(copy),
    };
    let others = words.iter().skip(1).map(|word| text_paragraph(id::MARK, word));
    [paragraph(id::MARK).add_run(first)].into_iter().chain(others).collect()
}

/// `第12期（2025年总35期）`, as the issue is called.
pub(crate) fn number(masthead: &Masthead) -> String {
    let Masthead { number, year, .. } = masthead;
    match masthead.cumulative {
        Some(all) => format!("第{number}期（{year}年总{all}期）"),
        None => format!("第{number}期"),
    }
}

/// One line for each office; the date stands at the right of the last one where it has room.
fn offices(masthead: &Masthead, style: &Style) -> Vec<docx::Paragraph> {
    let date = masthead.date.chinese();
    let line = style.page.characters as usize * FULL;
    let has_room = |office: &str| quarters(office) + FULL + quarters(&date) <= line;
    let (beside, above) = match masthead.offices.split_last() {
        Some((last, above)) if has_room(last) => (last.as_str(), above),
        _ => ("", masthead.offices.as_slice()),
    };
    let last = paragraph(id::OFFICE_DATE).add_run(run(beside).add_tab().add_text(date));
    above.iter().map(|office| text_paragraph(id::OFFICE, office)).chain([last]).collect()
}

#[cfg(test)]
mod tests {
    use jianbao_model::issue::Masthead;

    use super::{marks, number};

    #[test]
    fn marks_stand_above_the_name_only_where_there_are_some() {
        let check = |secrecy: Option<&str>, notice: Option<&str>, copy_number, expected| {
            let owned = |text: Option<&str>| text.map(str::to_owned);
            let masthead = Masthead {
                secrecy: owned(secrecy),
                notice: owned(notice),
                copy_number,
                ..Masthead::default()
            };
            let texts: Vec<String> = marks(&masthead).iter().map(docx_rs::Paragraph::raw_text).collect();
            assert_eq!(texts.concat(), expected);
        };
        check(None, None, None, "");
        check(Some("秘密★1年"), None, Some(7), "秘密★1年\t000007");
        check(None, Some("内部资料，注意保存"), None, "内部资料，注意保存");
        check(Some("秘密★1年"), Some("内部资料"), Some(12), "秘密★1年\t000012内部资料");
    }

    #[test]
    fn the_number_names_the_cumulative_one_where_there_is_one() {
        let mut masthead = Masthead { year: 2025, number: 12, cumulative: Some(35), ..Masthead::default() };
        assert_eq!(number(&masthead), "第12期（2025年总35期）");
        masthead.cumulative = None;
        assert_eq!(number(&masthead), "第12期");
    }
}
