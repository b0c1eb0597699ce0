//! C301 and C302: the same text, or the same title with another text, was submitted before.

use jianbao_model::{Code, Diagnostic};

use super::Context;

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let item = context.item;
    let same = context.earlier.same(&item.key()).map(|path| (Code::Duplicate, path));
    let title = item.title.as_deref();
    let titled =
        || title.and_then(|title| context.earlier.same_title(title)).map(|path| (Code::SameTitle, path));
    if let Some((code, path)) = same.or_else(titled) {
        let told = Diagnostic::new(code, item.origin()).with("earlier", path);
        found.push(told.with("title", title.unwrap_or_default()));
    }
}
