//! Takes a table as the rulings of its page make it, gives it without row boundaries that part nothing: a blank cell
//! over a blank cell while every other cell runs across. Producers draw such a ruling where a page break cut a merged
//! cell whose text stands on the page before.

use super::gather::Piece;
use crate::layout::{Cell, Table};

/// Joins blank cells over such boundaries and takes the boundaries out.
pub(super) fn without_idle_rows(mut table: Table, mut lines: Vec<Vec<Piece>>) -> (Table, Vec<Vec<Piece>>) {
    // What is taken out below a boundary leaves the texts beside it where they are.
    let beside_text = beside_text(&table, &lines);
    for bound in (1..table.rows).rev() {
        if !beside_text.get(bound).copied().unwrap_or(false) && is_idle(&table, &lines, bound) {
            take_out(&mut table, &mut lines, bound);
        }
    }
    (table, lines)
}

/// For each boundary between rows, whether a cell that is not blank begins or ends there.
fn beside_text(table: &Table, lines: &[Vec<Piece>]) -> Vec<bool> {
    let mut beside = vec![false; table.rows + 1];
    for (cell, _) in table.cells.iter().zip(lines).filter(|(cell, text)| !text.is_empty() || cell.struck) {
        for bound in [cell.row, cell.row + cell.row_span] {
            if let Some(beside) = beside.get_mut(bound) {
                *beside = true;
            }
        }
    }
    beside
}

/// Whether all cells that end or begin at the boundary above row `bound` are blank and lie in the same columns.
fn is_idle(table: &Table, lines: &[Vec<Piece>], bound: usize) -> bool {
    let mut above: Vec<(usize, usize)> = Vec::new();
    let mut below: Vec<(usize, usize)> = Vec::new();
    for (cell, text) in table.cells.iter().zip(lines) {
        let (ends, begins) = (cell.row + cell.row_span == bound, cell.row == bound);
        if (ends || begins) && (!text.is_empty() || cell.struck) {
            return false;
        }
        if ends {
            above.push((cell.column, cell.column_span));
        }
        if begins {
            below.push((cell.column, cell.column_span));
        }
    }
    above.sort_unstable();
    below.sort_unstable();
    above == below && above.iter().map(|(_, span)| span).sum::<usize>() < table.columns
}

fn take_out(table: &mut Table, lines: &mut Vec<Vec<Piece>>, bound: usize) {
    let (cells, texts) = (std::mem::take(&mut table.cells), std::mem::take(lines));
    let (below, rest): (Vec<_>, Vec<_>) = cells.into_iter().zip(texts).partition(|(cell, _)| cell.row == bound);
    for (mut cell, text) in rest {
        let lower = below.iter().find(|(lower, _)| cell.row + cell.row_span == bound && lower.column == cell.column);
        if let Some((lower, _)) = lower {
            join(&mut cell, lower);
        }
        if cell.row < bound && bound < cell.row + cell.row_span {
            cell.row_span -= 1;
        } else if cell.row > bound {
            cell.row -= 1;
        }
        table.cells.push(cell);
        lines.push(text);
    }
    table.rows -= 1;
    if bound < table.row_bounds.len() {
        table.row_bounds.remove(bound);
    }
}

/// Makes one cell of a blank cell and the blank cell below it.
fn join(cell: &mut Cell, lower: &Cell) {
    cell.row_span += lower.row_span;
    cell.bbox = cell.bbox.union(&lower.bbox);
    cell.closed_bottom = lower.closed_bottom;
    cell.shade = cell.shade.filter(|shade| lower.shade == Some(*shade));
}

#[cfg(test)]
mod tests {
    use super::without_idle_rows;
    use crate::document::Passage;
    use crate::document::gather::Piece;
    use crate::geom::Rect;
    use crate::layout::{Cell, Method, Table};

    /// `row column rows columns text` of each cell.
    type Drawn = (usize, usize, usize, usize, &'static str);

    #[track_caller]
    fn case(cells: &[Drawn], expected: &[Drawn]) {
        let piece = |text: &str| Piece {
            text: Passage { text: text.to_owned(), origins: Vec::new() },
            bbox: Rect::default(),
            size: 10.0,
            vertical: false,
            unseen: false,
        };
        let lines = cells.iter().map(|(.., text)| if text.is_empty() { vec![] } else { vec![piece(text)] }).collect();
        let made = cells.iter().map(|&(row, column, row_span, column_span, _)| Cell {
            row,
            column,
            row_span,
            column_span,
            ..Cell::default()
        });
        let table = Table {
            bbox: Rect::default(),
            rows: cells.iter().map(|c| c.0 + c.2).max().unwrap_or_default(),
            columns: 2,
            row_bounds: vec![0.0, 10.0, 20.0, 30.0],
            column_bounds: vec![0.0, 50.0, 100.0],
            cells: made.collect(),
            method: Method::Ruled,
        };
        let (table, lines) = without_idle_rows(table, lines);
        let drawn: Vec<_> = table
            .cells
            .iter()
            .zip(&lines)
            .map(|(c, text)| {
                let text = text.first().map_or("", |piece| piece.text.text.as_str());
                (c.row, c.column, c.row_span, c.column_span, text.to_owned())
            })
            .collect();
        let expected: Vec<_> = expected.iter().map(|&(a, b, c, d, text)| (a, b, c, d, text.to_owned())).collect();
        assert_eq!(drawn, expected);
        assert_eq!(table.row_bounds.len(), table.rows + 1);
    }

    #[test]
    fn a_ruling_between_blank_cells_parts_nothing() {
        case(
            &[(0, 0, 1, 1, ""), (0, 1, 2, 1, "課題"), (1, 0, 1, 1, ""), (2, 0, 1, 1, "研修"), (2, 1, 1, 1, "A")],
            &[(0, 0, 1, 1, ""), (0, 1, 1, 1, "課題"), (1, 0, 1, 1, "研修"), (1, 1, 1, 1, "A")],
        );
    }

    #[test]
    fn a_row_of_blank_cells_stays() {
        let blank_row =
            [(0, 0, 1, 1, "研修"), (0, 1, 1, 1, "A"), (1, 0, 1, 1, ""), (1, 1, 1, 1, ""), (2, 0, 1, 2, "注")];
        case(&blank_row, &blank_row);
    }
}
