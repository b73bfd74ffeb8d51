//! The column that says what each row of an initiative holds: 実施状況, 主な取組, 進捗状況, 課題等.

use super::grid::Grid;
use super::header::Header;
use crate::report::rules::{Fit, Role, Rules};

/// Share of the rows that must have a known label.
const KNOWN_SHARE: f32 = 0.6;

/// The column of row labels with the role of each body row.
#[derive(Debug)]
pub(in crate::report) struct Items {
    /// The column.
    pub(in crate::report) column: usize,
    /// For each row of the table, `None` in the header and for unknown labels.
    pub(in crate::report) roles: Vec<Option<Role>>,
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
        enough.then_some(Self { column, roles })
    }
}
