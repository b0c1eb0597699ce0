//! C205: an item is no longer than the office allows.

use jianbao_model::{Code, Diagnostic};

use super::Context;

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let limit = context.config.item_length;
    let length = context.item.body().chars().count();
    if limit > 0 && length > limit {
        found.push(
            Diagnostic::new(Code::TooLong, context.item.origin()).with("length", length).with("limit", limit),
        );
    }
}
