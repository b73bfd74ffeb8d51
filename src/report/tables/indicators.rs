//! Rows of figures: tables of one indicator with years as columns, KPI sheets with one indicator a row, and transposed
//! tables with years as rows.

use super::grid::Grid;
use super::header::{Column, Header};
use super::items::Items;
use crate::document::Passage;
use crate::report::context::Context;
use crate::report::heading::Heading;
use crate::report::rules::{Fit, Role, Rule, Rules};
use crate::report::values::figure::{self, Figure};
use crate::report::values::{goal, grade, year};
use crate::report::{FiscalYear, Indicator, Labelled, Measure, Series, SeriesKind};

/// Reads a table whose columns are years (or 基準値, 目標値 …) and whose rows are figures. `title` is the heading above
/// the table, for tables that do not name their indicator.
pub(in crate::report) fn read(
    context: &mut Context,
    grid: &Grid,
    header: &Header,
    title: Option<&Heading>,
) -> Vec<Indicator> {
    let items = Items::find(context.rules, grid, header);
    let mut reader = Reader { context, grid, header, group: None, indicators: Vec::new() };
    reader.headings();
    match reader.name(items.as_ref(), title) {
        Name::Heading(name) => reader.one(&name, items.as_ref()),
        Name::Column(column) => reader.sheet(column, items.as_ref()),
    }
    reader.indicators
}

/// Where the indicators' names stand.
enum Name {
    /// One name for the whole table.
    Heading(Passage),
    /// A column of names.
    Column(usize),
}

struct Reader<'c, 'd, 'g, 't> {
    context: &'c mut Context<'d>,
    grid: &'g Grid<'t>,
    header: &'g Header<'t>,
    group: Option<Passage>,
    indicators: Vec<Indicator>,
}

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
    fn headings(&mut self) {
        for heading in self.header.columns.iter().flat_map(|column| &column.headings) {
            self.context.ledger.structure(heading);
        }
    }

    /// The name stands in the heading over the row labels, above the table, or in a column.
    fn name(&self, items: Option<&Items>, title: Option<&Heading>) -> Name {
        let labels = self.header.year_columns().first().copied().unwrap_or(1);
        let named =
            [Role::Indicator, Role::Name, Role::Description].into_iter().find_map(|role| self.header.with_role(role));
        if let Some(column) = named.filter(|column| items.is_none_or(|items| items.column != *column)) {
            return Name::Column(column);
        }
        let over = (0..labels.min(self.header.columns.len())).find_map(|column| {
            let heading = self.header.columns[column].headings.first()?;
            self.context.rules.label(&heading.text).is_none().then(|| (*heading).clone())
        });
        let title =
            || self.header.titles.last().map(|title| (*title).clone()).or_else(|| title.map(|t| t.title.clone()));
        let only_items = items.is_some_and(|items| items.column == 0 || labels <= 1);
        let measured = title().filter(|name| labels == 1 && self.context.rules.matches(Rule::Measured, &name.text));
        match over {
            Some(name) => Name::Heading(name),
            None if measured.is_some() => measured.map_or(Name::Column(0), Name::Heading),
            None if only_items => title().map_or(Name::Column(0), Name::Heading),
            None => {
                let before = (0..labels).filter(|c| Some(*c) != items.map(|items| items.column));
                Name::Column(
                    before
                        .rev()
                        .find(|c| self.header.columns[*c].role.is_none_or(|role| role == Role::Level))
                        .unwrap_or(0),
                )
            }
        }
    }

    /// A table of one indicator: each row is a series.
    fn one(&mut self, name: &Passage, items: Option<&Items>) {
        self.context.ledger.place(name);
        let mut indicator = Indicator { name: Some(self.context.whole(name)), ..Indicator::default() };
        indicator.years = self.year_list(|_| true);
        let first = self.header.year_columns().first().copied().unwrap_or(1);
        for row in self.header.rows..self.grid.rows() {
            if let Some(banner) = self.grid.banner(row) {
                self.note(&mut indicator, banner);
                continue;
            }
            let column = items.map_or_else(|| first.saturating_sub(1), |items| items.column);
            let label = self.grid.at(row, column).map(|cell| &cell.text).cloned().unwrap_or_default();
            if is_derived(self.context.rules, &label) {
                continue;
            }
            let Some(mut series) = self.series(row, &label) else { continue };
            self.context.ledger.place(&label);
            series.label = (!label.is_blank()).then(|| self.context.whole(&label));
            indicator.series.push(series);
        }
        share_target(&mut indicator);
        self.check_pairing(name, &indicator);
        self.indicators.push(indicator);
    }

    /// Warns where rows under one heading, which the vocabulary does not know, may be indicators of their own.
    fn check_pairing(&mut self, name: &Passage, indicator: &Indicator) {
        let unknown = |series: &&Series| {
            let label = series.label.as_ref().filter(|_| series.kind == SeriesKind::Actual && series.target.is_none());
            label.is_some_and(|label| self.context.rules.label(&label.text).is_none())
        };
        let rows: Vec<String> = indicator
            .series
            .iter()
            .filter(unknown)
            .filter_map(|series| series.label.as_ref().map(|label| label.text.clone()))
            .collect();
        if rows.len() < 2 {
            return;
        }
        let message =
            format!("{:?}: its rows {} were read as its series, and may be indicators", name.text, rows.join("、"));
        self.context.doubt("ambiguous-indicator-pairing", message, name);
    }

    fn note(&mut self, indicator: &mut Indicator, text: &Passage) {
        self.context.ledger.place(text);
        indicator.notes.push(self.context.whole(text));
    }

    /// The figures of a row under the year columns.
    fn series(&mut self, row: usize, label: &Passage) -> Option<Series> {
        let target = goal::in_label(self.context.rules, label);
        let role = self.context.rules.label(&label.text);
        let unit =
            role.as_ref().and_then(|label| label.unit.clone()).or_else(|| self.context.rules.unit_in(&label.text));
        let unit = unit.or_else(|| self.context.unit.clone());
        let kind = match role.as_ref().map(|label| label.role) {
            _ if target.is_some() => SeriesKind::Actual,
            Some(Role::Target | Role::Plan | Role::Interim) => SeriesKind::Target,
            Some(Role::Baseline) => SeriesKind::Baseline,
            _ => SeriesKind::Actual,
        };
        let measures = self.measures(row, unit.as_deref(), |column| column.is_year || column.year.is_some());
        if measures.is_empty() && target.is_none() {
            return None;
        }
        let unit = unit.or_else(|| common_unit(&measures)).or_else(|| target.as_ref().and_then(|t| t.unit.clone()));
        target.iter().for_each(|goal| self.context.check_goal(goal));
        let target = target.map(|target| target.target(self.context.document));
        Some(Series { label: None, kind, unit, target, years: measures })
    }

    fn measures(&mut self, row: usize, unit: Option<&str>, wanted: impl Fn(&Column) -> bool) -> Vec<Measure> {
        let mut measures = Vec::new();
        let mut column = 0;
        while column < self.grid.columns() {
            let Some(cell) = self.grid.at(row, column) else { break };
            let next = (cell.column + cell.column_span).max(column + 1);
            let described = &self.header.columns[column];
            if wanted(described)
                && let Some(year) = &described.year
                && let Some(read) = self.figure(&cell.text, unit.or(described.unit.as_deref()))
            {
                self.context.ledger.place(&cell.text);
                measures.push(read.measure(self.context.document, year));
            }
            column = next;
        }
        measures
    }

    /// The figure of a cell; a range or a number that can be read in two ways keeps its text and has no value.
    fn figure(&mut self, cell: &Passage, unit: Option<&str>) -> Option<Figure> {
        let read = figure::read(self.context.rules, cell, unit);
        if read.is_some() || !self.context.rules.matches(Rule::SeveralNumbers, &cell.text) {
            return read;
        }
        let message = format!("{:?} is no single number; it was kept as text without a value", cell.text.trim());
        self.context.doubt("ambiguous-number", message, cell);
        Some(Figure { text: cell.slice(0..cell.text.len()), ..Figure::default() })
    }

    fn year_list(&self, wanted: impl Fn(&Column) -> bool) -> Vec<FiscalYear> {
        let mut years: Vec<FiscalYear> = Vec::new();
        for column in self.header.columns.iter().filter(|column| wanted(column)) {
            if let Some(year) = &column.year
                && !years.iter().any(|known| known.year == year.year)
            {
                years.push(year.clone());
            }
        }
        years
    }

    /// A sheet with one indicator a row (or a few rows, told apart by `items`).
    fn sheet(&mut self, name: usize, items: Option<&Items>) {
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

/// Whether a row is derived from others (前年比, 増減) and no indicator: its name is such a word and nothing else.
fn is_derived(rules: &Rules, name: &Passage) -> bool {
    rules.label(&name.text).is_some_and(|label| label.role == Role::Derived && label.fit == Fit::Whole)
}

/// Whether the column gives the target of one year among several.
fn is_yearly_target(column: &Column) -> bool {
    matches!(column.role, Some(Role::Target | Role::Plan)) && column.year.is_some()
}

/// A row of one target only (目標 beside 実績) that names no year is the target of the actual figures.
fn share_target(indicator: &mut Indicator) {
    indicator.series.retain(|series| !series.years.is_empty() || series.target.is_some());
}

/// The unit that all figures have.
fn common_unit(measures: &[Measure]) -> Option<String> {
    let mut units = measures.iter().filter(|m| m.value.is_some()).map(|m| m.unit.clone());
    let first = units.next()??;
    units.all(|unit| unit.as_deref() == Some(first.as_str())).then_some(first)
}

/// Reads a table whose rows are years and whose columns are indicators; `None` when it is none.
pub(in crate::report) fn transposed(context: &mut Context, grid: &Grid) -> Option<Vec<Indicator>> {
    let labels: Vec<&str> =
        (0..grid.rows()).map(|row| grid.text(row, 0).map_or("", |text| text.text.as_str())).collect();
    let years: Vec<Option<FiscalYear>> =
        (0..grid.rows()).map(|row| year::whole(context.rules, labels[row]).map(Into::into)).collect();
    let years = if years.iter().flatten().count() >= 2 {
        years
    } else {
        year::run(context.rules, &labels).into_iter().map(|year| year.map(Into::into)).collect()
    };
    let first = years.iter().position(Option::is_some)?;
    let target = |row: usize| context.rules.label(labels[row]).filter(|label| label.role == Role::Target);
    let head = (0..first).find(|row| target(*row).is_some()).unwrap_or(first);
    if years.iter().flatten().count() < 2 || head == 0 {
        return None;
    }
    let mut indicators = Vec::new();
    for column in 1..grid.columns() {
        let Some(name) = (0..head).rev().find_map(|row| grid.text(row, column)) else { continue };
        let mut indicator = Indicator { name: Some(context.whole(name)), ..Indicator::default() };
        let unit = context.rules.unit_in(&name.text);
        let mut series = Series { label: indicator.name.clone(), unit: unit.clone(), ..Series::default() };
        context.ledger.place(name);
        for row in head..grid.rows() {
            let Some(cell) = grid.text(row, column) else { continue };
            if let Some(year) = &years[row] {
                if let Some(read) = figure::read(context.rules, cell, unit.as_deref()) {
                    context.ledger.place(cell);
                    series.years.push(read.measure(context.document, year));
                }
            } else if let Some(label) = context.rules.label(labels[row]).filter(|label| label.role == Role::Target) {
                let due = label.year.map(FiscalYear::from);
                if let Some(read) = goal::read(context.rules, cell, unit.as_deref(), due.as_ref()) {
                    context.check_goal(&read);
                    context.ledger.place(cell);
                    series.target = Some(read.target(context.document));
                }
            }
        }
        indicator.years = years.iter().flatten().cloned().collect();
        let target_unit = series.target.as_ref().and_then(|target| target.unit.clone());
        series.unit = series.unit.take().or_else(|| common_unit(&series.years)).or(target_unit);
        // The column is the indicator: its unit holds for a sign that stands for "no value", too.
        for measure in series.years.iter_mut().filter(|measure| measure.unit.is_none()) {
            measure.unit.clone_from(&series.unit);
        }
        if !series.years.is_empty() {
            indicator.series.push(series);
            indicators.push(indicator);
        }
    }
    if indicators.is_empty() {
        return None;
    }
    for row in 0..grid.rows() {
        if let Some(label) = grid.text(row, 0) {
            context.ledger.structure(label);
        }
        if row < head {
            for cell in grid.row(row) {
                context.ledger.structure(&cell.text);
            }
        }
    }
    Some(indicators)
}
