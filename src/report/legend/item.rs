//! One sign of a legend and its meaning, and how items are told apart in a line.

use crate::document::Passage;
use crate::report::rules::{Match, Rule, Rules};

/// A sign with its meaning.
#[derive(Debug, Clone, Default)]
pub(super) struct Item {
    /// The sign, as printed, without brackets.
    pub(super) grade: Passage,
    /// What it means.
    pub(super) meaning: Passage,
    /// Sign and meaning with what stands between them.
    pub(super) whole: Passage,
}

impl Item {
    /// Whether the legend says that this sign stands where nothing was graded.
    pub(super) fn is_no_grade(&self, rules: &Rules) -> bool {
        rules.matches(Rule::NoValue, &self.grade.text) || rules.matches(Rule::NotGraded, &self.meaning.text)
    }
}

/// The items of a line and what stands before the first one. Under a heading (`headed`) weaker forms count too.
pub(super) fn in_line(rules: &Rules, line: &Passage, headed: bool) -> (Passage, Vec<Item>) {
    let heads: Vec<Match> = rules.patterns(Rule::LegendItem).iter().flat_map(|p| p.find_all(&line.text)).collect();
    let starts: Vec<usize> = heads.iter().filter_map(|head| Some(head.range_of("head")?.start)).collect();
    let items: Vec<Item> = heads
        .iter()
        .enumerate()
        .filter_map(|(i, head)| item(line, head, starts.get(i + 1).copied(), heads.len() > 1))
        .collect();
    let lead = starts.first().map_or_else(Passage::default, |&start| line.slice(0..start));
    let plausible = items.len() > 1 || (lead.is_blank() && !items.is_empty());
    if plausible && is_lead(rules, &lead) {
        return (lead, items);
    }
    let weak =
        headed.then(|| [Rule::LegendLine, Rule::LegendWord].iter().find_map(|&rule| rules.find(rule, &line.text)));
    let weak = weak.flatten().and_then(|head| item(line, &head, None, false));
    (Passage::default(), weak.into_iter().collect())
}

/// Whether a line begins with an item.
pub(super) fn begins(rules: &Rules, line: &str, headed: bool) -> bool {
    let at_start = |rule| rules.find(rule, line).and_then(|found| found.range_of("head")).is_some_and(|h| h.start == 0);
    at_start(Rule::LegendItem) || (headed && (at_start(Rule::LegendLine) || at_start(Rule::LegendWord)))
}

/// What may stand before the first item of a line: nothing, or the heading of a legend.
fn is_lead(rules: &Rules, lead: &Passage) -> bool {
    let bare = lead.text.trim().trim_start_matches(['※', '＊', '*', '(', '（', '［', '【']).trim();
    bare.is_empty() || rules.matches(Rule::LegendHeading, bare) || rules.label(bare).is_some()
}

fn item(line: &Passage, head: &Match, next: Option<usize>, in_sentence: bool) -> Option<Item> {
    let start = head.range_of("head")?;
    let end = next.unwrap_or(line.text.len());
    let meaning = line.text.get(start.end..end)?;
    let mut kept = meaning.trim_end().trim_end_matches(['、', ',', '，', ';', '；', '/', '／', '・', '　', ' ']);
    if in_sentence {
        kept = kept.trim_end_matches(['。', '.', '．', '、', '　', ' ']);
    }
    for (open, close) in [('(', ')'), ('（', '）'), ('［', '］'), ('「', '」')] {
        if kept.ends_with(close) && !kept.contains(open) {
            kept = kept.trim_end_matches(close);
        }
    }
    let end = start.end + kept.len();
    let grade = line.slice(head.range_of("grade")?);
    let item = Item { grade, meaning: line.slice(start.end..end), whole: line.slice(start.start..end) };
    (!item.meaning.is_blank()).then_some(item)
}

/// The heading of a legend without bullets, brackets and the colon after it.
pub(super) fn heading(printed: &str) -> String {
    let outside = |c: char| c.is_whitespace() || "■●◆○◎□▼*※【】[]［］〔〕<>＜＞《》「」()（）:：=＝".contains(c);
    printed.trim_matches(outside).to_owned()
}
