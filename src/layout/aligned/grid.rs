//! Takes the area of a possible table, gives its grid: header levels, rows, columns and which tokens each cell holds.
//! Whether it is a table at all, `judge` says.

use super::blank;
use super::body::{self, Row};
use super::cells;
use super::column::{self, Column};
use super::group;
use super::head;
use super::header::{self, Underline};
use super::partial::{self, Cut};
use super::scene::{Area, Scene};
use super::shared;
use super::strip::{self, Phrase, Strip};
use super::token::Kind;
use crate::geom::{Rect, Span};

/// A heading that ends within this many ems of the second entries of rows leaves no river before them.
const RUN_OVER: f32 = 0.5;

/// It runs over those of one row in so many at least: figures at the right of their column begin at many places.
const RUN_OVER_ROWS: usize = 4;
/// A gap between two headings wider than this, in ems, says that they head two columns.
const WIDE_GAP: f32 = 0.9;

/// The first entries of rows begin so near to the left edge of the table, in ems: numbers can be centred.
const FIRST_COLUMN: f32 = 3.0;

/// A cell of a grid.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct GridCell {
    /// First and last row.
    pub(crate) rows: (usize, usize),
    /// First and last column.
    pub(crate) columns: (usize, usize),
    /// Indices of its tokens.
    pub(crate) tokens: Vec<u32>,
    /// Whether it is in the body and holds a value.
    pub(crate) value: bool,
}

/// The rows and columns that a cell covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    /// First and last row.
    pub(crate) rows: (usize, usize),
    /// First and last column.
    pub(crate) columns: (usize, usize),
}

impl Place {
    /// Indices of its places in the grid, row by row.
    fn squares(self, columns: usize) -> impl Iterator<Item = usize> {
        (self.rows.0..=self.rows.1).flat_map(move |r| (self.columns.0..=self.columns.1).map(move |c| r * columns + c))
    }

    fn covers(&self, other: &Self) -> bool {
        (self.rows.0..=self.rows.1).contains(&other.rows.0)
            && (self.columns.0..=self.columns.1).contains(&other.columns.0)
    }
}

impl GridCell {
    fn place(&self) -> Place {
        Place { rows: self.rows, columns: self.columns }
    }
}

/// A table made from text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Grid {
    /// Heights of the row boundaries.
    pub(crate) row_bounds: Vec<f32>,
    /// x of the column boundaries.
    pub(crate) column_bounds: Vec<f32>,
    /// Cells that hold text.
    pub(crate) cells: Vec<GridCell>,
    /// Number of rows above the body.
    pub(crate) header_rows: usize,
    /// The rows of the body.
    pub(crate) body: Vec<Row>,
    /// The columns.
    pub(crate) columns: Vec<Column>,
    /// Number of rulings through it.
    pub(crate) rules: usize,
    /// Whether the cells of its header are shaded.
    pub(crate) headed: bool,
    /// Usual font size of its body, in points.
    pub(crate) em: f32,
}

/// The grid of the area, or nothing where no two columns show.
pub(crate) fn build(scene: &Scene, area: &Area) -> Option<Grid> {
    let tokens = &scene.tokens;
    let chosen: Vec<u32> = area
        .tokens
        .iter()
        .copied()
        .filter(|&i| tokens.get(i as usize).is_some_and(|t| t.kind != Kind::Leader))
        .collect();
    let strips = strip::strips(tokens, &chosen);
    let in_shade = cells::header(scene, area, &strips);
    let head = in_shade.unwrap_or_else(|| head::header_strips(scene, area, &strips));
    let (above, below) = strips.split_at_checked(head)?;
    let voters: Vec<&Strip> = voters(scene, area, below);
    let shaded = cells::borders(scene, area, &strips, &voters);
    let jointed = cells::joints(scene, area, &voters);
    let by_text = column::columns(tokens, &voters, scene.space, (&verticals(scene, area, below), &gaps(scene, above)));
    let by_text = shared::paired(scene, &voters, shared::joined(scene, above, &voters, by_text));
    let columns = if shaded.len() >= 2 || in_shade.is_some() && !shaded.is_empty() {
        column::bordered(tokens, &voters, shaded, &by_text)
    } else if !jointed.is_empty() {
        column::bordered(tokens, &voters, jointed, &by_text)
    } else {
        by_text
    };
    if columns.len() < 2 {
        return None;
    }
    let columns = blank::with_blank(scene, above, columns);
    let underlines: Vec<Underline> = underlines(scene, area, above);
    let source =
        header::Source { tokens, strips: above, columns: &columns, space: scene.space, underlines: &underlines };
    let (headings, levels) = header::headings(&source);
    let cuts = partial::cuts(scene, area, &columns);
    let bands = partial::bands(area, &cuts);
    let (rows, groups) = body::rows(tokens, below, &columns, scene.space, &bands);
    let merged = if cuts.is_empty() && groups.is_empty() { group::groups(tokens, &rows, &columns, None) } else { None };
    let (body, groups) = merged.unwrap_or((rows, groups));
    let header =
        headings.into_iter().map(|h| GridCell { rows: h.levels, columns: h.columns, tokens: h.tokens, value: false });
    let labels = groups.into_iter().map(|group| GridCell {
        rows: (levels + group.rows.0, levels + group.rows.1),
        columns: (group.column, group.column),
        tokens: group.tokens,
        value: false,
    });
    let mut cells: Vec<GridCell> = header.chain(labels).collect();
    add_entries(&mut cells, area, &cuts, &body, levels);
    let bounds = row_bounds(area, above, levels, &body);
    Some(Grid {
        row_bounds: bounds,
        column_bounds: column_bounds(area, &columns),
        cells,
        header_rows: levels,
        em: median(below.iter().map(|s| s.size)),
        body,
        columns,
        rules: area.rules.len(),
        headed: in_shade.is_some(),
    })
}

/// Adds the entries of the body's rows, which stand below `levels` rows of the header: those of one place as one cell.
fn add_entries(cells: &mut Vec<GridCell>, area: &Area, cuts: &[Cut], body: &[Row], levels: usize) {
    for (index, row) in body.iter().enumerate() {
        let from = cells.len();
        for entry in &row.entries {
            let (first, last) = partial::covered(area, cuts, body, index, entry.columns.1);
            let rows = (levels + first, levels + last);
            let own = if first < last { 0 } else { from };
            let known = cells.iter_mut().skip(own).find(|c| c.rows == rows && c.columns == entry.columns);
            match known {
                Some(cell) => {
                    cell.tokens.extend(&entry.tokens);
                    cell.value &= entry.value;
                }
                None => cells.push(GridCell {
                    rows,
                    columns: entry.columns,
                    tokens: entry.tokens.clone(),
                    value: entry.value,
                }),
            }
        }
    }
}

fn median(values: impl Iterator<Item = f32>) -> f32 {
    let mut values: Vec<f32> = values.collect();
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}

/// The strips that show the columns: those with several entries, and those of one that stays in its column. A heading
/// between rows, which runs over where the second entries of most rows begin, shows none.
fn voters<'a>(scene: &Scene, area: &Area, strips: &'a [Strip]) -> Vec<&'a Strip> {
    let phrases = |s: &Strip| s.phrases(&scene.tokens, scene.space);
    let left = strips.iter().map(|s| s.x.start).fold(f32::MAX, f32::min);
    let begins = |s: &&Strip| s.x.start < left + FIRST_COLUMN * s.size;
    let second = |s: &Strip| phrases(s).get(1).map(|second| second.x.start);
    let rows = strip::bundles(&scene.tokens, strips.to_vec());
    let seconds: Vec<f32> = rows.iter().filter(begins).filter_map(second).collect();
    let runs_over = |s: &Strip| {
        let over =
            seconds.iter().filter(|&&x| s.x.start + RUN_OVER * s.size < x && x < s.x.end + RUN_OVER * s.size).count();
        over > 0 && RUN_OVER_ROWS * over >= seconds.len()
    };
    let stays = |s: &Strip| s.x.length() < 0.5 * area.x.length() && !body::is_slight(&scene.tokens, s) && !runs_over(s);
    let several: Vec<&Strip> = strips.iter().filter(|s| phrases(s).len() >= 2 || stays(s)).collect();
    if several.is_empty() { strips.iter().collect() } else { several }
}

/// The wide gaps between the headings of the header's fullest strip.
fn gaps(scene: &Scene, above: &[Strip]) -> Vec<Span> {
    let headings = |strip: &Strip| strip.phrases(&scene.tokens, scene.space);
    let Some(strip) = above.iter().max_by_key(|strip| headings(strip).len()) else { return Vec::new() };
    let phrases = headings(strip);
    let between = |pair: &[Phrase]| match pair {
        [a, b] => Some(Span { start: a.x.end, end: b.x.start }),
        _ => None,
    };
    phrases.windows(2).filter_map(between).filter(|gap| gap.length() > WIDE_GAP * strip.size).collect()
}

/// Vertical rulings through most of the body.
fn verticals(scene: &Scene, area: &Area, body: &[Strip]) -> Vec<f32> {
    let (Some(first), Some(last)) = (body.first(), body.last()) else { return Vec::new() };
    let y = Span { start: first.y.start, end: last.y.end };
    let mut found: Vec<(f32, f32)> = Vec::new();
    for rule in scene.down.iter().filter(|r| area.x.start + 4.0 < r.position && r.position < area.x.end - 4.0) {
        let overlap = rule.span.overlap(y);
        match found.last_mut() {
            Some(last) if (last.0 - rule.position).abs() < 2.0 => last.1 += overlap,
            _ => found.push((rule.position, overlap)),
        }
    }
    found.into_iter().filter(|f| f.1 > 0.6 * y.length()).map(|f| f.0).collect()
}

fn underlines(scene: &Scene, area: &Area, above: &[Strip]) -> Vec<Underline> {
    let (Some(first), Some(last)) = (above.first(), above.last()) else { return Vec::new() };
    let from = scene.across.partition_point(|r| r.position < first.y.middle());
    scene
        .across
        .iter()
        .skip(from)
        .take_while(|r| r.position < last.y.end + 0.6 * last.y.length())
        .filter(|r| r.span.overlap(area.x) > 0.0)
        .map(|r| Underline { y: r.position, x: r.span, made: r.made })
        .collect()
}

fn row_bounds(area: &Area, above: &[Strip], levels: usize, body: &[Row]) -> Vec<f32> {
    let mut bounds = Vec::with_capacity(levels + body.len() + 1);
    let top = above.first().map(|s| s.y.start).or_else(|| body.first().map(|r| r.y.start)).unwrap_or(0.0);
    let head_end = body.first().map_or(top, |r| r.y.start);
    for level in 0..levels {
        #[allow(clippy::cast_precision_loss)]
        bounds.push(top + (head_end - top) * level as f32 / levels as f32);
    }
    let mut before: Option<f32> = above.last().map(|s| s.y.end);
    for row in body {
        bounds.push(before.map_or(row.y.start, |b| f32::midpoint(b, row.y.start)));
        before = Some(row.y.end);
    }
    bounds.push(before.unwrap_or(head_end));
    if let (Some(first), Some(&rule)) = (bounds.first_mut(), area.rules.first())
        && rule < *first
    {
        *first = rule;
    }
    if let (Some(last), Some(&rule)) = (bounds.last_mut(), area.rules.last())
        && rule > *last
    {
        *last = rule;
    }
    let mut highest = f32::MIN;
    for bound in &mut bounds {
        highest = highest.max(*bound);
        *bound = highest;
    }
    bounds
}

fn column_bounds(area: &Area, columns: &[Column]) -> Vec<f32> {
    let mut bounds: Vec<f32> = columns.iter().map(|c| c.area.start).collect();
    bounds.extend(columns.last().map(|c| c.area.end));
    if let Some(first) = bounds.first_mut() {
        *first = first.min(area.x.start);
    }
    if let Some(last) = bounds.last_mut() {
        *last = last.max(area.x.end);
    }
    bounds
}

impl Grid {
    /// Cells that tile the grid, by row, then column: those with tokens and the empty ones between them.
    pub(crate) fn tiles(&self) -> Vec<(Place, Vec<u32>)> {
        let rows = self.row_bounds.len().saturating_sub(1);
        let columns = self.column_bounds.len().saturating_sub(1);
        let mut taken = vec![false; rows * columns];
        let mut tiles: Vec<(Place, Vec<u32>)> = Vec::with_capacity(rows * columns);
        for cell in &self.cells {
            let mut place = cell.place();
            place.rows.1 = place.rows.1.min(rows.saturating_sub(1));
            place.columns.1 = place.columns.1.min(columns.saturating_sub(1));
            let free = |p: &Place| p.squares(columns).all(|i| taken.get(i) == Some(&false));
            if !free(&place) {
                place = Place { rows: (place.rows.0, place.rows.0), columns: (place.columns.0, place.columns.0) };
            }
            if !free(&place) {
                // Two cells in one place read as one.
                if let Some(tile) = tiles.iter_mut().find(|t| t.0.covers(&place)) {
                    tile.1.extend(&cell.tokens);
                }
                continue;
            }
            for index in place.squares(columns) {
                if let Some(flag) = taken.get_mut(index) {
                    *flag = true;
                }
            }
            tiles.push((place, cell.tokens.clone()));
        }
        for (index, _) in taken.iter().enumerate().filter(|(_, taken)| !**taken) {
            let (row, column) = (index / columns, index % columns);
            tiles.push((Place { rows: (row, row), columns: (column, column) }, Vec::new()));
        }
        tiles.sort_by_key(|t| (t.0.rows.0, t.0.columns.0));
        tiles
    }

    /// Its box.
    pub(crate) fn bbox(&self) -> Rect {
        let end = |list: &[f32]| (list.first().copied().unwrap_or(0.0), list.last().copied().unwrap_or(0.0));
        let (x, y) = (end(&self.column_bounds), end(&self.row_bounds));
        Rect::new(x.0, y.0, x.1, y.1)
    }
}
