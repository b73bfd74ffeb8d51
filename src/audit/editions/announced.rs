//! XDC-03: targets that sections announce in words, in two editions.

use super::changed;
use super::tracks::Tracks;
use crate::audit::pairing::likeness;
use crate::audit::subject::{plain, section_name};
use crate::audit::{Severity, Tally};
use crate::report::{Section, Text};

/// Likeness, in percent, from which two lines without their figures are one target.
const ALIKE: usize = 65;

/// Target lines of sections: the same words with other figures are a moved target. A line that comes or goes is none.
pub(super) fn announced(tracks: &Tracks<'_>, tally: &mut Tally) {
    for track in &tracks.sections {
        for pair in track.seen.windows(2) {
            let [(older, was), (newer, is)] = pair else { continue };
            for (old, new) in pairs(&was.targets, &is.targets) {
                tally.case();
                if said(&old.text) == said(&new.text) {
                    continue;
                }
                tally.add(moved(tally, is, (old, new), (tracks.file(*older), tracks.file(*newer))));
            }
        }
    }
}

/// What a line aims at: its figures and the words that give them a direction.
fn said(line: &str) -> Vec<String> {
    let line = plain(line);
    let mut said = Vec::new();
    let mut figure = String::new();
    for c in line.chars() {
        match c {
            '0'..='9' | '.' => figure.push(c),
            ',' if !figure.is_empty() => {}
            _ => said.extend((!figure.is_empty()).then(|| std::mem::take(&mut figure))),
        }
    }
    said.extend((!figure.is_empty()).then_some(figure));
    let directions = ["以上", "以下", "以内", "未満", "超"];
    said.extend(directions.iter().filter(|word| line.contains(*word)).map(|word| (*word).to_owned()));
    said
}

/// A line without its figures.
fn words(line: &str) -> String {
    plain(line).chars().filter(|c| !c.is_ascii_digit() && !matches!(c, '.' | ',')).collect()
}

/// Lines that are the same target: equal lines first, then the likest.
fn pairs<'a>(older: &'a [Text], newer: &'a [Text]) -> Vec<(&'a Text, &'a Text)> {
    let mut scored = Vec::new();
    for (i, old) in older.iter().enumerate() {
        for (k, new) in newer.iter().enumerate() {
            let (a, b) = (words(&old.text), words(&new.text));
            let score = if plain(&old.text) == plain(&new.text) {
                102
            } else if a == b {
                101
            } else {
                likeness(&a, &b)
            };
            if score >= ALIKE {
                scored.push((score, i, k));
            }
        }
    }
    scored.sort_by_key(|(score, i, k)| (std::cmp::Reverse(*score), *i, *k));
    let (mut taken, mut mates) = (vec![false; older.len()], vec![false; newer.len()]);
    let mut found = Vec::new();
    for (_, i, k) in scored {
        let (Some(taken @ false), Some(mate @ false)) = (taken.get_mut(i), mates.get_mut(k)) else { continue };
        (*taken, *mate) = (true, true);
        found.extend(older.get(i).zip(newer.get(k)));
    }
    found
}

fn moved(tally: &Tally, section: &Section, (was, is): (&Text, &Text), (a, b): (&str, &str)) -> crate::audit::Finding {
    let (name, old, new) = (section_name(section), &was.text, &is.text);
    let finding = tally.find(
        Severity::Warning,
        format!("{name}の取組内容の目標: {a} では「{old}」、{b} では「{new}」。"),
        format!("{name}: the section's target is “{old}” in {a} and “{new}” in {b}."),
    );
    let finding = finding.section(section.number).at_file(a, &was.at).at_file(b, &is.at);
    changed(finding, (a, b), old, new)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(lines: &[&str]) -> Vec<Text> {
        lines.iter().map(|line| Text { text: (*line).to_owned(), at: Vec::new() }).collect()
    }

    #[test]
    fn a_line_is_followed_by_its_words() {
        let older = lines(&["【目標】育児休業取得率 50%以上（令和7年度）", "【目標】年次休暇 12日"]);
        let newer = lines(&[
            "【目標】年次休暇 12日",
            "【目標】育児休業取得率 85%以上（令和7年度）",
            "【目標】面談の実施率 100%",
        ]);
        let found: Vec<_> = pairs(&older, &newer).iter().map(|(a, b)| said(&a.text) == said(&b.text)).collect();
        assert_eq!(found, [true, false]);
        assert_eq!(said("1,200人以上"), ["1200", "以上"]);
    }
}
