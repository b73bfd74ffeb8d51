//! Document to report: cover and legend first, then block by block. Lines before a table are its heading, its box of
//! objectives, or prose; a table is one of figures or of initiatives; a note under it is its own.

mod aim;
mod before;
mod close;
mod listed;
mod outline;
mod over;
mod sheet;
mod under;

use super::context::{self, Context};
use super::heading::Heading;
use super::ledger::Ledger;
use super::rules::{Role, Rule, Rules};
use super::sections::{self, Draft};
use super::tables::grid::Grid;
use super::tables::header::Header;
use super::tables::kind::{Kind, Survey};
use super::tables::{beside, indicators, initiatives, inner, joined};
use super::trace::{Decision, Reading, Trace};
use super::{Footnote, Indicator, Report, Source, cover, legend};
use crate::document::{Block, Document, Passage, Table};
use aim::Aim;
use close::close;
use outline::{Outline, Standing};
use over::{Over, Under};
use std::ops::Range;

/// Text larger than this against the body is a heading.
const LARGE: f32 = 1.12;
/// Blocks after a line on units among which a table may be the one that it is about.
const UNDER: usize = 2;

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
        scale: legend.grades().into_iter().collect(),
        fiscal_year: cover.head.fiscal_year.clone(),
        about: context::about(document, rules, cover.head.fiscal_year.as_ref()),
        unit: context::Unit::default(),
        tiers: None,
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
                let next = document.blocks.iter().skip(index + 1).take(UNDER);
                let last = !next.into_iter().any(|block| matches!(block, Block::Table(_)));
                if !(last && reader.unit_under(&paragraph.text)) {
                    reader.line(paragraph.text.clone(), size);
                }
            }
            (None, Block::Table(table)) => reader.table(table),
        }
        reader.prose.extend(legend.explained_in(index).cloned());
    }
    reader.flush_lines();
    let Reader { drafts, mut indicators, footnotes, prose, standing, tables, .. } = reader;
    let sections = sections::finish(&mut context, drafts);
    Over { standing: &standing, tables: &tables }.group(&mut context, &mut indicators);
    let told = legend.told(document, sections.is_empty() && indicators.is_empty());
    let report = Report {
        schema_version: "1".to_owned(),
        source: Source::default(),
        document: cover.head,
        grade_scale: legend.scale,
        footnotes,
        sections,
        indicators,
        prose: told,
        unplaced: Vec::new(),
        coverage: super::Coverage::default(),
        warnings: Vec::new(),
    };
    close(context, report, prose, standing)
}

struct Line {
    text: Passage,
    size: f32,
    /// Whether it begins a box of objectives.
    opens_box: bool,
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
    headings: Outline,
    /// All headings so far.
    standing: Vec<Standing>,
    /// The tables of figures so far.
    tables: Vec<Under>,
    /// The target that a sentence right above the next table sets.
    told: Option<Aim>,
    /// Lines of a 取組内容 box that wait for their section.
    objectives: Vec<Passage>,
    /// Lines of a list under a heading that do, if the next table tells of initiatives.
    listed: Vec<Passage>,
    /// The indicators of the table before, which a note or a unit under it can belong to.
    noted: Range<usize>,
    /// A paragraph that says what the next initiative is, with its place in `prose`.
    described: Option<(usize, Passage)>,
    /// The page of the form that the last draft comes from, where no other table of initiatives followed.
    form: Option<u32>,
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
            headings: Outline::default(),
            standing: Vec::new(),
            tables: Vec::new(),
            told: None,
            objectives: Vec::new(),
            listed: Vec::new(),
            noted: 0..0,
            described: None,
            form: None,
        }
    }

    /// A paragraph outside tables.
    fn line(&mut self, text: Passage, size: f32) {
        let boxed = self.lines.iter().any(|line| line.opens_box);
        if !boxed && self.context.rules.matches(Rule::Note, &text.text) {
            self.note(&text);
            return;
        }
        let opens_box = self.end_of_box_label(&text).is_some();
        self.lines.push(Line { text, size, opens_box });
    }

    /// Running text.
    fn prose(&mut self, line: Passage, because: &str) {
        self.context.trace.decide(&line, || Decision::new(Reading::Prose, because));
        self.prose.push(line);
    }

    fn table(&mut self, table: &Table) {
        self.before_table();
        let count = self.indicators.len();
        for repeat in &table.repeats {
            self.context.ledger.structure(repeat);
        }
        match Grid::new(table) {
            Some(grid) => self.divided(&grid),
            None => self.noted = 0..0,
        }
        if self.indicators.len() > count {
            self.drop_listed();
        }
        if self.noted.end > count {
            // It may have been read part by part.
            self.noted.start = count;
        }
        self.headings.fill();
        if let Some(last) = self.standing.last_mut() {
            last.caption |= self.headings.last().is_some_and(|heading| heading.label.is_none());
        }
        if let Some(aim) = self.told.take() {
            self.prose(aim.heading.whole, "it sets a target, and the table below it gives no figures");
        }
        self.context.unit = context::Unit::default();
        self.context.tiers = None;
    }

    /// The rows of a table, or those of the form and the sheets that it consists of.
    fn divided(&mut self, grid: &Grid) {
        let Some(divided) = inner::divide(self.context, grid) else {
            self.grid(grid);
            return;
        };
        divided.labels.iter().for_each(|label| self.context.ledger.structure(label));
        self.rows(&divided.form);
        divided.sheets.iter().for_each(|sheet| self.rows(sheet));
    }

    /// The rows of one of several tables that share a frame.
    fn rows(&mut self, table: &Table) {
        match Grid::new(table) {
            Some(grid) => self.grid(&grid),
            None => self.noted = 0..0,
        }
    }

    fn grid(&mut self, grid: &Grid) {
        let (noted, count, table) = (std::mem::take(&mut self.noted), self.indicators.len(), grid.table);
        let header = Header::read(self.context, grid);
        self.context.check_years(&header.supposed);
        // A sheet of indicators names its columns and its years; its rows of 目標 and 実績 are no form.
        let sheet = header.with_role(Role::Indicator).is_some() && header.year_columns().len() > 1;
        if self.completes(grid) {
            return;
        }
        let form = if sheet { None } else { initiatives::read_form(self.context, grid, self.headings.last()) };
        if let Some(read) = form {
            let because = "labels stand beside their values, and no row names columns";
            self.decide(table, || Decision::new(Reading::Initiatives, because));
            self.place_initiatives(read);
            self.form = Some(table.page);
            return;
        }
        if self.goes_on(grid) {
            self.decide(table, || Decision::new(Reading::Initiatives, sheet::GOES_ON));
            return;
        }
        if self.box_of_objectives(grid, &header) {
            self.noted = noted;
            return;
        }
        let aim = self.aimed();
        let named = aim.as_ref().map(|aim| aim.heading.clone());
        let survey = Survey::of(self.context, grid, &header);
        if self.joined(grid, &header, survey.kind()) {
            return;
        }
        if initiatives::is_history(self.context, grid, &header) {
            let because = "years stand below each other, and columns tell what was done and name no initiatives";
            self.decide(table, || Decision::new(Reading::Initiatives, because));
            self.initiatives(grid, &header);
        } else if header.year_columns().is_empty()
            && let Some(read) = {
                let title = named
                    .as_ref()
                    .or(self.headings.last())
                    .map(|heading| &heading.title)
                    .or(header.titles.last().copied());
                indicators::transposed(self.context, grid, title)
            }
        {
            let because = "years stand below each other in the first column, and the header names no year";
            self.decide(table, || Decision::new(Reading::TransposedFigures, because));
            self.indicators.extend(read);
        } else if let Some(read) = self.undated(grid, &header, named.as_ref()) {
            self.decide(table, || Decision::new(Reading::Figures, "beside its labels stand figures only, and no year"));
            self.indicators.extend(read);
        } else {
            self.decide(table, || survey.decision());
            match survey.kind() {
                Kind::Figures => {
                    let title = named.or_else(|| self.headings.last().cloned());
                    let read = indicators::read(self.context, grid, &header, title.as_ref());
                    self.indicators.extend(read);
                }
                Kind::Initiatives => {
                    self.initiatives(grid, &header);
                    // Below grades stand notes on these, whatever counts them.
                    return;
                }
                Kind::Unknown => {}
            }
        }
        self.give_aim(aim, count);
        self.noted = count..self.indicators.len();
        if !self.noted.is_empty() {
            let (indicators, over) = (self.noted.clone(), self.headings.over(&self.standing));
            self.tables.push(Under { indicators, over });
        }
    }

    fn undated(&mut self, grid: &Grid, header: &Header, named: Option<&Heading>) -> Option<Vec<Indicator>> {
        if !header.year_columns().is_empty() {
            return None;
        }
        indicators::undated(self.context, grid, named.or(self.headings.last()))
    }

    /// Reads a table that prints its header again, or is several tables, part by part.
    fn joined(&mut self, grid: &Grid, header: &Header, kind: Kind) -> bool {
        let (again, texts) = joined::again(grid, header);
        if !again.is_empty() {
            texts.into_iter().for_each(|text| self.context.ledger.structure(text));
            self.rows(&joined::without(grid.table, &again));
            return true;
        }
        let beside = beside::parts(self.context.rules, grid, header);
        let parts = if beside.is_empty() { joined::parts(self.context, grid, header, kind) } else { beside };
        parts.iter().for_each(|part| self.rows(part));
        !parts.is_empty()
    }

    fn decide(&mut self, table: &Table, decision: impl FnOnce() -> Decision) {
        if let Some(cell) = table.cells.iter().find(|cell| !cell.text.is_blank()) {
            self.context.trace.decide(&cell.text, decision);
        }
    }

    fn initiatives(&mut self, grid: &Grid, header: &Header) {
        self.form = None;
        let read = initiatives::read(self.context, grid, header, self.headings.last());
        self.place_initiatives(read);
    }

    /// Gives the sections of a table the headings that stand before it.
    fn place_initiatives(&mut self, read: initiatives::Read) {
        self.indicators.extend(read.totals);
        for (index, mut draft) in read.drafts.into_iter().enumerate() {
            self.describe(&mut draft);
            let open = self.headings.open();
            let count = open.len().saturating_sub(usize::from(draft.names_initiative));
            let headings = open.get(..count).unwrap_or_default();
            let labelled = headings.iter().filter(|heading| heading.label.is_some());
            match &draft.heading {
                Some(own) => {
                    let outer = labelled.filter(|heading| heading.style != own.style).cloned();
                    draft.path.splice(0..0, outer);
                }
                None => {
                    // Above 施策３ stands no heading without a label.
                    let named = self.headings.last().filter(|_| draft.names_initiative);
                    let level = named.is_some_and(|named| self.context.rules.matches(Rule::Level, &named.whole.text));
                    draft.heading = headings.last().filter(|heading| heading.label.is_some() || !level).cloned();
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
}

#[cfg(test)]
mod tests;
