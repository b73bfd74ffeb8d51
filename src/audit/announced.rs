//! TGT-06: targets that are printed in two places.

use super::decimal::Decimal;
use super::figures::indicator_name;
use super::registry::{Check, Reads, Rule, Words};
use super::subject::{Subject, plain, section_name};
use super::{Severity, Tally};
use crate::report::{Indicator, Section, Series, Target, Text};
use std::cmp::Ordering;
use std::collections::BTreeMap;

pub(super) const TGT_06: Rule = Rule {
    id: "TGT-06",
    severities: &[Severity::Error],
    reads: Reads::Facts,
    definition: Words {
        ja: "二か所に印字された同じ目標の値が異なっていないか。",
        en: "A target printed in two places with different values.",
    },
    needs: Words { ja: "二か所に印字された目標がない", en: "no target is printed in two places" },
    check: Check::Report(targets_twice),
};

/// A figure that a section's target line announces, with the words before it.
struct Announced {
    words: String,
    value: Decimal,
}

/// The figures of a line in one unit with the words since the one before: `主任職35%、係長職25%`. A day of a month is
/// no number of days.
fn announced(line: &str, unit: &str) -> Vec<Announced> {
    let line = plain(line);
    let mut found = Vec::new();
    let mut start = 0;
    for (at, _) in line.match_indices(unit) {
        let Some(before) = line.get(start..at) else { continue };
        let words = before.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
        let digits = before.get(words.len()..).unwrap_or_default().replace(',', "");
        // 日 may stand inside a word: 取得日数.
        let Some(value) = Decimal::parse(&digits) else { continue };
        start = at + unit.len();
        if !words.ends_with(['月', '第', '約']) {
            found.push(Announced { words: words.trim_start_matches(['、', ',', '及', 'び']).to_owned(), value });
        }
    }
    found
}

type Row<'a> = (&'a Indicator, &'a Series, &'a Target);

fn targets_twice(subject: &Subject<'_>, tally: &mut Tally) {
    let rows: Vec<Row<'_>> = subject
        .report
        .indicators
        .iter()
        .flat_map(|indicator| indicator.series.iter().map(move |series| (indicator, series)))
        .filter_map(|(indicator, series)| Some((indicator, series, series.target.as_ref()?)))
        .collect();
    let mut by_unit: BTreeMap<String, Vec<Row<'_>>> = BTreeMap::new();
    for row in &rows {
        if let Some(unit) = row.2.unit.as_deref().map(plain).filter(|unit| !unit.is_empty()) {
            by_unit.entry(unit).or_default().push(*row);
        }
    }
    for section in &subject.report.sections {
        for line in &section.targets {
            for (unit, rows) in &by_unit {
                let figures = announced(&line.text, unit);
                for one in &figures {
                    for row in named(section, line, &figures, one, rows) {
                        compare_target(tally, section, line, one, row);
                    }
                }
            }
        }
    }
    indicators_twice(tally, &rows);
}

/// An indicator that is printed twice under one name with the same figures: its targets have to be the same too.
fn indicators_twice(tally: &mut Tally, rows: &[Row<'_>]) {
    let mut by_name: BTreeMap<String, Vec<Row<'_>>> = BTreeMap::new();
    for row in rows {
        by_name.entry(plain(indicator_name(row.0))).or_default().push(*row);
    }
    by_name.retain(|name, _| !name.is_empty());
    for same in by_name.values() {
        for pair in same.windows(2) {
            let [(a, one, first), (b, other, second)] = pair else { continue };
            if std::ptr::eq(*a, *b) || !same_figures(one, other) {
                continue;
            }
            let (due, scope) =
                (|t: &Target| t.due.as_ref().map(|due| due.year), |t: &Target| t.scope.as_deref().map(plain));
            let value = |target: &Target| Decimal::printed(&target.text, target.value?);
            let (Some(x), Some(y)) = (value(first), value(second)) else { continue };
            if due(first) != due(second) || scope(first) != scope(second) || first.unit != second.unit {
                continue;
            }
            tally.case();
            if x.compare(y) == Some(Ordering::Equal) {
                continue;
            }
            let (name, p, q) = (indicator_name(a), &first.text, &second.text);
            let finding = tally.find(
                Severity::Error,
                format!("「{name}」が二か所にあり、実績は同じで、目標は「{p}」と「{q}」。"),
                format!("{name} stands in two places with the same figures; the targets are “{p}” and “{q}”."),
            );
            let finding = finding.indicator(name).at(&first.at).at(&second.at);
            tally.add(finding.value("targets", vec![p.clone(), q.clone()]));
        }
    }
}

/// Whether two rows print the same figures, at least two of them.
fn same_figures(a: &Series, b: &Series) -> bool {
    let of = |series: &Series, year: i32| series.years.iter().find(|one| one.year == year).and_then(|one| one.value);
    let both: Vec<_> = a.years.iter().filter_map(|one| Some((one.value?, of(b, one.year)?))).collect();
    both.len() > 1 && both.iter().all(|(x, y)| x.to_bits() == y.to_bits())
}

/// The targets that a figure of a section's line names. A line with several figures names them by scope only: its
/// figures may be steps of one target.
fn named<'r>(section: &Section, line: &Text, shares: &[Announced], one: &Announced, rows: &[Row<'r>]) -> Vec<Row<'r>> {
    let whole = plain(&line.text);
    // 【目標】年次休暇の平均取得日数 12日以上: the line begins with the whole name.
    let told = one.words.trim_start_matches("【目標】");
    let told = told.trim_start_matches(|c: char| !c.is_alphanumeric() || ('①'..='⑳').contains(&c));
    let by_whole_name = |(indicator, _, target): &Row<'_>| {
        let name = plain(indicator_name(indicator));
        target.scope.is_none() && !name.is_empty() && told.starts_with(&name)
    };
    let by_scope = |(indicator, _, target): &Row<'_>| {
        let scope = target.scope.as_ref().is_some_and(|scope| one.words.contains(&plain(scope)));
        scope && whole.contains(&plain(indicator_name(indicator)))
    };
    let scoped: Vec<_> = rows.iter().copied().filter(by_scope).collect();
    if !scoped.is_empty() || shares.len() != 1 {
        return scoped;
    }
    let whole_name: Vec<_> = rows.iter().copied().filter(by_whole_name).collect();
    let rate = rows.iter().any(|(_, _, target)| target.unit.as_deref().is_some_and(|unit| plain(unit) == "%"));
    if !whole_name.is_empty() || !rate {
        return whole_name;
    }
    let unscoped = || rows.iter().copied().filter(|(_, _, target)| target.scope.is_none());
    let about = |(indicator, ..): &Row<'_>, text: &str| {
        core(indicator_name(indicator)).is_some_and(|core| text.contains(&core))
    };
    let by_name: Vec<_> = unscoped().filter(|row| about(row, &whole)).collect();
    if !by_name.is_empty() || !is_bare_rate(&one.words) {
        return by_name;
    }
    // 「取得率50%」 names nothing: it is the rate that the section is about, if that is just one.
    let heading: String = section.title.iter().chain(&section.objectives).map(|text| plain(&text.text)).collect();
    let by_heading: Vec<_> = unscoped().filter(|row| about(row, &heading)).collect();
    if by_heading.len() == 1 { by_heading } else { Vec::new() }
}

/// Whether the words before a share only say that it is a rate.
fn is_bare_rate(words: &str) -> bool {
    let words = words.trim_start_matches("【目標】");
    ["取得率", "参加率", "実施率", "受講率", "達成率"]
        .iter()
        .any(|rate| words.strip_prefix(rate).is_some_and(|rest| rest.is_empty() || rest.starts_with('(')))
}

/// The thing that a rate is about: `男性職員の育児参加休暇取得率` is about 育児参加休暇.
fn core(name: &str) -> Option<String> {
    let name = plain(name);
    let thing = name.rsplit('の').find(|part| part.chars().count() >= 4)?;
    let thing = thing.trim_end_matches("取得率").trim_end_matches("割合").to_owned();
    (thing.chars().count() >= 4).then_some(thing)
}

fn compare_target(
    tally: &mut Tally,
    section: &Section,
    line: &Text,
    one: &Announced,
    (indicator, series, target): (&Indicator, &Series, &Target),
) {
    let Some(value) = target.value.and_then(|value| Decimal::printed(&target.text, value)) else { return };
    tally.case();
    if one.value.compare(value) == Some(Ordering::Equal) {
        return;
    }
    let (name, row) = (section_name(section), super::figures::row_name(indicator, series));
    let unit = target.unit.as_deref().unwrap_or_default();
    let finding = tally.find(
        Severity::Error,
        format!(
            "{name}: 取組内容の「{}」は {}{unit}、指標「{row}」の目標「{}」は {value}{unit}。",
            line.text, one.value, target.text
        ),
        format!(
            "{name}: “{}” says {}{unit}, the target “{}” of {row} says {value}{unit}.",
            line.text, one.value, target.text
        ),
    );
    let finding = finding.section(section.number).indicator(indicator_name(indicator)).at(&line.at).at(&target.at);
    tally.add(finding.value("section_target", one.value.to_string()).value("indicator_target", value.to_string()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_may_announce_several_shares() {
        let found = announced("【目標】女性職員の昇任試験申込率、主任職35%、係長職25%", "%");
        let values: Vec<_> = found.iter().map(|one| (one.words.as_str(), one.value.to_string())).collect();
        assert_eq!(
            values,
            [("【目標】女性職員の昇任試験申込率、主任職", "35".to_owned()), ("係長職", "25".to_owned())]
        );
        assert!(announced("数値目標の達成を目指す。", "%").is_empty());
    }

    #[test]
    fn a_line_may_announce_figures_in_any_unit() {
        let values = |line: &str, unit: &str| -> Vec<String> {
            announced(line, unit).iter().map(|one| one.value.to_string()).collect()
        };
        assert_eq!(values("平均取得日数１２日以上（令和7年度）", "日"), ["12"]);
        assert_eq!(announced("平均取得日数12日以上", "日")[0].words, "平均取得日数");
        assert_eq!(values("参加者数 1,200人", "人"), ["1200"]);
        assert_eq!(values("4月1日から実施する。", "日"), [""; 0]);
    }

    #[test]
    fn a_rate_is_about_its_thing() {
        assert_eq!(core("男性職員の育児参加休暇取得率").as_deref(), Some("育児参加休暇"));
        assert_eq!(core("取得率"), None);
    }
}
