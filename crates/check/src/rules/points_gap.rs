//! C201: the points' numbers begin with one and have no gap (LAYOUT: 一是/二是/三是 continuous).

use jianbao_model::{Code, Diagnostic};

use super::{Context, numeral};

/// The numerals of the labels in order.
const NUMERALS: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let body = context.item.body();
    let mut at = 0;
    for (index, point) in context.item.points().iter().enumerate() {
        at += body[at..].find(&point.label).unwrap_or(0);
        let Some(value) = point.label.chars().find_map(numeral) else { return };
        if value != index + 1 {
            let missing = point.label.replacen(NUMERALS[(value - 1).min(9)], NUMERALS[index.min(9)], 1);
            found.push(
                Diagnostic::new(Code::PointsGap, crate::place(context.item, at)).with("missing", missing),
            );
            return;
        }
    }
}
