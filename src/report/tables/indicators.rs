//! Rows of figures: tables of one indicator with years as columns, KPI sheets with one indicator a row, and transposed
//! tables with years as rows.

mod parts;
mod series;
mod sheet;
#[cfg(test)]
mod tests;
mod tiered;
mod transposed;
mod undated;

pub(in crate::report) use transposed::transposed;
pub(in crate::report) use undated::undated;

use super::grid::Grid;
use super::header::{Column, Header};
use super::items::Items;
use crate::document::Passage;
use crate::report::context::Context;
use crate::report::heading::Heading;
use crate::report::lines;
use crate::report::rules::{Role, Rule, Rules};
use crate::report::values::figure::{self, Figure};
use crate::report::values::fold::key;
use crate::report::values::goal;
use crate::report::{FiscalYear, Indicator, Measure, Series, SeriesKind};

/// Reads a table whose columns are years (or 基準値, 目標値 …) and whose rows are figures. `title` is the heading above
/// the table, for tables that do not name their indicator.
pub(in crate::report) fn read(
    context: &mut Context,
    grid: &Grid,
    header: &Header,
    title: Option<&Heading>,
) -> Vec<Indicator> {
    let items = Items::find(context.rules, grid, header);
    let mut reader =
        Reader { context, grid, header, group: None, grouped: false, taken: Vec::new(), indicators: Vec::new() };
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
    /// The heading inside the table that holds for the rows below it.
    group: Option<Passage>,
    /// Whether that heading stands across the whole table.
    grouped: bool,
    /// Columns whose cells in the row at hand are read already.
    taken: Vec<usize>,
    indicators: Vec<Indicator>,
}

impl<'t> Reader<'_, '_, '_, 't> {
    fn headings(&mut self) {
        for heading in self.header.columns.iter().flat_map(|column| &column.headings) {
            self.context.ledger.structure(heading);
        }
    }

    /// The name stands in the heading over the row labels, above the table, or in a column.
    fn name(&mut self, items: Option<&Items>, title: Option<&Heading>) -> Name {
        let labels = self.header.first_value().unwrap_or(1);
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
        let name = over.or(measured).or_else(|| if only_items { title() } else { None });
        let Some(name) = name else {
            if only_items {
                return Name::Column(0);
            }
            let before = (0..labels).filter(|c| Some(*c) != items.map(|items| items.column));
            let plain = |c: &usize| self.header.columns[*c].role.is_none_or(|role| role == Role::Level);
            return Name::Column(before.rev().find(plain).unwrap_or(0));
        };
        let rows = (self.header.rows..self.grid.rows()).filter(|row| self.grid.banner(*row).is_none());
        let several = rows.filter_map(|row| self.grid.text(row, labels.saturating_sub(1))).nth(1).is_some();
        if items.is_none() && several && series::divided(self.header).is_some() {
            // Each row has a series for each of the bands over the years: it is an indicator.
            self.group = Some(name);
            return Name::Column(labels.saturating_sub(1));
        }
        Name::Heading(name)
    }

    /// A table of one indicator: each row is a series.
    fn one(&mut self, name: &Passage, items: Option<&Items>) {
        self.context.ledger.place(name);
        let mut indicator = Indicator { name: Some(self.context.whole(name)), ..Indicator::default() };
        indicator.years = self.year_list(series::is_value);
        let header = self.header;
        let division = series::divided(header);
        let bands: Vec<Option<&Passage>> = match &division {
            Some((_, headings)) => headings.iter().copied().map(Some).collect(),
            None => vec![None],
        };
        let level = division.as_ref().map_or(0, |(level, _)| *level);
        for row in header.rows..self.grid.rows() {
            if let Some(banner) = self.grid.banner(row) {
                self.note(&mut indicator, banner);
                continue;
            }
            let (label, role) = self.row_label(row, items);
            if is_derived(self.context.rules, &label) {
                continue;
            }
            for band in &bands {
                let within = |column: &Column| band.is_none_or(|band| series::is_under(column, level, band));
                let wanted = |column: usize| {
                    header.columns.get(column).is_some_and(|column| series::is_value(column) && within(column))
                };
                let Some(mut series) = self.series(row, &label, role, wanted) else { continue };
                self.context.ledger.place(&label);
                let name = band.unwrap_or(&label);
                series.label = (!name.is_blank()).then(|| self.context.whole(&lines::joined(name)));
                self.row_goal(&mut series, row, within);
                let has_baseline = indicator.series.iter().any(|series| series.kind == SeriesKind::Baseline);
                if series.kind == SeriesKind::Actual && !has_baseline {
                    self.baselines(&mut indicator, row, series.unit.clone().as_deref());
                }
                indicator.series.push(series);
            }
        }
        share_target(&mut indicator);
        if division.is_none() {
            self.check_pairing(name, &indicator);
        }
        self.indicators.push(indicator);
    }

    /// The label of a row, and what its items say that it holds: that of the cell itself, or beside merged items
    /// (計画値 over 量の見込み and 確保方策) that of the row.
    fn row_label(&mut self, row: usize, items: Option<&Items>) -> (Passage, Option<Role>) {
        let first = self.header.first_value().unwrap_or(1);
        let column = items.map_or_else(|| first.saturating_sub(1), |items| items.column);
        let text = |column: usize| self.grid.at(row, column).map(|cell| cell.text.clone()).unwrap_or_default();
        let role = items.and_then(|items| items.roles.get(row).copied().flatten());
        if let Some(inner) = items.and_then(|items| items.divided).filter(|inner| !text(*inner).is_blank()) {
            self.context.ledger.structure(&text(column));
            return (text(inner), role);
        }
        (text(column), role)
    }

    /// The target that stands in a column beside the years of a row.
    fn row_goal(&mut self, series: &mut Series, row: usize, within: impl Fn(&Column) -> bool) {
        let header = self.header;
        let columns = header.columns.iter().enumerate().filter(|(_, column)| series::is_goal(column) && within(column));
        for (column, described) in columns {
            let Some(cell) = self.grid.text(row, column) else { continue };
            let unit = self.unit_at(series.unit.as_deref(), column);
            let read = goal::read(self.context.rules, cell, unit.as_deref(), described.year.as_ref());
            let Some(read) = read.filter(|_| series.target.is_none() && series.kind == SeriesKind::Actual) else {
                continue;
            };
            self.context.check_goal(&read);
            self.context.ledger.place(cell);
            series.target = Some(read.target(self.context.document));
        }
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
        let nameless = indicator.series.iter().filter(|series| series.label.is_none()).count();
        if nameless > 1 {
            let message = format!("{:?}: {nameless} of its rows have no label that says whose they are", name.text);
            self.context.doubt("ambiguous-indicator-pairing", message, name);
        }
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
    fn series(
        &mut self,
        row: usize,
        label: &Passage,
        item: Option<Role>,
        wanted: impl Fn(usize) -> bool,
    ) -> Option<Series> {
        let target = goal::in_label(self.context.rules, label);
        let role = self.context.rules.label(&label.text);
        let unit =
            role.as_ref().and_then(|label| label.unit.clone()).or_else(|| self.context.rules.unit_in(&label.text));
        let unit = unit.or_else(|| self.context.rate_unit(&label.text)).or_else(|| self.counted(&label.text));
        let kind = match item.or(role.as_ref().map(|label| label.role)) {
            _ if target.is_some() => SeriesKind::Actual,
            Some(role) => kind_of(role),
            None => SeriesKind::Actual,
        };
        let measures = self.measures(row, unit.as_deref(), wanted);
        if measures.is_empty() && target.is_none() {
            return None;
        }
        let unit = unit
            .or_else(|| common_unit(&measures))
            .or_else(|| self.context.unit.whole.clone())
            .or_else(|| target.as_ref().and_then(|t| t.unit.clone()));
        target.iter().for_each(|goal| self.context.check_goal(goal));
        let target = target.map(|target| target.target(self.context.document));
        Some(Series { label: None, kind, unit, target, years: measures })
    }

    fn measures(&mut self, row: usize, unit: Option<&str>, wanted: impl Fn(usize) -> bool) -> Vec<Measure> {
        let mut measures = Vec::new();
        let mut column = 0;
        while column < self.grid.columns() {
            let Some(cell) = self.grid.at(row, column) else { break };
            let next = (cell.column + cell.column_span).max(column + 1);
            let described = &self.header.columns[column];
            if wanted(column)
                && let Some(year) = &described.year
                && let Some(read) = self.figure(&cell.text, self.unit_at(unit, column).as_deref())
            {
                self.context.ledger.place(&cell.text);
                self.context.check_year(&cell.text, year);
                measures.push(read.measure(self.context.document, year));
            }
            column = next;
        }
        measures
    }

    /// The unit that a label counts in, where that above the table cannot be its: 実施か所数 in a table of 人日.
    fn counted(&self, label: &str) -> Option<String> {
        let whole = self.context.unit.whole.as_deref().map(key)?;
        let label = key(label);
        let stem = label.split('(').next()?.strip_suffix('数')?;
        let mut ends = stem.char_indices().map(|(at, _)| &stem[at..]);
        let unit = ends.find(|end| self.context.rules.is_unit(end))?;
        (!whole.ends_with(unit)).then(|| unit.to_owned())
    }

    /// The unit of a cell that prints none: its row's, else its column's, else that of the whole table.
    fn unit_at(&self, row: Option<&str>, column: usize) -> Option<String> {
        let described = self.header.columns.get(column);
        let own = row.or(described.and_then(|column| column.unit.as_deref())).map(str::to_owned);
        let headings = described.into_iter().flat_map(|column| &column.headings);
        let rate = || headings.into_iter().find_map(|heading| self.context.rate_unit(&heading.text));
        own.or_else(rate).or_else(|| self.context.unit.whole.clone())
    }

    /// The figure of a cell; a range or a number that can be read in two ways keeps its text and has no value. So does a
    /// word that says why there is none: 未実施.
    fn figure(&mut self, cell: &Passage, unit: Option<&str>) -> Option<Figure> {
        let read = figure::in_year(self.context.rules, cell, unit);
        let bare = || Figure { text: cell.slice(0..cell.text.len()), ..Figure::default() };
        if read.is_none() && self.context.rules.matches(Rule::StatusWord, &cell.text) {
            return Some(bare());
        }
        let several = self.context.rules.matches(Rule::SeveralNumbers, &cell.text)
            || read.is_none() && figure::is_several(self.context.rules, cell);
        if read.is_some() || !several {
            return read;
        }
        let message = format!("{:?} is no single number; it was kept as text without a value", cell.text.trim());
        self.context.doubt("ambiguous-number", message, cell);
        Some(bare())
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
}

/// Whether a row is derived from others (前年比, 増減) and no indicator: its name is such a word and nothing else.
fn is_derived(rules: &Rules, name: &Passage) -> bool {
    rules.role_of(&name.text) == Some(Role::Derived) || rules.matches(Rule::Difference, &name.text)
}

/// What the figures under or beside a word are.
fn kind_of(role: Role) -> SeriesKind {
    match role {
        Role::Target | Role::Plan | Role::Interim => SeriesKind::Target,
        Role::Baseline => SeriesKind::Baseline,
        _ => SeriesKind::Actual,
    }
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
