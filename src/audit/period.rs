//! PER-01: how often something is said to happen, against the years in which it is reported.

use super::registry::{Check, Reads, Rule, Words};
use super::subject::{Entry, Item, Subject, excerpt, plain, sentences};
use super::{Severity, Tally};

pub(super) const PER_01: Rule = Rule {
    id: "PER-01",
    severities: &[Severity::Warning],
    reads: Reads::Wording,
    definition: Words {
        ja: "文が述べる周期（隔年など）と、実施を述べる年度が合うか。",
        en: "A stated periodicity (every other year, n times a year) against the years that report it.",
    },
    needs: Words { ja: "周期の記述がない", en: "no periodicity is stated" },
    check: Check::Report(every_other_year),
};

/// The thing that a sentence says happens every other year: what stands before 、 or 隔年, without particles.
fn thing(subject: &Subject<'_>, sentence: &str) -> Option<String> {
    let found = subject.wording.found("PER-01", "every-other-year", sentence)?;
    let (before, _) = sentence.split_once(found.as_str())?;
    let before = before.trim_end_matches(['、', ',']);
    let before = ["については", "に関しては", "について", "は", "を", "の", "も"]
        .into_iter()
        .find_map(|particle| before.strip_suffix(particle))
        .unwrap_or(before);
    let thing = before.rsplit(['、', '。']).next()?;
    (thing.chars().count() >= 3).then(|| thing.to_owned())
}

fn every_other_year(subject: &Subject<'_>, tally: &mut Tally) {
    for item in subject.items() {
        let entries: Vec<_> = item.initiative.years.iter().map(|year| Entry { item, year }).collect();
        for entry in &entries {
            for sentence in entry.texts().flat_map(sentences) {
                let Some(thing) = thing(subject, &sentence) else { continue };
                tally.case();
                judge(subject, tally, &item, &entries, entry, (&thing, &sentence));
            }
        }
        times_a_year(subject, tally, &item, &entries);
    }
}

/// Every other year means no two years running: years in which the thing was held or was to be held.
fn judge(
    subject: &Subject<'_>,
    tally: &mut Tally,
    item: &Item<'_>,
    entries: &[Entry<'_>],
    stated: &Entry<'_>,
    (thing, sentence): (&str, &str),
) {
    let planned = |entry: &&Entry<'_>| {
        let mut sentences = entry.texts().flat_map(sentences);
        sentences.any(|one| one.contains(thing) && !subject.wording.matches("PER-01", "not-planned", &one))
    };
    let years: Vec<_> = entries.iter().filter(planned).collect();
    let clash = years.windows(2).find_map(|pair| match pair {
        [a, b] if b.year.year == a.year.year + 1 => Some((*a, *b)),
        _ => None,
    });
    let Some((a, b)) = clash else { return };
    let (name, year) = (item.name(), stated.label());
    let words = excerpt(sentence);
    let mut finding = tally
        .find(
            Severity::Warning,
            format!("{name} {year}: 「{words}」とあるが、{} と {} の文は続けて「{thing}」に触れている。周期と合わない可能性がある。", a.label(), b.label()),
            format!("{name}, {year}: “{words}”, while {} and {} both speak of {thing}: possibly at odds with the stated period.", a.label(), b.label()),
        )
        .initiative(item.section.number, item.initiative.number)
        .year(stated.year.year)
        .value("thing", thing)
        .value("years", years.iter().map(|entry| entry.year.year).collect::<Vec<_>>());
    for entry in [stated, a, b] {
        finding = finding.at(entry.actions().map_or(&[], |actions| actions.at.as_slice()));
    }
    tally.add(finding);
}

/// A description that promises n times a year, against actions that report fewer.
fn times_a_year(subject: &Subject<'_>, tally: &mut Tally, item: &Item<'_>, entries: &[Entry<'_>]) {
    let Some(description) = &item.initiative.description else { return };
    let Some(promised) = times(subject, &plain(&description.text)) else { return };
    for entry in entries {
        let Some(actions) = entry.actions() else { continue };
        let text = plain(&actions.text);
        let Some(reported) = times(subject, &text).or_else(|| held(subject, &text)) else { continue };
        tally.case();
        if reported >= promised {
            continue;
        }
        let (name, year) = (item.name(), entry.label());
        let finding = tally.find(
            Severity::Warning,
            format!("{name} {year}: 取組内容は年{promised}回、取組の文は{reported}回。周期と合わない可能性がある。"),
            format!("{name}, {year}: the description says {promised} times a year, the actions {reported}: possibly at odds."),
        );
        let finding = finding.initiative(item.section.number, item.initiative.number).year(entry.year.year);
        tally.add(finding.at(&description.at).at(&actions.at).value("promised", promised).value("reported", reported));
    }
}

fn times(subject: &Subject<'_>, text: &str) -> Option<u32> {
    let found = subject.wording.found("PER-01", "times-a-year", text)?;
    found.chars().filter(char::is_ascii_digit).collect::<String>().parse().ok()
}

/// How often the text says that something was held, if it says so just once: several counts may be of several things.
fn held(subject: &Subject<'_>, text: &str) -> Option<u32> {
    let counts = text.split_inclusive(['、', '。', '・', '(', ')']).filter(|one| one.contains('回'));
    let [clause] = counts.collect::<Vec<_>>()[..] else { return None };
    if subject.wording.matches("PER-01", "times-each", clause) {
        return None;
    }
    let found = subject.wording.found("PER-01", "times-held", clause)?;
    found.chars().filter(char::is_ascii_digit).collect::<String>().parse().ok()
}
