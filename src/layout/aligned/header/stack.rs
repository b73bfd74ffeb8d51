//! Takes the entries of a header's strips with their columns, gives its cells: lines of the same columns become one cell,
//! and every cell gets its levels. Which columns an entry heads is left to `header`.

use super::{Entry, Heading, Source, lies_between, overlaps};
use crate::geom::Span;

/// The cells of the header and its number of levels.
pub(super) fn stack(source: &Source<'_>, entries: Vec<Entry>) -> (Vec<Heading>, usize) {
    let mut depth = vec![0_usize; source.columns.len()];
    let mut headings: Vec<Heading> = Vec::new();
    for entry in joined(source, entries) {
        let covered = depth.get_mut(entry.columns.0..=entry.columns.1).unwrap_or_default();
        let level = covered.iter().copied().max().unwrap_or(0);
        covered.fill(level + 1);
        headings.push(Heading { columns: entry.columns, levels: (level, level), tokens: entry.tokens });
    }
    let levels = depth.iter().copied().max().unwrap_or(0);
    for heading in &mut headings {
        let below = depth.get(heading.columns.0..=heading.columns.1).unwrap_or_default();
        if levels > 0 && below.iter().all(|&d| d == heading.levels.0 + 1) {
            heading.levels.1 = levels - 1;
        }
    }
    (headings, levels)
}

/// Puts lines of the same columns, one below the other without a ruling between, into one entry.
fn joined(source: &Source<'_>, entries: Vec<Entry>) -> Vec<Entry> {
    let mut stacks: Vec<Entry> = Vec::new();
    for entry in entries {
        let above = stacks.iter().rposition(|s| overlaps(s.columns, entry.columns));
        let same = above
            .and_then(|i| stacks.get_mut(i))
            .filter(|s| s.columns == entry.columns && !ruled_between(source, s, &entry));
        match same {
            Some(above) => {
                above.tokens.extend(entry.tokens);
                above.strip = entry.strip;
                above.y.end = entry.y.end;
            }
            None => stacks.push(entry),
        }
    }
    stacks
}

/// Whether a short ruling parts the two entries.
fn ruled_between(source: &Source<'_>, above: &Entry, below: &Entry) -> bool {
    let (Some(first), Some(last)) = (source.columns.get(below.columns.0), source.columns.get(below.columns.1)) else {
        return false;
    };
    let x = Span { start: first.text.start, end: last.text.end };
    lies_between(source, above.y, below.y, x)
}
