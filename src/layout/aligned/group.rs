//! Takes the rows of a table without rulings, finds the labels in the first column that stand beside several rows each,
//! in their middle or at the first of them: a merged column whose cells no ruling parts. What does not fit exactly is
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

/// The rows without what stands in the first column, and the groups there; `None` if it is no column of merged cells.
pub(super) fn groups(tokens: &[Token], rows: &[Row], columns: &[Column]) -> Option<(Vec<Row>, Vec<Group>)> {
    let (first, others) = columns.split_first()?;
    let in_first = |entry: &&Entry| entry.columns == (0, 0);
    let (mut data, mut lines): (Vec<Row>, Vec<(Span, &Entry)>) = (Vec::new(), Vec::new());
    let mut labelled = 0;
    for row in rows {
        let own: Vec<&Entry> = row.entries.iter().filter(in_first).collect();
        // A heading between rows runs over the first column.
        if own.iter().any(|entry| entry.x.end > first.area.end) {
            return None;
        }
        lines.extend(own.iter().map(|entry| (height(tokens, &entry.tokens), *entry)));
        let rest: Vec<Entry> = row.entries.iter().filter(|entry| !in_first(entry)).cloned().collect();
        if rest.is_empty() {
            continue;
        }
        let mut filled: Vec<usize> = rest.iter().map(|entry| entry.columns.0).collect();
        filled.sort_unstable();
        filled.dedup();
        if 2 * filled.len() <= others.len() {
            return None;
        }
        labelled += usize::from(!own.is_empty());
        let y = rest.iter().map(|entry| height(tokens, &entry.tokens)).reduce(around)?;
        data.push(Row { entries: rest, y, strips: row.strips });
    }
    let bare = data.len() - labelled;
    if others.len() < 2 || bare < 2 || lines.is_empty() {
        return None;
    }
    let em = lines.iter().map(|(y, _)| y.length()).fold(1.0, f32::max);
    let labels = labels(lines, em);
    let pitch = (data.last()?.y.middle() - data.first()?.y.middle()) / (data.len() - 1) as f32;
    let ranges = topped(&labels, &data, LEVEL * em).or_else(|| centered(&labels, &data, OFF * pitch))?;
    let group = |(label, rows): (Label, (usize, usize))| Group { column: 0, rows, tokens: label.tokens };
    let groups = labels.into_iter().zip(ranges).map(group).collect();
    Some((data, groups))
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
}
