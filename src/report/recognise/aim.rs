//! The target that a line over a table of figures sets: behind the name of what is measured (目標１　男性職員の育児休業取得率
//! 50％以上（令和７年度）), or as a sentence (目標１　令和７年度までに、…の割合を10％以上にする。).

use super::Reader;
use crate::document::{Document, Passage};
use crate::report::context::Context;
use crate::report::heading::Heading;
use crate::report::rules::{Role, Rule, Rules};
use crate::report::values::fold::{key, same_key};
use crate::report::values::goal::{self, Goal};
use crate::report::{Indicator, Labelled, Series, SeriesKind};

/// A target with the heading that it was taken out of.
#[derive(Debug)]
pub(super) struct Aim {
    /// The heading as the name of what is measured.
    pub(super) heading: Heading,
    goal: Goal,
}

impl Aim {
    /// A heading whose title is a name with a target behind it.
    pub(super) fn behind_name(rules: &Rules, heading: &Heading) -> Option<Self> {
        let title = &heading.title;
        let parts = |c: char| c.is_whitespace() || matches!(c, '：' | ':' | '【' | '［');
        let mut ends = title.text.char_indices().filter(|(at, c)| *at > 0 && parts(*c)).map(|(at, _)| at);
        let of_target = is_target(rules, &heading.whole);
        ends.find_map(|end| {
            let name = title.slice(0..end);
            let rest = title.text.get(end..)?;
            let start = end + rest.len() - rest.trim_start_matches(|c| parts(c) && c != '【' && c != '［').len();
            let printed = title.slice(start..title.text.len());
            let goal = goal::read(rules, &printed, None, None)?;
            let said = of_target || goal.comparison.is_some() || rules.matches(Rule::TargetLead, &printed.text);
            let plain = goal.value.is_some() && !goal.several && (goal.unit.is_some() || goal.comparison.is_some());
            let named = !name.is_blank() && rules.matches(Rule::Measured, name.text.trim());
            (said && plain && named).then(|| Self { heading: Heading { title: name, ..heading.clone() }, goal })
        })
    }

    /// A numbered sentence that sets a target.
    pub(super) fn told(rules: &Rules, heading: &Heading) -> Option<Self> {
        heading.label.as_ref()?;
        let title = &heading.title;
        let end = rules.find(Rule::AimTail, &title.text)?.range.start;
        let goal = goal::read(rules, &title.slice(0..end), None, None)?;
        (goal.value.is_some() && !goal.several).then(|| Self { heading: heading.clone(), goal })
    }

    /// Gives the target to the figures that it is for, where these can be told among those of a table.
    fn give(self, context: &mut Context, read: &mut [Indicator]) {
        let unit = self.goal.unit.as_deref().map(key);
        let alike = |series: &&mut Series| unit.is_none() || series.unit.as_deref().map(key) == unit;
        let mut all: Vec<&mut Series> = read.iter_mut().flat_map(|indicator| &mut indicator.series).collect();
        all.retain(|series| series.kind == SeriesKind::Actual);
        if all.iter().any(|series| series.target.is_some()) {
            return;
        }
        let only = all.len() == 1;
        all.retain(|series| only && series.unit.is_none() || alike(series));
        if all.len() > 1 {
            // Of men, women and all together the target is for all.
            all.retain(|series| is_total(context.rules, series));
        }
        if let [series] = all.as_mut_slice() {
            context.ledger.place(&self.goal.text);
            series.unit = series.unit.take().or_else(|| self.goal.unit.clone());
            series.target = Some(self.goal.target(context.document));
            return;
        }
        let name = self.heading.title.text.trim();
        let is_own = |indicator: &Indicator| indicator.name.as_ref().is_some_and(|own| same_key(&own.text, name));
        if let [indicator] = read
            && is_own(indicator)
        {
            context.ledger.place(&self.goal.text);
            indicator.other.push(self.beside(context.document));
        }
    }

    /// The target as text beside an indicator.
    fn beside(&self, document: &Document) -> Labelled {
        let label = self.heading.label.as_ref().map(|label| label.text.clone()).unwrap_or_default();
        Labelled { label, text: self.goal.text.text.clone(), at: document.places(&self.goal.text, true) }
    }
}

impl Reader<'_, '_> {
    /// What the table below the headings is called, and the target that goes with it.
    pub(super) fn aimed(&self) -> Option<Aim> {
        let aim = Aim::behind_name(self.context.rules, self.headings.last()?)?;
        // Another table had it.
        (!self.context.ledger.is_placed(&aim.goal.text)).then_some(aim)
    }

    /// Gives the target over a table to the indicators read from it, which begin at `first`.
    pub(super) fn give_aim(&mut self, aim: Option<Aim>, first: usize) {
        let Some(read) = self.indicators.get_mut(first..).filter(|read| !read.is_empty()) else { return };
        if let Some(aim) = self.told.take().or(aim) {
            aim.give(self.context, read);
        }
    }
}

/// Whether the label of a heading says that it is a target: 目標１.
fn is_target(rules: &Rules, heading: &Passage) -> bool {
    let found = rules.find(Rule::Level, &heading.text);
    let level = found.as_ref().and_then(|found| found.group("level"));
    level.is_some_and(|level| rules.role_of(level) == Some(Role::Target))
}

fn is_total(rules: &Rules, series: &Series) -> bool {
    series.label.as_ref().is_some_and(|label| rules.role_of(&label.text) == Some(Role::Total))
}
