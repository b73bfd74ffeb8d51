//! Whether a row names columns although most of its words are unknown: all of them end in a word of the vocabulary, or
//! grades stand below the one that is known.

use crate::document::Cell;
use crate::report::context::Context;
use crate::report::rules::{Fit, Role, Rules};
use crate::report::tables::grid::Grid;
use crate::report::values::{figure, grade};

/// Fewest cells of a row that need one word among them and may end in words else.
const FEWEST_ENDINGS: usize = 3;

/// Whether every cell of the row is a word of the vocabulary or ends in one: 計画に定める取組 beside 評価. Of two cells the
/// first names what the other tells.
pub(super) fn ends_in_words(rules: &Rules, grid: &Grid, row: usize) -> bool {
    let mut filled = grid.row(row).filter(|cell| !cell.text.is_blank());
    let labels: Option<Vec<_>> = filled.try_fold(Vec::new(), |mut labels, cell| {
        labels.push(rules.label(&cell.text.text)?);
        Some(labels)
    });
    match labels.as_deref() {
        Some([first, second]) => {
            let told = matches!(second.role, Role::Actions | Role::Status);
            first.role == Role::Name && first.fit == Fit::Ending && told && second.fit == Fit::Whole
        }
        Some(labels) => labels.len() >= FEWEST_ENDINGS && labels.iter().any(|label| label.fit == Fit::Whole),
        None => false,
    }
}

/// Whether a cell of the row is called a grade, mostly grades stand below it, and texts below the first cell.
pub(in crate::report) fn heads_grades(context: &Context, grid: &Grid, row: usize) -> bool {
    let is_grade = |cell: &&Cell| grade::is_one(context.rules, &cell.text, &context.scale);
    let below = |column: usize| {
        let own = move |row: usize| grid.at(row, column).filter(|cell| (cell.row, cell.column_span) == (row, 1));
        (row + 1..grid.rows()).filter_map(own).filter(|cell| !cell.text.is_blank())
    };
    let graded = |cell: &Cell| {
        let (all, grades) = (below(cell.column).count(), below(cell.column).filter(is_grade).count());
        grades > 0 && 2 * grades >= all
    };
    let called = |cell: &&Cell| {
        let role = grid.role(context.rules, cell);
        cell.column > 0 && cell.column_span == 1 && cell.row_span == 1 && role == Some(Role::Grade)
    };
    let is_text = |cell: &Cell| !is_grade(&cell) && figure::read(context.rules, &cell.text, None).is_none();
    let told = |cell: &Cell| cell.column_span == 1 && below(cell.column).any(is_text);
    grid.row(row).next().is_some_and(told) && grid.row(row).filter(called).any(graded)
}

/// Whether all cells of a row are shaded, several of them, and not all of the row below.
pub(super) fn is_shaded_head(grid: &Grid, row: usize) -> bool {
    let filled = |row: usize| grid.row(row).filter(|cell| !cell.text.is_blank());
    filled(row).count() > 1 && filled(row).all(|cell| cell.shaded) && filled(row + 1).any(|cell| !cell.shaded)
}
