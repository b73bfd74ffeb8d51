//! Which pack fits a document: each is scored by the headings that its vocabulary knows and by the wording that speaks
//! for it alone.

use super::Rules;
use crate::document::{Block, Document};
use crate::warning::Warning;

/// Cells longer than this (in bytes) are no headings and prove nothing.
const LONGEST_EVIDENCE: usize = 240;

/// Cells of one table that are looked at: headings stand first.
const CELLS_PER_TABLE: usize = 24;

/// Texts of one document that are looked at.
const TEXTS: usize = 160;

/// Scores closer than this are a tie.
const TIE: f64 = 1e-6;

/// The pack that fits a document best.
#[derive(Debug, Clone)]
pub struct Choice<'r> {
    /// The pack to use.
    pub rules: &'r Rules,
    /// The next best, if it fits at all.
    pub runner_up: Option<&'r Rules>,
    /// `ambiguous-pack` when both fit equally.
    pub warning: Option<Warning>,
}

/// Chooses among `packs`, which come most general first; `None` only when there are none.
#[must_use]
pub fn choose<'r>(packs: &'r [Rules], document: &Document) -> Option<Choice<'r>> {
    let texts = texts(document);
    let mut scored: Vec<(f64, &Rules)> = Vec::with_capacity(packs.len());
    let mut shares: Vec<(&Rules, f64)> = Vec::with_capacity(packs.len());
    for pack in packs {
        // A pack that adds no word to the one it extends knows the same headings.
        let same = shares.iter().find(|(known, _)| known.vocabulary == pack.vocabulary).map(|(_, share)| *share);
        let share = same.unwrap_or_else(|| known_share(pack, &texts));
        shares.push((pack, share));
        scored.push((score(pack, share, &texts), pack));
    }
    scored.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    let (best, rules) = *scored.first()?;
    // The headings that were looked at for the choice are read next.
    shares.iter().for_each(|(pack, _)| rules.learn_from(pack));
    let next = scored.get(1).filter(|(score, _)| *score > 0.0);
    let warning = next.filter(|(score, _)| best - score < TIE).map(|(_, next)| {
        let message = format!(
            "rule packs {} and {} fit the document equally; {} was used, choose with --rules",
            rules.name, next.name, rules.name
        );
        Warning::new("ambiguous-pack", message)
    });
    Some(Choice { rules, runner_up: next.map(|(_, pack)| *pack), warning })
}

/// The pack that the user names, beside the built-in one that fits best.
#[must_use]
pub fn given<'r>(rules: &'r Rules, document: &Document) -> Choice<'r> {
    let best = choose(Rules::built_in(), document).map(|choice| choice.rules);
    Choice { rules, runner_up: best.filter(|best| best.name != rules.name), warning: None }
}

/// How well `pack` fits: the share of headings that it knows, raised by evidence found and lowered by evidence
/// missing.
fn score(pack: &Rules, share: f64, texts: &[&str]) -> f64 {
    let weight: f64 = pack.evidence.iter().map(|evidence| evidence.weight).sum();
    if weight <= 0.0 {
        return share;
    }
    let found = pack.evidence.iter().filter(|evidence| texts.iter().any(|text| evidence.pattern.matches(text)));
    let found: f64 = found.map(|evidence| evidence.weight).sum();
    share * (0.5 + found / weight)
}

/// The share of texts that are headings of the pack.
fn known_share(pack: &Rules, texts: &[&str]) -> f64 {
    let known = texts.iter().filter(|text| pack.is_label(text)).count();
    known as f64 / texts.len().max(1) as f64
}

fn texts(document: &Document) -> Vec<&str> {
    let mut texts = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Paragraph(paragraph) => texts.push(paragraph.text.text.as_str()),
            Block::Table(table) => {
                texts.extend(table.cells.iter().take(CELLS_PER_TABLE).map(|cell| cell.text.text.as_str()));
            }
        }
    }
    texts.retain(|text| text.len() <= LONGEST_EVIDENCE && !text.chars().all(char::is_whitespace));
    texts.truncate(TEXTS);
    texts
}

#[cfg(test)]
mod tests {
    use super::choose;
    use crate::document::{Block, Document, Paragraph, Passage};
    use crate::report::rules::Rules;

    fn document(texts: &[&str]) -> Document {
        let paragraph = |text: &&str| {
            Block::Paragraph(Paragraph {
                text: Passage { text: (*text).to_owned(), origins: Vec::new() },
                ..Paragraph::default()
            })
        };
        Document { blocks: texts.iter().map(paragraph).collect(), ..Document::default() }
    }

    #[track_caller]
    fn case(texts: &[&str], pack: &str, runner_up: Option<&str>) {
        let document = document(texts);
        let choice = choose(Rules::built_in(), &document).unwrap();
        assert_eq!(choice.rules.name, pack);
        assert_eq!(choice.runner_up.map(|pack| pack.name.as_str()), runner_up);
        assert!(choice.warning.is_none());
    }

    #[test]
    fn evidence_decides_and_its_absence_speaks_against_a_pack() {
        case(&["小金井市特定事業主行動計画", "目標数値の進捗状況", "進捗状況"], "koganei", Some("general"));
        case(&["青波市特定事業主行動計画", "評価", "担当課"], "general", Some("koganei"));
        case(&["風の強い日"], "general", None);
    }

    #[test]
    fn packs_that_fit_equally_are_both_named() {
        let packs: Vec<_> = ["a", "b"]
            .iter()
            .map(|name| Rules::load(&format!("name = \"{name}\"\nextends = \"general\"\n"), "x.toml").unwrap())
            .collect();
        let document = document(&["評価"]);
        let choice = choose(&packs, &document).unwrap();
        assert_eq!(choice.warning.unwrap().code, "ambiguous-pack");
    }
}
