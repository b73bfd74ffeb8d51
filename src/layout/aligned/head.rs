//! Takes the strips of a possible table with its rulings, says how many of them at the top are its header, where no shade
//! tells. The cells of the header are left to `header`.

use super::numbering;
use super::scene::{Area, Scene};
use super::strip::{Phrase, Strip};
use super::token::Kind;

/// Most strips of a header.
const MOST_HEADER_STRIPS: usize = 12;
/// Lines of one heading have less than this many ems between them.
const WRAP_BLANK: f32 = 0.5;
/// Headings between rows begin this near to one another, in ems.
const SAME_LEFT: f32 = 0.2;
/// The numbers of rows have so many digits at most, and stand so far inside the table at most, in ems.
const NUMBER: u16 = 3;
const INDENT: f32 = 3.0;
/// What stands behind a figure has so many characters at most.
const UNIT: u16 = 2;

/// How many strips at the top are header.
pub(super) fn header_strips(scene: &Scene, area: &Area, strips: &[Strip]) -> usize {
    let value_strip = |s: &Strip| is_value_strip(scene, s) || is_numbered(scene, strips, s);
    let row = |at: usize| strips.get(at).is_some_and(value_strip) && !is_broken_off(scene, strips, at);
    let valued = (0..strips.len()).find(|at| row(*at)).map(|first| {
        // Signs above figures are a header: classes A, B and C over their counts.
        let signs = strips.get(first).is_some_and(|s| figures(scene, s) == 0 && !is_numbered(scene, strips, s));
        first + usize::from(signs && strips.get(first + 1).is_some_and(|s| figures(scene, s) >= 2 && value_strip(s)))
    });
    let numbered = numbering::first(scene, strips).map(|at| row_top(strips, at)).filter(|at| *at > 0);
    let first_value = valued.into_iter().chain(numbered).min();
    let by_text =
        first_value.map_or_else(|| usize::from(strips.len() > 1), |first| without_labels(scene, strips, first));
    let topped = area.rules.first().is_some_and(|&y| strips.first().is_some_and(|s| y < s.y.middle()));
    let ruled = area.rules.iter().map(|&y| strips.partition_point(|s| s.y.middle() < y)).find(|&n| n > 0);
    let parted = ruled
        .filter(|&n| topped && n < strips.len())
        .filter(|&n| 2 * (area.rules.len().saturating_sub(2)) > strips.len() - n);
    match ruled {
        // Where rules part the rows, the first of them ends the header.
        Some(n) if parted.is_some() && n <= MOST_HEADER_STRIPS => n,
        // Figures such as classes of amounts also stand in headers: a rule above and one below say more.
        Some(n) if topped && 2 * n <= strips.len() && n <= first_value.unwrap_or(0) + 2 => {
            if by_text > 0 && are_rows(scene, strips, by_text, n) { by_text } else { n }
        }
        Some(n)
            if n < strips.len() && n <= by_text.max(first_value.unwrap_or(usize::MAX)) && n <= MOST_HEADER_STRIPS =>
        {
            n
        }
        _ => by_text,
    }
}

/// The first strip of the row that the number in strip `at` stands in the middle of, where wide blanks part rows.
fn row_top(strips: &[Strip], at: usize) -> usize {
    let close = |pair: &[Strip]| matches!(pair, [a, b] if b.y.start - a.y.end < WRAP_BLANK * b.size);
    let lines = strips.get(..=at).unwrap_or_default().windows(2).rev().take_while(|pair| close(pair)).count();
    if lines < at { at - lines } else { at }
}

/// Whether figures without a label close below a strip of words go on with that: 令和 over ４年.
fn is_broken_off(scene: &Scene, strips: &[Strip], at: usize) -> bool {
    let (Some(before), Some(strip)) = (at.checked_sub(1).and_then(|i| strips.get(i)), strips.get(at)) else {
        return false;
    };
    let left = strips.iter().map(|s| s.x.start).fold(f32::MAX, f32::min);
    strip.x.start > left + INDENT * strip.size
        && strip.y.start - before.y.end < WRAP_BLANK * strip.size
        && figures(scene, before) == 0
        && before.phrases(&scene.tokens, scene.space).len() > strip.phrases(&scene.tokens, scene.space).len()
}

/// Whether the strips from `from` on above a rule are rows already: bands of colour under every other row leave the first
/// row with the header. Each begins at the left with words, as classes in a header do not, and has as many values as the
/// first strip below.
fn are_rows(scene: &Scene, strips: &[Strip], from: usize, to: usize) -> bool {
    let values = |s: &Strip| {
        let phrases = s.phrases(&scene.tokens, scene.space);
        let is_value = |i: &u32| scene.tokens.get(*i as usize).is_some_and(|t| t.kind.is_value());
        phrases.iter().skip(1).filter(|p| p.tokens.iter().all(is_value)).count()
    };
    let (Some(own), Some(below)) = (strips.get(from..to), strips.get(to)) else { return false };
    let left = strips.iter().map(|s| s.x.start).fold(f32::MAX, f32::min);
    let labelled = |s: &Strip| {
        let first = s.tokens.first().and_then(|&i| scene.tokens.get(i as usize));
        s.x.start < left + 1.5 * s.size && first.is_some_and(|token| token.kind == Kind::Text)
    };
    own.iter().all(|s| is_value_strip(scene, s) && labelled(s) && values(s) == values(below))
}

/// Whether a strip holds values beside its label.
fn is_value_strip(scene: &Scene, strip: &Strip) -> bool {
    let phrases = strip.split(&scene.tokens, (1.5 * scene.space).max(0.38));
    let (mut values, mut years, mut all) = (0_usize, 0_usize, 0_usize);
    for phrase in phrases.iter().skip(1) {
        let kinds = || phrase.tokens.iter().filter_map(|&i| scene.tokens.get(i as usize)).map(|t| t.kind);
        all += 1;
        values += usize::from(kinds().all(Kind::is_value) || is_measure(scene, phrase));
        years += usize::from(kinds().all(|k| k == Kind::Year));
    }
    2 * values > all && years < values
}

/// Whether a phrase is a figure and a short word after a gap: 140 以上.
fn is_measure(scene: &Scene, phrase: &Phrase) -> bool {
    let mut tokens = phrase.tokens.iter().filter_map(|&i| scene.tokens.get(i as usize));
    tokens.next().is_some_and(|t| t.kind == Kind::Figure) && tokens.map(|t| t.chars).sum::<u16>() <= UNIT
}

/// Whether a strip is a row that begins with its number, and with words after it.
fn is_numbered(scene: &Scene, strips: &[Strip], strip: &Strip) -> bool {
    let left = strips.iter().map(|s| s.x.start).fold(f32::MAX, f32::min);
    let phrases = strip.phrases(&scene.tokens, scene.space);
    let [first, second, _, ..] = phrases.as_slice() else { return false };
    let only = |phrase: &Phrase| match phrase.tokens.as_slice() {
        [index] => scene.tokens.get(*index as usize).copied(),
        _ => None,
    };
    let number = only(first).is_some_and(|t| t.number.is_some_and(|n| n.fract() == 0.0) && t.chars <= NUMBER);
    let worded = second.tokens.iter().any(|&i| scene.tokens.get(i as usize).is_some_and(|t| t.kind == Kind::Text));
    first.x.start < left + INDENT * strip.size && number && worded
}

/// How many figures the strip has beside its label.
fn figures(scene: &Scene, strip: &Strip) -> usize {
    strip
        .tokens
        .iter()
        .skip(1)
        .filter(|&&i| scene.tokens.get(i as usize).is_some_and(|t| t.kind == Kind::Figure))
        .count()
}

/// The header above the first strip with values: single labels just above it begin the body. A label of which others
/// stand among the rows begins it below a header of several lines, too.
fn without_labels(scene: &Scene, strips: &[Strip], first: usize) -> usize {
    let mut head = first;
    let left = strips.iter().skip(first).map(|s| s.x.start).fold(f32::MAX, f32::min);
    let is_label =
        |strip: &Strip| strip.x.start < left + 1.5 * strip.size && strip.phrases(&scene.tokens, scene.space).len() == 1;
    let has_several = |strip: &Strip| strip.phrases(&scene.tokens, scene.space).len() >= 2;
    while let Some((at, strip)) = head.checked_sub(1).and_then(|i| Some((i, strips.get(i)?))) {
        let again = |other: &Strip| is_label(other) && (other.x.start - strip.x.start).abs() < SAME_LEFT * strip.size;
        let below_header = at.checked_sub(1).and_then(|i| strips.get(i)).is_some_and(has_several)
            || strips.iter().take(at).any(has_several) && strips.iter().skip(first).any(again);
        if !is_label(strip) || !below_header {
            break;
        }
        head = at;
    }
    head
}

#[cfg(test)]
mod tests {
    use crate::layout::made::Made;

    #[test]
    fn the_first_heading_between_rows_stands_below_a_header_of_two_lines() {
        let mut page = Made::page();
        let header = [(50.0, "指標名"), (200.0, "基準値（令和２"), (300.0, "令和３年度"), (380.0, "令和４年度")];
        for (x, text) in header {
            page = page.text(x, 100.0, text);
        }
        page = page.text(200.0, 112.0, "年度）");
        for (top, heading) in [(130.0, "基本目標１　暮らし"), (190.0, "基本目標２　働き方")] {
            page = page.text(50.0, top, heading);
            for (row, name) in (1_u8..).zip(["移住者数", "就農者数", "相談件数"]) {
                let y = top + 15.0 * f32::from(row);
                page = page.text(50.0, y, name).text(220.0, y, "44").text(315.0, y, "195").text(395.0, y, "112");
            }
        }
        let cells = page.read();
        assert!(cells.contains(&"0,0 指標名".to_owned()), "{cells:?}");
        assert!(cells.contains(&"0,1 基準値（令和２/年度）".to_owned()), "{cells:?}");
        assert!(cells.contains(&"1,0 基本目標１　暮らし".to_owned()), "{cells:?}");
    }
}
