//! The text of a pattern to its steps and to what a match needs. Only what packs mostly use is known here: characters,
//! sets, groups, choices, repetition, the ends of the text. Anything else (classes by name, flags, word boundaries)
//! gives `None`, and the regex engine takes the pattern.

use super::filter::{Filter, Musts, Part};
use super::program::{Program, Step};
use super::set::Set;
use crate::report::values::sieve::Sieve;

/// Groups in groups: no sensible pattern nests deeper.
const DEEPEST: usize = 24;

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

/// A parsed pattern with the names of its groups; group 0 is the whole match and has none.
pub(super) struct Parsed<'r> {
    pub(super) program: Program,
    pub(super) filter: Filter,
    pub(super) names: Vec<Option<&'r str>>,
}

/// Parses `regex`; `None` where it holds something that is not known here, or is no regex at all.
pub(super) fn parse(regex: &str) -> Option<Parsed<'_>> {
    let program = Program::with_capacity(regex.len());
    let mut parser = Parser { rest: regex, names: vec![None], depth: 0, program, musts: Musts::default() };
    let part = parser.choice()?;
    parser.program.push(Step::Done)?;
    let Parser { rest, names, program, musts, .. } = parser;
    rest.is_empty().then(|| Parsed { program, filter: Filter::new(part, musts), names })
}

struct Parser<'r> {
    rest: &'r str,
    names: Vec<Option<&'r str>>,
    depth: usize,
    program: Program,
    musts: Musts,
}

/// What can be repeated.
enum Atom {
    /// A character that is no step yet: what follows decides whether it is one of its own.
    Char(char),
    /// Anything whose steps stand in the program.
    Part(Part),
}

impl<'r> Parser<'r> {
    fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let mut rest = self.rest.chars();
        let next = rest.next();
        self.rest = rest.as_str();
        next
    }

    fn takes(&mut self, c: char) -> bool {
        let rest = self.rest.strip_prefix(c);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn choice(&mut self) -> Option<Part> {
        let (mark, mut start) = (self.musts.mark(), self.program.end());
        let mut all = self.sequence()?;
        if self.peek() != Some('|') {
            return Some(all);
        }
        let mut must = self.musts.narrowest(mark);
        let mut ends = Vec::new();
        while self.takes('|') {
            let after = (self.program.end() - start + 2) as i16;
            self.program.insert(start, Step::Either(1, after))?;
            ends.push(self.program.end());
            self.program.push(Step::Jump(0))?;
            start = self.program.end();
            all = all.or(self.sequence()?);
            must = self.musts.narrowest(mark).zip(must).map(|(a, b)| a.union(b));
        }
        for end in ends {
            self.program.jump_to_end(end);
        }
        must.into_iter().for_each(|must| self.musts.push(must));
        Some(all)
    }

    /// Characters that follow each other are one step.
    fn sequence(&mut self) -> Option<Part> {
        let mut all: Option<Part> = None;
        let mut in_text = false;
        while self.peek().is_some_and(|c| !matches!(c, '|' | ')')) {
            let (mark, start) = (self.musts.mark(), self.program.end());
            let part = match self.atom()? {
                Atom::Char(c) => {
                    let repeated = self.is_repeated();
                    if in_text && !repeated {
                        self.program.lengthen(c)?
                    } else {
                        self.program.push_char(c)?
                    }
                    in_text = !repeated;
                    self.musts.push_char(c);
                    // Of later characters only their presence matters.
                    if all.is_none_or(|all| all.is_short()) || repeated {
                        Part::one_of(Sieve::one(c))
                    } else {
                        continue;
                    }
                }
                Atom::Part(part) => {
                    in_text = false;
                    part
                }
            };
            let part = if self.is_repeated() { self.repeated(part, start, mark)? } else { part };
            match &mut all {
                None => all = Some(part),
                Some(all) if all.is_short() => *all = all.then(part),
                Some(_) => {}
            }
        }
        Some(all.unwrap_or(Part::EMPTY))
    }

    fn atom(&mut self) -> Option<Atom> {
        Some(match self.next()? {
            '(' => Atom::Part(self.group()?),
            '[' => self.set()?,
            '.' => Atom::Part(self.one_of(Set::new(&[('\n', '\n')]).negated())?),
            '^' => {
                self.program.push(Step::Start)?;
                Atom::Part(Part::START)
            }
            '$' => {
                self.program.push(Step::End)?;
                Atom::Part(Part::EMPTY)
            }
            '\\' => Atom::Char(self.escaped()?),
            '*' | '+' | '?' | '{' => return None,
            c => Atom::Char(c),
        })
    }

    fn one_of(&mut self, set: Set) -> Option<Part> {
        let sieve = set.sieve();
        self.program.push_set(set)?;
        self.musts.push(sieve);
        Some(Part::one_of(sieve))
    }

    /// What stands after `\`: a sign that would otherwise mean something.
    fn escaped(&mut self) -> Option<char> {
        self.next().filter(|c| r".+*?()|[]{}^$\-/#&~".contains(*c))
    }

    fn group(&mut self) -> Option<Part> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let number = if self.takes('?') { self.group_name()? } else { Some(self.number(None)?) };
        if let Some(number) = number {
            self.program.push(Step::Keep(2 * number))?;
        }
        let part = self.choice()?;
        if let Some(number) = number {
            self.program.push(Step::Keep(2 * number + 1))?;
        }
        self.depth -= 1;
        self.takes(')').then_some(part)
    }

    fn number(&mut self, name: Option<&'r str>) -> Option<u16> {
        self.names.push(name);
        u16::try_from(self.names.len() - 1).ok().filter(|number| *number < u16::MAX / 2)
    }

    /// After `(?`: the number of a named group, or `Some(None)` for a group without range.
    fn group_name(&mut self) -> Option<Option<u16>> {
        if self.takes(':') {
            return Some(None);
        }
        self.takes('P');
        let (name, rest) = self.rest.strip_prefix('<')?.split_once('>')?;
        let valid = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
            && name.starts_with(|c: char| !c.is_ascii_digit())
            && !self.names.contains(&Some(name));
        self.rest = rest;
        if valid { self.number(Some(name)).map(Some) } else { None }
    }

    fn is_repeated(&self) -> bool {
        self.rest.starts_with(['*', '+', '?', '{'])
    }

    /// The part whose steps begin at `start`, as often as the signs after it say.
    fn repeated(&mut self, part: Part, start: usize, mark: usize) -> Option<Part> {
        let (least, most) = match self.next()? {
            '*' => (0, None),
            '+' => (1, None),
            '?' => (0, Some(1)),
            _ => self.counts()?,
        };
        let prefer = if self.takes('?') { Prefer::Fewer } else { Prefer::More };
        // What can be empty and stands several times has rules of its own, which are the regex engine's business.
        let endless = part.is_empty() && most != Some(1);
        if self.is_repeated() || endless || most.is_some_and(|most| most < least.max(1)) {
            return None;
        }
        if least == 0 {
            self.musts.forget(mark);
        }
        let times = Times { least, most, prefer };
        self.program.repeat(start, times)?;
        Some(part.repeated(times))
    }

    /// `2}`, `2,}` or `2,5}`.
    fn counts(&mut self) -> Option<(u32, Option<u32>)> {
        let (counts, rest) = self.rest.split_once('}')?;
        self.rest = rest;
        let count = |digits: &str| {
            let valid = digits.bytes().all(|byte| byte.is_ascii_digit());
            digits.parse().ok().filter(|_| valid)
        };
        match counts.split_once(',') {
            None => count(counts).map(|least| (least, Some(least))),
            Some((least, "")) => count(least).map(|least| (least, None)),
            Some((least, most)) => count(least).zip(count(most)).map(|(least, most)| (least, Some(most))),
        }
    }

    /// After `[`, up to its `]`.
    fn set(&mut self) -> Option<Atom> {
        let negated = self.takes('^');
        let mut ranges = Vec::with_capacity(self.rest.find(']').unwrap_or_default());
        loop {
            let first = match self.next()? {
                ']' if ranges.is_empty() => return None,
                ']' => break,
                '[' => return None,
                '\\' => self.escaped()?,
                '-' if !ranges.is_empty() && self.peek() != Some(']') => return None,
                c @ ('-' | '&' | '~') if self.peek() == Some(c) => return None,
                c => c,
            };
            ranges.push((first, self.range_end(first)?));
        }
        let set = Set::new(&ranges);
        Some(match set.single() {
            Some(c) if !negated => Atom::Char(c),
            _ => Atom::Part(self.one_of(if negated { set.negated() } else { set })?),
        })
    }

    /// The other end of a range that begins with `first`, which is `first` itself where it stands alone.
    fn range_end(&mut self, first: char) -> Option<char> {
        let Some(ahead) = self.rest.strip_prefix('-') else { return Some(first) };
        if ahead.chars().next()? == ']' {
            return Some(first);
        }
        self.rest = ahead;
        let last = match self.next()? {
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
