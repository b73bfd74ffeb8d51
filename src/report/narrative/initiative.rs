//! A heading over lines on what was done, as an initiative.

use super::fields::{Field, Fields, after};
use super::{Node, sentence};
use crate::document::Passage;
use crate::report::context::Context;
use crate::report::heading::BRACKETS;
use crate::report::rules::{Role, Rule};
use crate::report::values::grade::{self, Marked};
use crate::report::{FiscalYear, Initiative, Labelled, Text, YearEntry};

/// Reads what stands below the heading.
pub(super) fn read(context: &mut Context, fields: &Fields, node: &Node) -> Initiative {
    context.ledger.place(&node.heading.whole);
    let reported = context.fiscal_year.clone().unwrap_or_default();
    let mut years: Vec<YearEntry> = Vec::new();
    let (title, judged) = judged(context, &node.heading.title);
    if let Some(judged) = judged {
        context.check_grade(&judged);
        entry(&mut years, &reported).grade = Some(judged.grade(context.document));
    }
    let mut initiative = Initiative {
        label: node.heading.label.as_ref().map(|label| label.text.clone()),
        title: Some(context.part(&title)),
        ..Initiative::default()
    };
    // Paragraphs go on with what a label before them introduces: 【課題】 over two of them.
    let mut open: Option<(Role, FiscalYear)> = None;
    for line in &node.body {
        context.ledger.place(line);
        let mut led = fields.read(context, line);
        if led.is_none() {
            if let Some(role) = fields.alone(context, line) {
                // The years below it say the rest.
                open = Some((role, reported.clone()));
                continue;
            }
            led = dated(context, line, open.as_ref().map(|(role, _)| *role));
            open = led.as_ref().and_then(|field| Some((field.role, field.year.clone()?))).or(open);
            if led.as_ref().is_some_and(|field| field.text.is_blank()) {
                continue;
            }
        }
        let (role, year) = match &led {
            Some(field) => {
                let year = field.year.clone().unwrap_or_else(|| reported.clone());
                let role = match field.role {
                    // 令和５年度の取組内容 tells what was done in that year, or is to be done.
                    Role::Description if field.year.is_some() => told(&year, &reported),
                    role => role,
                };
                let goes_on = field.label.is_blank() || fields.go_on(context, role, line);
                open = goes_on.then(|| (role, year.clone()));
                (role, year)
            }
            None => open.clone().unwrap_or_else(|| (Role::Actions, reported.clone())),
        };
        let text = led.as_ref().map_or(line, |field| &field.text);
        match (role, &led) {
            (Role::Grade, Some(field)) => {
                let read = grade::read(context.rules, text, &context.scale);
                let entry = entry(&mut years, &year);
                match read {
                    Some(marked) if entry.grade.is_none() => {
                        context.check_grade(&marked);
                        entry.grade = Some(marked.grade(context.document));
                    }
                    _ => entry.other.push(labelled(context, context.part(&field.label), text)),
                }
            }
            (Role::Responsible, _) => add(context, &mut initiative.responsible, text),
            (Role::Description, _) => add(context, &mut initiative.description, text),
            (Role::Issues, _) => add(context, &mut entry(&mut years, &year).issues, text),
            (Role::Plan | Role::Target, _) => add(context, &mut entry(&mut years, &year).plan, text),
            (Role::Result | Role::Actual, _) => add(context, &mut entry(&mut years, &year).result, text),
            (Role::Actions | Role::Status, _) => add(context, &mut entry(&mut years, &year).actions, text),
            (_, Some(field)) => initiative.other.push(labelled(context, context.part(&field.label), text)),
            (_, None) => {
                let Some(last) = initiative.other.last_mut() else { continue };
                let more = context.part(text);
                last.text.push('\n');
                last.text.push_str(&more.text);
                last.at.extend(more.at);
            }
        }
    }
    for entry in years.iter_mut().filter(|entry| entry.plan.is_none() && entry.actions.is_none()) {
        // 実績 is a result beside a plan; alone it tells what was done.
        entry.actions = entry.result.take();
    }
    years.sort_by_key(|entry| entry.year);
    initiative.years = years;
    initiative
}

/// A line that begins with a year, 令和４年度：…, of what `open` says that stands here. What is said of a year to come
/// is a plan.
fn dated(context: &Context, line: &Passage, open: Option<Role>) -> Option<Field> {
    let (year, text) = sentence::dated(context, line)?;
    let reported = context.fiscal_year.clone().unwrap_or_else(|| year.clone());
    let role = open.filter(|role| *role != Role::Actions).unwrap_or_else(|| told(&year, &reported));
    Some(Field { role, label: Passage::default(), text, year: Some(year) })
}

/// What is said of a year: what was done in it, or a plan.
fn told(year: &FiscalYear, reported: &FiscalYear) -> Role {
    if year.year > reported.year { Role::Plan } else { Role::Actions }
}

/// A title without the grade that stands in brackets at its end, and that grade: …の支援【評価：Ａ】.
fn judged(context: &Context, title: &Passage) -> (Passage, Option<Marked>) {
    let found = || {
        let (open, close) = BRACKETS.into_iter().find(|(_, close)| title.text.ends_with(*close))?;
        let start = title.text.rfind(open).filter(|start| *start > 0)?;
        let inside = title.slice(start + open.len_utf8()..title.text.len() - close.len_utf8());
        let (led, text) = match after(context, Rule::GradeLead, &inside) {
            Some((_, text)) => (true, text),
            None => (false, inside),
        };
        let marked = grade::read(context.rules, &text, &context.scale)?;
        // Without the word, only the legend tells a grade from a letter.
        (led || context.scale.has(&marked.grade)).then(|| (title.slice(0..start), marked))
    };
    found().map_or_else(|| (title.clone(), None), |(title, marked)| (title, Some(marked)))
}

/// The entry of `year`, made if there is none.
fn entry<'e>(years: &'e mut Vec<YearEntry>, year: &FiscalYear) -> &'e mut YearEntry {
    let at = years.iter().position(|entry| entry.year == year.year).unwrap_or_else(|| {
        years.push(YearEntry { year: year.year, label: year.label.clone(), ..YearEntry::default() });
        years.len() - 1
    });
    &mut years[at]
}

/// A text with its label.
pub(super) fn labelled(context: &Context, label: Text, text: &Passage) -> Labelled {
    let Text { text, at } = context.part(text);
    Labelled { label: label.text, text, at }
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
