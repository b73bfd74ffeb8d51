//! NUM-10: totals, subtotals, differences and shares against their parts. What a total covers is never supposed: it
//! counts as a total of certain parts only where it fits them elsewhere in the report, or where the names say so.

mod achievement;
mod differences;
mod grades;
mod shares;
mod sums;
mod tables;

use super::decimal::Decimal;
use super::figures::of_series;
use super::registry::{Check, Reads, Rule, Words};
use super::subject::{Subject, plain};
use super::{Severity, Tally};
use tables::{Row, Table};

pub(super) use shares::beside_counts;

pub(super) const NUM_10: Rule = Rule {
    id: "NUM-10",
    severities: &[Severity::Error],
    reads: Reads::Facts,
    definition: Words {
        ja: "合計・小計・差・構成比・達成率が、その内訳の値と合うか。",
        en: "Totals, subtotals, differences and shares against their parts.",
    },
    needs: Words {
        ja: "内訳から計算できる合計・差・構成比・達成率がない",
        en: "no totals, differences, shares or achievement rates that can be reckoned",
    },
    check: Check::Report(totals),
};

fn totals(subject: &Subject<'_>, tally: &mut Tally) {
    grades::grade_totals(subject, tally);
    for table in tables::of(subject) {
        sums::sums(subject, tally, &table);
        for column in &table.columns {
            differences::differences(subject, tally, column);
        }
        shares::shares(subject, tally, &table);
    }
    achievement::achievement(subject, tally);
}

fn is_total(label: &str) -> bool {
    let label = plain(label);
    let label = label.split('(').next().unwrap_or_default();
    matches!(label, "計" | "合計" | "総計" | "小計" | "総数" | "全体")
}

/// The row's count of `year`.
fn of_year(row: &Row<'_>, year: i32) -> Option<Decimal> {
    let mut figures = of_series(row.indicator, row.series);
    figures.find(|figure| figure.measure.year == year && !figure.is_percent()).map(|figure| figure.value)
}

fn equal(a: Decimal, b: Decimal) -> bool {
    a.compare(b).is_some_and(std::cmp::Ordering::is_eq)
}
