//! The style sheet of an issue: every named style, with its reason where it is not the standard.

use docx_rs::AlignmentType;

use super::named::{CellMargin, Indent, Line, Named, Rule};
use crate::style::{Contents, Style};
use crate::text::FULL;

/// Ids of the styles that the document's paragraphs and runs name.
pub(crate) mod id {
    pub(crate) const MARK: &str = "MastheadMark";
    pub(crate) const NAME: &str = "MastheadName";
    pub(crate) const EDITION: &str = "MastheadEdition";
    pub(crate) const NUMBER: &str = "MastheadNumber";
    pub(crate) const OFFICE: &str = "MastheadOffice";
    pub(crate) const OFFICE_DATE: &str = "MastheadDate";
    pub(crate) const CONTENTS: &str = "ContentsLabel";
    pub(crate) const CONTENTS_SECTION: &str = "ContentsSection";
    pub(crate) const CONTENTS_ENTRY: &str = "ContentsEntry";
    pub(crate) const CONTENTS_LAST: &str = "ContentsLast";
    pub(crate) const SECTION: &str = "SectionHead";
    pub(crate) const PLAIN_TITLE: &str = "Title";
    pub(crate) const PLAIN_SECTION: &str = "PlainSection";
    pub(crate) const PLAIN_ITEM: &str = "PlainItem";
    pub(crate) const ITEM: &str = "ItemBody";
    pub(crate) const FIRST: &str = "ItemFirst";
    pub(crate) const ITEM_TITLE: &str = "ItemTitle";
    pub(crate) const RUN_IN_TITLE: &str = "ItemTitleRun";
    pub(crate) const POINT: &str = "PointRun";
    pub(crate) const LEAD: &str = "ItemLead";
    pub(crate) const BRIEF: &str = "BriefItem";
    pub(crate) const ATTRIBUTION: &str = "Attribution";
    pub(crate) const TABLE: &str = "ItemTable";
    pub(crate) const TABLE_DENSE: &str = "ItemTableDense";
    pub(crate) const CELL: &str = "TableText";
    pub(crate) const CELL_LONG: &str = "TableLongText";
    pub(crate) const CELL_HEAD: &str = "TableHead";
    pub(crate) const DENSE: &str = "TableDenseText";
    pub(crate) const DENSE_LONG: &str = "TableDenseLongText";
    pub(crate) const DENSE_HEAD: &str = "TableDenseHead";
    pub(crate) const TABLE_END: &str = "TableEnd";
    pub(crate) const PICTURE: &str = "ItemPicture";
    pub(crate) const SIGNATURE: &str = "IssueSignature";
    pub(crate) const SIGNATURE_NEXT: &str = "IssueSignatureNext";
    pub(crate) const SIGNATURE_DATE: &str = "IssueSignatureDate";
    pub(crate) const COLOPHON: &str = "Colophon";
    pub(crate) const COLOPHON_LIST: &str = "ColophonList";
    pub(crate) const COLOPHON_EDITORS: &str = "ColophonEditors";
    pub(crate) const OUTER_RULE: &str = "ColophonOuterRule";
    pub(crate) const INNER_RULE: &str = "ColophonInnerRule";
    pub(crate) const ANCHOR: &str = "ColophonAnchor";
    pub(crate) const NEW_PAGE: &str = "ColophonPage";
    pub(crate) const PAGE_ODD: &str = "PageNumberOdd";
    pub(crate) const PAGE_EVEN: &str = "PageNumberEven";
}

/// Width of the red rule, in eighths of a point: 1.5 pt (7.2.7 gives none).
const RED_RULE: u32 = 12;

/// First and last rule of the colophon, in twips: 1 pt, 0.35 mm (7.4.1).
const OUTER_RULE: u32 = 20;

/// Rules between them, in twips: 0.75 pt, 0.25 mm (7.4.1); Word's least line is 0.7 pt.
const INNER_RULE: u32 = 15;

/// What the line of a page number is higher than the number, in twips: 4 pt.
const FOOTER_LEADING: u32 = 80;

/// Space below a paragraph of the colophon, in twips: 2 pt.
const COLOPHON_AFTER: u32 = 40;

/// Room in the cells of a table, in twips: 1 mm above and below, 1.5 mm beside.
pub(super) const TABLE_MARGIN: CellMargin = CellMargin { above: 57, beside: 85 };

/// Room in the cells of a dense table, in twips: 0.5 mm above and below, 0.8 mm beside.
pub(super) const DENSE_MARGIN: CellMargin = CellMargin { above: 28, beside: 45 };

/// Height of the empty paragraph behind a table, and space below a picture, in twips: 7 pt. Word makes
/// one table of two that nothing parts.
const ATTACHED_END: u32 = 140;

/// What the styles must know of their issue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Measures {
    /// Size of the bulletin's name, in half-points.
    pub(crate) name: u32,
    /// Width of the longest issuing office, in quarters of a character.
    pub(crate) office: usize,
    /// Width of the date, in quarters of a character.
    pub(crate) date: usize,
}

/// All styles, Normal first.
pub(crate) fn styles(style: &Style, measures: &Measures) -> Vec<Named> {
    let mut all = built_in(style);
    all.extend(masthead(style, measures.name));
    all.extend(contents(style));
    all.extend(plain(style));
    all.extend(items(style));
    all.extend(attached(style));
    all.extend(signature(style, measures));
    all.extend(colophon(style));
    all
}

fn built_in(style: &Style) -> Vec<Named> {
    let (faces, sizes, page) = (&style.faces, &style.sizes, &style.page);
    let heading = |id, name, level| Named {
        next: Some(id::ITEM),
        priority: 9,
        face: Some(faces.title.clone()),
        keep_next: true,
        outline: Some(level),
        ..Named::paragraph(id, name)
    };
    vec![
        Named {
            based_on: None,
            priority: 0,
            face: Some(faces.body.clone()),
            size: Some(sizes.body),
            spacing: Some(page.character_spacing),
            line: Some(Line::Exact(page.line)),
            align: Some(AlignmentType::Both),
            ..Named::paragraph("Normal", "Normal")
        },
        heading("Heading1", "heading 1", 0),
        heading("Heading2", "heading 2", 1),
        Named {
            priority: 99,
            face: Some(faces.number.clone()),
            latin: Some(faces.number.clone()),
            size: Some(sizes.number),
            spacing: Some(0),
            // Hardly higher than the number: Word sets it in the middle of its line and LibreOffice
            // at four fifths, which are the same place only in a low line.
            line: Some(Line::Exact(sizes.number * 10 + FOOTER_LEADING)),
            ..Named::paragraph("Footer", "footer")
        },
    ]
}

fn masthead(style: &Style, name_size: u32) -> Vec<Named> {
    let (faces, sizes, page) = (&style.faces, &style.sizes, &style.page);
    let centred = |id, name| Named { align: Some(AlignmentType::Center), ..Named::paragraph(id, name) };
    let rule = Rule { width: RED_RULE, space: 4, color: faces.red.clone() };
    vec![
        Named {
            // 密级 at the left, 份号 at the right.
            next: Some(id::NAME),
            face: Some(faces.title.clone()),
            align: Some(AlignmentType::Left),
            right_tab: Some(page.text_width()),
            ..Named::paragraph(id::MARK, "密级份号")
        },
        Named {
            next: Some(id::EDITION),
            face: Some(faces.name.clone()),
            size: Some(name_size),
            color: Some(faces.red.clone()),
            spacing: Some(0),
            line: Some(Line::Exact(style.name_line(name_size))),
            ..centred(id::NAME, "简报名称")
        },
        Named {
            next: Some(id::NUMBER),
            face: Some(faces.edition.clone()),
            size: Some(sizes.edition),
            ..centred(id::EDITION, "简报栏名")
        },
        Named { next: Some(id::OFFICE), after: Some(page.line), ..centred(id::NUMBER, "简报期号") },
        Named {
            // A long name of an office must not push the date into another line.
            align: Some(AlignmentType::Left),
            right_tab: Some(page.text_width()),
            ..Named::paragraph(id::OFFICE, "编发单位")
        },
        Named {
            based_on: Some(id::OFFICE),
            next: Some(id::CONTENTS),
            // The rule, its distance and this space are one line together.
            after: Some(page.line.saturating_sub(rule.height())),
            rule: Some(rule),
            ..Named::paragraph(id::OFFICE_DATE, "编发单位和日期")
        },
    ]
}

fn contents(style: &Style) -> Vec<Named> {
    let title = |id, name| Named {
        face: Some(style.faces.title.clone()),
        keep_next: true,
        ..Named::paragraph(id, name)
    };
    // No right indent keeps titles away from the numbers: LibreOffice hides what stands beyond one.
    let leader_tab = (style.parts.contents == Contents::Pages).then_some(style.page.text_width());
    vec![
        Named { next: Some(id::CONTENTS_SECTION), ..title(id::CONTENTS, "目录标题") },
        Named { next: Some(id::CONTENTS_ENTRY), ..title(id::CONTENTS_SECTION, "目录栏目") },
        Named {
            indent: Some(Indent { size: style.sizes.body, left: 100, right: 0, first: -100 }),
            leader_tab,
            ..Named::paragraph(id::CONTENTS_ENTRY, "目录项")
        },
        Named {
            based_on: Some(id::CONTENTS_ENTRY),
            next: Some(id::SECTION),
            // An empty line, or the first section looks like one more of the contents. At the foot
            // of a page there is none.
            after: Some(style.page.line),
            ..Named::paragraph(id::CONTENTS_LAST, "目录末项")
        },
    ]
}

/// The headings of a plain official document (7.3.1, 7.3.3).
fn plain(style: &Style) -> Vec<Named> {
    let (faces, sizes) = (&style.faces, &style.sizes);
    let numbered = |id, name, base, face: &String| Named {
        based_on: Some(base),
        next: Some(id::ITEM),
        priority: 11,
        face: Some(face.clone()),
        indent: Some(Indent { size: sizes.body, left: 0, right: 0, first: 200 }),
        ..Named::paragraph(id, name)
    };
    vec![
        Named {
            next: Some(id::ITEM),
            priority: 10,
            face: Some(faces.headline.clone()),
            size: Some(sizes.headline),
            spacing: Some(0),
            line: Some(Line::Exact(style.name_line(sizes.headline))),
            after: Some(style.page.line),
            align: Some(AlignmentType::Center),
            keep_next: true,
            outline: Some(0),
            ..Named::paragraph(id::PLAIN_TITLE, "Title")
        },
        numbered(id::PLAIN_SECTION, "一级标题（黑体）", "Heading1", &faces.title),
        numbered(id::PLAIN_ITEM, "二级标题（楷体）", "Heading2", &faces.edition),
    ]
}

/// Issuing offices and date at the end of the text, without a seal (7.3.5.2): the office two characters
/// from the right, the date two characters right of where the office begins. Where that leaves the date
/// fewer than two characters from the right, it keeps those, and the office moves.
fn signature(style: &Style, measures: &Measures) -> Vec<Named> {
    let hundredths = |quarters: usize| i32::try_from(quarters * 100 / FULL).unwrap_or(i32::MAX);
    let line = i32::try_from(style.page.characters).unwrap_or(i32::MAX).saturating_mul(100);
    let (office, date) = (hundredths(measures.office), hundredths(measures.date));
    // Half a line is left for the office, however unequal the two are.
    let right = if office - date >= 200 { 200 } else { (400 + date - office).clamp(200, line / 2) };
    let of_office = Indent { size: style.sizes.body, right, ..Indent::default() };
    // From the left: digits are not equally wide in all faces, and where they begin is what counts.
    let left = (line - right - office + 200).clamp(0, (line - date).max(0));
    let named = |id, name, align, indent| Named {
        align: Some(align),
        indent: Some(indent),
        ..Named::paragraph(id, name)
    };
    vec![
        Named {
            next: Some(id::SIGNATURE_DATE),
            before: Some(style.page.line),
            keep_next: true,
            ..named(id::SIGNATURE, "署名", AlignmentType::Right, of_office)
        },
        Named {
            next: Some(id::SIGNATURE_DATE),
            keep_next: true,
            ..named(id::SIGNATURE_NEXT, "署名续行", AlignmentType::Right, of_office)
        },
        named(id::SIGNATURE_DATE, "成文日期", AlignmentType::Left, Indent { left, right: 0, ..of_office }),
    ]
}

fn items(style: &Style) -> Vec<Named> {
    let sizes = &style.sizes;
    let title = Some(style.faces.title.clone());
    // A title of the text's size needs no empty line below it.
    let large = sizes.headline > sizes.body;
    let body = Named {
        indent: Some(Indent { size: style.sizes.body, left: 0, right: 0, first: 200 }),
        right_tab: Some(style.page.text_width()),
        ..Named::paragraph(id::ITEM, "信息正文")
    };
    vec![
        Named {
            based_on: Some("Heading1"),
            next: Some(id::ITEM),
            priority: 10,
            outline: Some(0),
            ..Named::paragraph(id::SECTION, "栏目标题")
        },
        Named {
            based_on: Some("Heading2"),
            next: Some(id::ITEM),
            priority: 11,
            face: Some(style.faces.headline.clone()),
            size: Some(sizes.headline),
            spacing: large.then_some(0),
            line: Some(Line::Exact(style.name_line(sizes.headline))),
            after: large.then_some(style.page.line),
            align: Some(AlignmentType::Center),
            outline: Some(1),
            ..Named::paragraph(id::ITEM_TITLE, "信息标题行")
        },
        body.clone(),
        Named {
            // The title is in the text, and the navigation pane has it from here.
            based_on: Some(id::ITEM),
            next: Some(id::ITEM),
            outline: Some(1),
            ..Named::paragraph(id::FIRST, "信息首段")
        },
        Named {
            based_on: Some(id::ITEM),
            face: Some(style.faces.edition.clone()),
            ..Named::paragraph(id::LEAD, "按语")
        },
        Named { based_on: Some(id::ITEM), ..Named::paragraph(id::BRIEF, "简讯") },
        Named { align: Some(AlignmentType::Right), ..Named::paragraph(id::ATTRIBUTION, "供稿单位") },
        Named { priority: 12, face: title, ..Named::character(id::RUN_IN_TITLE, "信息标题") },
        Named {
            priority: 12,
            face: Some(style.faces.edition.clone()),
            ..Named::character(id::POINT, "要点标题")
        },
    ]
}

/// What stands in a table, in two sizes, the dense one for tables of many columns; and pictures.
fn attached(style: &Style) -> Vec<Named> {
    let sizes = &style.sizes;
    let text = |id, name, size| Named {
        size: Some(size),
        spacing: Some(0),
        // An exact line would clip what is higher, and cells are as high as their text.
        line: Some(Line::Single),
        align: Some(AlignmentType::Center),
        ..Named::paragraph(id, name)
    };
    let left = |based_on, id, name| Named {
        based_on: Some(based_on),
        align: Some(AlignmentType::Left),
        ..Named::paragraph(id, name)
    };
    let head = |based_on, id, name| Named {
        based_on: Some(based_on),
        face: Some(style.faces.title.clone()),
        // The head never stands alone at the foot of a page.
        keep_next: true,
        ..Named::paragraph(id, name)
    };
    vec![
        Named::table(id::TABLE, "简报表格", TABLE_MARGIN),
        Named::table(id::TABLE_DENSE, "简报密表", DENSE_MARGIN),
        text(id::CELL, "表格文字", sizes.table),
        left(id::CELL, id::CELL_LONG, "表格长文"),
        head(id::CELL, id::CELL_HEAD, "表格标题"),
        text(id::DENSE, "密表文字", sizes.dense_table),
        left(id::DENSE, id::DENSE_LONG, "密表长文"),
        head(id::DENSE, id::DENSE_HEAD, "密表标题"),
        Named {
            next: Some(id::ITEM),
            size: Some(2),
            line: Some(Line::Exact(ATTACHED_END)),
            ..Named::paragraph(id::TABLE_END, "表格后")
        },
        Named {
            next: Some(id::ITEM),
            // An exact line would show a strip of the picture.
            line: Some(Line::Single),
            after: Some(ATTACHED_END),
            align: Some(AlignmentType::Center),
            ..Named::paragraph(id::PICTURE, "图片")
        },
    ]
}

fn colophon(style: &Style) -> Vec<Named> {
    let sizes = &style.sizes;
    let width = style.page.text_width();
    let indent = |left, right, first| Some(Indent { size: sizes.colophon, left, right, first });
    let rule = |id, name, height| Named {
        size: Some(2),
        line: Some(Line::Exact(height)),
        bar: Some("000000"),
        ..Named::paragraph(id, name)
    };
    let page = |id, name, align, left, right| Named {
        based_on: Some("Footer"),
        priority: 99,
        align: Some(align),
        indent: indent(left, right, 0),
        ..Named::paragraph(id, name)
    };
    vec![
        Named {
            size: Some(sizes.colophon),
            spacing: Some(0),
            line: Some(Line::Exact(sizes.colophon_line)),
            // LibreOffice sets the text low in its line, Word in the middle; with this it stands
            // about in the middle between its rules in both.
            after: Some(COLOPHON_AFTER),
            // One character free at both sides (7.4.2), copies at the right.
            indent: indent(100, 100, 0),
            right_tab: Some(width.saturating_sub(sizes.colophon * 10)),
            align: Some(AlignmentType::Left),
            ..Named::paragraph(id::COLOPHON, "报尾")
        },
        Named {
            based_on: Some(id::COLOPHON),
            // Further lines stand behind the colon of `报：` (7.4.2).
            indent: indent(300, 100, -200),
            ..Named::paragraph(id::COLOPHON_LIST, "报尾分送")
        },
        Named {
            based_on: Some(id::COLOPHON),
            // The same behind `责任编辑：`.
            indent: indent(600, 100, -500),
            ..Named::paragraph(id::COLOPHON_EDITORS, "报尾编辑")
        },
        rule(id::OUTER_RULE, "报尾粗线", OUTER_RULE),
        rule(id::INNER_RULE, "报尾细线", INNER_RULE),
        Named {
            // Holds the frame; so low that it finds room on a full page.
            size: Some(2),
            line: Some(Line::Exact(20)),
            ..Named::paragraph(id::ANCHOR, "报尾锚")
        },
        Named {
            size: Some(2),
            line: Some(Line::Exact(20)),
            new_page: true,
            ..Named::paragraph(id::NEW_PAGE, "报尾另页")
        },
        page(id::PAGE_ODD, "页码（单页）", AlignmentType::Right, 0, 100),
        page(id::PAGE_EVEN, "页码（双页）", AlignmentType::Left, 100, 0),
    ]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Measures, id, signature, styles};

    #[test]
    fn the_date_begins_two_characters_right_of_the_office() {
        // An office and a date of so many characters; expected are the office's right indent and the date's left.
        let check = |office: usize, date: usize, expected: (i32, i32)| {
            let measures = Measures { office: office * 4, date: date * 4, name: 0 };
            let found = signature(&Style::default(), &measures);
            let indent = |id| {
                let named = found.iter().find(|named| named.id == id).expect("a style");
                named.indent.expect("an indent")
            };
            assert_eq!((indent(id::SIGNATURE).right, indent(id::SIGNATURE_DATE).left), expected);
        };
        check(14, 8, (200, 28_00 - 200 - 14_00 + 200));
        check(10, 8, (200, 28_00 - 200 - 10_00 + 200));
        // The date is 2 characters from the right, and begins 2 right of the office.
        check(5, 8, (700, 28_00 - 200 - 8_00));
    }

    use crate::style::Style;

    #[test]
    fn every_style_is_there_once_and_stands_on_one_that_exists() {
        let all = styles(&Style::default(), &Measures::default());
        let ids: BTreeSet<_> = all.iter().map(|named| named.id).collect();
        let names: BTreeSet<_> = all.iter().map(|named| named.name).collect();
        assert_eq!((ids.len(), names.len()), (all.len(), all.len()));
        for other in all.iter().flat_map(|named| [named.based_on, named.next]).flatten() {
            assert!(ids.contains(other), "{other}");
        }
    }
}
