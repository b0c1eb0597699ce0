//! The plan file of `compose`: which items are printed, in which order.

use std::cell::RefCell;
use std::path::Path;

use crate::compose::Choice;
use crate::config::{Layers, Mistake, read_plan};

/// Reads a plan. Its `[issue]` table, if any, is laid over the configuration.
///
/// ```toml
/// [issue]
/// number = 12
/// [[item]]
/// item = "区残联四项发力提高基层服务残疾人办事能力"
/// section = "news"
/// ```
pub fn read(text: &str, layers: Layers) -> Result<(Vec<Choice>, Layers), Vec<Mistake>> {
    let mistakes = RefCell::new(Vec::new());
    let (choices, layers) = read_plan(text, layers, &mistakes);
    let mistakes = mistakes.into_inner();
    if mistakes.is_empty() { Ok((choices, layers)) } else { Err(mistakes) }
}

/// Reads the plan's text without a configuration, for tests and tools.
pub fn choices(text: &str) -> Result<Vec<Choice>, Vec<Mistake>> {
    read(text, Layers::new(None, Path::new(""))).map(|(choices, _)| choices)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Layer;

    #[test]
    fn a_plan_names_items_and_may_move_them() {
        let found = choices("[[item]]\nitem = \"甲\"\n[[item]]\nitem = \"乙\"\nsection = \"brief\"\n")
            .expect("no mistakes");
        assert_eq!(found[0], Choice { item: "甲".to_owned(), section: None });
        assert_eq!(found[1].section.as_deref(), Some("brief"));
        let wrong = choices("[[item]]\nitme = \"甲\"\n").expect_err("a wrong key");
        assert!(wrong.iter().any(|mistake| mistake.layer == Layer::File { line: 2 }));
    }
}
