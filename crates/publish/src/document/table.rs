//! Tables of an item: as wide as the type area, with thin rules, and a head that every page repeats.
//!
//! Columns are as wide as their text wants in proportion to each other. Where that is more than the
//! type area has, columns of short text keep what they want and those of long text share the rest.
//! A table of so many columns that three characters in each have no room is set in the dense styles.

use docx_rs as docx;
use jianbao_model::document::Table;

use super::line::{quarters, units};
use super::sheet::{DENSE_MARGIN, TABLE_MARGIN, id};
use super::{Block, paragraph, text_paragraph};
use crate::style::Style;
use crate::text::{FULL, is_latin};

/// More columns are not printed: the type area has not one dense character for each.
const COLUMNS: usize = 30;

/// No column is narrower, in characters, while there is room.
const NARROWEST: usize = 3;

/// A head of more lines in one cell is repeated on no page.
const HEAD_LINES: usize = 5;

/// Height of a single line of a Chinese face over its size, in hundredths.
pub(super) const SINGLE: usize = 130;

/// Height of a rule, in twips: half a point.
const RULE: usize = 10;

/// Whether a table can be printed; one without cells has nothing to print.
pub(crate) fn is_printable(table: &Table) -> bool {
    columns(table) <= COLUMNS
}

/// A table and the low paragraph that parts it from the next one.
pub(super) fn blocks(table: &Table, style: &Style) -> Vec<Block> {
    if columns(table) == 0 || !is_printable(table) {
        return Vec::new();
    }
    let layout = Layout::new(table, style);
    let rows = layout.heights(table);
    vec![Block::Table(Box::new(layout.build(table)), rows), paragraph(id::TABLE_END).into()]
}

fn columns(table: &Table) -> usize {
    table.rows.iter().map(Vec::len).max().unwrap_or_default()
}

/// The named styles that a table is set in, and what they measure.
struct Face {
    table: &'static str,
    text: &'static str,
    long: &'static str,
    head: &'static str,
    /// Width of a character, in twips.
    character: usize,
    /// What a cell has beside its text, in twips.
    margin: usize,
    /// What a row has above and below its text, in twips.
    above: usize,
}

impl Face {
    fn normal(style: &Style) -> Self {
        Self {
            table: id::TABLE,
            text: id::CELL,
            long: id::CELL_LONG,
            head: id::CELL_HEAD,
            character: style.sizes.table as usize * 10,
            margin: 2 * TABLE_MARGIN.beside as usize,
            above: 2 * TABLE_MARGIN.above as usize + RULE,
        }
    }

    fn dense(style: &Style) -> Self {
        Self {
            table: id::TABLE_DENSE,
            text: id::DENSE,
            long: id::DENSE_LONG,
            head: id::DENSE_HEAD,
            character: style.sizes.dense_table as usize * 10,
            margin: 2 * DENSE_MARGIN.beside as usize,
            above: 2 * DENSE_MARGIN.above as usize + RULE,
        }
    }

    /// The narrowest column, in twips.
    fn narrowest(&self) -> usize {
        NARROWEST * self.character + self.margin
    }

    /// What a text in one line wants, in twips. Half a character is for what the estimate cannot know,
    /// and a quarter for every four Latin ones: a face that is replaced is often wider.
    fn wanted(&self, text: &str) -> usize {
        let latin = text.chars().filter(|c| is_latin(*c)).count();
        (quarters(text) + FULL / 2 + latin / 4) * self.character / FULL + self.margin
    }

    /// What a column wants.
    fn wish(&self, table: &Table, column: usize) -> Wish {
        let cells = table.rows.iter().filter_map(|row| row.get(column));
        let lines = || cells.clone().flat_map(|cell| cell.split('\n'));
        let widest = lines().map(|line| self.wanted(line)).max().unwrap_or_default();
        let word = lines().flat_map(units).map(|word| self.wanted(word)).max().unwrap_or_default();
        let least = word.max(self.narrowest());
        Wish { best: widest.max(least), least }
    }

    /// In how many lines a cell of that width has its text.
    fn lines(&self, cell: &str, width: usize) -> usize {
        let line = (width.saturating_sub(self.margin) * FULL / self.character.max(1)).max(1);
        cell.split('\n').map(|part| quarters(part).div_ceil(line).max(1)).sum()
    }
}

/// How a table is set.
struct Layout {
    face: Face,
    widths: Vec<usize>,
    /// Lines of a page.
    page: usize,
}

impl Layout {
    fn new(table: &Table, style: &Style) -> Self {
        let total = style.page.text_width() as usize;
        let columns = columns(table);
        let normal = Face::normal(style);
        let face = if columns * normal.narrowest() <= total { normal } else { Face::dense(style) };
        let wishes: Vec<Wish> = (0..columns).map(|column| face.wish(table, column)).collect();
        let widths = widths(&wishes, total);
        let page = style.page.text_height() as usize * 100 / (face.character * SINGLE).max(1);
        Self { face, widths, page }
    }

    fn build(&self, table: &Table) -> docx::Table {
        let has_head = table.rows.len() > 1 && self.row_lines(&table.rows[0]) <= HEAD_LINES;
        let (head, body) = table.rows.split_at(usize::from(has_head));
        let is_long = |column| body.iter().any(|row| self.lines(row, column) > 1);
        let styles: Vec<_> = (0..self.widths.len())
            .map(|column| if is_long(column) { self.face.long } else { self.face.text })
            .collect();
        let heads = vec![self.face.head; self.widths.len()];
        let head = head.iter().map(|row| self.row(row, &heads));
        let rows = head.chain(body.iter().map(|row| self.row(row, &styles))).collect();
        // The rules and the place are the style's; without a fixed layout Word makes columns wider
        // for what it cannot break.
        docx::Table::without_borders(rows)
            .style(self.face.table)
            .set_grid(self.widths.clone())
            .width(self.widths.iter().sum(), docx::WidthType::Dxa)
            .layout(docx::TableLayoutType::Fixed)
    }

    /// Heights of the rows in twips, estimated.
    fn heights(&self, table: &Table) -> Vec<u32> {
        let line = self.face.character * SINGLE / 100;
        let height = |row: &Vec<String>| self.row_lines(row).max(1) * line + self.face.above;
        table.rows.iter().map(|row| u32::try_from(height(row)).unwrap_or(u32::MAX)).collect()
    }

    /// A row with a cell in every column. One that is higher than half a page may break, or it
    /// would leave as much of a page empty.
    fn row(&self, cells: &[String], styles: &[&str]) -> docx::TableRow {
        let texts = cells.iter().map(String::as_str).chain(std::iter::repeat(""));
        let built = self.widths.iter().zip(texts).zip(styles);
        let row =
            docx::TableRow::new(built.map(|((width, text), style)| cell(text, style, *width)).collect());
        if self.row_lines(cells) > self.page / 2 { row } else { row.cant_split() }
    }

    fn row_lines(&self, row: &[String]) -> usize {
        (0..row.len()).map(|column| self.lines(row, column)).max().unwrap_or_default()
    }

    fn lines(&self, row: &[String], column: usize) -> usize {
        row.get(column).map_or(0, |cell| self.face.lines(cell, self.widths[column]))
    }
}

/// One paragraph for each line of the cell.
fn cell(text: &str, style: &str, width: usize) -> docx::TableCell {
    let cell = docx::TableCell::new().width(width, docx::WidthType::Dxa);
    text.split('\n').fold(cell, |cell, line| {
        let line = line.trim_end_matches('\r');
        let built = if line.is_empty() { paragraph(style) } else { text_paragraph(style, line) };
        cell.add_paragraph(built)
    })
}

/// What a column wants, in twips.
#[derive(Clone, Copy)]
struct Wish {
    /// Every line of every cell in one line.
    best: usize,
    /// No word broken, and three characters.
    least: usize,
}

/// Divides the type area among columns; they add up to `total`.
fn widths(wishes: &[Wish], total: usize) -> Vec<usize> {
    let sum: usize = wishes.iter().map(|wish| wish.best).sum();
    let mut widths = if sum <= total {
        wishes.iter().map(|wish| wish.best * total / sum.max(1)).collect()
    } else {
        shared(wishes, total)
    };
    let rest = total.saturating_sub(widths.iter().sum());
    if let Some(widest) = widths.iter_mut().max() {
        // What rounding has left.
        *widest += rest;
    }
    widths
}

/// Columns for which a fair share is enough get what they want; what that leaves makes the share of
/// the others larger, until only columns of long text are left. Those get half of a fair share or
/// their longest word, and of the rest in proportion to what they want.
fn shared(wishes: &[Wish], total: usize) -> Vec<usize> {
    let mut widths: Vec<Option<usize>> = vec![None; wishes.len()];
    let (mut left, mut open) = (total, wishes.len());
    let fair = loop {
        let fair = left / open.max(1);
        let fitting = (0..wishes.len()).find(|&at| widths[at].is_none() && wishes[at].best <= fair);
        let Some(at) = fitting else { break fair };
        widths[at] = Some(wishes[at].best);
        left -= wishes[at].best;
        open -= 1;
    };
    let base = |wish: &Wish| wish.least.max(fair / 2).min(fair);
    let long = || wishes.iter().zip(&widths).filter(|(_, width)| width.is_none()).map(|(wish, _)| wish);
    let rest = left - long().map(base).sum::<usize>();
    let sum = long().map(|wish| wish.best).sum::<usize>().max(1);
    let width = |wish: &Wish| base(wish) + wish.best.saturating_mul(rest) / sum;
    wishes.iter().zip(&widths).map(|(wish, given)| given.unwrap_or_else(|| width(wish))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOTAL: usize = 8844; // twips, 156 mm

    fn wishes(best: &[usize]) -> Vec<Wish> {
        best.iter().map(|best| Wish { best: *best, least: 890 }).collect()
    }

    fn check(best: &[usize], expected: &[usize]) {
        let found = widths(&wishes(best), TOTAL);
        assert_eq!(found, expected);
        assert_eq!(found.iter().sum::<usize>(), TOTAL);
    }

    #[test]
    fn columns_are_in_proportion_to_what_they_want() {
        check(&[1000, 1000], &[4422, 4422]);
        check(&[1000, 2000], &[2948, 5896]);
        check(&[8844], &[8844]);
        check(&[890, 890, 890], &[2948, 2948, 2948]);
    }

    #[test]
    fn short_columns_keep_what_they_want_beside_long_ones() {
        check(&[900, 100_000], &[900, 7944]);
        check(&[100_000, 900, 1100], &[6844, 900, 1100]);
        // Two long ones divide 7944: half of a fair share is 1986 for each, the other half goes as
        // 1 to 3.
        check(&[900, 10_000, 30_000], &[900, 1986 + 993, 1986 + 2979]);
    }

    #[test]
    fn no_column_is_narrower_than_the_narrowest() {
        for columns in 1..=9 {
            for long in 0..columns {
                let best: Vec<usize> =
                    (0..columns).map(|at| if at == long { 1 << 40 } else { 890 }).collect();
                let found = widths(&wishes(&best), TOTAL);
                assert!(found.iter().all(|width| *width >= 890), "{found:?}");
                assert_eq!(found.iter().sum::<usize>(), TOTAL);
            }
        }
    }

    #[test]
    fn a_word_or_number_is_not_broken_while_there_is_room() {
        let long = Wish { best: 9000, least: 890 };
        let number = Wish { best: 9000, least: 2000 };
        // Half a fair share is 1105; of the 3529 that are left each has a quarter, and 1 twip is over.
        assert_eq!(widths(&[long, long, long, number], TOTAL), [1987, 1987, 1987, 2883]);
        // What is wider than a fair share is broken, the others keep theirs.
        let url = Wish { best: 90_000, least: 90_000 };
        let found = widths(&[long, url], TOTAL);
        assert!(found.iter().all(|width| *width >= 890), "{found:?}");
    }

    fn table(rows: &[&[&str]]) -> Table {
        Table { rows: rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect() }
    }

    fn layout(columns: usize) -> Layout {
        Layout::new(&Table { rows: vec![vec!["字".to_owned(); columns]] }, &Style::default())
    }

    #[test]
    fn many_columns_are_set_dense_and_too_many_not_at_all() {
        assert_eq!(layout(9).face.table, id::TABLE);
        assert_eq!(layout(10).face.table, id::TABLE_DENSE);
        let most = layout(COLUMNS);
        assert!(most.widths.iter().all(|width| *width >= most.face.character + most.face.margin));
        assert!(is_printable(&table(&[&["一"; COLUMNS]])));
        assert!(!is_printable(&table(&[&["一"], &["一"; COLUMNS + 1]])));
        assert!(blocks(&table(&[&[], &[]]), &Style::default()).is_empty());
    }

    #[test]
    fn lines_of_a_cell_are_counted() {
        let face = Face::normal(&Style::default());
        let ten = 10 * face.character + face.margin;
        for (text, lines) in [("", 1), ("一", 1), ("一二三四五六七八九十", 1), ("一\n\n二", 3)] {
            assert_eq!(face.lines(text, ten), lines, "{text}");
        }
        assert_eq!(face.lines(&"字".repeat(31), ten), 4);
    }
}
