//! Takes a table, gives its labels with the values beside or under them, in reading order, if nearly all of it consists
//! of such pairs. Shaded cells are labels where the labels that are known are shaded; elsewhere words tell.

mod list;
mod yearly;

use crate::document::{Cell, Passage};
use crate::report::FiscalYear;
use crate::report::context::Context;
use crate::report::rules::Role;
use crate::report::tables::grid::Grid;
use crate::report::values::fold::key;
use crate::report::values::grade;
use std::cell::OnceCell;

/// Fewest different things that a form says.
const FEWEST_ROLES: usize = 3;
/// Fewest levels that, with who is responsible, are the head of a sheet.
const FEWEST_LEVELS: usize = 2;
/// What the head of a sheet says at least where the heading above it has the name.
const HEAD: [Role; 2] = [Role::Responsible, Role::Description];
/// Longest label that the vocabulary does not know, in characters.
const LONGEST_UNKNOWN: usize = 16;

/// What a form consists of.
#[derive(Debug)]
pub(super) enum Part<'t> {
    Pair(Pair<'t>),
    /// A text across the table that is no value.
    Banner(&'t Passage),
    /// A label without a value, or the heading of a year.
    Structure(&'t Passage),
}

/// A label with its value.
#[derive(Debug, Clone)]
pub(super) struct Pair<'t> {
    /// Outermost first; in a list the heading of the column.
    pub(super) labels: Vec<&'t Passage>,
    /// In a list: what the row is about (必要性), beside the heading of the column (評価).
    pub(super) row: Option<&'t Passage>,
    /// What the vocabulary knows the innermost as, or the one around it.
    pub(super) role: Option<Role>,
    /// The year that a label names, or the column.
    pub(super) year: Option<FiscalYear>,
    pub(super) value: &'t Passage,
    /// Glyphs of the value that a ring is drawn around.
    pub(super) ringed: &'t [u32],
    /// Whether its label covers the row before, too: the value goes on with that one's.
    pub(super) goes_on: bool,
}

impl Pair<'_> {
    /// Its outermost label, folded.
    pub(super) fn key(&self) -> String {
        self.labels.first().map(|label| key(&label.text).into_owned()).unwrap_or_default()
    }
}

/// How labels are told from values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Shade,
    Words,
}

/// What the form is that a table is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// One of its own.
    Begins,
    /// One of its own, right below a heading that names what it is about.
    Titled,
    /// More of the one that stands before: it need not say much, and names no other initiative.
    GoesOn,
}

/// The parts of a form, `None` if the table is none.
pub(super) fn find<'t>(context: &Context, grid: &Grid<'t>, place: Place) -> Option<Vec<Part<'t>>> {
    let mut finder = Finder {
        context,
        grid,
        place,
        sign: sign(context, grid, place),
        label_column: OnceCell::new(),
        years: Vec::new(),
        parts: Vec::new(),
        strays: 0,
        has_body: false,
    };
    let mut row = 0;
    while row < grid.rows() {
        row += finder.row(row);
        // Most tables are no forms: the first row of their body tells, or one of years above it.
        if finder.has_body || !finder.may_begin() {
            return None;
        }
    }
    finder.is_form().then_some(finder.parts)
}

/// Shade tells if the known labels, and not all cells, are shaded.
fn sign(context: &Context, grid: &Grid, place: Place) -> Sign {
    // A short table below a form has few labels that are known.
    let (fewest, part) = if place == Place::GoesOn { (1, 1) } else { (FEWEST_ROLES, 3) };
    let cells = |shaded: bool| grid.table.cells.iter().filter(move |c| c.shaded == shaded && !c.text.is_blank());
    if cells(true).count() < fewest || cells(false).count() < fewest {
        return Sign::Words;
    }
    let known = |cell: &&Cell| grid.role(context.rules, cell).is_some();
    let shaded = cells(true).filter(known).count();
    // Of four known labels three are shaded; one more that is not decides.
    let plain = cells(false).filter(known).take(shaded / part + 1).count();
    if shaded + plain >= fewest && plain * part <= shaded { Sign::Shade } else { Sign::Words }
}

/// Whether the first column is one of labels: it says several different things, and the vocabulary knows two of three of
/// its cells.
fn has_label_column(context: &Context, grid: &Grid) -> bool {
    let cells = grid.table.cells.iter().filter(|cell| cell.column == 0 && !cell.text.is_blank());
    let (mut roles, mut all) = (Vec::new(), 0);
    for cell in cells {
        all += 1;
        roles.extend(grid.role(context.rules, cell));
    }
    let known = roles.len();
    roles.sort_unstable();
    roles.dedup();
    roles.len() >= FEWEST_ROLES && known * 3 >= all * 2
}

struct Finder<'c, 'd, 't> {
    context: &'c Context<'d>,
    grid: &'c Grid<'t>,
    place: Place,
    sign: Sign,
    /// Whether the first column is one of labels; most tables need not be asked.
    label_column: OnceCell<bool>,
    /// Columns under the headings of years inside the form.
    years: Vec<(usize, FiscalYear)>,
    parts: Vec<Part<'t>>,
    /// Values without a label.
    strays: usize,
    /// Whether a row begins with a value, as rows below a header do.
    has_body: bool,
}

impl<'t> Finder<'_, '_, 't> {
    fn is_label(&self, cell: &Cell) -> bool {
        match self.sign {
            // A shade that covers the lines of a label only is none of its cell.
            Sign::Shade => cell.shaded || cell.column == 0 && self.grid.role(self.context.rules, cell).is_some(),
            Sign::Words => self.grid.role(self.context.rules, cell).is_some(),
        }
    }

    /// Whether a cell is the label of what stands beside it: in a column of labels a short text is, known or not.
    fn is_label_beside(&self, cell: &Cell) -> bool {
        let may_be = self.sign == Sign::Words && cell.column == 0;
        self.is_label(cell)
            || may_be
                && cell.text.text.chars().count() <= LONGEST_UNKNOWN
                && *self.label_column.get_or_init(|| has_label_column(self.context, self.grid))
    }

    /// What stands first in it, texts across the table aside.
    fn first(&self) -> Option<&Part<'t>> {
        self.parts.iter().find(|part| !matches!(part, Part::Banner(_)))
    }

    /// Whether it still can be a form by what stands first.
    fn may_begin(&self) -> bool {
        matches!(self.first(), None | Some(Part::Pair(_)))
    }

    /// Whether what was found is a form: it begins with a pair, says several things of an initiative, and little in it
    /// has no label.
    fn is_form(&self) -> bool {
        // What stands in lists and under years may have any name.
        let pairs = || self.pairs().filter(|pair| pair.row.is_none());
        let mut roles: Vec<Role> = pairs().filter_map(|pair| pair.role).collect();
        let (known, all) = (roles.len(), pairs().filter(|pair| pair.role.is_some() || pair.year.is_none()).count());
        roles.extend(self.pairs().filter(|pair| pair.row.is_some()).filter_map(|pair| pair.role));
        roles.sort_unstable();
        roles.dedup();
        let tells = |role: &Role| {
            matches!(role, Role::Grade | Role::Actions | Role::Result | Role::Plan | Role::Issues | Role::Status)
        };
        let names = |role: &Role| matches!(role, Role::Number | Role::Name | Role::Level);
        let of_figures = roles.contains(&Role::Indicator) && !roles.contains(&Role::Name);
        let says_enough = match self.place {
            // The head of a sheet of several tables: what is told of the initiative stands in the next.
            Place::Begins | Place::Titled => {
                let is_head = self.sign == Sign::Shade && roles.iter().any(names);
                // Levels are so many that their form needs to say nothing else.
                let levels = pairs().filter(|pair| pair.role == Some(Role::Level)).count();
                let is_path = is_head && levels >= FEWEST_LEVELS && known == all && roles.contains(&Role::Responsible);
                let is_box =
                    self.place == Place::Titled && self.sign == Sign::Shade && HEAD.iter().all(|r| roles.contains(r));
                roles.len() >= FEWEST_ROLES && (roles.iter().any(tells) || is_head) || is_path || is_box
            }
            Place::GoesOn => roles.iter().any(tells) && !roles.iter().any(names),
        };
        // Shade tells labels that the vocabulary does not know; those of criteria have grades beside them.
        let is_criterion =
            |pair: &&Pair| pair.role.is_none() && grade::is_one(self.context.rules, pair.value, &self.context.scale);
        let criteria = if self.sign == Sign::Shade { pairs().filter(is_criterion).count() } else { 0 };
        let is_known = if self.sign == Sign::Shade { (known + criteria) * 2 >= all } else { known * 3 >= all * 2 };
        !self.has_body
            && says_enough
            && !of_figures
            && matches!(self.first(), Some(Part::Pair(_)))
            && is_known
            && self.strays * 4 <= all
    }

    fn pairs(&self) -> impl Iterator<Item = &Pair<'t>> {
        self.parts.iter().filter_map(|part| if let Part::Pair(pair) = part { Some(pair) } else { None })
    }

    /// Reads a row (or two); gives how many.
    fn row(&mut self, row: usize) -> usize {
        if let Some(banner) = self.grid.banner(row) {
            return self.across(row, banner);
        }
        let cells: Vec<&'t Cell> = self.grid.row(row).filter(|cell| !cell.text.is_blank()).collect();
        if let Some(years) = self.years_of(&cells).filter(|_| cells.iter().all(|cell| cell.row == row)) {
            self.parts.extend(cells.iter().map(|cell| Part::Structure(&cell.text)));
            self.years = years;
            return 1;
        }
        let begins = cells.iter().all(|cell| cell.row == row && cell.row_span == 1);
        let all_labels = begins && cells.len() > 1 && cells.iter().all(|cell| self.is_label(cell));
        if all_labels && let Some(rows) = self.list(row, &cells) {
            return 1 + rows;
        }
        if all_labels && self.over_values(row) {
            cells.iter().for_each(|label| {
                if let Some(below) = self.grid.at(row + 1, label.column).filter(|below| !below.text.is_blank()) {
                    self.pair(&[label], below);
                }
            });
            return 2;
        }
        self.beside(row, &cells);
        1
    }

    /// A label across the table over a value across it, or a text of its own.
    fn across(&mut self, row: usize, banner: &'t Passage) -> usize {
        let below = self.grid.at(row + 1, 0).filter(|_| self.grid.banner(row + 1).is_some());
        match (self.grid.at(row, 0), below) {
            (Some(label), Some(value))
                if self.grid.role(self.context.rules, label).is_some() && !self.is_label(value) =>
            {
                self.pair(&[label], value);
                2
            }
            _ => {
                self.parts.push(Part::Banner(banner));
                1
            }
        }
    }

    /// Whether the row below holds a value under each label of `row`.
    fn over_values(&self, row: usize) -> bool {
        let same = |cell: &Cell| {
            let below = self.grid.at(row + 1, cell.column);
            below.is_some_and(|below| {
                (below.column, below.column_span) == (cell.column, cell.column_span) && !self.is_label(below)
            })
        };
        row + 1 < self.grid.rows() && self.grid.row(row).all(same)
    }

    /// Labels with their values to the right; a label that goes on from the row above is the outer one.
    fn beside(&mut self, row: usize, cells: &[&'t Cell]) {
        let mut labels: Vec<&'t Cell> = Vec::new();
        let mut graded: Vec<&'t Cell> = Vec::new();
        let first_year = if self.is_yearly(cells) { self.years.first().map_or(0, |(column, _)| *column) } else { 0 };
        self.has_body |=
            first_year == 0 && cells.first().is_some_and(|first| first.row == row && !self.is_label_beside(first));
        if self.has_body {
            return;
        }
        for (index, cell) in cells.iter().enumerate() {
            let (next, more) = (cells.get(index + 1), cells.len() - index);
            let is_label = self.is_label_beside(cell) || cell.column < first_year;
            // A word of the vocabulary beside a label is its value, unless a value follows.
            let is_value =
                self.sign == Sign::Words && !labels.is_empty() && next.is_none_or(|next| self.is_label(next));
            let across = cell.column..cell.column + cell.column_span;
            let yearly = !labels.is_empty() && self.years.iter().any(|(column, _)| across.contains(column));
            if is_label && !is_value && !yearly {
                graded.clear();
                labels.push(cell);
            } else if !labels.is_empty() {
                if cell.row == row {
                    self.pair(&labels, cell);
                    self.spread(cell);
                }
                if !yearly {
                    if self.is_grade(cell) {
                        graded.clone_from(&labels);
                    }
                    labels.clear();
                }
            } else if cell.row == row && !graded.is_empty() && (self.sign == Sign::Shade || more == 1) {
                // Beside the grade of 必要性 stands why; where words tell, a label with its value can stand there, too.
                self.pair(&std::mem::take(&mut graded), cell);
                self.unmeant();
            } else if cell.row == row {
                let short = cell.text.text.chars().count() <= LONGEST_UNKNOWN;
                if self.sign == Sign::Words && more % 2 == 0 && short && index > 0 {
                    labels.push(cell);
                } else {
                    self.strays += 1;
                }
            }
        }
        let waiting = labels.iter().filter(|label| label.row == row && label.row_span == 1);
        let waiting: Vec<_> = waiting.map(|label| Part::Structure(&label.text)).collect();
        self.parts.extend(waiting);
    }

    fn is_grade(&self, cell: &Cell) -> bool {
        grade::is_one(self.context.rules, &cell.text, &self.context.scale)
    }

    /// Takes from the last pair the meaning of its label, which the value before it has.
    fn unmeant(&mut self) {
        if let Some(Part::Pair(pair)) = self.parts.last_mut() {
            pair.role = None;
        }
    }

    fn pair(&mut self, labels: &[&'t Cell], value: &'t Cell) {
        let is_known = |label: &&&Cell| self.grid.role(self.context.rules, label).is_some();
        let mut known = labels.iter().rev().filter(is_known);
        let year = known.find_map(|label| self.context.rules.label(&label.text.text)?.year).map(FiscalYear::from);
        let inner = labels.last().and_then(|label| self.grid.role(self.context.rules, label));
        let role = inner.filter(|role| *role != Role::Total).map(|role| role.in_year(year.is_some()));
        let goes_on = labels.last().is_some_and(|l| l.row < value.row && value.row < l.row + l.row_span);
        let labels: Vec<&'t Passage> = labels.iter().map(|label| &label.text).collect();
        let (value, ringed) = (&value.text, value.ringed.as_slice());
        self.parts.push(Part::Pair(Pair { labels, row: None, role, year, value, ringed, goes_on }));
    }
}
