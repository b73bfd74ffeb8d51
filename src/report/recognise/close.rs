//! The end of a reading: prose, what no rule gave a meaning, the sums, and what they say about the whole.

use super::outline::Standing;
use crate::document::{Block, Document, Passage};
use crate::report::context::Context;
use crate::report::trace::Trace;
use crate::report::{Coverage, Report, Text, doubt};
use crate::warning::Warning;

/// Below this share of placed characters a report is said to fit its rules badly.
const WEAK_SHARE: f64 = 0.6;
/// The same where running text, which any document has, is left aside.
const WEAK_SHARE_OF_VALUES: f64 = 0.25;
/// Running text from this share of the characters on makes one look whether it is text at all.
const MOSTLY_RUNNING: f64 = 0.5;
/// Fewer characters than this to a paragraph on the whole are no sentences, but cells of tables that were not seen.
const SHORTEST_PARAGRAPHS: usize = 16;

/// Adds prose, what was left, the sums, and what they say about the whole. Those of `headings` that no value took
/// are prose, too, but for captions of tables.
pub(super) fn close(
    mut context: Context,
    mut report: Report,
    prose: Vec<Passage>,
    headings: Vec<Standing>,
) -> (Report, Trace) {
    let empty = report.sections.is_empty() && report.indicators.is_empty();
    if !empty {
        let placed: Vec<bool> =
            headings.iter().map(|standing| context.ledger.is_placed(&standing.heading.whole)).collect();
        let is_placed = |at: usize| placed.get(at) == Some(&true);
        let is_idle = |(at, standing): &(usize, Standing)| {
            !standing.caption && !is_placed(*at) && !standing.first.is_some_and(is_placed)
        };
        let idle = headings.into_iter().enumerate().filter(is_idle).map(|(_, standing)| standing);
        let mut idle = idle.peekable();
        let mut all = Vec::with_capacity(prose.len());
        for (index, line) in prose.into_iter().enumerate() {
            while let Some(standing) = idle.next_if(|standing| standing.before <= index) {
                all.push(standing.heading.whole);
            }
            all.push(line);
        }
        all.extend(idle.map(|standing| standing.heading.whole));
        for line in &all {
            context.ledger.place(line);
            report.prose.push(context.whole(line));
        }
    }
    for passage in passages(context.document) {
        for rest in context.ledger.rest(context.document, passage) {
            if rest.text.chars().all(is_separator) && rest.text.len() < passage.text.trim().len() {
                context.ledger.structure(&rest);
                continue;
            }
            report.unplaced.push(context.part(&rest));
        }
    }
    report.coverage = context.ledger.coverage(context.document);
    if empty {
        let message = "no rule found a section, an initiative or an indicator; all text is in `unplaced`";
        context.warnings.push(Warning::new("no-report-structure", message));
    } else {
        context.warnings.extend(weakness(&report.coverage, &report.prose));
        context.warnings.extend(undated(&report));
    }
    report.warnings = context.warnings;
    report.warnings.extend(doubt::about(&report));
    (report, context.trace.with_fates(context.ledger.into_fates()))
}

/// Says so where the rules fit the document badly.
fn weakness(coverage: &Coverage, prose: &[Text]) -> Option<Warning> {
    let counted = coverage.characters.saturating_sub(coverage.furniture).max(1) as f64;
    let used = (coverage.placed + coverage.structure) as f64 / counted;
    let running: usize = prose.iter().flat_map(|text| text.text.chars()).filter(|c| !c.is_whitespace()).count();
    let share = running as f64 / counted;
    let percent = |share: f64| share.max(0.0) * 100.0;
    let message = if used < WEAK_SHARE {
        format!("the rules gave only {:.0} % of the characters a meaning", percent(used))
    } else if used - share < WEAK_SHARE_OF_VALUES {
        format!(
            "only {:.0} % of the characters became values or their labels; the rest is running text",
            percent(used - share)
        )
    } else if share >= MOSTLY_RUNNING && running < SHORTEST_PARAGRAPHS * prose.len() {
        format!(
            "{:.0} % of the characters stand outside tables in {} pieces too short for sentences; tables without ruling \
             lines may not have been seen",
            percent(share),
            prose.len()
        )
    } else {
        return None;
    };
    Some(Warning::new("weak-structure", message))
}

/// Says so where values have no year because the document names none.
fn undated(report: &Report) -> Option<Warning> {
    let entries = report.sections.iter().flat_map(|s| &s.initiatives).flat_map(|i| &i.years).map(|entry| entry.year);
    let measures = report.indicators.iter().flat_map(|i| &i.series).flat_map(|s| &s.years).map(|measure| measure.year);
    let count = entries.chain(measures).filter(|year| *year == 0).count();
    let message = format!("the document does not say of which year {count} values are; they have 0 in place of a year");
    (count > 0).then(|| Warning::new("no-fiscal-year", message))
}

/// Whether a character only parts the values of a line.
fn is_separator(c: char) -> bool {
    c.is_whitespace() || "、。，．,.;；・/／|｜".contains(c)
}

/// All passages of a document in reading order.
fn passages(document: &Document) -> impl Iterator<Item = &Passage> {
    document.blocks.iter().flat_map(|block| {
        let (paragraph, table) = match block {
            Block::Paragraph(paragraph) => (Some(&paragraph.text), None),
            Block::Table(table) => (None, Some(table)),
        };
        let cells = table.into_iter().flat_map(|table| table.cells.iter().map(|cell| &cell.text));
        paragraph.into_iter().chain(cells)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 1000 characters, so many of them with a meaning, among these `pieces` of running text of `length` characters.
    #[track_caller]
    fn case(placed: u64, pieces: usize, length: usize, expected: Option<&str>) {
        let coverage = Coverage { characters: 1000, placed, unplaced: 1000 - placed, ..Coverage::default() };
        let prose = vec![Text { text: "取".repeat(length), ..Text::default() }; pieces];
        let warning = weakness(&coverage, &prose);
        match (warning, expected) {
            (None, None) => {}
            (Some(warning), Some(expected)) => assert!(warning.message.contains(expected), "{}", warning.message),
            (warning, _) => panic!("{warning:?}"),
        }
    }

    #[test]
    fn rules_that_fit_badly_are_said() {
        case(1000, 2, 40, None);
        case(599, 0, 0, Some("only 60 %"));
        case(900, 10, 70, Some("only 20 %"));
        case(950, 12, 50, None);
        case(950, 60, 10, Some("60 pieces"));
        case(950, 40, 10, None);
    }
}
