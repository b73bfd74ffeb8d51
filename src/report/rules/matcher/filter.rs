//! What a text must have for a pattern to match at all: sets of which it must hold one character each; and what a
//! place must have for a match to begin there.

use super::parse::{Node, Times};
use crate::report::values::sieve::Sieve;

/// A set that lets more through than this tells too little to be asked.
const BROADEST: u32 = 160;

/// What a match needs.
#[derive(Debug, Clone, Default)]
pub(super) struct Filter {
    begin: Begin,
    /// Whether it can only begin at the start of the text.
    pub(super) anchored: bool,
    /// Of each set the text holds a character.
    musts: Vec<Sieve>,
}

impl Filter {
    pub(super) fn new(node: &Node) -> Self {
        let mut musts = Vec::new();
        collect(node, &mut musts);
        musts.sort_by_key(Sieve::breadth);
        musts.dedup();
        Self { begin: Begin::of(node), anchored: is_anchored(node), musts }
    }

    /// Whether a text with these characters can match.
    pub(super) fn lets(&self, text: &Sieve) -> bool {
        self.musts.iter().all(|must| must.meets(text))
    }

    /// Whether a match can begin where these two characters come next; `None` stands for the end of the text.
    pub(super) fn begins(&self, first: Option<char>, second: Option<char>) -> bool {
        let Some(first) = first else { return self.begin.none };
        let more = || self.begin.one || second.is_some_and(|c| self.begin.second.may_hold(c));
        self.begin.none || (self.begin.first.may_hold(first) && more())
    }
}

/// With which characters a match begins.
#[derive(Debug, Clone, Copy, Default)]
struct Begin {
    first: Sieve,
    second: Sieve,
    /// Whether it can end before the first character.
    none: bool,
    /// Whether it can end before the second character.
    one: bool,
}

impl Begin {
    const EMPTY: Self = Self { none: true, ..Self::NEVER };
    const NEVER: Self = Self { first: Sieve::NONE, second: Sieve::NONE, none: false, one: false };

    fn of(node: &Node) -> Self {
        match node {
            Node::Char(c) => Self::one_of(Sieve::one(*c)),
            Node::Set(set) => Self::one_of(set.sieve()),
            Node::Start | Node::End => Self::EMPTY,
            Node::Group(_, node) => Self::of(node),
            Node::Sequence(nodes) => Self::of_sequence(nodes),
            Node::Choice(nodes) => nodes.iter().fold(Self::NEVER, |all, node| all.or(Self::of(node))),
            Node::Repeat(node, times) => Self::of(node).repeated(*times),
        }
    }

    fn one_of(first: Sieve) -> Self {
        Self { first, one: true, ..Self::NEVER }
    }

    fn of_sequence(nodes: &[Node]) -> Self {
        let mut all = Self::EMPTY;
        for node in nodes.iter().skip_while(|node| matches!(node, Node::Start)) {
            if !all.none && !all.one {
                break;
            }
            all = all.then(Self::of(node));
        }
        all
    }

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

fn is_anchored(node: &Node) -> bool {
    match node {
        Node::Start => true,
        Node::Char(_) | Node::Set(_) | Node::End => false,
        Node::Group(_, node) => is_anchored(node),
        Node::Sequence(nodes) => nodes.first().is_some_and(is_anchored),
        Node::Choice(nodes) => nodes.iter().all(is_anchored),
        Node::Repeat(node, times) => times.least > 0 && is_anchored(node),
    }
}

/// The sets of which every match of `node` holds a character.
fn collect(node: &Node, musts: &mut Vec<Sieve>) {
    match node {
        Node::Char(c) => musts.push(Sieve::one(*c)),
        Node::Set(set) => musts.extend(Some(set.sieve()).filter(|sieve| sieve.breadth() <= BROADEST)),
        Node::Start | Node::End => {}
        Node::Group(_, node) => collect(node, musts),
        Node::Sequence(nodes) => nodes.iter().for_each(|node| collect(node, musts)),
        Node::Choice(nodes) => musts.extend(one_of(nodes)),
        Node::Repeat(node, times) if times.least > 0 => collect(node, musts),
        Node::Repeat(..) => {}
    }
}

/// One set for a choice: the narrowest of each of its branches.
fn one_of(nodes: &[Node]) -> Option<Sieve> {
    let mut all = Sieve::NONE;
    let mut musts = Vec::new();
    for node in nodes {
        musts.clear();
        collect(node, &mut musts);
        all = all.union(musts.iter().copied().min_by_key(Sieve::breadth)?);
    }
    (all.breadth() <= BROADEST).then_some(all)
}

#[cfg(test)]
mod tests {
    use super::super::parse::parse;
    use super::Filter;
    use crate::report::values::sieve::Sieve;

    fn filter(regex: &str) -> Filter {
        Filter::new(&parse(regex).unwrap().node)
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
        assert!(filter("^ *a").anchored && filter("^a|^b").anchored && !filter("^a|b").anchored);
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
