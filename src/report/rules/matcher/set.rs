//! A set of characters, as `[0-9年]` or `[^ ]` write it.

use crate::report::values::sieve::Sieve;

/// Characters in ranges that neither overlap nor touch, ascending.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Set {
    ascii: u128,
    ranges: Vec<(char, char)>,
}

impl Set {
    /// The characters of `ranges`, which may come in any order and overlap.
    pub(super) fn new(mut ranges: Vec<(char, char)>) -> Self {
        ranges.sort_unstable();
        ranges.dedup_by(|(first, last), (_, end)| {
            let touches = *first as u32 <= *end as u32 + 1;
            if touches {
                *end = (*last).max(*end);
            }
            touches
        });
        let mut set = Self { ascii: 0, ranges };
        set.ascii = set.ascii_bits();
        set
    }

    pub(super) fn one(c: char) -> Self {
        Self::new(vec![(c, c)])
    }

    /// Every character but those of this set.
    pub(super) fn negated(&self) -> Self {
        let mut ranges = Vec::with_capacity(self.ranges.len() + 1);
        let mut next = Some('\0');
        for &(first, last) in &self.ranges {
            if let Some(from) = next.filter(|from| *from < first) {
                ranges.push((from, before(first)));
            }
            next = after(last);
        }
        ranges.extend(next.map(|from| (from, char::MAX)));
        let mut set = Self { ascii: 0, ranges };
        set.ascii = set.ascii_bits();
        set
    }

    fn ascii_bits(&self) -> u128 {
        let up_to = |c: char| u128::MAX >> (127 - (c as u32).min(127));
        let ascii = self.ranges.iter().filter(|(first, _)| first.is_ascii());
        ascii.fold(0, |bits, &(first, last)| bits | up_to(last) & !(up_to(first) >> 1))
    }

    pub(super) fn holds(&self, c: char) -> bool {
        if c.is_ascii() {
            return self.ascii >> (c as u32) & 1 == 1;
        }
        let at = self.ranges.partition_point(|(_, last)| *last < c);
        self.ranges.get(at).is_some_and(|(first, _)| *first <= c)
    }

    /// The only character of the set.
    pub(super) fn single(&self) -> Option<char> {
        match self.ranges[..] {
            [(first, last)] if first == last => Some(first),
            _ => None,
        }
    }

    pub(super) fn sieve(&self) -> Sieve {
        let mut sieve = Sieve::default();
        sieve.insert_ascii(self.ascii);
        self.ranges.iter().for_each(|&(first, last)| sieve.insert_beyond_ascii(first, last));
        sieve
    }
}

fn before(c: char) -> char {
    char::from_u32((c as u32).wrapping_sub(1)).unwrap_or('\u{d7ff}')
}

fn after(c: char) -> Option<char> {
    if c == '\u{d7ff}' { Some('\u{e000}') } else { char::from_u32(c as u32 + 1) }
}

#[cfg(test)]
mod tests {
    use super::Set;

    #[test]
    fn a_set_and_its_negation_share_all_characters_out() {
        let set = Set::new(vec![('0', '9'), ('年', '年'), ('5', ':'), ('\u{d700}', '\u{e001}')]);
        let rest = set.negated();
        for c in ['0', '9', ':', '年', '\u{d7ff}', '\u{e000}'] {
            assert!(set.holds(c) && !rest.holds(c), "{c:?}");
        }
        for c in ['\0', '/', ';', '度', '\u{e002}', char::MAX, '\u{d6ff}'] {
            assert!(!set.holds(c) && rest.holds(c), "{c:?}");
        }
        assert_eq!(rest.negated(), set);
    }
}
