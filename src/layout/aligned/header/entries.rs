//! Takes a strip of a header, gives its entries: pieces of text, parted also where a river of the body's columns runs
//! between words set close. Which columns they head, the rest of `header` says.

use super::super::column::Column;
use super::super::strip::{Phrase, Strip};
use super::Source;
use crate::geom::Span;

/// A gap of more than this many usual spaces parts two header entries where a river runs through it.
const ENTRY_SPACES: f32 = 1.5;

/// The strip's entries: phrases, parted also at narrower gaps through which a river runs.
pub(super) fn of(source: &Source<'_>, strip: &Strip) -> Vec<Phrase> {
    let tight = strip.split(source.tokens, (ENTRY_SPACES * source.space).max(0.38));
    let mut entries: Vec<Phrase> = Vec::with_capacity(tight.len());
    for phrase in tight {
        match entries.last_mut() {
            Some(last) if !parted(source, strip, last.x.end, phrase.x.start) => {
                last.tokens.extend(phrase.tokens);
                last.x.end = phrase.x.end;
            }
            _ => entries.push(phrase),
        }
    }
    entries.into_iter().flat_map(|entry| close_headings(source, strip, entry)).collect()
}

fn parted(source: &Source<'_>, strip: &Strip, from: f32, to: f32) -> bool {
    let wide = (2.2 * source.space).max(0.9) * strip.size;
    let slack = 0.3 * strip.size;
    to - from > wide || rivers(source.columns).any(|r| from - slack < r.end && to + slack > r.start)
}

/// The stretches between the text of neighbouring columns.
fn rivers(columns: &[Column]) -> impl Iterator<Item = Span> {
    columns.windows(2).filter_map(|pair| match pair {
        [a, b] => Some(Span { start: a.text.end, end: b.text.start }),
        _ => None,
    })
}

/// Parts an entry that stands over three columns or more with one aligned piece for each: headings set so close that
/// only ordinary spaces are between them.
fn close_headings(source: &Source<'_>, strip: &Strip, entry: Phrase) -> Vec<Phrase> {
    let em = strip.size;
    let over = |c: &&Column| entry.x.overlap(c.text) > 0.3 * em.min(c.text.length());
    if entry.tokens.len() < 3 || source.columns.iter().filter(over).count() < 3 {
        return vec![entry];
    }
    let mut parts: Vec<Phrase> = Vec::new();
    for &index in &entry.tokens {
        let Some(token) = source.tokens.get(index as usize) else { continue };
        let x = Span { start: token.bbox.x0, end: token.bbox.x1 };
        let column = aligned(source.columns, x, em);
        match parts.last_mut() {
            Some(last)
                if aligned(source.columns, Span { start: last.x.start, end: x.end }, em).is_some()
                    && column.is_some()
                    && aligned(source.columns, last.x, em).is_some_and(|c| Some(c) != column) =>
            {
                // The token is aligned with a column of its own.
                parts.push(Phrase { tokens: vec![index], x });
            }
            Some(last) if aligned(source.columns, last.x, em).is_none() || column.is_none() => {
                last.tokens.push(index);
                last.x.end = x.end;
            }
            _ => parts.push(Phrase { tokens: vec![index], x }),
        }
    }
    let mut heads: Vec<Option<usize>> = parts.iter().map(|p| aligned(source.columns, p.x, em)).collect();
    let all = heads.len() >= 3 && heads.iter().all(Option::is_some);
    heads.dedup();
    if all && heads.len() == parts.len() { parts } else { vec![entry] }
}

/// The column with which the stretch is aligned at its left or right.
fn aligned(columns: &[Column], x: Span, em: f32) -> Option<usize> {
    columns.iter().position(|c| (x.start - c.text.start).abs() < 0.4 * em || (x.end - c.text.end).abs() < 0.4 * em)
}
