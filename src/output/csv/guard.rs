//! Text that a spreadsheet would run as a formula, made harmless so that it can be undone: a text cell that begins
//! with one of [`STARTS`], or with an apostrophe, gets an apostrophe before it. To undo that, take one apostrophe off
//! every text cell that begins with one. Plain numbers such as `-3.2` stay as they are; `▲3.2` and `－` run nowhere.

use std::borrow::Cow;

/// What a formula may begin with; some spreadsheets take the full-width forms of `=`, `+` and `@` too.
const STARTS: [char; 9] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '＠'];
const MARK: char = '\'';

/// The text as it may stand in a cell.
#[must_use]
pub fn guarded(text: Cow<'_, str>) -> Cow<'_, str> {
    let starts = text.starts_with(STARTS) && !is_number(&text);
    if starts || text.starts_with(MARK) { format!("{MARK}{text}").into() } else { text }
}

/// The text that the cell stands for.
#[must_use]
pub fn unguarded(cell: &str) -> &str {
    cell.strip_prefix(MARK).unwrap_or(cell)
}

/// Whether the text is a sign, digits with or without thousands separators, at most one point, and maybe `%`.
fn is_number(text: &str) -> bool {
    let number = text.strip_prefix(['+', '-']).unwrap_or(text);
    let number = number.strip_suffix('%').unwrap_or(number);
    let (whole, part) = number.split_once('.').unwrap_or((number, "0"));
    let digits = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    digits(whole)
        && digits(part)
        && whole.bytes().all(|byte| byte.is_ascii_digit() || byte == b',')
        && part.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(text: &str, expected: &str) {
        let cell = guarded(text.into());
        assert_eq!(cell, expected);
        assert_eq!(unguarded(&cell), text, "undone");
    }

    #[test]
    fn formulas_are_made_harmless() {
        case("=1+1", "'=1+1");
        case("@SUM(A1)", "'@SUM(A1)");
        case("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0");
        case("-2+3", "'-2+3");
        case("-", "'-");
        case("\t=1", "'\t=1");
        case("＝HYPERLINK(1)", "'＝HYPERLINK(1)");
        case("'=1", "''=1");
    }

    #[test]
    fn numbers_and_printed_signs_stay() {
        case("-3.2", "-3.2");
        case("+1,234.5%", "+1,234.5%");
        case("▲3.2", "▲3.2");
        case("－", "－");
        case("100%（令和6年）", "100%（令和6年）");
        case("", "");
    }
}
