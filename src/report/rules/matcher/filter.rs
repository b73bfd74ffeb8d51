//! What a text must have for a pattern to match at all: sets of which it must hold one character each; and what a
//! place must have for a match to begin there.

use super::parse::Times;
use crate::report::values::sieve::Sieve;
use std::borrow::Cow;

/// A set that lets more through than this tells too little to be asked.
const BROADEST: u32 = 160;

/// What a match needs.
#[derive(Debug, Clone, Default)]
pub(super) struct Filter {
    pub(super) part: Part,
    /// Each of these characters stands in the text.
    pub(super) all: Sieve,
    /// Of each of these sets the text holds a character.
    pub(super) one_of: Cow<'static, [Sieve]>,
}

impl Filter {
    pub(super) fn new(part: Part, mut musts: Musts) -> Self {
        let single = musts.stack.iter().filter(|must| must.breadth == 1);
        let all = single.fold(Sieve::NONE, |all, must| all.union(must.sieve));
        musts.stack.retain(|must| must.breadth > 1);
        musts.stack.sort_by_key(|must| must.breadth);
        let mut one_of: Vec<Sieve> = musts.stack.iter().map(|must| must.sieve).collect();
        one_of.dedup();
        Self { part, all, one_of: one_of.into() }
    }

    /// Whether a match can only begin at the start of the text.
    pub(super) fn is_anchored(&self) -> bool {
        self.part.anchored
    }

    /// Whether a text with these characters can match.
    pub(super) fn lets(&self, text: &Sieve) -> bool {
        text.covers(&self.all) && self.one_of.iter().all(|must| must.meets(text))
    }

    /// Whether a match can begin where this character comes next.
    pub(super) fn may_begin(&self, first: char) -> bool {
        self.part.begin.none || self.part.begin.first.may_hold(first)
    }

    /// Whether a match can begin where these two characters come next; `None` stands for the end of the text.
    #[inline]
    pub(super) fn begins(&self, first: Option<char>, second: Option<char>) -> bool {
        let begin = &self.part.begin;
        let Some(first) = first else { return begin.none };
        let more = || begin.one || second.is_some_and(|c| begin.second.may_hold(c));
        begin.none || (begin.first.may_hold(first) && more())
    }
}

/// The sets of which every match holds a character, gathered while a pattern is read: those of the parts that were
/// read last are on top.
#[derive(Debug, Clone, Default)]
pub(super) struct Musts {
    stack: Vec<Must>,
}

#[derive(Debug, Clone, Copy)]
struct Must {
    sieve: Sieve,
    breadth: u32,
}

impl Musts {
    /// How many there are now.
    pub(super) fn mark(&self) -> usize {
        self.stack.len()
    }

    pub(super) fn push(&mut self, sieve: Sieve) {
        let breadth = sieve.breadth();
        if breadth <= BROADEST {
            self.stack.push(Must { sieve, breadth });
        }
    }

    pub(super) fn push_char(&mut self, c: char) {
        self.stack.push(Must { sieve: Sieve::one(c), breadth: 1 });
    }

    /// Takes all since `mark` away: the part need not stand there.
    pub(super) fn forget(&mut self, mark: usize) {
        self.stack.truncate(mark);
    }

    /// Takes all since `mark` away and gives the narrowest.
    pub(super) fn narrowest(&mut self, mark: usize) -> Option<Sieve> {
        let narrowest = self.stack.get(mark..)?.iter().min_by_key(|must| must.breadth).map(|must| must.sieve);
        self.forget(mark);
        narrowest
    }
}

/// What is known about a part of a pattern beside its steps.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Part {
    pub(super) begin: Begin,
    /// Whether it can only match at the start of the text.
    pub(super) anchored: bool,
}

impl Part {
    /// Takes nothing, anywhere.
    pub(super) const EMPTY: Self = Self { begin: Begin::EMPTY, anchored: false };
    /// Takes nothing at the start of the text.
    pub(super) const START: Self = Self { begin: Begin::EMPTY, anchored: true };

    /// Takes one of these characters.
    pub(super) fn one_of(first: Sieve) -> Self {
        Self { begin: Begin { first, one: true, ..Begin::NEVER }, anchored: false }
    }

    /// Whether it can match without taking a character.
    pub(super) fn is_empty(&self) -> bool {
        self.begin.none
    }

    /// Whether what follows may tell how a match begins.
    pub(super) fn is_short(&self) -> bool {
        self.begin.none || self.begin.one
    }

    /// This part and another one after it.
    pub(super) fn then(self, next: Self) -> Self {
        Self { begin: self.begin.then(next.begin), ..self }
    }

    /// This part or another one.
    pub(super) fn or(self, other: Self) -> Self {
        Self { begin: self.begin.or(other.begin), anchored: self.anchored && other.anchored }
    }

    pub(super) fn repeated(self, times: Times) -> Self {
        Self { begin: self.begin.repeated(times), anchored: self.anchored && times.least > 0 }
    }
}

/// With which characters a match begins.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Begin {
    pub(super) first: Sieve,
    pub(super) second: Sieve,
    /// Whether it can end before the first character.
    pub(super) none: bool,
    /// Whether it can end before the second character.
    pub(super) one: bool,
}

impl Begin {
    const EMPTY: Self = Self { none: true, ..Self::NEVER };
    const NEVER: Self = Self { first: Sieve::NONE, second: Sieve::NONE, none: false, one: false };

    fn then(self, next: Self) -> Self {
        let when = |can: bool, sieve: Sieve| if can { sieve } else { Sieve::NONE };
        Self {
            first: self.first.union(when(self.none, next.first)),
            second: self.second.union(when(self.one, next.first)).union(when(self.none, next.second)),
            none: self.none && next.none,
            one: (self.one && next.none) || (self.none && next.one),
        }
    }

    fn or(self, other: Self) -> Self {
        Self {
            first: self.first.union(other.first),
            second: self.second.union(other.second),
            none: self.none || other.none,
            one: self.one || other.one,
        }
    }

    fn repeated(self, times: Times) -> Self {
        let twice = self.then(self);
        let some = if times.least >= 2 { twice } else { self.or(twice) };
        Self { none: some.none || times.least == 0, ..some }
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse::parse;
    use super::Filter;
    use crate::report::values::sieve::Sieve;

    fn filter(regex: &str) -> Filter {
        parse(regex).unwrap().filter
    }

    #[track_caller]
    fn case(regex: &str, text: &str, lets: bool) {
        assert_eq!(filter(regex).lets(&Sieve::of(text)), lets, "{regex} on {text}");
    }

    #[test]
    fn a_text_without_what_every_match_holds_is_not_let_through() {
        case("(?:令和|平成)[0-9]{1,2}年", "令和の年", false);
        case("(?:令和|平成)[0-9]{1,2}年", "令和5年", true);
        case("(?:令和|[RH])[0-9]", "S5", false);
        case("a?b*[0-9]*", "", true);
        case("a|b+c", "b", true);
        case("a|b+c", "c", false);
    }

    #[track_caller]
    fn begin(regex: &str, place: &str, begins: bool) {
        let mut characters = place.chars();
        assert_eq!(filter(regex).begins(characters.next(), characters.next()), begins, "{regex} at {place:?}");
    }

    #[test]
    fn where_a_match_begins() {
        let anchored = |regex| filter(regex).is_anchored();
        assert!(anchored("^ *a") && anchored("^a|^b") && !anchored("^a|b") && !anchored("(?:^a)?b"));
        begin("a*", "", true);
        begin("a+", "", false);
        begin("(?:^|b)c", "c", true);
        begin("(?:^|b)c", "bc", true);
        begin("(?:^|b)cd", "bd", true);
        begin("(?:^|b)cd", "bb", false);
        begin("^ *[a-c]", "d", false);
        begin("(?:ab){2}", "ab", true);
        begin("(?:ab){2}", "a", false);
        begin("a{2,3}", "ab", false);
    }
}
