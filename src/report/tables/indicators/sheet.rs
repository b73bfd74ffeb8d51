//! Sheets with one indicator a row, or a few rows told apart by items: where each indicator begins and ends, its name,
//! group and unit. Its figures are read in `series`, its other columns in `parts`.

use super::series::is_value;
use super::{Reader, is_derived};
use crate::document::Passage;
use crate::report::heading::Heading;
use crate::report::ledger::Fate;
use crate::report::rules::{Role, Rule};
use crate::report::tables::header::Column;
use crate::report::tables::items::Items;
use crate::report::values::fold::key;
use crate::report::values::{figure, goal};
use crate::report::{Indicator, Labelled, Series, SeriesKind, Text};
use std::ops::Range;

impl<'t> Reader<'_, '_, '_, 't> {
    /// A sheet with one indicator a row (or a few rows, told apart by `items`).
    pub(super) fn sheet(&mut self, name: usize, items: Option<&Items>) {
        let subrows = if items.is_none() { self.subrows(name) } else { None };
        let tiers = if items.is_none() && subrows.is_none() { self.tiers() } else { None };
        let mut row = self.header.rows;
        while row < self.grid.rows() {
            let across = self.grid.banner(row);
            if let Some(banner) = across.or_else(|| self.grid.lone(row)) {
                if self.context.rules.matches(Rule::Note, &banner.text) {
                    if let Some(mut last) = self.indicators.pop() {
                        self.note(&mut last, banner);
                        self.indicators.push(last);
                    }
                } else {
                    self.context.ledger.place(banner);
                    self.group = Some(banner.clone());
                    self.grouped = across.is_some();
                }
                row += 1;
                continue;
            }
            if let Some(heading) = self.heading(row, name) {
                self.context.ledger.place(&heading);
                self.group = Some(heading);
                self.grouped = false;
                row += 1;
                continue;
            }
            if let Some(end) = tiers.as_ref().and_then(|tiers| self.tiered(name, row, tiers)) {
                row = end;
                continue;
            }
            let end = match (items.map(|items| items.column).or(subrows), self.grid.at(row, name)) {
                (Some(_), Some(cell)) => (cell.row + cell.row_span).clamp(row + 1, self.grid.rows()),
                _ => row + 1,
            };
            let covers = |column: usize| self.grid.at(row, name).is_some_and(|c| c.column + c.column_span > column);
            match subrows.filter(|column| !covers(*column)) {
                Some(column) => self.divided(name, row..end, column),
                None => self.indicator(name, row, end, items),
            }
            row = end;
        }
    }

    fn indicator(&mut self, name: usize, row: usize, end: usize, items: Option<&Items>) {
        self.taken.clear();
        let kept = self.kept(row);
        let Some((printed, mut indicator)) = self.named(name, row) else { return };
        let unit = self.unit_of(row, printed);
        if items.is_none() && self.grid.at(row, name).is_some_and(|cell| cell.row != row) {
            let message = format!(
                "{:?} covers several rows and no column says what each gives: each was read as an indicator of that name",
                printed.text.trim()
            );
            self.context.doubt("ambiguous-indicator-pairing", message, printed);
        }
        match items {
            Some(items) => self.item_series(&mut indicator, row, end, items, unit.as_deref()),
            None => self.row_series(&mut indicator, row, unit.as_deref()),
        }
        self.columns(&mut indicator, name, row, unit.as_deref(), items.map(|items| items.column));
        if let Some(items) = items {
            for row in row + 1..end {
                let (label, _) = self.row_label(row, Some(items));
                self.further(&mut indicator, row, &label);
            }
        }
        self.aim(&mut indicator, printed);
        if indicator.series.is_empty() {
            self.context.ledger.restore(kept);
            return;
        }
        self.context.ledger.place(printed);
        for series in indicator.series.iter_mut().filter(|series| series.label.is_none()) {
            series.label.clone_from(&indicator.name);
        }
        self.indicators.push(indicator);
    }

    /// What became of the texts of a row until now: one without figures leaves no trace.
    pub(super) fn kept(&self, row: usize) -> Vec<(u32, Fate)> {
        self.context.ledger.kept(self.grid.row(row).map(|cell| &cell.text))
    }

    /// A heading whose label stands in the column of numbers, and nothing beside its text: Ⅰ, 市民サービスの向上.
    fn heading(&self, row: usize, name: usize) -> Option<Passage> {
        let filled: Vec<_> = self.grid.row(row).filter(|cell| !cell.text.is_blank()).collect();
        let [label, text] = filled[..] else { return None };
        let own = label.row == row && text.row == row && text.column == name && label.column < name;
        // A number of an indicator without figures is one of digits, like those of its neighbours.
        if !own || text.row_span > 1 || key(&label.text.text).chars().any(|c| c.is_ascii_digit()) {
            return None;
        }
        let mut whole = label.text.clone();
        whole.append("\u{3000}", &text.text);
        Heading::read(self.context.rules, &whole).label.is_some().then_some(whole)
    }

    /// The indicator that a row names, with its group; `None` for rows that name none.
    pub(super) fn named(&mut self, name: usize, row: usize) -> Option<(&'t Passage, Indicator)> {
        let printed = self.grid.text(row, name).filter(|printed| !is_derived(self.context.rules, printed))?;
        let mut indicator = Indicator { name: Some(self.name_of(printed)), ..Indicator::default() };
        // Where a row across the table names the group, a level beside the name is told beside it.
        let own = |level: &Passage| !std::ptr::eq(level, printed);
        let level = if self.grouped { None } else { self.level(row, name).filter(|level| own(level)).cloned() };
        let level = level.or_else(|| self.group.clone());
        indicator.group = level.map(|group| {
            self.context.ledger.place(&group);
            self.context.whole(&group)
        });
        Some((printed, indicator))
    }

    /// A name without its number.
    fn name_of(&self, printed: &Passage) -> Text {
        self.context.part(&Heading::read(self.context.rules, printed).title)
    }

    /// Reads the target that stands below the name in its cell, where no column gives one: it is no part of the name.
    fn aim(&mut self, indicator: &mut Indicator, printed: &Passage) {
        let rest = |at: usize| printed.slice(at..printed.text.len());
        let mut breaks = printed.text.match_indices('\n').map(|(at, _)| at);
        let found = breaks.find_map(|at| Some((at, goal::in_label(self.context.rules, &rest(at))?)));
        let is_actual = |series: &Series| series.kind == SeriesKind::Actual;
        let Some((at, goal)) = found.filter(|_| !indicator.series.iter().any(|s| is_actual(s) && s.target.is_some()))
        else {
            return;
        };
        self.context.check_goal(&goal);
        indicator.name = Some(self.name_of(&printed.slice(0..at)));
        if !indicator.series.iter().any(is_actual) {
            indicator.series.push(Series::default());
        }
        for series in indicator.series.iter_mut().filter(|series| is_actual(series)) {
            series.unit = series.unit.take().or_else(|| goal.unit.clone());
            series.target = Some(goal.clone().target(self.context.document));
        }
    }

    /// The unit that the row's column of units gives, else its name.
    pub(super) fn unit_of(&self, row: usize, printed: &Passage) -> Option<String> {
        let unit = self.header.with_role(Role::Unit).and_then(|column| self.undittoed(row, column));
        // A name can lie over the column of units, too: 事業費（千円）.
        let unit = unit.filter(|unit| !std::ptr::eq(*unit, printed));
        let unit = unit.filter(|unit| !self.context.rules.matches(Rule::NoValue, &unit.text));
        let unit = unit.map(|unit| unit.text.trim().trim_matches(|c| "()（）".contains(c)).to_owned());
        unit.or_else(|| self.context.rules.unit_in(&printed.text)).or_else(|| self.context.rate_unit(&printed.text))
    }

    /// The column that tells the rows of one indicator apart: 男性 and 女性 beside a name that covers both.
    fn subrows(&self, name: usize) -> Option<usize> {
        let column = name + 1;
        let described = self.header.columns.get(column)?;
        // One heading may stand over the names and what tells their rows apart.
        let shared = self.header.columns.get(name).and_then(|own| own.heading()) == described.heading();
        if described.year.is_some() || !(shared || matches!(described.role, None | Some(Role::Level))) {
            return None;
        }
        let text = |row: usize| self.grid.at(row, column).filter(|cell| cell.row == row && !cell.text.is_blank());
        // 20歳代 under 対象 is a word.
        let named = !shared && described.role == Some(Role::Level);
        let is_word = |row: usize| {
            text(row).is_some_and(|cell| named || figure::read(self.context.rules, &cell.text, None).is_none())
        };
        let names = self.grid.table.cells.iter().filter(|cell| cell.column == name && cell.row >= self.header.rows);
        let mut merged = names.filter(|cell| cell.row_span > 1 && cell.column_span == 1).peekable();
        merged.peek()?;
        merged.all(|cell| (cell.row..cell.row + cell.row_span).all(is_word)).then_some(column)
    }

    /// An indicator whose rows are told apart by `column`: each is a series, with its own target.
    fn divided(&mut self, name: usize, rows: Range<usize>, column: usize) {
        let Some((printed, mut indicator)) = self.named(name, rows.start) else { return };
        for row in rows {
            self.taken.clear();
            let kept = self.kept(row);
            let unit = self.unit_of(row, printed);
            let mut own = Indicator { group: indicator.group.clone(), ..Indicator::default() };
            self.row_series(&mut own, row, unit.as_deref());
            self.columns(&mut own, name, row, unit.as_deref(), Some(column));
            let Some(label) = self.grid.text(row, column).filter(|_| !own.series.is_empty()) else {
                self.context.ledger.restore(kept);
                continue;
            };
            self.context.ledger.place(label);
            for series in own.series.iter_mut().filter(|series| series.label.is_none()) {
                series.label = Some(self.context.whole(label));
            }
            indicator.years = own.years;
            indicator.series.append(&mut own.series);
            indicator.other.append(&mut own.other);
            // An indicator has one grade: those of further rows are told beside it.
            match own.grade.take() {
                Some(grade) if indicator.grade.is_some() => {
                    let graded = |column: &&Column| column.role == Some(Role::Grade) && !is_value(column);
                    let heading = self.header.columns.iter().find(graded).and_then(Column::heading);
                    let label = heading.map(|heading| heading.text.clone()).unwrap_or_default();
                    indicator.other.push(Labelled { label, text: grade.text, at: grade.at });
                }
                grade => indicator.grade = grade.or(indicator.grade),
            }
            indicator.responsible = indicator.responsible.or(own.responsible);
        }
        if !indicator.series.is_empty() {
            self.aim(&mut indicator, printed);
            self.context.ledger.place(printed);
            self.indicators.push(indicator);
        }
    }

    /// The level that holds for `row` in the column of levels nearest to the names, merged or left blank below.
    fn level(&self, row: usize, name: usize) -> Option<&'t Passage> {
        let column = (0..name).rev().find(|column| self.header.columns[*column].role == Some(Role::Level))?;
        (self.header.rows..=row).rev().find_map(|row| self.grid.text(row, column))
    }
}
