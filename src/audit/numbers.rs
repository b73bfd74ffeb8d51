//! NUM-01 to NUM-03: the printed digits of rates, against their ratios and against each other.

use super::decimal::{Decimal, Rounding};
use super::figures::{Counts, Figure, of_series};
use super::registry::{Check, Reads, Rule, Words};
use super::subject::Subject;
use super::{Severity, Tally};

pub(super) const NUM_01: Rule = Rule {
    id: "NUM-01",
    severities: &[Severity::Error],
    reads: Reads::Facts,
    definition: Words {
        ja: "印字された率（％）が、印字された比（分子／分母）から計算した値と合うか。印字された桁に四捨五入して比べる。報告書の全ての率が切捨てで合う場合は切捨ても認める。",
        en: "A printed percentage against its printed ratio, rounded half up to the printed digits; truncation is accepted too when every rate of the report fits it.",
    },
    needs: Words { ja: "比（分子／分母）付きの率がない", en: "no percentage is printed with its ratio" },
    check: Check::Report(ratios),
};

pub(super) const NUM_02: Rule = Rule {
    id: "NUM-02",
    severities: &[Severity::Info],
    reads: Reads::Facts,
    definition: Words {
        ja: "報告書の全ての率に合う端数処理（四捨五入・偶数丸め・切捨て・切上げ）はどれか。",
        en: "Which rounding modes (half-up, half-even, truncate, ceiling) fit all ratios of the report.",
    },
    needs: Words { ja: "比（分子／分母）付きの率がない", en: "no percentage is printed with its ratio" },
    check: Check::Report(modes),
};

pub(super) const NUM_03: Rule = Rule {
    id: "NUM-03",
    severities: &[Severity::Info],
    reads: Reads::Facts,
    definition: Words {
        ja: "一つの行の率（％）が異なる小数桁数で印字されていないか。",
        en: "Percentages of one series printed with different numbers of decimals.",
    },
    needs: Words { ja: "二つ以上の値を持つ行がない", en: "no series has two or more figures" },
    check: Check::Report(decimals),
};

/// The rates that can be compared with a ratio digit by digit.
fn rates<'s>(subject: &'s Subject<'_>) -> impl Iterator<Item = (&'s Figure<'s>, Counts<'s>)> {
    let comparable = |counts: &Counts<'_>| counts.whole.is_positive();
    subject
        .figures
        .iter()
        .filter(|figure| figure.is_percent() && figure.is_exact())
        .filter_map(move |figure| Some((figure, figure.counts.filter(comparable)?)))
}

fn fits(figure: &Figure<'_>, counts: &Counts<'_>, mode: Rounding) -> bool {
    counts.part.percent_of(counts.whole, figure.value.decimals(), mode) == Some(figure.value)
}

fn ratios(subject: &Subject<'_>, tally: &mut Tally) {
    let truncated = rates(subject).all(|(figure, counts)| fits(figure, &counts, Rounding::Truncate));
    for (figure, counts) in rates(subject) {
        tally.case();
        let rounded = |mode| counts.part.percent_of(counts.whole, figure.value.decimals(), mode);
        let (Some(half_up), Some(cut)) = (rounded(Rounding::HalfUp), rounded(Rounding::Truncate)) else { continue };
        if truncated || half_up == figure.value {
            continue;
        }
        tally.add(mismatch(tally, figure, &counts, half_up, cut));
    }
}

fn mismatch(tally: &Tally, figure: &Figure<'_>, counts: &Counts<'_>, half_up: Decimal, cut: Decimal) -> super::Finding {
    let (name, year, ratio) = (figure.name(), &figure.measure.label, &counts.ratio.text);
    let (printed, ratio) = (&figure.measure.text, ratio.trim());
    tally
        .find(
            Severity::Error,
            format!("「{name}」{year}: 印字された率は {printed}、印字された比 {ratio} から計算すると四捨五入で {half_up}%、切捨てで {cut}%。"),
            format!("{name}, {year}: the printed rate is {printed}; the printed ratio {ratio} gives {half_up}% rounded half up and {cut}% cut off."),
        )
        .indicator(figure.indicator_name())
        .year(figure.measure.year)
        .at(&figure.measure.at)
        .at(&counts.ratio.at)
        .value("printed", figure.value.to_string())
        .value("numerator", counts.part.to_string())
        .value("denominator", counts.whole.to_string())
        .value("half_up", half_up.to_string())
        .value("truncated", cut.to_string())
}

fn modes(subject: &Subject<'_>, tally: &mut Tally) {
    let mut fitting = Rounding::ALL.to_vec();
    for (figure, counts) in rates(subject) {
        tally.case();
        fitting.retain(|mode| fits(figure, &counts, *mode));
    }
    let n = tally.cases;
    if n == 0 {
        return;
    }
    let ja = match fitting.as_slice() {
        [] => format!("比付きの率 {n} 個の全てに合う端数処理はない。"),
        modes => {
            format!(
                "比付きの率 {n} 個の全てに合う端数処理: {}。",
                modes.iter().map(|m| m.ja()).collect::<Vec<_>>().join("、")
            )
        }
    };
    let names: Vec<_> = fitting.iter().map(|mode| mode.en()).collect();
    let en = match names.as_slice() {
        [] => format!("no rounding mode fits all {n} rates printed with a ratio."),
        names => format!("rounding modes that fit all {n} rates printed with a ratio: {}.", names.join(", ")),
    };
    let mut finding = tally.find(Severity::Info, ja, en).value("modes", names);
    for (figure, counts) in rates(subject) {
        finding = finding.at(&figure.measure.at).at(&counts.ratio.at);
    }
    tally.add(finding);
}

fn decimals(subject: &Subject<'_>, tally: &mut Tally) {
    for indicator in &subject.report.indicators {
        for series in &indicator.series {
            let figures: Vec<_> = of_series(indicator, series).collect();
            if figures.len() < 2 {
                continue;
            }
            tally.case();
            // Decimals count only where the printed digits say so: a figure in words has none.
            let rates: Vec<_> =
                figures.iter().filter(|f| f.is_percent() && f.measure.text.contains(char::is_numeric)).collect();
            let Some(other) =
                rates.iter().find(|f| Some(f.value.decimals()) != rates.first().map(|f| f.value.decimals()))
            else {
                continue;
            };
            let Some(first) = rates.first() else { continue };
            tally.add(uneven(tally, first, other));
        }
    }
}

fn uneven(tally: &Tally, first: &Figure<'_>, other: &Figure<'_>) -> super::Finding {
    let (name, a, b) = (first.name(), &first.measure, &other.measure);
    tally
        .find(
            Severity::Info,
            format!("「{name}」: {}は {}、{}は {} と、小数の桁数が異なる。", a.label, a.text, b.label, b.text),
            format!(
                "{name}: {} is printed as {}, {} as {}: different numbers of decimals.",
                a.label, a.text, b.label, b.text
            ),
        )
        .indicator(first.indicator_name())
        .at(&a.at)
        .at(&b.at)
        .value("printed", vec![a.text.clone(), b.text.clone()])
}
