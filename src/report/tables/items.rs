//! The column that says what each row of an initiative holds: 実施状況, 主な取組, 進捗状況, 課題等.

use super::grid::Grid;
use super::header::Header;
use crate::report::rules::{Fit, Role, Rule, Rules};
use crate::report::values::figure;
use std::collections::BTreeMap;

/// Share of the rows that must have a known label.
const KNOWN_SHARE: f32 = 0.6;

/// The column of row labels with the role of each body row.
#[derive(Debug)]
pub(in crate::report) struct Items {
    /// The column.
    pub(in crate::report) column: usize,
    /// For each row of the table, `None` in the header and for unknown labels.
    pub(in crate::report) roles: Vec<Option<Role>>,
    /// The column behind it that names what its merged cells hold: 量の見込み and 確保方策 beside 計画値.
    pub(in crate::report) divided: Option<usize>,
}

/// What a row can hold.
fn is_item(role: Role) -> bool {
    matches!(
        role,
        Role::Status
            | Role::Actions
            | Role::Grade
            | Role::Issues
            | Role::Plan
            | Role::Result
            | Role::Actual
            | Role::Target
            | Role::Remark
            | Role::Rate
            | Role::Baseline
    )
}

/// What a row can be called that tells what was done.
fn is_named(role: Role) -> bool {
    matches!(role, Role::Name | Role::Description)
}

impl Items {
    /// Looks for the column among those left of the first year (or value) column.
    pub(in crate::report) fn find(rules: &Rules, grid: &Grid, header: &Header) -> Option<Self> {
        let limit = header.first_value().unwrap_or_else(|| grid.columns().saturating_sub(1));
        (0..limit).rev().find_map(|column| Self::in_column(rules, grid, header, column))
    }

    /// Whether plans stand in some of the rows, so that 実績 beside them are their results.
    pub(in crate::report) fn plans(&self) -> bool {
        self.roles.iter().flatten().any(|role| matches!(role, Role::Plan | Role::Target))
            || self.roles.iter().flatten().any(|role| *role == Role::Actions)
    }

    fn in_column(rules: &Rules, grid: &Grid, header: &Header, column: usize) -> Option<Self> {
        let mut roles = vec![None; grid.rows()];
        let (mut known, mut filled) = (0_usize, 0_usize);
        for (row, slot) in roles.iter_mut().enumerate().skip(header.rows) {
            let Some(text) = grid.text(row, column).filter(|_| grid.banner(row).is_none()) else { continue };
            filled += 1;
            let label = rules.label(&text.text).filter(|label| label.fit == Fit::Whole && is_item(label.role));
            if let Some(label) = label {
                known += 1;
                *slot = Some(label.role);
            }
        }
        for (row, role) in aimed(rules, grid, header, column) {
            if roles[row].is_none() {
                known += 1;
                roles[row] = Some(role);
            }
        }
        let distinct = {
            let mut seen: Vec<Role> = roles.iter().flatten().copied().collect();
            seen.sort_unstable();
            seen.dedup();
            seen.len()
        };
        let enough = known >= 2 && distinct >= 2 && known as f32 >= KNOWN_SHARE * filled as f32;
        if enough && !roles.contains(&Some(Role::Actions)) {
            // 具体的な取組 and 取組内容 head columns of names and descriptions elsewhere; among these rows they tell what
            // was done.
            for (row, slot) in roles.iter_mut().enumerate().skip(header.rows).filter(|(_, role)| role.is_none()) {
                let label = grid.text(row, column).and_then(|text| rules.label(&text.text));
                let named =
                    label.is_some_and(|label| label.fit == Fit::Whole && is_named(label.role) && label.year.is_none());
                *slot = named.then_some(Role::Actions);
            }
        }
        let divided = if enough { divided(rules, grid, header, column) } else { None };
        enough.then_some(Self { column, roles, divided })
    }
}

/// Rows that give the same thing as it is aimed at and as it was reached: 計画職員数 and 実職員数.
fn aimed(rules: &Rules, grid: &Grid, header: &Header, column: usize) -> Vec<(usize, Role)> {
    let mut found: Vec<(usize, Role, String)> = Vec::new();
    let mut sides: BTreeMap<String, (bool, bool)> = BTreeMap::new();
    for row in header.rows..grid.rows() {
        let text = grid.text(row, column).filter(|_| grid.banner(row).is_none());
        let Some(label) = text.and_then(|text| rules.find(Rule::MeasuredAs, &text.text)) else { continue };
        let Some(noun) = label.group("noun").map(str::to_owned) else { continue };
        let target = label.group("target").is_some();
        let side = sides.entry(noun.clone()).or_default();
        *side = (side.0 || target, side.1 || !target);
        found.push((row, if target { Role::Target } else { Role::Result }, noun));
    }
    found.retain(|(_, _, noun)| sides.get(noun) == Some(&(true, true)));
    found.into_iter().map(|(row, role, _)| (row, role)).collect()
}

/// The next column, where cells of `column` cover several rows and it has words of its own in each.
fn divided(rules: &Rules, grid: &Grid, header: &Header, column: usize) -> Option<usize> {
    let inner = column + 1;
    let before = header.first_value().is_some_and(|first| inner < first);
    let named = header.columns.get(inner).is_some_and(|own| matches!(own.role, None | Some(Role::Level)));
    if !before || !named {
        return None;
    }
    let body = || (header.rows..grid.rows()).filter(|row| grid.banner(*row).is_none());
    let merged = |row: usize| grid.at(row, column).is_some_and(|cell| cell.row_span > 1 && cell.column_span == 1);
    let word = |row: usize| {
        let own = grid.at(row, inner).filter(|cell| cell.row == row && !cell.text.is_blank());
        own.is_some_and(|cell| cell.column <= column || figure::read(rules, &cell.text, None).is_none())
    };
    (body().any(merged) && body().filter(|row| merged(*row)).all(word)).then_some(inner)
}
