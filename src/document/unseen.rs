//! Takes the lines outside tables of which the page shows nothing. A producer draws the text of a merged cell on each page
//! that the cell reaches and clips it away where it does not belong: such a line repeats what a page beside shows, and is
//! taken out of the text. So is what stands beside the page, away from all that it shows: notes of who typeset it. Any
//! other is kept and warned about.

use super::Passage;
use super::gather::{Leaf, Part, Piece};
use crate::geom::{Place, Rect};
use crate::warning::Warning;
use std::collections::BTreeSet;

/// Most cells that one unseen line runs over.
const MOST_PARTS: usize = 12;
/// Fewest characters of a line that tell it from others.
const SHORTEST_PART: usize = 2;
/// A line outside the page is none of its text if it stands this far, in ems, from all that the page shows.
const APART: f32 = 1.5;
/// Most lines that one is compared with: beside more of them it stays.
const MOST_NEAR: usize = 1_000;

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

/// Takes out the unseen lines beside the page, with a warning for each. A text that runs out of the page stands close to
/// what the page shows of it.
pub(super) fn take_outside(leaves: &mut [Leaf], warnings: &mut Vec<Warning>) -> Vec<Passage> {
    let mut taken = Vec::new();
    for leaf in leaves {
        if leaf.parts.iter().all(|part| unseen(part).is_none()) {
            continue;
        }
        let page = Rect { x0: 0.0, y0: 0.0, x1: leaf.width, y1: leaf.height };
        let mut shown: Vec<Rect> = shown(leaf).map(|line| line.bbox).collect();
        shown.sort_by(|a, b| a.y0.total_cmp(&b.y0));
        let tallest = shown.iter().map(Rect::height).fold(0.0, f32::max);
        let apart = |line: &Piece| {
            let around = grown(&line.bbox, APART * line.size);
            let from = shown.partition_point(|bbox| bbox.y0 < around.y0 - tallest);
            let mut near = shown.iter().skip(from).take_while(|bbox| bbox.y0 <= around.y1);
            line.bbox.intersection(&page).is_none()
                && near.by_ref().take(MOST_NEAR).all(|bbox| bbox.intersection(&around).is_none())
                && near.next().is_none()
        };
        let mut kept = Vec::with_capacity(leaf.parts.len());
        for part in std::mem::take(&mut leaf.parts) {
            match part {
                Part::Line(line) if line.unseen && apart(&line) => {
                    let message = "a line stands outside the page; it is left out";
                    warnings.push(Warning::new("clipped-text", message).at([Place::new(leaf.page, &line.bbox)]));
                    taken.push(line.text);
                }
                part => kept.push(part),
            }
        }
        leaf.parts = kept;
    }
    taken
}

fn grown(bbox: &Rect, by: f32) -> Rect {
    Rect { x0: bbox.x0 - by, y0: bbox.y0 - by, x1: bbox.x1 + by, y1: bbox.y1 + by }
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
    use super::{Leaf, Part, Passage, Piece, Rect, repeats, take_outside};

    #[track_caller]
    fn case(unseen: &str, repeated: bool) {
        let shown = ["会議資料の電子化", "○計画的に実施し、", "人事課"].map(str::to_owned).into();
        assert_eq!(repeats(unseen, &shown, &['担', '当'].into()), repeated, "{unseen}");
    }

    #[test]
    fn a_line_beside_the_page_is_left_out_and_one_that_runs_out_of_it_is_kept() {
        let line = |text: &str, x0: f32, y0: f32, unseen: bool| {
            let text = Passage { text: text.to_owned(), origins: Vec::new() };
            let bbox = Rect { x0, y0, x1: x0 + 100.0, y1: y0 + 10.0 };
            Part::Line(Piece { text, bbox, size: 10.0, vertical: false, unseen })
        };
        let parts = vec![
            line("計画の評価", 490.0, 100.0, false),
            line("を行う。", 600.0, 100.0, true),
            line("作業用", 600.0, 300.0, true),
            line("版下", 100.0, 300.0, true),
        ];
        let mut leaves = [Leaf { page: 1, width: 595.0, height: 842.0, parts }];
        let mut warnings = Vec::new();
        let taken: Vec<String> = take_outside(&mut leaves, &mut warnings).into_iter().map(|line| line.text).collect();
        assert_eq!((taken, warnings.len()), (vec!["作業用".to_owned()], 1));
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
