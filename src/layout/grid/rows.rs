//! Takes the cells of a table as ranges of the lattice, gives the boundaries of its rows and columns, and the cells that
//! are missing between them.

use super::Block;
use crate::geom::Rect;
use crate::layout::Cell;

/// Positions of the lattice, each below `end`, ascending and without repetition.
pub(super) fn bounds(positions: impl Iterator<Item = usize>, end: usize) -> Vec<usize> {
    let mut found = vec![false; end];
    positions.for_each(|position| found[position] = true);
    let mut bounds = Vec::with_capacity(found.iter().filter(|found| **found).count());
    bounds.extend(found.iter().enumerate().filter(|(_, found)| **found).map(|(position, _)| position));
    bounds
}

/// For each position of the lattice up to the one after the last of ascending `bounds`: how many of them lie before it.
pub(super) fn ranks(bounds: &[usize]) -> Vec<usize> {
    let mut ranks = Vec::with_capacity(bounds.last().map_or(0, |last| last + 2));
    for (rank, bound) in bounds.iter().enumerate() {
        ranks.resize(bound + 1, rank);
    }
    ranks.push(bounds.len());
    ranks
}

/// The boundaries between rows: where cells begin and others end. Where cells only end, or only begin, beside others
/// that go on, the sides of the table are uneven (a producer ends a cut cell of its own at each page break).
pub(super) fn row_bounds(group: &[Block], end: usize) -> Vec<usize> {
    let (mut begins, mut ends) = (vec![false; end], vec![false; end]);
    for block in group {
        begins[block.y0] = true;
        ends[block.y1] = true;
    }
    let all: Vec<usize> = (0..end).filter(|y| begins[*y] || ends[*y]).collect();
    let (first, last) = (all.first().copied(), all.last().copied());
    let is_even = |y: &usize| begins[*y] && ends[*y] || Some(*y) == first || Some(*y) == last;
    if all.iter().all(is_even) {
        return all;
    }
    let even: Vec<usize> = all.iter().copied().filter(is_even).collect();
    // In a column, the end of one cell and the beginning of the next must not both have moved over one another.
    let from = |b: &Block| even.partition_point(|y| *y <= b.y0).saturating_sub(1);
    let until = |b: &Block| even.partition_point(|y| *y < b.y1);
    let mut order: Vec<&Block> = group.iter().collect();
    order.sort_by_key(|b| (b.y0, b.x0));
    let columns = group.iter().map(|b| b.x1).max().unwrap_or(0);
    let mut filled = vec![0; columns];
    for block in order {
        let Some(above) = filled.get_mut(block.x0..block.x1) else { return all };
        if above.iter().any(|end| *end > from(block)) {
            return all;
        }
        above.fill(until(block));
    }
    even
}

/// Adds blank cells where the grid has none, so that the cells tile it, and orders all by row and column.
pub(super) fn fill_holes(cells: &mut Vec<Cell>, row_bounds: &[f32], column_bounds: &[f32]) {
    let (rows, columns) = (row_bounds.len() - 1, column_bounds.len() - 1);
    let mut taken = vec![false; rows * columns];
    for cell in cells.iter() {
        for row in cell.row..cell.row + cell.row_span {
            taken[row * columns + cell.column..row * columns + cell.column + cell.column_span].fill(true);
        }
    }
    for (index, _) in taken.iter().enumerate().filter(|(_, taken)| !**taken) {
        let (row, column) = (index / columns, index % columns);
        let bbox = Rect {
            x0: column_bounds[column],
            y0: row_bounds[row],
            x1: column_bounds[column + 1],
            y1: row_bounds[row + 1],
        };
        cells.push(Cell { row, column, row_span: 1, column_span: 1, bbox, ..Cell::default() });
    }
    cells.sort_by_key(|c| (c.row, c.column));
}
