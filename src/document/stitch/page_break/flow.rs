//! Takes two parts of a table whose rows have labels that come again (実施状況, 主な取組, 課題), says which merged cell
//! goes on over the page break because the rows on both sides of it follow one another inside one such cell elsewhere.

use super::{Growing, Part, key, mid_sentence};
use std::collections::BTreeMap;

impl Growing {
    /// The column of the last merged cell whose sentence goes on below the page break, `None` where there is none.
    pub(in crate::document::stitch) fn flowing(&self, body: &[Part], header: usize) -> Option<usize> {
        let bottom = |part: &&Part| part.ends_at(self.rows) && part.cell.row >= self.header_rows.max(1);
        let tops = || body.iter().filter(|part| part.cell.row == header && !part.is_blank());
        let above =
            |part: &Part| self.cells.iter().filter(bottom).find(|up| up.columns() == part.columns() && !up.is_blank());
        let merged = |up: &Part, part: &Part| up.cell.row_span > 1 || part.cell.row_span > 1;
        let mut columns = tops().filter_map(|part| {
            let up = above(part).filter(|up| merged(up, part))?;
            (up.wraps_into(part) && mid_sentence(up, part)).then_some(part.cell.column)
        });
        let column = columns.next().map(|first| columns.fold(first, usize::max))?;
        let follow = tops().any(|part| {
            let single = |part: &Part| part.cell.row_span == 1;
            let up = above(part).filter(|up| single(up) && single(part) && part.cell.column > column);
            up.is_some_and(|up| follow_inside(&self.cells, column, up, part) || follow_inside(body, column, up, part))
        });
        follow.then_some(column)
    }
}

/// Whether the texts of `a` and `b` stand below one another inside a merged cell of `column`.
fn follow_inside(parts: &[Part], column: usize, a: &Part, b: &Part) -> bool {
    let same = |part: &&Part| part.columns() == a.columns() && part.cell.row_span == 1;
    let (first, second) = (key(&a.cell.text.text), key(&b.cell.text.text));
    let rows: BTreeMap<usize, &Part> = parts.iter().filter(same).map(|part| (part.cell.row, part)).collect();
    let inside = |row: usize| {
        let mut merged = parts.iter().filter(|part| part.cell.column == column && part.cell.row_span > 1);
        merged.any(|part| part.cell.row <= row && row + 1 < part.cell.row + part.cell.row_span)
    };
    first != second
        && rows.iter().any(|(row, part)| {
            let next = rows.get(&(row + 1));
            key(&part.cell.text.text) == first
                && next.is_some_and(|next| key(&next.cell.text.text) == second)
                && inside(*row)
        })
}
