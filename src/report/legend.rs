//! Legends: what each grade means, as lists, boxes, sentences or tables, wherever they stand; and the notes that marks
//! point at.

use super::cover::Taken;
use super::rules::Rules;
use super::{Footnote, ScaleGrade};
use crate::document::{Document, Passage};

/// The grades of a document with what they were read from.
#[derive(Debug, Clone, Default)]
pub struct Legend {
    /// The grades in the legend's reading order.
    pub scale: Vec<ScaleGrade>,
    /// Signs that the legend explains as "not graded".
    pub not_graded: Vec<String>,
    /// What it took from the document.
    pub taken: Taken,
}

/// Reads the legends of `document`, the blocks `before` (ascending indices) aside.
#[must_use]
pub fn read(document: &Document, rules: &Rules, before: &[usize]) -> Legend {
    let _ = (document, rules, before);
    Legend::default()
}

/// A line that is a note: its mark and its text.
#[must_use]
pub fn note(document: &Document, rules: &Rules, line: &Passage) -> Option<Footnote> {
    let found = rules.find(super::rules::Rule::Note, &line.text)?;
    let text = line.slice(found.range_of("text")?);
    let mark = line.slice(found.range_of("mark")?);
    let at = document.places(&line.slice(0..line.text.len()), false);
    Some(Footnote { mark: mark.text, text: text.text, at })
}
