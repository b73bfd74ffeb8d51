//! The columns of a KPI sheet that are no figures of years: 目標値, 評価, 担当課, 達成率 and what else stands in a row.

use super::Reader;
use super::series::is_value;
use crate::document::Passage;
use crate::report::lines::{joined, unbroken};
use crate::report::rules::{Role, Rule};
use crate::report::tables::header::Column;
use crate::report::values::fold::{key, same_key};
use crate::report::values::goal::Goal;
use crate::report::values::{figure, goal, grade, year};
use crate::report::{FiscalYear, Indicator, Labelled, Measure, Series, SeriesKind};

/// Most rows of a table that counts grades: a scale has few.
const MOST_COUNTED: usize = 24;

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
    /// The columns of a row that are no figures of years. `items` is the column that tells rows of one indicator apart.
    pub(super) fn columns(
        &mut self,
        indicator: &mut Indicator,
        name: usize,
        row: usize,
        unit: Option<&str>,
        items: Option<usize>,
    ) {
        let below = items.is_some() && self.grid.at(row, name).is_some_and(|cell| cell.row < row);
        let yearly_targets = self.yearly_targets();
        let mut due = None;
        for column in 0..self.grid.columns() {
            let described = &self.header.columns[column];
            if column == name || items == Some(column) || self.taken.contains(&column) {
                continue;
            }
            // A cell over several columns of the grid is read once.
            let across = |at: usize| self.grid.at(row, name).is_some_and(|own| own.column <= at && at < name);
            let Some(cell) = self.grid.at(row, column).filter(|cell| cell.column == column && !across(column)) else {
                continue;
            };
            // What is said of all rows of an indicator was read in the first; a target holds for each.
            let said = below && cell.row < row && described.role != Some(Role::Target);
            let cell = &cell.text;
            if cell.is_blank() || said {
                continue;
            }
            if self.tells_due(described) && year::whole(self.context.rules, &cell.text).is_some() {
                due = due.or(Some((column, cell)));
                continue;
            }
            let part = match described.role {
                Some(Role::Baseline) => Part::Figure(SeriesKind::Baseline),
                Some(Role::Target | Role::Plan) if yearly_targets.contains(&column) => Part::Figure(SeriesKind::Target),
                Some(Role::Target) => Part::Target,
                // Figures of a year under 中間評価 are no grades.
                Some(Role::Grade) if is_value(described) && is_measured(indicator, cell) => {
                    Part::Figure(SeriesKind::Actual)
                }
                // What is nothing but the figure of a year under 令和５年度の状況 is told once.
                Some(Role::Actions | Role::Status)
                    if is_value(described)
                        && is_measured(indicator, cell)
                        && figure::read(self.context.rules, cell, None).is_some() =>
                {
                    Part::Figure(SeriesKind::Actual)
                }
                Some(Role::Grade) if self.counts_grades(column, name) => Part::Other,
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
                _ if described.year.is_some() && !described.worded => Part::Figure(SeriesKind::Actual),
                // Its text was taken as the group.
                Some(Role::Level) if column < name && self.is_group(indicator, cell) => Part::Number,
                // What has no heading numbers the rows.
                _ if column < name && described.headings.is_empty() => Part::Number,
                _ => Part::Other,
            };
            if matches!(part, Part::Responsible) {
                self.responsible(indicator, row, column);
                continue;
            }
            self.part(indicator, part, column, cell, unit);
        }
        if let Some((column, cell)) = due {
            self.due(indicator, column, cell);
        }
    }

    /// The department of a row; a ditto sign stands for the cell above.
    fn responsible(&mut self, indicator: &mut Indicator, row: usize, column: usize) {
        self.grid.text(row, column).into_iter().for_each(|printed| self.context.ledger.place(printed));
        indicator.responsible = self.undittoed(row, column).map(|department| self.context.whole(department));
    }

    /// What stands at a place of a label column, or what its ditto sign stands for.
    pub(super) fn undittoed(&self, row: usize, column: usize) -> Option<&'t Passage> {
        let printed = self.grid.text(row, column)?;
        let is_ditto = |text: &Passage| self.context.rules.matches(Rule::Ditto, &text.text);
        if !is_ditto(printed) {
            return Some(printed);
        }
        let mut above = (self.header.rows..row).rev().filter_map(|row| self.grid.text(row, column));
        Some(above.find(|text| !is_ditto(text)).unwrap_or(printed))
    }

    fn is_group(&self, indicator: &Indicator, cell: &Passage) -> bool {
        indicator.group.as_ref().is_some_and(|group| same_key(&group.text, &cell.text))
    }

    /// Whether the cells under a heading say when targets are due: 目標年度, or 年度 under 目標, and no year in the heading
    /// itself.
    fn tells_due(&self, column: &Column) -> bool {
        let heading = column.heading().map(|heading| key(&heading.text));
        let over = || column.over().and_then(|over| self.context.rules.role_of(&over.text));
        let under = column.own_role && column.role == Some(Role::Year) && over() == Some(Role::Target);
        (column.role == Some(Role::Target) || under)
            && column.year.is_none()
            && heading.is_some_and(|heading| heading.ends_with(['年', '度', '次', '期']))
    }

    /// The year in which the targets of a row are due, from a column of its own.
    fn due(&mut self, indicator: &mut Indicator, column: usize, cell: &'t Passage) {
        let year = year::whole(self.context.rules, &cell.text).map(FiscalYear::from);
        let targets = indicator.series.iter_mut().filter_map(|series| series.target.as_mut());
        let mut undated = targets.filter(|target| target.due.is_none()).peekable();
        let Some(year) = year.filter(|_| undated.peek().is_some()) else {
            self.other(indicator, column, cell);
            return;
        };
        undated.for_each(|target| target.due = Some(year.clone()));
        self.context.ledger.place(cell);
    }

    fn part(&mut self, indicator: &mut Indicator, part: Part, column: usize, cell: &'t Passage, unit: Option<&str>) {
        let described = &self.header.columns[column];
        match part {
            Part::Unit | Part::Number | Part::Responsible => self.context.ledger.structure(cell),
            Part::Grade => match grade::read(self.context.rules, cell, &self.context.scale) {
                Some(_) if self.is_earlier_grade(column) => self.other(indicator, column, cell),
                Some(marked) if indicator.grade.is_none() => {
                    self.context.check_grade(&marked);
                    self.context.ledger.place(cell);
                    indicator.grade = Some(marked.grade(self.context.document));
                }
                Some(_) => self.other(indicator, column, cell),
                None if self.context.rules.matches(Rule::NoValue, &cell.text) => self.context.ledger.structure(cell),
                None => self.other(indicator, column, cell),
            },
            Part::Target => self.target(indicator, column, cell, unit),
            Part::Figure(SeriesKind::Actual) if described.year.is_none() => self.latest(indicator, column, cell, unit),
            Part::Figure(_) => {
                if !is_measured(indicator, cell) {
                    self.other(indicator, column, cell);
                }
            }
            Part::Other => self.other(indicator, column, cell),
        }
    }

    /// The target of the actual figures; a second one is told beside them.
    fn target(&mut self, indicator: &mut Indicator, column: usize, cell: &'t Passage, unit: Option<&str>) {
        let described = &self.header.columns[column];
        let unit = self.unit_at(unit, column);
        let read = goal::read(self.context.rules, cell, unit.as_deref(), described.year.as_ref());
        read.iter().for_each(|goal| self.context.check_goal(goal));
        let own = read.as_ref().and_then(|goal| self.aimed_at(indicator, goal));
        let actual = own.and_then(|at| indicator.series.get_mut(at));
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
            (None, _) if self.context.rules.matches(Rule::NoValue, &cell.text) => self.context.ledger.structure(cell),
            _ => self.other(indicator, column, cell),
        }
    }

    /// The series that a target is for: among several the only one that has its unit, or prints it, such as the rate of
    /// 2人（14.3％）; else the first.
    fn aimed_at(&self, indicator: &Indicator, goal: &Goal) -> Option<usize> {
        let all = || indicator.series.iter().enumerate().filter(|(_, series)| series.kind == SeriesKind::Actual);
        let only = |wanted: &dyn Fn(&Series) -> bool| {
            let mut found = all().filter(|(_, series)| wanted(series)).map(|(at, _)| at);
            found.next().filter(|_| found.next().is_none())
        };
        let unit = goal.unit.as_deref().map(key);
        let same = |series: &Series| unit.is_some() && series.unit.as_deref().map(key) == unit;
        let prints = |measure: &Measure| unit.as_deref().is_some_and(|unit| key(&measure.text).contains(unit));
        let printed = |series: &Series| series.years.iter().any(prints);
        only(&same).or_else(|| only(&printed)).or_else(|| all().next().map(|(at, _)| at))
    }

    /// Whether a column of grades names the rows: each is what the row counts, as Ａ beside 計画を上回っている.
    fn counts_grades(&self, column: usize, name: usize) -> bool {
        if column >= name || self.grid.rows() > MOST_COUNTED {
            return false;
        }
        let cells = (self.header.rows..self.grid.rows()).filter_map(|row| self.grid.text(row, column));
        let grades: Vec<String> = cells
            .filter_map(|cell| grade::read(self.context.rules, cell, &self.context.scale))
            .map(|marked| marked.grade)
            .collect();
        let distinct = grades.iter().enumerate().all(|(at, grade)| !grades[..at].contains(grade));
        grades.len() > 1 && distinct
    }

    /// A figure under 実績値 without a year: that of the year reported on.
    fn latest(&mut self, indicator: &mut Indicator, column: usize, cell: &'t Passage, unit: Option<&str>) {
        let unit = self.unit_at(unit, column);
        let read = figure::read(self.context.rules, cell, unit.as_deref());
        let (Some(year), Some(read)) = (self.context.fiscal_year.clone(), read) else {
            self.other(indicator, column, cell);
            return;
        };
        self.context.ledger.place(cell);
        let measure = read.measure(self.context.document, &year);
        match indicator.series.iter_mut().find(|series| series.kind == SeriesKind::Actual) {
            Some(series) => series.years.push(measure),
            None => {
                let unit = measure.unit.clone();
                indicator.series.push(Series { unit, years: vec![measure], ..Series::default() });
            }
        }
        if !indicator.years.iter().any(|known| known.year == year.year) {
            indicator.years.push(year);
        }
    }

    /// Whether another column grades a later year: the indicator's grade is the last one.
    fn is_earlier_grade(&self, column: usize) -> bool {
        let year = |column: &Column| column.year.as_ref().map(|year| year.year);
        let own = year(&self.header.columns[column]);
        let reported = self.context.reported();
        let graded = self.header.columns.iter().filter(|column| column.role == Some(Role::Grade));
        graded.filter_map(year).any(|other| own.is_some_and(|own| other > own) && reported.is_none_or(|r| other <= r))
    }

    /// What a column is called: the heading over its own goes before it where others have the same: 令和５年度 達成率.
    fn label_of(&self, column: usize) -> String {
        let own = &self.header.columns[column];
        let Some(heading) = own.heading() else { return String::new() };
        let label = joined(heading).text;
        let beside = |other: &Column| {
            let same = other.heading().is_some_and(|other| !std::ptr::eq(other, heading) && other.text == heading.text);
            let over = || own.over().zip(other.over()).is_some_and(|(own, other)| !std::ptr::eq(own, other));
            same && over()
        };
        match own.over().filter(|_| self.header.columns.iter().any(beside)) {
            Some(over) => format!("{} {label}", joined(over).text),
            None => label,
        }
    }

    /// What further rows of an indicator say in columns of sums and rates, told with the label of the row.
    pub(super) fn further(&mut self, indicator: &mut Indicator, row: usize, label: &Passage) {
        for (column, described) in self.header.columns.iter().enumerate() {
            let summed = matches!(described.role, Some(Role::Total | Role::Rate | Role::Derived));
            let cell = self.grid.at(row, column).filter(|cell| summed && cell.row == row && cell.column == column);
            let Some(cell) = cell.filter(|cell| !cell.text.is_blank()) else { continue };
            self.other(indicator, column, &cell.text);
            if let Some(last) = indicator.other.last_mut() {
                last.label = format!("{} {}", joined(label).text.trim(), last.label);
            }
        }
    }

    pub(super) fn other(&mut self, indicator: &mut Indicator, column: usize, cell: &Passage) {
        let label = self.label_of(column);
        self.context.ledger.place(cell);
        let figure = unbroken(cell).filter(|cell| figure::read(self.context.rules, cell, None).is_some());
        let text = self.context.whole(figure.as_ref().unwrap_or(cell));
        indicator.other.push(Labelled { label, text: text.text, at: text.at });
    }
}

/// Whether a figure of the indicator is printed in the cell, be it in two lines.
fn is_measured(indicator: &Indicator, cell: &Passage) -> bool {
    let printed = key(&cell.text);
    let mut measures = indicator.series.iter().flat_map(|series| &series.years);
    measures.any(|measure| printed.contains(key(&measure.text).as_ref()))
}
