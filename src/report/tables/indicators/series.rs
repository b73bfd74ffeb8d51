//! The figures of an indicator's rows under the columns of years: actual figures, targets a year, the baseline.

use super::{Reader, common_unit, is_derived, share_target};
use crate::document::Passage;
use crate::report::lines::joined;
use crate::report::rules::Role;
use crate::report::tables::header::{Column, Header};
use crate::report::tables::items::Items;
use crate::report::values::fold::key;
use crate::report::values::{figure, year};
use crate::report::{FiscalYear, Indicator, Series, SeriesKind, Text};

impl<'t> Reader<'_, '_, '_, 't> {
    /// A series for each row of an indicator that its item names.
    pub(super) fn item_series(
        &mut self,
        indicator: &mut Indicator,
        row: usize,
        end: usize,
        items: &Items,
        unit: Option<&str>,
    ) {
        indicator.years = self.year_list(is_value);
        self.baselines(indicator, row, unit);
        let header = self.header;
        let value = |column: usize| header.columns.get(column).is_some_and(is_value);
        for row in row..end {
            let (label, role) = self.row_label(row, Some(items));
            if is_derived(self.context.rules, &label) {
                continue;
            }
            let Some(mut series) = self.series(row, &label, role, value) else { continue };
            self.context.ledger.place(&label);
            series.label = (!label.is_blank()).then(|| self.context.whole(&joined(&label)));
            // A rate has its own unit, whatever its indicator is counted in.
            let rate = self.context.rules.label(&label.text).is_some_and(|label| label.role == Role::Rate);
            if let Some(unit) = unit.filter(|_| !rate) {
                series.unit.get_or_insert_with(|| unit.to_owned());
                for measure in series.years.iter_mut().filter(|m| m.unit.is_none() && m.value.is_some()) {
                    measure.unit = Some(unit.to_owned());
                }
            }
            indicator.series.push(series);
        }
        share_target(indicator);
    }

    /// The series of a row: actual figures, and where the columns give them, targets a year and the baseline.
    pub(super) fn row_series(&mut self, indicator: &mut Indicator, row: usize, unit: Option<&str>) {
        let header = self.header;
        let yearly = self.yearly_targets();
        self.baselines(indicator, row, unit);
        let first = yearly.first().and_then(|first| header.columns.get(*first));
        if first.is_some() {
            let label = first.and_then(|column| self.word_of(column));
            self.columns_series(indicator, row, unit, SeriesKind::Target, label, |column| yearly.contains(&column));
        }
        indicator.years = self.year_list(is_value);
        let value = |column: usize| header.columns.get(column).is_some_and(is_value);
        if let Some((level, headings)) = divided(header) {
            for heading in headings {
                let label = Some(self.context.whole(&joined(heading)));
                let own = |column: usize| value(column) && is_under(&header.columns[column], level, heading);
                self.columns_series(indicator, row, unit, SeriesKind::Actual, label, own);
            }
            return;
        }
        let named = header.columns.iter().find(|column| is_value(column) && (!column.is_year || column.role.is_some()));
        let label = named.filter(|_| first.is_some()).and_then(|column| self.word_of(column));
        self.columns_series(indicator, row, unit, SeriesKind::Actual, label, value);
    }

    /// The heading that says what a column holds, without the year that it names: 実績 of R3実績.
    fn word_of(&self, column: &Column) -> Option<Text> {
        let heading = joined(column.naming()?);
        let year = column.year.as_ref().and_then(|year| {
            let at = heading.text.find(year.label.as_str())?;
            Some(at..at + year.label.len())
        });
        let sides = year.map(|year| [heading.slice(0..year.start), heading.slice(year.end..heading.text.len())]);
        let inside = |side: &Passage| {
            let frame = |c: char| c.is_whitespace() || "()（）[]［］の".contains(c);
            let start = side.text.len() - side.text.trim_start_matches(frame).len();
            side.slice(start..side.text.trim_end_matches(frame).len().max(start))
        };
        let word = sides.iter().flatten().map(inside).find(|side| !side.is_blank());
        Some(match word {
            Some(word) => self.context.part(&word),
            None => self.context.whole(&heading),
        })
    }

    /// One series of the columns that are `wanted`, if they hold a figure.
    fn columns_series(
        &mut self,
        indicator: &mut Indicator,
        row: usize,
        unit: Option<&str>,
        kind: SeriesKind,
        label: Option<Text>,
        wanted: impl Fn(usize) -> bool,
    ) {
        let years = self.measures(row, unit, wanted);
        if !years.is_empty() {
            let unit = unit.map(str::to_owned).or_else(|| common_unit(&years));
            indicator.series.push(Series { label, kind, unit, target: None, years });
        }
    }

    /// A series for each 基準値 column. A cell can name its own year: 3.2%(H29).
    pub(super) fn baselines(&mut self, indicator: &mut Indicator, row: usize, unit: Option<&str>) {
        let header = self.header;
        for (column, described) in header.columns.iter().enumerate().filter(|(_, c)| is_baseline(c)) {
            let dates = |at: usize| header.columns.get(at).is_some_and(|other| described.dates(other));
            if column.checked_sub(1).is_some_and(dates) || dates(column + 1) {
                continue;
            }
            // A cell over several columns of the grid is read once.
            let cell = self.grid.at(row, column).filter(|cell| cell.column == column && !cell.text.is_blank());
            let Some(cell) = cell.map(|cell| &cell.text) else { continue };
            let beside = self.year_beside(column).and_then(|at| self.grid.text(row, at));
            let whole = beside.and_then(|text| Some((text, year::whole(self.context.rules, &text.text)?)));
            let own = || year::find(self.context.rules, &cell.text).map(FiscalYear::from);
            let year = described.year.clone().or_else(|| whole.clone().map(|(_, year)| year.into())).or_else(own);
            let own = self.unit_at(unit, column);
            let Some(read) = figure::read(self.context.rules, cell, own.as_deref()) else { continue };
            let year: FiscalYear = year.unwrap_or_default();
            self.context.ledger.place(cell);
            if let Some((text, _)) = &whole {
                self.context.ledger.place(text);
                self.taken.extend(self.year_beside(column));
            }
            let under = whole.is_some() && !described.own_role;
            let naming = if under { described.over() } else { described.naming() };
            let series = Series {
                label: naming.map(|heading| self.context.whole(&joined(heading))),
                kind: SeriesKind::Baseline,
                unit: unit.map(str::to_owned).or_else(|| read.unit.clone()),
                target: None,
                years: vec![read.measure(self.context.document, &year)],
            };
            indicator.series.push(series);
        }
    }

    /// The column that gives the year of a baseline cell: 年度 beside 数値 under 当初値, 基準年度 beside 基準値.
    pub(super) fn year_beside(&self, column: usize) -> Option<usize> {
        let columns = &self.header.columns;
        let own = columns.get(column).filter(|own| is_baseline(own) && own.year.is_none())?;
        let mut beside = [column.checked_sub(1), Some(column + 1)].into_iter().flatten();
        let dating = beside.find(|at| columns.get(*at).is_some_and(|other| other.dates(own)));
        if dating.is_some() {
            return dating;
        }
        let over = columns.get(column).filter(|own| is_baseline(own) && own.year.is_none() && !own.own_role)?.over()?;
        let tells = |other: &Column| {
            other.own_role && other.role == Some(Role::Year) && other.over().is_some_and(|own| std::ptr::eq(own, over))
        };
        columns.iter().position(tells)
    }

    /// The columns that give targets of a year each, if there are several. One of another word than the rest gives the
    /// target that all years lead to: 目標値（令和９年度） beside 計画値 under each year.
    pub(super) fn yearly_targets(&self) -> Vec<usize> {
        let goals: Vec<(usize, &Column)> =
            self.header.columns.iter().enumerate().filter(|(_, column)| is_yearly_target(column)).collect();
        if goals.len() < 2 {
            return Vec::new();
        }
        let words: Vec<Option<String>> = goals.iter().map(|(_, column)| word(column)).collect();
        let again = |at: usize| words.iter().enumerate().any(|(other, word)| other != at && *word == words[at]);
        let kept = goals.iter().enumerate().filter(|(at, (_, column))| column.role == Some(Role::Plan) || again(*at));
        kept.map(|(_, (column, _))| *column).collect()
    }
}

/// The word of a heading, whatever year stands beside it.
fn word(column: &Column) -> Option<String> {
    let text = column.naming()?.text.replace('\n', "");
    let label = column.year.as_ref().map_or("", |year| year.label.as_str());
    let rest = if label.is_empty() { text } else { text.replace(label, "") };
    Some(key(&rest).trim_matches(|c| "()[]の".contains(c)).to_owned())
}

/// How value columns are told apart where one year has several: the level of headings that does it, counted from the
/// innermost one (男, 女, 計 under 令和５年度; 男性 and 女性 each over the same years), and the headings.
pub(super) fn divided<'t>(header: &Header<'t>) -> Option<(usize, Vec<&'t Passage>)> {
    let values: Vec<&Column<'t>> = header.columns.iter().filter(|column| is_value(column)).collect();
    (0..2).find_map(|level| {
        let told = |column: &Column<'t>| heading_at(column, level).filter(|_| level > 0 || !column.is_year);
        let mut headings: Vec<&'t Passage> = Vec::new();
        for heading in values.iter().filter_map(|column| told(column)) {
            if !headings.iter().any(|known| known.text == heading.text) {
                headings.push(heading);
            }
        }
        let text = |column: &Column<'t>| heading_at(column, level).map(|heading| heading.text.as_str());
        let year = |column: &Column| column.year.as_ref().map(|year| year.year);
        let twice = values.iter().enumerate().any(|(at, column)| {
            values.iter().skip(at + 1).any(|other| year(column) == year(other) && text(column) != text(other))
        });
        (twice && headings.len() > 1).then_some((level, headings))
    })
}

/// Whether the column stands under `heading` at a level of headings.
pub(super) fn is_under(column: &Column, level: usize, heading: &Passage) -> bool {
    heading_at(column, level).is_some_and(|own| own.text == heading.text)
}

/// The heading of a column at a level, counted from the innermost one.
fn heading_at<'t>(column: &Column<'t>, level: usize) -> Option<&'t Passage> {
    let at = column.headings.len().checked_sub(level + 1)?;
    column.headings.get(at).copied()
}

/// Whether the column gives the target of one year among several.
fn is_yearly_target(column: &Column) -> bool {
    matches!(column.role, Some(Role::Target | Role::Plan)) && column.year.is_some() && !column.worded
}

fn is_baseline(column: &Column) -> bool {
    column.role == Some(Role::Baseline)
}

pub(super) fn is_goal(column: &Column) -> bool {
    matches!(column.role, Some(Role::Target | Role::Plan | Role::Interim))
}

/// Whether the column gives actual figures of a year.
pub(super) fn is_value(column: &Column) -> bool {
    // Figures can stand in years under 達成状況; a grade stands under a heading of its own.
    let graded = column.role == Some(Role::Grade) && !column.is_year;
    let other = graded
        || column.worded
        || matches!(column.role, Some(Role::Rate | Role::Derived | Role::Remark | Role::Midway));
    column.year.is_some() && !is_baseline(column) && !is_goal(column) && !other
}
