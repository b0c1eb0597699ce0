//! The words of a paragraph over its runs: Word divides them at random, so they are looked at as one
//! text and written back into the pieces they came from.

use crate::canonical::tree::{Element, Node};

use super::placeholder::BREAK;

/// What has words of its own, or words that are not printed.
const APART: &[&str] = &[
    "w:pPr",
    "w:rPr",
    "w:del",
    "w:moveFrom",
    "w:drawing",
    "w:pict",
    "w:object",
    "mc:AlternateContent",
    "w:txbxContent",
];

/// The words of a paragraph, with [`BREAK`] for each tab and break.
pub(super) fn of(paragraph: &Element) -> String {
    let mut text = String::new();
    gather(paragraph, &mut text);
    text
}

fn gather(element: &Element, text: &mut String) {
    for child in element.elements() {
        match child.name.as_str() {
            "w:t" => child.children.iter().for_each(|node| {
                if let Node::Text(piece) = node {
                    // A line break within `w:t` is a blank in Word.
                    text.extend(piece.chars().map(|c| if c == BREAK { ' ' } else { c }));
                }
            }),
            "w:tab" | "w:br" | "w:cr" => text.push(BREAK),
            name if APART.contains(&name) => {}
            _ => gather(child, text),
        }
    }
}

/// Replaces the words from `start` to `end`, bytes of what [`of`] gives: the new ones stand in the run
/// in which the old ones began.
pub(super) fn replace(paragraph: &mut Element, start: usize, end: usize, new: &str) {
    put(paragraph, &mut 0, start, end, new);
}

fn put(element: &mut Element, at: &mut usize, start: usize, end: usize, new: &str) {
    for child in element.elements_mut() {
        match child.name.as_str() {
            "w:t" => {
                let text = text_of(child);
                let (first, last) = (*at, *at + text.len());
                *at = last;
                if first >= end || last <= start {
                    continue;
                }
                let head = &text[..start.saturating_sub(first)];
                let tail = &text[end.min(last) - first..];
                let begins = first <= start;
                let text = format!("{head}{}{tail}", if begins { new } else { "" });
                child.children = vec![Node::Text(text)];
                child.set("xml:space", "preserve");
            }
            "w:tab" | "w:br" | "w:cr" => *at += BREAK.len_utf8(),
            name if APART.contains(&name) => {}
            _ => put(child, at, start, end, new),
        }
    }
}

fn text_of(element: &Element) -> String {
    let pieces = element.children.iter().filter_map(|node| match node {
        Node::Text(piece) => Some(piece.as_str()),
        Node::Element(_) => None,
    });
    pieces.collect()
}

#[cfg(test)]
mod tests {
    use super::{of, replace};
    use crate::canonical::tree;

    #[test]
    fn the_new_words_stand_in_the_run_where_the_old_ones_began() {
        let xml = "<w:p><w:r><w:t>第{</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>{期</w:t></w:r><w:r><w:t>}}期</w:t></w:r></w:p>";
        let mut root = tree::read("test", xml).unwrap();
        assert_eq!(of(&root), "第{{期}}期");
        let start = "第".len();
        replace(&mut root, start, start + "{{期}}".len(), "12");
        assert_eq!(of(&root), "第12期");
        let xml = tree::write(&root, false).unwrap();
        assert!(
            xml.contains(r#"<w:r><w:t xml:space="preserve">第12</w:t></w:r><w:r><w:rPr><w:b/></w:rPr>"#),
            "{xml}"
        );
    }

    #[test]
    fn tabs_and_text_boxes_do_not_shift_the_place() {
        let xml = "<w:p><w:r><w:t>甲</w:t><w:tab/><w:pict><w:t>乙</w:t></w:pict><w:t>丙丁</w:t></w:r></w:p>";
        let mut root = tree::read("test", xml).unwrap();
        assert_eq!(of(&root), "甲\n丙丁");
        replace(&mut root, 4, 7, "戊");
        assert_eq!(of(&root), "甲\n戊丁");
    }
}
