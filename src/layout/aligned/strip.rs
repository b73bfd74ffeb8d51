//! Takes tokens, gives strips: the tokens that stand side by side at one height, left to right. It leaves to `column`
//! where the strips' gaps make columns.

use super::token::{Kind, Token};
use crate::geom::{Axis, Rect, Span};

/// Tokens belong to one strip when their heights overlap by this share of the lower one.
const SHARED_HEIGHT: f32 = 0.5;
/// Space between words where a page has too few to measure, in ems: Latin fonts set 0.25 to 0.3.
const USUAL_SPACE: f32 = 0.3;
/// A wider gap than this many usual spaces ends a phrase.
const PHRASE_SPACES: f32 = 2.2;
/// A gap of this many ems may still be a space between words of one phrase, whatever the page's usual space.
const PHRASE_GAP: f32 = 0.72;

/// An em space between Japanese words, in ems.
const EM_SPACE: f32 = 1.15;

/// Lines of one row overlap in height by this many ems or more.
const LEAST_SHARED: f32 = 0.1;
/// A bundle of so many tokens takes no more strips: two columns of running text are no row.
const MOST_BUNDLED: usize = 60;

/// Most phrases and strips have no more tokens than these, in which the least piece of memory has room.
const USUAL_TOKENS: usize = 6;

/// Tokens at one height.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Strip {
    /// Indices of its tokens, left to right.
    pub(crate) tokens: Vec<u32>,
    /// From the top of its highest token to the bottom of its lowest.
    pub(crate) y: Span,
    /// From its leftmost token to its rightmost.
    pub(crate) x: Span,
    /// Largest font size of its tokens, in points.
    pub(crate) size: f32,
}

/// Consecutive tokens of a strip without a wide gap: a piece of running text or one entry of a table.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Phrase {
    /// Indices of its tokens, left to right.
    pub(crate) tokens: Vec<u32>,
    /// Its extent.
    pub(crate) x: Span,
}

/// The strips of the tokens that `chosen` lists, from top to bottom.
pub(crate) fn strips(tokens: &[Token], chosen: &[u32]) -> Vec<Strip> {
    let mut order: Vec<i64> =
        chosen.iter().filter_map(|&i| tokens.get(i as usize).map(|token| rank(middle(token), i))).collect();
    order.sort_unstable();
    let mut strips: Vec<Strip> = Vec::new();
    for index in order.into_iter().map(|rank| rank as u32) {
        let Some(token) = tokens.get(index as usize) else { continue };
        let y = Span { start: token.bbox.y0, end: token.bbox.y1 };
        let x = Span { start: token.bbox.x0, end: token.bbox.x1 };
        match strips.last_mut() {
            Some(strip) if shares_height(strip.y, y) => {
                strip.tokens.push(index);
                // A raised note mark does not make its strip higher: the next strip would fall into it.
                if token.size >= 0.8 * strip.size {
                    strip.y = Span { start: strip.y.start.min(y.start), end: strip.y.end.max(y.end) };
                }
                strip.x = Span { start: strip.x.start.min(x.start), end: strip.x.end.max(x.end) };
                strip.size = strip.size.max(token.size);
            }
            _ => strips.push(Strip { tokens: list_of(index), y, x, size: token.size }),
        }
    }
    for strip in &mut strips {
        strip.tokens.sort_by(|&a, &b| left(tokens, a).total_cmp(&left(tokens, b)).then(a.cmp(&b)));
    }
    strips
}

/// A height and, in its lower half, an index as one number, which is compared at once; heights are in the order of
/// [`f32::total_cmp`].
fn rank(height: f32, index: u32) -> i64 {
    let bits = height.to_bits() as i32;
    let ordered = if bits < 0 { bits ^ i32::MAX } else { bits };
    i64::from(ordered) << 32 | i64::from(index)
}

/// A list of one index, with room for the few more that most strips and phrases have.
fn list_of(index: u32) -> Vec<u32> {
    let mut list = Vec::with_capacity(USUAL_TOKENS);
    list.push(index);
    list
}

/// The strips with those made one that are the lines of one row whose entries are set in its middle: they overlap in
/// height, but no two words that do stand one above the other, and some entry has two lines.
pub(crate) fn bundles(tokens: &[Token], strips: Vec<Strip>) -> Vec<Strip> {
    let mut bundles: Vec<Strip> = Vec::with_capacity(strips.len());
    let mut rest = strips.into_iter().peekable();
    while let Some(first) = rest.next() {
        let mut parts = vec![first];
        let mut bundle = parts.clone();
        while let Some(next) = rest.next_if(|next| bundle.first().is_some_and(|b| is_beside(tokens, b, next))) {
            bundle.iter_mut().for_each(|bundle| bundle.take(&next));
            parts.push(next);
        }
        bundles.extend(if parts.len() > 1 && has_lines(tokens, &parts) { bundle } else { parts });
    }
    for bundle in &mut bundles {
        bundle.tokens.sort_by(|&a, &b| left(tokens, a).total_cmp(&left(tokens, b)).then(a.cmp(&b)));
    }
    bundles
}

/// Whether some word of a part stands below one of another.
fn has_lines(tokens: &[Token], parts: &[Strip]) -> bool {
    let spans = |part: &Strip| {
        let tokens = part.tokens.iter().filter_map(|&i| tokens.get(i as usize));
        tokens.map(|t| t.bbox.span(Axis::Horizontal)).collect::<Vec<_>>()
    };
    let spans: Vec<Vec<Span>> = parts.iter().map(spans).collect();
    let below = |above: &[Span], part: &[Span]| above.iter().any(|a| part.iter().any(|b| a.overlap(*b) > 0.0));
    spans.iter().enumerate().any(|(at, part)| spans.iter().take(at).any(|above| below(above, part)))
}

fn is_beside(tokens: &[Token], bundle: &Strip, strip: &Strip) -> bool {
    let least = LEAST_SHARED * strip.size;
    if bundle.y.end - strip.y.start < least || bundle.tokens.len() > MOST_BUNDLED {
        return false;
    }
    let boxes = |list: &[u32]| list.iter().filter_map(|&i| tokens.get(i as usize)).map(|t| t.bbox).collect::<Vec<_>>();
    let (above, below) = (boxes(&bundle.tokens), boxes(&strip.tokens));
    let meets = |a: &Rect, b: &Rect| a.y1 - b.y0 >= least && a.x0 < b.x1 && b.x0 < a.x1;
    !above.iter().any(|a| below.iter().any(|b| meets(a, b)))
}

fn middle(token: &Token) -> f32 {
    f32::midpoint(token.bbox.y0, token.bbox.y1)
}

fn left(tokens: &[Token], index: u32) -> f32 {
    tokens.get(index as usize).map_or(0.0, |t| t.bbox.x0)
}

fn shares_height(a: Span, b: Span) -> bool {
    a.overlap(b) >= SHARED_HEIGHT * a.length().min(b.length())
        && (a.middle() - b.middle()).abs() < 0.45 * a.length().max(b.length())
}

/// The usual space between words of the page, in ems.
pub(crate) fn usual_space(tokens: &[Token], strips: &[Strip]) -> f32 {
    let mut gaps: Vec<f32> = Vec::new();
    for strip in strips {
        for (a, b) in pairs(tokens, &strip.tokens) {
            let gap = (b.bbox.x0 - a.bbox.x1) / a.size.max(1.0);
            // Japanese words follow each other without a space: what parts them there is no space of the text.
            let between_words = b.spaced || !a.japanese.1 && !b.japanese.0;
            if between_words && (0.1..1.0).contains(&gap) {
                gaps.push(gap);
            }
        }
    }
    if gaps.len() < 12 {
        return USUAL_SPACE;
    }
    gaps.sort_by(f32::total_cmp);
    gaps.get(gaps.len() / 3).copied().unwrap_or(USUAL_SPACE).clamp(0.2, 0.7)
}

/// Neighbouring tokens.
pub(crate) fn pairs<'a>(tokens: &'a [Token], list: &'a [u32]) -> impl Iterator<Item = (&'a Token, &'a Token)> {
    list.windows(2).filter_map(|pair| match pair {
        [a, b] => Some((tokens.get(*a as usize)?, tokens.get(*b as usize)?)),
        _ => None,
    })
}

/// Whether the token goes on with the phrase after an em space, as words of one Japanese text do.
fn is_spaced(tokens: &[Token], index: u32, phrase: &Phrase) -> bool {
    let before = phrase.tokens.last().copied();
    match (before.and_then(|i| tokens.get(i as usize)), tokens.get(index as usize)) {
        (Some(a), Some(b)) => before.is_some_and(|i| i + 1 == index) && after_space(a, b),
        _ => false,
    }
}

/// Whether one space of the text and nothing else parts two neighbouring tokens that are words.
pub(crate) fn after_space(a: &Token, b: &Token) -> bool {
    b.spaced && a.kind != Kind::Mark && b.kind == Kind::Text && b.bbox.x0 - a.bbox.x1 <= EM_SPACE * a.size.max(b.size)
}

impl Strip {
    fn take(&mut self, other: &Self) {
        self.tokens.extend(&other.tokens);
        self.y = Span { start: self.y.start.min(other.y.start), end: self.y.end.max(other.y.end) };
        self.x = Span { start: self.x.start.min(other.x.start), end: self.x.end.max(other.x.end) };
        self.size = self.size.max(other.size);
    }

    /// Its phrases: parted where a gap is wider than words of one phrase have.
    pub(crate) fn phrases(&self, tokens: &[Token], space: f32) -> Vec<Phrase> {
        self.split(tokens, (PHRASE_SPACES * space).max(PHRASE_GAP))
    }

    /// Its tokens, parted at gaps of more than `widest` ems.
    pub(crate) fn split(&self, tokens: &[Token], widest: f32) -> Vec<Phrase> {
        let mut phrases: Vec<Phrase> = Vec::new();
        let mut size = 0.0_f32;
        for &index in &self.tokens {
            let Some(token) = tokens.get(index as usize) else { continue };
            let em = size.max(token.size);
            size = token.size;
            match phrases.last_mut() {
                Some(phrase) if token.bbox.x0 - phrase.x.end <= widest * em || is_spaced(tokens, index, phrase) => {
                    phrase.tokens.push(index);
                    phrase.x.end = phrase.x.end.max(token.bbox.x1);
                }
                _ => phrases
                    .push(Phrase { tokens: list_of(index), x: Span { start: token.bbox.x0, end: token.bbox.x1 } }),
            }
        }
        phrases
    }
}
