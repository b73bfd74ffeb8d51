//! Takes a grid, gives its header: which rows name columns, and what each column holds by its names: a role, a year, a
//! unit. Years are found wherever they stand, in one, two or three rows.

mod alike;
mod named;
mod settle;

pub(super) use named::heads_grades;

use super::grid::Grid;
use crate::document::{Cell, Passage};
use crate::report::FiscalYear;
use crate::report::context::Context;
use crate::report::rules::{Label, Role, Rule, Rules};
use crate::report::values::fold::key;
use crate::report::values::year::{self, Anchor, Year};
use std::cell::OnceCell;

/// A header is looked for in so many first rows.
const SEARCHED: usize = 6;
/// Longest text of a heading cell under another one, in characters.
const LONGEST_SUBHEADING: usize = 30;

/// What the header of a table says.
#[derive(Debug, Default)]
pub(in crate::report) struct Header<'t> {
    /// Texts across the whole table above the header: its title.
    pub(in crate::report) titles: Vec<&'t Passage>,
    /// The first row of headings.
    pub(in crate::report) top: usize,
    /// Number of rows before the body.
    pub(in crate::report) rows: usize,
    /// One for each column.
    pub(in crate::report) columns: Vec<Column<'t>>,
    /// Labels of years that name no era, read by the year reported on.
    pub(in crate::report) supposed: Vec<&'t Passage>,
}

/// What a column holds.
#[derive(Debug, Default, Clone)]
pub(in crate::report) struct Column<'t> {
    /// Its heading cells from the top.
    pub(in crate::report) headings: Vec<&'t Passage>,
    /// What stands in it.
    pub(in crate::report) role: Option<Role>,
    /// Whether the role stands in the innermost heading and not only in one that covers several columns.
    pub(in crate::report) own_role: bool,
    /// The year that it is about.
    pub(in crate::report) year: Option<FiscalYear>,
    /// Whether its innermost heading is nothing but that year.
    pub(in crate::report) is_year: bool,
    /// The unit of its figures.
    pub(in crate::report) unit: Option<String>,
    /// Whether its heading tells of doings and none of its cells is a figure, whatever year the heading names.
    pub(in crate::report) worded: bool,
    /// Which of the headings gives the role.
    role_at: usize,
}

impl<'t> Column<'t> {
    /// The innermost heading.
    pub(in crate::report) fn heading(&self) -> Option<&'t Passage> {
        self.headings.last().copied()
    }

    /// The innermost heading that says what the column holds: 基準値 over H30.
    pub(in crate::report) fn naming(&self) -> Option<&'t Passage> {
        let outer = self.role.filter(|_| self.is_year && !self.own_role).and_then(|_| self.headings.get(self.role_at));
        outer.copied().or_else(|| self.heading())
    }

    /// Whether its cells say when the figures of `other` are from: 基準年度 beside 基準値.
    pub(in crate::report) fn dates(&self, other: &Self) -> bool {
        let word = |column: &Self| column.heading().map(|heading| key(&heading.text).into_owned()).unwrap_or_default();
        let (own, other) = (word(self), word(other));
        let stem = |word: &str| ["年度", "年次", "年"].iter().find_map(|end| word.strip_suffix(end)).map(str::to_owned);
        let stem = stem(&own).filter(|own| !own.is_empty() && self.year.is_none());
        stem.is_some_and(|stem| other != own && other.starts_with(&stem))
    }

    /// The heading over the innermost one.
    pub(in crate::report) fn over(&self) -> Option<&'t Passage> {
        self.headings.len().checked_sub(2).and_then(|outer| self.headings.get(outer).copied())
    }
}

impl<'t> Header<'t> {
    pub(in crate::report) fn read(context: &Context, grid: &Grid<'t>) -> Self {
        let rules = context.rules;
        let years = Years::new(context, grid);
        let names = |row: &usize| names_columns(&years, *row) && !is_pair(rules, grid, *row);
        let searched = || 0..grid.rows().min(SEARCHED);
        let graded = |row: &usize| heads_grades(context, grid, *row);
        let Some(first) = searched().find(names).or_else(|| searched().find(graded)) else {
            return Self { columns: vec![Column::default(); grid.columns()], ..Self::default() };
        };
        let title = |row: usize| grid.banner(row).or_else(|| lone_title(rules, grid, row));
        let titles: Vec<&Passage> = (0..first).filter_map(title).collect();
        let above = |row: &usize| title(*row).is_none() && !is_pair(rules, grid, *row);
        let top = (0..first).rev().take_while(above).last().unwrap_or(first);
        let end = end(&years, first).max(grid.table.header_rows).min(grid.rows());
        let mut columns: Vec<Column<'t>> = (0..grid.columns()).map(|column| headings(grid, top, end, column)).collect();
        for column in &mut columns {
            column.name(rules);
        }
        settle::latest(&mut columns);
        let mut header = Self { titles, top, rows: end, columns, supposed: Vec::new() };
        header.find_bare_years(&years, top, end);
        header.find_bracketed_years(context.rules);
        header.settle(context, grid);
        header
    }

    /// The columns whose cells belong to a year each, when there are several or the year is all that the heading says.
    pub(in crate::report) fn year_columns(&self) -> Vec<usize> {
        (0..self.columns.len()).filter(|c| self.columns[*c].is_year || self.is_yearly(*c)).collect()
    }

    /// Whether the year of the column stands in a heading that it shares with others: 令和4年度 over 計画 and 実績.
    fn is_yearly(&self, column: usize) -> bool {
        let column = &self.columns[column];
        column.year.is_some() && column.own_role && column.headings.len() > 1 && {
            let label_years = column.headings.iter().rev().skip(1).count();
            label_years > 0 && column.shared_year()
        }
    }

    /// Whether the column stands under a year that it shares with others, and its own heading is no word of the
    /// vocabulary: 男性 and 女性 under 令和５年度.
    pub(in crate::report) fn divides_year(&self, column: usize) -> bool {
        let column = &self.columns[column];
        column.role.is_none() && !column.is_year && column.shared_year()
    }

    /// The first column of figures of a year, whatever else its heading says. 基準値 can stand among the labels.
    pub(in crate::report) fn first_value(&self) -> Option<usize> {
        let divided = (0..self.columns.len()).find(|column| self.divides_year(*column));
        let baseline = |column: &usize| self.columns[*column].role == Some(Role::Baseline);
        self.year_columns().into_iter().find(|column| !baseline(column)).into_iter().chain(divided).min()
    }

    /// The first column with `role`.
    pub(in crate::report) fn with_role(&self, role: Role) -> Option<usize> {
        self.columns.iter().position(|column| column.role == Some(role))
    }

    /// Bare numbers that are years because their neighbours are.
    fn find_bare_years(&mut self, years: &Years<'_, '_, 't>, top: usize, end: usize) {
        for row in top..end {
            let (found, anchor) = years.of(row);
            for (cell, found) in years.grid.row(row).zip(found) {
                let Some(found) = found else { continue };
                if *anchor == Anchor::Reported {
                    self.supposed.push(&cell.text);
                }
                for column in &mut self.columns[cell.column..cell.column + cell.column_span] {
                    if column.year.is_none() {
                        column.year = Some(found.clone().into());
                        column.is_year = cell.row + cell.row_span == end && !column.own_role;
                    }
                }
            }
        }
    }
}

impl Column<'_> {
    /// Reads role, year and unit off the headings, the innermost first.
    fn name(&mut self, rules: &Rules) {
        let last = self.headings.len().saturating_sub(1);
        for (index, heading) in self.headings.iter().enumerate().rev() {
            let whole = year::whole(rules, &heading.text);
            let label: Option<Label> = if whole.is_some() { None } else { rules.label(&heading.text) };
            let found = whole.clone().or_else(|| label.as_ref().and_then(|label| label.year.clone()));
            if self.year.is_none()
                && let Some(found) = found
            {
                self.is_year = whole.is_some() && index == last;
                self.year = Some(found.into());
            }
            let unit = label.as_ref().and_then(|label| label.unit.clone()).or_else(|| rules.unit_in(&heading.text));
            self.unit = self.unit.take().or(unit);
            // 合計 under 評価 adds up evaluations: it belongs to what stands over it.
            let is_sum = self.role == Some(Role::Total);
            if let Some(label) = label.filter(|label| self.role.is_none() || is_sum && label.role == Role::Grade) {
                self.own_role = index == last;
                self.role = Some(label.role);
                self.role_at = index;
            }
        }
    }

    fn shared_year(&self) -> bool {
        self.year
            .as_ref()
            .is_some_and(|year| self.headings.iter().rev().skip(1).any(|heading| prints(heading, &year.label)))
    }
}

/// Whether a heading prints the label of a year, wherever its lines break.
fn prints(heading: &Passage, label: &str) -> bool {
    heading.text.contains(label) || heading.text.contains('\n') && heading.text.replace('\n', "").contains(label)
}

/// Whether a row above the header is a label of a form with its value, after a name at most, and no heading.
fn is_pair(rules: &Rules, grid: &Grid, row: usize) -> bool {
    let cells: Vec<&Cell> = grid.row(row).collect();
    let role = |cell: &Cell| grid.role(rules, cell);
    let (wide, label, value) = match cells.as_slice() {
        [label, value] => (value.column_span > 1, label, value),
        [name, label, value] => (name.column_span > 1 && role(name).is_none(), label, value),
        _ => return false,
    };
    // Words of a value can be some of its label: 担当課, 各課.
    let is_value = role(value).is_none() || cells.len() > 2 && role(value) == role(label);
    let plain = wide && cells.iter().all(|cell| cell.row_span == 1 && !cell.text.is_blank());
    plain && role(label).is_some() && is_value && !year::is_named(rules, &value.text.text)
}

/// The only text of a row above the header, where the column below it has a heading of its own: the title of a table
/// without rulings.
fn lone_title<'t>(rules: &Rules, grid: &Grid<'t>, row: usize) -> Option<&'t Passage> {
    let text = grid.lone(row).filter(|text| rules.role_of(&text.text).is_none())?;
    let below = grid.at(row + 1, 0).filter(|cell| cell.row == row + 1 && cell.column_span == 1)?;
    grid.role(rules, below).map(|_| text)
}

/// The heading cells over a column, from the top, each once.
fn headings<'t>(grid: &Grid<'t>, top: usize, end: usize, column: usize) -> Column<'t> {
    let mut headings: Vec<&'t Passage> = Vec::new();
    for row in top..end {
        if let Some(cell) = grid.at(row, column)
            && (cell.row == row || row == top)
            && !cell.text.is_blank()
            && cell.column_span < grid.columns().max(2)
        {
            headings.push(&cell.text);
        }
    }
    Column { headings, ..Column::default() }
}

/// Whether a row consists of names of columns: at least two years or words of the vocabulary, and not mostly other
/// text.
fn names_columns(years: &Years, row: usize) -> bool {
    let (grid, rules) = (years.grid, years.context.rules);
    let count = years.count(row);
    if count >= 2 {
        return true;
    }
    let is_word = |cell: &Cell| !year::is_whole(rules, &cell.text.text) && grid.role(rules, cell).is_some();
    let filled = grid.row(row).filter(|cell| !cell.text.is_blank());
    let (filled, words) = filled.fold((0, 0), |(all, words), cell| (all + 1, words + usize::from(is_word(cell))));
    let known = count + words;
    let told = || grid.row(row).any(|cell| matches!(grid.role(rules, cell), Some(Role::Actions | Role::Status)));
    let is_head = || row < grid.table.header_rows || (told() && named::is_shaded_head(grid, row));
    (known >= 2 && known * 2 >= filled) || (known >= 1 && (is_head() || named::ends_in_words(rules, grid, row)))
}

/// The years in the rows of a table, each row read once.
struct Years<'r, 'd, 't> {
    context: &'r Context<'d>,
    grid: &'r Grid<'t>,
    rows: Vec<OnceCell<(Vec<Option<Year>>, Anchor)>>,
}

impl<'r, 'd, 't> Years<'r, 'd, 't> {
    fn new(context: &'r Context<'d>, grid: &'r Grid<'t>) -> Self {
        Self { context, grid, rows: vec![OnceCell::new(); grid.rows()] }
    }

    /// The years that the cells of a row print, and what told their era.
    fn of(&self, row: usize) -> &(Vec<Option<Year>>, Anchor) {
        self.rows[row].get_or_init(|| labelled(self.context, self.grid, row))
    }

    /// How many cells of a row are labels of years.
    fn count(&self, row: usize) -> usize {
        self.of(row).0.iter().flatten().count()
    }
}

/// The text of a heading, or only the year that it begins with where its word is known: 5年度目標 beside 4年度決算.
fn year_part<'t>(context: &Context, cell: &'t Cell) -> &'t str {
    let known = || context.rules.label(&cell.text.text).is_some_and(|label| is_yearly(label.role));
    year::leading(&cell.text.text).filter(|_| known()).unwrap_or(&cell.text.text)
}

/// What figures of one year are called beside it.
fn is_yearly(role: Role) -> bool {
    matches!(role, Role::Target | Role::Plan | Role::Result | Role::Actual)
}

/// The years of a row. One in the first cell with nothing but bare numbers after it is the label of a row of figures.
fn labelled(context: &Context, grid: &Grid, row: usize) -> (Vec<Option<Year>>, Anchor) {
    let labels: Vec<&str> = grid.row(row).map(|cell| year_part(context, cell)).collect();
    let (mut years, anchor) = year::run_near(context.rules, &labels, context.about);
    let first = years.first().is_some_and(Option::is_some) && !labels.first().is_some_and(|label| year::is_bare(label));
    let bare = |(label, year): (&&str, &Option<Year>)| year.is_none() || year::is_bare(label);
    if first && labels.iter().zip(&years).skip(1).all(bare) {
        years.fill(None);
    }
    (years, anchor)
}

/// The first row of the body: headings go on below cells that cover several columns.
fn end(years: &Years, first: usize) -> usize {
    let grid = years.grid;
    let mut last = first;
    loop {
        let reach = grid.row(last).map(|cell| cell.row + cell.row_span).filter(|end| *end <= last + 3).max();
        let next = last + 1;
        let spread = grid.row(last).any(|cell| {
            cell.column_span > 1
                && cell.column_span < grid.columns()
                && !cell.text.is_blank()
                && cell.row + cell.row_span == next
        });
        let below = next < grid.rows()
            && grid.banner(next).is_none()
            && (spread && (names_columns(years, next) || subheadings(years.context.rules, grid, last))
                || years.count(last) < 2 && years.count(next) >= 2);
        if below {
            last = next;
        } else {
            return reach.unwrap_or(next).clamp(next, grid.rows().max(next));
        }
    }
}

/// Whether the cells under the wide cells of `row` are headings: short, filled, and at least one of them known. Below a
/// year beside them stands no value.
fn subheadings(rules: &Rules, grid: &Grid, row: usize) -> bool {
    let is_value = |cell: &Cell| {
        let below = grid.text(row + 1, cell.column).filter(|_| cell.row + cell.row_span == row + 1);
        below.is_some_and(|below| {
            let text = below.text.as_str();
            rules.label(text).is_none() && rules.unit_in(text).is_none() && !year::is_named(rules, text)
        })
    };
    let mut years = grid.row(row).filter(|cell| cell.column_span == 1);
    if years.any(|cell| year::is_whole(rules, &cell.text.text) && is_value(cell)) {
        return false;
    }
    let (mut known, mut grades) = (0, 0);
    for wide in grid.row(row).filter(|cell| cell.column_span > 1 && !cell.text.is_blank()) {
        for column in wide.column..wide.column + wide.column_span {
            let Some(below) = grid.text(row + 1, column) else { return false };
            if below.text.chars().count() > LONGEST_SUBHEADING {
                return false;
            }
            let named = year::is_named(rules, &below.text) || rules.label(&below.text).is_some();
            known += usize::from(named);
            grades += usize::from(rules.matches(Rule::Grade, &below.text));
        }
    }
    // A, B and C under 評価 are headings where every other heading reaches down beside them.
    let beside = |cell: &&Cell| cell.column_span == 1 || cell.text.is_blank();
    let reaches = |cell: &Cell| cell.row + cell.row_span > row + 1;
    known > 0 || grades > 1 && grid.row(row).filter(beside).all(reaches)
}
