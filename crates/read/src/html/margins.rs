//! Page headers and footers, each different text once.

use jianbao_model::{Block, DropReason, Dropped};

use super::flow;
use super::walk::{Shown, Walker};
use crate::margins::is_page_number;

impl Walker<'_> {
    /// Puts a header or footer that has ended where it belongs.
    pub(super) fn end_margin(&mut self, is_header: bool) {
        let blocks = self.flows.pop().map(|flow| flow.blocks).unwrap_or_default();
        for block in blocks {
            self.shown.margin(is_header, block);
        }
    }
}

impl Shown {
    /// Adds a block of a header or footer to what is dropped and, unless it is a page number, to
    /// the furniture.
    pub(crate) fn margin(&mut self, is_header: bool, block: Block) {
        let text = flow::text(&block).trim().to_owned();
        let reason = match is_header {
            _ if is_page_number(&text) => DropReason::PageNumber,
            true => DropReason::Header,
            false => DropReason::Footer,
        };
        let is_known = |piece: &Dropped| piece.reason == reason && piece.text == text;
        if text.is_empty() || self.dropped.iter().any(is_known) {
            return;
        }
        self.dropped.push(Dropped { reason, text, origin: block.origin.clone() });
        if reason != DropReason::PageNumber {
            self.furniture.push(block);
        }
    }
}
