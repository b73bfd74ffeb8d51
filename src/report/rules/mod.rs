//! Rule packs: everything that depends on how a form words things, as data (TOML) with tested examples. A pack gives
//! the vocabulary of row and column labels and named patterns; what stands where on the page is not its business.

mod carried;
mod choose;
mod draft;
mod error;
mod form;
mod matcher;
mod memo;
mod name;
mod part;
mod pattern;
mod role;
mod rule;
mod tree;
mod vocabulary;
mod words;

pub use choose::{Choice, choose, given};
pub use draft::draft;
pub use error::PackError;
pub(in crate::report) use memo::Memo;
pub use pattern::{Match, Pattern};
pub use role::Role;
pub use rule::Rule;
pub use vocabulary::{Fit, Label};

use crate::report::values::fold::{self, Folded};
use crate::report::values::year::{self, Year};
use part::Part;
use std::borrow::Cow;
use std::sync::LazyLock;
use words::Words;

/// A pack ready for use. Patterns compile when they are first needed.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    /// Its name, as `source.rules` of a report gives it.
    pub name: String,
    /// What it is for, in one line.
    pub description: String,
    /// The pack that it extends.
    pub extends: Option<String>,
    vocabulary: Words,
    parts: Cow<'static, [Part]>,
    /// Those of each rule, by its number.
    patterns: Vec<Cow<'static, [Pattern]>>,
    units: Cow<'static, [Cow<'static, str>]>,
    evidence: Cow<'static, [Evidence]>,
    links: Cow<'static, [Link]>,
    /// In order of their keys.
    audit: Cow<'static, [AuditList]>,
    labels: Memo<Option<Label>>,
    years: Memo<Option<Year>>,
}

/// Wording that speaks for a pack.
#[derive(Debug, Clone)]
pub struct Evidence {
    /// What has to be printed somewhere in the document.
    pub pattern: Pattern,
    /// How much it counts.
    pub weight: f64,
}

/// Which indicators measure which initiatives.
#[derive(Debug, Clone)]
pub struct Link {
    /// Name of the link.
    pub name: Cow<'static, str>,
    /// Names of indicators.
    pub indicator: Pattern,
    /// Titles of initiatives; `None` where only indicators belong together.
    pub initiative: Option<Pattern>,
    /// Whether the indicators count the same people, so that their denominators must agree.
    pub same_denominator: bool,
}

/// The patterns that an audit rule keeps in a pack under one name.
#[derive(Debug, Clone)]
struct AuditList {
    id: Cow<'static, str>,
    name: Cow<'static, str>,
    patterns: Cow<'static, [Pattern]>,
}

impl AuditList {
    fn key(&self) -> (&str, &str) {
        (&self.id, &self.name)
    }
}

/// The packs that the program carries, each after the one it extends.
const BUILT_IN_TEXTS: [(&str, &str); 2] =
    [("general.toml", include_str!("general.toml")), ("koganei.toml", include_str!("koganei.toml"))];

static BUILT_IN: LazyLock<Vec<Rules>> = LazyLock::new(|| {
    let mut packs = Vec::with_capacity(carried::PACKS.len());
    for pack in &carried::PACKS {
        packs.push(pack.rules(&packs));
    }
    packs
});

impl Rules {
    /// The packs that the program carries, most general first.
    #[must_use]
    pub fn built_in() -> &'static [Self] {
        &BUILT_IN
    }

    /// The built-in pack called `name`.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        Self::built_in().iter().find(|pack| pack.name == name)
    }

    /// The TOML that the built-in pack called `name` is made from.
    #[must_use]
    pub fn source(name: &str) -> Option<&'static str> {
        BUILT_IN_TEXTS.into_iter().find(|(file, _)| file.strip_suffix(".toml") == Some(name)).map(|(_, text)| text)
    }

    /// Reads a pack; `file` names it in errors. Its patterns are compiled and its examples run, so that a broken pack
    /// never reads a document.
    ///
    /// # Errors
    /// When the TOML, a key, a regex or an example is wrong: the error says in which line.
    pub fn load(toml: &str, file: &str) -> Result<Self, PackError> {
        let pack = form::load(toml, file, Self::built_in())?;
        match pack.failures(toml, file).into_iter().next() {
            Some(failure) => Err(failure),
            None => Ok(pack),
        }
    }

    /// Everything that is wrong with a pack, not only the first thing: what `rules test` prints.
    #[must_use]
    pub fn check(toml: &str, file: &str) -> (usize, Vec<PackError>) {
        match form::load(toml, file, Self::built_in()) {
            Ok(pack) => (pack.examples(), pack.failures(toml, file)),
            Err(error) => (0, vec![error]),
        }
    }

    /// The first match of `rule` in `text`, at which of its patterns it may be.
    #[must_use]
    pub fn find(&self, rule: Rule, text: &str) -> Option<Match> {
        if self.may_begin(rule, text) { self.find_folded(rule, &Folded::new(text)) } else { None }
    }

    /// The first match of `rule` in the folded text.
    #[must_use]
    pub fn find_folded(&self, rule: Rule, folded: &Folded) -> Option<Match> {
        self.patterns(rule).iter().find_map(|pattern| pattern.find_folded(folded))
    }

    /// Whether `rule` matches anywhere in `text`.
    #[must_use]
    pub fn matches(&self, rule: Rule, text: &str) -> bool {
        self.may_begin(rule, text) && self.matches_folded(rule, &Folded::new(text))
    }

    /// Whether a match of `rule` may begin where `text` does, if it can begin nowhere else: cells of sentences are asked
    /// for signs that fill their cells, and need not be folded for it.
    fn may_begin(&self, rule: Rule, text: &str) -> bool {
        fold::first(text).is_none_or(|first| self.may_match_from(rule, first))
    }

    /// Whether a text that begins with this character, once it is folded, may hold a match of `rule`.
    pub(in crate::report) fn may_match_from(&self, rule: Rule, first: char) -> bool {
        self.patterns(rule).iter().any(|pattern| pattern.may_begin(first))
    }

    /// Whether a match of `rule`, wherever it stands, may begin with this character of the folded text.
    pub(in crate::report) fn may_begin_with(&self, rule: Rule, first: char) -> bool {
        self.patterns(rule).iter().any(|pattern| pattern.may_begin_with(first))
    }

    /// Whether `rule` matches anywhere in the folded text.
    #[must_use]
    pub fn matches_folded(&self, rule: Rule, folded: &Folded) -> bool {
        self.patterns(rule).iter().any(|pattern| pattern.matches_folded(folded))
    }

    /// Whether the folded text has what a match of `rule` needs.
    #[must_use]
    pub(in crate::report) fn may_match(&self, rule: Rule, folded: &Folded) -> bool {
        self.patterns(rule).iter().any(|pattern| pattern.is_possible(folded))
    }

    /// The names of all rules that match anywhere in `text`, but for words that say nothing where they stand alone.
    #[must_use]
    pub fn matching(&self, text: &str) -> Vec<&'static str> {
        let folded = Folded::new(text);
        let matches = |rule: &Rule| self.patterns(*rule).iter().any(|pattern| pattern.matches_folded(&folded));
        Rule::all().filter(|rule| *rule != Rule::GenericWord).filter(matches).map(Rule::name).collect()
    }

    /// The patterns of `rule`, none where the pack does not have it.
    #[must_use]
    pub fn patterns(&self, rule: Rule) -> &[Pattern] {
        self.patterns.get(rule as usize).map_or(&[], |patterns| patterns)
    }

    fn set_patterns(&mut self, rule: Rule, patterns: impl Into<Cow<'static, [Pattern]>>) {
        let count = self.patterns.len().max(rule as usize + 1);
        self.patterns.resize_with(count, Cow::default);
        self.patterns[rule as usize] = patterns.into();
    }

    /// What the text of a heading cell means, if the vocabulary knows it.
    #[must_use]
    pub fn label(&self, text: &str) -> Option<Label> {
        self.labels.get(text, || self.vocabulary.label(self, text))
    }

    /// What stands under or beside a heading cell whose text is a word of the vocabulary, whatever stands beside the word.
    #[must_use]
    pub fn role_of(&self, text: &str) -> Option<Role> {
        let whole =
            |label: &Option<Label>| label.as_ref().filter(|label| label.fit == Fit::Whole).map(|label| label.role);
        self.labels.with(text, || self.vocabulary.label(self, text), whole)
    }

    /// Whether the vocabulary knows the text of a heading cell.
    fn is_label(&self, text: &str) -> bool {
        self.labels.with(text, || self.vocabulary.label(self, text), Option::is_some)
    }

    /// Takes over the labels and years that `other` has read already, if both read them by the same words and patterns.
    fn learn_from(&self, other: &Self) {
        let same = |rule: Rule| std::ptr::eq(self.patterns(rule), other.patterns(rule));
        let words = self.vocabulary == other.vocabulary && std::ptr::eq(&*self.units, &*other.units);
        if words && year::FORMS.into_iter().chain([Rule::UnitInLabel]).all(same) {
            self.labels.adopt(&other.labels);
            self.years.adopt(&other.years);
        }
    }

    /// What `read` gives for the year in `text`, kept for the next time.
    pub(in crate::report) fn year(&self, text: &str, read: impl FnOnce() -> Option<Year>) -> Option<Year> {
        self.years.get(text, read)
    }

    /// What `take` makes of the year in `text`, which `read` gives and which is kept for the next time.
    pub(in crate::report) fn with_year<R>(
        &self,
        text: &str,
        read: impl FnOnce() -> Option<Year>,
        take: impl FnOnce(&Option<Year>) -> R,
    ) -> R {
        self.years.with(text, read, take)
    }

    /// The unit that a label names: `(単位:人)`, `(%)`, `目標(各年度:時間)`.
    #[must_use]
    pub fn unit_in(&self, label: &str) -> Option<String> {
        vocabulary::unit_in(self, label)
    }

    /// The units that a label lists without saying which is whose: `(単位:人、%)`.
    #[must_use]
    pub fn units_listed(&self, label: &str) -> Vec<String> {
        vocabulary::units_listed(self, label)
    }

    /// Whether `word` (folded) is a unit of measurement.
    #[must_use]
    pub fn is_unit(&self, word: &str) -> bool {
        self.units.iter().any(|unit| unit == word)
    }

    /// Which indicators measure which initiatives.
    #[must_use]
    pub fn links(&self) -> &[Link] {
        &self.links
    }

    /// The patterns that audit rule `id` keeps under `list`, such as `("GRD-06", "reason")`.
    #[must_use]
    pub fn audit(&self, id: &str, list: &str) -> &[Pattern] {
        let at = self.audit.binary_search_by(|known| known.key().cmp(&(id, list)));
        at.ok().and_then(|at| self.audit.get(at)).map_or(&[], |list| &list.patterns)
    }

    /// The names of the lists of patterns that audit rule `id` keeps, in order.
    pub fn audit_lists<'r>(&'r self, id: &'r str) -> impl Iterator<Item = &'r str> {
        self.audit.iter().filter(move |list| list.id == id).map(|list| list.name.as_ref())
    }

    /// Every pattern of the pack's own text (not of the one it extends).
    fn own_patterns(&self) -> impl Iterator<Item = &Pattern> {
        let links = self.links.iter().flat_map(|l| std::iter::once(&l.indicator).chain(&l.initiative));
        let audit = self.audit.iter().flat_map(|list| list.patterns.iter());
        self.patterns
            .iter()
            .flat_map(|patterns| patterns.iter())
            .chain(self.evidence.iter().map(|e| &e.pattern))
            .chain(links)
            .chain(audit)
            .filter(|pattern| pattern.pack() == self.name)
    }

    fn examples(&self) -> usize {
        self.own_patterns().map(Pattern::examples).sum()
    }

    fn failures(&self, toml: &str, file: &str) -> Vec<PackError> {
        let mut failures: Vec<_> = self.own_patterns().flat_map(|pattern| pattern.failures(toml, file)).collect();
        failures.sort_by_key(|failure| failure.line);
        failures
    }
}

#[cfg(test)]
mod tests {
    use super::{BUILT_IN_TEXTS, Rules};

    #[test]
    fn built_in_packs_load_and_their_examples_hold() {
        assert_eq!(Rules::built_in().len(), 2);
        for (file, text) in BUILT_IN_TEXTS {
            let (examples, failures) = Rules::check(text, file);
            let failures: Vec<_> = failures.iter().map(ToString::to_string).collect();
            assert!(failures.is_empty(), "{failures:#?}");
            assert!(examples > 0, "{file} has no example");
        }
    }
}
