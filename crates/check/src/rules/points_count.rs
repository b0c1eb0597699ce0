//! C202: the number that the lead announces (三方面, 四项措施) is the number of the points.

use jianbao_model::{Code, Diagnostic};

use super::{Context, numeral};

/// Words that announce points when a numeral stands before them and a colon or label after.
const WORDS: [&str; 10] = ["方面", "项", "个方面", "大举措", "项举措", "项措施", "个坚持", "点", "大", "种"];

/// Characters between the announcing word and the colon, at most.
const DISTANCE: usize = 10;

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let points = context.item.points();
    let body = context.item.body();
    let Some(first) = points.first().and_then(|point| body.find(&point.label)) else { return };
    // Only the clause directly before the first point, and only when it leads over with a colon.
    let Some(lead) = body[..first].trim_end().strip_suffix('：') else { return };
    let clause: Vec<char> = lead.chars().rev().take_while(|c| !"。，；".contains(*c)).collect();
    let clause: Vec<char> = clause.into_iter().rev().collect();
    for (at, &c) in clause.iter().enumerate() {
        let Some(announced) = numeral(c) else { continue };
        let rest: String = clause[at + 1..].iter().collect();
        let fits = WORDS.iter().any(|word| rest.starts_with(word)) && rest.chars().count() <= DISTANCE;
        if fits && announced != points.len() {
            found.push(
                Diagnostic::new(Code::PointsCount, crate::place(context.item, first))
                    .with("announced", announced)
                    .with("count", points.len()),
            );
            return;
        }
    }
}
