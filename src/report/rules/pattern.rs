//! One named regex with the examples that must and must not match. It compiles when it is first used; it sees folded
//! text and gives ranges of the printed text.

use super::PackError;
use crate::report::values::fold::Folded;
use regex::{Captures, Regex, RegexBuilder};
use std::ops::Range;
use std::sync::OnceLock;

/// Bytes that one compiled pattern may take: far more than any sensible pattern needs, and a bound for hostile packs.
const COMPILED_LIMIT: usize = 1 << 20;

/// A named regex of a pack.
#[derive(Debug, Clone, Default)]
pub struct Pattern {
    /// Where it belongs, as errors name it: `rule year-era`, `evidence 2`.
    name: String,
    /// The pack that it was written in.
    pack: String,
    regex: String,
    /// Where not empty: texts with none of these are passed over without the regex.
    needs: Vec<String>,
    line: usize,
    must_match: Vec<Example>,
    must_not: Vec<Example>,
    compiled: OnceLock<Option<Regex>>,
}

/// A text with the line of the pack that it stands in.
#[derive(Debug, Clone)]
pub(super) struct Example {
    pub(super) text: String,
    pub(super) line: usize,
}

/// What a pattern took, as ranges of the printed text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Match {
    /// The whole match.
    pub range: Range<usize>,
    groups: Vec<(String, Range<usize>, String)>,
}

impl Match {
    /// The range of the named group, if it took part.
    #[must_use]
    pub fn range_of(&self, group: &str) -> Option<Range<usize>> {
        self.groups.iter().find(|(name, ..)| name == group).map(|(_, range, _)| range.clone())
    }

    /// The folded text of the named group, if it took part.
    #[must_use]
    pub fn group(&self, group: &str) -> Option<&str> {
        self.groups.iter().find(|(name, ..)| name == group).map(|(.., folded)| folded.as_str())
    }
}

impl Pattern {
    pub(super) fn new(name: String, pack: &str, regex: String, line: usize) -> Self {
        Self { name, pack: pack.to_owned(), regex, line, ..Self::default() }
    }

    pub(super) fn with_examples(mut self, must_match: Vec<Example>, must_not: Vec<Example>) -> Self {
        self.must_match = must_match;
        self.must_not = must_not;
        self
    }

    pub(super) fn needing(mut self, needs: Vec<String>) -> Self {
        self.needs = needs;
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

    /// The regex, if `folded` can match at all.
    fn regex_for(&self, folded: &str) -> Option<&Regex> {
        let possible = self.needs.is_empty() || self.needs.iter().any(|part| folded.contains(part.as_str()));
        possible.then(|| self.compiled.get_or_init(|| self.build().ok()).as_ref()).flatten()
    }

    /// Whether it matches anywhere in `text`.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        self.matches_folded(&Folded::new(text))
    }

    /// Whether it matches anywhere in the folded text.
    #[must_use]
    pub fn matches_folded(&self, folded: &Folded) -> bool {
        self.regex_for(&folded.text).is_some_and(|regex| regex.is_match(&folded.text))
    }

    /// Its first match in `text`.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<Match> {
        self.find_folded(&Folded::new(text))
    }

    /// Its first match in the folded text; the ranges are those of the printed text all the same.
    #[must_use]
    pub fn find_folded(&self, folded: &Folded) -> Option<Match> {
        let regex = self.regex_for(&folded.text)?;
        regex.captures(&folded.text).map(|captures| taken(regex, &captures, folded))
    }

    /// All its matches in `text`, in order.
    #[must_use]
    pub fn find_all(&self, text: &str) -> Vec<Match> {
        let folded = Folded::new(text);
        let Some(regex) = self.regex_for(&folded.text) else { return Vec::new() };
        regex.captures_iter(&folded.text).map(|captures| taken(regex, &captures, &folded)).collect()
    }

    pub(super) fn examples(&self) -> usize {
        self.must_match.len() + self.must_not.len()
    }

    /// Why the pattern cannot be trusted: its regex is broken, or an example does not behave.
    pub(super) fn failures(&self, file: &str) -> Vec<PackError> {
        let error = |line, what| PackError { file: file.to_owned(), line, what };
        if let Err(problem) = self.build() {
            return vec![error(self.line, format!("{}: broken regex: {}", self.name, in_one_line(&problem)))];
        }
        let missed = self.must_match.iter().filter(|example| !self.matches(&example.text));
        let taken = self.must_not.iter().filter(|example| self.matches(&example.text));
        let missed =
            missed.map(|e| error(e.line, format!("{}: example {:?} must match and does not", self.name, e.text)));
        missed
            .chain(taken.map(|e| error(e.line, format!("{}: example {:?} must not match and does", self.name, e.text))))
            .collect()
    }
}

fn taken(regex: &Regex, captures: &Captures<'_>, folded: &Folded) -> Match {
    let whole = captures.get(0).map_or(0..0, |m| m.range());
    let groups = regex.capture_names().flatten().filter_map(|name| {
        let group = captures.name(name)?;
        Some((name.to_owned(), folded.printed(group.range()), group.as_str().to_owned()))
    });
    Match { range: folded.printed(whole), groups: groups.collect() }
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
        let pattern = Pattern::new("rule r".into(), "p", "R(?P<n>[0-9]+)年度".into(), 1);
        let printed = "目標　Ｒ１２年度";
        let found = pattern.find(printed).unwrap();
        assert_eq!(&printed[found.range.clone()], "Ｒ１２年度");
        assert_eq!(&printed[found.range_of("n").unwrap()], "１２");
        assert_eq!(found.group("n"), Some("12"));
    }

    #[test]
    fn a_broken_regex_names_its_line() {
        let pattern = Pattern::new("rule r".into(), "p", "(".into(), 7);
        assert_eq!(pattern.failures("my.toml")[0].to_string(), "my.toml:7: rule r: broken regex: unclosed group");
    }
}
