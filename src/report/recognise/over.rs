//! The headings over tables of figures: the nearest one that tells what a table is about is the group of its
//! indicators, where the table gives none and nothing else took the heading.

use crate::document::Passage;
use crate::report::context::Context;
use crate::report::heading::{self, Heading};
use crate::report::rules::{Rule, Rules};
use crate::report::values::fold::{key, same_key};
use crate::report::{Indicator, Text};
use std::collections::BTreeMap;
use std::ops::Range;

/// Signs that set one level of headings without a number apart from another.
const MARKS: [char; 14] = ['■', '□', '●', '○', '◆', '◇', '◎', '▼', '▽', '【', '［', '〔', '＜', '<'];

/// Headings of one size differ by less than this, against the size of the body.
const SAME_SIZE: f32 = 0.03;

/// The headings of a document as they stand over its tables of figures.
#[derive(Debug, Default)]
pub(super) struct Over {
    all: Vec<Standing>,
    /// Those that hold, outermost first.
    open: Vec<usize>,
    tables: Vec<Under>,
}

#[derive(Debug)]
struct Standing {
    heading: Heading,
    /// That of its label, else the sign that it begins with.
    style: String,
    size: f32,
    /// Whether its label is a level of the plan: 基本目標１.
    is_level: bool,
    /// Whether it only says what kind of table follows: （１）数値目標.
    is_generic: bool,
    /// Whether it is a sentence that sets a target, which figures may have taken.
    is_told: bool,
}

/// A table of figures: the indicators read from it and the headings over it, outermost first.
#[derive(Debug)]
struct Under {
    indicators: Range<usize>,
    over: Vec<usize>,
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

impl Over {
    /// A heading that holds from here on.
    pub(super) fn heading(&mut self, rules: &Rules, heading: &Heading, size: f32) {
        let is_generic = is_generic(rules, &heading.title.text);
        let is_level = heading.label.is_some() && is_level(rules, &heading.whole);
        self.open(Standing {
            heading: heading.clone(),
            style: String::new(),
            size,
            is_level,
            is_generic,
            is_told: false,
        });
    }

    /// A sentence over a table that tells what its figures aim at.
    pub(super) fn told(&mut self, heading: &Heading, size: f32) {
        let heading = heading.clone();
        let (is_level, is_generic, is_told) = (true, false, true);
        self.open(Standing { heading, style: String::new(), size, is_level, is_generic, is_told });
    }

    fn open(&mut self, standing: Standing) {
        let (heading, size) = (&standing.heading, standing.size);
        let mark = heading.whole.text.trim_start().chars().next().filter(|mark| MARKS.contains(mark));
        let mark = mark.filter(|_| heading.style.is_empty());
        let style = mark.map_or_else(|| heading.style.clone(), |mark| mark.to_string());
        let own = |known: &usize| self.all.get(*known).is_some_and(|known| known.style == style);
        if let Some(at) = self.open.iter().position(own) {
            let again = self.open.get(at).and_then(|known| self.all.get(*known));
            if again.is_some_and(|known| same_key(&known.heading.plain().text, &heading.plain().text)) {
                self.open.truncate(at + 1);
                return;
            }
            self.open.truncate(at);
        }
        if heading.label.is_none() {
            // What has no number closes what is printed smaller; without a sign, too, what is as large.
            let least = if mark.is_some() { size - SAME_SIZE } else { size + SAME_SIZE };
            let closed = |known: &usize| self.all.get(*known).is_some_and(|known| known.size < least);
            let keep = self.open.iter().position(closed).unwrap_or(self.open.len());
            self.open.truncate(keep);
        }
        self.open.push(self.all.len());
        self.all.push(Standing { style, ..standing });
    }

    /// A table below these headings gave these indicators.
    pub(super) fn table(&mut self, indicators: Range<usize>) {
        if !indicators.is_empty() {
            self.tables.push(Under { indicators, over: self.open.clone() });
        }
    }

    /// Gives the indicators their groups, once all else has taken its headings.
    pub(super) fn group(&self, context: &mut Context, indicators: &mut [Indicator]) {
        let told = Told::of(self);
        let of = |under: &Under| {
            let read = indicators.get(under.indicators.clone()).unwrap_or_default();
            self.topic(context, &told, under, read)
        };
        let topics: Vec<Option<usize>> = self.tables.iter().map(of).collect();
        for (under, topic) in self.tables.iter().zip(topics) {
            let Some(topic) = topic.and_then(|topic| self.all.get(topic)) else { continue };
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
        let mut inner = under.over.iter().enumerate().rev();
        let (at, standing) = inner.find_map(|(at, index)| {
            let standing = self.all.get(*index)?;
            (!standing.is_generic && !names(standing, read)).then_some((at, standing))
        })?;
        let taken = is_taken(context, standing);
        let level = inner.find(|(_, index)| self.all.get(**index).is_some_and(|outer| outer.is_level));
        let found = if standing.is_level || told.tells(self, &under.over, at) {
            Some(at)
        } else if standing.heading.label.is_some() && !taken {
            level.map(|(at, _)| at)
        } else {
            None
        };
        let index = *under.over.get(found?)?;
        let topic = self.all.get(index)?;
        let counted = topic.is_level && read.iter().any(|indicator| is_of_level(indicator, topic));
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
    fn of(outline: &'o Over) -> Self {
        let mut told = Self { below: BTreeMap::new(), alike: BTreeMap::new() };
        for under in &outline.tables {
            let mut outer = None;
            for index in &under.over {
                told.below.entry(outer).or_default().add(Some(*index));
                if let Some(standing) = outline.all.get(*index) {
                    told.alike.entry((outer, &standing.style)).or_default().add(Some(*index));
                }
                outer = Some(*index);
            }
            told.below.entry(outer).or_default().add(None);
        }
        told
    }

    /// Whether the heading at this place tells its table from another under the same heading.
    fn tells(&self, outline: &'o Over, over: &[usize], at: usize) -> bool {
        let outer = at.checked_sub(1).and_then(|outer| over.get(outer)).copied();
        let style = over.get(at).and_then(|index| outline.all.get(*index)).map(|standing| standing.style.as_str());
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
fn is_level(rules: &Rules, heading: &Passage) -> bool {
    let found = rules.find(Rule::Level, &heading.text);
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
    name.is_some_and(|name| name.starts_with(standing.style.as_str()))
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
