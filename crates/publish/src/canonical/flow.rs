//! The document's text: properties, tables and pictures are changed as trees, all else flows through.

use quick_xml::events::{BytesStart, BytesText, Event};
use quick_xml::{Reader, Writer};

use super::tree::{self, Element, failed, incomplete};
use super::{clean, drawings, tables, tidy};
use crate::RenderError;
use crate::document::plain::Plain;

/// Elements whose content is changed or sorted.
const TREES: &[&str] = &["w:pPr", "w:rPr", "w:sectPr", "w:tbl", "w:drawing"];

/// Elements around what stands in the body: that and the document.
const BODY: usize = 2;

/// Brings `word/document.xml` into its final form.
///
/// Text stays as it is written: docx-rs escapes the same characters as quick-xml. The paragraphs of `plain` come
/// in the places of their marks, which are elements of the body.
pub(super) fn amend(part: &str, xml: &[u8], plain: &Plain, pretty: bool) -> Result<Vec<u8>, RenderError> {
    let written = |source| RenderError::Write { part: part.to_owned(), source };
    let read = |source| failed(part, source);
    let mut reader = Reader::from_reader(xml);
    let mut flow =
        Flow { writer: tree::writer(pretty, xml.len()).map_err(written)?, begun: None, pictures: 0 };
    let mut depth = 0_usize;
    let mut rows = plain.rows();
    loop {
        match reader.read_event().map_err(read)? {
            Event::Start(start) if TREES.contains(&start.name().as_ref()) => {
                flow.tree(tree::read_rest(part, &start, &mut reader)?).map_err(written)?;
            }
            Event::Start(start) => {
                depth += 1;
                flow.begin(start).map_err(written)?;
            }
            Event::Empty(start) if TREES.contains(&start.name().as_ref()) => {
                flow.tree(tree::element(&start).map_err(read)?).map_err(written)?;
            }
            Event::Empty(start) if depth == BODY && start.name().as_ref() == "w:bookmarkEnd" => {
                let row = rows.next().ok_or_else(|| incomplete(part))?;
                flow.fill().map_err(written)?;
                flow.writer.get_mut().extend_from_slice(row);
            }
            Event::End(end) => {
                depth = depth.checked_sub(1).ok_or_else(|| incomplete(part))?;
                flow.end(Event::End(end)).map_err(written)?;
            }
            Event::Eof => break,
            Event::Decl(_) => {}
            // As text: before all else a pretty writer begins a line.
            Event::GeneralRef(reference) => {
                let escaped = format!("&{};", &*reference);
                flow.event(Event::Text(BytesText::from_escaped(escaped))).map_err(written)?;
            }
            event => flow.event(event).map_err(written)?,
        }
    }
    if depth > 0 {
        return Err(incomplete(part));
    }
    Ok(flow.writer.into_inner())
}

/// A part on its way to its writer.
struct Flow<'a> {
    writer: Writer<Vec<u8>>,
    /// An element in which there is nothing yet.
    begun: Option<BytesStart<'a>>,
    /// Number of the last picture.
    pictures: usize,
}

impl<'a> Flow<'a> {
    fn begin(&mut self, start: BytesStart<'a>) -> std::io::Result<()> {
        self.fill()?;
        self.begun = Some(start);
        Ok(())
    }

    /// Writes the beginning of the element in which there is something now.
    fn fill(&mut self) -> std::io::Result<()> {
        match self.begun.take() {
            Some(start) => self.writer.write_event(Event::Start(right(&start))),
            None => Ok(()),
        }
    }

    fn end(&mut self, end: Event) -> std::io::Result<()> {
        self.writer.write_event(match &self.begun.take() {
            Some(start) => Event::Empty(right(start)).into_owned(),
            None => end,
        })
    }

    fn event(&mut self, event: Event) -> std::io::Result<()> {
        self.fill()?;
        match event {
            Event::Empty(start) => self.writer.write_event(Event::Empty(right(&start))),
            event => self.writer.write_event(event),
        }
    }

    fn tree(&mut self, mut element: Element) -> std::io::Result<()> {
        tables::amend(&mut element);
        drawings::amend(&mut element, &mut self.pictures);
        tidy(&mut element);
        if clean::says_nothing(&element) {
            return Ok(());
        }
        self.fill()?;
        tree::write_element(&mut self.writer, &element)
    }
}

/// An element without wrong attributes and without a blank at its end.
fn right<'a>(start: &'a BytesStart) -> BytesStart<'a> {
    let name = start.name();
    let attributes = start.attributes().flatten();
    let right = attributes.filter(|found| !clean::is_wrong(name.as_ref(), found.key.as_ref(), &found.value));
    BytesStart::new(name.into_inner()).with_attributes(right)
}

#[cfg(test)]
mod tests {
    use super::super::{drawings, tables, tidy, tree};
    use super::amend;
    use crate::document::plain::Plain;

    /// The whole part as one tree.
    fn as_tree(xml: &str, pretty: bool) -> String {
        let mut root = tree::read("test", xml).unwrap();
        tables::amend(&mut root);
        drawings::amend(&mut root, &mut 0);
        tidy(&mut root);
        tree::write(&root, pretty).unwrap()
    }

    fn check(body: &str) {
        let xml = format!(
            r#"<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="urn:w" mc:Ignorable="w14 wp14"><w:body>{body}</w:body></w:document>"#
        );
        for pretty in [false, true] {
            assert_eq!(
                amend("test", xml.as_bytes(), &Plain::default(), pretty).unwrap(),
                as_tree(&xml, pretty).as_bytes()
            );
        }
    }

    #[test]
    fn text_that_flows_through_is_as_that_of_a_tree() {
        check("");
        check(
            "<w:p /><w:p></w:p><w:p><w:pPr><w:rPr /></w:pPr></w:p><w:sectPr><w:cols /><w:pgSz /></w:sectPr>",
        );
        check(
            r#"<w:p w14:paraId="1"><w:bookmarkStart w:id="0" w:name="a" /><w:pPr><w:jc /><w:pStyle w:val="A" /></w:pPr><w:r><w:rPr /><w:t xml:space="preserve"> &lt;&amp;甲&quot; </w:t><w:tab /></w:r></w:p>"#,
        );
        check(
            r#"<w:p w14:paraId="2"><w:r><w:rPr><w:sz w:val="2" /><w:b /></w:rPr><w:fldChar w:fldCharType="end" w:dirty="false" /><w:fldChar w:dirty="true" /><w:instrText>PAGE \h</w:instrText><w:t></w:t><w:t /></w:r><w:r><w:rPr /></w:r></w:p>"#,
        );
    }

    #[test]
    fn tables_and_pictures_are_as_those_of_a_tree() {
        let picture = r#"<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="" /><a:x>1</a:x></wp:inline></w:drawing></w:r></w:p>"#;
        let cell = |style: &str, content: &str| {
            format!(
                r#"<w:tr><w:trPr /><w:tc><w:tcPr /><w:p w14:paraId="1"><w:pPr><w:pStyle w:val="{style}" /></w:pPr>{content}</w:p></w:tc></w:tr>"#
            )
        };
        let rows = cell("TableHead", "") + &cell("TableText", "<w:r><w:t>甲</w:t></w:r>");
        let table = format!(
            r#"<w:tbl><w:tblPr><w:jc /><w:tblW w:w="0" /><w:tblStyle /></w:tblPr><w:tblGrid><w:gridCol w:type="dxa" w:w="1" /></w:tblGrid>{rows}</w:tbl>"#
        );
        check(&format!("{picture}{table}{picture}"));
    }

    #[test]
    fn a_part_without_its_end_is_an_error() {
        for xml in ["<w:document>", "<w:document><w:pPr>", "<w:document><w:t>"] {
            assert!(amend("test", xml.as_bytes(), &Plain::default(), false).is_err());
        }
    }
}
