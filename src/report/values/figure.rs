//! One figure of one year as its cell prints it: `73.3%` over `(11人/15人)`, `▲3.2`, `95%(79局中75局)`, `267 (74.2%)`,
//! `－`. The counts behind a rate are told apart from the rate, each with its own passage.

use super::fold::Folded;
use super::number::{self, Number};
use super::sieve::Sieve;
use crate::document::{Document, Passage};
use crate::report::lines::unbroken;
use crate::report::rules::{Match, Rule, Rules};
use crate::report::{FiscalYear, Measure, Ratio};
use std::sync::LazyLock;

/// A text without any of these holds no number.
static DIGITS: LazyLock<Sieve> = LazyLock::new(|| Sieve::of(number::DIGITS));

/// Longest unit in characters: カ所, ポイント, t-CO2, 人/年.
const LONGEST_UNIT: usize = 8;

/// A figure before it is bound to a year.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Figure {
    /// As printed, without the ratio.
    pub text: Passage,
    /// The number; `None` for a sign that means "no value".
    pub value: Option<f64>,
    /// Its unit, from the cell or else from the heading.
    pub unit: Option<String>,
    /// The counts behind it.
    pub ratio: Option<Counts>,
}

/// The counts behind a rate.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Counts {
    /// As printed.
    pub text: Passage,
    /// The part.
    pub numerator: f64,
    /// The whole.
    pub denominator: f64,
    /// Unit of both.
    pub unit: Option<String>,
}

impl Figure {
    /// The figure as the report's JSON has it.
    #[must_use]
    pub fn measure(self, document: &Document, year: &FiscalYear) -> Measure {
        let at = document.places(&self.text, true);
        Measure {
            year: year.year,
            label: year.label.clone(),
            text: self.text.text,
            value: self.value,
            unit: self.unit,
            ratio: self.ratio.map(|counts| counts.ratio(document)),
            at,
        }
    }
}

impl Counts {
    fn ratio(self, document: &Document) -> Ratio {
        let Self { text, numerator, denominator, unit } = self;
        let at = document.places(&text, true);
        Ratio { text: text.text, numerator, denominator, unit, at }
    }
}

/// The figure that `cell` prints, `None` for a blank cell and for text that is no figure. `unit` is what the heading
/// or the unit column says; a unit in the cell goes before it.
#[must_use]
pub fn read(rules: &Rules, cell: &Passage, unit: Option<&str>) -> Option<Figure> {
    if cell.is_blank() {
        return None;
    }
    read_printed(rules, cell, unit).or_else(|| read_printed(rules, &unbroken(cell)?, unit))
}

fn read_printed(rules: &Rules, cell: &Passage, unit: Option<&str>) -> Option<Figure> {
    let folded = Folded::new(&cell.text);
    if rules.matches_folded(Rule::NoValue, &folded) {
        return Some(Figure { text: cell.slice(0..cell.text.len()), ..Figure::default() });
    }
    if !folded.sieve().meets(&DIGITS) {
        return None;
    }
    let Some((counts, range)) = counts(rules, cell, &folded) else { return plain_folded(rules, cell, &folded, unit) };
    let before = cell.slice(0..range.start);
    let after = cell.slice(range.end..cell.text.len());
    let rest = match (before.is_blank(), after.is_blank()) {
        (true, true) => return Some(Figure { text: counts.text.clone(), ratio: Some(counts), ..Figure::default() }),
        (true, false) => after,
        (false, true) => before,
        (false, false) => return plain_folded(rules, cell, &folded, unit),
    };
    let figure = plain(rules, &rest, unit).or_else(|| bracketed(rules, &rest, unit))?;
    Some(Figure { ratio: Some(counts), ..figure })
}

/// The figure of a cell under a year. There a figure in brackets alone is one too, such as a preliminary `(1.68)`;
/// elsewhere (1) is a number of what stands beside it.
#[must_use]
pub fn in_year(rules: &Rules, cell: &Passage, unit: Option<&str>) -> Option<Figure> {
    read(rules, cell, unit).or_else(|| bracketed(rules, cell, unit))
}

fn bracketed(rules: &Rules, cell: &Passage, unit: Option<&str>) -> Option<Figure> {
    let brackets = ['(', '（', '[', '［', ')', '）', ']', '］'];
    let printed = cell.text.trim();
    let inside = printed.strip_prefix(&brackets[..4])?.strip_suffix(&brackets[4..])?;
    let start = cell.text.find(inside)?;
    let figure = plain(rules, &cell.slice(start..start + inside.len()), unit).filter(|_| !inside.contains(brackets))?;
    Some(Figure { text: cell.slice(0..cell.text.len()), ..figure })
}

/// A figure without counts.
fn plain(rules: &Rules, cell: &Passage, unit: Option<&str>) -> Option<Figure> {
    trimmed(rules, cell, &Folded::new(cell.text.trim()), unit)
}

/// A figure without counts in a cell that is `folded`.
fn plain_folded(rules: &Rules, cell: &Passage, folded: &Folded, unit: Option<&str>) -> Option<Figure> {
    if cell.text.trim().len() < cell.text.len() { plain(rules, cell, unit) } else { trimmed(rules, cell, folded, unit) }
}

fn trimmed(rules: &Rules, cell: &Passage, folded: &Folded, unit: Option<&str>) -> Option<Figure> {
    let lead = rules.find_folded(Rule::FigureLead, folded).filter(|lead| lead.range.start == 0);
    let start = lead.and_then(|lead| lead.group("lead").map(str::len)).unwrap_or(0);
    let printed = &folded.text[start..];
    let Number { value, len } = number::read(printed)?;
    let tail = Tail::read(rules, &folded.text[start + len..])?;
    // 一部 and 一般職 begin with no number.
    let in_words = printed.get(..len).is_some_and(|number| !number.contains(|c: char| c.is_ascii_digit()));
    if in_words && tail.unit.as_deref().is_some_and(|unit| !rules.is_unit(unit)) {
        return None;
    }
    let unit = tail.unit.or_else(|| unit.map(str::to_owned));
    Some(Figure { text: cell.slice(0..cell.text.len()), value: Some(value), unit, ratio: None })
}

/// What follows a number.
pub(super) struct Tail {
    pub(super) unit: Option<String>,
}

impl Tail {
    /// Reads what follows a number in folded text; `None` when it goes on as a sentence.
    pub(super) fn read(rules: &Rules, folded: &str) -> Option<Self> {
        let rest = folded.trim();
        let end = rest.find(|c: char| "([{【「、。・:;※*".contains(c) || c.is_whitespace()).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        let bracketed = is_aside(after.trim_start());
        let word = if word.is_empty() { String::new() } else { strip_direction(rules, word) };
        let foreign = |c: char| c.is_ascii_digit() || ('ぁ'..='ん').contains(&c);
        let unit_like = word.chars().count() <= LONGEST_UNIT && !word.contains(foreign);
        (bracketed && (unit_like || rules.is_unit(&word))).then(|| Self { unit: (!word.is_empty()).then_some(word) })
    }
}

/// Whether what follows a figure only adds to it: a note mark, or brackets with no other figure behind them.
fn is_aside(after: &str) -> bool {
    let Some(inside) = after.strip_prefix(['(', '[']) else {
        return after.is_empty() || after.starts_with(['※', '*']);
    };
    let rest = inside.find([')', ']']).map_or("", |close| &inside[close + 1..]).trim_start();
    rest.starts_with(['※', '*', '(', '[']) && is_aside(rest) || number::find(rest).is_none()
}

/// Whether `cell` gives several figures one after the other, and no sentence: 22.2% (2人/9人) 100% (6人/6人).
#[must_use]
pub fn is_several(rules: &Rules, cell: &Passage) -> bool {
    let folded = Folded::new(cell.text.trim());
    let kana = folded.text.chars().filter(|c| ('ぁ'..='ん').contains(c)).count();
    let mut figures = folded.text.split(['\n', ' ']).filter(|part| number::read(part).is_some());
    kana == 0 && figures.next().is_some() && figures.next().is_some() && read(rules, cell, None).is_none()
}

/// A unit without the direction, approximation or change printed after it: 以上, 程度, 増.
pub(super) fn strip_direction(rules: &Rules, word: &str) -> String {
    let mut bare = word;
    let mut folded = Folded::new(bare);
    for rule in [Rule::AtLeast, Rule::AtMost, Rule::LessThan, Rule::MoreThan, Rule::FigureTail] {
        if let Some(before) = rules.find_folded(rule, &folded).and_then(|found| bare.get(..found.range.start)) {
            bare = before;
            folded = Folded::new(bare);
        }
    }
    bare.to_owned()
}

/// The counts in `cell` with the range of their text.
fn counts(rules: &Rules, cell: &Passage, folded: &Folded) -> Option<(Counts, std::ops::Range<usize>)> {
    let found = [Rule::RatioWholeFirst, Rule::Ratio].iter().find_map(|&rule| rules.find_folded(rule, folded))?;
    let range = found.range_of("counts")?;
    let number = |group| found.group(group).and_then(|text: &str| number::read(text.trim())).map(|n| n.value);
    let counts = Counts {
        text: cell.slice(range.clone()),
        numerator: number("part")?,
        denominator: number("whole")?,
        unit: unit(&found),
    };
    Some((counts, range))
}

fn unit(found: &Match) -> Option<String> {
    let unit = found.group("unit").or_else(|| found.group("unit2"))?.trim();
    (!unit.is_empty()).then(|| unit.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Figure, read};
    use crate::document::Passage;
    use crate::report::rules::Rules;

    fn figure(text: &str, unit: Option<&str>) -> Option<Figure> {
        read(Rules::named("general").unwrap(), &Passage { text: text.into(), origins: Vec::new() }, unit)
    }

    #[track_caller]
    fn case(text: &str, value: Option<f64>, unit: Option<&str>) {
        let read = figure(text, None).unwrap_or_else(|| panic!("{text} is a figure"));
        assert_eq!((read.value, read.unit.as_deref()), (value, unit), "{text}");
    }

    #[track_caller]
    fn ratio(text: &str, figure_text: &str, numerator: f64, denominator: f64, unit: Option<&str>) {
        let read = figure(text, None).unwrap_or_else(|| panic!("{text} is a figure"));
        let counts = read.ratio.unwrap_or_else(|| panic!("{text} has counts"));
        assert_eq!(read.text.text, figure_text);
        assert_eq!((counts.numerator, counts.denominator, counts.unit.as_deref()), (numerator, denominator, unit));
    }

    #[test]
    fn figures_with_their_units() {
        case("73.3%", Some(73.3), Some("%"));
        case("４２．９％", Some(42.9), Some("%"));
        case("90,000", Some(90000.0), None);
        case("▲3.2", Some(-3.2), None);
        case("△12", Some(-12.0), None);
        case("13.8時間", Some(13.8), Some("時間"));
        case("13.8 時間", Some(13.8), Some("時間"));
        case("約1,200人", Some(1200.0), Some("人"));
        case("延べ63社", Some(63.0), Some("社"));
        case("年2回", Some(2.0), Some("回"));
        case("58か所", Some(58.0), Some("か所"));
        case("201,377千円", Some(201_377.0), Some("千円"));
        case("120t-CO2", Some(120.0), Some("t-CO2"));
        case("三割", Some(3.0), Some("割"));
        case("14日以上", Some(14.0), Some("日"));
        case("0", Some(0.0), None);
        case("267 (74.2%)", Some(267.0), None);
        case("12人（R5.4.1現在）", Some(12.0), Some("人"));
        case("13.2時\n間", Some(13.2), Some("時間"));
        case("(速報値)\n40.2", Some(40.2), None);
        case("(暫定)17団体", Some(17.0), Some("団体"));
        case("延18人", Some(18.0), Some("人"));
        case("1.5ポイント増", Some(1.5), Some("ポイント"));
    }

    #[test]
    fn words_that_begin_with_a_numeral_are_no_figures() {
        for text in ["一般行政職", "一部実施", "三役", "一次評価"] {
            assert_eq!(figure(text, None), None, "{text}");
        }
    }

    #[test]
    fn signs_for_no_value_have_neither_number_nor_unit() {
        for text in ["-", "－", "―", "ー", "…", "‥", "／", "該当なし", "未定", "調査なし", "n/a", "集計中", "− "]
        {
            let read = figure(text, Some("人")).unwrap_or_else(|| panic!("{text} is a figure"));
            assert_eq!((read.value, read.unit), (None, None), "{text}");
        }
        assert_eq!(figure(" ", None), None);
    }

    #[test]
    fn a_figure_in_brackets_is_one_under_a_year() {
        let rules = Rules::named("general").unwrap();
        let read = |text: &str| {
            super::in_year(rules, &Passage { text: text.into(), origins: Vec::new() }, Some("%"))
                .map(|read| (read.text.text, read.value, read.unit))
        };
        let case =
            |text: &str, value, unit: &str| assert_eq!(read(text), Some((text.into(), value, Some(unit.into()))));
        case("(1.68)", Some(1.68), "%");
        case("（１２人）", Some(12.0), "人");
        for text in ["(速報値)", "(1)(2)", "(1", "()"] {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(figure("(1)", None), None);
    }

    #[test]
    fn areas_in_thousands_are_figures() {
        case("213千㎡", Some(213.0), Some("千m2"));
        case("1.2万㎥", Some(1.2), Some("万m3"));
    }

    #[test]
    fn counts_are_told_apart_from_their_rate() {
        ratio("73.3%\n(11人/15人)", "73.3%", 11.0, 15.0, Some("人"));
        ratio("73.3%(11人/15人)", "73.3%", 11.0, 15.0, Some("人"));
        ratio("91.7%\n11人/12人)", "91.7%", 11.0, 12.0, Some("人"));
        ratio("42.9％（３人／７人）", "42.9％", 3.0, 7.0, Some("人"));
        ratio("73.3% (11/15)", "73.3%", 11.0, 15.0, None);
        ratio("95%(79局中75局)", "95%", 75.0, 79.0, Some("局"));
        ratio("40.0％（15人中6人）", "40.0％", 6.0, 15.0, Some("人"));
        ratio("(1,200人/2,400人)\n50%", "50%", 1200.0, 2400.0, Some("人"));
        ratio("11/15", "11/15", 11.0, 15.0, None);
        ratio("11人/23人\n(47.8%)", "(47.8%)", 11.0, 23.0, Some("人"));
    }

    #[test]
    fn several_figures_are_none() {
        let several = |text: &str| {
            let passage = Passage { text: text.into(), origins: Vec::new() };
            super::is_several(Rules::named("general").unwrap(), &passage)
        };
        for text in ["22.2% (2人/9人) 100% (6人/6人)", "50% 100%", "22.2%\n(2人/9人)\n100%\n(6人/6人)"] {
            assert_eq!(figure(text, None), None, "{text}");
            assert!(several(text), "{text}");
        }
        for text in ["22.2%", "267 (74.2%)", "12人（R5.4.1現在）", "2回開き、3人が参加した。", "－"] {
            assert!(!several(text), "{text}");
        }
    }

    #[test]
    fn a_unit_in_the_heading_stands_in_for_one_in_the_cell() {
        assert_eq!(figure("11", Some("件")).unwrap().unit.as_deref(), Some("件"));
        assert_eq!(figure("11人", Some("件")).unwrap().unit.as_deref(), Some("人"));
    }

    #[test]
    fn sentences_are_no_figures() {
        for text in ["2回開催し、延べ63社が参加した。", "A", "○", "△", "実施", "4月に実施した", "第3次計画", "①"]
        {
            assert_eq!(figure(text, None), None, "{text}");
        }
    }
}
