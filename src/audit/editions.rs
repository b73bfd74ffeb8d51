//! XDC-01 to XDC-04: editions of one plan against each other. A year that was blank and is filled now is no change;
//! every fact is compared with the latest earlier edition that prints it.

use super::decimal::Decimal;
use super::figures::{indicator_name, row_name};
use super::legend::{same, sign};
use super::pairing::{Key, Track, follow};
use super::registry::{Check as RuleCheck, Reads, Rule, Words, rules};
use super::subject::{initiative_name, plain, section_name};
use super::{Check, Finding, Severity, Tally};
use crate::geom::Place;
use crate::report::{
    Grade, Indicator, Initiative, Measure, Report, ScaleGrade, Section, Series, SeriesKind, Source, Target, YearEntry,
};
use schemars::JsonSchema;
use serde::Serialize;

const TWO_EDITIONS: Words =
    Words { ja: "両方の版に印字された値がない", en: "nothing of the kind is printed in two editions" };

pub(super) const XDC_01: Rule = Rule {
    id: "XDC-01",
    severities: &[Severity::Error],
    reads: Reads::Facts,
    definition: Words {
        ja: "過去の年度の実績が前の版と異なる。",
        en: "A past figure differs from the earlier edition.",
    },
    needs: TWO_EDITIONS,
    check: RuleCheck::Editions(figures),
};

pub(super) const XDC_02: Rule = Rule {
    id: "XDC-02",
    severities: &[Severity::Error],
    reads: Reads::Facts,
    definition: Words {
        ja: "過去の年度の評価が前の版と異なる。",
        en: "A past grade differs from the earlier edition.",
    },
    needs: TWO_EDITIONS,
    check: RuleCheck::Editions(grades),
};

pub(super) const XDC_03: Rule = Rule {
    id: "XDC-03",
    severities: &[Severity::Warning],
    reads: Reads::Facts,
    definition: Words { ja: "目標が前の版と異なる。", en: "A target differs from the earlier edition." },
    needs: TWO_EDITIONS,
    check: RuleCheck::Editions(targets),
};

pub(super) const XDC_04: Rule = Rule {
    id: "XDC-04",
    severities: &[Severity::Warning],
    reads: Reads::Facts,
    definition: Words {
        ja: "前の版から、取組・指標・節・評価基準が現れた、消えた、又は名前が変わった。",
        en: "An initiative, indicator, section or legend entry appeared, disappeared or was renamed since the earlier edition.",
    },
    needs: Words { ja: "取組も指標もない", en: "no initiatives and no indicators" },
    check: RuleCheck::Editions(extent),
};

/// One edition: a report and what its file is called.
#[derive(Debug, Clone, Copy)]
pub struct Edition<'a> {
    /// File name, for the places of findings.
    pub file: &'a str,
    /// What it says.
    pub report: &'a Report,
}

/// What editions say against each other.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Comparison {
    /// Where the newest edition was read from.
    pub source: Source,
    /// All editions, oldest first.
    pub editions: Vec<Source>,
    /// Whether the newest edition is in Japanese.
    #[serde(skip)]
    pub japanese: bool,
    /// One for each rule that compares editions.
    pub checks: Vec<Check>,
    /// What was found, most serious first.
    pub findings: Vec<Finding>,
    /// Every figure as each edition prints it.
    pub history: Vec<History>,
}

/// One figure of one year through the editions.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct History {
    /// Name of the indicator in the newest edition that has it.
    pub indicator: String,
    /// Label of the row.
    pub series: Option<String>,
    /// Gregorian year in which the fiscal year starts.
    pub year: i32,
    /// What each edition prints, oldest first; editions that leave it blank are left out.
    pub values: Vec<HistoryValue>,
    /// Whether two editions print different values.
    pub changed: bool,
}

/// What one edition prints for a figure.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct HistoryValue {
    /// File name of the edition.
    pub file: String,
    /// Year that the edition reports on.
    pub fiscal_year: Option<i32>,
    /// The figure as printed, with its ratio.
    pub text: String,
    /// Where it stands.
    pub at: Vec<Place>,
}

/// Why editions do not belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What differs: `organization` or `title`.
    pub what: &'static str,
    /// File and what it prints, first edition.
    pub first: (String, String),
    /// File and what it prints, the other edition.
    pub other: (String, String),
}

/// What says that the editions are not of one plan of one public body; empty where nothing does.
#[must_use]
pub fn differences(editions: &[Edition<'_>]) -> Vec<Difference> {
    let organization = |report: &Report| report.document.organization.as_ref().map(|one| one.name.clone());
    let title = |report: &Report| report.document.title.as_ref().map(|title| title.text.clone());
    let mut found = differing(editions, "organization", organization, plain);
    found.extend(differing(editions, "title", title, |title| without_years(&plain(title))));
    found
}

fn differing(
    editions: &[Edition<'_>],
    what: &'static str,
    read: impl Fn(&Report) -> Option<String>,
    fold: impl Fn(&str) -> String,
) -> Vec<Difference> {
    let printed: Vec<_> = editions.iter().filter_map(|one| Some((one.file.to_owned(), read(one.report)?))).collect();
    let Some((first, rest)) = printed.split_first() else { return Vec::new() };
    let others = rest.iter().filter(|other| fold(&other.1) != fold(&first.1));
    others.map(|other| Difference { what, first: first.clone(), other: other.clone() }).collect()
}

/// A title without the years that change with each edition: `令和5年度`, `R5`, `(2023)`.
fn without_years(title: &str) -> String {
    let mut kept = String::new();
    let mut rest = title;
    while let Some(at) = rest.find("年") {
        let (before, after) = rest.split_at(at);
        let stem = before.trim_end_matches(|c: char| c.is_ascii_digit() || "元()令和平成RH".contains(c));
        kept.push_str(stem);
        rest = after.strip_prefix("年度").or_else(|| after.strip_prefix("年")).unwrap_or("");
    }
    kept + rest
}

/// One row of figures of one indicator.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'a> {
    indicator: &'a Indicator,
    series: &'a Series,
}

/// One initiative in its section.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item<'a> {
    section: &'a Section,
    initiative: &'a Initiative,
}

/// Everything that is followed through the editions.
#[derive(Debug)]
pub(super) struct Tracks<'a> {
    editions: &'a [Edition<'a>],
    sections: Vec<Track<&'a Section>>,
    initiatives: Vec<Track<Item<'a>>>,
    indicators: Vec<Track<&'a Indicator>>,
    rows: Vec<Track<Row<'a>>>,
    legend: Vec<Track<&'a ScaleGrade>>,
}

/// Compares editions of one plan, oldest first whatever the order given (by the year they report on).
#[must_use]
pub fn compare(editions: &[Edition<'_>]) -> Comparison {
    let mut editions = editions.to_vec();
    let year = |edition: &Edition<'_>| edition.report.document.fiscal_year.as_ref().map(|fiscal| fiscal.year);
    editions.sort_by_key(|edition| year(edition));
    let tracks = Tracks::new(&editions);
    let mut checks = Vec::new();
    let mut findings = Vec::new();
    for rule in rules() {
        let RuleCheck::Editions(check) = rule.check else { continue };
        let mut tally = Tally::new(rule.id);
        check(&tracks, &mut tally);
        checks.push(tally.check(rule));
        findings.append(&mut tally.findings);
    }
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let source = |edition: &Edition<'_>| Source { file: edition.file.to_owned(), ..edition.report.source.clone() };
    let newest = editions.last();
    Comparison {
        source: newest.map(source).unwrap_or_default(),
        editions: editions.iter().map(source).collect(),
        japanese: newest.is_some_and(|edition| super::subject::is_japanese(edition.report)),
        checks,
        findings,
        history: tracks.history(),
    }
}

impl<'a> Tracks<'a> {
    fn new(editions: &'a [Edition<'a>]) -> Self {
        let all =
            |read: &dyn Fn(&'a Report) -> Vec<(Key, &'a Section)>| editions.iter().map(|e| read(e.report)).collect();
        let sections = follow(all(&|report| {
            let key = |section: &Section| Key::new(0, section.number, section_title(section), &path(section));
            report.sections.iter().map(|section| (key(section), section)).collect()
        }));
        let home = |section: &Section| home(&sections, section);
        let initiatives = follow(editions.iter().map(|edition| items(edition.report, &home)).collect());
        let indicators = follow(editions.iter().map(|edition| indicators(edition.report)).collect());
        let rows = indicators.iter().flat_map(|track| follow(rows_of(track, editions.len()))).collect();
        let legend = follow(editions.iter().map(|edition| legend(edition.report)).collect());
        Self { editions, sections, initiatives, indicators, rows, legend }
    }

    fn file(&self, edition: usize) -> &'a str {
        self.editions.get(edition).map_or("", |edition| edition.file)
    }

    fn legend_of(&self, edition: usize) -> &'a [ScaleGrade] {
        self.editions.get(edition).map_or(&[], |edition| &edition.report.grade_scale)
    }

    fn history(&self) -> Vec<History> {
        let mut all = Vec::new();
        for track in &self.rows {
            let Some((_, newest)) = track.seen.last() else { continue };
            for year in years_of(track) {
                let printed: Vec<_> =
                    track.seen.iter().filter_map(|(n, row)| Some((*n, measure(row, year)?))).collect();
                let changed = printed.windows(2).any(|pair| matches!(pair, [a, b] if differ(a.1, b.1)));
                let value = |(edition, measure): &(usize, &Measure)| HistoryValue {
                    file: self.file(*edition).to_owned(),
                    fiscal_year: self
                        .editions
                        .get(*edition)
                        .and_then(|one| one.report.document.fiscal_year.as_ref())
                        .map(|fiscal| fiscal.year),
                    text: with_ratio(measure),
                    at: measure.at.clone(),
                };
                all.push(History {
                    indicator: indicator_name(newest.indicator).to_owned(),
                    series: newest.series.label.as_ref().map(|label| label.text.clone()),
                    year,
                    values: printed.iter().map(value).collect(),
                    changed,
                });
            }
        }
        all
    }
}

fn section_title(section: &Section) -> &str {
    section.title.as_ref().or(section.summary_title.as_ref()).map_or("", |title| title.text.as_str())
}

fn path(section: &Section) -> String {
    section.path.iter().map(|level| level.text.as_str()).collect()
}

/// The track that a section belongs to, counted from 1.
fn home(sections: &[Track<&Section>], section: &Section) -> usize {
    let holds = |track: &Track<&Section>| track.seen.iter().any(|(_, one)| std::ptr::eq(*one, section));
    sections.iter().position(holds).map_or(0, |at| at + 1)
}

fn title(initiative: &Initiative) -> &str {
    initiative.title.as_ref().or(initiative.description.as_ref()).map_or("", |title| title.text.as_str())
}

fn items<'a>(report: &'a Report, home: &dyn Fn(&Section) -> usize) -> Vec<(Key, Item<'a>)> {
    let mut found = Vec::new();
    for section in &report.sections {
        let parent = home(section);
        for initiative in &section.initiatives {
            let more = [&initiative.description, &initiative.responsible].into_iter().flatten();
            let more: String = more.map(|text| text.text.as_str()).collect();
            found.push((Key::new(parent, initiative.number, title(initiative), &more), Item { section, initiative }));
        }
    }
    found
}

fn indicators(report: &Report) -> Vec<(Key, &Indicator)> {
    let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let group = |indicator: &Indicator| indicator.group.as_ref().map_or_else(String::new, |group| group.text.clone());
    let key = |(at, one): (usize, _)| (Key::new(0, number(at), indicator_name(one), &group(one)), one);
    report.indicators.iter().enumerate().map(key).collect()
}

/// The rows of one indicator by edition; a row's label may print the target, so its kind and order count too.
fn rows_of<'a>(track: &Track<&'a Indicator>, editions: usize) -> Vec<Vec<(Key, Row<'a>)>> {
    let mut rows = vec![Vec::new(); editions];
    for (edition, indicator) in &track.seen {
        for (at, series) in indicator.series.iter().enumerate() {
            let scope = series.target.as_ref().and_then(|target| target.scope.as_deref());
            let label = series.label.as_ref().map_or("", |label| label.text.as_str());
            // The same key words for all rows of one kind and scope: targets may change, rows stay.
            let words = scope.unwrap_or(if series.target.is_some() { "" } else { label });
            let key = Key::new(1 + series.kind as usize, u32::try_from(at).unwrap_or(u32::MAX), words, label);
            if let Some(rows) = rows.get_mut(*edition) {
                rows.push((key, Row { indicator, series }));
            }
        }
    }
    rows
}

fn legend(report: &Report) -> Vec<(Key, &ScaleGrade)> {
    let key = |grade: &ScaleGrade| {
        let scale = grade.scale.as_deref().unwrap_or("");
        Key { parent: 0, number: 0, words: format!("{}{}", plain(scale), sign(&grade.grade)), more: String::new() }
    };
    report.grade_scale.iter().map(|grade| (key(grade), grade)).collect()
}

fn years_of(track: &Track<Row<'_>>) -> Vec<i32> {
    let mut years: Vec<_> =
        track.seen.iter().flat_map(|(_, row)| row.series.years.iter().map(|one| one.year)).collect();
    years.sort_unstable();
    years.dedup();
    years
}

fn measure<'a>(row: &Row<'a>, year: i32) -> Option<&'a Measure> {
    row.series.years.iter().find(|measure| measure.year == year)
}

fn with_ratio(measure: &Measure) -> String {
    match &measure.ratio {
        Some(ratio) => format!("{} {}", measure.text, ratio.text.trim()),
        None => measure.text.clone(),
    }
}

/// Whether both print a figure and not the same one: `100%` and `100.0%` are the same.
fn differ(a: &Measure, b: &Measure) -> bool {
    let value = |measure: &Measure| Decimal::printed(&measure.text, measure.value?);
    let unequal = |a: Decimal, b: Decimal| a.compare(b).is_some_and(std::cmp::Ordering::is_ne);
    let (Some(old), Some(new)) = (value(a), value(b)) else { return false };
    let counts = match (&a.ratio, &b.ratio) {
        (Some(a), Some(b)) => {
            a.numerator.to_bits() != b.numerator.to_bits() || a.denominator.to_bits() != b.denominator.to_bits()
        }
        _ => false,
    };
    unequal(old, new) || counts
}

/// The consecutive printed figures of one kind of rows.
fn figure_steps(tracks: &Tracks<'_>, tally: &mut Tally, targets: bool, make: &dyn Fn(&Tally, &Step<'_>) -> Finding) {
    for track in &tracks.rows {
        let kind = |row: &Row<'_>| (row.series.kind == SeriesKind::Target) == targets;
        for year in years_of(track) {
            let rows = track.seen.iter().filter(|(_, row)| kind(row));
            let printed: Vec<_> = rows.filter_map(|(n, row)| Some((*n, row, measure(row, year)?))).collect();
            for pair in printed.windows(2) {
                let [(older, _, was), (newer, row, is)] = pair else { continue };
                tally.case();
                if differ(was, is) {
                    let files = (tracks.file(*older), tracks.file(*newer));
                    tally.add(make(tally, &Step { files, row, was, is }));
                }
            }
        }
    }
}

/// One figure in two editions.
struct Step<'a> {
    files: (&'a str, &'a str),
    row: &'a Row<'a>,
    was: &'a Measure,
    is: &'a Measure,
}

fn figure_change(tally: &Tally, step: &Step<'_>, severity: Severity, ja: &str, en: &str) -> Finding {
    let (old, new) = (with_ratio(step.was), with_ratio(step.is));
    let (name, year, (a, b)) = (row_name(step.row.indicator, step.row.series), &step.is.label, step.files);
    let finding = tally
        .find(
            severity,
            format!("「{name}」{year}の{ja}: {a} では {old}、{b} では {new}。"),
            format!("{name}, {year}: the {en} is {old} in {a} and {new} in {b}."),
        )
        .indicator(indicator_name(step.row.indicator))
        .year(step.is.year)
        .at_file(a, &step.was.at)
        .at_file(b, &step.is.at);
    changed(finding, (a, b), &old, &new)
}

fn changed(finding: Finding, (a, b): (&str, &str), old: &str, new: &str) -> Finding {
    finding.value("older", old).value("newer", new).value("older_file", a).value("newer_file", b)
}

fn figures(tracks: &Tracks<'_>, tally: &mut Tally) {
    figure_steps(tracks, tally, false, &|tally, step| figure_change(tally, step, Severity::Error, "実績", "actual"));
}

fn targets(tracks: &Tracks<'_>, tally: &mut Tally) {
    figure_steps(tracks, tally, true, &|tally, step| figure_change(tally, step, Severity::Warning, "目標", "target"));
    for track in &tracks.rows {
        let printed: Vec<_> =
            track.seen.iter().filter_map(|(n, row)| Some((*n, row, row.series.target.as_ref()?))).collect();
        for pair in printed.windows(2) {
            let [(older, _, was), (newer, row, is)] = pair else { continue };
            tally.case();
            if same_target(was, is) {
                continue;
            }
            let (a, b) = (tracks.file(*older), tracks.file(*newer));
            let (name, old, new) = (row_name(row.indicator, row.series), &was.text, &is.text);
            let finding = tally.find(
                Severity::Warning,
                format!("「{name}」の目標: {a} では「{old}」、{b} では「{new}」。"),
                format!("{name}: the target is “{old}” in {a} and “{new}” in {b}."),
            );
            let finding = finding.indicator(indicator_name(row.indicator)).at_file(a, &was.at).at_file(b, &is.at);
            tally.add(changed(finding, (a, b), old, new));
        }
    }
}

fn same_target(a: &Target, b: &Target) -> bool {
    let value = |target: &Target| target.value.and_then(|value| Decimal::printed(&target.text, value));
    let equal = match (value(a), value(b)) {
        (Some(a), Some(b)) => a.compare(b).is_some_and(std::cmp::Ordering::is_eq),
        (None, None) => plain(&a.text) == plain(&b.text),
        _ => false,
    };
    let due = |target: &Target| target.due.as_ref().map(|due| due.year);
    let scope = |target: &Target| target.scope.as_deref().map(plain);
    equal && due(a) == due(b) && scope(a) == scope(b) && a.comparison == b.comparison
}

/// The grades of one year in one edition: where, and which.
fn grades_of(year: &YearEntry) -> [(&'static str, &'static str, Option<&Grade>); 2] {
    [("一覧", "summary", year.summary_grade.as_ref()), ("詳細", "detail", year.grade.as_ref())]
}

fn grades(tracks: &Tracks<'_>, tally: &mut Tally) {
    for track in &tracks.initiatives {
        let mut years: Vec<_> =
            track.seen.iter().flat_map(|(_, item)| &item.initiative.years).map(|y| y.year).collect();
        years.sort_unstable();
        years.dedup();
        for year in years {
            let printed: Vec<_> =
                track.seen.iter().filter_map(|(n, item)| Some((*n, item, graded(item, year)?))).collect();
            for pair in printed.windows(2) {
                let [(older, _, was), (newer, item, is)] = pair else { continue };
                tally.case();
                let files = (tracks.file(*older), tracks.file(*newer));
                let legends = (tracks.legend_of(*older), tracks.legend_of(*newer));
                if let Some(finding) = grade_change(tally, item, was, is, files, legends) {
                    tally.add(finding);
                }
            }
        }
    }
}

/// The entry of `year`, if it carries a grade.
fn graded<'a>(item: &Item<'a>, year: i32) -> Option<&'a YearEntry> {
    let entry = item.initiative.years.iter().find(|entry| entry.year == year)?;
    grades_of(entry).iter().any(|(_, _, grade)| grade.is_some()).then_some(entry)
}

/// Whether a grade means the same in both legends: the same letter of another scale is no changed grade.
fn same_meaning((older, newer): (&[ScaleGrade], &[ScaleGrade]), grade: &str) -> bool {
    let meaning =
        |legend: &[ScaleGrade]| legend.iter().find(|one| same(&one.grade, grade)).map(|one| plain(&one.meaning));
    match (meaning(older), meaning(newer)) {
        (Some(older), Some(newer)) => super::pairing::likeness(&older, &newer) >= 50 || older == newer,
        _ => true,
    }
}

/// What changed between two editions' grades of one year: summary against summary, detail against detail, and where
/// the editions have not the same sides, what they have against what they have.
fn grade_change(
    tally: &Tally,
    item: &Item<'_>,
    was: &YearEntry,
    is: &YearEntry,
    (a, b): (&str, &str),
    legends: (&[ScaleGrade], &[ScaleGrade]),
) -> Option<Finding> {
    let both: Vec<_> = grades_of(was)
        .into_iter()
        .zip(grades_of(is))
        .filter_map(|((ja, en, old), (_, _, new))| Some((ja, en, old?, new?)))
        .collect();
    let any = |year: &'_ YearEntry| year.grade.clone().or_else(|| year.summary_grade.clone());
    let (old_any, new_any) = (any(was)?, any(is)?);
    if !same_meaning(legends, &old_any.grade) || !same_meaning(legends, &new_any.grade) {
        return None;
    }
    let compared = if both.is_empty() { vec![("評価", "grade", &old_any, &new_any)] } else { both };
    let differing: Vec<_> = compared.into_iter().filter(|(_, _, old, new)| !same(&old.grade, &new.grade)).collect();
    let (_, _, old, new) = differing.first()?;
    let (name, year) = (initiative_name(item.section, item.initiative), &is.label);
    let sides = |ja: bool| {
        let side = |one: &(&str, &str, &Grade, &Grade)| if ja { one.0.to_owned() } else { one.1.to_owned() };
        differing.iter().map(side).collect::<Vec<_>>().join(if ja { "・" } else { " and " })
    };
    let mut finding = tally
        .find(
            Severity::Error,
            format!("{name} {year}の評価（{}）: {a} では {}、{b} では {}。", sides(true), old.grade, new.grade),
            format!("{name}, {year}: the grade ({}) is {} in {a} and {} in {b}.", sides(false), old.grade, new.grade),
        )
        .initiative(item.section.number, item.initiative.number)
        .year(is.year);
    for (_, _, old, _) in &differing {
        finding = finding.at_file(a, &old.at);
    }
    for (_, _, _, new) in &differing {
        finding = finding.at_file(b, &new.at);
    }
    let sides: Vec<_> = differing.iter().map(|(_, en, _, _)| *en).collect();
    Some(changed(finding, (a, b), &old.grade, &new.grade).value("sides", sides))
}

/// One thing for XDC-04: what it is, what it is called and where.
struct Thing<'a> {
    ja: &'static str,
    en: &'static str,
    name: String,
    words: &'a str,
    at: &'a [Place],
    section: Option<u32>,
    initiative: Option<u32>,
    indicator: Option<&'a str>,
}

fn extent(tracks: &Tracks<'_>, tally: &mut Tally) {
    changes(tracks, tally, &tracks.sections, &|section| Thing {
        ja: "節",
        en: "section",
        name: section_name(section),
        words: section_title(section),
        at: section.title.as_ref().or(section.summary_title.as_ref()).map_or(&[], |title| title.at.as_slice()),
        section: Some(section.number),
        initiative: None,
        indicator: None,
    });
    changes(tracks, tally, &tracks.initiatives, &|item| Thing {
        ja: "取組",
        en: "initiative",
        name: initiative_name(item.section, item.initiative),
        words: title(item.initiative),
        at: item
            .initiative
            .title
            .as_ref()
            .or(item.initiative.description.as_ref())
            .map_or(&[], |title| title.at.as_slice()),
        section: Some(item.section.number),
        initiative: Some(item.initiative.number),
        indicator: None,
    });
    changes(tracks, tally, &tracks.indicators, &|indicator| Thing {
        ja: "指標",
        en: "indicator",
        name: String::new(),
        words: indicator_name(indicator),
        at: indicator.name.as_ref().map_or(&[], |name| name.at.as_slice()),
        section: None,
        initiative: None,
        indicator: Some(indicator_name(indicator)),
    });
    changes(tracks, tally, &tracks.legend, &|grade| Thing {
        ja: "評価基準",
        en: "legend entry",
        name: grade.grade.clone(),
        words: &grade.meaning,
        at: &grade.at,
        section: None,
        initiative: None,
        indicator: None,
    });
}

fn changes<'a, T>(
    tracks: &Tracks<'a>,
    tally: &mut Tally,
    followed: &[Track<T>],
    thing: &dyn for<'t> Fn(&'t T) -> Thing<'t>,
) {
    let last_edition = tracks.editions.len().saturating_sub(1);
    for track in followed {
        tally.case();
        let (Some((first_in, first)), Some((last_in, last))) = (track.seen.first(), track.seen.last()) else {
            continue;
        };
        if *first_in > 0 {
            tally.add(came_or_went(tally, tracks, &thing(first), (*first_in, *first_in - 1), Change::Appeared));
        }
        if *last_in < last_edition {
            tally.add(came_or_went(tally, tracks, &thing(last), (*last_in, *last_in + 1), Change::Disappeared));
        }
        for pair in track.seen.windows(2) {
            let [(older, was), (newer, is)] = pair else { continue };
            let (was, is) = (thing(was), thing(is));
            if plain(was.words) != plain(is.words) {
                tally.add(renamed(tally, &was, &is, (tracks.file(*older), tracks.file(*newer))));
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Change {
    Appeared,
    Disappeared,
}

fn came_or_went(
    tally: &Tally,
    tracks: &Tracks<'_>,
    thing: &Thing<'_>,
    (with, without): (usize, usize),
    change: Change,
) -> Finding {
    let (with, without) = (tracks.file(with), tracks.file(without));
    let (name, words) = (&thing.name, thing.words);
    let (change_ja, change_en) = match change {
        Change::Appeared => ("新たに現れた", "appeared"),
        Change::Disappeared => ("なくなった", "disappeared"),
    };
    let finding = tally.find(
        Severity::Warning,
        format!("{}{name}「{words}」が{change_ja}: {with} にあり、{without} にない。", thing.ja),
        format!("the {} {name} “{words}” {change_en}: it stands in {with} and not in {without}.", thing.en),
    );
    let finding = located(finding, thing).at_file(with, thing.at).value("change", change_en).value("words", words);
    finding.value("in", with).value("not_in", without)
}

fn renamed(tally: &Tally, was: &Thing<'_>, is: &Thing<'_>, (a, b): (&str, &str)) -> Finding {
    let finding = tally.find(
        Severity::Warning,
        format!("{}{}の名前: {a} では「{}」、{b} では「{}」。", is.ja, is.name, was.words, is.words),
        format!("the {} {} is “{}” in {a} and “{}” in {b}.", is.en, is.name, was.words, is.words),
    );
    let finding = located(finding, is).at_file(a, was.at).at_file(b, is.at).value("change", "renamed");
    changed(finding, (a, b), was.words, is.words)
}

fn located(mut finding: Finding, thing: &Thing<'_>) -> Finding {
    finding.section = thing.section;
    finding.initiative = thing.initiative;
    finding.indicator = thing.indicator.map(str::to_owned);
    finding
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_the_same_plan_whatever_year_they_print() {
        let same = |a: &str, b: &str| assert_eq!(without_years(a), without_years(b));
        same("行動計画令和5年度進捗状況", "行動計画令和4年度進捗状況");
        same("行動計画(令和5(2023)年度)実績", "行動計画(令和4(2022)年度)実績");
        assert_ne!(without_years("第2次計画令和5年度"), without_years("第3次計画令和5年度"));
    }
}
