//! Invariant 1 on generated submissions: every Han character and digit of the source is in an item or
//! in a dropped piece, once, and nothing is there that was not in the source.

use jianbao_model::document::{Alignment, Paragraph, Run, Table};
use jianbao_model::{Block, BlockKind, Format, Origin, SourceDocument, SourceId, Submission};
use jianbao_normalize::{Config, normalize};
use jianbao_pipeline::config::Layers;
use jianbao_tests::{root, sample};

/// A small generator of equal numbers for equal seeds, so that a failure can be run again.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % sides
    }
}

/// Lines as units write them, good and bad; names are the registered ones, since an alias is replaced.
const LINES: [&str; 24] = [
    "区残联四项发力提高基层服务残疾人办事能力",
    "虎丘街道抢抓机遇提质增效。",
    "一是在“图”上发力。梳理国家、省、市政策，制定16类流程图。",
    "二是在“跑”上发力。到社区办事服务窗口。（区残联）",
    "近日，全区实现零售总额152.84亿元，同比增长3.8%。（区统计局）",
    "区残联",
    "2025年3月24日",
    "联系人：张三　电话：0512-12345678",
    "（区残联）",
    "（联系人：李四）",
    "【简讯】",
    "动态",
    "• 项目成功入选，为全市唯一。",
    "1. 金阊街道强化监管服务",
    "编者按：做法值得学习。",
    "一、严格食品监管",
    "没有句号的一行",
    "姑苏城管信息",
    "第15期",
    "印发《办法》（试行）",
    "责任编辑：王五",
    "（综合来稿）",
    "区城管委启动打造最美街区。该委系统谋划提升。",
    "目录",
];

fn document(dice: &mut Dice) -> SourceDocument {
    let format = [Format::Docx, Format::Pdf, Format::Text][dice.roll(3)];
    let mut document = SourceDocument::new(SourceId::of(b""), "信息.docx", format);
    for number in 0..=dice.roll(9) {
        let origin = Origin::Text { line: u32::try_from(number).unwrap_or(0) + 1 };
        let kind = if dice.roll(8) == 0 {
            let cell = |dice: &mut Dice| ["姓名", "电话", "指标", "12", "增速"][dice.roll(5)].to_owned();
            BlockKind::Table(Table { rows: (0..2).map(|_| (0..2).map(|_| cell(dice)).collect()).collect() })
        } else {
            let text = LINES[dice.roll(LINES.len())].to_owned();
            let alignment =
                [Alignment::Body, Alignment::Body, Alignment::Center, Alignment::Right][dice.roll(4)];
            let marker = (dice.roll(6) == 0).then(|| ["一是", "1.", "（二）", "•"][dice.roll(4)].to_owned());
            let run = Run { text, bold: dice.roll(4) == 0, ..Run::default() };
            BlockKind::Paragraph(Paragraph { runs: vec![run], alignment, marker, ..Paragraph::default() })
        };
        document.blocks.push(Block { kind, origin });
    }
    document
}

/// Han characters and digits, sorted: what cleaning never changes.
fn letters(text: &str) -> Vec<char> {
    let mut letters: Vec<char> =
        text.chars().filter(|c| matches!(c, '\u{4E00}'..='\u{9FFF}') || c.is_ascii_digit()).collect();
    letters.sort_unstable();
    letters
}

fn source(document: &SourceDocument) -> String {
    let texts = document.blocks.iter().map(|block| match &block.kind {
        BlockKind::Paragraph(paragraph) => paragraph.shown(),
        BlockKind::Table(table) => table.text(),
        BlockKind::Image(_) | BlockKind::PageBreak => String::new(),
    });
    texts.collect::<Vec<_>>().join("\n")
}

/// Everything that the submission holds. A unit under the text stands in `dropped` and, from there, in
/// the attribution: it is counted once.
fn kept(submission: &Submission) -> String {
    let mut text = String::new();
    for item in &submission.items {
        text.extend(item.title.iter().chain(&item.lead).map(String::as_str));
        text.extend(item.paragraphs.iter().map(|paragraph| paragraph.text.as_str()));
        text.extend(item.tables.iter().map(Table::text));
        let signed = submission.dropped.iter().any(|piece| {
            piece.reason == jianbao_model::DropReason::Signature
                && item.attribution.as_ref().is_some_and(|from| from.printed == piece.text)
        });
        if let Some(from) = item.attribution.as_ref().filter(|_| !signed) {
            text.push_str(&from.printed);
        }
    }
    text.extend(submission.dropped.iter().map(|piece| piece.text.as_str()));
    text
}

fn config() -> Config {
    let text = std::fs::read_to_string(sample("jianbao.toml")).expect("a sample");
    Layers::new(Some(&text), &root()).config().expect("the sample has no mistakes").normalize
}

#[test]
fn nothing_vanishes_and_nothing_is_invented() {
    let config = config();
    for seed in 0..20_000 {
        let document = document(&mut Dice(seed));
        let submission = normalize(&document, None, &config).value;
        let (before, after) = (letters(&source(&document)), letters(&kept(&submission)));
        // Where a signature and a closing name the same unit twice, the count can only be compared
        // from one side: all of the source must be there.
        let signed = submission.dropped.iter().any(|p| p.reason == jianbao_model::DropReason::Signature);
        let missing = before
            .iter()
            .any(|c| count(&before, *c) > count(&after, *c) && !(signed && "区残联".contains(*c)));
        let invented = after.iter().any(|c| count(&after, *c) > count(&before, *c) && !signed);
        assert!(!missing && !invented, "seed {seed}:\n{}\n→ {submission:#?}", source(&document));
    }
}

fn count(letters: &[char], c: char) -> usize {
    letters.iter().filter(|letter| **letter == c).count()
}
