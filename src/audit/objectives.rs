//! STR-03 and TGT-06: what the head of a section announces against the initiatives and the targets that follow.

use super::decimal::Decimal;
use super::figures::indicator_name;
use super::registry::{Check, Reads, Rule, Words};
use super::subject::{Subject, plain, section_name};
use super::{Severity, Tally};
use crate::report::{Indicator, Section, Series, Target, Text};
use std::cmp::Ordering;

pub(super) const STR_03: Rule = Rule {
    id: "STR-03",
    severities: &[Severity::Warning],
    reads: Reads::Facts,
    definition: Words {
        ja: "番号付きの取組内容（①など）の語が、その節のどの取組にも現れない。",
        en: "A numbered objective that no initiative answers: none of its words stands in any initiative of the section.",
    },
    needs: Words { ja: "番号付きの取組内容がない", en: "no numbered objectives" },
    check: Check::Report(unanswered),
};

pub(super) const TGT_06: Rule = Rule {
    id: "TGT-06",
    severities: &[Severity::Error],
    reads: Reads::Facts,
    definition: Words {
        ja: "二か所に印字された同じ目標の値が異なっていないか。",
        en: "A target printed in two places with different values.",
    },
    needs: Words { ja: "二か所に印字された目標がない", en: "no target is printed in two places" },
    check: Check::Report(targets_twice),
};

/// The text of a numbered objective without its number.
fn numbered(objective: &str) -> Option<&str> {
    let circled = |c: char| ('①'..='⑳').contains(&c);
    objective.trim_start().strip_prefix(circled)
}

/// The words that carry meaning: runs of at least two ideographs or three katakana.
fn words(text: &str) -> Vec<String> {
    let script = |c: char| match c {
        '\u{4e00}'..='\u{9fff}' | '々' => 1,
        'ァ'..='ヺ' | 'ー' => 2,
        _ => 0,
    };
    let mut runs: Vec<(u8, String)> = Vec::new();
    for c in plain(text).chars() {
        match runs.last_mut() {
            Some((kind, run)) if *kind == script(c) => run.push(c),
            _ => runs.push((script(c), c.to_string())),
        }
    }
    let long = |(kind, run): &(u8, String)| match kind {
        1 => run.chars().count() >= 2,
        2 => run.chars().count() >= 3,
        _ => false,
    };
    runs.into_iter().filter(long).map(|(_, run)| run).collect()
}

/// Pieces of a word by which a text answers it: the word itself, and for long compounds each pair of ideographs.
fn answers(text: &str, word: &str) -> bool {
    let characters: Vec<char> = word.chars().collect();
    text.contains(word)
        || characters
            .chunks(2)
            .any(|pair| pair.len() == 2 && characters.len() > 3 && text.contains(&pair.iter().collect::<String>()))
}

fn unanswered(subject: &Subject<'_>, tally: &mut Tally) {
    for section in subject.report.sections.iter().filter(|section| !section.initiatives.is_empty()) {
        let text = everything(section);
        for objective in &section.objectives {
            let Some(words) = numbered(&objective.text).map(words).filter(|words| !words.is_empty()) else { continue };
            tally.case();
            if words.iter().any(|word| answers(&text, word)) {
                continue;
            }
            let (name, line) = (section_name(section), &objective.text);
            let titles: Vec<_> =
                section.initiatives.iter().filter_map(|one| Some(one.title.as_ref()?.text.clone())).collect();
            let mut finding = tally
                .find(
                    Severity::Warning,
                    format!(
                        "{name}: 取組内容「{line}」の語は、この節のどの取組（{}）にも現れない。",
                        titles.join("、")
                    ),
                    format!(
                        "{name}: no word of the objective “{line}” stands in any initiative of the section ({}).",
                        titles.join("; ")
                    ),
                )
                .section(section.number)
                .at(&objective.at)
                .value("objective", line.clone());
            for title in section.initiatives.iter().filter_map(|one| one.title.as_ref()) {
                finding = finding.at(&title.at);
            }
            tally.add(finding.value("initiatives", titles));
        }
    }
}

/// All words of a section's initiatives.
fn everything(section: &Section) -> String {
    let mut text = String::new();
    let mut take = |part: &Option<Text>| {
        text.extend(part.iter().map(|part| plain(&part.text)));
        text.push('\n');
    };
    for one in &section.initiatives {
        [&one.title, &one.description].into_iter().for_each(&mut take);
        for year in &one.years {
            [&year.actions, &year.issues, &year.plan, &year.result].into_iter().for_each(&mut take);
        }
    }
    text
}

/// A share that a section's target line announces, with the words before it.
struct Announced {
    words: String,
    value: Decimal,
}

/// The percentages of a line with the words since the one before: `主任職35%、係長職25%`.
fn announced(line: &str) -> Vec<Announced> {
    let line = plain(line);
    let mut found = Vec::new();
    let mut rest = line.as_str();
    while let Some((before, after)) = rest.split_once('%') {
        let words = before.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
        if let Some(value) = Decimal::parse(&before[words.len()..]) {
            found.push(Announced { words: words.trim_start_matches(['、', ',', '及', 'び']).to_owned(), value });
        }
        rest = after;
    }
    found
}

type Row<'a> = (&'a Indicator, &'a Series, &'a Target);

fn targets_twice(subject: &Subject<'_>, tally: &mut Tally) {
    let rows: Vec<Row<'_>> = subject
        .report
        .indicators
        .iter()
        .flat_map(|indicator| indicator.series.iter().map(move |series| (indicator, series)))
        .filter_map(|(indicator, series)| Some((indicator, series, series.target.as_ref()?)))
        .filter(|(_, _, target)| target.unit.as_deref().is_some_and(|unit| plain(unit) == "%"))
        .collect();
    for section in &subject.report.sections {
        for line in &section.targets {
            let shares = announced(&line.text);
            for one in &shares {
                for row in named(section, line, &shares, one, &rows) {
                    compare_target(tally, section, line, one, row);
                }
            }
        }
    }
}

/// The targets that a share of a section's line names. A line with several shares names them by scope only: its
/// shares may be steps of one target.
fn named<'r>(section: &Section, line: &Text, shares: &[Announced], one: &Announced, rows: &[Row<'r>]) -> Vec<Row<'r>> {
    let whole = plain(&line.text);
    let by_scope = |(indicator, _, target): &Row<'_>| {
        let scope = target.scope.as_ref().is_some_and(|scope| one.words.contains(&plain(scope)));
        scope && whole.contains(&plain(indicator_name(indicator)))
    };
    let scoped: Vec<_> = rows.iter().copied().filter(by_scope).collect();
    if !scoped.is_empty() || shares.len() != 1 {
        return scoped;
    }
    let unscoped = || rows.iter().copied().filter(|(_, _, target)| target.scope.is_none());
    let about = |(indicator, ..): &Row<'_>, text: &str| {
        core(indicator_name(indicator)).is_some_and(|core| text.contains(&core))
    };
    let by_name: Vec<_> = unscoped().filter(|row| about(row, &whole)).collect();
    if !by_name.is_empty() || !is_bare_rate(&one.words) {
        return by_name;
    }
    // 「取得率50%」 names nothing: it is the rate that the section is about, if that is just one.
    let heading: String = section.title.iter().chain(&section.objectives).map(|text| plain(&text.text)).collect();
    let by_heading: Vec<_> = unscoped().filter(|row| about(row, &heading)).collect();
    if by_heading.len() == 1 { by_heading } else { Vec::new() }
}

/// Whether the words before a share only say that it is a rate.
fn is_bare_rate(words: &str) -> bool {
    let words = words.trim_start_matches("【目標】");
    ["取得率", "参加率", "実施率", "受講率", "達成率"]
        .iter()
        .any(|rate| words.strip_prefix(rate).is_some_and(|rest| rest.is_empty() || rest.starts_with('(')))
}

/// The thing that a rate is about: `男性職員の育児参加休暇取得率` is about 育児参加休暇.
fn core(name: &str) -> Option<String> {
    let name = plain(name);
    let thing = name.rsplit('の').find(|part| part.chars().count() >= 4)?;
    let thing = thing.trim_end_matches("取得率").trim_end_matches("割合").to_owned();
    (thing.chars().count() >= 4).then_some(thing)
}

fn compare_target(
    tally: &mut Tally,
    section: &Section,
    line: &Text,
    one: &Announced,
    (indicator, series, target): (&Indicator, &Series, &Target),
) {
    let Some(value) = target.value.and_then(|value| Decimal::printed(&target.text, value)) else { return };
    tally.case();
    if one.value.compare(value) == Some(Ordering::Equal) {
        return;
    }
    let (name, row) = (section_name(section), super::figures::row_name(indicator, series));
    let finding = tally.find(
        Severity::Error,
        format!(
            "{name}: 取組内容の「{}」は {}%、指標「{row}」の目標「{}」は {value}%。",
            line.text, one.value, target.text
        ),
        format!("{name}: “{}” says {}%, the target “{}” of {row} says {value}%.", line.text, one.value, target.text),
    );
    let finding = finding.section(section.number).indicator(indicator_name(indicator)).at(&line.at).at(&target.at);
    tally.add(finding.value("section_target", one.value.to_string()).value("indicator_target", value.to_string()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_runs_of_one_script() {
        assert_eq!(words("市の施設の子育てバリアフリー"), ["施設", "子育", "バリアフリー"]);
        assert_eq!(words("業務の効率化"), ["業務", "効率化"]);
    }

    #[test]
    fn a_line_may_announce_several_shares() {
        let found = announced("【目標】女性職員の昇任試験申込率、主任職35%、係長職25%");
        let values: Vec<_> = found.iter().map(|one| (one.words.as_str(), one.value.to_string())).collect();
        assert_eq!(
            values,
            [("【目標】女性職員の昇任試験申込率、主任職", "35".to_owned()), ("係長職", "25".to_owned())]
        );
        assert!(announced("数値目標の達成を目指す。").is_empty());
    }

    #[test]
    fn a_rate_is_about_its_thing() {
        assert_eq!(core("男性職員の育児参加休暇取得率").as_deref(), Some("育児参加休暇"));
        assert_eq!(core("取得率"), None);
    }
}
