//! Colophon (版记): distribution, editors and registration at the foot of the last page.
//!
//! Paragraphs in a frame on the bottom edge of the type area. A floating table would be read as a
//! table by other programs, and LibreOffice does not float one that is as wide as the type area.
//! LibreOffice also decides how the frame and its rules are written: it knows a frame only from the
//! paragraphs themselves, not from their style, and gives it up when their borders differ. So the
//! frame is the one direct formatting of an issue, and the rules are low black paragraphs.

use docx_rs as docx;
use jianbao_model::issue::Colophon;

use super::sheet::id;
use super::{paragraph, run, text_paragraph};
use crate::style::Style;

/// The paragraphs of a colophon, and one that holds their frame; none when it says nothing.
pub(super) fn paragraphs(colophon: &Colophon, style: &Style) -> Vec<docx::Paragraph> {
    let groups = [distribution(colophon), production(colophon)];
    let mut all = Vec::new();
    for group in groups.into_iter().filter(|group| !group.is_empty()) {
        // The first and the last rule are thicker than those between (7.4.1).
        all.push(paragraph(if all.is_empty() { id::OUTER_RULE } else { id::INNER_RULE }));
        all.extend(group);
    }
    if all.is_empty() {
        return all;
    }
    all.push(paragraph(id::OUTER_RULE));
    let framed = all.into_iter().map(|paragraph| in_frame(paragraph, style.page.text_width()));
    framed.chain([paragraph(id::ANCHOR)]).collect()
}

/// Puts a paragraph into the frame; neighbours with the same values share one.
fn in_frame(mut paragraph: docx::Paragraph, width: u32) -> docx::Paragraph {
    let frame = docx::FrameProperty::new()
        .width(width)
        .wrap("around")
        .v_anchor("margin")
        .h_anchor("margin")
        .x_align("left")
        .y_align("bottom");
    paragraph.property = paragraph.property.frame_property(frame);
    paragraph
}

/// 报, 送 and 发, each with its recipients.
fn distribution(colophon: &Colophon) -> Vec<docx::Paragraph> {
    let lists = [("报", &colophon.submit), ("送", &colophon.send), ("发", &colophon.distribute)];
    let lists = lists.into_iter().filter(|(_, names)| !names.is_empty());
    lists
        .map(|(label, names)| text_paragraph(id::COLOPHON_LIST, &format!("{label}：{}", names.join("，"))))
        .collect()
}

/// Editors, registration and copies.
fn production(colophon: &Colophon) -> Vec<docx::Paragraph> {
    let mut all = Vec::new();
    if !colophon.editors.is_empty() {
        all.push(text_paragraph(id::COLOPHON_EDITORS, &format!("责任编辑：{}", colophon.editors.join("、"))));
    }
    let registration = colophon.registration.as_deref().unwrap_or_default();
    match colophon.copies {
        Some(copies) => {
            let line = run(registration).add_tab().add_text(format!("共印{copies}份"));
            all.push(paragraph(id::COLOPHON).add_run(line));
        }
        None if !registration.is_empty() => all.push(text_paragraph(id::COLOPHON, registration)),
        None => {}
    }
    all
}
