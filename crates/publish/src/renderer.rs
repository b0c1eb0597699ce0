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
        let (plain, built) = document::build_text(issue, style, sheet, pictures)
            .map_err(|source| RenderError::Write { part: canonical::DOCUMENT.to_owned(), source })?;
        let own = canonical::own_parts(built, &plain, &Wanted { issue, style, sheet })?;
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

    use jianbao_model::document::{Image, Table};
    use jianbao_model::issue::{Date, Masthead, Section};
    use jianbao_model::{Issue, Item, SourceId};
    use zip::ZipArchive;

    use super::Renderer;
    use crate::canonical::{self, Wanted};
    use crate::{ColophonPlace, Contents, Head, Parts, Pictures, Points, Style, Titles, document, render};

    /// A PNG of one pixel; nobody looks at more than its header.
    const PNG: &[u8] = b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0crc.\0\0\0\0IENDcrc.";

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

    /// That the parts in the container are those of a document which docx-rs builds as a whole.
    fn check(issue: &Issue, style: &Style) {
        let mut pictures = Pictures::default();
        pictures.add(PNG.to_vec());
        let sheet = document::sheet(issue, style);
        let built = document::build(issue, style, &sheet, &pictures);
        let expected = canonical::parts(built, &Wanted { issue, style, sheet: &sheet }, false).unwrap();
        let expected: Vec<_> = expected.xml.into_iter().chain(expected.media).collect();
        let docx = Renderer::new(style).render(issue, &pictures).unwrap();
        let mut container = ZipArchive::new(Cursor::new(docx)).unwrap();
        let mut found = Vec::new();
        for at in 0..container.len() {
            let mut part = container.by_index(at).unwrap();
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes).unwrap();
            found.push((part.name().unwrap().into_owned(), bytes));
        }
        assert_eq!(found, expected);
    }

    #[test]
    fn the_parts_are_those_of_a_document_that_is_built_as_a_whole() {
        for text in ["一是<快>&好。", "", "甲\t乙\u{B} “丙”", &"字".repeat(2000)] {
            let mut issue = issue("甲办公室", 7, text);
            check(&issue, &Style::default());
            let plain = Parts { head: Head::Title, signature: true, ..Parts::default() };
            check(&issue, &Style { parts: plain, ..Style::default() });
            let pages =
                Parts { contents: Contents::Pages, colophon: ColophonPlace::EvenPage, ..Parts::default() };
            let style =
                Style { parts: pages, titles: Titles::OwnLine, points: Points::Kai, ..Style::default() };
            issue.colophon.send = vec!["主要领导".to_owned()];
            let entry = &mut issue.sections[0].entries[0];
            entry.number = Some(1);
            entry.item.title = Some("标题".to_owned());
            entry.item.lead = Some("编者按".to_owned());
            entry.item.tables =
                vec![Table { rows: vec![vec!["单位".to_owned()], vec!["区城管委".to_owned()]] }];
            entry.item.images = vec![Image { name: String::new(), bytes: 0, hash: Some(SourceId::of(PNG)) }];
            let entry = entry.clone();
            issue.sections[0].in_contents = true;
            issue.sections[0].entries.extend([entry.clone(), entry]);
            check(&issue, &style);
        }
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
