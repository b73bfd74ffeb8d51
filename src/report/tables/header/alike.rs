//! Columns of years that are all called alike: R4実績, R5実績.

use super::{Column, Header};

impl Header<'_> {
    /// Whether the column names a year, and another one calls the same of another year: 実績 in R4実績 and R5実績 says
    /// nothing of what their rows hold where these have labels of their own.
    pub(in crate::report) fn says_nothing_more(&self, column: usize) -> bool {
        let column = &self.columns[column];
        let Some(year) = column.year.as_ref().filter(|_| column.own_role) else { return false };
        let of_another = |other: &Column| other.year.as_ref().is_some_and(|other| other.year != year.year);
        self.columns.iter().any(|other| other.own_role && other.role == column.role && of_another(other))
    }
}
