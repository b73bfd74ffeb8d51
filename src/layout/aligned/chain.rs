//! Takes what each strip of a table's body has in its columns, gives the rows where the lines of one cell follow each
//! other more closely than rows do: then every cell shows by itself, whether the cells of a row begin at one height or
//! stand in its middle, and cells side by side make the rows. Labels beside several rows each, in the first columns,
//! become merged cells. Where lines and rows cannot be told apart, `body` looks for other signs.

use super::body::{Candidate, Entry, Row};
use super::group::{self, Group, Label, MOST_MERGED, around, height};
use super::token::Token;
use crate::geom::Span;

/// Lines of one cell are at most so far apart, in ems, from middle to middle.
const FARTHEST: f32 = 1.9;
/// Distances between lines of one cell differ by less than this share and this much in ems.
const SPREAD: (f32, f32) = (0.03, 0.02);
/// Rows are farther apart than lines by this many ems at least: the padding of cells.
const PADDING: f32 = 0.1;
/// Cells of one row share a height of more than this many ems.
const SHARED: f32 = 0.25;
/// A label stands in the middle of its rows within this share of the distance between rows.
const OFF: f32 = 0.4;
/// A label is level with the first of its rows within this many ems.
const LEVEL: f32 = 0.15;

/// One line of one cell.
struct Piece<'a> {
    strip: usize,
    entry: &'a Entry,
    y: Span,
}

/// The lines of one cell.
struct Block<'a> {
    column: usize,
    /// Whether it is a heading between rows.
    heading: bool,
    y: Span,
    pieces: Vec<Piece<'a>>,
}

/// The rows, and the labels that stand beside several of them.
pub(super) fn rows(tokens: &[Token], candidates: &[Candidate], columns: usize) -> Option<(Vec<Row>, Vec<Group>)> {
    let em = candidates.iter().map(|c| c.size).fold(1.0, f32::max);
    let lines = by_column(tokens, candidates, columns);
    let limit = widest_line(&lines, em)?;
    let blocks = blocks(lines, limit);
    if has_doubles(candidates, &blocks, columns) {
        return None;
    }
    (0..=MOST_MERGED.min(columns.saturating_sub(2))).find_map(|merged| arranged(&blocks, merged, columns, em))
}

/// The pieces of each column, from top to bottom.
fn by_column<'a>(tokens: &[Token], candidates: &'a [Candidate], columns: usize) -> Vec<Vec<Piece<'a>>> {
    let mut lines: Vec<Vec<Piece<'a>>> = Vec::new();
    lines.resize_with(columns, Vec::new);
    for (strip, candidate) in candidates.iter().enumerate() {
        for entry in &candidate.entries {
            if let Some(column) = lines.get_mut(entry.columns.0) {
                column.push(Piece { strip, entry, y: height(tokens, &entry.tokens) });
            }
        }
    }
    lines
}

/// The farthest that two lines of one cell are apart, where distances are of two kinds.
fn widest_line(lines: &[Vec<Piece<'_>>], em: f32) -> Option<f32> {
    let pairs = || lines.iter().flat_map(|column| column.windows(2));
    let mut apart: Vec<f32> = pairs()
        .filter_map(|pair| match pair {
            [a, b] => Some(b.y.middle() - a.y.middle()),
            _ => None,
        })
        .filter(|distance| *distance > 0.5 * em)
        .collect();
    apart.sort_by(f32::total_cmp);
    let least = apart.first().copied().filter(|least| *least < FARTHEST * em)?;
    let limit = least * (1.0 + SPREAD.0) + SPREAD.1 * em;
    let next = apart.iter().copied().find(|distance| *distance > limit)?;
    (next > limit + PADDING * em).then_some(limit)
}

/// The cells: pieces of one column that follow each other closely.
fn blocks(lines: Vec<Vec<Piece<'_>>>, limit: f32) -> Vec<Block<'_>> {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    for (column, pieces) in lines.into_iter().enumerate() {
        let from = blocks.len();
        for piece in pieces {
            let last = blocks.get_mut(from..).and_then(<[Block<'_>]>::last_mut);
            match last {
                Some(block) if follows(block, &piece, limit) => {
                    block.y = around(block.y, piece.y);
                    block.pieces.push(piece);
                }
                _ => blocks.push(Block { column, heading: piece.entry.heading, y: piece.y, pieces: vec![piece] }),
            }
        }
    }
    blocks.sort_by(|a, b| a.y.start.total_cmp(&b.y.start).then(a.column.cmp(&b.column)));
    blocks
}

fn follows(block: &Block<'_>, piece: &Piece<'_>, limit: f32) -> bool {
    block.pieces.last().is_some_and(|last| piece.y.middle() - last.y.middle() <= limit)
}

/// Whether two neighbouring strips that fill most columns, values in one of them, would be lines of one row: their rows
/// stand as close as lines do.
fn has_doubles(candidates: &[Candidate], blocks: &[Block<'_>], columns: usize) -> bool {
    let full = |strip: usize| candidates.get(strip).is_some_and(|c| 5 * c.entries.len() > 3 * columns);
    blocks.iter().any(|block| {
        block.pieces.windows(2).any(|pair| match pair {
            [a, b] => a.entry.value && b.entry.value && full(a.strip) && full(b.strip),
            _ => false,
        })
    })
}

/// The rows that the cells right of the first `merged` columns make, if no two cells of one column fall into one row and
/// the labels in the columns left of them can be told to their rows.
fn arranged(blocks: &[Block<'_>], merged: usize, columns: usize, em: f32) -> Option<(Vec<Row>, Vec<Group>)> {
    let mut bands: Vec<Vec<&Block<'_>>> = Vec::new();
    let mut end = f32::MIN;
    for block in blocks.iter().filter(|b| b.heading || b.column >= merged) {
        match bands.last_mut() {
            Some(band) if end - block.y.start > SHARED * em => band.push(block),
            _ => bands.push(vec![block]),
        }
        end = end.max(block.y.end);
    }
    if bands.len() < 2 || bands.iter().any(|band| clashes(band)) {
        return None;
    }
    let also = merged + usize::from(merged == 0) * sparse(&bands, columns);
    let told = (also > merged).then(|| labelled(blocks, &bands, also, em)).flatten();
    told.or_else(|| labelled(blocks, &bands, merged, em))
}

/// Whether two cells of one column, or a heading and a cell, are in the band.
fn clashes(band: &[&Block<'_>]) -> bool {
    let mut columns: Vec<usize> = band.iter().map(|block| block.column).collect();
    columns.sort_unstable();
    columns.windows(2).any(|pair| pair.first() == pair.last())
        || band.len() > 1 && band.iter().any(|block| block.heading)
}

/// How many of the first columns leave rows blank and nothing right of them does: columns of merged labels.
fn sparse(bands: &[Vec<&Block<'_>>], columns: usize) -> usize {
    let rows: Vec<&Vec<&Block<'_>>> = bands.iter().filter(|band| !band.iter().any(|b| b.heading)).collect();
    let filled = |column: usize| -> Vec<bool> {
        rows.iter().map(|band| band.iter().any(|block| block.column == column)).collect()
    };
    let mut count = 0;
    while count < MOST_MERGED.min(columns.saturating_sub(2)) {
        let (own, next) = (filled(count), filled(count + 1));
        let bare = own.iter().filter(|filled| !**filled).count();
        if bare < 2 || own.iter().zip(&next).any(|(own, next)| *own && !*next) {
            break;
        }
        count += 1;
    }
    count
}

/// The bands as rows, with the labels of the first `merged` columns beside them.
fn labelled(blocks: &[Block<'_>], bands: &[Vec<&Block<'_>>], merged: usize, em: f32) -> Option<(Vec<Row>, Vec<Group>)> {
    let is_heading = |band: &[&Block<'_>]| band.iter().any(|block| block.heading);
    let rows: Vec<Row> = bands
        .iter()
        .map(|band| row(band.iter().copied().filter(|b| b.heading || b.column >= merged)))
        .collect::<Option<_>>()?;
    let mut groups = Vec::new();
    let mut from = 0;
    for part in bands.chunk_by(|a, b| is_heading(a) == is_heading(b)) {
        let to = from + part.len();
        if !part.first().is_some_and(|band| is_heading(band)) {
            for column in 0..merged {
                groups.extend(beside(blocks, column, rows.get(from..to)?, from, em)?);
            }
        }
        from = to;
    }
    let labels = blocks.iter().filter(|b| !b.heading && b.column < merged).count();
    (groups.len() == labels).then_some((rows, groups))
}

fn row<'a>(cells: impl Iterator<Item = &'a Block<'a>>) -> Option<Row> {
    let cells: Vec<&Block<'_>> = cells.collect();
    let y = cells.iter().map(|cell| cell.y).reduce(around)?;
    let mut pieces: Vec<&Piece<'_>> = cells.iter().flat_map(|cell| &cell.pieces).collect();
    pieces.sort_by_key(|piece| (piece.strip, piece.entry.columns));
    let mut strips: Vec<usize> = pieces.iter().map(|piece| piece.strip).collect();
    strips.dedup();
    Some(Row { entries: pieces.into_iter().map(|piece| piece.entry.clone()).collect(), y, strips: strips.len() })
}

/// The labels of the column beside the rows, the first of which is the row `from` of the table.
fn beside(blocks: &[Block<'_>], column: usize, rows: &[Row], from: usize, em: f32) -> Option<Vec<Group>> {
    let (first, last) = (rows.first()?, rows.last()?);
    let inside = |b: &&Block<'_>| {
        !b.heading && b.column == column && b.y.end > first.y.start - em && b.y.start < last.y.end + em
    };
    let labels: Vec<Label> = blocks
        .iter()
        .filter(inside)
        .map(|b| Label { y: b.y, tokens: b.pieces.iter().flat_map(|p| p.entry.tokens.iter().copied()).collect() })
        .collect();
    let pitch = if rows.len() > 1 { (last.y.middle() - first.y.middle()) / (rows.len() - 1) as f32 } else { em };
    let ranges = group::topped(&labels, rows, LEVEL * em).or_else(|| group::centered(&labels, rows, OFF * pitch))?;
    let group = |(label, rows): (Label, (usize, usize))| Group {
        column,
        rows: (from + rows.0, from + rows.1),
        tokens: label.tokens,
    };
    Some(labels.into_iter().zip(ranges).map(group).collect())
}

#[cfg(test)]
mod tests {
    use crate::geom::Axis;
    use crate::layout::made::Made;

    /// A framed header and text at places, its lines below each other.
    fn read(cells: &[(f32, f32, &[&str])]) -> Vec<String> {
        let ruled = |page: Made, y: f32| page.line(Axis::Horizontal, y, 45.0, 480.0);
        let mut page = [97.0, 115.0, 220.0].into_iter().fold(Made::page(), ruled);
        for (x, text) in [(50.0, "区分"), (130.0, "番号"), (180.0, "取組項目"), (350.0, "担当課"), (450.0, "評価")]
        {
            page = page.text(x, 100.0, text);
        }
        for (x, y, lines) in cells {
            for (index, text) in lines.iter().enumerate() {
                page = page.text(*x, y + 12.0 * index as f32, text);
            }
        }
        page.read()
    }

    #[test]
    fn cells_that_stand_in_the_middle_of_their_rows_are_of_one_row() {
        let cells = read(&[
            (50.0, 120.0, &["意識の", "啓発と", "育成"]),
            (130.0, 132.0, &["1"]),
            (180.0, 126.0, &["制度の周知と", "案内"]),
            (350.0, 132.0, &["人事課"]),
            (450.0, 132.0, &["A"]),
            (50.0, 162.0, &["職場の", "見直し"]),
            (130.0, 168.0, &["2"]),
            (180.0, 168.0, &["研修の開催"]),
            (350.0, 162.0, &["人事課", "総務課"]),
            (450.0, 168.0, &["B"]),
        ]);
        assert!(cells.contains(&"[3x5]".to_owned()), "{cells:?}");
        assert!(cells.contains(&"1,0 意識の/啓発と/育成".to_owned()), "{cells:?}");
        assert!(cells.contains(&"1,2 制度の周知と/案内".to_owned()), "{cells:?}");
        assert!(cells.contains(&"2,3 人事課/総務課".to_owned()), "{cells:?}");
    }

    #[test]
    fn labels_of_several_lines_beside_rows_of_fewer_span_them() {
        let row = |y: f32| -> [(f32, f32, &'static [&'static str]); 4] {
            [(130.0, y, &["1"]), (180.0, y, &["研修の開催"]), (350.0, y, &["人事課"]), (450.0, y, &["A"])]
        };
        let mut all: Vec<(f32, f32, &[&str])> =
            vec![(50.0, 120.0, &["意識の", "啓発"]), (50.0, 174.0, &["働き方の", "見直し"])];
        for y in [120.0, 138.0, 156.0, 174.0, 192.0] {
            all.extend(row(y));
        }
        let cells = read(&all);
        assert!(cells.contains(&"1,0+3x1 意識の/啓発".to_owned()), "{cells:?}");
        assert!(cells.contains(&"4,0+2x1 働き方の/見直し".to_owned()), "{cells:?}");
    }
}
