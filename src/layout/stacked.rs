//! Takes the lines of a cell, gives them with stacked characters joined: a narrow cell whose text is set one character
//! below the other (基/本/目/標) reads from top to bottom as one line.

use crate::layout::script::{is_digit, is_letter};
use crate::layout::{Line, LineGlyph};

/// How far the middles of stacked characters may differ, in ems.
const STACK_DRIFT: f32 = 0.5;
/// Widest distance from one stacked character to the next, in ems: stacks are spread over tall cells.
const STACK_PITCH: f32 = 6.0;
/// Where this many times the usual distance lies between two characters, a space stands between them.
const SPACE: f32 = 1.6;
/// Fewest distances that show which is usual.
const FEWEST_PITCHES: usize = 4;

/// The same lines, those of a stack as one vertical line. A stack is the whole of a cell: at least two characters,
/// most of them ideographs or kana, one (or a number of two digits) on each line.
pub(crate) fn joined(lines: Vec<Line>) -> Vec<Line> {
    if lines.len() < 2 || !lines.iter().all(is_short) || !lines.windows(2).all(|pair| follows(&pair[0], &pair[1])) {
        return lines;
    }
    let letters = lines.iter().filter(|l| l.text.chars().all(is_letter)).count();
    if letters < 2 || 2 * letters < lines.len() {
        return lines;
    }
    let pitch = |pair: &[Line]| pair[1].bbox.center().y - pair[0].bbox.center().y;
    let pitches: Vec<f32> = lines.windows(2).map(pitch).collect();
    let mut sorted = pitches.clone();
    sorted.sort_by(f32::total_cmp);
    let usual = sorted.get(sorted.len() / 2).filter(|_| sorted.len() >= FEWEST_PITCHES);
    let spaced = |index: usize| pitches.get(index).zip(usual).is_some_and(|(pitch, usual)| *pitch > SPACE * usual);
    let mut stack = Line { vertical: true, ..Line::default() };
    for (index, line) in lines.into_iter().enumerate() {
        if index.checked_sub(1).is_some_and(spaced) {
            stack.text.push(' ');
        }
        let base = stack.text.len() as u32;
        stack.bbox = if stack.text.is_empty() { line.bbox } else { stack.bbox.union(&line.bbox) };
        stack.size = stack.size.max(line.size);
        stack.text.push_str(&line.text);
        stack.glyphs.extend(line.glyphs.iter().map(|g| LineGlyph { offset: g.offset + base, glyph: g.glyph }));
    }
    vec![stack]
}

/// Whether the line is one character, or a number of two digits.
fn is_short(line: &Line) -> bool {
    let count = line.text.chars().count();
    !line.vertical && (count == 1 || (count == 2 && line.text.chars().all(is_digit)))
}

/// Whether `lower` stands right below `upper`.
fn follows(upper: &Line, lower: &Line) -> bool {
    let em = upper.size.max(lower.size);
    let (a, b) = (upper.bbox.center(), lower.bbox.center());
    (a.x - b.x).abs() <= STACK_DRIFT * em && b.y > a.y && b.y - a.y <= STACK_PITCH * em
}
