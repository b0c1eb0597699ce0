//! Contents (目录): sections and titles, numbered through, without page numbers.

use docx_rs as docx;
use jianbao_model::Issue;

use super::sheet::id;
use super::text_paragraph;

/// The paragraphs of the contents; none when nothing is listed.
pub(super) fn paragraphs(issue: &Issue) -> Vec<docx::Paragraph> {
    let mut all = Vec::new();
    let last = issue.contents().flat_map(|(_, lines)| lines).last().map(|(number, _)| number);
    for (section, lines) in issue.contents().filter(|(_, lines)| !lines.is_empty()) {
        if all.is_empty() {
            all.push(text_paragraph(id::CONTENTS, "本期目录："));
        }
        all.push(text_paragraph(id::CONTENTS_SECTION, &format!("【{}】", section.name)));
        // A literal number: it stays when the text is copied into another program.
        all.extend(lines.iter().map(|(number, title)| {
            let style = if Some(*number) == last { id::CONTENTS_LAST } else { id::CONTENTS_ENTRY };
            text_paragraph(style, &format!("{number}. {title}"))
        }));
    }
    all
}
