//! From the text of a heading cell to what it means. What a heading adds to its word (a year, a unit, a bracket, a
//! note mark) is taken off and told beside it.

use super::words::{Words, length_bit};
use super::{Role, Rule, Rules};
use crate::report::values::fold::{Folded, key};
use crate::report::values::sieve::Sieve;
use crate::report::values::year::{self, Year};
use std::borrow::Cow;

/// Longest text that is looked at as a label, in characters: a heading cell with its year, unit and a legend in
/// brackets stays below.
const LONGEST_LABEL: usize = 120;

/// What stands between the words of a label.
const BETWEEN: [char; 7] = ['・', '/', ',', '、', '及', '+', '&'];

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

impl Words {
    pub(super) fn label(&self, rules: &Rules, text: &str) -> Option<Label> {
        let long = text.len() > LONGEST_LABEL && text.chars().count() > LONGEST_LABEL;
        if long || text.chars().all(char::is_whitespace) {
            return None;
        }
        let folded = Folded::new(text);
        let whole = folded.key();
        if let Some(role) = self.get(&whole) {
            return Some(Label { role, fit: Fit::Whole, year: None, unit: None });
        }
        let Some(year) = rules.year(text, || year::find_folded(rules, text, &folded)) else {
            let (role, fit) = self.without_company(&whole, folded.sieve())?;
            return Some(Label { role, fit, year: None, unit: unit_folded(rules, &folded) });
        };
        let rest = format!("{}{}", &text[..year.range.start], &text[year.range.end..]);
        let (role, fit) = self.without_company(&key(&rest), folded.sieve())?;
        Some(Label { role, fit, year: Some(year), unit: unit_in(rules, &rest) })
    }

    /// The meaning of a label's key, of what stands in brackets only where nothing stands outside them. `sieve` has at
    /// least the key's characters.
    fn without_company(&self, key: &str, sieve: &Sieve) -> Option<(Role, Fit)> {
        let outside = bare(key, Brackets::Out);
        self.meaning(&outside, sieve).or_else(|| match outside {
            // Nothing was taken out of it.
            Cow::Borrowed(_) => None,
            Cow::Owned(_) => self.meaning(&bare(key, Brackets::Open), sieve),
        })
    }

    fn meaning(&self, bare: &str, sieve: &Sieve) -> Option<(Role, Fit)> {
        let whole = |word: &str| self.get(word);
        let short = || bare.strip_suffix('等').and_then(|word| whole(word.trim_end_matches('等')));
        if let Some(role) = whole(bare).or_else(short) {
            return Some((role, Fit::Whole));
        }
        if BETWEEN.into_iter().any(|c| sieve.may_hold(c)) {
            let (mut count, mut known, mut first) = (0, 0, None);
            for part in bare.split(BETWEEN) {
                let role = whole(part.trim_start_matches('び').trim_end_matches('等'));
                count += 1;
                known += usize::from(role.is_some());
                first = first.or(role);
            }
            if let Some(first) = first.filter(|_| count > 1) {
                return Some((first, if known == count { Fit::Whole } else { Fit::Ending }));
            }
        }
        // 課題と次年度の取組: と stands in many other words, too.
        if sieve.may_hold('と') && bare.contains('と') {
            let mut parts = bare.split('と').map(|part| whole(part.trim_end_matches('等')));
            if let Some(first) = parts.next().flatten()
                && parts.all(|role| role.is_some())
            {
                return Some((first, Fit::Whole));
            }
        }
        let lengths = self.lengths(bare.chars().next_back()?);
        if lengths == 0 {
            return None;
        }
        let count = bare.chars().count();
        if count > LONGEST_ENDING {
            return None;
        }
        let endings = bare.char_indices().enumerate().skip(1);
        let mut endings = endings.filter(|(before, _)| lengths & length_bit(count - before) != 0);
        let telling = |end| whole(end).filter(|role| is_telling(end, *role));
        endings.find_map(|(_, (at, _))| telling(&bare[at..])).map(|role| (role, Fit::Ending))
    }
}

/// Whether a label can be known by this ending alone: 社会増減数 is an indicator and no row derived from others.
fn is_telling(end: &str, role: Role) -> bool {
    let shortest = match role {
        Role::Derived | Role::Total | Role::Year => return false,
        Role::Baseline | Role::Status => 3,
        _ => 2,
    };
    end.chars().count() >= shortest
}

/// The unit that a label names, as `(単位:人)`, `(%)` or `(各年度:時間)`.
pub(super) fn unit_in(rules: &Rules, label: &str) -> Option<String> {
    unit_folded(rules, &Folded::new(label))
}

/// The units that a label lists without saying which is whose: 人 and % of `(単位:人、%)`. Empty where it names one.
pub(super) fn units_listed(rules: &Rules, label: &str) -> Vec<String> {
    listed(rules, &Folded::new(label))
}

fn listed(rules: &Rules, label: &Folded) -> Vec<String> {
    let open = label.sieve().may_hold('(') || label.sieve().may_hold('[') || label.sieve().may_hold('単');
    let after = label.text.split_once("単位:").filter(|_| open).map(|(_, after)| after.trim_end_matches([')', ']']));
    let inside = Some(&label.text).filter(|_| open).into_iter().flat_map(|label| bracketed(label));
    let units = |inside: &str| -> Option<Vec<String>> {
        let inside = inside.trim();
        if rules.is_unit(inside) || is_rate(rules, inside) {
            return None;
        }
        let parts: Vec<String> = inside.split(['、', ',', '・', '/']).map(|unit| unit.trim().to_owned()).collect();
        (parts.len() > 1 && parts.iter().all(|unit| rules.is_unit(unit))).then_some(parts)
    };
    inside.chain(after).find_map(units).unwrap_or_default()
}

fn unit_folded(rules: &Rules, label: &Folded) -> Option<String> {
    if !listed(rules, label).is_empty() {
        return None;
    }
    let all = rules.patterns(Rule::UnitInLabel).iter().flat_map(|pattern| pattern.find_all_folded(label));
    let units = all.filter_map(|found| found.group("unit").map(|unit| unit.trim().to_owned()));
    let brackets = label.sieve().may_hold('(') || label.sieve().may_hold('[');
    let bracketed = Some(&label.text).filter(|_| brackets).into_iter().flat_map(|label| bracketed(label));
    let mut known =
        bracketed.map(str::to_owned).chain(units).filter(|unit| rules.is_unit(unit) || is_rate(rules, unit));
    known.next()
}

/// Whether a text is a unit for each of others: 時間/人・月. 年/月 leaves room for a date.
fn is_rate(rules: &Rules, text: &str) -> bool {
    let Some((counted, each)) = text.split_once('/') else { return false };
    let counted = counted.trim();
    rules.is_unit(counted) && !matches!(counted, "年" | "月") && each.split('・').all(|unit| rules.is_unit(unit.trim()))
}

/// What stands in each pair of brackets, as a whole: g/人・日 has the signs that part units from other words.
fn bracketed(label: &str) -> impl Iterator<Item = &str> {
    let inside = label.split(['(', '[']).skip(1);
    inside.filter_map(|part| part.split_once([')', ']'])).map(|(unit, _)| unit.trim().trim_start_matches("単位:"))
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
fn bare(key: &str, brackets: Brackets) -> Cow<'_, str> {
    let mut asides = key.char_indices().filter(|(_, c)| is_aside(*c)).peekable();
    if asides.peek().is_none() {
        return Cow::Borrowed(trimmed(key));
    }
    let mut depth = 0_usize;
    let mut bare = String::with_capacity(key.len());
    let mut start = 0;
    for (at, aside) in asides {
        if depth == 0 || brackets == Brackets::Open {
            bare.push_str(&key[start..at]);
        }
        start = at + aside.len_utf8();
        match aside {
            '(' | '[' | '【' | '〔' | '<' | '〈' | '《' | '「' => depth += 1,
            ')' | ']' | '】' | '〕' | '>' | '〉' | '》' | '」' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    if depth == 0 || brackets == Brackets::Open {
        bare.push_str(&key[start..]);
    }
    Cow::Owned(trimmed(&bare).to_owned())
}

/// Brackets, note marks and bullets.
fn is_aside(c: char) -> bool {
    // Nearly all characters are kana and ideographs.
    if ('ぁ'..='鿿').contains(&c) {
        return false;
    }
    matches!(c, '(' | '[' | '【' | '〔' | '<' | '〈' | '《' | '「' | ')' | ']' | '】' | '〕' | '>' | '〉' | '》' | '」')
        || matches!(c, '※' | '*' | '■' | '●' | '◆' | '○' | ':')
}

fn trimmed(bare: &str) -> &str {
    let bare = bare.trim_end_matches(|c: char| c.is_ascii_digit());
    let bare = bare.strip_prefix("における").unwrap_or(bare);
    bare.trim_start_matches(['の', '末', '・', 'に']).trim_end_matches('・')
}

#[cfg(test)]
mod tests {
    use super::{Fit, Role};
    use crate::report::rules::Rules;

    #[track_caller]
    fn case(text: &str, role: Role, fit: Fit, year: Option<i32>, unit: Option<&str>) {
        let label = Rules::named("general").unwrap().label(text).unwrap_or_else(|| panic!("{text} is a label"));
        assert_eq!((label.role, label.fit), (role, fit), "{text}");
        assert_eq!((label.year.map(|year| year.year), label.unit.as_deref()), (year, unit), "{text}");
    }

    #[test]
    fn words_with_what_is_printed_beside_them() {
        case("評価", Role::Grade, Fit::Whole, None, None);
        case("評　価", Role::Grade, Fit::Whole, None, None);
        case("課題等", Role::Issues, Fit::Whole, None, None);
        case("課題・今後の方向性", Role::Issues, Fit::Whole, None, None);
        case("令和５年度の取組実績", Role::Actions, Fit::Whole, Some(2023), None);
        case("目標値\n（R６年度）", Role::Target, Fit::Whole, Some(2024), None);
        case("基準値（H30年度）", Role::Baseline, Fit::Whole, Some(2018), None);
        case("目標(各年度:時間)", Role::Target, Fit::Whole, None, Some("時間"));
        case("実績値（単位：千円）", Role::Actual, Fit::Whole, None, Some("千円"));
        case("【目標】", Role::Target, Fit::Whole, None, None);
        case("実績値（g/人・日）", Role::Actual, Fit::Whole, None, Some("g/人・日"));
        case("実績値（時間／人・月）", Role::Actual, Fit::Whole, None, Some("時間/人・月"));
        case("実績値（件／地域）", Role::Actual, Fit::Whole, None, None);
        case("R5評価", Role::Grade, Fit::Whole, Some(2023), None);
        case("令和５年度に実施した内容", Role::Actions, Fit::Whole, Some(2023), None);
        case("令和５年度における取組実績", Role::Actions, Fit::Whole, Some(2023), None);
        case("課題と次年度以降の取組", Role::Issues, Fit::Whole, None, None);
        case("評価※1", Role::Grade, Fit::Whole, None, None);
        case("担当課による評価", Role::Grade, Fit::Ending, None, None);
        case("評価（◎：計画以上　○：計画どおり）", Role::Grade, Fit::Whole, None, None);
    }

    #[test]
    fn names_are_no_labels() {
        for text in ["社会増減数", "職員の研修への派遣", "", "A", "令和５年度", "女性の割合"] {
            assert_eq!(Rules::named("general").unwrap().label(text), None, "{text}");
        }
    }
}
