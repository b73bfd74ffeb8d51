//! Numbers as printed: full-width and half-width digits, thousands separators, decimals, 漢数字, and ▲ △ − as minus
//! signs before a digit. Everything here sees folded text ([`super::fold`]).

/// What every number in folded text has one of.
pub(super) const DIGITS: &str = "0123456789○零一二三四五六七八九十百千";

/// A number and how much of the folded text it takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Number {
    /// Its value.
    pub value: f64,
    /// Bytes of the folded text, from its start.
    pub len: usize,
}

/// The number at the start of `folded`.
#[must_use]
pub fn read(folded: &str) -> Option<Number> {
    let mut rest = folded;
    let mut negative = false;
    if let Some(c) = rest.chars().next().filter(|c| matches!(c, '-' | '▲' | '△' | '+' | '±')) {
        negative = matches!(c, '-' | '▲' | '△');
        rest = rest[c.len_utf8()..].trim_start();
    }
    let (value, len) = digits(rest).or_else(|| kanji_run(rest))?;
    let taken = folded.len() - rest.len() + len;
    let (value, len) = myriads(value, &folded[taken..]).map_or((value, taken), |(v, more)| (v, taken + more));
    Some(Number { value: if negative { -value } else { value }, len })
}

/// The first number anywhere in `folded`, with the offset where it starts. The digits of a word (CO2, PM2.5) are none.
#[must_use]
pub fn find(folded: &str) -> Option<(usize, Number)> {
    let mut previous = ' ';
    let mut word_ends = 0;
    for (i, c) in folded.char_indices() {
        let sign = matches!(c, '-' | '▲' | '△') && !previous.is_ascii_alphanumeric() && previous != ')';
        let number = (c.is_ascii_digit() || sign).then(|| read(&folded[i..])).flatten().filter(|_| i >= word_ends);
        if let Some(number) = number.filter(|_| previous.is_ascii_alphabetic()) {
            word_ends = i + number.len;
            previous = c;
            continue;
        }
        if let Some(number) = number {
            return Some((i, number));
        }
        previous = c;
    }
    None
}

/// Arabic digits with separators: `1,234.5`. A comma counts only before three digits.
fn digits(text: &str) -> Option<(f64, usize)> {
    let bytes = text.as_bytes();
    let digit = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
    let (mut has_point, mut has_groups) = (false, false);
    let mut i = 0;
    while let Some(&byte) = bytes.get(i) {
        let inside = i > 0 && !has_point && digit(i + 1);
        match byte {
            b'0'..=b'9' => {}
            b',' if inside && digit(i + 2) && digit(i + 3) && !digit(i + 4) => has_groups = true,
            b'.' if inside => has_point = true,
            _ => break,
        }
        i += 1;
    }
    let run = text.get(..i)?;
    let value = if has_groups { run.replace(',', "").parse() } else { run.parse() };
    value.ok().filter(|v: &f64| v.is_finite()).map(|value| (value, i))
}

/// 三 of 三割, 一○ of 一○件 (folded circles stand for zero), 二十五.
fn kanji_run(text: &str) -> Option<(f64, usize)> {
    let len: usize = text.chars().take_while(|&c| kanji_value(c).is_some()).map(char::len_utf8).sum();
    let run = &text[..len];
    // A circle alone is a sign, not a zero; a multiplier alone belongs to a unit: 千人.
    if run.chars().all(|c| "○百千".contains(c)) {
        return None;
    }
    kanji(run).map(|value| (value, len))
}

fn kanji_value(c: char) -> Option<f64> {
    Some(match c {
        '○' | '零' => 0.0,
        '一' => 1.0,
        '二' => 2.0,
        '三' => 3.0,
        '四' => 4.0,
        '五' => 5.0,
        '六' => 6.0,
        '七' => 7.0,
        '八' => 8.0,
        '九' => 9.0,
        '十' => 10.0,
        '百' => 100.0,
        '千' => 1000.0,
        _ => return None,
    })
}

/// 漢数字 up to thousands, in either notation: 二十五, 二五.
#[must_use]
pub fn kanji(text: &str) -> Option<f64> {
    let mut total = 0.0;
    let mut digit: Option<f64> = None;
    for c in text.chars() {
        let value = kanji_value(c)?;
        if value < 10.0 {
            digit = Some(digit.unwrap_or(0.0) * 10.0 + value);
        } else {
            total += digit.take().unwrap_or(1.0) * value;
        }
    }
    (!text.is_empty()).then_some(total + digit.unwrap_or(0.0))
}

/// 5千 of 3万5千円: a number that goes on after 億, 万 or 千. A multiplier that nothing follows belongs to the unit.
fn myriads(first: f64, rest: &str) -> Option<(f64, usize)> {
    let (c, factor) = multiplier(rest)?;
    let after = &rest[c.len_utf8()..];
    let (value, len) = digits(after)?;
    let mut total = first * factor;
    let mut taken = c.len_utf8() + len;
    match multiplier(&after[len..]) {
        Some((c, smaller)) if smaller < factor => {
            total += value * smaller;
            taken += c.len_utf8();
        }
        _ => total += value,
    }
    Some((total, taken))
}

fn multiplier(text: &str) -> Option<(char, f64)> {
    let c = text.chars().next()?;
    let factor = match c {
        '億' => 1e8,
        '万' => 1e4,
        '千' => 1e3,
        _ => return None,
    };
    Some((c, factor))
}

#[cfg(test)]
mod tests {
    use super::{DIGITS, find, kanji, kanji_value, read};
    use crate::report::values::fold::Folded;

    #[track_caller]
    fn case(printed: &str, value: f64, rest: &str) {
        let folded = Folded::new(printed).text;
        let number = read(&folded).unwrap();
        assert_eq!((number.value, &folded[number.len..]), (value, rest), "{printed}");
    }

    #[test]
    fn digits_of_a_word_are_no_number() {
        let value = |text: &str| find(text).map(|(at, number)| (at, number.value));
        assert_eq!(value("t-CO2以下"), None);
        assert_eq!(value("PM2.5は12以下"), Some((8, 12.0)));
        assert_eq!(value("約30%"), Some((3, 30.0)));
    }

    #[test]
    fn numbers_in_all_forms() {
        case("73.3%", 73.3, "%");
        case("１２．３％", 12.3, "%");
        case("90,000", 90000.0, "");
        case("１，２３４人", 1234.0, "人");
        case("1,23", 1.0, ",23");
        case("▲3.2", -3.2, "");
        case("△3.2", -3.2, "");
        case("△ 12", -12.0, "");
        case("−3", -3.0, "");
        case("－５件", -5.0, "件");
        case("+0.5", 0.5, "");
        case("85,320千円", 85320.0, "千円");
        case("3万5千円", 35000.0, "円");
        case("1億2,000万円", 120_000_000.0, "円");
        case("5万人", 5.0, "万人");
        case("三割", 3.0, "割");
        case("一〇件", 10.0, "件");
        case("二十五人", 25.0, "人");
        case("3.", 3.0, ".");
    }

    #[test]
    fn signs_alone_are_no_numbers() {
        for text in ["△", "▲", "-", "○", "A", "", "人", "千人", "百万円"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn every_digit_is_known_as_one() {
        assert!(DIGITS.chars().all(|c| c.is_ascii_digit() || kanji_value(c).is_some()));
        let known = |c: &char| kanji_value(*c).is_some();
        assert!(('\u{80}'..='\u{ffff}').filter(known).all(|c| DIGITS.contains(c)));
    }

    #[test]
    fn kanji_numbers_in_both_notations() {
        assert_eq!(kanji("二十五"), Some(25.0));
        assert_eq!(kanji("百二十"), Some(120.0));
        assert_eq!(kanji("二五"), Some(25.0));
        assert_eq!(kanji("年"), None);
    }
}
