//! Takes the tables of two pages, says which rows the second repeats of the first as its header, and whether it begins
//! with a header of its own.

use super::{Growing, Part};
use unicode_normalization::UnicodeNormalization;

/// A first row that shares this part of its texts with the first row of the table before, but not all, is the header
/// of another table of the same form.
const OWN_HEADER_SHARE: f32 = 0.3;

/// So many rows tell whether a first row has a form of its own.
const ROWS_COMPARED: usize = 24;

/// The columns of a shaded cell and its colour.
type Shade = ((usize, usize), Option<[u8; 3]>);

impl Growing {
    /// The texts that begin in `row`, with the place of their columns on the page in steps of two times `same`.
    fn row(&self, row: usize, same: f32) -> Vec<(i32, i32, usize, String)> {
        let bound = |at: usize| self.bounds.get(at).map_or(0, |x| ((x - self.left()) / (2.0 * same)).round() as i32);
        self.cells
            .iter()
            .filter(|part| part.cell.row == row)
            .map(|part| {
                let (start, span) = part.columns();
                (bound(start), bound(start + span), part.cell.row_span, key(&part.cell.text.text))
            })
            .collect()
    }

    /// How many leading rows `next` repeats of this table.
    pub(super) fn repeated_rows(&self, next: &Self) -> usize {
        let near = |a: i32, b: i32| (a - b).abs() <= 1;
        let same = |row: &usize| {
            let (mine, others) = (self.row(*row, self.same), next.row(*row, self.same));
            mine.len() == others.len()
                && mine
                    .iter()
                    .zip(&others)
                    .all(|(a, b)| near(a.0, b.0) && near(a.1, b.1) && a.2 == b.2 && same_text(&a.3, &b.3))
        };
        let limit = self.rows.min(next.rows);
        let mut count = (0..limit).take_while(same).count();
        while next.cells.iter().any(|part| part.cell.row < count && part.cell.row + part.cell.row_span > count) {
            count -= 1;
        }
        let has_text = next.cells.iter().any(|part| part.cell.row < count && !part.is_blank());
        if has_text { count } else { 0 }
    }

    /// Whether the first row of `next` is the header of another table of the same form.
    pub(super) fn is_another_table(&self, next: &Self) -> bool {
        let row = |table: &Self, row| table.row(row, self.same);
        let (mine, others) = (row(self, 0), row(next, 0));
        let words: Vec<&String> =
            others.iter().map(|(.., text)| text).filter(|text| text.chars().count() > 1).collect();
        let known = words.iter().filter(|word| mine.iter().any(|(.., text)| text == **word)).count();
        if known > 0 && known as f32 >= OWN_HEADER_SHARE * words.len() as f32 {
            return true;
        }
        // Shaded labels beside values are no header.
        let first = || self.cells.iter().filter(|part| part.cell.row == 0 && !part.is_blank());
        if first().any(|part| part.cell.shaded) && first().any(|part| !part.cell.shaded) {
            return false;
        }
        // Below a header that is shaded a row without shade is none.
        let top = || next.cells.iter().filter(|part| part.cell.row == 0 && !part.is_blank());
        if first().all(|part| part.cell.shaded) && !top().any(|part| part.cell.shaded) {
            return false;
        }
        let form = |texts: &[(i32, i32, usize, String)]| {
            texts.iter().map(|(start, end, rows, _)| (*start, *end, *rows)).collect::<Vec<_>>()
        };
        let last = row(self, self.rows.saturating_sub(1));
        let merged = mine.len() < self.bounds.len().saturating_sub(1) && mine.len() > 1;
        // Rows farther down of that form are no headers.
        let unique = || (1..self.rows.min(ROWS_COMPARED)).all(|at| form(&row(self, at)) != form(&mine));
        if merged && form(&mine) == form(&others) && form(&last) != form(&mine) && unique() {
            return true;
        }
        let shades = |table: &Self, row: usize| {
            let shaded = |part: &&Part| part.cell.row == row && part.cell.shaded;
            table.cells.iter().filter(shaded).map(|part| (part.columns(), part.shade)).collect::<Vec<Shade>>()
        };
        let places = |shades: &[Shade]| shades.iter().map(|s| s.0).collect::<Vec<_>>();
        let (shaded, top) = (shades(self, 0), shades(next, 0));
        // Where every second row is shaded, the next page may begin with one: a row below another has its colours.
        let is_row =
            || (1..self.rows.min(ROWS_COMPARED)).any(|row| shades(self, row) == top && shades(self, row - 1) != top);
        !shaded.is_empty()
            && places(&shaded) == places(&top)
            && places(&shaded) != places(&shades(self, self.rows.saturating_sub(1)))
            && !is_row()
    }
}

pub(super) fn key(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace()).collect()
}

/// Whether two headers say the same, a 「(続き)」 aside.
pub(super) fn same_text(a: &str, b: &str) -> bool {
    let plain = |text: &str| -> String {
        ["(続き)", "(つづき)", "(続)", "続き"].iter().fold(text.to_owned(), |text, mark| text.replace(mark, ""))
    };
    a == b || plain(a) == plain(b)
}
