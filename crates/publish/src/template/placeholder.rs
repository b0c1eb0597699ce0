//! The placeholders that a template can have: `{{期}}`, full-width braces and blanks inside allowed.

use std::ops::Range;

use jianbao_model::Issue;

use crate::text;

/// What a placeholder stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Placeholder {
    /// 名称: name of the bulletin.
    Name,
    /// 版名: labels of the edition, with · between them.
    Edition,
    /// 期: number in the year.
    Number,
    /// 总期: number over all editions.
    Cumulative,
    /// 年: year of the number.
    Year,
    /// 日期: date of issue, 2025年3月7日.
    Date,
    /// 编发单位: issuing offices, a paragraph each where it stands alone.
    Offices,
    /// 目录: the lines of the contents.
    Contents,
    /// 正文: sections and items.
    Body,
    /// 报: superiors.
    Submit,
    /// 送: leaders and peers.
    Send,
    /// 发: subordinates.
    Distribute,
    /// 责任编辑: editors.
    Editors,
    /// 简字号: registration.
    Registration,
    /// 印数: copies.
    Copies,
}

/// A placeholder, or what looks like one, in the text of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hit {
    /// Bytes that it takes, braces and all.
    pub(super) range: Range<usize>,
    /// What stands between the braces.
    pub(super) name: String,
    /// What that is; none when it is not known.
    pub(super) known: Option<Placeholder>,
}

/// What opens and closes a placeholder; two of them, alike or mixed.
const BRACES: [(char, char); 2] = [('{', '}'), ('｛', '｝')];

/// Characters of the longest name that is taken for one.
const LONGEST: usize = 16;

impl Placeholder {
    /// All of them, in the order of an issue.
    pub const ALL: [Self; 15] = [
        Self::Name,
        Self::Edition,
        Self::Number,
        Self::Cumulative,
        Self::Year,
        Self::Date,
        Self::Offices,
        Self::Contents,
        Self::Body,
        Self::Submit,
        Self::Send,
        Self::Distribute,
        Self::Editors,
        Self::Registration,
        Self::Copies,
    ];

    /// What stands between the braces.
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "名称",
            Self::Edition => "版名",
            Self::Number => "期",
            Self::Cumulative => "总期",
            Self::Year => "年",
            Self::Date => "日期",
            Self::Offices => "编发单位",
            Self::Contents => "目录",
            Self::Body => "正文",
            Self::Submit => "报",
            Self::Send => "送",
            Self::Distribute => "发",
            Self::Editors => "责任编辑",
            Self::Registration => "简字号",
            Self::Copies => "印数",
        }
    }

    /// Whether it is replaced by paragraphs, so that it must be alone in its own.
    pub(super) fn is_block(self) -> bool {
        matches!(self, Self::Contents | Self::Body)
    }

    /// The words that it stands for, each fit for a paragraph of its own; none where the issue has none.
    pub(super) fn values(self, issue: &Issue) -> Vec<String> {
        let (masthead, colophon) = (&issue.masthead, &issue.colophon);
        let number = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
        let values = match self {
            Self::Offices => masthead.offices.clone(),
            Self::Name => vec![masthead.name.clone()],
            Self::Edition => vec![masthead.edition.join("·")],
            Self::Number => vec![masthead.number.to_string()],
            Self::Cumulative => vec![number(masthead.cumulative)],
            Self::Year => vec![masthead.year.to_string()],
            Self::Date => vec![masthead.date.chinese()],
            Self::Submit => vec![colophon.submit.join("，")],
            Self::Send => vec![colophon.send.join("，")],
            Self::Distribute => vec![colophon.distribute.join("，")],
            Self::Editors => vec![colophon.editors.join("、")],
            Self::Registration => vec![colophon.registration.clone().unwrap_or_default()],
            Self::Copies => vec![number(colophon.copies)],
            Self::Contents | Self::Body => Vec::new(),
        };
        values.iter().map(|value| text::clean(value)).filter(|value| !value.is_empty()).collect()
    }

    /// What would not be printed without it; none when nothing would be missed. The year is: it is in
    /// the date, too.
    pub(super) fn shown(self, issue: &Issue) -> Option<String> {
        let first = issue.contents().flat_map(|(_, lines)| lines).next();
        match self {
            Self::Year => None,
            Self::Contents => first.map(|(number, title)| format!("{number}. {title}")),
            _ => Some(self.values(issue).join(" ")).filter(|text| !text.is_empty()),
        }
    }

    fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.name() == name)
    }

    /// The known placeholder that is written most alike.
    pub(super) fn nearest(name: &str) -> Option<Self> {
        let shared = |known: Self| known.name().chars().filter(|c| name.contains(*c)).count();
        let other = |known: Self| known.name().chars().count() - shared(known);
        let alike = Self::ALL.into_iter().filter(|known| shared(*known) > 0);
        alike.min_by_key(|known| (std::cmp::Reverse(shared(*known)), other(*known)))
    }
}

/// The placeholders in a text, and what looks like one, in order.
pub(super) fn hits(text: &str) -> Vec<Hit> {
    let mut all = Vec::new();
    let mut from = 0;
    while let Some((start, inner)) = opening(text, from) {
        from = inner;
        let Some((end, next)) = closing(text, inner) else { continue };
        let name: String = text[inner..end].chars().filter(|c| !c.is_whitespace()).collect();
        if name.is_empty() || name.chars().count() > LONGEST {
            continue;
        }
        all.push(Hit { range: start..next, known: Placeholder::of(&name), name });
        from = next;
    }
    all
}

/// Where two opening braces begin and end.
fn opening(text: &str, from: usize) -> Option<(usize, usize)> {
    let is_open = |c: char| BRACES.iter().any(|(open, _)| *open == c);
    let mut before: Option<usize> = None;
    let mut found = None;
    for (at, c) in text[from..].char_indices() {
        match before.filter(|_| is_open(c)) {
            // Of three braces the last two count.
            Some(start) => found = Some((from + start, from + at + c.len_utf8())),
            None if found.is_some() => break,
            None => {}
        }
        before = is_open(c).then_some(at);
    }
    found
}

/// Where two closing braces begin and end, if no other brace or line break comes before them.
fn closing(text: &str, from: usize) -> Option<(usize, usize)> {
    let is_close = |c: char| BRACES.iter().any(|(_, close)| *close == c);
    let is_brace = |c: char| BRACES.iter().any(|(open, close)| *open == c || *close == c);
    let at = from + text[from..].find(|c: char| is_brace(c) || c == BREAK)?;
    let mut rest = text[at..].chars();
    let (first, second) = (rest.next()?, rest.next()?);
    (is_close(first) && is_close(second)).then(|| (at, at + first.len_utf8() + second.len_utf8()))
}

/// Stands in a paragraph's text for what is no character: a tab, a line break.
pub(super) const BREAK: char = '\n';

#[cfg(test)]
mod tests {
    use super::{Placeholder, hits};

    fn check(text: &str, expected: &[(&str, bool)]) {
        let found = hits(text);
        let found: Vec<(&str, bool)> =
            found.iter().map(|hit| (&text[hit.range.clone()], hit.known.is_some())).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn braces_of_both_widths_and_blanks_are_taken() {
        check(
            "第{{期}}期（{{年}}年总{{ 总 期 }}期）",
            &[("{{期}}", true), ("{{年}}", true), ("{{ 总 期 }}", true)],
        );
        check("｛｛日期｝｝", &[("｛｛日期｝｝", true)]);
        check("{｛\u{3000}报｝}", &[("{｛\u{3000}报｝}", true)]);
        check("{{{送}}}", &[("{{送}}", true)]);
    }

    #[test]
    fn what_is_none_stays() {
        check("{期} {{}} {{期} 期}} {{一\n二}} {{", &[]);
        check("{{期号}}和{{期}}", &[("{{期号}}", false), ("{{期}}", true)]);
        check("{{开了头没有结尾{{期}}", &[("{{期}}", true)]);
    }

    #[test]
    fn the_nearest_name_is_the_one_with_most_characters_in_common() {
        let nearest = |name| Placeholder::nearest(name).map(Placeholder::name);
        assert_eq!(nearest("总期号"), Some("总期"));
        assert_eq!(nearest("期号"), Some("期"));
        assert_eq!(nearest("编辑"), Some("责任编辑"));
        assert_eq!(nearest("xyz"), None);
    }
}
