//! XDC-01 to XDC-04: editions of one plan against each other. A year that was blank and is filled now is no change;
//! every fact is compared with the latest earlier edition that prints it.

mod announced;
mod belonging;
mod extent;
mod figures;
mod grades;
mod tracks;

pub use belonging::{Difference, differences};
pub(super) use tracks::Tracks;

use super::registry::{Check as RuleCheck, Reads, Rule, Words, rules};
use super::{Check, Finding, Severity, Tally};
use crate::geom::Place;
use crate::report::{Report, Source};
use extent::extent;
use figures::{figures, targets};
use grades::grades;
use schemars::JsonSchema;
use serde::Serialize;

const TWO_EDITIONS: Words =
    Words { ja: "両方の版に印字された値がない", en: "nothing of the kind is printed in two editions" };

pub(super) const XDC_01: Rule = Rule {
    id: "XDC-01",
    severities: &[Severity::Error],
    reads: Reads::Facts,
    definition: Words {
        ja: "過去の年度の実績が前の版と異なる。",
        en: "A past figure differs from the earlier edition.",
    },
    needs: TWO_EDITIONS,
    check: RuleCheck::Editions(figures),
};

pub(super) const XDC_02: Rule = Rule {
    id: "XDC-02",
    severities: &[Severity::Error],
    reads: Reads::Facts,
    definition: Words {
        ja: "過去の年度の評価が前の版と異なる。",
        en: "A past grade differs from the earlier edition.",
    },
    needs: TWO_EDITIONS,
    check: RuleCheck::Editions(grades),
};

pub(super) const XDC_03: Rule = Rule {
    id: "XDC-03",
    severities: &[Severity::Warning],
    reads: Reads::Facts,
    definition: Words { ja: "目標が前の版と異なる。", en: "A target differs from the earlier edition." },
    needs: TWO_EDITIONS,
    check: RuleCheck::Editions(targets),
};

pub(super) const XDC_04: Rule = Rule {
    id: "XDC-04",
    severities: &[Severity::Warning],
    reads: Reads::Facts,
    definition: Words {
        ja: "前の版から、取組・指標・節・評価基準が現れた、消えた、又は名前が変わった。",
        en: "An initiative, indicator, section or legend entry appeared, disappeared or was renamed since the earlier edition.",
    },
    needs: Words { ja: "取組も指標もない", en: "no initiatives and no indicators" },
    check: RuleCheck::Editions(extent),
};

/// One edition: a report and what its file is called.
#[derive(Debug, Clone, Copy)]
pub struct Edition<'a> {
    /// File name, for the places of findings.
    pub file: &'a str,
    /// What it says.
    pub report: &'a Report,
}

/// What editions say against each other.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Comparison {
    /// Where the newest edition was read from.
    pub source: Source,
    /// All editions, oldest first.
    pub editions: Vec<Source>,
    /// Whether the newest edition is in Japanese.
    #[serde(skip)]
    pub japanese: bool,
    /// One for each rule that compares editions.
    pub checks: Vec<Check>,
    /// What was found, most serious first.
    pub findings: Vec<Finding>,
    /// Every figure as each edition prints it.
    pub history: Vec<History>,
}

/// One figure of one year through the editions.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct History {
    /// Name of the indicator in the newest edition that has it.
    pub indicator: String,
    /// Label of the row.
    pub series: Option<String>,
    /// Gregorian year in which the fiscal year starts.
    pub year: i32,
    /// What each edition prints, oldest first; editions that leave it blank are left out.
    pub values: Vec<HistoryValue>,
    /// Whether two editions print different values.
    pub changed: bool,
}

/// What one edition prints for a figure.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct HistoryValue {
    /// File name of the edition.
    pub file: String,
    /// Year that the edition reports on.
    pub fiscal_year: Option<i32>,
    /// The figure as printed, with its ratio.
    pub text: String,
    /// Where it stands.
    pub at: Vec<Place>,
}

/// Compares editions of one plan, oldest first whatever the order given (by the year they report on).
#[must_use]
pub fn compare(editions: &[Edition<'_>]) -> Comparison {
    let mut editions = editions.to_vec();
    let year = |edition: &Edition<'_>| edition.report.document.fiscal_year.as_ref().map(|fiscal| fiscal.year);
    editions.sort_by_key(|edition| year(edition));
    let tracks = Tracks::new(&editions);
    let mut checks = Vec::new();
    let mut findings = Vec::new();
    for rule in rules() {
        let RuleCheck::Editions(check) = rule.check else { continue };
        let mut tally = Tally::new(rule.id);
        check(&tracks, &mut tally);
        checks.push(tally.check(rule));
        findings.append(&mut tally.findings);
    }
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let source = |edition: &Edition<'_>| Source { file: edition.file.to_owned(), ..edition.report.source.clone() };
    let newest = editions.last();
    Comparison {
        source: newest.map(source).unwrap_or_default(),
        editions: editions.iter().map(source).collect(),
        japanese: newest.is_some_and(|edition| super::subject::is_japanese(edition.report)),
        checks,
        findings,
        history: tracks.history(),
    }
}

/// The finding with both texts and the files that print them.
fn changed(finding: Finding, (a, b): (&str, &str), old: &str, new: &str) -> Finding {
    finding.value("older", old).value("newer", new).value("older_file", a).value("newer_file", b)
}
