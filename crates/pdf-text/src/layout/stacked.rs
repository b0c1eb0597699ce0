//! Vertical writing that a program has drawn glyph by glyph with horizontal fonts (browsers,
//! LibreOffice): upright Han that follow each other downwards become a vertical run.

use crate::content::Glyph;
use crate::unicode;

/// Glyphs that make a run on their own; a shorter one may be a table's column.
const MIN_RUN: usize = 4;

/// Turns stacked glyphs into vertical ones.
pub(crate) fn turn(glyphs: &mut [Glyph]) {
    let steps: Vec<bool> = glyphs.windows(2).map(|pair| is_step(&pair[0], &pair[1])).collect();
    let upright: Vec<usize> = (0..glyphs.len()).filter(|at| is_upright(&glyphs[*at])).collect();
    let mut stacked = vec![false; glyphs.len()];
    let mut at = 0;
    while at < steps.len() {
        let run = steps[at..].iter().take_while(|step| **step).count();
        if run + 1 >= MIN_RUN {
            stacked[at..=at + run].fill(true);
        }
        at += run.max(1);
    }
    let count = stacked.iter().filter(|s| **s).count();
    // On a page of vertical writing the short pieces between rotated digits are vertical too.
    let all = count * 2 > upright.len();
    for index in upright {
        if stacked[index] || all {
            set_vertical(&mut glyphs[index]);
        }
    }
}

fn is_upright(glyph: &Glyph) -> bool {
    let text = glyph.text.as_deref().unwrap_or_default();
    let level = (glyph.end.1 - glyph.start.1).abs() < 0.05 * glyph.size && glyph.end.0 > glyph.start.0;
    !glyph.vertical && level && text.chars().next().is_some_and(|c| unicode::is_cjk(c) || "‰℃".contains(c))
}

/// One glyph right below the other, as close as type is set.
fn is_step(a: &Glyph, b: &Glyph) -> bool {
    let (dx, dy) = (b.start.0 - a.start.0, b.start.1 - a.start.1);
    let size = a.size.max(b.size);
    is_upright(a) && is_upright(b) && dx.abs() < 0.15 * size && (0.7..1.3).contains(&(dy / size))
}

fn set_vertical(glyph: &mut Glyph) {
    let centre = (glyph.start.0 + glyph.end.0) / 2.0;
    let top = glyph.start.1 - 0.88 * glyph.size;
    glyph.start = (centre, top);
    glyph.end = (centre, top + glyph.size);
    glyph.vertical = true;
}
