//! Takes a block of strips with common rivers, gives its area, or several areas where the rulings under it break or its
//! header is repeated: tables side by side.

use super::block::{Block, Line, area};
use super::scene::{Area, Rule, Scene};
use super::strip::Phrase;
use super::token::{Kind, Token};
use crate::geom::{Axis, Span};

/// The least number of headings that a table has whose header is repeated beside it.
const HEADINGS: usize = 2;
/// A header that is repeated stands among so many of the first lines.
const FIRST_LINES: usize = 8;

/// The block's area, or several where rulings under it break at a river or its header is repeated: tables side by side.
pub(super) fn beside(scene: &Scene, lines: &[Line<'_>], block: &Block) -> Vec<Area> {
    let broken = gutters(scene, lines, block);
    let (header, gutters) = repeated(scene, lines, block).unwrap_or((block.strips.0, Vec::new()));
    // What stands above the repeated headers are headings of the tables, not of columns.
    let mut below = block.clone();
    below.strips.0 = header;
    match (broken.is_empty(), gutters.is_empty()) {
        (false, _) => parts(scene, lines, &below, broken),
        (true, false) => parts(scene, lines, &below, gutters),
        (true, true) => area(scene, lines, block).into_iter().collect(),
    }
}

/// The areas of the block between its ends and the `gutters`.
fn parts(scene: &Scene, lines: &[Line<'_>], block: &Block, gutters: Vec<f32>) -> Vec<Area> {
    let Some(whole) = area(scene, lines, block) else { return Vec::new() };
    let mut areas = Vec::with_capacity(gutters.len() + 1);
    let mut start = block.x.start;
    for end in gutters.into_iter().chain([block.x.end]) {
        let token = |i: &u32| scene.tokens.get(*i as usize).map(|token| token.bbox);
        let inside = |i: &u32| token(i).is_some_and(|b| start <= b.center().x && b.center().x <= end);
        let tokens: Vec<u32> = whole.tokens.iter().copied().filter(inside).collect();
        // White stays between the tables: they are read one after the other.
        let spans = tokens.iter().filter_map(token).map(|b| b.span(Axis::Horizontal));
        let around = |a: Span, b: Span| Span { start: a.start.min(b.start), end: a.end.max(b.end) };
        if let Some(x) = spans.reduce(around) {
            areas.push(Area { x, rules: rules(scene, lines, block, x), tokens });
        }
        start = end;
    }
    areas
}

/// The strip of a header that says the same twice or more, side by side, and where one ends and the next begins.
fn repeated(scene: &Scene, lines: &[Line<'_>], block: &Block) -> Option<(usize, Vec<f32>)> {
    let words = |phrase: &Phrase| -> Vec<Token> {
        phrase.tokens.iter().filter_map(|&i| scene.tokens.get(i as usize)).copied().collect()
    };
    (block.strips.0..=block.strips.1).take(FIRST_LINES).find_map(|index| {
        let phrases = &lines.get(index)?.phrases;
        let texts: Vec<Vec<Token>> = phrases.iter().map(words).collect();
        let same = |a: &[Token], b: &[Token]| a.iter().map(|t| t.word).eq(b.iter().map(|t| t.word));
        // 目標 and 実績 under each year are one level of one header: the first column has its heading above them.
        let first = phrases.first().zip(block.rivers.first()).is_some_and(|(p, river)| p.x.middle() < river.middle());
        let named = first && texts.first()?.iter().any(|token| token.kind == Kind::Text);
        let period = (HEADINGS..=phrases.len() / 2).find(|period| {
            phrases.len().is_multiple_of(*period)
                && texts.iter().zip(texts.iter().skip(*period)).all(|(a, b)| same(a, b))
                && texts.first().zip(texts.get(1)).is_some_and(|(a, b)| !same(a, b))
        })?;
        let ends = phrases.windows(2).enumerate().filter(|(at, _)| (at + 1).is_multiple_of(period));
        let gutter = |(_, pair): (usize, &[Phrase])| match pair {
            [a, b] => block.rivers.iter().rev().find(|river| a.x.end <= river.middle() && river.middle() <= b.x.start),
            _ => None,
        };
        let gutters: Option<Vec<f32>> = ends.map(|end| gutter(end).map(|river| river.middle())).collect();
        gutters.filter(|_| named).map(|gutters| (index, gutters))
    })
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

#[cfg(test)]
mod tests {
    use crate::layout::made::Made;

    #[test]
    fn a_header_that_is_repeated_heads_tables_side_by_side() {
        let mut page = Made::page().text(50.0, 80.0, "Ⅰ　仕事と家庭").text(320.0, 80.0, "Ⅱ　意識の啓発");
        for (left, grades) in [(50.0, ["A", "B", "A"]), (320.0, ["B", "B", "C"])] {
            for (x, text) in [(0.0, "取組"), (130.0, "R4年度"), (190.0, "R5年度")] {
                page = page.text(left + x, 100.0, text);
            }
            for (row, grade) in (1_u8..).zip(grades) {
                let y = 100.0 + 16.0 * f32::from(row);
                page = page.text(left, y, "制度の周知").text(left + 140.0, y, grade).text(left + 200.0, y, "A");
            }
        }
        let cells = page.read();
        assert_eq!(cells.iter().filter(|cell| *cell == "[4x3]").count(), 2, "{cells:?}");
        assert_eq!(cells.iter().filter(|cell| *cell == "0,0 取組").count(), 2, "{cells:?}");
        assert!(cells.contains(&"3,1 C".to_owned()), "{cells:?}");
    }

    #[test]
    fn a_lower_level_of_a_header_that_says_the_same_under_each_year_parts_no_tables() {
        let mut page = Made::page().text(50.0, 92.0, "取組").text(200.0, 80.0, "R4年度").text(340.0, 80.0, "R5年度");
        for (x, text) in [(170.0, "目標値"), (240.0, "実績値"), (310.0, "目標値"), (380.0, "実績値")] {
            page = page.text(x, 100.0, text);
        }
        for row in 1..5_u8 {
            let y = 100.0 + 16.0 * f32::from(row);
            page = page.text(50.0, y, "相談の件数");
            for x in [175.0, 245.0, 315.0, 385.0] {
                page = page.text(x, y, "120");
            }
        }
        let cells = page.read();
        assert_eq!(cells.iter().filter(|cell| cell.starts_with('[')).count(), 1, "{cells:?}");
        assert!(cells.contains(&"5,4 120".to_owned()), "{cells:?}");
    }
}
