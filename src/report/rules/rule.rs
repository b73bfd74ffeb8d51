//! The patterns that the code asks a pack for, by name. Each says which named groups it must or may give.

use super::name;

/// A named rule of a pack (`[rule.NAME]`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// A year counted in an era: `era`, `n`; a second name of the same year in `other`.
    YearEra,
    /// A year of the western calendar that says that it is one: `ad`.
    YearWestern,
    /// A bare number that is a year only beside years: `n` or `ad`.
    YearBare,
    /// What a heading adds to its year that only says how sure the figures are: （速報値）, 見込, 決算.
    YearRemark,
    /// What a heading adds to its year to say which one of the plan it is: （1年目）, （最終年度）.
    YearPlace,
    /// A month or day standing for a year: `era`, `n` or `ad`, and `month`.
    YearMonth,
    /// A whole cell that is a month of the year reported on.
    Month,
    /// A date of publication: `era`, `n` or `ad`, `month`, and `day` where printed.
    Date,
    /// The number at the head of a section heading or name: `label`; the title is what follows.
    Numbering,
    /// A whole cell that is only the number of what stands beside it.
    BareNumber,
    /// A heading of a level above initiatives that names its level: `label`, `title`.
    Level,
    /// At the start of a heading, a word that says what kind of table follows, and not what it is about.
    GenericWord,
    /// A cell that holds a grade: `grade`; marks in `before` and `after`, its meaning in `meaning`.
    Grade,
    /// A mark that points at a note.
    Mark,
    /// A whole cell that says "no value".
    NoValue,
    /// A whole cell that repeats the cell above or before it.
    Ditto,
    /// A whole cell that carries on what the year before says.
    Arrow,
    /// A short word for the state of an initiative.
    StatusWord,
    /// A note: `mark`, `text`.
    Note,
    /// What introduces a target inside a label: `【目標】`, `目標：`.
    TargetLead,
    /// A label of what an initiative is for, which tells less than its contents do: 目的.
    AimName,
    /// How a sentence ends that sets a target: とする。
    AimTail,
    /// What stands between a year and the figure that a sentence tells of it: は, 現在で.
    ToldLead,
    /// What ends a clause behind such a figure: でした.
    ToldTail,
    /// A line that names the indicator of the targets and actuals below it: `title`.
    IndicatorLead,
    /// What introduces an actual inside a list item: `実績`.
    ActualLead,
    /// What introduces a grade inside a list item: `評価`.
    GradeLead,
    /// Printed direction 以上.
    AtLeast,
    /// Printed direction 以下.
    AtMost,
    /// Printed direction 未満.
    LessThan,
    /// Printed direction 超.
    MoreThan,
    /// Counts behind a rate, part first: `part`, `whole`, `unit`.
    Ratio,
    /// Counts behind a rate, whole first: `part`, `whole`, `unit`.
    RatioWholeFirst,
    /// What may stand before the number of a figure: `lead`.
    FigureLead,
    /// What may stand after its unit.
    FigureTail,
    /// A whole cell of a range or of digits that can be read in two ways: no single number.
    SeveralNumbers,
    /// The label of a row that gives what is aimed at or reached: `target` or `actual`, and what it is in `noun`.
    MeasuredAs,
    /// A label that subtracts others: ②－①.
    Difference,
    /// What the two lines of a cell, or the two rows of an indicator, give: `upper`, `lower`.
    Tiers,
    /// A name that ends in what is measured: 取得率, 件数.
    Measured,
    /// A name that ends in a rate: 取得率, 女性割合.
    RateName,
    /// A unit of rates, as a whole: %.
    RateUnit,
    /// The heading of a legend.
    LegendHeading,
    /// The head of an item of a legend, wherever it stands: `grade`, and `head` up to where the meaning begins.
    LegendItem,
    /// A whole line of a legend whose grade is set off by space only: `grade`, `head`, `meaning`.
    LegendLine,
    /// A whole line of a legend whose grade is a word: `grade`, `head`, `meaning`.
    LegendWord,
    /// The head of an item of a legend whose grade is a word, anywhere in a line: `grade`, `head`.
    LegendWords,
    /// The head of an item of a legend whose sign is set off by space only, anywhere in a line: `grade`, `head`.
    LegendSpaced,
    /// The end of a sentence that tells signs, after the last meaning: 「の３段階です。」, in `tail`.
    LegendTail,
    /// A meaning that says "not graded".
    NotGraded,
    /// A title that names a plan.
    PlanTitle,
    /// A second line of a title that says what the document reports.
    ReportTitle,
    /// What follows a year in a sentence that tells what is reported on it: 「における実施状況を」.
    ReportedIn,
    /// What follows, of several years in a title, the one whose results it reports: 実績, の実施状況.
    ReportedYear,
    /// The name of a public body at the head of a text: `name`, and the department in `department`.
    Organization,
    /// A line that is the name of a department.
    Department,
    /// What introduces the department or date of publication in a line: 発行：, 問合せ先.
    ImprintLead,
    /// A unit in a label: `unit`.
    UnitInLabel,
    /// A row of totals of grades: `grade` where it counts one.
    GradeTotal,
    /// A row that adds up the rows above: 効果額合計.
    Total,
    /// What a heading adds when it is printed again on the next page: 「（続き）」.
    Continued,
    /// A heading of a chapter about the plan or the report itself, which holds no part of the plan.
    Overview,
    /// A cell that prints several grades, of which one is marked by drawing: `A・B・C`.
    Choice,
    /// A whole cell that only ticks its column.
    Tick,
}

/// Each with its name in a pack.
const NAMES: &[(Rule, &str)] = &[
    (Rule::YearEra, "year-era"),
    (Rule::YearWestern, "year-western"),
    (Rule::YearBare, "year-bare"),
    (Rule::YearMonth, "year-month"),
    (Rule::YearRemark, "year-remark"),
    (Rule::Month, "month"),
    (Rule::YearPlace, "year-place"),
    (Rule::Date, "date"),
    (Rule::Numbering, "numbering"),
    (Rule::BareNumber, "bare-number"),
    (Rule::Level, "level"),
    (Rule::GenericWord, "generic-word"),
    (Rule::Grade, "grade"),
    (Rule::Mark, "mark"),
    (Rule::NoValue, "no-value"),
    (Rule::Ditto, "ditto"),
    (Rule::Arrow, "arrow"),
    (Rule::StatusWord, "status-word"),
    (Rule::Note, "note"),
    (Rule::TargetLead, "target-lead"),
    (Rule::AimName, "aim-name"),
    (Rule::AimTail, "aim-tail"),
    (Rule::ToldLead, "told-lead"),
    (Rule::ToldTail, "told-tail"),
    (Rule::IndicatorLead, "indicator-lead"),
    (Rule::ActualLead, "actual-lead"),
    (Rule::GradeLead, "grade-lead"),
    (Rule::AtLeast, "at-least"),
    (Rule::AtMost, "at-most"),
    (Rule::LessThan, "less-than"),
    (Rule::MoreThan, "more-than"),
    (Rule::Ratio, "ratio"),
    (Rule::RatioWholeFirst, "ratio-whole-first"),
    (Rule::FigureLead, "figure-lead"),
    (Rule::FigureTail, "figure-tail"),
    (Rule::SeveralNumbers, "several-numbers"),
    (Rule::MeasuredAs, "measured-as"),
    (Rule::Difference, "difference"),
    (Rule::Tiers, "tiers"),
    (Rule::Measured, "measured"),
    (Rule::RateName, "rate-name"),
    (Rule::RateUnit, "rate-unit"),
    (Rule::LegendHeading, "legend-heading"),
    (Rule::LegendItem, "legend-item"),
    (Rule::LegendLine, "legend-line"),
    (Rule::LegendWord, "legend-word"),
    (Rule::LegendWords, "legend-words"),
    (Rule::LegendSpaced, "legend-spaced"),
    (Rule::LegendTail, "legend-tail"),
    (Rule::NotGraded, "not-graded"),
    (Rule::PlanTitle, "plan-title"),
    (Rule::ReportTitle, "report-title"),
    (Rule::ReportedIn, "reported-in"),
    (Rule::ReportedYear, "reported-year"),
    (Rule::Organization, "organization"),
    (Rule::Department, "department"),
    (Rule::ImprintLead, "imprint-lead"),
    (Rule::UnitInLabel, "unit-in-label"),
    (Rule::GradeTotal, "grade-total"),
    (Rule::Total, "total"),
    (Rule::Continued, "continued"),
    (Rule::Overview, "overview"),
    (Rule::Choice, "choice"),
    (Rule::Tick, "tick"),
];

impl Rule {
    /// Its name in a pack.
    #[must_use]
    pub fn name(self) -> &'static str {
        name::of(NAMES, &self)
    }

    /// Every rule, in the order of a pack.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        NAMES.iter().map(|(rule, _)| *rule)
    }

    /// The one called `name` in a pack.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        name::thing(NAMES, name)
    }
}
