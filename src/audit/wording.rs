//! The patterns by which rules read meaning from wording, and the links between indicators and initiatives: data
//! (TOML) with examples that are tested.

use super::subject::plain;
use regex::Regex;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

const TOML: &str = include_str!("wording.toml");

static BUILT_IN: LazyLock<Wording> =
    LazyLock::new(|| toml::from_str(TOML).map(|form| Wording::new(&form)).unwrap_or_default());

/// All patterns by rule and list, and all links.
#[derive(Debug, Default)]
pub(super) struct Wording {
    audit: BTreeMap<String, BTreeMap<String, Vec<Pattern>>>,
    links: Vec<Link>,
}

/// One pattern; texts are matched in the form in which they are equal (see `plain`).
#[derive(Debug)]
pub(super) struct Pattern(Option<Regex>);

/// Indicators that belong together, and the initiatives that they measure.
#[derive(Debug)]
pub(super) struct Link {
    indicator: Pattern,
    initiative: Option<Pattern>,
    /// Whether the indicators count the same people.
    pub(super) same_denominator: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    #[serde(default)]
    audit: BTreeMap<String, BTreeMap<String, Vec<PatternForm>>>,
    #[serde(default)]
    link: Vec<LinkForm>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PatternForm {
    pattern: String,
    #[serde(default, rename = "match")]
    #[cfg_attr(not(test), expect(dead_code, reason = "examples are for the tests"))]
    must_match: Vec<String>,
    #[serde(default)]
    #[cfg_attr(not(test), expect(dead_code, reason = "examples are for the tests"))]
    reject: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct LinkForm {
    #[expect(dead_code, reason = "names the link for its readers")]
    name: String,
    indicator: String,
    initiative: Option<String>,
    #[serde(default)]
    same_denominator: bool,
}

impl Wording {
    /// The patterns for reports that the pack called `pack` has read.
    pub(super) fn of(_pack: &str) -> &'static Self {
        &BUILT_IN
    }

    fn new(form: &Form) -> Self {
        let patterns = |forms: &Vec<PatternForm>| forms.iter().map(|one| Pattern::new(&one.pattern)).collect();
        let lists = |lists: &BTreeMap<String, Vec<PatternForm>>| {
            lists.iter().map(|(name, forms)| (name.clone(), patterns(forms))).collect()
        };
        Self {
            audit: form.audit.iter().map(|(id, forms)| (id.clone(), lists(forms))).collect(),
            links: form.link.iter().map(Link::new).collect(),
        }
    }

    /// The patterns that rule `id` keeps under `list`.
    pub(super) fn alternatives(&self, id: &str, list: &str) -> impl Iterator<Item = &Pattern> {
        self.audit.get(id).and_then(|lists| lists.get(list)).into_iter().flatten()
    }

    /// The names of the lists of rule `id`, in order.
    pub(super) fn lists(&self, id: &str) -> impl Iterator<Item = &str> {
        self.audit.get(id).into_iter().flatten().map(|(name, _)| name.as_str())
    }

    /// Whether one of the patterns matches.
    pub(super) fn matches(&self, id: &str, list: &str, text: &str) -> bool {
        let text = plain(text);
        self.alternatives(id, list).any(|pattern| pattern.matches(&text))
    }

    /// The words that the first matching pattern takes.
    pub(super) fn found(&self, id: &str, list: &str, text: &str) -> Option<String> {
        let text = plain(text);
        self.alternatives(id, list).find_map(|pattern| pattern.found(&text))
    }

    pub(super) fn links(&self) -> impl Iterator<Item = &Link> {
        self.links.iter()
    }
}

impl Pattern {
    fn new(pattern: &str) -> Self {
        Self(Regex::new(pattern).ok())
    }

    pub(super) fn matches(&self, text: &str) -> bool {
        self.0.as_ref().is_some_and(|regex| regex.is_match(text))
    }

    pub(super) fn found(&self, text: &str) -> Option<String> {
        self.0.as_ref()?.find(text).map(|found| found.as_str().to_owned())
    }
}

impl Link {
    fn new(form: &LinkForm) -> Self {
        Self {
            indicator: Pattern::new(&form.indicator),
            initiative: form.initiative.as_deref().map(Pattern::new),
            same_denominator: form.same_denominator,
        }
    }

    /// Whether the indicator of this name belongs to the link.
    pub(super) fn measures(&self, indicator: &str) -> bool {
        self.indicator.matches(&plain(indicator))
    }

    /// Whether the initiative of this title is measured by the link's indicators.
    pub(super) fn serves(&self, title: &str) -> bool {
        self.initiative.as_ref().is_some_and(|pattern| pattern.matches(&plain(title)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_holds() {
        let form: Form = toml::from_str(TOML).unwrap();
        for (id, lists) in &form.audit {
            for (list, patterns) in lists {
                for one in patterns {
                    let pattern = Regex::new(&one.pattern).unwrap();
                    for text in &one.must_match {
                        assert!(pattern.is_match(&plain(text)), "{id} {list}: {text} must match {}", one.pattern);
                    }
                    for text in &one.reject {
                        assert!(!pattern.is_match(&plain(text)), "{id} {list}: {text} must not match {}", one.pattern);
                    }
                }
            }
        }
        for link in &form.link {
            assert!(
                Regex::new(&link.indicator).is_ok()
                    && link.initiative.as_ref().is_none_or(|one| Regex::new(one).is_ok())
            );
        }
    }
}
