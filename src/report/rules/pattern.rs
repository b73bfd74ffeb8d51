//! One named regex with the examples that must and must not match. It is made ready when it is first used; it sees
//! folded text and gives ranges of the printed text.

use super::PackError;
use super::matcher::{Found, Matcher, Names};
use crate::report::values::fold::Folded;
use crate::report::values::sieve::Sieve;
use regex::{Captures, Regex, RegexBuilder};
use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

/// Bytes that one compiled pattern may take: far more than any sensible pattern needs, and a bound for hostile packs.
const COMPILED_LIMIT: usize = 1 << 20;

/// A named regex of a pack.
#[derive(Debug, Clone, Default)]
pub struct Pattern {
    /// Where it belongs, as errors name it: `rule year-era`, `evidence 2`.
    name: Cow<'static, str>,
    /// The pack that it was written in.
    pack: Cow<'static, str>,
    regex: Cow<'static, str>,
    /// Where not empty: texts with none of these are passed over without the regex.
    needs: Cow<'static, [Need]>,
    /// Offset in the pack's file.
    at: usize,
    must_match: Vec<Example>,
    must_not: Vec<Example>,
    /// Of a pack that the program carries.
    carried: Option<&'static Matcher>,
    matcher: OnceLock<Option<Matcher>>,
    /// For what the matcher does not know.
    compiled: OnceLock<Option<Regex>>,
}

/// A text that a pattern needs, with its characters.
pub(super) type Need = (Sieve, Cow<'static, str>);

/// A text with its offset in the pack's file.
#[derive(Debug, Clone)]
pub(super) struct Example {
    pub(super) text: String,
    pub(super) at: usize,
}

/// What a pattern took, as ranges of the printed text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Match {
    /// The whole match.
    pub range: Range<usize>,
    /// Its folded text.
    folded: String,
    names: Names,
    /// By their numbers, the whole match first.
    groups: Vec<Option<Group>>,
}

/// A group that took part.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Group {
    range: Range<usize>,
    /// Of the folded text of the match.
    folded: Range<usize>,
}

impl Match {
    /// The match whose groups took these ranges of the folded text, the whole match first.
    fn new(names: Names, groups: impl Iterator<Item = Option<Range<usize>>>, folded: &Folded) -> Self {
        let mut groups = groups.peekable();
        let whole = groups.peek().cloned().flatten().unwrap_or_default();
        let group = |range: Range<usize>| Group {
            range: folded.printed(range.clone()),
            folded: range.start.saturating_sub(whole.start)..range.end.saturating_sub(whole.start),
        };
        Self {
            range: folded.printed(whole.clone()),
            groups: groups.map(|range| range.map(group)).collect(),
            folded: folded.text.get(whole).unwrap_or_default().to_owned(),
            names,
        }
    }

    fn named(&self, group: &str) -> Option<&Group> {
        let number = self.names.iter().position(|name| name.as_deref() == Some(group))?;
        self.groups.get(number)?.as_ref()
    }

    /// The range of the named group, if it took part.
    #[must_use]
    pub fn range_of(&self, group: &str) -> Option<Range<usize>> {
        self.named(group).map(|group| group.range.clone())
    }

    /// The folded text of the named group, if it took part.
    #[must_use]
    pub fn group(&self, group: &str) -> Option<&str> {
        self.folded.get(self.named(group)?.folded.clone())
    }
}

impl Pattern {
    pub(super) fn new(name: String, pack: String, regex: String, at: usize) -> Self {
        Self { name: name.into(), pack: pack.into(), regex: regex.into(), at, ..Self::default() }
    }

    /// One of a pack that the program carries. Its examples are left to the tests.
    pub(super) const fn carried(
        [name, pack, regex]: [&'static str; 3],
        needs: &'static [Need],
        matcher: &'static Matcher,
    ) -> Self {
        Self {
            name: Cow::Borrowed(name),
            pack: Cow::Borrowed(pack),
            regex: Cow::Borrowed(regex),
            needs: Cow::Borrowed(needs),
            at: 0,
            must_match: Vec::new(),
            must_not: Vec::new(),
            carried: Some(matcher),
            matcher: OnceLock::new(),
            compiled: OnceLock::new(),
        }
    }

    pub(super) fn with_examples(mut self, must_match: Vec<Example>, must_not: Vec<Example>) -> Self {
        self.must_match = must_match;
        self.must_not = must_not;
        self
    }

    pub(super) fn needing(mut self, needs: Vec<String>) -> Self {
        self.needs = needs.into_iter().map(|part| (Sieve::of(&part), part.into())).collect();
        self
    }

    /// The pack that it was written in.
    #[must_use]
    pub fn pack(&self) -> &str {
        &self.pack
    }

    /// Its name with what it belongs to: `rule year-era`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    fn build(&self) -> Result<Regex, regex::Error> {
        RegexBuilder::new(&self.regex).size_limit(COMPILED_LIMIT).build()
    }

    /// Whether the text has what the pattern needs.
    pub(super) fn is_possible(&self, folded: &Folded) -> bool {
        let lets = |matcher: &Matcher| matcher.lets(folded.sieve());
        let has = |(sieve, part): &Need| folded.sieve().covers(sieve) && folded.text.contains(&**part);
        let has_needs = || self.needs.is_empty() || self.needs.iter().any(has);
        match self.ready() {
            // What is ready is asked first: it takes no look at the text.
            Some(ready) => lets(ready) && has_needs(),
            None => has_needs() && self.matcher().is_none_or(lets),
        }
    }

    /// Whether a text that begins with this character, once it is folded, may match. What is not made ready yet is not
    /// asked.
    pub(super) fn may_begin(&self, first: char) -> bool {
        self.ready().is_none_or(|matcher| matcher.may_begin(first))
    }

    /// Whether a match may begin with this character. What is not made ready yet is not asked.
    pub(super) fn may_begin_with(&self, first: char) -> bool {
        self.ready().is_none_or(|matcher| matcher.may_begin_with(first))
    }

    fn ready(&self) -> Option<&Matcher> {
        self.carried.or_else(|| self.matcher.get()?.as_ref())
    }

    fn matcher(&self) -> Option<&Matcher> {
        self.carried.or_else(|| self.matcher.get_or_init(|| Matcher::new(&self.regex)).as_ref())
    }

    fn compiled(&self) -> Option<&Regex> {
        self.compiled.get_or_init(|| self.build().ok()).as_ref()
    }

    /// Whether it matches anywhere in `text`.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        self.matches_folded(&Folded::new(text))
    }

    /// Whether it matches anywhere in the folded text.
    #[must_use]
    pub fn matches_folded(&self, folded: &Folded) -> bool {
        if !self.is_possible(folded) {
            return false;
        }
        match self.matcher().map(|matcher| matcher.is_match(&folded.text)) {
            Some(Ok(matches)) => matches,
            _ => self.compiled().is_some_and(|regex| regex.is_match(&folded.text)),
        }
    }

    /// Its first match in `text`.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<Match> {
        self.find_folded(&Folded::new(text))
    }

    /// Its first match in the folded text; the ranges are those of the printed text all the same.
    #[must_use]
    pub fn find_folded(&self, folded: &Folded) -> Option<Match> {
        if !self.is_possible(folded) {
            return None;
        }
        if let Some(matcher) = self.matcher()
            && let Ok(found) = matcher.find(&folded.text, 0)
        {
            return found.map(|found| found_in(matcher, &found, folded));
        }
        let regex = self.compiled()?;
        regex.captures(&folded.text).map(|captures| captured(regex, &captures, folded))
    }

    /// All its matches in `text`, in order.
    #[must_use]
    pub fn find_all(&self, text: &str) -> Vec<Match> {
        self.find_all_folded(&Folded::new(text))
    }

    /// All its matches in the folded text, in order; the ranges are those of the printed text.
    #[must_use]
    pub fn find_all_folded(&self, folded: &Folded) -> Vec<Match> {
        if !self.is_possible(folded) {
            return Vec::new();
        }
        if let Some(matcher) = self.matcher()
            && let Ok(all) = matcher.find_all(&folded.text)
        {
            return all.iter().map(|found| found_in(matcher, found, folded)).collect();
        }
        let Some(regex) = self.compiled() else { return Vec::new() };
        regex.captures_iter(&folded.text).map(|captures| captured(regex, &captures, folded)).collect()
    }

    pub(super) fn examples(&self) -> usize {
        self.must_match.len() + self.must_not.len()
    }

    /// All that counts when a text is searched, for the comparison of two.
    #[cfg(test)]
    pub(super) fn said(&self) -> String {
        let Self { name, pack, regex, needs, .. } = self;
        format!("{name} of {pack}: {regex} needs {needs:?}, {:?}", self.matcher())
    }

    #[cfg(test)]
    pub(super) fn regex(&self) -> &str {
        &self.regex
    }

    #[cfg(test)]
    pub(super) fn example_texts(&self) -> impl Iterator<Item = &str> {
        self.must_match.iter().chain(&self.must_not).map(|example| example.text.as_str())
    }

    /// Why the pattern cannot be trusted: its regex is broken, or an example does not behave.
    pub(super) fn failures(&self, toml: &str, file: &str) -> Vec<PackError> {
        let error = |at, what: String| PackError::at(file, toml, at, what);
        if let Err(problem) = self.build() {
            return vec![error(self.at, format!("{}: broken regex: {}", self.name, in_one_line(&problem)))];
        }
        let missed = self.must_match.iter().filter(|example| !self.matches(&example.text));
        let taken = self.must_not.iter().filter(|example| self.matches(&example.text));
        let missed =
            missed.map(|e| error(e.at, format!("{}: example {:?} must match and does not", self.name, e.text)));
        missed
            .chain(taken.map(|e| error(e.at, format!("{}: example {:?} must not match and does", self.name, e.text))))
            .collect()
    }
}

fn found_in(matcher: &Matcher, found: &Found, folded: &Folded) -> Match {
    let names = matcher.names();
    Match::new(names.clone(), (0..names.len()).map(|number| found.group(number)), folded)
}

fn captured(regex: &Regex, captures: &Captures<'_>, folded: &Folded) -> Match {
    let names = regex.capture_names().map(|name| name.map(|name| Cow::Owned(name.to_owned()))).collect();
    Match::new(names, captures.iter().map(|group| group.map(|group| group.range())), folded)
}

/// The last line of a regex error says what is wrong; the lines before it draw the place.
fn in_one_line(problem: &regex::Error) -> String {
    let text = problem.to_string();
    text.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned()
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    #[test]
    fn matches_give_ranges_of_the_printed_text() {
        let pattern = Pattern::new("rule r".into(), "p".into(), "R(?P<n>[0-9]+)年度".into(), 1);
        let printed = "目標　Ｒ１２年度";
        let found = pattern.find(printed).unwrap();
        assert_eq!(&printed[found.range.clone()], "Ｒ１２年度");
        assert_eq!(&printed[found.range_of("n").unwrap()], "１２");
        assert_eq!(found.group("n"), Some("12"));
    }

    #[test]
    fn a_broken_regex_names_its_line() {
        let pattern = Pattern::new("rule r".into(), "p".into(), "(".into(), 3);
        assert_eq!(
            pattern.failures("\n\n\n(", "my.toml")[0].to_string(),
            "my.toml:4: rule r: broken regex: unclosed group"
        );
    }
}
