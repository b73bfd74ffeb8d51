//! 達成率 against actual and target, by the ways in which reports reckon it.

use crate::audit::decimal::{Decimal, Rounding};
use crate::audit::figures::{Figure, indicator_name, of_series};
use crate::audit::subject::{Subject, plain};
use crate::audit::targets::{Goal, goals};
use crate::audit::{Finding, Severity, Tally};
use crate::report::{Comparison, Indicator, Labelled, SeriesKind, Target};

/// A way in which a 達成率 may be reckoned.
struct Way {
    ja: &'static str,
    en: &'static str,
    /// Whether it is usual only where less is aimed at.
    downward: bool,
}

/// How many ways there are.
const COUNT: usize = 4;

static WAYS: [Way; COUNT] = [
    Way { ja: "実績÷目標", en: "actual by target", downward: false },
    Way { ja: "基準値からの進み", en: "progress from the baseline", downward: false },
    Way { ja: "目標÷実績", en: "target by actual", downward: true },
    Way { ja: "2－実績÷目標", en: "2 less actual by target", downward: true },
];

/// One printed achievement rate with what each way of reckoning gives.
struct Rate<'a> {
    indicator: &'a Indicator,
    cell: &'a Labelled,
    printed: Decimal,
    actual: Figure<'a>,
    target: &'a Target,
    /// Whether less is aimed at.
    downward: bool,
    ways: [Option<Fit>; COUNT],
}

/// What one way gives.
struct Fit {
    half_up: Decimal,
    fits: bool,
}

/// A rate is wrong where no way gives it that is usual for the direction of its target. Whether a column is reckoned
/// from actual and target at all shows in the rest of the report: most of its rates have to fit a way.
pub(super) fn achievement(subject: &Subject<'_>, tally: &mut Tally) {
    let goals = goals(subject);
    let rates = goals.iter().filter(|goal| is_first(goal)).filter_map(rate);
    let rates: Vec<_> = rates.filter(|rate| rate.ways.iter().any(Option::is_some)).collect();
    let fitting = |way: usize| rates.iter().filter(|rate| rate.fits(way)).count();
    let upward = usize::from(fitting(1) > fitting(0));
    let fits = rates.iter().filter(|rate| rate.fits_any()).count();
    let trusted = fits > 1 && fits * 2 > rates.len();
    for rate in rates.iter().filter(|rate| trusted || rate.fits_any()) {
        tally.case();
        if !rate.fits_any() {
            tally.add(wrong(tally, rate, upward));
        }
    }
}

/// The rate of an indicator is that of its first row with a target.
fn is_first(goal: &Goal<'_>) -> bool {
    let mut actual = goal.indicator.series.iter().filter(|row| row.kind == SeriesKind::Actual);
    actual.find(|row| row.target.is_some()).is_some_and(|row| std::ptr::eq(row, goal.actual))
}

impl Rate<'_> {
    fn fits(&self, way: usize) -> bool {
        self.ways.get(way).is_some_and(|fit| fit.as_ref().is_some_and(|fit| fit.fits))
    }

    fn fits_any(&self) -> bool {
        self.ways.iter().flatten().any(|fit| fit.fits)
    }
}

/// The finding says what the way of the report gives; where less is aimed at, what every usual way gives.
fn wrong(tally: &Tally, rate: &Rate<'_>, upward: usize) -> Finding {
    let (name, target) = (indicator_name(rate.indicator), &rate.target.text);
    let (label, printed, actual) = (&rate.cell.label, &rate.cell.text, &rate.actual.measure.text);
    let all = WAYS.iter().zip(&rate.ways).enumerate();
    let chosen = |at: usize, way: &Way| if rate.downward { way.downward || at == 0 } else { at == upward };
    let mut given: Vec<_> = all
        .filter(|(at, (way, _))| chosen(*at, way))
        .filter_map(|(_, (way, fit))| Some((way, fit.as_ref()?)))
        .collect();
    if given.is_empty() {
        given = WAYS.iter().zip(&rate.ways).filter_map(|(way, fit)| Some((way, fit.as_ref()?))).take(1).collect();
    }
    let list = |ja: bool| {
        let one = |(way, fit): &(&Way, &Fit)| match ja {
            true => format!("{}%（{}）", fit.half_up, way.ja),
            false => format!("{}% ({})", fit.half_up, way.en),
        };
        given.iter().map(one).collect::<Vec<_>>().join(if ja { "、" } else { ", " })
    };
    let finding = tally.find(
        Severity::Error,
        format!("「{name}」: 印字された{label}は {printed}、実績 {actual} と目標 {target} からは {}。", list(true)),
        format!("{name}: the printed {label} is {printed}; actual {actual} and target {target} give {}.", list(false)),
    );
    let reckoned = given.iter().map(|(_, fit)| fit.half_up.to_string()).collect::<Vec<_>>().join(", ");
    finding
        .indicator(name)
        .year(rate.actual.measure.year)
        .at(&rate.cell.at)
        .at(&rate.actual.measure.at)
        .at(&rate.target.at)
        .value("printed", rate.printed.to_string())
        .value("reckoned", reckoned)
}

/// The quotient of a way counts up from nought also where less is aimed at.
fn upward((part, whole): (Decimal, Decimal)) -> (Decimal, Decimal) {
    let nought = Decimal::whole(0);
    match (nought.minus(part), nought.minus(whole)) {
        (Some(part), Some(flipped)) if !whole.is_positive() => (part, flipped),
        _ => (part, whole),
    }
}

fn rate<'a>(goal: &Goal<'a>) -> Option<Rate<'a>> {
    let indicator = goal.indicator;
    let cell = indicator.other.iter().find(|one| plain(&one.label).starts_with("達成率"))?;
    let text = plain(&cell.text);
    let digits = text.trim_end_matches('%');
    let printed = Decimal::parse(digits).filter(|_| !digits.starts_with('-'))?;
    let target = goal.actual.target.as_ref()?;
    let actual = of_series(indicator, goal.actual).last()?;
    let aim = Decimal::printed(&target.text, target.value?)?;
    goal.verdict(actual.measure.year)?;
    let baseline = indicator.series.iter().find(|row| row.kind == SeriesKind::Baseline);
    let baseline = baseline.and_then(|row| of_series(indicator, row).next()).map(|figure| figure.value);
    let fit = |part: Decimal, whole: Decimal| {
        let rounded = Rounding::ALL.map(|mode| part.percent_of(whole, printed.decimals(), mode));
        let [half_up, ..] = rounded;
        Some(Fit { half_up: half_up?, fits: rounded.contains(&Some(printed)) })
    };
    let from_baseline = baseline.and_then(|from| {
        let (part, whole) = upward((actual.value.minus(from)?, aim.minus(from)?));
        fit(part, whole)
    });
    let downward = matches!(goal.direction.comparison, Comparison::AtMost | Comparison::LessThan);
    let open = goal.may_be_downward();
    let turned = || fit(aim, actual.value);
    let mirrored = || fit(aim.times(2)?.minus(actual.value)?, aim);
    let ways = [fit(actual.value, aim), from_baseline, open.then(turned).flatten(), open.then(mirrored).flatten()];
    Some(Rate { indicator, cell, printed, actual, target, downward, ways })
}
