//! Takes the words of one line in reading order, says which of them are characters that a typesetter has pulled apart to
//! fill a width, how many spaces are typed between two, and whether these part the entries of a list.

use crate::layout::frame::along;
use crate::layout::line::Row;
use crate::layout::script::{is_alphabetic, is_digit, is_letter};
use crate::layout::word::{Word, glyph_text};
use crate::pdf::{Glyph, Page};

/// Pitches of letter-spaced characters differ by less than this factor.
const SPREAD_RATIO: f32 = 1.7;
/// Widest pitch of letter-spaced characters, in ems: two characters may be set at both ends of a wide cell.
const SPREAD_PITCH: f32 = 16.0;
/// Pitch of characters that are not pulled apart, in ems.
const CLOSE: f32 = 1.1;
/// Widest gap of typed spaces between the entries of a list in one line (Ａ：達成　　Ｂ：未達成), in ems, and fewest entries.
const ENTRY_GAP: f32 = 2.3;
const LEAST_ENTRIES: usize = 3;

/// Whether the row has words of one glyph, two at least, that may be spread.
fn may_spread(row: &Row) -> bool {
    row.words.iter().filter(|word| word.end - word.first == 1).take(2).count() == 2
}

/// For each word of the row: whether it goes on with the word before it, as one of evenly spread characters (進 捗 状
/// 況) that a typesetter has pulled apart to fill a width. Two characters alone (合　計) are spread if nothing else
/// but a number or sign stands in the row.
///
/// Empty where none is.
pub(crate) fn spread(page: &Page, row: &Row) -> Vec<bool> {
    if !may_spread(row) {
        return Vec::new();
    }
    let mut joined = vec![false; row.words.len()];
    let kinds: Vec<Kind> = row.words.iter().map(|w| kind(page, w)).collect();
    let first = kinds.iter().position(|k| *k == Kind::Letter).unwrap_or(0);
    let numbered = kinds[..first].iter().all(|k| *k != Kind::Other);
    let alone = !kinds.iter().any(|k| matches!(k, Kind::Other | Kind::Sign));
    let mut start = if numbered && (!alone || !even(page, row, 0, first + 1)) { first } else { 0 };
    while start < kinds.len() {
        let mut end = start + 1;
        let part = |k: Option<&Kind>| k.is_some_and(|k| *k == Kind::Letter || (alone && *k == Kind::Number));
        while part(kinds.get(start)) && part(kinds.get(end)) && even(page, row, start, end) {
            end += 1;
        }
        let letters = kinds[start..end].iter().filter(|k| **k == Kind::Letter).count();
        let whole = numbered && start <= first && end == kinds.len();
        if letters >= 3 || (whole && letters == 2 && end == start + 2) {
            joined.iter_mut().take(end).skip(start + 1).for_each(|j| *j = true);
        }
        start = end;
    }
    joined
}

/// What a word can be in a letter-spaced heading.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A single ideograph or kana.
    Letter,
    /// A number of one or two digits.
    Number,
    /// A number in brackets or another sign without letters.
    Sign,
    /// Anything longer.
    Other,
}

/// What kind of word it is.
fn kind(page: &Page, word: &Word) -> Kind {
    let mut chars = word.glyphs().filter_map(|g| page.glyphs.get(g as usize)).flat_map(|g| glyph_text(page, g).chars());
    let start: (Option<char>, Option<char>, Option<char>) = (chars.next(), chars.next(), chars.next());
    match start {
        (Some(c), None, None) if is_letter(c) => Kind::Letter,
        (Some(a), b, None) if is_digit(a) && b.is_none_or(is_digit) => Kind::Number,
        (Some(a), b, c) if [Some(a), b, c].into_iter().flatten().chain(chars).all(|c| !is_alphabetic(c)) => Kind::Sign,
        _ => Kind::Other,
    }
}

/// Whether the gap before word `end` is like the one after word `start`, the first of the spread characters.
fn even(page: &Page, row: &Row, start: usize, end: usize) -> bool {
    let pitch = |i: usize| {
        let (a, b) = (row.words.get(i.wrapping_sub(1))?, row.words.get(i)?);
        Some((along(row.direction, &b.bbox).middle() - along(row.direction, &a.bbox).middle(), a.size.max(b.size)))
    };
    let spaces = |i: usize| Some(typed(page, row.words.get(i.wrapping_sub(1))?, row.words.get(i)?));
    // 実　績　　全校で: the second space ends the word.
    if matches!((spaces(start + 1), spaces(end)), (Some(first), Some(next)) if first > 0 && next > first) {
        return false;
    }
    let (Some((first, _)), Some((next, em))) = (pitch(start + 1), pitch(end)) else { return false };
    // 1 総務: what stands close behind a space is not pulled apart.
    let is_spaced = |i: usize| row.words.get(i).is_some_and(|word| word.space.is_some());
    if is_spaced(start + 1) && !is_spaced(end) && next <= CLOSE * em {
        return false;
    }
    next > 0.0 && next <= SPREAD_PITCH * em && next < SPREAD_RATIO * first && first < SPREAD_RATIO * next
}

/// How many spaces are typed between two words that follow one another in the content stream; 0 where they do not.
pub(crate) fn typed(page: &Page, before: &Word, word: &Word) -> usize {
    let between = page.glyphs.get(before.end as usize..word.first as usize).unwrap_or_default();
    let is_space = |glyph: &Glyph| glyph_text(page, glyph).chars().all(char::is_whitespace);
    if between.iter().all(is_space) { between.len() } else { 0 }
}

/// Whether the gaps of a row that are wider than `least`, in ems, are as many typed spaces each: a list that runs on in
/// one line, for between columns of entries of unlike length the gaps differ.
pub(crate) fn is_list(page: &Page, row: &Row, least: f32) -> bool {
    let start = |word: &Word| along(row.direction, &word.bbox).start;
    let gap = |[a, b]: &[&Word; 2]| start(b) - along(row.direction, &a.bbox).end;
    let pairs = row.words.iter().zip(row.words.iter().skip(1)).map(|(a, b)| [a, b]);
    let wide: Vec<[&Word; 2]> = pairs.filter(|pair| gap(pair) > least * pair[1].size).collect();
    if wide.len() + 1 < LEAST_ENTRIES {
        return false;
    }
    let spaces = |[a, b]: &[&Word; 2]| typed(page, a, b);
    let alike = wide.windows(2).all(|two| spaces(&two[0]) == spaces(&two[1]));
    let starts: Vec<f32> = row.words.first().into_iter().chain(wide.iter().map(|pair| pair[1])).map(start).collect();
    let pitches = || starts.windows(2).map(|pair| pair[1] - pair[0]);
    let unlike = pitches().fold(0.0, f32::max) - pitches().fold(f32::INFINITY, f32::min) > row.words[0].size;
    alike && unlike && wide.iter().all(|pair| spaces(pair) > 0 && gap(pair) <= ENTRY_GAP * pair[1].size)
}

#[cfg(test)]
mod tests {
    use crate::layout::made::Made;

    #[test]
    fn entries_set_off_by_two_typed_spaces_each_run_on_in_one_line() {
        let made = Made::page().text(50.0, 50.0, "評価　Ａ：達成　　Ｂ：おおむね達成した　　Ｃ：未達成");
        assert_eq!(made.read(), ["評価　Ａ：達成　Ｂ：おおむね達成した　Ｃ：未達成"]);
        let apart = Made::page().text(50.0, 50.0, "環境政策推進課　　　　書記　　広報戦略室");
        assert_eq!(apart.read(), ["環境政策推進課", "書記　広報戦略室"]);
    }
}
