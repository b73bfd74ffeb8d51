//! Which thing of one edition is which of the next: by number and wording, so that a renamed one is followed and not
//! lost. The score of a pair says how sure it is; the surest pairs are made first.

use super::subject::plain;
use std::collections::{BTreeMap, BTreeSet};

/// Likeness, in percent, from which two wordings at the same number are one thing renamed.
const ALIKE_AT_NUMBER: usize = 50;
/// Likeness from which two wordings of one section at different numbers are one thing renamed.
const ALIKE: usize = 65;

/// Facts, three figures and a target, that show two wordings to be one thing.
const SHOWN: usize = 4;

/// One thing through the editions that print it.
#[derive(Debug)]
pub(super) struct Track<T> {
    /// Edition and thing, in the order of the editions.
    pub(super) seen: Vec<(usize, T)>,
}

/// What a thing is known by.
#[derive(Debug, Clone, Default)]
pub(super) struct Key {
    /// Number and wording of the thing it belongs to, as tracks number them; 0 for none.
    pub(super) parent: usize,
    /// Its number within the parent.
    pub(super) number: u32,
    /// Its wording, folded.
    pub(super) words: String,
    /// More of its wording (description, department), folded.
    pub(super) more: String,
    /// What it prints, by what it is printed for.
    pub(super) facts: BTreeMap<String, String>,
}

impl Key {
    pub(super) fn new(parent: usize, number: u32, words: &str, more: &str) -> Self {
        Self { parent, number, words: plain(words), more: plain(more), facts: BTreeMap::new() }
    }

    pub(super) fn with_facts(self, facts: BTreeMap<String, String>) -> Self {
        Self { facts, ..self }
    }

    /// Whether both print the same wherever both print something, and enough that chance is no explanation.
    fn same_facts(&self, other: &Self) -> bool {
        let both = || self.facts.iter().filter_map(|(what, is)| Some((is, other.facts.get(what)?)));
        let distinct: BTreeSet<_> = both().map(|(is, _)| is).collect();
        both().all(|(a, b)| a == b) && both().count() >= SHOWN && distinct.len() >= SHOWN - 1
    }

    /// How surely both are the same thing, whose words are the same.
    fn score_of_same(&self, other: &Self) -> usize {
        let (home, number) = (self.parent == other.parent, self.number == other.number);
        80 + 10 * usize::from(home) + 8 * usize::from(self.more == other.more) + 5 * usize::from(number)
    }

    /// How surely both are the same thing, whose parent is the same and whose words are not; 0 for not at all, and never as
    /// much as where the words are the same. `alike` is the likeness of their words.
    fn score_of_renamed(&self, other: &Self, alike: impl FnOnce() -> usize) -> usize {
        let number = self.number == other.number;
        if number && !self.more.is_empty() && self.more == other.more {
            return 75;
        }
        match (alike(), number) {
            (alike, true) if alike >= ALIKE_AT_NUMBER => 60 + alike / 10,
            (alike, false) if alike >= ALIKE => 50 + alike / 10,
            _ if self.same_facts(other) => 50,
            _ => 0,
        }
    }
}

/// How alike two wordings are, in percent: pairs of characters that both have.
pub(super) fn likeness(a: &str, b: &str) -> usize {
    Bigrams::of(a).likeness(&Bigrams::of(b))
}

/// The pairs of neighbouring characters of a wording, sorted.
struct Bigrams(Vec<(char, char)>);

impl Bigrams {
    fn of(words: &str) -> Self {
        let mut pairs: Vec<_> = words.chars().zip(words.chars().skip(1)).collect();
        pairs.sort_unstable();
        Self(pairs)
    }

    fn likeness(&self, other: &Self) -> usize {
        let (mut a, mut b) = (self.0.iter().peekable(), other.0.iter().peekable());
        let mut both = 0;
        while let (Some(first), Some(second)) = (a.peek(), b.peek()) {
            let order = first.cmp(second);
            both += usize::from(order.is_eq());
            a.next_if(|_| order.is_le());
            b.next_if(|_| order.is_ge());
        }
        (200 * both).checked_div(self.0.len() + other.0.len()).unwrap_or(0)
    }
}

/// Follows the things of all editions. Each thing of an edition joins the track whose latest thing it is, or opens one.
pub(super) fn follow<T>(editions: Vec<Vec<(Key, T)>>) -> Vec<Track<T>> {
    let mut tracks: Vec<Track<T>> = Vec::new();
    let mut keys: Vec<Key> = Vec::new();
    for (edition, things) in editions.into_iter().enumerate() {
        let mates = pair(&keys, &things);
        for ((key, thing), mate) in things.into_iter().zip(mates) {
            match mate.and_then(|at| Some((tracks.get_mut(at)?, keys.get_mut(at)?))) {
                Some((track, known)) => {
                    track.seen.push((edition, thing));
                    *known = key;
                }
                None => {
                    tracks.push(Track { seen: vec![(edition, thing)] });
                    keys.push(key);
                }
            }
        }
    }
    tracks
}

/// For each thing the track that it belongs to. Tracks and things of the same words are paired first; only what they leave is
/// compared by likeness, within its parent.
fn pair<T>(keys: &[Key], things: &[(Key, T)]) -> Vec<Option<usize>> {
    let mut pairing = Pairing { mates: vec![None; things.len()], taken: vec![false; keys.len()] };
    let mut by_words: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, known) in keys.iter().enumerate() {
        by_words.entry(&known.words).or_default().push(at);
    }
    let mut same = Vec::new();
    for (i, (key, _)) in things.iter().enumerate() {
        let known = by_words.get(key.words.as_str()).into_iter().flatten().filter_map(|at| Some((*at, keys.get(*at)?)));
        same.extend(known.map(|(at, known)| Pair { score: known.score_of_same(key), at, i }));
    }
    pairing.settle(same);

    let mut by_parent: BTreeMap<usize, Vec<(usize, &Key, Bigrams)>> = BTreeMap::new();
    for ((at, known), _) in keys.iter().enumerate().zip(&pairing.taken).filter(|(_, taken)| !**taken) {
        by_parent.entry(known.parent).or_default().push((at, known, Bigrams::of(&known.words)));
    }
    let mut renamed = Vec::new();
    for ((i, (key, _)), _) in things.iter().enumerate().zip(&pairing.mates).filter(|(_, mate)| mate.is_none()) {
        let Some(left) = by_parent.get(&key.parent) else { continue };
        let own = Bigrams::of(&key.words);
        let pairs = left.iter().filter(|(_, known, _)| known.words != key.words).map(|(at, known, words)| {
            let score = known.score_of_renamed(key, || words.likeness(&own));
            Pair { score, at: *at, i }
        });
        renamed.extend(pairs.filter(|pair| pair.score > 0));
    }
    pairing.settle(renamed);
    pairing.mates
}

/// A track and a thing that may be one.
struct Pair {
    score: usize,
    at: usize,
    i: usize,
}

/// Which things have found their tracks.
struct Pairing {
    mates: Vec<Option<usize>>,
    taken: Vec<bool>,
}

impl Pairing {
    /// Makes the surest of these pairs first.
    fn settle(&mut self, mut pairs: Vec<Pair>) {
        pairs.sort_by_key(|pair| (std::cmp::Reverse(pair.score), pair.at, pair.i));
        for Pair { at, i, .. } in pairs {
            let (Some(mate @ None), Some(taken @ false)) = (self.mates.get_mut(i), self.taken.get_mut(at)) else {
                continue;
            };
            *mate = Some(at);
            *taken = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn things(words: &[(u32, &str)]) -> Vec<(Key, String)> {
        words.iter().map(|(n, words)| (Key::new(1, *n, words, ""), (*words).to_owned())).collect()
    }

    #[track_caller]
    fn case(older: &[(u32, &str)], newer: &[(u32, &str)], expected: &[&[&str]]) {
        let tracks = follow(vec![things(older), things(newer)]);
        let found: Vec<Vec<_>> =
            tracks.iter().map(|track| track.seen.iter().map(|(_, words)| words.as_str()).collect()).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn equal_wording_pairs_before_equal_numbers() {
        case(
            &[(1, "制度の周知"), (2, "休暇の促進")],
            &[(1, "休暇の促進"), (2, "制度の周知")],
            &[&["制度の周知", "制度の周知"], &["休暇の促進", "休暇の促進"]],
        );
    }

    #[test]
    fn a_renamed_thing_is_followed() {
        case(
            &[(3, "育児休業代替職員の措置")],
            &[(3, "育児休業代替職員等の措置")],
            &[&["育児休業代替職員の措置", "育児休業代替職員等の措置"]],
        );
    }

    #[test]
    fn a_thing_of_another_name_with_the_same_figures_is_renamed() {
        let key = |words: &str, figures: &[&str]| {
            let facts = figures.iter().enumerate().map(|(at, text)| (at.to_string(), (*text).to_owned()));
            Key::new(0, 1, words, "").with_facts(facts.collect())
        };
        let paired = |older: &Key, newer: Key| pair(std::slice::from_ref(older), &[(newer, ())]) == [Some(0)];
        let older = key("女性管理職の割合", &["25%", "18.2%(12人/66人)", "19.4%(13人/67人)", "20.9%(14人/67人)"]);
        let same = ["25%", "18.2%(12人/66人)", "19.4%(13人/67人)", "20.9%(14人/67人)", "22.1%(15人/68人)"];
        assert!(paired(&older, key("管理的地位にある職員のうち女性", &same)));
        assert!(!paired(&older, key("管理的地位にある職員のうち女性", &same[..3])));
        let other = ["25%", "18.2%(12人/66人)", "19.4%(13人/67人)", "20.8%(14人/67人)"];
        assert!(!paired(&older, key("管理的地位にある職員のうち女性", &other)));
        let hundreds = ["100%"; 5];
        assert!(!paired(&key("研修の受講率", &hundreds), key("面談の実施率", &hundreds)));
    }

    #[test]
    fn another_thing_at_the_same_number_is_not_the_same() {
        case(&[(1, "時間外勤務の縮減")], &[(1, "授乳室の設置")], &[&["時間外勤務の縮減"], &["授乳室の設置"]]);
    }
}
