//! Contributing units: from what a file says to the registered name.

use jianbao_model::Attribution;

use crate::config::Config;

/// Endings by which a name of an unregistered unit is known.
const UNIT_ENDINGS: [&str; 22] = [
    "局",
    "委",
    "办",
    "街道",
    "部",
    "联",
    "院",
    "中心",
    "会",
    "公司",
    "集团",
    "所",
    "队",
    "社",
    "馆",
    "校",
    "镇",
    "组",
    "站",
    "办公室",
    "科",
    "处",
];

/// Characters that an attribution has at most.
const LENGTH: usize = 30;

/// An attribution and how it was found in the registry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) attribution: Attribution,
    /// The words of the source, where they are not the printed name.
    pub(crate) alias: Option<String>,
    /// Whether every unit is registered (or the attribution is a collective one).
    pub(crate) registered: bool,
}

/// The registered name for a name as written, if there is one.
pub(crate) fn registered<'a>(written: &str, config: &'a Config) -> Option<&'a str> {
    let name = strip_prefixes(written, config);
    let known = |candidate: &str| candidate == written || candidate == name;
    config
        .contributors
        .iter()
        .find(|unit| known(&unit.name) || unit.aliases.iter().any(|alias| known(alias)))
        .map(|unit| unit.name.as_str())
}

/// 中共苏州市姑苏区委宣传部 → 区委宣传部, with the prefixes of the configuration.
fn strip_prefixes<'a>(written: &'a str, config: &Config) -> &'a str {
    let mut name = written;
    while let Some(rest) = config.name_prefixes.iter().find_map(|prefix| name.strip_prefix(prefix.as_str())) {
        name = rest;
    }
    name
}

/// Reads the words between closing brackets: one unit or several, or a collective attribution.
/// `last` says that nothing follows in the file; there an unregistered unit is believed too.
pub(crate) fn from_closing(words: &str, last: bool, config: &Config) -> Option<Found> {
    let words = words.trim();
    if words.is_empty() || words.chars().count() > LENGTH {
        return None;
    }
    if config.collective.iter().any(|collective| collective == words) {
        let attribution = Attribution { printed: words.to_owned(), contributors: Vec::new() };
        return Some(Found { attribution, alias: None, registered: true });
    }
    let parts: Vec<&str> =
        words.split(['、', '，', ' ']).map(str::trim).filter(|part| !part.is_empty()).collect();
    let names: Vec<Option<&str>> = parts.iter().map(|part| registered(part, config)).collect();
    let all = names.iter().all(Option::is_some);
    let plausible = parts.iter().all(|part| looks_like_unit(part));
    if !all && !(plausible && (last || names.iter().any(Option::is_some))) {
        return None;
    }
    let printed: Vec<&str> = parts.iter().zip(&names).map(|(part, name)| name.unwrap_or(part)).collect();
    let printed = printed.join("、");
    let contributors = names.iter().flatten().map(ToString::to_string).collect();
    let alias = (printed != words).then(|| words.to_owned());
    Some(Found { attribution: Attribution { printed, contributors }, alias, registered: all })
}

/// Whether the words end as a unit's name does.
pub(crate) fn looks_like_unit(words: &str) -> bool {
    UNIT_ENDINGS.iter().any(|ending| words.ends_with(ending))
        && !words.contains(['。', '，', '；', '：', '“', '《'])
        && (2..=LENGTH).contains(&words.chars().count())
}

/// The registered unit whose name or alias a longer text contains; the longest name wins, so that
/// 区委宣传部 is not taken for 区委.
pub(crate) fn contained<'a>(text: &str, config: &'a Config) -> Option<&'a str> {
    let names = config.contributors.iter().flat_map(|unit| {
        let all = std::iter::once(&unit.name).chain(&unit.aliases);
        all.filter(|name| text.contains(name.as_str())).map(|name| (name.chars().count(), unit.name.as_str()))
    });
    names.max_by_key(|&(length, _)| length).map(|(_, name)| name)
}

/// Splits `text（words）` at the brackets that close it.
pub(crate) fn split_closing(text: &str) -> Option<(&str, &str)> {
    let inner = text.trim_end().strip_suffix('）')?;
    let start = inner.rfind('（')?;
    Some((text[..start].trim_end(), &inner[start + '（'.len_utf8()..]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Contributor;

    fn config() -> Config {
        let unit = |name: &str, aliases: &[&str]| Contributor {
            name: name.to_owned(),
            aliases: aliases.iter().map(ToString::to_string).collect(),
        };
        Config {
            contributors: vec![
                unit("区委办", &[]),
                unit("区委宣传部", &["宣传部"]),
                unit("区残联", &["区残疾人联合会"]),
            ],
            name_prefixes: ["中共", "苏州市", "姑苏"].map(str::to_owned).to_vec(),
            collective: vec!["综合来稿".to_owned()],
            ..Config::default()
        }
    }

    #[test]
    fn every_form_of_a_name_is_the_registered_unit() {
        for name in ["区委宣传部", "宣传部", "中共苏州市姑苏区委宣传部", "姑苏区委宣传部"]
        {
            assert_eq!(registered(name, &config()), Some("区委宣传部"), "{name}");
        }
        assert_eq!(registered("区委", &config()), None);
    }

    #[test]
    fn closing_words_are_units_or_collective() {
        let printed =
            |words, last| from_closing(words, last, &config()).map(|found| found.attribution.printed);
        assert_eq!(printed("宣传部、区残联", false).as_deref(), Some("区委宣传部、区残联"));
        assert_eq!(printed("综合来稿", false).as_deref(), Some("综合来稿"));
        assert_eq!(printed("试行", true), None);
        assert_eq!(printed("区财政局", false), None);
        assert_eq!(printed("区财政局", true).as_deref(), Some("区财政局"));
    }

    #[test]
    fn the_longest_name_in_a_header_wins() {
        assert_eq!(contained("苏州市姑苏区委宣传部信息专报", &config()), Some("区委宣传部"));
        assert_eq!(contained("每周快讯", &config()), None);
    }
}
