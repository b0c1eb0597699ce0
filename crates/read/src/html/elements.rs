//! Elements that are more than a place for text: breaks, pictures, controls, Word's blanks.

use jianbao_model::document::{BlockKind, Run};
use jianbao_model::{Code, DropReason};

use super::flow::Open;
use super::images::{self, Picture};
use super::look::{Look, Space};
use super::tree::{Element, NodeId};
use super::walk::{Frame, Walker};
use super::word;

/// Characters that an automatic number has at most: `（二十一）`, `第十一条`, `1.1.1.1`.
const NUMBER: usize = 12;

/// Elements that hold no text for readers, with all that is in them.
pub(super) fn is_no_content(tag: &str) -> bool {
    NO_CONTENT.contains(&tag)
}

#[rustfmt::skip] // a table, not a list
const NO_CONTENT: [&str; 18] = [
    "head", "title", "script", "style", "template", "xml", "rp", "col", "colgroup", "datalist", "noframes",
    "meta", "link", "base", "param", "source", "track", "area",
];

/// Whether an element begins and ends paragraphs; `display` may say otherwise than its tag.
pub(super) fn is_block(tag: &str, display: Option<&str>) -> bool {
    match display {
        Some(
            "block" | "list-item" | "flex" | "grid" | "flow-root" | "table" | "table-row" | "table-cell",
        ) => true,
        // Parts of tables and paragraphs that Word wrote keep their ends in any case.
        Some("inline" | "inline-block" | "inline-flex" | "contents") => is_firm(tag),
        _ => is_firm(tag) || BLOCKS.contains(&tag),
    }
}

fn is_firm(tag: &str) -> bool {
    matches!(tag, "table" | "caption" | "tr" | "td" | "th" | "thead" | "tbody" | "tfoot" | "html" | "body")
}

#[rustfmt::skip] // a table, not a list
const BLOCKS: [&str; 44] = [
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "menu", "dir",
    "blockquote", "pre", "center", "form", "fieldset", "legend", "hr", "address", "article", "aside",
    "details", "summary", "dialog", "figure", "figcaption", "footer", "header", "hgroup", "main", "nav",
    "section", "search", "listing", "xmp", "plaintext", "textarea", "frameset", "optgroup",
];

impl Walker<'_> {
    /// Reads an element that has nothing inside for readers.
    pub(super) fn is_void(&mut self, element: &Element, frame: &Frame) -> bool {
        let is_shown = frame.fate.is_none() && !frame.look.is_invisible;
        match element.tag() {
            "br" => self.line_break(frame),
            "img" if is_shown => self.image(element, frame.line),
            "input" if is_shown => self.input(element, frame),
            "img" | "input" | "hr" | "wbr" => {}
            "iframe" | "frame" => self.outside("frame", element.attribute("src"), frame.line),
            "object" | "embed" | "applet" | "video" | "audio" | "canvas" if is_shown => {
                self.warn(Code::NotText, frame.line, &[("what", "object")]);
                return element.tag() == "embed";
            }
            // The letters of a formula or drawing are shown, but not where they stand.
            "math" | "svg" if is_shown => {
                let what = if element.tag() == "math" { "formula" } else { "object" };
                self.warn(Code::NotText, frame.line, &[("what", what)]);
                return false;
            }
            _ => return false,
        }
        true
    }

    fn line_break(&mut self, frame: &Frame) {
        if let Some(reason) = frame.fate {
            self.drop_text(reason, " ", frame.line);
            return;
        }
        if frame.own.breaks_before || frame.own.breaks_after {
            match &mut self.flow().open {
                Some(open) if !open.writer.is_blank() => open.after.push(BlockKind::PageBreak),
                _ => self.flow().push(BlockKind::PageBreak, frame.line),
            }
            return;
        }
        if let Some(open) = &mut self.flow().open {
            open.writer.line_break(&run(&frame.look));
        }
    }

    fn image(&mut self, element: &Element, line: u32) {
        let src = element.attribute("src").unwrap_or_default();
        match images::picture(src, self.images + 1, self.parts) {
            Picture::Image(image) => {
                self.images += 1;
                if self.flow().open.is_none() {
                    self.open(line);
                }
                if let Some(open) = &mut self.flow().open {
                    open.after.push(BlockKind::Image(image));
                }
            }
            Picture::External => self.outside("image", Some(src), line),
            Picture::Missing => {}
        }
    }

    /// What stands elsewhere is told and not fetched.
    pub(super) fn outside(&mut self, kind: &str, target: Option<&str>, line: u32) {
        if let Some(target) = target.filter(|target| !target.trim().is_empty()) {
            self.warn(Code::ExternalReference, line, &[("kind", kind), ("target", target.trim())]);
        }
    }

    /// Writes what Word marks as a field, as blanks, or as the blanks after a number.
    pub(super) fn is_written(&mut self, id: NodeId, frame: &Frame) -> bool {
        let is_plain = frame.own.word.is_empty() && !frame.own.is_padding;
        if frame.fate.is_some() || frame.look.is_invisible || is_plain {
            return false;
        }
        if let Some(mark) = word::field_mark(&frame.own) {
            self.field(mark);
            return self.tree.node(id).first.is_none();
        }
        if let Some(code) = frame.own.word("field-code") {
            self.drop_text(DropReason::FieldCode, code.trim_matches('"'), frame.line);
        }
        let has_elements = self.tree.children(id).any(|child| self.tree.element(child).is_some());
        if frame.is_number || has_elements || self.fields.contains(&true) {
            return false;
        }
        let text = self.tree.own_text(id);
        if let Some(blanks) = word::blanks(&frame.own, &text) {
            if self.flow().open.is_none() {
                self.open(frame.line);
            }
            if let Some(open) = &mut self.flow().open {
                open.writer.write(&blanks, &run(&frame.look), Space::Kept);
            }
            return true;
        }
        let is_blank = !text.is_empty() && text.chars().all(char::is_whitespace);
        frame.own.is_padding && is_blank && self.flow().open.as_mut().is_some_and(take_number)
    }
}

/// Takes what stands before Word's blanks as the number of the paragraph.
fn take_number(open: &mut Open) -> bool {
    let number = open.writer.short(NUMBER).filter(|number| !number.trim().is_empty());
    let Some(number) = number.filter(|_| open.number.is_empty() && open.marker.is_none()) else {
        return false;
    };
    open.number = number;
    open.writer = super::paragraph::Writer::default();
    true
}

fn run(look: &Look) -> Run {
    let font = look.font.as_deref().map(str::to_owned);
    Run { text: String::new(), bold: look.bold, font, size: look.size }
}
