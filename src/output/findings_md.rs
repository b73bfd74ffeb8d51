//! Findings as Markdown: a memo with one table for each rule that found something, then what was checked.

use super::findings::{Findings, Language, pages};
use std::io::{self, Write};

/// Writes one memo after the other.
///
/// # Errors
/// What `out` reports.
pub fn write(all: &[Findings<'_>], language: Language, out: &mut dyn Write) -> io::Result<()> {
    write_title(language, out)?;
    all.iter().try_for_each(|findings| write_memo(findings, language, out))
}

/// Writes the title above all memos.
///
/// # Errors
/// What `out` reports.
pub fn write_title(language: Language, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# {}", language.pick("監査メモ", "Audit memo"))
}

/// Writes the memo about one report.
///
/// # Errors
/// What `out` reports.
pub fn write_memo(findings: &Findings<'_>, language: Language, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n## {}\n\n{}", escaped(&findings.title()), language.counts(findings))?;
    for group in findings.groups() {
        let (id, severity) = (group.rule.id, language.severity(group.severity));
        writeln!(out, "\n### {id} ({severity})\n\n{}\n", escaped(language.definition(group.rule)))?;
        writeln!(out, "| {} | {} |\n| --- | --- |", language.pick("指摘", "Finding"), language.pick("ページ", "Page"))?;
        for finding in group.findings {
            writeln!(out, "| {} | {} |", escaped(language.of(&finding.message)), escaped(&pages(&finding.at)))?;
        }
    }
    if !findings.history.is_empty() {
        history(findings, language, out)?;
    }
    writeln!(out, "\n### {}\n", language.pick("検査した規則", "Rules checked"))?;
    writeln!(out, "| {} | {} |\n| --- | --- |", language.pick("規則", "Rule"), language.pick("結果", "Result"))?;
    for check in findings.checks {
        writeln!(out, "| {} | {} |", check.rule, escaped(&language.check(check)))?;
    }
    Ok(())
}

fn history(findings: &Findings<'_>, language: Language, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n### {}\n", language.pick("値の推移（版の順）", "Figures through the editions"))?;
    let heads = [("指標", "Indicator"), ("年度", "Year"), ("値", "Values"), ("変更", "Changed")];
    let heads = heads.map(|(ja, en)| language.pick(ja, en)).join(" | ");
    writeln!(out, "| {heads} |\n| --- | --- | --- | --- |")?;
    for one in findings.history {
        let values: Vec<_> = one.values.iter().map(|value| format!("{}: {}", value.file, value.text)).collect();
        let series = one.series.as_deref().filter(|series| *series != one.indicator).unwrap_or("");
        let name = escaped(format!("{} {series}", one.indicator).trim());
        let changed = if one.changed { language.pick("あり", "yes") } else { "" };
        writeln!(out, "| {name} | {} | {} | {changed} |", one.year, escaped(&values.join("; ")))?;
    }
    Ok(())
}

/// Text that stays text in a table cell.
fn escaped(text: &str) -> String {
    let mut safe = String::new();
    for c in text.chars() {
        match c {
            '\n' => safe.push_str("<br>"),
            '<' => safe.push_str("&lt;"),
            '\\' | '|' | '*' | '_' | '`' | '[' | ']' | '#' => safe.extend(['\\', c]),
            c => safe.push(c),
        }
    }
    safe
}
