//! Issues of one style: what they share is made once.

use jianbao_model::Issue;

use crate::canonical::{self, Wanted};
use crate::document::named::Named;
use crate::document::sheet::Measures;
use crate::package::Packed;
use crate::{Pictures, RenderError, Style, document};

/// Renders issues in one style.
///
/// Styles, settings, fonts, footers and the like are the same in all of them, except for the few styles that
/// are measured by the masthead. They are built and compressed with the first issue, and again with one of
/// another masthead. The bytes of an issue do not depend on those before it.
pub struct Renderer {
    style: Style,
    shared: Option<Shared>,
}

/// What issues with the same measures share.
struct Shared {
    measures: Measures,
    sheet: Vec<Named>,
    parts: Packed,
}

impl Renderer {
    /// A renderer that has nothing prepared yet.
    pub fn new(style: &Style) -> Self {
        Self { style: style.clone(), shared: None }
    }

    /// The issue as the bytes of a .docx file; `pictures` has those that the items name.
    pub fn render(&mut self, issue: &Issue, pictures: &Pictures) -> Result<Vec<u8>, RenderError> {
        let style = &self.style;
        let measures = document::measures(issue, style);
        let Shared { sheet, parts, .. } = match self.shared.take() {
            Some(shared) if shared.measures == measures => self.shared.insert(shared),
            _ => self.shared.insert(Shared::new(issue, style, measures)?),
        };
        let built = document::build_text(issue, style, sheet, pictures);
        let own = canonical::own_parts(built, &Wanted { issue, style, sheet })?;
        parts.zip(&own.xml, &own.media)
    }
}

impl Shared {
    fn new(issue: &Issue, style: &Style, measures: Measures) -> Result<Self, RenderError> {
        let sheet = document::sheet::styles(style, &measures);
        let built = document::build_empty(style, &sheet);
        let parts = canonical::parts(built, &Wanted { issue, style, sheet: &sheet }, false)?;
        let parts = Packed::new(parts.xml, |name| !canonical::is_own(name))?;
        Ok(Self { measures, sheet, parts })
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use jianbao_model::issue::{Date, Masthead, Section};
    use jianbao_model::{Issue, Item};
    use zip::ZipArchive;

    use super::Renderer;
    use crate::canonical::{self, Wanted};
    use crate::{Pictures, Style, document, render};

    fn issue(office: &str, day: u8, text: &str) -> Issue {
        let paragraph = jianbao_model::item::Paragraph { text: text.to_owned(), at: Vec::new() };
        let item = Item { id: "a#1".to_owned(), paragraphs: vec![paragraph], ..Item::default() };
        let masthead = Masthead {
            offices: vec![office.to_owned()],
            date: Date { year: 2025, month: 3, day },
            ..Masthead::default()
        };
        let entry = jianbao_model::issue::Entry { item, number: None };
        let section = Section { entries: vec![entry], ..Section::default() };
        Issue { masthead, sections: vec![section], ..Issue::default() }
    }

    #[test]
    fn the_parts_are_those_of_a_document_that_is_built_as_a_whole() {
        let (style, pictures) = (Style::default(), Pictures::default());
        let issue = issue("甲办公室", 7, "一是<快>&好。");
        let sheet = document::sheet(&issue, &style);
        let built = document::build(&issue, &style, &sheet, &pictures);
        let wanted = Wanted { issue: &issue, style: &style, sheet: &sheet };
        let expected = canonical::parts(built, &wanted, false).unwrap().xml;
        let docx = Renderer::new(&style).render(&issue, &pictures).unwrap();
        let mut container = ZipArchive::new(Cursor::new(docx)).unwrap();
        let mut found = Vec::new();
        for at in 0..container.len() {
            let mut part = container.by_index(at).unwrap();
            let mut xml = String::new();
            part.read_to_string(&mut xml).unwrap();
            found.push((part.name().unwrap().into_owned(), xml));
        }
        let texts = expected.into_iter().map(|(name, xml)| (name, String::from_utf8(xml).unwrap()));
        assert_eq!(found, texts.collect::<Vec<_>>());
    }

    #[test]
    fn an_issue_does_not_depend_on_those_before_it() {
        let (style, pictures) = (Style::default(), Pictures::default());
        let mut renderer = Renderer::new(&style);
        // Offices and dates of other lengths have other styles.
        for (office, day) in [("甲", 7), ("甲", 17), ("乙丙丁办公室", 17), ("甲", 8)] {
            let issue = issue(office, day, &office.repeat(40));
            assert_eq!(
                renderer.render(&issue, &pictures).unwrap(),
                render(&issue, &style, &pictures).unwrap()
            );
        }
    }
}
