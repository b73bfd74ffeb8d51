//! Takes the rows of a table without rulings, finds the labels in the first columns that stand beside several rows each,
//! in their middle or at the first of them: merged columns whose cells no ruling parts. What does not fit exactly is
//! left as it was.

use super::body::{Entry, Row};
use super::column::Column;
use super::token::Token;
use crate::geom::Span;

/// Lines of one label have at most this many ems between them.
const LINE_BLANK: f32 = 0.6;
/// A label stands in the middle of its rows within this share of the distance between rows.
const OFF: f32 = 0.4;
/// A label is level with the first of its rows within this many ems.
const LEVEL: f32 = 0.15;

/// Most columns of labels that stand beside several rows.
pub(super) const MOST_MERGED: usize = 4;
/// So many rows without a label of their own at least make a column of merged cells.
const LEAST_BARE: usize = 2;

/// A row beside merged cells has so many entries at least.
const LEAST_FILLED: usize = 3;

/// A label with the rows that it stands beside.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Group {
    /// The column that it stands in.
    pub(super) column: usize,
    /// First and last row.
    pub(super) rows: (usize, usize),
    /// Indices of its tokens.
    pub(super) tokens: Vec<u32>,
}

/// Lines of one label.
pub(super) struct Label {
    /// From its top to its bottom.
    pub(super) y: Span,
    /// Indices of its tokens.
    pub(super) tokens: Vec<u32>,
}

/// The rows without the labels in their first columns that stand beside several rows, and these labels; `None` if the
/// first column is none of merged cells. What stands between two headings is a table of its own. `turns` is the column
/// in which words that take turns begin the rows: all before it are labels.
pub(super) fn groups(
    tokens: &[Token],
    rows: &[Row],
    columns: &[Column],
    turns: Option<usize>,
) -> Option<(Vec<Row>, Vec<Group>)> {
    let first = columns.first().filter(|_| columns.len() > 2)?;
    let runs_over = |row: &Row| row.entries.iter().any(|e| e.columns == (0, 0) && e.x.end > first.area.end);
    let (mut data, mut groups, mut bare): (Vec<Row>, Vec<Group>, usize) = (Vec::new(), Vec::new(), 0);
    for part in rows.chunk_by(|a, b| !runs_over(a) && !runs_over(b)) {
        let from = data.len();
        if part.iter().any(runs_over) {
            data.extend_from_slice(part);
            continue;
        }
        let (rows, labels) = merged(tokens, part, columns.len(), turns)?;
        bare += part.iter().filter(|row| row.entries.iter().all(|entry| entry.columns != (0, 0))).count();
        data.extend(rows);
        let moved = |group: Group| Group { rows: (from + group.rows.0, from + group.rows.1), ..group };
        groups.extend(labels.into_iter().map(moved));
    }
    (bare >= LEAST_BARE).then_some((data, groups))
}

/// The rows between two headings without the labels of their first columns, and these labels: those of each column
/// stand beside rows of one label of the column before.
fn merged(tokens: &[Token], rows: &[Row], columns: usize, turns: Option<usize>) -> Option<(Vec<Row>, Vec<Group>)> {
    let mostly_filled = |row: &Row| {
        let mut filled: Vec<usize> = row.entries.iter().map(|entry| entry.columns.0).filter(|c| *c > 0).collect();
        filled.sort_unstable();
        filled.dedup();
        // What stands left of a row of figures may be merged cells.
        let left = filled.first().copied().unwrap_or(0);
        filled.is_empty()
            || 2 * filled.len() >= columns
            || filled.len() >= LEAST_FILLED && 3 * filled.len() >= 2 * (columns - left)
    };
    if turns.is_none() && !rows.iter().all(mostly_filled) {
        return None;
    }
    let (mut data, mut ranges, mut groups) = column(tokens, rows, 0)?;
    for next in 1..turns.unwrap_or(MOST_MERGED).min(columns - 2) {
        let Some((rest, finer, labels)) = column(tokens, &data, next) else { break };
        let words = data.iter().flat_map(|row| &row.entries).all(|entry| entry.columns.0 != next || !entry.value);
        let inside = |range: &(usize, usize)| ranges.iter().any(|wide| wide.0 <= range.0 && range.1 <= wide.1);
        let is_bare = |row: &Row| row.entries.iter().all(|entry| entry.columns != (next, next));
        let spans = |range: &(usize, usize)| {
            turns.is_some()
                || range.0 == range.1
                || data.get(range.0..=range.1).is_some_and(|rows| rows.iter().any(is_bare))
        };
        let fits = finer.iter().all(|range| inside(range) && spans(range));
        if finer.len() == data.len() || rest.len() != data.len() || !words || !fits {
            break;
        }
        data = rest;
        ranges = finer;
        groups.extend(labels);
    }
    Some((data, groups))
}

/// Rows, ranges of rows and the labels beside them.
type Merged = (Vec<Row>, Vec<(usize, usize)>, Vec<Group>);

/// The rows without the labels of one column, with the ranges of rows that these stand beside.
fn column(tokens: &[Token], rows: &[Row], column: usize) -> Option<Merged> {
    let own = |entry: &&Entry| entry.columns == (column, column);
    let (mut data, mut lines): (Vec<Row>, Vec<(Span, &Entry)>) = (Vec::new(), Vec::new());
    for row in rows {
        lines.extend(row.entries.iter().filter(own).map(|entry| (height(tokens, &entry.tokens), entry)));
        let rest: Vec<Entry> = row.entries.iter().filter(|entry| !own(entry)).cloned().collect();
        if let Some(y) = rest.iter().map(|entry| height(tokens, &entry.tokens)).reduce(around) {
            data.push(Row { entries: rest, y, strips: row.strips });
        }
    }
    if lines.is_empty() {
        return None;
    }
    let em = lines.iter().map(|(y, _)| y.length()).fold(1.0, f32::max);
    let labels = labels(lines, em);
    let pitch = (data.last()?.y.middle() - data.first()?.y.middle()) / (data.len() - 1).max(1) as f32;
    let ranges = topped(&labels, &data, LEVEL * em).or_else(|| centered(&labels, &data, OFF * pitch))?;
    let group = |(label, rows): (Label, &(usize, usize))| Group { column, rows: *rows, tokens: label.tokens };
    let groups = labels.into_iter().zip(&ranges).map(group).collect();
    Some((data, ranges, groups))
}

/// Lines that follow each other closely, as one label each.
fn labels(mut lines: Vec<(Span, &Entry)>, em: f32) -> Vec<Label> {
    lines.sort_by(|a, b| a.0.start.total_cmp(&b.0.start));
    let mut labels: Vec<Label> = Vec::new();
    for (y, entry) in lines {
        match labels.last_mut() {
            Some(label) if y.start - label.y.end < LINE_BLANK * em => {
                label.y = around(label.y, y);
                label.tokens.extend(&entry.tokens);
            }
            _ => labels.push(Label { y, tokens: entry.tokens.clone() }),
        }
    }
    labels
}

/// The rows of each label if each stands in the middle of its own and together they are all rows.
pub(super) fn centered(labels: &[Label], rows: &[Row], off: f32) -> Option<Vec<(usize, usize)>> {
    let mut ranges = Vec::with_capacity(labels.len());
    let mut from = 0;
    for (index, label) in labels.iter().enumerate() {
        let start = rows.get(from)?.y.start;
        let wrong = |end: &usize| rows.get(*end).map(|r| (f32::midpoint(start, r.y.end) - label.y.middle()).abs());
        let last = rows.len() - 1;
        let end = if index + 1 == labels.len() {
            last
        } else {
            (from..last).min_by(|a, b| wrong(a).unwrap_or(f32::MAX).total_cmp(&wrong(b).unwrap_or(f32::MAX)))?
        };
        if wrong(&end)? > off {
            return None;
        }
        ranges.push((from, end));
        from = end + 1;
    }
    Some(ranges)
}

/// The rows of each label if each begins level with the first of its own.
pub(super) fn topped(labels: &[Label], rows: &[Row], off: f32) -> Option<Vec<(usize, usize)>> {
    let level = |label: &Label| rows.iter().position(|row| (row.y.start - label.y.start).abs() < off);
    let starts: Vec<usize> = labels.iter().map(level).collect::<Option<_>>()?;
    let rising = starts.first() == Some(&0) && starts.windows(2).all(|pair| pair.first() < pair.last());
    let ends = starts.iter().skip(1).map(|start| start - 1).chain([rows.len() - 1]);
    rising.then(|| starts.iter().copied().zip(ends).collect())
}

/// From the top of the highest of the tokens to the bottom of the lowest.
pub(super) fn height(tokens: &[Token], list: &[u32]) -> Span {
    let spans = list.iter().filter_map(|&i| tokens.get(i as usize)).map(|t| Span { start: t.bbox.y0, end: t.bbox.y1 });
    spans.reduce(around).unwrap_or_default()
}

/// Around both.
pub(super) fn around(a: Span, b: Span) -> Span {
    Span { start: a.start.min(b.start), end: a.end.max(b.end) }
}

#[cfg(test)]
mod tests {
    use crate::layout::made::Made;

    /// Six rows under a header, with lines of labels at these heights.
    fn read(labels: &[(f32, &str)]) -> Vec<String> {
        let mut page = Made::page();
        for (x, text) in [(50.0, "区分"), (150.0, "取組項目"), (300.0, "R4年度"), (400.0, "R5年度")] {
            page = page.text(x, 100.0, text);
        }
        for row in 0..6_u8 {
            let y = 120.0 + 18.0 * f32::from(row);
            for (x, text) in [(150.0, "制度の周知"), (310.0, "A"), (410.0, "B")] {
                page = page.text(x, y, text);
            }
        }
        labels.iter().fold(page, |page, (y, text)| page.text(50.0, *y, text)).read()
    }

    #[test]
    fn labels_in_the_middle_of_their_rows_span_them() {
        let cells = read(&[(129.0, "働き方の"), (141.0, "見直し"), (192.0, "意識の啓発")]);
        assert!(cells.contains(&"1,0+3x1 働き方の/見直し".to_owned()), "{cells:?}");
        assert!(cells.contains(&"4,0+3x1 意識の啓発".to_owned()), "{cells:?}");
    }

    #[test]
    fn labels_level_with_the_first_of_their_rows_span_them() {
        let cells = read(&[(120.0, "働き方"), (156.0, "意識の啓発")]);
        assert!(cells.contains(&"1,0+2x1 働き方".to_owned()), "{cells:?}");
        assert!(cells.contains(&"3,0+4x1 意識の啓発".to_owned()), "{cells:?}");
    }

    #[test]
    fn rows_of_plan_and_result_share_the_labels_before_them() {
        let mut page = Made::page();
        let header = [(50.0, "番号"), (90.0, "改革項目"), (220.0, "区分"), (280.0, "R4年度"), (360.0, "R5年度")];
        for (x, text) in header {
            page = page.text(x, 100.0, text);
        }
        let sections = [(118.0, "１　仕事と家庭を両立できる職場", 1), (208.0, "２　住民に身近な窓口の充実", 3)];
        for (top, heading, first) in sections {
            page = page.text(50.0, top, heading);
            for (row, y) in [(first, top + 18.0), (first + 1, top + 54.0)] {
                page = page.text(55.0, y, &row.to_string()).text(90.0, y, "制度の周知").text(220.0, y, "計画");
                page = page.text(290.0, y, "検討").text(370.0, y, "→");
                page = page.text(220.0, y + 18.0, "実績").text(290.0, y + 18.0, "実施");
            }
        }
        let cells = page.read();
        for cell in ["2,0+2x1 1", "2,1+2x1 制度の周知", "3,2 実績", "9,0+2x1 4", "10,3 実施"] {
            assert!(cells.contains(&cell.to_owned()), "{cell}: {cells:?}");
        }
    }
}
