//! The page on which the text of an issue stands in a template.

use super::placeholder::{Placeholder, hits};
use super::styles::Sheet;
use super::words;
use crate::canonical::tree::Element;
use crate::style::{Page, Style};

/// Room that a cell of a table keeps at its sides where it does not say so: 108 twips each, Word's own.
const CELL_SIDES: u32 = 216;

/// The style with the template's page, and as many characters in a line as it has room for.
pub(super) fn style(style: &Style, document: &Element, sheet: &Sheet) -> Style {
    let mut seek = Seek::default();
    if let Some(body) = document.child("w:body") {
        seek.below(body, None);
    }
    let mut page = seek.sheet.map_or_else(|| style.page.clone(), |sheet| read(sheet, &style.page));
    if let Some(width) = seek.cell.filter(|width| *width > CELL_SIDES && *width <= page.text_width()) {
        page.right = page.width.saturating_sub(page.left.saturating_add(width - CELL_SIDES));
    }
    let own = sheet.text("信息正文");
    let (size, spacing) = own.unwrap_or((style.sizes.body, style.page.character_spacing));
    let advance = (size * 10).saturating_add_signed(spacing).max(1);
    page.characters = (page.text_width() / advance).max(1);
    Style { page, ..style.clone() }
}

/// The way to the section in which the text stands: it is told behind it (ECMA-376 17.6.17).
#[derive(Default)]
struct Seek<'a> {
    found: bool,
    sheet: Option<&'a Element>,
    /// Width of the table's cell in which the text stands, in twips.
    cell: Option<u32>,
}

impl<'a> Seek<'a> {
    fn below(&mut self, parent: &'a Element, cell: Option<u32>) {
        for child in parent.elements() {
            if self.sheet.is_some() {
                return;
            }
            match child.name.as_str() {
                "w:sectPr" if self.found => self.sheet = Some(child),
                "w:tc" => {
                    let width = child.child("w:tcPr").and_then(|properties| properties.child("w:tcW"));
                    let width = width.filter(|width| width.attribute("w:type") == Some("dxa"));
                    let width = width.and_then(|width| width.attribute("w:w")?.parse().ok());
                    self.below(child, width);
                }
                "w:p" => {
                    let text = words::of(child);
                    if !self.found && hits(&text).iter().any(|hit| hit.known == Some(Placeholder::Body)) {
                        (self.found, self.cell) = (true, cell);
                    }
                    self.below(child, cell);
                }
                _ => self.below(child, cell),
            }
        }
    }
}

/// What a section says about its page (17.6.11, 17.6.13); of columns, one counts (17.6.4).
fn read(sheet: &Element, usual: &Page) -> Page {
    let length = |child: &str, name: &str| {
        let text = sheet.child(child)?.attribute(name)?;
        // Longer than any paper that Word knows is a mistake.
        text.parse::<i32>().ok().map(i32::unsigned_abs).filter(|twips| *twips <= 31_680)
    };
    let mut page = Page {
        width: length("w:pgSz", "w:w").unwrap_or(usual.width),
        height: length("w:pgSz", "w:h").unwrap_or(usual.height),
        top: length("w:pgMar", "w:top").unwrap_or(usual.top),
        bottom: length("w:pgMar", "w:bottom").unwrap_or(usual.bottom),
        left: length("w:pgMar", "w:left").unwrap_or(usual.left) + length("w:pgMar", "w:gutter").unwrap_or(0),
        right: length("w:pgMar", "w:right").unwrap_or(usual.right),
        footer: length("w:pgMar", "w:footer").unwrap_or(usual.footer),
        ..usual.clone()
    };
    let columns = length("w:cols", "w:num").unwrap_or(1).max(1);
    if columns > 1 {
        let between = length("w:cols", "w:space").unwrap_or(720) * (columns - 1);
        let width = page.text_width().saturating_sub(between) / columns;
        page.right = page.width.saturating_sub(page.left + width);
    }
    page
}

#[cfg(test)]
mod tests {
    use super::style;
    use crate::canonical::tree;
    use crate::style::Style;
    use crate::template::styles::Sheet;

    fn check(body: &str, width: u32, characters: u32) {
        let root = tree::read("t", &format!("<w:document><w:body>{body}</w:body></w:document>")).unwrap();
        let found = style(&Style::default(), &root, &Sheet::of(&tree::read("t", "<w:styles/>").unwrap()));
        assert_eq!((found.page.text_width(), found.page.characters), (width, characters));
    }

    #[test]
    fn the_section_behind_the_placeholder_counts() {
        let text = "<w:p><w:r><w:t>{{正文}}</w:t></w:r></w:p>";
        let page = |right: u32, more: &str| {
            format!(
                r#"<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:left="1000" w:right="{right}"/>{more}</w:sectPr>"#
            )
        };
        let first = format!("<w:p><w:pPr>{}</w:pPr></w:p>", page(5000, ""));
        check(&format!("{first}{text}{}", page(1000, "")), 9906, 31);
        check(&format!("{text}{first}{}", page(1000, "")), 5906, 18);
        let columns = r#"<w:cols w:num="2" w:space="906"/>"#;
        check(&format!("{text}{}", page(1000, columns)), 4500, 14);
        let cell = r#"<w:tbl><w:tr><w:tc><w:tcPr><w:tcW w:w="6216" w:type="dxa"/></w:tcPr>"#;
        check(&format!("{cell}{text}</w:tc></w:tr></w:tbl>{}", page(1000, "")), 6000, 19);
        check(text, 8844, 28);
    }
}
