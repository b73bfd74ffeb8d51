//! Takes the columns of a header and the cells under them, settles what a heading alone leaves open: whether 数値目標
//! names indicators or gives their targets, whether 現状値 is where a plan began or what was reached since, and whether a
//! heading with a year stands over figures.

use super::{Column, Header};
use crate::document::Cell;
use crate::report::FiscalYear;
use crate::report::context::Context;
use crate::report::heading::Heading;
use crate::report::rules::{Role, Rules};
use crate::report::tables::grid::Grid;
use crate::report::tables::initiatives::GROUPING_ROWS;
use crate::report::values::fold::key;
use crate::report::values::{figure, year};

/// What the cells under a heading are.
#[derive(Debug, Default, Clone, Copy)]
struct Held {
    /// Cells that hold a figure.
    figures: usize,
    /// Cells that hold anything else.
    words: usize,
    /// Among these, labels of years.
    years: usize,
}

impl Held {
    fn of(rules: &Rules, grid: &Grid, top: usize, column: usize) -> Self {
        let mut held = Self::default();
        let own = |cell: &&Cell| cell.column == column && cell.column_span < grid.columns();
        for cell in (top..grid.rows()).filter_map(|row| grid.at(row, column).filter(|cell| cell.row == row)) {
            if Some(cell).filter(own).is_none_or(|cell| cell.text.is_blank()) {
                continue;
            }
            let text = &cell.text;
            if figure::in_year(rules, text, None).is_some_and(|read| read.value.is_some() || read.ratio.is_some()) {
                held.figures += 1;
            } else {
                held.words += 1;
                held.years += usize::from(year::is_whole(rules, &text.text));
            }
        }
        held
    }
}

/// The cells of a column that might be headings of the rows beside them.
#[derive(Debug, Default, Clone, Copy)]
struct Titles {
    /// Cells that hold anything.
    filled: usize,
    /// Among these, numbered headings.
    numbered: usize,
    /// Among these, sentences.
    sentences: usize,
    /// Rows of the body that are no headings across the table.
    rows: usize,
}

impl Titles {
    fn of(rules: &Rules, grid: &Grid, top: usize, column: usize) -> Self {
        let mut titles = Self::default();
        for row in top..grid.rows() {
            let Some(cell) = grid.at(row, column).filter(|cell| cell.column_span < grid.columns()) else { continue };
            titles.rows += 1;
            if cell.row != row || cell.column != column || cell.text.is_blank() {
                continue;
            }
            titles.filled += 1;
            titles.numbered += usize::from(Heading::read(rules, &cell.text).label.is_some());
            titles.sentences += usize::from(cell.text.text.contains('。'));
        }
        titles
    }

    fn are_numbered(self) -> bool {
        self.filled > 0 && self.numbered == self.filled && self.sentences == 0
    }

    /// Whether each stands for several rows on average.
    fn group(self) -> bool {
        self.filled > 0 && self.sentences == 0 && self.rows as f32 >= GROUPING_ROWS * self.filled as f32
    }
}

impl Header<'_> {
    /// 策定時（30年度）and 目標（６年度）beside columns of years.
    pub(super) fn find_bracketed_years(&mut self, rules: &Rules) {
        let known: Vec<Option<i32>> =
            self.columns.iter().map(|column| column.year.as_ref().map(|year| year.year)).collect();
        let years = || known.iter().enumerate().filter_map(|(at, year)| Some((at, (*year)?)));
        for (index, column) in self.columns.iter_mut().enumerate().filter(|(_, column)| column.year.is_none()) {
            let nearest = years().min_by_key(|(at, _)| at.abs_diff(index)).map(|(_, year)| year);
            let heading = column.heading().filter(|_| column.role.is_some());
            let found = nearest.zip(heading).and_then(|(year, heading)| year::bracketed(rules, &heading.text, year));
            column.year = found.map(Into::into);
        }
    }

    pub(super) fn settle(&mut self, context: &Context, grid: &Grid) {
        self.settle_midway(context.reported());
        self.settle_history();
        self.find_years_below(context.rules);
        let top = self.rows;
        let held = |column: usize| Held::of(context.rules, grid, top, column);
        self.settle_levels(context.rules, grid);
        self.settle_targets(held);
        for (index, column) in self.columns.iter_mut().enumerate() {
            let told = column.own_role && column.role.is_some_and(tells);
            column.worded = told && column.year.is_some() && held(index).figures == 0;
        }
    }

    /// 中間値 of a year that is over was measured.
    fn settle_midway(&mut self, reported: Option<i32>) {
        for column in self.columns.iter_mut().filter(|column| column.role == Some(Role::Midway)) {
            let over = |year: &FiscalYear| reported.is_none_or(|reported| year.year <= reported);
            if column.year.as_ref().is_some_and(over) {
                column.role = Some(Role::Actual);
            }
        }
    }

    /// 現状値 over several years, where nothing else gives figures of years, is their history and no beginning.
    fn settle_history(&mut self) {
        let baseline = |column: &Column| column.role == Some(Role::Baseline) && column.is_year && !column.own_role;
        let value = |column: &&Column| column.year.is_some() && column.role.is_none_or(|role| role == Role::Actual);
        let Some(first) = self.columns.iter().find(|column| baseline(column)).and_then(Column::naming) else { return };
        let same = |column: &Column| baseline(column) && column.naming().is_some_and(|own| std::ptr::eq(own, first));
        let several = self.columns.iter().filter(|column| same(column)).count() > 1;
        if several && !self.columns.iter().any(|column| value(&column)) {
            self.columns.iter_mut().filter(|column| same(column)).for_each(|column| column.role = None);
        }
    }

    /// 2019 under 策定時 is a year as those beside it are.
    fn find_years_below(&mut self, rules: &Rules) {
        let known: Vec<(usize, i32)> =
            self.columns.iter().enumerate().filter_map(|(at, column)| Some((at, column.year.as_ref()?.year))).collect();
        for (index, column) in self.columns.iter_mut().enumerate() {
            let below = column.year.is_none()
                && !column.own_role
                && matches!(column.role, Some(Role::Baseline | Role::Target | Role::Actual));
            let Some(heading) = column.heading().filter(|_| below && column.headings.len() > 1) else { continue };
            let nearest = known.iter().min_by_key(|(at, _)| at.abs_diff(index));
            let whole = |text: &str| text.contains('年') || text.trim().chars().count() == 4;
            let found = nearest.filter(|_| whole(&heading.text));
            let Some(found) = found.and_then(|(_, near)| year::beside(rules, &heading.text, *near)) else { continue };
            column.year = Some(found.into());
            column.is_year = true;
        }
    }

    /// 目標 and 課題 before the names are levels where their cells are numbered headings (課題１ 意識の啓発); 課題 is one
    /// also where its cells hold for several rows each and are no sentences.
    fn settle_levels(&mut self, rules: &Rules, grid: &Grid) {
        let named = |column: &Column| matches!(column.role, Some(Role::Name | Role::Indicator));
        let Some(names) = self.columns.iter().position(named) else { return };
        let top = self.rows;
        for (index, column) in self.columns.iter_mut().enumerate().take(names) {
            let aims = matches!(column.role, Some(Role::Target | Role::Plan));
            let issues = column.role == Some(Role::Issues);
            if !(column.own_role && column.year.is_none() && (aims || issues)) {
                continue;
            }
            let titles = Titles::of(rules, grid, top, index);
            if titles.are_numbered() || issues && titles.group() {
                column.role = Some(Role::Level);
            }
        }
    }

    /// 目標 and 数値目標 stand over names and over figures: over names, where another column gives the targets or none
    /// gives names, they name indicators; over figures they give the targets.
    fn settle_targets(&mut self, held: impl Fn(usize) -> Held) {
        let role = |column: &Column, role: Role| column.own_role && column.role == Some(role);
        let ends = |column: &Column| column.heading().is_some_and(|heading| key(&heading.text).contains("目標"));
        let figures = |held: Held| held.figures > 0 && held.figures >= held.words;
        let names = |held: Held| held.words > held.figures && held.years == 0;
        for index in 1..self.columns.len() {
            let column = &self.columns[index];
            let goals = role(column, Role::Indicator) && ends(column) && figures(held(index));
            if goals && (0..index).any(|before| names(held(before))) {
                self.columns[index].role = Some(Role::Target);
            }
        }
        let named = |column: &Column| matches!(column.role, Some(Role::Indicator | Role::Name | Role::Description));
        if self.columns.iter().any(named) {
            return;
        }
        let targets: Vec<usize> =
            (0..self.columns.len()).filter(|index| role(&self.columns[*index], Role::Target)).collect();
        let Some(first) = targets.first().copied().filter(|first| self.columns[*first].year.is_none()) else { return };
        let other = targets.iter().skip(1).any(|index| figures(held(*index)));
        let leading = (0..first).all(|index| matches!(self.columns[index].role, Some(Role::Number | Role::Level)));
        if names(held(first)) && (other || leading && targets.len() == 1 && self.gives_years()) {
            self.columns[first].role = Some(Role::Indicator);
        }
    }

    fn gives_years(&self) -> bool {
        self.columns.iter().filter(|column| column.is_year).count() > 1
    }
}

/// Whether what stands under such a heading is told in words.
fn tells(role: Role) -> bool {
    matches!(
        role,
        Role::Name | Role::Description | Role::Actions | Role::Issues | Role::Status | Role::Responsible | Role::Plan
    )
}

/// Of two columns of how things stood under different words (策定時 H30, 現状値 R5) the later one, or the second where
/// it names no year, gives actual figures.
pub(super) fn latest(columns: &mut [Column]) {
    let word = |column: &Column| {
        let naming = column.naming().map(|heading| key(&heading.text).into_owned());
        naming.map(|word| word.chars().take_while(|c| !c.is_ascii_digit() && *c != '(').collect::<String>())
    };
    if columns.iter().all(|column| column.role != Some(Role::Baseline)) {
        return;
    }
    let dates: Vec<bool> = (0..columns.len())
        .map(|at| {
            let beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten();
            beside.filter_map(|beside| columns.get(beside)).any(|other| columns[at].dates(other))
        })
        .collect();
    let is_baseline = |(at, column): &(usize, &Column)| column.role == Some(Role::Baseline) && !dates[*at];
    let Some(first) = columns.iter().enumerate().find(is_baseline).map(|(_, first)| first.clone()) else { return };
    let year = |column: &Column| column.year.as_ref().map(|year| year.year);
    for (at, column) in columns.iter_mut().enumerate().filter(|(_, column)| column.role == Some(Role::Baseline)) {
        let later = year(column).is_none() || year(&first).is_none() || year(column) > year(&first);
        if word(column) != word(&first) && later && !dates[at] {
            column.role = Some(Role::Actual);
        }
    }
}
