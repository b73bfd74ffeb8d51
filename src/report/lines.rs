//! Text as the page breaks it into lines, for the readers that need to know where a line began: the stage before joins
//! lines that only wrap, and cannot know that `B` at the start of one is the next grade.

use crate::document::{Document, Passage};

/// The lines of `passage`, `\n` and the page's own line ends alike.
pub(super) fn printed(document: &Document, passage: &Passage) -> Vec<Passage> {
    passage.lines().flat_map(|line| split(document, &line)).collect()
}

/// A heading or a target as one line: a break in it parts no two things.
pub(in crate::report) fn joined(passage: &Passage) -> Passage {
    let mut whole = Passage::default();
    for line in passage.lines() {
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
        let words = latin(whole.text.chars().next_back()) && latin(line.text.chars().next());
        whole.append(if words { " " } else { "" }, &line);
    }
    whole
}

/// A cell of several lines as one, where no line goes on with digits: a narrow column breaks 13.2時間 inside its unit.
pub(in crate::report) fn unbroken(cell: &Passage) -> Option<Passage> {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit() || ('０'..='９').contains(&c));
    let parts = |(at, _): (usize, &str)| {
        let (before, after) = (cell.text.get(..at), cell.text.get(at + 1..));
        let before = before.and_then(|before| before.trim_end().chars().next_back());
        digit(before) && digit(after.and_then(|after| after.trim_start().chars().next()))
    };
    let mut breaks = cell.text.trim_end().match_indices('\n').peekable();
    (breaks.peek().is_some() && !breaks.any(parts)).then(|| joined(cell))
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

#[cfg(test)]
mod tests {
    use super::{joined, unbroken};
    use crate::document::{Origin, Passage};

    #[test]
    fn a_joined_text_keeps_where_it_comes_from() {
        let origins = vec![Origin { offset: 0, glyph: 4 }, Origin { offset: 4, glyph: 9 }];
        let read = joined(&Passage { text: "毎\n50%".into(), origins });
        assert_eq!(read.text, "毎50%");
        assert_eq!(read.origins, [Origin { offset: 0, glyph: 4 }, Origin { offset: 3, glyph: 9 }]);
        let cell = |text: &str| Passage { text: text.into(), origins: Vec::new() };
        assert_eq!(unbroken(&cell("13.2時\n間")).map(|whole| whole.text).as_deref(), Some("13.2時間"));
        assert!(unbroken(&cell("12\n34人")).is_none() && unbroken(&cell("13.2時間")).is_none());
        assert_eq!(joined(&Passage { text: "by\nyear".into(), origins: Vec::new() }).text, "by year");
    }
}
