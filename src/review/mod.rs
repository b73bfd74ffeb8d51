//! Takes the bytes of a report, gives everything that a person needs to check what was read from it: the report's values
//! as a list with their places and how each was decoded, what the audit found, and a picture of every page.
//!
//! It leaves the form (HTML) to `output` and the search for fonts on the machine to the caller.

mod chart;
mod decoded;
mod listing;
pub mod picture;

pub use chart::{Chart, Figures, Grades, Point};
pub use decoded::Evidence;
pub use picture::font::FontFile;
pub use picture::{Leaf, Notice, Picture};

use crate::audit::{Audit, Message};
use crate::geom::Place;
use crate::pdf::Pdf;
use crate::report::Report;
use crate::{Options, Result};
use std::collections::BTreeSet;

/// A report laid out for review.
#[derive(Debug, Clone)]
pub struct Review {
    /// What was extracted.
    pub report: Report,
    /// What its figures say against each other.
    pub audit: Audit,
    /// The values by where they belong: cover, legend, sections, indicators, notes, prose, unplaced.
    pub groups: Vec<Group>,
    /// The pages; empty for sources without pages.
    pub pages: Vec<Leaf>,
    /// Outlines of glyphs that the pictures share: `d` of an SVG path, named `o0`, `o1`, … in the pictures.
    pub outlines: Vec<String>,
    /// What the pictures do not show as printed.
    pub notices: Vec<Notice>,
}

/// Values that belong together.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Unique in the review, fit for an id: `s4`, `s4-i1`, `k2`.
    pub id: String,
    /// What it is: "section 4", "initiative 1".
    pub name: Message,
    /// Its title as printed; empty where the name says it all.
    pub title: String,
    /// Its own values.
    pub values: Vec<Value>,
    /// Its grades or figures over the years.
    pub charts: Vec<Chart>,
    /// The groups inside it.
    pub groups: Vec<Group>,
}

/// One extracted value.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    /// Its number in the review, from 1.
    pub number: u32,
    /// What kind of value it is.
    pub kind: Kind,
    /// What it is called inside its group: "grade R5年度".
    pub name: Message,
    /// As printed.
    pub text: String,
    /// What it was read as, where that says more than the text.
    pub read: Option<String>,
    /// Where it stands.
    pub places: Vec<Place>,
    /// How its characters were read.
    pub evidence: Evidence,
}

/// What kind of value it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A title or heading.
    Title,
    /// A grade.
    Grade,
    /// A figure of a year.
    Figure,
    /// A target.
    Target,
    /// A status word.
    Status,
    /// Sentences of a cell.
    Text,
    /// A paragraph outside tables, a note, the legend.
    Note,
    /// What the rules gave no meaning.
    Unplaced,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 8] =
        [Self::Title, Self::Grade, Self::Figure, Self::Target, Self::Status, Self::Text, Self::Note, Self::Unplaced];
}

impl Group {
    /// Calls `see` for each value of the group and of those inside it, in order.
    pub fn each<'a>(&'a self, see: &mut dyn FnMut(&'a Value)) {
        self.values.iter().for_each(&mut *see);
        self.groups.iter().for_each(|group| group.each(see));
    }

    fn each_mut(&mut self, change: &mut dyn FnMut(&mut Value)) {
        self.values.iter_mut().for_each(&mut *change);
        self.groups.iter_mut().for_each(|group| group.each_mut(change));
    }
}

/// Reads the report in `bytes` and draws its pages. `find_font` is asked at most once for a font that has these
/// characters, when the document shows text in a font that it does not bring along; it may give one that has not all.
///
/// # Errors
/// As [`crate::extract`].
pub fn review(
    bytes: &[u8],
    name: &str,
    options: &Options,
    find_font: &dyn Fn(&BTreeSet<char>) -> Option<FontFile>,
) -> Result<Review> {
    let report = crate::extract(bytes, name, options)?;
    let audit = match &options.rules {
        Some(rules) => crate::audit::audit_with(&report, rules),
        None => crate::audit::audit(&report),
    };
    let mut groups = listing::groups(&report);
    let mut number = 0;
    groups.iter_mut().for_each(|group| {
        group.each_mut(&mut |value| {
            number += 1;
            value.number = number;
        });
    });
    let mut review = Review { report, audit, groups, pages: Vec::new(), outlines: Vec::new(), notices: Vec::new() };
    if review.report.source.pages > 0 {
        let file = Pdf::open(bytes, &options.pdf)?;
        let pages: Vec<_> = (1..=file.page_count()).map(|number| file.page(number)).collect();
        decoded::gather(&pages, &mut review.groups);
        let password = options.pdf.password.as_deref().unwrap_or("");
        let album = picture::draw(bytes, password, &pages, &file.fonts(), find_font);
        (review.pages, review.outlines, review.notices) = (album.leaves, album.outlines, album.notices);
    }
    Ok(review)
}
