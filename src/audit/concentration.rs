//! GRD-05: grades of the year reported on that are nearly all the same.

use super::legend::sign;
use super::registry::{Check, Reads, Rule, Words};
use super::subject::{Subject, printed_grade};
use super::{Severity, Tally};
use crate::report::Grade;
use std::collections::BTreeMap;

/// Share of one grade, in percent, from which it is worth knowing.
const MOST: usize = 80;

pub(super) const GRD_05: Rule = Rule {
    id: "GRD-05",
    severities: &[Severity::Info],
    reads: Reads::Facts,
    definition: Words {
        ja: "報告年度の評価の80％以上が一つの評価に集まっている。",
        en: "One grade holds 80 % or more of the grades of the year reported on.",
    },
    needs: Words { ja: "報告年度の評価がない", en: "no grades for the year reported on" },
    check: Check::Report(concentration),
};

/// The grades of initiatives and those of indicators, each for itself: they may follow different scales.
fn concentration(subject: &Subject<'_>, tally: &mut Tally) {
    let Some(fiscal_year) = subject.fiscal_year else { return };
    let of_year = subject.entries().filter(|entry| entry.year.year == fiscal_year);
    let initiatives = of_year.filter_map(|entry| entry.year.grade.as_ref().or(entry.year.summary_grade.as_ref()));
    let indicators = subject.report.indicators.iter().filter_map(|one| one.grade.as_ref());
    concentrated(tally, fiscal_year, ("評価", "grades"), &initiatives.collect::<Vec<_>>());
    concentrated(tally, fiscal_year, ("指標の評価", "indicators' grades"), &indicators.collect::<Vec<_>>());
}

fn concentrated(tally: &mut Tally, fiscal_year: i32, (ja, en): (&str, &str), graded: &[&Grade]) {
    let graded: Vec<_> = graded.iter().filter(|grade| !grade.grade.is_empty()).collect();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for grade in &graded {
        tally.case();
        *counts.entry(sign(&grade.grade)).or_default() += 1;
    }
    let all = graded.len();
    let Some((most, count)) = counts.into_iter().max_by_key(|(_, count)| *count) else { return };
    if count * 100 < all * MOST {
        return;
    }
    let tenths = (count * 2000 + all) / (all * 2);
    let share = format!("{}.{}", tenths / 10, tenths % 10);
    let of_most = || graded.iter().filter(|one| sign(&one.grade) == most);
    let grade = of_most().next().map_or(most.as_str(), |one| printed_grade(one));
    let finding = tally.find(
        Severity::Info,
        format!("報告年度の{ja} {all} 件のうち {count} 件（{share}%）が {grade} である。"),
        format!("{count} of the {all} {en} of the year reported on ({share}%) are {grade}."),
    );
    let finding = of_most().fold(finding, |finding, one| finding.at(&one.at));
    let finding = finding.year(fiscal_year).value("grade", most.clone()).value("count", count).value("of", all);
    tally.add(finding.value("share", share));
}
