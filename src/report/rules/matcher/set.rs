//! A set of characters, as `[0-9年]` or `[^ ]` write it.

use crate::report::values::sieve::Sieve;
use std::borrow::Cow;

/// The first character beyond ASCII.
const BEYOND: char = '\u{80}';

/// A bit for each character of ASCII; the others in ranges that neither overlap nor touch, ascending.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Set {
    pub(super) ascii: u128,
    pub(super) beyond: Cow<'static, [(char, char)]>,
}

impl Set {
    /// The characters of `ranges`, which may come in any order and overlap.
    pub(super) fn new(ranges: &[(char, char)]) -> Self {
        let ascii = ranges.iter().fold(0, |bits, &(first, last)| bits | ascii(first, last));
        let beyond = ranges.iter().filter(|(_, last)| *last >= BEYOND);
        let mut beyond: Vec<_> = beyond.map(|&(first, last)| (first.max(BEYOND), last)).collect();
        beyond.sort_unstable();
        beyond.dedup_by(|(first, last), (_, end)| {
            let touches = *first as u32 <= *end as u32 + 1;
            if touches {
                *end = (*last).max(*end);
            }
            touches
        });
        Self { ascii, beyond: beyond.into() }
    }

    /// Every character but those of this set.
    pub(super) fn negated(&self) -> Self {
        let mut beyond = Vec::with_capacity(self.beyond.len() + 1);
        let mut next = Some(BEYOND);
        for &(first, last) in self.beyond.iter() {
            if let Some(from) = next.filter(|from| *from < first) {
                beyond.push((from, before(first)));
            }
            next = after(last);
        }
        beyond.extend(next.map(|from| (from, char::MAX)));
        Self { ascii: !self.ascii, beyond: beyond.into() }
    }

    #[inline]
    pub(super) fn holds(&self, c: char) -> bool {
        if c.is_ascii() {
            return self.ascii >> (c as u32) & 1 == 1;
        }
        let at = self.beyond.partition_point(|(_, last)| *last < c);
        self.beyond.get(at).is_some_and(|(first, _)| *first <= c)
    }

    /// The only character of the set.
    pub(super) fn single(&self) -> Option<char> {
        match self.beyond[..] {
            [] if self.ascii.is_power_of_two() => char::from_u32(self.ascii.trailing_zeros()),
            [(first, last)] if first == last && self.ascii == 0 => Some(first),
            _ => None,
        }
    }

    pub(super) fn sieve(&self) -> Sieve {
        let mut sieve = Sieve::default();
        sieve.insert_ascii(self.ascii);
        self.beyond.iter().for_each(|&(first, last)| sieve.insert_beyond_ascii(first, last));
        sieve
    }
}

/// The bits of the characters of ASCII from `first` to `last`.
fn ascii(first: char, last: char) -> u128 {
    if !first.is_ascii() {
        return 0;
    }
    let up_to = |c: char| u128::MAX >> (127 - (c as u32).min(127));
    up_to(last) & !(up_to(first) >> 1)
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
        let set = Set::new(&[('0', '9'), ('年', '年'), ('5', ':'), ('\u{d700}', '\u{e001}'), ('\u{7f}', '\u{90}')]);
        let rest = set.negated();
        for c in ['0', '9', ':', '\u{7f}', '\u{80}', '年', '\u{d7ff}', '\u{e000}'] {
            assert!(set.holds(c) && !rest.holds(c), "{c:?}");
        }
        for c in ['\0', '/', ';', '\u{7e}', '\u{91}', '度', '\u{e002}', char::MAX, '\u{d6ff}'] {
            assert!(!set.holds(c) && rest.holds(c), "{c:?}");
        }
        assert_eq!(rest.negated(), set);
    }

    #[test]
    fn a_set_of_one_character_is_known() {
        let single = |first, last| Set::new(&[(first, last)]).single();
        assert_eq!([single('.', '.'), single('年', '年')], [Some('.'), Some('年')]);
        assert_eq!([single('0', '1'), single('\u{7f}', '\u{80}'), single('①', '⑳')], [None; 3]);
    }
}
