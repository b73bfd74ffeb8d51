//! The counts that the rules give on the samples, and the traps that must not fire.

use super::{Audit, Severity, audit};
use crate::report::Report;

pub(super) fn expected(name: &str) -> Report {
    let path = format!("{}/tests/expected/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn counts(audit: &Audit) -> String {
    let mut lines = String::new();
    for check in &audit.checks {
        let of = |severity| audit.findings.iter().filter(|f| f.rule == check.rule && f.severity == severity).count();
        let by = [Severity::Error, Severity::Warning, Severity::Info].map(of);
        lines += &format!("{} {} of {} {by:?}\n", check.rule, check.findings, check.checked);
    }
    lines
}

#[test]
fn dump() {
    for name in std::env::var("DUMP").unwrap_or_default().split(',').filter(|n| !n.is_empty()) {
        let audit = audit(&expected(name));
        println!("== {name}\n{}", counts(&audit));
        for f in &audit.findings {
            if !["TGT-01"].contains(&f.rule) { println!("{} {:?} {}", f.rule, f.severity, f.message.ja) }
        }
    }
}
