//! The report as the rules see it: its entries, figures and legend in order, with the words that name them.

use super::figures::{self, Figure};
use super::legend::Legend;
use super::wording::Wording;
use crate::report::{Initiative, Report, Section, YearEntry};
use unicode_normalization::UnicodeNormalization;

/// One report under audit.
pub(super) struct Subject<'a> {
    pub(super) report: &'a Report,
    pub(super) wording: Wording<'a>,
    /// The year reported on.
    pub(super) fiscal_year: Option<i32>,
    pub(super) legend: Legend,
    /// Every figure with a value, in reading order.
    pub(super) figures: Vec<Figure<'a>>,
}

/// One initiative of one section.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item<'a> {
    pub(super) section: &'a Section,
    pub(super) initiative: &'a Initiative,
}

/// One year of one initiative.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry<'a> {
    pub(super) item: Item<'a>,
    pub(super) year: &'a YearEntry,
}

impl<'a> Subject<'a> {
    pub(super) fn new(report: &'a Report, wording: Wording<'a>) -> Self {
        Self {
            report,
            wording,
            fiscal_year: report.document.fiscal_year.as_ref().map(|fiscal| fiscal.year),
            legend: Legend::new(&report.grade_scale),
            figures: figures::of(report),
        }
    }

    pub(super) fn items(&self) -> impl Iterator<Item = Item<'a>> + use<'a> {
        let report = self.report;
        report
            .sections
            .iter()
            .flat_map(|section| section.initiatives.iter().map(move |initiative| Item { section, initiative }))
    }

    pub(super) fn entries(&self) -> impl Iterator<Item = Entry<'a>> + use<'a> {
        self.items().flat_map(|item| item.initiative.years.iter().map(move |year| Entry { item, year }))
    }
}

impl Item<'_> {
    /// `(1)-2`.
    pub(super) fn name(&self) -> String {
        initiative_name(self.section, self.initiative)
    }
}

impl<'a> Entry<'a> {
    /// `(1)-2`.
    pub(super) fn name(&self) -> String {
        self.item.name()
    }

    /// The year as printed.
    pub(super) fn label(&self) -> &'a str {
        &self.year.label
    }

    /// The words of its actions, result and issues.
    pub(super) fn texts(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        [&self.year.actions, &self.year.result, &self.year.issues].into_iter().flatten().map(|text| text.text.as_str())
    }

    /// Its actions, or its result where the form calls them so.
    pub(super) fn actions(&self) -> Option<&'a crate::report::Text> {
        self.year.actions.as_ref().or(self.year.result.as_ref())
    }
}

/// `(1)`, `重点課題３`, or the number of a section without label.
pub(super) fn section_name(section: &Section) -> String {
    section.label.clone().unwrap_or_else(|| section.number.to_string())
}

/// `(1)-2`.
pub(super) fn initiative_name(section: &Section, initiative: &Initiative) -> String {
    format!("{}-{}", section_name(section), initiative.number)
}

/// The form in which two texts are equal: compatibility forms folded (NFKC), white space removed.
pub(super) fn plain(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace()).collect()
}

/// The sentences and list items of a text, white space and bullets removed.
pub(super) fn sentences(text: &str) -> impl Iterator<Item = String> {
    text.split_inclusive(['。', '\n'])
        .map(|sentence| plain(sentence).trim_start_matches(['・', '○', '●', '◯', '-', '※']).to_owned())
        .filter(|sentence| !sentence.is_empty())
}

/// The beginning of a text, for messages.
pub(super) fn excerpt(text: &str) -> String {
    const LENGTH: usize = 80;
    let line = text.replace('\n', " ");
    if line.chars().count() <= LENGTH { line } else { line.chars().take(LENGTH).chain(['…']).collect() }
}

/// Whether the report has kana or ideographs in its titles and names.
pub(super) fn is_japanese(report: &Report) -> bool {
    let head = [&report.document.title, &report.document.subtitle].into_iter().flatten();
    let initiatives = report.sections.iter().flat_map(|section| &section.initiatives);
    let titles = initiatives.filter_map(|initiative| initiative.title.as_ref());
    let names = report.indicators.iter().filter_map(|indicator| indicator.name.as_ref());
    let mut texts = head.chain(titles).chain(names);
    texts.any(|text| text.text.chars().any(|c| ('\u{3041}'..='\u{9fff}').contains(&c)))
}
