//! The lines before a table, or at the end of the document: headings, the box of objectives, a remark on units, a
//! narrative, or prose.

use super::aim::Aim;
use super::outline::Standing;
use super::{LARGE, Line, Reader};
use crate::document::Passage;
use crate::report::context::Unit;
use crate::report::heading::{Heading, SIGNS};
use crate::report::rules::{Fit, Role, Rule};
use crate::report::tables::grid::Grid;
use crate::report::tables::header::Header;
use crate::report::trace::{Decision, Reading};
use crate::report::values::tiers;
use crate::report::{Text, narrative};

/// Longest heading without a number that stands before a table, in characters.
const LONGEST_PLAIN_HEADING: usize = 40;

impl Reader<'_, '_> {
    /// The rest of a line that begins a box of objectives: `取組内容 ①…`.
    fn opens_box(&self, line: &Passage) -> Option<Passage> {
        self.end_of_box_label(line).map(|end| line.slice(end..line.text.len()))
    }

    /// Where the label ends with which a line begins a box of objectives.
    pub(super) fn end_of_box_label(&self, line: &Passage) -> Option<usize> {
        let text = line.text.trim_start_matches(['-', '・', '■', '○', ' ', '\u{3000}']);
        let start = line.text.len() - text.len();
        let end = text.find([' ', '\u{3000}', '\n', '：', ':']).unwrap_or(text.len());
        let label = self.context.rules.label(&text[..end]).filter(|label| label.role == Role::Description)?;
        (label.fit == Fit::Whole).then_some(start + end)
    }

    /// Takes the lines before a table: heading, box of objectives, prose.
    pub(super) fn before_table(&mut self) {
        let mut lines = std::mem::take(&mut self.lines);
        let texts: Vec<Passage> = lines.iter().map(|line| line.text.clone()).collect();
        let narrated = narrative::end(self.context, &texts);
        if let Some(end) = narrated {
            let rest = lines.split_off(end);
            self.narrate(lines);
            lines = rest;
        }
        let opening = lines.iter().position(|line| line.opens_box);
        let (mut head, boxed) = match opening {
            Some(at) => {
                let mut head = lines;
                let boxed = head.split_off(at);
                (head, boxed)
            }
            None => (lines, Vec::new()),
        };
        for (index, line) in boxed.into_iter().enumerate() {
            let because = "it stands after a label of the vocabulary (description) and before a table";
            self.context.trace.decide(&line.text, || Decision::new(Reading::Objectives, because));
            let rest = if index == 0 { self.opens_box(&line.text) } else { None };
            match rest {
                Some(rest) => {
                    self.context.ledger.structure(&line.text);
                    self.objectives.extend(rest.lines());
                }
                None => self.objectives.extend(line.text.lines()),
            }
        }
        self.take_listed(&mut head);
        let texts: Vec<Passage> = head.iter().map(|line| line.text.clone()).collect();
        if narrative::is_one(self.context, &texts)
            && texts.iter().any(|line| self.context.rules.matches(Rule::ActualLead, &line.text))
        {
            let last = head.pop();
            self.narrate(head);
            head = last.into_iter().collect();
        }
        let count = head.len();
        for (index, line) in head.into_iter().enumerate() {
            self.head_line(line, index + 1 == count);
        }
    }

    /// Reads lines at the end of the document, where no table follows.
    pub(super) fn flush_lines(&mut self) {
        self.drop_listed();
        let lines = std::mem::take(&mut self.lines);
        let texts: Vec<Passage> = lines.iter().map(|line| line.text.clone()).collect();
        if narrative::is_one(self.context, &texts) {
            self.narrate(lines);
        } else {
            let because = "no table follows, and the lines hold no narrative of targets and results";
            texts.into_iter().for_each(|line| self.prose(line, because));
        }
        self.give_objectives();
    }

    /// Reads lines as a narrative, and goes on below the headings that hold at its end.
    fn narrate(&mut self, lines: Vec<Line>) {
        let because = "rules target-lead and actual-lead, or headings of two levels, without a table";
        for line in &lines {
            self.context.trace.decide(&line.text, || Decision::new(Reading::Narrative, because));
        }
        let large = lines.iter().filter(|line| line.size > LARGE);
        let sizes = large.filter_map(|line| Some((line.text.origins.first()?.glyph, line.size))).collect();
        let outer = self.headings.take();
        let read = narrative::read(self.context, outer, lines.into_iter().map(|line| line.text).collect(), &sizes);
        self.drafts.extend(read.drafts);
        self.indicators.extend(read.indicators);
        self.prose.extend(read.prose);
        self.headings.resume(read.open);
    }

    /// A line before a table: a heading, a remark on units, or prose.
    fn head_line(&mut self, line: Line, last: bool) {
        let text = &line.text;
        self.context.tiers = tiers::read(self.context.rules, text).or_else(|| self.context.tiers.take());
        let unit = self.unit_line(text);
        // （単位：人） alone is no heading; behind one it only adds to it.
        let alone = text.text.trim().starts_with(['（', '(', '［', '[', '〔', '単']);
        if let Some(unit) = &unit
            && alone
        {
            self.context.ledger.structure(text);
            let because = "rule unit-in-label finds its unit, and it says 単位";
            self.context.trace.decide(text, || Decision::new(Reading::Unit, because));
            self.context.unit = unit.clone();
            return;
        }
        let heading = Heading::read(self.context.rules, text);
        let plain = text.text.chars().count() <= LONGEST_PLAIN_HEADING;
        let evidence = match &heading.label {
            Some(label) => Some(format!("rule numbering or level gives the label {:?}", label.text)),
            None if line.size >= LARGE => Some(format!("its text is {:.2} times the size of the body's", line.size)),
            None if last && plain => Some("it is the last short line before a table".to_owned()),
            None => None,
        };
        let evidence = match evidence {
            None => Err("it has no number, is not larger than the body and not the last short line before a table"),
            Some(_) if !Heading::could_be(self.context.rules, text) => {
                Err("it is too long, a sentence, a list item, or begins a target, actual or grade")
            }
            Some(evidence) => Ok(evidence),
        };
        let evidence = match evidence {
            Ok(evidence) => evidence,
            Err(because) => {
                let told = if last { Aim::told(self.context.rules, &heading) } else { None };
                if told.is_some() {
                    let because = "it is a numbered sentence that sets a target, right above a table";
                    self.context.trace.decide(text, || Decision::new(Reading::Heading, because));
                    self.context.ledger.structure(text);
                    self.caption(Standing { is_told: true, ..Standing::new(heading, line.size, self.prose.len()) });
                    self.told = told;
                    return;
                }
                let prose = || Decision::new(Reading::Prose, "no rule takes it").not(Reading::Heading, because);
                self.context.trace.decide(text, prose);
                self.context.unit = unit.unwrap_or_else(|| self.context.unit.clone());
                self.context.unit.closed = true;
                self.described = narrative::description(self.context, text).map(|text| (self.prose.len(), text));
                self.prose.push(line.text);
                return;
            }
        };
        self.context.trace.decide(text, || Decision::new(Reading::Heading, evidence));
        self.context.ledger.structure(text);
        self.noted = 0..0;
        self.keep_unit(unit, &heading);
        let is_caption = self.is_caption(&heading);
        let mut standing = Standing::new(heading.clone(), line.size, self.prose.len());
        if is_caption {
            self.caption(standing);
            return;
        }
        self.described = None;
        self.end_sheet(&heading);
        standing.first = self.headings.again(&heading);
        standing.caption = heading.goes_on();
        self.headings.push(self.context.rules, heading, line.size, self.standing.len());
        self.standing.push(standing);
    }

    /// A line that says what the next table is about and opens no level.
    fn caption(&mut self, standing: Standing) {
        self.headings.caption(standing.heading.mark(), self.standing.len());
        self.standing.push(Standing { caption: true, ..standing });
    }

    /// What a line says of units: one for all figures, or several, of which only that of rates tells whose it is.
    fn unit_line(&mut self, text: &Passage) -> Option<Unit> {
        let rules = self.context.rules;
        if !text.text.contains("単位") {
            return None;
        }
        let listed = rules.units_listed(&text.text);
        if listed.is_empty() {
            return rules.unit_in(&text.text).map(|unit| Unit { whole: Some(unit), ..Unit::default() });
        }
        let message = format!(
            "{:?} lists several units: only rates were given theirs, other figures that print none have none",
            text.text.trim()
        );
        self.context.doubt("ambiguous-unit", message, text);
        let rate = listed.into_iter().find(|unit| rules.matches(Rule::RateUnit, unit));
        Some(Unit { rate, ..Unit::default() })
    }

    /// A unit line holds for the next table, and not beyond a heading of something else.
    fn keep_unit(&mut self, own: Option<Unit>, heading: &Heading) {
        let beside = self.headings.last().is_some_and(|known| known.style == heading.style);
        if self.context.unit.closed || self.context.unit.caption && beside {
            self.context.unit = Unit::default();
        }
        if let Some(own) = own {
            self.context.unit = Unit { caption: true, ..own };
        }
    }

    /// Whether a line below the heading of a section only says what kind of table follows: ■取組の状況.
    fn is_caption(&self, heading: &Heading) -> bool {
        let text = heading.whole.text.trim();
        let marked = text.starts_with(SIGNS) || text.starts_with(['【', '＜', '<']);
        let named = self.context.rules.label(text).is_some_and(|label| label.fit == Fit::Whole || marked);
        heading.label.is_none() && named && self.headings.open().iter().any(|known| known.label.is_some())
    }

    /// The lines of the box before a detail are objectives and targets of its section.
    pub(super) fn give_objectives(&mut self) {
        let mut lines = std::mem::take(&mut self.listed);
        lines.append(&mut self.objectives);
        let Some(draft) = self.drafts.last_mut() else {
            self.prose.extend(lines);
            return;
        };
        for line in lines {
            self.context.ledger.place(&line);
            let text: Text = self.context.part(&line);
            if self.context.rules.matches(Rule::TargetLead, &line.text) {
                draft.section.targets.push(text);
            } else {
                draft.section.objectives.push(text);
            }
        }
    }

    /// A table that only frames `取組内容` and its list.
    pub(super) fn box_of_objectives(&mut self, grid: &Grid, header: &Header) -> bool {
        if header.rows > 0 || grid.columns() > 3 {
            return false;
        }
        let Some(label) = grid.text(0, 0) else { return false };
        let Some(rest) = self.opens_box(label) else { return false };
        let because = "its first cell is a label of the vocabulary (description), and it has no header";
        self.context.trace.decide(label, || Decision::new(Reading::Objectives, because));
        self.context.ledger.structure(label);
        self.objectives.extend(rest.lines());
        for cell in &grid.table.cells {
            if (cell.row, cell.column) != (0, 0) && !cell.text.is_blank() {
                self.objectives.extend(cell.text.lines());
            }
        }
        true
    }
}
