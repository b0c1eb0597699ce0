//! The table of the rules. A new rule is a new file and a line here.

mod duplicate;
mod final_stop;
mod length;
mod points_count;
mod points_gap;
mod secrecy;
mod unpaired;

use jianbao_model::{Diagnostic, Item};

use crate::{Config, Earlier};

/// What a rule looks at.
pub(crate) struct Context<'a> {
    pub(crate) item: &'a Item,
    pub(crate) earlier: &'a Earlier,
    pub(crate) config: &'a Config,
}

type Rule = fn(&Context<'_>, &mut Vec<Diagnostic>);

pub(crate) const RULES: &[Rule] = &[
    points_gap::check,
    points_count::check,
    unpaired::check,
    final_stop::check,
    length::check,
    duplicate::check,
    secrecy::check,
];

/// The value of a Chinese or Arabic numeral from one to ten.
fn numeral(c: char) -> Option<usize> {
    const NUMERALS: [char; 10] = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
    match c {
        '两' => Some(2),
        '1'..='9' => c.to_digit(10).map(|digit| digit as usize),
        _ => NUMERALS.iter().position(|&n| n == c).map(|at| at + 1),
    }
}

#[cfg(test)]
mod tests {
    use jianbao_model::item::Paragraph;
    use jianbao_model::{Attribution, Item, Origin, SourceId, Submission};

    use crate::{Config, Earlier, check};

    fn submission(title: &str, body: &str) -> Submission {
        let item = Item {
            title: Some(title.to_owned()),
            paragraphs: vec![Paragraph { text: body.to_owned(), at: vec![Origin::Text { line: 1 }] }],
            attribution: Some(Attribution { printed: "区残联".to_owned(), contributors: vec![] }),
            ..Item::default()
        };
        Submission { source: SourceId::of(b""), items: vec![item], dropped: vec![] }
    }

    /// The codes that a body gives.
    fn codes(body: &str) -> Vec<&'static str> {
        let found = check(&submission("标题", body), &Earlier::default(), &Config { item_length: 200 });
        found.iter().map(|diagnostic| diagnostic.code.number()).collect()
    }

    #[test]
    fn text_without_faults_gives_nothing() {
        assert_eq!(codes("呈现三方面亮点：一是甲“乙（丙）”。二是丁。三是戊。"), [""; 0]);
    }

    #[test]
    fn points_must_run_through() {
        assert_eq!(codes("一是甲。三是乙。"), ["C201"]);
        assert_eq!(codes("二是甲。三是乙。"), ["C201"]);
    }

    #[test]
    fn the_announced_count_must_hold() {
        assert_eq!(codes("采取三项措施：一是甲。二是乙。"), ["C202"]);
        assert_eq!(codes("在三个社区试点。一是甲。二是乙。"), [""; 0]);
    }

    #[test]
    fn quotes_and_brackets_must_pair() {
        assert_eq!(codes("开展“清朗行动。"), ["C203"]);
        assert_eq!(codes("开展清朗（试行》行动。"), ["C203"]);
        assert_eq!(codes("1）甲；2）乙。"), [""; 0]);
    }

    #[test]
    fn a_body_ends_with_a_full_stop() {
        assert_eq!(codes("没有句号"), ["C204"]);
        assert_eq!(codes("他说“好。”"), [""; 0]);
    }

    #[test]
    fn a_long_item_is_told() {
        assert_eq!(codes(&("字".repeat(200) + "。")), ["C205"]);
    }

    #[test]
    fn the_same_text_and_the_same_title_are_told() {
        let mut earlier = Earlier::default();
        earlier.remember("甲.docx", &submission("标题", "正文。"));
        let numbers = |body| {
            let found = check(&submission("标题", body), &earlier, &Config::default());
            found.iter().map(|d| d.code.number()).collect::<Vec<_>>()
        };
        assert_eq!(numbers("正文。"), ["C301"]);
        assert_eq!(numbers("另文。"), ["C302"]);
    }

    #[test]
    fn secrecy_marks_stop_the_item() {
        assert_eq!(codes("机密★1年。正文。"), ["C401"]);
        assert_eq!(codes("保守国家秘密。"), [""; 0]);
    }
}
