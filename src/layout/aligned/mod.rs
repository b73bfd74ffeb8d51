//! Takes the words of a page that no ruled table used, with the page's lines and coloured areas, and gives the tables
//! that have only some rulings (rules under header or rows, bands of colour) or none: they are found by the alignment of
//! their text.
//!
//! Words that stand side by side make *strips*. Rulings of equal extent *frame* areas; elsewhere, neighbouring strips
//! that leave the same *rivers* free of text make *blocks*. In either, the rivers of the body give the columns, the
//! strips above the body the header with its spans, and the strips of the body the rows. What does not look like a table
//! in the end is left as text.

mod above;
mod below;
mod blank;
mod block;
mod body;
mod cells;
mod chain;
mod column;
mod frame;
mod grid;
mod group;
mod gutter;
mod head;
mod header;
mod judge;
mod open;
mod parted;
mod partial;
mod parting;
mod river;
mod shared;
mod strip;
mod token;

use crate::geom::{Axis, Rect, Span};
use crate::layout::word::Word;
use crate::layout::{Cell, Line, Method, Table, line};
use crate::pdf::{Direction, Fill, Page, Ruling};
use grid::{Area, Grid, Made, Rule, Scene};
use judge::Support;
use std::cell::OnceCell;
use token::{Kind, Token};

/// Pieces of one line meet within this distance, in points.
const JOINT: f32 = 2.5;
/// Pieces stand at one height within this distance, in points.
const LEVEL: f32 = 1.6;
/// Coloured areas lower than this are no bands, in points.
const LEAST_BAND: f32 = 5.0;
/// A word that stands this much lower than the one before it, in ems, and not to its right, begins the next line.
const NEXT_LINE: f32 = 0.4;
/// A row of as many dashes is a ruling made of characters.
const LEAST_DASHES: u16 = 20;
/// Fewer words make no table.
const LEAST_TOKENS: usize = 4;

/// Takes out of `tables` those whose rulings leave out most borders between rows: their text is to be aligned instead.
/// Gives where they stood.
pub(crate) fn take_open(page: &Page, words: &[Word], tables: &mut Vec<Table>) -> Vec<Rect> {
    if tables.is_empty() {
        return Vec::new();
    }
    let (tokens, _) = tokens(page, words);
    let known = OnceCell::new();
    let space = || *known.get_or_init(|| usual_space(&tokens));
    let mut open = Vec::new();
    tables.retain(|table| {
        let is_open = open::is_open(&tokens, &space, table);
        if is_open {
            open.push(table.bbox);
        }
        !is_open
    });
    open
}

/// The tables that `words` form outside the `ruled` ones and in the `open` places, and the words of no table.
pub(crate) fn tables(page: &Page, words: Vec<Word>, ruled: &[Table], open: &[Rect]) -> (Vec<Table>, Vec<Word>) {
    let (tokens, sources) = tokens(page, &words);
    if tokens.len() < LEAST_TOKENS {
        return (Vec::new(), words);
    }
    let scene = scene(tokens, &outside(&page.rulings, ruled), &page.fills, ruled);
    let grids = find(&scene, open);
    let mut used = vec![false; words.len()];
    let mut tables = Vec::with_capacity(grids.len());
    for grid in &grids {
        tables.push(table(page, &words, &sources, grid, &mut used));
    }
    let rest = words.into_iter().zip(used).filter(|(_, used)| !used).map(|(word, _)| word).collect();
    (tables, rest)
}

/// The tokens of the words that stand upright on horizontal lines, and for each the index of its word.
fn tokens(page: &Page, words: &[Word]) -> (Vec<Token>, Vec<usize>) {
    let (mut tokens, mut sources) = (Vec::with_capacity(words.len()), Vec::with_capacity(words.len()));
    for (index, word) in words.iter().enumerate() {
        if word.direction != Direction::Right || word.vertical || word.visible == 0 {
            continue;
        }
        let text = word.text(page);
        let spaced = index.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|b| b.end + 1 == word.first);
        tokens.push(Token { spaced: spaced && word.space.is_some(), ..Token::new(word.bbox, word.size, &text) });
        sources.push(index);
    }
    (tokens, sources)
}

fn usual_space(tokens: &[Token]) -> f32 {
    let all: Vec<u32> = (0..).take(tokens.len()).collect();
    strip::usual_space(tokens, &strip::strips(tokens, &all))
}

/// The rulings that belong to none of the tables.
fn outside(rulings: &[Ruling], tables: &[Table]) -> Vec<Ruling> {
    let free = |r: &&Ruling| {
        let middle = r.span.middle();
        let (x, y) = if r.axis == Axis::Horizontal { (middle, r.position) } else { (r.position, middle) };
        !tables.iter().any(|t| {
            let b = &t.bbox;
            b.x0 - JOINT <= x && x <= b.x1 + JOINT && b.y0 - JOINT <= y && y <= b.y1 + JOINT
        })
    };
    rulings.iter().filter(free).copied().collect()
}

fn find(scene: &Scene, open: &[Rect]) -> Vec<Grid> {
    let mut order: Vec<u32> = (0..).take(scene.tokens.len()).collect();
    order.sort_by(|&a, &b| height(scene, a).total_cmp(&height(scene, b)).then(a.cmp(&b)));
    let mut used = vec![false; scene.tokens.len()];
    let mut grids: Vec<Grid> = Vec::new();
    for place in open {
        let area = open::area(scene, &order, place);
        take(scene, &area, Support::Framed, &mut used, &mut grids);
    }
    for area in frame::areas(scene, &order) {
        if !area.tokens.iter().any(|&i| used.get(i as usize).copied().unwrap_or(true)) {
            take(scene, &area, Support::Framed, &mut used, &mut grids);
        }
    }
    let free = |i: u32| !used.get(i as usize).copied().unwrap_or(true);
    let left: Vec<u32> = order
        .into_iter()
        .filter(|&i| free(i) && scene.tokens.get(i as usize).is_some_and(|t| t.kind != Kind::Leader))
        .collect();
    let strips = strip::bundles(&scene.tokens, strip::strips(&scene.tokens, &left));
    for area in block::areas(scene, &strips) {
        take(scene, &area, Support::Loose, &mut used, &mut grids);
    }
    grids.sort_by(|a, b| a.bbox().y0.total_cmp(&b.bbox().y0).then(a.bbox().x0.total_cmp(&b.bbox().x0)));
    grids
}

/// The lines of a cell whose words come line by line.
fn lines(page: &Page, words: &[Word]) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut from = 0;
    for (index, pair) in words.windows(2).enumerate() {
        let [a, b] = pair else { continue };
        let lower = b.bbox.center().y - a.bbox.center().y > NEXT_LINE * a.size.min(b.size);
        if lower && b.bbox.x0 < a.bbox.x1 {
            lines.extend(line::in_cell(page, words.get(from..=index).unwrap_or_default().to_vec()));
            from = index + 1;
        }
    }
    lines.extend(line::in_cell(page, words.get(from..).unwrap_or_default().to_vec()));
    lines
}

/// The table of a grid, with the words in its cells.
fn table(page: &Page, words: &[Word], sources: &[usize], grid: &Grid, used: &mut [bool]) -> Table {
    let rows = grid.row_bounds.len().saturating_sub(1);
    let columns = grid.column_bounds.len().saturating_sub(1);
    let mut cells: Vec<Cell> = Vec::with_capacity(rows * columns);
    for (place, tokens) in grid.tiles() {
        let mut own: Vec<Word> = Vec::with_capacity(tokens.len());
        for index in tokens.iter().filter_map(|&i| sources.get(i as usize)) {
            own.extend(words.get(*index).copied());
            if let Some(flag) = used.get_mut(*index) {
                *flag = true;
            }
        }
        let at = |bounds: &[f32], i: usize| bounds.get(i).copied().unwrap_or_default();
        cells.push(Cell {
            row: place.rows.0,
            column: place.columns.0,
            row_span: place.rows.1 - place.rows.0 + 1,
            column_span: place.columns.1 - place.columns.0 + 1,
            bbox: Rect::new(
                at(&grid.column_bounds, place.columns.0),
                at(&grid.row_bounds, place.rows.0),
                at(&grid.column_bounds, place.columns.1 + 1),
                at(&grid.row_bounds, place.rows.1 + 1),
            ),
            lines: lines(page, &own),
            closed_top: true,
            closed_bottom: true,
            ..Cell::default()
        });
    }
    Table {
        bbox: grid.bbox(),
        rows,
        columns,
        row_bounds: grid.row_bounds.clone(),
        column_bounds: grid.column_bounds.clone(),
        cells,
        method: Method::Aligned,
    }
}

fn take(scene: &Scene, area: &Area, support: Support, used: &mut [bool], grids: &mut Vec<Grid>) {
    let Some(grid) = grid::build(scene, area) else { return };
    if !judge::is_table(scene, area, &grid, support) {
        return;
    }
    for &index in grid.cells.iter().flat_map(|c| &c.tokens) {
        if let Some(flag) = used.get_mut(index as usize) {
            *flag = true;
        }
    }
    grids.push(grid);
}

fn height(scene: &Scene, index: u32) -> f32 {
    scene.tokens.get(index as usize).map_or(0.0, |t| t.bbox.center().y)
}

fn scene(tokens: Vec<Token>, rulings: &[Ruling], fills: &[Fill], ruled: &[Table]) -> Scene {
    let space = usual_space(&tokens);
    let mut across: Vec<Rule> = of_axis(rulings, Axis::Horizontal);
    let joints = cells::all_joints(&across);
    let free = |f: &&Fill| !ruled.iter().any(|t| t.bbox.contains(f.bbox.center()));
    let bands = joined_bands(fills.iter().filter(free).map(|f| f.bbox).collect());
    across.extend(bands.iter().flat_map(|b| {
        let span = b.span(Axis::Horizontal);
        [b.y0, b.y1].map(|position| Rule { position, span, made: Made::Shaded })
    }));
    across.extend(dashes(&tokens));
    let shaded = fills.iter().filter(free).filter(|f| f.bbox.height() >= LEAST_BAND && f.bbox.is_finite());
    let down = of_axis(rulings, Axis::Vertical);
    Scene { tokens, space, across: joined(across), down, shaded: shaded.copied().collect(), joints }
}

fn of_axis(rulings: &[Ruling], axis: Axis) -> Vec<Rule> {
    let mut rules: Vec<Rule> = rulings
        .iter()
        .filter(|r| r.axis == axis)
        .map(|r| Rule { position: r.position, span: r.span, made: Made::Drawn })
        .collect();
    rules.sort_by(|a, b| a.position.total_cmp(&b.position).then(a.span.start.total_cmp(&b.span.start)));
    rules
}

/// Rows of dashes that stand for a ruling.
fn dashes(tokens: &[Token]) -> impl Iterator<Item = Rule> {
    tokens.iter().filter(|t| t.kind == Kind::Leader && t.chars >= LEAST_DASHES).map(|t| Rule {
        position: t.bbox.center().y,
        span: t.bbox.span(Axis::Horizontal),
        made: Made::Drawn,
    })
}

/// Joins pieces of one height that meet.
fn joined(mut rules: Vec<Rule>) -> Vec<Rule> {
    rules.sort_by(|a, b| a.position.total_cmp(&b.position));
    let mut levels: Vec<Vec<Rule>> = Vec::new();
    for rule in rules {
        match levels.last_mut() {
            Some(level) if level.first().is_some_and(|f| rule.position - f.position <= LEVEL) => level.push(rule),
            _ => levels.push(vec![rule]),
        }
    }
    let mut joined: Vec<Rule> = Vec::new();
    for mut level in levels {
        level.sort_by(|a, b| a.span.start.total_cmp(&b.span.start));
        let from = joined.len();
        for rule in level {
            match joined.get_mut(from..).and_then(<[Rule]>::last_mut) {
                Some(last) if rule.span.start - last.span.end <= JOINT => {
                    last.span.end = last.span.end.max(rule.span.end)
                }
                _ => joined.push(rule),
            }
        }
    }
    joined
}

/// Coloured areas of one band drawn cell by cell, as one.
fn joined_bands(mut boxes: Vec<Rect>) -> Vec<Rect> {
    boxes.retain(|b| b.height() >= LEAST_BAND && b.is_finite());
    boxes.sort_by(|a, b| a.y0.total_cmp(&b.y0).then(a.x0.total_cmp(&b.x0)));
    let mut bands: Vec<Rect> = Vec::new();
    for area in boxes {
        match bands.last_mut() {
            Some(band)
                if (band.y0 - area.y0).abs() < LEVEL
                    && (band.y1 - area.y1).abs() < LEVEL
                    && Span::new(band.x0 - JOINT, band.x1 + JOINT).overlap(Span::new(area.x0, area.x1)) > 0.0
                    || bands_touch(band, &area) =>
            {
                *band = band.union(&area);
            }
            _ => bands.push(area),
        }
    }
    bands
}

fn bands_touch(band: &Rect, area: &Rect) -> bool {
    (band.y0 - area.y0).abs() < LEVEL && (band.y1 - area.y1).abs() < LEVEL && (area.x0 - band.x1).abs() <= JOINT
}
