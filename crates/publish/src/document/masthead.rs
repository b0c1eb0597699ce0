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
    let mut all = vec![text_paragraph(id::NAME, &masthead.name)];
    if !masthead.edition.is_empty() {
        all.push(text_paragraph(id::EDITION, &format!("（{}）", masthead.edition.join("·"))));
    }
    all.push(text_paragraph(id::NUMBER, &number(masthead)));
    all.extend(offices(masthead, style));
    all
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

    use super::number;

    #[test]
    fn the_number_names_the_cumulative_one_where_there_is_one() {
        let mut masthead = Masthead { year: 2025, number: 12, cumulative: Some(35), ..Masthead::default() };
        assert_eq!(number(&masthead), "第12期（2025年总35期）");
        masthead.cumulative = None;
        assert_eq!(number(&masthead), "第12期");
    }
}
