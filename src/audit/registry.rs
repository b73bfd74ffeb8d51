//! The list of all rules in the order in which they are reported. A rule stands in the file of its family with its
//! definition and messages; this file only names it.

use super::subject::Subject;
use super::{Severity, Tally, editions};
use super::{
    announced, blanks, causes, concentration, grades, legal, links, notes, numbers, objectives, period, shares, status,
};
use super::{structure, targets, texts, totals};

/// One rule: what it compares and how serious that is.
#[derive(Debug)]
pub struct Rule {
    /// Its id, `NUM-01`.
    pub id: &'static str,
    /// The severities that its findings may have.
    pub severities: &'static [Severity],
    /// Whether it reads meaning from wording.
    pub reads: Reads,
    /// What it compares.
    pub definition: Words,
    /// What a report lacks when the rule is not applicable.
    pub needs: Words,
    pub(super) check: Check,
}

/// Whether a rule judges printed figures and signs alone or also wording.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reads {
    /// Figures, grades, marks and whole texts.
    Facts,
    /// Wording, by patterns of the rule pack: its findings say "possibly".
    Wording,
}

/// A fixed sentence in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    /// Japanese.
    pub ja: &'static str,
    /// English.
    pub en: &'static str,
}

/// What a rule looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// One report.
    Report,
    /// Editions of one plan.
    Editions,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Check {
    Report(fn(&Subject<'_>, &mut Tally)),
    Editions(fn(&editions::Tracks<'_>, &mut Tally)),
}

impl Rule {
    /// What it looks at.
    #[must_use]
    pub fn scope(&self) -> Scope {
        match self.check {
            Check::Report(_) => Scope::Report,
            Check::Editions(_) => Scope::Editions,
        }
    }

    /// The gravest severity that its findings may have.
    #[must_use]
    pub fn gravest(&self) -> Severity {
        self.severities.iter().copied().max().unwrap_or(Severity::Info)
    }
}

static RULES: &[Rule] = &[
    numbers::NUM_01,
    numbers::NUM_02,
    numbers::NUM_03,
    shares::NUM_04,
    shares::NUM_05,
    links::NUM_06,
    shares::NUM_07,
    shares::NUM_08,
    shares::NUM_09,
    totals::NUM_10,
    targets::NUM_11,
    grades::GRD_01,
    grades::GRD_02,
    grades::GRD_03,
    grades::GRD_04,
    concentration::GRD_05,
    causes::GRD_06,
    grades::GRD_07,
    causes::GRD_08,
    links::GRD_09,
    status::STS_01,
    targets::TGT_01,
    targets::TGT_02,
    targets::TGT_03,
    targets::TGT_04,
    targets::TGT_05,
    announced::TGT_06,
    structure::STR_01,
    structure::STR_02,
    objectives::STR_03,
    blanks::STR_04,
    notes::FTN_01,
    notes::FTN_02,
    notes::FTN_03,
    texts::TXT_01,
    texts::TXT_02,
    texts::TXT_03,
    texts::TXT_04,
    period::PER_01,
    legal::LEG_01,
    editions::XDC_01,
    editions::XDC_02,
    editions::XDC_03,
    editions::XDC_04,
];

/// All rules, in the order in which they are reported.
#[must_use]
pub fn rules() -> &'static [Rule] {
    RULES
}

/// The rule with this id, in any letter case.
#[must_use]
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id.eq_ignore_ascii_case(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_stands_once_and_in_order_within_its_family() {
        for pair in RULES.windows(2) {
            let (before, after) = (pair[0].id, pair[1].id);
            assert!(before[..3] != after[..3] || before < after, "{before} before {after}");
        }
        assert_eq!(RULES.len(), 44);
        assert!(rule("num-01").is_some() && rule("NUM-99").is_none());
    }
}
