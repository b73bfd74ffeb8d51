//! Takes the text of a cell, says what kind it is by its form alone: a sign, a number, a year, a label, a longer text. It
//! knows no words of reports; readers of converted tables ask it whether a row could stand in some columns.

/// A label is a short phrase, not a sentence.
const LONGEST_LABEL: usize = 20;
/// A grade with its marks, an arrow.
const LONGEST_SIGN: usize = 3;
/// A number with its unit and its ratio.
const LONGEST_NUMBER: usize = 24;
/// Letters that a unit may have (`千円`, `時間`).
const LONGEST_UNIT: usize = 2;
/// Names of eras that years count from, and their letters.
const ERAS: [&str; 6] = ["令和", "平成", "昭和", "R", "H", "S"];

/// What the form of a text tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// No text.
    Blank,
    /// A letter or sign: a grade, an arrow, a sign for "no value".
    Sign,
    /// A number with or without its unit.
    Number,
    /// A year.
    Year,
    /// A short phrase.
    Label,
    /// Anything longer.
    Text,
}

impl Kind {
    /// The kind of `text`.
    pub(super) fn of(text: &str) -> Self {
        let text = text.trim();
        let length = text.chars().filter(|c| !c.is_whitespace()).count();
        if length == 0 {
            Self::Blank
        } else if is_year(text) {
            Self::Year
        } else if length <= LONGEST_NUMBER && is_number(text) {
            Self::Number
        } else if length <= LONGEST_SIGN && !text.chars().any(|c| is_script(c) || c.is_numeric()) {
            Self::Sign
        } else if length <= LONGEST_LABEL && !text.contains('。') {
            Self::Label
        } else {
            Self::Text
        }
    }

    /// Whether it is a phrase, long or short.
    pub(super) fn is_words(self) -> bool {
        matches!(self, Self::Label | Self::Text)
    }
}

/// Digits, with few letters between them.
fn is_number(text: &str) -> bool {
    let figures = text.chars().filter(|c| c.is_ascii_digit() || ('０'..='９').contains(c)).count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    figures > 0 && letters <= LONGEST_UNIT && letters <= figures
}

/// `令和５年度`, `R5`, `2023年度`, `令和5(2023)年度`.
fn is_year(text: &str) -> bool {
    let era = ERAS.iter().find_map(|era| text.strip_prefix(era));
    let rest = era.unwrap_or(text);
    let digits: String = rest
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| if ('０'..='９').contains(&c) || "元()（）".contains(c) { '0' } else { c })
        .collect();
    let named = digits.trim_start_matches(|c: char| c.is_ascii_digit());
    let counted = digits.len() - named.len();
    match named {
        "年度" | "年" => (1..=8).contains(&counted) && (era.is_some() || counted >= 4),
        "" => era.is_some() && (1..=2).contains(&counted),
        _ => false,
    }
}

/// Whether `c` is of the scripts that words are written in.
fn is_script(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

#[cfg(test)]
mod tests {
    use super::Kind;

    #[test]
    fn kinds() {
        let of = |texts: &[&str], kind| texts.iter().for_each(|text| assert_eq!(Kind::of(text), kind, "{text}"));
        of(&["", " \u{3000}"], Kind::Blank);
        of(&["A", "※ C", "→", "◎", "－", "Ｂ"], Kind::Sign);
        of(&["90,000", "73.3%", "▲3.2", "12人", "１２３．４", "75.0% (6人/8人)"], Kind::Number);
        of(&["令和５年度", "R5", "R2年度", "2023年度", "令和5(2023)年度", "平成31年", "令和元年度"], Kind::Year);
        of(&["人事課", "主な取組", "進捗", "１　職員の研修", "計画", "良"], Kind::Label);
        of(&["研修を実施した。", "制度の周知について職員に対して説明会を開いた"], Kind::Text);
    }
}
