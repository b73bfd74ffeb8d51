//! Document to report: cover and legend first, then block by block. Lines before a table are its heading, its box of
//! objectives, or prose; a table is one of figures or of initiatives; a note under it is its own.

use super::context::Context;
use super::heading::Heading;
use super::ledger::Ledger;
use super::rules::{Role, Rule, Rules};
use super::sections::{self, Draft};
use super::tables::grid::Grid;
use super::tables::header::Header;
use super::tables::kind::{Kind, Survey};
use super::tables::{indicators, initiatives};
use super::trace::{Decision, Reading, Trace};
use super::{Footnote, Indicator, Report, Source, Text, cover, doubt, legend, narrative};
use crate::document::{Block, Document, Passage, Table};
use crate::warning::Warning;

/// Below this share of placed characters a report is said to fit its rules badly.
const WEAK_SHARE: f64 = 0.6;
/// The same where running text, which any document has, is left aside.
const WEAK_SHARE_OF_VALUES: f64 = 0.25;
/// Text larger than this against the body is a heading.
const LARGE: f32 = 1.12;
/// Longest heading without a number that stands before a table, in characters.
const LONGEST_PLAIN_HEADING: usize = 40;

/// Reads a document by the rules of one pack. `source` of the report is left to the caller.
#[must_use]
pub fn recognise(document: &Document, rules: &Rules) -> Report {
    run(document, rules, Trace::default()).0
}

/// Reads a document as [`recognise`] does and keeps why each block was read as what.
#[must_use]
pub fn explain(document: &Document, rules: &Rules) -> (Report, Trace) {
    run(document, rules, Trace::asked())
}

fn run(document: &Document, rules: &Rules, trace: Trace) -> (Report, Trace) {
    let cover = cover::read(document, rules);
    let before: Vec<usize> = cover.taken.blocks.iter().map(|(block, _)| *block).collect();
    let legend = legend::read(document, rules, &before);
    let mut context = Context {
        document,
        rules,
        scale: legend.grades(),
        fiscal_year: cover.head.fiscal_year.clone(),
        unit: None,
        ledger: Ledger::new(document),
        warnings: document.warnings.clone(),
        trace,
    };
    let parts = [
        (&cover.taken, Reading::Cover, "it stands before the first table or sentence, or in the imprint at the end"),
        (&legend.taken, Reading::Legend, "it lists signs with their meanings, or is the heading over them"),
    ];
    for (taken, reading, because) in parts {
        for passage in taken.structure.iter().chain(&taken.placed) {
            context.trace.decide(passage, || Decision::new(reading, because));
        }
        taken.structure.iter().for_each(|text| context.ledger.structure(text));
        taken.placed.iter().for_each(|text| context.ledger.place(text));
    }
    let mut reader = Reader::new(&mut context);
    for (index, block) in document.blocks.iter().enumerate() {
        let rest = [&cover.taken, &legend.taken]
            .into_iter()
            .find_map(|taken| taken.blocks.iter().find(|(block, _)| *block == index).map(|(_, rest)| rest));
        match (rest, block) {
            (Some(rest), _) => rest.lines().for_each(|line| reader.line(line, 1.0)),
            (None, Block::Paragraph(paragraph)) => {
                let size = paragraph.heading.map_or(paragraph.size, |_| paragraph.size.max(2.0 * LARGE));
                reader.line(paragraph.text.clone(), size);
            }
            (None, Block::Table(table)) => reader.table(table),
        }
    }
    reader.flush_lines();
    let Reader { drafts, indicators, footnotes, prose, .. } = reader;
    let sections = sections::finish(&mut context, drafts);
    let report = Report {
        schema_version: "1".to_owned(),
        source: Source::default(),
        document: cover.head,
        grade_scale: legend.scale,
        footnotes,
        sections,
        indicators,
        prose: Vec::new(),
        unplaced: Vec::new(),
        coverage: super::Coverage::default(),
        warnings: Vec::new(),
    };
    close(context, report, &prose)
}

/// Adds prose, what was left, the sums, and what they say about the whole.
fn close(mut context: Context, mut report: Report, prose: &[Passage]) -> (Report, Trace) {
    let empty = report.sections.is_empty() && report.indicators.is_empty();
    if !empty {
        for line in prose {
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
        context.warnings.extend(weakness(&report));
        context.warnings.extend(undated(&report));
    }
    report.warnings = context.warnings;
    report.warnings.extend(doubt::about(&report));
    (report, context.trace.with_fates(context.ledger.into_fates()))
}

/// Says so where the rules fit the document badly.
fn weakness(report: &Report) -> Option<Warning> {
    let coverage = &report.coverage;
    let counted = coverage.characters.saturating_sub(coverage.furniture).max(1) as f64;
    let used = (coverage.placed + coverage.structure) as f64 / counted;
    let running: usize = report.prose.iter().flat_map(|text| text.text.chars()).filter(|c| !c.is_whitespace()).count();
    let values = used - running as f64 / counted;
    let percent = |share: f64| share.max(0.0) * 100.0;
    let message = if used < WEAK_SHARE {
        format!("the rules gave only {:.0} % of the characters a meaning", percent(used))
    } else if values < WEAK_SHARE_OF_VALUES {
        format!(
            "only {:.0} % of the characters became values or their labels; the rest is running text",
            percent(values)
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
    let message =
        format!("the document does not say which fiscal year it reports on; {count} entries have 0 in place of a year");
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

struct Line {
    text: Passage,
    size: f32,
}

struct Reader<'c, 'd> {
    context: &'c mut Context<'d>,
    drafts: Vec<Draft>,
    indicators: Vec<Indicator>,
    footnotes: Vec<Footnote>,
    prose: Vec<Passage>,
    /// Lines since the last table.
    lines: Vec<Line>,
    /// Headings that hold, outermost first.
    headings: Vec<Heading>,
    /// Lines of a 取組内容 box that wait for their section.
    objectives: Vec<Passage>,
    /// The indicator that a note under the table before belongs to.
    noted: Option<usize>,
}

impl<'c, 'd> Reader<'c, 'd> {
    fn new(context: &'c mut Context<'d>) -> Self {
        Self {
            context,
            drafts: Vec::new(),
            indicators: Vec::new(),
            footnotes: Vec::new(),
            prose: Vec::new(),
            lines: Vec::new(),
            headings: Vec::new(),
            objectives: Vec::new(),
            noted: None,
        }
    }

    /// A paragraph outside tables.
    fn line(&mut self, text: Passage, size: f32) {
        let boxed = self.lines.iter().any(|line| self.opens_box(&line.text).is_some());
        if !boxed && self.context.rules.matches(Rule::Note, &text.text) {
            self.note(&text);
            return;
        }
        self.lines.push(Line { text, size });
    }

    fn note(&mut self, line: &Passage) {
        if let Some(indicator) = self.noted.filter(|_| self.lines.is_empty()).and_then(|at| self.indicators.get_mut(at))
        {
            self.context.ledger.place(line);
            indicator.notes.push(self.context.whole(line));
            let because = "rule note matches, and it stands under the only indicator of the table before";
            self.context.trace.decide(line, || Decision::new(Reading::Note, because));
            return;
        }
        match legend::note(self.context.document, self.context.rules, line) {
            Some(note) => {
                self.context.ledger.place(line);
                self.footnotes.push(note);
                self.context.trace.decide(line, || Decision::new(Reading::Note, "rule note matches"));
            }
            None => self.prose(line.clone(), "rule note matches, but it gives no mark with a text"),
        }
    }

    /// Running text.
    fn prose(&mut self, line: Passage, because: &str) {
        self.context.trace.decide(&line, || Decision::new(Reading::Prose, because));
        self.prose.push(line);
    }

    /// The rest of a line that begins a box of objectives: `取組内容 ①…`.
    fn opens_box(&self, line: &Passage) -> Option<Passage> {
        let text = line.text.trim_start_matches(['-', '・', '■', '○', ' ', '\u{3000}']);
        let start = line.text.len() - text.len();
        let end = text.find([' ', '\u{3000}', '\n', '：', ':']).unwrap_or(text.len());
        let label = self.context.rules.label(&text[..end]).filter(|label| label.role == Role::Description)?;
        let known = label.fit == super::rules::Fit::Whole;
        known.then(|| line.slice((start + end)..line.text.len()))
    }

    /// Takes the lines before a table: heading, box of objectives, prose.
    fn before_table(&mut self) {
        let lines = std::mem::take(&mut self.lines);
        let opening = lines.iter().position(|line| self.opens_box(&line.text).is_some());
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
        let texts: Vec<Passage> = head.iter().map(|line| line.text.clone()).collect();
        if narrative::is_one(self.context, &texts)
            && texts.iter().any(|line| self.context.rules.matches(Rule::ActualLead, &line.text))
        {
            let last = head.pop();
            self.narrate(head.into_iter().map(|line| line.text).collect());
            head = last.into_iter().collect();
        }
        let count = head.len();
        for (index, line) in head.into_iter().enumerate() {
            self.head_line(line, index + 1 == count);
        }
    }

    /// A line before a table: a heading, a remark on units, or prose.
    fn head_line(&mut self, line: Line, last: bool) {
        let text = &line.text;
        if let Some(unit) = self.context.rules.unit_in(&text.text).filter(|_| text.text.contains("単位")) {
            self.context.ledger.structure(text);
            let because = format!("rule unit-in-label finds {unit}, and it says 単位");
            self.context.trace.decide(text, || Decision::new(Reading::Unit, because));
            self.context.unit = Some(unit);
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
        let Some(evidence) = evidence else {
            let because = "it has no number, is not larger than the body and not the last short line before a table";
            self.context
                .trace
                .decide(text, || Decision::new(Reading::Prose, "no rule takes it").not(Reading::Heading, because));
            self.prose.push(line.text);
            return;
        };
        if !Heading::could_be(self.context.rules, text) {
            let because = "it is too long, a sentence, a list item, or begins a target, actual or grade";
            self.context
                .trace
                .decide(text, || Decision::new(Reading::Prose, "no rule takes it").not(Reading::Heading, because));
            self.prose.push(line.text);
            return;
        }
        self.context.trace.decide(text, || Decision::new(Reading::Heading, evidence));
        self.context.ledger.structure(text);
        self.noted = None;
        match self.headings.iter().position(|known| known.style == heading.style) {
            Some(level) => self.headings.truncate(level),
            None if heading.style.is_empty() => self.headings.clear(),
            None => {}
        }
        self.headings.push(heading);
    }

    /// Reads lines at the end of the document, where no table follows.
    fn flush_lines(&mut self) {
        let lines: Vec<Passage> = std::mem::take(&mut self.lines).into_iter().map(|line| line.text).collect();
        if narrative::is_one(self.context, &lines) {
            self.narrate(lines);
        } else {
            let because = "no table follows, and the lines hold no narrative of targets and results";
            lines.into_iter().for_each(|line| self.prose(line, because));
        }
        self.give_objectives();
    }

    fn narrate(&mut self, lines: Vec<Passage>) {
        let because = "rules target-lead and actual-lead, or headings of two levels, without a table";
        for line in &lines {
            self.context.trace.decide(line, || Decision::new(Reading::Narrative, because));
        }
        let read = narrative::read(self.context, lines);
        self.drafts.extend(read.drafts);
        self.indicators.extend(read.indicators);
        self.prose.extend(read.prose);
    }

    fn table(&mut self, table: &Table) {
        self.before_table();
        let (noted, count) = (self.noted.take(), self.indicators.len());
        for repeat in &table.repeats {
            self.context.ledger.structure(repeat);
        }
        let Some(grid) = Grid::new(table) else { return };
        let header = Header::read(self.context, &grid);
        self.context.check_years(&header.supposed);
        if self.box_of_objectives(&grid, &header) {
            self.noted = noted;
            return;
        }
        if header.year_columns().is_empty()
            && let Some(read) = indicators::transposed(self.context, &grid)
        {
            let because = "years stand below each other in the first column, and the header names no year";
            self.decide(table, || Decision::new(Reading::TransposedFigures, because));
            self.indicators.extend(read);
        } else {
            let survey = Survey::of(self.context, &grid, &header);
            self.decide(table, || survey.decision());
            match survey.kind() {
                Kind::Figures => {
                    let title = self.headings.last().cloned();
                    let read = indicators::read(self.context, &grid, &header, title.as_ref());
                    self.indicators.extend(read);
                }
                Kind::Initiatives => self.initiatives(&grid, &header),
                Kind::Unknown => {}
            }
        }
        self.context.unit = None;
        if self.indicators.len() == count + 1 {
            self.noted = Some(count);
        }
    }

    fn decide(&mut self, table: &Table, decision: impl FnOnce() -> Decision) {
        if let Some(cell) = table.cells.iter().find(|cell| !cell.text.is_blank()) {
            self.context.trace.decide(&cell.text, decision);
        }
    }

    fn initiatives(&mut self, grid: &Grid, header: &Header) {
        let read = initiatives::read(self.context, grid, header);
        self.indicators.extend(read.totals);
        for (index, mut draft) in read.drafts.into_iter().enumerate() {
            let labelled = self.headings.iter().filter(|heading| heading.label.is_some());
            match &draft.heading {
                Some(own) => {
                    let outer = labelled.filter(|heading| heading.style != own.style).cloned();
                    draft.path.splice(0..0, outer);
                }
                None => {
                    draft.heading = self.headings.last().cloned();
                    let outer: Vec<Heading> = labelled.cloned().collect();
                    let own = usize::from(draft.heading.as_ref().is_some_and(|own| own.label.is_some()));
                    draft.path.splice(0..0, outer.iter().take(outer.len().saturating_sub(own)).cloned());
                }
            }
            self.drafts.push(draft);
            if index == 0 {
                self.give_objectives();
            }
        }
    }

    /// The lines of the box before a detail are objectives and targets of its section.
    fn give_objectives(&mut self) {
        let lines = std::mem::take(&mut self.objectives);
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
    fn box_of_objectives(&mut self, grid: &Grid, header: &Header) -> bool {
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
