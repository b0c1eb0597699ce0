//! C203: quotation marks, work titles and brackets are paired and nested (GB/T 15834).

use jianbao_model::{Code, Diagnostic};

use super::Context;

/// Opening marks and their closing ones.
const PAIRS: [(char, char); 7] =
    [('“', '”'), ('‘', '’'), ('《', '》'), ('〈', '〉'), ('（', '）'), ('【', '】'), ('〔', '〕')];

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let body = context.item.body();
    let mut open: Vec<(usize, char)> = Vec::new();
    for (at, c) in body.char_indices() {
        if PAIRS.iter().any(|pair| pair.0 == c) {
            open.push((at, c));
            continue;
        }
        let Some(opening) = PAIRS.iter().find(|pair| pair.1 == c).map(|pair| pair.0) else { continue };
        // `1）` numbers a list and has no opening bracket; ’ is an apostrophe in Latin words.
        let alone = c == '’' || (c == '）' && body[..at].ends_with(|c: char| c.is_ascii_digit()));
        match open.last() {
            Some(&(_, last)) if last == opening => drop(open.pop()),
            None if alone => {}
            _ => return report(context, at, c, found),
        }
    }
    if let Some(&(at, c)) = open.first() {
        report(context, at, c, found);
    }
}

fn report(context: &Context<'_>, at: usize, mark: char, found: &mut Vec<Diagnostic>) {
    found.push(Diagnostic::new(Code::Unpaired, crate::place(context.item, at)).with("mark", mark));
}
