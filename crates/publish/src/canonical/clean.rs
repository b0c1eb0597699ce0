//! Removes what docx-rs writes though it says nothing, or says something wrong.

use super::tree::{Element, Node};

/// Elements that say nothing when they are empty.
const EMPTY: &[&str] = &["w:rPr", "w:pPr", "w:trPr", "w:tcPr", "w:tblPr", "w:tblBorders", "w:pPrDefault"];

/// Attributes that are wrong or vary: element (`""` for any), attribute, its value (`""` for any).
const ATTRIBUTES: &[(&str, &str, &str)] =
    &[("", "w14:paraId", ""), ("w:gridCol", "w:type", ""), ("w:fldChar", "w:dirty", "false")];

/// Cleans an element and all below it.
pub(super) fn clean(element: &mut Element) {
    let name = &element.name;
    element.attributes.retain(|(attribute, value)| !is_wrong(name, attribute, value));
    element.elements_mut().for_each(clean);
    // The style says where a table stands, the table how wide it is.
    let unmeant = match element.name.as_str() {
        "w:tbl" => Some("w:jc"),
        "w:style" => Some("w:tblW"),
        _ => None,
    };
    if let Some(unmeant) = unmeant {
        let properties = element.elements_mut().filter(|child| child.name == "w:tblPr");
        properties.for_each(|properties| properties.retain(|child| child.name != unmeant));
    }
    element.children.retain(|node| match node {
        Node::Element(child) => !says_nothing(child),
        Node::Text(_) => true,
    });
}

/// Whether an element is empty and would say something only if it were not.
pub(super) fn says_nothing(element: &Element) -> bool {
    element.children.is_empty() && element.attributes.is_empty() && EMPTY.contains(&element.name.as_str())
}

/// Whether an attribute of an element is wrong or varies.
pub(super) fn is_wrong(element: &str, attribute: &str, value: &str) -> bool {
    ATTRIBUTES.iter().any(|(at, wrong, of)| {
        *wrong == attribute && (at.is_empty() || *at == element) && (of.is_empty() || *of == value)
    })
}

#[cfg(test)]
mod tests {
    use super::clean;
    use crate::canonical::tree;

    #[test]
    fn empty_properties_and_wrong_attributes_go() {
        let wrong = r#"<w:p w14:paraId="00000004"><w:pPr><w:rPr/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:fldChar w:fldCharType="end" w:dirty="false"/></w:r></w:p>"#;
        let mut root = tree::read("test", wrong).unwrap();
        clean(&mut root);
        let xml = tree::write(&root, false).unwrap();
        let expected = r#"<w:p><w:r><w:rPr><w:b/></w:rPr><w:fldChar w:fldCharType="end"/></w:r></w:p>"#;
        assert_eq!(xml.split_once("?>").unwrap().1, expected);
    }
}
