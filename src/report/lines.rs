//! Text as the page breaks it into lines, for the readers that need to know where a line began: the stage before joins
//! lines that only wrap, and cannot know that `B` at the start of one is the next grade.

use crate::document::{Document, Passage};

/// The lines of `passage`, `\n` and the page's own line ends alike.
pub(super) fn printed(document: &Document, passage: &Passage) -> Vec<Passage> {
    passage.lines().flat_map(|line| split(document, &line)).collect()
}

fn split(document: &Document, line: &Passage) -> Vec<Passage> {
    let mut starts = vec![0];
    let mut before = None;
    for origin in &line.origins {
        let Some(glyph) = document.glyphs.get(origin.glyph as usize) else { continue };
        if before.is_some_and(|before| before != (glyph.page, glyph.line)) {
            starts.push(origin.offset as usize);
        }
        before = Some((glyph.page, glyph.line));
    }
    starts.push(line.text.len());
    let ranges = starts.windows(2).filter_map(|pair| Some(*pair.first()?..*pair.last()?));
    ranges.map(|range| line.slice(range)).filter(|part| !part.text.is_empty()).collect()
}
