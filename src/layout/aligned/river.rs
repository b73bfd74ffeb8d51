//! Takes a block of strips that leave common rivers free and a line beside it, says whether the line keeps to the rivers
//! and what it leaves of them.

use super::block::{Block, Line};
use super::scene::Scene;
use super::strip::Phrase;
use crate::geom::Span;

/// A river must stay this wide, in ems.
pub(super) const RIVER: f32 = 0.25;
/// Entries of one column begin, have their middle or end this near to each other, in ems.
pub(super) const ALIGNED: f32 = 0.5;

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

/// The block's rivers as far as the line leaves them free, if it respects (nearly) all and has entries on two sides.
/// `blank` is that between the line and its neighbour in the block: what overlaps it in height is of the same table.
pub(super) fn respected(scene: &Scene, block: &Block, line: &Line<'_>, blank: f32) -> Option<Vec<Span>> {
    if line.phrases.len() < 2 || blank >= 0.0 && !is_aligned(block, &line.phrases, line.strip.size) {
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
