//! Findings as SARIF 2.1.0 (OASIS), for tools that show the results of checks. A PDF has no lines, so the page and
//! box of each place stand in the location's properties and in its message.

use super::findings::{Findings, Language};
use crate::audit::{Finding, Reads, Severity, Spot, rules};
use serde_json::{Value, json};
use std::io::{self, Write};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// Writes one log with one run for all reports.
///
/// # Errors
/// What `out` reports.
pub fn write(all: &[Findings<'_>], language: Language, out: &mut dyn Write) -> io::Result<()> {
    let results: Vec<Value> = all
        .iter()
        .flat_map(|findings| findings.findings.iter().map(|finding| result(findings.file(), finding, language)))
        .collect();
    let mut files: Vec<(&str, &str)> = Vec::new();
    for findings in all {
        for file in &findings.files {
            let hash = if *file == findings.file() { findings.sha256 } else { "" };
            if !files.iter().any(|(known, _)| known == file) {
                files.push((file, hash));
            }
        }
    }
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "torikumi",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules().iter().map(|rule| descriptor(rule, language)).collect::<Vec<_>>(),
            }},
            "language": language.tag(),
            "artifacts": files.iter().map(|(file, hash)| artifact(file, hash)).collect::<Vec<_>>(),
            "results": results,
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &log)?;
    out.write_all(b"\n")
}

fn descriptor(rule: &crate::audit::Rule, language: Language) -> Value {
    json!({
        "id": rule.id,
        "shortDescription": { "text": language.definition(rule) },
        "defaultConfiguration": { "level": level(rule.gravest()) },
        "properties": { "readsWording": rule.reads == Reads::Wording },
    })
}

fn artifact(file: &str, hash: &str) -> Value {
    let mut artifact = json!({ "location": { "uri": uri(file) } });
    if !hash.is_empty() {
        artifact["hashes"] = json!({ "sha-256": hash });
    }
    artifact
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn result(file: &str, finding: &Finding, language: Language) -> Value {
    let mut locations: Vec<Value> = finding.at.iter().map(|spot| location(file, spot)).collect();
    if locations.is_empty() {
        locations.push(json!({ "physicalLocation": { "artifactLocation": { "uri": uri(file) } } }));
    }
    json!({
        "ruleId": finding.rule,
        "ruleIndex": rules().iter().position(|rule| rule.id == finding.rule),
        "level": level(finding.severity),
        "message": { "text": language.of(&finding.message) },
        "locations": locations,
        "properties": {
            "section": finding.section,
            "initiative": finding.initiative,
            "indicator": finding.indicator,
            "year": finding.year,
            "values": finding.values,
            "origin": finding.origin,
        },
    })
}

fn location(file: &str, spot: &Spot) -> Value {
    let [x0, y0, x1, y1] = spot.place.bbox;
    json!({
        "physicalLocation": { "artifactLocation": { "uri": uri(spot.file.as_deref().unwrap_or(file)) } },
        "message": { "text": format!("p.{} [{x0} {y0} {x1} {y1}]", spot.place.page) },
        "properties": { "page": spot.place.page, "bbox": spot.place.bbox },
    })
}

/// A file name as a relative URI reference (RFC 3986): all but unreserved characters percent-encoded.
fn uri(file: &str) -> String {
    let mut uri = String::new();
    for byte in file.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => uri.push(char::from(byte)),
            byte => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn file_names_become_uri_references() {
        assert_eq!(uri("koganei-r5.pdf"), "koganei-r5.pdf");
        assert_eq!(uri("報告 5.pdf"), "%E5%A0%B1%E5%91%8A%205.pdf");
    }
}
