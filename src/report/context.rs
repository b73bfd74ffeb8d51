//! What every reader of a document needs: the rules, the legend's grades, the year reported on, and the ledger of
//! where each glyph went.

use super::ledger::Ledger;
use super::rules::{Rule, Rules};
use super::trace::Trace;
use super::values::goal::Goal;
use super::values::grade::{Marked, Scale};
use super::values::tiers::Tiers;
use super::values::year;
use super::{FiscalYear, Text};
use crate::document::{Block, Document, Passage};
use crate::warning::Warning;

/// Shared by all readers of one document.
#[derive(Debug)]
pub(super) struct Context<'d> {
    pub(super) document: &'d Document,
    pub(super) rules: &'d Rules,
    /// The grades of the legend.
    pub(super) scale: Scale,
    /// The year that the report is about.
    pub(super) fiscal_year: Option<FiscalYear>,
    /// A year to tell eras by: the one that the report is about, else the middle one of those that its text names.
    pub(super) about: Option<i32>,
    /// What a line above the next table says of its units.
    pub(super) unit: Unit,
    /// What a line above the next table says of figures that stand over each other.
    pub(super) tiers: Option<Tiers>,
    pub(super) ledger: Ledger,
    pub(super) warnings: Vec<Warning>,
    pub(super) trace: Trace,
}

/// What a line above a table says of its units: （単位：人）, （単位：人、％）.
#[derive(Debug, Clone, Default)]
pub(super) struct Unit {
    /// The unit of all figures.
    pub(super) whole: Option<String>,
    /// That of rates, where the line lists several units and does not say which is whose.
    pub(super) rate: Option<String>,
    /// Whether a heading gives it, which another heading beside it ends.
    pub(super) caption: bool,
    /// Whether prose follows it, so that the next heading is one of something else.
    pub(super) closed: bool,
}

/// A year near those that the document is about: the one reported on, else the middle one of the fiscal years that its
/// paragraphs name, as laws and aims lie years away.
pub(super) fn about(document: &Document, rules: &Rules, reported: Option<&FiscalYear>) -> Option<i32> {
    if let Some(reported) = reported {
        return Some(reported.year);
    }
    let texts = document.blocks.iter().filter_map(|block| match block {
        Block::Paragraph(paragraph) => Some(paragraph.text.text.as_str()),
        Block::Table(_) => None,
    });
    let years = texts.flat_map(|text| year::each(rules, text)).filter(|year| year.kind == year::Kind::Fiscal);
    let mut years: Vec<i32> = years.map(|year| year.year).collect();
    years.sort_unstable();
    years.get(years.len() / 2).copied()
}

impl Context<'_> {
    /// A passage that fills its cell or paragraph, as text with its places.
    pub(super) fn whole(&self, passage: &Passage) -> Text {
        Text { text: passage.text.trim().to_owned(), at: self.document.places(passage, false) }
    }

    /// A part of a cell or paragraph, as text with its places.
    pub(super) fn part(&self, passage: &Passage) -> Text {
        Text { text: passage.text.trim().to_owned(), at: self.document.places(passage, true) }
    }

    /// The unit of rates, if `label` names one.
    pub(super) fn rate_unit(&self, label: &str) -> Option<String> {
        self.unit.rate.clone().filter(|_| self.rules.matches(Rule::RateName, label))
    }

    /// Warns about a target of several numbers, none of which can stand for all.
    pub(super) fn check_goal(&mut self, goal: &Goal) {
        if goal.several {
            let message =
                format!("target {:?} gives several numbers; none of them was taken as its value", goal.text.text);
            let places = self.document.places(&goal.text, true);
            self.warnings.push(Warning::new("ambiguous-target", message).at(places));
        }
    }

    /// The year that the report is about, as a number.
    pub(super) fn reported(&self) -> Option<i32> {
        self.fiscal_year.as_ref().map(|year| year.year)
    }

    /// Warns about text that can be read in two ways; `code` begins with `ambiguous-`, `message` gives both. The same
    /// doubt in other places is one warning with all of them.
    pub(super) fn doubt(&mut self, code: &str, message: String, text: &Passage) {
        let places = self.document.places(text, true);
        match self.warnings.iter_mut().find(|known| known.code == code && known.message == message) {
            Some(known) => known.at.extend(places),
            None => self.warnings.push(Warning::new(code, message).at(places)),
        }
    }

    /// Warns about years without an era: the other reading lies decades away.
    pub(super) fn check_years(&mut self, supposed: &[&Passage]) {
        let (Some(first), Some(about)) = (supposed.first(), self.about) else { return };
        let message = format!(
            "{:?} names no era: it was read as the one near {about}, and may mean another era's",
            first.text.trim()
        );
        self.doubt("ambiguous-year", message, first);
    }

    /// Warns about a figure that names another year than its column: 2,098 (H30) under R2.
    pub(super) fn check_year(&mut self, cell: &Passage, column: &FiscalYear) {
        let named = year::find(self.rules, &cell.text).filter(|year| year.kind != year::Kind::Instant);
        if let Some(named) = named.filter(|named| named.year != column.year) {
            let message = format!(
                "{:?} stands under {:?} and names {:?} itself: it was read as of the column's year",
                cell.text.trim(),
                column.label,
                named.label
            );
            self.doubt("ambiguous-year", message, cell);
        }
    }

    /// Warns about a grade that the legend does not have.
    pub(super) fn check_grade(&mut self, marked: &Marked) {
        if self.scale.is_empty() || self.scale.has(&marked.grade) {
            return;
        }
        let message = format!("grade {:?} is not in the document's legend; it is kept as printed", marked.grade);
        let places = self.document.places(&marked.text, true);
        self.warnings.push(Warning::new("grade-outside-legend", message).at(places));
    }
}
