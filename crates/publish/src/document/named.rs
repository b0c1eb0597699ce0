//! What a named style can say, and the docx-rs style made of it.

use docx_rs as docx;

use crate::style::Style;
use crate::text;

/// A named style of the document: all formatting that an issue has.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    /// Id, ASCII.
    pub(crate) id: &'static str,
    /// Name: exactly Word's own for a built-in style, Chinese for the project's.
    pub(crate) name: &'static str,
    /// Id of the style below it.
    pub(crate) based_on: Option<&'static str>,
    /// Id of the style of the next paragraph.
    pub(crate) next: Option<&'static str>,
    /// What it can be given to.
    pub(crate) kind: Kind,
    /// Place in Word's list of styles.
    pub(crate) priority: usize,
    /// Chinese face.
    pub(crate) face: Option<String>,
    /// Face of Latin letters; none leaves the inherited one.
    pub(crate) latin: Option<String>,
    /// Size in half-points.
    pub(crate) size: Option<u32>,
    /// Colour as RRGGBB.
    pub(crate) color: Option<String>,
    /// Added to every character, in twips.
    pub(crate) spacing: Option<i32>,
    /// Pitch of the lines.
    pub(crate) line: Option<Line>,
    /// Space above in twips.
    pub(crate) before: Option<u32>,
    /// Space below in twips.
    pub(crate) after: Option<u32>,
    /// Alignment.
    pub(crate) align: Option<docx::AlignmentType>,
    /// Indents.
    pub(crate) indent: Option<Indent>,
    /// Position of a right tab in twips.
    pub(crate) right_tab: Option<u32>,
    /// Position of a right tab to which dots lead, in twips.
    pub(crate) leader_tab: Option<u32>,
    /// A rule below.
    pub(crate) rule: Option<Rule>,
    /// A paragraph that is a bar of this colour, as high as its line: a rule without a border.
    pub(crate) bar: Option<&'static str>,
    /// Stays with the next paragraph.
    pub(crate) keep_next: bool,
    /// Begins a page.
    pub(crate) new_page: bool,
    /// Level in the navigation pane, from 0.
    pub(crate) outline: Option<usize>,
}

/// What a style can be given to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Paragraphs.
    Paragraph,
    /// Runs.
    Character,
    /// Tables: thin rules all round, centred, with this room in the cells.
    Table(CellMargin),
}

/// Room between a cell's rules and its text, in twips.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CellMargin {
    /// Above and below the text.
    pub(crate) above: u32,
    /// At its left and right.
    pub(crate) beside: u32,
}

/// Pitch of the lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// That many twips, whatever stands in the line: what is higher is clipped.
    Exact(u32),
    /// As high as what stands in the line.
    Single,
}

/// Indents in hundredths of a character, as Word shows them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Indent {
    /// Size of the characters that are counted, in half-points.
    pub(crate) size: u32,
    /// Of all lines, at the left.
    pub(crate) left: i32,
    /// Of all lines, at the right.
    pub(crate) right: i32,
    /// Of the first line; negative hangs.
    pub(crate) first: i32,
}

impl Named {
    /// A paragraph style on Normal that says nothing yet.
    pub(crate) fn paragraph(id: &'static str, name: &'static str) -> Self {
        Self {
            id,
            name,
            based_on: Some("Normal"),
            next: None,
            kind: Kind::Paragraph,
            priority: 20,
            face: None,
            latin: None,
            size: None,
            color: None,
            spacing: None,
            line: None,
            before: None,
            after: None,
            align: None,
            indent: None,
            right_tab: None,
            leader_tab: None,
            rule: None,
            bar: None,
            keep_next: false,
            new_page: false,
            outline: None,
        }
    }

    /// A character style that says nothing yet.
    pub(crate) fn character(id: &'static str, name: &'static str) -> Self {
        Self { based_on: None, kind: Kind::Character, ..Self::paragraph(id, name) }
    }

    /// A table style.
    pub(crate) fn table(id: &'static str, name: &'static str, margin: CellMargin) -> Self {
        Self { based_on: None, kind: Kind::Table(margin), ..Self::paragraph(id, name) }
    }

    /// The style as docx-rs takes it. What it cannot say is added by the canonical pass.
    pub(crate) fn build(&self, style: &Style) -> docx::Style {
        let kind = match self.kind {
            Kind::Paragraph => docx::StyleType::Paragraph,
            Kind::Character => docx::StyleType::Character,
            Kind::Table(_) => docx::StyleType::Table,
        };
        let mut built = docx::Style::new(self.id, kind).name(self.name).ui_priority(self.priority);
        if let Some(base) = self.based_on {
            built = built.based_on(base);
        }
        if let Some(next) = self.next {
            built = built.next(next);
        }
        built.run_property = self.run(style);
        match self.kind {
            Kind::Paragraph => built.paragraph_property = self.paragraph_property(style),
            Kind::Character => {}
            Kind::Table(margin) => {
                built.table_property = margin.table_property();
                built.table_cell_property =
                    docx::TableCellProperty::new().vertical_align(docx::VAlignType::Center);
            }
        }
        built
    }

    fn run(&self, style: &Style) -> docx::RunProperty {
        let mut run = docx::RunProperty::new();
        if let Some(face) = &self.face {
            run = run.fonts(fonts(face, self.latin.as_ref().unwrap_or(&style.faces.latin)));
        }
        if let Some(size) = self.size {
            run = run.size(size as usize);
        }
        if let Some(color) = &self.color {
            run = run.color(text::clean(color));
        }
        if let Some(spacing) = self.spacing {
            run = run.spacing(spacing);
        }
        run
    }

    fn paragraph_property(&self, style: &Style) -> docx::ParagraphProperty {
        let mut paragraph = docx::ParagraphProperty::new();
        if self.line.is_some() || self.before.is_some() || self.after.is_some() {
            paragraph = paragraph.line_spacing(self.line_spacing());
        }
        if let Some(align) = self.align {
            paragraph = paragraph.align(align);
        }
        if let Some(indent) = self.indent {
            let (left, right, special) = indent.twips(style);
            paragraph = paragraph.indent(Some(left), Some(special), Some(right), None);
        }
        if let Some(position) = self.right_tab {
            let tab = docx::Tab::new().val(docx::TabValueType::Right).pos(position as usize);
            paragraph = paragraph.add_tab(tab);
        }
        if let Some(position) = self.leader_tab {
            let tab = docx::Tab::new().val(docx::TabValueType::Right).leader(docx::TabLeaderType::Dot);
            paragraph = paragraph.add_tab(tab.pos(position as usize));
        }
        if let Some(rule) = &self.rule {
            paragraph = paragraph.set_borders(rule.build());
        }
        if let Some(color) = self.bar {
            paragraph = paragraph.shading(docx::Shading::new().fill(color));
        }
        if self.keep_next {
            paragraph = paragraph.keep_next(true);
        }
        if self.new_page {
            paragraph = paragraph.page_break_before(true);
        }
        if let Some(level) = self.outline {
            paragraph = paragraph.outline_lvl(level);
        }
        let large = self.size.is_some_and(|size| size > style.sizes.body);
        if self.line.is_some_and(|line| large || line != Line::Exact(style.page.line)) {
            // LibreOffice snaps exact lines to the grid too; Word makes single ones whole rows of it.
            paragraph = paragraph.snap_to_grid(false);
        }
        if self.id == "Normal" {
            // Single lines may stand alone, or pages end a line early (22 lines, 5.2.3).
            paragraph = paragraph.widow_control(false);
        }
        paragraph
    }

    fn line_spacing(&self) -> docx::LineSpacing {
        let mut spacing = docx::LineSpacing::new();
        spacing = match self.line {
            Some(Line::Exact(line)) => {
                spacing.line_rule(docx::LineSpacingType::Exact).line(line.cast_signed())
            }
            // ECMA-376 17.3.1.33: 240ths of a line.
            Some(Line::Single) => spacing.line_rule(docx::LineSpacingType::Auto).line(240),
            None => spacing,
        };
        if let Some(before) = self.before {
            spacing = spacing.before(before);
        }
        if let Some(after) = self.after {
            spacing = spacing.after(after);
        }
        spacing
    }
}

/// Rules of a table, in eighths of a point: 0.5 pt.
const TABLE_RULE: usize = 4;

impl CellMargin {
    fn table_property(self) -> docx::TableProperty {
        use docx::TableBorderPosition::{Bottom, InsideH, InsideV, Left, Right, Top};
        let (above, beside) = (self.above as usize, self.beside as usize);
        let property = docx::TableProperty::new()
            .align(docx::TableAlignmentType::Center)
            .set_margins(docx::TableCellMargins::new().margin(above, beside, above, beside));
        [Top, Left, Bottom, Right, InsideH, InsideV].into_iter().fold(property, |property, side| {
            property.set_border(docx::TableBorder::new(side).size(TABLE_RULE).color("000000"))
        })
    }
}

impl Indent {
    /// Left, right and first line in twips, for programs that do not count characters.
    fn twips(self, style: &Style) -> (i32, i32, docx::SpecialIndentType) {
        let twips = |hundredths| style.characters(hundredths, self.size);
        let first = match self.first {
            hanging if hanging < 0 => docx::SpecialIndentType::Hanging(twips(-hanging)),
            first => docx::SpecialIndentType::FirstLine(twips(first)),
        };
        (twips(self.left), twips(self.right), first)
    }
}

/// A face for Chinese text. `hAnsi` and the hint keep quotation marks, dashes and dots in the
/// Chinese face (MS-OI29500 2.1.88).
pub(crate) fn fonts(face: &str, latin: &str) -> docx::RunFonts {
    let (face, latin) = (text::clean(face), text::clean(latin));
    docx::RunFonts::new().ascii(&latin).hi_ansi(&face).east_asia(&face).cs(&latin).hint("eastAsia")
}

/// A rule below a paragraph, as wide as the paragraph without its indents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rule {
    /// Eighths of a point.
    pub(crate) width: u32,
    /// Points between the text and the rule.
    pub(crate) space: u32,
    /// Colour as RRGGBB.
    pub(crate) color: String,
}

impl Rule {
    /// What the rule adds to the height of its paragraph, in twips.
    pub(crate) fn height(&self) -> u32 {
        self.space * 20 + self.width * 20 / 8
    }

    fn build(&self) -> docx::ParagraphBorders {
        let border = docx::ParagraphBorder::new(docx::ParagraphBorderPosition::Bottom)
            .val(docx::BorderType::Single)
            .size(self.width as usize)
            .space(self.space as usize)
            .color(text::clean(&self.color));
        docx::ParagraphBorders::with_empty().set(border)
    }
}
