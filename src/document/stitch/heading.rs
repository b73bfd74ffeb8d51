//! Takes a table whose columns no ruling parts, gives the headings between its rows all columns: the text runs on where
//! the next columns would be, and nothing stands beside it.

use crate::document::gather::Piece;
use crate::layout;

/// Makes each text that runs over the end of its cell, alone in its row, one cell through all columns; `lines` are those
/// of the cells.
pub(super) fn span(table: &mut layout::Table, lines: &mut Vec<Vec<Piece>>) {
    let mut filled = vec![0_usize; table.rows];
    for (cell, _) in table.cells.iter().zip(&*lines).filter(|(_, lines)| !lines.is_empty()) {
        let rows = cell.row..cell.row + cell.row_span;
        filled.get_mut(rows).unwrap_or_default().iter_mut().for_each(|count| *count += 1);
    }
    let mut headings = vec![false; table.rows];
    for (cell, lines) in table.cells.iter().zip(&*lines) {
        let runs_over = lines.iter().any(|line| line.bbox.x1 > cell.bbox.x1);
        if cell.column == 0 && cell.row_span == 1 && filled.get(cell.row) == Some(&1) && runs_over {
            headings.get_mut(cell.row).into_iter().for_each(|heading| *heading = true);
        }
    }
    let is_heading = |row: usize| headings.get(row) == Some(&true);
    let kept: Vec<bool> = table.cells.iter().map(|cell| cell.column == 0 || !is_heading(cell.row)).collect();
    let mut keep = kept.iter().copied();
    table.cells.retain(|_| keep.next().unwrap_or(true));
    let mut keep = kept.iter().copied();
    lines.retain(|_| keep.next().unwrap_or(true));
    for cell in table.cells.iter_mut().filter(|cell| is_heading(cell.row)) {
        cell.column_span = table.columns;
        cell.bbox.x1 = table.bbox.x1;
    }
}
