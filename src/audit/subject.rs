//! The report as the rules see it: its entries, figures and legend in order, with the words that name them.

use super::decimal::Decimal;
use super::figures::{self, Figure};
use super::legend::{Legend, sign};
use super::wording::Wording;
use crate::report::{Grade, Initiative, Report, Section, YearEntry};
use unicode_normalization::UnicodeNormalization;

/// Characters that lead to a note.
pub(super) const MARKS: [char; 5] = ['※', '*', '＊', '†', '‡'];

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

/// `(1)-2`: the printed labels of the section and of the initiative, its position where it has no label of its own.
pub(super) fn initiative_name(section: &Section, initiative: &Initiative) -> String {
    // A label that says "as above" or stands twice in the section names nothing.
    let alone = || section.initiatives.iter().filter(|one| one.label == initiative.label).count() < 2;
    let own = initiative.label.as_deref().filter(|label| label.contains(char::is_alphanumeric) && alone());
    let Some(label) = own else { return format!("{}-{}", section_name(section), initiative.number) };
    let folded = plain(label);
    let label = label.trim();
    let Some(head) = section.label.as_deref() else {
        let number = folded.bytes().all(|byte| byte.is_ascii_digit());
        return if number { format!("No.{label}") } else { label.to_owned() };
    };
    // 1-2 in section 1 and Ⅱ-1 in 基本方針Ⅱ name their sections themselves.
    let head_words = plain(head);
    let number = head_words.trim_end_matches(|c: char| !c.is_alphanumeric());
    let number = number.trim_start_matches(|c: char| !c.is_ascii_alphanumeric());
    let rest = folded.strip_prefix(number).filter(|_| !number.is_empty());
    if rest.is_some_and(|rest| rest.starts_with(|c: char| !c.is_alphanumeric())) {
        return label.to_owned();
    }
    format!("{head}-{label}")
}

/// The grade as it is printed, without the marks beside it; as it was read where the print holds more.
pub(super) fn printed_grade(grade: &Grade) -> &str {
    let text = grade.text.trim_matches(|c: char| c.is_whitespace() || MARKS.contains(&c));
    if sign(text) == sign(&grade.grade) { text } else { &grade.grade }
}

/// A number reckoned by a rule, with separators of thousands where the printed figure beside it has them.
pub(super) fn in_style(number: Decimal, printed: &str) -> String {
    let plain = number.to_string();
    if !printed.contains([',', '，']) {
        return plain;
    }
    let (whole, fraction) = plain.split_at(plain.find('.').unwrap_or(plain.len()));
    let digits = whole.trim_start_matches('-').len();
    let mut styled = String::new();
    for (at, c) in whole.trim_start_matches('-').chars().enumerate() {
        if at > 0 && (digits - at).is_multiple_of(3) {
            styled.push(',');
        }
        styled.push(c);
    }
    let minus = if whole.starts_with('-') { "-" } else { "" };
    format!("{minus}{styled}{fraction}")
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

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn named(section: Option<&str>, labels: &[Option<&str>], expected: &[&str]) {
        let initiative = |(at, label): (usize, &Option<&str>)| Initiative {
            number: u32::try_from(at + 1).unwrap(),
            label: label.map(str::to_owned),
            ..Initiative::default()
        };
        let initiatives = labels.iter().enumerate().map(initiative).collect();
        let section = Section { number: 2, label: section.map(str::to_owned), initiatives, ..Section::default() };
        let names: Vec<_> = section.initiatives.iter().map(|one| initiative_name(&section, one)).collect();
        assert_eq!(names, expected);
    }

    #[test]
    fn initiatives_are_named_as_the_report_names_them() {
        named(Some("２"), &[Some("4"), Some("5")], &["２-4", "２-5"]);
        named(Some("(1)"), &[None, None], &["(1)-1", "(1)-2"]);
        named(Some("1"), &[Some("1-3"), Some("1")], &["1-3", "1-1"]);
        named(Some("基本方針Ⅱ"), &[Some("Ⅱ-1")], &["Ⅱ-1"]);
        named(None, &[Some("7"), Some("施策２"), None], &["No.7", "施策２", "2-3"]);
        // Labels that say "as above" or stand twice name nothing.
        named(Some("１"), &[Some("11"), Some("〃"), Some("12"), Some("12")], &["１-11", "１-2", "１-3", "１-4"]);
    }

    #[test]
    fn reckoned_numbers_are_written_like_the_printed_one() {
        let styled = |number: &str, printed: &str| in_style(Decimal::parse(number).unwrap(), printed);
        assert_eq!(styled("3120", "3,220"), "3,120");
        assert_eq!(styled("-1234567.5", "3,220"), "-1,234,567.5");
        assert_eq!(styled("3120", "3220"), "3120");
        assert_eq!(styled("120", "3,220"), "120");
    }
}
