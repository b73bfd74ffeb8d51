//! Takes the tables and lines of a page in any order, gives them in reading order. The page is cut along white bands
//! from top to bottom; neighbouring bands that share a white gutter are columns and read one after the other, and
//! each column is cut again (after the recursive XY-cut of Nagy and Seth 1984).

use crate::geom::{Axis, Rect, Span};
use crate::layout::Item;

/// Narrowest white gutter between columns, in ems of the largest text beside it.
const GUTTER: f32 = 0.6;
/// The same between columns that each have a table.
const TABLE_GUTTER: f32 = 0.1;
/// A column of text has lines that are at least this wide, in ems: entries of a list are no columns.
const COLUMN_WIDTH: f32 = 7.0;
/// A band on one side of the gutter goes on with its column if it follows this close, in ems.
const COLUMN_LEADING: f32 = 1.2;
/// Lines of a column begin this near to where it does, in ems; the first line of a paragraph is set in by one.
const COLUMN_EDGE: f32 = 1.1;
/// Short lines of a list begin this near to others of it.
const ITEM_EDGE: f32 = 0.3;
/// The part of the lower column's height that stands beside the other column.
const BESIDE: f32 = 0.5;
/// How much of the height of a line may lie in the next one, at both ends: boxes of fonts are taller than their ink.
const LINE_INSET: f32 = 0.2;
/// Columns of text among whose lines many are short, as those of lists are: each has so many lines, and so many of them
/// are at least this wide, in ems.
const LISTED_LINES: usize = 8;
const LISTED_WIDE: usize = 4;
const LISTED_WIDTH: f32 = 12.0;
/// The edges of tables in one column stand above each other, give or take this many points.
const SAME_EDGE: f32 = 3.0;
/// A number of the page is no wider than this, in ems.
const NUMBER_WIDTH: f32 = 5.0;
/// So many bands before and after a gap tell whether the columns go on below it: no page of text has more.
const MOST_BANDS: usize = 300;
/// Deepest nesting of cuts; what is left is read from top to bottom.
const MAX_DEPTH: u32 = 24;

/// A box to be put in order.
#[derive(Debug, Clone, Copy)]
struct Piece {
    bbox: Rect,
    /// Font size, `None` for a table.
    size: Option<f32>,
    index: usize,
}

impl Piece {
    /// Whether a line is as wide as those of running text.
    fn is_wide(&self) -> bool {
        self.bbox.width() >= COLUMN_WIDTH * self.size.unwrap_or_default()
    }
}

/// Pieces between two white bands across the page.
#[derive(Debug, Clone, Default)]
struct Band {
    pieces: Vec<Piece>,
    down: Span,
    /// White stretches across it, those beside all pieces included, ascending.
    white: Vec<Span>,
}

/// The items in reading order.
pub(crate) fn arranged(items: Vec<Item>) -> Vec<Item> {
    let piece = |(index, item): (usize, &Item)| match item {
        Item::Line(line) => Piece { bbox: line.bbox, size: Some(line.size), index },
        Item::Table(table) => Piece { bbox: table.bbox, size: None, index },
    };
    let pieces: Vec<Piece> = items.iter().enumerate().map(piece).collect();
    let mut order = Vec::with_capacity(pieces.len());
    cut(pieces, MAX_DEPTH, &mut order);
    let mut items: Vec<Option<Item>> = items.into_iter().map(Some).collect();
    order.iter().filter_map(|index| items.get_mut(*index).and_then(Option::take)).collect()
}

/// Appends the indices of `pieces` in reading order.
fn cut(pieces: Vec<Piece>, depth: u32, order: &mut Vec<usize>) {
    let mut bands = bands(pieces);
    while !bands.is_empty() {
        let Some((before, count, gutter)) = (depth > 0).then(|| columns(&bands)).flatten() else {
            bands.drain(..).for_each(|band| read_across(band.pieces, order));
            return;
        };
        bands.drain(..before).for_each(|band| read_across(band.pieces, order));
        let (left, right) = bands.drain(..count).flat_map(|b| b.pieces).partition(|p| p.bbox.center().x < gutter);
        cut(left, depth - 1, order);
        cut(right, depth - 1, order);
    }
}

/// Appends pieces of one band row by row.
fn read_across(mut pieces: Vec<Piece>, order: &mut Vec<usize>) {
    pieces.sort_by(|a, b| a.bbox.center().y.total_cmp(&b.bbox.center().y));
    let mut start = 0;
    while let Some(first) = pieces.get(start) {
        let same = |p: &&Piece| p.bbox.y0 + LINE_INSET * p.bbox.height() < first.bbox.center().y;
        let end = start + pieces[start..].iter().take_while(same).count().max(1);
        pieces[start..end].sort_by(|a, b| a.bbox.x0.total_cmp(&b.bbox.x0));
        start = end;
    }
    order.extend(pieces.iter().map(|p| p.index));
}

/// The pieces in bands, the topmost first.
fn bands(mut pieces: Vec<Piece>) -> Vec<Band> {
    pieces.sort_by(|a, b| a.bbox.y0.total_cmp(&b.bbox.y0));
    let mut bands: Vec<Band> = Vec::new();
    for piece in pieces {
        let inset = if piece.size.is_some() { LINE_INSET * piece.bbox.height() } else { 0.0 };
        let down = Span { start: piece.bbox.y0 + inset, end: (piece.bbox.y1 - inset).max(piece.bbox.y0 + inset) };
        match bands.last_mut() {
            Some(band) if down.start < band.down.end => {
                band.down.end = band.down.end.max(down.end);
                band.pieces.push(piece);
            }
            _ => bands.push(Band { pieces: vec![piece], down, white: Vec::new() }),
        }
    }
    for band in &mut bands {
        band.white = white(&band.pieces);
    }
    bands
}

/// The white stretches beside and between pieces.
fn white(pieces: &[Piece]) -> Vec<Span> {
    let mut spans: Vec<Span> = pieces.iter().map(|p| p.bbox.span(Axis::Horizontal)).collect();
    spans.sort_by(|a, b| a.start.total_cmp(&b.start));
    let mut white = Vec::new();
    let mut end = f32::NEG_INFINITY;
    for span in spans {
        if span.start > end {
            white.push(Span { start: end, end: span.start });
        }
        end = end.max(span.end);
    }
    white.push(Span { start: end, end: f32::INFINITY });
    white
}

/// The stretches that both lists share.
fn shared(a: &[Span], b: &[Span]) -> Vec<Span> {
    let (mut i, mut j, mut both) = (0, 0, Vec::new());
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        let span = Span { start: x.start.max(y.start), end: x.end.min(y.end) };
        if span.end > span.start {
            both.push(span);
        }
        if x.end < y.end { i += 1 } else { j += 1 }
    }
    both
}

/// The first run of bands that stands in columns: how many bands come before it, how many it has, and where its first
/// gutter lies.
fn columns(bands: &[Band]) -> Option<(usize, usize, f32)> {
    let mut start = 0;
    while start < bands.len() {
        let two_sided = bands[start].white.len() > 2;
        let Some((count, gutter)) = two_sided.then(|| run(&bands[start..])).flatten() else {
            start += 1;
            continue;
        };
        let lead = lead(&bands[..start], &bands[start..start + count], gutter);
        return Some((start - lead, count + lead, gutter));
    }
    None
}

/// How many bands right above columns are the first lines of the right one, which begins a little higher than the left:
/// they begin where it does, and the topmost is a line of running text or of a list.
fn lead(above: &[Band], columns: &[Band], gutter: f32) -> usize {
    let right: Vec<&Piece> =
        columns.iter().flat_map(|band| &band.pieces).filter(|p| p.bbox.center().x > gutter).collect();
    let edge = right.iter().map(|p| p.bbox.x0).fold(f32::INFINITY, f32::min);
    let listed = is_listed(&right);
    let begins = |p: &Piece| p.size.is_some_and(|em| (p.bbox.x0 - edge).abs() <= COLUMN_EDGE * em);
    let below = above.iter().skip(1).chain(columns.first());
    let pairs: Vec<(&Band, &Band)> = above.iter().zip(below).collect();
    let close = pairs.iter().rev().take_while(|(band, next)| !apart(band, next) && band.pieces.iter().all(begins));
    // Among headings and items of lists, a short line that begins where another does is one of them.
    let alike = |p: &Piece, em: f32| right.iter().any(|known| (p.bbox.x0 - known.bbox.x0).abs() <= ITEM_EDGE * em);
    let is_item = |p: &Piece| listed && p.size.is_some_and(|em| alike(p, em));
    let is_first = |band: &Band| band.pieces.iter().all(|p| p.is_wide() || is_item(p));
    close.enumerate().filter(|(_, (band, _))| is_first(band)).last().map_or(0, |(at, _)| at + 1)
}

/// How many of the first bands share a gutter with columns on both of its sides, and where it lies.
fn run(bands: &[Band]) -> Option<(usize, f32)> {
    let mut white = bands.first()?.white.clone();
    // Up to `sure`, bands on one side are known to go on with their column.
    let (mut count, mut sure) = (1, 0);
    for (index, band) in bands.iter().enumerate().skip(1) {
        let next = inner(&shared(&white, &band.white));
        let one_sided = index >= sure && band.white.len() == 2 && apart(&bands[index - 1], band);
        if one_sided {
            sure = index + going_on(&bands[..index], &bands[index..], &next);
        }
        if next.is_empty() || one_sided && sure == index {
            break;
        }
        white = next;
        count = index + 1;
    }
    let bands = &bands[..count];
    let gutters = white.iter().filter(|s| s.start.is_finite() && s.end.is_finite());
    gutters.map(|s| s.middle()).find(|gutter| divides(bands, &white, *gutter)).map(|gutter| (count, gutter))
}

/// Those that have something on both sides.
fn inner(white: &[Span]) -> Vec<Span> {
    white.iter().copied().filter(|s| s.start.is_finite() && s.end.is_finite()).collect()
}

/// How many bands of the rest of the page go on with the columns `above`, one of which has ended or leaves a gap: nothing
/// in it crosses the gutter, and it has a table as wide as one of that column, or the column is one of running text. Up to
/// what does cross it, both sides can also be columns of text.
fn going_on(above: &[Band], rest: &[Band], white: &[Span]) -> usize {
    let above = &above[above.len().saturating_sub(MOST_BANDS)..];
    let rest = &rest[..rest.len().min(MOST_BANDS)];
    let Some(first) = rest.first().and_then(|band| band.pieces.first()) else { return 0 };
    let is_number = |p: &Piece| p.size.is_some_and(|em| p.bbox.width() <= NUMBER_WIDTH * em);
    let (mut white, mut free) = (white.to_vec(), 0);
    for band in rest {
        let next = inner(&shared(&white, &band.white));
        match next.is_empty() {
            false => white = next,
            true if band.pieces.iter().all(is_number) => {}
            true => break,
        }
        free += 1;
    }
    let Some(gutter) = white.first().map(|span| span.middle()) else { return 0 };
    let is_left = |p: &Piece| p.bbox.center().x < gutter;
    let columns = above.iter().chain(&rest[..free]).flat_map(|band| &band.pieces);
    let (left, right): (Vec<&Piece>, Vec<&Piece>) = columns.partition(|p| is_left(p));
    if is_listed(&left) && is_listed(&right) {
        return free;
    }
    if free < rest.len() {
        return 0;
    }
    let same =
        |a: &Piece, b: &Piece| (a.bbox.x0 - b.bbox.x0).abs() <= SAME_EDGE && (a.bbox.x1 - b.bbox.x1).abs() <= SAME_EDGE;
    let of_column = |p: &&Piece| is_left(p) == is_left(first);
    let column: Vec<&Piece> = above.iter().flat_map(|band| &band.pieces).filter(of_column).collect();
    let tables: Vec<&&Piece> = column.iter().filter(|p| p.size.is_none()).collect();
    let mut below = rest.iter().flat_map(|band| &band.pieces).filter(of_column).filter(|p| p.size.is_none());
    let text = tables.is_empty() && is_listed(if is_left(first) { &left } else { &right });
    if text || below.any(|table| tables.iter().any(|known| same(known, table))) { free } else { 0 }
}

/// Whether a band keeps its distance from the one above. A table follows its caption as close as a line.
fn apart(above: &Band, band: &Band) -> bool {
    let pieces = above.pieces.iter().filter(|_| band.pieces.iter().all(|p| p.size.is_none())).chain(&band.pieces);
    let em = pieces.filter_map(|p| p.size).fold(0.0, f32::max);
    band.down.start - above.down.end > COLUMN_LEADING * em
}

/// Whether there are columns on both sides of a gutter.
fn divides(bands: &[Band], white: &[Span], gutter: f32) -> bool {
    let pieces = || bands.iter().flat_map(|b| &b.pieces);
    let (left, right): (Vec<&Piece>, Vec<&Piece>) = pieces().partition(|p| p.bbox.center().x < gutter);
    let em = pieces().filter_map(|p| p.size).fold(0.0, f32::max);
    let width = white.iter().find(|s| s.contains(gutter)).map_or(0.0, |s| s.length());
    let (Some(a), Some(b)) = (extent(&left), extent(&right)) else { return false };
    let narrowest = if has_table(&left) && has_table(&right) { TABLE_GUTTER } else { GUTTER };
    width >= narrowest * em
        && a.overlap(b) >= BESIDE * a.length().min(b.length())
        && is_column(&left)
        && is_column(&right)
}

/// From the topmost piece to the lowest.
fn extent(pieces: &[&Piece]) -> Option<Span> {
    let spans = pieces.iter().map(|p| p.bbox.span(Axis::Vertical));
    spans.reduce(|a, b| Span { start: a.start.min(b.start), end: a.end.max(b.end) })
}

/// Whether there is a table among the pieces.
fn has_table(pieces: &[&Piece]) -> bool {
    pieces.iter().any(|p| p.size.is_none())
}

/// Whether pieces make a column: a table, or lines of running text.
fn is_column(pieces: &[&Piece]) -> bool {
    let lines: Vec<&&Piece> = pieces.iter().filter(|p| p.size.is_some()).collect();
    let long = lines.iter().filter(|p| p.is_wide());
    lines.len() < pieces.len() || (lines.len() >= 2 && 2 * long.count() >= lines.len()) || is_listed(pieces)
}

/// Whether pieces are lines of running text among shorter ones, as headings and items of lists are.
fn is_listed(pieces: &[&Piece]) -> bool {
    let lines = || pieces.iter().filter_map(|p| Some(p.bbox.width() / p.size?));
    lines().count() >= LISTED_LINES && lines().filter(|ems| *ems >= LISTED_WIDTH).count() >= LISTED_WIDE
}

#[cfg(test)]
mod tests {
    use super::arranged;
    use crate::geom::Rect;
    use crate::layout::{Item, Line, Method, Table};

    fn line(text: &str, x: f32, y: f32, width: f32) -> Item {
        let bbox = Rect { x0: x, y0: y, x1: x + width, y1: y + 10.0 };
        Item::Line(Line { text: text.to_owned(), bbox, size: 10.0, ..Line::default() })
    }

    fn table(x: f32, y: f32, width: f32, height: f32) -> Item {
        Item::Table(Table {
            bbox: Rect { x0: x, y0: y, x1: x + width, y1: y + height },
            rows: 0,
            columns: 0,
            row_bounds: Vec::new(),
            column_bounds: Vec::new(),
            cells: Vec::new(),
            method: Method::Ruled,
        })
    }

    #[track_caller]
    fn case(items: Vec<Item>, expected: &str) {
        let name = |item: &Item| match item {
            Item::Line(line) => line.text.clone(),
            Item::Table(table) => format!("T{}", table.bbox.x0),
        };
        assert_eq!(arranged(items).iter().map(name).collect::<Vec<_>>().join(" "), expected);
    }

    #[test]
    fn reads_columns_one_after_the_other() {
        let mut items = vec![line("title", 100.0, 0.0, 300.0)];
        for row in 0..3u8 {
            let y = 20.0 + 15.0 * f32::from(row);
            items.push(line(&format!("r{row}"), 300.0, y + 3.0, 190.0));
            items.push(line(&format!("l{row}"), 50.0, y, 200.0));
        }
        items.push(line("end", 50.0, 100.0, 400.0));
        case(items, "title l0 l1 l2 r0 r1 r2 end");
    }

    #[test]
    fn a_right_column_that_begins_higher_is_read_after_the_left_one() {
        let mut items = vec![line("title", 100.0, 0.0, 300.0), line("date", 430.0, 20.0, 60.0)];
        for row in 0..4u8 {
            let y = 50.0 + 15.0 * f32::from(row);
            items.push(line(&format!("r{row}"), 300.0, y, 190.0));
            items.push(line(&format!("l{row}"), 50.0, y + 12.0, 200.0));
        }
        case(items, "title date l0 l1 l2 l3 r0 r1 r2 r3");
    }

    #[test]
    fn reads_tables_side_by_side_with_their_captions() {
        let items = vec![
            line("date", 400.0, 0.0, 80.0),
            line("right", 300.0, 30.0, 40.0),
            line("left", 50.0, 30.0, 40.0),
            table(300.0, 45.0, 200.0, 100.0),
            table(50.0, 45.0, 200.0, 80.0),
        ];
        case(items, "date left T50 right T300");
    }

    #[test]
    fn a_table_right_below_its_caption_stays_in_its_column() {
        let items = vec![
            table(50.0, 0.0, 200.0, 60.0),
            table(300.0, 0.0, 200.0, 110.0),
            line("caption", 50.0, 80.0, 60.0),
            table(50.0, 115.0, 200.0, 60.0),
            line("another", 50.0, 200.0, 60.0),
            table(50.0, 215.0, 200.0, 61.0),
        ];
        case(items, "T50 caption T50 another T50 T300");
    }

    #[test]
    fn what_stands_below_two_tables_is_read_after_both() {
        let mut items = vec![table(50.0, 0.0, 200.0, 60.0), table(300.0, 0.0, 200.0, 60.0)];
        items.extend([line("heading", 50.0, 100.0, 60.0), table(50.0, 120.0, 450.0, 60.0)]);
        case(items, "T50 T300 heading T50");
        let items =
            vec![table(50.0, 0.0, 200.0, 60.0), table(300.0, 0.0, 200.0, 60.0), line("note", 50.0, 100.0, 60.0)];
        case(items, "T50 T300 note");
    }

    #[test]
    fn columns_of_headings_and_lists_are_read_one_after_the_other() {
        let mut items = Vec::new();
        for row in 0..12u8 {
            let (y, width) = (15.0 * f32::from(row), if row % 3 == 0 { 180.0 } else { 50.0 });
            items.push(line(&format!("l{row}"), 50.0, y, width));
            if row < 9 {
                items.push(line(&format!("r{row}"), 300.0, y, if row % 2 == 0 { 180.0 } else { 50.0 }));
            }
        }
        items.push(line("1", 270.0, 300.0, 10.0));
        case(items, "l0 l1 l2 l3 l4 l5 l6 l7 l8 l9 l10 l11 r0 r1 r2 r3 r4 r5 r6 r7 r8 1");
    }

    #[test]
    fn a_short_line_of_a_list_can_begin_the_right_column_a_little_higher() {
        let mut items = vec![line("date", 420.0, 0.0, 60.0), line("label", 310.0, 20.0, 50.0)];
        for row in 0..9u8 {
            let (y, width) = (35.0 + 15.0 * f32::from(row), if row % 2 == 0 { 180.0 } else { 50.0 });
            items.push(line(&format!("l{row}"), 50.0, y, width));
            items.push(line(&format!("r{row}"), if row % 3 == 0 { 310.0 } else { 300.0 }, y, width));
        }
        let column = |side: &str| (0..9).map(|row| format!(" {side}{row}")).collect::<String>();
        case(items, &format!("date{} label{}", column("l"), column("r")));
    }

    #[test]
    fn a_gap_in_one_column_of_text_does_not_end_both() {
        let mut items = vec![line("r0", 300.0, 0.0, 180.0), line("l0", 50.0, 0.0, 180.0)];
        for row in 1..12u8 {
            let (y, width) = (30.0 + 15.0 * f32::from(row), if row % 2 == 0 { 180.0 } else { 50.0 });
            items.push(line(&format!("l{row}"), 50.0, y - 12.0, width));
            items.push(line(&format!("r{row}"), 300.0, y, width));
        }
        items.push(line("end", 50.0, 300.0, 400.0));
        let column = |side: &str| (0..12).map(|row| format!("{side}{row} ")).collect::<String>();
        case(items, &format!("{}{}end", column("l"), column("r")));
    }

    #[test]
    fn reads_entries_of_a_list_across() {
        let items = vec![
            line("b1", 200.0, 20.0, 40.0),
            line("a0", 50.0, 0.0, 30.0),
            line("b0", 200.0, 0.0, 40.0),
            line("a1", 50.0, 20.0, 30.0),
        ];
        case(items, "a0 b0 a1 b1");
    }
}
