//! Takes editions, follows their sections, initiatives, indicators, rows and legends through them.

use super::figures::{differ, with_ratio};
use super::{Edition, History, HistoryValue};
use crate::audit::figures::indicator_name;
use crate::audit::legend::sign;
use crate::audit::pairing::{Key, Track, follow};
use crate::audit::subject::plain;
use crate::report::{Indicator, Initiative, Measure, Report, ScaleGrade, Section, Series};
use std::collections::BTreeMap;

/// One row of figures of one indicator.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'a> {
    pub(super) indicator: &'a Indicator,
    pub(super) series: &'a Series,
}

/// One initiative in its section.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item<'a> {
    pub(super) section: &'a Section,
    pub(super) initiative: &'a Initiative,
}

/// Everything that is followed through the editions.
#[derive(Debug)]
pub(in crate::audit) struct Tracks<'a> {
    pub(super) editions: &'a [Edition<'a>],
    pub(super) sections: Vec<Track<&'a Section>>,
    pub(super) initiatives: Vec<Track<Item<'a>>>,
    pub(super) indicators: Vec<Track<&'a Indicator>>,
    pub(super) rows: Vec<Track<Row<'a>>>,
    pub(super) legend: Vec<Track<&'a ScaleGrade>>,
}

impl<'a> Tracks<'a> {
    pub(super) fn new(editions: &'a [Edition<'a>]) -> Self {
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

    pub(super) fn file(&self, edition: usize) -> &'a str {
        self.editions.get(edition).map_or("", |edition| edition.file)
    }

    /// The year that an edition reports on.
    pub(super) fn year_of(&self, edition: usize) -> Option<i32> {
        self.editions.get(edition).and_then(|one| one.report.document.fiscal_year.as_ref()).map(|fiscal| fiscal.year)
    }

    pub(super) fn legend_of(&self, edition: usize) -> &'a [ScaleGrade] {
        self.editions.get(edition).map_or(&[], |edition| &edition.report.grade_scale)
    }

    pub(super) fn history(&self) -> Vec<History> {
        let mut all = Vec::new();
        for track in &self.rows {
            let Some((_, newest)) = track.seen.last() else { continue };
            for year in years_of(track) {
                let printed: Vec<_> =
                    track.seen.iter().filter_map(|(n, row)| Some((*n, measure(row, year)?))).collect();
                let changed = printed.windows(2).any(|pair| matches!(pair, [a, b] if differ(a.1, b.1)));
                let value = |(edition, measure): &(usize, &Measure)| HistoryValue {
                    file: self.file(*edition).to_owned(),
                    fiscal_year: self.year_of(*edition),
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

pub(super) fn section_title(section: &Section) -> &str {
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

pub(super) fn title(initiative: &Initiative) -> &str {
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
    let key =
        |(at, one): (usize, _)| (Key::new(0, number(at), indicator_name(one), &group(one)).with_facts(facts(one)), one);
    report.indicators.iter().enumerate().map(key).collect()
}

/// What an indicator prints for each year, with its target: a renamed indicator is known by them.
fn facts(indicator: &Indicator) -> BTreeMap<String, String> {
    let mut facts = BTreeMap::new();
    for (at, series) in indicator.series.iter().enumerate() {
        for measure in series.years.iter().filter(|measure| measure.value.is_some()) {
            facts.insert(format!("{at}/{}", measure.year), plain(&with_ratio(measure)));
        }
        if let Some(target) = &series.target {
            facts.insert(format!("{at}/target"), plain(&target.text));
        }
    }
    facts
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
        Key { words: format!("{}{}", plain(scale), sign(&grade.grade)), ..Key::default() }
    };
    report.grade_scale.iter().map(|grade| (key(grade), grade)).collect()
}

pub(super) fn years_of(track: &Track<Row<'_>>) -> Vec<i32> {
    let mut years: Vec<_> =
        track.seen.iter().flat_map(|(_, row)| row.series.years.iter().map(|one| one.year)).collect();
    years.sort_unstable();
    years.dedup();
    years
}

pub(super) fn measure<'a>(row: &Row<'a>, year: i32) -> Option<&'a Measure> {
    row.series.years.iter().find(|measure| measure.year == year)
}
