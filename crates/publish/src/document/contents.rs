//! Contents (目录): sections and titles, numbered through, without page numbers.

use docx_rs as docx;
use jianbao_model::Issue;

use super::sheet::id;
use super::text_paragraph;

/// The paragraphs of the contents; none when nothing is listed.
pub(super) fn paragraphs(issue: &Issue) -> Vec<docx::Paragraph> {
    let mut all = Vec::new();
    for (section, lines) in issue.contents().filter(|(_, lines)| !lines.is_empty()) {
        if all.is_empty() {
            all.push(text_paragraph(id::CONTENTS, "本期目录："));
        }
        all.push(text_paragraph(id::CONTENTS_SECTION, &format!("【{}】", section.name)));
        // A literal number: it stays when the text is copied into another program.
        let lines = lines.iter().map(|(number, title)| format!("{number}. {title}"));
        all.extend(lines.map(|line| text_paragraph(id::CONTENTS_ENTRY, &line)));
    }
    all
}
