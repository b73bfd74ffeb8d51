//! Takes the lines outside tables of which the page shows nothing. A producer draws the text of a merged cell on each page
//! that the cell reaches and clips it away where it does not belong: such a line repeats what a page beside shows, and is
//! taken out of the text. Any other is kept and warned about.

use super::Passage;
use super::gather::{Leaf, Part, Piece};
use crate::geom::Place;
use crate::warning::Warning;
use std::collections::BTreeSet;

/// Most cells that one unseen line runs over.
const MOST_PARTS: usize = 12;
/// Fewest characters of a line that tell it from others.
const SHORTEST_PART: usize = 2;

/// Takes out the unseen lines that a page beside shows.
pub(super) fn take_repeated(leaves: &mut [Leaf]) -> Vec<Passage> {
    let mut taken = Vec::new();
    for index in 0..leaves.len() {
        if leaves[index].parts.iter().all(|part| unseen(part).is_none()) {
            continue;
        }
        let beside = leaves.get(index.saturating_sub(1)..(index + 2).min(leaves.len())).unwrap_or_default();
        let shown: BTreeSet<String> = beside.iter().flat_map(shown).map(|line| key(&line.text)).collect();
        let stacked = beside.iter().flat_map(shown_stacked).collect::<BTreeSet<char>>();
        let mut kept = Vec::with_capacity(leaves[index].parts.len());
        for part in std::mem::take(&mut leaves[index].parts) {
            match part {
                Part::Line(line) if line.unseen && repeats(&key(&line.text), &shown, &stacked) => taken.push(line.text),
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

/// The characters of a leaf that its page shows one below the other.
fn shown_stacked(leaf: &Leaf) -> impl Iterator<Item = char> {
    shown(leaf).filter(|line| line.vertical).flat_map(|line| line.text.text.chars())
}

/// Whether an unseen line is shown elsewhere: as a whole, as the parts of several cells that stand side by side, or as
/// a character of a stack.
fn repeats(unseen: &str, shown: &BTreeSet<String>, stacked: &BTreeSet<char>) -> bool {
    let mut characters = unseen.chars();
    if let (Some(only), None) = (characters.next(), characters.next()) {
        return stacked.contains(&only) || shown.contains(unseen);
    }
    let mut rest = unseen;
    for _ in 0..MOST_PARTS {
        if rest.is_empty() {
            return true;
        }
        let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8()).rev();
        let mut heads = ends.filter_map(|end| rest.get(..end)).filter(|head| head.chars().count() >= SHORTEST_PART);
        let Some(head) = heads.find(|head| shown.contains(*head)) else { return false };
        rest = &rest[head.len()..];
    }
    rest.is_empty()
}

fn key(text: &Passage) -> String {
    text.text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::repeats;

    #[track_caller]
    fn case(unseen: &str, repeated: bool) {
        let shown = ["会議資料の電子化", "○計画的に実施し、", "人事課"].map(str::to_owned).into();
        assert_eq!(repeats(unseen, &shown, &['担', '当'].into()), repeated, "{unseen}");
    }

    #[test]
    fn what_cells_side_by_side_show_is_a_repeat() {
        case("会議資料の電子化", true);
        case("会議資料の電子化○計画的に実施し、", true);
        case("担", true);
        case("長", false);
        case("会議資料の紙", false);
        case("", true);
    }
}
