//! Text cleaning: blanks, punctuation widths, quotation marks, invisible characters.
//!
//! Each kind of change is counted, so that it can be told. Compatibility forms such as ① or ％ stay
//! as they are: they carry meaning that a general folding would lose.

/// How often each kind of change was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Changes {
    /// Blanks removed or folded.
    pub blanks: usize,
    /// Half-width punctuation made full-width.
    pub widened: usize,
    /// Control and invisible characters removed.
    pub controls: usize,
    /// Full-width digits and letters made half-width.
    pub narrowed: usize,
    /// Straight quotation marks paired.
    pub quotes: usize,
}

impl std::ops::AddAssign for Changes {
    fn add_assign(&mut self, other: Self) {
        self.blanks += other.blanks;
        self.widened += other.widened;
        self.controls += other.controls;
        self.narrowed += other.narrowed;
        self.quotes += other.quotes;
    }
}

/// Cleans one line. `title` keeps single blanks between Han characters, which in a title stand for
/// a comma.
pub(crate) fn clean(text: &str, title: bool) -> (String, Changes) {
    let mut changes = Changes::default();
    let visible = strip_invisible(text, &mut changes);
    let narrow = narrow_digits(&visible, &mut changes);
    let wide = widen_punctuation(&narrow, &mut changes);
    let quoted = pair_quotes(wide, &mut changes);
    (strip_blanks(&quoted, title, &mut changes), changes)
}

/// Han ideographs, including the extensions and 〇.
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}' | '〇')
}

/// Full-width and Chinese punctuation, quotation marks included.
fn is_cjk_punctuation(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301B}'
        | '\u{FF01}'..='\u{FF0F}' | '\u{FF1A}'..='\u{FF20}' | '\u{FF3B}'..='\u{FF40}' | '\u{FF5B}'..='\u{FF65}'
        | '“' | '”' | '‘' | '’' | '…' | '—' | '•' | '·')
}

fn is_chinese(c: char) -> bool {
    is_han(c) || is_cjk_punctuation(c)
}

fn strip_invisible(text: &str, changes: &mut Changes) -> String {
    let mut kept = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\t' | '\n' => kept.push(c),
            // Bidi marks and zero-width characters come with copies from web pages and chat programs.
            '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{2069}'
            | '\u{FEFF}'
            | '\u{AD}'
            | '\u{FFFE}'
            | '\u{FFFF}' => changes.controls += 1,
            c if c.is_control() => changes.controls += 1,
            c => kept.push(c),
        }
    }
    kept
}

fn narrow_digits(text: &str, changes: &mut Changes) -> String {
    text.chars()
        .map(|c| match c {
            '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => {
                changes.narrowed += 1;
                char::from_u32(c as u32 - 0xFEE0).unwrap_or(c)
            }
            c => c,
        })
        .collect()
}

/// Half-width marks and what they are in Chinese text.
fn wide(c: char) -> Option<char> {
    Some(match c {
        ',' => '，',
        ';' => '；',
        ':' => '：',
        '?' => '？',
        '!' => '！',
        '(' => '（',
        ')' => '）',
        '.' => '。',
        _ => return None,
    })
}

fn widen_punctuation(text: &str, changes: &mut Changes) -> String {
    let chars: Vec<char> = text.chars().collect();
    let protected = protected(&chars);
    let brackets = chinese_brackets(&chars);
    let mut result = String::with_capacity(text.len());
    for (at, &c) in chars.iter().enumerate() {
        let Some(full) = wide(c).filter(|_| !protected[at]) else {
            result.push(c);
            continue;
        };
        let before = result.chars().rev().find(|c| !c.is_whitespace());
        let after = chars[at + 1..].iter().find(|c| !c.is_whitespace()).copied();
        let widen = match c {
            '(' | ')' => brackets[at],
            // A full stop only where Chinese text ends before it: `1.`, `NO.9` and `2.0` stay.
            '.' => before.is_some_and(is_chinese) && after.is_none_or(is_chinese),
            _ => {
                let digits =
                    before.is_some_and(|c| c.is_ascii_digit()) && after.is_some_and(|c| c.is_ascii_digit());
                !digits && (before.is_some_and(is_chinese) || after.is_some_and(is_han))
            }
        };
        changes.widened += usize::from(widen);
        result.push(if widen { full } else { c });
    }
    result
}

/// Marks the characters of web and mail addresses.
fn protected(chars: &[char]) -> Vec<bool> {
    let mut marks = vec![false; chars.len()];
    let mut start = 0;
    while start < chars.len() {
        let length = chars[start..].iter().take_while(|c| c.is_ascii_graphic()).count();
        let token: String = chars[start..start + length].iter().collect();
        if token.contains("://") || token.contains("www.") || token.contains('@') {
            marks[start..start + length].fill(true);
        }
        start += length.max(1);
    }
    marks
}

/// Marks the half-width brackets of pairs that hold or touch Chinese text, both or neither.
fn chinese_brackets(chars: &[char]) -> Vec<bool> {
    let mut marks = vec![false; chars.len()];
    let mut open = Vec::new();
    for (at, &c) in chars.iter().enumerate() {
        match c {
            '(' | '（' => open.push(at),
            ')' | '）' => {
                let Some(start) = open.pop() else { continue };
                let inside = chars[start + 1..at].iter().any(|&c| is_han(c));
                let before = start.checked_sub(1).and_then(|i| chars.get(i)).copied();
                let touches =
                    before.is_some_and(is_chinese) || chars.get(at + 1).copied().is_some_and(is_chinese);
                marks[start] = inside || touches;
                marks[at] = inside || touches;
            }
            _ => {}
        }
    }
    marks
}

/// Straight double quotation marks in Chinese text become “ and ” in turn; an odd number is left
/// alone, since no turn would be right.
fn pair_quotes(text: String, changes: &mut Changes) -> String {
    let count = text.matches('"').count();
    if count == 0 || count % 2 == 1 || !text.chars().any(is_han) {
        return text;
    }
    changes.quotes += count;
    let mut opening = false;
    text.chars()
        .map(|c| {
            if c != '"' {
                return c;
            }
            opening = !opening;
            if opening { '“' } else { '”' }
        })
        .collect()
}

fn strip_blanks(text: &str, title: bool, changes: &mut Changes) -> String {
    let mut result = String::with_capacity(text.len());
    let mut quoted = 0_usize;
    let mut rest = text.trim().chars().peekable();
    changes.blanks += text.chars().count() - text.trim().chars().count();
    while let Some(c) = rest.next() {
        match c {
            '《' | '“' | '〈' | '‘' => quoted += 1,
            '》' | '”' | '〉' | '’' => quoted = quoted.saturating_sub(1),
            _ => {}
        }
        if !c.is_whitespace() {
            result.push(c);
            continue;
        }
        let mut length = 1;
        while rest.next_if(|c| c.is_whitespace()).is_some() {
            length += 1;
        }
        let before = result.chars().next_back();
        let keep = match (before, rest.peek()) {
            (Some(before), Some(&after)) if is_han(before) && is_han(after) => title || quoted > 0,
            (Some(before), Some(&after)) => !is_chinese(before) && !is_chinese(after),
            _ => false,
        };
        if keep {
            result.push(' ');
            length -= usize::from(c == ' ');
        }
        changes.blanks += length;
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(dirty: &str, expected: &str) {
        assert_eq!(clean(dirty, false).0, expected, "from {dirty:?}");
    }

    #[test]
    fn blanks_between_han_and_digits_go() {
        check("　　全区 400 名， 走进 1.5 万名  家庭 ", "全区400名，走进1.5万名家庭");
        check("投用 AI 视频", "投用AI视频");
        check("Deep Seek 等", "Deep Seek等");
    }

    #[test]
    fn a_blank_inside_a_work_title_stays() {
        check("我区《繁华姑苏 健康为本》入选", "我区《繁华姑苏 健康为本》入选");
        assert_eq!(clean("繁华姑苏　健康为本", true).0, "繁华姑苏 健康为本");
    }

    #[test]
    fn half_width_marks_in_chinese_text_become_full() {
        check("一是严查,整改;宣传:三项(试行).", "一是严查，整改；宣传：三项（试行）。");
        check("\"清朗\"\"净网\"行动", "“清朗”“净网”行动");
    }

    #[test]
    fn numbers_addresses_and_latin_stay() {
        for text in
            ["14:30", "1,234", "比例1:500", "NO.9筑梦", "2.0”", "见http://a.cn/b?c=1,2", "1-2月", "f(x)"]
        {
            check(text, text);
        }
    }

    #[test]
    fn an_odd_straight_quote_is_left_for_the_editor() {
        check("他说\"好", "他说\"好");
    }

    #[test]
    fn compatibility_forms_are_not_folded() {
        check("①增长５％", "①增长5％");
    }

    #[test]
    fn changes_are_counted_by_kind() {
        let (text, changes) = clean("\u{200B}增长 ３ 倍,好", false);
        assert_eq!(text, "增长3倍，好");
        assert_eq!(changes, Changes { blanks: 2, widened: 1, controls: 1, narrowed: 1, quotes: 0 });
    }
}
