//! Takes the cells of one web of rulings, gives those of each table: word processors and web pages set tables one below
//! the other without a gap, so that the last ruling of one is the first of the next. Where neither the outline of the
//! cells nor the boundaries between their columns go on, another table begins.

use crate::layout::grid::Block;
use std::cmp::Ordering;

/// Most cells on each side of a boundary that are asked for their columns.
const NEAR: usize = 512;

/// The cells of each table, from the top. A boundary that some cell reaches across parts nothing.
pub(crate) fn tables(mut group: Vec<Block>) -> Vec<Vec<Block>> {
    group.sort_by_key(|b| (b.y0, b.x0));
    let mut begins: Vec<usize> = Vec::new();
    let (mut reach, mut upper) = (0, (0, 0));
    for (index, block) in group.iter().enumerate() {
        let (before, below) = group.split_at(index);
        let above = before.get(begins.last().copied().unwrap_or(0)..).unwrap_or_default();
        if block.y0 == reach && !above.is_empty() && steps(above, upper, below, reach) {
            begins.push(index);
        }
        upper = match block.y1.cmp(&reach) {
            Ordering::Less => upper,
            Ordering::Equal => (upper.0.min(block.x0), upper.1.max(block.x1)),
            Ordering::Greater => (block.x0, block.x1),
        };
        reach = reach.max(block.y1);
    }
    let mut tables: Vec<Vec<Block>> = begins.iter().rev().map(|begin| group.split_off(*begin)).collect();
    tables.push(group);
    tables.reverse();
    tables
}

/// Whether another table begins at boundary `y`: the outline of the cells steps there and the narrower side has column
/// boundaries that the wider one lacks, or it does not and the two sides share no boundary between columns. `upper` is
/// the outline of the cells that end there.
fn steps(above: &[Block], upper: (usize, usize), below: &[Block], y: usize) -> bool {
    let Some(lower) = outline(below.iter().take_while(|b| b.y0 == y)) else { return false };
    let above = above.get(above.len().saturating_sub(NEAR)..).unwrap_or_default();
    let below = until_step(below.get(..NEAR).unwrap_or(below), lower);
    let divides = |side: &[Block], x: usize| side.iter().any(|b| b.x0 == x || b.x1 == x);
    let strays = |b: &Block, wide: &[Block]| !divides(wide, b.x0) || !divides(wide, b.x1);
    if upper == lower {
        let inner = |x: &usize| upper.0 < *x && *x < upper.1;
        let inside = |side: &[Block]| side.iter().flat_map(|b| [b.x0, b.x1]).any(|x| inner(&x));
        let shared = above.iter().flat_map(|b| [b.x0, b.x1]).filter(inner).any(|x| divides(below, x));
        return !shared && inside(above) && inside(below);
    }
    if lower.1 < upper.1 || (lower.1 == upper.1 && lower.0 > upper.0) {
        below.iter().take_while(|b| b.y0 == y).any(|b| strays(b, above))
    } else {
        above.iter().filter(|b| b.y1 == y).any(|b| strays(b, below))
    }
}

/// The cells up to the next boundary that none of them reaches across and where their outline is another one.
fn until_step(below: &[Block], outlined: (usize, usize)) -> &[Block] {
    let mut reach = 0;
    for (index, block) in below.iter().enumerate() {
        let rest = below.get(index..).unwrap_or_default();
        if block.y0 >= reach && outline(rest.iter().take_while(|b| b.y0 == block.y0)) != Some(outlined) {
            return below.get(..index).unwrap_or_default();
        }
        reach = reach.max(block.y1);
    }
    below
}

/// First and last column boundary of some cells.
fn outline<'a>(blocks: impl Iterator<Item = &'a Block>) -> Option<(usize, usize)> {
    blocks.map(|b| (b.x0, b.x1)).reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
}

#[cfg(test)]
mod tests {
    use crate::layout::made::Made;

    fn filled(mut made: Made, xs: &[f32], ys: &[f32], name: &str) -> Made {
        for (row, y) in ys.iter().enumerate().take(ys.len() - 1) {
            for (column, x) in xs.iter().enumerate().take(xs.len() - 1) {
                made = made.text(x + 4.0, y + 4.0, &format!("{name}{row}{column}"));
            }
        }
        made.grid(xs, ys)
    }

    #[test]
    fn tables_of_other_widths_set_without_a_gap_are_two() {
        let made = filled(Made::page(), &[100.0, 200.0, 260.0], &[100.0, 120.0, 140.0], "a");
        let made = filled(made, &[100.0, 150.0, 230.0, 330.0], &[140.0, 160.0, 180.0], "b");
        let read = made.read();
        assert_eq!(read.iter().filter(|l| l.starts_with('[')).collect::<Vec<_>>(), ["[2x2]", "[2x3]"]);
        assert_eq!(read.last().map(String::as_str), Some("1,2 b12"));
    }

    #[test]
    fn a_table_between_two_alike_is_one_of_its_own() {
        let ys = |top: f32| [top, top + 20.0, top + 40.0];
        let made = filled(Made::page(), &[100.0, 200.0, 260.0], &ys(100.0), "a");
        let made = filled(made, &[100.0, 150.0, 230.0, 330.0], &ys(140.0), "b");
        let made = filled(made, &[100.0, 200.0, 260.0], &ys(180.0), "c");
        let read = made.read();
        assert_eq!(read.iter().filter(|l| l.starts_with('[')).collect::<Vec<_>>(), ["[2x2]", "[2x3]", "[2x2]"]);
    }

    #[test]
    fn tables_of_one_width_and_other_columns_are_two() {
        let made = filled(Made::page(), &[100.0, 140.0, 330.0], &[100.0, 120.0], "a").text(144.0, 110.0, "x");
        let made = filled(made, &[100.0, 180.0, 250.0, 330.0], &[120.0, 140.0, 160.0], "b");
        let read = made.read();
        assert_eq!(read.iter().filter(|l| l.starts_with('[')).collect::<Vec<_>>(), ["[1x2]", "[2x3]"]);
    }

    #[test]
    fn a_header_that_leaves_out_the_corner_belongs_to_its_table() {
        let made = filled(Made::page(), &[200.0, 260.0, 330.0], &[100.0, 120.0], "a");
        let made = filled(made, &[100.0, 200.0, 260.0, 330.0], &[120.0, 140.0, 160.0], "b");
        assert_eq!(made.read().first().map(String::as_str), Some("[3x3]"));
    }
}
