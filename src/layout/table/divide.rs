//! Takes a word that more than one cell of a table holds, gives its parts to the cells where a ruling divides it.

use super::{CUT, Placed, cell_at, whole};
use crate::geom::{Rect, Span};
use crate::layout::Table;
use crate::layout::frame::along;
use crate::layout::word::{Word, glyph_text, single};
use crate::pdf::{Page, Visibility};

/// Gap between two glyphs that makes them texts of two cells when a ruling lies there, in ems.
const CELL_GAP: f32 = 0.05;
/// A stop or closing bracket leaves this part of its square blank: typesetters let it hang over the edge.
const STOP_BLANK: f32 = 0.5;
/// Glyphs of one string follow each other within this, in ems.
const SAME_PLACE: f32 = 0.02;

/// Gives a word to its cell, or its parts to theirs where a ruling divides it.
pub(super) fn divide(page: &Page, table: &Table, owner: &[u32], placed: &Placed, parts: &mut Vec<(usize, Word)>) {
    let word = &placed.word;
    if let Some(cell) = whole(table, owner, placed) {
        parts.push((cell, *word));
        return;
    }
    let mut part: Vec<Held> = Vec::new();
    let mut held: Vec<Vec<Held>> = Vec::new();
    for index in word.glyphs() {
        let Some(glyph) = page.glyphs.get(index as usize) else { continue };
        let bbox = if glyph.bbox.is_finite() { glyph.bbox } else { word.bbox };
        let cell = cell_at(table, owner, bbox.center());
        let ends =
            glyph_text(page, glyph).ends_with(['。', '、', '，', '．', '）', '」', '』', '】', '〕', '］', '》', '〉']);
        let visible = glyph.visibility == Visibility::Visible;
        let next = Held { index, cell, bbox, visible, run: glyph.run, ends };
        if part.last().is_some_and(|last| last.cell != cell && splits(table, word, last, &next)) {
            held.push(std::mem::take(&mut part));
        }
        part.push(next);
    }
    held.push(part);
    for (order, part) in held.iter().enumerate() {
        let (Some(first), Some(last)) = (part.first(), part.last()) else { continue };
        let bbox = part.iter().map(|h| h.bbox).reduce(|a, b| a.union(&b)).unwrap_or(word.bbox);
        let space = word.space.filter(|_| order == 0);
        let base = page.glyphs.get(first.index as usize).map_or(*word, |g| single(page, first.index, g));
        let visible = part.iter().map(|h| u32::from(h.visible)).sum();
        parts.push((
            majority(part),
            Word { end: last.index + 1, space, bbox, visible, in_sequence: word.in_sequence, ..base },
        ));
    }
}

/// A glyph and the cell in which its middle lies.
struct Held {
    index: u32,
    cell: usize,
    bbox: Rect,
    visible: bool,
    run: u32,
    /// Whether it is a stop or a closing bracket.
    ends: bool,
}

/// Whether two glyphs on either side of a ruling are two texts: there is a gap, or two strings that the ruling does
/// not cut.
fn splits(table: &Table, word: &Word, before: &Held, after: &Held) -> bool {
    let (a, b) = (along(word.direction, &before.bbox), along(word.direction, &after.bbox));
    if b.start - a.end > CELL_GAP * word.size {
        return true;
    }
    let Some(cell) = table.cells.get(before.cell) else { return false };
    let ruling = along(word.direction, &cell.bbox).end;
    let blank = if before.ends { STOP_BLANK * a.length() } else { 0.0 };
    let edge = Span { start: a.end.min(b.start) - blank, end: a.end.max(b.start) };
    // A stop that hangs over the ruling ends one text, and the other begins at a place of its own.
    let apart = before.ends && (b.start - a.end).abs() > SAME_PLACE * word.size;
    (before.run != after.run || apart) && edge.start - CUT * word.size <= ruling && ruling <= edge.end + CUT * word.size
}

/// The cell that holds most of the visible glyphs (of all, where none is visible); the first of equals.
fn majority(part: &[Held]) -> usize {
    let seen = part.iter().any(|h| h.visible);
    let mut cells: Vec<usize> = part.iter().filter(|h| h.visible == seen).map(|h| h.cell).collect();
    let first = cells.first().copied().unwrap_or_default();
    cells.sort_unstable();
    let counted = cells.chunk_by(|a, b| a == b).map(|same| (same.len(), same[0]));
    counted.max_by_key(|(count, cell)| (*count, *cell == first)).map_or(first, |(_, cell)| cell)
}
