//! Which characters a text may hold, in 32 bytes: exact for ASCII, a hash for all others. It answers "this text has no
//! digit" or "no 年" without looking at the text again, so that most patterns need not be tried at all.

/// A set of characters that may hold more than was put in, never less.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sieve {
    /// Two words for ASCII, two for all others.
    pub words: [u64; 4],
}

impl Sieve {
    /// No character.
    pub const NONE: Self = Self { words: [0; 4] };

    /// One character.
    #[must_use]
    pub fn one(c: char) -> Self {
        let mut sieve = Self::default();
        sieve.insert(c);
        sieve
    }

    /// The characters of `text`.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut sieve = Self::default();
        text.chars().for_each(|c| sieve.insert(c));
        sieve
    }

    /// Puts a character in.
    #[inline]
    pub fn insert(&mut self, c: char) {
        let bit = hash(c);
        self.words[bit >> 6 & 3] |= 1 << (bit & 63);
    }

    /// Puts every character of a range in that is not ASCII.
    pub fn insert_beyond_ascii(&mut self, first: char, last: char) {
        let first = first.max('\u{80}');
        if first <= last && last as u32 - first as u32 >= 128 {
            self.words[2..].fill(u64::MAX);
        } else {
            (first..=last).for_each(|c| self.insert(c));
        }
    }

    /// Both together.
    #[inline]
    #[must_use]
    pub fn union(self, more: Self) -> Self {
        let ([a, b, c, d], [e, f, g, h]) = (self.words, more.words);
        Self { words: [a | e, b | f, c | g, d | h] }
    }

    /// Puts the ASCII characters in whose bits are set.
    pub fn insert_ascii(&mut self, bits: u128) {
        self.words[0] |= bits as u64;
        self.words[1] |= (bits >> 64) as u64;
    }

    /// Whether a character may be in it.
    #[inline]
    #[must_use]
    pub fn may_hold(&self, c: char) -> bool {
        let bit = hash(c);
        self.words[bit >> 6 & 3] >> (bit & 63) & 1 == 1
    }

    /// Whether the two may have a character in common.
    #[inline]
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        let ([a, b, c, d], [e, f, g, h]) = (self.words, other.words);
        (a & e) | (b & f) | (c & g) | (d & h) != 0
    }

    /// Whether every character of `other` may be in it.
    #[inline]
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        let ([a, b, c, d], [e, f, g, h]) = (self.words, other.words);
        (e & !a) | (f & !b) | (g & !c) | (h & !d) == 0
    }

    /// How much it lets through.
    #[must_use]
    pub fn breadth(&self) -> u32 {
        self.words.iter().map(|word| word.count_ones()).sum()
    }
}

/// The bit of a character: ASCII characters have one each; the factor spreads the others, of which neighbours often
/// occur together.
#[inline]
const fn hash(c: char) -> usize {
    let code = c as u32;
    if code < 128 { code as usize } else { (128 + (code.wrapping_mul(0x9e37_79b1) >> 25)) as usize }
}

#[cfg(test)]
mod tests {
    use super::Sieve;

    #[test]
    fn what_was_put_in_is_found_and_ascii_is_exact() {
        let text = Sieve::of("R5年度の実績");
        assert!("R5年度の実績".chars().all(|c| text.may_hold(c)));
        assert!(!text.may_hold('6') && !text.meets(&Sieve::of("0123467%")));
        assert!(text.covers(&Sieve::of("年度")) && !text.covers(&Sieve::of("6年度")));
    }

    #[test]
    fn ranges_hold_all_their_characters() {
        let mut sieve = Sieve::default();
        sieve.insert_beyond_ascii('①', '⑳');
        assert!(('①'..='⑳').all(|c| sieve.may_hold(c)) && !sieve.may_hold('1'));
        sieve.insert_beyond_ascii('a', '鿿');
        sieve.insert_ascii(1 << b'z' | 1 << b'0');
        assert!(['z', '0', '度'].iter().all(|c| sieve.may_hold(*c)) && !sieve.may_hold('A') && !sieve.may_hold('y'));
        assert!(sieve.breadth() == 130 && Sieve::default().union(sieve) == sieve);
    }
}
