//! Why each block of a document was read as what: kept while a document is recognised, and only when asked for.

use super::ledger::Fate;
use crate::document::Passage;
use schemars::JsonSchema;
use serde::Serialize;

/// What a block or line of a document was read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Reading {
    /// The head of the report: title, public body, date of publication.
    Cover,
    /// The legend of grades.
    Legend,
    /// A heading of sections or indicators.
    Heading,
    /// The unit of the table below.
    Unit,
    /// A note to a mark or to a table.
    Note,
    /// The box that lists what a section is to reach (取組内容).
    Objectives,
    /// A narrative of 目標, 実績 and 評価 without a table.
    Narrative,
    /// Running text.
    Prose,
    /// A table of initiatives (取組).
    Initiatives,
    /// A table of figures with a row for each indicator.
    Figures,
    /// A table of figures with a column for each indicator and a row for each year.
    TransposedFigures,
    /// A table that no rule knows.
    Unknown,
}

/// Why something was not read in another way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Rejected {
    /// What it was not read as.
    pub reading: Reading,
    /// Why not.
    pub because: String,
}

/// What was decided about a block or a line of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Decision {
    /// What it was read as.
    pub reading: Reading,
    /// Why.
    pub because: String,
    /// Why not as something else.
    pub rejected: Vec<Rejected>,
}

impl Decision {
    pub(super) fn new(reading: Reading, because: impl Into<String>) -> Self {
        Self { reading, because: because.into(), rejected: Vec::new() }
    }

    pub(super) fn not(mut self, reading: Reading, because: impl Into<String>) -> Self {
        self.rejected.push(Rejected { reading, because: because.into() });
        self
    }
}

/// The decisions about one document, and what became of each of its glyphs.
#[derive(Debug, Clone, Default)]
pub struct Trace {
    asked: bool,
    /// Each with the first glyph of the text that it is about.
    decisions: Vec<(u32, Decision)>,
    /// For each glyph of the document: what became of it.
    fates: Vec<Fate>,
}

impl Trace {
    /// A trace that keeps what it is told.
    pub(super) fn asked() -> Self {
        Self { asked: true, ..Self::default() }
    }

    /// Whether anybody asked for it.
    pub(super) fn is_asked(&self) -> bool {
        self.asked
    }

    /// Keeps what was decided about `passage`, if anybody asked.
    pub(super) fn decide(&mut self, passage: &Passage, decision: impl FnOnce() -> Decision) {
        if let Some(origin) = passage.origins.first().filter(|_| self.asked) {
            self.decisions.push((origin.glyph, decision()));
        }
    }

    /// The trace with what became of each glyph.
    pub(super) fn with_fates(self, fates: Vec<Fate>) -> Self {
        Self { fates, ..self }
    }

    /// The decisions about `passage`, in the order in which they were made.
    pub fn about(&self, passage: &Passage) -> impl Iterator<Item = &Decision> {
        let within = |glyph: u32| passage.origins.iter().any(|origin| origin.glyph == glyph);
        self.decisions.iter().filter(move |(glyph, _)| within(*glyph)).map(|(_, decision)| decision)
    }

    /// What became of `passage`: the fates of its glyphs, each once, weakest first.
    #[must_use]
    pub fn fates(&self, passage: &Passage) -> Vec<Fate> {
        let fate = |glyph: u32| self.fates.get(glyph as usize).copied();
        let mut fates: Vec<Fate> = passage.origins.iter().filter_map(|origin| fate(origin.glyph)).collect();
        fates.sort_unstable();
        fates.dedup();
        fates
    }
}
