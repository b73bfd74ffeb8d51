//! Reports without tables: headings on several levels, below them lists of 目標, 実績 and 評価, or paragraphs on what was
//! done. The levels show in the style of the headings' labels.

mod bare;
mod extent;
mod fields;
mod initiative;
mod labels;
mod named;
mod sentence;

use super::context::Context;
use super::heading::Heading;
use super::rules::{Role, Rule};
use super::sections::Draft;
use super::values::figure::{self, Figure};
use super::values::{goal, grade, year};
use super::{FiscalYear, Indicator, Series, SeriesKind, Text};
use crate::document::Passage;
pub(super) use extent::end;
use fields::{Field, Fields};
use initiative::labelled;
use labels::Follower;
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
    /// The headings that hold at its end, outermost first.
    pub(super) open: Vec<Heading>,
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
    let fields = Fields::find(context, lines);
    let headings = lines.iter().filter_map(|line| heading(context, &fields, line));
    let mut styles: Vec<String> = headings.map(|heading| heading.style).collect();
    styles.sort();
    styles.dedup();
    let alone = lines.iter().filter(|line| labels::alone(context, line).is_some_and(labels::is_figured));
    figures.count() + alone.count() >= 2 || styles.len() >= 2 && context.fiscal_year.is_some()
}

/// What a line says that begins with a word for what an initiative is: 【事業概要】….
pub(super) fn description(context: &Context, line: &Passage) -> Option<Passage> {
    let field = labels::labelled(context, line, false)?;
    (field.role == Role::Description).then_some(field.text)
}

fn heading(context: &Context, fields: &Fields, line: &Passage) -> Option<Heading> {
    let plain = plain_heading(context, line, fields.marks()).filter(|_| !fields.is_numbered(context, line));
    plain.or_else(|| fields.bare(context, line))
}

/// A heading by its number or sign alone; `marks` are signs that begin headings in this narrative.
fn plain_heading(context: &Context, line: &Passage, marks: &[char]) -> Option<Heading> {
    if !Heading::could_be(context.rules, line) {
        return None;
    }
    let heading = Heading::read(context.rules, line);
    if heading.label.is_some() {
        return Some(heading);
    }
    let mark = line.text.chars().next().filter(|c| HEADING_MARKS.contains(*c) || marks.contains(c))?;
    if labels::alone(context, line).is_some() || labels::introduced(context, line) {
        return None;
    }
    let title = line.slice(mark.len_utf8()..line.text.len());
    (!title.is_blank()).then(|| Heading { style: mark.to_string(), title, ..heading })
}

/// Reads the lines below the headings `outer`, which hold from before as far as they are of higher levels; `sizes` are
/// those of large lines.
pub(super) fn read(context: &mut Context, outer: Vec<Heading>, lines: Vec<Passage>, sizes: &Sizes) -> Narrative {
    let mut narrative = Narrative::default();
    let lines = labels::parted_lines(context, lines);
    let fields = Fields::find(context, &lines);
    let nodes = outline(context, &fields, outer, lines, sizes, &mut narrative);
    let told: Vec<bool> = nodes.iter().map(|node| extent::is_told(context, &fields, &node.body)).collect();
    let listed = sections_of_initiatives(context, &fields, &nodes, &told);
    let mut opened: Option<Option<usize>> = None;
    for (index, node) in nodes.iter().enumerate() {
        if is_indicator(context, &fields, node) {
            narrative.indicators.extend(indicator(context, &fields, node, &mut narrative.prose));
            continue;
        }
        let is_one = match node.parent {
            Some(parent) => listed[parent] && !node.body.is_empty(),
            // A sign alone makes no initiative of what may be rows of a table that was not seen.
            None => told[index] && (node.heading.label.is_some() || node.heading.style == bare::NAME),
        };
        if node.body.is_empty() && !node.has_children {
            // A heading of nothing is a line of its own.
            narrative.prose.push(node.heading.whole.clone());
            continue;
        }
        if node.has_children || !is_one {
            context.ledger.structure(&node.heading.whole);
            narrative.prose.extend(node.body.iter().cloned());
            continue;
        }
        if opened != Some(node.parent) {
            let above = node.parent.into_iter().flat_map(|parent| ancestors(&nodes, parent));
            let mut path: Vec<Heading> = above.map(|node| node.heading.clone()).collect();
            path.reverse();
            let own = path.pop();
            let mut draft = Draft::new(own, path);
            draft.section.years.extend(context.fiscal_year.clone());
            narrative.drafts.push(draft);
            opened = Some(node.parent);
        }
        let mut initiative = initiative::read(context, &fields, node);
        if let Some(draft) = narrative.drafts.last_mut() {
            initiative.number = draft.section.initiatives.len() as u32 + 1;
            draft.section.initiatives.push(initiative);
        }
    }
    narrative
}

/// For each heading whether what stands below it are initiatives. Where some are told in lines that words introduce,
/// headings that are nothing but such words (達成状況, 財政効果額) hold figures of the whole.
fn sections_of_initiatives(context: &Context, fields: &Fields, nodes: &[Node], told: &[bool]) -> Vec<bool> {
    let mut listed = vec![!told.contains(&true); nodes.len()];
    for node in nodes {
        if let Some(parent) = node.parent.filter(|parent| !listed[*parent]) {
            let is_word = labels::is_word(context, &node.heading.title);
            listed[parent] = !is_word || node.body.iter().any(|line| fields.read(context, line).is_some());
        }
    }
    listed
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
fn outline(
    context: &Context,
    fields: &Fields,
    outer: Vec<Heading>,
    lines: Vec<Passage>,
    sizes: &Sizes,
    narrative: &mut Narrative,
) -> Vec<Node> {
    let mut nodes: Vec<Node> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let joined = labels::joined(lines, |line| follower(context, fields, line));
    let first = joined.iter().find_map(|line| heading(context, fields, line));
    let above = |outer: &Heading| first.as_ref().is_some_and(|first| outer.is_above(first));
    for heading in outer.into_iter().take_while(above) {
        let parent = open.last().copied();
        open.push(nodes.len());
        nodes.push(Node { heading, size: None, parent, has_children: true, body: Vec::new() });
    }
    let mut lines = joined.into_iter().peekable();
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
        let Some(heading) = heading(context, fields, &line).or_else(alike) else {
            match nodes.last_mut() {
                Some(node) => node.body.push(line),
                None => narrative.prose.push(line),
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
    narrative.open = open.iter().filter_map(|index| Some(nodes.get(*index)?.heading.clone())).collect();
    nodes
}

/// What a line is to a word on a line of its own before it.
fn follower(context: &Context, fields: &Fields, line: &Passage) -> Follower {
    if let Some(role) = fields.alone(context, line) {
        let once = matches!(role, Role::Grade | Role::Responsible) || labels::is_figured(role) && role != Role::Result;
        return if once { Follower::Word } else { Follower::WordOfMany };
    }
    if heading(context, fields, line).is_some() || sentence::dated(context, line).is_some() {
        return Follower::Other;
    }
    if fields.read(context, line).is_some() { Follower::Led } else { Follower::Text }
}

/// Whether a heading is an indicator's: its 実績 is a figure, or its 目標 is one and nothing is said of 実績. So are the
/// years below it, if nothing else stands there.
fn is_indicator(context: &Context, fields: &Fields, node: &Node) -> bool {
    let read: Vec<Field> = node.body.iter().filter_map(|line| fields.read(context, line)).collect();
    if read.iter().any(|field| matches!(field.role, Role::Description | Role::Actions | Role::Status)) {
        return false;
    }
    let yearly = node.body.iter().filter(|line| is_yearly(context, line)).count();
    let is_goal = |text: &Passage| {
        goal::read(context.rules, &dated(context, text).0, None, None).is_some_and(|goal| goal.value.is_some())
    };
    let is_value = |field: &Field| match field.role {
        Role::Target => is_goal(&field.text),
        role => (labels::is_figured(role) || role == Role::Baseline) && is_figure(context, &field.text),
    };
    if yearly > 0 && read.iter().all(is_value) {
        return read.iter().any(|field| field.role == Role::Target) || yearly == node.body.len() && yearly > 1;
    }
    let mut actuals = read.iter().filter(|field| matches!(field.role, Role::Result | Role::Actual)).peekable();
    if actuals.peek().is_some() {
        return actuals.any(|field| is_figure(context, &field.text));
    }
    read.iter().any(|field| field.role == Role::Target && is_goal(&field.text))
}

fn is_figure(context: &Context, text: &Passage) -> bool {
    figure::read(context.rules, &dated(context, text).0, None).is_some()
        || !sentence::yearly(context, text).0.is_empty()
}

/// Whether a line is a year and its figure.
fn is_yearly(context: &Context, line: &Passage) -> bool {
    sentence::dated(context, line).is_some_and(|(_, text)| figure::read(context.rules, &text, None).is_some())
}

/// A heading over 目標, 実績 and 評価.
fn indicator(context: &mut Context, fields: &Fields, node: &Node, prose: &mut Vec<Passage>) -> Option<Indicator> {
    context.ledger.structure(&node.heading.whole);
    context.ledger.place(&node.heading.title);
    let mut indicator = Indicator { name: Some(context.part(&node.heading.title)), ..Indicator::default() };
    let mut target = None;
    // What a word on a line of its own says of the years below it.
    let mut open: Option<(Role, Text)> = None;
    for line in &node.body {
        let field = fields.read(context, line);
        if let Some((year, text)) = sentence::dated(context, line).filter(|_| field.is_none())
            && let Some(read) = figure::read(context.rules, &text, None)
        {
            context.ledger.place(line);
            let (role, label) = open.clone().unwrap_or_else(|| (Role::Result, context.part(&node.heading.title)));
            let kind = match role {
                Role::Target => SeriesKind::Target,
                Role::Baseline => SeriesKind::Baseline,
                _ => SeriesKind::Actual,
            };
            add(context, &mut indicator, kind, label, vec![(year, read)]);
            continue;
        }
        let Some(field) = field else {
            match fields.alone(context, line) {
                Some(role) => {
                    context.ledger.structure(line);
                    open = Some((role, context.part(&labels::bare_word(line))));
                }
                None => prose.push(line.clone()),
            }
            continue;
        };
        open = None;
        let label = labels::without_year(context, &field);
        match field.role {
            Role::Target => {
                let (rest, due) = dated(context, &sentence::aim(context, &field.text));
                let due = due.or(field.year);
                target = goal::read(context.rules, &rest, None, due.as_ref()).map(|goal| goal.target(context.document));
            }
            Role::Result | Role::Actual => {
                let (figures, end) = actuals(context, &field);
                if figures.is_empty() {
                    prose.push(line.clone());
                    continue;
                }
                let label = context.part(&label);
                let more = field.text.text.get(end..).is_some_and(|more| !more.trim().is_empty());
                if more {
                    indicator.other.push(labelled(context, label.clone(), &field.text));
                }
                add(context, &mut indicator, SeriesKind::Actual, label, figures);
            }
            Role::Baseline if is_figure(context, &field.text) => {
                let (figures, _) = actuals(context, &field);
                add(context, &mut indicator, SeriesKind::Baseline, context.part(&field.label), figures);
            }
            Role::Grade => match grade::read(context.rules, &field.text, &context.scale) {
                Some(marked) => {
                    context.check_grade(&marked);
                    indicator.grade = Some(marked.grade(context.document));
                }
                // 評価：目標には達していません。
                None => indicator.other.push(labelled(context, context.part(&field.label), &field.text)),
            },
            _ => indicator.other.push(labelled(context, context.part(&field.label), &field.text)),
        }
        context.ledger.place(line);
    }
    let waiting = |series: &&mut Series| series.kind == SeriesKind::Actual && series.target.is_none();
    match (indicator.series.iter_mut().find(waiting), target) {
        (Some(series), target) => series.target = target,
        (None, Some(target)) => {
            indicator.series.push(Series { unit: target.unit.clone(), target: Some(target), ..Series::default() });
        }
        (None, None) => {}
    }
    (!indicator.series.is_empty()).then_some(indicator)
}

/// Adds figures to the series of their kind and label, or as one of their own.
fn add(
    context: &Context,
    indicator: &mut Indicator,
    kind: SeriesKind,
    label: Text,
    figures: Vec<(FiscalYear, Figure)>,
) {
    if kind == SeriesKind::Actual {
        indicator.years.extend(figures.iter().map(|(year, _)| year.clone()));
    }
    let unit = figures.first().and_then(|(_, figure)| figure.unit.clone());
    let years = figures.into_iter().map(|(year, read)| read.measure(context.document, &year));
    let same = |series: &&mut Series| {
        series.kind == kind && series.label.as_ref().is_some_and(|known| known.text == label.text)
    };
    match indicator.series.iter_mut().find(same) {
        Some(series) => series.years.extend(years),
        None => {
            let years = years.collect();
            indicator.series.push(Series { label: Some(label), kind, unit, target: None, years });
        }
    }
}

/// The figures that follow 実績, each with its year, and where what they tell ends.
fn actuals(context: &Context, field: &Field) -> (Vec<(FiscalYear, Figure)>, usize) {
    let text = &field.text;
    let (rest, year) = dated(context, text);
    match figure::read(context.rules, &rest, None) {
        Some(read) => {
            let year = year.or_else(|| field.year.clone()).or_else(|| context.fiscal_year.clone()).unwrap_or_default();
            (vec![(year, read)], text.text.len())
        }
        None => sentence::yearly(context, text),
    }
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

#[cfg(test)]
mod tests;
