//! Takes a review, gives what stands at the top of the page: what was read, from what, and how much of it.

use super::{both, escaped, pair, printed};
use crate::audit::{Message, Severity};
use crate::output::findings::{Language, severity_name};
use crate::review::Review;
use std::io::{self, Write};

/// Title of the report, else the name of its file.
pub(super) fn title(review: &Review) -> String {
    let title = review.report.document.title.as_ref().map(|title| title.text.replace('\n', " "));
    title.filter(|title| !title.is_empty()).unwrap_or_else(|| review.report.source.file.clone())
}

/// Title, source, counts, coverage.
pub(super) fn write(review: &Review, out: &mut dyn Write) -> io::Result<()> {
    let head = &review.report.document;
    let source = &review.report.source;
    writeln!(out, "<h1{}>{}</h1>", printed(review), escaped(&title(review)))?;
    let body = head.organization.as_ref().map_or("", |body| body.name.as_str());
    let year = head.fiscal_year.as_ref().map_or("", |year| year.label.as_str());
    let facts: Vec<String> =
        [body, year, &source.file].iter().filter(|fact| !fact.is_empty()).map(|f| escaped(f)).collect();
    let pages = match source.pages {
        0 => pair("変換された文書", "converted text"),
        pages => pair(&format!("{pages} ページ"), &format!("{pages} pages")),
    };
    let hash = source.sha256.get(..12).unwrap_or(&source.sha256);
    writeln!(
        out,
        "<p class=\"facts\"><span{}>{}</span> · {pages} · <span title=\"{}\">SHA-256 {}…</span></p>",
        printed(review),
        facts.join(" · "),
        escaped(&source.sha256),
        escaped(hash)
    )?;
    writeln!(out, "<ul class=\"counts\">")?;
    for severity in [Severity::Error, Severity::Warning, Severity::Info] {
        let count = review.audit.findings.iter().filter(|finding| finding.severity == severity).count();
        let name = Message::new(Language::Japanese.severity(severity), Language::English.severity(severity));
        writeln!(out, "<li class=\"badge {}\">{} {count}</li>", severity_name(severity), both(&name))?;
    }
    writeln!(out, "</ul>")?;
    coverage(review, out)
}

/// Where the characters went, as a bar and in words.
fn coverage(review: &Review, out: &mut dyn Write) -> io::Result<()> {
    let coverage = review.report.coverage;
    let parts = [
        ("placed", "値", "values", coverage.placed),
        ("structure", "見出し・枠", "structure", coverage.structure),
        ("furniture", "ページ番号等", "page furniture", coverage.furniture),
        ("unplaced", "未分類", "unplaced", coverage.unplaced),
    ];
    let total = coverage.characters.max(1) as f64;
    writeln!(
        out,
        "<div class=\"coverage\"><svg viewBox=\"0 0 100 3\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
    )?;
    let mut x = 0.0;
    for (class, _, _, count) in parts {
        let width = count as f64 / total * 100.0;
        write!(out, "<rect class=\"c-{class}\" x=\"{x:.3}\" y=\"0\" width=\"{width:.3}\" height=\"3\"/>")?;
        x += width;
    }
    write!(out, "</svg><p>{}", pair("全文字", "all characters"))?;
    write!(out, " {}: ", coverage.characters)?;
    let words =
        parts.map(|(class, ja, en, count)| format!("<span class=\"c-{class}\">{} {count}</span>", pair(ja, en)));
    writeln!(out, "{}</p></div>", words.join(" + "))
}
