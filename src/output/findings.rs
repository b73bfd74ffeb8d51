//! Findings as all their writers see them: of one audit or of a comparison, in one language.

use crate::audit::{Audit, Check, Comparison, Finding, History, Message, Rule, Severity, Spot, rule};
use std::collections::BTreeSet;

/// The language of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Japanese.
    Japanese,
    /// English.
    English,
}

/// Findings with what was checked, about one report or one set of editions.
#[derive(Debug, Clone)]
pub struct Findings<'a> {
    /// Names of the files, the newest edition last.
    pub files: Vec<&'a str>,
    /// SHA-256 of the last file, empty where unknown.
    pub sha256: &'a str,
    /// What was checked.
    pub checks: &'a [Check],
    /// What was found, most serious first.
    pub findings: &'a [Finding],
    /// Every figure through the editions; empty for one report.
    pub history: &'a [History],
}

impl<'a> From<&'a Audit> for Findings<'a> {
    fn from(audit: &'a Audit) -> Self {
        Self {
            files: vec![&audit.source.file],
            sha256: &audit.source.sha256,
            checks: &audit.checks,
            findings: &audit.findings,
            history: &[],
        }
    }
}

impl<'a> From<&'a Comparison> for Findings<'a> {
    fn from(comparison: &'a Comparison) -> Self {
        Self {
            files: comparison.editions.iter().map(|source| source.file.as_str()).collect(),
            sha256: &comparison.source.sha256,
            checks: &comparison.checks,
            findings: &comparison.findings,
            history: &comparison.history,
        }
    }
}

/// Consecutive findings of one rule and severity.
pub(super) struct Group<'a> {
    pub(super) rule: &'static Rule,
    pub(super) severity: Severity,
    pub(super) findings: &'a [Finding],
}

impl<'a> Findings<'a> {
    /// The file that findings without a file of their own are about.
    pub(super) fn file(&self) -> &'a str {
        self.files.last().copied().unwrap_or("-")
    }

    /// What the findings are about: one file, or the editions in order.
    pub(super) fn title(&self) -> String {
        self.files.join(" → ")
    }

    /// The findings by severity and rule, in order.
    pub(super) fn groups(&self) -> Vec<Group<'a>> {
        let same = |a: &Finding, b: &Finding| a.rule == b.rule && a.severity == b.severity;
        let group = |findings: &'a [Finding]| {
            let first = findings.first()?;
            Some(Group { rule: rule(first.rule)?, severity: first.severity, findings })
        };
        self.findings.chunk_by(same).filter_map(group).collect()
    }

    /// How many findings have this severity.
    pub(super) fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }
}

impl Language {
    /// One of two fixed texts.
    pub(super) fn pick<'t>(self, ja: &'t str, en: &'t str) -> &'t str {
        match self {
            Self::Japanese => ja,
            Self::English => en,
        }
    }

    /// The message in this language.
    #[must_use]
    pub fn of(self, message: &Message) -> &str {
        self.pick(&message.ja, &message.en)
    }

    /// BCP 47 tag.
    pub(super) fn tag(self) -> &'static str {
        self.pick("ja", "en")
    }

    /// The definition of a rule.
    #[must_use]
    pub fn definition(self, rule: &Rule) -> &'static str {
        self.pick(rule.definition.ja, rule.definition.en)
    }

    /// The name of a severity.
    #[must_use]
    pub fn severity(self, severity: Severity) -> &'static str {
        match severity {
            Severity::Error => self.pick("エラー", "error"),
            Severity::Warning => self.pick("警告", "warning"),
            Severity::Info => self.pick("参考", "info"),
        }
    }

    /// What a rule checked and found, in one line.
    pub(super) fn check(self, check: &Check) -> String {
        if let Some(reason) = &check.not_applicable {
            return self.of(reason).to_owned();
        }
        match self {
            Self::Japanese => format!("検査 {} 件、指摘 {} 件", check.checked, check.findings),
            Self::English => format!("checked {}, findings {}", check.checked, check.findings),
        }
    }

    /// `エラー 2、警告 38、参考 101`.
    pub(super) fn counts(self, findings: &Findings<'_>) -> String {
        let one = |severity| format!("{} {}", self.severity(severity), findings.count(severity));
        [Severity::Error, Severity::Warning, Severity::Info].map(one).join(self.pick("、", ", "))
    }
}

/// The stable name of a severity.
pub(super) fn severity_name(severity: Severity) -> &'static str {
    Language::English.severity(severity)
}

/// The pages of a finding: `p.3, 7`, with file names where several files are compared; empty without places.
pub(super) fn pages(spots: &[Spot]) -> String {
    let mut files: Vec<Option<&str>> = Vec::new();
    for spot in spots {
        if !files.contains(&spot.file.as_deref()) {
            files.push(spot.file.as_deref());
        }
    }
    let of_file = |file: &Option<&str>| {
        let pages: BTreeSet<u32> =
            spots.iter().filter(|spot| spot.file.as_deref() == *file).map(|spot| spot.place.page).collect();
        let pages = pages.iter().map(u32::to_string).collect::<Vec<_>>().join(", ");
        file.map_or_else(|| format!("p.{pages}"), |file| format!("{file} p.{pages}"))
    };
    files.iter().map(of_file).collect::<Vec<_>>().join("; ")
}
