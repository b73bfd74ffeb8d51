//! Words with what each means, in order, so that those of a pack that the program carries stand in it as they are.

use super::Role;
use crate::report::values::fold::key;
use std::borrow::Cow;

/// A word's key with its meaning.
pub(super) type Word = (Cow<'static, str>, Role);

/// The words of a pack.
#[derive(Debug, Clone, Default)]
pub(super) struct Words {
    /// In order of their keys.
    pub(super) words: Cow<'static, [Word]>,
    /// The lengths in characters of the words that end in a character, as bits; in order of the characters.
    pub(super) endings: Cow<'static, [(char, u32)]>,
}

impl Words {
    /// Adds words; of those with the same key the last one counts.
    pub(super) fn add<'w>(&mut self, words: impl IntoIterator<Item = (&'w str, Role)>) {
        let all = self.words.to_mut();
        let before = all.len();
        all.extend(words.into_iter().map(|(word, role)| (Cow::Owned(key(word).into_owned()), role)));
        let endings = self.endings.to_mut();
        for (word, _) in &all[before..] {
            let Some(last) = word.chars().next_back() else { continue };
            let bit = length_bit(word.chars().count());
            match endings.binary_search_by_key(&last, |(c, _)| *c) {
                Ok(at) => endings[at].1 |= bit,
                Err(at) => endings.insert(at, (last, bit)),
            }
        }
        // The sort is stable, so that the last one of a key stands first in the turned list.
        all.reverse();
        all.sort_by(|(a, _), (b, _)| a.cmp(b));
        all.dedup_by(|(word, _), (first, _)| word == first);
        all.retain(|(word, _)| !word.is_empty());
    }

    /// What the word with this key means.
    pub(super) fn get(&self, key: &str) -> Option<Role> {
        let lengths = self.lengths(key.chars().next_back()?);
        // Most texts that are asked for are no words, and end or are as long as none.
        if lengths & length_bit(key.chars().count()) == 0 {
            return None;
        }
        let at = self.words.binary_search_by(|(word, _)| word.as_ref().cmp(key)).ok()?;
        self.words.get(at).map(|(_, role)| *role)
    }

    /// The lengths in characters of the words that end in this character, as bits.
    pub(super) fn lengths(&self, last: char) -> u32 {
        let at = self.endings.binary_search_by_key(&last, |(c, _)| *c);
        at.ok().and_then(|at| self.endings.get(at)).map_or(0, |(_, lengths)| *lengths)
    }
}

/// Packs that one extends share its words as long as they add none.
impl PartialEq for Words {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.words.as_ref(), other.words.as_ref()) || self.words == other.words
    }
}

/// The bit of a length in characters; lengths that no ending has share the last one.
pub(super) fn length_bit(length: usize) -> u32 {
    1 << length.min(31)
}

#[cfg(test)]
mod tests {
    use super::{Role, Words};

    #[test]
    fn the_last_of_two_words_counts() {
        let mut words = Words::default();
        words.add([("評価", Role::Result), ("評　価", Role::Grade), ("担当課", Role::Responsible), ("", Role::Name)]);
        words.add([("担当", Role::Name), ("担当課", Role::Level)]);
        assert_eq!([words.get("評価"), words.get("担当課")], [Some(Role::Grade), Some(Role::Level)]);
        assert_eq!([words.get("担当"), words.get("課"), words.get("")], [Some(Role::Name), None, None]);
        assert_eq!((words.words.len(), words.lengths('課'), words.lengths('名')), (3, 1 << 3, 0));
    }
}
