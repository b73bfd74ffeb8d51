//! The text of a pattern to its parts. Only what packs mostly use is known here: characters, sets, groups, choices,
//! repetition, the ends of the text. Anything else (classes by name, flags, word boundaries) gives `None`, and the
//! regex engine takes the pattern.

use super::set::Set;
use std::iter::Peekable;
use std::str::Chars;
use std::sync::Arc;

/// Groups in groups: no sensible pattern nests deeper.
const DEEPEST: usize = 24;

/// A part of a pattern.
#[derive(Debug, Clone)]
pub(super) enum Node {
    /// This character.
    Char(char),
    /// One character of a set.
    Set(Arc<Set>),
    /// The start of the text.
    Start,
    /// The end of the text.
    End,
    /// A group whose range is wanted, by its number from 1.
    Group(usize, Box<Node>),
    /// One after the other.
    Sequence(Vec<Node>),
    /// The first that fits.
    Choice(Vec<Node>),
    Repeat(Box<Node>, Times),
}

/// How often a part stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Times {
    pub(super) least: u32,
    /// `None`: any number of times.
    pub(super) most: Option<u32>,
    pub(super) prefer: Prefer,
}

/// Which number of times is tried first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Prefer {
    More,
    Fewer,
}

impl Node {
    /// Whether it can match without taking a character.
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Self::Char(_) | Self::Set(_) => false,
            Self::Start | Self::End => true,
            Self::Group(_, node) => node.is_empty(),
            Self::Sequence(nodes) => nodes.iter().all(Self::is_empty),
            Self::Choice(nodes) => nodes.iter().any(Self::is_empty),
            Self::Repeat(node, times) => times.least == 0 || node.is_empty(),
        }
    }
}

/// A parsed pattern with the names of its groups; group 0 is the whole match and has none.
pub(super) struct Parsed {
    pub(super) node: Node,
    pub(super) names: Vec<Option<String>>,
}

/// Parses `regex`; `None` where it holds something that is not known here, or is no regex at all.
pub(super) fn parse(regex: &str) -> Option<Parsed> {
    let mut parser = Parser { rest: regex.chars().peekable(), names: vec![None], depth: 0 };
    let node = parser.choice()?;
    parser.rest.next().is_none().then_some(Parsed { node, names: parser.names })
}

struct Parser<'r> {
    rest: Peekable<Chars<'r>>,
    names: Vec<Option<String>>,
    depth: usize,
}

impl Parser<'_> {
    fn takes(&mut self, c: char) -> bool {
        self.rest.next_if_eq(&c).is_some()
    }

    fn choice(&mut self) -> Option<Node> {
        let first = self.sequence()?;
        if self.rest.peek() != Some(&'|') {
            return Some(first);
        }
        let mut nodes = vec![first];
        while self.takes('|') {
            nodes.push(self.sequence()?);
        }
        Some(Node::Choice(nodes))
    }

    fn sequence(&mut self) -> Option<Node> {
        let mut nodes = Vec::new();
        while let Some(&c) = self.rest.peek() {
            if matches!(c, '|' | ')') {
                break;
            }
            let node = self.atom()?;
            let node = self.repeated(node)?;
            if nodes.is_empty() && matches!(self.rest.peek(), None | Some('|' | ')')) {
                return Some(node);
            }
            nodes.push(node);
        }
        Some(Node::Sequence(nodes))
    }

    fn atom(&mut self) -> Option<Node> {
        Some(match self.rest.next()? {
            '(' => return self.group(),
            '[' => self.set()?,
            '.' => Node::Set(Arc::new(Set::one('\n').negated())),
            '^' => Node::Start,
            '$' => Node::End,
            '\\' => Node::Char(self.escaped()?),
            '*' | '+' | '?' | '{' => return None,
            c => Node::Char(c),
        })
    }

    /// What stands after `\`: a sign that would otherwise mean something.
    fn escaped(&mut self) -> Option<char> {
        self.rest.next().filter(|c| r".+*?()|[]{}^$\-/#&~".contains(*c))
    }

    fn group(&mut self) -> Option<Node> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let number = if self.takes('?') { self.group_name()? } else { Some(self.number(None)) };
        let node = self.choice()?;
        self.depth -= 1;
        let node = self.takes(')').then_some(node)?;
        Some(match number {
            Some(number) => Node::Group(number, Box::new(node)),
            None => node,
        })
    }

    fn number(&mut self, name: Option<String>) -> usize {
        self.names.push(name);
        self.names.len() - 1
    }

    /// After `(?`: the number of a named group, or `Some(None)` for a group without range.
    fn group_name(&mut self) -> Option<Option<usize>> {
        if self.takes(':') {
            return Some(None);
        }
        self.takes('P');
        let mut name = String::new();
        if !self.takes('<') {
            return None;
        }
        loop {
            match self.rest.next()? {
                '>' => break,
                c if c.is_ascii_alphanumeric() || c == '_' => name.push(c),
                _ => return None,
            }
        }
        let valid = name.starts_with(|c: char| !c.is_ascii_digit()) && !self.names.contains(&Some(name.clone()));
        valid.then(|| Some(self.number(Some(name))))
    }

    fn repeated(&mut self, node: Node) -> Option<Node> {
        let (least, most) = match self.rest.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => (0, Some(0)),
            _ => return Some(node),
        };
        self.rest.next();
        let (least, most) = if most == Some(0) { self.counts()? } else { (least, most) };
        let prefer = if self.takes('?') { Prefer::Fewer } else { Prefer::More };
        let again = matches!(self.rest.peek(), Some('*' | '+' | '?' | '{'));
        // What can be empty and stands several times has rules of its own, which are the regex engine's business.
        let endless = node.is_empty() && most != Some(1);
        let valid = !again && !endless && most.is_none_or(|most| most >= least.max(1));
        valid.then(|| Node::Repeat(Box::new(node), Times { least, most, prefer }))
    }

    /// `2}`, `2,}` or `2,5}`.
    fn counts(&mut self) -> Option<(u32, Option<u32>)> {
        let least = self.count()?;
        if self.takes('}') {
            return Some((least, Some(least)));
        }
        if !self.takes(',') {
            return None;
        }
        if self.takes('}') {
            return Some((least, None));
        }
        let most = self.count()?;
        self.takes('}').then_some((least, Some(most)))
    }

    fn count(&mut self) -> Option<u32> {
        let mut digits = String::new();
        while let Some(digit) = self.rest.next_if(char::is_ascii_digit) {
            digits.push(digit);
        }
        digits.parse().ok()
    }

    /// After `[`, up to its `]`.
    fn set(&mut self) -> Option<Node> {
        let negated = self.takes('^');
        let mut ranges = Vec::new();
        loop {
            let first = match self.rest.next()? {
                ']' if ranges.is_empty() => return None,
                ']' => break,
                '[' => return None,
                '\\' => self.escaped()?,
                '-' if !ranges.is_empty() && self.rest.peek() != Some(&']') => return None,
                c @ ('-' | '&' | '~') if self.rest.peek() == Some(&c) => return None,
                c => c,
            };
            ranges.push((first, self.range_end(first)?));
        }
        let set = Set::new(ranges);
        Some(match set.single() {
            Some(c) if !negated => Node::Char(c),
            _ => Node::Set(Arc::new(if negated { set.negated() } else { set })),
        })
    }

    /// The other end of a range that begins with `first`, which is `first` itself where it stands alone.
    fn range_end(&mut self, first: char) -> Option<char> {
        let mut ahead = self.rest.clone();
        if ahead.next() != Some('-') || ahead.next()? == ']' {
            return Some(first);
        }
        self.rest.next();
        let last = match self.rest.next()? {
            '-' | '[' => return None,
            '\\' => self.escaped()?,
            c => c,
        };
        (first <= last).then_some(last)
    }
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn what_is_not_known_is_left_to_the_regex_engine() {
        for regex in [
            r"\d",
            r"\bA",
            "(?i)a",
            "[[:alpha:]]",
            "[a&&b]",
            "[a--b]",
            "(",
            ")",
            "a**",
            "*",
            "a{2",
            "a{3,2}",
            "[]a]",
            "[b-a]",
            "(?:a?)*",
            r"\p{Han}",
            r"\n",
            "(?P<n>a)(?P<n>b)",
            "[0-9-a]",
        ] {
            assert!(parse(regex).is_none(), "{regex}");
        }
    }

    #[test]
    fn what_packs_mostly_use_is_known() {
        for regex in ["", "a|", "[-ー…]", r"[(\[]", "[+-]", "(?P<n>[0-9]{1,2}|元)年?", "^a.*?$", "a{2}", "a{2,}", "]}"]
        {
            assert!(parse(regex).is_some(), "{regex}");
        }
    }
}
