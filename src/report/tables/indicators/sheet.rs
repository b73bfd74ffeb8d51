//! Sheets with one indicator a row, or a few rows told apart by items: figures of years, 基準値, 目標値, 評価 and what
//! else the columns give.

use super::{Reader, common_unit, is_derived, share_target};
use crate::document::Passage;
use crate::report::heading::Heading;
use crate::report::rules::{Role, Rule};
use crate::report::tables::header::Column;
use crate::report::tables::items::Items;
use crate::report::values::{figure, goal, grade, year};
use crate::report::{Indicator, Labelled, Series, SeriesKind};

/// What a column of a KPI sheet gives.
enum Part {
    Figure(SeriesKind),
    Target,
    Grade,
    Responsible,
    Unit,
    Number,
    Other,
}

impl<'t> Reader<'_, '_, '_, 't> {
    /// A sheet with one indicator a row (or a few rows, told apart by `items`).
    pub(super) fn sheet(&mut self, name: usize, items: Option<&Items>) {
        let mut row = self.header.rows;
        while row < self.grid.rows() {
            if let Some(banner) = self.grid.banner(row).or_else(|| self.grid.lone(row)) {
                if self.context.rules.matches(Rule::Note, &banner.text) {
                    if let Some(mut last) = self.indicators.pop() {
                        self.note(&mut last, banner);
                        self.indicators.push(last);
                    }
                } else {
                    self.context.ledger.place(banner);
                    self.group = Some(banner.clone());
                }
                row += 1;
                continue;
            }
            let end = match (items, self.grid.at(row, name)) {
                (Some(_), Some(cell)) => (cell.row + cell.row_span).clamp(row + 1, self.grid.rows()),
                _ => row + 1,
            };
            self.indicator(name, row, end, items);
            row = end;
        }
    }

    fn indicator(&mut self, name: usize, row: usize, end: usize, items: Option<&Items>) {
        let Some(printed) = self.grid.text(row, name) else { return };
        let derived = is_derived(self.context.rules, printed);
        if derived {
            return;
        }
        let heading = Heading::read(self.context.rules, printed);
        let mut indicator = Indicator { name: Some(self.context.part(&heading.title)), ..Indicator::default() };
        let level = self.level(row, name).or_else(|| self.group.clone());
        indicator.group = level.map(|group| {
            self.context.ledger.place(&group);
            self.context.whole(&group)
        });
        let unit = self.header.with_role(Role::Unit).and_then(|column| self.grid.text(row, column));
        let unit = unit.map(|unit| unit.text.trim().trim_matches(|c| "()（）".contains(c)).to_owned());
        let unit = unit.or_else(|| self.context.rules.unit_in(&printed.text)).or_else(|| self.context.unit.clone());
        match items {
            Some(items) => self.item_series(&mut indicator, row, end, items, unit.as_deref()),
            None => self.row_series(&mut indicator, row, unit.as_deref()),
        }
        self.columns(&mut indicator, name, row, unit.as_deref(), items);
        if indicator.series.is_empty() {
            return;
        }
        self.context.ledger.place(printed);
        for series in indicator.series.iter_mut().filter(|series| series.label.is_none()) {
            series.label.clone_from(&indicator.name);
        }
        self.indicators.push(indicator);
    }

    /// The level that holds for `row` in the column of levels nearest to the names, merged or left blank below.
    fn level(&self, row: usize, name: usize) -> Option<Passage> {
        let column = (0..name).rev().find(|column| self.header.columns[*column].role == Some(Role::Level))?;
        (self.header.rows..=row).rev().find_map(|row| self.grid.text(row, column)).cloned()
    }

    /// A series for each row of an indicator that its item names.
    fn item_series(&mut self, indicator: &mut Indicator, row: usize, end: usize, items: &Items, unit: Option<&str>) {
        indicator.years = self.year_list(|column| column.year.is_some());
        for row in row..end {
            let label = self.grid.text(row, items.column).cloned().unwrap_or_default();
            if is_derived(self.context.rules, &label) {
                continue;
            }
            let Some(mut series) = self.series(row, &label) else { continue };
            self.context.ledger.place(&label);
            series.label = (!label.is_blank()).then(|| self.context.whole(&label));
            if let Some(unit) = unit {
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
    fn row_series(&mut self, indicator: &mut Indicator, row: usize, unit: Option<&str>) {
        let yearly_targets = self.header.columns.iter().filter(|c| is_yearly_target(c)).count() >= 2;
        let is_baseline = |column: &Column| matches!(column.role, Some(Role::Baseline));
        let is_goal = |column: &Column| matches!(column.role, Some(Role::Target | Role::Plan | Role::Interim));
        let rate = |column: &Column| matches!(column.role, Some(Role::Rate | Role::Grade | Role::Derived));
        let value =
            |column: &Column| column.year.is_some() && !is_baseline(column) && !is_goal(column) && !rate(column);
        for (column, described) in self.header.columns.iter().enumerate().filter(|(_, c)| is_baseline(c)) {
            let Some(cell) = self.grid.text(row, column) else { continue };
            let year = described.year.clone().or_else(|| year::find(self.context.rules, &cell.text).map(Into::into));
            let Some(read) = figure::read(self.context.rules, cell, unit) else { continue };
            let year = year.unwrap_or_default();
            self.context.ledger.place(cell);
            let series = Series {
                label: described.heading().map(|heading| self.context.whole(heading)),
                kind: SeriesKind::Baseline,
                unit: unit.map(str::to_owned).or_else(|| read.unit.clone()),
                target: None,
                years: vec![read.measure(self.context.document, &year)],
            };
            indicator.series.push(series);
        }
        if yearly_targets {
            let label = self.header.columns.iter().find(|c| is_goal(c)).and_then(Column::heading);
            let years = self.measures(row, unit, is_goal);
            let unit = unit.map(str::to_owned).or_else(|| common_unit(&years));
            let label = label.map(|label| self.context.whole(label));
            indicator.series.push(Series { label, kind: SeriesKind::Target, unit, target: None, years });
        }
        indicator.years = self.year_list(value);
        let years = self.measures(row, unit, value);
        let mut label = None;
        if yearly_targets {
            let heading = self.header.columns.iter().find(|c| value(c) && !c.is_year).and_then(Column::heading);
            label = heading.map(|heading| self.context.whole(heading));
        }
        if !years.is_empty() {
            let unit = unit.map(str::to_owned).or_else(|| common_unit(&years));
            indicator.series.push(Series { label, kind: SeriesKind::Actual, unit, target: None, years });
        }
    }

    /// The columns of a row that are no figures of years.
    fn columns(
        &mut self,
        indicator: &mut Indicator,
        name: usize,
        row: usize,
        unit: Option<&str>,
        items: Option<&Items>,
    ) {
        let yearly_targets = self.header.columns.iter().filter(|c| is_yearly_target(c)).count() >= 2;
        for column in 0..self.grid.columns() {
            let described = &self.header.columns[column];
            if column == name || items.is_some_and(|items| items.column == column) {
                continue;
            }
            // A cell over several columns of the grid is read once.
            let Some(cell) = self.grid.at(row, column).filter(|cell| cell.column == column) else {
                continue;
            };
            let cell = &cell.text;
            if cell.is_blank() {
                continue;
            }
            let part = match described.role {
                Some(Role::Baseline) => Part::Figure(SeriesKind::Baseline),
                Some(Role::Target) if yearly_targets && described.year.is_some() => Part::Figure(SeriesKind::Target),
                Some(Role::Target) => Part::Target,
                Some(Role::Grade) => Part::Grade,
                Some(Role::Responsible) => Part::Responsible,
                Some(Role::Unit) => Part::Unit,
                Some(Role::Number) => Part::Number,
                Some(Role::Actual | Role::Result) if described.year.is_none() => Part::Figure(SeriesKind::Actual),
                Some(
                    Role::Rate
                    | Role::Derived
                    | Role::Remark
                    | Role::Method
                    | Role::Issues
                    | Role::Actions
                    | Role::Status,
                ) => Part::Other,
                Some(Role::Level) if column < name => Part::Number,
                _ if described.year.is_some() => Part::Figure(SeriesKind::Actual),
                _ if column < name => Part::Number,
                _ => Part::Other,
            };
            self.part(indicator, part, column, cell, unit);
        }
    }

    fn part(&mut self, indicator: &mut Indicator, part: Part, column: usize, cell: &'t Passage, unit: Option<&str>) {
        let described = &self.header.columns[column];
        match part {
            Part::Unit | Part::Number => self.context.ledger.structure(cell),
            Part::Responsible => {
                self.context.ledger.place(cell);
                indicator.responsible = Some(self.context.whole(cell));
            }
            Part::Grade => match grade::read(self.context.rules, cell, &self.context.scale) {
                Some(marked) => {
                    self.context.check_grade(&marked);
                    self.context.ledger.place(cell);
                    indicator.grade = Some(marked.grade(self.context.document));
                }
                None if self.context.rules.matches(Rule::NoValue, &cell.text) => self.context.ledger.structure(cell),
                None => self.other(indicator, column, cell),
            },
            Part::Target => {
                let due = described.year.as_ref();
                let read = goal::read(self.context.rules, cell, unit.or(described.unit.as_deref()), due);
                read.iter().for_each(|goal| self.context.check_goal(goal));
                let actual = indicator.series.iter_mut().find(|series| series.kind == SeriesKind::Actual);
                match (read, actual) {
                    (Some(read), Some(series)) if series.target.is_none() => {
                        series.unit = series.unit.take().or_else(|| read.unit.clone());
                        series.target = Some(read.target(self.context.document));
                        self.context.ledger.place(cell);
                    }
                    (Some(read), None) => {
                        self.context.ledger.place(cell);
                        let unit = read.unit.clone();
                        let target = Some(read.target(self.context.document));
                        indicator.series.push(Series { kind: SeriesKind::Actual, unit, target, ..Series::default() });
                    }
                    (None, _) if self.context.rules.matches(Rule::NoValue, &cell.text) => {
                        self.context.ledger.structure(cell)
                    }
                    _ => self.other(indicator, column, cell),
                }
            }
            Part::Figure(SeriesKind::Actual) if described.year.is_none() => {
                let year = self.context.fiscal_year.clone().unwrap_or_default();
                let Some(read) = figure::read(self.context.rules, cell, unit) else {
                    self.other(indicator, column, cell);
                    return;
                };
                self.context.ledger.place(cell);
                let measure = read.measure(self.context.document, &year);
                match indicator.series.iter_mut().find(|series| series.kind == SeriesKind::Actual) {
                    Some(series) => series.years.push(measure),
                    None => indicator.series.push(Series {
                        unit: measure.unit.clone(),
                        years: vec![measure],
                        ..Series::default()
                    }),
                }
                if !indicator.years.iter().any(|known| known.year == year.year) {
                    indicator.years.push(year);
                }
            }
            Part::Figure(_) => {
                let read = indicator
                    .series
                    .iter()
                    .flat_map(|series| &series.years)
                    .any(|m| m.text == cell.text.trim() || cell.text.contains(m.text.as_str()));
                if !read {
                    self.other(indicator, column, cell);
                }
            }
            Part::Other => self.other(indicator, column, cell),
        }
    }

    fn other(&mut self, indicator: &mut Indicator, column: usize, cell: &Passage) {
        let label = self.header.columns[column].heading().map(|heading| heading.text.clone()).unwrap_or_default();
        self.context.ledger.place(cell);
        let text = self.context.whole(cell);
        indicator.other.push(Labelled { label, text: text.text, at: text.at });
    }
}

/// Whether the column gives the target of one year among several.
fn is_yearly_target(column: &Column) -> bool {
    matches!(column.role, Some(Role::Target | Role::Plan)) && column.year.is_some()
}
