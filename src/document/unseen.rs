//! Takes the lines outside tables of which the page shows nothing. A producer draws the text of a merged cell on each page
//! that the cell reaches and clips it away where it does not belong: such a line repeats what a page beside shows, and is
//! taken out of the text. Any other is kept and warned about.

use super::Passage;
use super::gather::{Leaf, Part, Piece};
use crate::geom::Place;
use crate::warning::Warning;
use std::collections::BTreeSet;

/// Takes out the unseen lines that a page beside shows.
pub(super) fn take_repeated(leaves: &mut [Leaf]) -> Vec<Passage> {
    let mut taken = Vec::new();
    for index in 0..leaves.len() {
        if leaves[index].parts.iter().all(|part| unseen(part).is_none()) {
            continue;
        }
        let beside = leaves.get(index.saturating_sub(1)..(index + 2).min(leaves.len())).unwrap_or_default();
        let shown: BTreeSet<String> = beside.iter().flat_map(shown).map(|line| key(&line.text)).collect();
        let mut kept = Vec::with_capacity(leaves[index].parts.len());
        for part in std::mem::take(&mut leaves[index].parts) {
            match part {
                Part::Line(line) if line.unseen && shown.contains(&key(&line.text)) => taken.push(line.text),
                part => kept.push(part),
            }
        }
        leaves[index].parts = kept;
    }
    taken
}

/// A warning for each unseen line that is kept.
pub(super) fn warnings(leaves: &[Leaf]) -> impl Iterator<Item = Warning> {
    let lines = leaves.iter().flat_map(|leaf| leaf.parts.iter().filter_map(unseen).map(|line| (leaf.page, line)));
    lines.map(|(page, line)| {
        let message = "a line lies outside what the page shows; it is kept";
        Warning::new("clipped-text", message).at([Place::new(page, &line.bbox)])
    })
}

fn unseen(part: &Part) -> Option<&Piece> {
    if let Part::Line(line) = part { Some(line).filter(|line| line.unseen) } else { None }
}

/// The lines of a leaf that its page shows.
fn shown(leaf: &Leaf) -> impl Iterator<Item = &Piece> {
    let lines = leaf.parts.iter().filter_map(|part| if let Part::Line(line) = part { Some(line) } else { None });
    let cells = leaf.parts.iter().filter_map(|part| if let Part::Table(_, cells) = part { Some(cells) } else { None });
    lines.chain(cells.flatten().flatten()).filter(|line| !line.unseen)
}

fn key(text: &Passage) -> String {
    text.text.chars().filter(|c| !c.is_whitespace()).collect()
}
