//! Takes a grid, says whether it is a table: precision counts as much as recall, and a paragraph, two columns of an
//! article, a list, a table of contents or the labels of a chart also show rivers.

use super::grid::{Area, Grid, Scene};
use super::token::Kind;

/// What speaks for a table apart from its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Support {
    /// Rulings or bands of colour frame it.
    Framed,
    /// Nothing.
    Loose,
}

/// Counts over the body of a grid.
struct Tally {
    /// Rows with at least two entries.
    rows: usize,
    /// Entries right of the first column in those rows.
    entries: usize,
    /// Of those, values.
    values: usize,
    /// Share of the cells of those rows that hold something.
    fill: f32,
    /// Characters per entry.
    length: f32,
}

/// Whether the grid is a table.
pub(crate) fn is_table(scene: &Scene, area: &Area, grid: &Grid, support: Support) -> bool {
    let tally = tally(scene, grid);
    let columns = grid.columns.len();
    if columns < 2 || tally.rows == 0 {
        return false;
    }
    let share = ratio(tally.values, tally.entries);
    match support {
        Support::Framed => {
            let all = grid.body.len() + grid.header_rows;
            all >= 2
                && tally.rows >= 1
                && tally.fill >= 0.3
                && (share >= 0.3 || tally.rows >= 2 && (columns > 2 || grid.rules >= 4) && tally.length < 90.0)
        }
        Support::Loose => {
            if leaders(scene, area) * 2 > grid.body.len() && columns == 2 {
                return false;
            }
            if share >= 0.6 {
                tally.rows >= if columns == 2 { 4 } else { 3 } && tally.fill >= 0.5
            } else {
                columns >= 3 && tally.rows >= 4 && tally.fill >= 0.6 && tally.length < 14.0 && share >= 0.15
            }
        }
    }
}

#[allow(clippy::cast_precision_loss)]
fn ratio(part: usize, whole: usize) -> f32 {
    if whole == 0 { 0.0 } else { part as f32 / whole as f32 }
}

fn tally(scene: &Scene, grid: &Grid) -> Tally {
    let (mut rows, mut entries, mut values, mut filled, mut chars) = (0, 0, 0, 0, 0_usize);
    for row in &grid.body {
        let mut columns: Vec<usize> = row.entries.iter().map(|e| e.columns.0).collect();
        columns.sort_unstable();
        columns.dedup();
        if columns.len() < 2 {
            continue;
        }
        rows += 1;
        filled += columns.len();
        for entry in row.entries.iter().filter(|e| e.columns.0 > 0) {
            entries += 1;
            values += usize::from(entry.value);
            chars += entry
                .tokens
                .iter()
                .filter_map(|&i| scene.tokens.get(i as usize))
                .map(|t| usize::from(t.chars) + 1)
                .sum::<usize>();
        }
    }
    Tally { rows, entries, values, fill: ratio(filled, rows * grid.columns.len()), length: ratio(chars, entries) }
}

fn leaders(scene: &Scene, area: &Area) -> usize {
    area.tokens.iter().filter(|&&i| scene.tokens.get(i as usize).is_some_and(|t| t.kind == Kind::Leader)).count()
}
