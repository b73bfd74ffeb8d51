//! Exact decimal numbers as they are printed: digits and the number of decimals, so that `20.0` and `20` are equal in
//! value and different in print. Sums and rounding are integer arithmetic; what does not fit is `None`, never wrong.

use std::cmp::Ordering;
use unicode_normalization::UnicodeNormalization;

/// Digits that a figure may have: 10^30 still leaves room for a factor in 128 bits.
const MAX_DIGITS: usize = 30;

/// A printed number: `digits` times ten to the power of minus `decimals`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decimal {
    digits: i128,
    decimals: u32,
}

/// How a quotient becomes the printed digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rounding {
    /// 四捨五入: a half goes up.
    HalfUp,
    /// A half goes to the even digit.
    HalfEven,
    /// 切捨て.
    Truncate,
    /// 切上げ.
    Ceiling,
}

impl Rounding {
    /// All modes, the usual one first.
    pub const ALL: [Self; 4] = [Self::HalfUp, Self::HalfEven, Self::Truncate, Self::Ceiling];

    /// Japanese name.
    #[must_use]
    pub fn ja(self) -> &'static str {
        match self {
            Self::HalfUp => "四捨五入",
            Self::HalfEven => "偶数丸め",
            Self::Truncate => "切捨て",
            Self::Ceiling => "切上げ",
        }
    }

    /// English name, also the stable name in data.
    #[must_use]
    pub fn en(self) -> &'static str {
        match self {
            Self::HalfUp => "half-up",
            Self::HalfEven => "half-even",
            Self::Truncate => "truncate",
            Self::Ceiling => "ceiling",
        }
    }
}

impl Decimal {
    /// The whole number `n`.
    #[must_use]
    pub fn whole(n: i128) -> Self {
        Self { digits: n, decimals: 0 }
    }

    /// The number that `digits` of ASCII with an optional point print, `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let digits = format!("{whole}{fraction}");
        if digits.is_empty() || digits.len() > MAX_DIGITS || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let magnitude: i128 = digits.parse().ok()?;
        let decimals = u32::try_from(fraction.len()).ok()?;
        Some(Self { digits: if negative { -magnitude } else { magnitude }, decimals })
    }

    /// The number in `text` that is `value`, with the digits that are printed; the shortest decimal of `value` where
    /// the text prints it in words or not at all.
    #[must_use]
    pub fn printed(text: &str, value: f64) -> Option<Self> {
        if !value.is_finite() {
            return None;
        }
        let found = numbers(text).into_iter().filter_map(|digits| Self::parse(&digits));
        let same = |n: &Self| n.to_string().parse::<f64>().is_ok_and(|n| n.to_bits() == value.abs().to_bits());
        let magnitude = found.clone().find(same).or_else(|| Self::parse(&value.abs().to_string()))?;
        Some(if value < 0.0 { magnitude.negated() } else { magnitude })
    }

    /// How many decimals are printed.
    #[must_use]
    pub fn decimals(self) -> u32 {
        self.decimals
    }

    /// Whether it is nought.
    #[must_use]
    pub fn is_zero(self) -> bool {
        self.digits == 0
    }

    /// Whether it is above nought.
    #[must_use]
    pub fn is_positive(self) -> bool {
        self.digits > 0
    }

    fn negated(self) -> Self {
        Self { digits: -self.digits, ..self }
    }

    /// Its size without sign.
    #[must_use]
    pub fn abs(self) -> Self {
        Self { digits: self.digits.abs(), ..self }
    }

    /// The digits with `decimals` decimals, if they fit.
    fn scaled(self, decimals: u32) -> Option<i128> {
        let factor = 10_i128.checked_pow(decimals.checked_sub(self.decimals)?)?;
        self.digits.checked_mul(factor)
    }

    /// Both numbers with the same number of decimals.
    fn aligned(self, other: Self) -> Option<(i128, i128, u32)> {
        let decimals = self.decimals.max(other.decimals);
        Some((self.scaled(decimals)?, other.scaled(decimals)?, decimals))
    }

    /// The sum.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        let (a, b, decimals) = self.aligned(other)?;
        Some(Self { digits: a.checked_add(b)?, decimals })
    }

    /// The difference.
    #[must_use]
    pub fn minus(self, other: Self) -> Option<Self> {
        self.plus(other.negated())
    }

    /// The product with a whole number.
    #[must_use]
    pub fn times(self, n: i128) -> Option<Self> {
        Some(Self { digits: self.digits.checked_mul(n)?, ..self })
    }

    /// How the values compare, whatever the number of decimals.
    #[must_use]
    pub fn compare(self, other: Self) -> Option<Ordering> {
        let (a, b, _) = self.aligned(other)?;
        Some(a.cmp(&b))
    }

    /// `self` of `whole` in percent with `decimals` decimals, rounded as `rounding` says; `None` for a whole that is
    /// not above nought.
    #[must_use]
    pub fn percent_of(self, whole: Self, decimals: u32, rounding: Rounding) -> Option<Self> {
        let (part, whole, _) = self.aligned(whole)?;
        if whole <= 0 {
            return None;
        }
        let factor = 10_i128.checked_pow(decimals.checked_add(2)?)?;
        let scaled = part.checked_mul(factor)?;
        let (quotient, rest) = (scaled.div_euclid(whole), scaled.rem_euclid(whole));
        let twice = rest.checked_mul(2)?;
        let up = match rounding {
            Rounding::HalfUp => twice >= whole,
            Rounding::HalfEven => twice > whole || (twice == whole && quotient % 2 != 0),
            Rounding::Truncate => false,
            Rounding::Ceiling => rest > 0,
        };
        Some(Self { digits: quotient + i128::from(up), decimals })
    }
}

impl std::fmt::Display for Decimal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if self.digits < 0 { "-" } else { "" };
        let digits = self.digits.unsigned_abs().to_string();
        let decimals = self.decimals as usize;
        if decimals == 0 {
            return write!(f, "{sign}{digits}");
        }
        let digits = format!("{digits:0>width$}", width = decimals + 1);
        let (whole, fraction) = digits.split_at(digits.len() - decimals);
        write!(f, "{sign}{whole}.{fraction}")
    }
}

/// The unsigned numbers in `text`, thousands separators removed, in order.
fn numbers(text: &str) -> Vec<String> {
    let folded: Vec<char> = text.nfkc().collect();
    let digit = |i: usize| folded.get(i).is_some_and(char::is_ascii_digit);
    let mut found = Vec::new();
    let mut current = String::new();
    for (i, &c) in folded.iter().enumerate() {
        match c {
            '0'..='9' => current.push(c),
            ',' if !current.is_empty() && digit(i + 1) => {}
            '.' if !current.is_empty() && !current.contains('.') && digit(i + 1) => current.push(c),
            _ if !current.is_empty() => found.push(std::mem::take(&mut current)),
            _ => {}
        }
    }
    found.extend((!current.is_empty()).then_some(current));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Decimal {
        Decimal::parse(text).unwrap()
    }

    #[track_caller]
    fn printed(text: &str, value: f64, expected: &str) {
        assert_eq!(Decimal::printed(text, value).unwrap().to_string(), expected);
    }

    #[test]
    fn figures_are_read_from_their_printed_digits() {
        printed("75.0%", 75.0, "75.0");
        printed("90,000", 90000.0, "90000");
        printed("▲３．２", -3.2, "-3.2");
        printed("267 (74.2%)", 74.2, "74.2");
        printed("三割", 30.0, "30");
        printed("１２３．４", 123.4, "123.4");
        assert_eq!(Decimal::printed("9", f64::NAN), None);
    }

    #[track_caller]
    fn percent(part: &str, whole: &str, decimals: u32, expected: [&str; 4]) {
        let modes = Rounding::ALL.map(|mode| d(part).percent_of(d(whole), decimals, mode).unwrap().to_string());
        assert_eq!(modes, expected);
    }

    #[test]
    fn quotients_round_exactly() {
        percent("11", "12", 1, ["91.7", "91.7", "91.6", "91.7"]);
        percent("1", "16", 1, ["6.3", "6.2", "6.2", "6.3"]);
        percent("15", "15", 0, ["100", "100", "100", "100"]);
        percent("1", "1000", 0, ["0", "0", "0", "1"]);
        percent("1.5", "2", 1, ["75.0", "75.0", "75.0", "75.0"]);
        assert_eq!(d("1").percent_of(d("0"), 1, Rounding::HalfUp), None);
    }

    #[test]
    fn sums_and_comparisons_ignore_the_number_of_decimals() {
        assert_eq!(d("20.0").compare(d("20")), Some(Ordering::Equal));
        assert_eq!(d("0.1").plus(d("0.2")), Some(d("0.3")));
        assert_eq!(d("7.7").times(2).unwrap().compare(d("15.8")), Some(Ordering::Less));
        assert_eq!(Decimal::parse(&"9".repeat(31)), None);
        assert_eq!(d("1").percent_of(d("3"), 60, Rounding::HalfUp), None);
    }
}
