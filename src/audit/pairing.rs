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

    /// How surely both are the same thing; 0 for not at all.
    fn score(&self, other: &Self) -> usize {
        let (home, number) = (self.parent == other.parent, self.number == other.number);
        if self.words == other.words {
            let more = usize::from(self.more == other.more);
            return 80 + 10 * usize::from(home) + 8 * more + 5 * usize::from(number);
        }
        if !home {
            return 0;
        }
        if number && !self.more.is_empty() && self.more == other.more {
            return 75;
        }
        match (likeness(&self.words, &other.words), number) {
            (alike, true) if alike >= ALIKE_AT_NUMBER => 60 + alike / 10,
            (alike, false) if alike >= ALIKE => 50 + alike / 10,
            _ if self.same_facts(other) => 50,
            _ => 0,
        }
    }
}

/// How alike two wordings are, in percent: pairs of characters that both have.
pub(super) fn likeness(a: &str, b: &str) -> usize {
    let pairs = |text: &str| {
        let characters: Vec<char> = text.chars().collect();
        let mut pairs: BTreeMap<(char, char), usize> = BTreeMap::new();
        for pair in characters.windows(2) {
            if let [first, second] = pair {
                *pairs.entry((*first, *second)).or_default() += 1;
            }
        }
        pairs
    };
    let (a, b) = (pairs(a), pairs(b));
    let all: usize = a.values().chain(b.values()).sum();
    let both: usize = a.iter().map(|(pair, n)| n.min(b.get(pair).unwrap_or(&0))).sum();
    (200 * both).checked_div(all).unwrap_or(0)
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

/// For each thing the track that it belongs to.
fn pair<T>(keys: &[Key], things: &[(Key, T)]) -> Vec<Option<usize>> {
    let mut pairs: Vec<(usize, usize, usize)> = Vec::new();
    for (at, known) in keys.iter().enumerate() {
        for (i, (key, _)) in things.iter().enumerate() {
            let score = known.score(key);
            if score > 0 {
                pairs.push((score, at, i));
            }
        }
    }
    pairs.sort_by_key(|(score, at, i)| (std::cmp::Reverse(*score), *at, *i));
    let mut mates = vec![None; things.len()];
    let mut taken = vec![false; keys.len()];
    for (_, at, i) in pairs {
        let (Some(mate @ None), Some(taken @ false)) = (mates.get_mut(i), taken.get_mut(at)) else { continue };
        *mate = Some(at);
        *taken = true;
    }
    mates
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
        let older = key("女性管理職の割合", &["25%", "18.2%(12人/66人)", "19.4%(13人/67人)", "20.9%(14人/67人)"]);
        let same = ["25%", "18.2%(12人/66人)", "19.4%(13人/67人)", "20.9%(14人/67人)", "22.1%(15人/68人)"];
        assert!(older.score(&key("管理的地位にある職員のうち女性", &same)) > 0);
        assert_eq!(older.score(&key("管理的地位にある職員のうち女性", &same[..3])), 0);
        let other = ["25%", "18.2%(12人/66人)", "19.4%(13人/67人)", "20.8%(14人/67人)"];
        assert_eq!(older.score(&key("管理的地位にある職員のうち女性", &other)), 0);
        let hundreds = ["100%"; 5];
        assert_eq!(key("研修の受講率", &hundreds).score(&key("面談の実施率", &hundreds)), 0);
    }

    #[test]
    fn another_thing_at_the_same_number_is_not_the_same() {
        case(&[(1, "時間外勤務の縮減")], &[(1, "授乳室の設置")], &[&["時間外勤務の縮減"], &["授乳室の設置"]]);
    }
}
