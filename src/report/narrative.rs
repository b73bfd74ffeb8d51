//! Reports without tables: headings on several levels, below them lists of 目標, 実績 and 評価, or paragraphs on what was
//! done. The levels show in the style of the headings' labels.

mod labels;
mod named;
mod sentence;

use super::context::Context;
use super::heading::Heading;
use super::rules::{Role, Rule};
use super::sections::Draft;
use super::values::figure::{self, Figure};
use super::values::{goal, grade, year};
use super::{FiscalYear, Indicator, Initiative, Labelled, Series, SeriesKind, Text, YearEntry};
use crate::document::Passage;
use std::collections::BTreeMap;

/// Signs that begin a heading without a number.
const HEADING_MARKS: &str = "■◆□◇▼";

/// What the lines of a narrative come to.
#[derive(Debug, Default)]
pub(super) struct Narrative {
    pub(super) drafts: Vec<Draft>,
    pub(super) indicators: Vec<Indicator>,
    /// Lines that carry no field.
    pub(super) prose: Vec<Passage>,
}

/// How far the sizes of two headings of one level may differ, as a part of the body's.
const SAME_SIZE: f32 = 0.05;

/// Sizes of the lines that are set larger than the body, by their first glyph.
pub(super) type Sizes = BTreeMap<u32, f32>;

/// A heading with what stands below it.
struct Node {
    heading: Heading,
    /// Its size against the body, where it is larger.
    size: Option<f32>,
    parent: Option<usize>,
    has_children: bool,
    body: Vec<Passage>,
}

/// Whether the lines hold anything that a narrative report is made of: targets and results, or headings of two levels
/// in a document that says which year it reports on. Rules of use and manuals have such headings, too.
pub(super) fn is_one(context: &Context, lines: &[Passage]) -> bool {
    let figures = lines.iter().filter(|line| {
        [Rule::ActualLead, Rule::TargetLead].iter().any(|rule| context.rules.matches(*rule, &line.text))
    });
    let headings = lines.iter().filter_map(|line| heading(context, line));
    let mut styles: Vec<String> = headings.map(|heading| heading.style).collect();
    styles.sort();
    styles.dedup();
    let alone = lines.iter().filter(|line| labels::alone(context, line).is_some_and(labels::is_figured));
    figures.count() + alone.count() >= 2 || styles.len() >= 2 && context.fiscal_year.is_some()
}

fn heading(context: &Context, line: &Passage) -> Option<Heading> {
    if !Heading::could_be(context.rules, line) {
        return None;
    }
    let heading = Heading::read(context.rules, line);
    if heading.label.is_some() {
        return Some(heading);
    }
    let mark = line.text.chars().next().filter(|c| HEADING_MARKS.contains(*c))?;
    if labels::alone(context, line).is_some() || labels::introduced(context, line) {
        return None;
    }
    let title = line.slice(mark.len_utf8()..line.text.len());
    (!title.is_blank()).then(|| Heading { style: mark.to_string(), title, ..heading })
}

/// Reads the lines; `sizes` are those of large ones.
pub(super) fn read(context: &mut Context, lines: Vec<Passage>, sizes: &Sizes) -> Narrative {
    let mut narrative = Narrative::default();
    let nodes = outline(context, lines, sizes, &mut narrative.prose);
    let mut opened: Option<usize> = None;
    for (index, node) in nodes.iter().enumerate() {
        if is_indicator(context, node) {
            narrative.indicators.extend(indicator(context, node, &mut narrative.prose));
            continue;
        }
        let Some(parent) = node.parent.filter(|_| !node.has_children && !node.body.is_empty()) else {
            context.ledger.structure(&node.heading.whole);
            narrative.prose.extend(node.body.iter().cloned());
            continue;
        };
        if opened != Some(parent) {
            let mut path: Vec<Heading> = ancestors(&nodes, parent).map(|node| node.heading.clone()).collect();
            path.reverse();
            let own = path.pop();
            let mut draft = Draft::new(own, path);
            draft.section.years.extend(context.fiscal_year.clone());
            narrative.drafts.push(draft);
            opened = Some(parent);
        }
        let mut initiative = initiative(context, &nodes[index]);
        if let Some(draft) = narrative.drafts.last_mut() {
            initiative.number = draft.section.initiatives.len() as u32 + 1;
            draft.section.initiatives.push(initiative);
        }
    }
    narrative
}

fn ancestors(nodes: &[Node], from: usize) -> impl Iterator<Item = &Node> {
    std::iter::successors(nodes.get(from), |node| node.parent.and_then(|parent| nodes.get(parent)))
}

/// A heading without a number, as large as one with a number that is open: it is of that one's level.
fn unnumbered(context: &Context, line: &Passage, size: f32, levels: &[&Node]) -> Option<Heading> {
    let same = |node: &&&Node| node.size.is_some_and(|known| (known - size).abs() <= SAME_SIZE);
    let level = levels.iter().find(same).filter(|_| Heading::could_be(context.rules, line))?;
    let style = level.heading.style.clone();
    Some(Heading { style, ..Heading::read(context.rules, line) })
}

/// The tree of headings; lines before the first heading are prose.
fn outline(context: &Context, lines: Vec<Passage>, sizes: &Sizes, prose: &mut Vec<Passage>) -> Vec<Node> {
    let mut nodes: Vec<Node> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut lines = labels::joined(context, lines, |line| heading(context, line).is_some()).into_iter().peekable();
    while let Some(line) = lines.next() {
        if let Some(heading) = lines.peek().and_then(|next| named::heading(context, &line, next)) {
            nodes.push(Node { heading, size: None, parent: None, has_children: false, body: Vec::new() });
            continue;
        }
        let size = line.origins.first().and_then(|origin| sizes.get(&origin.glyph)).copied();
        let alike = || {
            let levels: Vec<&Node> = open.iter().filter_map(|index| nodes.get(*index)).collect();
            unnumbered(context, &line, size?, &levels)
        };
        let Some(heading) = heading(context, &line).or_else(alike) else {
            match nodes.last_mut() {
                Some(node) => node.body.push(line),
                None => prose.push(line),
            }
            continue;
        };
        if let Some(level) = open.iter().position(|index| nodes[*index].heading.style == heading.style) {
            open.truncate(level);
        }
        let parent = open.last().copied();
        if let Some(parent) = parent {
            nodes[parent].has_children = true;
        }
        open.push(nodes.len());
        nodes.push(Node { heading, size, parent, has_children: false, body: Vec::new() });
    }
    nodes
}

/// Whether a heading is an indicator's: its 実績 is a figure, or its 目標 is one and nothing is said of 実績.
fn is_indicator(context: &Context, node: &Node) -> bool {
    let rest = |rule| node.body.iter().filter_map(move |line| after(context, rule, line)).map(|(_, rest)| rest);
    let mut actuals = rest(Rule::ActualLead).peekable();
    if actuals.peek().is_some() {
        let is_figure = |rest: &Passage| figure::read(context.rules, &dated(context, rest).0, None).is_some();
        return actuals.any(|rest| is_figure(&rest) || !sentence::yearly(context, &rest).0.is_empty());
    }
    rest(Rule::TargetLead)
        .any(|rest| goal::read(context.rules, &dated(context, &rest).0, None, None).is_some_and(|g| g.value.is_some()))
}

/// A heading over 目標, 実績 and 評価.
fn indicator(context: &mut Context, node: &Node, prose: &mut Vec<Passage>) -> Option<Indicator> {
    context.ledger.structure(&node.heading.whole);
    context.ledger.place(&node.heading.title);
    let mut indicator = Indicator { name: Some(context.part(&node.heading.title)), ..Indicator::default() };
    let mut target = None;
    for line in &node.body {
        if let Some((_, rest)) = after(context, Rule::TargetLead, line) {
            let (rest, due) = dated(context, &sentence::aim(context, &rest));
            target = goal::read(context.rules, &rest, None, due.as_ref()).map(|goal| goal.target(context.document));
        } else if let Some((label, rest)) = after(context, Rule::ActualLead, line) {
            let (figures, end) = actuals(context, &rest);
            let Some((_, first)) = figures.first() else {
                prose.push(line.clone());
                continue;
            };
            let unit = first.unit.clone();
            let label = Some(context.part(&label));
            indicator.years.extend(figures.iter().map(|(year, _)| year.clone()));
            let years = figures.into_iter().map(|(year, read)| read.measure(context.document, &year)).collect();
            let more = rest.text.get(end..).is_some_and(|more| !more.trim().is_empty());
            indicator.other.extend(label.clone().filter(|_| more).map(|label| labelled(context, label, &rest)));
            indicator.series.push(Series { label, kind: SeriesKind::Actual, unit, target: None, years });
        } else if let Some((label, rest)) = after(context, Rule::GradeLead, line) {
            match grade::read(context.rules, &rest, &context.scale) {
                Some(marked) => {
                    context.check_grade(&marked);
                    indicator.grade = Some(marked.grade(context.document));
                }
                // 評価：目標には達していません。
                None => indicator.other.push(labelled(context, context.part(&label), &rest)),
            }
        } else {
            prose.push(line.clone());
            continue;
        }
        context.ledger.place(line);
    }
    match (indicator.series.iter_mut().find(|series| series.target.is_none()), target) {
        (Some(series), target) => series.target = target,
        (None, Some(target)) => {
            indicator.series.push(Series { unit: target.unit.clone(), target: Some(target), ..Series::default() });
        }
        (None, None) => {}
    }
    (!indicator.series.is_empty()).then_some(indicator)
}

/// The figures that follow 実績, each with its year, and where what they tell ends.
fn actuals(context: &Context, text: &Passage) -> (Vec<(FiscalYear, Figure)>, usize) {
    let (rest, year) = dated(context, text);
    match figure::read(context.rules, &rest, None) {
        Some(read) => {
            let year = year.or_else(|| context.fiscal_year.clone()).unwrap_or_default();
            (vec![(year, read)], text.text.len())
        }
        None => sentence::yearly(context, text),
    }
}

fn labelled(context: &Context, label: Text, text: &Passage) -> Labelled {
    let Text { text, at } = context.part(text);
    Labelled { label: label.text, text, at }
}

/// The word that introduces a line and what follows it.
fn after(context: &Context, rule: Rule, line: &Passage) -> Option<(Passage, Passage)> {
    let end = context.rules.find(rule, &line.text)?.range.end;
    let lead = &line.text[..end];
    let is_frame = |c: char| c.is_whitespace() || "・•●○◆■◇□▼▽◎▶【】[]［］〔〕<>〈〉《》「」()（）:：=".contains(c);
    let start = lead.len() - lead.trim_start_matches(is_frame).len();
    let stop = lead.trim_end_matches(is_frame).len();
    Some((line.slice(start..stop.max(start)), line.slice(end..line.text.len())))
}

/// A figure without the year in brackets after it, and that year.
fn dated(context: &Context, text: &Passage) -> (Passage, Option<FiscalYear>) {
    let open = text.text.rfind(['（', '(']);
    if let Some(open) = open
        && let Some(year) = year::whole(context.rules, &text.text[open..])
    {
        return (text.slice(0..open), Some(year.into()));
    }
    (text.clone(), None)
}

/// A heading over paragraphs on what was done.
fn initiative(context: &mut Context, node: &Node) -> Initiative {
    context.ledger.place(&node.heading.whole);
    let mut initiative = Initiative {
        label: node.heading.label.as_ref().map(|label| label.text.clone()),
        title: Some(context.part(&node.heading.title)),
        ..Initiative::default()
    };
    let year = context.fiscal_year.clone().unwrap_or_default();
    let mut entry = YearEntry { year: year.year, label: year.label, ..YearEntry::default() };
    // Paragraphs go on with what a label before them introduces: 【課題】 over two of them.
    let mut open = None;
    for line in &node.body {
        context.ledger.place(line);
        let leads = [(Rule::GradeLead, Role::Grade), (Rule::ActualLead, Role::Result), (Rule::TargetLead, Role::Plan)];
        let led = leads.into_iter().find_map(|(rule, role)| Some((role, after(context, rule, line)?.1)));
        let led = led.or_else(|| labels::labelled(context, line));
        if let Some((role, _)) = &led {
            open = Some(*role).filter(|role| labels::goes_on(*role, line));
        }
        let (role, text) = led.unwrap_or((open.unwrap_or(Role::Actions), line.clone()));
        match role {
            Role::Grade => {
                if let Some(marked) = grade::read(context.rules, &text, &context.scale) {
                    context.check_grade(&marked);
                    entry.grade = Some(marked.grade(context.document));
                    continue;
                }
                let label = after(context, Rule::GradeLead, line).map(|(label, _)| context.part(&label));
                entry.other.push(labelled(context, label.unwrap_or_default(), &text));
            }
            Role::Responsible => add(context, &mut initiative.responsible, &text),
            Role::Description => add(context, &mut initiative.description, &text),
            Role::Issues => add(context, &mut entry.issues, &text),
            Role::Plan | Role::Target => add(context, &mut entry.plan, &text),
            Role::Result => add(context, &mut entry.result, &text),
            _ => add(context, &mut entry.actions, &text),
        }
    }
    if entry.plan.is_none() && entry.actions.is_none() {
        // 実績 is a result beside a plan; alone it tells what was done.
        entry.actions = entry.result.take();
    }
    initiative.years.push(entry);
    initiative
}

fn add(context: &Context, slot: &mut Option<Text>, text: &Passage) {
    let new = context.part(text);
    match slot {
        Some(known) => {
            known.text.push('\n');
            known.text.push_str(&new.text);
            known.at.extend(new.at);
        }
        None => *slot = Some(new),
    }
}
