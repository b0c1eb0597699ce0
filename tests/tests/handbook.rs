//! The handbook of the diagnostic codes is what the message files say.

use std::fmt::Write as _;

use jianbao_model::{Code, Diagnostic, Origin, Stage};
use jianbao_pipeline::messages::{Language, Messages};
use jianbao_tests::golden;

#[test]
fn the_handbook_lists_every_code() {
    let messages = Messages::new(Language::Chinese);
    let mut text = String::from(
        "# 诊断代码\n\n字母表示阶段：R 读取，N 归一，C 检查，A 编排，P 成文，J 任务。“{ }”中是具体内容。\n",
    );
    let mut stage: Option<Stage> = None;
    for &code in Code::ALL {
        if stage != Some(code.stage()) {
            stage = Some(code.stage());
            text.push_str("\n| 代码 | 级别 | 含义 | 怎么办 |\n|---|---|---|---|\n");
        }
        let told = Diagnostic::new(code, Origin::File);
        let severity = messages.text(&format!("severity-{}", code.severity().name()), &[]);
        let hint = messages.hint(&told).unwrap_or_default();
        let _ = writeln!(
            text,
            "| {} `{}` | {severity} | {} | {hint} |",
            code.number(),
            code.slug(),
            messages.sentence(code)
        );
    }
    golden("../../docs/diagnostics.zh-CN.md", &text);
}
