//! Targets as printed: `【目標】 50%(R6年)`, `100%(全職員)`, `30％以上（令和７年度）`, `令和7年度までに12件以上`. What
//! the document does not print (a direction, a due year, a scope) stays empty.

use super::figure::Tail;
use super::fold::Folded;
use super::{number, year};
use crate::document::{Document, Passage};
use crate::report::lines::joined;
use crate::report::rules::{Rule, Rules};
use crate::report::{Comparison, FiscalYear, Target};
use std::ops::Range;

/// A target before its places are known.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Goal {
    /// As printed.
    pub text: Passage,
    /// The number; `None` where the target is only words, or several numbers.
    pub value: Option<f64>,
    /// Its unit.
    pub unit: Option<String>,
    /// How an actual is to stand to it.
    pub comparison: Option<Comparison>,
    /// When it is to be met.
    pub due: Option<FiscalYear>,
    /// For whom or what.
    pub scope: Option<String>,
    /// Whether it gives several numbers, of which none can stand for all: 男性10%以上 女性100%.
    pub several: bool,
}

impl Goal {
    /// The target as the report's JSON has it.
    #[must_use]
    pub fn target(self, document: &Document) -> Target {
        let Self { text, value, unit, comparison, due, scope, several: _ } = self;
        let at = document.places(&text, true);
        Target { text: text.text, value, unit, comparison, due, scope, at }
    }
}

/// The target that a row label prints (`【目標】 50%(R6年)`); `None` where the label only says that targets follow
/// (`目標(各年度:時間)`).
#[must_use]
pub fn in_label(rules: &Rules, label: &Passage) -> Option<Goal> {
    let lead = rules.find(Rule::TargetLead, &label.text)?;
    let rest = label.slice(lead.range.end..label.text.len());
    let goal = read(rules, &rest, None, None)?;
    (goal.value.is_some() || goal.several).then(|| Goal { text: label.slice(0..label.text.len()), ..goal })
}

/// The target that `cell` prints. `unit` and `due` are what headings say; the cell's own go before them.
#[must_use]
pub fn read(rules: &Rules, cell: &Passage, unit: Option<&str>, due: Option<&FiscalYear>) -> Option<Goal> {
    if cell.is_blank() || rules.matches(Rule::NoValue, &cell.text) {
        return None;
    }
    let lead = rules.find(Rule::TargetLead, &cell.text).map_or(0, |lead| lead.range.end);
    let text = cell.slice(0..cell.text.len());
    let printed = text.text.get(lead..).unwrap_or_default();
    let parts = Parts::read(rules, printed);
    let due = parts.due.or_else(|| due.cloned()).or(parts.last);
    let mut goal = Goal { due, scope: parts.scope, unit: unit.map(str::to_owned), ..Goal::default() };
    goal.text = text.clone();
    let folded = Folded::new(&parts.core).text;
    let lines = || text.text.lines().skip(1);
    let broken = lines().next().is_some() && lines().all(|line| line.trim_start().starts_with(goes_on));
    let Some((at, first)) = number::find(&folded) else { return Some(Goal { unit: None, ..goal }) };
    let after = &folded[at + first.len..];
    let next = number::find(after).map(|(offset, _)| offset);
    let tail = &after[..next.unwrap_or(after.len())];
    // A narrow column breaks 150件以下 inside its words.
    let tail = if broken { tail.replace(' ', "") } else { tail.to_owned() };
    let tail = tail.as_str();
    goal.several = next.is_some();
    goal.comparison = comparison(rules, &folded[..at], tail);
    if goal.several {
        return Some(Goal { unit: None, comparison: None, ..goal });
    }
    if broken {
        goal.text = joined(&text);
    }
    goal.value = Some(first.value);
    goal.unit = Tail::read(rules, tail).and_then(|tail| tail.unit).or(goal.unit);
    Some(goal)
}

/// Whether a line of a target begins with a word, a number or a bracket, and not as the item of a list.
fn goes_on(first: char) -> bool {
    first.is_alphabetic() || matches!(first, '0'..='9' | '０'..='９' | '(' | '（')
}

/// The printed direction, after the number (以上) or before it (≧).
fn comparison(rules: &Rules, before: &str, after: &str) -> Option<Comparison> {
    let directions = [
        (Rule::AtLeast, Comparison::AtLeast),
        (Rule::AtMost, Comparison::AtMost),
        (Rule::LessThan, Comparison::LessThan),
        (Rule::MoreThan, Comparison::MoreThan),
    ];
    let printed = |text: &str| directions.iter().find(|(rule, _)| rules.matches(*rule, text)).map(|(_, c)| *c);
    printed(after).or_else(|| printed(before.rsplit(|c: char| !"<>≦≧=".contains(c)).next().unwrap_or_default()))
}

/// A target's text taken apart: what is in brackets and the due year go, the number stays.
#[derive(Default)]
struct Parts {
    core: String,
    due: Option<FiscalYear>,
    /// The last year of a span in brackets, over which the target adds up: due then, if no heading says when.
    last: Option<FiscalYear>,
    scope: Option<String>,
}

impl Parts {
    fn read(rules: &Rules, printed: &str) -> Self {
        let mut parts = Self::default();
        let mut core = printed.to_owned();
        while let Some(range) = last_bracket(&core) {
            let inside = core[range.clone()].trim_matches(|c: char| "()（）[]［］〔〕".contains(c)).trim().to_owned();
            if let Some(last) = span_end(rules, &inside) {
                parts.last = Some(last);
            } else if let Some(year) = year::whole(rules, &inside).or_else(|| year::find(rules, &inside)) {
                parts.due = Some(year.into());
            } else if !rules.matches(Rule::Ratio, &inside)
                && !rules.is_unit(&Folded::new(&inside).text)
                && !is_figure(rules, &inside, printed)
                && !inside.is_empty()
            {
                parts.scope = Some(inside);
            }
            core.replace_range(range, " ");
        }
        if let Some(year) = year::find(rules, &core) {
            core.replace_range(year.range.clone(), " ");
            core = core.replacen("までに", " ", 1).replacen("まで", " ", 1);
            parts.due = parts.due.or_else(|| Some(year.into()));
        }
        parts.core = core;
        parts
    }
}

/// The last year of a span: R8 of R4～R8の累計.
fn span_end(rules: &Rules, text: &str) -> Option<FiscalYear> {
    let first = year::find(rules, text)?;
    let rest = text.get(first.range.end..)?.trim_start();
    let after = year::SPANS.iter().find_map(|sign| rest.strip_prefix(sign))?;
    let last = year::find(rules, after)?;
    Some(last.into())
}

/// Whether the text in brackets is another figure of the same kind, and says nothing of whom it is for: 50 of 85(50),
/// 10%減. 20歳以上 and 3年目 do.
fn is_figure(rules: &Rules, inside: &str, printed: &str) -> bool {
    let unit = |text: &str| {
        let folded = Folded::new(text.trim()).text;
        let number = number::read(&folded)?;
        let rest = folded[number.len..].split(['(', '[']).next().unwrap_or_default();
        Tail::read(rules, rest).map(|tail| tail.unit.unwrap_or_default())
    };
    let Some(own) = unit(inside) else { return false };
    own.is_empty() || rules.matches(Rule::RateUnit, &own) || unit(printed).is_some_and(|outer| outer == own)
}

/// The last pair of brackets in `text`, brackets included.
fn last_bracket(text: &str) -> Option<Range<usize>> {
    let open = text.rfind(['(', '（', '[', '［', '〔'])?;
    let after = &text[open..];
    let close = after.char_indices().find(|(_, c)| ")）]］〕".contains(*c)).map(|(i, c)| i + c.len_utf8());
    Some(open..open + close.unwrap_or(after.len()))
}

#[cfg(test)]
mod tests {
    use super::{Goal, in_label, read};
    use crate::document::made::passage;
    use crate::report::Comparison::{self, AtLeast, AtMost, LessThan, MoreThan};
    use crate::report::FiscalYear;
    use crate::report::rules::Rules;

    fn goal(text: &str) -> Goal {
        read(Rules::named("general").unwrap(), &passage(text), None, None)
            .unwrap_or_else(|| panic!("{text} is a target"))
    }

    #[track_caller]
    fn case(text: &str, value: f64, unit: &str, comparison: Option<Comparison>, due: Option<i32>, scope: Option<&str>) {
        let read = goal(text);
        assert_eq!((read.value, read.unit.as_deref().unwrap_or("")), (Some(value), unit), "{text}");
        assert_eq!(
            (read.comparison, read.due.map(|y| y.year), read.scope.as_deref()),
            (comparison, due, scope),
            "{text}"
        );
        assert_eq!(read.text.text, text);
    }

    #[test]
    fn targets_in_all_forms() {
        case("【目標】 50%(R6年)", 50.0, "%", None, Some(2024), None);
        case("【目標】 100%(全職員)", 100.0, "%", None, None, Some("全職員"));
        case("【目標】 35%(主任職)", 35.0, "%", None, None, Some("主任職"));
        case("30％以上（令和７年度）", 30.0, "%", Some(AtLeast), Some(2025), None);
        case("14日以上（令和７年度）", 14.0, "日", Some(AtLeast), Some(2025), None);
        case("5%未満", 5.0, "%", Some(LessThan), None, None);
        case("10時間以下", 10.0, "時間", Some(AtMost), None, None);
        case("10%超", 10.0, "%", Some(MoreThan), None, None);
        case("50.0以上", 50.0, "", Some(AtLeast), None, None);
        case("2,500", 2500.0, "", None, None, None);
        case("△10%以内", -10.0, "%", Some(AtMost), None, None);
        case("令和7年度までに12件以上", 12.0, "件", Some(AtLeast), Some(2025), None);
        case("R6年度：50%", 50.0, "%", None, Some(2024), None);
        case("目標：30%以上", 30.0, "%", Some(AtLeast), None, None);
        case("毎年度5人以上", 5.0, "人", Some(AtLeast), None, None);
        case("≧30%", 30.0, "%", Some(AtLeast), None, None);
        case("100％（令和７年度）", 100.0, "%", None, Some(2025), None);
        case("約100人程度", 100.0, "人", None, None, None);
        case("15%(R7年度末)", 15.0, "%", None, Some(2025), None);
    }

    #[test]
    fn figures_in_brackets_are_no_scope() {
        case("８５（５０）", 85.0, "", None, None, None);
        case("437.5以下（10％減）", 437.5, "", Some(AtMost), None, None);
        case("85人（50人）", 85.0, "人", None, None, None);
        case("50%(20歳以上)", 50.0, "%", None, None, Some("20歳以上"));
        case("50%(3歳児)", 50.0, "%", None, None, Some("3歳児"));
    }

    #[test]
    fn a_span_of_years_is_due_when_the_heading_says() {
        let text = "10人（R4～R8の累計）";
        case(text, 10.0, "人", None, Some(2026), None);
        let heading = FiscalYear { label: "令和９年度".into(), year: 2027 };
        let read = read(Rules::named("general").unwrap(), &passage(text), None, Some(&heading)).unwrap();
        assert_eq!(read.due, Some(heading));
    }

    #[test]
    fn a_break_inside_a_target_parts_nothing() {
        assert_eq!(goal("毎年度\n50％以上").text.text, "毎年度50％以上");
        let broken = goal("150件\n以下");
        assert_eq!((broken.unit.as_deref(), broken.comparison), (Some("件"), Some(AtMost)));
        assert_eq!(goal("50％以\n上").comparison, Some(AtLeast));
        assert_eq!(goal("100％\n（令和７年度）").text.text, "100％（令和７年度）");
        assert_eq!(goal("・100％\n・維持する").text.text, "・100％\n・維持する");
    }

    #[test]
    fn words_and_several_numbers_give_no_value() {
        assert_eq!(goal("現状維持").value, None);
        assert_eq!(goal("増加").value, None);
        let several = goal("男性10%以上 女性100%");
        assert_eq!((several.value, several.several), (None, true));
        let rules = Rules::named("general").unwrap();
        assert_eq!(read(rules, &passage("－"), None, None), None);
        assert_eq!(read(rules, &passage(""), None, None), None);
    }

    #[test]
    fn a_label_that_prints_no_number_is_no_target() {
        let rules = Rules::named("general").unwrap();
        assert_eq!(in_label(rules, &passage("目標(各年度:時間)")), None);
        assert_eq!(in_label(rules, &passage("目標値")), None);
        assert_eq!(in_label(rules, &passage("【目標】 70%(R6年)")).unwrap().value, Some(70.0));
    }
}
