//! TXT-01 to TXT-04: brackets, cut words, texts and terms that repeat or vary.

use super::brackets::{stops_inside_a_word, unbalanced};
use super::registry::{Check, Reads, Rule, Words};
use super::subject::{Entry, Item, Subject, excerpt, plain, section_name, sentences};
use super::wording::taken;
use super::{Finding, Origin, Severity, Tally};
use crate::geom::Place;
use crate::report::Text;
use std::collections::BTreeMap;

/// Characters from which a sentence is long enough for its repetition to say something.
const LONG: usize = 8;

pub(super) const TXT_01: Rule = Rule {
    id: "TXT-01",
    severities: &[Severity::Warning],
    reads: Reads::Facts,
    definition: Words {
        ja: "閉じていない（又は開いていない）括弧、語の途中で終わる文。",
        en: "Unbalanced brackets; text that stops inside a word.",
    },
    needs: Words { ja: "文がない", en: "no texts" },
    check: Check::Report(broken),
};

pub(super) const TXT_02: Rule = Rule {
    id: "TXT-02",
    severities: &[Severity::Info],
    reads: Reads::Facts,
    definition: Words {
        ja: "取組の文、課題の文が、印字された全年度（3年度以上）で同じ。",
        en: "Actions or issues that are equal in all printed years (three or more).",
    },
    needs: Words { ja: "3年度以上の文を持つ取組がない", en: "no initiative has texts for three years" },
    check: Check::Report(unchanged),
};

pub(super) const TXT_03: Rule = Rule {
    id: "TXT-03",
    severities: &[Severity::Info],
    reads: Reads::Facts,
    definition: Words {
        ja: "複数の取組に同じ文がある。", en: "The same sentence in several initiatives."
    },
    needs: Words { ja: "文のある取組が二つ以上ない", en: "fewer than two initiatives have texts" },
    check: Check::Report(shared),
};

pub(super) const TXT_04: Rule = Rule {
    id: "TXT-04",
    severities: &[Severity::Info],
    reads: Reads::Wording,
    definition: Words {
        ja: "一つの語の異なる表記（係わる／係る、育児休暇／育児休業など）。",
        en: "Variants of one term.",
    },
    needs: Words { ja: "文がない", en: "no texts" },
    check: Check::Report(variants),
};

/// One printed text with what it belongs to.
struct Piece<'a> {
    name: String,
    text: &'a str,
    at: &'a [Place],
    section: Option<u32>,
    initiative: Option<u32>,
    indicator: Option<&'a str>,
    year: Option<i32>,
}

impl<'a> Piece<'a> {
    fn new(name: impl Into<String>, text: &'a Text) -> Self {
        Self::of(name, &text.text, &text.at)
    }

    fn of(name: impl Into<String>, text: &'a str, at: &'a [Place]) -> Self {
        Self { name: name.into(), text, at, section: None, initiative: None, indicator: None, year: None }
    }

    fn in_entry(self, entry: &Entry<'_>) -> Self {
        Self { year: Some(entry.year.year), ..self.in_item(&entry.item) }
    }

    fn in_item(self, item: &super::subject::Item<'_>) -> Self {
        Self { section: Some(item.section.number), initiative: Some(item.initiative.number), ..self }
    }

    fn locate(&self, mut finding: Finding) -> Finding {
        finding.section = self.section;
        finding.initiative = self.initiative;
        finding.indicator = self.indicator.map(str::to_owned);
        finding.year = self.year;
        finding.at(self.at)
    }
}

/// Every printed text of the report, in reading order.
fn pieces<'a>(subject: &Subject<'a>) -> Vec<Piece<'a>> {
    let report = subject.report;
    let head = [&report.document.title, &report.document.subtitle, &report.document.publisher];
    let mut all: Vec<_> = head.into_iter().flatten().map(|text| Piece::new("表題", text)).collect();
    all.extend(report.prose.iter().map(|text| Piece::new("本文", text)));
    for section in &report.sections {
        let name = section_name(section);
        let titles = [&section.summary_title, &section.title].into_iter().flatten();
        let lines = section.path.iter().chain(titles).chain(&section.objectives).chain(&section.targets);
        all.extend(lines.map(|text| Piece { section: Some(section.number), ..Piece::new(&name, text) }));
    }
    for item in subject.items() {
        let one = item.initiative;
        let texts = [&one.title, &one.description, &one.responsible].into_iter().flatten();
        all.extend(texts.map(|text| Piece::new(item.name(), text).in_item(&item)));
    }
    for entry in subject.entries() {
        let year = entry.year;
        let name = format!("{} {}", entry.name(), entry.label());
        let texts = [&year.actions, &year.issues, &year.plan, &year.result].into_iter().flatten();
        all.extend(texts.map(|text| Piece::new(&name, text).in_entry(&entry)));
    }
    for indicator in &report.indicators {
        let name = super::figures::indicator_name(indicator);
        let mut add = |piece: Piece<'a>| all.push(Piece { indicator: Some(name), ..piece });
        indicator.name.iter().chain(&indicator.notes).for_each(|text| add(Piece::new(name, text)));
        for series in &indicator.series {
            if let Some(label) = series.label.as_ref().filter(|label| plain(&label.text) != plain(name)) {
                add(Piece::new(name, label));
            }
            for ratio in series.years.iter().filter_map(|measure| Some((measure, measure.ratio.as_ref()?))) {
                let (measure, ratio) = ratio;
                let cell = Piece::of(format!("{name} {}", measure.label), &ratio.text, &ratio.at);
                add(Piece { year: Some(measure.year), ..cell });
            }
        }
    }
    all.extend(report.footnotes.iter().map(|note| Piece::of("注", &note.text, &note.at)));
    all
}

/// Findings about spelling in text that was converted before it came here may be the conversion's.
fn origin(subject: &Subject<'_>) -> Option<Origin> {
    (subject.report.source.media_type != "application/pdf").then_some(Origin::Unknown)
}

fn broken(subject: &Subject<'_>, tally: &mut Tally) {
    for piece in pieces(subject) {
        tally.case();
        let (name, text) = (&piece.name, piece.text);
        let (ja, en, value) = if let Some(bracket) = unbalanced(text) {
            let ja = format!("{name}: 「{}」の括弧 {bracket} に対になる括弧がない。", text.trim());
            (ja, format!("{name}: a bracket {bracket} of “{}” has no partner.", text.trim()), "bracket")
        } else if stops_inside_a_word(text) {
            let ja = format!("{name}: 文「{}」が語の途中で終わっている。", text.trim());
            (ja, format!("{name}: “{}” stops inside a word.", text.trim()), "cut")
        } else {
            continue;
        };
        let (ja, en) = match origin(subject) {
            Some(_) => {
                (format!("{ja}変換によるものかもしれない。"), format!("{en} The conversion to text may be the cause."))
            }
            None => (ja, en),
        };
        let finding = tally.find(Severity::Warning, ja, en).value("what", value).value("text", text);
        let mut finding = piece.locate(finding);
        finding.origin = origin(subject);
        tally.add(finding);
    }
}

fn unchanged(subject: &Subject<'_>, tally: &mut Tally) {
    type Pick = fn(&crate::report::YearEntry) -> Option<&Text>;
    let picks: [(&str, &str, Pick); 2] = [
        ("取組", "actions", |year| year.actions.as_ref().or(year.result.as_ref())),
        ("課題", "issues", |year| year.issues.as_ref()),
    ];
    for item in subject.items() {
        for (ja, en, pick) in picks {
            let texts: Vec<_> = item.initiative.years.iter().filter_map(|year| Some((year, pick(year)?))).collect();
            let [(first, text), .., (last, _)] = texts.as_slice() else { continue };
            if texts.len() < 3 {
                continue;
            }
            tally.case();
            if texts.iter().any(|(_, other)| plain(&other.text) != plain(&text.text)) {
                continue;
            }
            let (name, n, words) = (item.name(), texts.len(), excerpt(&text.text));
            let mut finding = tally
                .find(
                    Severity::Info,
                    format!(
                        "{name}: {ja}の文が {} から {} までの {n} 年度とも同じ（「{words}」）。",
                        first.label, last.label
                    ),
                    format!(
                        "{name}: the {en} are the same in all {n} printed years, {} to {} (“{words}”).",
                        first.label, last.label
                    ),
                )
                .initiative(item.section.number, item.initiative.number)
                .value("member", en)
                .value("years", n)
                .value("text", text.text.clone());
            for (_, text) in &texts {
                finding = finding.at(&text.at);
            }
            tally.add(finding);
        }
    }
}

/// An initiative that has a sentence, and the place of the first use.
type Use<'a> = (Item<'a>, &'a [Place]);

fn shared(subject: &Subject<'_>, tally: &mut Tally) {
    // Sentence -> initiatives in order, each with the place of its first use.
    let mut uses: BTreeMap<String, Vec<Use<'_>>> = BTreeMap::new();
    let mut order: Vec<String> = Vec::new();
    for entry in subject.entries() {
        let item = entry.item;
        for text in [&entry.year.actions, &entry.year.result, &entry.year.issues].into_iter().flatten() {
            for sentence in sentences(&text.text).filter(|one| one.chars().count() >= LONG) {
                let found = uses.entry(sentence.clone()).or_insert_with(|| {
                    order.push(sentence);
                    Vec::new()
                });
                // The years of an initiative follow each other.
                if found.last().is_none_or(|(last, _)| !std::ptr::eq(last.initiative, item.initiative)) {
                    found.push((item, &text.at));
                }
            }
        }
    }
    if subject.items().filter(|item| item.initiative.years.iter().any(|year| year.actions.is_some())).count() < 2 {
        return;
    }
    for sentence in order {
        tally.case();
        let Some(found) = uses.get(&sentence).filter(|found| found.len() > 1) else { continue };
        let names: Vec<_> = found.iter().map(|(item, _)| item.name()).collect();
        let mut finding = tally.find(
            Severity::Info,
            format!("同じ文「{}」が複数の取組にある: {}。", excerpt(&sentence), names.join("、")),
            format!("the same sentence “{}” stands in several initiatives: {}.", excerpt(&sentence), names.join(", ")),
        );
        for (_, at) in found {
            finding = finding.at(at);
        }
        tally.add(finding.value("sentence", sentence).value("initiatives", names));
    }
}

fn variants(subject: &Subject<'_>, tally: &mut Tally) {
    let pieces = pieces(subject);
    if pieces.is_empty() {
        return;
    }
    for term in subject.wording.lists("TXT-04") {
        tally.case();
        let uses = subject.wording.alternatives("TXT-04", term).filter_map(|variant| {
            let count = pieces.iter().filter(|piece| variant.matches(&plain(piece.text))).count();
            let first = pieces.iter().find_map(|piece| Some((piece, taken(variant, piece.text)?)))?;
            Some((first, count))
        });
        let uses: Vec<_> = uses.collect();
        if uses.len() < 2 {
            continue;
        }
        let list = |sep: &str, open: &str, close: &str| {
            uses.iter().map(|((_, words), n)| format!("{open}{words}{close} {n}")).collect::<Vec<_>>().join(sep)
        };
        let mut finding = tally.find(
            Severity::Info,
            format!("一つの語が異なる表記で使われている可能性がある（件数）: {}。", list("、", "「", "」")),
            format!("one term is possibly written in several ways (texts): {}.", list(", ", "“", "”")),
        );
        for ((piece, _), _) in &uses {
            finding = finding.at(piece.at);
        }
        finding.origin = origin(subject);
        let words: Vec<_> = uses.iter().map(|((_, words), _)| words.clone()).collect();
        tally.add(finding.value("variants", words));
    }
}
