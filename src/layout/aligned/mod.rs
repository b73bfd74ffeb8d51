//! Takes the words of a page that no ruled table used, with the page's lines and coloured areas, and gives the tables
//! that have only some rulings (rules under header or rows, bands of colour) or none: they are found by the alignment of
//! their text.
//!
//! Words that stand side by side make *strips*. Rulings of equal extent *frame* areas; elsewhere, neighbouring strips
//! that leave the same *rivers* free of text make *blocks*. In either, the rivers of the body give the columns, the
//! strips above the body the header with its spans, and the strips of the body the rows. What does not look like a table
//! in the end is left as text.

mod above;
mod bands;
mod below;
mod blank;
mod block;
mod body;
mod cells;
mod chain;
mod coloured;
mod column;
mod frame;
mod grid;
mod group;
mod gutter;
mod head;
mod header;
mod judge;
mod numbering;
mod open;
mod parted;
mod partial;
mod parting;
mod river;
mod scene;
mod seam;
mod shared;
mod strip;
mod token;
mod turns;

use crate::geom::Rect;
use crate::layout::word::Word;
use crate::layout::{Cell, Line, Method, Table, line};
use crate::pdf::{Direction, Page};
use grid::Grid;
use judge::Support;
use scene::{Area, Scene, usual_space};
use std::cell::OnceCell;
use token::{Kind, Token};

/// A word that stands this much lower than the one before it, in ems, and not to its right, begins the next line.
const NEXT_LINE: f32 = 0.4;
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
    let scene = Scene::new(page, tokens, ruled);
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

/// The lines of a cell whose words come line by line. It leaves `words` in another order.
fn lines(page: &Page, mut words: &mut [Word]) -> Vec<Line> {
    let mut lines = Vec::new();
    loop {
        let begins = |pair: &[Word]| {
            let [a, b] = pair else { return false };
            b.bbox.center().y - a.bbox.center().y > NEXT_LINE * a.size.min(b.size) && b.bbox.x0 < a.bbox.x1
        };
        let Some(at) = words.windows(2).position(begins) else { break };
        let (line, rest) = words.split_at_mut(at + 1);
        lines.extend(line::in_cell(page, line));
        words = rest;
    }
    let last = line::in_cell(page, words);
    if lines.is_empty() {
        return last;
    }
    lines.extend(last);
    lines
}

/// The table of a grid, with the words in its cells.
fn table(page: &Page, words: &[Word], sources: &[usize], grid: &Grid, used: &mut [bool]) -> Table {
    let rows = grid.row_bounds.len().saturating_sub(1);
    let columns = grid.column_bounds.len().saturating_sub(1);
    let mut cells: Vec<Cell> = Vec::with_capacity(rows * columns);
    let mut own: Vec<Word> = Vec::new();
    for (place, tokens) in grid.tiles() {
        own.clear();
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
            lines: lines(page, &mut own),
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
