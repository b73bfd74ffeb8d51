//! Takes one web of rulings, gives the cells that they enclose, with row and column spans: the last three of the five
//! sentences of table finding (rulings to intersections, intersections to cells, cells to tables).
//!
//! The positions of the rulings divide the web into a lattice. Two neighbours in the lattice belong to one cell where
//! no ruling lies between them; what the outside can flow into is no cell. Where a table is left open (a page break,
//! sides without a rule), its cells end where the crossing rulings end. The text of cells is left to `table`.

use crate::geom::{Axis, Rect, Span};
use crate::layout::ruling::{Sets, Web};
use crate::layout::{Cell, Method, Table, abutting};
use crate::pdf::Ruling;

/// The part of a side of a cell that a ruling has to cover to divide or close it.
const COVERED: f32 = 0.5;
/// Largest part of a table's area that may be cells that are no rectangles, for want of a ruling.
const RAGGED: f32 = 0.3;
/// Largest lattice that is looked at, in cells; a denser web is a drawing.
const MAX_LATTICE: usize = 1_000_000;

/// Which sides of the lattice's cells are ruled.
struct Lattice {
    /// Positions of vertical rulings.
    xs: Vec<f32>,
    /// Positions of horizontal rulings.
    ys: Vec<f32>,
    /// For each boundary between columns and each row, what lies on it.
    upright: Vec<Side>,
    /// For each boundary between rows and each column, what lies on it.
    level: Vec<Side>,
}

/// One side of a cell of the lattice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Side {
    /// Nothing: the cells on both sides are one.
    #[default]
    Free,
    /// The end of the rulings that cross it, where the table is left open.
    Open,
    /// A ruling.
    Ruled,
}

/// A cell as a range of the lattice: columns `x0..x1`, rows `y0..y1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Block {
    /// First column.
    pub(crate) x0: usize,
    /// One more than the last column.
    pub(crate) x1: usize,
    /// First row.
    pub(crate) y0: usize,
    /// One more than the last row.
    pub(crate) y1: usize,
    /// Whether it is part of an area that is no rectangle.
    ragged: bool,
}

/// The tables of `web`, without text. `snap` is the distance in points up to which parallel rulings count as one;
/// `empty` says whether no text stands in a narrow band between two parallel rulings.
pub(crate) fn tables(web: &Web, snap: f32, empty: &dyn Fn(Axis, Span, Span) -> bool) -> Vec<Table> {
    let Some(lattice) = Lattice::new(web, snap, empty) else { return Vec::new() };
    let outside = lattice.outside();
    let blocks = lattice.blocks(&outside);
    let groups: Vec<_> = lattice.connected(&blocks).into_iter().flat_map(abutting::tables).collect();
    let tables = groups.iter().filter(|group| group.len() > 1 && !lattice.is_ragged(group));
    tables.map(|group| lattice.table(group)).collect()
}

impl Lattice {
    /// The lattice of `web`, `None` where it is no grid or too dense to be a table.
    fn new(web: &Web, snap: f32, empty: &dyn Fn(Axis, Span, Span) -> bool) -> Option<Self> {
        let xs = positions(web, Axis::Vertical, snap, empty);
        let ys = positions(web, Axis::Horizontal, snap, empty);
        let (columns, rows) = (xs.len().checked_sub(1)?, ys.len().checked_sub(1)?);
        if columns == 0 || rows == 0 || columns.checked_mul(rows)? > MAX_LATTICE {
            return None;
        }
        let upright = sides(&web.vertical, &xs, &ys, &open_sides(&web.horizontal, &xs, &ys, snap));
        let level = sides(&web.horizontal, &ys, &xs, &open_sides(&web.vertical, &ys, &xs, snap));
        Some(Self { xs, ys, upright, level })
    }

    /// Number of columns of the lattice.
    fn columns(&self) -> usize {
        self.xs.len() - 1
    }

    /// Number of rows of the lattice.
    fn rows(&self) -> usize {
        self.ys.len() - 1
    }

    /// What lies on the left of column `x` in row `y`; `x` may be the number of columns.
    fn left(&self, x: usize, y: usize) -> Side {
        self.upright[x * self.rows() + y]
    }

    /// What lies on top of row `y` in column `x`; `y` may be the number of rows.
    fn top(&self, x: usize, y: usize) -> Side {
        self.level[y * self.columns() + x]
    }

    /// Calls `visit` for each neighbour of a lattice cell, with what lies between; `None` is the outside.
    fn neighbours(&self, x: usize, y: usize, mut visit: impl FnMut(Side, Option<(usize, usize)>)) {
        let (columns, rows) = (self.columns(), self.rows());
        visit(self.left(x, y), x.checked_sub(1).map(|x| (x, y)));
        visit(self.left(x + 1, y), (x + 1 < columns).then_some((x + 1, y)));
        visit(self.top(x, y), y.checked_sub(1).map(|y| (x, y)));
        visit(self.top(x, y + 1), (y + 1 < rows).then_some((x, y + 1)));
    }

    /// For each lattice cell, whether the outside can flow into it.
    fn outside(&self) -> Vec<bool> {
        let (columns, rows) = (self.columns(), self.rows());
        let mut outside = vec![false; columns * rows];
        let mut queue: Vec<(usize, usize)> = Vec::new();
        for y in 0..rows {
            for x in 0..columns {
                self.neighbours(x, y, |side, next| {
                    if side == Side::Free && next.is_none() && !outside[y * columns + x] {
                        outside[y * columns + x] = true;
                        queue.push((x, y));
                    }
                });
            }
        }
        while let Some((x, y)) = queue.pop() {
            self.neighbours(x, y, |side, next| {
                if let (Side::Free, Some((x, y))) = (side, next)
                    && !outside[y * columns + x]
                {
                    outside[y * columns + x] = true;
                    queue.push((x, y));
                }
            });
        }
        outside
    }

    /// The cells: rectangles of lattice cells with no ruling between them. Where a ruling is missing so that they
    /// are no rectangle, rows are kept together.
    fn blocks(&self, outside: &[bool]) -> Vec<Block> {
        let (columns, rows) = (self.columns(), self.rows());
        let mut sets = Sets::new(columns * rows);
        for y in 0..rows {
            for x in 0..columns {
                let here = y * columns + x;
                if outside[here] {
                    continue;
                }
                if x > 0 && self.left(x, y) == Side::Free {
                    sets.unite(here, here - 1);
                }
                if y > 0 && self.top(x, y) == Side::Free {
                    sets.unite(here, here - columns);
                }
            }
        }
        let mut blocks: Vec<Block> = Vec::new();
        let mut above: Vec<Option<usize>> = vec![None; columns];
        for y in 0..rows {
            let mut x = 0;
            while x < columns {
                let root = sets.root(y * columns + x);
                let x0 = x;
                x += 1;
                while x < columns && sets.root(y * columns + x) == root {
                    x += 1;
                }
                if outside[y * columns + x0] {
                    above[x0..x].fill(None);
                    continue;
                }
                let grows = above[x0].filter(|i| {
                    let b = blocks[*i];
                    (b.x0, b.x1) == (x0, x) && sets.root(b.y0 * columns + b.x0) == root
                });
                let index = grows.unwrap_or(blocks.len());
                match grows {
                    Some(index) => blocks[index].y1 = y + 1,
                    None => blocks.push(Block { x0, x1: x, y0: y, y1: y + 1, ragged: false }),
                }
                above[x0..x].fill(Some(index));
            }
        }
        let roots: Vec<usize> = blocks.iter().map(|b| sets.root(b.y0 * columns + b.x0)).collect();
        let mut parts = vec![0u32; columns * rows];
        roots.iter().for_each(|root| parts[*root] += 1);
        blocks.iter_mut().zip(roots).for_each(|(block, root)| block.ragged = parts[root] > 1);
        blocks
    }

    /// Whether much of a group of cells is no rectangle: the bars of a chart leave such areas, a table does not.
    fn is_ragged(&self, group: &[Block]) -> bool {
        let area = |b: &Block| (self.xs[b.x1] - self.xs[b.x0]) * (self.ys[b.y1] - self.ys[b.y0]);
        let ragged: f32 = group.iter().filter(|b| b.ragged).map(area).sum();
        ragged > RAGGED * group.iter().map(area).sum::<f32>()
    }

    /// Groups of cells that share sides: each a table.
    fn connected(&self, blocks: &[Block]) -> Vec<Vec<Block>> {
        let (columns, rows) = (self.columns(), self.rows());
        let mut owner = vec![usize::MAX; columns * rows];
        for (index, block) in blocks.iter().enumerate() {
            for y in block.y0..block.y1 {
                owner[y * columns + block.x0..y * columns + block.x1].fill(index);
            }
        }
        let mut sets = Sets::new(blocks.len());
        for y in 0..rows {
            for x in 0..columns {
                let here = owner[y * columns + x];
                for there in
                    [(x > 0).then(|| owner[y * columns + x - 1]), (y > 0).then(|| owner[(y - 1) * columns + x])]
                {
                    if let Some(there) = there.filter(|t| *t != usize::MAX && here != usize::MAX) {
                        sets.unite(here, there);
                    }
                }
            }
        }
        let mut groups: Vec<Vec<Block>> = vec![Vec::new(); blocks.len()];
        for (index, block) in blocks.iter().enumerate() {
            groups[sets.root(index)].push(*block);
        }
        groups.retain(|group| !group.is_empty());
        groups
    }

    /// The table of a group of cells.
    fn table(&self, group: &[Block]) -> Table {
        let columns = bounds(group.iter().flat_map(|b| [b.x0, b.x1]));
        let rows = row_bounds(group);
        let at = |bounds: &[usize], of: usize| bounds.partition_point(|b| *b < of);
        let first = |b: &Block| rows.partition_point(|y| *y <= b.y0).saturating_sub(1);
        let mut cells: Vec<Cell> = group
            .iter()
            .map(|b| Cell {
                row: first(b),
                column: at(&columns, b.x0),
                row_span: at(&rows, b.y1) - first(b),
                column_span: at(&columns, b.x1) - at(&columns, b.x0),
                bbox: Rect { x0: self.xs[b.x0], y0: self.ys[b.y0], x1: self.xs[b.x1], y1: self.ys[b.y1] },
                closed_top: self.closed(b, b.y0),
                closed_bottom: self.closed(b, b.y1),
                ..Cell::default()
            })
            .collect();
        let column_bounds: Vec<f32> = columns.iter().map(|x| self.xs[*x]).collect();
        let row_bounds: Vec<f32> = rows.iter().map(|y| self.ys[*y]).collect();
        fill_holes(&mut cells, &row_bounds, &column_bounds);
        let (x, y) = (ends(&column_bounds), ends(&row_bounds));
        Table {
            bbox: Rect { x0: x.start, y0: y.start, x1: x.end, y1: y.end },
            rows: rows.len() - 1,
            columns: columns.len() - 1,
            row_bounds,
            column_bounds,
            cells,
            method: Method::Ruled,
        }
    }

    /// Whether a ruling lies on the cell's boundary `y`.
    fn closed(&self, block: &Block, y: usize) -> bool {
        let ruled = (block.x0..block.x1).filter(|x| self.top(*x, y) == Side::Ruled);
        let length: f32 = ruled.map(|x| self.xs[x + 1] - self.xs[x]).sum();
        length >= COVERED * (self.xs[block.x1] - self.xs[block.x0])
    }
}

/// Where rulings of `axis` stand, ascending: double rules and rulings that drift are one position, and where a side of
/// the web has no ruling, the end of the crossing ones is a position too.
fn positions(web: &Web, axis: Axis, snap: f32, empty: &dyn Fn(Axis, Span, Span) -> bool) -> Vec<f32> {
    let lines = web.of(axis);
    let mut found: Vec<Ruling> = lines.to_vec();
    let crossing = web.of(axis.other());
    let first = lines.iter().map(|r| r.position).fold(f32::MAX, f32::min);
    let last = lines.iter().map(|r| r.position).fold(f32::MIN, f32::max);
    let starts = crossing.iter().map(|r| -r.span.start).collect();
    let ends = crossing.iter().map(|r| r.span.end).collect();
    for (position, beyond) in [(outermost(starts, snap).map(|p| -p), -1.0), (outermost(ends, snap), 1.0)] {
        let Some(position) = position else { continue };
        let edge = if beyond < 0.0 { first } else { last };
        if (position - edge) * beyond > snap {
            found.push(Ruling { axis, position, span: Span::default(), thickness: 0.0 });
        }
    }
    found.sort_by(|a, b| a.position.total_cmp(&b.position));
    let mut clusters: Vec<Vec<Ruling>> = Vec::new();
    for line in found {
        match clusters.last_mut() {
            Some(cluster) if is_near(cluster, &line, snap) || is_double(cluster, &line, snap, empty) => {
                cluster.push(line)
            }
            _ => clusters.push(vec![line]),
        }
    }
    clusters.iter().map(|c| mean(c)).collect()
}

/// Whether a line stands so close to a cluster that both are one boundary.
fn is_near(cluster: &[Ruling], line: &Ruling, snap: f32) -> bool {
    let (first, last) = (cluster.first().map_or(0.0, |r| r.position), cluster.last().map_or(0.0, |r| r.position));
    line.position - last <= snap && line.position - first <= 2.0 * snap
}

/// Whether a line and the last of a cluster are the two lines of a wide double rule: parallel, too close for a line
/// of text, and none between them.
fn is_double(cluster: &[Ruling], line: &Ruling, snap: f32, empty: &dyn Fn(Axis, Span, Span) -> bool) -> bool {
    /// Widest double rule, in multiples of the distance that always counts as one.
    const DOUBLE: f32 = 2.0;
    cluster.last().is_some_and(|last| {
        let shared = Span { start: last.span.start.max(line.span.start), end: last.span.end.min(line.span.end) };
        line.position - last.position <= DOUBLE * snap
            && cluster.first().is_some_and(|first| line.position - first.position <= DOUBLE * snap)
            && shared.length() > COVERED * last.span.length().max(line.span.length())
            && empty(line.axis, Span { start: last.position, end: line.position }, shared)
    })
}

/// Mean position of lines, the longer ones counting more.
fn mean(lines: &[Ruling]) -> f32 {
    let weight: f32 = lines.iter().map(|r| r.span.length().max(0.01)).sum();
    lines.iter().map(|r| r.position * r.span.length().max(0.01)).sum::<f32>() / weight
}

/// The largest value that at least two of `values` agree on.
fn outermost(mut values: Vec<f32>, snap: f32) -> Option<f32> {
    values.sort_by(|a, b| b.total_cmp(a));
    values.windows(2).find(|pair| pair[0] - pair[1] <= snap).map(|pair| pair[0])
}

/// Which stretch of the first and of the last boundary the ends of the crossing rulings close.
fn open_sides(crossing: &[Ruling], positions: &[f32], others: &[f32], snap: f32) -> [Option<(usize, usize)>; 2] {
    let edge = ends(positions);
    let reach = |reaches: &dyn Fn(&Ruling) -> bool| {
        let mut at = crossing.iter().filter(|r| reaches(r)).map(|r| nearest(others, r.position));
        let first = at.next()?;
        let (first, last) = at.fold((first, first), |(a, b), i| (a.min(i), b.max(i)));
        (first < last).then_some((first, last))
    };
    [reach(&|r| r.span.start <= edge.start + 2.0 * snap), reach(&|r| r.span.end >= edge.end - 2.0 * snap)]
}

/// What lies on each boundary: for each of `positions`, one side for each stretch between `others`.
fn sides(lines: &[Ruling], positions: &[f32], others: &[f32], open: &[Option<(usize, usize)>; 2]) -> Vec<Side> {
    let stretches = others.len() - 1;
    let mut covered = vec![0.0f32; positions.len() * stretches];
    for line in lines {
        let base = nearest(positions, line.position) * stretches;
        let from = others.partition_point(|o| *o <= line.span.start).saturating_sub(1);
        for (index, pair) in others.windows(2).enumerate().skip(from) {
            if pair[0] >= line.span.end {
                break;
            }
            covered[base + index] += line.span.overlap(Span { start: pair[0], end: pair[1] });
        }
    }
    let mut sides: Vec<Side> = covered
        .iter()
        .enumerate()
        .map(|(index, length)| {
            let stretch = index % stretches;
            if *length >= COVERED * (others[stretch + 1] - others[stretch]) { Side::Ruled } else { Side::Free }
        })
        .collect();
    for (boundary, open) in [0, positions.len() - 1].into_iter().zip(open) {
        let (first, last) = open.unwrap_or_default();
        for side in &mut sides[boundary * stretches + first..boundary * stretches + last] {
            if *side == Side::Free {
                *side = Side::Open;
            }
        }
    }
    sides
}

/// Index of the position nearest to `value`.
fn nearest(positions: &[f32], value: f32) -> usize {
    let next = positions.partition_point(|p| *p < value);
    let before = next.saturating_sub(1);
    match (positions.get(before), positions.get(next)) {
        (Some(a), Some(b)) if b - value < value - a => next,
        _ => before,
    }
}

/// First and last of ascending positions.
fn ends(positions: &[f32]) -> Span {
    Span { start: positions.first().copied().unwrap_or(0.0), end: positions.last().copied().unwrap_or(0.0) }
}

/// Ascending without repetition.
fn bounds(values: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut bounds: Vec<usize> = values.collect();
    bounds.sort_unstable();
    bounds.dedup();
    bounds
}

/// The boundaries between rows: where cells begin and others end. Where cells only end, or only begin, beside others
/// that go on, the sides of the table are uneven (a producer ends a cut cell of its own at each page break).
fn row_bounds(group: &[Block]) -> Vec<usize> {
    let (begins, ends) = (bounds(group.iter().map(|b| b.y0)), bounds(group.iter().map(|b| b.y1)));
    let all = bounds(begins.iter().chain(&ends).copied());
    let (first, last) = (all.first().copied(), all.last().copied());
    let both = |y: &usize| begins.binary_search(y).is_ok() && ends.binary_search(y).is_ok();
    let even: Vec<usize> = all.iter().copied().filter(|y| Some(*y) == first || Some(*y) == last || both(y)).collect();
    if even.len() == all.len() {
        return all;
    }
    // In a column, the end of one cell and the beginning of the next must not both have moved over one another.
    let from = |b: &Block| even.partition_point(|y| *y <= b.y0).saturating_sub(1);
    let until = |b: &Block| even.partition_point(|y| *y < b.y1);
    let mut order: Vec<&Block> = group.iter().collect();
    order.sort_by_key(|b| (b.y0, b.x0));
    let columns = group.iter().map(|b| b.x1).max().unwrap_or(0);
    let mut filled = vec![0; columns];
    for block in order {
        let Some(above) = filled.get_mut(block.x0..block.x1) else { return all };
        if above.iter().any(|end| *end > from(block)) {
            return all;
        }
        above.fill(until(block));
    }
    even
}

/// Adds blank cells where the grid has none, so that the cells tile it, and orders all by row and column.
fn fill_holes(cells: &mut Vec<Cell>, row_bounds: &[f32], column_bounds: &[f32]) {
    let (rows, columns) = (row_bounds.len() - 1, column_bounds.len() - 1);
    let mut taken = vec![false; rows * columns];
    for cell in cells.iter() {
        for row in cell.row..cell.row + cell.row_span {
            taken[row * columns + cell.column..row * columns + cell.column + cell.column_span].fill(true);
        }
    }
    for (index, _) in taken.iter().enumerate().filter(|(_, taken)| !**taken) {
        let (row, column) = (index / columns, index % columns);
        let bbox = Rect {
            x0: column_bounds[column],
            y0: row_bounds[row],
            x1: column_bounds[column + 1],
            y1: row_bounds[row + 1],
        };
        cells.push(Cell { row, column, row_span: 1, column_span: 1, bbox, ..Cell::default() });
    }
    cells.sort_by_key(|c| (c.row, c.column));
}

#[cfg(test)]
mod tests {
    use crate::geom::Axis::{Horizontal, Vertical};
    use crate::layout::made::Made;
    use crate::layout::{Item, lay_out};

    /// A grid of three columns and two rows with a text in each place.
    fn filled() -> Made {
        let mut made = Made::page();
        for (row, y) in [105.0, 135.0].into_iter().enumerate() {
            for (column, x) in [105.0, 205.0, 305.0].into_iter().enumerate() {
                made = made.text(x, y, &format!("r{row}c{column}"));
            }
        }
        made
    }

    #[track_caller]
    fn case(made: Made, expected: &[&str]) {
        assert_eq!(made.read(), expected);
    }

    #[test]
    fn reads_a_plain_grid() {
        let made = filled().grid(&[100.0, 200.0, 300.0, 400.0], &[100.0, 130.0, 160.0]);
        case(made, &["[2x3]", "0,0 r0c0", "0,1 r0c1", "0,2 r0c2", "1,0 r1c0", "1,1 r1c1", "1,2 r1c2"]);
    }

    #[test]
    fn reads_merged_cells() {
        let mut made = Made::page().text(105.0, 120.0, "name").text(205.0, 105.0, "years").text(205.0, 135.0, "R4");
        made = made.text(305.0, 135.0, "R5").grid(&[100.0, 200.0, 400.0], &[100.0, 160.0]);
        made = made.line(Horizontal, 130.0, 200.0, 400.0).line(Vertical, 300.0, 130.0, 160.0);
        case(made, &["[2x3]", "0,0+2x1 name", "0,1+1x2 years", "1,1 R4", "1,2 R5"]);
    }

    #[test]
    fn takes_double_rules_as_one() {
        let made = filled().grid(&[98.5, 100.0, 200.0, 201.8, 300.0, 400.0], &[100.0, 130.0, 131.5, 160.0, 161.5]);
        case(made, &["[2x3]", "0,0 r0c0", "0,1 r0c1", "0,2 r0c2", "1,0 r1c0", "1,1 r1c1", "1,2 r1c2"]);
    }

    #[test]
    fn closes_cells_that_a_page_break_leaves_open() {
        let mut made = filled();
        for y in [100.0, 130.0] {
            made = made.line(Horizontal, y, 100.0, 400.0);
        }
        for x in [100.0, 200.0, 300.0, 400.0] {
            made = made.line(Vertical, x, 100.0, 170.0);
        }
        let sheet = lay_out(made.0);
        let Some(Item::Table(table)) = sheet.items.first() else { panic!("no table") };
        let closed: Vec<(bool, bool)> = table.cells.iter().map(|c| (c.closed_top, c.closed_bottom)).collect();
        assert_eq!(closed, [(true, true), (true, true), (true, true), (true, false), (true, false), (true, false)]);
    }

    #[test]
    fn closes_the_sides_of_a_table_without_outer_rules() {
        let mut made = filled();
        for y in [100.0, 130.0, 160.0] {
            made = made.line(Horizontal, y, 100.0, 400.0);
        }
        made = made.line(Vertical, 200.0, 100.0, 160.0).line(Vertical, 300.0, 100.0, 160.0);
        case(made, &["[2x3]", "0,0 r0c0", "0,1 r0c1", "0,2 r0c2", "1,0 r1c0", "1,1 r1c1", "1,2 r1c2"]);
    }

    #[test]
    fn cells_that_end_unevenly_at_a_page_break_end_in_one_row() {
        let mut made = filled().line(Horizontal, 100.0, 100.0, 400.0).line(Horizontal, 130.0, 100.0, 400.0);
        for (x, end) in [(100.0, 160.0), (200.0, 160.0), (300.0, 166.0), (400.0, 166.0)] {
            made = made.line(Vertical, x, 100.0, end);
        }
        made = made.line(Horizontal, 154.0, 100.0, 200.0).line(Horizontal, 160.0, 200.0, 300.0);
        made = made.line(Horizontal, 166.0, 300.0, 400.0);
        case(made, &["[2x3]", "0,0 r0c0", "0,1 r0c1", "0,2 r0c2", "1,0 r1c0", "1,1 r1c1", "1,2 r1c2"]);
    }

    #[test]
    fn keeps_nested_tables_apart() {
        let mut made = Made::page().grid(&[100.0, 200.0, 500.0], &[100.0, 200.0, 230.0]).text(105.0, 105.0, "outer");
        made = made.text(105.0, 205.0, "next").grid(&[250.0, 300.0, 350.0], &[120.0, 150.0, 180.0]);
        for (x, y, text) in [(255.0, 125.0, "a"), (305.0, 125.0, "b"), (255.0, 155.0, "c"), (305.0, 155.0, "d")] {
            made = made.text(x, y, text);
        }
        case(made, &["[2x2]", "0,0 outer", "1,0 next", "[2x2]", "0,0 a", "0,1 b", "1,0 c", "1,1 d"]);
    }

    #[test]
    fn frames_and_underlines_are_no_tables() {
        let made = Made::page().grid(&[90.0, 400.0], &[90.0, 150.0]).text(100.0, 100.0, "Words in a frame");
        case(made.line(Horizontal, 112.0, 100.0, 170.0), &["Words in a frame"]);
    }

    #[test]
    fn a_sheet_drawn_sideways_reads_as_held() {
        let made = || {
            let page = filled().grid(&[100.0, 200.0, 300.0, 400.0], &[100.0, 130.0, 160.0]);
            page.text(100.0, 60.0, "A heading that is long enough")
        };
        assert_eq!(made().turned().read(), made().read());
        let sheet = lay_out(made().turned().0);
        let Some(Item::Table(table)) = sheet.items.last() else { panic!("no table") };
        let seen = sheet.seen(&table.bbox);
        assert_eq!((seen.x0, seen.y0, seen.x1, seen.y1), (842.0 - 160.0, 100.0, 842.0 - 100.0, 400.0));
    }
}
