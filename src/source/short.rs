//! Takes the rows of a pipe table with as many cells as its converter wrote, gives those that are short of cells their
//! place. A converter that knows no merged cells leaves out what a cell from a row above covers: names of years stand
//! below the heading that they divide, other rows lack cells at the left.

use super::kind::Kind;
use crate::warning::Warning;
use std::collections::{BTreeMap, BTreeSet};

/// What a cell counts for whose text stands in the same column of whole rows; one of the wrong kind counts less one.
const SAME_TEXT: isize = 2;

/// Moves the rows that are short of cells, and warns of them.
pub(super) fn place(rows: &mut [Vec<String>]) -> Vec<Warning> {
    let columns = width(rows);
    let head = place_head(rows, columns);
    let whole = rows.iter().skip(head).position(|row| row.len() == columns).map_or(rows.len(), |at| head + at);
    let unplaced = rows.iter().take(whole).skip(1).any(|row| row.len() < columns && is_years(row));
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
    let mut messages = Vec::new();
    if moved > 0 {
        messages
            .push(format!("{moved} rows of a table have lost cells at the left; read as going on with those above"));
    }
    if unplaced {
        messages
            .push("a row of years has fewer cells than its table; which columns it names cannot be told".to_owned());
    }
    messages.into_iter().map(|message| Warning::new("shifted-row", message)).collect()
}

/// The number of columns: that of the head, unless more rows have as many cells as the longest. A row may have too many
/// where a sign in its text reads as a border.
fn width(rows: &[Vec<String>]) -> usize {
    let head = rows.first().map_or(0, Vec::len);
    let longest = rows.iter().map(Vec::len).max().unwrap_or(0);
    let count = |length: usize| rows.iter().skip(1).filter(|row| row.len() == length).count();
    if count(head) >= count(longest) { head } else { longest }
}

fn is_years(row: &[String]) -> bool {
    !row.is_empty() && row.iter().all(|text| Kind::of(text) == Kind::Year)
}

/// Whether each cell names something, or they count on by one.
fn is_heading(row: &[String]) -> bool {
    let number = |text: &String| text.trim().parse::<u32>().ok();
    let counts_on = || {
        row.windows(2).all(|pair| {
            let next = pair.first().and_then(number).and_then(|n| n.checked_add(1));
            next.is_some() && pair.last().and_then(number) == next
        })
    };
    row.iter().all(|text| matches!(Kind::of(text), Kind::Year | Kind::Label)) || row.len() > 1 && counts_on()
}

/// Places the rows that divide headings below those, gives the number of rows of the head.
fn place_head(rows: &mut [Vec<String>], columns: usize) -> usize {
    let mut level = 0;
    while let Some([above, row, ..]) = rows.get_mut(level..) {
        let is_short = !row.is_empty() && row.len() < columns && is_heading(row);
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
    texts: Vec<Texts<'a>>,
}

/// The texts of one column, and how many of them are numbers.
#[derive(Clone, Default)]
struct Texts<'a> {
    known: BTreeSet<&'a str>,
    numbers: usize,
}

impl<'a> Columns<'a> {
    fn of(rows: impl Iterator<Item = &'a Vec<String>>, columns: usize) -> Self {
        let mut texts = vec![Texts::default(); columns];
        for row in rows {
            for (texts, text) in texts.iter_mut().zip(row).filter(|(_, text)| !text.is_empty()) {
                texts.numbers += usize::from(texts.known.insert(text.as_str()) && Kind::of(text) == Kind::Number);
            }
        }
        Self { texts }
    }

    /// How well `row` fits after it is moved by `lost` columns.
    fn fit(&self, row: &[String], lost: usize) -> isize {
        let fits = row.iter().zip(self.texts.iter().skip(lost)).filter(|(text, _)| !text.is_empty());
        fits.map(|(text, column)| {
            if column.known.contains(text.as_str()) {
                return SAME_TEXT;
            }
            match Kind::of(text) {
                Kind::Number if column.numbers == 0 => -1,
                kind if kind.is_words() && column.numbers > 0 && column.numbers == column.known.len() => -1,
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
    fn years_that_fit_nowhere_are_warned_of() {
        let rows = ["課題|進捗|||備考|その他", "R4|R5", "冊子|A|B|A||"];
        case(&rows, &rows, true);
        let rows = ["取組|評価||", "冊子|A|B", "研修|A|B|C"];
        case(&rows, &rows, false);
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
        let rows = ["取組|課|R4", "冊子|人事課|A", "研修|人事|課|B", "面談|総務課|A"];
        case(&rows, &rows, false);
        case(&["a|b|c", "d|e", "f|g"], &["a|b|c", "d|e", "f|g"], false);
    }
}
