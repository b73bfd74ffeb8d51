//! Where a narrative ends before a table: behind its last line that a word introduces, the headings of the table stand.

use super::fields::Fields;
use super::heading;
use crate::document::Passage;
use crate::report::context::Context;
use crate::report::heading::Heading;
use crate::report::rules::{Role, Rule};

/// Longest heading without a number that stands before a table, in characters.
const LONGEST_PLAIN_HEADING: usize = 40;

/// Whether lines below a heading tell an initiative: words of two meanings introduce some, and one says what was done or
/// how it is judged. The box over a table has its contents and targets only.
pub(super) fn is_told(context: &Context, fields: &Fields, lines: &[Passage]) -> bool {
    let mut roles: Vec<Role> = lines.iter().filter_map(|line| fields.role(context, line)).collect();
    roles.sort_unstable();
    roles.dedup();
    let tells = |role: &Role| matches!(role, Role::Grade | Role::Actions | Role::Status | Role::Result | Role::Actual);
    roles.len() > 1 && roles.iter().any(tells)
}

/// How many of the lines before a table are a narrative; the others are headings and the like of the table.
pub(in crate::report) fn end(context: &Context, lines: &[Passage]) -> Option<usize> {
    let fields = Fields::find(context, lines);
    let headings: Vec<(usize, Heading)> =
        lines.iter().enumerate().filter_map(|(at, line)| Some((at, heading(context, &fields, line)?))).collect();
    let (mut last, mut count) = (None, 0);
    for (index, (at, _)) in headings.iter().enumerate() {
        let end = headings.get(index + 1).map_or(lines.len(), |(next, _)| *next);
        let body = &lines[at + 1..end];
        if is_told(context, &fields, body) {
            let field = body.iter().rposition(|line| fields.role(context, line).is_some());
            // Behind a word on a line of its own stands what it introduces.
            let alone = |field: &usize| usize::from(fields.alone(context, &body[*field]).is_some());
            last = field.map(|field| (at + 1 + field + alone(&field)).min(lines.len() - 1));
            count += 1;
        }
    }
    let last = last?;
    let next = headings.iter().find(|(at, _)| *at > last);
    // Fields of one section right above its table are the section's, and so are those above a heading of a lower level.
    let beside = |next: &Heading| headings.iter().any(|(at, known)| *at < last && known.style == next.style);
    if count == 1 && !next.is_some_and(|(_, next)| beside(next)) {
        return None;
    }
    let of_table = |at: usize, line: &Passage| {
        let short = line.text.chars().count() <= LONGEST_PLAIN_HEADING;
        let caption = at + 1 == lines.len() && short && Heading::could_be(context.rules, line);
        caption || line.text.contains("単位") && context.rules.find(Rule::UnitInLabel, &line.text).is_some()
    };
    let behind = lines.iter().enumerate().skip(last + 1);
    let first = behind.filter(|(at, line)| of_table(*at, line)).map(|(at, _)| at).next();
    Some(next.map(|(at, _)| *at).into_iter().chain(first).min().unwrap_or(lines.len()))
}
