//! Contact persons, telephone numbers and reviewers: they go to the office, not into print.

use jianbao_model::document::Table;

/// Words that begin a contact line when a colon follows.
const WORDS: [&str; 21] = [
    "联系人",
    "联系电话",
    "联系方式",
    "电话",
    "办公电话",
    "手机",
    "传真",
    "邮箱",
    "电子邮箱",
    "审核",
    "审核人",
    "审稿",
    "审签",
    "签发",
    "签发人",
    "撰稿",
    "撰稿人",
    "供稿人",
    "报送人",
    "经办人",
    "信息员",
];

/// Characters that a contact line has at most; a longer one is text.
const LENGTH: usize = 80;

/// Whether a line gives a contact.
pub(crate) fn is_contact_line(text: &str) -> bool {
    let text = text.trim_start_matches(['（', '(', '【']);
    if text.chars().count() > LENGTH {
        return false;
    }
    let Some((word, _)) = text.split_once(['：', ':']) else { return false };
    let word: String = word.chars().filter(|c| !c.is_whitespace()).collect();
    WORDS.contains(&word.as_str())
}

/// Whether a table lists persons with their telephone numbers.
pub(crate) fn is_contact_table(table: &Table) -> bool {
    let has = |words: &[&str]| {
        let squeezed = |cell: &String| cell.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        table.rows.iter().take(2).flatten().map(squeezed).any(|cell| words.contains(&cell.as_str()))
    };
    has(&["姓名", "联系人", "信息员"])
        && has(&["电话", "联系电话", "联系方式", "手机", "办公电话", "手机号码", "手机号"])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contact_lines_begin_with_a_word_and_a_colon() {
        assert!(is_contact_line("联系人：张三 联系电话：0512-1 审核：李四"));
        assert!(is_contact_line("（联 系 人：张三）"));
        assert!(!is_contact_line("区残联设立电话：方便群众"));
        assert!(!is_contact_line("责任编辑：王文怡"));
    }

    #[test]
    fn a_table_of_persons_and_numbers_is_a_contact_table() {
        let table = |rows: &[&[&str]]| Table {
            rows: rows.iter().map(|row| row.iter().map(ToString::to_string).collect()).collect(),
        };
        assert!(is_contact_table(&table(&[&["姓 名", "科室", "电话"], &["张三", "办公室", "1"]])));
        assert!(!is_contact_table(&table(&[&["项目", "数量"], &["电话", "3"]])));
    }
}
