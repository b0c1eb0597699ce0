//! Sections: by a line, the file's name, the attribution or the missing title.

use crate::config::{Config, SectionRule};

/// The section that a line announces, as 【简讯】 or 简讯 on its own.
pub(crate) fn announced<'a>(text: &str, config: &'a Config) -> Option<&'a SectionRule> {
    let words = text.trim_start_matches(['【', '[', '〖']).trim_end_matches(['】', ']', '〗', '：', ':']);
    let bracketed = words != text;
    config.sections.iter().find(|section| {
        (section.name == words && (bracketed || text == section.name))
            || section.lines.iter().any(|line| line == words)
    })
}

/// The section that the file's name announces.
pub(crate) fn by_file_name<'a>(file_name: &str, config: &'a Config) -> Option<(&'a SectionRule, &'a str)> {
    config.sections.iter().find_map(|section| {
        let word = section.file_words.iter().find(|word| file_name.contains(word.as_str()))?;
        Some((section, word.as_str()))
    })
}

/// The section that the attribution announces.
pub(crate) fn by_attribution<'a>(printed: &str, config: &'a Config) -> Option<&'a SectionRule> {
    config.sections.iter().find(|section| section.attributions.iter().any(|words| words == printed))
}

/// The section of items without a title, or of those with one.
pub(crate) fn by_title(titled: bool, config: &Config) -> Option<&SectionRule> {
    config.sections.iter().find(|section| section.titled == titled)
}
