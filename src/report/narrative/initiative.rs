//! A heading over lines on what was done, as an initiative.

use super::Node;
use super::fields::Fields;
use crate::document::Passage;
use crate::report::context::Context;
use crate::report::rules::Role;
use crate::report::values::grade;
use crate::report::{FiscalYear, Initiative, Labelled, Text, YearEntry};

/// Reads what stands below the heading.
pub(super) fn read(context: &mut Context, fields: &Fields, node: &Node) -> Initiative {
    context.ledger.place(&node.heading.whole);
    let mut initiative = Initiative {
        label: node.heading.label.as_ref().map(|label| label.text.clone()),
        title: Some(context.part(&node.heading.title)),
        ..Initiative::default()
    };
    let reported = context.fiscal_year.clone().unwrap_or_default();
    let mut years: Vec<YearEntry> = Vec::new();
    // Paragraphs go on with what a label before them introduces: 【課題】 over two of them.
    let mut open: Option<(Role, FiscalYear)> = None;
    for line in &node.body {
        context.ledger.place(line);
        let led = fields.read(context, line);
        let (role, year) = match &led {
            Some(field) => {
                let year = field.year.clone().unwrap_or_else(|| reported.clone());
                // 令和５年度の取組内容 tells what was done in that year.
                let told = field.role == Role::Description && field.year.is_some() && year.year == reported.year;
                let role = if told { Role::Actions } else { field.role };
                open = fields.go_on(context, role, line).then(|| (role, year.clone()));
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
