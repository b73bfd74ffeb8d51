//! Lines that name an indicator by saying that it is one: 【数値目標】男性職員の育児休業取得率. They stand below initiatives
//! without being part of them, whatever the level of the headings around them.

use crate::document::Passage;
use crate::report::context::Context;
use crate::report::heading::Heading;
use crate::report::rules::Rule;
use crate::report::values::goal;

/// The heading that `line` is for the targets and actuals that begin with `next`.
pub(super) fn heading(context: &Context, line: &Passage, next: &Passage) -> Option<Heading> {
    let title = context.rules.find(Rule::IndicatorLead, &line.text)?.range_of("title")?;
    let figured = [Rule::TargetLead, Rule::ActualLead].iter().any(|rule| context.rules.matches(*rule, &next.text));
    let title = line.slice(title);
    // 【数値目標】30%以上 is the target itself.
    let is_goal = goal::read(context.rules, &title, None, None).is_some_and(|goal| goal.value.is_some());
    (figured && !is_goal).then(|| Heading {
        style: String::new(),
        label: None,
        title,
        end: line.text.len(),
        whole: line.clone(),
    })
}
