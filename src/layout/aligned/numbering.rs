//! Takes the strips of a possible table or of one ruled row, finds the numbers or signs that stand below one another and
//! begin a row each: 1, 2, 3 in a column of their own.

use super::scene::Scene;
use super::strip::Strip;
use super::token::{Kind, Token};
use crate::geom::Span;

/// A column of numbers begins in one of so many strips.
const FIRST_STRIPS: usize = 12;
/// The numbers of rows have so many digits at most.
const DIGITS: u16 = 3;
/// Numbers of one column begin, have their middle or end this near to each other, in ems.
const ALIGNED: f32 = 0.3;
/// So many numbers, each one more than the one before, are no chance.
const LEAST: usize = 3;

/// The first strip that holds the number of a row, before words: others below it count on.
pub(super) fn first(scene: &Scene, strips: &[Strip]) -> Option<usize> {
    let numbers = |strip: &Strip| -> Vec<Token> {
        let phrases = strip.phrases(&scene.tokens, scene.space);
        let alone = |pair: &[super::strip::Phrase]| match pair {
            [number, words] => {
                let token = |i: &u32| scene.tokens.get(*i as usize).copied();
                let worded = words.tokens.iter().filter_map(token).any(|t| t.kind == Kind::Text);
                number.tokens.first().and_then(token).filter(|t| worded && number.tokens.len() == 1 && is_number(t))
            }
            _ => None,
        };
        phrases.windows(2).filter_map(alone).collect()
    };
    let all: Vec<Vec<Token>> = strips.iter().map(numbers).collect();
    all.iter().take(FIRST_STRIPS).enumerate().find_map(|(at, own)| {
        let counts_on = |first: &Token| {
            let mut last = *first;
            let mut count = 1;
            for next in all.iter().skip(at + 1) {
                if let Some(found) = next.iter().find(|next| follows(&last, next)) {
                    last = *found;
                    count += 1;
                }
            }
            count >= LEAST
        };
        own.iter().any(counts_on).then_some(at)
    })
}

/// How many strips hold a number that counts on, or a sign, in a column of its own between the borders; `columns` are
/// their x.
pub(super) fn rows(tokens: &[Token], strips: &[Strip], columns: &[f32]) -> usize {
    let all = || strips.iter().flat_map(|strip| &strip.tokens).filter_map(|&i| tokens.get(i as usize));
    let few = |is: fn(&Token) -> bool| all().filter(|token| is(token)).take(LEAST).count() < LEAST;
    if strips.len() < LEAST || few(is_number) && few(|token| token.kind == Kind::Mark) {
        return 0;
    }
    let borders = columns.windows(2).filter_map(|pair| match pair {
        [start, end] => Some(Span { start: *start, end: *end }),
        _ => None,
    });
    let listed = |column: Span| {
        let own = |strip: &Strip| -> Vec<Token> {
            let inside = |token: &Token| column.contains(token.bbox.center().x);
            strip.tokens.iter().filter_map(|&i| tokens.get(i as usize)).copied().filter(inside).collect()
        };
        let lines: Vec<Vec<Token>> = strips.iter().map(own).filter(|line| !line.is_empty()).collect();
        let single: Option<Vec<Token>> =
            lines.iter().map(|line| line.first().copied().filter(|_| line.len() == 1)).collect();
        let count =
            single.map_or(0, |list| if is_listed(&list, strips.len(), columns.len() - 1) { list.len() } else { 0 });
        if count >= LEAST { count } else { 0 }
    };
    borders.map(listed).max().unwrap_or(0)
}

/// Whether all count on, or are different signs beside one column of words.
fn is_listed(list: &[Token], strips: usize, columns: usize) -> bool {
    let count_on = list.windows(2).all(|pair| matches!(pair, [a, b] if follows(a, b)));
    let signs = || {
        let new = |(at, token): (usize, &Token)| !list.iter().take(at).any(|other| other.word == token.word);
        columns == 2 && list.len() == strips && list.iter().enumerate().all(new)
    };
    list.first().is_some_and(is_number) && count_on || list.iter().all(|token| token.kind == Kind::Mark) && signs()
}

fn is_number(token: &Token) -> bool {
    token.number.is_some_and(|number| number.fract() == 0.0) && token.chars <= DIGITS
}

/// Whether `next`, below `last`, is one more.
fn follows(last: &Token, next: &Token) -> bool {
    let near = |a: f32, b: f32| (a - b).abs() < ALIGNED * last.size;
    let (a, b) = (&last.bbox, &next.bbox);
    is_number(next)
        && next.number.zip(last.number).is_some_and(|(next, last)| (next - last - 1.0).abs() < 0.1)
        && (near(a.x0, b.x0) || near(a.x1, b.x1) || near(a.center().x, b.center().x))
}
