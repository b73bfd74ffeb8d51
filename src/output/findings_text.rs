//! Findings as a list for a terminal, most serious first, then what was checked.

use super::findings::{Findings, Language, pages};
use std::io::{self, Write};

/// Writes one list after the other.
///
/// # Errors
/// What `out` reports.
pub fn write(all: &[Findings<'_>], language: Language, out: &mut dyn Write) -> io::Result<()> {
    for (i, findings) in all.iter().enumerate() {
        if i > 0 {
            writeln!(out)?;
        }
        one(findings, language, out)?;
    }
    Ok(())
}

fn one(findings: &Findings<'_>, language: Language, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}: {}", findings.title(), language.counts(findings))?;
    for group in findings.groups() {
        let (id, severity) = (group.rule.id, language.severity(group.severity));
        writeln!(out, "\n{id} [{severity}] {}", language.definition(group.rule))?;
        for finding in group.findings {
            let pages = pages(&finding.at);
            let pages = if pages.is_empty() { pages } else { format!(" ({pages})") };
            writeln!(out, "  - {}{pages}", language.of(&finding.message).replace('\n', " "))?;
        }
    }
    if !findings.history.is_empty() {
        history(findings, language, out)?;
    }
    writeln!(out, "\n{}", language.pick("検査した規則", "Rules checked"))?;
    for check in findings.checks {
        writeln!(out, "  {}  {}", check.rule, language.check(check))?;
    }
    Ok(())
}

fn history(findings: &Findings<'_>, language: Language, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n{}", language.pick("値の推移（版の順）", "Figures through the editions"))?;
    for one in findings.history {
        let values: Vec<_> = one.values.iter().map(|value| format!("{} {}", value.file, value.text)).collect();
        let series = one.series.as_deref().filter(|series| *series != one.indicator);
        let series = series.map_or_else(String::new, |series| format!(" {series}"));
        let mark = if one.changed { "*" } else { " " };
        writeln!(out, " {mark}{}{series} {}: {}", one.indicator, one.year, values.join(" | "))?;
    }
    Ok(())
}
