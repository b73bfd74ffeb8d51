//! Takes a grid, says whether it is a table: precision counts as much as recall, and a paragraph, two columns of an
//! article, a list, a table of contents or the labels of a chart also show rivers.

use super::body::Row;
use super::grid::{Grid, GridCell};
use super::scene::{Area, Scene};
use super::token::Kind;

/// What speaks for a table apart from its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Support {
    /// Rulings or bands of colour frame it.
    Framed,
    /// Nothing.
    Loose,
}

/// Entries of ruled columns are shorter on average, in characters; longer ones are columns of running text.
const LONG_ENTRY: f32 = 90.0;
/// Entries of tables without rulings that hold words are shorter on average, in characters.
const SHORT_ENTRY: f32 = 14.0;
/// A table of words alone has so many columns, so far filled: an article has fewer, a list has gaps.
const WORD_COLUMNS: usize = 4;
const FULL: f32 = 0.95;
/// The same under a header that names each column, with the least share of values.
const MOSTLY_FULL: f32 = 0.8;
const SOME_VALUES: f32 = 0.1;
/// The share of values of a table of three columns under such a header: a name, a text and a grade.
const MANY_VALUES: f32 = 0.3;
/// A legend of one row has so many signs at least.
const SIGNS: usize = 3;
/// So many columns headed by years are no chance.
const YEARS: usize = 2;
/// The share of values from which a block needs no other sign of being a table.
const MOSTLY_VALUES: f32 = 0.6;

/// Counts over the body of a grid.
struct Tally {
    /// Rows with at least two entries.
    rows: usize,
    /// Rows with a single entry that is no label.
    odd: usize,
    /// Entries right of the first column in those rows.
    entries: usize,
    /// Of those, values.
    values: usize,
    /// Share of the cells of those rows that hold something.
    fill: f32,
    /// Characters per entry.
    length: f32,
}

/// Whether the grid is a table.
pub(crate) fn is_table(scene: &Scene, area: &Area, grid: &Grid, support: Support) -> bool {
    let tally = tally(scene, grid);
    let columns = grid.columns.len();
    if columns < 2 || tally.rows == 0 || is_chart(scene, area, grid) {
        return false;
    }
    let values = ratio(tally.values, tally.entries);
    let whole = ratio(tally.rows, tally.rows + tally.odd);
    match support {
        Support::Framed => {
            let several = tally.rows >= 2 || grid.header_rows >= 1 && grid.rules >= 3;
            let words = columns > 2 || grid.rules >= 4 || is_legend(grid);
            several && tally.fill >= 0.4 && whole >= 0.4 && (values >= 0.3 || words && tally.length < LONG_ENTRY)
        }
        Support::Loose if grid.headed => {
            let rows = if columns > 2 { 1 } else { 2 };
            tally.rows >= rows && tally.fill >= 0.4 && whole >= 0.4 && (values >= 0.3 || tally.length < LONG_ENTRY)
        }
        Support::Loose if leaders(scene, grid) * 2 > grid.body.len() && columns == 2 => false,
        Support::Loose if has_signs(scene, grid) => true,
        Support::Loose if is_legend(grid) && is_worded(scene, grid) => tally.fill >= FULL && tally.length < LONG_ENTRY,
        Support::Loose if values >= MOSTLY_VALUES => {
            tally.rows >= if columns == 2 { 4 } else { 3 } && tally.fill >= 0.55 && whole >= 0.6
        }
        Support::Loose => {
            let full = columns >= WORD_COLUMNS && tally.fill >= FULL && whole >= FULL;
            let lone = if columns > WORD_COLUMNS { 1 } else { 2 };
            let several = tally.rows >= lone && tally.fill >= MOSTLY_FULL && whole >= MOSTLY_FULL;
            let headed = columns >= WORD_COLUMNS && is_headed(grid) && tally.length < LONG_ENTRY && several;
            let rated = columns >= 3 && tally.rows >= 3 && tally.fill >= FULL && is_headed(grid);
            headed && (values >= SOME_VALUES || is_dated(scene, grid))
                || rated && values >= MANY_VALUES && tally.length < LONG_ENTRY && whole >= MOSTLY_FULL
                || columns >= 3
                    && tally.rows >= 4
                    && tally.fill >= 0.6
                    && whole >= 0.6
                    && tally.length < SHORT_ENTRY
                    && (values >= 0.15 || full)
        }
    }
}

/// Whether every column has a heading of its own.
fn is_headed(grid: &Grid) -> bool {
    let named = |column: usize| {
        grid.cells.iter().any(|c| c.rows.1 < grid.header_rows && c.columns == (column, column) && !c.tokens.is_empty())
    };
    grid.header_rows > 0 && (0..grid.columns.len()).all(named)
}

/// Whether several columns are headed by a year.
fn is_dated(scene: &Scene, grid: &Grid) -> bool {
    let is_year = |i: &u32| scene.tokens.get(*i as usize).is_some_and(|token| token.kind == Kind::Year);
    let dated = |column: usize| {
        grid.cells.iter().any(|c| c.rows.1 < grid.header_rows && c.columns.0 == column && c.tokens.iter().any(is_year))
    };
    (0..grid.columns.len()).filter(|column| dated(*column)).count() >= YEARS
}

/// Whether the figures are the scale of a chart: they fall by equal steps, or stand on the lines instead of between.
fn is_chart(scene: &Scene, area: &Area, grid: &Grid) -> bool {
    let middles: Vec<f32> = grid.body.iter().filter(|r| r.strips == 1).map(|r| r.y.middle()).collect();
    let on = middles.iter().filter(|&&m| area.rules.iter().any(|y| (y - m).abs() < 0.2 * grid.em)).count();
    if on >= 3 && 2 * on >= middles.len() {
        return true;
    }
    let columns = 0..grid.columns.len();
    let scales: Vec<bool> = columns.clone().map(|c| is_scale(scene, grid, c)).collect();
    let filled = |c: &usize| {
        5 * grid.body.iter().filter(|r| r.entries.iter().any(|e| e.columns.0 == *c)).count() >= 2 * grid.body.len()
    };
    let others = columns.filter(|c| scales.get(*c) == Some(&false)).filter(filled).count();
    // Beside each figure of a legend stand words.
    let named = |row: &Row| row.entries.iter().any(|e| !e.value && e.columns.0 > 0);
    scales.contains(&true) && !grid.body.iter().all(named) && others < 2 || has_scale_row(scene, grid)
}

/// Whether one of the last rows is a scale: figures that rise by equal steps from left to right.
fn has_scale_row(scene: &Scene, grid: &Grid) -> bool {
    grid.body.iter().rev().take(2).any(|row| {
        let tokens = row.entries.iter().flat_map(|e| &e.tokens).filter_map(|&i| scene.tokens.get(i as usize));
        let figures: Vec<f32> = tokens.filter(|t| t.kind == Kind::Figure).filter_map(|t| t.number).collect();
        figures.get(..5).is_some_and(|first| is_even(first, scale_step(first)))
    })
}

/// Whether the figures rise by `step` each.
fn is_even(figures: &[f32], step: f32) -> bool {
    step > 0.0 && figures.windows(2).all(|pair| matches!(pair, [a, b] if (b - a - step).abs() < 0.01 * step))
}

/// The first step of a scale.
fn scale_step(figures: &[f32]) -> f32 {
    match figures {
        [a, b, ..] => b - a,
        _ => 0.0,
    }
}

/// Whether the figures of the column fall by equal steps.
fn is_scale(scene: &Scene, grid: &Grid, column: usize) -> bool {
    let figures: Vec<f32> = grid
        .body
        .iter()
        .filter_map(|row| {
            let entry = row.entries.iter().find(|e| e.columns.0 == column)?;
            scene.tokens.get(*entry.tokens.first()? as usize)?.number
        })
        .collect();
    figures.len() >= 4 && is_even(&figures.iter().map(|f| -f).collect::<Vec<f32>>(), -scale_step(&figures))
}

/// Whether the rows below the header say one thing each of a sign.
fn is_legend(grid: &Grid) -> bool {
    let signs =
        |row: &Row| row.entries.first().is_some_and(|e| e.value && e.columns == (0, 0)) && row.entries.len() > 1;
    grid.header_rows > 0 && grid.body.len() > 1 && grid.body.iter().all(signs)
}

/// Whether the grid is a row of different signs above a row of words, one below each: a legend.
fn has_signs(scene: &Scene, grid: &Grid) -> bool {
    let columns = grid.columns.len();
    let row = |at: usize| -> Vec<&GridCell> { grid.cells.iter().filter(|c| c.rows == (at, at)).collect() };
    let (above, below) = (row(0), row(1));
    let token = |i: &u32| scene.tokens.get(*i as usize);
    let sign = |c: &&GridCell| match c.tokens.as_slice() {
        [index] => token(index).filter(|t| t.chars == 1 && t.kind != Kind::Bullet).map(|t| t.word),
        _ => None,
    };
    let worded = |c: &&GridCell| c.tokens.iter().filter_map(token).all(|t| t.kind == Kind::Text && t.chars > 1);
    let signs: Option<Vec<u64>> = above.iter().map(sign).collect();
    columns >= SIGNS
        && grid.header_rows + grid.body.len() == 2
        && (above.len(), below.len()) == (columns, columns)
        && below.iter().all(worded)
        && signs.is_some_and(|signs| {
            signs.iter().enumerate().all(|(at, sign)| !signs.iter().take(at).any(|other| other == sign))
        })
}

/// Whether words and no sign head the first column.
fn is_worded(scene: &Scene, grid: &Grid) -> bool {
    let is_word = |i: &u32| scene.tokens.get(*i as usize).is_some_and(|token| token.kind == Kind::Text);
    let heads = |c: &&GridCell| c.rows.1 < grid.header_rows && c.columns == (0, 0);
    grid.cells.iter().filter(heads).any(|c| c.tokens.iter().all(is_word))
}

#[allow(clippy::cast_precision_loss)]
fn ratio(part: usize, whole: usize) -> f32 {
    if whole == 0 { 0.0 } else { part as f32 / whole as f32 }
}

fn tally(scene: &Scene, grid: &Grid) -> Tally {
    let (mut rows, mut odd, mut entries, mut values, mut filled, mut chars) = (0, 0, 0, 0, 0, 0_usize);
    let spanning: Vec<_> = grid.cells.iter().filter(|c| c.rows.0 < c.rows.1 && c.rows.0 >= grid.header_rows).collect();
    for (index, row) in grid.body.iter().enumerate() {
        let mut columns: Vec<usize> = row.entries.iter().map(|e| e.columns.0).collect();
        columns.sort_unstable();
        columns.dedup();
        if columns.len() < 2 {
            odd += usize::from(row.entries.iter().any(|e| e.columns.0 > 0 || e.value));
            continue;
        }
        rows += 1;
        // A label beside several rows stands in each.
        let at = grid.header_rows + index;
        columns.extend(spanning.iter().filter(|c| c.rows.0 <= at && at <= c.rows.1).map(|c| c.columns.0));
        columns.sort_unstable();
        columns.dedup();
        filled += columns.len();
        for entry in row.entries.iter().filter(|e| e.columns.0 > 0) {
            entries += 1;
            values += usize::from(entry.value);
            chars += entry
                .tokens
                .iter()
                .filter_map(|&i| scene.tokens.get(i as usize))
                .map(|t| usize::from(t.chars) + 1)
                .sum::<usize>();
        }
    }
    Tally { rows, odd, entries, values, fill: ratio(filled, rows * grid.columns.len()), length: ratio(chars, entries) }
}

fn leaders(scene: &Scene, grid: &Grid) -> usize {
    let bbox = grid.bbox();
    scene.tokens.iter().filter(|t| t.kind == Kind::Leader && bbox.contains(t.bbox.center())).count()
}

#[cfg(test)]
mod tests {
    use crate::layout::made::Made;

    #[test]
    fn signs_above_their_meanings_are_a_legend() {
        let mut page = Made::page().text(50.0, 80.0, "評価基準");
        for (x, sign, meaning) in [(50.0, "5", "達成"), (150.0, "4", "おおむね達成"), (280.0, "3", "やや遅れ")]
        {
            page = page.text(x + 40.0, 100.0, sign).text(x, 116.0, meaning);
        }
        let cells = page.read();
        assert!(cells.contains(&"[2x3]".to_owned()) && cells.contains(&"1,2 やや遅れ".to_owned()), "{cells:?}");
    }

    #[test]
    fn a_table_of_names_texts_and_grades_needs_no_ruling() {
        let mut page =
            Made::page().text(50.0, 100.0, "取組項目").text(180.0, 100.0, "取組実績").text(450.0, 100.0, "評価");
        for row in 0..4_u8 {
            let y = 120.0 + 18.0 * f32::from(row);
            page = page
                .text(50.0, y, "制度の周知")
                .text(180.0, y, "庁内の掲示板で全ての職員に知らせた。")
                .text(455.0, y, "A");
        }
        let cells = page.read();
        assert!(cells.contains(&"[5x3]".to_owned()) && cells.contains(&"4,2 A".to_owned()), "{cells:?}");
    }
}
