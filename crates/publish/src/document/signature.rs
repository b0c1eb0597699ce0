//! Signature (落款): issuing offices and date at the end of a plain official document (7.3.5).

use docx_rs as docx;
use jianbao_model::issue::Masthead;

use super::sheet::id;
use super::text_paragraph;

/// The offices, one a line, and the date.
pub(super) fn paragraphs(masthead: &Masthead) -> Vec<docx::Paragraph> {
    let style = |at: usize| if at == 0 { id::SIGNATURE } else { id::SIGNATURE_NEXT };
    let offices = masthead.offices.iter().enumerate().map(|(at, office)| text_paragraph(style(at), office));
    offices.chain([text_paragraph(id::SIGNATURE_DATE, &masthead.date.chinese())]).collect()
}
