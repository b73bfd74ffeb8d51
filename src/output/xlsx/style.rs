//! How cells look. Colours of grades only tell the legend's entries apart, in its order; they are no judgement.

use crate::audit::Severity;
use crate::report::Report;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

const FONT: &str = "游ゴシック";
const SIZE: f64 = 10.0;
const TITLE_SIZE: f64 = 14.0;
const LINE: Color = Color::RGB(0xB0_B8_C0);
const HEADING: Color = Color::RGB(0xD9_E1_EA);
const GROUP: Color = Color::RGB(0xEE_F2_F6);
const OUTSIDE: Color = Color::RGB(0xF3_F3_F3);
/// Fills that stay apart for readers who do not see red and green apart: their lightness falls in turn.
const FILLS: [u32; 8] =
    [0xD7_EA_D9, 0xFF_F0_B8, 0xF9_CF_B5, 0xCF_DC_F2, 0xE4_D3_EE, 0xC9_E8_EA, 0xE6_DC_C3, 0xDD_DD_DD];

/// The formats of a workbook.
pub(super) struct Styles {
    pub(super) title: Format,
    pub(super) plain: Format,
    pub(super) heading: Format,
    pub(super) group: Format,
    pub(super) cell: Format,
    pub(super) centre: Format,
    /// A cell of a year that the section does not report on.
    pub(super) outside: Format,
    pub(super) link: Format,
    grades: Vec<(String, Format)>,
}

impl Styles {
    pub(super) fn new(report: &Report) -> Self {
        let plain = Format::new().set_font_name(FONT).set_font_size(SIZE).set_align(FormatAlign::Top);
        let boxed = plain.clone().set_border(FormatBorder::Thin).set_border_color(LINE);
        let cell = boxed.clone().set_text_wrap();
        let centre = cell.clone().set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter);
        let grades = report.grade_scale.iter().zip(FILLS.into_iter().cycle());
        let grades = grades.map(|(entry, fill)| (entry.grade.clone(), centre.clone().set_background_color(fill)));
        Self {
            title: plain.clone().set_bold().set_font_size(TITLE_SIZE),
            heading: centre.clone().set_bold().set_background_color(HEADING),
            group: boxed.clone().set_bold().set_background_color(GROUP),
            outside: centre.clone().set_background_color(OUTSIDE),
            link: boxed.set_font_color(Color::RGB(0x05_63_C1)).set_underline(rust_xlsxwriter::FormatUnderline::Single),
            grades: grades.collect(),
            plain,
            cell,
            centre,
        }
    }

    /// The format of a grade: with the colour of its entry in the legend.
    pub(super) fn grade(&self, grade: &str) -> &Format {
        self.grades.iter().find(|(of, _)| of == grade).map_or(&self.centre, |(_, format)| format)
    }

    pub(super) fn severity(&self, severity: Severity) -> Format {
        let fill = match severity {
            Severity::Error => 0xF4_C7_C3,
            Severity::Warning => 0xFF_E8_B3,
            Severity::Info => 0xE3_EA_F2,
        };
        self.centre.clone().set_background_color(fill)
    }
}

/// Height of a line and room around the lines, in points.
const LINE_HEIGHT: f64 = 14.0;
const MARGIN: f64 = 3.0;
/// The highest row that there can be, in points.
const HIGHEST: f64 = 409.0;

/// Lines that the text takes in a column of this many half-width characters; a full-width one takes two.
pub(super) fn lines(text: &str, width: f64) -> u32 {
    let of_line = |line: &str| {
        let taken: f64 = line.chars().map(|c| if c.is_ascii() { 1.0 } else { 2.0 }).sum();
        // Columns are a little narrower than their characters, and no line ends with an opening bracket.
        (taken / (width - 2.0).max(1.0)).ceil().clamp(1.0, 100.0) as u32
    };
    text.split('\n').map(of_line).fold(0, u32::saturating_add)
}

/// The height of a row of so many lines, in points.
pub(super) fn height(lines: u32) -> f64 {
    (f64::from(lines) * LINE_HEIGHT + MARGIN).min(HIGHEST)
}

/// The format that shows a number as it is printed: separators, decimals and unit.
pub(super) fn number_format(printed: &str) -> String {
    let folded: String = printed.chars().map(fold).collect();
    let first = folded.find(|c: char| c.is_ascii_digit()).unwrap_or(folded.len());
    let number: String = folded[first..].chars().take_while(|c| c.is_ascii_digit() || ",.".contains(*c)).collect();
    let unit: String = folded[first + number.len()..].chars().filter(|c| *c != '"' && !c.is_control()).collect();
    let decimals = number.split_once('.').map_or(0, |(_, decimals)| decimals.len().min(10));
    let mut format = if number.contains(',') { "#,##0".to_owned() } else { "0".to_owned() };
    if decimals > 0 {
        format.push('.');
        format.push_str(&"0".repeat(decimals));
    }
    // Only a bare unit is shown; anything longer says more than a number format should.
    if !unit.is_empty() && unit.chars().count() <= 4 && !unit.chars().any(|c| c.is_ascii_digit()) {
        format.push_str(&format!("\"{unit}\""));
    }
    format
}

fn fold(c: char) -> char {
    match c {
        '０'..='９' | '．' | '，' | '％' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::{height, lines, number_format};

    #[track_caller]
    fn case(printed: &str, expected: &str) {
        assert_eq!(number_format(printed), expected, "{printed}");
    }

    #[test]
    fn a_number_is_shown_as_printed() {
        case("73.3%", "0.0\"%\"");
        case("90,000", "#,##0");
        case("１２３．４", "0.0");
        case("約1,234人", "#,##0\"人\"");
        case("100%（令和6年）", "0");
        case("－", "0");
    }

    #[test]
    fn a_row_is_as_high_as_its_longest_text() {
        assert_eq!(lines("継続", 10.0), 1);
        assert_eq!(lines("一二三四五\n六", 10.0), 3);
        assert!(height(lines("長", 1.0)) < height(lines("長い文", 4.0)));
        assert!(height(u32::MAX) <= 409.0);
    }
}
