//! Page numbers (7.5): `— 1 —`, at the right on odd pages and at the left on even ones.

use docx_rs as docx;

use super::sheet::id;
use super::{paragraph, run};

/// Footer of odd pages.
pub(super) fn odd() -> docx::Footer {
    footer(id::PAGE_ODD)
}

/// Footer of even pages.
pub(super) fn even() -> docx::Footer {
    footer(id::PAGE_EVEN)
}

/// Word's own number format with dashes has hyphens, so the dashes (U+2014) are text.
fn footer(style: &str) -> docx::Footer {
    let number = paragraph(style).add_run(run("— ")).add_page_num(docx::PageNum::new()).add_run(run(" —"));
    docx::Footer::new().add_paragraph(number)
}
