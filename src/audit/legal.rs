//! LEG-01: what the law asks a progress report to state. Only its absence is reported, and only as possible: the text
//! may stand on a page of its own.

use super::registry::{Check, Reads, Rule, Words};
use super::subject::{Subject, plain};
use super::{Severity, Tally};

pub(super) const LEG_01: Rule = Rule {
    id: "LEG-01",
    severities: &[Severity::Info],
    reads: Reads::Wording,
    definition: Words {
        ja: "特定事業主行動計画の報告が、根拠法と計画期間を述べているか（次世代育成支援対策推進法19条、女性活躍推進法19条）。",
        en: "Whether a report on an employer action plan states its legal basis and the plan's period (Act on Advancement of Measures to Support Raising Next-Generation Children, art. 19; Act on Promotion of Women's Participation, art. 19).",
    },
    needs: Words {
        ja: "特定事業主行動計画の報告ではない", en: "not a report on an employer action plan"
    },
    check: Check::Report(statements),
};

fn statements(subject: &Subject<'_>, tally: &mut Tally) {
    let report = subject.report;
    let head: Vec<_> = [&report.document.title, &report.document.subtitle].into_iter().flatten().collect();
    let title: String = head.iter().map(|text| plain(&text.text)).collect();
    if !subject.wording.matches("LEG-01", "applies", &title) {
        return;
    }
    let texts = head.iter().copied().chain(&report.prose).chain(&report.unplaced);
    let notes = report.footnotes.iter().map(|note| plain(&note.text));
    let lines = report.sections.iter().flat_map(|section| section.path.iter().chain(&section.objectives));
    let all: Vec<_> = texts.chain(lines).map(|text| plain(&text.text)).chain(notes).collect();
    let asked =
        [("basis", "根拠となる法律", "the law that it is based on"), ("period", "計画期間", "the period of the plan")];
    for (list, ja, en) in asked {
        tally.case();
        if all.iter().any(|text| subject.wording.matches("LEG-01", list, text)) {
            continue;
        }
        let mut finding = tally.find(
            Severity::Info,
            format!("「{title}」に{ja}の記述がない可能性がある。"),
            format!("“{title}” possibly does not state {en}."),
        );
        for text in &head {
            finding = finding.at(&text.at);
        }
        tally.add(finding.value("lacks", list));
    }
}
