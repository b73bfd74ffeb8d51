//! Years as reports print them: R2年度, 令和2(2020)年度, H31・R1, 2020年度, H30.7末, bare 32年度 beside other years.
//! All become the Gregorian year in which the fiscal year (April to March) starts.

use super::fold::Folded;
use crate::report::FiscalYear;
use crate::report::rules::{Match, Rule, Rules};
use std::ops::Range;

/// Years that reports can speak of; anything else is some other number.
const PLAUSIBLE: Range<i32> = 1900..2100;

/// Years that a bare number can lie away from the year beside it.
const NEAR: i32 = 10;

/// Longest text behind a year that can say which year of the plan it is, in bytes.
const LONGEST_PLACE: usize = 48;

/// The forms in which a text names a year.
pub(in crate::report) const FORMS: [Rule; 3] = [Rule::YearMonth, Rule::YearEra, Rule::YearWestern];

/// Signs between the first and the last year of a span.
pub(in crate::report) const SPANS: [&str; 8] = ["～", "〜", "~", "－", "-", "–", "―", "から"];

/// First month of the fiscal year.
const APRIL: u32 = 4;

/// A year with the part of the text that prints it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Year {
    /// Byte range in the printed text.
    pub range: Range<usize>,
    /// As printed.
    pub label: String,
    /// Gregorian year in which the fiscal year starts.
    pub year: i32,
    /// Whether the text says 年度 or only names a year or a day in it.
    pub kind: Kind,
}

/// What stretch of time a label means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// 年度, or a bare era and number.
    Fiscal,
    /// 年: the document may mean the calendar year.
    Calendar,
    /// A month or day, led back to its fiscal year.
    Instant,
}

impl From<Year> for FiscalYear {
    fn from(year: Year) -> Self {
        Self { label: year.label, year: year.year }
    }
}

/// The first year that `text` names. Bare numbers are never years here.
#[must_use]
pub fn find(rules: &Rules, text: &str) -> Option<Year> {
    rules.year(text, || find_folded(rules, text, &Folded::new(text)))
}

/// Whether `text` names a year, as [`find`] tells it.
#[must_use]
pub fn is_named(rules: &Rules, text: &str) -> bool {
    rules.with_year(text, || find_folded(rules, text, &Folded::new(text)), Option::is_some)
}

/// The first year that `text` names, which is `folded` already.
#[must_use]
pub fn find_folded(rules: &Rules, text: &str, folded: &Folded) -> Option<Year> {
    let mut first: Option<Year> = None;
    for pattern in FORMS.into_iter().flat_map(|rule| rules.patterns(rule)) {
        let Some(year) = pattern.find_folded(folded).and_then(|found| read(text, &found)) else { continue };
        if first.as_ref().is_none_or(|before| year.range.start < before.range.start) {
            first = Some(year);
        }
    }
    first
}

/// All years that `text` names, in order.
pub fn each<'a>(rules: &'a Rules, text: &'a str) -> impl Iterator<Item = Year> + 'a {
    let mut from = 0;
    std::iter::from_fn(move || {
        let mut year = find(rules, text.get(from..)?)?;
        year.range = from + year.range.start..from + year.range.end;
        from = year.range.end;
        Some(year)
    })
}

/// `text` as the label of a year and nothing else, brackets and white space around it aside. What only says how sure the
/// figures are is part of the label: 2023年度（速報値）; which year of the plan it is, is not: R2年度（1年目）.
#[must_use]
pub fn whole(rules: &Rules, text: &str) -> Option<Year> {
    with_whole(rules, text, |year| {
        let year = year?;
        let after = text.get(year.range.end..).unwrap_or_default();
        Some(if is_place(rules, after) { year.clone() } else { remarked(text, year) })
    })
}

/// Whether `text` is the label of a year and nothing else, as [`whole`] tells it.
#[must_use]
pub fn is_whole(rules: &Rules, text: &str) -> bool {
    with_whole(rules, text, |year| year.is_some())
}

fn with_whole<R>(rules: &Rules, text: &str, take: impl FnOnce(Option<&Year>) -> R) -> R {
    let around =
        |year: &Year| [text.get(..year.range.start), text.get(year.range.end..)].map(Option::unwrap_or_default);
    let is_whole = |year: &&Year| {
        let [before, after] = around(year);
        let bare = |part: &str| part.chars().all(is_frame);
        bare(before) && (bare(after) || rules.matches(Rule::YearRemark, after) || is_place(rules, after))
    };
    let read = || find_folded(rules, text, &Folded::new(text));
    rules.with_year(text, read, |year| take(year.as_ref().filter(is_whole)))
}

/// Whether the rest of a label says which year of the plan its year is.
fn is_place(rules: &Rules, rest: &str) -> bool {
    rest.len() <= LONGEST_PLACE && rules.matches(Rule::YearPlace, rest)
}

/// A year with the whole of its label, where more than signs around it belongs to that.
fn remarked(text: &str, year: &Year) -> Year {
    let rest = text.get(year.range.end..).unwrap_or_default();
    if rest.chars().all(is_frame) {
        return year.clone();
    }
    let label = text.get(year.range.start..).unwrap_or_default().trim().replace('\n', "");
    Year { label, ..year.clone() }
}

/// The year at the head of a label that names no era and goes on with a word: 5年度 of 5年度目標.
#[must_use]
pub fn leading(label: &str) -> Option<&str> {
    let end = label.find("年度")?;
    let number = Folded::new(label[..end].trim());
    let known = number.text == "元" || !number.text.is_empty() && number.text.chars().all(|c| c.is_ascii_digit());
    known.then(|| &label[..end + "年度".len()])
}

/// `text` as a bare number that is a year because the year beside it is `beside`: 元年度, 32年度, 3, 2020.
#[must_use]
pub fn beside(rules: &Rules, text: &str, beside: i32) -> Option<Year> {
    let found = rules.find(Rule::YearBare, text)?;
    let near = |year: Year| Some(remarked(text, &year)).filter(|year| (year.year - beside).abs() <= NEAR);
    if let Some(ad) = found.group("ad") {
        return year_at(text, &found, ad.parse().ok()?).and_then(near);
    }
    let n = ordinal(found.group("n")?)?;
    let readings = ["R", "H", "S"].map(|era| first_year(era).unwrap_or_default() + n - 1);
    let nearest = readings.into_iter().min_by_key(|year| (year - beside).abs())?;
    year_at(text, &found, nearest).and_then(near)
}

/// The year in the last brackets of a label that names no era, by the year beside it: 策定時（30年度）.
#[must_use]
pub fn bracketed(rules: &Rules, label: &str, near: i32) -> Option<Year> {
    let open = label.rfind(['(', '（', '[', '［', '〔'])?;
    let inside = label[open..].trim_end().strip_suffix([')', '）', ']', '］', '〕'])?;
    let start = open + inside.chars().next().map_or(0, char::len_utf8);
    let inside = &label[start..open + inside.len()];
    let mut year = beside(rules, inside, near).filter(|_| inside.contains('年'))?;
    year.range = start + year.range.start..start + year.range.end;
    Some(year)
}

/// The labels of neighbouring columns or rows as years. Bare numbers count where a neighbour is a year for certain, or
/// where they are four-digit years that follow each other.
#[must_use]
pub fn run(rules: &Rules, labels: &[&str]) -> Vec<Option<Year>> {
    run_near(rules, labels, None).0
}

/// What told a run of labels its era.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// A label of the run, or nothing where there is no run.
    Printed,
    /// A year that the document is about.
    Reported,
}

/// As [`run`]; where no label names its era (元年度, 2年度, 3年度), labels that follow each other are years near `about`,
/// one that the document is about.
#[must_use]
pub fn run_near(rules: &Rules, labels: &[&str], about: Option<i32>) -> (Vec<Option<Year>>, Anchor) {
    let mut years: Vec<_> = labels.iter().map(|label| whole(rules, label)).collect();
    let mut told = Anchor::Printed;
    let mut anchor = years.iter().position(Option::is_some);
    if anchor.is_none() {
        let mut before: Option<i32> = None;
        let follows = labels.iter().position(|label| {
            let now = label.trim().parse().ok();
            let known = std::mem::replace(&mut before, now);
            known.zip(now).is_some_and(|(a, b)| PLAUSIBLE.contains(&a) && b == a + 1)
        });
        anchor = follows.and_then(|second| second.checked_sub(1));
        if let Some(i) = anchor {
            years[i] = labels[i].trim().parse().ok().and_then(|year| beside(rules, labels[i], year));
        }
    }
    if let (None, Some(about)) = (anchor, about) {
        let near = |label: &str| label.contains('年').then(|| beside(rules, label, about)).flatten();
        let follow = |pair: &[&str]| {
            let [a, b] = [near(pair[0])?, near(pair[1])?];
            (b.year == a.year + 1).then_some(a)
        };
        let first = labels.windows(2).enumerate().find_map(|(i, pair)| Some((i, follow(pair)?)));
        if let Some((i, year)) = first {
            anchor = Some(i);
            years[i] = Some(year);
            told = Anchor::Reported;
        }
    }
    let Some(anchor) = anchor else { return (years, told) };
    fill(rules, labels, &mut years, (anchor..labels.len()).collect());
    fill(rules, labels, &mut years, (0..=anchor).rev().collect());
    (years, told)
}

/// Reads labels one after the other by the year before. Bare digits are a year only where they count on by one.
fn fill(rules: &Rules, labels: &[&str], years: &mut [Option<Year>], order: Vec<usize>) {
    let mut last: Option<i32> = None;
    for i in order {
        if years[i].is_none() {
            let follows = |year: &Year, last: i32| !is_bare(labels[i]) || (year.year - last).abs() == 1;
            years[i] = last.and_then(|last| beside(rules, labels[i], last).filter(|year| follows(year, last)));
        }
        // Only a blank stands between a year and a bare number that goes on with it.
        last = years[i].as_ref().map(|year| year.year).or(last.filter(|_| labels[i].trim().is_empty()));
    }
}

/// Whether a label is digits and nothing else, so that only the years around it can tell that it is one.
#[must_use]
pub fn is_bare(label: &str) -> bool {
    Folded::new(label.trim()).text.chars().all(|c| c.is_ascii_digit())
}

fn is_frame(c: char) -> bool {
    c.is_whitespace() || "()（）[]［］【】〔〕「」『』<>＜＞《》:：■●◆○・*※、".contains(c)
}

fn read(text: &str, found: &Match) -> Option<Year> {
    let year = counted(found, "era", "n", "ad")?;
    let other = counted(found, "era2", "n2", "ad2");
    if other.is_some_and(|other| other != year) {
        return None;
    }
    let month = found.group("month").and_then(|month| month.parse::<u32>().ok());
    let year = if month.is_some_and(|month| month < APRIL) { year - 1 } else { year };
    year_at(text, found, year)
}

fn counted(found: &Match, era: &str, n: &str, ad: &str) -> Option<i32> {
    match (found.group(era), found.group(n)) {
        (Some(era), Some(n)) => Some(first_year(era)? + ordinal(n)? - 1),
        _ => found.group(ad)?.parse().ok(),
    }
}

fn year_at(text: &str, found: &Match, year: i32) -> Option<Year> {
    let range = found.range_of("year")?;
    let label = text.get(range.clone())?;
    let kind = match (found.group("month"), label.contains('度'), label.contains('年')) {
        (Some(_), ..) => Kind::Instant,
        (None, false, true) => Kind::Calendar,
        _ => Kind::Fiscal,
    };
    PLAUSIBLE.contains(&year).then(|| Year { range, label: label.replace('\n', ""), year, kind })
}

/// The Gregorian year of an era's first year.
pub(super) fn first_year(era: &str) -> Option<i32> {
    Some(match era.chars().next()? {
        '令' | 'R' | 'r' => 2019,
        '平' | 'H' | 'h' => 1989,
        '昭' | 'S' | 's' => 1926,
        '大' | 'T' | 't' => 1912,
        '明' | 'M' | 'm' => 1868,
        _ => return None,
    })
}

/// 元, 5, 五, 十二 as numbers.
pub(super) fn ordinal(n: &str) -> Option<i32> {
    if n == "元" {
        return Some(1);
    }
    n.parse().ok().or_else(|| super::number::kanji(n).map(|n| n as i32))
}

#[cfg(test)]
mod tests;
