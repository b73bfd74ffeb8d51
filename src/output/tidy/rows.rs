//! The rows of one report, in its own order: the report, sections with initiatives and their values, indicators with
//! their figures, legend, texts outside them, findings, warnings.

use super::names::Names;
use super::{Edition, Fact, Indicator, Initiative, Item, Meaning, Owner, Reading, Row, Section, Series, Value};
use crate::audit::{Audit, Finding};
use crate::geom::Place;
use crate::report::{self, FiscalYear, Grade, Labelled, Report, Text, YearEntry};
use std::sync::Arc;

/// All rows of the report.
pub(super) fn gather(report: &Report, audit: &Audit) -> Vec<Row> {
    let edition = Arc::new(Edition::of(report));
    let mut gatherer = Gatherer {
        legend: Vec::new(),
        names: Names::default(),
        owner: Owner::default(),
        year: None,
        rows: Vec::new(),
        edition,
    };
    gatherer.report(report);
    gatherer.findings(audit);
    gatherer.rows
}

/// Gathers rows; `owner` and `year` are those of the row that comes next.
struct Gatherer {
    edition: Arc<Edition>,
    legend: Vec<(String, Meaning)>,
    names: Names,
    owner: Owner,
    year: Option<FiscalYear>,
    rows: Vec<Row>,
}

impl Gatherer {
    fn report(&mut self, report: &Report) {
        let id = self.names.give(self.edition.id.clone());
        self.add(id.clone(), &[], Fact::Report);
        self.legend(report, &id);
        self.head(&report.document, &id);
        for section in &report.sections {
            self.section(section, &id);
        }
        self.owner = Owner::default();
        for (index, indicator) in report.indicators.iter().enumerate() {
            self.indicator(indicator, index as u32 + 1, &id);
        }
        self.owner = Owner::default();
        for (number, note) in (1..).zip(&report.footnotes) {
            let reading = Reading::Text(note.text.clone());
            self.value(format!("{id}-n{number}"), Item::Footnote, Some(&note.mark), reading, &note.at);
        }
        self.texts(&format!("{id}-p"), Item::Prose, &report.prose);
        self.texts(&format!("{id}-u"), Item::Unplaced, &report.unplaced);
        for (number, warning) in (1..).zip(&report.warnings) {
            self.add(format!("{id}-w{number}"), &warning.at, Fact::Warning(warning.clone()));
        }
    }

    fn add(&mut self, id: String, at: &[Place], fact: Fact) {
        let (owner, year) = (self.owner.clone(), self.year.clone());
        self.rows.push(Row { id, edition: self.edition.clone(), owner, year, at: at.to_vec(), fact });
    }

    fn value(&mut self, id: String, item: Item, heading: Option<&str>, reading: Reading, at: &[Place]) {
        let id = self.names.give(id);
        let heading = heading.filter(|heading| !heading.is_empty()).map(str::to_owned);
        self.add(id, at, Fact::Value(Value { item, heading, reading }));
    }

    fn text(&mut self, owner: &str, item: Item, text: Option<&Text>) {
        if let Some(text) = text {
            self.value(format!("{owner}-{}", item.code()), item, None, Reading::Text(text.text.clone()), &text.at);
        }
    }

    /// Texts of one item, counted from 1 after `stem`.
    fn texts(&mut self, stem: &str, item: Item, texts: &[Text]) {
        for (number, text) in (1..).zip(texts) {
            self.value(format!("{stem}{number}"), item, None, Reading::Text(text.text.clone()), &text.at);
        }
    }

    fn others(&mut self, owner: &str, others: &[Labelled]) {
        for (number, other) in (1..).zip(others) {
            let reading = Reading::Text(other.text.clone());
            self.value(format!("{owner}-other{number}"), Item::Other, Some(&other.label), reading, &other.at);
        }
    }

    fn grade(&mut self, owner: &str, item: Item, grade: Option<&Grade>) {
        if let Some(grade) = grade {
            let reading = Reading::Grade(grade.clone(), self.meaning(&grade.grade));
            self.value(format!("{owner}-{}", item.code()), item, None, reading, &grade.at);
        }
    }

    /// What the legend says, where exactly one of its entries has this sign.
    fn meaning(&self, grade: &str) -> Option<Meaning> {
        let mut entries = self.legend.iter().filter(|(sign, _)| sign == grade);
        let (_, meaning) = entries.next()?;
        entries.next().is_none().then(|| meaning.clone())
    }

    fn legend(&mut self, report: &Report, id: &str) {
        for (number, entry) in (1..).zip(&report.grade_scale) {
            let id = self.names.give(format!("{id}-g{number}"));
            self.legend.push((entry.grade.clone(), Meaning { id: id.clone(), text: entry.meaning.clone() }));
            self.add(id, &entry.at, Fact::Legend(entry.clone()));
        }
    }

    fn head(&mut self, head: &report::Head, id: &str) {
        self.text(id, Item::Title, head.title.as_ref());
        self.text(id, Item::Subtitle, head.subtitle.as_ref());
        self.text(id, Item::Publisher, head.publisher.as_ref());
        if let Some(published) = &head.published {
            let reading = Reading::Text(published.label.clone());
            self.value(format!("{id}-published"), Item::Published, None, reading, &published.at);
        }
    }

    fn section(&mut self, section: &report::Section, report: &str) {
        let id = self.names.give(format!("{report}-s{}", section.number));
        let title = section.title.as_ref().or(section.summary_title.as_ref());
        let path: Vec<&str> = section.path.iter().map(|level| level.text.as_str()).collect();
        let entity = Section {
            id: id.clone(),
            number: section.number,
            label: section.label.clone(),
            title: title.map(|title| title.text.clone()),
            path: (!path.is_empty()).then(|| path.join(" > ")),
        };
        self.owner = Owner { section: Some(Arc::new(entity)), ..Owner::default() };
        self.add(id.clone(), title.map_or(&[], |title| &title.at), Fact::Section);
        self.texts(&format!("{id}-objective"), Item::Objective, &section.objectives);
        self.texts(&format!("{id}-target"), Item::TargetText, &section.targets);
        for entry in &section.grades {
            self.year = Some(FiscalYear { label: entry.label.clone(), year: entry.year });
            self.grade(&format!("{id}-{}", entry.year), Item::Grade, Some(&entry.grade));
        }
        self.year = None;
        for initiative in &section.initiatives {
            self.initiative(initiative, &id);
        }
    }

    fn initiative(&mut self, initiative: &report::Initiative, section: &str) {
        let id = self.names.give(format!("{section}-i{}", initiative.number));
        let title = initiative.title.as_ref();
        self.owner.initiative = Some(Arc::new(Initiative {
            id: id.clone(),
            number: initiative.number,
            label: initiative.label.clone(),
            title: title.map(|title| title.text.clone()),
            responsible: initiative.responsible.as_ref().map(|text| text.text.clone()),
        }));
        self.add(id.clone(), title.map_or(&[], |title| &title.at), Fact::Initiative);
        self.text(&id, Item::Description, initiative.description.as_ref());
        self.others(&id, &initiative.other);
        for entry in &initiative.years {
            self.entry(entry, &id);
        }
        self.owner.initiative = None;
    }

    fn entry(&mut self, entry: &YearEntry, initiative: &str) {
        self.year = Some(FiscalYear { label: entry.label.clone(), year: entry.year });
        let id = format!("{initiative}-{}", entry.year);
        self.grade(&id, Item::Grade, entry.grade.as_ref());
        self.grade(&id, Item::SummaryGrade, entry.summary_grade.as_ref());
        if let Some(status) = &entry.status {
            self.value(format!("{id}-status"), Item::Status, None, Reading::Status(status.clone()), &status.at);
        }
        self.text(&id, Item::Actions, entry.actions.as_ref());
        self.text(&id, Item::Issues, entry.issues.as_ref());
        self.text(&id, Item::Plan, entry.plan.as_ref());
        self.text(&id, Item::Result, entry.result.as_ref());
        self.others(&id, &entry.other);
        self.year = None;
    }

    fn indicator(&mut self, indicator: &report::Indicator, number: u32, report: &str) {
        let id = self.names.give(format!("{report}-k{number}"));
        let name = indicator.name.as_ref();
        let entity = Indicator {
            id: id.clone(),
            number,
            name: name.map(|name| name.text.clone()),
            group: indicator.group.as_ref().map(|group| group.text.clone()),
            responsible: indicator.responsible.as_ref().map(|text| text.text.clone()),
        };
        self.owner = Owner { indicator: Some(Arc::new(entity)), ..Owner::default() };
        self.add(id.clone(), name.map_or(&[], |name| &name.at), Fact::Indicator);
        for (index, series) in indicator.series.iter().enumerate() {
            self.series(series, index as u32 + 1, &id);
        }
        if indicator.series.is_empty() {
            self.value(format!("{id}-actual"), Item::Actual, None, Reading::Blank, name.map_or(&[], |name| &name.at));
        }
        self.grade(&id, Item::Grade, indicator.grade.as_ref());
        self.texts(&format!("{id}-note"), Item::Note, &indicator.notes);
        self.others(&id, &indicator.other);
    }

    fn series(&mut self, series: &report::Series, number: u32, indicator: &str) {
        let id = self.names.give(format!("{indicator}-r{number}"));
        self.owner.series = Some(Arc::new(Series {
            id: id.clone(),
            number,
            label: series.label.as_ref().map(|label| label.text.clone()),
            kind: series.kind,
            unit: series.unit.clone(),
            target: series.target.clone(),
        }));
        let at: &[Place] = series.label.as_ref().map_or(&[], |label| &label.at);
        self.add(id.clone(), at, Fact::Series);
        for figure in &series.years {
            self.year = Some(FiscalYear { label: figure.label.clone(), year: figure.year });
            let reading = Reading::Figure(figure.clone());
            self.value(format!("{id}-{}", figure.year), series.kind.into(), None, reading, &figure.at);
        }
        self.year = None;
        if let Some(target) = &series.target {
            self.year.clone_from(&target.due);
            self.value(format!("{id}-target"), Item::Target, None, Reading::Target(target.clone()), &target.at);
        } else if series.years.is_empty() {
            self.value(
                format!("{id}-{}", Item::from(series.kind).code()),
                series.kind.into(),
                None,
                Reading::Blank,
                at,
            );
        }
        self.year = None;
        self.owner.series = None;
    }

    fn findings(&mut self, audit: &Audit) {
        let mut number = 0;
        let mut rule = "";
        for finding in in_rule_order(&audit.findings) {
            number = if finding.rule == rule { number + 1 } else { 1 };
            rule = finding.rule;
            let id = self.names.give(format!("{}-{rule}-{number}", self.edition.id));
            let at: Vec<_> = finding.at.iter().map(|spot| spot.place).collect();
            self.owner = self.owner_of(finding);
            self.year = finding.year.map(|year| FiscalYear { label: String::new(), year });
            self.add(id, &at, Fact::Finding(Box::new(finding.clone())));
        }
    }

    /// The section, initiative and indicator that a finding names by number and name.
    fn owner_of(&self, finding: &Finding) -> Owner {
        let is_section = |owner: &&Owner| owner.section.as_ref().map(|section| section.number) == finding.section;
        let is_initiative = |owner: &&Owner| owner.initiative.as_ref().map(|one| one.number) == finding.initiative;
        let is_indicator = |owner: &&Owner| {
            owner.indicator.as_ref().and_then(|one| one.name.as_deref()) == finding.indicator.as_deref()
        };
        let owners = || self.rows.iter().map(|row| &row.owner);
        let measures = match finding.indicator {
            Some(_) => owners().find(|owner| owner.indicator.is_some() && is_indicator(owner)),
            None => None,
        };
        let acts = match finding.section {
            Some(_) => owners().find(|owner| is_section(owner) && is_initiative(owner)),
            None => None,
        };
        Owner {
            section: acts.and_then(|owner| owner.section.clone()),
            initiative: acts.and_then(|owner| owner.initiative.clone()),
            indicator: measures.and_then(|owner| owner.indicator.clone()),
            series: None,
        }
    }
}

/// The findings by rule, in the order of the list of rules' first findings, so that ids count on within a rule.
fn in_rule_order(findings: &[Finding]) -> Vec<&Finding> {
    let mut sorted: Vec<&Finding> = findings.iter().collect();
    sorted.sort_by_key(|finding| finding.rule);
    sorted
}
