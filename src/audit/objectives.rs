//! STR-03: what the head of a section announces against the initiatives that follow.

use super::registry::{Check, Reads, Rule, Words};
use super::subject::{Subject, plain, section_name};
use super::{Severity, Tally};
use crate::report::{Section, Text};

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_runs_of_one_script() {
        assert_eq!(words("市の施設の子育てバリアフリー"), ["施設", "子育", "バリアフリー"]);
        assert_eq!(words("業務の効率化"), ["業務", "効率化"]);
    }
}
