//! Dates of publication: 令和6年9月, 令和６年７月31日, 2024年9月, R6.9.30.

use super::year::{first_year, ordinal};
use crate::report::rules::{Rule, Rules};
use std::ops::Range;

/// A month or day with the part of the text that prints it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Date {
    /// Byte range in the printed text.
    pub range: Range<usize>,
    /// Gregorian year.
    pub year: i32,
    /// 1 to 12.
    pub month: u32,
    /// 1 to 31, where printed.
    pub day: Option<u32>,
}

impl Date {
    /// `YYYY-MM` or `YYYY-MM-DD`.
    #[must_use]
    pub fn iso(&self) -> String {
        match self.day {
            Some(day) => format!("{:04}-{:02}-{day:02}", self.year, self.month),
            None => format!("{:04}-{:02}", self.year, self.month),
        }
    }
}

/// The first date that `text` names.
#[must_use]
pub fn find(rules: &Rules, text: &str) -> Option<Date> {
    let found = rules.find(Rule::Date, text)?;
    let year = match (found.group("era"), found.group("n")) {
        (Some(era), Some(n)) => first_year(era)? + ordinal(n)? - 1,
        _ => found.group("ad")?.parse().ok()?,
    };
    let number = |group| found.group(group).and_then(ordinal).and_then(|n| u32::try_from(n).ok());
    let month = number("month").filter(|month| (1..=12).contains(month))?;
    let day = number("day").filter(|day| (1..=31).contains(day));
    Some(Date { range: found.range_of("date")?, year, month, day })
}

#[cfg(test)]
mod tests {
    use super::find;
    use crate::report::rules::Rules;

    #[track_caller]
    fn case(text: &str, iso: &str) {
        let date = find(Rules::named("general").unwrap(), text);
        assert_eq!(date.map(|d| d.iso()).as_deref().unwrap_or("none"), iso, "{text}");
    }

    #[test]
    fn dates_in_all_forms() {
        case("令和6年9月", "2024-09");
        case("令和６年７月31日", "2024-07-31");
        case("令和 ６ 年 ７ 月 31 日", "2024-07-31");
        case("2024年9月", "2024-09");
        case("2024年（令和6年）9月", "2024-09");
        case("令和6(2024)年9月", "2024-09");
        case("R6.9.30", "2024-09-30");
        case("令和元年五月一日", "2019-05-01");
        case("平成31年3月発行", "2019-03");
        case("2024/9/30", "2024-09-30");
        case("2024-09-30", "2024-09-30");
        case("令和７年７月　西川市総務部職員課", "2025-07");
        case("令和6年度", "none");
        case("令和6年13月", "none");
    }
}
