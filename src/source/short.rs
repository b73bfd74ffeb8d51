//! Takes the rows of a pipe table with as many cells as its converter wrote, gives those that are short of cells their
//! place. A converter that knows no merged cells leaves out what a cell from a row above covers: names of years stand
//! below the heading that they divide, other rows lack cells at the left.

use super::kind::Kind;
use crate::warning::Warning;
use std::collections::BTreeMap;

/// What a cell counts for whose text stands in the same column of whole rows; one of the wrong kind counts less one.
const SAME_TEXT: isize = 2;

/// Moves the rows that are short of cells, and warns of them.
pub(super) fn place(rows: &mut [Vec<String>]) -> Vec<Warning> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let head = place_head(rows, columns);
    let whole = rows.iter().skip(head).position(|row| row.len() == columns).map_or(rows.len(), |at| head + at);
    let mut lengths: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (r, row) in rows.iter().enumerate().skip(whole).filter(|(_, row)| row.len() < columns) {
        lengths.entry(row.len()).or_default().push(r);
    }
    let facts = Columns::of(rows.iter().skip(head).filter(|row| row.len() == columns), columns);
    let mut places = Vec::new();
    for (length, members) in lengths {
        let fits = |lost: &usize| -> isize {
            members.iter().filter_map(|r| rows.get(*r)).map(|row| facts.fit(row, *lost)).sum()
        };
        // Cells that a merged cell covers are at the left, unless what stands in the row speaks against it.
        let lost = (0..=columns - length).max_by_key(|lost| (fits(lost), *lost)).unwrap_or(0);
        places.extend(members.into_iter().map(|r| (r, lost)).filter(|_| lost > 0));
    }
    let moved = places.len();
    for (r, lost) in places {
        if let Some(row) = rows.get_mut(r) {
            row.splice(0..0, std::iter::repeat_n(String::new(), lost));
        }
    }
    let message = || format!("{moved} rows of a table have lost cells at the left; read as going on with those above");
    (moved > 0).then(|| Warning::new("shifted-row", message())).into_iter().collect()
}

/// Places the rows that divide headings below those, gives the number of rows of the head.
fn place_head(rows: &mut [Vec<String>], columns: usize) -> usize {
    let mut level = 0;
    while let Some([above, row, ..]) = rows.get_mut(level..) {
        let is_short = !row.is_empty() && row.len() < columns && row.iter().all(|text| !text.is_empty());
        let Some(places) = is_short.then(|| divided(above, row.len(), columns)).flatten() else { break };
        let mut texts = std::mem::take(row).into_iter();
        *row = (0..columns)
            .map(|c| places.binary_search(&c).ok().and_then(|_| texts.next()).unwrap_or_default())
            .collect();
        level += 1;
    }
    level + 1
}

/// The columns of the headings in `above` that reach over several, if those are `count`.
fn divided(above: &[String], count: usize, columns: usize) -> Option<Vec<usize>> {
    let is_blank = |c: usize| above.get(c).is_some_and(String::is_empty);
    let is_wide = |c: usize| if is_blank(c) { c > 0 } else { is_blank(c + 1) };
    let places: Vec<usize> = (0..above.len()).filter(|c| is_wide(*c)).collect();
    // A label and a heading over all other columns, written once.
    let is_pair = above.len() == 2 && columns > 2 && count + 1 == columns;
    if is_pair { Some((1..columns).collect()) } else { (places.len() == count).then_some(places) }
}

/// What stands in the columns of whole rows.
struct Columns<'a> {
    texts: Vec<BTreeMap<&'a str, Kind>>,
}

impl<'a> Columns<'a> {
    fn of(rows: impl Iterator<Item = &'a Vec<String>>, columns: usize) -> Self {
        let mut texts = vec![BTreeMap::new(); columns];
        for row in rows {
            for (texts, text) in texts.iter_mut().zip(row).filter(|(_, text)| !text.is_empty()) {
                texts.insert(text.as_str(), Kind::of(text));
            }
        }
        Self { texts }
    }

    /// How well `row` fits after it is moved by `lost` columns.
    fn fit(&self, row: &[String], lost: usize) -> isize {
        let fits = row.iter().zip(self.texts.iter().skip(lost)).filter(|(text, _)| !text.is_empty());
        fits.map(|(text, known)| {
            if known.contains_key(text.as_str()) {
                return SAME_TEXT;
            }
            let numbers = known.values().filter(|kind| **kind == Kind::Number).count();
            match Kind::of(text) {
                Kind::Number if numbers == 0 => -1,
                kind if kind.is_words() && numbers > 0 && numbers == known.len() => -1,
                _ => 0,
            }
        })
        .sum()
    }
}

#[cfg(test)]
mod tests {
    use super::place;

    #[track_caller]
    fn case(rows: &[&str], expected: &[&str], warned: bool) {
        let mut rows: Vec<Vec<String>> = rows.iter().map(|row| row.split('|').map(str::to_owned).collect()).collect();
        assert_eq!(!place(&mut rows).is_empty(), warned);
        let rows: Vec<String> = rows.iter().map(|row| row.join("|")).collect();
        assert_eq!(rows, expected);
    }

    #[test]
    fn years_stand_below_the_heading_that_they_divide() {
        case(&["課題|進捗||", "R4|R5|R6", "冊子|A|B|"], &["課題|進捗||", "|R4|R5|R6", "冊子|A|B|"], false);
        case(
            &["No.|指標|実績|||目標|評価", "R4|R5|R6", "1|受診率|1|2|3|4|A"],
            &["No.|指標|実績|||目標|評価", "||R4|R5|R6||", "1|受診率|1|2|3|4|A"],
            false,
        );
        case(&["課題|進捗", "R4|R5|R6", "冊子|A|B|"], &["課題|進捗", "|R4|R5|R6", "冊子|A|B|"], false);
    }

    #[test]
    fn rows_below_a_merged_cell_lack_it() {
        case(
            &["役割|内容|項目|R4|R5", "人事課|周知|状況|実施|→", "評価|A|", "配布|状況|実施|→", "評価|B|A"],
            &["役割|内容|項目|R4|R5", "人事課|周知|状況|実施|→", "||評価|A|", "|配布|状況|実施|→", "||評価|B|A"],
            true,
        );
    }

    #[test]
    fn a_row_whose_blank_cells_at_the_end_were_left_out_stays() {
        let rows = ["取組|課|R4|R5", "冊子|人事課|10|12", "研修|人事課|8", "面談|総務課|9|7"];
        case(&rows, &rows, false);
        case(&["a|b|c", "d|e", "f|g"], &["a|b|c", "d|e", "f|g"], false);
    }
}
