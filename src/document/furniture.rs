//! Takes the leaves of all pages, takes out what belongs to the page and not to the text: page numbers, running heads
//! and feet.

use super::Passage;
use super::gather::{Leaf, Part};
use std::collections::{BTreeMap, BTreeSet};

/// Furniture stands in the outer part of a page: this share of its height, at the top and at the bottom.
const MARGIN_SHARE: f32 = 0.13;
/// Running heads stand at the same place on each page, give or take this many ems.
const SAME_PLACE: f32 = 0.7;

/// The number of a page that is the only one stands so many ems below everything else.
const FOOT_GAP: f32 = 2.0;
/// A bare number that is not the outermost line of its page is a page number beside so many others at its place,
const WITH_OTHERS: usize = 2;
/// no more than so many pages away.
const NEAR_PAGES: usize = 4;

/// Takes the furniture out of the leaves.
pub(super) fn take(leaves: &mut [Leaf]) -> Vec<Passage> {
    let outer: Vec<Vec<usize>> = leaves.iter().map(outer_lines).collect();
    let repeated = outermost_only(leaves, &outer, repeated(leaves, &outer));
    let numbers = numbers(leaves, &outer);
    let mut taken = Vec::new();
    for (index, leaf) in leaves.iter_mut().enumerate() {
        let mut kept = Vec::with_capacity(leaf.parts.len());
        for (at, part) in std::mem::take(&mut leaf.parts).into_iter().enumerate() {
            match part {
                Part::Line(line) if repeated.contains(&(index, at)) || numbers.contains(&(index, at)) => {
                    taken.push(line.text);
                }
                part => kept.push(part),
            }
        }
        leaf.parts = kept;
    }
    taken
}

/// The lines in the margins of a page that nothing but other such lines stands outside of.
fn outer_lines(leaf: &Leaf) -> Vec<usize> {
    let reach = leaf.height * MARGIN_SHARE;
    let mut found = Vec::new();
    for (at, part) in leaf.parts.iter().enumerate() {
        let Part::Line(line) = part else { continue };
        let middle = line.bbox.center().y;
        let others = || leaf.parts.iter().filter(|p| matches!(p, Part::Table(..))).map(Part::bbox);
        let free = if middle < reach {
            others().all(|o| o.y0 >= line.bbox.y0)
        } else if middle > leaf.height - reach {
            others().all(|o| o.y1 <= line.bbox.y1)
        } else {
            false
        };
        if free {
            found.push(at);
        }
    }
    found
}

/// Lines with the same words (numbers aside) at the same place of at least two pages, and of half of the pages that
/// follow the first of them.
fn repeated(leaves: &[Leaf], outer: &[Vec<usize>]) -> BTreeSet<(usize, usize)> {
    let mut groups: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
    for (index, lines) in outer.iter().enumerate() {
        for at in lines {
            if let Some(Part::Line(line)) = leaves[index].parts.get(*at) {
                groups.entry(mask(&line.text.text)).or_default().push((index, *at));
            }
        }
    }
    let mut found = BTreeSet::new();
    for (words, members) in groups {
        if words.chars().all(|c| c == '#' || !c.is_alphanumeric()) || words.starts_with(['※', '＊', '注']) {
            continue;
        }
        let mut same: Vec<Vec<(usize, usize)>> = Vec::new();
        for member in members {
            match same.iter_mut().find(|group| group.first().is_some_and(|first| same_place(leaves, *first, member))) {
                Some(group) => group.push(member),
                None => same.push(vec![member]),
            }
        }
        for group in same {
            let first = group.first().map_or(0, |member| member.0);
            if group.len() >= 2 && group.len() * 2 >= leaves.len() - first {
                found.extend(group);
            }
        }
    }
    found
}

/// Those of `repeated` that only other running heads and page numbers stand farther out than: a label that stands at
/// the same place of each page, but below a heading of that page, belongs to the text.
fn outermost_only(
    leaves: &[Leaf],
    outer: &[Vec<usize>],
    repeated: BTreeSet<(usize, usize)>,
) -> BTreeSet<(usize, usize)> {
    let mut innermost: Vec<(f32, f32)> = Vec::with_capacity(leaves.len());
    for (index, (leaf, lines)) in leaves.iter().zip(outer).enumerate() {
        let (mut top, mut bottom) = (leaf.height, 0.0_f32);
        for at in lines {
            let Some(Part::Line(line)) = leaf.parts.get(*at) else { continue };
            // What the page clips away stands nowhere on it.
            if line.unseen || repeated.contains(&(index, *at)) || page_number(&line.text.text).is_some() {
                continue;
            }
            if line.bbox.center().y < leaf.height / 2.0 {
                top = top.min(line.bbox.y1);
            } else {
                bottom = bottom.max(line.bbox.y0);
            }
        }
        innermost.push((top, bottom));
    }
    let inside = |(index, at): &(usize, usize)| {
        let bounds = innermost.get(*index).zip(leaves.get(*index).and_then(|leaf| leaf.parts.get(*at)));
        bounds.is_none_or(|((top, bottom), part)| {
            let middle = part.bbox().center().y;
            *bottom <= middle && middle <= *top
        })
    };
    repeated.into_iter().filter(inside).collect()
}

fn same_place(leaves: &[Leaf], a: (usize, usize), b: (usize, usize)) -> bool {
    let line = |(index, at): (usize, usize)| match leaves[index].parts.get(at) {
        Some(Part::Line(line)) => Some((line, leaves[index].height)),
        _ => None,
    };
    let (Some((a, a_height)), Some((b, b_height))) = (line(a), line(b)) else { return false };
    let near = SAME_PLACE * a.size.max(b.size);
    let level = (a.bbox.y0 - b.bbox.y0).abs() < near || (a_height - a.bbox.y1 - (b_height - b.bbox.y1)).abs() < near;
    level && (a.size - b.size).abs() < 0.1 * a.size.max(1.0) && a.bbox.y0.is_finite()
}

/// The words of a line with all numbers alike.
fn mask(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        if c.is_numeric() && !is_kanji_number(c) {
            if !words.ends_with('#') {
                words.push('#');
            }
        } else {
            words.push(c);
        }
    }
    words
}

fn is_kanji_number(c: char) -> bool {
    "〇一二三四五六七八九十百千".contains(c)
}

/// Page numbers: the outermost lines that are one and that count up with the pages (or stand alone on a single page
/// in a form that nothing else has), and those that count up with them from the same place where a text hangs out of
/// the page.
fn numbers(leaves: &[Leaf], outer: &[Vec<usize>]) -> BTreeSet<(usize, usize)> {
    let mut found: Vec<(usize, usize, u32, bool)> = Vec::new();
    for (index, lines) in outer.iter().enumerate() {
        for at in lines {
            let Some(Part::Line(line)) = leaves[index].parts.get(*at) else { continue };
            if let Some((number, plain)) = page_number(&line.text.text) {
                found.push((index, *at, number, plain));
            }
        }
    }
    // Numbers count up with the pages where several of them are as far from the index of their page.
    let offset = |(index, _, number, _): &(usize, usize, u32, bool)| i64::from(*number) - *index as i64;
    let mut offsets: BTreeMap<i64, Vec<(usize, usize)>> = BTreeMap::new();
    for entry in &found {
        offsets.entry(offset(entry)).or_default().push((entry.0, entry.1));
    }
    let others = |entry: &(usize, usize, u32, bool)| {
        let index = entry.0;
        offsets.get(&offset(entry)).into_iter().flatten().copied().filter(move |(other, _)| *other != index)
    };
    // A label that runs out of its cell can stand below the number of its page, but not at the place of all of them.
    let in_place = |entry: &(usize, usize, u32, bool)| {
        let near = others(entry).filter(|(other, _)| other.abs_diff(entry.0) <= NEAR_PAGES);
        let same = near.filter(|other| same_place(leaves, (entry.0, entry.1), *other)).count();
        same >= if entry.3 { WITH_OTHERS } else { 1 }
    };
    let is_number = |entry: &&(usize, usize, u32, bool)| {
        let (index, at, number, plain) = **entry;
        let outermost = outermost(&leaves[index], at) || in_place(entry);
        let alone = leaves.len() > 1 || is_foot(&leaves[index], at);
        outermost && (others(entry).next().is_some() || !plain || number as usize == index + 1 && alone)
    };
    found.iter().filter(is_number).map(|(index, at, ..)| (*index, *at)).collect()
}

/// Whether a line stands in the middle below everything else on the page, at a distance.
fn is_foot(leaf: &Leaf, at: usize) -> bool {
    let Some(Part::Line(line)) = leaf.parts.get(at) else { return false };
    let others = leaf.parts.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, part)| part.bbox().y1);
    let lowest = others.fold(0.0, f32::max);
    let centred = (line.bbox.center().x - leaf.width / 2.0).abs() < line.size;
    centred && line.bbox.y0 - lowest > FOOT_GAP * line.size
}

/// Whether nothing stands farther out on the page than the line.
fn outermost(leaf: &Leaf, at: usize) -> bool {
    let Some(part) = leaf.parts.get(at) else { return false };
    let middle = part.bbox().center().y;
    let at_top = middle < leaf.height / 2.0;
    leaf.parts.iter().enumerate().filter(|(other, _)| *other != at).all(|(_, other)| {
        let other = other.bbox().center().y;
        if at_top { other >= middle - 2.0 } else { other <= middle + 2.0 }
    })
}

/// The number of a line that is nothing but a page number, and whether it is a bare number.
fn page_number(text: &str) -> Option<(u32, bool)> {
    if !text.chars().all(is_of_number) {
        return None;
    }
    let folded: String = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '０'..='９' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            '―' | '－' | '‐' | '–' | '—' | '−' | '─' | '~' | '〜' | '～' => '-',
            '／' => '/',
            c => c.to_ascii_lowercase(),
        })
        .collect();
    let bare = folded.trim_matches(['-', 'ー']);
    let bare = bare
        .strip_prefix("page")
        .or_else(|| bare.strip_prefix("p."))
        .or_else(|| bare.strip_prefix('p'))
        .unwrap_or(bare);
    let bare = bare.strip_prefix('第').unwrap_or(bare);
    let bare = bare.strip_suffix("ページ").or_else(|| bare.strip_suffix('頁')).unwrap_or(bare);
    let (number, total) = match bare.split_once('/') {
        Some((number, total)) => (number, Some(total.trim_end_matches("ページ"))),
        None => (bare, None),
    };
    let is_count = |s: &str| !s.is_empty() && s.len() <= 4 && s.bytes().all(|b| b.is_ascii_digit());
    if total.is_some_and(|total| !is_count(total)) {
        return None;
    }
    let plain = bare == folded && total.is_none();
    if is_count(number) {
        return number.parse().ok().map(|number| (number, plain));
    }
    roman(number).map(|number| (number, true))
}

/// Whether a line that is nothing but a page number may have the character.
fn is_of_number(c: char) -> bool {
    let sign = matches!(c, '―' | '－' | '‐' | '–' | '—' | '−' | '─' | '〜' | '～' | '／' | 'ー');
    sign || c.is_ascii() || matches!(c, '０'..='９' | '第' | 'ペ' | 'ジ' | '頁') || c.is_whitespace()
}

/// The value of a lower-case roman numeral up to 39.
fn roman(text: &str) -> Option<u32> {
    const ONES: [&str; 10] = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
    let rest = text.trim_start_matches('x');
    let (tens, ones) = (text.len() - rest.len(), ONES.iter().position(|ones| *ones == rest)?);
    u32::try_from(10 * tens + ones).ok().filter(|value| (1..40).contains(value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::gather::Piece;
    use crate::geom::Rect;

    #[test]
    fn forms_of_page_numbers() {
        for (text, expected) in [
            ("3", Some((3, true))),
            ("- 3 -", Some((3, false))),
            ("－３－", Some((3, false))),
            ("1 / 2", Some((1, false))),
            ("P.12", Some((12, false))),
            ("12ページ", Some((12, false))),
            ("iv", Some((4, true))),
            ("x", Some((10, true))),
            ("xxxix", Some((39, true))),
            ("xxxx", None),
            ("iix", None),
            ("令和6年", None),
            ("1/二", None),
            ("", None),
            ("12345", None),
        ] {
            assert_eq!(page_number(text), expected, "{text}");
        }
    }

    fn line(text: &str, y: f32) -> Part {
        let text = Passage { text: text.to_owned(), origins: Vec::new() };
        let bbox = Rect::new(250.0, y, 300.0, y + 10.0);
        Part::Line(Piece { text, bbox, size: 10.0, vertical: false, unseen: false })
    }

    fn leaf(page: u32, parts: Vec<Part>) -> Leaf {
        Leaf { page, width: 600.0, height: 842.0, parts }
    }

    #[test]
    fn a_page_number_stays_one_where_a_text_hangs_out_of_the_page() {
        let hanging = [None, None, Some(820.0)];
        let page = |(number, below): (u32, Option<f32>)| {
            let below = below.map(|y| line("課", y));
            leaf(number, std::iter::once(line(&format!("- {number} -"), 800.0)).chain(below).collect())
        };
        let mut leaves: Vec<Leaf> = (1..).zip(hanging).map(page).collect();
        let taken: Vec<String> = take(&mut leaves).into_iter().map(|text| text.text).collect();
        assert_eq!(taken, ["- 1 -", "- 2 -", "- 3 -"]);
    }

    #[test]
    fn a_label_may_run_out_of_its_cell_below_the_number_of_the_page() {
        let mut leaves = [
            leaf(1, vec![line("第１章", 300.0), line("1 / 2", 800.0), line("２　子育て", 815.0)]),
            leaf(2, vec![line("第２章", 300.0), line("2 / 2", 800.0)]),
        ];
        let taken: Vec<String> = take(&mut leaves).into_iter().map(|passage| passage.text).collect();
        assert_eq!(taken, ["1 / 2", "2 / 2"]);
        assert_eq!(leaves.map(|leaf| leaf.parts.len()), [2, 1]);
    }

    #[test]
    fn a_page_that_is_the_only_one_can_have_a_number() {
        let number = |y: f32| {
            let mut number = line("1", y);
            if let Part::Line(piece) = &mut number {
                piece.bbox = Rect::new(295.0, y, 305.0, y + 10.0);
            }
            number
        };
        for (y, taken) in [(800.0, 1), (775.0, 0)] {
            let mut leaves = [leaf(1, vec![line("取組の状況", 760.0), number(y)])];
            assert_eq!(take(&mut leaves).len(), taken, "{y}");
        }
    }

    #[test]
    fn a_label_that_the_page_clips_away_above_the_running_head_leaves_it_one() {
        let clipped = |text: &str, y: f32| match line(text, y) {
            Part::Line(line) => Part::Line(Piece { unseen: true, ..line }),
            part => part,
        };
        let mut leaves = [
            leaf(1, vec![line("地域福祉計画", 40.0), line("第１章", 300.0)]),
            leaf(2, vec![clipped("基本目標２", -80.0), line("地域福祉計画", 40.0), line("第２章", 300.0)]),
        ];
        let taken: Vec<String> = take(&mut leaves).into_iter().map(|passage| passage.text).collect();
        assert_eq!(taken, ["地域福祉計画", "地域福祉計画"]);
    }

    #[test]
    fn numbers_are_alike_in_running_heads() {
        assert_eq!(mask("第 3 章 計画"), mask("第12章計画"));
        assert_ne!(mask("第三章"), mask("第四章"));
    }
}
