//! Takes the strips of a possible table with its rulings, says how many of them at the top are its header, where no shade
//! tells. The cells of the header are left to `header`.

use super::scene::{Area, Scene};
use super::strip::{Phrase, Strip};
use super::token::Kind;

/// Most strips of a header.
const MOST_HEADER_STRIPS: usize = 12;
/// The numbers of rows have so many digits at most, and stand so far inside the table at most, in ems.
const NUMBER: u16 = 3;
const INDENT: f32 = 3.0;
/// What stands behind a figure has so many characters at most.
const UNIT: u16 = 2;

/// How many strips at the top are header.
pub(super) fn header_strips(scene: &Scene, area: &Area, strips: &[Strip]) -> usize {
    let value_strip = |s: &Strip| is_value_strip(scene, s) || is_numbered(scene, strips, s);
    let first_value = strips.iter().position(value_strip).map(|first| {
        // Signs above figures are a header: classes A, B and C over their counts.
        let signs = strips.get(first).is_some_and(|s| figures(scene, s) == 0 && !is_numbered(scene, strips, s));
        first + usize::from(signs && strips.get(first + 1).is_some_and(|s| figures(scene, s) >= 2 && value_strip(s)))
    });
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

/// The header above the first strip with values: single labels just above it begin the body.
fn without_labels(scene: &Scene, strips: &[Strip], first: usize) -> usize {
    let mut head = first;
    let left = strips.iter().skip(first).map(|s| s.x.start).fold(f32::MAX, f32::min);
    while let Some(strip) = head.checked_sub(1).and_then(|i| strips.get(i)) {
        let single = strip.phrases(&scene.tokens, scene.space).len() == 1;
        let many_above =
            head >= 2 && strips.get(head - 2).is_some_and(|s| s.phrases(&scene.tokens, scene.space).len() >= 2);
        if single && many_above && strip.x.start < left + 1.5 * strip.size {
            head -= 1;
        } else {
            break;
        }
    }
    head
}
