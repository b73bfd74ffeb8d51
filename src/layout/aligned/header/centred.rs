//! Takes the phrases of a header's strips, gives them with those strips made one level that are lines of headings of
//! different lengths set in the middle of one row: 基準値 over （R3）beside 単位. Which columns they head, the rest of
//! `header` says.

use super::super::strip::Phrase;
use super::{Source, lies_between};
use crate::geom::Span;

/// The middles of headings of one row differ by less than this, in ems.
const SAME_MIDDLE: f32 = 0.3;
/// Lines of one heading have less than this many ems between them.
const LINE_BLANK: f32 = 1.0;
/// So few strips are no row: one heading has two lines, and another one stands between these.
const LEAST_STRIPS: usize = 3;
/// More strips are no row of headings.
const MOST_STRIPS: usize = 9;

/// Lines overlap when they share this part of their height.
const SHARED: f32 = 0.1;
/// Lines of so many levels before and after can reach into one.
const NEXT: usize = 2;

/// Phrases that stand in one level of a header.
#[derive(Debug, Clone)]
pub(super) struct Level {
    /// From left to right.
    pub(super) phrases: Vec<Phrase>,
    /// From the top of the highest to the bottom of the lowest.
    pub(super) y: Span,
}

/// A heading, whose lines stand one above the other.
struct Stack {
    x: Span,
    y: Span,
    /// The strip of its last line.
    strip: usize,
    tokens: Vec<u32>,
}

/// The levels, with each row of centred headings as one of them.
pub(super) fn join(source: &Source<'_>, levels: Vec<Level>) -> Vec<Level> {
    let mut joined: Vec<Level> = Vec::with_capacity(levels.len());
    let mut rest = levels.as_slice();
    while let Some((first, others)) = rest.split_first() {
        let most = rest.len().min(MOST_STRIPS);
        let found = (LEAST_STRIPS..=most).rev().find_map(|count| Some((row(source, rest.get(..count)?)?, count)));
        let (level, count) = found.unwrap_or_else(|| (first.clone(), 1));
        joined.push(level);
        rest = if count > 1 { rest.get(count..).unwrap_or_default() } else { others };
    }
    joined
}

/// The strips as one level, if every heading in them has its middle in theirs and its lines close to each other.
fn row(source: &Source<'_>, strips: &[Level]) -> Option<Level> {
    let y = Span { start: strips.first()?.y.start, end: strips.last()?.y.end };
    let mut stacks: Vec<Stack> = Vec::new();
    for (index, strip) in strips.iter().enumerate() {
        let from = stacks.len();
        for phrase in &strip.phrases {
            let mut above = stacks.iter_mut().take(from).filter(|s| s.x.overlap(phrase.x) > 0.0);
            let stack = above.next();
            if above.next().is_some() {
                return None;
            }
            match stack {
                Some(stack) => stack.go_on(source, index, strip.y, phrase)?,
                None => stacks.push(Stack { x: phrase.x, y: strip.y, strip: index, tokens: phrase.tokens.clone() }),
            }
        }
    }
    let em = strips.iter().map(|s| s.y.length()).fold(f32::MAX, f32::min);
    let centred = stacks.iter().all(|s| (s.y.middle() - y.middle()).abs() < SAME_MIDDLE * em);
    let lines = stacks.iter().any(|s| s.y.length() < y.length() - em / 2.0);
    stacks.sort_by(|a, b| a.x.start.total_cmp(&b.x.start));
    let apart = stacks.windows(2).all(|pair| matches!(pair, [a, b] if a.x.end <= b.x.start));
    let phrases = stacks.into_iter().map(|s| Phrase { tokens: s.tokens, x: s.x }).collect();
    (centred && lines && apart).then_some(Level { phrases, y })
}

/// Where the nearest texts to the left and right of a phrase stand that are beside it: in its level, and in the next ones
/// where their lines reach into its height. Of two lines at one height none is a heading over the other.
pub(super) fn beside(levels: &[Level], index: usize, phrase: &Phrase) -> (Option<Span>, Option<Span>) {
    let y = levels.get(index).map_or_else(Span::default, |level| level.y);
    let around = levels.iter().enumerate().skip(index.saturating_sub(NEXT)).take(2 * NEXT + 1);
    let beside = around.filter(|(at, level)| *at == index || level.y.overlap(y) > SHARED * y.length());
    let (mut left, mut right) = (None::<Span>, None::<Span>);
    for other in beside.flat_map(|(_, level)| &level.phrases) {
        if other.x.end <= phrase.x.start && left.is_none_or(|known| known.end < other.x.end) {
            left = Some(other.x);
        } else if other.x.start >= phrase.x.end && right.is_none_or(|known| other.x.start < known.start) {
            right = Some(other.x);
        }
    }
    (left, right)
}

impl Stack {
    /// Takes the phrase as its next line, unless it has one in that strip, or a ruling or a blank parts the two.
    fn go_on(&mut self, source: &Source<'_>, strip: usize, y: Span, phrase: &Phrase) -> Option<()> {
        let near = y.start - self.y.end < LINE_BLANK * y.length();
        let free = strip > self.strip && near && !lies_between(source, self.y, y, self.x);
        self.strip = strip;
        self.x = Span { start: self.x.start.min(phrase.x.start), end: self.x.end.max(phrase.x.end) };
        self.y.end = y.end;
        self.tokens.extend(&phrase.tokens);
        free.then_some(())
    }
}

#[cfg(test)]
mod tests {
    use crate::geom::Axis;
    use crate::layout::made::Made;

    #[test]
    fn headings_of_two_lines_and_of_one_are_one_level() {
        let mut page = Made::page();
        for (row, texts) in (0_u8..).zip([
            ["申請数", "件", "38", "74", "100"],
            ["保有率", "％", "41.6", "66.3", "75.0"],
            ["利用者数", "人", "－", "820", "1,500"],
        ]) {
            let y = 140.0 + 20.0 * f32::from(row);
            page = page.line(Axis::Horizontal, y + 16.0, 48.0, 500.0);
            for (x, text) in [50.0, 160.0, 250.0, 340.0, 430.0].into_iter().zip(texts) {
                let end = if x > 200.0 { x + 20.0 } else { x };
                page = page.text(end, y + 3.0, text);
            }
        }
        page = page.line(Axis::Horizontal, 100.0, 48.0, 500.0).line(Axis::Horizontal, 136.0, 48.0, 500.0);
        page = page
            .text(50.0, 112.0, "指標")
            .text(155.0, 112.0, "単位")
            .text(346.0, 112.0, "R4実績")
            .text(436.0, 112.0, "R5目標");
        let cells = page.text(256.0, 105.0, "基準値").text(256.0, 119.0, "（R3）").read();
        for cell in ["[4x5]", "0,1 単位", "0,2 基準値/（R3）", "0,3 R4実績", "0,4 R5目標", "1,3 74"] {
            assert!(cells.contains(&cell.to_owned()), "{cell}: {cells:?}");
        }
    }

    #[test]
    fn a_heading_over_others_leaves_out_what_stands_beside_it() {
        let mut page = Made::page();
        for (row, texts) in
            (0_u8..).zip([["申請数", "38", "74", "100"], ["保有率", "41", "66", "75"], ["利用数", "12", "820", "150"]])
        {
            let y = 140.0 + 20.0 * f32::from(row);
            page = page.line(Axis::Horizontal, y + 16.0, 48.0, 500.0);
            for (x, text) in [50.0, 210.0, 310.0, 410.0].into_iter().zip(texts) {
                page = page.text(x, y + 3.0, text);
            }
        }
        page = page.line(Axis::Horizontal, 100.0, 48.0, 500.0).line(Axis::Horizontal, 138.0, 48.0, 500.0);
        page = page.text(50.0, 113.0, "指標").text(190.0, 106.0, "基準値").text(190.0, 120.0, "（R3）");
        page = page.text(350.0, 103.0, "実績").text(300.0, 124.0, "R4").text(400.0, 124.0, "R5");
        let cells = page.read();
        for cell in ["0,2+1x2 実績", "1,2 R4", "1,3 R5"] {
            assert!(cells.contains(&cell.to_owned()), "{cell}: {cells:?}");
        }
        assert!(cells.iter().any(|cell| cell.ends_with("基準値/（R3）")), "{cells:?}");
    }

    #[test]
    fn a_year_over_one_column_leaves_the_column_beside_it_to_its_own_heading() {
        let mut page = Made::page();
        for (row, texts) in (0_u8..).zip([
            ["申請数", "38", "74", "100", "127"],
            ["保有率", "41.6", "66.3", "75.0", "74.2"],
            ["利用数", "2.1", "820", "1,500", "1,764"],
        ]) {
            let y = 140.0 + 20.0 * f32::from(row);
            page = page.line(Axis::Horizontal, y + 16.0, 48.0, 552.0);
            for (end, text) in [80.0, 245.0, 345.0, 445.0, 545.0].into_iter().zip(texts) {
                let width: f32 = text.chars().map(|c| if c.is_ascii() { 5.0 } else { 10.0 }).sum();
                page = page.text(end - width, y + 3.0, text);
            }
        }
        page = page.line(Axis::Horizontal, 100.0, 48.0, 552.0).line(Axis::Horizontal, 138.0, 48.0, 552.0);
        page = page.text(50.0, 113.0, "指標").text(185.0, 106.0, "基準値").text(185.0, 120.0, "（R3）");
        for (x, y, text) in [(295.0, 103.0, "R4"), (445.0, 103.0, "R5")] {
            page = page.text(x, y, text);
        }
        for (x, text) in [(290.0, "実績"), (390.0, "目標"), (490.0, "実績")] {
            page = page.text(x, 124.0, text);
        }
        let cells = page.read();
        for cell in ["0,2+2x1 R4/実績", "0,3+1x2 R5", "1,3 目標", "1,4 実績"] {
            assert!(cells.contains(&cell.to_owned()), "{cell}: {cells:?}");
        }
    }

    #[test]
    fn a_heading_over_others_stays_a_level_of_its_own() {
        let mut page = Made::page();
        for (row, texts) in (0_u8..).zip([
            ["申請数", "38", "74", "100"],
            ["保有率", "41", "66", "75"],
            ["利用者数", "12", "820", "150"],
        ]) {
            let y = 140.0 + 20.0 * f32::from(row);
            page = page.line(Axis::Horizontal, y + 16.0, 48.0, 500.0);
            for (x, text) in [50.0, 200.0, 300.0, 400.0].into_iter().zip(texts) {
                page = page.text(x, y + 3.0, text);
            }
        }
        page = page.line(Axis::Horizontal, 100.0, 48.0, 500.0).line(Axis::Horizontal, 136.0, 48.0, 500.0);
        page = page.text(50.0, 112.0, "指標").text(295.0, 105.0, "実績");
        for (x, text) in [(200.0, "R3"), (300.0, "R4"), (400.0, "R5")] {
            page = page.text(x, 119.0, text);
        }
        let cells = page.read();
        assert!(cells.contains(&"0,1+1x3 実績".to_owned()) && cells.contains(&"1,2 R4".to_owned()), "{cells:?}");
    }
}
