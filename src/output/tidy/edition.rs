//! The report as the rows see it, and its id.

use super::Edition;
use crate::report::{FiscalYear, Report};

/// Digits of the file's SHA-256 that stand in for an unknown code or year.
const HASH_DIGITS: usize = 8;

impl Edition {
    pub(super) fn of(report: &Report) -> Self {
        let head = &report.document;
        let code = head.organization.as_ref().and_then(|body| body.code.clone());
        Self {
            id: id(code.as_deref(), head.fiscal_year.as_ref(), &report.source.sha256),
            code,
            body: head.organization.as_ref().map(|body| body.name.clone()),
            plan: head.title.as_ref().map(|title| title.text.clone()),
            year: head.fiscal_year.clone(),
            published: head.published.as_ref().map(|published| published.date.clone()),
            source: report.source.clone(),
            coverage: report.coverage,
        }
    }
}

fn id(code: Option<&str>, year: Option<&FiscalYear>, sha256: &str) -> String {
    let substitute = || format!("f{}", sha256.get(..HASH_DIGITS).unwrap_or("00000000"));
    let code = code.filter(|code| code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()));
    let code = code.map_or_else(substitute, str::to_owned);
    let year = year.map_or_else(substitute, |year| year.year.to_string());
    format!("{code}-{year}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(code: Option<&str>, year: Option<i32>, expected: &str) {
        let year = year.map(|year| FiscalYear { label: String::new(), year });
        assert_eq!(id(code, year.as_ref(), "0123456789abcdef"), expected);
    }

    #[test]
    fn the_files_hash_stands_in_for_what_is_unknown() {
        case(Some("132101"), Some(2023), "132101-2023");
        case(None, Some(2023), "f01234567-2023");
        case(Some("132101"), None, "132101-f01234567");
        case(Some("13/../1"), None, "f01234567-f01234567");
    }
}
