//! Glyphs to lines in reading order. Everything here goes by position, nothing by stream order.

mod behind;
mod cluster;
mod frame;
mod order;
mod spacing;
mod stacked;

use std::collections::BTreeMap;

use crate::Rect;
use crate::content::Glyph;
use crate::page::{CharStats, Line, Tag};
use crate::unicode;
use frame::Frame;

/// Text that runs in one direction and is equally visible: whether it is invisible, whether it lies
/// behind other text, and its direction.
type Groups = BTreeMap<(bool, bool, i32), Vec<usize>>;

/// Lines in reading order, and the completed counts.
pub(crate) fn arrange(
    mut glyphs: Vec<Glyph>,
    stats: CharStats,
    rules: &[Rect],
    tag: &dyn Fn(u32) -> Option<Tag>,
) -> (Vec<Line>, CharStats) {
    stacked::turn(&mut glyphs);
    let glyphs = &glyphs;
    let mut stats = stats;
    let mut groups: Vec<_> = group(glyphs).into_iter().collect();
    // Visible text first, then the direction with most text.
    groups.sort_by_key(|((invisible, behind, angle), members)| {
        (*invisible, *behind, usize::MAX - members.len(), *angle)
    });
    let mut out = Vec::new();
    for ((invisible, _, angle), members) in groups {
        let frame = Frame::new(angle);
        let items = members.iter().map(|index| frame.item(*index, &glyphs[*index])).collect();
        let bars = if angle == 0 { rules } else { &[] };
        let segments = cluster::segments(items, glyphs, bars);
        for segment in &segments {
            count(&mut stats, segment, glyphs);
        }
        let mut lines: Vec<(Rect, Line)> =
            segments.iter().filter_map(|segment| spacing::line(segment, glyphs, &frame, tag)).collect();
        for (_, line) in &mut lines {
            line.invisible = invisible;
            line.angle = u16::try_from(angle).unwrap_or(0);
        }
        out.extend(order::reading_order(lines, bars));
    }
    (out, stats)
}

fn group(glyphs: &[Glyph]) -> Groups {
    let mut groups = Groups::new();
    let behind = behind::find(glyphs);
    for (index, glyph) in glyphs.iter().enumerate() {
        let empty = glyph.text.as_deref() == Some("");
        if !empty {
            let key = (glyph.invisible, behind[index], frame::angle(glyph));
            groups.entry(key).or_default().push(index);
        }
    }
    groups
}

fn count(stats: &mut CharStats, segment: &cluster::Segment, glyphs: &[Glyph]) {
    for item in segment.items.iter().filter(|item| !item.blank) {
        let glyph = &glyphs[item.glyph];
        stats.total += 1;
        stats.invisible += usize::from(glyph.invisible);
        match &glyph.text {
            None => stats.undecodable += 1,
            Some(text) => {
                stats.private_use += usize::from(text.chars().any(unicode::is_private));
            }
        }
    }
}
