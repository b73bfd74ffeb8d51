//! Takes the glyphs of a page, gives words: glyphs that follow one another in the content stream without a gap. Words
//! are what tables and lines move about; a word is never torn except where two cells each hold a part of it. Which
//! words make a line is left to `line`.

use crate::geom::{Axis, Rect, Span};
use crate::layout::frame::{across, along};
use crate::layout::pitch::Gridded;
use crate::layout::script::is_inked;
use crate::pdf::{Direction, Glyph, Page, Visibility};
use std::borrow::Cow;

/// Widest gap inside a word, in ems: spaces of Latin fonts are 0.2 em and wider, justified ones 0.15.
const WORD_GAP: f32 = 0.15;
/// How far a glyph may begin before the end of the one before it, in ems: closed-up punctuation (約物半角) takes half.
const WORD_OVERLAP: f32 = 0.6;
/// How far the middles of two glyphs of a word may differ across the line, in ems; more is a raised note mark.
const WORD_DRIFT: f32 = 0.25;
/// Sizes of two glyphs of one word differ by less than this factor.
const WORD_SIZE_RATIO: f32 = 1.34;

/// Consecutive glyphs without white space or a gap between them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Word {
    /// Index of its first glyph in [`Page::glyphs`].
    pub(crate) first: u32,
    /// One more than the index of its last glyph.
    pub(crate) end: u32,
    /// The white space glyph just before it in the content stream.
    pub(crate) space: Option<u32>,
    /// Around its glyphs.
    pub(crate) bbox: Rect,
    /// Where its next glyph would stand.
    pub(crate) direction: Direction,
    /// Writing mode 1.
    pub(crate) vertical: bool,
    /// Font size in points.
    pub(crate) size: f32,
    /// How many of its glyphs a reader sees.
    pub(crate) visible: u32,
    /// Whether the text of each of its glyphs is known to begin where that of the one before it ends.
    pub(crate) in_sequence: bool,
}

/// The text of one glyph.
pub(crate) fn glyph_text<'a>(page: &'a Page, glyph: &Glyph) -> &'a str {
    let start = glyph.start as usize;
    page.text.get(start..start.saturating_add(usize::from(glyph.length))).unwrap_or_default()
}

/// The words of `page` in the order of its content stream. Glyphs in `shadows` (ascending) are left out.
pub(crate) fn words(page: &Page, shadows: &[u32]) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::with_capacity(page.glyphs.len() / 4 + 1);
    // The last glyph of the last word, as long as that may go on.
    let mut open: Option<Last> = None;
    let mut space = None;
    let mut shadows = shadows;
    let gridded = Gridded::new(page);
    let mut style = Style::of(page, 0);
    let mut index = 0;
    while let Some(glyph) = page.glyphs.get(index as usize) {
        let own = index;
        index += 1;
        if let Some((_, rest)) = shadows.split_first().filter(|(first, _)| **first == own) {
            shadows = rest;
            continue;
        }
        let text = glyph_text(page, glyph);
        if !is_inked(text.as_bytes()) && text.chars().all(char::is_whitespace) {
            if !text.is_empty() {
                open = None;
                space = Some(own);
            }
            continue;
        }
        if style.run != glyph.run {
            style = Style::of(page, glyph.run);
        }
        let next = style.word(own, glyph);
        match words.last_mut().zip(open).filter(|(word, _)| word.end == own) {
            Some((word, last)) if continues(word, &last.bbox, &next) => {
                word.end = index;
                word.bbox = word.bbox.union(&next.bbox);
                word.visible += next.visible;
                word.in_sequence &= last.text == glyph.start;
            }
            _ => words.push(Word { space: space.take(), ..next }),
        }
        let last = Last { bbox: gridded.place(page, glyph, next.bbox), text: end_of_text(glyph) };
        open = match words.last_mut().filter(|_| gridded.is_empty()) {
            Some(word) => {
                let until = shadows.first().map_or(page.glyphs.len(), |shadow| *shadow as usize);
                let last = style.lengthen(page, until, word, last);
                index = word.end;
                Some(last)
            }
            None => Some(last),
        };
    }
    words
}

/// What the next glyph of a word is measured by.
#[derive(Clone, Copy)]
struct Last {
    /// Where the last glyph of the word stands.
    bbox: Rect,
    /// Where its text ends in the text of the page.
    text: u32,
}

/// Where the text of a glyph ends in the text of its page.
fn end_of_text(glyph: &Glyph) -> u32 {
    glyph.start.saturating_add(u32::from(glyph.length))
}

/// What the glyphs of a run share as words of their own.
struct Style {
    run: u32,
    direction: Direction,
    vertical: bool,
    size: f32,
}

impl Style {
    fn of(page: &Page, index: u32) -> Self {
        let run = page.runs.get(index as usize);
        Self {
            run: index,
            direction: run.map_or(Direction::Right, |r| r.direction),
            vertical: run.is_some_and(|r| r.vertical),
            size: run.map_or(0.0, |r| r.size).max(f32::MIN_POSITIVE),
        }
    }

    fn word(&self, index: u32, glyph: &Glyph) -> Word {
        Word {
            first: index,
            end: index + 1,
            space: None,
            bbox: if glyph.bbox.is_finite() { glyph.bbox } else { Rect::default() },
            direction: self.direction,
            vertical: self.vertical,
            size: self.size,
            visible: u32::from(glyph.visibility == Visibility::Visible),
            in_sequence: true,
        }
    }

    /// Whether another run is of this style.
    fn is_shared(&self, page: &Page, run: u32) -> bool {
        let other = Self::of(page, run);
        (other.direction, other.vertical) == (self.direction, self.vertical) && other.size == self.size
    }

    /// Adds to `word`, whose last glyph is of this style, the glyphs before `until` that plainly go on with it, and gives
    /// the last of them: nearly all stand at the same height to the point, and their bytes show that they are no white
    /// space. It stops where only [`continues`] knows.
    fn lengthen(&mut self, page: &Page, until: usize, word: &mut Word, last: Last) -> Last {
        if self.direction != Direction::Right || word.size != self.size {
            return last;
        }
        let (y0, y1) = (last.bbox.y0, last.bbox.y1);
        let text = page.text.as_bytes();
        let (mut run, mut count, mut visible, mut in_sequence) = (self.run, 0, 0, true);
        let (mut before, mut end, mut right) = (last.bbox.span(Axis::Horizontal), last.text, word.bbox.x1);
        for glyph in page.glyphs.get(word.end as usize..until).unwrap_or_default() {
            let after = glyph.bbox.span(Axis::Horizontal);
            let start = glyph.start as usize;
            let goes_on = glyph.bbox.y0 == y0
                && glyph.bbox.y1 == y1
                && after.end.is_finite()
                && is_close(before, after, self.size)
                && text.get(start..start + usize::from(glyph.length)).is_some_and(is_inked)
                && (glyph.run == run || self.is_shared(page, glyph.run));
            if !goes_on {
                break;
            }
            count += 1;
            visible += u32::from(glyph.visibility == Visibility::Visible);
            in_sequence &= end == glyph.start;
            right = ordered(right, after.end).1;
            (run, before, end) = (glyph.run, after, end_of_text(glyph));
        }
        self.run = run;
        word.end += count;
        word.visible += visible;
        word.in_sequence &= in_sequence;
        word.bbox.x1 = right;
        Last { bbox: Rect { x0: before.start, y0, x1: before.end, y1 }, text: end }
    }
}

/// A word of one glyph.
pub(crate) fn single(page: &Page, index: u32, glyph: &Glyph) -> Word {
    Style::of(page, glyph.run).word(index, glyph)
}

/// Whether `next` goes on with `word`, whose last glyph stands in `last`.
fn continues(word: &Word, last: &Rect, next: &Word) -> bool {
    if (word.direction, word.vertical) != (next.direction, next.vertical) {
        return false;
    }
    let (least, em) = ordered(word.size, next.size);
    let (before, after) = (along(word.direction, last), along(word.direction, &next.bbox));
    let drift = across(word.direction, last).middle() - across(word.direction, &next.bbox).middle();
    em < WORD_SIZE_RATIO * least && drift.abs() <= WORD_DRIFT * em && is_close(before, after, em)
}

/// Whether a glyph begins where the one before it ends, and is not the same drawn again.
fn is_close(before: Span, after: Span, em: f32) -> bool {
    let gap = after.start - before.end;
    let shorter = ordered(before.length(), after.length()).0;
    let drawn_again = after.start - before.start < 0.5 * shorter;
    (-WORD_OVERLAP * em..=WORD_GAP * em).contains(&gap) && !drawn_again
}

/// Two numbers, the lower one first.
fn ordered(a: f32, b: f32) -> (f32, f32) {
    if b < a { (b, a) } else { (a, b) }
}

impl Word {
    /// Its text: borrowed where its glyphs follow one another in the text of the page, as nearly all do.
    pub(crate) fn text<'a>(&self, page: &'a Page) -> Cow<'a, str> {
        match self.stretch(page) {
            Some((text, _)) => text.into(),
            None => self.glyph_list(page).iter().map(|glyph| glyph_text(page, glyph)).collect::<String>().into(),
        }
    }

    /// Its text and where it begins in the text of the page, if its glyphs follow one another there.
    pub(crate) fn stretch<'a>(&self, page: &'a Page) -> Option<(&'a str, u32)> {
        let glyphs = self.glyph_list(page);
        let (first, last) = (glyphs.first()?, glyphs.last()?);
        let stretch = first.start as usize..end_of_text(last) as usize;
        let text = if self.in_sequence { page.text.get(stretch)? } else { return None };
        Some((text, first.start))
    }

    /// Its glyphs.
    pub(crate) fn glyph_list<'a>(&self, page: &'a Page) -> &'a [Glyph] {
        page.glyphs.get(self.first as usize..self.end as usize).unwrap_or_default()
    }

    /// Indices of its glyphs.
    pub(crate) fn glyphs(&self) -> std::ops::Range<u32> {
        self.first..self.end
    }
}
