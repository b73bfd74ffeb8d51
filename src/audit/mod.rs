//! Takes one [`Report`] or several editions of one plan, gives findings: what the printed figures, grades and words
//! say against each other. One file for each family of rules; [`rules`] lists them all. It reads printed facts only,
//! accuses nobody, and leaves every format to `output`.
//!
//! Arithmetic is exact ([`decimal`]): figures are read again from their printed digits, never from binary fractions.

use crate::geom::Place;
use crate::report::{Report, Source};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

mod announced;
mod blanks;
mod brackets;
mod causes;
mod concentration;
pub mod decimal;
mod editions;
mod figures;
mod grades;
mod legal;
mod legend;
mod links;
mod notes;
mod numbers;
mod objectives;
mod pairing;
mod period;
mod registry;
mod shares;
mod status;
mod structure;
mod subject;
mod targets;
mod texts;
mod totals;
mod wording;

pub use editions::{Comparison, Difference, Edition, History, HistoryValue, compare, differences};
pub use registry::{Reads, Rule, Scope, Words, rule, rules};

use crate::report::rules::Rules;
use registry::Check as RuleCheck;
use subject::Subject;
use wording::Wording;

/// What one audit of one report found.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Audit {
    /// Where the report was read from.
    pub source: Source,
    /// Whether the report is in Japanese, which decides the language when nothing else does.
    #[serde(skip)]
    pub japanese: bool,
    /// One for each rule, in the order of the list of rules.
    pub checks: Vec<Check>,
    /// What was found, most serious first.
    pub findings: Vec<Finding>,
}

/// How many cases a rule checked and how many findings came of it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Check {
    /// Its id, `NUM-01`.
    pub rule: &'static str,
    /// Number of cases.
    pub checked: usize,
    /// Number of findings.
    pub findings: usize,
    /// Why there was no case, null where there was one.
    pub not_applicable: Option<Message>,
}

/// An enquiry: two printed facts that a reader should look at together.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Finding {
    /// Id of the rule.
    pub rule: &'static str,
    /// How serious it is.
    pub severity: Severity,
    /// Number of the section.
    pub section: Option<u32>,
    /// Number of the initiative inside its section.
    pub initiative: Option<u32>,
    /// Name of the indicator as printed.
    pub indicator: Option<String>,
    /// Gregorian year in which the fiscal year starts.
    pub year: Option<i32>,
    /// The facts in one or two sentences.
    pub message: Message,
    /// Where the facts stand.
    pub at: Vec<Spot>,
    /// The facts as data, by name.
    pub values: BTreeMap<&'static str, Value>,
    /// `unknown` where the text was converted before it came here, so that the conversion may be the cause.
    pub origin: Option<Origin>,
}

/// How serious a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// A reader would ask.
    Warning,
    /// Two printed facts contradict each other.
    Error,
}

/// Who may have caused what a finding about spelling points at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// The publication or the conversion to text.
    Unknown,
}

/// One sentence in both languages.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Message {
    /// Japanese.
    pub ja: String,
    /// English.
    pub en: String,
}

impl Message {
    /// The sentence in both languages.
    pub fn new(ja: impl Into<String>, en: impl Into<String>) -> Self {
        Self { ja: ja.into(), en: en.into() }
    }
}

/// A place, with its file where several are compared.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Spot {
    /// File name, only where several files are compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The place.
    #[serde(flatten)]
    pub place: Place,
}

impl Finding {
    fn new(rule: &'static str, severity: Severity, message: Message) -> Self {
        Self {
            rule,
            severity,
            section: None,
            initiative: None,
            indicator: None,
            year: None,
            message,
            at: Vec::new(),
            values: BTreeMap::new(),
            origin: None,
        }
    }

    fn section(mut self, number: u32) -> Self {
        self.section = Some(number);
        self
    }

    fn initiative(mut self, section: u32, number: u32) -> Self {
        self.section = Some(section);
        self.initiative = Some(number);
        self
    }

    fn indicator(mut self, name: &str) -> Self {
        self.indicator = Some(name.to_owned());
        self
    }

    fn year(mut self, year: i32) -> Self {
        self.year = Some(year);
        self
    }

    fn at(mut self, places: &[Place]) -> Self {
        self.at.extend(places.iter().map(|place| Spot { file: None, place: *place }));
        self
    }

    fn at_file(mut self, file: &str, places: &[Place]) -> Self {
        self.at.extend(places.iter().map(|place| Spot { file: Some(file.to_owned()), place: *place }));
        self
    }

    fn value(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.values.insert(name, value.into());
        self
    }
}

/// What a rule gathers while it looks: cases and findings.
#[derive(Debug)]
struct Tally {
    rule: &'static str,
    cases: usize,
    findings: Vec<Finding>,
}

impl Tally {
    fn new(rule: &'static str) -> Self {
        Self { rule, cases: 0, findings: Vec::new() }
    }

    fn case(&mut self) {
        self.cases += 1;
    }

    fn find(&self, severity: Severity, ja: impl Into<String>, en: impl Into<String>) -> Finding {
        Finding::new(self.rule, severity, Message::new(ja, en))
    }

    fn add(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    fn check(&self, rule: &Rule) -> Check {
        Check {
            rule: self.rule,
            checked: self.cases,
            findings: self.findings.len(),
            not_applicable: (self.cases == 0).then(|| {
                Message::new(format!("該当なし: {}", rule.needs.ja), format!("not applicable: {}", rule.needs.en))
            }),
        }
    }
}

/// Audits one report by what it prints, with the wording of the built-in rule pack that has read it.
#[must_use]
pub fn audit(report: &Report) -> Audit {
    judge(&Subject::new(report, Wording::of(&report.source.rules.pack)))
}

/// Audits one report with the wording that `rules` look for.
#[must_use]
pub fn audit_with(report: &Report, rules: &Rules) -> Audit {
    judge(&Subject::new(report, Wording::new(rules)))
}

fn judge(subject: &Subject<'_>) -> Audit {
    let mut checks = Vec::new();
    let mut findings = Vec::new();
    for rule in rules() {
        let RuleCheck::Report(check) = rule.check else { continue };
        let mut tally = Tally::new(rule.id);
        check(subject, &mut tally);
        checks.push(tally.check(rule));
        findings.append(&mut tally.findings);
    }
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    Audit { source: subject.report.source.clone(), japanese: subject::is_japanese(subject.report), checks, findings }
}

#[cfg(test)]
mod planted;
#[cfg(test)]
mod small;
#[cfg(test)]
mod tests;
