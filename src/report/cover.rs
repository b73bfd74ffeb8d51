//! What the cover says: title, subtitle, public body, department, year reported on, date of publication. It is read
//! from the paragraphs before the first table or heading, on a page of their own or at the top of the first page.

use super::Head;
use super::rules::Rules;
use crate::document::{Document, Passage};

/// The head of a report with what it was read from.
#[derive(Debug, Clone, Default)]
pub struct Cover {
    /// The values.
    pub head: Head,
    /// Blocks that it took from the document.
    pub taken: Taken,
}

/// What a reader took from the document, so that nothing is read twice and nothing is lost.
#[derive(Debug, Clone, Default)]
pub struct Taken {
    /// Indices of the blocks that it took, ascending, each with the lines that it left (blank when none).
    pub blocks: Vec<(usize, Passage)>,
    /// Text that became values.
    pub placed: Vec<Passage>,
    /// Labels and headings that told what the values are.
    pub structure: Vec<Passage>,
}

/// Reads the head of `document`.
#[must_use]
pub fn read(document: &Document, rules: &Rules) -> Cover {
    let _ = (document, rules);
    Cover::default()
}
