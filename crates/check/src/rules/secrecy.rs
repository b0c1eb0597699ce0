//! C401: a secrecy mark (密级标志, GB/T 9704 7.2.2) on a machine that must not hold such text.

use jianbao_model::{Code, Diagnostic};

use super::Context;

/// The marks as they are written: level, star, term.
const MARKS: [&str; 4] = ["绝密★", "机密★", "秘密★", "内部★"];

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let text = format!("{}{}", context.item.title.as_deref().unwrap_or_default(), context.item.body());
    if let Some(mark) = MARKS.iter().find(|mark| text.contains(**mark)) {
        found.push(Diagnostic::new(Code::SecrecyMark, context.item.origin()).with("mark", mark));
    }
}
