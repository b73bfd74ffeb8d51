//! Indicators whose target and actual stand over each other: in two rows beside one name, or in two lines of a cell. A
//! heading or a line above the table says which is which.

use super::{Reader, common_unit, kind_of, series};
use crate::document::Passage;
use crate::report::rules::Rule;
use crate::report::tables::header::Column;
use crate::report::values::tiers::{self, Tiers};
use crate::report::{Measure, Series, SeriesKind};

impl Reader<'_, '_, '_, '_> {
    /// What the two are, by the headings of the table, else by what stands above it.
    pub(super) fn tiers(&self) -> Option<Tiers> {
        let headings = self.header.columns.iter().flat_map(|column| column.headings.iter().rev());
        let mut own = headings.chain(&self.header.titles);
        let own = own.find_map(|heading| tiers::read(self.context.rules, heading));
        own.or_else(|| self.context.tiers.clone())
    }

    /// Reads the indicator that begins in `row`; gives the row after it, `None` where no two figures stand over each
    /// other.
    pub(super) fn tiered(&mut self, name: usize, row: usize, tiers: &Tiers) -> Option<usize> {
        let header = self.header;
        let named = self.grid.at(row, name).filter(|cell| cell.row == row && cell.row_span <= 2)?;
        let end = row + named.row_span;
        let columns: Vec<usize> =
            (0..header.columns.len()).filter(|column| self.is_tiered(&header.columns[*column])).collect();
        let pairs: Vec<(usize, [Passage; 2])> =
            columns.iter().filter_map(|column| Some((*column, self.pair(row, end, *column)?))).collect();
        if !pairs.iter().any(|(_, pair)| pair.iter().all(|figure| !figure.is_blank())) {
            return None;
        }
        self.taken.clear();
        let (printed, mut indicator) = self.named(name, row)?;
        let unit = self.unit_of(row, printed);
        self.baselines(&mut indicator, row, unit.as_deref());
        let mut years: [Vec<Measure>; 2] = Default::default();
        for (column, pair) in pairs {
            let Some(year) = header.columns.get(column).and_then(|column| column.year.as_ref()) else { continue };
            if !indicator.years.contains(year) {
                indicator.years.push(year.clone());
            }
            let own = self.unit_at(unit.as_deref(), column);
            let mut all = true;
            for (tier, text) in pair.iter().enumerate().filter(|(_, text)| !text.is_blank()) {
                let Some(read) = self.figure(text, own.as_deref()) else {
                    all = false;
                    continue;
                };
                self.context.ledger.place(text);
                years[tier].push(read.measure(self.context.document, year));
            }
            if all {
                self.taken.push(column);
            }
        }
        for (measures, (word, role)) in years.into_iter().zip(&tiers.0) {
            if measures.is_empty() {
                continue;
            }
            let unit = unit.clone().or_else(|| common_unit(&measures));
            let label = Some(self.context.part(word));
            indicator.series.push(Series { label, kind: kind_of(*role), unit, target: None, years: measures });
        }
        self.columns(&mut indicator, name, row, unit.as_deref(), None);
        for column in (0..header.columns.len()).filter(|column| *column != name && end == row + 2) {
            let below = self.grid.at(row + 1, column).filter(|cell| cell.row == row + 1 && cell.column == column);
            let below = below.filter(|cell| !cell.text.is_blank() && !self.taken.contains(&column));
            if let Some(cell) = below {
                self.other(&mut indicator, column, &cell.text);
            }
        }
        self.context.ledger.place(printed);
        let is_main = |series: &Series| series.label.is_none() && series.kind == SeriesKind::Actual;
        for series in indicator.series.iter_mut().filter(|series| is_main(series)) {
            series.label.clone_from(&indicator.name);
        }
        self.indicators.push(indicator);
        Some(end)
    }

    /// The two figures of a column: those of two rows, or of two lines of a cell. One alone is the upper one, unless it
    /// stands in brackets.
    fn pair(&self, row: usize, end: usize, column: usize) -> Option<[Passage; 2]> {
        let upper = self.grid.at(row, column).filter(|cell| cell.row == row && cell.column == column)?;
        if end == row + 2 && upper.row_span == 1 {
            let lower = self.grid.at(row + 1, column).filter(|cell| cell.row == row + 1);
            return Some([upper.text.clone(), lower.map(|cell| cell.text.clone()).unwrap_or_default()]);
        }
        if upper.text.is_blank() {
            return None;
        }
        Some(tiers::split(&upper.text).unwrap_or_else(|| [upper.text.clone(), Passage::default()]))
    }

    /// Whether a column gives figures of a year of both kinds.
    fn is_tiered(&self, column: &Column) -> bool {
        let told = || column.headings.iter().any(|heading| self.context.rules.matches(Rule::Tiers, &heading.text));
        column.year.is_some() && (series::is_value(column) || series::is_goal(column) && told())
    }
}
