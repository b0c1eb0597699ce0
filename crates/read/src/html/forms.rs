//! Forms, and elements of which only one of several contents is shown.

use jianbao_model::{Code, DropReason};

use super::tree::{Element, NodeId};
use super::walk::{Frame, Walker};

impl Walker<'_> {
    /// A field of a form shows what is filled in; what can only be clicked is no text.
    pub(super) fn input(&mut self, element: &Element, frame: &Frame) {
        let kind = element.attribute("type").unwrap_or("text").to_ascii_lowercase();
        let is_ticked = element.attribute("checked").is_some();
        match (kind.as_str(), element.attribute("value")) {
            ("text" | "search" | "tel" | "email" | "url" | "number" | "date", Some(value)) => {
                self.text(value, frame.line);
            }
            // What a hidden field holds is for the server: keys, states, no text.
            ("hidden", _) | ("text", None) => {}
            // A tick is an answer.
            ("checkbox", _) => self.text(if is_ticked { "☑" } else { "☐" }, frame.line),
            ("radio", _) => self.text(if is_ticked { "◉" } else { "○" }, frame.line),
            _ => self.warn(Code::NotText, frame.line, &[("what", "control")]),
        }
    }

    /// Of a choice only what is chosen is shown.
    pub(super) fn option(&self, id: NodeId, element: &Element) -> Option<DropReason> {
        if matches!(element.tag(), "annotation" | "annotation-xml") {
            return Some(DropReason::DuplicateFallback);
        }
        if matches!(self.tag_around(id), Some("object" | "applet" | "video" | "audio" | "canvas")) {
            return Some(DropReason::DuplicateFallback);
        }
        if element.tag() != "option" || element.attribute("selected").is_some() {
            return None;
        }
        let parent = self.tree.node(id).parent?;
        // Where nothing is chosen, the first is.
        let mut options =
            self.tree.children(parent).filter_map(|child| Some((child, self.tree.element(child)?)));
        let is_first = options.next().is_some_and(|(first, _)| first == id);
        let mut others = options.map(|(_, option)| option.attribute("selected").is_some());
        (!is_first || others.any(|is_chosen| is_chosen)).then_some(DropReason::Hidden)
    }

    fn tag_around(&self, id: NodeId) -> Option<&str> {
        let parent = self.tree.node(id).parent?;
        Some(self.tree.element(parent)?.tag())
    }
}
