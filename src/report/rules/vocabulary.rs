//! From the text of a heading cell to what it means. What a heading adds to its word (a year, a unit, a bracket, a
//! note mark) is taken off and told beside it.

use super::{Role, Rule, Rules};
use crate::report::values::fold::key;
use crate::report::values::year::{self, Year};
use std::collections::BTreeMap;

/// Longest text that is looked at as a label, in characters: a heading cell with its year, unit and a legend in
/// brackets stays below.
const LONGEST_LABEL: usize = 120;

/// Longest label of which only the ending is known, in characters, brackets aside.
const LONGEST_ENDING: usize = 20;

/// What a heading says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// What stands under or beside it.
    pub role: Role,
    /// How well the word is known.
    pub fit: Fit,
    /// A year that the heading names: 令和５年度の取組実績, 目標値（R６年度）.
    pub year: Option<Year>,
    /// A unit that the heading names: 目標（各年度:時間）.
    pub unit: Option<String>,
}

/// How well a label is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// It only ends in a word of the vocabulary: believe it where other evidence says that the cell is a heading.
    Ending,
    /// It is a word of the vocabulary.
    Whole,
}

/// The words of a pack.
#[derive(Debug, Clone, Default)]
pub(super) struct Vocabulary {
    words: BTreeMap<String, Role>,
}

impl Vocabulary {
    pub(super) fn add(&mut self, word: &str, role: Role) {
        self.words.insert(key(word), role);
    }

    pub(super) fn label(&self, rules: &Rules, text: &str) -> Option<Label> {
        if text.chars().count() > LONGEST_LABEL || text.trim().is_empty() {
            return None;
        }
        if let Some(&role) = self.words.get(&key(text)) {
            return Some(Label { role, fit: Fit::Whole, year: None, unit: None });
        }
        let year = year::find(rules, text);
        let rest = match &year {
            Some(year) => format!("{}{}", &text[..year.range.start], &text[year.range.end..]),
            None => text.to_owned(),
        };
        let unit = unit_in(rules, &rest);
        let rest = key(&rest);
        let (role, fit) =
            self.meaning(&bare(&rest, Brackets::Out)).or_else(|| self.meaning(&bare(&rest, Brackets::Open)))?;
        Some(Label { role, fit, year, unit })
    }

    fn meaning(&self, bare: &str) -> Option<(Role, Fit)> {
        let whole = |word: &str| self.words.get(word).copied();
        if let Some(role) = whole(bare).or_else(|| whole(bare.trim_end_matches('等'))) {
            return Some((role, Fit::Whole));
        }
        let parts: Vec<_> =
            bare.split(['・', '/', ',', '、', '及', '+', '&']).map(|p| p.trim_start_matches('び')).collect();
        if parts.len() > 1 {
            let roles: Vec<_> = parts.iter().map(|part| whole(part.trim_end_matches('等'))).collect();
            if let Some(first) = roles.iter().flatten().next() {
                let fit = if roles.iter().all(Option::is_some) { Fit::Whole } else { Fit::Ending };
                return Some((*first, fit));
            }
        }
        if bare.chars().count() > LONGEST_ENDING {
            return None;
        }
        let starts = bare.char_indices().map(|(i, _)| i).skip(1);
        starts
            .map(|i| &bare[i..])
            .find_map(|end| whole(end).filter(|_| end.chars().count() > 1))
            .map(|r| (r, Fit::Ending))
    }
}

/// The unit that a label names, as `(単位:人)`, `(%)` or `(各年度:時間)`.
pub(super) fn unit_in(rules: &Rules, label: &str) -> Option<String> {
    let all = rules.patterns(Rule::UnitInLabel).iter().flat_map(|pattern| pattern.find_all(label));
    let units = all.filter_map(|found| found.group("unit").map(|unit| unit.trim().to_owned()));
    let mut known = units.filter(|unit| rules.is_unit(unit));
    known.next()
}

/// What happens to the text in brackets.
#[derive(Clone, Copy, PartialEq)]
enum Brackets {
    /// It is left out.
    Out,
    /// Only the brackets are: 【目標】.
    Open,
}

/// A label's key without note marks, bullets and the particles that join it to a year.
fn bare(key: &str, brackets: Brackets) -> String {
    let mut depth = 0_usize;
    let mut bare = String::new();
    for c in key.chars() {
        match c {
            '(' | '[' | '【' | '〔' | '<' | '《' | '「' => depth += 1,
            ')' | ']' | '】' | '〕' | '>' | '》' | '」' => depth = depth.saturating_sub(1),
            '※' | '*' | '■' | '●' | '◆' | '○' | ':' => {}
            _ if depth == 0 || brackets == Brackets::Open => bare.push(c),
            _ => {}
        }
    }
    let bare = bare.trim_end_matches(|c: char| c.is_ascii_digit());
    bare.trim_start_matches(['の', '末', '・']).trim_end_matches('・').to_owned()
}
