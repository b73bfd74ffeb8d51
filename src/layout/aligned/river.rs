//! Takes a block of strips that leave common rivers free and a line beside it, says whether the line keeps to the rivers
//! and what it leaves of them.

use super::block::{Block, Line};
use super::grid::Scene;
use super::strip::Phrase;
use crate::geom::Span;

/// A river must stay this wide, in ems.
pub(super) const RIVER: f32 = 0.25;
/// Entries of one column begin, have their middle or end this near to each other, in ems.
pub(super) const ALIGNED: f32 = 0.5;
/// Entries that follow others with little blank begin this near to where others of their column do, in ems.
const LEVEL: f32 = 0.1;

/// The rivers beside the one phrase of a line that overlaps the line next to it in height and stands in a river: a line
/// of a column whose other entries are set in the middle of their row.
pub(super) fn rivers_beside(block: &Block, line: &Line<'_>) -> Option<Vec<Span>> {
    let [phrase] = line.phrases.as_slice() else { return None };
    let least = RIVER * line.strip.size;
    let holds = |river: &Span| river.start + least <= phrase.x.start && phrase.x.end + least <= river.end;
    let at = block.rivers.iter().position(holds)?;
    let river = block.rivers.get(at)?;
    let sides = [Span { start: river.start, end: phrase.x.start }, Span { start: phrase.x.end, end: river.end }];
    let mut rivers = block.rivers.clone();
    rivers.splice(at..=at, sides);
    Some(rivers)
}

/// Where a phrase begins, has its middle and ends.
pub(super) fn edges(phrase: &Phrase) -> [f32; 3] {
    [phrase.x.start, phrase.x.middle(), phrase.x.end]
}

/// Whether each entry of a line that leaves most columns blank stands as others of its column do: the few entries of
/// another table's lines respect many rivers by chance.
fn is_aligned(block: &Block, phrases: &[Phrase], em: f32) -> bool {
    if 2 * phrases.len() > block.rivers.len() + 1 {
        return true;
    }
    let known = |phrase: &Phrase| {
        let edges = block.edges.iter().zip(edges(phrase));
        edges.into_iter().any(|(known, edge)| is_near(known, edge, ALIGNED * em))
    };
    phrases.iter().all(known)
}

/// Whether one of the `known` edges, ascending, lies within `tolerance` of `edge`.
pub(super) fn is_near(known: &[f32], edge: f32, tolerance: f32) -> bool {
    let from = known.partition_point(|x| *x < edge - tolerance);
    known.get(from).is_some_and(|x| *x <= edge + tolerance)
}

/// The entries of a line that look like one phrase because a full cell leaves little blank before the next: parted at
/// rivers of the block after which other entries begin, too.
fn parted(scene: &Scene, block: &Block, line: &Line<'_>) -> Vec<Phrase> {
    let em = line.strip.size;
    let starts = &block.edges[0];
    let mut phrases: Vec<Phrase> = Vec::new();
    for &index in &line.strip.tokens {
        let Some(token) = scene.tokens.get(index as usize) else { continue };
        let gap = phrases.last().map(|phrase| Span { start: phrase.x.end, end: token.bbox.x0 });
        let begins = gap.is_some_and(|gap| {
            gap.end - gap.start >= RIVER * em
                && is_near(starts, gap.end, LEVEL * em)
                && block.rivers.iter().any(|river| river.overlap(gap) >= RIVER * em)
        });
        match phrases.last_mut() {
            Some(phrase) if !begins => {
                phrase.tokens.push(index);
                phrase.x.end = phrase.x.end.max(token.bbox.x1);
            }
            _ => phrases.push(Phrase { tokens: vec![index], x: Span { start: token.bbox.x0, end: token.bbox.x1 } }),
        }
    }
    phrases
}

/// The block's rivers as far as the line leaves them free, if it respects (nearly) all and has entries on two sides.
pub(super) fn respected(scene: &Scene, block: &Block, line: &Line<'_>) -> Option<Vec<Span>> {
    let phrases = if line.phrases.len() < 2 { &parted(scene, block, line) } else { &line.phrases };
    if phrases.len() < 2 || !is_aligned(block, phrases, line.strip.size) {
        return None;
    }
    let em = line.strip.size;
    let mut free: Vec<Span> = vec![Span { start: f32::MIN, end: line.strip.x.start }];
    let mut end = line.strip.x.start;
    for token in line.strip.tokens.iter().filter_map(|&i| scene.tokens.get(i as usize)) {
        if token.bbox.x0 - end > RIVER * em {
            free.push(Span { start: end, end: token.bbox.x0 });
        }
        end = end.max(token.bbox.x1);
    }
    free.push(Span { start: end, end: f32::MAX });
    let mut rivers: Vec<Span> = Vec::new();
    let (mut lost, mut crossed) = (0_usize, 0_usize);
    for river in &block.rivers {
        let before = rivers.len();
        for f in &free {
            let both = Span { start: river.start.max(f.start), end: river.end.min(f.end) };
            if both.end - both.start >= RIVER * em {
                rivers.push(both);
                let inside = line.strip.x.start < both.start + 1.0 && both.end - 1.0 < line.strip.x.end;
                crossed += usize::from(inside);
            }
        }
        lost += usize::from(rivers.len() == before);
    }
    // Entries beyond the block's sides open new rivers.
    for f in free.iter().skip(1).take(free.len().saturating_sub(2)) {
        let outside = f.end <= block.x.start + em || f.start >= block.x.end - em;
        if outside && f.end - f.start >= 0.7 * em {
            rivers.push(Span { start: f.start.max(f32::MIN), end: f.end });
        }
    }
    rivers.sort_by(|a, b| a.start.total_cmp(&b.start));
    (4 * lost <= block.rivers.len() && crossed > 0).then_some(rivers)
}
