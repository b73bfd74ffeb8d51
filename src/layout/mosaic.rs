//! Takes the filled areas of a page, gives rulings where each cell of a table is an area of its own and nothing is drawn
//! between them: the gaps between the areas are the lines, and a merged cell is one larger area. Cells that are boxes of
//! their own, drawn apart from one another, are taken the same way.

use crate::geom::{Axis, Rect, Span};
use crate::pdf::{Fill, Ruling};

/// Smaller areas are no cells, in points.
const LEAST: f32 = 5.0;
/// Widest gap between two cells, in points.
const GAP: f32 = 4.5;
/// Neighbours overlap by at most this, in points: producers round.
const OVERLAP: f32 = 0.6;
/// Fewest cells.
const FEWEST: usize = 6;
/// Cells and gaps cover at least this part of their table: what has areas under some of its rows is read otherwise.
const COVER: f32 = 0.97;
/// Boxes that stand apart leave a gap of at least this, in points: cells that share their sides are left as they are.
const APART: f32 = 0.8;
/// The corners of a box meet, give or take this, in points.
const CORNER: f32 = 1.0;
/// A gap that can be seen, in points.
const SEEN: f32 = 0.3;
/// Fewest rows of cells without gaps between them: fewer are the header of a table that has no areas below.
const FEWEST_ROWS: usize = 4;
/// A page with more areas is a drawing.
const MOST: usize = 3_000;

/// The rulings that the areas stand for, where `drawn` has no vertical ones.
pub(crate) fn rulings(fills: &[Fill], drawn: &[Ruling]) -> Vec<Ruling> {
    let is_cell = |bbox: &Rect| bbox.is_finite() && bbox.width() >= LEAST && bbox.height() >= LEAST;
    let mut areas: Vec<Rect> = fills.iter().map(|fill| fill.bbox).filter(is_cell).collect();
    if !(FEWEST..=MOST).contains(&areas.len()) {
        return Vec::new();
    }
    areas.sort_by(|a, b| a.y0.total_cmp(&b.y0).then(a.x0.total_cmp(&b.x0)));
    areas.dedup();
    let cells = innermost(&areas);
    let (groups, gaps) = groups(&cells);
    let mut rulings = Vec::new();
    for (group, gap) in groups.iter().zip(gaps) {
        let whole = group.iter().copied().reduce(|a, b| a.union(&b)).unwrap_or_default();
        let ruled = |r: &Ruling| {
            r.axis == Axis::Vertical
                && whole.x0 + LEAST < r.position
                && r.position < whole.x1 - LEAST
                && whole.span(Axis::Vertical).overlap(r.span) > LEAST
        };
        if is_table(group, &whole, gap) && !drawn.iter().any(ruled) {
            rulings.extend(group.iter().flat_map(|cell| sides(cell, gap / 2.0)));
        }
    }
    rulings
}

/// The rulings of a page with, in place of the sides of cells that are drawn as boxes apart, the lines between them;
/// `None` where no table is drawn so.
pub(crate) fn parted(drawn: &[Ruling]) -> Option<Vec<Ruling>> {
    let closed = drawn.windows(4).enumerate().filter_map(|(index, sides)| Some((index, closed_box(sides)?)));
    let is_cell = |bbox: &Rect| bbox.width() >= LEAST && bbox.height() >= LEAST;
    let boxes: Vec<(usize, Rect)> = closed.filter(|(_, bbox)| is_cell(bbox)).collect();
    if !(FEWEST..=MOST).contains(&boxes.len()) {
        return None;
    }
    let mut areas: Vec<Rect> = boxes.iter().map(|(_, bbox)| *bbox).collect();
    areas.sort_by(|a, b| a.y0.total_cmp(&b.y0).then(a.x0.total_cmp(&b.x0)));
    areas.dedup();
    let (groups, gaps) = groups(&innermost(&areas));
    let mut tables = Vec::new();
    let mut rulings = Vec::new();
    for (group, gap) in groups.iter().zip(gaps) {
        let whole = group.iter().copied().reduce(|a, b| a.union(&b)).unwrap_or_default();
        if gap >= APART && is_table(group, &whole, gap) {
            rulings.extend(group.iter().flat_map(|cell| sides(cell, gap / 2.0)));
            tables.push(whole);
        }
    }
    if tables.is_empty() {
        return None;
    }
    let mut replaced = vec![false; drawn.len()];
    for (index, _) in boxes.iter().filter(|(_, bbox)| tables.iter().any(|table| table.contains(bbox.center()))) {
        replaced[*index..index + 4].fill(true);
    }
    rulings.extend(drawn.iter().zip(replaced).filter(|(_, replaced)| !replaced).map(|(ruling, _)| *ruling));
    Some(rulings)
}

/// The box of which four rulings are the sides.
fn closed_box(rulings: &[Ruling]) -> Option<Rect> {
    let of = |axis: Axis| {
        let mut lines = rulings.iter().filter(move |ruling| ruling.axis == axis);
        Some((lines.next()?, lines.next()?))
    };
    let ((a, b), (c, d)) = (of(Axis::Horizontal)?, of(Axis::Vertical)?);
    let bbox = Rect::new(c.position, a.position, d.position, b.position);
    let meets = |ruling: &Ruling, span: Span| {
        (ruling.span.start - span.start).abs() <= CORNER && (ruling.span.end - span.end).abs() <= CORNER
    };
    let (x, y) = (bbox.span(Axis::Horizontal), bbox.span(Axis::Vertical));
    (meets(a, x) && meets(b, x) && meets(c, y) && meets(d, y)).then_some(bbox)
}

/// The areas without those that others lie in: backgrounds of tables and rows, borders.
fn innermost(areas: &[Rect]) -> Vec<Rect> {
    let inside = |outer: &Rect, index: usize| {
        let below = areas.iter().skip(index + 1).take_while(|next| next.y0 < outer.y1);
        let above = areas.iter().take(index).rev().take_while(|next| next.y0 >= outer.y0);
        let mut near = below.chain(above);
        near.any(|inner| {
            outer.contains(inner.center()) && inner.width() * inner.height() < outer.width() * outer.height()
        })
    };
    areas.iter().enumerate().filter(|(index, area)| !inside(area, *index)).map(|(_, area)| *area).collect()
}

/// The cells that touch one another, and the usual gap between them.
fn groups(cells: &[Rect]) -> (Vec<Vec<Rect>>, Vec<f32>) {
    let mut parent: Vec<usize> = (0..cells.len()).collect();
    let mut gaps: Vec<(usize, f32)> = Vec::new();
    for (index, cell) in cells.iter().enumerate() {
        let near = cells.iter().enumerate().skip(index + 1).take_while(|(_, next)| next.y0 <= cell.y1 + GAP);
        for (other, next) in near {
            if let Some(gap) = gap(cell, next) {
                gaps.push((index, gap));
                let (a, b) = (root(&mut parent, index), root(&mut parent, other));
                parent[a.max(b)] = a.min(b);
            }
        }
    }
    let mut groups: Vec<(usize, Vec<Rect>)> = Vec::new();
    let mut place = vec![usize::MAX; cells.len()];
    for (index, cell) in cells.iter().enumerate() {
        let of = root(&mut parent, index);
        if place[of] == usize::MAX {
            place[of] = groups.len();
            groups.push((of, Vec::new()));
        }
        groups[place[of]].1.push(*cell);
    }
    let mut own: Vec<Vec<f32>> = vec![Vec::new(); groups.len()];
    for (index, gap) in gaps {
        own[place[root(&mut parent, index)]].push(gap);
    }
    let usual = |gaps: &mut Vec<f32>| {
        gaps.sort_by(f32::total_cmp);
        gaps.get(gaps.len() / 2).copied().unwrap_or_default().max(0.0)
    };
    (groups.into_iter().map(|(_, cells)| cells).collect(), own.iter_mut().map(usual).collect())
}

fn root(parent: &mut [usize], mut index: usize) -> usize {
    while parent[index] != index {
        parent[index] = parent[parent[index]];
        index = parent[index];
    }
    index
}

/// The gap between two cells that stand side by side or one above the other.
fn gap(a: &Rect, b: &Rect) -> Option<f32> {
    let between = |axis: Axis| {
        let (a, b) = (a.span(axis), b.span(axis));
        (b.start - a.end).max(a.start - b.end)
    };
    let (across, down) = (between(Axis::Horizontal), between(Axis::Vertical));
    let near = -OVERLAP..=GAP;
    match (near.contains(&across) && down < -OVERLAP, near.contains(&down) && across < -OVERLAP) {
        (true, _) => Some(across),
        (_, true) => Some(down),
        _ => None,
    }
}

/// Whether the cells leave nothing of their table uncovered, in several rows and columns.
fn is_table(cells: &[Rect], whole: &Rect, gap: f32) -> bool {
    let area: f32 = cells.iter().map(|cell| (cell.width() + gap) * (cell.height() + gap)).sum();
    let several = |axis: Axis| cells.iter().any(|cell| cell.span(axis).start > whole.span(axis).start + LEAST);
    cells.len() >= FEWEST
        && several(Axis::Horizontal)
        && several(Axis::Vertical)
        && (gap > SEEN || rows(cells) >= FEWEST_ROWS)
        && area >= COVER * (whole.width() + gap) * (whole.height() + gap)
}

/// How many heights the cells, which come from top to bottom, begin at.
fn rows(cells: &[Rect]) -> usize {
    1 + cells.windows(2).filter(|pair| pair[1].y0 - pair[0].y0 > LEAST).count()
}

/// The four sides of a cell, `half` a gap outside.
fn sides(cell: &Rect, half: f32) -> [Ruling; 4] {
    let (x, y) = (cell.span(Axis::Horizontal), cell.span(Axis::Vertical));
    let wide = |span: Span| Span { start: span.start - half, end: span.end + half };
    let (x, y) = (wide(x), wide(y));
    let side = |axis: Axis, position: f32, span: Span| Ruling { axis, position, span, thickness: 0.0 };
    [
        side(Axis::Horizontal, y.start, x),
        side(Axis::Horizontal, y.end, x),
        side(Axis::Vertical, x.start, y),
        side(Axis::Vertical, x.end, y),
    ]
}

#[cfg(test)]
mod tests {
    use super::{GAP, parted, rulings};
    use crate::geom::{Axis, Rect, Span};
    use crate::pdf::{Fill, Ruling};

    fn fill(bbox: Rect) -> Fill {
        Fill { bbox, color: [220; 3] }
    }

    /// Cells of 100 by 20 points, so far apart.
    fn cells(rows: usize, columns: usize, gap: f32) -> Vec<Fill> {
        let at = |row: usize, column: usize| {
            let (x, y) = (50.0 + column as f32 * (100.0 + gap), 50.0 + row as f32 * (20.0 + gap));
            fill(Rect { x0: x, y0: y, x1: x + 100.0, y1: y + 20.0 })
        };
        (0..rows).flat_map(|row| (0..columns).map(move |column| at(row, column))).collect()
    }

    /// How many rulings the areas stand for.
    #[track_caller]
    fn case(fills: &[Fill], drawn: &[Ruling], expected: usize) {
        assert_eq!(rulings(fills, drawn).len(), expected);
    }

    #[test]
    fn each_area_that_touches_others_is_a_cell() {
        case(&cells(3, 3, 2.0), &[], 9 * 4);
        case(&cells(3, 3, GAP + 1.0), &[], 0);
    }

    #[test]
    fn lines_run_through_the_middle_of_the_gaps() {
        let found = rulings(&cells(2, 3, 2.0), &[]);
        let mut across: Vec<f32> = found.iter().filter(|r| r.axis == Axis::Vertical).map(|r| r.position).collect();
        across.sort_by(f32::total_cmp);
        across.dedup();
        assert_eq!(across, [49.0, 151.0, 253.0, 355.0]);
    }

    #[test]
    fn one_area_in_the_place_of_two_is_a_merged_cell() {
        let mut fills = cells(3, 3, 2.0);
        let below = fills.remove(5).bbox;
        fills[2].bbox = fills[2].bbox.union(&below);
        case(&fills, &[], 8 * 4);
    }

    #[test]
    fn a_place_without_an_area_is_not_made_a_cell() {
        let mut fills = cells(4, 3, 2.0);
        fills.truncate(9);
        fills.remove(4);
        case(&fills, &[], 0);
    }

    #[test]
    fn a_background_behind_the_cells_is_none() {
        let mut fills = cells(3, 3, 2.0);
        let whole = fills.iter().map(|fill| fill.bbox).reduce(|a, b| a.union(&b)).unwrap();
        fills.insert(0, fill(whole));
        case(&fills, &[], 9 * 4);
    }

    #[test]
    fn boxes_drawn_apart_become_cells_that_share_their_sides() {
        let stroked = |gap: f32| -> Vec<Ruling> {
            let side = |axis: Axis, position: f32, span: Span| Ruling { axis, position, span, thickness: 0.5 };
            let sides = |fill: &Fill| {
                let (x, y) = (fill.bbox.span(Axis::Horizontal), fill.bbox.span(Axis::Vertical));
                let (h, v) = (Axis::Horizontal, Axis::Vertical);
                [side(h, y.start, x), side(v, x.end, y), side(h, y.end, x), side(v, x.start, y)]
            };
            cells(2, 3, gap).iter().flat_map(sides).collect()
        };
        let mut drawn = stroked(3.0);
        let span = Span { start: 40.0, end: 400.0 };
        drawn.insert(0, Ruling { axis: Axis::Horizontal, position: 30.0, span, thickness: 0.5 });
        let mut across: Vec<f32> = parted(&drawn).unwrap().iter().map(|r| r.position).collect();
        across.sort_by(f32::total_cmp);
        across.dedup();
        assert_eq!(across, [30.0, 48.5, 71.5, 94.5, 151.5, 254.5, 357.5]);
        assert_eq!(parted(&stroked(0.0)), None);
        assert_eq!(parted(&stroked(GAP + 1.0)), None);
    }

    #[test]
    fn a_table_with_drawn_columns_is_left_to_its_rulings() {
        let fills = cells(3, 3, 2.0);
        let span = Span { start: 50.0, end: 114.0 };
        case(&fills, &[Ruling { axis: Axis::Vertical, position: 151.0, span, thickness: 0.5 }], 0);
    }

    #[test]
    fn a_header_of_areas_without_gaps_is_no_table() {
        case(&cells(2, 4, 0.0), &[], 0);
        case(&cells(4, 4, 0.0), &[], 16 * 4);
    }
}
