//! Patterns of a pack without the regex engine. Compiling some dozens of regexes takes longer than reading a report
//! with them, since labels and cells are short. So a pattern is taken apart here, asked first what a text must hold to
//! match, and then tried by backtracking. What this does not know, and searches that take too many steps, are left to
//! the regex engine; what is found is the same.

mod carried;
mod filter;
mod parse;
mod program;
mod search;
mod set;

use crate::report::values::sieve::Sieve;
use filter::Filter;
use program::Program;
use search::Search;
use std::borrow::Cow;
use std::ops::Range;

pub(super) use carried::CARRIED;
pub(super) use search::TooLong;

/// Steps that a search may take for each byte of the text, and beside them: twice what the packs' patterns need.
const STEPS_PER_BYTE: usize = 64;
const STEPS: usize = 4096;

/// A pattern ready to search with.
#[derive(Debug, Clone)]
pub(super) struct Matcher {
    program: Program,
    filter: Filter,
    names: Names,
}

/// The names of groups by their numbers, the whole match first.
pub(super) type Names = Cow<'static, [Option<Cow<'static, str>>]>;

/// A match: the ranges of the groups, the whole match first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    ends: search::Ends,
}

impl Found {
    /// The range of a group, if it took part.
    pub(super) fn group(&self, number: usize) -> Option<Range<usize>> {
        match self.ends.get(2 * number..2 * number + 2)? {
            [Some(start), Some(end)] => Some(*start..*end),
            _ => None,
        }
    }
}

impl Matcher {
    /// `None` where the pattern holds what is not known here.
    pub(super) fn new(regex: &str) -> Option<Self> {
        let parse::Parsed { program, filter, names } = parse::parse(regex)?;
        let names = names.into_iter().map(|name| name.map(|name| Cow::Owned(name.to_owned())));
        Some(Self { program, filter, names: names.collect() })
    }

    pub(super) fn names(&self) -> &Names {
        &self.names
    }

    /// Whether a text with these characters can match at all.
    pub(super) fn lets(&self, text: &Sieve) -> bool {
        self.filter.lets(text)
    }

    /// Whether a text that begins with this character can match at all.
    pub(super) fn may_begin(&self, first: char) -> bool {
        !self.filter.is_anchored() || self.filter.may_begin(first)
    }

    /// Whether a match can begin with this character.
    pub(super) fn may_begin_with(&self, first: char) -> bool {
        self.filter.may_begin(first)
    }

    /// Whether it matches anywhere in `text`.
    pub(super) fn is_match(&self, text: &str) -> Result<bool, TooLong> {
        let mut search = self.search(text, 0);
        Ok(self.first(&mut search, text, 0)?.is_some())
    }

    /// Its first match that begins at `from` or later.
    pub(super) fn find(&self, text: &str, from: usize) -> Result<Option<Found>, TooLong> {
        let mut search = self.search(text, self.names.len());
        let Some(range) = self.first(&mut search, text, from)? else { return Ok(None) };
        let mut ends = search.ends().to_vec();
        ends[0] = Some(range.start);
        ends[1] = Some(range.end);
        Ok(Some(Found { ends }))
    }

    /// All its matches from left to right, as the regex engine counts them: an empty one right after another is none.
    pub(super) fn find_all(&self, text: &str) -> Result<Vec<Found>, TooLong> {
        let mut all = Vec::new();
        let (mut from, mut last) = (0, None);
        while let Some(found) = if from <= text.len() { self.find(text, from)? } else { None } {
            let range = found.group(0).unwrap_or_default();
            if range.is_empty() && last == Some(range.end) {
                from += text.get(from..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
                continue;
            }
            (from, last) = (range.end, Some(range.end));
            all.push(found);
        }
        Ok(all)
    }

    fn search<'p, 't>(&'p self, text: &'t str, groups: usize) -> Search<'p, 't> {
        Search::new(&self.program, text, groups, text.len().saturating_mul(STEPS_PER_BYTE).saturating_add(STEPS))
    }

    fn first(&self, search: &mut Search<'_, '_>, text: &str, from: usize) -> Result<Option<Range<usize>>, TooLong> {
        let mut rest = text.get(from..).unwrap_or_default().chars();
        let (mut start, mut next) = (from, rest.next());
        loop {
            let after = rest.next();
            if self.filter.begins(next, after)
                && let Some(end) = search.at(start)?
            {
                return Ok(Some(start..end));
            }
            let Some(c) = next.filter(|_| !self.filter.is_anchored()) else { return Ok(None) };
            start += c.len_utf8();
            next = after;
        }
    }
}

#[cfg(test)]
mod tests;
