//! Findings as one HTML page without any other file: counts, findings by rule with their facts and pages, what was
//! checked. It reads without scripts, on paper and with a screen reader.

use super::findings::{Findings, Language, pages, severity_name};
use crate::audit::{Finding, Severity};
use serde_json::Value;
use std::io::{self, Write};

const STYLE: &str = "\
:root{color-scheme:light dark;--error:#b3261e;--warning:#8a5a00;--info:#1f5f8b;--line:#8884}\
body{font-family:system-ui,'Hiragino Sans','Noto Sans CJK JP','Yu Gothic',sans-serif;line-height:1.6;max-width:60rem;\
margin:0 auto;padding:1rem}\
h1{font-size:1.4rem}h2{font-size:1.2rem;margin-top:2.5rem;border-bottom:2px solid var(--line)}h3{font-size:1rem;margin:1.6rem 0 .2rem}\
p{margin:.2rem 0}ul{padding-left:1.2rem;margin:.4rem 0}li{margin:.45rem 0}\
.error{color:var(--error)}.warning{color:var(--warning)}.info{color:var(--info)}\
.badge{font-size:.8rem;font-weight:600;border:1px solid currentColor;border-radius:.3rem;padding:0 .4rem;margin-left:.4rem}\
.page{white-space:nowrap;opacity:.75;font-size:.9em}details{font-size:.88em}dl{display:grid;grid-template-columns:max-content 1fr;gap:0 1rem;margin:.2rem 0}\
dt{opacity:.75}dd{margin:0;overflow-wrap:anywhere}\
table{border-collapse:collapse;width:100%;font-size:.92em}th,td{border:1px solid var(--line);padding:.25rem .5rem;text-align:left;vertical-align:top}\
.changed td{font-weight:600}nav a{margin-right:1rem}@media print{details{display:none}h3,li{break-inside:avoid}}";

/// Writes one page about all reports.
///
/// # Errors
/// What `out` reports.
pub fn write(all: &[Findings<'_>], language: Language, out: &mut dyn Write) -> io::Result<()> {
    let title = language.pick("監査メモ", "Audit memo");
    let names = all.iter().map(Findings::title).collect::<Vec<_>>().join(", ");
    write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n\
         <title>{title}: {}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n",
        language.tag(),
        escaped(&names)
    )?;
    writeln!(
        out,
        "<p>{}</p>",
        language.pick(
            "指摘は照会であり、判定ではない。印字された事実とその場所を示す。",
            "A finding is an enquiry, not a verdict: it states printed facts and where they stand."
        )
    )?;
    for findings in all {
        section(findings, language, out)?;
    }
    out.write_all(b"</body>\n</html>\n")
}

fn section(findings: &Findings<'_>, language: Language, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<section>\n<h2>{}</h2>\n<p>", escaped(&findings.title()))?;
    for severity in [Severity::Error, Severity::Warning, Severity::Info] {
        writeln!(out, "{}", badge(severity, language, &findings.count(severity).to_string()))?;
    }
    writeln!(out, "</p>")?;
    for group in findings.groups() {
        writeln!(out, "<h3>{}{}</h3>", group.rule.id, badge(group.severity, language, ""))?;
        writeln!(out, "<p>{}</p>\n<ul>", escaped(language.definition(group.rule)))?;
        for finding in group.findings {
            item(finding, language, out)?;
        }
        writeln!(out, "</ul>")?;
    }
    history(findings, language, out)?;
    checks(findings, language, out)?;
    writeln!(out, "</section>")
}

fn badge(severity: Severity, language: Language, count: &str) -> String {
    let (class, name) = (severity_name(severity), language.severity(severity));
    format!("<span class=\"badge {class}\">{}</span>", format!("{name} {count}").trim())
}

fn item(finding: &Finding, language: Language, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "<li>{}", escaped(language.of(&finding.message)))?;
    let pages = pages(&finding.at);
    if !pages.is_empty() {
        write!(out, " <span class=\"page\">({})</span>", escaped(&pages))?;
    }
    if !finding.values.is_empty() || !finding.at.is_empty() {
        write!(out, "<details><summary>{}</summary><dl>", language.pick("値と場所", "values and places"))?;
        for (name, value) in &finding.values {
            write!(out, "<dt>{name}</dt><dd>{}</dd>", escaped(&plain(value)))?;
        }
        for spot in &finding.at {
            let [x0, y0, x1, y1] = spot.place.bbox;
            let file = spot.file.as_deref().map_or_else(String::new, |file| format!("{} ", escaped(file)));
            write!(out, "<dt>{file}p.{}</dt><dd>{x0}, {y0}, {x1}, {y1} pt</dd>", spot.place.page)?;
        }
        write!(out, "</dl></details>")?;
    }
    writeln!(out, "</li>")
}

/// A value as a reader writes it.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(all) => all.iter().map(plain).collect::<Vec<_>>().join(" / "),
        other => other.to_string(),
    }
}

fn history(findings: &Findings<'_>, language: Language, out: &mut dyn Write) -> io::Result<()> {
    if findings.history.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "<h3>{}</h3>\n<table>\n<thead><tr>",
        language.pick("値の推移（版の順）", "Figures through the editions")
    )?;
    writeln!(out, "<th scope=\"col\">{}</th>", language.pick("指標", "Indicator"))?;
    writeln!(out, "<th scope=\"col\">{}</th>", language.pick("年度", "Year"))?;
    for file in &findings.files {
        writeln!(out, "<th scope=\"col\">{}</th>", escaped(file))?;
    }
    writeln!(out, "</tr></thead>\n<tbody>")?;
    for one in findings.history {
        let series = one.series.as_deref().filter(|series| *series != one.indicator).unwrap_or("");
        let class = if one.changed { " class=\"changed\"" } else { "" };
        write!(out, "<tr{class}><td>{} {}</td><td>{}</td>", escaped(&one.indicator), escaped(series), one.year)?;
        for file in &findings.files {
            let value = one.values.iter().find(|value| value.file == **file).map_or("", |value| value.text.as_str());
            write!(out, "<td>{}</td>", escaped(value))?;
        }
        writeln!(out, "</tr>")?;
    }
    writeln!(out, "</tbody>\n</table>")
}

fn checks(findings: &Findings<'_>, language: Language, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<h3>{}</h3>\n<table>\n<thead><tr>", language.pick("検査した規則", "Rules checked"))?;
    for (ja, en) in [("規則", "Rule"), ("内容", "What it compares"), ("結果", "Result")] {
        writeln!(out, "<th scope=\"col\">{}</th>", language.pick(ja, en))?;
    }
    writeln!(out, "</tr></thead>\n<tbody>")?;
    for check in findings.checks {
        let definition = crate::audit::rule(check.rule).map_or("", |rule| language.definition(rule));
        let result = escaped(&language.check(check));
        writeln!(out, "<tr><td>{}</td><td>{}</td><td>{result}</td></tr>", check.rule, escaped(definition))?;
    }
    writeln!(out, "</tbody>\n</table>")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\n', "<br>")
}
