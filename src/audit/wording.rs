//! The patterns by which rules read meaning from wording, and the links between indicators and initiatives, as the
//! rule pack of the report has them: `[audit.GRD-06]` and `[[link]]`.

use super::subject::plain;
use crate::report::rules::{Link, Pattern, Rules};

/// The pack that reads what no other does.
const GENERAL: &str = "general";

/// The wording that the rules look for. Texts are matched in the form in which they are equal (see [`plain`]).
#[derive(Debug, Clone, Copy)]
pub(super) struct Wording<'r> {
    rules: Option<&'r Rules>,
}

impl<'r> Wording<'r> {
    /// The wording of a pack at hand.
    pub(super) fn new(rules: &'r Rules) -> Self {
        Self { rules: Some(rules) }
    }

    /// The patterns that rule `id` keeps under `list`.
    pub(super) fn alternatives(self, id: &str, list: &str) -> impl Iterator<Item = &'r Pattern> {
        self.rules.into_iter().flat_map(move |rules| rules.audit(id, list))
    }

    /// The names of the lists of rule `id`, in order.
    pub(super) fn lists(self, id: &'r str) -> impl Iterator<Item = &'r str> {
        self.rules.into_iter().flat_map(move |rules| rules.audit_lists(id))
    }

    /// Whether one of the patterns matches.
    pub(super) fn matches(self, id: &str, list: &str, text: &str) -> bool {
        let text = plain(text);
        self.alternatives(id, list).any(|pattern| pattern.matches(&text))
    }

    /// The words that the first matching pattern takes.
    pub(super) fn found(self, id: &str, list: &str, text: &str) -> Option<String> {
        let text = plain(text);
        self.alternatives(id, list).find_map(|pattern| taken(pattern, &text))
    }

    /// Which indicators measure which initiatives.
    pub(super) fn links(self) -> impl Iterator<Item = &'r Link> {
        self.rules.into_iter().flat_map(Rules::links)
    }
}

impl Wording<'static> {
    /// The wording of the built-in pack called `pack`, of the general one where there is none of that name.
    pub(super) fn of(pack: &str) -> Self {
        Self { rules: Rules::named(pack).or_else(|| Rules::named(GENERAL)) }
    }
}

/// The words of `text` that the pattern takes.
pub(super) fn taken(pattern: &Pattern, text: &str) -> Option<String> {
    let text = plain(text);
    Some(text.get(pattern.find(&text)?.range)?.to_owned())
}

/// Whether the indicator of this name belongs to the link.
pub(super) fn measures(link: &Link, indicator: &str) -> bool {
    link.indicator.matches(&plain(indicator))
}

/// Whether the initiative of this title is measured by the link's indicators.
pub(super) fn serves(link: &Link, title: &str) -> bool {
    link.initiative.as_ref().is_some_and(|pattern| pattern.matches(&plain(title)))
}
