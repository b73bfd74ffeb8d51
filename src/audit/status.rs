//! STS-01: a status word against the actions beside it.

use super::registry::{Check, Reads, Rule, Words};
use super::subject::{Entry, Subject, excerpt, sentences};
use super::{Severity, Tally};

pub(super) const STS_01: Rule = Rule {
    id: "STS-01",
    severities: &[Severity::Error],
    reads: Reads::Wording,
    definition: Words {
        ja: "実施状況は「実施」なのに、取組の文は全部を中止したと述べている。",
        en: "The status says done, the actions say cancelled altogether.",
    },
    needs: Words {
        ja: "実施状況と取組の文の両方がある取組がない", en: "no initiative has both a status and actions"
    },
    check: Check::Report(done_but_cancelled),
};

fn done_but_cancelled(subject: &Subject<'_>, tally: &mut Tally) {
    for entry in subject.entries() {
        let (Some(status), Some(actions)) = (&entry.year.status, entry.actions()) else { continue };
        tally.case();
        let done = subject.wording.matches("STS-01", "done", &super::subject::plain(&status.value));
        if !done || !all_cancelled(subject, &actions.text) {
            continue;
        }
        tally.add(
            contradiction(tally, &entry, &status.text, &status.value, &actions.text).at(&status.at).at(&actions.at),
        );
    }
}

/// Whether every sentence ends in saying cancelled and none says carried out, even in part: what follows the
/// cancelling in the same sentence was done instead.
fn all_cancelled(subject: &Subject<'_>, actions: &str) -> bool {
    let mut sentences = sentences(actions).peekable();
    let cancelled = |sentence: &String| {
        let end = sentence.rsplit(['、', ',']).find(|clause| clause.chars().any(char::is_alphanumeric));
        subject.wording.matches("STS-01", "cancelled", end.unwrap_or(sentence))
            && !subject.wording.matches("STS-01", "partly", sentence)
    };
    sentences.peek().is_some() && sentences.all(|sentence| cancelled(&sentence))
}

fn contradiction(tally: &Tally, entry: &Entry<'_>, printed: &str, value: &str, actions: &str) -> super::Finding {
    let (name, year, text) = (entry.name(), entry.label(), excerpt(actions));
    let status = if printed == value { format!("「{value}」") } else { format!("「{printed}」（{value}）") };
    tally
        .find(
            Severity::Error,
            format!("{name} {year}: 実施状況は{status}、取組の文は「{text}」。全部を中止した可能性がある。"),
            format!("{name}, {year}: the status says {value} (“{printed}”), the actions say “{text}”: possibly cancelled altogether."),
        )
        .initiative(entry.item.section.number, entry.item.initiative.number)
        .year(entry.year.year)
        .value("status", value)
        .value("actions", actions)
}
