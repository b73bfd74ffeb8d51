//! The headings over tables of figures: the nearest one that tells what a table is about is the group of its
//! indicators, where the table gives none and nothing else took the heading.

use super::outline::Standing;
use crate::document::Passage;
use crate::report::context::Context;
use crate::report::heading::{self, Heading};
use crate::report::rules::{Rule, Rules};
use crate::report::values::fold::key;
use crate::report::{Indicator, Text};
use std::collections::BTreeMap;
use std::ops::Range;

/// The tables of figures of a document with the headings over them.
pub(super) struct Over<'s> {
    /// All headings.
    pub(super) standing: &'s [Standing],
    pub(super) tables: &'s [Under],
}

/// A table of figures: the indicators read from it and the headings over it, outermost first.
#[derive(Debug)]
pub(super) struct Under {
    pub(super) indicators: Range<usize>,
    pub(super) over: Vec<usize>,
}

/// What stands below one heading, or in one style: something, or several things.
#[derive(Debug, Default)]
struct Seen {
    first: Option<Option<usize>>,
    several: bool,
}

impl Seen {
    fn add(&mut self, thing: Option<usize>) {
        self.several |= *self.first.get_or_insert(thing) != thing;
    }
}

impl Over<'_> {
    /// Gives the indicators their groups, once all else has taken its headings.
    pub(super) fn group(&self, context: &mut Context, indicators: &mut [Indicator]) {
        let told = Told::of(self);
        let of = |under: &Under| {
            let read = indicators.get(under.indicators.clone()).unwrap_or_default();
            self.topic(context, &told, under, read)
        };
        let topics: Vec<Option<usize>> = self.tables.iter().map(of).collect();
        for (under, topic) in self.tables.iter().zip(topics) {
            let Some(topic) = topic.and_then(|topic| self.standing.get(topic)) else { continue };
            let read = indicators.get_mut(under.indicators.clone()).unwrap_or_default();
            if read.iter().all(|indicator| indicator.group.is_some()) {
                continue;
            }
            let printed = without_unit(&topic.heading.plain());
            let text: Text = context.part(&printed);
            for indicator in read.iter_mut().filter(|indicator| indicator.group.is_none()) {
                indicator.group = Some(text.clone());
            }
            context.ledger.place(&printed);
        }
    }

    /// The heading that says what a table is about.
    fn topic(&self, context: &Context, told: &Told, under: &Under, read: &[Indicator]) -> Option<usize> {
        let rules = context.rules;
        let is_level = |standing: &Standing| standing.is_told || is_level(rules, &standing.heading);
        let mut inner = under.over.iter().enumerate().rev();
        let (at, standing) = inner.find_map(|(at, index)| {
            let standing = self.standing.get(*index)?;
            let generic = !standing.is_told && is_generic(rules, &standing.heading.title.text);
            (!generic && !names(standing, read)).then_some((at, standing))
        })?;
        let taken = is_taken(context, standing);
        let level = inner.find(|(_, index)| self.standing.get(**index).is_some_and(is_level));
        let found = if is_level(standing) || told.tells(self, &under.over, at) {
            Some(at)
        } else if standing.heading.label.is_some() && !taken {
            level.map(|(at, _)| at)
        } else {
            None
        };
        let index = *under.over.get(found?)?;
        let topic = self.standing.get(index)?;
        let counted = is_level(topic) && read.iter().any(|indicator| is_of_level(indicator, topic));
        (!counted && !taken && !is_taken(context, topic)).then_some(index)
    }
}

/// Which headings tell tables of figures apart.
struct Told<'o> {
    /// What stands right below a heading, or below none.
    below: BTreeMap<Option<usize>, Seen>,
    /// The headings of one style below another heading.
    alike: BTreeMap<(Option<usize>, &'o str), Seen>,
}

impl<'o> Told<'o> {
    fn of(all: &'o Over<'o>) -> Self {
        let mut told = Self { below: BTreeMap::new(), alike: BTreeMap::new() };
        for under in all.tables {
            let mut outer = None;
            for index in &under.over {
                told.below.entry(outer).or_default().add(Some(*index));
                if let Some(standing) = all.standing.get(*index) {
                    told.alike.entry((outer, standing.heading.mark())).or_default().add(Some(*index));
                }
                outer = Some(*index);
            }
            told.below.entry(outer).or_default().add(None);
        }
        told
    }

    /// Whether the heading at this place tells its table from another under the same heading.
    fn tells(&self, all: &'o Over<'_>, over: &[usize], at: usize) -> bool {
        let outer = at.checked_sub(1).and_then(|outer| over.get(outer)).copied();
        let style = over.get(at).and_then(|index| all.standing.get(*index)).map(|standing| standing.heading.mark());
        let several = |seen: Option<&Seen>| seen.is_some_and(|seen| seen.several);
        let alike = style.is_some_and(|style| several(self.alike.get(&(outer, style))));
        alike || outer.is_some() && several(self.below.get(&outer))
    }
}

/// Whether a title has no word that says what it is about.
fn is_generic(rules: &Rules, title: &str) -> bool {
    let mut rest = title.trim();
    while let Some(word) = rules.find(Rule::GenericWord, rest).filter(|word| word.range.end > 0) {
        rest = rest.get(word.range.end..).unwrap_or_default();
    }
    rest.is_empty()
}

/// Whether the title of a heading, or the name that it begins with, became a value.
fn is_taken(context: &Context, standing: &Standing) -> bool {
    !standing.is_told && context.ledger.begins_placed(&standing.heading.title)
}

/// Whether the label of a heading is a level of the plan, and not one of the book: 第２章.
fn is_level(rules: &Rules, heading: &Heading) -> bool {
    let found = heading.label.as_ref().and_then(|_| rules.find(Rule::Level, &heading.whole.text));
    let level = found.as_ref().and_then(|found| found.group("level"));
    level.is_some_and(|level| level.chars().nth(1).is_some() || level == "柱")
}

/// Whether a heading is the name of what the table holds.
fn names(standing: &Standing, read: &[Indicator]) -> bool {
    let title = key(&standing.heading.title.text);
    let name = |indicator: &Indicator| indicator.name.as_ref().map(|name| key(&name.text).into_owned());
    let is_name = |indicator: &Indicator| name(indicator).is_some_and(|name| name == title);
    let begins = |indicator: &Indicator| name(indicator).is_some_and(|name| title.starts_with(name.as_str()));
    read.iter().any(is_name) || matches!(read, [only] if begins(only))
}

/// Whether an indicator counts what stands under one heading of that level: it is a row of a table of all of them.
fn is_of_level(indicator: &Indicator, standing: &Standing) -> bool {
    let name = indicator.name.as_ref().map(|name| heading::style(&name.text));
    name.is_some_and(|name| name.starts_with(standing.heading.mark()))
}

/// A caption without what it says of units: （単位：人）.
fn without_unit(caption: &Passage) -> Passage {
    let unit = ["（単位", "(単位", "［単位", "[単位"].iter().find_map(|unit| caption.text.find(unit));
    caption.slice(0..unit.filter(|at| *at > 0).unwrap_or(caption.text.len()))
}

#[cfg(test)]
mod tests {
    use super::is_generic;
    use crate::report::rules::Rules;

    #[track_caller]
    fn case(title: &str, expected: bool) {
        assert_eq!(is_generic(Rules::named("general").unwrap(), title), expected, "{title}");
    }

    #[test]
    fn a_title_of_nothing_but_words_for_tables_names_no_topic() {
        for title in ["数値目標の達成状況", "施策のＫＰＩ", "【成果指標】", "■成果指標の推移", "評価結果のまとめ"]
        {
            case(title, true);
        }
        case("指標の達成状況（令和５年度末現在）", true);
        case("（令和６年４月１日現在）", true);
        case("数値目標に対する進捗状況", true);
    }

    #[test]
    fn a_word_of_its_own_names_one() {
        for title in ["栄養・食生活", "部門別温室効果ガス排出量の推移", "職員の給与の男女の差異", "環境講座の開催状況"]
        {
            case(title, false);
        }
        case("しごとをつくり、安心して働けるようにする", false);
    }
}
