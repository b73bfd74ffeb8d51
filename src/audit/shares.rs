//! NUM-04, NUM-05, NUM-07 to NUM-09: rates that need a second look: above 100, from few people, without counts, or
//! moving far from one year to the next.

use super::decimal::{Decimal, Rounding};
use super::figures::{Figure, of_series, steps};
use super::registry::{Check, Reads, Rule, Words};
use super::subject::Subject;
use super::totals::beside_counts;
use super::{Finding, Severity, Tally};
use std::cmp::Ordering;

/// Below this denominator one person moves the rate by more than five points.
const FEW: i128 = 20;
/// A step of this many points is asked about.
const FAR: i128 = 20;

pub(super) const NUM_04: Rule = Rule {
    id: "NUM-04",
    severities: &[Severity::Warning, Severity::Info],
    reads: Reads::Facts,
    definition: Words {
        ja: "100％を超える率。その指標の注が理由を述べていれば参考（info）とする。",
        en: "A percentage above 100; only for information when a note of that indicator explains it.",
    },
    needs: Words { ja: "率（％）がない", en: "no percentage is printed" },
    check: Check::Report(above_hundred),
};

pub(super) const NUM_05: Rule = Rule {
    id: "NUM-05",
    severities: &[Severity::Info],
    reads: Reads::Facts,
    definition: Words {
        ja: "分母が20未満の率。一人（一単位）の差が率を何ポイント動かすかを示す。",
        en: "A rate with a denominator below 20; the message gives what one person changes.",
    },
    needs: Words { ja: "比（分子／分母）付きの値がない", en: "no figure is printed with its ratio" },
    check: Check::Report(few),
};

pub(super) const NUM_07: Rule = Rule {
    id: "NUM-07",
    severities: &[Severity::Info],
    reads: Reads::Facts,
    definition: Words {
        ja: "比（分子／分母）の印字がない率（％）。", en: "A percentage printed without its ratio."
    },
    needs: Words { ja: "率（％）がない", en: "no percentage is printed" },
    check: Check::Report(without_counts),
};

pub(super) const NUM_08: Rule = Rule {
    id: "NUM-08",
    severities: &[Severity::Info],
    reads: Reads::Facts,
    definition: Words {
        ja: "前の印字年度から、率が上がり分子が減った（又はその逆の）年度。",
        en: "From one printed year to the next the rate rose and its numerator fell, or the reverse.",
    },
    needs: Words {
        ja: "比付きの率が続く年度がない", en: "no two years of a series have rates with ratios"
    },
    check: Check::Report(opposite),
};

pub(super) const NUM_09: Rule = Rule {
    id: "NUM-09",
    severities: &[Severity::Warning],
    reads: Reads::Facts,
    definition: Words {
        ja: "前の印字年度から20ポイント以上動いた、又は半分以下・2倍以上になった率。",
        en: "A percentage that moved by 20 points or more, or halved or doubled, against the previous printed year.",
    },
    needs: Words { ja: "率が続く年度がない", en: "no series has percentages in two years" },
    check: Check::Report(jumps),
};

fn about(tally: &Tally, figure: &Figure<'_>, severity: Severity, ja: String, en: String) -> Finding {
    tally
        .find(severity, ja, en)
        .indicator(figure.indicator_name())
        .year(figure.measure.year)
        .at(&figure.measure.at)
        .value("printed", figure.measure.text.clone())
}

/// Whether the row is a change against another year, by its name or because it falls below nought: its figures are
/// parts of nothing.
fn is_change(subject: &Subject<'_>, figure: &Figure<'_>) -> bool {
    let below = |one: &Figure<'_>| !one.value.is_positive() && !one.value.is_zero();
    subject.wording.matches("NUM-09", "change", &figure.name())
        || of_series(figure.indicator, figure.series).any(|one| below(&one))
}

fn above_hundred(subject: &Subject<'_>, tally: &mut Tally) {
    for figure in subject.figures.iter().filter(|figure| figure.is_rate() && !is_change(subject, figure)) {
        tally.case();
        if figure.value.compare(Decimal::whole(100)) != Some(Ordering::Greater) {
            continue;
        }
        let (name, year, printed) = (figure.name(), &figure.measure.label, &figure.measure.text);
        let note =
            figure.indicator.notes.iter().find(|note| subject.wording.matches("NUM-04", "explained", &note.text));
        tally.add(match note {
            Some(note) => about(
                tally,
                figure,
                Severity::Info,
                format!("「{name}」{year}: {printed} は100％を超える。注「{}」が述べている。", note.text),
                format!("{name}, {year}: {printed} is above 100; the note “{}” speaks of it.", note.text),
            )
            .at(&note.at)
            .value("note", note.text.clone()),
            None => about(
                tally,
                figure,
                Severity::Warning,
                format!("「{name}」{year}: {printed} は100％を超え、この指標に説明の注がない。"),
                format!("{name}, {year}: {printed} is above 100, and no note of the indicator explains it."),
            ),
        });
    }
}

fn few(subject: &Subject<'_>, tally: &mut Tally) {
    for figure in subject.figures.iter().filter(|figure| figure.is_rate()) {
        let Some(counts) = figure.counts else { continue };
        tally.case();
        let few = counts.whole.compare(Decimal::whole(FEW)) == Some(Ordering::Less);
        let one = Decimal::whole(1).percent_of(counts.whole, 1, Rounding::HalfUp);
        let (true, Some(one)) = (few, one) else { continue };
        let (name, year, whole) = (figure.name(), &figure.measure.label, counts.whole);
        let unit = counts.ratio.unit.as_deref().unwrap_or("");
        let finding = about(
            tally,
            figure,
            Severity::Info,
            format!("「{name}」{year}: 分母は {whole}{unit}。1{unit}の差で率は {one} ポイント動く。"),
            format!(
                "{name}, {year}: the denominator is {whole}{unit}; one more or less moves the rate by {one} points."
            ),
        );
        let finding =
            finding.at(&counts.ratio.at).value("denominator", whole.to_string()).value("one_is", one.to_string());
        tally.add(finding);
    }
}

fn without_counts(subject: &Subject<'_>, tally: &mut Tally) {
    let counted = beside_counts(subject);
    for figure in subject.figures.iter().filter(|figure| figure.is_rate() && !is_change(subject, figure)) {
        tally.case();
        if figure.measure.ratio.is_some() || counted.contains(&std::ptr::from_ref(figure.measure)) {
            continue;
        }
        let (name, year, printed) = (figure.name(), &figure.measure.label, &figure.measure.text);
        tally.add(about(
            tally,
            figure,
            Severity::Info,
            format!("「{name}」{year}: 率 {printed} に分子・分母の印字がない。"),
            format!("{name}, {year}: the rate {printed} is printed without its counts."),
        ));
    }
}

fn rate_steps<'s>(subject: &'s Subject<'_>) -> impl Iterator<Item = (&'s Figure<'s>, &'s Figure<'s>)> {
    steps(&subject.figures).filter(|(before, after)| before.is_rate() && after.is_rate())
}

/// A finding about a step: both facts with their places.
fn step(tally: &Tally, before: &Figure<'_>, after: &Figure<'_>, severity: Severity, ja: String, en: String) -> Finding {
    let previous = &before.measure;
    about(tally, after, severity, ja, en)
        .at(&previous.at)
        .value("previous", previous.text.clone())
        .value("previous_year", previous.year)
}

fn opposite(subject: &Subject<'_>, tally: &mut Tally) {
    for (before, after) in rate_steps(subject) {
        let (Some(from), Some(to)) = (before.counts, after.counts) else { continue };
        tally.case();
        let (rate, part) = (after.value.compare(before.value), to.part.compare(from.part));
        let opposed = matches!(
            (rate, part),
            (Some(Ordering::Greater), Some(Ordering::Less)) | (Some(Ordering::Less), Some(Ordering::Greater))
        );
        if !opposed {
            continue;
        }
        let (name, a, b) = (after.name(), &before.measure, &after.measure);
        let (from_text, to_text) = (from.ratio.text.trim(), to.ratio.text.trim());
        let finding = step(
            tally,
            before,
            after,
            Severity::Info,
            format!(
                "「{name}」{}→{}: 率は {} から {}、比は {from_text} から {to_text}。率と分子の動きが逆である。",
                a.label, b.label, a.text, b.text
            ),
            format!(
                "{name}, {} to {}: the rate went from {} to {}, the ratio from {from_text} to {to_text}: rate and numerator moved in opposite directions.",
                a.label, b.label, a.text, b.text
            ),
        );
        tally.add(finding.at(&to.ratio.at).at(&from.ratio.at));
    }
}

/// How a rate jumped, if it did.
fn jump(before: Decimal, after: Decimal) -> Option<(&'static str, &'static str)> {
    let moved = after.minus(before)?.abs();
    if moved.compare(Decimal::whole(FAR))? != Ordering::Less {
        return Some(("20ポイント以上動いた", "a move of 20 points or more"));
    }
    if !before.is_positive() || moved.is_zero() {
        return None;
    }
    if after.compare(before.times(2)?)? != Ordering::Less {
        return Some(("2倍以上になった", "twice as much or more"));
    }
    (after.times(2)?.compare(before)? != Ordering::Greater).then_some(("半分以下になった", "half as much or less"))
}

fn jumps(subject: &Subject<'_>, tally: &mut Tally) {
    for (before, after) in rate_steps(subject).filter(|(_, after)| !is_change(subject, after)) {
        tally.case();
        let Some((ja, en)) = jump(before.value, after.value) else { continue };
        let (name, a, b) = (after.name(), &before.measure, &after.measure);
        tally.add(step(
            tally,
            before,
            after,
            Severity::Warning,
            format!("「{name}」: {}は {}、{}は {}。{ja}。", a.label, a.text, b.label, b.text),
            format!("{name}: {} is {}, {} is {}: {en}.", a.label, a.text, b.label, b.text),
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn jumped(before: &str, after: &str, expected: bool) {
        let parse = |text| Decimal::parse(text).unwrap();
        assert_eq!(jump(parse(before), parse(after)).is_some(), expected, "{before} -> {after}");
    }

    #[test]
    fn jumps_are_twenty_points_or_a_factor_of_two() {
        jumped("80.0", "100", true);
        jumped("80.1", "100", false);
        jumped("15.8", "7.9", true);
        jumped("15.8", "8.0", false);
        jumped("5.0", "10.0", true);
        jumped("100", "100.0", false);
        jumped("0.0", "16.7", false);
        jumped("0.0", "20.0", true);
        jumped("0", "0.0", false);
    }
}
