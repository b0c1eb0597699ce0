//! What the structure tree says of paragraphs and headings (ISO 32000-1 §14.7), as far as the page
//! bears it out: programs tag each line as a paragraph, or everything as one.
//!
//! Not covered: the order of the tree and its tables; places on the page decide on both.

use jianbao_pdf_text::{Line, Role, Tag};

use super::flow::follows;
use super::furniture::Body;
use super::paragraphs::{Measure, Open, Placed, em, goes_on};

/// Share of line ends on which tree and page must agree, in per cent.
const AGREED: usize = 85;

/// Line ends from which on agreement says something.
const ENOUGH: usize = 3;

/// Whether the tree is to be trusted.
pub(super) struct Tagged {
    trusted: bool,
}

impl Tagged {
    /// Compares what the tree and the page say at all line ends.
    pub(super) fn of(pages: &[Body<'_>], measure: Measure) -> Self {
        let (mut agreed, mut all) = (0, 0);
        for page in pages {
            for pair in page.lines.windows(2) {
                if let Some(same) = one_element(pair[0], pair[1]) {
                    all += 1;
                    agreed += usize::from(same == follows(pair[0], pair[1], page.number, measure));
                }
            }
        }
        Self { trusted: all >= ENOUGH && agreed * 100 >= all * AGREED }
    }

    /// Whether a line goes on with the paragraph.
    pub(super) fn goes_on(&self, open: &Open<'_>, next: Placed<'_>, measure: Measure) -> bool {
        let by_place = goes_on(open, next, measure);
        match one_element(open.last.line, next.line) {
            Some(false) if self.trusted => false,
            // A line that ends early ends with a break that the author has set.
            Some(true) if self.trusted => {
                by_place || measure.right - open.last.line.bounds.x1 <= 1.5 * em(next.line)
            }
            _ => by_place,
        }
    }

    /// The level of a paragraph that is a heading from its first to its last line.
    pub(super) fn heading(&self, open: &Open<'_>) -> Option<u8> {
        let (first, last) = (open.first.line.tag?, open.last.line.tag?);
        match first.role {
            Role::Heading(level) if self.trusted && first == last => Some(level),
            _ => None,
        }
    }
}

/// Whether two lines are in one paragraph or heading; none when the tree does not say.
fn one_element(a: &Line, b: &Line) -> Option<bool> {
    let block = |tag: Option<Tag>| tag.filter(|tag| tag.role != Role::Other);
    Some(block(a.tag)?.element == block(b.tag)?.element)
}
