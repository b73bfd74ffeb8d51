//! Takes a table as the rulings of its page make it, gives the tables that a reader sees: a row that is blank
//! and too low for text is a gap between two tables whose frames nearly touch, and a frame around a single cell is no table.

use super::gather::{Part, Piece};
use crate::geom::Rect;
use crate::layout::{Cell, Table};

/// A blank row lower than this many ems is too low for a line of text with its margins: it is a gap.
const GAP_HEIGHT: f32 = 1.2;

/// Adds to `parts` the tables and framed lines that `table` consists of.
pub(super) fn separate(table: Table, lines: Vec<Vec<Piece>>, parts: &mut Vec<Part>) {
    let em = lines.iter().flatten().map(|line| line.size).fold(f32::INFINITY, f32::min);
    let gaps: Vec<usize> = (0..table.rows).filter(|row| is_gap(&table, &lines, *row, em)).collect();
    if gaps.is_empty() {
        parts.push(Part::Table(table, lines));
        return;
    }
    let mut cells: Vec<(Cell, Vec<Piece>)> = table.cells.iter().cloned().zip(lines).collect();
    let mut start = 0;
    for end in gaps.into_iter().chain([table.rows]) {
        let (own, rest): (Vec<_>, Vec<_>) = cells.into_iter().partition(|(cell, _)| cell.row < end);
        cells = rest;
        let own = own.into_iter().filter(|(cell, _)| cell.row >= start).collect();
        between(&table, own, start, end, parts);
        start = end + 1;
    }
}

fn is_gap(table: &Table, lines: &[Vec<Piece>], row: usize, em: f32) -> bool {
    let height = |row: usize| table.row_bounds.get(row + 1).zip(table.row_bounds.get(row)).map_or(0.0, |(b, a)| b - a);
    let mut across =
        table.cells.iter().zip(lines).filter(|(cell, _)| cell.row <= row && row < cell.row + cell.row_span);
    height(row) < GAP_HEIGHT * em && across.all(|(cell, lines)| cell.row_span == 1 && lines.is_empty())
}

/// Adds the rows from `start` to `end` as a table of their own, with the columns that they need.
fn between(table: &Table, cells: Vec<(Cell, Vec<Piece>)>, start: usize, end: usize, parts: &mut Vec<Part>) {
    if cells.len() <= 1 {
        parts.extend(cells.into_iter().flat_map(|(_, lines)| lines).map(Part::Line));
        return;
    }
    let mut used: Vec<usize> = cells.iter().flat_map(|(c, _)| [c.column, c.column + c.column_span]).collect();
    used.sort_unstable();
    used.dedup();
    let index = |column: usize| used.partition_point(|known| *known < column);
    let (cells, lines): (Vec<Cell>, Vec<Vec<Piece>>) = cells
        .into_iter()
        .map(|(mut cell, lines)| {
            let (first, last) = (index(cell.column), index(cell.column + cell.column_span));
            (cell.row, cell.column, cell.column_span) = (cell.row - start, first, last - first);
            (cell, lines)
        })
        .unzip();
    let row_bounds = table.row_bounds.get(start..=end).unwrap_or_default().to_vec();
    let bbox = cells.iter().map(|cell| cell.bbox).reduce(|a, b| a.union(&b)).unwrap_or(Rect::default());
    let column_bounds: Vec<f32> = used.iter().filter_map(|bound| table.column_bounds.get(*bound).copied()).collect();
    let part = Table {
        bbox,
        rows: end - start,
        columns: column_bounds.len().saturating_sub(1),
        row_bounds,
        column_bounds,
        cells,
        method: table.method,
    };
    parts.push(Part::Table(part, lines));
}
