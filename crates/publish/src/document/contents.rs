//! Contents (目录): sections and titles, numbered through, with or without page numbers.

use docx_rs as docx;
use jianbao_model::Issue;

use super::sheet::id;
use super::text_paragraph;

/// A title's place: the bookmark around its item and the page on which that is estimated to begin.
pub(super) struct Place {
    pub(super) bookmark: String,
    pub(super) page: u32,
}

/// The paragraphs of the contents; none when nothing is listed. `places` has one for each listed title, or
/// is empty when no page numbers are wanted.
pub(super) fn paragraphs(issue: &Issue, places: &[Place]) -> Vec<docx::Paragraph> {
    let mut all = Vec::new();
    let last = issue.contents().flat_map(|(_, lines)| lines).last().map(|(number, _)| number);
    let mut places = places.iter();
    for (section, lines) in issue.contents().filter(|(_, lines)| !lines.is_empty()) {
        if all.is_empty() {
            all.push(text_paragraph(id::CONTENTS, "本期目录："));
        }
        if !section.name.is_empty() {
            all.push(text_paragraph(id::CONTENTS_SECTION, &format!("【{}】", section.name)));
        }
        for (number, title) in lines {
            let style = if Some(number) == last { id::CONTENTS_LAST } else { id::CONTENTS_ENTRY };
            // A literal number: it stays when the text is copied into another program.
            let entry = text_paragraph(style, &format!("{number}. {title}"));
            all.push(match places.next() {
                Some(place) => page_number(place)
                    .into_iter()
                    .fold(entry.add_run(docx::Run::new().add_tab()), docx::Paragraph::add_run),
                None => entry,
            });
        }
    }
    all
}

/// A PAGEREF field (ECMA-376 §17.16.5.45) with the estimate as its result; dirty, so that Word computes it
/// when the file is opened (§17.16.18).
/// Each part has a run of its own, or LibreOffice shows nothing.
fn page_number(place: &Place) -> [docx::Run; 5] {
    let field = docx::InstrPAGEREF::new(&place.bookmark).hyperlink();
    let run = docx::Run::new;
    [
        run().add_field_char(docx::FieldCharType::Begin, true),
        run().add_instr_text(docx::InstrText::PAGEREF(field)),
        run().add_field_char(docx::FieldCharType::Separate, false),
        run().add_text(place.page.to_string()),
        run().add_field_char(docx::FieldCharType::End, false),
    ]
}

#[cfg(test)]
mod tests {
    use jianbao_model::Issue;

    use super::paragraphs;

    #[test]
    fn an_issue_without_titles_has_no_contents() {
        assert!(paragraphs(&Issue::default(), &[]).is_empty());
    }
}
