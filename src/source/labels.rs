//! Takes the rows of a table, finds the column of row labels: a few texts that come back in the same order for each
//! group of rows (one group, one initiative), whatever they say. It leaves the mending of rows to `merged`.

use std::collections::BTreeMap;

/// At least this share of the rows must carry a label once they are moved.
const LABELLED_SHARE: f32 = 0.8;
/// At least this share of the labels must be followed by the label that usually follows them.
const ORDER_SHARE: f32 = 0.8;
/// A row label is a short phrase, not a sentence.
const LONGEST_LABEL: usize = 20;

/// The column of row labels.
#[derive(Debug)]
pub(super) struct Labels {
    /// Zero-based column in which the labels stand.
    pub(super) column: usize,
    labels: Vec<String>,
    /// The label that begins a group.
    first: String,
}

impl Labels {
    /// The column whose labels come back in the same order; `None` for tables of another form.
    pub(super) fn find(rows: &[Vec<String>]) -> Option<Self> {
        let mut places: BTreeMap<&str, Vec<(usize, usize)>> = BTreeMap::new();
        for (r, row) in rows.iter().enumerate() {
            for (c, text) in row.iter().enumerate().filter(|(_, text)| is_short(text)) {
                places.entry(text).or_default().push((c, r));
            }
        }
        let mut by_column: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
        for (text, at) in &mut places {
            at.sort_unstable();
            let (Some(last), true) = (at.last(), is_once_a_row(at)) else { continue };
            by_column.entry(last.0).or_default().push(text);
        }
        by_column.into_iter().find_map(|(column, labels)| Self::check(rows, column, &labels))
    }

    fn check(rows: &[Vec<String>], column: usize, labels: &[&str]) -> Option<Self> {
        let labels: Vec<String> = labels.iter().map(|&label| label.to_owned()).collect();
        let first = String::new();
        let mut candidate = Self { column, labels, first };
        let order: Vec<&str> = rows.iter().filter_map(|row| candidate.label(row)).collect();
        let is_enough = order.len() as f32 >= LABELLED_SHARE * rows.len().saturating_sub(1) as f32;
        if candidate.labels.len() < 2 || !is_enough || !is_periodic(&order) {
            return None;
        }
        candidate.first = (*order.first()?).to_owned();
        Some(candidate)
    }

    /// How many cells `row` has lost at its left.
    pub(super) fn missing(&self, row: &[String]) -> usize {
        let Some(at) = self.position(row) else { return 0 };
        let missing = self.column - at;
        let free = row.iter().rev().take_while(|text| text.is_empty()).count();
        if missing <= free { missing } else { 0 }
    }

    /// For each row that begins a group: the column that names the group, the one at the left of the labels.
    pub(super) fn starts(&self, rows: &[Vec<String>]) -> Vec<Option<usize>> {
        let begins = |row: &Vec<String>| row.get(self.column) == Some(&self.first);
        rows.iter().map(|row| if begins(row) { self.column.checked_sub(1) } else { None }).collect()
    }

    fn label<'a>(&self, row: &'a [String]) -> Option<&'a str> {
        self.position(row).and_then(|at| row.get(at)).map(String::as_str)
    }

    /// Where the row's label stands: the rightmost label at or before the labels' column.
    fn position(&self, row: &[String]) -> Option<usize> {
        let end = row.len().min(self.column + 1);
        row.get(..end)?.iter().rposition(|text| self.labels.binary_search(text).is_ok())
    }
}

fn is_short(text: &str) -> bool {
    !text.is_empty() && text.chars().count() <= LONGEST_LABEL
}

/// A label stands at most once in a row and comes back in others; `at` is sorted by column.
fn is_once_a_row(at: &[(usize, usize)]) -> bool {
    let mut rows: Vec<usize> = at.iter().map(|(_, row)| *row).collect();
    rows.sort_unstable();
    rows.len() >= 2 && rows.windows(2).all(|pair| pair[0] != pair[1])
}

/// Whether each label is nearly always followed by the same other label.
fn is_periodic(order: &[&str]) -> bool {
    let mut followers: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for pair in order.windows(2) {
        *followers.entry(pair[0]).or_default().entry(pair[1]).or_default() += 1;
    }
    let usual: usize = followers.values().filter_map(|of| of.values().max()).sum();
    let pairs = order.len().saturating_sub(1);
    let never_itself = followers.iter().all(|(label, of)| !of.contains_key(label));
    pairs >= 3 && never_itself && usual as f32 >= ORDER_SHARE * pairs as f32
}
