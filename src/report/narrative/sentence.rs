//! Figures that sentences tell: 「令和４年度は22.2％（４人／18人）、令和５年度は35.0％でした。」, and targets: 「令和７年度までに
//! 50％以上とする。」

use crate::document::Passage;
use crate::report::FiscalYear;
use crate::report::context::Context;
use crate::report::values::figure::{self, Figure};
use crate::report::values::goal::{self, Goal};
use crate::report::values::year;

/// What stands between a year and its figure.
const BEFORE: [&str; 9] = ["末", "現在", "時点", "は", "が", "の", "で", "：", "、"];
/// What ends a clause behind its figure.
const AFTER: [&str; 12] = [
    "でしたが",
    "でした",
    "となりました",
    "になりました",
    "となり",
    "となった",
    "であった",
    "であり",
    "です",
    "である",
    "で",
    "と",
];
/// What stands between the year of a target and the target.
const UNTIL: [&str; 5] = ["末までに", "までに", "末に", "には", "に"];
/// What ends the sentence of a target.
const AIMED: [&str; 10] = [
    "とします",
    "とする",
    "にします",
    "にする",
    "を目指します",
    "を目指す",
    "を達成する",
    "を目標とする",
    "を維持する",
    "まで引き上げる",
];

/// The figures of a sentence with their years, if it begins with a year and each year has one; and where what they tell
/// ends.
pub(super) fn yearly(context: &Context, text: &Passage) -> (Vec<(FiscalYear, Figure)>, usize) {
    let mut figures = Vec::new();
    let mut at = text.text.len() - text.text.trim_start().len();
    // The next year begins the next clause; what else follows tells no more figures.
    while let Some(found) = text.text.get(at..).and_then(|rest| year::find(context.rules, rest))
        && found.range.start == 0
        && let Some((end, figure)) = clause(context, text, at + found.range.end)
    {
        figures.push((found.into(), figure));
        let rest = text.text.get(end..).unwrap_or_default();
        at = text.text.len() - rest.trim_start_matches(['、', '，', ',', '。', ' ', '\u{3000}']).len();
    }
    (figures, at)
}

/// The figure of the clause that goes on at `start`, and where the clause ends.
fn clause(context: &Context, text: &Passage, start: usize) -> Option<(usize, Figure)> {
    let rest = text.text.get(start..)?;
    let mut depth = 0_i32;
    let end = rest.char_indices().find(|(_, c)| {
        depth += i32::from(matches!(c, '（' | '(')) - i32::from(matches!(c, '）' | ')'));
        depth == 0 && matches!(c, '、' | '，' | '。')
    });
    let end = end.map_or(rest.len(), |(end, _)| end);
    let mut said = rest.get(..end)?.trim();
    while let Some(shorter) = BEFORE.iter().find_map(|word| said.strip_prefix(word)) {
        said = shorter.trim_start();
    }
    if let Some(shorter) = AFTER.iter().find_map(|word| said.strip_suffix(word)) {
        said = shorter.trim_end();
    }
    let from = start + rest.find(said)?;
    let figure = figure::read(context.rules, &text.slice(from..from + said.len()), None)?;
    figure.value.is_some().then_some((start + end, figure))
}

/// The target that a sentence sets for a year that it names first.
pub(super) fn aimed(context: &Context, text: &Passage) -> Option<Goal> {
    let start = text.text.len() - text.text.trim_start().len();
    let said = text.text.get(start..)?;
    let due = year::find(context.rules, said).filter(|year| year.range.start == 0);
    let rest = due.as_ref().map_or(said, |due| &said[due.range.end..]);
    let rest = if due.is_some() { UNTIL.iter().find_map(|word| rest.strip_prefix(word))? } else { rest };
    let rest = rest.trim().trim_end_matches('。');
    let goal = AIMED.iter().find_map(|word| rest.strip_suffix(word))?;
    let from = start + said.find(goal)?;
    let due = due.map(FiscalYear::from);
    goal::read(context.rules, &text.slice(from..from + goal.len()), None, due.as_ref())
}
