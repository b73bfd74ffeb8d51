//! Keeps count of where each glyph of the document went: into a value, into structure, into furniture, or nowhere.

use super::Coverage;
use crate::document::{Document, Passage};
use schemars::JsonSchema;
use serde::Serialize;

/// What became of a glyph, weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    /// No rule gave it a meaning.
    Unplaced,
    /// Running head or page number.
    Furniture,
    /// A heading or label that told what values are.
    Structure,
    /// A value.
    Placed,
}

/// The fates of all glyphs of a document.
#[derive(Debug)]
pub(super) struct Ledger {
    fates: Vec<Fate>,
}

impl Ledger {
    pub(super) fn new(document: &Document) -> Self {
        let mut ledger = Self { fates: vec![Fate::Unplaced; document.glyphs.len()] };
        for passage in &document.furniture {
            ledger.mark(passage, Fate::Furniture);
        }
        ledger
    }

    /// The passage became a value.
    pub(super) fn place(&mut self, passage: &Passage) {
        self.mark(passage, Fate::Placed);
    }

    /// The passage told what values are: a heading or label.
    pub(super) fn structure(&mut self, passage: &Passage) {
        self.mark(passage, Fate::Structure);
    }

    /// Whether the passage, or a part of it, became a value.
    pub(super) fn is_placed(&self, passage: &Passage) -> bool {
        let mut fates = passage.origins.iter().filter_map(|origin| self.fates.get(origin.glyph as usize));
        fates.any(|fate| *fate == Fate::Placed)
    }

    /// Whether the first character of the passage became a part of a value.
    pub(super) fn begins_placed(&self, passage: &Passage) -> bool {
        let first = passage.origins.first().and_then(|origin| self.fates.get(origin.glyph as usize));
        first == Some(&Fate::Placed)
    }

    /// What became of the passages until now, for [`Self::restore`].
    pub(super) fn kept<'p>(&self, passages: impl Iterator<Item = &'p Passage>) -> Vec<(u32, Fate)> {
        let glyphs = passages.flat_map(|passage| passage.origins.iter().map(|origin| origin.glyph));
        glyphs.filter_map(|glyph| Some((glyph, *self.fates.get(glyph as usize)?))).collect()
    }

    /// Takes back what was marked since: what it was read into is no part of the report after all.
    pub(super) fn restore(&mut self, kept: Vec<(u32, Fate)>) {
        for (glyph, fate) in kept {
            self.fates[glyph as usize] = fate;
        }
    }

    fn mark(&mut self, passage: &Passage, fate: Fate) {
        for origin in &passage.origins {
            if let Some(known) = self.fates.get_mut(origin.glyph as usize) {
                *known = (*known).max(fate);
            }
        }
    }

    /// The parts of `passage` that went nowhere, white space aside.
    pub(super) fn rest(&self, document: &Document, passage: &Passage) -> Vec<Passage> {
        let mut rest = Vec::new();
        let mut start = None;
        let end = |index: usize| passage.origins.get(index).map_or(passage.text.len(), |o| o.offset as usize);
        for (index, origin) in passage.origins.iter().enumerate() {
            let of = origin.glyph as usize;
            let lost = self.fates.get(of).is_some_and(|fate| *fate == Fate::Unplaced);
            // Nearly all glyphs went somewhere, and end no part that is lost.
            if !lost && start.is_none() {
                continue;
            }
            let counts = document.glyphs.get(of).is_some_and(|glyph| glyph.characters > 0);
            match (counts && lost, start) {
                (true, None) => start = Some(origin.offset as usize),
                (false, Some(from)) if counts => {
                    rest.push(passage.slice(from..end(index)));
                    start = None;
                }
                _ => {}
            }
        }
        if let Some(from) = start {
            rest.push(passage.slice(from..passage.text.len()));
        }
        rest.retain(|part| !part.is_blank());
        rest
    }

    /// What became of each glyph.
    pub(super) fn into_fates(self) -> Vec<Fate> {
        self.fates
    }

    /// The sums.
    pub(super) fn coverage(&self, document: &Document) -> Coverage {
        let mut sums = [0_u64; 4];
        for (glyph, fate) in document.glyphs.iter().zip(&self.fates) {
            sums[*fate as usize] += u64::from(glyph.characters);
        }
        let of = |fate: Fate| sums[fate as usize];
        Coverage {
            characters: sums.iter().sum(),
            placed: of(Fate::Placed),
            structure: of(Fate::Structure),
            furniture: of(Fate::Furniture),
            unplaced: of(Fate::Unplaced),
        }
    }
}
