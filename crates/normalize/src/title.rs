//! Titles: a line of their own, the first sentence, or the file's name as the last resort.

use crate::config::Config;
use crate::contributor;

/// Splits a run-in title off the text: the first sentence, if it is short and has no comma outside of
/// quotation marks, as a title has none (and a piece of news nearly always does).
pub(crate) fn run_in(text: &str, config: &Config) -> Option<(String, String)> {
    let end = text.find('。')?;
    let (sentence, rest) = (&text[..end], text[end + '。'.len_utf8()..].trim());
    (!rest.is_empty() && could_be_title(sentence, config))
        .then(|| (sentence.trim().to_owned(), rest.to_owned()))
}

/// Whether a sentence has the form of a title.
pub(crate) fn could_be_title(sentence: &str, config: &Config) -> bool {
    let length = sentence.chars().count();
    let outside = outside_quotes(sentence);
    (4..=config.title_length).contains(&length)
        && !outside.contains(['，', '；', '：', '？', '！', '。', ','])
        && !is_label(sentence)
}

/// Whether the text begins with a point's label.
pub(crate) fn is_label(text: &str) -> bool {
    let mut rest = text.trim_start_matches(['（', '第']).chars();
    let first = rest.next();
    let numeral = first.is_some_and(|c| "一二三四五六七八九十".contains(c));
    let word = ["首先", "其次", "再次", "最后"].iter().any(|word| text.starts_with(word));
    word || (numeral && rest.next().is_some_and(|c| "是要、，）".contains(c)))
}

/// The text without what stands in quotation marks, work titles and brackets.
fn outside_quotes(text: &str) -> String {
    let mut depth = 0_usize;
    text.chars()
        .filter(|&c| {
            if "“‘《〈（".contains(c) {
                depth += 1;
            }
            let outside = depth == 0;
            if "”’》〉）".contains(c) {
                depth = depth.saturating_sub(1);
            }
            outside
        })
        .collect()
}

/// Names that programs and hurried people give to files; they say nothing of the content.
const EMPTY_NAMES: [&str; 12] =
    ["信息", "简讯", "简报", "动态", "文档", "新建", "材料", "报送", "未命名", "docx", "doc", "副本"];

/// A title from the file's name: extension, dates, brackets, the unit and 关于…的信息 are taken off.
/// `None` if nothing that could be a title is left.
pub(crate) fn from_file_name(file_name: &str, config: &Config) -> Option<String> {
    let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem);
    let mut name = String::new();
    let mut depth = 0_usize;
    for c in stem.chars() {
        match c {
            '（' | '(' | '【' | '[' => depth += 1,
            '）' | ')' | '】' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => name.push(c),
            _ => {}
        }
    }
    let mut name = name.trim_matches(|c: char| c.is_ascii_digit() || " .-_—年月日".contains(c)).to_owned();
    for separator in ['-', '_', '：', ':', '—'] {
        if let Some((before, after)) = name.split_once(separator)
            && (contributor::registered(before.trim(), config).is_some() || before.chars().count() <= 4)
        {
            name = after.trim().to_owned();
        }
    }
    let name = name.strip_prefix("关于").unwrap_or(&name);
    let name = ["的信息", "的简报", "的报告", "信息", "简讯"]
        .iter()
        .fold(name, |name, end| name.strip_suffix(end).unwrap_or(name));
    let latin = name.chars().filter(char::is_ascii).count();
    let long = name.chars().count();
    let says_nothing = EMPTY_NAMES.iter().any(|word| name.starts_with(word));
    (long >= 6 && latin * 2 < long && !says_nothing).then(|| name.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config() -> Config {
        Config { title_length: 60, ..Config::default() }
    }

    #[test]
    fn the_first_sentence_is_a_title_only_without_commas() {
        let title = |text| run_in(text, &config()).map(|(title, _)| title);
        assert_eq!(
            title("区委宣传部推动实现舆情“快报告、早处置，抓关键”。一是优化。").as_deref(),
            Some("区委宣传部推动实现舆情“快报告、早处置，抓关键”")
        );
        assert_eq!(title("近日，全区启动行动。效果好。"), None);
        assert_eq!(title("只有一句的标题。"), None);
        assert_eq!(title("一是优化体系建设。制定机制。"), None);
    }

    #[test]
    fn a_file_name_says_a_title_or_nothing() {
        let title = |name| from_file_name(name, &config());
        assert_eq!(title("20250324关于优化政务服务的信息（改）.docx").as_deref(), Some("优化政务服务"));
        assert_eq!(
            title("摘报-杭州市城市更新专项规划获批.pdf").as_deref(),
            Some("杭州市城市更新专项规划获批")
        );
        assert_eq!(title("新建 Microsoft Word 文档.docx"), None);
        assert_eq!(title("信息3.24.docx"), None);
    }
}
