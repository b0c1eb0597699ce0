//! What opens with an element and closes with it: lists, tables, page margins, signs around text.

use jianbao_model::document::BlockKind;

use super::flow::{Flow, Marker};
use super::lists::{self, List};
use super::tables::{self, Cell, Row, Section};
use super::tree::{Element, NodeId};
use super::walk::{Frame, Walker};
use super::word;
use crate::ReadError;

/// What is to be done when an element ends.
#[derive(Debug, Default, PartialEq)]
pub(super) enum Role {
    #[default]
    Plain,
    Item,
    Table,
    Row,
    Cell(usize, usize),
    Margin {
        is_header: bool,
    },
    /// Signs around the text: of a quotation, of a phonetic guide.
    Enclosed(&'static str),
}

impl Walker<'_> {
    /// Opens what the element's role needs.
    pub(super) fn begin(&mut self, id: NodeId, element: &Element, frame: &mut Frame) {
        if frame.own.breaks_before && frame.is_block && frame.fate.is_none() {
            self.flow().push(BlockKind::PageBreak, frame.line);
        }
        if let Some(is_header) = word::margin(element, &frame.own) {
            frame.role = Role::Margin { is_header };
            frame.fate = None;
            frame.is_block = true;
            self.close();
            self.flows.push(Flow::default());
            return;
        }
        if lists::is_list(element.tag()) {
            frame.list = Some(List::new(self.tree, id, element));
        }
        match element.tag() {
            "li" => self.item(element, frame),
            "q" => frame.role = self.enclose("“", "”", frame),
            "rt" => frame.role = self.enclose("(", ")", frame),
            _ => self.begin_table_part(id, element, frame),
        }
    }

    fn enclose(&mut self, before: &str, after: &'static str, frame: &Frame) -> Role {
        if frame.fate.is_some() {
            return Role::Plain;
        }
        self.text(before, frame.line);
        Role::Enclosed(after)
    }

    fn item(&mut self, element: &Element, frame: &mut Frame) {
        let style = frame.look.list_style.clone();
        let list = self.frames.iter_mut().rev().find_map(|frame| frame.list.as_mut());
        let marker = match list {
            Some(list) => list.marker(element, style.as_deref()),
            None => lists::stray_marker(style.as_deref()),
        };
        if frame.fate.is_none() && !frame.look.is_invisible {
            frame.role = Role::Item;
            let line = frame.line;
            self.flow().show_marker();
            self.flow().marker = marker.map(|text| Marker { text, line });
        }
    }

    fn begin_table_part(&mut self, id: NodeId, element: &Element, frame: &mut Frame) {
        let is_ruled = frame.own.is_ruled;
        match (element.tag(), self.tables.last_mut()) {
            ("table", _) => {
                frame.role = Role::Table;
                self.tables.push(tables::Reading { rows: Vec::new(), line: frame.line, is_ruled });
            }
            ("tr", Some(table)) => {
                frame.role = Role::Row;
                let section = self.tree.node(id).parent.and_then(|outer| self.tree.element(outer));
                let section = section.map(|outer| Section::of(outer.tag())).unwrap_or_default();
                table.rows.push(Row { cells: Vec::new(), section });
            }
            ("td" | "th", Some(table)) => {
                table.is_ruled |= is_ruled;
                let (columns, rows) = Cell::spans(element.attribute("colspan"), element.attribute("rowspan"));
                frame.role = Role::Cell(columns, rows);
                self.flows.push(Flow::default());
            }
            _ => {}
        }
    }

    /// Closes what the element's role opened.
    pub(super) fn end(&mut self, frame: &Frame) -> Result<(), ReadError> {
        match frame.role {
            Role::Item => self.flow().show_marker(),
            Role::Enclosed(after) => self.text(after, frame.line),
            Role::Cell(columns, rows) => {
                let blocks = self.flows.pop().map(|flow| flow.blocks).unwrap_or_default();
                if let Some(row) = self.tables.last_mut().and_then(|table| table.rows.last_mut()) {
                    row.cells.push(Cell { blocks, columns, rows });
                }
            }
            // A row that is not shown is no row: its text has been dropped.
            Role::Row if frame.fate.is_some() => {
                self.tables.last_mut().and_then(|table| table.rows.pop());
            }
            Role::Row | Role::Plain => {}
            Role::Table => self.end_table()?,
            Role::Margin { is_header } => self.end_margin(is_header),
        }
        Ok(())
    }

    fn end_table(&mut self) -> Result<(), ReadError> {
        let limit = self.limits.paragraphs;
        let exceeded = ReadError::LimitExceeded { what: "paragraphs", limit: limit as u64 };
        let blocks = self.tables.pop().map(|table| table.finish(limit)).unwrap_or_default();
        self.flow().blocks.append(&mut blocks.ok_or(exceeded)?);
        Ok(())
    }
}
