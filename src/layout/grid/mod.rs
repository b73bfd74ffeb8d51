//! Takes one web of rulings, gives the cells that they enclose, with row and column spans: the last three of the five
//! sentences of table finding (rulings to intersections, intersections to cells, cells to tables).
//!
//! The positions of the rulings divide the web into a lattice. Two neighbours in the lattice belong to one cell where
//! no ruling lies between them; what the outside can flow into is no cell. Where a table is left open (a page break,
//! sides without a rule), its cells end where the crossing rulings end. The text of cells is left to `table`.

mod boundary;
mod rows;

use crate::geom::{Axis, Rect, Span};
use crate::layout::ruling::{Sets, Web};
use crate::layout::{Cell, Method, Table, abutting};
use boundary::{ends, open_sides, positions, sides};
use rows::{bounds, fill_holes, ranks, row_bounds};

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
    let groups: Vec<_> = lattice.connected(blocks).into_iter().flat_map(abutting::tables).collect();
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
        let sides = [0, columns - 1].into_iter().flat_map(|x| (0..rows).map(move |y| (x, y)));
        let ends = [0, rows - 1].into_iter().flat_map(|y| (0..columns).map(move |x| (x, y)));
        for (x, y) in sides.chain(ends) {
            self.neighbours(x, y, |side, next| {
                if side == Side::Free && next.is_none() && !outside[y * columns + x] {
                    outside[y * columns + x] = true;
                    queue.push((x, y));
                }
            });
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
    fn connected(&self, blocks: Vec<Block>) -> Vec<Vec<Block>> {
        let (columns, rows) = (self.columns(), self.rows());
        let mut owner = vec![usize::MAX; columns * rows];
        for (index, block) in blocks.iter().enumerate() {
            for y in block.y0..block.y1 {
                owner[y * columns + block.x0..y * columns + block.x1].fill(index);
            }
        }
        let mut sets = Sets::new(blocks.len());
        let mut meet = |here: usize, there: usize| {
            if here != there && here != usize::MAX && there != usize::MAX {
                sets.unite(here, there);
            }
        };
        for (block, index) in blocks.iter().zip(0..) {
            if let Some(left) = block.x0.checked_sub(1) {
                (block.y0..block.y1).for_each(|y| meet(index, owner[y * columns + left]));
            }
            if let Some(above) = block.y0.checked_sub(1) {
                (block.x0..block.x1).for_each(|x| meet(index, owner[above * columns + x]));
            }
        }
        // The first block of a group stands for it.
        if (1..blocks.len()).all(|index| sets.root(index) == 0) {
            return vec![blocks];
        }
        let mut groups: Vec<Vec<Block>> = Vec::new();
        let mut group_of = vec![0; blocks.len()];
        for (index, block) in blocks.iter().enumerate() {
            let root = sets.root(index);
            if root == index {
                group_of[index] = groups.len();
                groups.push(Vec::new());
            }
            groups[group_of[root]].push(*block);
        }
        groups
    }

    /// The table of a group of cells.
    fn table(&self, group: &[Block]) -> Table {
        let columns = bounds(group.iter().flat_map(|b| [b.x0, b.x1]), self.xs.len());
        let rows = row_bounds(group, self.ys.len());
        let (column_of, row_of) = (ranks(&columns), ranks(&rows));
        let cell = |b: &Block| {
            let (column, row) = (column_of[b.x0], row_of[b.y0 + 1].saturating_sub(1));
            Cell {
                row,
                column,
                row_span: row_of[b.y1] - row,
                column_span: column_of[b.x1] - column,
                bbox: Rect { x0: self.xs[b.x0], y0: self.ys[b.y0], x1: self.xs[b.x1], y1: self.ys[b.y1] },
                closed_top: self.closed(b, b.y0),
                closed_bottom: self.closed(b, b.y1),
                ..Cell::default()
            }
        };
        let mut cells: Vec<Cell> = group.iter().map(cell).collect();
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

#[cfg(test)]
mod tests;
