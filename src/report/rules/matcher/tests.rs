//! The matcher against the regex engine: on the patterns of the built-in packs, with their examples, parts of them and
//! examples put together.

use super::super::{BUILT_IN_TEXTS, Rules};
use super::{Found, Matcher};
use crate::report::values::fold::Folded;
use regex::Regex;
use std::ops::Range;

type Groups = Vec<Option<Range<usize>>>;

fn groups(matcher: &Matcher, found: &Found) -> Groups {
    (0..matcher.names().len()).map(|number| found.group(number)).collect()
}

fn expected(captures: &regex::Captures<'_>) -> Groups {
    captures.iter().map(|group| group.map(|group| group.range())).collect()
}

#[track_caller]
fn same(regex: &Regex, matcher: &Matcher, text: &str) {
    let all: Vec<Groups> = matcher.find_all(text).unwrap().iter().map(|found| groups(matcher, found)).collect();
    let wanted: Vec<Groups> = regex.captures_iter(text).map(|captures| expected(&captures)).collect();
    assert_eq!(all, wanted, "{regex} on {text:?}");
    assert_eq!(matcher.is_match(text).unwrap(), !wanted.is_empty(), "{regex} on {text:?}");
    assert!(matcher.lets(Folded::new(text).sieve()) || wanted.is_empty(), "{regex} on {text:?}");
}

fn texts() -> Vec<String> {
    let packs = BUILT_IN_TEXTS.map(|(file, text)| Rules::load(text, file).unwrap());
    let examples: Vec<String> = packs
        .iter()
        .flat_map(|pack| pack.own_patterns())
        .flat_map(|pattern| pattern.example_texts())
        .map(|text| Folded::new(text).text.into_owned())
        .collect();
    let tails = examples.iter().filter_map(|text| Some(text.get(text.char_indices().nth(1)?.0..)?.to_owned()));
    let heads = examples.iter().filter_map(|text| Some(text[..text.char_indices().next_back()?.0].to_owned()));
    let pairs = examples.windows(2).map(|pair| pair.join(" "));
    let mut texts: Vec<String> = examples.iter().cloned().chain(tails).chain(heads).chain(pairs).collect();
    texts.sort();
    texts.dedup();
    texts
}

#[test]
fn built_in_patterns_find_what_the_regex_engine_finds() {
    let texts = texts();
    for pattern in Rules::built_in().iter().flat_map(|pack| pack.own_patterns()) {
        let matcher = Matcher::new(pattern.regex()).unwrap_or_else(|| panic!("{} is not known", pattern.regex()));
        let regex = Regex::new(pattern.regex()).unwrap();
        texts.iter().for_each(|text| same(&regex, &matcher, text));
    }
}

#[test]
fn choices_repetition_and_empty_matches_are_the_regex_engines() {
    for pattern in [
        "a|ab|abc",
        "(?:a|ab)(?P<n>c|bcd)(?P<m>d*)",
        "(a)|b|(c)",
        "a*",
        "a*?",
        "a??b",
        "(?:a|b){2,3}?c?",
        "^a|b$",
        "$",
        "^",
        "(?:^|b)a",
        "((a)|b)+",
        "[^a]*",
        "b{0,2}a",
        ".a.",
        "",
        "(?:(?P<x>a)|b)*$",
        "-[a-]",
        r"\(a?\)",
        "あ+い*?",
    ] {
        let (regex, matcher) = (Regex::new(pattern).unwrap(), Matcher::new(pattern).unwrap());
        for text in ["", "a", "b", "ab", "abcd", "aab", "bab", "abab\nba", "(a)()", "-a--", "cab", "ああいい", "baあ"]
        {
            same(&regex, &matcher, text);
        }
    }
}

#[test]
fn a_search_with_too_many_ways_gives_up() {
    let matcher = Matcher::new("(?:a|aa)+$").unwrap();
    assert!(matcher.find(&("a".repeat(200) + "b"), 0).is_err());
}
