//! What the readers of word processing files agree on about margins and tables.

use std::collections::HashSet;

use jianbao_model::{Block, DropReason, Dropped, SourceDocument};

/// Characters from which on a paragraph in a single column is running text, so that the table
/// only lays it out.
pub(crate) const RUNNING_TEXT: usize = 30;

/// Signs that stand around a page number: `— 1 —`, `第1页 共3页`, `1 / 3`.
const AROUND_NUMBERS: &str = "-—–－―_·.．/／~第共页頁（）()[]|";

/// Headers and footers of all sections, each different text once.
#[derive(Debug, Default)]
pub(crate) struct Margins {
    seen: HashSet<(bool, String)>,
}

/// Where headers and footers go.
pub(crate) struct Beside<'a> {
    pub(crate) dropped: &'a mut Vec<Dropped>,
    pub(crate) furniture: &'a mut Vec<Block>,
}

impl<'a> Beside<'a> {
    /// The places of a document.
    pub(crate) fn of(document: &'a mut SourceDocument) -> Self {
        Self { dropped: &mut document.dropped, furniture: &mut document.furniture }
    }
}

impl Margins {
    /// Adds a block to what is dropped and, unless it is a page number, to the furniture.
    pub(crate) fn add(&mut self, block: Block, is_header: bool, beside: &mut Beside) {
        let text = block.shown().trim().to_owned();
        if text.is_empty() || !self.seen.insert((is_header, text.clone())) {
            return;
        }
        let reason = match is_header {
            _ if is_page_number(&text) => DropReason::PageNumber,
            true => DropReason::Header,
            false => DropReason::Footer,
        };
        beside.dropped.push(Dropped { reason, text, origin: block.origin.clone() });
        if reason != DropReason::PageNumber {
            beside.furniture.push(block);
        }
    }
}

/// Whether the text of a header or footer is only a page number. A field may have no result, so that there
/// need not be a number; on a printed page there is one.
fn is_page_number(text: &str) -> bool {
    let is_around = |character: char| {
        character.is_whitespace() || character.is_numeric() || AROUND_NUMBERS.contains(character)
    };
    text.chars().all(is_around)
}
