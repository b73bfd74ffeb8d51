//! Whether editions are of one plan of one public body.

use super::Edition;
use crate::audit::subject::plain;
use crate::report::Report;

/// Why editions do not belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What differs: `organization` or `title`.
    pub what: &'static str,
    /// File and what it prints, first edition.
    pub first: (String, String),
    /// File and what it prints, the other edition.
    pub other: (String, String),
}

/// What says that the editions are not of one plan of one public body; empty where nothing does.
#[must_use]
pub fn differences(editions: &[Edition<'_>]) -> Vec<Difference> {
    let organization = |report: &Report| report.document.organization.as_ref().map(|one| one.name.clone());
    let title = |report: &Report| report.document.title.as_ref().map(|title| title.text.clone());
    let mut found = differing(editions, "organization", organization, plain);
    found.extend(differing(editions, "title", title, |title| without_years(&plain(title))));
    found
}

fn differing(
    editions: &[Edition<'_>],
    what: &'static str,
    read: impl Fn(&Report) -> Option<String>,
    fold: impl Fn(&str) -> String,
) -> Vec<Difference> {
    let printed: Vec<_> = editions.iter().filter_map(|one| Some((one.file.to_owned(), read(one.report)?))).collect();
    let Some((first, rest)) = printed.split_first() else { return Vec::new() };
    let others = rest.iter().filter(|other| fold(&other.1) != fold(&first.1));
    others.map(|other| Difference { what, first: first.clone(), other: other.clone() }).collect()
}

/// A title without the years that change with each edition: `令和5年度`, `R5`, `(2023)`.
fn without_years(title: &str) -> String {
    let mut kept = String::new();
    let mut rest = title;
    while let Some(at) = rest.find("年") {
        let (before, after) = rest.split_at(at);
        let stem = before.trim_end_matches(|c: char| c.is_ascii_digit() || "元()令和平成RH".contains(c));
        kept.push_str(stem);
        rest = after.strip_prefix("年度").or_else(|| after.strip_prefix("年")).unwrap_or("");
    }
    kept + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_the_same_plan_whatever_year_they_print() {
        let same = |a: &str, b: &str| assert_eq!(without_years(a), without_years(b));
        same("行動計画令和5年度進捗状況", "行動計画令和4年度進捗状況");
        same("行動計画(令和5(2023)年度)実績", "行動計画(令和4(2022)年度)実績");
        assert_ne!(without_years("第2次計画令和5年度"), without_years("第3次計画令和5年度"));
    }
}
