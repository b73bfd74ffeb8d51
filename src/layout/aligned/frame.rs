//! Takes horizontal rulings of equal extent, gives the areas of tables between them: tables with rules above and below
//! and under the header, or under every row. Bands that hold running text part two tables.

use super::above::header_above;
use super::below::row_below;
use super::coloured::{self, begins_with_header, is_header, only_headers};
use super::parted::{split, usual};
use super::scene::{Area, Rule, Scene};
use super::strip::{Phrase, Strip, strips};
use super::token::{Kind, Token};
use crate::geom::Span;

/// Rulings of one table begin and end within this distance of one another, in points.
pub(super) const SAME_EXTENT: f32 = 3.0;
/// Rulings closer than this are one double ruling, in points.
pub(super) const DOUBLE: f32 = 3.5;
/// A bullet or the number of a heading stands at most so far before its text, in ems.
const LEAD: f32 = 1.2;
/// A sign right before a longer text is that of a note or of a list, in ems.
const NOTE: f32 = 18.0;
/// The narrowest table, in points.
const LEAST_WIDTH: f32 = 60.0;
/// A line of running text fills more than this share of the width.
const PROSE_FILL: f32 = 0.62;
/// Most rulings of one table.
const MOST_RULINGS: usize = 400;
/// A blank of this many ems parts two tables.
const TORN: f32 = 2.0;
/// The narrowest column that rulings leave out, in points.
const LEAST_COLUMN: f32 = 15.0;
/// Most sets of rulings that are looked at on one page.
const MOST_FRAMES: usize = 120;

/// Rulings that begin and end alike.
struct Frame {
    x: Span,
    heights: Vec<f32>,
}

/// What stands between two rulings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    Empty,
    Entries,
    Single,
    Prose,
}

/// A stretch between two rulings of a frame.
pub(super) struct Band {
    pub(super) y: Span,
    pub(super) content: Content,
    pub(super) strips: Vec<Strip>,
}

/// The areas that rulings frame, the most ruled first. `order` lists the tokens by the middle of their heights.
pub(crate) fn areas(scene: &Scene, order: &[u32]) -> Vec<Area> {
    let mut found = Vec::new();
    for frame in frames(&scene.across) {
        let bands = split(scene, frame.x, bands(scene, &frame, order));
        for run in runs(frame.x, &bands) {
            found.extend(area(scene, &frame, &bands, run, order));
        }
    }
    found
}

fn frames(rules: &[Rule]) -> Vec<Frame> {
    let mut sorted: Vec<Rule> = rules.iter().copied().filter(|r| r.span.length() >= LEAST_WIDTH).collect();
    sorted.sort_by(|a, b| a.span.start.total_cmp(&b.span.start).then(a.position.total_cmp(&b.position)));
    let mut frames: Vec<Frame> = Vec::new();
    for rule in sorted {
        let same = frames
            .iter_mut()
            .rev()
            .take_while(|f| rule.span.start - f.x.start <= SAME_EXTENT)
            .find(|f| (f.x.end - rule.span.end).abs() <= SAME_EXTENT);
        match same {
            Some(frame) => frame.heights.push(rule.position),
            None => frames.push(Frame { x: rule.span, heights: vec![rule.position] }),
        }
    }
    for frame in &mut frames {
        frame.heights.sort_by(f32::total_cmp);
        frame.heights.dedup_by(|b, a| *b - *a < DOUBLE);
    }
    frames.retain(|f| f.heights.len() >= 2 && f.heights.len() < MOST_RULINGS);
    frames.sort_by(|a, b| b.heights.len().cmp(&a.heights.len()).then(a.x.start.total_cmp(&b.x.start)));
    frames.truncate(MOST_FRAMES);
    widest_first(&mut frames);
    frames
}

/// Moves each frame before those that only leave out its first columns: their rulings part the rows beside merged cells.
fn widest_first(frames: &mut Vec<Frame>) {
    for index in 1..frames.len() {
        let Some(wide) = frames.get(index) else { break };
        let holds = |narrow: &Frame| {
            let inside = |y: &&f32| wide.heights.first() < Some(y) && Some(y) < wide.heights.last().as_ref();
            let within = narrow.heights.iter().filter(inside).count();
            wide.x.start + LEAST_COLUMN < narrow.x.start
                && (wide.x.end - narrow.x.end).abs() <= SAME_EXTENT
                && within * 2 > narrow.heights.len()
                && wide.heights.len() > 2
        };
        if let Some(first) = frames.iter().take(index).position(holds) {
            let wide = frames.remove(index);
            frames.insert(first, wide);
        }
    }
}

/// Indices of the tokens in the rectangle, from top to bottom.
pub(crate) fn tokens_in(scene: &Scene, order: &[u32], x: Span, y: Span) -> Vec<u32> {
    let middle = |i: u32| scene.tokens.get(i as usize).map_or(0.0, |t| t.bbox.center().y);
    let from = order.partition_point(|&i| middle(i) < y.start);
    order
        .get(from..)
        .unwrap_or_default()
        .iter()
        .copied()
        .take_while(|&i| middle(i) <= y.end)
        .filter(|&i| {
            scene.tokens.get(i as usize).is_some_and(|t| {
                let slack = 0.3 * t.size;
                let at = t.bbox.center().x;
                x.start - slack <= at
                    && at <= x.end + slack
                    && t.kind != Kind::Leader
                    && t.bbox.width() <= x.length() + 4.0 * slack
            })
        })
        .collect()
}

fn bands(scene: &Scene, frame: &Frame, order: &[u32]) -> Vec<Band> {
    frame
        .heights
        .windows(2)
        .filter_map(|pair| match pair {
            [a, b] => Some(Span { start: *a, end: *b }),
            _ => None,
        })
        .map(|y| {
            let chosen = tokens_in(scene, order, frame.x, y);
            let strips = strips(&scene.tokens, &chosen);
            Band { y, content: content(scene, frame.x, &strips), strips }
        })
        .collect()
}

pub(super) fn content(scene: &Scene, x: Span, strips: &[Strip]) -> Content {
    if strips.is_empty() {
        return Content::Empty;
    }
    let (mut several, mut prose) = (0_usize, 0_usize);
    for strip in strips {
        let phrases = strip.phrases(&scene.tokens, scene.space);
        several += usize::from(phrases.len() >= 2 && !is_list_item(scene, &phrases, x));
        let words: usize = phrases.first().map_or(0, |p| p.tokens.len());
        let long = phrases.len() == 1
            && strip.x.length() > PROSE_FILL * x.length()
            && (words >= 5 || strip.x.length() > 15.0 * strip.size);
        prose += usize::from(long);
    }
    if prose > 0 && 3 * prose >= strips.len() {
        return Content::Prose;
    }
    if is_torn(strips) {
        return Content::Prose;
    }
    if several > 0 { Content::Entries } else { Content::Single }
}

/// Whether a wide blank runs through the strips: the foot of one table and the head of the next.
fn is_torn(strips: &[Strip]) -> bool {
    let mut blanks: Vec<f32> = strips
        .windows(2)
        .filter_map(|pair| match pair {
            [a, b] => Some((b.y.start - a.y.end) / a.size.max(b.size).max(1.0)),
            _ => None,
        })
        .collect();
    blanks.sort_by(f32::total_cmp);
    let usual = blanks.get(blanks.len() / 2).copied().unwrap_or(0.0);
    blanks.len() >= 3 && blanks.last().is_some_and(|&widest| widest > TORN && widest > 2.0 * usual + 1.0)
}

/// Whether nothing but a bullet or a short number stands right before the second of two phrases.
pub(super) fn is_led(scene: &Scene, first: &Phrase, second: &Phrase) -> bool {
    let size = first.tokens.first().and_then(|&i| scene.tokens.get(i as usize)).map_or(0.0, |token| token.size);
    let leads = |&i: &u32| scene.tokens.get(i as usize).is_some_and(|t| t.kind == Kind::Bullet || t.chars <= 3);
    first.tokens.iter().all(leads) && second.x.start - first.x.end <= LEAD * size
}

/// A bullet or a number and a line of text.
fn is_list_item(scene: &Scene, phrases: &[Phrase], x: Span) -> bool {
    let [first, second] = phrases else { return false };
    let sign = |&i: &u32| scene.tokens.get(i as usize).filter(|t| matches!(t.kind, Kind::Bullet | Kind::Mark));
    // A note with its mark, ※.
    if let Some(sign) = first.tokens.first().and_then(sign)
        && first.tokens.len() == 1
        && second.x.length() > NOTE * sign.size
        && is_led(scene, first, second)
    {
        return true;
    }
    let short = first
        .tokens
        .iter()
        .all(|&i| scene.tokens.get(i as usize).is_some_and(|t| t.kind == Kind::Bullet || t.chars <= 4));
    short && second.x.length() > 0.6 * x.length()
}

/// Runs of neighbouring bands that can be one table, as ranges of bands.
fn runs(x: Span, bands: &[Band]) -> Vec<std::ops::Range<usize>> {
    let usual = usual(x, bands);
    let mut runs = Vec::new();
    let mut start = 0;
    let mut index = 0;
    let typical = typical_height(bands);
    while index < bands.len() {
        let Some(band) = bands.get(index) else { break };
        let em = band.strips.iter().map(|s| s.size).fold(0.0, f32::max).max(1.0);
        let low = band.y.length() < 3.2 * em;
        let gap_before = band.strips.first().map_or(0.0, |s| s.y.start - band.y.start);
        let gap_after = band.strips.last().map_or(0.0, |s| band.y.end - s.y.end);
        let loose = |gap: f32| gap > 1.3 * em && typical < 3.0 * em;
        let fits = match band.content {
            Content::Entries => !loose(gap_before),
            Content::Single => {
                low && band.strips.len() == 1 && !loose(gap_before) && !band.strips.iter().any(|s| usual.heads(x, s))
            }
            Content::Empty => band.y.length() < 0.8 * typical.max(8.0),
            Content::Prose => false,
        };
        if !fits {
            runs.push(start..index);
            start = index + 1;
        } else if loose(gap_after) {
            runs.push(start..index + 1);
            start = index + 1;
        }
        index += 1;
    }
    runs.push(start..bands.len());
    runs.retain(|run| bands.get(run.clone()).is_some_and(|b| b.iter().any(|b| b.content == Content::Entries)));
    runs
}

fn typical_height(bands: &[Band]) -> f32 {
    let mut heights: Vec<f32> = bands.iter().filter(|b| b.content != Content::Empty).map(|b| b.y.length()).collect();
    heights.sort_by(f32::total_cmp);
    heights.get(heights.len() / 2).copied().unwrap_or(0.0)
}

fn area(scene: &Scene, frame: &Frame, bands: &[Band], run: std::ops::Range<usize>, order: &[u32]) -> Option<Area> {
    let part = bands.get(run)?;
    let (first, last) = (part.first()?, part.last()?);
    if only_headers(scene, frame.x, part) || is_header(scene, frame.x, part, order) {
        return None;
    }
    // Text that a double ruling at the foot crosses stands between its two lines.
    let mut y = Span { start: first.y.start, end: last.y.end + DOUBLE };
    let mut rules: Vec<f32> = part.iter().map(|b| b.y.start).collect();
    rules.push(last.y.end);
    let padding = coloured::padding(scene, frame.x, last);
    match row_below(scene, frame.x, last.y.end, order, (&entries_of(scene, last), padding)) {
        // A header alone is that of another table, too.
        Some((_, more)) if more || part.iter().filter(|b| b.content != Content::Empty).count() == 1 => return None,
        Some((end, _)) => y.end = end,
        None => {}
    }
    let above = if begins_with_header(scene, frame.x, part) { None } else { header_above(scene, frame.x, part, order) };
    if let Some(start) = above {
        y.start = start;
    }
    Some(Area { x: frame.x, rules, tokens: tokens_in(scene, order, frame.x, y) })
}

/// The entries of a band's fullest line.
fn entries_of(scene: &Scene, band: &Band) -> Vec<Phrase> {
    let lines = band.strips.iter().map(|strip| strip.phrases(&scene.tokens, scene.space));
    lines.max_by_key(Vec::len).unwrap_or_default()
}

pub(super) fn is_value(scene: &Scene, phrase: &Phrase) -> bool {
    let value = |t: &Token| matches!(t.kind, Kind::Figure | Kind::Mark);
    phrase.tokens.iter().all(|&i| scene.tokens.get(i as usize).is_some_and(value))
}

/// Whether there are three entries or more and each begins, ends or is centred where the entry of the row below is.
pub(super) fn stands_over(heads: &[Phrase], row: &[Phrase], em: f32) -> bool {
    let near = |a: f32, b: f32| (a - b).abs() < 0.5 * em;
    let over = |a: Span, b: Span| near(a.start, b.start) || near(a.end, b.end) || near(a.middle(), b.middle());
    heads.len() >= 3 && heads.len() == row.len() && heads.iter().zip(row).all(|(head, entry)| over(head.x, entry.x))
}

#[cfg(test)]
mod tests {
    use crate::geom::Rect;
    use crate::layout::made::Made;

    #[test]
    fn coloured_headers_of_two_tables_frame_no_table() {
        let mut page = Made::page();
        for (top, names) in [(100.0, ["照明", "空調", "給水", "配管"]), (240.0, ["分別", "回収", "堆肥", "古紙"])]
        {
            page = page.text(50.0, top - 22.0, "取組の状況").fill(Rect::new(48.0, top - 4.0, 460.0, top + 14.0));
            for (x, text) in [(50.0, "取組項目"), (200.0, "担当課"), (300.0, "R4年度"), (400.0, "R5年度")] {
                page = page.text(x, top, text);
            }
            for (row, name) in (1_u8..).zip(names) {
                let y = top + 20.0 * f32::from(row);
                page = page.text(50.0, y, name).text(200.0, y, "環境課").text(310.0, y, "A").text(410.0, y, "B");
            }
        }
        let cells = page.read();
        assert_eq!(cells.iter().filter(|c| *c == "[5x4]").count(), 2, "{cells:?}");
        assert_eq!(cells.iter().filter(|c| *c == "取組の状況").count(), 2, "{cells:?}");
    }

    #[test]
    fn a_coloured_header_of_two_levels_stays_with_its_rows() {
        let mut page = Made::page();
        for (x0, x1, y0, y1) in [
            (48.0, 200.0, 95.0, 131.0),
            (200.0, 270.0, 95.0, 131.0),
            (270.0, 410.0, 95.0, 113.0),
            (270.0, 340.0, 113.0, 131.0),
            (340.0, 410.0, 113.0, 131.0),
        ] {
            page = page.fill(Rect::new(x0, y0, x1, y1));
        }
        page = page.text(50.0, 108.0, "指標名").text(205.0, 108.0, "基準値（H28）").text(315.0, 99.0, "実績値");
        page = page.text(290.0, 117.0, "H29").text(360.0, 117.0, "H30");
        for (top, heading) in [(142.0, "基本目標１参画の推進"), (202.0, "基本目標２行政運営")] {
            page = page.text(50.0, top, heading);
            for (row, name) in (1_u8..).zip(["移住者数", "就農者数"]) {
                let y = top + 18.0 * f32::from(row);
                page = page.text(50.0, y, name).text(240.0, y, "31").text(310.0, y, "42").text(380.0, y, "53");
            }
        }
        let cells = page.read();
        assert!(cells.contains(&"[8x4]".to_owned()), "{cells:?}");
        assert!(cells.contains(&"1,2 H29".to_owned()) && cells.contains(&"7,3 53".to_owned()), "{cells:?}");
    }
}
