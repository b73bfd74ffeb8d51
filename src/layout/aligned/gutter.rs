//! Takes a block of strips with common rivers, gives its area, or several areas where the rulings under it break: tables
//! side by side.

use super::block::{Block, Line, area};
use super::scene::{Area, Rule, Scene};
use crate::geom::Span;

/// The block's area, or several where rulings under it break at a river: tables side by side.
pub(super) fn beside(scene: &Scene, lines: &[Line<'_>], block: &Block) -> Vec<Area> {
    let Some(whole) = area(scene, lines, block) else { return Vec::new() };
    let gutters = gutters(scene, lines, block);
    if gutters.is_empty() {
        return vec![whole];
    }
    let mut areas = Vec::with_capacity(gutters.len() + 1);
    let mut start = block.x.start;
    for end in gutters.into_iter().chain([block.x.end]) {
        let x = Span { start, end };
        let inside = |i: &u32| {
            scene.tokens.get(*i as usize).is_some_and(|t| start <= t.bbox.center().x && t.bbox.center().x <= end)
        };
        areas.push(Area {
            x,
            rules: rules(scene, lines, block, x),
            tokens: whole.tokens.iter().copied().filter(inside).collect(),
        });
        start = end;
    }
    areas
}

/// Where the rulings of the block break all at once, first column included, over one of its rivers.
fn gutters(scene: &Scene, lines: &[Line<'_>], block: &Block) -> Vec<f32> {
    let Some(part) = lines.get(block.strips.0..=block.strips.1) else { return Vec::new() };
    let (Some(first), Some(last)) = (part.first(), part.last()) else { return Vec::new() };
    let em = first.strip.size;
    let inside: Vec<&Rule> = scene
        .across
        .iter()
        .filter(|r| first.strip.y.start - em < r.position && r.position < last.strip.y.end + em)
        .filter(|r| r.span.overlap(block.x) > 0.0)
        .collect();
    for level in inside.chunk_by(|a, b| (a.position - b.position).abs() < 1.0) {
        let (Some(left), Some(right)) = (level.first(), level.last()) else { continue };
        let whole = left.span.start < block.x.start + 1.5 * em && right.span.end > block.x.end - 1.5 * em;
        let breaks: Vec<f32> = level
            .windows(2)
            .filter_map(|pair| match pair {
                [a, b] => Some(Span { start: a.span.end, end: b.span.start }),
                _ => None,
            })
            .filter(|gap| gap.length() > 0.8 * em && block.rivers.iter().any(|r| r.overlap(*gap) > 0.2 * em))
            .map(Span::middle)
            .collect();
        if whole && !breaks.is_empty() && breaks.len() + 1 == level.len() {
            return breaks;
        }
    }
    Vec::new()
}

/// Heights of the rulings through the block between the ends of `x`.
pub(super) fn rules(scene: &Scene, lines: &[Line<'_>], block: &Block, x: Span) -> Vec<f32> {
    let Some(part) = lines.get(block.strips.0..=block.strips.1) else { return Vec::new() };
    let (Some(first), Some(last)) = (part.first(), part.last()) else { return Vec::new() };
    scene
        .across
        .iter()
        .filter(|r| first.strip.y.middle() < r.position && r.position < last.strip.y.end)
        .filter(|r| r.span.overlap(x) > 0.8 * x.length())
        .map(|r| r.position)
        .collect()
}
