//! Figures that sentences tell: 「令和４年度は22.2％（４人／18人）、令和５年度は35.0％でした。」, and targets: 「令和７年度までに
//! 50％以上とする。」

use super::labels::is_lead;
use crate::document::Passage;
use crate::report::FiscalYear;
use crate::report::context::Context;
use crate::report::rules::Rule;
use crate::report::values::figure::{self, Figure};
use crate::report::values::year;

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

/// The year that a line begins with, set off from what it tells of it, and that: ・令和４年度：説明会を開いた。 A year on a
/// line of its own stands over what follows.
pub(super) fn dated(context: &Context, line: &Passage) -> Option<(FiscalYear, Passage)> {
    let bare = line.text.trim_start_matches(is_lead);
    let year = year::find(context.rules, bare).filter(|year| year.range.start == 0)?;
    let close = bare.get(year.range.end..)?.strip_prefix(['】', '〕', '］', '＞', '）', ')']);
    let rest = close.unwrap_or(bare.get(year.range.end..)?);
    let gap = |c: char| matches!(c, '：' | ':' | '\u{3000}' | ' ' | '…');
    if !(rest.is_empty() || close.is_some() || rest.starts_with(gap)) {
        return None;
    }
    let told = rest.trim_start_matches(gap);
    let text = line.slice(line.text.len() - told.len()..line.text.len());
    Some((year.into(), text))
}

/// The figure of the clause that goes on at `start`, and where the clause ends.
fn clause(context: &Context, text: &Passage, start: usize) -> Option<(usize, Figure)> {
    let rest = text.text.get(start..)?;
    let lead = context.rules.find(Rule::ToldLead, rest).map_or(0, |lead| lead.range.end);
    let mut depth = 0_i32;
    let stop = rest.char_indices().skip_while(|(at, _)| *at < lead).find(|(_, c)| {
        depth += i32::from(matches!(c, '（' | '(')) - i32::from(matches!(c, '）' | ')'));
        depth == 0 && matches!(c, '、' | '，' | '。')
    });
    let stop = stop.map_or(rest.len(), |(stop, _)| stop);
    let said = rest.get(lead..stop)?;
    let tail = context.rules.find(Rule::ToldTail, said).map_or(said.len(), |tail| tail.range.start);
    let figure = figure::read(context.rules, &text.slice(start + lead..start + lead + tail), None)?;
    figure.value.is_some().then_some((start + stop, figure))
}

/// The target that a sentence sets, without the words that set it.
pub(super) fn aim(context: &Context, text: &Passage) -> Passage {
    let end = context.rules.find(Rule::AimTail, &text.text).map_or(text.text.len(), |tail| tail.range.start);
    text.slice(0..end)
}
