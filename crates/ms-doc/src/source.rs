//! The parts of an opened file, and the lookups of properties that need several of them.

use crate::bytes::{slice, u16_at};
use crate::fib::{Fib, Part};
use crate::fkp::{PageKind, Pages};
use crate::fonts::Fonts;
use crate::lists::Lists;
use crate::pieces::{Piece, Pieces};
use crate::properties::{self, Character, Paragraph, character_style};
use crate::sections::Sections;
use crate::styles::{Styles, apply_with_list};
use crate::table::RowLayout;
use std::cell::Cell;

/// Property lists outside of the pages may be large and used often; all uses together are
/// bounded, beyond it they are ignored.
const MAX_HUGE_LISTS: usize = 32 << 20; // bytes

/// A Word 97 file, ready to be walked.
#[derive(Debug)]
pub(crate) struct Source<'a> {
    pub(crate) stream: &'a [u8],
    pub(crate) table: &'a [u8],
    /// Entries of the drawings' store of pictures.
    pub(crate) store: Vec<&'a [u8]>,
    pub(crate) data: &'a [u8],
    pub(crate) text: Pieces,
    pub(crate) styles: Styles,
    pub(crate) fonts: Fonts,
    pub(crate) lists: Lists,
    pub(crate) sections: Sections,
    characters: Pages<'a>,
    paragraphs: Pages<'a>,
    huge_lists_left: Cell<usize>,
}

impl<'a> Source<'a> {
    pub(crate) fn new(
        fib: &Fib<'_>,
        stream: &'a [u8],
        table: &'a [u8],
        data: &'a [u8],
        text: Pieces,
    ) -> Self {
        let pages = |part, kind| Pages { stream, bins: fib.slice(table, part), kind };
        let lists = Lists::parse(fib, table);
        Self {
            stream,
            table,
            store: crate::art::store(fib.slice(table, Part::DggInfo)),
            data,
            text,
            styles: Styles::parse(fib.slice(table, Part::Stshf), &lists),
            fonts: Fonts::parse(fib.slice(table, Part::SttbfFfn)),
            lists,
            sections: Sections::parse(fib, stream, table),
            characters: pages(Part::PlcfBteChpx, PageKind::Characters),
            paragraphs: pages(Part::PlcfBtePapx, PageKind::Paragraphs),
            huge_lists_left: Cell::new(MAX_HUGE_LISTS),
        }
    }

    pub(crate) fn unit(&self, position: u32) -> Option<u16> {
        self.text.units.get(position as usize).copied()
    }

    /// The properties of the paragraph whose mark is at `mark`, and a row's layout.
    pub(crate) fn paragraph(&self, mark: u32) -> (Paragraph, Option<RowLayout>) {
        let Some(piece) = self.text.piece_at(mark) else {
            return Default::default();
        };
        let entry = self.paragraphs.at(piece.offset_of(mark));
        let mut paragraph = self.styles.get(entry.style).paragraph;
        paragraph.style = entry.style;
        apply_with_list(&mut paragraph, entry.list, &self.lists);
        let more = paragraph.more.map_or(&[][..], |at| self.huge_list(at));
        apply_with_list(&mut paragraph, more, &self.lists);
        self.with_modifier(piece, |list| paragraph.apply(list));
        let ends_row = paragraph.ends_row || paragraph.ends_inner_row;
        let layout = ends_row.then(|| RowLayout::parse([entry.list, more]));
        (paragraph, layout)
    }

    /// The properties of the character at `position` in a paragraph of a style, and the first
    /// position where they may change.
    pub(crate) fn character(&self, position: u32, style: u16) -> (Character, u32) {
        let base = self.styles.get(style).character;
        let Some(piece) = self.text.piece_at(position) else {
            return (base, position.saturating_add(1));
        };
        let entry = self.characters.at(piece.offset_of(position));
        let mut character = base;
        if let Some(named) = character_style(entry.list) {
            character.apply(&self.styles.get(named).list, &base);
        }
        let styled = character;
        character.apply(entry.list, &styled);
        self.with_modifier(piece, |list| character.apply(list, &styled));
        (character, piece.position_of(entry.end).max(position.saturating_add(1)))
    }

    /// A `PrcData` in the `Data` stream (MS-DOC 2.9.211).
    fn huge_list(&self, at: u32) -> &'a [u8] {
        let len = u16_at(self.data, at as usize).map_or(0, usize::from);
        let Some(left) = self.huge_lists_left.get().checked_sub(len) else {
            return &[];
        };
        self.huge_lists_left.set(left);
        slice(self.data, at as usize + 2, len).unwrap_or_default()
    }

    /// Applies the modifier of a piece (MS-DOC 2.9.209 `Prm`).
    fn with_modifier(&self, piece: Piece, mut apply: impl FnMut(&[u8])) {
        /// Fast-saved changes are short; long lists would be read again for every run.
        const MAX_LIST: usize = 512; // bytes
        match piece.prm {
            0 => {}
            prm if prm & 1 == 0 => apply(&properties::short_modifier(prm)),
            prm => {
                let list = self.text.property_list(usize::from(prm >> 1), self.table);
                let list = list.unwrap_or_default();
                apply(list.get(..MAX_LIST).unwrap_or(list));
            }
        }
    }
}
