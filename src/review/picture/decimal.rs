//! Takes numbers, and the paths and matrices that hold them, as hayro writes them in SVG; gives them as short as the eye
//! allows.

use std::fmt::Write as _;

/// Digits that a number keeps: at a page's size the last is below 1/100 point.
const DIGITS: i32 = 5;

/// The path of a glyph: a thousand units to the em, so that whole numbers do.
pub(super) fn outline(path: &str) -> String {
    rewritten(path, |number, out| {
        let _ = write!(out, "{}", number.round() as i64);
    })
}

/// `matrix(…)` and its kin: their numbers need separators (SVG 1.1, 7.6).
pub(super) fn transform(value: &str) -> String {
    let Some((function, numbers)) = value.trim_end_matches(')').split_once('(') else { return String::new() };
    let numbers: Vec<String> = numbers.split([' ', ',']).filter_map(|one| one.parse().ok()).map(short).collect();
    format!("{function}({})", numbers.join(" "))
}

/// The numbers of a path or a length.
pub(super) fn numbers(value: &str) -> String {
    rewritten(value, |number, out| out.push_str(&short(number)))
}

/// `text` with each number in it written by `write`, and no more separators than needed.
fn rewritten(text: &str, write: impl Fn(f32, &mut String)) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_number = |c: char| c.is_ascii_digit() || c == '-' || c == '.';
        let length = rest.find(|c: char| !is_number(c)).unwrap_or(rest.len());
        match rest.get(..length).and_then(|number| number.parse::<f32>().ok()) {
            Some(number) if length > 0 => {
                let before = out.len();
                write(number, &mut out);
                let follows_number = out[..before].ends_with(' ');
                if follows_number && out[before..].starts_with('-') {
                    out.remove(before - 1);
                }
                rest = &rest[length..];
            }
            _ => {
                let after_letter = out.ends_with(|c: char| c.is_ascii_alphabetic());
                match first {
                    ' ' | ',' if after_letter || out.ends_with(' ') => {}
                    ' ' | ',' => out.push(' '),
                    letter => {
                        out.truncate(out.trim_end_matches(' ').len());
                        out.push(letter);
                    }
                }
                rest = &rest[first.len_utf8()..];
            }
        }
    }
    out
}

/// A number with [`DIGITS`] digits and no zeros that say nothing.
pub(super) fn short(value: f32) -> String {
    if !value.is_finite() || value == 0.0 {
        return "0".to_owned();
    }
    let magnitude = value.abs().log10().floor() as i32 + 1;
    let decimals = usize::try_from((DIGITS - magnitude).clamp(0, 9)).unwrap_or(0);
    let text = format!("{value:.decimals$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    let (sign, text) = text.strip_prefix('-').map_or(("", text), |text| ("-", text));
    match text.strip_prefix("0.") {
        Some(decimals) => format!("{sign}.{decimals}"),
        None if text == "0" => "0".to_owned(),
        None => format!("{sign}{text}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_what_a_page_shows() {
        for (value, expected) in [
            (0.0, "0"),
            (841.889_8, "841.89"),
            (-0.000_012_345, "-.000012345"),
            (0.012, ".012"),
            (1_234_567.0, "1234567"),
            (f32::NAN, "0"),
        ] {
            assert_eq!(short(value), expected);
        }
    }
}
