//! Takes what the lines of a table's body have in their columns, finds the column in which a few words take turns, as
//! 計画 and 実績 do: each of them begins a row, though only the first of a turn stands beside a label. Lines of one text
//! do not say the same again and again.

use super::body::{Candidate, Entry};
use super::token::Token;

/// So many words take turns at most.
const MOST_WORDS: usize = 4;
/// They do so many times at least.
const LEAST_TURNS: usize = 2;

/// Gives each line a band, the same for all lines of one row, if words take turns; gives their column.
pub(super) fn part(tokens: &[Token], candidates: &mut [Candidate], columns: usize) -> Option<usize> {
    let column = (1..columns.saturating_sub(1)).find(|column| takes_turns(tokens, candidates, *column))?;
    let mut band = 0;
    let mut heading = true;
    for candidate in candidates {
        let is_heading = candidate.entries.len() == 1 && candidate.entries.iter().all(|e| e.columns.0 == 0);
        if heading || is_heading || is_row(candidate, column) {
            band += 1;
        }
        heading = is_heading;
        candidate.band = band;
    }
    Some(column)
}

/// Whether the line has something in the column, and not only there.
fn is_row(candidate: &Candidate, column: usize) -> bool {
    candidate.entries.len() > 1 && in_column(candidate, column).is_some()
}

fn in_column(candidate: &Candidate, column: usize) -> Option<&Entry> {
    candidate.entries.iter().find(|entry| entry.columns == (column, column))
}

/// Whether the same words stand in the column of every turn, one below the other. What stands half beside them is a label
/// in the middle of its rows.
fn takes_turns(tokens: &[Token], candidates: &[Candidate], column: usize) -> bool {
    let mut turns: Vec<Vec<Vec<u64>>> = Vec::new();
    for candidate in candidates {
        let Some(entry) = in_column(candidate, column).filter(|_| is_row(candidate, column)) else {
            // Values stand beside the words.
            if candidate.entries.iter().any(|entry| entry.value && entry.columns.0 > column) {
                return false;
            }
            continue;
        };
        if entry.value {
            return false;
        }
        let word = |i: &u32| tokens.get(*i as usize).map(|token| token.word);
        let words: Vec<u64> = entry.tokens.iter().filter_map(word).collect();
        let begins = turns.first().and_then(|turn| turn.first()).is_none_or(|first| *first == words);
        match turns.last_mut() {
            Some(turn) if !begins => turn.push(words),
            _ => turns.push(vec![words]),
        }
    }
    let Some(first) = turns.first() else { return false };
    let distinct = || first.iter().enumerate().all(|(at, words)| !first.iter().take(at).any(|other| other == words));
    (2..=MOST_WORDS).contains(&first.len())
        && distinct()
        && turns.len() >= LEAST_TURNS
        && turns.iter().all(|turn| turn == first)
}
