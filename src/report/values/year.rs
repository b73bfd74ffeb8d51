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

/// The forms in which a text names a year.
pub(in crate::report) const FORMS: [Rule; 3] = [Rule::YearMonth, Rule::YearEra, Rule::YearWestern];

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

/// `text` as the label of a year and nothing else, brackets and white space around it aside.
#[must_use]
pub fn whole(rules: &Rules, text: &str) -> Option<Year> {
    with_whole(rules, text, |year| year.cloned())
}

/// Whether `text` is the label of a year and nothing else, as [`whole`] tells it.
#[must_use]
pub fn is_whole(rules: &Rules, text: &str) -> bool {
    with_whole(rules, text, |year| year.is_some())
}

fn with_whole<R>(rules: &Rules, text: &str, take: impl FnOnce(Option<&Year>) -> R) -> R {
    let is_whole = |year: &&Year| text[..year.range.start].chars().chain(text[year.range.end..].chars()).all(is_frame);
    let read = || find_folded(rules, text, &Folded::new(text));
    rules.with_year(text, read, |year| take(year.as_ref().filter(is_whole)))
}

/// `text` as a bare number that is a year because the year beside it is `beside`: 元年度, 32年度, 3, 2020.
#[must_use]
pub fn beside(rules: &Rules, text: &str, beside: i32) -> Option<Year> {
    let found = rules.find(Rule::YearBare, text)?;
    if let Some(ad) = found.group("ad") {
        return year_at(text, &found, ad.parse().ok()?).filter(|year| (year.year - beside).abs() <= NEAR);
    }
    let n = ordinal(found.group("n")?)?;
    let readings = ["R", "H", "S"].map(|era| first_year(era).unwrap_or_default() + n - 1);
    let nearest = readings.into_iter().min_by_key(|year| (year - beside).abs())?;
    year_at(text, &found, nearest).filter(|year| (year.year - beside).abs() <= NEAR)
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
    /// The year that the report is about.
    Reported,
}

/// As [`run`]; where no label names its era (3年度, 4年度, 5年度), labels that follow each other are years near the one
/// that the report is about.
#[must_use]
pub fn run_near(rules: &Rules, labels: &[&str], reported: Option<i32>) -> (Vec<Option<Year>>, Anchor) {
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
    if let (None, Some(reported)) = (anchor, reported) {
        let near = |label: &str| label.contains('年').then(|| beside(rules, label, reported)).flatten();
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
mod tests {
    use super::{Anchor, Kind, beside, find, run, run_near, whole};
    use crate::report::rules::Rules;

    fn rules() -> &'static Rules {
        Rules::named("general").unwrap()
    }

    #[track_caller]
    fn case(text: &str, year: i32) {
        assert_eq!(whole(rules(), text).map(|y| y.year), Some(year), "{text}");
    }

    #[track_caller]
    fn no(text: &str) {
        assert_eq!(whole(rules(), text), None, "{text}");
    }

    #[test]
    fn a_label_in_any_form_is_its_first_gregorian_year() {
        case("R2年度", 2020);
        case("令和2年度", 2020);
        case("令和２年度", 2020);
        case("令和2(2020)年度", 2020);
        case("令和２（2020）年度", 2020);
        case("令和2年度(2020年度)", 2020);
        case("令和元年度", 2019);
        case("R元年度", 2019);
        case("R１年度", 2019);
        case("H31・R1", 2019);
        case("H31/R1", 2019);
        case("H31(R1)年度", 2019);
        case("平成31年度・令和元年度", 2019);
        case("平成31（令和元）年度", 2019);
        case("平成30年度", 2018);
        case("H28", 2016);
        case("Ｒ５", 2023);
        case("2020年度", 2020);
        case("２０２０年度", 2020);
        case("2020(令和2)年度", 2020);
        case("2020年度（令和2年度）", 2020);
        case("R6年", 2024);
        case("令和6年度末", 2024);
        case("令和五年度", 2023);
        case("（H30年度）", 2018);
        case("令和 ５ 年度", 2023);
        case("㋿５年度", 2023);
        case("R5 年度", 2023);
        case("平成 30 年度末", 2018);
    }

    #[test]
    fn months_and_days_belong_to_the_fiscal_year_around_them() {
        case("H30.7末", 2018);
        case("令和5年6月1日現在", 2023);
        case("2021年3月", 2020);
        case("R6.3.31", 2023);
        case("令和6年4月1日", 2024);
        assert_eq!(whole(rules(), "2021年3月").unwrap().kind, Kind::Instant);
        assert_eq!(whole(rules(), "R6年").unwrap().kind, Kind::Calendar);
        assert_eq!(whole(rules(), "R6年度").unwrap().kind, Kind::Fiscal);
    }

    #[test]
    fn other_numbers_are_no_years() {
        for text in ["2020", "3", "32年度", "A", "R", "第3次", "R2D2", "100%", "12人", "H31・R3", "令和5年度の実績", ""]
        {
            no(text);
        }
    }

    #[test]
    fn bare_numbers_are_years_beside_a_year() {
        let year = |text, near| beside(rules(), text, near).map(|y| y.year);
        assert_eq!(year("元年度", 2018), Some(2019));
        assert_eq!(year("32年度", 2019), Some(2020));
        assert_eq!(year("3年度", 2020), Some(2021));
        assert_eq!(year("２", 2019), Some(2020));
        assert_eq!(year("2020", 2019), Some(2020));
        assert_eq!(year("2020", 1980), None);
    }

    #[track_caller]
    fn row(labels: &[&str], years: &[i32]) {
        let read: Vec<_> = run(rules(), labels).into_iter().map(|y| y.map_or(0, |y| y.year)).collect();
        assert_eq!(read, years);
    }

    #[test]
    fn neighbouring_labels_explain_each_other() {
        row(&["H30", "R元", "2", "3"], &[2018, 2019, 2020, 2021]);
        row(&["令和2年度", "3年度", "4年度"], &[2020, 2021, 2022]);
        row(&["29年度", "30年度", "令和元年度"], &[2017, 2018, 2019]);
        row(&["2018", "2019", "2020"], &[2018, 2019, 2020]);
        row(&["評価", "課題", "担当課"], &[0, 0, 0]);
        row(&["1", "2", "3"], &[0, 0, 0]);
        row(&["R6", "5", "4"], &[2024, 2023, 2022]);
        row(&["令和4年度", "5", "1", "6", "16.7%"], &[2022, 2023, 0, 0, 0]);
    }

    #[test]
    fn labels_without_an_era_are_near_the_year_reported_on() {
        let years = |reported| -> Vec<_> {
            let (years, anchor) = run_near(rules(), &["取組", "3年度", "4年度", "5年度"], reported);
            assert_eq!(anchor == Anchor::Reported, reported.is_some());
            years.into_iter().map(|year| year.map_or(0, |year| year.year)).collect()
        };
        assert_eq!(years(Some(2023)), [0, 2021, 2022, 2023]);
        assert_eq!(years(Some(1994)), [0, 1991, 1992, 1993]);
        assert_eq!(years(None), [0, 0, 0, 0]);
    }

    #[test]
    fn a_year_inside_a_heading_is_found_with_its_label() {
        let label = |text: &str| find(rules(), text).map(|y| y.label);
        assert_eq!(label("令和５年度の取組実績").as_deref(), Some("令和５年度"));
        assert_eq!(label("目標値（R６年度）").as_deref(), Some("R６年度"));
        assert_eq!(label("進捗状況(令和5年度)").as_deref(), Some("令和5年度"));
        assert_eq!(label("R5評価").as_deref(), Some("R5"));
        assert_eq!(label("【目標】 100%(R6年)").as_deref(), Some("R6年"));
        assert_eq!(label("R2からR6まで").as_deref(), Some("R2"));
        assert_eq!(label("平成15年法律第120号").as_deref(), Some("平成15年"));
        assert_eq!(label("課題等"), None);
    }
}
