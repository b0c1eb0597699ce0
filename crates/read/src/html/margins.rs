//! Page headers and footers, each different text once.

use jianbao_model::Block;

use super::walk::{Shown, Walker};
use crate::margins::Beside;

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
    /// Adds a block of a header or footer.
    pub(crate) fn margin(&mut self, is_header: bool, block: Block) {
        let mut beside = Beside { dropped: &mut self.dropped, furniture: &mut self.furniture };
        self.margins.add(block, is_header, &mut beside);
    }
}
