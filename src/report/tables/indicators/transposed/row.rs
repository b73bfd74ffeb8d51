//! What the rows of a table with years as rows give, by their labels: a year, and beside or around it 目標, 基準値 or 実績;
//! or 単位, 担当課, 達成率.

use super::own;
use crate::document::Passage;
use crate::report::FiscalYear;
use crate::report::context::Context;
use crate::report::rules::{Fit, Label, Role};
use crate::report::tables::grid::Grid;
use crate::report::values::year::{self, Anchor, Year};
use crate::report::values::{figure, goal};

/// Columns in which the years are looked for: a label such as 実績 can stand before them.
const SEARCHED: usize = 2;

/// What a row of the table gives.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Row {
    /// Figures of a year.
    Year(FiscalYear),
    /// The figures that hold when the plan was made, with the row's label.
    Baseline(FiscalYear, Passage),
    /// The targets of a year that has figures of its own, with the row's label.
    Aimed(FiscalYear, Passage),
    /// Targets, for a year where the label names one.
    Target(Option<FiscalYear>),
    /// Grades.
    Grade,
    /// Units.
    Unit,
    /// Departments.
    Responsible,
    /// What an indicator has no member for, with the row's label.
    Told(Passage),
    /// Nothing that is known; its figures are left.
    Unknown,
}

/// The rows of a table.
pub(super) struct Rows<'t> {
    /// Columns of labels.
    pub(super) labels: usize,
    /// One for each row.
    pub(super) rows: Vec<Row>,
    /// Labels of years that name no era, read by the year reported on.
    pub(super) supposed: Vec<&'t Passage>,
}

impl<'t> Rows<'t> {
    /// `None` without years below each other.
    pub(super) fn of(context: &Context, grid: &Grid<'t>) -> Option<Self> {
        let mut columns = 0..SEARCHED.min(grid.columns());
        let (column, (years, anchor)) = columns.find_map(|column| Some((column, below(context, grid, column)?)))?;
        // 目標 and 実績 can stand between a year and its figures.
        let labels = column + 1 + usize::from(says_which(context, grid, column + 1, &years));
        let supposed = years.iter().enumerate().filter(|(_, year)| anchor == Anchor::Reported && year.is_some());
        let supposed = supposed.filter_map(|(row, _)| grid.text(row, column)).collect();
        let rows = years.into_iter().enumerate().map(|(row, year)| meaning(context, grid, row, labels, year)).collect();
        let mut all = Self { labels, rows, supposed };
        all.tell_aimed(context, grid);
        Some(all)
    }

    /// Targets of several years that have figures of their own are targets of these years: 目標 and 実績 beside each.
    fn tell_aimed(&mut self, context: &Context, grid: &Grid) {
        let years = self.rows.iter().filter_map(|row| if let Row::Year(year) = row { Some(year.year) } else { None });
        let years: Vec<i32> = years.collect();
        let label = |row: usize| {
            let label = grid.text(row, self.labels - 1)?;
            (!year::is_named(context.rules, &label.text)).then(|| label.clone())
        };
        let aimed = self.rows.iter().enumerate().filter_map(|(row, given)| match given {
            Row::Target(Some(due)) if years.contains(&due.year) => Some((row, Row::Aimed(due.clone(), label(row)?))),
            _ => None,
        });
        let aimed: Vec<(usize, Row)> = aimed.collect();
        if aimed.len() > 1 {
            aimed.into_iter().for_each(|(row, given)| self.rows[row] = given);
        }
    }
}

/// Whether the table is a header and one row of figures, of a year that the first column names.
fn is_only_row(context: &Context, grid: &Grid, years: &[Option<Year>]) -> bool {
    let Some(row) = years.iter().position(Option::is_some) else { return false };
    let last = grid.rows() - 1;
    let is_figure = |text: &Passage| figure::read(context.rules, text, None).is_some();
    let mut figures = (1..grid.columns()).map(|column| own(grid, row, column));
    let corner =
        grid.text(0, 0).is_none_or(|text| matches!(context.rules.role_of(&text.text), Some(Role::Year | Role::Level)));
    row > 0 && row == last && corner && grid.columns() > 1 && figures.all(|text| text.is_some_and(is_figure))
}

/// Whether a column says beside each year what its figures are.
fn says_which(context: &Context, grid: &Grid, column: usize, years: &[Option<Year>]) -> bool {
    let is_word = |text: &Passage| {
        let role = context.rules.role_of(&text.text);
        matches!(role, Some(Role::Target | Role::Actual | Role::Result))
    };
    let beside = |(row, year): (usize, &Option<Year>)| year.as_ref().map(|_| grid.text(row, column));
    years.iter().enumerate().filter_map(beside).all(|text| text.is_some_and(is_word))
}

/// The years that the cells of a column name, and what told their era; `None` where they are too few.
fn below(context: &Context, grid: &Grid, column: usize) -> Option<(Vec<Option<Year>>, Anchor)> {
    let several = |years: &[Option<Year>]| years.iter().flatten().count() >= 2;
    let rules = context.rules;
    let text = |row: usize| grid.text(row, column).map_or("", |text| text.text.as_str());
    let labels: Vec<&str> = (0..grid.rows()).map(text).collect();
    let whole: Vec<_> = labels.iter().map(|text| year::whole(rules, text)).collect();
    if several(&whole) || column == 0 && is_only_row(context, grid, &whole) {
        return Some((whole, Anchor::Printed));
    }
    // 令和３年度実績 is the row of that year.
    let result = |label: &Label| label.fit == Fit::Whole && matches!(label.role, Role::Actual | Role::Result);
    let told = |text: &&str| rules.label(text).filter(result).and_then(|label| label.year);
    let told: Vec<_> = labels.iter().zip(whole).map(|(text, whole)| whole.or_else(|| told(text))).collect();
    if several(&told) {
        return Some((told, Anchor::Printed));
    }
    Some(year::run_near(rules, &labels, context.about)).filter(|(years, _)| several(years))
}

/// What a row gives by its labels.
fn meaning(context: &Context, grid: &Grid, row: usize, labels: usize, year: Option<Year>) -> Row {
    if grid.banner(row).is_some() {
        return Row::Unknown;
    }
    let mut known: Option<(Role, &Passage)> = None;
    let mut found: Option<FiscalYear> = year.map(Into::into);
    for cell in (0..labels).filter_map(|column| grid.text(row, column)) {
        let Some(label) = context.rules.label(&cell.text).filter(|_| !year::is_whole(context.rules, &cell.text)) else {
            continue;
        };
        if is_known(context, grid, row, labels, &label) {
            known = known.or(Some((label.role, cell)));
            found = found.or_else(|| label.year.map(Into::into));
        }
    }
    match (known, found) {
        (Some((Role::Target | Role::Indicator, _)), due) => Row::Target(due),
        (Some((Role::Grade, _)), None) => Row::Grade,
        (Some((Role::Unit, _)), _) => Row::Unit,
        (Some((Role::Responsible, _)), _) => Row::Responsible,
        (Some((Role::Rate | Role::Remark | Role::Method, label)), _) => Row::Told(label.clone()),
        (Some((Role::Baseline, label)), year) => Row::Baseline(year.unwrap_or_default(), label.clone()),
        (_, Some(year)) => Row::Year(year),
        (_, None) => Row::Unknown,
    }
}

/// Whether the label of a row says what its figures are. 年度 over the years is a heading; 前年比 below them is derived.
fn is_known(context: &Context, grid: &Grid, row: usize, labels: usize, label: &Label) -> bool {
    let below = row > 0 && label.fit == Fit::Whole;
    match label.role {
        Role::Target | Role::Baseline | Role::Actual | Role::Result | Role::Grade => true,
        // 数値目標（令和７年度まで） beside figures is the row of targets.
        Role::Indicator => row > 0 && (label.year.is_some() || below && holds_goals(context, grid, row, labels)),
        Role::Unit | Role::Responsible | Role::Rate | Role::Remark | Role::Method => below,
        _ => false,
    }
}

/// Whether all cells of a row are targets or signs for none.
fn holds_goals(context: &Context, grid: &Grid, row: usize, labels: usize) -> bool {
    let mut cells = (labels..grid.columns()).filter_map(|column| grid.text(row, column)).peekable();
    let is_goal = |text: &Passage| {
        let aimed =
            goal::read(context.rules, text, None, None).is_some_and(|goal| goal.value.is_some() || goal.several);
        aimed || figure::read(context.rules, text, None).is_some()
    };
    cells.peek().is_some() && cells.all(is_goal)
}
