//! Text boxes, which Word writes as VML inside of conditional comments: only Word shows them, and
//! a browser gets a picture of them.

use super::parse;
use super::walk::Walker;
use crate::ReadError;

const BEGIN: &str = "<v:textbox";
const END: &str = "</v:textbox>";

impl Walker<'_> {
    /// Reads the text boxes of a comment; they stand after the paragraph that holds them.
    pub(super) fn comment(&mut self, text: &str, line: u32) -> Result<(), ReadError> {
        // A box inside a box would be a comment inside a comment, which HTML does not have.
        if self.is_text_box || !text.trim_start().starts_with("[if") {
            return Ok(());
        }
        let mut rest = text;
        while let Some((_, after)) = rest.split_once(BEGIN) {
            let (inside, after) = after.split_once(END).unwrap_or((after, ""));
            rest = after;
            let (_, markup) = inside.split_once('>').unwrap_or((inside, ""));
            self.text_box(markup, line)?;
        }
        Ok(())
    }

    fn text_box(&mut self, markup: &str, line: u32) -> Result<(), ReadError> {
        let tree = parse::parse(markup, self.limits)?;
        let mut inner = Walker::new(&tree, self.sheet, self.parts, self.limits);
        inner.stated_line = Some(line);
        inner.is_text_box = true;
        let mut shown = inner.walk()?;
        self.paragraphs += shown.blocks.len();
        self.shown.dropped.append(&mut shown.dropped);
        self.shown.diagnostics.append(&mut shown.diagnostics);
        if let Some(reason) = self.top().fate {
            for block in shown.blocks {
                self.is_parted = true;
                self.drop_text(reason, &block.shown(), line);
            }
            return Ok(());
        }
        if self.flow().open.is_none() {
            self.open(line);
        }
        if let Some(open) = &mut self.flow().open {
            open.after.extend(shown.blocks.into_iter().map(|block| block.kind));
        }
        Ok(())
    }
}
