//! C204: a body that ends without final punctuation may have been cut.

use jianbao_model::{Code, Diagnostic};

use super::Context;

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let body = context.item.body();
    let core = body.trim_end_matches(['”', '’', '）', '】', '》']);
    let closed = core.len() < body.len();
    let ends = core.ends_with(['。', '！', '？', '…']) || (closed && body.ends_with('）'));
    if !ends && !body.is_empty() {
        let last = body.char_indices().last().map_or(0, |(at, _)| at);
        found.push(Diagnostic::new(Code::NoFinalStop, crate::place(context.item, last)));
    }
}
